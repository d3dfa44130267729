"""Connections are set as the durability measurements demand."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import Engine, text

from models.engine import make_engine, read_only
from models.errors import StorageFailed

ON_SQLITE = {
    "busy_timeout": 30_000,
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 1,
    "query_only": 0,
}


@pytest.fixture
def engine(url: str) -> Engine:
    """An engine with the settings of the product."""
    return make_engine(url)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_every_connection_to_sqlite_has_the_durable_settings(engine: Engine) -> None:
    with engine.connect() as first, engine.connect().execution_options(kaohe_read_only=True) as second:
        for name, value in ON_SQLITE.items():
            assert first.execute(text(f"PRAGMA {name}")).scalar_one() == value, name
        assert second.execute(text("PRAGMA synchronous")).scalar_one() == 3
        assert second.execute(text("PRAGMA query_only")).scalar_one() == 1
    engine.dispose()


@pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_transactions_of_postgres_read_what_is_committed_and_readers_one_state(engine: Engine) -> None:
    for opened, isolation, reads_only in (
        (engine, "read committed", "off"),
        (read_only(engine), "repeatable read", "on"),
        (engine, "read committed", "off"),
    ):
        with opened.connect() as connection:
            assert connection.execute(text("SHOW transaction_isolation")).scalar_one() == isolation
            assert connection.execute(text("SHOW transaction_read_only")).scalar_one() == reads_only
    engine.dispose()


def test_an_error_does_not_quote_what_was_written(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="no_such_table") as caught:
        connection.execute(text("INSERT INTO no_such_table VALUES (:secret)"), {"secret": "hush"})
    assert "hush" not in str(caught.value)
    engine.dispose()


def test_an_sqlite_too_old_for_strict_tables_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StorageFailed, match=r"3\.37"):
        make_engine("sqlite:///unused.db")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:any?mode=memory&uri=true",
        "sqlite+aiosqlite:////tmp/any.db",
        "sqlite+nonsense:////tmp/any.db",
        "postgresql+psycopg2://user:secret-word@host/base",
        "postgresql+asyncpg://user:secret-word@host/base",
        "postgresql+psycopg://user:secret-word@host:port/base",
        "postgresql+psycopg://user:secret-word@[::/base",
        "mysql://user:secret-word@host/base",
    ],
)
def test_what_is_no_address_of_a_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StorageFailed, match="sqlite") as caught:
        make_engine(url)
    assert "secret-word" not in str(caught.value)
