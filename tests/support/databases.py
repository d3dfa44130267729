"""Migrated databases for tests: a fresh copy of a template each time, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from models import migrate
from models.engine import make_engine

_TEMPLATE = "kaohe_template"


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


def make_postgres_template(server_url: str) -> str:
    """The name of a migrated database without rows, made in a cluster."""
    _administer(server_url, f"CREATE DATABASE {_TEMPLATE}")
    migrate.upgrade(_within(server_url, _TEMPLATE))
    return _TEMPLATE


@contextmanager
def postgres_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database that is gone afterwards."""
    name = f"kaohe_{uuid4().hex}"
    _administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
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
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
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
