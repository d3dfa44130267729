"""A table as JSON: every number as exact text, so that no reader makes a binary fraction of it."""

from __future__ import annotations

import json
import unicodedata

import orjson

from services.exports.table import Table, exact_cell, provenance

json_media = "application/json"
_OBEYED = frozenset({"Cc", "Cf", "Zl", "Zp"})


def json_file(table: Table) -> bytes:
    """What it rests on, the columns, and a row an object; null where there is nothing."""
    keys = [column.key for column in table.columns]
    told = {
        "content": table.content,
        "provenance": {key: value for key, _, value in provenance(table.run)},
        "columns": [{"key": each.key, "title": each.head, "kind": each.kind.value} for each in table.columns],
        "rows": [dict(zip(keys, map(exact_cell, row), strict=True)) for row in table.rows],
    }
    return _steering_told_by_number(orjson.dumps(told).decode()).encode()


def _steering_told_by_number(text: str) -> str:
    """The same JSON, with the signs that a terminal would obey as their numbers: they stand only in texts."""
    for sign in sorted(each for each in set(text) if unicodedata.category(each) in _OBEYED):
        text = text.replace(sign, json.dumps(sign)[1:-1])
    return text
