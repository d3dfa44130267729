"""The pandera schema of a form: what every field of it may hold, made from the form's own definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from intake.fields import Field
from intake.frame import INDEX
from intake.readings import State
from scoring.rulebook.forms import Element, ElementType

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_UNBOUNDED = 2**62
_NUMERIC = frozenset({ElementType.INTEGER, ElementType.DECIMAL})


@dataclass(frozen=True, slots=True)
class Breach:
    """A field that breaks its schema: the number of the field, and the code of the rule."""

    field: int
    code: str


def schema_of(fields: Iterable[Field]) -> pa.DataFrameSchema:
    """The schema of the frame of these fields (of one form, or of all forms of a report).

    Bounds differ from field to field, so each check compares its column with a series of bounds that has
    the same index: every failure is one row and one column, never a whole frame.
    The totals of broken-down elements are bound by nothing here; they are compared with their sum.
    """
    import pandas as pd
    import pandera.pandas as pa

    listed = list(fields)
    index = pd.Index([field.number for field in listed], dtype="int64", name=INDEX)

    def bounds(of: Callable[[Field], int]) -> pd.Series[int]:
        return pd.Series([of(field) for field in listed], index=index, dtype="int64")

    checks: dict[str, list[pa.Check]] = {
        "state": _state_checks(listed),
        "number": [
            _check("below-minimum", lambda column, least: column >= least, bounds(_least)),
            _check("above-maximum", lambda column, most: column <= most, bounds(_most)),
        ],
        "places": [
            _check("not-whole", lambda column, most: column <= most, bounds(_places(ElementType.INTEGER))),
            _check(
                "too-many-places", lambda column, most: column <= most, bounds(_places(ElementType.DECIMAL))
            ),
        ],
        "word": [_word_check(listed)],
    }
    types = {"number": "Int64", "places": "Int64", "day": "Int64"}
    names = ("state", "number", "places", "day", "word")
    columns = {
        name: pa.Column(types.get(name, "str"), checks.get(name), nullable=name in types, coerce=False)
        for name in names
    }
    return pa.DataFrameSchema(
        columns, index=pa.Index("int64", name=INDEX, unique=True), strict=True, ordered=True, coerce=False
    )


def breaches(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> tuple[Breach, ...]:
    """Every field that breaks the schema, in order of fields.

    Raises:
        SchemaErrors: the frame itself has not the columns of the schema.
    """
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any() or set(cases["check"]) - _CODES:
            # Not a value but the frame itself is wrong: that is our own mistake, not the submitter's.
            raise
        found = {
            Breach(int(number), str(code))
            for number, code in zip(cases["index"], cases["check"], strict=True)
        }
        return tuple(sorted(found, key=lambda breach: (breach.field, breach.code)))
    return ()


_CODES = frozenset(
    {
        "cell-blank",
        "not-applicable-not-allowed",
        "below-minimum",
        "above-maximum",
        "not-whole",
        "too-many-places",
        "unknown-word",
    }
)


def _check(code: str, holds: Callable[[Any, Any], Any], bound: pd.Series[Any]) -> pa.Check:
    import pandera.pandas as pa

    # pandera hands over the column without its missing values, so the bounds are taken by its index.
    return pa.Check(
        lambda column: holds(column, bound.loc[column.index]), name=code, error=code, n_failure_cases=None
    )


def _state_checks(fields: Sequence[Field]) -> list[pa.Check]:
    import pandas as pd

    index = [field.number for field in fields]
    totals = pd.Series([field.is_total for field in fields], index=index, dtype="bool")
    optional = pd.Series(
        [field.is_total or field.element.may_be_not_applicable for field in fields], index=index, dtype="bool"
    )
    return [
        _check("cell-blank", lambda column, total: (column != State.BLANK.value) | total, totals),
        _check(
            "not-applicable-not-allowed",
            lambda column, allowed: (column != State.NOT_APPLICABLE.value) | allowed,
            optional,
        ),
    ]


def _word_check(fields: Sequence[Field]) -> pa.Check:
    import pandera.pandas as pa

    allowed = {field.number: frozenset((*field.element.choices, "")) for field in fields}

    def among(column: pd.Series[str]) -> list[bool]:
        return [word in allowed[int(number)] for number, word in column.items()]  # type: ignore[call-overload]

    def holds(column: pd.Series[str]) -> pd.Series[bool]:
        import pandas as pd

        return pd.Series(among(column), index=column.index, dtype="bool")

    return pa.Check(holds, name="unknown-word", error="unknown-word", n_failure_cases=None)


def least_of(element: Element) -> int:
    """The least figure allowed, times 10^places; far below every figure where there is none."""
    if element.minimum is None or element.type not in _NUMERIC:
        return -_UNBOUNDED
    least: int = ceil(element.minimum * 10**element.places)
    return max(least, -_UNBOUNDED)


def most_of(element: Element) -> int:
    """The greatest figure allowed, times 10^places; far above every figure where there is none."""
    if element.maximum is None or element.type not in _NUMERIC:
        return _UNBOUNDED
    most: int = floor(element.maximum * 10**element.places)
    return min(most, _UNBOUNDED)


def _least(field: Field) -> int:
    return -_UNBOUNDED if field.is_total else least_of(field.element)


def _most(field: Field) -> int:
    return _UNBOUNDED if field.is_total else most_of(field.element)


def _places(kind: ElementType) -> Callable[[Field], int]:
    """How many places a figure of that type may have; no bound for fields of another type."""
    return lambda field: (
        field.element.places if field.element.type is kind and not field.is_total else _UNBOUNDED
    )
