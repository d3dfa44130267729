"""Every test of a store runs on SQLite and on PostgreSQL, on a database that the migrations have made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.unit_of_work import Database
from tests.support.databases import (
    copy_of_sqlite,
    empty_postgres,
    make_sqlite_template,
    migrated_postgres,
)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file."""
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_url: str) -> Iterator[str]:
    """The address of the one PostgreSQL database that the tests of stores share."""
    with migrated_postgres(postgres_url) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows."""
    if request.param == "sqlite":
        yield copy_of_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        address = request.getfixturevalue("migrated_postgres_url")
        yield address
        empty_postgres(address)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The same, open, with little patience."""
    opened = Database(url, patience_ms=200)
    yield opened
    opened.close()
