"""A table as Parquet, for statistics: decimals of fixed scale to reckon with, and exact text beside each.

pyarrow is large: imported when asked for.
"""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.numbers import fixed_text
from services.exports.table import Cell, Kind, Table, exact_cell, provenance

parquet_media = "application/vnd.apache.parquet"
EXACT = "_exact"
"""What the name of an exact column ends with."""
SCALE = 12
_DIGITS = 38


def parquet_file(table: Table) -> bytes:
    """The schema is the same for every run of a rule set; the key-value metadata say what it rests on."""
    import pyarrow
    import pyarrow.parquet

    names: list[str] = []
    arrays: list[Any] = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        exact = pyarrow.array([exact_cell(cell) for cell in cells], pyarrow.string())
        if column.kind is Kind.TEXT:
            names.append(column.key)
            arrays.append(exact)
        else:
            names += [column.key, column.key + EXACT]
            decimals = [_decimal(cell) for cell in cells]
            arrays += [pyarrow.array(decimals, pyarrow.decimal128(_DIGITS, SCALE)), exact]
    told = {key: value for key, _, value in provenance(table.run)}
    told |= {"content": table.content, "number_columns": f"rounded half up to {SCALE} places; see *{EXACT}"}
    made = pyarrow.Table.from_arrays(arrays, names=names).replace_schema_metadata(told)
    file = io.BytesIO()
    pyarrow.parquet.write_table(made, file, compression="zstd")
    return file.getvalue()


def _decimal(cell: Cell) -> Decimal | None:
    """Null where there is nothing, or too many digits for the column: then the exact text alone tells it."""
    if cell is None or isinstance(cell, str):
        return None
    text = fixed_text(Fraction(cell), SCALE)
    return Decimal(text) if len(text.lstrip("-").replace(".", "")) <= _DIGITS else None
