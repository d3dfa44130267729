"""Answers in rule files: which finding each meets, and what becomes of those that meet none."""

from __future__ import annotations

import pytest

from scoring.errors import Issue, Place, Severity
from scoring.rulebook.answers import Answer, sort_by_answers
from scoring.rulebook.meaning.finding_kinds import idle_answer
from scoring.rulebook.tree import Findings
from tests.support.rulesets import changed, load, small_files

RATE, FORM, RULESET = "indicators/I1.yaml", "forms/F01.yaml", "ruleset.yaml"
SPARE = "  - {code: X9, name: 多余, measure: 件, type: integer}\n"
ANSWER = "accept: [{finding: unused-element, reason: 留着备查}]"


def issue(line: int | None = 5, column: int | None = 3, file: str = "a.yaml", code: str = "cliff") -> Issue:
    place = Place(file=file, line=line, column=column)
    return Issue(code=code, zh="句", en="sentence", place=place, severity=Severity.SOFT)


def answer(first: tuple[int, int] = (4, 1), last: tuple[int, int] = (9, 9), **more: bool) -> Answer:
    place = Place(file="a.yaml", line=9, column=1)
    return Answer(finding="cliff", reason="有理由", place=place, first=first, last=last, **more)


@pytest.mark.parametrize(
    ("found", "given", "covered"),
    [
        (issue(), answer(), True),
        (issue(4, 1), answer(), True),
        (issue(9, 9), answer(), True),
        (issue(3, 9), answer(), False),
        (issue(9, 10), answer(), False),
        (issue(9, None), answer(), True),
        (issue(4, None), answer((4, 7)), True),
        (issue(None, None), answer(), False),
        (issue(file="b.yaml"), answer(), False),
        (issue(file="b.yaml"), answer(everywhere=True), True),
        (issue(code="other"), answer(everywhere=True), False),
    ],
)
def test_an_answer_covers_the_findings_of_its_code_in_the_mapping_where_it_stands(
    found: Issue, given: Answer, covered: bool
) -> None:
    assert given.covers(found) is covered


def test_what_stops_a_rule_set_is_not_answered() -> None:
    hard = Issue(code="cliff", zh="句", en="sentence", place=Place(file="a.yaml", line=5, column=1))
    assert not answer(everywhere=True).covers(hard)


def test_the_nearest_answer_is_given_and_the_others_are_idle() -> None:
    near, far, wide = answer((5, 1), (6, 1)), answer(), answer(everywhere=True)
    found = sort_by_answers([issue(), issue(20)], [wide, far, near])
    assert [(each.issue, each.answer) for each in found.answered] == [(issue(), near), (issue(20), wide)]
    assert found.open == ()
    assert found.idle == (far,)


@pytest.mark.parametrize(
    ("file", "old", "new", "answered"),
    [
        (FORM, SPARE, SPARE.replace("}", f", {ANSWER}}}"), True),
        (FORM, "provider: region\n", f"provider: region\n{ANSWER}\n", True),
        (RULESET, "year: 2021\n", f"year: 2021\n{ANSWER}\n", True),
        (RATE, "points: 60\n", f"points: 60\n{ANSWER}\n", False),
        (FORM, "{code: X3,", f"{{{ANSWER}, code: X3,", False),
    ],
    ids=["at the element", "at its form", "at the rule set", "at some indicator", "at its neighbour"],
)
def test_an_answer_reaches_as_far_as_the_mapping_in_which_it_is_written(
    file: str, old: str, new: str, answered: bool
) -> None:
    files = changed(small_files(), FORM, "  - {code: X3,", f"{SPARE}  - {{code: X3,")
    files = changed(files, file, old, new)
    rules, issues = load(files)
    assert rules is not None
    assert [each.code for each in issues] == ["unused-element"]
    found = sort_by_answers(issues, rules.answers)
    assert (len(found.answered), len(found.idle)) == ((1, 0) if answered else (0, 1))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("accept: 不改", "wrong-form"),
        ("accept: [{finding: cliff}]", "missing-key"),
        ("accept: [{reason: 不改}]", "missing-key"),
        ("accept: [{finding: cliff, reason: ' '}]", "wrong-form"),
        ("accept: [{finding: cliff, reason: 不改, until: 2022}]", "unknown-key"),
    ],
)
def test_an_answer_names_the_finding_and_the_reason_and_nothing_else(written: str, code: str) -> None:
    _, issues = load(changed(small_files(), RATE, "points: 60\n", f"points: 60\n{written}\n"))
    assert [each.code for each in issues] == [code]


def test_an_idle_answer_is_told_softly_with_the_code_that_may_have_been_meant() -> None:
    misspelt = Answer(finding="unused-elemnt", reason="x", place=Place(), first=(1, 1), last=(1, 1))
    told = idle_answer(misspelt, ())
    assert (told.code, told.severity, told.found) == ("accept-unneeded", Severity.SOFT, "unused-elemnt")
    assert "unused-element" in told.fix_zh
    mended = Answer(finding="unused-element", reason="x", place=Place(), first=(1, 1), last=(1, 1))
    assert "删去" in idle_answer(mended, ()).fix_zh


def test_findings_say_what_to_do_in_both_languages() -> None:
    findings = Findings()
    findings.add(Place(), "cliff", "句", "sentence", "改", fix_en="mend", soft=True)
    (told,) = findings.issues
    assert (told.fix_zh, told.fix_en) == ("改", "mend")
