"""What rules reward: each finding with a rule that brings it, and its twin that does not."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.errors import Issue, Severity
from scoring.incentives.check import Incentives, check_incentives
from scoring.incentives.improvement import Proof
from tests.support.defects import LADDER, RATE, RULESET, WHOLE_EXAMPLE
from tests.support.rulesets import changed, rules_from, small_files

FORM = "forms/F01.yaml"
MORE = """  - {code: L1, name: 期末数, measure: 个, type: integer, over_time: last}
  - {code: Y1, name: 年末数, measure: 件, type: integer, frequency: yearly}
  - {code: Y2, name: 年末办结, measure: 件, type: integer, frequency: yearly}
  - {code: P1, name: 有无, type: choice, choices: [是, 否], frequency: yearly}
"""
SLOPE = "{kind: slope, target: 100, deduct: 0.6}"
CODE = NodeCode("I1")


def checked(
    value: str = "100 * E2 / E1", method: str = SLOPE, more: str = "", **keys: str
) -> tuple[Incentives, list[Issue]]:
    """What is found of the rate with another value, method and other keys, and of nothing else."""
    files = changed(small_files(), FORM, "  - {code: X3,", f"{MORE}  - {{code: X3,")
    files = changed(files, RATE, WHOLE_EXAMPLE, "")
    files = changed(files, RATE, "value: 100 * E2 / E1\n", f"value: {value}\n" if value else "")
    files = changed(files, RATE, LADDER, method)
    if "provider" in keys:
        files = changed(files, FORM, "provider: region", f"provider: {keys.pop('provider')}")
    if "frame" in keys:
        files = changed(files, RULESET, "peer_group: group\n", f"peer_group: group\n{keys.pop('frame')}\n")
    for key, new in keys.items():
        files[RATE] = re.sub(rf"^{key}: .*\n", f"{key}: {new}\n", files[RATE], flags=re.MULTILINE)
    files[RATE] += more
    found = check_incentives(rules_from(files))
    return found, [each for each in found.issues if each.place.file == RATE]


def codes(*arguments: str, **keys: str) -> list[str]:
    return [each.code for each in checked(*arguments, **keys)[1]]


ADDED = "E2"
"""A value that adds up from nothing, so that hiding a quarter gains nothing."""
YEARLY = "100 * Y2 / Y1"
CREDIT = "{kind: credit, each: 1}"
LOWER = "direction: lower\n"
KEPT = {"zero_denominator": "zero"}


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        # a value that is better, and earns less
        ((ADDED, "{kind: deduction, each: 1}"), (ADDED, CREDIT), "improving-costs"),
        ((ADDED, CREDIT, LOWER), (ADDED, CREDIT), "improving-costs"),
        (
            (
                ADDED,
                "{kind: ladder, rungs: [{at_least: 9, earn: 30}, {at_least: 6, earn: 40}], otherwise: 30}",
            ),
            (
                ADDED,
                "{kind: ladder, rungs: [{at_least: 9, earn: 40}, {at_least: 6, earn: 30}], otherwise: 20}",
            ),
            "improving-costs",
        ),
        (
            (ADDED, "{kind: piecewise, points: [{at: 0, earn: 10}, {at: 50, earn: 9}, {at: 99, earn: 60}]}"),
            (ADDED, "{kind: piecewise, points: [{at: 0, earn: 8}, {at: 50, earn: 9}, {at: 99, earn: 60}]}"),
            "improving-costs",
        ),
        ((ADDED, "{kind: slope, target: 50, deduct: -0.1, most: 80}"), (ADDED, SLOPE), "improving-costs"),
        # points that turn as one figure grows
        (("abs(E2 - 50)", "{kind: credit, each: 0.1}"), (ADDED, CREDIT), "reward-turns"),
        (("5 if E2 < 10 else 3 if E2 < 50 else 9", CREDIT), ("5 if E2 < 50 else 9", CREDIT), "reward-turns"),
        (("E2 - E2 * E2 / 100", CREDIT), ("E2 + E2 * E2 / 100", CREDIT), "reward-turns"),
    ],
)
def test_doing_better_must_not_cost_points(wrong: tuple[str, ...], right: tuple[str, ...], code: str) -> None:
    assert code in codes(*wrong, missing="zero")
    assert code not in codes(*right, missing="zero")


@pytest.mark.parametrize(
    ("value", "method", "more"),
    [
        ("100 * E2 / E1", SLOPE, ""),
        ("100 * E2 / (E2 + E1)", SLOPE, ""),
        ("min(100, 100 * E2 / E1)", LADDER, ""),
        ("E1 - E2", "{kind: deduction, each: 1}", LOWER),
        ("mean_of_quarters(0 if E1 >= 5 else 100 - 20 * E1)", SLOPE, ""),
        ("100 if E1 == 0 else 80 if E1 <= 5 else 20", SLOPE, ""),
        ("100 * (E1 / last_year(E1) - 1)", SLOPE, ""),
        ("100 * E2 / population", "{kind: peer_rank}", ""),
        ("E2", "{kind: peer_quantiles, bands: [{at_least: P50, earn: 100%}], otherwise: 60%}", ""),
        ("", "{kind: checklist, parts: [{element: P1, name: 有, earn: 60}]}", ""),
        ("P1", "{kind: graded, scale: {是: 100%, 否: 0}}", ""),
        ("sqrt(E1) + ln(E2 + 1)", CREDIT, "undefined: zero\n"),
    ],
)
def test_the_usual_shapes_are_proved(value: str, method: str, more: str) -> None:
    found, _ = checked(value, method, more)
    assert found.proofs[CODE] is Proof.PROVED


@pytest.mark.parametrize(
    ("value", "method"),
    [
        ("E1 * (E2 + 1) - E1", CREDIT),
        ("100 * E2 / units_max(E2)", SLOPE),
        ("E1 % 7", CREDIT),
    ],
)
def test_other_shapes_are_searched_and_nothing_is_said_where_nothing_is_found(
    value: str, method: str
) -> None:
    found, issues = checked(value, method)
    assert found.proofs[CODE] is not Proof.PROVED
    refuted = {each.code for each in issues} & {"improving-costs", "reward-turns"}
    assert bool(refuted) is (found.proofs[CODE] is Proof.REFUTED)


def test_a_counter_example_gives_figures_values_and_points_before_and_after() -> None:
    _, (issue, *_) = checked(ADDED, "{kind: deduction, each: 1}", missing="zero")
    assert issue.code == "improving-costs"
    assert issue.severity is Severity.SOFT
    assert re.search(r"E2=0:值 0,得 60 分;每期 E2=1:值 4,得 56 分", issue.zh)
    assert (issue.place.file, issue.place.line) == (RATE, 10)
    assert issue.en
    assert issue.fix_zh
    assert issue.fix_en


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"missing": "60%"}, {"missing": "zero"}),
        ({"missing": "not_applicable"}, {"missing": "floor"}),
        ({"missing": "full"}, {"missing": "no_score"}),
        ({"missing": "not_applicable"}, {"missing": "not_applicable", "provider": "ministry"}),
        ({"value": "coalesce(Y1, 100)", "missing": "zero"}, {"value": "coalesce(Y1, 0)", "missing": "zero"}),
        ({"value": "0 if is_missing(Y1) else Y1 - 50"}, {"value": "0 if is_missing(Y1) else Y1"}),
    ],
)
def test_reporting_nothing_must_not_pay(wrong: dict[str, str], right: dict[str, str]) -> None:
    usual = {"value": YEARLY, "method": "{kind: direct, least: -50, most: 100%}", **KEPT}
    assert "silence-pays" in codes(**{**usual, **wrong})
    plain = {"value": YEARLY, "method": SLOPE, **KEPT}
    assert "silence-pays" not in codes(**{**plain, **right})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({}, {"frame": "partial_periods: missing"}),
        ({}, {"provider": "system"}),
        ({}, {"value": YEARLY}),
        ({}, {"value": ADDED}),
        ({}, {"value": "mean_of_quarters(100 * E2 / E1)"}),
        ({"value": "L1"}, {"value": "L1", "provider": "office"}),
        ({"value": "E1 - E2", "method": "{kind: deduction, each: 1}"}, {"value": "E1 + E2"}),
    ],
)
def test_hiding_the_worst_period_must_not_pay(wrong: dict[str, str], right: dict[str, str]) -> None:
    usual = {"missing": "zero", **KEPT}
    assert "hidden-period-pays" in codes(**{**usual, **wrong})
    assert "hidden-period-pays" not in codes(**{**usual, **right})


def test_the_hidden_period_is_told_beside_the_honest_report() -> None:
    _, issues = checked(missing="zero", **KEPT)
    (issue,) = [each for each in issues if each.code == "hidden-period-pays"]
    assert "如实报(每期 E2=100、E1=100,其中最后一期 E2=0、E1=200)得 36 分" in issue.zh
    assert "其中最后一期 E2=未报、E1=未报)得 60 分" in issue.zh


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"method": LADDER}, {"method": SLOPE}),
        (
            {"method": "{kind: ladder, rungs: [{at_least: 90, earn: 100%}], otherwise: 74%}"},
            {"method": "{kind: ladder, rungs: [{at_least: 90, earn: 100%}], otherwise: 75%}"},
        ),
        (
            {"value": ADDED, "method": "{kind: credit, each: 16}"},
            {"value": ADDED, "method": "{kind: credit, each: 15}"},
        ),
        (
            {"value": ADDED, "method": "{kind: slope, target: 9, deduct: 20, steps: whole}"},
            {"value": ADDED, "method": "{kind: slope, target: 9, deduct: 10, steps: whole}"},
        ),
        (
            {"value": "60 if E1 >= 50 else 40 if E1 > 10 else 0", "method": "{kind: direct}"},
            {
                "value": "60 if E1 >= 50 else 45 if E1 > 30 else 30 if E1 > 9 else 15",
                "method": "{kind: direct}",
            },
        ),
        (
            {"value": ADDED, "method": "{kind: ladder, rungs: [{at_least: 1, earn: 20}], otherwise: 0}"},
            {
                "value": ADDED,
                "method": "{kind: ladder, rungs: [{at_least: 1, earn: 20}], otherwise: 0}",
                "frame": "checks: {cliff: 40%}",
            },
        ),
        ({"method": LADDER}, {"method": LADDER, "points": "0"}),
        (
            {"value": "100 * Y2 / Y1", "method": LADDER},
            {"value": "P1", "method": "{kind: graded, scale: {是: 60}}"},
        ),
    ],
)
def test_one_step_must_not_move_more_points_than_the_limit(
    wrong: dict[str, str], right: dict[str, str]
) -> None:
    assert "cliff" in codes(**wrong)
    if right.get("points") == "0":
        files = small_files()
        files = changed(files, RATE, "points: 60\n", "points: 0\n")
        files = changed(files, RATE, WHOLE_EXAMPLE, "")
        files = changed(files, RULESET, "{code: item-1, points: 60}", "{code: item-1, points: 0}")
        files = changed(files, RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 100}")
        files = changed(files, "indicators/I2.yaml", "points: 40\n", "points: 100\n")
        found = check_incentives(rules_from(files)).issues
        assert [each for each in found if each.place.file == RATE] == []
    else:
        assert "cliff" not in codes(**right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"zero_denominator": "not_applicable"}, {"zero_denominator": "zero"}),
        ({"zero_denominator": "full"}, {"zero_denominator": "no_score"}),
        ({"zero_denominator": "full"}, {"zero_denominator": "full", "provider": "ministry"}),
        ({"zero_denominator": "60%"}, {"value": "100 * E2 / population"}),
        ({"more": "applicable_when: E1 >= 10\n"}, {"more": "applicable_when: population >= 10\n"}),
    ],
)
def test_having_nothing_to_do_must_not_pay(wrong: dict[str, str], right: dict[str, str]) -> None:
    usual = {"zero_denominator": "zero"}
    assert "nothing-done-pays" in codes(**{**usual, **wrong})
    assert "nothing-done-pays" not in codes(**{**usual, **right})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"method": "{kind: peer_range}"}, {"method": "{kind: peer_rank}"}),
        (
            {"value": "100 * (E2 - units_min(E2)) / (units_max(E2) - units_min(E2))"},
            {"value": "100 * E2 / units_max(E2)"},
        ),
    ],
)
def test_one_outlier_must_not_bend_everybody(wrong: dict[str, str], right: dict[str, str]) -> None:
    assert "outlier-exposed" in codes(**wrong)
    assert "outlier-exposed" not in codes(**right)


def test_the_limit_for_cliffs_is_a_positive_share() -> None:
    files = changed(
        small_files(), RULESET, "peer_group: group\n", "peer_group: group\nchecks: {cliff: 30%}\n"
    )
    assert rules_from(files).limits.cliff == Fraction(3, 10)
    assert rules_from(small_files()).limits.cliff == Fraction(1, 4)


@pytest.mark.parametrize(
    ("more", "missing", "paid"),
    [
        ("", "group_mean", True),
        ("", "previous", False),
        ("", "{value: 90}", True),
        ("", "{value: 0, otherwise: zero}", False),
        (", if_missing: 100", "zero", True),
        (", if_missing: 0", "zero", False),
    ],
)
def test_what_stands_for_a_missing_figure_must_not_pay_either(more: str, missing: str, paid: bool) -> None:
    files = changed(small_files(), RATE, WHOLE_EXAMPLE, "")
    yearly = f", frequency: yearly{more}, may_be_not_applicable: yes}}"
    files = changed(files, FORM, ", may_be_not_applicable: yes}", yearly)
    files = changed(
        files,
        FORM,
        "name: 应办数, measure: 件, type: integer}",
        "name: 应办数, measure: 件, type: integer, frequency: yearly}",
    )
    files = changed(files, RATE, "missing: zero\n", f"missing: {missing}\n")
    files = changed(files, RATE, "zero_denominator: not_applicable\n", "zero_denominator: zero\n")
    files = changed(files, RATE, LADDER, SLOPE)
    found = check_incentives(rules_from(files)).issues
    codes_found = [each.code for each in found if each.place.file == RATE]
    assert ("silence-pays" in codes_found) is paid
