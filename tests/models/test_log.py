"""The log runs on without a gap, whoever writes at the same time, and says exactly what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from models.errors import RowDamaged
from models.records import LogEntry
from models.stores.log import canonical_json
from models.unit_of_work import Database, UnitOfWork
from tests.support.databases import plant
from tests.support.log_writers import write_at_once
from tests.support.stored import NOON

WRITERS = 8
ENTRIES = 20


def append(work: UnitOfWork, **changes: Any) -> LogEntry:
    """An entry, whole unless a test says otherwise."""
    told = {"at": NOON, "actor": "clerk", "act": "submit", "object_kind": "report", "object_id": "r1"}
    return work.log.append(**{**told, **changes})


def test_entries_are_numbered_from_one_and_come_back_whole(database: Database) -> None:
    detail = {"文件": "a.xlsx", "cells": [1, 2, {"ok": True}], "before": None}
    with database.writing() as work:
        assert work.log.last_position() == 0
        first = append(work, detail=detail)
        second = append(work, at=NOON - timedelta(hours=1))
        work.commit()
    with database.reading() as work:
        assert work.log.entries() == (first, second)
        assert (first.position, second.position, work.log.last_position()) == (1, 2, 2)
        assert first.detail == detail
        assert second.detail == {}


def test_an_entry_that_is_not_committed_leaves_no_gap(database: Database) -> None:
    with database.writing() as work:
        append(work)
    with database.writing() as work:
        assert append(work).position == 1


def test_the_log_is_read_in_pages_and_by_object(database: Database) -> None:
    with database.writing() as work:
        entries = [append(work, object_id=f"r{number % 2}") for number in range(6)]
        assert work.log.entries(after=2, limit=3) == tuple(entries[2:5])
        assert work.log.entries(after=6) == ()
        assert work.log.about("report", "r1") == tuple(entries[1::2])
        assert work.log.about("run", "r1") == ()


@pytest.mark.parametrize("changes", [{"actor": ""}, {"act": ""}])
def test_no_entry_is_without_an_actor_and_an_act(database: Database, changes: dict[str, str]) -> None:
    with database.writing() as work, pytest.raises(ValueError, match="actor and an act"):
        append(work, **changes)


def test_a_detail_has_one_text_whatever_its_order() -> None:
    assert (
        canonical_json({"b": ("二", 2), "a": {"y": None, "x": False}})
        == '{"a":{"x":false,"y":null},"b":["二",2]}'
    )


@pytest.mark.parametrize("detail", [{"x": 0.5}, {"x": [NOON]}, {"x": {1: "one"}}, {"x": b"bytes"}])
def test_a_detail_is_plain_data_without_binary_fractions(detail: Mapping[str, object]) -> None:
    with pytest.raises(TypeError, match="log entry"):
        canonical_json(detail)


def test_a_detail_that_was_changed_by_another_way_is_called_damaged(url: str, database: Database) -> None:
    with database.writing() as work:
        append(work)
        work.commit()
    plant(url, "log_entries", "detail", "{")
    with database.reading() as work, pytest.raises(RowDamaged):
        work.log.entries()


def test_eight_processes_at_once_write_one_log_without_gap_or_error(url: str) -> None:
    assert write_at_once(url, writers=WRITERS, entries=ENTRIES) == [0] * WRITERS
    database = Database(url)
    with database.reading() as work:
        entries = work.log.entries()
    database.close()
    assert [entry.position for entry in entries] == list(range(1, WRITERS * ENTRIES + 1))
    for number in range(WRITERS):
        own = [int(entry.object_id) for entry in entries if entry.actor == f"writer-{number}"]
        assert own == list(range(ENTRIES))
    # they did write at the same time, else this test shows nothing
    assert [entry.actor for entry in entries] != sorted(entry.actor for entry in entries)
