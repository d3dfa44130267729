"""Migrated databases for tests, without rows each time, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

import models.tables  # noqa: F401 - makes the tables known
from models import migrate
from models.base import Base
from models.engine import make_engine

_WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"


def sqlite_url(file: Path) -> str:
    """The address of a file."""
    return f"sqlite:///{file}"


def make_sqlite_template(folder: Path) -> Path:
    """A migrated database file without rows."""
    file = folder / "template.db"
    migrate.upgrade(sqlite_url(file))
    return file


def copy_of_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy of a template."""
    file = folder / "kaohe.db"
    shutil.copy(template, file)
    return sqlite_url(file)


@contextmanager
def migrated_postgres(server_url: str) -> Iterator[str]:
    """The address of a migrated database in a cluster."""
    with postgres_database(server_url) as url:
        migrate.upgrade(url)
        yield url


def empty_postgres(url: str) -> None:
    """Take all rows away, past the triggers: 25 times as fast as a new database."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_WITHOUT_TRIGGERS))
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


@contextmanager
def postgres_database(server_url: str) -> Iterator[str]:
    """The address of a new database without tables that is gone afterwards."""
    name = f"kaohe_{uuid4().hex}"
    _administer(server_url, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield _within(server_url, name)
    finally:
        _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def plant(url: str, table: str, column: str, value: object) -> None:
    """Set a column of every row as somebody with all rights could, past the triggers."""
    engine = make_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in triggers.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text(_WITHOUT_TRIGGERS))
        change = f"UPDATE {table} SET {column} = :value"  # noqa: S608 - the names are those of a test
        connection.execute(text(change), {"value": value})
    engine.dispose()


def _within(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def _administer(server_url: str, statement: str) -> None:
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
