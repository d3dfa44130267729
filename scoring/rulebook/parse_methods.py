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
    given = {each.name: _READERS[each.kind](record, each) for each in chosen.parameters}  # type: ignore[attr-defined]
    record.close()
    if len(findings.issues) > before:
        return None
    method = chosen(**given)
    _check_shape(record, given)
    return method


def _number(record: Record, parameter: Parameter) -> object:
    default = parameter.default if isinstance(parameter.default, Fraction) else Fraction(0)
    return record.number(parameter.name, default, required=parameter.required)


def _positive(record: Record, parameter: Parameter) -> object:
    value = record.number(parameter.name, Fraction(str(parameter.default or 1)), required=parameter.required)
    if value <= 0:
        record.wrong(
            record.at(parameter.name), f"{parameter.name} 要大于 0", f"{parameter.name} must be positive"
        )
        return Fraction(1)
    return value


def _quantity(record: Record, parameter: Parameter) -> object:
    default = parameter.default if isinstance(parameter.default, Quantity) else NOTHING
    return record.quantity(parameter.name, default, required=parameter.required)


def _word(record: Record, parameter: Parameter) -> object:
    return record.word(parameter.name, parameter.words, str(parameter.default), required=parameter.required)


def _rungs(record: Record, parameter: Parameter) -> object:
    rungs: list[Rung] = []
    for each in record.records(parameter.name, "档次", required=True):
        test = next((name for name in SIGNS if each.has(name)), "")
        if not test:
            each.wrong(each.place, "要写 at_least、above、at_most 或 below 之一", "a threshold is missing")
        threshold = each.number(test, required=True) if test else Fraction(0)
        rungs.append(Rung(test or "at_least", threshold, each.quantity("earn", NOTHING, required=True)))
        each.close()
    _check_rungs(record, rungs)
    return tuple(rungs)


def _check_rungs(record: Record, rungs: list[Rung]) -> None:
    if not rungs:
        record.wrong(record.at("rungs"), "至少要有一档", "at least one rung")
    for upper, lower in pairwise(rungs):
        downward = upper.test in {"at_least", "above"}
        same_way = downward == (lower.test in {"at_least", "above"})
        reachable = lower.threshold < upper.threshold if downward else lower.threshold > upper.threshold
        strict_first = upper.threshold == lower.threshold and upper.test in {"above", "below"}
        if not same_way or not (reachable or strict_first):
            zh = f"档次 {lower} 在 {upper} 之后永远轮不到,或方向不一致"
            record.wrong(record.at("rungs"), zh, f"rung {lower} can never be reached")


def _knots(record: Record, parameter: Parameter) -> object:
    knots = []
    for each in record.records(parameter.name, "折点", required=True):
        knots.append(Knot(each.number("at", required=True), each.quantity("earn", NOTHING, required=True)))
        each.close()
    if len(knots) < 2 or any(low.at >= high.at for low, high in pairwise(knots)):
        record.wrong(
            record.at(parameter.name), "至少两个折点,at 从小到大且不重复", "knots must ascend strictly"
        )
    return tuple(knots)


def _parts(record: Record, parameter: Parameter) -> object:
    parts = []
    for each in record.records(parameter.name, "清单项", required=True):
        code = ElementCode(each.text("element", required=True))
        parts.append(Part(code, each.text("name", required=True), each.number("earn", required=True)))
        each.close()
    return tuple(parts)


def _scale(record: Record, parameter: Parameter) -> object:
    inner = record.record(parameter.name, "评级表", required=True)
    names = list(inner.by_key) if inner else []
    return {name: inner.quantity(name, NOTHING, required=True) for name in names} if inner else {}


def _bands(record: Record, parameter: Parameter) -> object:
    bands = []
    for each in record.records(parameter.name, "分位档", required=True):
        position = each.read("at_least", quantile_from_text, "P0 到 P100(如 P50)", Fraction(0), required=True)
        bands.append(QuantileBand(position, each.quantity("earn", NOTHING, required=True)))
        each.close()
    if not bands or any(high.at_least <= low.at_least for high, low in pairwise(bands)):
        record.wrong(record.at(parameter.name), "分位档要从高到低,不重复", "bands must descend strictly")
    return tuple(bands)


def quantile_from_text(text: str) -> Fraction | None:
    """The share that "P25" means (1/4); None for anything else."""
    percent = number_from_text(text[1:]) if text[:1] == "P" else None
    return percent / 100 if percent is not None and 0 <= percent <= 100 else None


def _check_shape(record: Record, given: Mapping[str, object]) -> None:
    if "start" in given and given["start"] == given["target"]:
        record.wrong(record.place, "start 不能等于 target", "start must differ from target")


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
