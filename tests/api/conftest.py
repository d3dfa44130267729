"""The API over a real database: one with nothing in it, and one in which a quarter was scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.records import RunId
from scoring.codes import UnitCode
from services.score import score_period
from services.views import Receipt
from tests.support.callers import Callers, callers_at, database_at
from tests.support.databases import make_sqlite_template
from tests.support.office import BEIJING, OFFICE, TIANJIN


@dataclass
class Scored:
    """北京 and 天津 have reported the first quarter, and it was scored; only to be read."""

    callers: Callers
    reports: dict[UnitCode, Receipt]
    run: RunId


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows."""
    return make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def callers(template: Path, tmp_path: Path) -> Iterator[Callers]:
    """Nobody has reported yet."""
    database = database_at(template, tmp_path)
    yield callers_at(database)
    database.close()


@pytest.fixture(scope="session")
def scored(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scored]:
    """A scored quarter."""
    database = database_at(template, tmp_path_factory.mktemp("scored"))
    callers = callers_at(database)
    office = callers.office
    reports = {unit: office.accepted(unit, 1) for unit in (BEIJING, TIANJIN)}
    run = score_period(office.context, actor=OFFICE, period="2021Q1").id
    yield Scored(callers, reports, run)
    database.close()
