"""The reporting forms and the list of units hold together, before any rule is computed on them."""

from __future__ import annotations

import ast
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
YEAR = ROOT / "rules" / "national" / "2021"
CATALOGUE = ROOT.parent / "shared" / "domain" / "data_elements.json"

TYPES = {"int": ("integer", ""), "dec2": ("decimal", "2"), "dec3": ("decimal", "3"), "date": ("date", "")}
REGION_FORMS = [f"F{number:02d}" for number in range(1, 13)]
OFFICE_FORMS = ["A01", "EXT", "K01", "K02", "X01"]
FREQUENCIES = {"quarterly", "half_yearly", "yearly"}
NAMES_BESIDE_ELEMENTS = {"prefectures", "work_points_issued", "previous", "abs"}
CENSUS_2020 = 1_409_778_724
MARKET_ENTITIES_2021 = 154_000_000

needs_catalogue = pytest.mark.skipif(
    not CATALOGUE.is_file(),
    reason="the catalogue of data elements is not beside this repository (../shared/domain)",
)


def read(path: Path) -> dict[str, Any]:
    loaded = yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()  # text, lists and maps only
    assert isinstance(loaded, dict)
    return loaded


FORMS: dict[str, dict[str, Any]] = {path.stem: read(path) for path in sorted((YEAR / "forms").glob("*.yaml"))}
ELEMENTS: list[dict[str, Any]] = [
    {"form": code, "frequency": form["frequency"], **element}
    for code, form in FORMS.items()
    for element in form["elements"]
]
BY_CODE = {element["code"]: element for element in ELEMENTS}
CHECKS: list[dict[str, Any]] = [check for form in FORMS.values() for check in form.get("checks", [])]
UNITS: list[dict[str, Any]] = read(YEAR / "units.yaml")["units"]


def names_in(rule: str) -> set[str]:
    """Element, attribute and function names of a rule; the members in brackets are left out."""
    tree = ast.parse(rule, mode="eval")
    members = {
        name.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Subscript)
        for name in ast.walk(part.slice)
        if isinstance(name, ast.Name)
    }
    return {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)} - members


def elements_in(rule: str) -> list[dict[str, Any]]:
    return [BY_CODE[name] for name in sorted(names_in(rule)) if name in BY_CODE]


def read_catalogue() -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in json.loads(CATALOGUE.read_text(encoding="utf-8"))}


def by_code(items: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("item", items, ids=[item["code"] for item in items])


def test_there_is_one_file_for_each_form_and_it_bears_the_forms_code() -> None:
    assert sorted(FORMS) == sorted(REGION_FORMS + OFFICE_FORMS)
    assert {name: form["code"] for name, form in FORMS.items()} == {name: name for name in FORMS}


def test_no_element_and_no_check_has_the_code_of_another() -> None:
    codes = [element["code"] for element in ELEMENTS] + [check["code"] for check in CHECKS]
    assert [code for code, count in Counter(codes).items() if count > 1] == []


@needs_catalogue
def test_the_forms_hold_every_element_of_the_catalogue_under_its_own_form() -> None:
    catalogue = {code: entry["form"] for code, entry in read_catalogue().items()}
    assert len(catalogue) == 90
    assert {e["code"]: e["form"] for e in ELEMENTS if e["form"] in {*REGION_FORMS, "EXT"}} == catalogue


@needs_catalogue
def test_names_measures_and_types_are_those_of_the_catalogue() -> None:
    for code, entry in read_catalogue().items():
        element = BY_CODE[code]
        found = (element["name"], element["measure"], element["type"], element.get("places", ""))
        assert found == (entry["name_zh"], entry["unit"], *TYPES[entry["type"]]), code


@needs_catalogue
def test_exactly_the_elements_that_must_not_earn_points_are_statistical_only() -> None:
    banned = {code for code, entry in read_catalogue().items() if not entry["scored"]}
    assert {e["code"] for e in ELEMENTS if "statistical_only" in e} == banned


@by_code(ELEMENTS)
def test_an_element_says_what_counts_how_often_and_how_quarters_add_up(item: dict[str, Any]) -> None:
    assert len(item["definition"]) >= 15
    assert item["definition"].endswith("。")
    assert item["frequency"] in FREQUENCIES
    assert item["over_time"] in {"sum", "last", "first"}
    assert ("choices" in item) == (item["type"] == "choice")
    assert ("places" in item) == (item["type"] == "decimal")
    if item["type"] in {"choice", "date"}:
        assert item["over_time"] == "last"


def test_a_ban_on_points_gives_its_reason_and_its_source() -> None:
    bans = [e["statistical_only"] for e in ELEMENTS if "statistical_only" in e]
    assert len(bans) == 8
    assert all(sorted(ban) == ["reason", "source"] and all(ban.values()) for ban in bans)


@by_code(CHECKS)
def test_a_check_speaks_only_of_known_names_and_says_what_to_do(item: dict[str, Any]) -> None:
    assert names_in(item["rule"]) <= set(BY_CODE) | NAMES_BESIDE_ELEMENTS
    assert elements_in(item["rule"])
    assert item["severity"] in {"hard", "soft"}
    assert item["measured_over"] in {"quarter", "year_to_date"}
    assert all(item[key] for key in ("message", "hint", "source"))


@by_code([check for check in CHECKS if "each" in check])
def test_a_check_for_each_line_has_the_same_lines_everywhere(item: dict[str, Any]) -> None:
    spread = {(e.get("breakdown"), tuple(e.get("members", []))) for e in elements_in(item["rule"])}
    assert len(spread) == 1
    assert next(iter(spread))[0] == item["each"]


@by_code([c for c in CHECKS if c["severity"] == "hard" and "previous" not in c["rule"]])
def test_a_part_and_its_whole_fall_due_and_add_up_alike(item: dict[str, Any]) -> None:
    # The opening balance (first) is the one figure that may stand beside flows.
    spread = {
        (e["frequency"], e["over_time"]) for e in elements_in(item["rule"]) if e["over_time"] != "first"
    }
    assert len(spread) == 1


def test_there_are_32_units_in_order_and_no_name_means_two_of_them() -> None:
    assert [unit["order"] for unit in UNITS] == [str(number) for number in range(1, 33)]
    names = [
        name
        for unit in UNITS
        for name in {unit["code"], unit["name"], unit["short"], unit["pinyin"], *unit["aliases"]}
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert Counter(unit["group"] for unit in UNITS) == {"西部": 13, "东部": 10, "中部": 6, "东北": 3}


def test_national_totals_are_those_of_the_31_units_with_a_national_code() -> None:
    national = [unit for unit in UNITS if unit["gb2260"] == "yes"]
    assert [unit["parent"] for unit in UNITS if unit["gb2260"] == "no"] == ["650000"]
    assert sum(int(unit["population"]) for unit in national) == CENSUS_2020
    assert sum(Decimal(unit["gdp"]) for unit in national) == Decimal("1137743.30")
    assert abs(sum(int(unit["market_entities"]) for unit in national) - MARKET_ENTITIES_2021) <= len(national)
