"""How long the rule set of 2021 takes to load: its 57 indicators, forms, units, plan, all checked.

`python -m benchmarks.rulebook`. Target: 150 ms of CPU. Beside it what PyYAML's own C loader takes to make
plain lists and mappings of the same files, without looking at what they say.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.timing import MILLISECOND, median_cpu, print_table, ratio
from scoring.rulebook.files import read_rule_set, rule_files

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "rules" / "national" / "2021"
TARGET_MS = 150
FRESH_PROCESSES = 7
_FRESH = """
import json, sys, time
started = time.process_time()
from pathlib import Path
{imports}
imported = time.process_time()
{work}
print(json.dumps([imported - started, time.process_time() - imported]))
"""
_OURS = ("from scoring.rulebook.files import read_rule_set", "read_rule_set(Path(sys.argv[1]))")
_PLAIN = (
    "import yaml",
    "[yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in Path(sys.argv[1]).rglob('*.yaml')]",
)


def main() -> None:
    """Prints the table."""
    rules, issues = read_rule_set(FOLDER)
    if rules is None or issues:
        raise SystemExit("the rule set does not load")
    ours, plain = median_cpu(lambda: read_rule_set(FOLDER)), median_cpu(load_plainly)
    fresh, fresh_plain = fresh_process(*_OURS), fresh_process(*_PLAIN)
    files = [content for name, content in rule_files(FOLDER).items() if name.endswith(".yaml")]
    print(f"{len(rules.indicators)} indicators, {len(rules.elements)} elements, {len(rules.units)} units;")
    print(f"{len(files)} files, {sum(map(len, files)):,} bytes. CPU time, medians.\n")
    print_table(
        ("", "load and check, ms", "CSafeLoader, ms", "ratio"),
        [
            row("at work", ours, plain),
            row("fresh process: imports", fresh[0], fresh_plain[0]),
            row("fresh process: loading", fresh[1], fresh_plain[1]),
        ],
    )
    print(f"\ntarget {TARGET_MS} ms: {'met' if max(ours, fresh[1]) <= TARGET_MS * MILLISECOND else 'MISSED'}")


def load_plainly() -> list[object]:
    """Every file as PyYAML's C loader has it."""
    return [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(FOLDER.rglob("*.yaml"))]


def fresh_process(imports: str, work: str) -> tuple[float, float]:
    """Seconds of CPU for the imports and for the work after them, in processes that have done neither."""
    program = _FRESH.format(imports=imports, work=work)
    taken = []
    for _ in range(FRESH_PROCESSES):
        done = subprocess.run(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", program, str(FOLDER)], cwd=ROOT, capture_output=True, check=True, text=True
        )
        taken.append(json.loads(done.stdout))
    imported, worked = zip(*taken, strict=True)
    return statistics.median(imported), statistics.median(worked)


def row(name: str, ours: float, plain: float) -> tuple[str, str, str, str]:
    """One line of the table."""
    return name, f"{ours / MILLISECOND:.1f}", f"{plain / MILLISECOND:.1f}", ratio(ours, plain)


if __name__ == "__main__":
    main()
