"""Processes that all write to one log at once, as workers of a server do."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

from models.unit_of_work import Database

SOON = 60


def write_at_once(url: str, *, writers: int, entries: int) -> list[int]:
    """Let processes append entries as fast as they can, each in its own transaction; their exit codes."""
    # forked from one process that has imported everything, so that they start together
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    start = context.Barrier(writers)
    processes = [
        context.Process(target=_write, args=(url, f"writer-{number}", entries, start))
        for number in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(SOON)
    return [process.exitcode if process.exitcode is not None else -1 for process in processes]


def _write(url: str, actor: str, entries: int, start: Barrier) -> None:
    database = Database(url)
    start.wait(SOON)
    for number in range(entries):
        with database.writing() as work:
            work.log.append(
                at=datetime(2021, 1, 1, tzinfo=UTC),
                actor=actor,
                act="count",
                object_kind="number",
                object_id=str(number),
            )
            work.commit()
    database.close()
