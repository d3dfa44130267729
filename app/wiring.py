"""From settings to what every use case is given; the one place that looks at the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.settings import Settings
from models import migrate
from models.unit_of_work import Database
from scoring.workdays import BEIJING_TIME
from services.context import Context
from services.errors import Conflict
from services.rule_library import RuleLibrary

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs: what use cases are given, and what has to be closed in the end."""

    context: Context
    database: Database

    def close(self) -> None:
        """Let the database go."""
        self.database.close()


def open_house(settings: Settings) -> House:
    """The house over an existing database; it opens no connection yet."""
    database = Database(settings.database_url)
    context = Context(
        write=database.writing,
        read=database.reading,
        library=RuleLibrary(settings.rules_dir),
        clock=now,
    )
    return House(context, database)


def now() -> datetime:
    """The time in China."""
    return datetime.now(BEIJING_TIME)  # noqa: TID251 - here, and from here handed down


def make_database(settings: Settings) -> None:
    """Make the database, or bring an older one up to this version; its folder too."""
    _make_folder(settings.database_url)
    migrate.upgrade(settings.database_url)


def require_database(settings: Settings) -> None:
    """Raises Conflict where the database is not there or not of this version."""
    file = _file_of(settings.database_url)
    found = None if file and not file.exists() else migrate.current(settings.database_url)
    if found is None:
        raise Conflict("数据库还没有建立,请先运行 kaohe migrate", "the database is not made yet")
    if found != migrate.head():
        raise Conflict(
            f"数据库的版本是 {found},程序要 {migrate.head()},请先运行 kaohe migrate",
            "the database is of another version",
        )


def _file_of(url: str) -> Path | None:
    return Path(url.removeprefix(_SQLITE).partition("?")[0]) if url.startswith(_SQLITE) else None


def _make_folder(url: str) -> None:
    file = _file_of(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
