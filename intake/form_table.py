"""Reading the table of a form: its columns first, then its rows, then what stands where nothing belongs."""

from __future__ import annotations

from collections.abc import Iterable

from intake.blocks import Block
from intake.element_rows import find_rows
from intake.fields import Field
from intake.table import Table
from intake.table_columns import find_columns, find_misplaced
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Place
from scoring.rulebook.forms import Form


def read_table(form: Form, fields: Iterable[Field], block: Block) -> Table:
    """The table of a form in a block, with an issue for everything that is not where it should be."""
    wanted = tuple(fields)
    table = Table(form, block)
    if not block.head:
        place = Place(sheet=block.sheet.name)
        table.issues.append(worded(SHEET_WORDINGS, fault("head-missing"), place))
        return table
    find_columns(table, wanted)
    find_rows(table, wanted)
    find_misplaced(table, wanted)
    return table
