"""Figures: what quarters, members and absences make when a formula asks for an element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import ElementCode, FormCode, MemberCode, PeriodCode, UnitCode
from scoring.errors import Place
from scoring.expressions import Expression, Figure, When, walk
from scoring.facts import Fact, Facts, Series, Standing, gather_facts
from scoring.figures import LeftOut, Resolved, resolve, wanted_periods
from scoring.reporting import read_amount
from scoring.rulebook.forms import Element, ElementType, Form, Frequency, OverTime, Provider
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.vocabulary import vocabulary_of
from tests.support.rulesets import period, small_rules

UNIT = UnitCode("110000")
YEAR, LAST_YEAR = "2021Q1 2021Q2 2021Q3 2021Q4", "2020Q1 2020Q2 2020Q3 2020Q4"
LINES = (MemberCode("甲"), MemberCode("乙"), MemberCode("丙"))


def element(
    code: str,
    kind: ElementType = ElementType.INTEGER,
    over_time: OverTime = OverTime.SUM,
    frequency: Frequency = Frequency.QUARTERLY,
    members: tuple[MemberCode, ...] = (),
) -> Element:
    return Element(
        code=ElementCode(code),
        name=code,
        form=FormCode("F"),
        provider=Provider.REGION,
        measure="件",
        type=kind,
        frequency=frequency,
        over_time=over_time,
        choices=("是", "否"),
        members=members,
    )


ELEMENTS = (
    element("FLOW"),
    element("STOCK", over_time=OverTime.LAST),
    element("OPENING", over_time=OverTime.FIRST),
    element("WORD", ElementType.CHOICE),
    element("DAY", ElementType.DATE),
    element("HALF", frequency=Frequency.HALF_YEARLY),
    element("YEAR", frequency=Frequency.YEARLY),
    element("LINED", members=LINES),
    element("WORDS", ElementType.CHOICE, members=LINES),
)


def rules(*, partial: bool = True) -> RuleSet:
    form = Form(
        code=FormCode("F"),
        title="表",
        provider=Provider.REGION,
        frequency=Frequency.QUARTERLY,
        elements=ELEMENTS,
    )
    return replace(small_rules(), forms={form.code: form}, partial_periods=partial)


RULES, STRICT = rules(), rules(partial=False)


def facts(written: Mapping[str, str]) -> Facts:
    """Facts written as {"FLOW[甲] 2021Q1": "3"}."""
    found = []
    for where, text in written.items():
        name, _, when = where.partition(" ")
        code, _, member = name.rstrip("]").partition("[")
        read = read_amount(RULES.elements[ElementCode(code)], text)
        assert read is not None
        series = Series(ElementCode(code), PeriodCode(when), MemberCode(member))
        found.append(Fact(UNIT, series, *read, origin=where))
    return gather_facts([UNIT], found)


def resolved(
    written: Mapping[str, str], figure: str, when: str = "2021", *, partial: bool = True
) -> Resolved:
    code, _, member = figure.rstrip("]").partition("[")
    members = tuple(MemberCode(each) for each in member.split(",") if each)
    asked = Figure(ElementCode(code), members)
    return resolve(asked, RULES if partial else STRICT, facts(written), 0, period(when))


def quarters(code: str, *texts: str) -> dict[str, str]:
    """The figures of the first quarters; an empty text was not reported."""
    return {f"{code} 2021Q{number}": text for number, text in enumerate(texts, start=1) if text}


@pytest.mark.parametrize(
    ("code", "texts", "when", "expected"),
    [
        pytest.param("FLOW", "1 2 3 4", "2021", "10", id="flows of the year are summed"),
        pytest.param("FLOW", "1 2 3 4", "2021Q3", "6", id="up to the scored quarter"),
        pytest.param("FLOW", "1 2 3 4", "2021Q1", "1", id="the first quarter stands alone"),
        pytest.param("FLOW", "1.5 2 0.25 0", "2021", "3.75", id="decimals are summed exactly"),
        pytest.param("STOCK", "1 2 3 4", "2021", "4", id="of stocks the last counts"),
        pytest.param("STOCK", "1 2 3 4", "2021Q2", "2", id="the last so far"),
        pytest.param("OPENING", "1 2 3 4", "2021", "1", id="of openings the first counts"),
        pytest.param("FLOW", "0 0 0 0", "2021", "0", id="zero is a figure"),
        pytest.param("FLOW", "5 NIL NIL NIL", "2021", "5", id="nil counts as zero"),
        pytest.param("FLOW", "NA 2 3 NA", "2021", "5", id="quarters not applicable are left out"),
    ],
)
def test_quarters_become_a_year_to_date_figure(code: str, texts: str, when: str, expected: str) -> None:
    found = resolved(quarters(code, *texts.split()), code, when)
    assert (found.outcome, found.standing) == (Fraction(expected), Standing.VALUE)


def test_a_year_of_nothing_but_nil_is_nil() -> None:
    found = resolved(quarters("FLOW", "NIL", "NIL", "NIL", "NIL"), "FLOW")
    assert found.amount == 0
    assert found.standing is Standing.NIL


def test_a_choice_and_a_date_are_those_of_the_last_quarter() -> None:
    assert resolved(quarters("WORD", "是", "否"), "WORD").outcome == "否"
    found = resolved(quarters("DAY", "2021-01-01", "2021-01-03"), "DAY").outcome
    assert found == resolved(quarters("DAY", "2021-01-01"), "DAY").outcome + 2  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "texts", "available", "missing"),
    [
        pytest.param("FLOW", "1,,3,4", Fraction(8), Standing.MISSING, id="a gap in a flow"),
        pytest.param("STOCK", "1,2,3,", Fraction(3), Standing.MISSING, id="the last stock is missing"),
        pytest.param("OPENING", ",2,3,4", Fraction(2), Standing.MISSING, id="the first opening is missing"),
        pytest.param("FLOW", ",,,", Standing.MISSING, Standing.MISSING, id="nothing came at all"),
        pytest.param(
            "FLOW", "NA,,,", Standing.NOT_APPLICABLE, Standing.MISSING, id="what was reported does not apply"
        ),
        pytest.param("FLOW", "1,2,3,4", Fraction(10), Fraction(10), id="nothing is missing"),
        pytest.param(
            "FLOW", "NA,NA,NA,NA", Standing.NOT_APPLICABLE, Standing.NOT_APPLICABLE, id="never applicable"
        ),
    ],
)
def test_a_missing_quarter_is_left_out_or_spoils_the_year_as_the_rule_set_says(
    code: str, texts: str, available: object, missing: object
) -> None:
    written = quarters(code, *texts.split(","))
    assert resolved(written, code).outcome == available
    assert resolved(written, code, partial=False).outcome == missing


@pytest.mark.parametrize(
    ("code", "when", "periods"),
    [
        ("FLOW", "2021Q3", "2021Q1 2021Q2 2021Q3"),
        ("HALF", "2021Q1", ""),
        ("HALF", "2021Q2", "2021H1"),
        ("HALF", "2021Q3", "2021H1"),
        ("HALF", "2021Q4", "2021H1 2021H2"),
        ("YEAR", "2021Q3", ""),
        ("YEAR", "2021Q4", "2021"),
        ("YEAR", "2021", "2021"),
    ],
)
def test_only_what_is_due_is_asked_for(code: str, when: str, periods: str) -> None:
    wanted = wanted_periods(RULES.elements[ElementCode(code)], When.NOW, period(when))
    assert wanted.periods == tuple(periods.split())


@pytest.mark.parametrize(("code", "when"), [("HALF", "2021Q1"), ("YEAR", "2021Q1"), ("YEAR", "2021Q3")])
def test_what_is_not_due_is_told_from_what_is_missing(code: str, when: str) -> None:
    found = resolved({}, code, when)
    assert (found.outcome, found.made_of) == (Standing.NOT_DUE, ())
    assert resolved({}, code, "2021Q4").outcome is Standing.MISSING


@pytest.mark.parametrize(
    ("when", "scored", "periods"),
    [
        (When.LAST_YEAR, "2021Q2", "2020Q1 2020Q2"),
        (When.LAST_YEAR, "2021", "2020Q1 2020Q2 2020Q3 2020Q4"),
        (When.Q2, "2021Q3", "2021Q2"),
        pytest.param(When.Q4, "2021Q3", "", id="a quarter to come is not due"),
    ],
)
def test_another_time_asks_for_its_own_periods(when: When, scored: str, periods: str) -> None:
    wanted = wanted_periods(RULES.elements[ElementCode("FLOW")], when, period(scored))
    assert wanted.periods == tuple(periods.split())


@pytest.mark.parametrize(
    ("code", "when", "first", "second", "third", "last"),
    [
        ("FLOW", When.THIS_QUARTER, "2021Q1", "2021Q2", "2021Q3", "2021Q4"),
        ("FLOW", When.PREVIOUS, "2020Q4", "2021Q1", "2021Q2", "2021Q3"),
        ("FLOW", When.YEAR_TO_DATE, "2021Q1", "2021Q1 2021Q2", "2021Q1 2021Q2 2021Q3", YEAR),
        ("FLOW", When.WHOLE_YEAR, "", "", "", YEAR),
        ("FLOW", When.LAST_WHOLE_YEAR, LAST_YEAR, LAST_YEAR, LAST_YEAR, LAST_YEAR),
        ("FLOW", When.LAST_Q4, "2020Q4", "2020Q4", "2020Q4", "2020Q4"),
        ("HALF", When.THIS_QUARTER, "", "2021H1", "2021H1", "2021H2"),
        ("HALF", When.PREVIOUS, "2020H2", "2020H2", "2020H2", "2021H1"),
        ("HALF", When.WHOLE_YEAR, "", "", "", "2021H1 2021H2"),
        ("HALF", When.LAST_WHOLE_YEAR, *["2020H1 2020H2"] * 4),
        ("HALF", When.LAST_YEAR, "", "2020H1", "2020H1", "2020H1 2020H2"),
        ("YEAR", When.THIS_QUARTER, "", "", "", "2021"),
        ("YEAR", When.PREVIOUS, "2020", "2020", "2020", "2020"),
        ("YEAR", When.WHOLE_YEAR, "", "", "", "2021"),
        ("YEAR", When.LAST_WHOLE_YEAR, "2020", "2020", "2020", "2020"),
        ("YEAR", When.LAST_YEAR, "", "", "", "2020"),
    ],
)
def test_each_word_of_time_means_its_periods_quarter_by_quarter(
    code: str, when: When, first: str, second: str, third: str, last: str
) -> None:
    element = RULES.elements[ElementCode(code)]
    asked = ("2021Q1", "2021Q2", "2021Q3", "2021Q4", "2021")
    found = [" ".join(wanted_periods(element, when, period(each)).periods) for each in asked]
    assert found == [first, second, third, last, last]


@pytest.mark.parametrize(
    ("when", "scored", "whole"),
    [
        (When.WHOLE_YEAR, "2021Q4", "2021"),
        (When.LAST_WHOLE_YEAR, "2021Q1", "2020"),
        (When.LAST_YEAR, "2021Q1", None),
        (When.THIS_QUARTER, "2021", None),
        (When.PREVIOUS, "2021", None),
    ],
)
def test_a_year_reported_as_one_figure_stands_for_whole_years_only(
    when: When, scored: str, whole: str | None
) -> None:
    assert wanted_periods(RULES.elements[ElementCode("FLOW")], when, period(scored)).whole_year == whole


def test_last_year_is_compared_over_the_same_quarters() -> None:
    last = Figure(ElementCode("FLOW"), (), When.LAST_YEAR)
    written = {"FLOW 2020Q1": "1", "FLOW 2020Q2": "2", "FLOW 2020Q3": "4", "FLOW 2021Q1": "8"}
    assert resolve(last, RULES, facts(written), 0, period("2021Q2")).outcome == 3


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        pytest.param("FLOW", {"FLOW 2021": "9"}, Fraction(9), id="alone"),
        pytest.param("FLOW", {"FLOW 2021": "9", "FLOW 2021Q1": "1"}, Fraction(9), id="before quarters"),
        pytest.param("HALF", {"HALF 2021": "9", "HALF 2021H1": "1"}, Fraction(9), id="before half years"),
        pytest.param("FLOW", {"FLOW 2021": "NA"}, Standing.NOT_APPLICABLE, id="not applicable"),
        pytest.param("FLOW", {"FLOW 2021Q1": "1"}, Fraction(1), id="not reported: the quarters"),
    ],
)
def test_the_year_reported_as_one_figure_is_asked_first(
    code: str, written: Mapping[str, str], expected: object
) -> None:
    assert resolved(written, code).outcome == expected


def test_the_year_as_one_figure_says_nothing_about_a_part_of_the_year() -> None:
    assert resolved({"FLOW 2021": "9"}, "FLOW", "2021Q3").outcome is Standing.MISSING


@pytest.mark.parametrize(
    ("written", "figure", "expected"),
    [
        pytest.param("1 2 4", "LINED", Fraction(7), id="the total is the sum of all members"),
        pytest.param("1 2 4", "LINED[乙]", Fraction(2), id="one member alone"),
        pytest.param("1 2 4", "LINED[甲,丙]", Fraction(5), id="the named members"),
        pytest.param("1 NA 4", "LINED", Fraction(5), id="members not applicable are left out"),
        pytest.param("NA NA NA", "LINED", Standing.NOT_APPLICABLE, id="none is applicable"),
        pytest.param("1 - 4", "LINED", Standing.MISSING, id="a missing member spoils the total"),
        pytest.param("NA - 4", "LINED", Standing.MISSING, id="also beside one not applicable"),
        pytest.param("1 - 4", "LINED[甲,丙]", Fraction(5), id="but not the total of the others"),
        pytest.param("NA NA 4", "LINED[甲]", Standing.NOT_APPLICABLE, id="one member not applicable"),
    ],
)
def test_members_are_summed(written: str, figure: str, expected: object) -> None:
    texts = zip(LINES, written.split(), strict=True)
    facts_of_year = {f"LINED[{line}] 2021": text for line, text in texts if text != "-"}
    assert resolved(facts_of_year, figure).outcome == expected


def test_a_total_reported_by_itself_is_taken_for_the_sum() -> None:
    assert resolved({"LINED 2021Q1": "9"}, "LINED", "2021Q1").outcome == 9
    assert resolved({"LINED 2021": "9"}, "LINED").outcome == 9
    assert resolved({"LINED 2021Q1": "9"}, "LINED[甲]", "2021Q1").outcome is Standing.MISSING


def test_words_have_no_sum() -> None:
    words = {f"WORDS[{line}] 2021Q1": "是" for line in LINES}
    assert resolved(words, "WORDS", "2021Q1").outcome is Standing.UNDEFINED
    assert resolved(words, "WORDS[甲]", "2021Q1").outcome == "是"


def test_a_figure_tells_everything_it_was_made_of() -> None:
    found = resolved({"FLOW 2021Q1": "1", "FLOW 2021Q3": "NA"}, "FLOW", "2021Q3")
    assert [(each.series.period, each.outcome, each.origin) for each in found.made_of] == [
        ("2021Q1", 1, "FLOW 2021Q1"),
        ("2021Q2", Standing.MISSING, ""),
        ("2021Q3", Standing.NOT_APPLICABLE, "FLOW 2021Q3"),
    ]


FLOW, LINED = (Figure(ElementCode(code)) for code in ("FLOW", "LINED"))
PAST = Figure(FLOW.element, (), When.LAST_YEAR)
ONE, OTHER = (Figure(LINED.element, (line,)) for line in LINES[:2])


def lines(line: str, *texts: str) -> dict[str, str]:
    """The figures of a line in the first quarters; an empty text was not reported."""
    return {f"LINED[{line}] 2021Q{number}": text for number, text in enumerate(texts, start=1) if text}


@pytest.mark.parametrize(
    ("written", "others", "expected"),
    [
        pytest.param(lines("甲", "1", "1", "1", "1"), (ONE,), 1111, id="all quarters where none is missing"),
        pytest.param(lines("甲", "1", "", "1", "1"), (ONE,), 1101, id="without what another lacks"),
        pytest.param(lines("甲", "1", "NIL", "0", "NA"), (ONE,), 1111, id="nil, 0 and not applicable count"),
        pytest.param(
            lines("甲", "1", "", "1", "1") | lines("乙", "", "1", "1", "1"),
            (ONE, OTHER),
            1100,
            id="without what any lacks",
        ),
        pytest.param({}, (ONE,), 1111, id="what has no quarter at all takes none away"),
        pytest.param(
            {"LINED[甲] 2021": "9", "LINED[甲] 2021Q1": "9"},
            (ONE,),
            1111,
            id="a year as one figure lacks none",
        ),
        pytest.param(
            {"FLOW 2020Q1": "5", "FLOW 2020Q3": "5"}, (PAST,), 101, id="last year lacks its own quarters"
        ),
    ],
)
def test_figures_together_take_the_quarters_that_all_have(
    written: dict[str, str], others: tuple[Figure, ...], expected: int
) -> None:
    own = quarters("FLOW", "1", "10", "100", "1000")
    asked = replace(FLOW, together=(FLOW, *others))
    assert resolve(asked, RULES, facts(own | written), 0, period("2021")).outcome == expected


def test_without_any_common_quarter_all_are_missing() -> None:
    known = facts(quarters("FLOW", "1", "2") | lines("甲", "", "", "3", "4"))
    for asked in (FLOW, ONE):
        found = resolve(replace(asked, together=(FLOW, ONE)), RULES, known, 0, period("2021"))
        assert found.outcome is Standing.MISSING


def test_last_year_goes_without_the_quarters_missing_this_year() -> None:
    known = {f"FLOW 2020Q{quarter}": "7" for quarter in (1, 2, 3, 4)} | quarters("FLOW", "1", "", "1", "1")
    past = replace(PAST, together=(FLOW, PAST))
    assert resolve(past, RULES, facts(known), 0, period("2021")).outcome == 21
    assert resolve(past, RULES, facts(known), 0, period("2021Q2")).outcome == 7


def test_a_sum_of_lines_goes_without_a_quarter_that_one_line_lacks() -> None:
    known = facts(
        lines("甲", "1", "10") | lines("乙", "1", "") | lines("丙", "1", "10") | quarters("FLOW", "5", "5")
    )
    whole = replace(LINED, together=(FLOW, LINED))
    assert resolve(whole, RULES, known, 0, period("2021Q2")).outcome == 3
    assert resolve(LINED, RULES, known, 0, period("2021Q2")).outcome == 23


def test_a_figure_tells_which_quarters_do_not_count_and_why() -> None:
    known = facts(quarters("FLOW", "1", "2", "", "4") | lines("甲", "1", "", "", "4"))
    found = resolve(replace(FLOW, together=(FLOW, ONE)), RULES, known, 0, period("2021"))
    assert found.left_out == (LeftOut(2, ("LINED[甲]",)),)
    assert [each.series.period for each in found.made_of] == ["2021Q1", "2021Q3", "2021Q4"]
    assert found.outcome == 5


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param("FLOW / LINED", {"FLOW", "LINED"}, id="two elements that add up"),
        pytest.param("FLOW / last_year(FLOW)", {"FLOW", "last_year(FLOW)"}, id="this year and last"),
        pytest.param("FLOW / FLOW", set(), id="one alone"),
        pytest.param(
            "FLOW / STOCK + YEAR + HALF + this_quarter(LINED)", set(), id="stocks and other times stand apart"
        ),
        pytest.param("IF(is_missing(LINED), 0, FLOW)", set(), id="what is asked how it stands stands apart"),
        pytest.param("mean_of_quarters(FLOW / LINED)", set(), id="quarter by quarter nothing is added"),
        pytest.param("FLOW / units_sum(LINED)", set(), id="a statistic is a formula by itself"),
        pytest.param("units_sum(FLOW / LINED)", {"FLOW", "LINED"}, id="in which quarters are shared too"),
    ],
)
def test_a_formula_puts_figures_together(text: str, together: set[str]) -> None:
    words = replace(vocabulary_of(ELEMENTS, {}, {}), statistics=True)
    formula, issues = parse_formula(text, words, Place())
    assert formula is not None
    assert not issues
    for rules_, expected in ((RULES, together), (STRICT, set[str]())):
        root = formula.written_out((1, 2, 3, 4), rules_.sharing_quarters)
        found = {each.label for part in walk(root) if isinstance(part, Figure) for each in part.together}
        assert found == expected
        assert walk_figures(formula.written_out((1,), rules_.sharing_quarters)) == {()}


def walk_figures(root: Expression) -> set[tuple[Figure, ...]]:
    return {part.together for part in walk(root) if isinstance(part, Figure)}
