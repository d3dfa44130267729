"""What a ranking says at a glance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.results import NodeScore, Outcome, UnitResult
from scoring.rulebook.final_rules import Grade
from services.views import RankingLine
from web.summaries import grade_styles, mean, summary_of

GRADES = (
    Grade(name="优秀", at_least=Fraction(90)),
    Grade(name="良好", at_least=Fraction(80)),
    Grade(name="不合格", at_least=None),
)


def line(
    name: str, score: int | None, rank: int | None, *, grade: str = "", group: str = "", section: int = 0
) -> RankingLine:
    number = None if score is None else Fraction(score)
    result = UnitResult(UnitCode(name), number, Fraction(0), Fraction(0), number, number)
    result = replace(result, rank=rank, grade=grade, group=group)
    part = NodeScore(
        UnitCode(name), NodeCode("s"), None, Fraction(section), Fraction(10), Outcome.SCORED, None
    )
    return RankingLine(unit=UnitCode(name), name=f"{name}省", short=name, result=result, sections=(part,))


LINES = (
    line("甲", 95, 1, grade="优秀", group="东部", section=9),
    line("乙", 95, 1, grade="优秀", group="西部", section=8),
    line("丙", 70, 3, grade="不合格", group="西部", section=1),
    line("丁", None, None, group="西部", section=0),
)


def test_means_are_of_those_that_have_a_score() -> None:
    summary = summary_of(LINES, GRADES)
    assert (summary.units, summary.ranked) == (4, 3)
    assert (summary.mean, summary.median) == (Fraction(260, 3), Fraction(95))
    assert [(each.name, each.count, each.mean) for each in summary.groups] == [
        ("东部", 1, Fraction(95)),
        ("西部", 3, Fraction(165, 2)),
    ]
    assert summary.sections == (Fraction(18, 4),)


def test_ties_are_named() -> None:
    summary = summary_of(LINES, GRADES)
    assert summary.shared_places == ((1, ("甲", "乙")),)
    assert summary.highest is not None
    assert summary.lowest is not None
    assert (summary.highest.units, summary.lowest.units) == (("甲", "乙"), ("丙",))


def test_the_bar_of_grades_has_every_grade_in_order_and_no_gap() -> None:
    shares = summary_of(LINES, GRADES).grades
    assert [(each.name, each.count) for each in shares] == [("优秀", 2), ("良好", 0), ("不合格", 1)]
    assert [each.band for each in shares] == ["90 分及以上", "80 分及以上", "80 分以下"]
    for before, after in pairwise(shares):
        assert before.start + before.length == after.start


def test_a_ranking_of_nobody_is_empty() -> None:
    summary = summary_of((), GRADES)
    assert (summary.mean, summary.median, summary.highest, summary.lowest) == (None, None, None, None)
    assert (summary.groups, summary.sections, summary.shared_places) == ((), (), ())


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        ("优", ["best"]),
        ("优劣", ["best", "worst"]),
        ("优良中劣", ["best", "good", "fair", "worst"]),
        ("甲乙丙丁戊", ["best", "good", "fair", "fair", "worst"]),
    ],
)
def test_the_look_of_a_grade_follows_its_place(names: str, looks: list[str]) -> None:
    styles = grade_styles([Grade(name=name, at_least=None) for name in names])
    assert [styles[name] for name in names] == looks


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) is None
