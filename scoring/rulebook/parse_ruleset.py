"""From the tree of ruleset.yaml to the frame of a rule set: sources, tree, rounding, ranking, grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.codes import MemberCode, NodeCode
from scoring.numbers import Rounding, number_from_text
from scoring.rulebook.explanations import ExplanationRules
from scoring.rulebook.final_rules import Grade, Ranking, TieBreak, Ties, Unscored, covers, is_open
from scoring.rulebook.forms import ElementType
from scoring.rulebook.node_formulas import AskedChild
from scoring.rulebook.parse_explanations import parse_explanations
from scoring.rulebook.parse_plausibility import parse_plausibility
from scoring.rulebook.parse_tree import read_tree
from scoring.rulebook.parse_units import ATTRIBUTE_TYPES
from scoring.rulebook.parts import read_rounding
from scoring.rulebook.plausibility import Plausibility
from scoring.rulebook.rules import Constant, Limits, Node, UnitAttribute
from scoring.rulebook.sources import Document
from scoring.rulebook.tree import Branch, Findings, Record, day_from_text

_LATEST_YEAR = 9999
READ_ELSEWHERE = ("definitions", "tables")
"""Keys of ruleset.yaml that are read once elements and units are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What ruleset.yaml itself says."""

    code: str
    title: str
    year: int
    version: str
    published: date | None
    effective: tuple[date, date]
    documents: Mapping[str, Document]
    attributes: Mapping[str, str]
    """Each with its type."""
    attribute_notes: Mapping[str, UnitAttribute]
    constants: Mapping[str, Constant]
    breakdowns: Mapping[str, tuple[MemberCode, ...]]
    partial_periods: bool
    points_rounding: Rounding | None
    total_rounding: Rounding | None
    ranking: Ranking
    grades: tuple[Grade, ...]
    grade_on_rounded: bool
    root: NodeCode
    nodes: Mapping[NodeCode, Node]
    limits: Limits
    explanations: ExplanationRules
    plausibility: Plausibility
    asked: tuple[AskedChild, ...] = ()
    """The children that formulas of nodes ask for."""


def parse_frame(tree: Branch, titles: Mapping[str, str], findings: Findings) -> Frame:
    """The frame; `titles` are those of the plan, for nodes that do not name their own."""
    record = Record(tree, "规则集", findings)
    record.word("language", ["1"], "1", required=True)
    year = record.read("year", _year, "四位年份(如 2021)", 0, required=True)
    points, total = _roundings(record)
    attributes = {name: _attribute(name, inner) for name, inner in record.keyed("attributes", "单位属性")}
    constants = {name: _constant(name, inner) for name, inner in record.keyed("constants", "常量")}
    made = read_tree(record, titles, {name: each.amount for name, each in constants.items()})
    on_rounded, grades = _grades(record)
    frame = Frame(
        code=record.text("code", required=True),
        title=record.text("title", required=True),
        year=year,
        version=record.text("version", required=True),
        published=record.day("published"),
        effective=_effective(record, year),
        documents={
            key: _document(key, inner) for key, inner in record.keyed("sources", "文件", required=True)
        },
        attributes={name: each.kind for name, each in attributes.items()},
        attribute_notes=attributes,
        constants=constants,
        breakdowns={name: _breakdown(inner) for name, inner in record.keyed("breakdowns", "分类")},
        partial_periods=record.word("partial_periods", ["available", "missing"], "available") == "available",
        points_rounding=points,
        total_rounding=total,
        ranking=_ranking(record),
        grades=grades,
        grade_on_rounded=on_rounded,
        root=made.root,
        nodes=made.nodes,
        asked=made.asked,
        limits=_limits(record),
        explanations=parse_explanations(record),
        plausibility=parse_plausibility(record),
    )
    for key in READ_ELSEWHERE:
        record.node(key)
    record.answers(everywhere=True)
    record.close()
    return frame


def _limits(record: Record) -> Limits:
    inner = record.record("checks", "检查的界限")
    if inner is None:
        return Limits()
    found = Limits(cliff=inner.share("cliff", Limits().cliff))
    if found.cliff <= 0:
        inner.wrong(inner.at("cliff"), "cliff 要大于 0", "cliff must be more than nothing")
    inner.close()
    return found


def _year(text: str) -> int | None:
    number = number_from_text(text)
    whole = number is not None and number.denominator == 1 and 1 <= number <= _LATEST_YEAR
    return int(number) if number is not None and whole else None


def _roundings(record: Record) -> tuple[Rounding | None, Rounding | None]:
    """Of each indicator's points, and of the total; what is not written is not rounded."""
    inner = record.record("rounding", "取整规则")
    if inner is None:
        return None, None
    found = tuple(read_rounding(inner.record(key, f"取整规则 {key}")) for key in ("points", "total"))
    inner.close()
    return found[0], found[1]


def _effective(record: Record, year: int) -> tuple[date, date]:
    whole = date(max(year, 1), 1, 1), date(max(year, 1), 12, 31)
    inner = record.record("effective", "适用期")
    if inner is None:
        return whole
    start, end = inner.day("from", required=True) or whole[0], inner.day("to", required=True) or whole[1]
    if end < start:
        inner.wrong(inner.at("to"), "to 早于 from", "to is before from")
    inner.close()
    return start, end


def _document(key: str, record: Record) -> Document:
    found = Document(
        key=key,
        title=record.text("title", required=True),
        number=record.text("number"),
        url=record.text("url"),
    )
    record.close()
    return found


def _attribute(name: str, record: Record) -> UnitAttribute:
    found = UnitAttribute(
        name=name,
        kind=record.word("type", ATTRIBUTE_TYPES, "decimal"),
        title=record.text("title"),
        measure=record.text("measure"),
        source=record.text("source"),
    )
    record.close()
    return found


def _constant(name: str, record: Record) -> Constant:
    kind = ElementType(record.word("type", ["integer", "decimal", "date"], "decimal") or "decimal")
    if kind is ElementType.DATE:
        amount = record.read("value", _ordinal, "日期(如 2021-06-30)", Fraction(0), required=True)
    else:
        amount = record.read("value", number_from_text, "十进制数", Fraction(0), required=True)
    found = Constant(
        name=name,
        amount=amount,
        type=kind,
        source=record.text("source", required=True),
        title=record.text("title"),
        measure=record.text("measure"),
    )
    record.close()
    return found


def _ordinal(text: str) -> Fraction | None:
    day = day_from_text(text)
    return Fraction(day.toordinal()) if day else None


def _breakdown(record: Record) -> tuple[MemberCode, ...]:
    members = record.words("members", required=True, distinct=True)
    record.text("title")
    record.close()
    return tuple(MemberCode(member) for member in members)


def _ranking(record: Record) -> Ranking:
    peer_group = record.text("peer_group")
    inner = record.record("ranking", "排名规则")
    if inner is None:
        return Ranking(peer_group=peer_group, place=record.place)
    found = Ranking(
        on_rounded=inner.word("on", ["rounded", "unrounded"], "unrounded") == "rounded",
        ties=Ties(inner.word("ties", list(Ties), "competition") or "competition"),
        lowest_first=_lowest_first(inner),
        unscored=Unscored(inner.word("unscored", list(Unscored), "unranked") or "unranked"),
        tie_breaks=tuple(_tie_break(each) for each in inner.records("tie_breaks", "同分排序")),
        peer_group=peer_group,
        place=record.at("peer_group"),
    )
    inner.close()
    return found


def _lowest_first(record: Record) -> bool:
    words = ["highest_first", "lowest_first"]
    return record.word("order", words, "highest_first") == "lowest_first"


def _tie_break(record: Record) -> TieBreak:
    if record.word("fewest", ["zero_scores"]):
        found = TieBreak(node=None, place=record.at("fewest"))
    else:
        found = TieBreak(
            node=NodeCode(record.text("node", required=True)),
            by_value=record.word("by", ["points", "value"], "points") == "value",
            lowest_first=_lowest_first(record),
            place=record.at("node"),
        )
    record.close()
    return found


def _grades(record: Record) -> tuple[bool, tuple[Grade, ...]]:
    inner = record.record("grades", "等级")
    if inner is None:
        return True, ()
    on_rounded = inner.word("on", ["rounded", "unrounded"], "rounded") == "rounded"
    grades = tuple(_grade(each) for each in inner.records("bands", "等级档", required=True))
    if not grades or not is_open(grades[-1]) or any(is_open(grade) for grade in grades[:-1]):
        zh = "等级要从高到低排列,除最后一档写 otherwise 外,都写 at_least、rank_at_most 或 share_at_most"
        inner.wrong(inner.at("bands"), zh, "bands must descend, and only the last one is open")
    else:
        _check_reach(inner, grades)
    inner.close()
    return on_rounded, grades


def _check_reach(record: Record, grades: Sequence[Grade]) -> None:
    """No band takes everything that a later one is for."""
    for position, grade in enumerate(grades[:-1]):
        higher = next((each for each in grades[:position] if covers(each, grade)), None)
        if higher is not None:
            zh = f"等级要从高到低排列:{grade.name} 谁也得不到,够得上它的都已评为 {higher.name}"
            en = f"nobody gets {grade.name}: whoever could is {higher.name} already"
            record.wrong(record.at("bands"), zh, en, grade.name, "分数线、名次要逐档放宽")


def _grade(record: Record) -> Grade:
    quota = record.has("rank_at_most") or record.has("share_at_most")
    found = Grade(
        name=record.text("grade", required=True),
        at_least=_lower_limit(record, quota=quota),
        rank_at_most=record.whole("rank_at_most") if record.has("rank_at_most") else None,
        share_at_most=record.share("share_at_most") if record.has("share_at_most") else None,
        tier=record.text("tier"),
        converted=record.ratio("converted"),
    )
    if found.rank_at_most == 0:
        record.wrong(record.at("rank_at_most"), "rank_at_most 至少是 1", "rank_at_most must be 1 or more")
    if found.share_at_most is not None and not 0 < found.share_at_most <= 1:
        zh, en = "share_at_most 要大于 0%,不超过 100%", "share_at_most must be above 0% and at most 100%"
        record.wrong(record.at("share_at_most"), zh, en)
    record.close()
    return found


def _lower_limit(record: Record, *, quota: bool) -> Fraction | None:
    """None for the lowest band, and where places alone decide."""
    if record.flag("otherwise") or (quota and not record.has("at_least")):
        return None
    return record.number("at_least", required=True)
