"""From the tree of examples.yaml to the worked examples of the rule set as a whole."""

from __future__ import annotations

from fractions import Fraction

from scoring.codes import NodeCode
from scoring.numbers import ratio_from_text
from scoring.rulebook.parts import NO_POINTS, read_figures
from scoring.rulebook.sources import RuleSetExample, UnitExample
from scoring.rulebook.tree import Branch, Findings, Record

EXPECTED_NUMBERS = ("total", "score", "bonus", "penalty", "converted", "rank", "group_rank")
EXPECTED_WORDS = ("grade", "tier")
ONLY_UNIT = "example"


def parse_examples(tree: Branch, findings: Findings) -> tuple[RuleSetExample, ...]:
    """Every example of the file."""
    record = Record(tree, "整套规则的例", findings)
    found = tuple(_example(each) for each in record.records("examples", "整套规则的例", required=True))
    record.close()
    return found


def _example(record: Record) -> RuleSetExample:
    name = record.text("name", required=True)
    record.what = f"例“{name}”"
    if record.has("units"):
        units = {unit: _unit(inner) for unit, inner in record.keyed("units", f"{record.what} 单位")}
        if not units:
            record.wrong(record.at("units"), "至少要有一个单位", "at least one unit")
    else:
        units = {ONLY_UNIT: _unit(record, alone=True)}
    found = RuleSetExample(name=name, units=units, period=record.text("period"), place=record.place)
    record.close()
    return found


def _unit(record: Record, *, alone: bool = False) -> UnitExample:
    """A unit of the example; where the example has one only, its keys stand in the example itself."""
    given, last_year = record.record("given", required=True), record.record("last_year")
    expect = record.record("expect", f"{record.what} expect", required=alone)
    found = UnitExample(
        given=read_figures(given) if given else {},
        last_year=read_figures(last_year) if last_year else {},
        expect=_results(expect) if expect else {},
        points=_points(expect) if expect else {},
        effects=_effects(expect) if expect else None,
        place=record.place,
    )
    if expect:
        if not expect.by_key:
            expect.wrong(expect.place, "要写期望的结果", "something must be expected")
        expect.close()
    if not alone:
        record.close()
    return found


def _results(record: Record) -> dict[str, Fraction | str | None]:
    found: dict[str, Fraction | str | None] = {}
    for key in EXPECTED_NUMBERS:
        if record.has(key):
            found[key] = _number_or_nothing(record, key)
    for key in EXPECTED_WORDS:
        if record.has(key):
            word = record.text(key, required=True)
            found[key] = None if word == NO_POINTS else word
    return found


def _number_or_nothing(record: Record, key: str) -> Fraction | None:
    scalar = record.scalar(key)
    if scalar is not None and scalar.text == NO_POINTS:
        return None
    return record.read(key, ratio_from_text, f"数、分数(如 200/3)或 {NO_POINTS}", None, required=False)


def _points(record: Record) -> dict[NodeCode, Fraction | None]:
    inner = record.record("points", f"{record.what} points")
    return {} if inner is None else {NodeCode(key): _number_or_nothing(inner, key) for key in inner.by_key}


def _effects(record: Record) -> tuple[NodeCode, ...] | None:
    if not record.has("effects"):
        return None
    return tuple(NodeCode(code) for code in record.words("effects"))
