"""From the `method:` of a rule to a scoring method with its parameters filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise

from scoring.codes import ElementCode
from scoring.methods.base import NOTHING, Method, Parameter, Quantity
from scoring.methods.checklist import Part
from scoring.methods.ladder import SIGNS, Rung
from scoring.methods.peer_quantiles import QuantileBand
from scoring.methods.piecewise import Knot
from scoring.methods.registry import METHODS
from scoring.numbers import number_from_text
from scoring.rulebook.tree import Findings, Record


def parse_method(record: Record, findings: Findings) -> Method | None:
    """The method a rule names; None where kind or parameters are wrong (the issues say how)."""
    kind = record.word("kind", METHODS.keys(), required=True)
    if kind not in METHODS:
        return None
    record.what = f"计分方法 {kind}"
    before = len(findings.issues)
    chosen = METHODS[kind]
    given = {each.name: _READERS[each.kind](record, each) for each in chosen.parameters}
    record.close()
    if "start" in given and given["start"] == given["target"]:
        record.wrong(record.at("start"), "start 不能等于 target", "start must differ from target")
    return None if len(findings.issues) > before else chosen(**given)


def _number(record: Record, parameter: Parameter) -> Fraction:
    default = parameter.default if isinstance(parameter.default, Fraction) else Fraction(0)
    return record.number(parameter.name, default, required=parameter.required)


def _positive(record: Record, parameter: Parameter) -> object:
    value = _number(record, parameter)
    if value <= 0:
        zh, en = f"{parameter.name} 要大于 0", f"{parameter.name} must be positive"
        record.wrong(record.at(parameter.name), zh, en)
    return value


def _quantity(record: Record, parameter: Parameter) -> object:
    scalar = record.scalar(parameter.name)
    if parameter.may_be_none and scalar is not None and scalar.text == "none":
        return None
    default = parameter.default if isinstance(parameter.default, Quantity) else NOTHING
    return record.quantity(parameter.name, default, required=parameter.required)


def _word(record: Record, parameter: Parameter) -> object:
    return record.word(parameter.name, parameter.words, str(parameter.default), required=parameter.required)


def _rungs(record: Record, parameter: Parameter) -> object:
    before = len(record.findings.issues)
    rungs = [_rung(each) for each in record.records(parameter.name, "档次", required=True)]
    if len(record.findings.issues) > before:
        return ()
    if not rungs:
        record.wrong(record.at(parameter.name), "至少要有一档", "at least one rung")
    for upper, lower in pairwise(rungs):
        if not _can_be_reached(upper, lower):
            zh, en = f"档次 {lower} 在 {upper} 之后永远轮不到,或方向不一致", f"rung {lower} is never reached"
            record.wrong(record.at(parameter.name), zh, en)
    return tuple(rungs)


def _rung(record: Record) -> Rung:
    test = next((name for name in SIGNS if record.has(name)), "")
    if not test:
        record.wrong(record.place, "要写 at_least、above、at_most 或 below 之一", "a threshold is missing")
    threshold = record.number(test) if test else Fraction(0)
    rung = Rung(test or "at_least", threshold, record.quantity("earn", NOTHING, required=True))
    record.close()
    return rung


def _can_be_reached(upper: Rung, lower: Rung) -> bool:
    """Whether a value that the upper rung leaves can stand on the lower one."""
    downward = upper.test in _DOWNWARD
    if downward != (lower.test in _DOWNWARD):
        return False
    if upper.threshold == lower.threshold:
        return upper.test in _STRICT and lower.test not in _STRICT
    return (lower.threshold < upper.threshold) is downward


def _knots(record: Record, parameter: Parameter) -> object:
    before = len(record.findings.issues)
    knots = [_knot(each) for each in record.records(parameter.name, "折点", required=True)]
    if len(record.findings.issues) > before:
        return ()
    if len(knots) < 2 or any(low.at >= high.at for low, high in pairwise(knots)):
        zh, en = "至少两个折点,at 从小到大且不重复", "knots must ascend strictly"
        record.wrong(record.at(parameter.name), zh, en)
    return tuple(knots)


def _knot(record: Record) -> Knot:
    knot = Knot(record.number("at", required=True), record.quantity("earn", NOTHING, required=True))
    record.close()
    return knot


def _parts(record: Record, parameter: Parameter) -> object:
    parts = tuple(_part(each) for each in record.records(parameter.name, "清单项", required=True))
    if not parts and record.has(parameter.name):
        record.wrong(record.at(parameter.name), "至少要有一项", "at least one part")
    return parts


def _part(record: Record) -> Part:
    code = ElementCode(record.text("element", required=True))
    part = Part(code, record.text("name", required=True), record.number("earn", required=True))
    record.close()
    return part


def _scale(record: Record, parameter: Parameter) -> object:
    inner = record.record(parameter.name, "评级表", required=True)
    return {name: inner.quantity(name, NOTHING) for name in inner.by_key} if inner else {}


def _bands(record: Record, parameter: Parameter) -> object:
    before = len(record.findings.issues)
    bands = [_band(each) for each in record.records(parameter.name, "分位档", required=True)]
    if len(record.findings.issues) > before:
        return ()
    if not bands or any(high.at_least <= low.at_least for high, low in pairwise(bands)):
        zh, en = "分位档至少一档,从高到低,不重复", "bands must descend strictly"
        record.wrong(record.at(parameter.name), zh, en)
    return tuple(bands)


def _band(record: Record) -> QuantileBand:
    wanted = "P0 到 P100(如 P50)"
    position = record.read("at_least", quantile_from_text, wanted, Fraction(0), required=True)
    band = QuantileBand(position, record.quantity("earn", NOTHING, required=True))
    record.close()
    return band


def quantile_from_text(text: str) -> Fraction | None:
    """The share that "P25" means (1/4); None for anything else."""
    percent = number_from_text(text[1:]) if text[:1] == "P" else None
    return percent / 100 if percent is not None and 0 <= percent <= 100 else None


_DOWNWARD = {"at_least", "above"}
_STRICT = {"above", "below"}
_READERS: Mapping[str, Callable[[Record, Parameter], object]] = {
    "number": _number,
    "positive": _positive,
    "quantity": _quantity,
    "word": _word,
    "rungs": _rungs,
    "knots": _knots,
    "parts": _parts,
    "scale": _scale,
    "bands": _bands,
}
