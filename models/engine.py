"""Connections: settings that survive a power cut, one writer at a time, and readers that cannot write."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from models.errors import StorageFailed

PATIENCE_MS: Final = 30_000
"""How long a writer waits for the writer before it."""

_NOT_AN_ADDRESS: Final = "数据库地址要写成 sqlite:///文件 或 postgresql+psycopg://用户:密码@主机/库名"
_READ_ONLY: Final = "kaohe_read_only"
_STRICT_TABLES_SINCE: Final = (3, 37)

# TRUNCATE with EXTRA lost no acknowledged commit in simulated power cuts; WAL can corrupt before 3.51.3.
_SQLITE_SETTINGS: Final = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    # INSERT OR REPLACE deletes rows; only with this do the triggers see it.
    "PRAGMA recursive_triggers=ON",
)

# "kaohe" in ASCII; every writing transaction of a PostgreSQL database takes this lock first.
_WRITE_LOCK: Final = 0x6B616F6865


def make_engine(url: str, *, patience_ms: int = PATIENCE_MS) -> Engine:
    """An engine for `sqlite:///path/to/file` or `postgresql+psycopg://…`.

    Every transaction is a writing one and has the database to itself from its first moment, so that what
    it reads stays true until it commits; see `read_only` for the other kind.

    Args:
        url: of a file or a server; SQLite in memory is of no use, each connection would have its own.
        patience_ms: how long to wait for other writers, in milliseconds, at least 1.

    Raises:
        StorageFailed: not an address, another kind of database or driver, no file named, or an SQLite too
            old for STRICT tables.
    """
    try:
        address = make_url(url)
        backend = address.get_backend_name()
        if backend == "sqlite" and _names_file(address):
            return _sqlite_engine(url, patience_ms)
        if backend == "postgresql":
            return _postgres_engine(url, patience_ms)
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError):
        # What they say may quote the password.
        raise StorageFailed(f"{_NOT_AN_ADDRESS} (not the address of a database)") from None
    if backend == "sqlite":
        raise StorageFailed(f"{_NOT_AN_ADDRESS} (the address of SQLite names no file)")
    raise StorageFailed(f"只支持 sqlite 和 postgresql, 不支持 {backend} (unsupported kind of database)")


def _names_file(address: URL) -> bool:
    return bool(address.database) and address.database != ":memory:" and "uri" not in address.query


def read_only(engine: Engine) -> Engine:
    """The same connections, but each transaction reads one unchanging state and may not write.

    It does not wait for writers, except while one of SQLite commits; on SQLite a long reader in turn holds
    up the commit of a writer, so read and let go.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READ_ONLY: True})
    return engine.execution_options(
        **{_READ_ONLY: True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )


def _sqlite_engine(url: str, patience_ms: int) -> Engine:
    if sqlite3.sqlite_version_info < _STRICT_TABLES_SINCE:
        raise StorageFailed(f"SQLite {sqlite3.sqlite_version} 太旧, 至少要 3.37 (SQLite is too old)")
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(driver_connection: Any, _record: object) -> None:
        # The driver would open transactions by its own rules, and only before some statements.
        driver_connection.isolation_level = None
        driver_connection.execute(f"PRAGMA busy_timeout={patience_ms}").close()
        for setting in _SQLITE_SETTINGS:
            driver_connection.execute(setting).close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = bool(connection.get_execution_options().get(_READ_ONLY))
        connection.exec_driver_sql(f"PRAGMA query_only={int(reads)}")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: str, patience_ms: int) -> Engine:
    # READ COMMITTED: after the wait for the lock, a writer must see what the writer before it has done.
    take_lock = (
        f"SELECT set_config('lock_timeout', '{patience_ms}ms', true), pg_advisory_xact_lock({_WRITE_LOCK})"
    )
    engine = create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(_READ_ONLY):
            connection.exec_driver_sql(take_lock)

    return engine
