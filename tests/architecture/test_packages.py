"""The rooms of the house are the same in every place that lists them, and each file says what it is for."""

from __future__ import annotations

import ast
import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES: list[str] = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
SOURCES = sorted(
    file.relative_to(ROOT)
    for folder in (*PACKAGES, "tests", "benchmarks")
    for file in (ROOT / folder).rglob("*.py")
)


def test_the_folders_with_an_init_file_are_the_packages_that_are_shipped() -> None:
    assert {file.parent.name for file in ROOT.glob("*/__init__.py")} == set(PACKAGES)


@pytest.mark.parametrize(
    ("tool", "listed"),
    [
        ("import-linter's roots", SETTINGS["tool"]["importlinter"]["root_packages"]),
        (
            "import-linter's search for circles",
            SETTINGS["tool"]["importlinter"]["contracts"][-1]["ancestors"],
        ),
        ("coverage", SETTINGS["tool"]["coverage"]["run"]["source"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_tool_looks_at_all_packages(tool: str, listed: list[str]) -> None:
    assert set(listed) == set(PACKAGES), tool


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_that_python_finds_is_the_one_of_this_folder(package: str) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_of_python_files_in_a_package_is_a_package(package: str) -> None:
    folders = {file.parent for file in (ROOT / package).rglob("*.py")}
    # Alembic reads its versions as single files
    assert [str(f) for f in folders if not (f / "__init__.py").exists() and f.name != "versions"] == []


def test_no_module_is_named_like_a_package() -> None:
    inner = [file for file in SOURCES if file.parts[0] in PACKAGES and len(file.parts) > 1]
    assert [str(file) for file in inner if file.stem in PACKAGES] == []


def test_tests_are_no_packages() -> None:
    # else `import scoring` would find tests/scoring
    assert [str(file) for file in SOURCES if file.parts[0] == "tests" and file.name == "__init__.py"] == []


def test_the_first_line_of_every_file_says_what_it_is_for() -> None:
    silent = [str(file) for file in SOURCES if not starts_with_a_sentence(ROOT / file)]
    assert silent == []


def starts_with_a_sentence(file: Path) -> bool:
    """Whether the file's first line opens its docstring, and that line is a sentence."""
    text = file.read_text()
    docstring = ast.get_docstring(ast.parse(text))
    return text.startswith('"""') and docstring is not None and len(docstring.splitlines()[0].split()) >= 3
