"""The schema of a form breaks exactly where the form's definition says, cell by cell, however often."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pandas as pd
import pandera.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.entries import Entry
from intake.fields import Field, due_forms, fields_of
from intake.frame import frame_of, places_of
from intake.readings import Reading, State
from intake.schemas import breaches, schema_of
from intake.spots import Spot
from scoring.codes import ElementCode, FormCode, MemberCode, PeriodCode
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Frequency, OverTime, Provider
from tests.support.reports import region_fields, rules_2021


def element(code: str, kind: ElementType, **more: object) -> Element:
    settings: dict[str, object] = {"minimum": Fraction(0), **more}
    return Element(
        code=ElementCode(code),
        name="名称",
        form=FormCode("F1"),
        provider=Provider.REGION,
        measure="件",
        type=kind,
        frequency=Frequency.QUARTERLY,
        over_time=OverTime.SUM,
        **settings,  # type: ignore[arg-type]
    )


ELEMENTS = (
    element("A1", ElementType.INTEGER),
    element("A2", ElementType.INTEGER, minimum=Fraction(1), maximum=Fraction(32)),
    element("A3", ElementType.INTEGER, minimum=None),
    element("A4", ElementType.DECIMAL, places=2, maximum=Fraction(100)),
    element("A5", ElementType.DECIMAL, places=3, minimum=Fraction(-1, 2), may_be_not_applicable=True),
    element("A6", ElementType.CHOICE, choices=("是", "否")),
    element("A7", ElementType.DATE, minimum=None),
)


def fields(count: int) -> tuple[Field, ...]:
    """Fields of the elements above, round and round; every ninth is a total."""
    return tuple(
        Field(
            number=number,
            form=FormCode("F1"),
            element=ELEMENTS[number % len(ELEMENTS)],
            member=MemberCode(str(number)),
            period=PeriodCode("2021Q1"),
            head="数值",
            is_total=number % 9 == 8 and ELEMENTS[number % len(ELEMENTS)].type is ElementType.INTEGER,
        )
        for number in range(count)
    )


def expected_codes(entry: Entry) -> set[str]:
    """What the definition says, written down once more and plainly."""
    found, reading = entry.field.element, entry.reading
    if entry.field.is_total:
        return set()
    broken = {
        "cell-blank": reading.state is State.BLANK,
        "not-applicable-not-allowed": reading.state is State.NOT_APPLICABLE
        and not found.may_be_not_applicable,
        "unknown-word": reading.word is not None and reading.word not in found.choices,
    }
    if reading.number is not None:
        broken |= expected_of_number(found, Fraction(reading.number), places_of(reading.number))
    return {code for code, breaks in broken.items() if breaks}


def expected_of_number(found: Element, number: Fraction, places: int) -> dict[str, bool]:
    if places > found.places:
        return {"not-whole" if found.type is ElementType.INTEGER else "too-many-places": True}
    return {
        "below-minimum": found.minimum is not None and number < found.minimum,
        "above-maximum": found.maximum is not None and number > found.maximum,
    }


numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.one_of(st.integers(-3, 35), st.integers(-(10**14), 10**14)),
    st.integers(0, 4),
)
plain_states = st.sampled_from([State.BLANK, State.NOT_APPLICABLE, State.NIL, State.UNREAD])


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for field in fields(draw(st.integers(1, 120))):
        if draw(st.booleans()):
            reading = Reading(draw(plain_states))
        elif field.element.type is ElementType.CHOICE:
            reading = Reading(State.VALUE, word=draw(st.sampled_from(["是", "否", "有", "1"])))
        elif field.element.type is ElementType.DATE:
            reading = Reading(State.VALUE, day=draw(st.dates()))
        else:
            reading = Reading(State.VALUE, number=_plain(draw(numbers)))
        found.append(Entry(field=field, spot=Spot("表", "A1", None), text="", reading=reading))
    return found


def _plain(number: Decimal) -> Decimal:
    rest = number.normalize()
    return rest if places_of(rest) else Decimal(int(rest))


@given(entries())
@settings(max_examples=60)
def test_the_schema_breaks_at_exactly_the_cells_that_the_definition_forbids(listed: list[Entry]) -> None:
    schema = schema_of(entry.field for entry in listed)
    found = {(breach.field, breach.code) for breach in breaches(frame_of(listed), schema)}
    assert found == {(entry.field.number, code) for entry in listed for code in expected_codes(entry)}


def test_two_thousand_wrong_cells_are_two_thousand_breaches() -> None:
    reading = Reading(State.VALUE, number=Decimal("-1"))
    numeric = [field for field in fields(7000) if field.element.code in {"A1", "A2"} and not field.is_total]
    listed = [Entry(field=field, spot=None, text="-1", reading=reading) for field in numeric]
    found = breaches(frame_of(listed), schema_of(numeric))
    assert [breach.field for breach in found] == [field.number for field in numeric]
    assert {breach.code for breach in found} == {"below-minimum"}
    assert len(found) > 1700


def test_a_bound_between_two_figures_of_the_grid_is_kept_exactly() -> None:
    half = element("B1", ElementType.INTEGER, minimum=Fraction(1, 2), maximum=Fraction(5, 2))
    field = Field(
        number=0,
        form=FormCode("F1"),
        element=half,
        member=MemberCode(""),
        period=PeriodCode("2021Q1"),
        head="数值",
    )
    allowed = []
    for number in range(-1, 5):
        reading = Reading(State.VALUE, number=Decimal(number))
        entry = Entry(field=field, spot=None, text="", reading=reading)
        if not breaches(frame_of([entry]), schema_of([field])):
            allowed.append(number)
    assert allowed == list(range(ceil(Fraction(1, 2)), floor(Fraction(5, 2)) + 1)) == [1, 2]


def test_the_frame_of_a_report_holds_no_float() -> None:
    listed = [
        Entry(field=field, spot=None, text="1", reading=Reading(State.VALUE, number=Decimal("0.1")))
        for field in region_fields()
    ]
    frame = frame_of(listed)
    assert [str(kind) for kind in frame.dtypes] == ["str", "Int64", "Int64", "Int64", "str"]
    assert not any(np.issubdtype(kind, np.floating) for kind in frame.dtypes if isinstance(kind, np.dtype))


def test_a_figure_is_held_as_a_whole_number_of_its_smallest_steps() -> None:
    weight = next(field for field in region_fields() if field.element.code == "EC01")
    listed = [Entry(field=weight, spot=None, text="", reading=Reading(State.VALUE, number=Decimal("120.5")))]
    assert frame_of(listed)["number"].tolist() == [120500]


def test_a_figure_with_too_many_places_is_not_rounded_into_the_frame() -> None:
    count = region_fields()[1]
    listed = [Entry(field=count, spot=None, text="", reading=Reading(State.VALUE, number=Decimal("-1.5")))]
    frame = frame_of(listed)
    assert frame["number"].isna().all()
    assert [breach.code for breach in breaches(frame, schema_of([count]))] == ["not-whole"]


def test_a_frame_without_its_columns_is_our_own_mistake_and_raises() -> None:
    field = region_fields()[1]
    frame = frame_of([Entry(field=field, spot=None, text="", reading=Reading(State.BLANK))])
    with pytest.raises(pandera.errors.SchemaErrors):
        breaches(frame.drop(columns="word"), schema_of([field]))
    with pytest.raises(pandera.errors.SchemaErrors):
        breaches(pd.concat([frame, frame]), schema_of([field]))


@pytest.mark.parametrize("provider", [Provider.OFFICE, Provider.MINISTRY, Provider.ON_SITE, Provider.SYSTEM])
def test_every_form_of_the_rule_set_has_a_schema_that_takes_its_blank_report(provider: Provider) -> None:
    period = Period(2021, 4, False)
    for form in due_forms(rules_2021(), provider, period):
        wanted = fields_of([form], period)
        listed = [Entry(field=field, spot=None, text="", reading=Reading(State.BLANK)) for field in wanted]
        found = breaches(frame_of(listed), schema_of(wanted))
        assert len(found) == sum(not field.is_total for field in wanted)
