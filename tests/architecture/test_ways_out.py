"""Every way out of the house, and what holds strangers' words harmless there; a new one must be added."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer.main

from api.build import create_api
from app.cli import app
from app.settings import Settings
from app.wiring import open_house
from services.exports.registry import FORMATS

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = "tests/app/test_hostile_output.py"
EXPORTS = "tests/services/test_hostile_exports.py"
PAPERS = "tests/services/papers/test_papers.py"
ANNOTATED = "tests/intake/annotated"
TEMPLATES = "tests/intake/test_template.py"

OURS = "only our own words, and those of rule authors and the office"
AS_IT_CAME = "the very bytes that came, saved and never shown"

COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("score", "explain", "check-report"), OUTPUT),
    **dict.fromkeys(("demo", "serve", "migrate", "user add"), OURS),
    **dict.fromkeys(("rules check", "rules test", "rules diff", "rules impact", "rules book"), OURS),
    **dict.fromkeys(("calendar seed", "calendar show", "calendar set", "calendar publish"), OURS),
    **dict.fromkeys(("deadline show", "deadline extend", "deadline revoke", "template"), OURS),
}
"""Every command; all print issues and refusals by the two functions that OUTPUT tests."""
FILES: Mapping[str, str] = {
    "/templates/{unit}/{period}.xlsx": TEMPLATES,
    "/templates/{unit}/{period}/migrate": "tests/api/test_migrations.py",
    "/reports/{report}/file": AS_IT_CAME,
    "/reports/{report}/annotated.xlsx": ANNOTATED,
    "/reports/annotated": ANNOTATED,
    "/evidence/{evidence}/file": AS_IT_CAME,
    "/runs/{run}/exports/{content}.{form}": EXPORTS,
    "/runs/{run}/regions/{unit}/exports/{content}.{form}": EXPORTS,
    "/runs/{run}/regions/{unit}/score-report.{form}": PAPERS,
    "/runs/{run}/circular.{form}": PAPERS,
}
"""Every file that the API hands out."""


def commands(command: object, before: tuple[str, ...] = ()) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(before)
        return
    for name, each in inner.items():
        yield from commands(each, (*before, name))


def test_every_command_is_held_harmless() -> None:
    assert set(commands(typer.main.get_command(app))) == set(COMMANDS)


def test_every_file_of_the_api_is_held_harmless() -> None:
    house = open_house(Settings())
    paths = create_api(house.context).openapi()["paths"]
    house.close()
    files = {
        path
        for path, methods in paths.items()
        for operation in methods.values()
        for response in operation["responses"].values()
        for kind in response.get("content", {})
        if "json" not in kind
    }
    assert files == set(FILES)


def test_every_way_out_names_a_test_that_is_there() -> None:
    for named in {*COMMANDS.values(), *FILES.values()} - {OURS, AS_IT_CAME}:
        assert (ROOT / named).exists(), named


def test_every_export_is_read_back() -> None:
    assert "set(READ_BACK) == set(FORMATS)" in (ROOT / EXPORTS).read_text(encoding="utf-8")
    assert FORMATS


def test_whoever_writes_a_table_quotes_the_formulas_in_it() -> None:
    writers = []
    for folder in ("app", "api", "services", "web", "intake", "scoring"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            if any(_writes_csv(node) for node in ast.walk(tree)):
                writers.append(file.relative_to(ROOT).as_posix())
                names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
                assert "harmless" in names, file
    assert "services/score_files.py" in writers


def _writes_csv(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"writer", "DictWriter"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "csv"
    )
