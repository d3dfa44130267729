"""From the tree of units.yaml to the assessed units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from scoring.codes import UnitCode
from scoring.numbers import number_from_text
from scoring.rulebook.rules import Unit
from scoring.rulebook.tree import Branch, Findings, Record

_KEPT_FOR_PEOPLE = ("order", "gb2260", "parent")


def parse_units(tree: Branch, attributes: Mapping[str, str], findings: Findings) -> dict[UnitCode, Unit]:
    """The assessed units in order, each with the attributes that the rule set declares, by their types."""
    record = Record(tree, "被考核单位", findings)
    units: dict[UnitCode, Unit] = {}
    for each in record.records("units", "被考核单位", required=True):
        unit = _unit(each, attributes)
        if unit.code in units:
            zh, en = f"单位 {unit.code} 写了两次", f"duplicate unit {unit.code}"
            findings.add(each.place, "duplicate-code", zh, en, "请删去一个")
        units[unit.code] = unit
    record.close()
    return units


def _unit(record: Record, attributes: Mapping[str, str]) -> Unit:
    code = UnitCode(record.text("code", required=True))
    record.what = f"单位 {code}"
    found: dict[str, Fraction | str] = {}
    for name, kind in attributes.items():
        amount = record.read(name, _READERS[kind], _WANTED[kind], None, required=False)
        if amount is not None:
            found[name] = amount
    unit = Unit(
        code=code,
        name=record.text("name", required=True),
        short=record.text("short"),
        aliases=record.words("aliases"),
        pinyin=record.text("pinyin"),
        attributes=found,
        place=record.place,
    )
    for key in _KEPT_FOR_PEOPLE:
        record.node(key)
    record.close()
    return unit


def _integer(text: str) -> Fraction | None:
    number = number_from_text(text)
    return number if number is not None and number.denominator == 1 else None


def _word(text: str) -> str | None:
    return text or None


_READERS: Mapping[str, Callable[[str], Fraction | str | None]] = {
    "integer": _integer,
    "decimal": number_from_text,
    "text": _word,
}
_WANTED = {"integer": "整数", "decimal": "十进制数", "text": "一个词"}
ATTRIBUTE_TYPES = tuple(_READERS)
"""What an attribute may be."""
