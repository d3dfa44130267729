"""However many cells of a right report are spoilt, exactly those are named: none is lost, none invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.cells import Cell, CellKind
from intake.fields import Field
from intake.report import Verdict
from scoring.errors import Severity
from scoring.numbers import exact_text
from scoring.rulebook.forms import ElementType
from tests.support.reports import (
    AGREEING,
    Change,
    agreeing_workbook,
    cell_of,
    new_cell,
    number,
    region_fields,
    taken,
    text,
    with_cells,
)

FIELDS = region_fields()
SPOTS = {field.number: cell_of(agreeing_workbook(), field.element.code, field.head) for field in FIELDS}
BY_SPOT = {spot: field for field, spot in ((field, SPOTS[field.number]) for field in FIELDS)}
FIRST_OF_FORM = {
    next(field.number for field in FIELDS if field.form == form) for form in {f.form for f in FIELDS}
}


def of_kind(kind: CellKind, stored: str, formula: str = "") -> Callable[[str, str], Cell]:
    return lambda sheet, address: new_cell(sheet, address, kind, stored, formula=formula)


ANYWHERE: Mapping[str, Change] = {
    "error-value": of_kind(CellKind.ERROR, "#REF!"),
    "boolean-value": of_kind(CellKind.BOOLEAN, "1"),
    "dash": text("——"),
    "hidden-value": lambda sheet, address: new_cell(sheet, address, CellKind.NUMBER, "9", hidden=True),
}
NUMBERS: Mapping[str, Change] = {
    **ANYWHERE,
    "date-for-number": of_kind(CellKind.DATE, "44377"),
    "not-a-number": text("若干"),
    "approximate": text("约12"),
    "unit-in-cell": text("12吨位"),
    "percent-sign": text("12%"),
    "comma-misplaced": text("1,2"),
    "number-too-large": number("1E+99"),
    "number-too-long": text("12345.6789012345678"),
}
ENTERED: Mapping[str, Change] = {
    **NUMBERS,
    "below-minimum": number("-1"),
    "formula-without-value": of_kind(CellKind.BLANK, "", "A1"),
}
DATES: Mapping[str, Change] = {
    **ANYWHERE,
    "not-a-date": text("2021年二季度"),
    "no-such-date": text("2021-02-29"),
    "number-for-date": number("2021"),
    "nil-not-allowed": text("零申报"),
    "cell-blank": None,
    "formula-without-value": of_kind(CellKind.BLANK, "", "A1"),
}
# Left of <= and right of it: the left figure stands in no other check that it could break.
RELATIONS: Mapping[str, tuple[str, str]] = {
    "check-f02-02": ("E204", "E203"),
    "check-f02-03": ("E206", "E205"),
    "check-f02-04": ("E208", "E207"),
    "check-f02-05": ("E210", "E209"),
    "check-f03-03": ("E306", "E305"),
    "check-f03-04": ("E308", "E307"),
    "check-f04-01": ("E403", "E402"),
    "check-f04-02": ("E405", "E404"),
    "check-f06-04": ("E605", "E604"),
    "check-f07-02": ("E703", "E702"),
    "check-f08-01": ("E802", "E801"),
    "check-f08-02": ("E804", "E803"),
    "check-f08-03": ("E806", "E805"),
    "check-f09-03": ("E906", "E905"),
    "check-f09-04": ("E908", "E907"),
    "check-f10-01": ("EA05", "EA04"),
    "check-f10-02": ("EA07", "EA06"),
    "check-f11-01": ("EB06", "EB05"),
    "check-f12-01": ("EC02", "EC01"),
}


@dataclass(frozen=True)
class Defect:
    """One spoilt cell, the code it must be named by, and the cells that must stay right for that."""

    cell: tuple[str, str]
    code: str
    change: Change
    needs: frozenset[tuple[str, str]] = frozenset()


def spoilt(field: Field, random: Random) -> Defect:
    """A defect of a single cell: its content alone is wrong."""
    if field.is_total:
        choice = dict(NUMBERS)
    elif field.element.type is ElementType.DATE:
        choice = dict(DATES)
    else:
        places = field.element.places
        fault = ("not-whole", "12.5") if not places else ("too-many-places", "12." + "3" * (places + 1))
        choice = {**ENTERED, fault[0]: number(fault[1])}
        if field.number not in FIRST_OF_FORM:  # a form without any figure is another issue
            choice["cell-blank"] = None
        if not field.element.may_be_not_applicable:
            choice["not-applicable-not-allowed"] = text("不适用")
    code = random.choice(sorted(choice))
    return Defect(SPOTS[field.number], code, choice[code])


def wrong_total(field: Field, random: Random) -> Defect:
    """A total that is a figure, but not the sum of its row."""
    members = [other for other in FIELDS if other.element.code == field.element.code and not other.is_total]
    total = Fraction(AGREEING[field.element.code]) * len(members) + random.choice([-1, 1, 100])
    needs = frozenset(SPOTS[member.number] for member in members)
    return Defect(SPOTS[field.number], "total-differs", number(exact_text(total)), needs)


def broken_relation(code: str, random: Random) -> Defect:
    """A figure that is right by itself but greater than another that it must not exceed."""
    left, right = RELATIONS[code]
    workbook = agreeing_workbook()
    value = Fraction(AGREEING[right]) + random.randint(1, 9)
    return Defect(
        cell_of(workbook, left), code, number(exact_text(value)), frozenset({cell_of(workbook, right)})
    )


def candidates(random: Random) -> Iterator[Defect]:
    """Defects of all kinds in random order, many more than there are cells."""
    kinds: list[Callable[[], Defect]] = [partial(broken_relation, code, random) for code in RELATIONS]
    kinds += [partial(wrong_total, field, random) for field in FIELDS if field.is_total]
    kinds += [partial(spoilt, field, random) for field in FIELDS]
    random.shuffle(kinds)
    yield from (make() for make in kinds)


def chosen(count: int, random: Random) -> list[Defect]:
    """At most that many defects in distinct cells, none of which hides another."""
    spoilt_cells: set[tuple[str, str]] = set()
    needed: set[tuple[str, str]] = set()
    found: list[Defect] = []
    for defect in candidates(random):
        if len(found) == count:
            break
        if defect.cell not in spoilt_cells | needed and not defect.needs & spoilt_cells:
            found.append(defect)
            spoilt_cells.add(defect.cell)
            needed |= defect.needs
    return found


@given(st.integers(1, 200), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_every_spoilt_cell_is_named_once_and_no_other(count: int, random: Random) -> None:
    defects = chosen(count, random)
    found = taken(with_cells(agreeing_workbook(), {defect.cell: defect.change for defect in defects}))
    named = Counter(((issue.place.sheet, issue.place.cell), issue.code) for issue in found.issues)
    assert named == Counter((defect.cell, defect.code) for defect in defects)
    hard = {
        (issue.place.sheet, issue.place.cell) for issue in found.issues if issue.severity is Severity.HARD
    }
    assert found.faulty == len(hard)
    assert found.verdict is (Verdict.TO_CORRECT if hard else Verdict.TO_EXPLAIN)


def drawing(seed: int) -> Random:
    """Which cells are spoilt is no secret."""
    return Random(seed)  # noqa: S311


def test_the_defects_reach_200_cells_at_once() -> None:
    assert max(len(chosen(200, drawing(seed))) for seed in range(20)) >= 180


@cache
def drawn() -> frozenset[str]:
    """What a hundred draws hold."""
    return frozenset(defect.code for seed in range(100) for defect in chosen(200, drawing(seed)))


@pytest.mark.parametrize("code", sorted({*NUMBERS, *ENTERED, *DATES, *RELATIONS, "total-differs"}))
def test_every_kind_of_defect_is_drawn(code: str) -> None:
    assert code in drawn()


def test_no_fact_is_made_of_a_spoilt_cell_and_all_others_are() -> None:
    defects = [defect for defect in chosen(80, drawing(7)) if not defect.code.startswith("check-")]
    found = taken(with_cells(agreeing_workbook(), {defect.cell: defect.change for defect in defects}))
    wrong = {BY_SPOT[defect.cell].series for defect in defects if not BY_SPOT[defect.cell].is_total}
    facts = {fact.series: fact.amount for fact in found.facts}
    right = {fact.series: fact.amount for fact in taken(agreeing_workbook()).facts}
    assert facts == {series: amount for series, amount in right.items() if series not in wrong}
    assert set(found.missing) == wrong
