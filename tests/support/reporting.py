"""An office whose regions hand their reports in on the pages, and workbooks changed by hand."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from models.unit_of_work import Database
from scoring.codes import UnitCode
from services.people import add_person
from services.policy import Role
from tests.support.databases import copy_of_sqlite
from tests.support.office import BEIJING, TIANJIN, Office
from tests.support.sites import KEYS, VISITOR, Visitor
from web.build import create_web
from web.site import Trial

TIANJIN_KEY = "tianjin-key-0123456789-0123456789-012"
PATH = f"/regions/{BEIJING}/reports/2021Q1"


@dataclass
class Reporting:
    """Nobody has reported yet; 北京 and 天津 have a key each, and so has the office."""

    office: Office

    def visitor(self, *, trial: bool = False) -> Visitor:
        """Somebody at a browser of their own."""
        shown = Trial("北京市", KEYS[Role.REGION_FILLER]) if trial else None
        return Visitor(create_web(self.office.context, viewer=VISITOR if trial else None, trial=shown))

    def clerk(self, key: str = KEYS[Role.REGION_FILLER]) -> Visitor:
        """北京's clerk, signed in, or the holder of another key."""
        found = self.visitor()
        assert found.sign_in_with(key).status_code == 303
        return found


@contextmanager
def reporting_office(template: Path, folder: Path) -> Iterator[Reporting]:
    """A fresh office in a folder of its own."""
    folder.mkdir()
    database = Database(copy_of_sqlite(template, folder))
    office = Office(database)
    people: tuple[tuple[Role, UnitCode | None, str], ...] = (
        (Role.REGION_FILLER, BEIJING, KEYS[Role.REGION_FILLER]),
        (Role.REGION_FILLER, TIANJIN, TIANJIN_KEY),
        (Role.OFFICE_OPERATOR, None, KEYS[Role.OFFICE_OPERATOR]),
        (Role.MINISTRY, None, KEYS[Role.MINISTRY]),
    )
    for role, unit, key in people:
        add_person(office.context, name=f"{role}", roles={role}, unit=unit, secret=key)
    yield Reporting(office)
    database.close()


def typed_over(content: bytes, changes: Mapping[tuple[str, str], str | int | None]) -> bytes:
    """The workbook with other contents at (code of the form, address), totals as numbers; None empties."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    for (form, address), value in changes.items():
        found = next(sheet for sheet in book.worksheets if sheet.title.split()[0] == form)
        found[address] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
