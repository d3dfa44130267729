"""What a rule was before, and what it is at other times of the year, as its card says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.rulebook.lineage import (
    Change,
    DatedChoice,
    DatedValue,
    Dropped,
    Lineage,
    Parent,
    Provenance,
    RuleKind,
    RuleOrigin,
    Standing,
)
from scoring.rulebook.rules import RuleSet
from services.rule_book.book import build_book
from tests.support.books import text_of
from tests.support.rulesets import small_rules

OLD, OWN = RuleOrigin(code="old", version="1"), RuleOrigin(code="small", version="1")
CHANGE = Change(by=OWN, keys=("points", "method"), reason="因地制宜")


def inherited(provenance: Provenance) -> RuleSet:
    """The small rule set as if it had its first indicator from elsewhere."""
    gone = Dropped(kind=RuleKind.INDICATOR, code="I9", name="旧指标", origin=OLD, by=OWN, reason="本省没有")
    lineage = Lineage(
        parents=(Parent(origin=OLD, title="旧规则集", folder="../old", digest="0" * 64),),
        provenance={(RuleKind.INDICATOR, "I1"): provenance},
        dropped=(gone,),
        frame=(Change(by=OWN, keys=("title",), reason="改名"),),
    )
    return replace(small_rules(), lineage=lineage)


def told(rules: RuleSet) -> str:
    return "\n".join(text_of(chapter) for chapter in build_book(rules).chapters)


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [
        (Provenance(standing=Standing.INHERITED, origin=OLD), "沿革 沿用“old”第1版"),
        (
            Provenance(standing=Standing.OVERRIDDEN, origin=OLD, changes=(CHANGE,)),
            "沿革 沿用“old”第1版 “small”第1版改动了分值、计分办法：因地制宜",
        ),
        (
            Provenance(standing=Standing.OWN, origin=OWN, added="本省要求"),
            "沿革 本规则集增加。理由：本省要求",
        ),
    ],
)
def test_a_card_says_where_its_rule_comes_from(provenance: Provenance, expected: str) -> None:
    assert expected in told(inherited(provenance))


def test_the_first_chapter_says_what_is_inherited_changed_and_dropped() -> None:
    said = told(inherited(Provenance(standing=Standing.INHERITED, origin=OLD)))
    assert "本细则沿用《旧规则集》（“old”第1版）" in said
    assert "“small”第1版改动了标题：改名" in said
    assert "“old”第1版的指标 I9 旧指标不再适用：本省没有" in said


def test_a_rule_set_of_its_own_says_nothing_of_origins() -> None:
    assert "沿革" not in told(small_rules())


def test_values_of_the_year_are_told_with_their_days() -> None:
    first = DatedChoice(start=date(2021, 1, 1), end=date(2021, 6, 30), text="60", because="试行")
    second = DatedChoice(start=date(2021, 7, 1), end=date(2021, 12, 31), text="50")
    value = DatedValue(rule="I1", path="points", choices=(first, second))
    said = told(replace(small_rules(), dated=(value,)))
    assert "2021年1月1日至2021年6月30日：分值为 60（试行）" in said
    assert "2021年7月1日至2021年12月31日：分值为 50" in said


def test_a_dated_method_is_said_in_words_and_other_dated_values_stand_in_an_annex() -> None:
    method = "method: {kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
    half_year = "{from: 2021-01-01, to: 2021-06-30, use: 30%}, {from: 2021-07-01, to: 2021-12-31, use: 50%}"
    dated = method.replace("earn: 50%", f"earn: {{dated: [{half_year}]}}")
    day = "{from: 2021-01-01, to: 2021-06-30, use: 2021-05-01}, {from: 2021-07-01, use: 2021-05-16}"
    said = told(
        small_rules(
            ("indicators/I1.yaml", method, dated),
            ("ruleset.yaml", "value: 2021-05-16", f"value: {{dated: [{day}]}}"),
        )
    )
    assert "2021年1月1日至2021年6月30日：计分办法为：≥90%得60分；≥60%，<90%得18分；<60%得0分" in said
    assert "2021年7月1日至2021年12月31日：计分办法为：≥90%得60分；≥60%，<90%得30分；<60%得0分" in said
    assert "2021年1月1日至2021年6月30日：常数的 issued.value 为 2021-05-01" in said
