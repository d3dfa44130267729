"""What an export holds, before any format: columns, exact rows, and what the run rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.numbers import exact_text
from scoring.results import Place
from services.views import RunView

Cell = str | int | Fraction | Place | None
"""None where there is nothing; a number is exact."""


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    """An exact number."""
    PLACE = "place"
    """A place from 1: whole, or a half where equals share."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its head for people.

    places: how many decimals a reader of a workbook is shown; None = as many as there are.
    """

    key: str
    head: str
    kind: Kind = Kind.TEXT
    places: int | None = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One content of one run; every row has a cell for every column."""

    content: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    run: RunView

    @property
    def title(self) -> str:
        """For the head of a sheet."""
        return f"{self.run.rule_set} {self.run.period} {self.run.label}{self.sheet}"


def provenance(run: RunView) -> tuple[tuple[str, str, str], ...]:
    """Key, head and value of everything that the figures rest on; nothing of who asked, or when."""
    return (
        ("run", "计分批次", run.id),
        ("period", "考核期", run.period),
        ("label", "性质", run.label),
        ("rule_set", "规则集", run.rule_set),
        ("rule_set_version", "规则集版本", run.rule_set_version),
        ("rule_set_digest", "规则集摘要 SHA-256", run.rule_set_digest),
        ("facts_digest", "事实摘要 SHA-256", run.facts_digest),
        ("result_digest", "结果摘要 SHA-256", run.result_digest),
        ("engine_version", "引擎版本", run.engine_version),
    )


def exact_cell(cell: Cell) -> str | None:
    """The cell as exact text: a decimal where it ends, else a fraction such as 200/3."""
    if cell is None or isinstance(cell, str):
        return cell
    return exact_text(cell) if isinstance(cell, Fraction) else str(cell)
