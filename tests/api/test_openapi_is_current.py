"""The committed document is the one that the API serves."""

from __future__ import annotations

import json

from app.openapi import FILE, document_text
from tests.api.conftest import Scored
from tests.support.callers import NOBODY

REFRESH = "run `python -m app.openapi` after a change of the API"


def test_the_committed_document_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == document_text(), REFRESH


def test_the_document_that_is_served_is_the_committed_one(scored: Scored) -> None:
    served = scored.callers.get(NOBODY, "/openapi.json")
    assert served.json() == json.loads(FILE.read_text(encoding="utf-8"))


def test_every_operation_says_in_chinese_what_it_is_for_and_how_it_refuses() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    names = []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert " · " in operation["summary"], path
            refusals = {status for status in operation["responses"] if status not in {"200", "201", "304"}}
            assert refusals or path == "/healthz", path
            for status in refusals:
                assert set(operation["responses"][status]["content"]) == {"application/problem+json"}, path
    assert len(names) == len(set(names))
