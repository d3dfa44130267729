"""What the launcher installs is what was resolved: the hashed lists agree with uv.lock and name no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = {"run": ROOT / "requirements" / "run.lock", "test": ROOT / "requirements" / "test.lock"}
RESOLVED = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;]+)(?P<rest>(?:.*\\\n)+.*)$", re.MULTILINE)
REFRESH = "run requirements/refresh after a change of the dependencies"

Package = tuple[str, str]


def listed(level: str) -> dict[Package, set[str]]:
    """The hashes of each (name, version) of a list."""
    return {
        (entry["name"], entry["version"]): set(re.findall(r"--hash=(\S+)", entry["rest"]))
        for entry in PINNED.finditer(LISTS[level].read_text())
    }


def resolved() -> dict[Package, set[str]]:
    """The hashes of each (name, version) of uv.lock."""
    return {
        (package["name"], package["version"]): {
            file["hash"] for file in [*package.get("wheels", []), package.get("sdist", {})] if "hash" in file
        }
        for package in RESOLVED
    }


def project() -> dict[str, list[dict[str, str]]]:
    """This project's own entry: what it asks for by itself, and by group."""
    own = next(package for package in RESOLVED if package["name"] == "kaohe")
    return {"dependencies": own["dependencies"], **own["dev-dependencies"]}


@pytest.mark.parametrize("level", list(LISTS))
def test_every_line_of_a_list_is_in_the_lock_with_the_same_hashes(level: str) -> None:
    known = resolved()
    wrong = [package for package, hashes in listed(level).items() if known.get(package) != hashes]
    assert wrong == [], REFRESH


@pytest.mark.parametrize(
    ("level", "groups"), [("run", ("dependencies", "build")), ("test", ("dependencies", "dev"))]
)
def test_a_list_has_everything_the_project_asks_for(level: str, groups: tuple[str, ...]) -> None:
    wanted = {dependency["name"] for group in groups for dependency in project()[group]}
    assert wanted - {name for name, _ in listed(level)} == set(), REFRESH


def test_who_runs_the_tests_has_all_that_who_runs_the_product_has() -> None:
    assert listed("run").items() <= listed("test").items(), REFRESH


@pytest.mark.parametrize(
    "file", [*LISTS.values(), ROOT / "requirements" / "uv.txt"], ids=lambda file: file.name
)
def test_every_requirement_is_pinned_with_hashes_and_no_host(file: Path) -> None:
    text = file.read_text()
    entries = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert len(PINNED.findall(text)) == len(entries) > 0
    assert "://" not in text


def test_the_lock_belongs_to_the_dependencies_of_pyproject_toml() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    own = next(package for package in RESOLVED if package["name"] == "kaohe")
    locked = {wish["name"] + wish.get("specifier", "") for wish in own["metadata"]["requires-dist"]}
    assert locked == {re.sub(r"\[.*?\]", "", wish) for wish in settings["dependencies"]}, REFRESH
