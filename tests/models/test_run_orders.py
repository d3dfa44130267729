"""Orders of a ranking come back as they were kept, and lines in the order asked for, from both databases."""

from __future__ import annotations

from fractions import Fraction

import pytest

from models.errors import Conflict
from models.records import RunId
from models.unit_of_work import Database
from scoring.codes import NodeCode, UnitCode
from tests.support.stored import A_REPORT, A_RUN, BEIJING, TIANJIN, add_report, keep_basics, result, score

HEBEI = UnitCode("130000")
ORDERS = {"name": [2, 0, 1], "node 总分": [0, 70_000, 2**31 - 1], "grade 空": []}


@pytest.fixture
def kept(database: Database) -> Database:
    with database.writing() as work:
        keep_basics(work)
        add_report(work)
        work.runs.add(
            A_RUN,
            scores=[score(unit, "I01", Fraction(20, 3)) for unit in (BEIJING, HEBEI)],
            adjustments=[],
            results=[
                result(unit, Fraction(9), place) for place, unit in enumerate((BEIJING, TIANJIN, HEBEI), 1)
            ],
            reports=[A_REPORT.id],
        )
        work.run_orders.add(A_RUN.id, ORDERS)
        work.commit()
    return database


def test_orders_come_back_by_their_names(kept: Database) -> None:
    with kept.reading() as work:
        found = {name: work.run_orders.order(A_RUN.id, name) for name in work.run_orders.names(A_RUN.id)}
        assert {name: list(order or ()) for name, order in found.items()} == ORDERS
        assert work.run_orders.order(A_RUN.id, "none") is None
        assert work.run_orders.names(RunId("none")) == ()


def test_an_order_is_kept_once(kept: Database) -> None:
    with pytest.raises(Conflict), kept.writing() as work:
        work.run_orders.add(A_RUN.id, {"name": [0]})


def test_lines_stand_in_the_order_asked_for_and_those_beyond_are_passed_over(kept: Database) -> None:
    with kept.reading() as work:
        lines = work.run_orders.lines(A_RUN.id, [2, 99, 0])
        assert [each.unit for each in lines] == [HEBEI, BEIJING]
        assert lines == tuple(work.runs.card(A_RUN.id, each.unit).result for each in lines)
        assert work.run_orders.lines(A_RUN.id, []) == ()


def test_scores_are_those_of_the_units_at_the_node(kept: Database) -> None:
    with kept.reading() as work:
        found = work.run_orders.scores(A_RUN.id, [BEIJING, TIANJIN], NodeCode("I01"))
        assert found == {BEIJING: work.runs.node(A_RUN.id, BEIJING, NodeCode("I01"))}
