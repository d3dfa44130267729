"""`python -m app.rule_docs` writes the schemas and references of rule files anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from scoring.rulebook.schema.json_schema import json_schemas
from scoring.rulebook.schema.reference import methods_text, rule_files_text

DOCS = Path(__file__).resolve().parents[1] / "docs"


def rule_documents() -> Mapping[str, str]:
    """The text of each generated file, by its path within docs/."""
    schemas = {
        f"schema/{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in json_schemas().items()
    }
    return {**schemas, "rule-files.md": rule_files_text(), "methods.md": methods_text()}


def main() -> None:
    """Writes the files."""
    for name, text in rule_documents().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
