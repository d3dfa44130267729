"""A rule set can be laid out again, file by file, from what was stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.errors import NotStored
from models.records import Sha256, StoredRuleSet
from models.unit_of_work import Database
from scoring.codes import NodeCode
from scoring.rulebook.rules import RuleSet
from tests.support.stored import A_RULE_SET, NOON, RULES_DIGEST

FILES = {"ruleset.yaml": b"code: national\n", "forms/F01.yaml": "title: 一\r\n".encode(), "empty": b""}


def test_a_rule_set_comes_back_with_its_files(database: Database) -> None:
    with database.writing() as work:
        assert work.rule_sets.keep(A_RULE_SET, FILES)
        work.commit()
    with database.reading() as work:
        assert work.rule_sets.by_digest(RULES_DIGEST) == A_RULE_SET
        assert list(work.rule_sets.files(RULES_DIGEST).items()) == sorted(FILES.items())


def test_a_rule_set_that_is_there_stays_as_it_is(database: Database) -> None:
    with database.writing() as work:
        work.rule_sets.keep(A_RULE_SET, FILES)
        again = replace(A_RULE_SET, title="另一个", stored_at=NOON + timedelta(days=1))
        assert not work.rule_sets.keep(again, {"x": b""})
        assert work.rule_sets.by_digest(RULES_DIGEST) == A_RULE_SET
        assert work.rule_sets.files(RULES_DIGEST) == FILES


def test_rule_sets_are_listed_from_the_first(database: Database) -> None:
    earlier = replace(A_RULE_SET, digest=Sha256("9" * 64), stored_at=NOON - timedelta(days=1))
    with database.writing() as work:
        assert work.rule_sets.all() == ()
        work.rule_sets.keep(A_RULE_SET, FILES)
        work.rule_sets.keep(earlier, FILES)
        assert work.rule_sets.all() == (earlier, A_RULE_SET)


def test_a_rule_set_needs_files_and_an_unknown_one_has_none(database: Database) -> None:
    with database.writing() as work:
        with pytest.raises(ValueError, match="without files"):
            work.rule_sets.keep(A_RULE_SET, {})
        with pytest.raises(NotStored):
            work.rule_sets.by_digest(RULES_DIGEST)
        with pytest.raises(NotStored):
            work.rule_sets.files(RULES_DIGEST)


def test_the_record_of_a_loaded_rule_set_takes_its_names_and_digest() -> None:
    loaded = RuleSet(
        code="national",
        title="全国",
        year=2021,
        version="1",
        published=None,
        effective=(date(2021, 1, 1), date(2021, 12, 31)),
        digest=RULES_DIGEST,
        forms={},
        units={},
        nodes={},
        indicators={},
        root=NodeCode("total"),
    )
    assert StoredRuleSet.summary_of(loaded, NOON) == A_RULE_SET
