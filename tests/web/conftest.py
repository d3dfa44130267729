"""One scored office for all tests of the pages, only to be read; and fresh ones where reports are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.unit_of_work import Database
from tests.support.databases import copy_of_sqlite, make_sqlite_template
from tests.support.office import Office
from tests.support.reporting import Reporting, reporting_office
from tests.support.sites import ScoredYear, Visitor, scored_year


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScoredYear]:
    """Two regions reported a quarter; the quarter and the year were scored."""
    with scored_year(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def visitor(scored: ScoredYear) -> Visitor:
    """Somebody without a key, who may look as an auditor."""
    return scored.visitor()


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it, to be copied."""
    return make_sqlite_template(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def empty_office(blank_database: Path, tmp_path: Path) -> Iterator[Office]:
    """Nobody has reported, nothing was scored."""
    (tmp_path / "office").mkdir()
    database = Database(copy_of_sqlite(blank_database, tmp_path / "office"))
    yield Office(database)
    database.close()


@pytest.fixture
def reporting(blank_database: Path, tmp_path: Path) -> Iterator[Reporting]:
    """Nobody has reported yet; regions may."""
    with reporting_office(blank_database, tmp_path / "reporting") as found:
        yield found


@pytest.fixture
def clerk(reporting: Reporting) -> Visitor:
    """北京's clerk, signed in."""
    return reporting.clerk()
