"""`python -m app.openapi` writes the committed OpenAPI document anew, after a change of the API."""

from __future__ import annotations

import json
from pathlib import Path

from api.build import create_api
from app.settings import Settings
from app.wiring import open_house

FILE = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"


def document_text() -> str:
    """The document as it is committed: keys in the order of the routes, Chinese as it is."""
    house = open_house(Settings())
    try:
        document = create_api(house.context).openapi()
    finally:
        house.close()
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Writes the file."""
    FILE.write_text(document_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
