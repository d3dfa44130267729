"""How many rows each table of a test's database holds: the same before and after means nothing was kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from tests.support.databases import sqlite_url


def row_counts(folder: Path) -> Mapping[str, int]:
    """The rows of every table of the database in a test's folder."""
    engine = create_engine(sqlite_url(folder / "kaohe.db"))
    with engine.connect() as connection:
        counts = {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()  # noqa: S608
            for table in inspect(engine).get_table_names()
        }
    engine.dispose()
    return counts
