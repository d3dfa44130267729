"""What a test does when the machine lacks something: skip at a desk, fail where everything must run."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip_or_fail(variable: str, reason: str) -> NoReturn:
    """Skip the test, or fail it when the environment says the thing is required (`variable` set to 1)."""
    if os.environ.get(variable) == "1":
        pytest.fail(f"{reason} ({variable}=1)", pytrace=False)
    pytest.skip(reason)
