"""Many rows at once, by each driver's fastest way; the one place where the two databases are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

from models.base import Base

Row = Sequence[object]
"""The values of one row, in the order of the columns that were named."""

_Columns = Mapping[str, ColumnElement[Any]]

_ROWS_AT_ONCE: Final = 20_000
_COPY_TYPES: Final = {"TEXT": "text", "INTEGER": "int4", "BYTEA": "bytea"}


class _Convert(Protocol):
    def __call__(self, value: Any, /) -> Any: ...


def insert_rows(
    connection: Connection, row_type: type[Base], columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Insert rows and say how many they were; in the transaction of the connection.

    Values pass through the types of their columns, so they are checked as in any other statement.

    Args:
        connection: an open one, of SQLite or PostgreSQL.
        row_type: the table.
        columns: names of its columns; those that are not named get NULL.
        rows: read once, in parts; may be a generator.

    Raises:
        DBAPIError: of SQLAlchemy, such as IntegrityError for a key that is there already.
        UnstorableText: or the like, from a column's type.
    """
    chosen = {name: row_type.__table__.c[name] for name in columns}
    converted = _converted(rows, [_converter(column, connection.dialect) for column in chosen.values()])
    write = _copy if connection.dialect.name == "postgresql" else _execute_many
    return write(connection, row_type.__tablename__, chosen, converted)


def _converter(column: ColumnElement[Any], dialect: Dialect) -> _Convert | None:
    return column.type.bind_processor(dialect)


def _converted(rows: Iterable[Row], converters: Sequence[_Convert | None]) -> Iterator[tuple[object, ...]]:
    steps = [(position, convert) for position, convert in enumerate(converters) if convert is not None]
    for row in rows:
        values = list(row)
        for position, convert in steps:
            values[position] = convert(values[position])
        yield tuple(values)


def _execute_many(
    connection: Connection, table: str, columns: _Columns, rows: Iterator[tuple[object, ...]]
) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names are of our own tables
    count = 0
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        connection.exec_driver_sql(statement, part)
        count += len(part)
    return count


def _copy(connection: Connection, table: str, columns: _Columns, rows: Iterator[tuple[object, ...]]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)'
    types = [
        _COPY_TYPES[column.type.compile(connection.dialect).split(" ")[0]] for column in columns.values()
    ]
    driver_connection: Any = connection.connection.driver_connection
    count = 0
    with (
        _errors_as_from_sqlalchemy(connection.dialect, statement),
        driver_connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


@contextmanager
def _errors_as_from_sqlalchemy(dialect: Dialect, statement: str) -> Iterator[None]:
    """COPY goes past SQLAlchemy; what the driver raises must look as if it did not."""
    driver: Any = dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        raise DBAPIError.instance(statement, None, error, driver.Error, dialect=dialect) from error
