"""Formulas in which units of measure do not go together, each with the twin in which they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.errors import Severity
from scoring.expressions import Figure, Formula
from scoring.rulebook.forms import Element
from scoring.rulebook.meaning.check_figures import check_figures
from scoring.rulebook.meaning.check_measures import measure_issues
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings
from tests.support.rulesets import changed, rules_from, small_files, small_rules

RATE, FORM, RULESET = "indicators/I1.yaml", "forms/F01.yaml", "ruleset.yaml"
MORE = """  - {code: M1, name: 金额, measure: 万元, type: decimal, places: 2}
  - {code: M2, name: 小额, measure: 元, type: decimal, places: 2}
  - {code: N1, name: 人数, measure: 人, type: integer}
  - {code: N2, name: 项数, measure: 项, type: integer}
  - {code: N3, name: 起数, measure: 起, type: integer}
  - {code: U1, name: 怪数, measure: 怪物, type: integer}
  - {code: R1, name: 占比, measure: "%", type: decimal, places: 2}
  - {code: R2, name: 升幅, measure: 百分点, type: decimal, places: 2}
  - {code: D1, name: 另一日, type: date}
"""


def told(value: str, measure: str = "", method: str = "", constants: str = "") -> list[tuple[str, str]]:
    """The codes and severities for an indicator of this value, but for what the small set itself brings."""
    files = changed(small_files(), FORM, "  - {code: X3,", f"{MORE}  - {{code: X3,")
    files = changed(files, RATE, "value: 100 * E2 / E1", f"value: {value}\nundefined: zero")
    files = changed(files, RATE, 'measure: "%"\n', f'measure: "{measure}"\n' if measure else "")
    files = changed(files, RULESET, "constants:\n", f"constants:\n{constants}")
    if method:
        old = "method: {kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
        files = changed(files, RATE, old, f"method: {method}")
    start = files[RATE].index("examples:")
    files[RATE] = files[RATE][:start]
    found = measure_issues(rules_from(files))
    return sorted((each.code, str(each.severity)) for each in found if each.place.file == RATE)


ABOUT_OTHERS = {"no-measure", "threshold-in-other-measure"}
HARD = Severity.HARD.value
SOFT = Severity.SOFT.value


@pytest.mark.parametrize(
    ("wrong", "right", "measure", "code", "severity"),
    [
        ("M1 + M2", "M1 + M2 / 10000", "万元", "measure-scale", HARD),
        ("M1 + M2 * 10000", "10000 * M1 + M2", "", "measure-scale", HARD),
        ("max(M1, M2)", "max(M1, M2 / 10000)", "万元", "measure-scale", HARD),
        ("1 if M1 > M2 else 0", "1 if M1 > 5 else 0", "分", "measure-scale", HARD),
        ("M1 if E1 > 0 else M2", "M1 if E1 > 0 else 0", "万元", "measure-scale", SOFT),
        ("E1 + N1", "E1 + 2 * N1", "分", "measure-mixed", HARD),
        ("E1 + N2", "E1 + N3", "件", "measure-mixed", SOFT),
        ("E1 + U1", "U1 + U1", "怪物", "measure-mixed", SOFT),
        ("M1 + E1 / E2", "M1 * E1 / E2", "万元", "measure-mixed", HARD),
        ("D1 + E5", "D1 - E5", "天", "dates-added", HARD),
        ("D1 + E1", "D1 - issued + 3", "天", "measure-mixed", HARD),
        ("E1 / E2", "100 * E1 / E2", "%", "measure-of-value", HARD),
        ("100 * E1 / E2", "E1 / E2", "比值", "measure-of-value", HARD),
        ("E1 / E2", "E1", "件", "measure-of-value", HARD),
        ("N1", "E1", "件", "measure-of-value", HARD),
        ("N2", "N3", "件", "measure-of-value", SOFT),
        ("10000 * E1 / population", "100000 * E1 / population", "件/10万人", "measure-of-value", HARD),
        ("E1 * R1", "E1 * R1 / 100", "件", "measure-of-value", HARD),
        ("R1 - last_year(R1)", "R1", "%", "percent-and-points", HARD),
        ("R1", "R1 - last_year(R1)", "百分点", "percent-and-points", HARD),
        ("100 * (E1 / E2 - E3 / E1)", "100 * (E1 / E2 - 1)", "%", "percent-and-points", HARD),
        ("100 * E1 / E2", "100 * (E1 / E2 - E3 / E1)", "百分点", "percent-and-points", HARD),
        ("100 * (E1 / E2 - 1)", "R2", "百分点", "percent-and-points", SOFT),
    ],
)
def test_what_does_not_go_together_is_told_and_its_twin_is_not(
    wrong: str, right: str, measure: str, code: str, severity: str
) -> None:
    assert told(wrong, measure)[:1] == [(code, severity)]
    assert [each for each in told(right, measure) if each[0] not in ABOUT_OTHERS] == []


@pytest.mark.parametrize(
    ("value", "measure"),
    [
        ("0.2 * N1 + 0.05 * E1", "分"),
        ("0.2 * N1 + 0.05 * E1", "件"),
        ("min(100, 100 * E1 / E2)", "%"),
        ("mean_of_quarters(100 * E1 / E2)", "%"),
        ("100 - R1", "%"),
        ("R1 + R2", "%"),
        ("100 * (E1 / E3 - E2 / E3)", "%"),
        ("coalesce(E1, 0) + E2", "件"),
        ("abs(E1 - E2) ** 2 / E3", "件"),
        ("ln(M1) / ln(100)", "比值"),
        ("M1 / N1", "比值"),
        ("sqrt(N1)", "人"),
        ("E1 if E6 == '是' else 0", "件"),
        ("round(100 * E1 / E2, 1)", "%"),
        ("-E1 + 3", "件"),
        ("E1 % 12", "件"),
        ("0.5 * E1 + 0.5 * E2", "件"),
        ("(E1 + E2) / 2", "件"),
        ("0.5 * E1 + 0.3 * E1 + 0.2 * E2", "件"),
    ],
)
def test_weights_numbers_and_functions_are_no_clash(value: str, measure: str) -> None:
    assert [each for each in told(value, measure) if each[0] not in ABOUT_OTHERS] == []


def test_a_named_constant_has_its_own_measure() -> None:
    constant = "  limit: {value: 5, measure: 万元, source: 文}\n"
    assert told("M2 + limit", "元", constants=constant) == [("measure-scale", HARD)]
    assert told("M1 + limit", "万元", constants=constant) == []


def test_the_factor_and_the_conversion_are_said() -> None:
    files = changed(small_files(), FORM, "measure: 个, type: decimal", "measure: 百件, type: decimal")
    clash = next(each for each in measure_issues(rules_from(files)) if each.code == "measure-scale")
    assert (clash.code, clash.place.file, clash.place.line) == ("measure-scale", "indicators/I2.yaml", 6)
    assert "相差 100 倍" in clash.zh
    assert "/ 100" in clash.fix_zh
    assert clash.fix_en


@pytest.mark.parametrize(
    ("value", "measure", "method", "code"),
    [
        ("100 * E2 / E1", "%", "{kind: attain, target: 0.9}", "threshold-in-other-measure"),
        ("100 * E2 / E1", "%", "{kind: attain, target: 90}", ""),
        ("E2 / E1", "比值", "{kind: attain, target: 90, start: 80}", "threshold-in-other-measure"),
        ("E2 / E1", "比值", "{kind: attain, target: 0.9}", ""),
        ("E1", "件", "{kind: attain, target: 0.9}", ""),
        ("E1", "", "{kind: attain, target: 5}", "no-measure"),
    ],
)
def test_limits_in_another_measure_than_the_value_are_asked_about(
    value: str, measure: str, method: str, code: str
) -> None:
    assert told(value, measure, method) == ([(code, SOFT)] if code else [])


def with_substitutes(rules: RuleSet, names: dict[str, str]) -> RuleSet:
    form = rules.forms["F01"]  # type: ignore[index]

    def standing_in(element: Element) -> Element:
        name = names.get(element.code)
        return replace(element, if_missing=Formula(name, Figure(name))) if name else element  # type: ignore[arg-type]

    elements = tuple(standing_in(each) for each in form.elements)
    return replace(rules, forms={form.code: replace(form, elements=elements)})


def test_a_banned_figure_earns_nothing_as_a_substitute_either() -> None:
    findings = Findings()
    check_figures(with_substitutes(small_rules(), {"E2": "E4"}), findings)
    assert [each.found for each in findings.issues if each.code == "banned-figure"] == ["E4"]


def test_substitutes_are_in_the_measure_of_what_they_stand_for() -> None:
    found = measure_issues(with_substitutes(small_rules(), {"E2": "E4"}))
    assert [each.code for each in found if each.zh.startswith("数据项")] == ["measure-of-value"]
