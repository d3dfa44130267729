"""The difference of two rule sets over HTTP: one in use and one that was kept."""

from __future__ import annotations

from models.records import StoredRuleSet
from scoring.rulebook.files import rule_set_from_files
from scoring.rulebook.tree import Findings
from tests.support.callers import AUDITOR, MINISTRY, OFFICE_STAFF, Callers, is_problem


def kept_variant(callers: Callers, old: str, new: str) -> str:
    """The digest of a kept rule set that differs from the one in use in one passage of its frame."""
    office = callers.office
    files = dict(office.context.library.files(office.rules.digest))
    text = files["ruleset.yaml"].decode()
    assert text.count(old) == 1
    files["ruleset.yaml"] = text.replace(old, new).encode()
    rules = rule_set_from_files(files, Findings())
    assert rules is not None
    with office.context.write() as work:
        work.rule_sets.keep(StoredRuleSet.summary_of(rules, office.now), files)
        work.commit()
    return rules.digest


def test_a_kept_rule_set_is_compared_with_the_one_in_use(callers: Callers) -> None:
    digest = kept_variant(callers, "at_least: 60", "at_least: 65")
    answer = callers.get(OFFICE_STAFF, f"/rule-sets/2021/diff/{digest}")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["equal"], told["new_templates"], told["after"]["digest"]) == (False, False, digest)
    (change,) = told["changes"]
    assert (change["path"], change["before"], change["after"]) == ("grades/合格/at_least", "60", "65")
    assert change["zh"] == "等级 合格起点分由 60 改为 65,自 2021-01-01 起。"


def test_the_answer_is_kept_and_told_apart_by_its_tag(callers: Callers) -> None:
    first = callers.get(AUDITOR, "/rule-sets/2021/diff/2021")
    assert (first.status_code, first.json()["equal"]) == (200, True)
    again = callers.get(
        AUDITOR, "/rule-sets/2021/diff/2021", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    is_problem(callers.get(MINISTRY, "/rule-sets/2021/diff/2021"), 403)


def test_a_rule_set_that_was_never_kept_is_not_found(callers: Callers) -> None:
    for path in (
        "/rule-sets/2021/diff/1999",
        f"/rule-sets/{'0' * 64}/diff/2021",
        "/rule-sets/2021/diff/none",
    ):
        is_problem(callers.get(OFFICE_STAFF, path), 404, "not-found")
