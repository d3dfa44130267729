"""Parts that several kinds of rule files have in common: rounding, source, method, worked examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.methods.base import Method
from scoring.numbers import Rounding, RoundingMode
from scoring.results import Outcome
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.parse_methods import parse_method
from scoring.rulebook.sources import Example, Source
from scoring.rulebook.tree import Entries, Findings, Record, Scalar

NO_POINTS = "none"
"""What an example expects where there must be no score at all, not even zero."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rule set as a whole gives to each of its rules."""

    vocabulary: Vocabulary
    rounding: Rounding | None
    documents: Mapping[str, object]


def read_method(record: Record, findings: Findings) -> Method | None:
    """The method under `method:`."""
    inner = record.record("method", "计分方法", required=True)
    return parse_method(inner, findings) if inner else None


def read_rounding(record: Record | None) -> Rounding | None:
    """Places and mode; None where the record is absent."""
    if record is None:
        return None
    mode = record.word("mode", list(RoundingMode), "half_up") or "half_up"
    rounding = Rounding(record.whole("places", required=True, most=12), RoundingMode(mode))
    record.close()
    return rounding


def read_source(record: Record, around: Surroundings, *, required: bool) -> Source | None:
    """The document and what is meant in it."""
    inner = record.record("source", required=required)
    if inner is None:
        return None
    scalar = inner.scalar("document", required=True)
    if scalar is not None and scalar.text not in around.documents:
        known = around.documents.keys()
        inner.findings.unknown(scalar.place, "unknown-document", "文件", scalar.text, known)
    source = Source(document=scalar.text if scalar else "", text=inner.text("text"))
    inner.close()
    return source


def read_examples(record: Record) -> tuple[Example, ...]:
    """The worked examples of a rule."""
    return tuple(_example(each) for each in record.records("examples", f"{record.what} 例"))


def _example(record: Record) -> Example:
    given, last_year = record.record("given", required=True), record.record("last_year")
    expected = Example(name=record.text("name", required=True), given={})
    expect = record.record("expect", f"{record.what} expect", required=True)
    if expect:
        expected = _expected(expected.name, expect)
    example = Example(
        name=expected.name,
        given=read_figures(given) if given else {},
        last_year=read_figures(last_year) if last_year else {},
        peers=tuple(read_figures(each) for each in record.records("peers")),
        value=expected.value,
        points=expected.points,
        without_score=expected.without_score,
        outcome=expected.outcome,
        period=record.text("period"),
        place=record.place,
    )
    record.close()
    return example


def _expected(name: str, record: Record) -> Example:
    if not record.by_key:
        record.wrong(record.place, "要写 value、points 或 outcome", "value, points or outcome is needed")
    scalar = record.scalar("points")
    without_score = scalar is not None and scalar.text == NO_POINTS
    found = Example(
        name=name,
        given={},
        value=record.ratio("value"),
        points=None if without_score else record.ratio("points"),
        without_score=without_score,
        outcome=record.word("outcome", list(Outcome)),
    )
    record.close()
    return found


def read_figures(record: Record) -> dict[str, str | Mapping[str, str]]:
    """What an example gives: each name with a figure, or with one for each member or part of the year."""
    found: dict[str, str | Mapping[str, str]] = {}
    for key in record.by_key:
        node = record.node(key)
        if isinstance(node, Entries):
            inner = Record(node, f"{record.what} {key}", record.findings)
            found[key] = {name: inner.text(name) for name in inner.by_key}
        elif isinstance(node, Scalar):
            found[key] = node.text
        else:
            record.wrong(record.at(key), f"{key} 要写成一个数,或“分类: 数”", f"{key} must be a figure")
    return found
