"""From what SQLAlchemy and the drivers raise to what can go wrong in a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from models.errors import Conflict, DatabaseBusy, StorageFailed, StoreError

_BUSY_IN_SQLITE: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BUSY_IN_POSTGRES: Final = {"55P03", "40001", "40P01"}
"""lock_not_available, serialization_failure, deadlock_detected."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Within it, errors of a database come out as StoreError; all others as they are."""
    try:
        yield
    except DBAPIError as error:
        raise store_error(error) from error


def store_error(error: DBAPIError) -> StoreError:
    """The store's word for an error of the database: a conflict, a busy database, or a failed one."""
    # only the first line: what follows may quote the rows of others
    told = str(error.orig).partition("\n")[0]
    if isinstance(error, IntegrityError):
        return Conflict(told)
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY_IN_SQLITE or getattr(error.orig, "sqlstate", None) in _BUSY_IN_POSTGRES:
        return DatabaseBusy(told)
    return StorageFailed(told)
