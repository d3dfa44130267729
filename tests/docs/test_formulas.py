"""docs/formulas.md says what is true: every row of its tables is scored, every refused line is refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import has_hard
from scoring.fact_tables import facts_from_rows
from scoring.facts import Facts
from scoring.numbers import ratio_from_text
from scoring.periods import Period
from scoring.results import NodeScore
from scoring.rulebook.files import rule_set_from_files
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings
from scoring.vectorised.engine import VectorEngine
from tests.support.pages import blocks_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
PERIOD = Period(2021, 3, yearly=False)
"""The figures of the page are those of u1 up to the third quarter."""
FRAME = """
language: 1
code: formulas
title: 公式
year: 2021
version: "1"
sources: {page: {title: 公式}}
attributes:
  people: {type: integer, measure: 人}
  region: {type: text}
peer_group: region
breakdowns:
  lines: {members: [甲, 乙, 丙]}
tree: {code: total, title: 合计}
"""
FORM = """
code: F
title: 表
provider: region
elements:
  - {code: A, name: 一, type: integer, measure: 件}
  - {code: B, name: 二, type: integer, measure: 件}
  - {code: S, name: 期末数, type: integer, measure: 件, over_time: last}
  - {code: Y, name: 年报数, type: integer, measure: 件, frequency: yearly}
  - {code: L, name: 分条线, type: integer, measure: 件, breakdown: lines}
  - {code: M, name: 评语, type: choice, choices: [好, 中, 差]}
  - {code: N, name: 没有报的, type: integer, measure: 件}
  - {code: X, name: 不适用的, type: integer, measure: 件, may_be_not_applicable: yes}
"""
INDICATOR = """
code: I{number}
name: 第{number}行
parent: total
points: 0
value: '{formula}'
missing: zero
zero_denominator: zero
undefined: zero
method: {{kind: direct, least: 0, most: none}}
reason: 见公式页
source: {{document: page}}
"""


def sections() -> Iterator[tuple[str, str]]:
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        yield part.partition("\n")[0], part


def rows(part: str) -> Iterator[tuple[str, str]]:
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) >= 2:
            yield cells[0].strip("`"), cells[1]


def block(language: str, marker: str) -> str:
    found = [each.text for each in blocks_of(PAGE) if each.language == language and marker in each.text]
    assert len(found) == 1
    return found[0]


ROWS = [row for title, part in sections() if title != "不接受的写法" for row in rows(part)]
REFUSED = [formula for title, part in sections() if title == "不接受的写法" for formula, _ in rows(part)]


def loaded(formulas: list[str]) -> tuple[RuleSet | None, Findings]:
    files = {
        "ruleset.yaml": FRAME + block("yaml", "definitions:"),
        "forms/F.yaml": FORM,
        "units.yaml": block("yaml", "units:"),
    }
    for number, formula in enumerate(formulas):
        files[f"indicators/{number:03}.yaml"] = INDICATOR.format(number=number, formula=formula)
    findings = Findings()
    return rule_set_from_files({name: text.encode() for name, text in files.items()}, findings), findings


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    found, findings = loaded([formula for formula, _ in ROWS])
    assert [str(issue) for issue in findings.issues if has_hard((issue,))] == []
    assert found is not None
    return found


@pytest.fixture(scope="module")
def facts(rules: RuleSet) -> Facts:
    lines = enumerate(csv.DictReader(io.StringIO(block("csv", "unit,period"))), start=2)
    found, issues = facts_from_rows(lines, rules, "facts.csv")
    assert [str(issue) for issue in issues] == []
    return found


@pytest.mark.parametrize("place", range(len(ROWS)), ids=[formula for formula, _ in ROWS])
def test_each_row_comes_to_what_the_page_says(rules: RuleSet, facts: Facts, place: int) -> None:
    plain = PlainEngine(rules, facts, PERIOD).score().scores
    assert said(plain[UnitCode("u1"), NodeCode(f"I{place}")]) == expected(ROWS[place][1])


def test_both_engines_agree_on_the_page(rules: RuleSet, facts: Facts) -> None:
    assert VectorEngine(rules, facts, PERIOD).score() == PlainEngine(rules, facts, PERIOD).score()


def said(score: NodeScore) -> str | Fraction:
    return score.outcome.title if score.value is None else Fraction(score.value)


def expected(text: str) -> str | Fraction:
    number = ratio_from_text(text)
    return text if number is None else number


@pytest.mark.parametrize("formula", REFUSED)
def test_what_the_page_refuses_is_refused_at_its_place(formula: str) -> None:
    _, findings = loaded([formula])
    told = [issue for issue in findings.issues if issue.place.file == "indicators/000.yaml"]
    assert told
    assert all(issue.place.line == 6 and issue.place.column for issue in told)


def test_the_page_has_its_tables() -> None:
    assert len(ROWS) > 70
    assert len(REFUSED) > 5
