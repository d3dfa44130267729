"""From the tree of one of forms/*.yaml to a form, its elements and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from scoring.codes import ElementCode, FormCode, MemberCode
from scoring.expressions import Formula
from scoring.rulebook.forms import Ban, Check, Element, ElementType, Form, Frequency, OverTime, Provider
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.tree import Branch, Findings, Record
from scoring.rulebook.vocabulary import read_relation

Breakdowns = Mapping[str, tuple[MemberCode, ...]]
_MOST_PLACES = 12
_READ_LATER = ("source", "note", "if_missing")
"""Kept for people, or read when every element is known."""


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
    overlapping = _overlapping(record, elements, findings)
    record.close()
    return replace(base, elements=elements, overlapping=overlapping), checks


def _overlapping(
    record: Record, elements: tuple[Element, ...], findings: Findings
) -> tuple[ElementCode, ...]:
    """Elements of the form that count some of the same things."""
    known = [element.code for element in elements]
    for each in record.scalars("overlapping"):
        if each.text not in known:
            findings.unknown(each.place, "unknown-name", "数据项", each.text, known)
    return tuple(ElementCode(code) for code in record.words("overlapping", distinct=True))


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
        choices=record.words("choices", required=kind is ElementType.CHOICE, distinct=True),
        breakdown=breakdown,
        members=members,
        minimum=_minimum(record, numeric),
        maximum=record.maybe_number("maximum"),
        may_be_not_applicable=record.flag("may_be_not_applicable"),
        cumulative=record.flag("cumulative"),
        ban=_ban(record),
        definition=record.text("definition"),
        place=record.place,
    )
    if kind is ElementType.CHOICE and not element.choices:
        record.wrong(record.at("choices"), "选项至少要有一个", "a choice needs words to choose from")
    if element.cumulative and (not numeric or element.over_time is not OverTime.LAST):
        zh = "cumulative 只用于 over_time: last 的数字: 填的就是年初至今的累计数"
        record.wrong(record.at("cumulative"), zh, "only numbers of which the last stands can be cumulative")
    for key in _READ_LATER:
        record.node(key)
    record.close()
    return element


def _ban(record: Record) -> Ban | None:
    inner = record.record("statistical_only")
    if inner is None:
        return None
    found = Ban(reason=inner.text("reason", required=True), source=inner.text("source", required=True))
    inner.close()
    return found


def _minimum(record: Record, numeric: bool) -> Fraction | None:
    if record.scalar("minimum") is None:
        return Fraction(0) if numeric else None
    return None if record.text("minimum") == "none" else record.number("minimum")


def _members(
    record: Record, breakdowns: Breakdowns, findings: Findings
) -> tuple[str, tuple[MemberCode, ...]]:
    name = record.text("breakdown")
    some = record.scalars("members")
    named = tuple(MemberCode(word) for word in record.words("members", distinct=True))
    if not name:
        if some:
            record.wrong(record.at("members"), "写了 members 就要写 breakdown", "members of which breakdown?")
        return "", ()
    if name not in breakdowns:
        findings.unknown(record.at("breakdown"), "unknown-breakdown", "分类", name, breakdowns.keys())
        return name, ()
    for member in some:
        if member.text not in breakdowns[name]:
            findings.unknown(member.place, "unknown-member", "分类成员", member.text, breakdowns[name])
    return name, named or breakdowns[name]


def parse_check(
    record: Record, breakdowns: Breakdowns, vocabulary: Vocabulary, findings: Findings
) -> Check | None:
    """One relation that must hold; None where its rule cannot be read."""
    code = record.text("code", required=True)
    record.what = f"审核关系 {code}"
    rule = read_relation(record, "rule", vocabulary, findings)
    message = record.text("message", required=True)
    hint, source = record.text("hint"), record.text("source")
    hard = record.word("severity", ["hard", "soft"], "hard") == "hard"
    year_to_date = record.word("measured_over", ["quarter", "year_to_date"], "quarter") == "year_to_date"
    each = _each(record, rule, breakdowns, vocabulary)
    record.close()
    if rule is None:
        return None
    return Check(
        code=code,
        rule=rule,
        message=message,
        hint=hint,
        hard=hard,
        each=each,
        year_to_date=year_to_date,
        source=source,
        place=record.place,
    )


def _each(
    record: Record, rule: Formula | None, breakdowns: Breakdowns, vocabulary: Vocabulary
) -> tuple[MemberCode, ...]:
    """The members that all figures of the rule have."""
    name = record.text("each")
    if not name or rule is None:
        return ()
    if name not in breakdowns:
        record.findings.unknown(record.at("each"), "unknown-breakdown", "分类", name, breakdowns.keys())
        return ()
    owned = [vocabulary.elements[figure.element] for figure in rule.figures()]
    common = tuple(member for member in breakdowns[name] if all(member in own for own in owned))
    if not common:
        record.wrong(record.at("each"), f"式中各项没有共同的“{name}”分类", "no member in common", name)
    return common
