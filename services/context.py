"""What every use case is given: the database, the rule sets, the clock, the reader of workbooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from intake.report import Reader
from models.unit_of_work import UnitOfWork
from services.rule_library import RuleLibrary
from services.run_books import RunBooks

ENGINE_VERSION = "kaohe 0.1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Handed down by the front door; use cases take nothing from anywhere else."""

    write: Callable[[], UnitOfWork]
    """Opens a unit of work that may commit."""
    read: Callable[[], UnitOfWork]
    """Opens one that only reads."""
    library: RuleLibrary
    clock: Callable[[], datetime]
    """The time now, with its zone."""
    reader: Reader | None = None
    """In place of the child processes shared by all uploads; None = those."""
    books: RunBooks = field(default_factory=RunBooks)
