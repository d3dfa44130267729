"""The rule set as objects: elements, forms, indicators, tree, adjustments, grades; frozen and whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoring.codes import ClauseCode, ElementCode, FormCode, MemberCode, NodeCode, UnitCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.methods.base import Method
from scoring.numbers import Rounding, shown
from scoring.periods import Period
from scoring.rulebook.answers import Answer
from scoring.rulebook.explanations import ExplanationRules
from scoring.rulebook.final_rules import Adjustment, Grade, Ranking
from scoring.rulebook.forms import Element, ElementType, Form, Frequency, forms_digest
from scoring.rulebook.lineage import DatedValue, Lineage, Provenance, RuleKind, RuleOrigin, Standing
from scoring.rulebook.plausibility import Plausibility
from scoring.rulebook.sources import Document, Example, RuleSetExample, Source
from scoring.workdays import Deadline, Workdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What becomes of the points when there is no value: a share of full, or left out (share None).

    With `blocks` the indicator has no score at all, nor has any node above it. With `lowest` it earns the
    least that its method can give. With `instead` another value is scored; where that is absent too, `share`
    counts.
    """

    share: Fraction | None
    blocks: bool = False
    lowest: bool = False
    instead: Formula | None = None
    word: str = ""
    """The word by which `instead` was asked for, such as group_median; empty for a formula."""

    @property
    def name(self) -> str:
        """As written in a rule file."""
        if self.instead is not None:
            return self.word or self.instead.text
        if self.blocks:
            return "no_score"
        if self.lowest:
            return "floor"
        named = {None: "not_applicable", Fraction(0): "zero", Fraction(1): "full"}
        return named.get(self.share) or f"{shown(100 * (self.share or Fraction(0)))}%"


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
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where the value of each key stands."""


class Aggregate(StrEnum):
    """How a node is made of its children."""

    SUM = "sum"
    MEAN = "mean"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    PRODUCT = "product"
    MIN = "min"
    MAX = "max"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a node must have a score for the node to have one."""

    at_least: Fraction
    """Share of the children's weight, inclusive, 0 to 1."""
    below: Policy = Policy(share=None, blocks=True)


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
    formula: Formula | None = None
    """Only with the aggregate `formula`."""
    weights_of_all: bool = False
    """Whether a mean divides by the weights of all children; else by those of the children that count."""
    coverage: Coverage | None = None
    """None = one child with a score is enough."""
    rescale: bool = False
    """Whether points not applicable are left out and the rest converted to the full points."""
    best: Fraction | None = None
    """The points of the best unit; all others in proportion. None = nothing is converted."""
    at_least: Fraction | None = None
    """The points are never fewer (before rounding)."""
    at_most: Fraction | None = None
    """The points are never more (before rounding)."""
    name_best: bool = False
    """Whether results name the children with the most points."""
    rounding: Rounding | None = None
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
    title: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAttribute:
    """A property of units that rules may use; empty where the rule set does not tell."""

    name: str
    kind: str
    """integer, decimal or text"""
    title: str = ""
    measure: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A named formula of the rule set, which other formulas use by its name."""

    name: str
    formula: Formula
    title: str = ""
    measure: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of parameters: a number for each unit, class of units and period, as its keys say."""

    name: str
    keys: tuple[str, ...]
    """Each `unit`, `period`, `year`, or the name of an attribute."""
    rows: Mapping[tuple[str, ...], Fraction]
    title: str = ""
    measure: str = ""
    default: Fraction | None = None
    """None = where no row fits, the figure is missing."""
    source: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The rules from one change to the next; both days inclusive."""

    start: date
    end: date
    rules: RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much `rules check` lets pass before it asks for a reason."""

    cliff: Fraction = Fraction(1, 4)
    """Share of full points that one step of a figure may move."""


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
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    attribute_names: tuple[str, ...] = ()
    attributes: Mapping[str, UnitAttribute] = field(default_factory=dict)
    workdays: Workdays | None = None
    """None = the rule set has no calendar, and lateness is not reckoned."""
    deadline: Deadline = field(default_factory=Deadline)
    dated: tuple[DatedValue, ...] = ()
    """Every value that changes within the effective period."""
    slices: tuple[Slice, ...] = ()
    """The rules from one change to the next, in the order of time; empty where nothing changes.

    What the rule set itself says then is what is in force on the last day of the effective period.
    """
    lineage: Lineage = field(default_factory=Lineage, compare=False)
    """What it has from other rule sets."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where the keys of ruleset.yaml stand."""
    limits: Limits = field(default_factory=Limits)
    explanations: ExplanationRules = field(default_factory=ExplanationRules, repr=False)
    """How soft issues of reports are explained."""
    plausibility: Plausibility = field(default_factory=Plausibility, repr=False)
    """When a figure is doubtful."""
    answers: tuple[Answer, ...] = field(default=(), compare=False)
    """What the files themselves say to findings of `rules check`."""
    examples: tuple[RuleSetExample, ...] = ()
    """Of the rule set as a whole; those of one rule stand with the rule."""

    @cached_property
    def forms_digest(self) -> str:
        """SHA-256 over what the forms ask for, by which a template is known to be still good."""
        return forms_digest(self.forms.values())

    @cached_property
    def sharing_quarters(self) -> frozenset[ElementCode]:
        """The elements whose figures within one formula are added up over the same quarters."""
        quarterly = (each for each in self.elements.values() if each.frequency is Frequency.QUARTERLY)
        return frozenset(each.code for each in quarterly if each.adds_up and self.partial_periods)

    def in_force(self, period: Period) -> RuleSet:
        """The rules by which a period is scored: those in force on its last day.

        The rule set itself where nothing changes within the year. A period that ends outside the effective
        period has the rules of the nearest day of it.
        """
        day = period.last_day
        begun = [each.rules for each in self.slices if each.start <= day]
        return begun[-1] if begun else self.slices[0].rules if self.slices else self

    @property
    def origin(self) -> RuleOrigin:
        """The rule set as others name it."""
        return RuleOrigin(code=self.code, version=self.version)

    def provenance(self, kind: RuleKind, code: str) -> Provenance:
        """Where a rule comes from; its own where nothing else is known."""
        own = Provenance(standing=Standing.OWN, origin=self.origin)
        return self.lineage.provenance.get((kind, code), own)

    def with_units(self, units: Mapping[UnitCode, Unit]) -> RuleSet:
        """The rule set for other units than its own, at all times."""
        slices = tuple(replace(each, rules=replace(each.rules, units=units)) for each in self.slices)
        return replace(self, units=units, slices=slices)

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
