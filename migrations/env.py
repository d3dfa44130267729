"""Where Alembic comes in: it works in the open transaction that models.migrate hands over."""

from __future__ import annotations

from alembic import context

import models.tables  # noqa: F401 - makes the tables known
from models.base import Base


def run() -> None:
    """Run what Alembic was asked for.

    Raises:
        RuntimeError: Alembic was called without a connection.
    """
    connection = context.config.attributes.get("connection")
    if connection is None:
        raise RuntimeError(
            "run `kaohe migrate`: Alembic's own command has no connection (请用 kaohe migrate)"
        )
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        # Our connections begin SQLite's transactions themselves, so its DDL can be rolled back too.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
