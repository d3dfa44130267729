"""Whatever tolerated way a right report is written in, it gives the same facts, and says each change once."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.report import Intake, Verdict
from scoring.facts import Fact
from tests.support.report_defects import FIELDS, SPOTS
from tests.support.report_spellings import SCALES, right_report, spellings, written_by_people
from tests.support.reports import taken, with_cells


def figures(facts: tuple[Fact, ...]) -> dict[object, object]:
    return {fact.series: (fact.amount, fact.standing) for fact in facts}


@cache
def right(scale: int) -> Intake:
    found = taken(right_report(scale))
    assert found.verdict is Verdict.IN_ORDER, [str(issue) for issue in found.issues]
    return found


@given(st.sampled_from(SCALES), st.integers(0, 120), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_any_tolerated_writing_gives_the_same_facts_and_lists_each_change_once(
    scale: int, count: int, random: Random
) -> None:
    written = written_by_people(scale, count, random)
    found = taken(written.workbook)
    assert [str(issue) for issue in found.issues] == []
    assert figures(found.facts) == figures(right(scale).facts)
    assert Counter((each.sheet, each.cell) for each in found.normalisations) == Counter(written.listed)


WAYS = sorted({way for each in FIELDS for way in spellings(each, "44377")})


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_writing_is_taken_in_every_field_it_fits(way: str) -> None:
    changes = {}
    for each in FIELDS:
        sheet, address = SPOTS[each.number]
        stored = next(one for one in right_report(100).sheets if one.name == sheet).cells[address].text
        ways = spellings(each, stored)
        if way in ways:
            changes[sheet, address] = ways[way]
    assert changes
    found = taken(with_cells(right_report(100), changes))
    assert [str(issue) for issue in found.issues] == []
    assert figures(found.facts) == figures(right(100).facts)
    assert sorted((each.sheet, each.cell) for each in found.normalisations) == sorted(changes)


def test_figures_of_the_right_reports_differ() -> None:
    sums = {
        sum(fact.amount for fact in right(scale).facts if isinstance(fact.amount, Fraction))
        for scale in SCALES
    }
    assert len(sums) == len(SCALES)
