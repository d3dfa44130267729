"""Scoring is pure: no binary float decides anything, nothing is printed or read, nothing heavy is loaded."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "scoring").rglob("*.py"))
READS_FILES = Path("scoring/rulebook/files.py")

FORBIDDEN_CALLS = {"float", "round", "open", "print", "eval", "exec", "input", "__import__"}
# Where whole numbers are held in float64 because their range proves them exact, the line says why.
EXACT_FLOAT = re.compile(r"# exact float: \S+")


def offences(source: str, *, may_open: bool = False) -> Iterator[str]:
    """Each forbidden call and unexplained float literal of a source text, as `line: what`."""
    lines = source.splitlines()
    forbidden = FORBIDDEN_CALLS - {"open"} if may_open else FORBIDDEN_CALLS
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in forbidden:
                yield f"{node.lineno}: {name}()"
            case ast.Constant(value=float() | complex()) if not EXACT_FLOAT.search(lines[node.lineno - 1]):
                yield f"{node.lineno}: {node.value!r}"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_scoring_neither_rounds_by_itself_nor_speaks_nor_reads(file: Path) -> None:
    found = offences(file.read_text(), may_open=file.relative_to(ROOT) == READS_FILES)
    assert [f"{file.relative_to(ROOT)}:{offence}" for offence in found] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = float('1')", ["1: float()"]),
        ("y = 1\nx = round(y)", ["2: round()"]),
        ("x = 0.5", ["1: 0.5"]),
        ("x = 2j", ["1: 2j"]),
        ("x = 1e3  # exact float:", ["1: 1000.0"]),
        ("x = 1e3  # exact float: a power of ten below 2**53", []),
        ("x = number.round(2)", []),
        ("def f(x: float) -> None: ...", []),
        ("f = open('x')", ["1: open()"]),
    ],
)
def test_an_offence_is_seen_and_nothing_else(source: str, expected: list[str]) -> None:
    assert list(offences(source)) == expected


def test_only_the_room_that_reads_files_may_open_them() -> None:
    assert list(offences("f = open('x')", may_open=True)) == []


def test_importing_all_of_scoring_loads_nothing_heavy() -> None:
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in SOURCES]
    heavy = {"pandas", "pandera", "sqlalchemy", "pydantic", "fastapi", "openpyxl"}
    program = (
        f"import importlib, sys\n"
        f"for name in {modules}: importlib.import_module(name.removesuffix('.__init__'))\n"
        f"print(*sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")
