"""An empty database of each kind, for the migrations to fill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import postgres_database, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        # signs that addresses and configuration files give a meaning of their own
        folder = tmp_path / "50% 考核"
        folder.mkdir()
        yield sqlite_url(folder / "kaohe.db")
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as address:
            yield address
