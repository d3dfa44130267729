"""Every reason to refuse a file has a sentence, and every sentence a file that provokes it."""

from __future__ import annotations

import re
from pathlib import Path

import intake
from intake.refusal_sentences import CODES, issue_of
from intake.refusals import Refusal, Refused
from tests.support.hostile import HOSTILE

# Provoked by children that misbehave, in test_child.py.
OF_THE_PROCESS = {
    "reading-took-too-long",
    "reading-needs-too-much-memory",
    "reading-crashed",
    "reading-failed",
}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    raised: set[str] = set()
    for source in Path(intake.__path__[0]).glob("*.py"):
        raised |= set(re.findall(r'(?:Refused|LimitReached|Refusal)\(\s*"([a-z0-9-]+)"', source.read_text()))
    assert len(raised) > 40
    assert raised <= CODES


def test_every_sentence_is_provoked_by_a_file() -> None:
    assert {code for _, code in HOSTILE.values()} | OF_THE_PROCESS == CODES


def test_a_refusal_keeps_the_deepest_place_that_is_known() -> None:
    refused = Refused("bad-number", value="x" * 500)
    refused.place("表1", "C7")
    refused.place("表2", "A1")
    assert (refused.refusal.sheet, refused.refusal.cell) == ("表1", "C7")
    assert refused.refusal.facts == {"value": "x" * 200}


def test_facts_are_made_fit_to_print() -> None:
    issue = issue_of(Refusal("bad-number", {"value": "1\n2\x1b[31m{zh}\u202e１２\u3000"}, "表\n1", "C7"))
    assert issue.found == "1\ufffd2\ufffd[31m{zh}\ufffd１２\u3000"
    assert issue.found in issue.zh
    assert str(issue.place) == "表\ufffd1!C7"


def test_a_code_that_is_none_of_ours_becomes_a_failed_reading() -> None:
    issue = issue_of(Refusal("harm"))
    assert (issue.code, "harm" in issue.zh) == ("reading-failed", True)


def test_a_fact_that_is_missing_is_a_question_mark_and_no_exception() -> None:
    assert "?" in issue_of(Refusal("bad-number")).zh
