"""One scored office for all tests of the pages; only to be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.unit_of_work import Database
from tests.support.databases import copy_of_sqlite, make_sqlite_template
from tests.support.office import Office
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


@pytest.fixture
def empty_office(tmp_path: Path) -> Iterator[Office]:
    """Nobody has reported, nothing was scored."""
    template = make_sqlite_template(tmp_path)
    (tmp_path / "office").mkdir()
    database = Database(copy_of_sqlite(template, tmp_path / "office"))
    yield Office(database)
    database.close()
