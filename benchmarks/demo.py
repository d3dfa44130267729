"""Where the time of the demo goes: 126 workbooks read, checked, kept, reviewed; five periods scored, ranked.

`python -m benchmarks.demo`. First every step by itself, one workbook after the other in one process; then
loading as the demo does it, quarter by quarter on all cores. Wall clock, and CPU of this process and of the
processes that it started. The database is a new SQLite file each time.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pandera.pandas  # noqa: F401 - its import, some seconds, is no part of any step
import yaml

from benchmarks.timing import print_table
from intake.child import WorkbookReader
from models.migrate import upgrade
from models.unit_of_work import Database
from scoring.codes import UnitCode
from services.context import Context
from services.policy import Actor, Role
from services.review import accept_report, return_report
from services.rule_library import RuleLibrary
from services.runs import ranking
from services.sample_year import OFFICE, RETURN_REASON, load_sample_year
from services.score import score_period
from services.submit import keep_upload, read_upload
from services.submit_table import submit_table

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_reports" / "2021"
PERIODS = ("2021Q1", "2021Q2", "2021Q3", "2021Q4", "2021")
AFTERWARDS = datetime.fromisoformat("2022-02-01T09:00:00+08:00")


@dataclass
class Clocks:
    """Seconds by step: wall clock and CPU of this process."""

    wall: dict[str, float] = field(default_factory=dict)
    own: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Adds what happens within to the step."""
        wall, own = time.perf_counter(), time.process_time()
        yield
        self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall
        self.own[name] = self.own.get(name, 0.0) + time.process_time() - own

    def take(self, part: str, whole: str) -> None:
        """Takes the time of a step that happened within another one out of that."""
        self.wall[whole] -= self.wall[part]
        self.own[whole] -= self.own[part]


READ, CHECK, KEEP = "read the workbook (child process)", "types and checks", "keep and review"
TABLE, SCORE, RANK = (
    "other providers' table",
    "score five periods by both engines, keep",
    "rankings asked for",
)


def main() -> None:
    """Prints the tables."""
    manifest = yaml.load((SAMPLES / "manifest.yaml").read_bytes(), yaml.CBaseLoader)["files"]  # noqa: S506 - texts only
    manifest.sort(key=lambda each: (each["received_at"], each["file"]))
    clocks = Clocks()
    before = children_seconds()
    with new_context() as context, WorkbookReader(1) as reader:
        one_by_one(context, reader, manifest, clocks)
    of_readers = children_seconds() - before
    before = children_seconds()
    with new_context() as context, clocks.step("all cores"):
        load_sample_year(context, folder=SAMPLES, year=2021, progress=lambda *_: None)
    of_loaders = children_seconds() - before
    print(f"{len(manifest)} workbooks, {os.cpu_count()} cores. Seconds.\n")
    steps = (TABLE, READ, CHECK, KEEP, SCORE, RANK)
    whole = sum(clocks.wall[name] for name in steps)
    rows = [row(name, clocks, of_readers if name == READ else 0.0, whole) for name in steps]
    print_table(("one after the other", "wall", "CPU here", "CPU of children", "share of wall"), rows)
    alone = sum(clocks.wall[name] for name in (TABLE, READ, CHECK, KEEP))
    together = clocks.wall["all cores"]
    print(f"\nloading on all cores: {together:.1f} wall, {clocks.own['all cores']:.1f} CPU here,")
    print(f"{of_loaders:.1f} CPU of children; one after the other {alone:.1f} wall, {alone / together:.2f} x")


@contextmanager
def new_context() -> Iterator[Context]:
    """An office with an empty database and its rules read."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/benchmark.db"
        upgrade(url)
        database = Database(url)
        library = RuleLibrary(ROOT / "rules")
        library.current(2021)
        yield Context(
            write=database.writing, read=database.reading, library=library, clock=lambda: AFTERWARDS
        )
        database.close()


def one_by_one(
    context: Context, reader: WorkbookReader, manifest: list[Mapping[str, str]], clocks: Clocks
) -> None:
    """Every step by itself."""
    with clocks.step(TABLE):
        table = SAMPLES / "other-providers.csv"
        submit_table(context, actor=OFFICE, year=2021, content=table.read_bytes(), file_name=table.name)
    for each in manifest:
        hand_in(context, reader, each, clocks)
    clocks.take(READ, CHECK)
    with clocks.step(SCORE):
        runs = [score_period(context, actor=OFFICE, period=period) for period in PERIODS]
    with clocks.step(RANK):
        for run in runs:
            ranking(context, actor=OFFICE, run=run.id)


def hand_in(context: Context, reader: WorkbookReader, each: Mapping[str, str], clocks: Clocks) -> None:
    """One workbook read, checked, kept and reviewed, at the time that the manifest says."""

    def read(content: bytes):  # type: ignore[no-untyped-def]
        with clocks.step(READ):
            return reader.read(content)

    arrived = datetime.fromisoformat(each["received_at"])
    then = replace(context, clock=lambda: arrived, reader=read)
    unit, path = UnitCode(each["unit"]), SAMPLES / each["file"]
    content = path.read_bytes()
    with clocks.step(CHECK):
        found = read_upload(then, unit=unit, period=each["period"], content=content)
    with clocks.step(KEEP):
        clerk = Actor(id=f"clerk-{unit}", name=unit, roles=frozenset({Role.REGION_FILLER}), unit=unit)
        kept = keep_upload(then, actor=clerk, read=found, content=content, file_name=path.name).receipt
        if each.get("outcome") != "returned":
            accept_report(then, actor=OFFICE, report=kept.report)
        elif kept.state != "returned":
            return_report(then, actor=OFFICE, report=kept.report, reason=RETURN_REASON)


def children_seconds() -> float:
    """CPU of all processes started from here that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(name: str, clocks: Clocks, children: float, whole: float) -> tuple[str, ...]:
    """One line of the table."""
    wall = clocks.wall[name]
    share = f"{100 * wall / whole:.0f} %"
    return name, f"{wall:.2f}", f"{clocks.own[name]:.2f}", f"{children:.2f}" if children else "", share


if __name__ == "__main__":
    main()
