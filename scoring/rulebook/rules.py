"""The rule set as objects: elements, forms, indicators, tree, adjustments, grades; frozen and whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoring.codes import ClauseCode, ElementCode, FormCode, MemberCode, NodeCode, UnitCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.methods.base import Method
from scoring.numbers import Rounding, shown
from scoring.workdays import Deadline, Workdays


class Provider(StrEnum):
    """Who gives the figures of a form."""

    REGION = "region"
    MINISTRY = "ministry"
    ON_SITE = "on_site"
    OFFICE = "office"
    SYSTEM = "system"


class ElementType(StrEnum):
    """What a figure may be."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"


class Frequency(StrEnum):
    """How often a figure is reported; half-yearly ones are due in Q2 and Q4, yearly ones in Q4."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class OverTime(StrEnum):
    """How quarters become a year-to-date figure."""

    SUM = "sum"
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from: the key of a document of the rule set, and what is meant in it."""

    document: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that sources refer to."""

    key: str
    title: str
    number: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """Why a figure may never earn points, and who said so."""

    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A data element: what is reported, in which measure, how often, and by whom."""

    code: ElementCode
    name: str
    form: FormCode
    provider: Provider
    measure: str
    type: ElementType
    frequency: Frequency
    over_time: OverTime
    places: int = 0
    choices: tuple[str, ...] = ()
    breakdown: str = ""
    members: tuple[MemberCode, ...] = ()
    minimum: Fraction | None = None
    """Inclusive; None = no bound."""
    maximum: Fraction | None = None
    """Inclusive; None = no bound."""
    may_be_not_applicable: bool = False
    ban: Ban | None = None
    definition: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A relation between the figures of a report that must be true."""

    code: str
    rule: Formula
    message: str
    hint: str = ""
    hard: bool = True
    each: tuple[MemberCode, ...] = ()
    """Members for each of which the rule must hold by itself; empty = on the totals."""
    year_to_date: bool = False
    source: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A sheet to fill in."""

    code: FormCode
    title: str
    provider: Provider
    frequency: Frequency
    elements: tuple[Element, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What becomes of the points when there is no value: a share of full, or left out (share None).

    With `blocks` the indicator has no score at all, nor has any node above it.
    """

    share: Fraction | None
    blocks: bool = False

    @property
    def name(self) -> str:
        """As written in a rule file."""
        if self.blocks:
            return "no_score"
        named = {None: "not_applicable", Fraction(0): "zero", Fraction(1): "full"}
        return named.get(self.share) or f"{shown(100 * (self.share or Fraction(0)))}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example of a rule: what is given, and what must come out."""

    name: str
    given: Mapping[str, str | Mapping[str, str]]
    last_year: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    peers: tuple[Mapping[str, str | Mapping[str, str]], ...] = ()
    value: Fraction | None = None
    points: Fraction | None = None
    outcome: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A leaf of the tree: a value by formula, turned into points by a method."""

    code: NodeCode
    name: str
    parent: NodeCode
    points: Fraction
    """Full points; 0 for an indicator that is only shown."""
    method: Method
    value: Formula | None = None
    """None only where the method reads elements itself (checklist)."""
    applicable_when: Formula | None = None
    weight: Fraction = Fraction(1)
    measure: str = ""
    direction: str = "higher"
    yearly: bool = False
    missing: Policy = Policy(share=Fraction(0))
    zero_denominator: Policy = Policy(share=Fraction(0))
    undefined: Policy = Policy(share=Fraction(0))
    rounding: Rounding | None = None
    """None = points are left unrounded."""
    clauses: tuple[ClauseCode, ...] = ()
    statistical: bool = False
    reason: str = ""
    source: Source | None = None
    assessor: str = ""
    evidence: str = ""
    examples: tuple[Example, ...] = ()
    place: Place = field(default_factory=Place, compare=False)


class Aggregate(StrEnum):
    """How a node is made of its children."""

    SUM = "sum"
    MEAN = "mean"
    GEOMETRIC = "geometric"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An inner node of the tree: total, section, item, or whatever the rule set calls them."""

    code: NodeCode
    title: str
    kind: str
    points: Fraction | None
    """Full points where the node has a fixed full score; None where it follows from the aggregate."""
    children: tuple[NodeCode, ...]
    parent: NodeCode | None = None
    weight: Fraction = Fraction(1)
    aggregate: Aggregate = Aggregate.SUM
    rescale: bool = False
    """Whether points not applicable are left out and the rest converted to the full points."""
    rounding: Rounding | None = None
    place: Place = field(default_factory=Place, compare=False)


class AdjustmentKind(StrEnum):
    """What an adjustment touches: the score (bonus, penalty, void), or the grade (veto, demotion, floor)."""

    BONUS = "bonus"
    PENALTY = "penalty"
    VOID = "void"
    VETO = "veto"
    DEMOTION = "demotion"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """An event outside the tree. Which fields count depends on `kind`; see docs/writing-rules.md."""

    code: NodeCode
    kind: AdjustmentKind
    name: str
    value: Formula | None = None
    method: Method | None = None
    element: ElementCode | None = None
    deduct: Fraction = Fraction(0)
    when: Formula | None = None
    grade_at_most: str = ""
    """Empty = the lowest grade, for a veto."""
    ranked: bool = True
    no_bonus: bool = False
    by: int = 1
    cap_score: bool = False
    nodes: tuple[NodeCode, ...] = ()
    ratio_below: Fraction | None = None
    reason: str = ""
    source: Source | None = None
    evidence: str = ""
    examples: tuple[Example, ...] = ()
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A band of the final score, from `at_least` (inclusive) up to the next higher grade (exclusive)."""

    name: str
    at_least: Fraction | None
    """None = everything below."""
    tier: str = ""
    converted: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """What decides between equal scores: points of a node, or how many indicators earned nothing."""

    node: NodeCode | None
    """None = the number of indicators with zero points (fewer is better)."""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How places are given: competition ranks (1, 2, 2, 4)."""

    on_rounded: bool = False
    tie_breaks: tuple[TieBreak, ...] = ()
    peer_group: str = ""
    """The attribute by which units are ranked among their peers; empty = not at all."""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the work points, and either the indicators that measure it or why none does."""

    code: ClauseCode
    section: str
    item: str
    agencies: tuple[str, ...]
    leads: tuple[str, ...]
    mode: str
    addressed_to: str
    paraphrase: str
    digest: str
    not_assessed: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An assessed unit with the attributes that rules may use (numbers, or words such as its group)."""

    code: UnitCode
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    pinyin: str = ""
    attributes: Mapping[str, Fraction | str] = field(default_factory=dict)
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A named figure of the rule set: a number, or a date held as its ordinal day."""

    name: str
    amount: Fraction
    type: ElementType
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Everything by which one assessment is scored; loaded whole or not at all."""

    code: str
    title: str
    year: int
    version: str
    published: date | None
    effective: tuple[date, date]
    digest: str
    """SHA-256 over the names and bytes of its files."""
    forms: Mapping[FormCode, Form]
    units: Mapping[UnitCode, Unit]
    nodes: Mapping[NodeCode, Node]
    indicators: Mapping[NodeCode, Indicator]
    root: NodeCode
    adjustments: tuple[Adjustment, ...] = ()
    bonus_cap: Fraction | None = None
    penalty_cap: Fraction | None = None
    grades: tuple[Grade, ...] = ()
    """From the best to the lowest; empty = no grades."""
    grade_on_rounded: bool = True
    ranking: Ranking = field(default_factory=Ranking)
    total_rounding: Rounding | None = None
    partial_periods: bool = True
    """Whether a year-to-date figure with a quarter missing is made of the quarters reported."""
    clauses: Mapping[ClauseCode, Clause] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    breakdowns: Mapping[str, tuple[MemberCode, ...]] = field(default_factory=dict)
    constants: Mapping[str, Constant] = field(default_factory=dict)
    attribute_names: tuple[str, ...] = ()
    workdays: Workdays | None = None
    """None = the rule set has no calendar, and lateness is not reckoned."""
    deadline: Deadline = field(default_factory=Deadline)

    @cached_property
    def elements(self) -> Mapping[ElementCode, Element]:
        """Every element of every form, by code."""
        return {element.code: element for form in self.forms.values() for element in form.elements}

    @cached_property
    def order(self) -> tuple[NodeCode, ...]:
        """Every node and indicator, parents before their children, as the tree reads."""
        found: list[NodeCode] = []
        waiting = [self.root]
        while waiting:
            code = waiting.pop()
            found.append(code)
            if code in self.nodes:
                waiting.extend(reversed(self.nodes[code].children))
        return tuple(found)
