"""forms/*.yaml: elements, bans and checks."""

from __future__ import annotations

import pytest

from scoring.codes import ElementCode, FormCode
from scoring.rulebook.forms import Ban, Element, ElementType, Frequency, OverTime, Provider
from tests.support.defects import ADJUSTMENTS, COUNT, FORM, Change, Defect, assert_told, defect
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a code is no name",
            (FORM, "code: E7,", "code: E-7,"),
            (COUNT, "E7 + ", ""),
            code="wrong-form",
            at="E-7",
            found="E-7",
            more=["unused-element"],
        ),
        defect(
            "a figure has no measure",
            (FORM, "name: 应办数, measure: 件,", "name: 应办数,"),
            code="missing-key",
            at="{code: E1",
        ),
        defect(
            "a choice has no words",
            (FORM, "choices: [是, 否], ", ""),
            (ADJUSTMENTS, 'when: E6 == "否"', "when: is_missing(E6)"),
            code="missing-key",
            at="{code: E6",
            more=["wrong-form"],
        ),
        defect(
            "a choice has none of its words",
            (FORM, "choices: [是, 否]", "choices: []"),
            (ADJUSTMENTS, 'when: E6 == "否"', "when: is_missing(E6)"),
            code="wrong-form",
            at="[], frequency",
        ),
        defect(
            "a breakdown is unknown",
            (FORM, "breakdown: lines}", "breakdown: linse}"),
            (FORM, "each: lines, ", ""),
            code="unknown-breakdown",
            at="linse",
            found="linse",
        ),
        defect(
            "a member is unknown",
            (FORM, "breakdown: lines}", "breakdown: lines, members: [药监, 海关]}"),
            code="unknown-member",
            at="海关",
            found="海关",
        ),
        defect(
            "a member is named twice",
            (FORM, "breakdown: lines}", "breakdown: lines, members: [药监, 药监]}"),
            code="wrong-form",
            at="药监]}",
            found="药监",
        ),
        defect(
            "members have no breakdown",
            (FORM, "type: integer}\n  - {code: E2", "type: integer, members: [药监]}\n  - {code: E2"),
            code="wrong-form",
            at="[药监]",
        ),
        defect(
            "a minimum is no number",
            (FORM, "type: decimal, places: 1", "type: decimal, minimum: 零"),
            code="wrong-form",
            at="零",
        ),
        defect(
            "a ban says nothing of its source",
            (FORM, "{reason: 禁止, source: 某通知}", "{reason: 禁止}"),
            code="missing-key",
            at="{reason",
        ),
        defect(
            "a check is no condition",
            (FORM, "rule: E2 <= E1", "rule: E2"),
            code="formula-type",
            at="E2, message",
            found="E2",
        ),
        defect(
            "a check cannot be read",
            (FORM, "rule: E2 <= E1", "rule: E2 <= E9"),
            code="unknown-name",
            at="E9, message",
        ),
        defect(
            "a check has no message",
            (FORM, "message: 办结不多于应办, ", ""),
            code="missing-key",
            at="{code: F01-1",
        ),
        defect(
            "a check is for each of nothing known",
            (FORM, "each: lines", "each: linse"),
            code="unknown-breakdown",
            at="linse",
            found="linse",
        ),
        defect(
            "a check is for each of what its figures have not",
            (FORM, "rule: E2 <= E1,", "rule: E2 <= E1, each: lines,"),
            code="wrong-form",
            at="lines, message: 办结",
            found="lines",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def element(code: str, *changes: Change) -> Element:
    return small_rules(*changes).elements[ElementCode(code)]


def test_an_element_takes_from_its_form_what_it_does_not_say() -> None:
    found = element("E1")
    assert [found.form, found.provider, found.frequency] == ["F01", Provider.REGION, Frequency.QUARTERLY]
    assert [found.over_time, found.minimum, found.maximum, found.places] == [OverTime.SUM, 0, None, 0]
    assert [found.breakdown, found.members, found.may_be_not_applicable] == ["", (), False]
    assert element("E7").frequency is Frequency.YEARLY


def test_choices_and_dates_are_those_of_the_last_period_and_have_no_bounds() -> None:
    for code in ("E5", "E6"):
        assert [element(code).over_time, element(code).minimum] == [OverTime.LAST, None]
    assert element("E6").choices == ("是", "否")
    assert element("E5").type is ElementType.DATE


@pytest.mark.parametrize(
    ("written", "bounds"),
    [("minimum: none", (None, None)), ("minimum: -5, maximum: 5", (-5, 5)), ("maximum: 9", (0, 9))],
)
def test_bounds_may_be_said(written: str, bounds: tuple[int | None, int | None]) -> None:
    found = element("E7", (FORM, "type: decimal, places: 1", f"type: decimal, {written}"))
    assert [found.minimum, found.maximum] == list(bounds)


def test_members_are_all_of_the_breakdown_or_those_named() -> None:
    assert element("E3").members == ("市场监管", "药监")
    named = (FORM, "breakdown: lines}", "breakdown: lines, members: [药监]}")
    assert element("E3", named).members == ("药监",)
    assert element("X1").members == ("I1", "I2")


def test_a_ban_keeps_its_reason_and_source() -> None:
    assert element("E4").ban == Ban(reason="禁止", source="某通知")


def test_a_check_knows_its_members_severity_and_span() -> None:
    form = small_rules(
        (FORM, "hint: 请核对}", "hint: 请核对, measured_over: year_to_date, source: 文}")
    ).forms
    first, second = form[FormCode("F01")].checks
    assert [first.hard, first.year_to_date, first.each, first.hint, first.source] == [
        True,
        True,
        (),
        "请核对",
        "文",
    ]
    assert [second.hard, second.year_to_date, second.each] == [False, False, ("市场监管", "药监")]


def test_a_form_keeps_what_is_printed_on_it() -> None:
    said = "code: F01\nfrequency: yearly\nlayout: rows\nsource: {document: paper}\nnotes: [按季填, 取整数]\n"
    form = small_rules(
        (FORM, "code: F01\n", said), (FORM, "frequency: half_yearly", "frequency: quarterly")
    ).forms[FormCode("F01")]
    assert [form.notes, form.frequency] == [("按季填", "取整数"), Frequency.YEARLY]
