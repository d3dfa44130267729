"""From the trees of forms/*.yaml and units.yaml to forms, elements and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from scoring.codes import ElementCode, FormCode, MemberCode, UnitCode
from scoring.numbers import number_from_text
from scoring.rulebook.formulas import Vocabulary
from scoring.rulebook.rules import Ban, Check, Element, ElementType, Form, Frequency, OverTime, Provider, Unit
from scoring.rulebook.tree import Branch, Findings, Record
from scoring.rulebook.vocabulary import read_formula

Breakdowns = Mapping[str, tuple[MemberCode, ...]]
_MOST_PLACES = 12


def parse_form(tree: Branch, breakdowns: Breakdowns, findings: Findings) -> tuple[Form, tuple[Record, ...]]:
    """A form without its checks, and the records of its checks: those need every element known."""
    record = Record(tree, "表", findings)
    code = FormCode(record.text("code", required=True))
    record.what = f"表 {code}"
    provider = Provider(record.word("provider", list(Provider), "region", required=True) or "region")
    frequency = Frequency(record.word("frequency", list(Frequency), "quarterly") or "quarterly")
    base = Form(
        code=code,
        title=record.text("title", required=True),
        provider=provider,
        frequency=frequency,
        elements=(),
        notes=record.words("notes"),
        place=record.place,
    )
    record.word("layout", ["rows"])
    record.node("source")
    elements = tuple(
        _element(each, base, breakdowns, findings) for each in record.records("elements", required=True)
    )
    checks = tuple(record.records("checks", f"表 {code} 审核关系"))
    record.close()
    return replace(base, elements=elements), checks


def _element(record: Record, form: Form, breakdowns: Breakdowns, findings: Findings) -> Element:
    code = ElementCode(record.text("code", required=True))
    record.what = f"数据项 {code}"
    if code and not code.isidentifier():
        record.wrong(
            record.at("code"), "代码只用字母、数字和下划线", "a code is letters, digits and underscores", code
        )
    kind = ElementType(record.word("type", list(ElementType), "decimal", required=True) or "decimal")
    numeric = kind in {ElementType.INTEGER, ElementType.DECIMAL}
    breakdown, members = _members(record, breakdowns, findings)
    ban = record.record("statistical_only", f"数据项 {code} statistical_only")
    element = Element(
        code=code,
        name=record.text("name", required=True),
        form=form.code,
        provider=form.provider,
        measure=record.text("measure", required=numeric),
        type=kind,
        frequency=Frequency(record.word("frequency", list(Frequency), form.frequency)),
        over_time=OverTime(record.word("over_time", list(OverTime), "sum" if numeric else "last")),
        places=record.whole("places", 0, most=_MOST_PLACES),
        choices=record.words("choices", required=kind is ElementType.CHOICE),
        breakdown=breakdown,
        members=members,
        minimum=_minimum(record, numeric),
        maximum=record.number("maximum") if record.has("maximum") else None,
        may_be_not_applicable=record.flag("may_be_not_applicable"),
        ban=Ban(reason=ban.text("reason", required=True), source=ban.text("source", required=True))
        if ban
        else None,
        definition=record.text("definition"),
        place=record.place,
    )
    record.node("maximum"), record.node("source"), record.node("note")
    if ban:
        ban.close()
    record.close()
    return element


def _minimum(record: Record, numeric: bool) -> Fraction | None:
    if record.scalar("minimum") is None:
        return Fraction(0) if numeric else None
    return None if record.text("minimum") == "none" else record.number("minimum")


def _members(
    record: Record, breakdowns: Breakdowns, findings: Findings
) -> tuple[str, tuple[MemberCode, ...]]:
    name = record.text("breakdown")
    some = record.scalars("members")
    if not name:
        return "", ()
    if name not in breakdowns:
        findings.unknown(record.at("breakdown"), "unknown-breakdown", "分类", name, breakdowns.keys())
        return name, ()
    for member in some:
        if member.text not in breakdowns[name]:
            findings.unknown(member.place, "unknown-member", "分类成员", member.text, breakdowns[name])
    return name, tuple(MemberCode(member.text) for member in some) or breakdowns[name]


def parse_check(
    record: Record, breakdowns: Breakdowns, vocabulary: Vocabulary, findings: Findings
) -> Check | None:
    """One relation that must hold."""
    code = record.text("code", required=True)
    record.what = f"审核关系 {code}"
    rule = read_formula(record, "rule", vocabulary, findings, required=True, report=True)
    each = record.text("each")
    if each and each not in breakdowns:
        findings.unknown(record.at("each"), "unknown-breakdown", "分类", each, breakdowns.keys())
    figures = rule.figures() if rule else ()
    members = [vocabulary.elements[figure.element] for figure in figures]
    common = tuple(member for member in breakdowns.get(each, ()) if all(member in own for own in members))
    check = {
        "message": record.text("message", required=True),
        "hint": record.text("hint"),
        "source": record.text("source"),
    }
    hard = record.word("severity", ["hard", "soft"], "hard") == "hard"
    year_to_date = record.word("measured_over", ["quarter", "year_to_date"], "quarter") == "year_to_date"
    record.close()
    if rule is None:
        return None
    return Check(
        code=code,
        rule=rule,
        hard=hard,
        each=common if each else (),
        year_to_date=year_to_date,
        place=record.place,
        **check,
    )


def parse_units(tree: Branch, attributes: Iterable[str], findings: Findings) -> dict[UnitCode, Unit]:
    """The assessed units in order, each with the attributes that the rule set declares."""
    record = Record(tree, "被考核单位", findings)
    names = tuple(attributes)
    units: dict[UnitCode, Unit] = {}
    for each in record.records("units", "被考核单位", required=True):
        unit = _unit(each, names)
        if unit.code in units:
            findings.add(
                each.place, "duplicate-code", f"单位 {unit.code} 写了两次", f"duplicate unit {unit.code}"
            )
        units[unit.code] = unit
    record.close()
    return units


def _unit(record: Record, attributes: tuple[str, ...]) -> Unit:
    code = UnitCode(record.text("code", required=True))
    record.what = f"单位 {code}"
    found: dict[str, Fraction | str] = {}
    for name in attributes:
        if record.has(name):
            text = record.text(name)
            number = number_from_text(text)
            found[name] = text if number is None else number
    unit = Unit(
        code=code,
        name=record.text("name", required=True),
        short=record.text("short"),
        aliases=record.words("aliases"),
        pinyin=record.text("pinyin"),
        attributes=found,
    )
    for key in ("order", "gb2260", "parent"):
        record.node(key)
    record.close()
    return unit
