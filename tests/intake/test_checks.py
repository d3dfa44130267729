"""Totals and relations: a broken one is named at its left-hand cell, an undecided one is listed with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest

from intake.cells import Cell, CellKind, Workbook
from intake.check_results import CheckNotRun, NotRun
from intake.report import Intake
from scoring.codes import ElementCode, MemberCode, PeriodCode
from scoring.errors import Severity
from scoring.facts import Amount, Fact, Facts, Series, Standing, gather_facts
from scoring.periods import Period
from tests.support.reports import (
    BEIJING,
    Change,
    agreeing_figures,
    agreeing_workbook,
    cell_of,
    codes,
    new_cell,
    number,
    opened,
    taken,
    template,
    text,
    with_cells,
)

RIGHT = agreeing_workbook()
SECOND = Period(2021, 2, False)


def changed(changes: Mapping[tuple[str, ...], Change]) -> Workbook:
    """The right report with other cells, named by element and column."""
    return with_cells(RIGHT, {cell_of(RIGHT, *at): change for at, change in changes.items()})


def facts(figures: Mapping[Series, Amount | Standing]) -> Facts:
    """Accepted facts of the unit."""
    return gather_facts(
        [BEIJING],
        (
            Fact(BEIJING, series, None, amount)
            if isinstance(amount, Standing)
            else Fact(BEIJING, series, amount)
            for series, amount in figures.items()
        ),
    )


def series(code: str, period: str, member: str = "") -> Series:
    return Series(ElementCode(code), PeriodCode(period), MemberCode(member))


def not_run(found: Intake, check: str) -> list[CheckNotRun]:
    return [each for each in found.checks_not_run if each.check == check]


NIL = text("零申报")
NOT_APPLICABLE = text("不适用")


@pytest.mark.parametrize(
    ("central", "provincial", "total", "expected"),
    [
        (number("3"), number("4"), number("7"), []),
        (number("3"), number("4"), number("8"), ["total-differs"]),
        (number("3"), number("4"), None, ["total-blank"]),
        (number("3"), number("4"), text("7"), []),
        (number("3"), NIL, number("3"), []),
        (NIL, NIL, None, []),
        (NIL, NIL, number("0"), []),
        (NIL, NIL, NIL, []),
        (number("0"), number("0"), NIL, []),
        (number("3"), number("4"), NIL, ["total-differs"]),
        (number("3"), number("4"), NOT_APPLICABLE, ["total-differs"]),
        (number("3"), None, number("9"), ["cell-blank"]),
        (number("3"), number("-4"), number("9"), ["below-minimum"]),
        (number("3"), number("4"), text("合计"), ["not-a-number"]),
        (text("3"), number("4"), number("4"), ["total-differs"]),
    ],
)
def test_a_total_is_held_against_its_columns_when_all_of_them_are_known(
    central: Change, provincial: Change, total: Change, expected: list[str]
) -> None:
    found = taken(changed({("EB01", "中央"): central, ("EB01", "省级"): provincial, ("EB01",): total}))
    assert codes(found) == expected


def test_columns_that_are_not_applicable_are_left_out_of_the_total() -> None:
    changes: dict[tuple[str, ...], Change] = {("E108", member): NOT_APPLICABLE for member in ("邮政", "海关")}
    assert codes(taken(changed({**changes, ("E108",): number("18")}))) == []
    assert codes(taken(changed({**changes, ("E108",): number("24")}))) == ["total-differs"]


def test_a_row_that_is_not_applicable_at_all_may_leave_its_total_blank_zero_or_not_applicable() -> None:
    lines = ("市场监管", "知识产权", "农业农村", "林草", "文化版权", "药监", "邮政", "海关")
    changes: dict[tuple[str, ...], Change] = {("E108", line): NOT_APPLICABLE for line in lines}
    for total in (None, number("0"), NOT_APPLICABLE):
        assert codes(taken(changed({**changes, ("E108",): total}))) == []


def test_a_wrong_total_is_told_with_both_values_the_difference_and_the_cells() -> None:
    [issue] = taken(changed({("EB01",): number("30")})).issues
    assert (issue.place.sheet, issue.place.cell) == cell_of(RIGHT, "EB01")
    assert (issue.found, issue.expected) == ("30", "24")
    for part in ("30", "24", "相差 6", "E5、F5"):
        assert part in issue.zh


def test_a_relation_for_each_member_is_named_at_that_members_cell() -> None:
    total = number(str(60 * 7 + 151))
    [issue] = taken(changed({("E104", "海关"): number("151"), ("E104",): total})).issues
    assert issue.code == "check-f01-01"
    assert (issue.place.sheet, issue.place.cell) == cell_of(RIGHT, "E104", "海关")
    assert issue.severity is Severity.HARD
    for part in ("海关", "左边 151", "右边 150", "相差 1", "L8", "L9", "L7"):
        assert part in issue.zh
    for part in ("left 151", "right 150", "1 apart"):
        assert part in issue.en
    assert issue.fix_zh.startswith("请核对本条线")
    assert issue.source


def test_a_relation_on_totals_is_named_at_the_total_and_lists_the_cells_of_its_columns() -> None:
    first = Period(2021, 1, False)
    figures = {key: value for key, value in agreeing_figures(first).items() if key.element != "E701"}
    workbook = opened(template({**figures, series("E701", "2021Q1"): Fraction(31)}, first))
    [issue] = [each for each in taken(workbook, first).issues if each.code == "check-f07-03"]
    assert (issue.place.sheet, issue.place.cell) == cell_of(workbook, "E701")
    assert issue.severity is Severity.SOFT
    sheet = cell_of(workbook, "E109")[0]
    assert f"E109 移送公安机关案件数 = 32 ({sheet}!E13、F13、G13" in issue.zh


def test_a_relation_between_two_forms_names_both_sheets_and_says_that_either_may_be_wrong() -> None:
    [issue] = taken(changed({("E402",): number("301")})).issues
    for part in (
        "F04 进出口和寄递环节表!D6",
        "F01 行政执法办案季报表!K6",
        "左边 301，右边 300，相差 1",
        "系统无法判断哪一个有误",
        "审核关系 F01-23、F04-01",
    ):
        assert part in issue.zh
    assert "which of them is wrong cannot be told here" in issue.en


def test_a_relation_with_another_provider_says_whose_figure_it_is() -> None:
    known = facts({series("EA12", "2021"): Fraction(0)})
    [issue] = [each for each in taken(RIGHT, earlier=known).issues if each.code == "check-f10-04"]
    assert "EA12 列入中欧协定清单的本地地理标志 = 0 (EXT 国家部门提供数据表)" in issue.zh
    assert "系统无法判断哪一个有误" in issue.zh


def test_a_relation_within_one_form_of_one_time_does_not_speak_of_doubt() -> None:
    [issue] = taken(changed({("E203",): NIL})).issues
    assert "无法判断" not in issue.zh
    assert "!" not in issue.zh


def test_a_soft_relation_wants_an_explanation() -> None:
    found = taken(changed({("E402",): number("301")}))
    assert [(issue.code, issue.severity) for issue in found.issues] == [("check-f04-03", Severity.SOFT)]
    assert found.faulty == 0


def test_a_relation_with_an_attribute_of_the_unit_is_decided() -> None:
    assert codes(taken(changed({("E903",): number("16")}))) == []
    assert codes(taken(changed({("E903",): number("17")}))) == ["check-f09-02"]


def test_dates_are_told_as_dates_and_apart_in_days() -> None:
    [issue] = taken(changed({("ED01",): text("2021-05-01")})).issues
    assert issue.code == "check-f10-06"
    assert "2021-05-01" in issue.zh


def test_a_relation_with_a_faulty_figure_is_not_run_and_listed_so() -> None:
    found = taken(changed({("E203",): text("若干")}))
    assert codes(found) == ["not-a-number"]
    assert [each.reason for each in not_run(found, "F02-02")] == [NotRun.FAULTY]


def test_a_relation_with_a_blank_figure_is_not_run_and_listed_so() -> None:
    found = taken(changed({("E203",): None}))
    assert codes(found) == ["cell-blank"]
    assert [each.reason for each in not_run(found, "F02-02")] == [NotRun.MISSING]


def test_a_relation_with_a_figure_not_applicable_is_not_run_and_listed_so() -> None:
    found = taken(changed({("E905",): NOT_APPLICABLE}))
    assert codes(found) == []
    assert [each.reason for each in not_run(found, "F09-03")] == [NotRun.NOT_APPLICABLE]


def test_a_nil_return_counts_as_zero_in_relations() -> None:
    assert codes(taken(changed({("E203",): NIL}))) == ["check-f02-02"]


def test_figures_of_another_provider_are_used_when_they_are_known() -> None:
    assert [each.reason for each in not_run(taken(RIGHT), "F10-04")] == [NotRun.UNKNOWN]
    enough, too_few = ({series("EA12", "2021"): Fraction(count)} for count in (1, 0))
    assert not_run(taken(RIGHT, earlier=facts(enough)), "F10-04") == []
    found = taken(RIGHT, earlier=facts(too_few))
    assert [(issue.code, issue.place.row_label[:4]) for issue in found.issues] == [("check-f10-04", "EA13")]


def as_of(quarter: str, figures: Mapping[Series, Amount | Standing]) -> dict[Series, Amount | Standing]:
    """The quarterly ones of the figures, said of another quarter."""
    return {
        key._replace(period=PeriodCode(quarter)): value for key, value in figures.items() if "Q" in key.period
    }


def carried_on(opening: int) -> Workbook:
    """The second quarter's report, in which every line's opening balance is that number."""
    figures = agreeing_figures(SECOND)
    figures |= {key: Fraction(opening) for key in figures if key.element == "E105"}
    return opened(template(figures, SECOND))


FIRST_QUARTER = as_of("2021Q1", agreeing_figures(SECOND))


def found_checks(found: Intake, names: Iterable[str]) -> list[str]:
    return [issue.code for issue in found.issues if issue.code in names]


def test_the_opening_balance_follows_from_the_quarter_before() -> None:
    # 50 + 100 - 60 = 90 in each line
    right = taken(carried_on(90), SECOND, facts(FIRST_QUARTER))
    assert found_checks(right, {"check-f01-03"}) == []
    wrong = taken(carried_on(91), SECOND, facts(FIRST_QUARTER))
    assert found_checks(wrong, {"check-f01-03"}) == ["check-f01-03"] * 8
    issue = next(issue for issue in wrong.issues if issue.code == "check-f01-03")
    assert "左边 91，右边 90，相差 1" in issue.zh


def test_an_unknown_quarter_before_leaves_the_relation_undecided() -> None:
    found = taken(carried_on(91), SECOND)
    assert [each.reason for each in not_run(found, "F01-03")] == [NotRun.UNKNOWN] * 8


def test_the_year_to_date_adds_the_quarters_before() -> None:
    # Year to date: 40 + 40 handled of 50 + 50; with 20 received before only 70.
    assert found_checks(taken(carried_on(90), SECOND, facts(FIRST_QUARTER)), {"check-f02-01"}) == []
    few = {**FIRST_QUARTER, series("E201", "2021Q1"): Fraction(20)}
    [issue] = [
        each for each in taken(carried_on(90), SECOND, facts(few)).issues if each.code == "check-f02-01"
    ]
    assert "E202 已删除或处置链接数 = 80" in issue.zh
    assert "左边 80，右边 70" in issue.zh


def test_a_year_to_date_with_a_hole_in_it_is_not_decided() -> None:
    holed = {key: value for key, value in FIRST_QUARTER.items() if key.element != "E201"}
    found = taken(carried_on(90), SECOND, facts(holed))
    assert [each.reason for each in not_run(found, "F02-01")] == [NotRun.UNKNOWN]


def test_in_the_first_quarter_a_relation_of_quarter_and_year_to_date_is_said_once() -> None:
    first = Period(2021, 1, False)
    figures = agreeing_figures(first)
    figures[series("E104", "2021Q1", "海关")] = Fraction(151)
    assert codes(taken(opened(template(figures, first)), first)) == ["check-f01-01"]


def test_a_whole_year_reported_at_once_is_not_taken_for_the_quarter_before() -> None:
    first = Period(2021, 1, False)
    workbook = opened(template(agreeing_figures(first), first))
    whole = {
        series(code, "2020", member): Fraction(value)
        for code, value in (("E103", 1000), ("E104", 900), ("E105", 1))
        for member in ("市场监管", "海关")
    }
    found = taken(workbook, first, facts(whole))
    assert {each.reason for each in not_run(found, "F01-03")} == {NotRun.UNKNOWN}


def test_the_last_quarter_of_the_year_before_is_the_quarter_before_the_first() -> None:
    first = Period(2021, 1, False)
    workbook = opened(template(agreeing_figures(first), first))
    last = {
        key: Fraction(0) if key.element in {"E103", "E104"} else value for key, value in FIRST_QUARTER.items()
    }
    found = taken(workbook, first, facts(as_of("2020Q4", last)))
    assert not_run(found, "F01-03") == []
    assert found_checks(found, {"check-f01-03"}) == []


def test_other_units_facts_are_never_used() -> None:
    others = facts(FIRST_QUARTER)
    strangers = Facts((type(BEIJING)("120000"),), others.columns)
    found = taken(carried_on(91), SECOND, strangers)
    assert {each.reason for each in not_run(found, "F01-03")} == {NotRun.UNKNOWN}


def test_a_relation_of_half_yearly_figures_is_not_spoken_of_when_they_are_not_due() -> None:
    first = Period(2021, 1, False)
    found = taken(opened(template(agreeing_figures(first), first)), first)
    assert {each.check for each in found.checks_not_run}.isdisjoint({"F11-01", "F11-02", "F10-08", "F09-02"})


def test_a_hidden_cell_keeps_its_relation_from_being_run() -> None:
    def hidden(sheet: str, address: str) -> Cell:
        return new_cell(sheet, address, CellKind.NUMBER, "1", hidden=True)

    found = taken(changed({("E203",): hidden}))
    assert codes(found) == ["hidden-value"]
