"""Writes the real files anew: python tests/intake/real_files/make.py [FOLDER with node_modules].

Needs LibreOffice, and node with the packages `xlsx` and `exceljs`; the tests need neither.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
ORIGINAL = HERE / "original.xlsx"


def main(modules: Path) -> None:
    """Every writer, one after the other."""
    _write_with_openpyxl()
    for name, options in {"xlsxwriter": {}, "xlsxwriter-in-rows": {"constant_memory": True}}.items():
        _write_with_xlsxwriter(HERE / f"{name}.xlsx", options)
    for engine in ("openpyxl", "xlsxwriter"):
        _write_with_pandas(HERE / f"pandas-{engine}.xlsx", engine)
    _write_with_libreoffice()
    for script in ("write_with_sheetjs.cjs", "write_with_exceljs.cjs"):
        subprocess.run(
            ["node", HERE / script, ORIGINAL, HERE],
            env={**os.environ, "NODE_PATH": str(modules / "node_modules")},
            check=True,
        )


def _write_with_openpyxl() -> None:
    openpyxl.load_workbook(ORIGINAL).save(HERE / "openpyxl-formulas.xlsx")
    openpyxl.load_workbook(ORIGINAL, data_only=True).save(HERE / "openpyxl-values.xlsx")


def _write_with_xlsxwriter(path: Path, options: dict[str, bool]) -> None:
    values, formulas = openpyxl.load_workbook(ORIGINAL, data_only=True), openpyxl.load_workbook(ORIGINAL)
    with xlsxwriter.Workbook(path, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        grey = book.add_format({"bg_color": "#dddddd", "locked": True})
        for sheet in values.worksheets:
            written = book.add_worksheet(sheet.title)
            if sheet.sheet_state == "veryHidden":
                written.very_hidden()
            for cell in _cells(sheet):
                row, column = cell.row - 1, cell.column - 1
                formula = formulas[sheet.title][cell.coordinate].value
                if isinstance(formula, str) and formula.startswith("="):
                    written.write_formula(row, column, formula, grey, cell.value)
                elif isinstance(cell.value, datetime.datetime):
                    written.write_datetime(row, column, cell.value, day)
                else:
                    written.write(row, column, cell.value, grey if cell.value is None else None)


def _write_with_pandas(path: Path, engine: str) -> None:
    book = openpyxl.load_workbook(ORIGINAL, data_only=True)
    with pd.ExcelWriter(path, engine=engine) as writer:  # type: ignore[call-overload]
        for sheet in book.worksheets:
            frame = pd.DataFrame([[cell.value for cell in row] for row in sheet.iter_rows()], dtype=object)
            frame.to_excel(writer, sheet_name=sheet.title, header=False, index=False)


def _write_with_libreoffice() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, source in (("libreoffice", ORIGINAL), ("libreoffice-by-way-of-ods", Path(folder, "o.ods"))):
            if source.suffix == ".ods":
                _convert(ORIGINAL, "ods", Path(folder)).rename(source)
            _convert(source, "xlsx", Path(folder)).replace(HERE / f"{name}.xlsx")


def _convert(source: Path, form: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder / "out", source],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "out" / f"{source.stem}.{form}"


def _cells(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
