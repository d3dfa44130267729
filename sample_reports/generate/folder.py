"""The folder of the sample year: a workbook for each report, the manifest, and the tables of facts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sample_reports.generate.manifest import arrivals, manifest_text
from sample_reports.generate.regions import regions_of
from sample_reports.generate.returned import faulty_percent, first_version
from sample_reports.generate.tables import system_facts, table_text
from sample_reports.generate.workbooks import report_of
from sample_reports.generate.year import ledger_of, reported_facts, year_of
from scoring.codes import UnitCode
from scoring.facts import Fact
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

FACTS = "facts.csv"
OTHERS = "other-providers.csv"
MANIFEST = "manifest.yaml"


def write_year(folder: Path, rules: RuleSet) -> None:
    """Write the whole folder; files that are not of it are left alone."""
    write_workbooks(folder, rules, tuple(rules.units))
    for name, text in tables_of(rules).items():
        (folder / name).write_text(text, encoding="utf-8")


def write_workbooks(folder: Path, rules: RuleSet, units: Collection[UnitCode]) -> None:
    """Write the workbooks of these units."""
    ledgers = {each.code: ledger_of(each, rules) for each in regions_of(rules) if each.code in units}
    for each in arrivals(rules):
        if each.unit not in ledgers:
            continue
        ledger, returned = ledgers[each.unit], each.outcome == "returned"
        content = first_version(ledger, rules) if returned else report_of(ledger, rules, each.quarter)
        path = folder / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def tables_of(rules: RuleSet) -> dict[str, str]:
    """The text files of the folder by name."""
    facts = list(reported_facts(rules))
    others = [fact for fact in facts if not _is_in_a_workbook(fact, rules)]
    return {
        MANIFEST: manifest_text(rules),
        OTHERS: table_text(others, rules),
        FACTS: table_text([*facts, *system_facts(rules, faulty_percent(rules))], rules),
    }


def _is_in_a_workbook(fact: Fact, rules: RuleSet) -> bool:
    """Whether a region hands the figure in; those of the year before come from the archive."""
    own = rules.elements[fact.series.element].provider is Provider.REGION
    return own and year_of(fact.series.period) == rules.year
