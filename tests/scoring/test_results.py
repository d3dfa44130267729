"""Results: an outcome for every standing, each with a name for people."""

from __future__ import annotations

from scoring.facts import Standing
from scoring.results import OUTCOME_OF_STANDING, Outcome


def test_every_standing_has_an_outcome_of_its_own_name() -> None:
    named = {standing: outcome.value for standing, outcome in OUTCOME_OF_STANDING.items()}
    scored = {Standing.VALUE: "scored", Standing.NIL: "scored"}
    assert named == {each: scored.get(each, each.name.lower()) for each in Standing}


def test_every_outcome_has_a_chinese_name_of_its_own() -> None:
    titles = [outcome.title for outcome in Outcome]
    assert len(set(titles)) == len(Outcome)
    assert not any(title.isascii() for title in titles)


def test_only_what_is_not_due_or_not_applicable_is_left_out() -> None:
    assert {outcome for outcome in Outcome if outcome.left_out} == {Outcome.NOT_DUE, Outcome.NOT_APPLICABLE}
