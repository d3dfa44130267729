"""The unit of work: all stores in one transaction, which is undone unless it is committed."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from models.engine import PATIENCE_MS, make_engine, read_only
from models.failures import store_error, store_errors
from models.stores.blobs import Blobs
from models.stores.calendar import Calendar
from models.stores.evidence import EvidenceFiles
from models.stores.explanations import Explanations
from models.stores.extensions import Extensions
from models.stores.log import Log
from models.stores.people import People
from models.stores.reports import Reports
from models.stores.rule_sets import RuleSets
from models.stores.run_orders import RunOrders
from models.stores.runs import Runs


class UnitOfWork:
    """One transaction, and the stores that take part in it.

    A writing one waits for its turn when it is entered, and from then on is the only one, on either
    database: what it has read stays true until it commits. Leaving it without `commit` undoes everything.
    Errors of the database leave it as StoreError.
    """

    blobs: Blobs
    rule_sets: RuleSets
    reports: Reports
    explanations: Explanations
    calendar: Calendar
    extensions: Extensions
    evidence: EvidenceFiles
    runs: Runs
    run_orders: RunOrders
    log: Log
    people: People

    def __init__(self, engine: Engine, *, reads_only: bool = False) -> None:
        self._engine = read_only(engine) if reads_only else engine
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin the transaction.

        Raises:
            DatabaseBusy: another writer did not finish in time.
            StorageFailed: the database cannot be reached.
        """
        with store_errors():
            connection = self._engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        self.blobs = Blobs(connection)
        self.rule_sets = RuleSets(connection)
        self.reports = Reports(connection)
        self.explanations = Explanations(connection)
        self.calendar = Calendar(connection)
        self.extensions = Extensions(connection)
        self.evidence = EvidenceFiles(connection)
        self.runs = Runs(connection)
        self.run_orders = RunOrders(connection)
        self.log = Log(connection)
        self.people = People(connection)
        return self

    def commit(self) -> None:
        """Make everything since entering last; only once this returns has anything happened.

        Raises:
            RuntimeError: it was not entered, or is committed already.
        """
        if self._connection is None or not self._connection.in_transaction():
            raise RuntimeError("there is no transaction to commit")
        with store_errors():
            self._connection.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what is not committed, and let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if isinstance(error, DBAPIError):
            raise store_error(error) from error


class Database:
    """One database and its connections; made once, closed at the end."""

    def __init__(self, url: str, *, patience_ms: int = PATIENCE_MS) -> None:
        with store_errors():
            self._engine = make_engine(url, patience_ms=patience_ms)

    def writing(self) -> UnitOfWork:
        """A unit of work that may change things; short, for others wait."""
        return UnitOfWork(self._engine)

    def reading(self) -> UnitOfWork:
        """A unit of work that sees one unchanging state and can change nothing."""
        return UnitOfWork(self._engine, reads_only=True)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
