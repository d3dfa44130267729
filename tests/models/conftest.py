"""Every test of a store runs on SQLite and on PostgreSQL, on a database that the migrations have made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.unit_of_work import Database
from tests.support.databases import (
    copy_of_sqlite,
    make_postgres_template,
    make_sqlite_template,
    postgres_database,
)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file."""
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """A migrated database."""
    return make_postgres_template(postgres_url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows."""
    if request.param == "sqlite":
        yield copy_of_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        server_url = request.getfixturevalue("postgres_url")
        with postgres_database(server_url, request.getfixturevalue("postgres_template")) as address:
            yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The same, open, with little patience."""
    opened = Database(url, patience_ms=200)
    yield opened
    opened.close()
