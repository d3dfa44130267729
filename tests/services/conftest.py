"""An office with an empty database, and one in which two regions have reported a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.unit_of_work import Database
from tests.support.databases import copy_of_sqlite, make_sqlite_template
from tests.support.office import BEIJING, TIANJIN, Office


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows."""
    return make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Office]:
    """Nobody has reported yet."""
    database = Database(copy_of_sqlite(sqlite_template, tmp_path))
    yield Office(database)
    database.close()


@pytest.fixture(scope="module")
def reporting_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """北京 and 天津 have reported the first quarter, in time and accepted; only to be read."""
    database = Database(copy_of_sqlite(sqlite_template, tmp_path_factory.mktemp("office")))
    office = Office(database)
    for unit in (BEIJING, TIANJIN):
        office.accepted(unit, 1)
    yield office
    database.close()
