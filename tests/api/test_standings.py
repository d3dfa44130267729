"""Moves, strengths and comparisons over the wire: exact texts, strong tags, each at its own address."""

from __future__ import annotations

from fractions import Fraction

from tests.api.conftest import Scored
from tests.support.callers import BEIJING_CLERK, OFFICE_STAFF, is_problem
from tests.support.office import BEIJING, TIANJIN


def test_a_comparison_sums_to_its_gap_and_is_served_once(scored: Scored) -> None:
    path, pair = f"/runs/{scored.run}/compare", {"a": BEIJING, "b": TIANJIN}
    answer = scored.callers.ask(OFFICE_STAFF, "GET", path, params=pair)
    body = answer.json()
    assert sum(Fraction(line["difference"]) for line in body["lines"]) == Fraction(body["gap"]) != 0
    tag = {"If-None-Match": answer.headers["etag"]}
    assert scored.callers.ask(OFFICE_STAFF, "GET", path, params=pair, headers=tag).status_code == 304
    swapped = {"a": TIANJIN, "b": BEIJING}
    other = scored.callers.ask(OFFICE_STAFF, "GET", path, params=swapped, headers=tag)
    assert Fraction(other.json()["gap"]) == -Fraction(body["gap"])


def test_moves_against_a_named_run_sum_and_without_runs_before_there_are_none(scored: Scored) -> None:
    path = f"/runs/{scored.run}/regions/{BEIJING}/moves"
    assert scored.callers.ask(BEIJING_CLERK, "GET", path).json() == {"items": []}
    named = scored.callers.ask(BEIJING_CLERK, "GET", path, params={"against": scored.run}).json()
    (move,) = named["items"][0]["moves"]
    assert move["unit"] == BEIJING
    assert move["score"] == {"own": "0", "others": "0", "rules": "0", "corrections": "0", "whole": "0"}
    is_problem(scored.callers.ask(BEIJING_CLERK, "GET", path, params={"against": "none"}), 404)


def test_strengths_name_the_peers_median_beside_every_item(scored: Scored) -> None:
    answer = scored.callers.ask(BEIJING_CLERK, "GET", f"/runs/{scored.run}/regions/{BEIJING}/strengths")
    lost = [Fraction(item["lost"]) for item in answer.json()["items"]]
    assert lost == sorted(lost, reverse=True)
    assert answer.headers["etag"]
