"""Fixtures that every room may use, and how hard Hypothesis looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.needs import skip_or_fail
from tests.support.postgres import find_server_programs, throwaway_cluster

# `ci` finds the same examples each time, so that a red run can be repeated;
# `long` looks for new ones by night: ./kaohe test --hypothesis-profile=long
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL superuser in a cluster that lives as long as the session."""
    programs = find_server_programs()
    if programs is None:
        skip_or_fail("KAOHE_REQUIRE_POSTGRES", "PostgreSQL (initdb, pg_ctl) is not installed")
    with throwaway_cluster(programs) as url:
        yield url
