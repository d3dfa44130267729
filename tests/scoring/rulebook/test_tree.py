"""Records: each key read once and as what it should be, everything else an issue at its line and column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from scoring.methods.base import FULL, NOTHING, Quantity
from scoring.rulebook.files import compose
from scoring.rulebook.tree import Findings, Record, day_from_text, quantity_from_text

Reading = Callable[[Record], object]


def record(text: str) -> Record:
    findings = Findings()
    tree = compose(text.encode(), "x.yaml", findings)
    assert tree is not None
    return Record(tree, "表", findings)


def told(read: Record) -> list[str]:
    return [f"{issue.place.line}:{issue.place.column} {issue.code}" for issue in read.findings.issues]


@pytest.mark.parametrize(
    ("text", "reading", "expected"),
    [
        ("a: 词", lambda r: r.text("a"), "词"),
        ("b: 词", lambda r: r.text("a", "别的"), "别的"),
        ("a: -1.50", lambda r: r.number("a"), Fraction("-1.5")),
        ("b: 1", lambda r: r.number("a", Fraction(7)), 7),
        ("a: 2", lambda r: r.maybe_number("a"), 2),
        ("b: 2", lambda r: r.maybe_number("a"), None),
        ("a: 200/3", lambda r: r.ratio("a"), Fraction(200, 3)),
        ("b: 1", lambda r: r.ratio("a"), None),
        ("a: 12", lambda r: r.whole("a", most=12), 12),
        ("a: 0", lambda r: r.whole("a", 5), 0),
        ("a: 80%", lambda r: r.quantity("a", NOTHING), Quantity(Fraction("0.8"), of_full=True)),
        ("a: 0.5", lambda r: r.quantity("a", FULL), Quantity(Fraction("0.5"), of_full=False)),
        ("b: 1", lambda r: r.quantity("a", FULL), FULL),
        ("a: 40%", lambda r: r.share("a"), Fraction("0.4")),
        ("a: yes", lambda r: r.flag("a"), True),
        ("a: 否", lambda r: r.flag("a", default=True), False),
        ("b: 1", lambda r: r.flag("a", default=True), True),
        ("a: 2021-06-30", lambda r: r.day("a"), date(2021, 6, 30)),
        ("a: 甲", lambda r: r.word("a", ["甲", "乙"]), "甲"),
        ("b: 1", lambda r: r.word("a", ["甲"], "乙"), "乙"),
        ("a: [甲, 乙]", lambda r: r.words("a"), ("甲", "乙")),
        ("b: 1", lambda r: r.words("a"), ()),
        ("a: {x: 1}", lambda r: r.record("a").text("x"), "1"),
        ("b: {}", lambda r: r.record("a"), None),
        ("a: [{x: 1}, {x: 2}]", lambda r: [each.text("x") for each in r.records("a")], ["1", "2"]),
        ("b: 1", lambda r: list(r.records("a")), []),
        ("a: {p: {x: 1}}", lambda r: [(n, each.text("x")) for n, each in r.keyed("a")], [("p", "1")]),
        ("b: 1", lambda r: list(r.keyed("a")), []),
        ("a: 1", lambda r: (r.has("a"), r.has("b")), (True, False)),
    ],
)
def test_a_key_is_read_as_what_it_is(text: str, reading: Reading, expected: object) -> None:
    read = record(text)
    assert reading(read) == expected
    assert told(read) == []


@pytest.mark.parametrize(
    ("text", "reading", "issue"),
    [
        ("b: 1", lambda r: r.text("a", required=True), "1:1 missing-key"),
        ("a: ''", lambda r: r.text("a", required=True), "1:5 wrong-form"),
        ("a: []", lambda r: r.text("a"), "1:4 wrong-form"),
        ("a: 五", lambda r: r.number("a"), "1:4 wrong-form"),
        ("a: 1/0", lambda r: r.ratio("a"), "1:4 wrong-form"),
        ("a: 13", lambda r: r.whole("a", most=12), "1:4 wrong-form"),
        ("a: -1", lambda r: r.whole("a"), "1:4 wrong-form"),
        ("a: 1.5", lambda r: r.whole("a"), "1:4 wrong-form"),
        ("a: 五%", lambda r: r.quantity("a", FULL), "1:4 wrong-form"),
        ("a: 六", lambda r: r.quantity("a", FULL), "1:4 wrong-form"),
        ("a: 0.4", lambda r: r.share("a"), "1:4 wrong-form"),
        ("a: 也许", lambda r: r.flag("a"), "1:4 wrong-form"),
        ("a: 2021-02-30", lambda r: r.day("a"), "1:4 wrong-form"),
        ("a: 20210630", lambda r: r.day("a"), "1:4 wrong-form"),
        ('a: "丙"', lambda r: r.word("a", ["甲"]), "1:5 unknown-word"),
        ("a: 甲", lambda r: r.words("a"), "1:4 wrong-form"),
        ("a: [{x: 1}]", lambda r: r.words("a"), "1:4 wrong-form"),
        ("a: 乙", lambda r: r.record("a"), "1:4 wrong-form"),
        ("a: {x: 1}", lambda r: list(r.records("a")), "1:4 wrong-form"),
        ("a:\n  - 甲", lambda r: list(r.records("a")), "2:5 wrong-form"),
        ("b: 1\na: {p: 甲}", lambda r: list(r.keyed("a", "表")), "2:8 wrong-form"),
        ("x: 1\nb: 2", lambda r: (r.text("b"), r.close()), "1:1 unknown-key"),
        ("- 甲", lambda r: r.text("a"), "1:1 wrong-form"),
    ],
)
def test_what_is_not_as_it_should_be_is_an_issue_at_its_place(
    text: str, reading: Reading, issue: str
) -> None:
    read = record(text)
    reading(read)
    assert told(read) == [issue]
    assert all(each.zh.startswith("表") for each in read.findings.issues)


def test_an_unknown_key_is_told_with_the_nearest_that_was_asked_for() -> None:
    read = record("pionts: 1\nxyz: 2")
    read.number("points")
    read.close()
    assert [issue.fix_zh for issue in read.findings.issues] == ["是否想写 points?", "请删去或改正"]


def test_a_place_within_a_record_is_that_of_the_value_or_of_the_record() -> None:
    read = record("\n  a: 甲")
    assert [str(read.at("a")), str(read.at("b"))] == ["x.yaml:2:6", "x.yaml:2:3"]


def test_unknown_names_are_told_unless_some_file_could_not_be_read() -> None:
    findings = Findings()
    findings.unknown(record("a: 1").place, "unknown-name", "数据项", "E1", ["E2"])
    findings.incomplete = True
    findings.unknown(record("a: 1").place, "unknown-name", "数据项", "E3", ["E2"])
    assert [(issue.code, issue.found) for issue in findings.issues] == [("unknown-name", "E1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.5%", "12.5%"), ("-3", "-3"), ("%", None), ("", None), ("80 %", None)],
)
def test_a_quantity_is_points_or_a_percentage(text: str, expected: str | None) -> None:
    found = quantity_from_text(text)
    assert (found and str(found)) == expected


@pytest.mark.parametrize("text", ["2021-6-30", "2021-W01-1", "20210630", "二〇二一", ""])
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    assert day_from_text(text) is None
