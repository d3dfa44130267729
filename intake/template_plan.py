"""What goes where on one sheet of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from intake.fields import Field, due_elements, fields_of, member_heads, total_head
from intake.labels import LAST_PERIOD_HEAD, LAST_QUARTER_HEAD, NIL_WORD, NOT_APPLICABLE_WORD
from scoring.codes import ElementCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Element, Form, Frequency

Filling = Mapping[Series, Amount | Standing]
"""What stands in a cell: an exact amount (dates as ordinal days), nil, or not applicable."""

HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
FIGURES_FROM = 4
WORDS = {Standing.NIL: NIL_WORD, Standing.NOT_APPLICABLE: NOT_APPLICABLE_WORD}
_MOST_BESIDE = 3
"""With more columns of figures than this, the definitions stand below the table instead of beside it."""
_SIGNED_COLUMN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a submitter types above a table: whether all of it is nil, and who answers for it."""

    nil: bool = False
    leader: str = ""
    writer: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """One sheet of a template; columns and rows count from 1.

    filled: what already stands in the cells. carried: likewise, shown in green, where `filled` has nothing.
    last: the figures of the period before, by this period's series. due: every element of the workbook.
    """

    form: Form
    period: Period
    unit_name: str
    filled: Filling
    carried: Filling
    last: Filling
    due: frozenset[ElementCode]
    heading: Heading

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The rows, in order."""
        return due_elements(self.form, self.period)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The columns of figures, in order."""
        return (total_head(self.form, self.period), *member_heads(self.form, self.period))

    @property
    def beside(self) -> bool:
        """Whether the definitions have a column of the table."""
        return len(self.heads) <= _MOST_BESIDE

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The cells, by row."""
        return fields_of([self.form], self.period)

    @cached_property
    def shows_last(self) -> bool:
        """Whether any earlier figure of the form is known."""
        return any(field.series in self.last for field in self.fields)

    @property
    def last_column(self) -> int:
        """The column of the earlier figures, next to the values; 0 where they stand below, or nowhere."""
        return FIGURES_FROM + 1 if self.shows_last and len(self.heads) == 1 else 0

    @property
    def last_head(self) -> str:
        """What the earlier figures are called: those of a quarter, or of a longer period."""
        quarterly = all(element.frequency is Frequency.QUARTERLY for element in self.elements)
        return LAST_QUARTER_HEAD if quarterly else LAST_PERIOD_HEAD

    @property
    def definitions_from(self) -> int:
        """The first column of the definitions, where these stand beside the figures."""
        return FIGURES_FROM + len(self.heads) + (1 if self.last_column else 0)

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return max(self.definitions_from - 1 + self.beside, _SIGNED_COLUMN)

    def column(self, head: str) -> int:
        """Where a column of figures stands."""
        return FIGURES_FROM + self.heads.index(head)

    def value(self, series: Series) -> Amount | Standing | None:
        """What is written for a series; None leaves the cell blank."""
        found = self.filled.get(series, self.carried.get(series))
        return found if not isinstance(found, Standing) or found in WORDS else None

    def is_carried(self, series: Series) -> bool:
        """Whether the value is one that the system has brought."""
        return series in self.carried and series not in self.filled


def sum_of(values: list[Amount | Standing | None]) -> Fraction | None:
    """The total of a row; None without any number, since a zero would look like a report of zero."""
    numbers = [value for value in values if isinstance(value, Fraction)]
    return sum(numbers, Fraction(0)) if numbers else None
