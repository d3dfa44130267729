"""What is reported: elements, the forms they stand on, and the relations that must hold between them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from scoring.codes import ElementCode, FormCode, MemberCode
from scoring.errors import Place
from scoring.expressions import Formula


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
    cumulative: bool = False
    """Whether the figure itself counts from the beginning of the year, so that it never falls within it."""
    ban: Ban | None = None
    if_missing: Formula | None = None
    """What stands for the figure where it was not reported; None = it stays missing."""
    definition: str = ""
    place: Place = field(default_factory=Place, compare=False)

    @property
    def adds_up(self) -> bool:
        """Whether the quarters are added; of words and dates the last stands, whatever the form says."""
        return self.over_time is OverTime.SUM and self.type not in {ElementType.CHOICE, ElementType.DATE}


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
    overlapping: tuple[ElementCode, ...] = ()
    """Elements that count some of the same things: no two of them are ever added."""
    place: Place = field(default_factory=Place, compare=False)


def forms_digest(forms: Iterable[Form]) -> str:
    """SHA-256 over what the forms ask for: their elements, measures, members, definitions.

    Nothing else in the rules touches it: a template stays good when a weight or a threshold is changed.
    """
    lines = (line for form in sorted(forms, key=lambda each: each.code) for line in _asked(form))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _asked(form: Form) -> Iterator[str]:
    yield repr((form.code, form.title, form.provider.value, form.frequency.value, form.notes))
    for each in form.elements:
        kinds = (each.type.value, each.frequency.value, each.over_time.value, each.provider.value)
        bounds = (str(each.minimum), str(each.maximum), each.may_be_not_applicable)
        words = (each.code, each.name, each.measure, each.places, each.choices, each.members, each.definition)
        yield repr((*words, *kinds, *bounds))
