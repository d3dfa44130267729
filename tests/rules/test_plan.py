"""The plan as data says what the work points say, in words of its own."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PLAN_FILE = ROOT / "rules" / "national" / "2021" / "plan.yaml"
SOURCE = ROOT.parent / "shared" / "plan"

MAX_FILE_BYTES = 256 * 1024
SHORTEST_COPIED_RUN = 12
CLAUSE_KEYS = ["code", "agencies", "leads", "mode", "addressed_to", "paraphrase", "digest"]
# Work that only the central state does, or whose figures are collected and never scored.
NEVER_ASSESSED = {"4.3", "7.2", "14.2", "20.1", "20.2", "21.1", "21.2", "21.3"}

needs_source = pytest.mark.skipif(
    not (SOURCE / "clauses.json").is_file(),
    reason="the source document is not beside this repository (../shared/plan)",
)


def read_plan() -> dict[str, Any]:
    text = PLAN_FILE.read_text(encoding="utf-8")
    loaded = yaml.BaseLoader(text).get_single_data()  # builds text, lists and maps only
    assert isinstance(loaded, dict)
    return loaded


PLAN = read_plan()
SECTIONS: list[dict[str, Any]] = PLAN["sections"]
ITEMS: list[dict[str, Any]] = [item for section in SECTIONS for item in section["items"]]
CLAUSES: dict[str, dict[str, Any]] = {c["code"]: c for item in ITEMS for c in item["clauses"]}


def read_source_items() -> list[dict[str, Any]]:
    items = json.loads((SOURCE / "clauses.json").read_text(encoding="utf-8"))
    assert isinstance(items, list)
    return items


def read_source_clauses() -> dict[str, dict[str, Any]]:
    return {f"{item['item']}.{c['n']}": c for item in read_source_items() for c in item["clauses"]}


def digest_of(text: str) -> str:
    return sha256("".join(unicodedata.normalize("NFKC", text).split()).encode()).hexdigest()


def bare(text: str) -> str:
    """Letters and digits only, so that a moved comma cannot hide a copied sentence."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if unicodedata.category(ch)[0] in "LN")


def copied_runs(text: str, originals: Iterable[str], length: int = SHORTEST_COPIED_RUN) -> list[str]:
    """Every run of `length` bare characters of `text` that stands in one of the originals."""
    pool = [bare(original) for original in originals]
    words = bare(text)
    runs = (words[at : at + length] for at in range(len(words) - length + 1))
    return [run for run in runs if any(run in original for original in pool)]


def test_the_plan_has_seven_sections_28_items_and_62_clauses() -> None:
    written = [c["code"] for item in ITEMS for c in item["clauses"]]
    assert (len(SECTIONS), len(ITEMS), len(written), len(set(written))) == (7, 28, 62, 62)


def test_codes_run_on_without_a_gap() -> None:
    assert [s["code"] for s in SECTIONS] == [f"section-{n}" for n in range(1, 8)]
    assert [i["code"] for i in ITEMS] == [f"item-{n:02d}" for n in range(1, 29)]
    for number, item in enumerate(ITEMS, start=1):
        expected = [f"{number}.{n}" for n in range(1, len(item["clauses"]) + 1)]
        assert [c["code"] for c in item["clauses"]] == expected


def test_every_clause_has_the_agreed_keys_in_the_agreed_order() -> None:
    allowed = (CLAUSE_KEYS, [*CLAUSE_KEYS, "not_assessed"])
    assert {code: list(c) for code, c in CLAUSES.items() if list(c) not in allowed} == {}


def test_every_value_is_filled_in() -> None:
    empty = [(code, key) for code, c in CLAUSES.items() for key in c if key != "leads" and not c[key]]
    assert empty == []


def test_the_five_ways_of_sharing_a_duty_are_counted_as_in_the_document() -> None:
    assert Counter(c["mode"] for c in CLAUSES.values()) == {
        "按职责分工负责": 24,
        "牵头+按职责分工负责": 24,
        "负责": 12,
        "分别牵头": 1,
        "牵头": 1,
    }


def test_leads_are_agencies_of_the_same_clause_and_shared_duty_has_none() -> None:
    strangers = {code: set(c["leads"]) - set(c["agencies"]) for code, c in CLAUSES.items()}
    assert {code: names for code, names in strangers.items() if names} == {}
    shared = {code for code, c in CLAUSES.items() if c["mode"] == "按职责分工负责"}
    assert {code for code, c in CLAUSES.items() if not c["leads"]} == shared


def test_only_one_clause_is_addressed_to_provinces() -> None:
    assert Counter(c["addressed_to"] for c in CLAUSES.values()) == {"central": 61, "province": 1}
    assert CLAUSES["26.2"]["addressed_to"] == "province"


def test_digests_are_sha256_and_no_two_clauses_share_one() -> None:
    digests = [c["digest"] for c in CLAUSES.values()]
    assert [d for d in digests if not re.fullmatch(r"[0-9a-f]{64}", d)] == []
    assert len(set(digests)) == len(digests)


def test_paraphrases_are_one_sentence_of_20_to_70_characters() -> None:
    texts = {code: c["paraphrase"] for code, c in CLAUSES.items()}
    wrong = {code: t for code, t in texts.items() if not 20 <= len(t) <= 70 or t.find("。") != len(t) - 1}
    assert wrong == {}


def test_work_of_the_central_state_is_not_assessed_and_says_why() -> None:
    assert {code for code in NEVER_ASSESSED if not CLAUSES[code].get("not_assessed")} == set()


def test_the_clause_addressed_to_provinces_is_assessed() -> None:
    assert "not_assessed" not in CLAUSES["26.2"]


def test_the_file_is_small_and_uses_no_anchor_alias_tag_or_merge() -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    assert len(text.encode()) <= MAX_FILE_BYTES
    refused = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken, yaml.DirectiveToken)
    tokens = list(yaml.scan(text, Loader=yaml.BaseLoader))
    assert [t for t in tokens if isinstance(t, refused)] == []
    assert [t for t in tokens if isinstance(t, yaml.ScalarToken) and t.value == "<<"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "甲乙丙丁戊己庚辛壬癸子丑", ["甲乙丙丁戊己庚辛壬癸子丑"], id="twelve characters are a copy"
        ),
        pytest.param("甲乙丙丁戊己庚辛壬癸子", [], id="eleven are not"),
        pytest.param(
            "甲乙丙丁、戊己庚辛 壬癸“子丑”", ["甲乙丙丁戊己庚辛壬癸子丑"], id="punctuation hides nothing"
        ),
    ],
)
def test_a_copied_run_is_seen(text: str, found: list[str]) -> None:
    assert copied_runs(text, ["……甲乙丙丁，戊己庚辛；壬癸\n子丑寅卯"]) == found


@pytest.mark.parametrize(
    ("key", "source_key"), [("agencies", "agencies"), ("leads", "lead"), ("mode", "mode")]
)
@needs_source
def test_duties_are_those_of_the_source(key: str, source_key: str) -> None:
    source = {code: clause[source_key] for code, clause in read_source_clauses().items()}
    assert {code: c[key] for code, c in CLAUSES.items()} == source


@needs_source
def test_digests_are_those_of_the_normalised_source_text() -> None:
    source = {code: digest_of(clause["text"]) for code, clause in read_source_clauses().items()}
    assert {code: c["digest"] for code, c in CLAUSES.items()} == source


@needs_source
def test_titles_of_sections_and_items_are_those_of_the_source() -> None:
    written = [(s["title"], i["title"]) for s in SECTIONS for i in s["items"]]
    assert written == [(i["section_title"], i["title"]) for i in read_source_items()]


@pytest.mark.parametrize("key", ["paraphrase", "not_assessed"])
@needs_source
def test_our_sentences_copy_no_run_of_the_document(key: str) -> None:
    originals = [(SOURCE / "work-points-2021.txt").read_text(encoding="utf-8")]
    # Lines of the document are broken by pages; its joined clauses catch what a break would hide.
    originals += [clause["text"] for clause in read_source_clauses().values()]
    copied = {code: copied_runs(c.get(key, ""), originals) for code, c in CLAUSES.items()}
    assert {code: runs for code, runs in copied.items() if runs} == {}
