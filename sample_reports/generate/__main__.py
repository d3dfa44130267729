"""Writes all samples: `python -m sample_reports.generate [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sample_reports.generate.defects import write_defects
from sample_reports.generate.folder import write_year
from sample_reports.generate.province import write_province
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet

_ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> None:
    """Write all of them below the given folder, or over the samples of the repository."""
    folder = Path(arguments[0]) if arguments else _ROOT / "sample_reports"
    rules = _rules("national/2021")
    write_year(folder / "2021", rules)
    write_defects(folder / "defective", rules)
    write_province(folder / "province", _rules("province/guangdong-2021"))


def _rules(folder: str) -> RuleSet:
    rules, issues = read_rule_set(_ROOT / "rules" / folder)
    if rules is None:
        raise SystemExit("\n".join(map(str, issues)))
    return rules


if __name__ == "__main__":
    main(sys.argv[1:])
