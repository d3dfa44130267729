"""All hostile files: `python -m tests.support.hostile OUTDIR` writes them with the code that each must get.

OUTDIR/manifest.csv has a line for each file: its name, its kind, the code of the issue that must answer it,
and what is wrong with it. With `--measure` each is also read as an upload is, and what every kind took is
printed as a table.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.hostile_ambiguous import AMBIGUOUS
from tests.support.hostile_containers import CONTAINERS, Case
from tests.support.hostile_formats import BIFF, TEXTS
from tests.support.hostile_renamed import BOMBS, RENAMED
from tests.support.hostile_xlsx import CELLS, FORBIDDEN, MARKUP, TABS
from tests.support.measured_reading import Measured, measure

KINDS: Mapping[str, tuple[str, Mapping[str, Case]]] = {
    "containers": ("xlsx", CONTAINERS),
    "forbidden": ("xlsx", FORBIDDEN),
    "markup": ("xlsx", MARKUP),
    "cells": ("xlsx", CELLS),
    "tabs": ("xlsx", TABS),
    "ambiguous": ("xlsx", AMBIGUOUS),
    "biff": ("xls", BIFF),
    "texts": ("csv", TEXTS),
    "renamed": ("xlsx", RENAMED),
    "bombs": ("xlsx", BOMBS),
}
"""Kind -> the suffix that such files are given here, and its files by what is wrong with them."""

HOSTILE: Mapping[str, Case] = {
    f"{kind}: {what}": case for kind, (_, cases) in KINDS.items() for what, case in cases.items()
}
MOST_SECONDS, MOST_MIB = 5.0, 300 * 10**6 / 2**20


def write_all(folder: Path) -> dict[Path, tuple[str, str]]:
    """Write every file and the manifest; the files in order, with the kind and the code of each."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as manifest:
        lines = csv.writer(manifest)
        lines.writerow(("file", "kind", "code", "what"))
        for kind, (suffix, cases) in KINDS.items():
            for number, (what, (build, code)) in enumerate(cases.items(), 1):
                file = folder / f"{kind}-{number:03}.{suffix}"
                file.write_bytes(build())
                lines.writerow((file.name, kind, code, what))
                written[file] = (kind, code)
    return written


def main(arguments: list[str]) -> int:
    """Write them, and measure them where that is asked for; 1 when one did not get its code."""
    measuring = "--measure" in arguments
    folders = [each for each in arguments if not each.startswith("-")]
    if len(folders) != 1:
        _say(str(__doc__))
        return 2
    written = write_all(Path(folders[0]))
    _say(f"{len(written)} files in {folders[0]}")
    return _tell(written) if measuring else 0


def _tell(written: Mapping[Path, tuple[str, str]]) -> int:
    found: dict[str, list[Measured]] = {}
    failed = 0
    for (file, (kind, code)), taken in zip(written.items(), measure(written), strict=True):
        found.setdefault(kind, []).append(taken)
        within = taken.seconds <= MOST_SECONDS and taken.memory_mib <= MOST_MIB
        if taken.codes != (code,) or not within:
            failed += 1
            _say(f"{file.name}: {code} expected, {taken}")
    _say(f"{'kind':<12}{'files':>6}{'slowest s':>11}{'most CPU s':>12}{'most MiB':>10}")
    for kind, all_taken in found.items():
        figures = (
            max(each.seconds for each in all_taken),
            max(each.processor_seconds for each in all_taken),
            max(each.memory_mib for each in all_taken),
        )
        _say(f"{kind:<12}{len(all_taken):>6}{figures[0]:>11.2f}{figures[1]:>12.2f}{figures[2]:>10.0f}")
    return min(failed, 1)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
