"""The same API over PostgreSQL: one walk from the upload to the ranking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.unit_of_work import Database
from tests.support.callers import BEIJING_CLERK, NOBODY, OFFICE_STAFF, Callers, callers_at, is_problem
from tests.support.databases import migrated_postgres
from tests.support.office import BEIJING

pytestmark = pytest.mark.postgres


@pytest.fixture
def callers(postgres_url: str) -> Iterator[Callers]:
    with migrated_postgres(postgres_url) as url:
        database = Database(url)
        yield callers_at(database)
        database.close()


def test_from_the_upload_to_the_ranking(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1)
    receipt = callers.hand_in(BEIJING_CLERK, content).json()["receipt"]
    assert callers.hand_in(BEIJING_CLERK, content).json()["receipt"] == receipt
    assert callers.ask(OFFICE_STAFF, "POST", f"/reports/{receipt['report']}/accept").status_code == 200
    run = callers.ask(OFFICE_STAFF, "POST", "/runs", json={"period": "2021Q1"}).json()["id"]
    ranking = callers.get(OFFICE_STAFF, f"/runs/{run}/ranking").json()
    assert ranking["lines"][0]["unit"] == BEIJING
    assert callers.get(BEIJING_CLERK, f"/runs/{run}/regions/{BEIJING}").status_code == 200
    assert callers.get(NOBODY, "/readyz").status_code == 200
    is_problem(callers.get(BEIJING_CLERK, "/reports/%00"), 422)
