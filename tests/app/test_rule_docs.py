"""The generated documents about rule files: committed and current, and written where they belong."""

from __future__ import annotations

import pytest

from app.rule_docs import DOCS, rule_documents

DOCUMENTS = rule_documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_committed_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == DOCUMENTS[name], "run: python -m app.rule_docs"
