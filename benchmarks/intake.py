"""How long a clerk waits: upload to full answer, 32 at once, the annotated workbook; beside plain readers.

`python -m benchmarks.intake`. A real server over a new SQLite file; the first region's first three quarters
are reported and accepted before. The workbook has 12 forms and some 500 figures: the national forms of the
fourth quarter, with more elements broken down by agency line. First one client against a server held to one
core, then 32 regions at the same moment on all cores. The peers read the same bytes and check nothing.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import httpx
import openpyxl
import pandas as pd

from app.settings import Settings
from app.wiring import open_house
from benchmarks.timing import print_table
from intake.fields import due_forms, fields_of
from intake.template import write_template
from models.migrate import upgrade
from scoring.codes import UnitCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Provider
from scoring.rulebook.rules import RuleSet
from services.people import add_person
from services.policy import Role

ROOT = Path(__file__).resolve().parents[1]
QUARTER = Period(2021, 4, yearly=False)
FIGURES = 500
UPLOADS, WARM_UP, FAULTS = 60, 3, 200
_OTHER_FIGURES = {"E105": 50, "E102": 400, "E903": 1, "ED02": 9}
_ELEMENT = re.compile(r"(  - code: (?:E[2-9A]\w+)\n(?:    [^\n]*\n)*?    type: integer\n)(?!    breakdown)")


@dataclass(frozen=True)
class Service:
    """A server under measurement: where it is, its rules, and a key for every region."""

    address: str
    process: subprocess.Popen[bytes]
    rules: RuleSet
    keys: Mapping[UnitCode | Role, str]

    def upload(
        self, client: httpx.Client, unit: UnitCode, content: bytes, quarter: int = QUARTER.quarter
    ) -> httpx.Response:
        """One upload of one region."""
        words = {"unit": unit, "period": f"2021Q{quarter}"}
        files = {"file": ("报表.xlsx", content)}
        return client.post(
            f"{self.address}/api/v1/reports", headers=self.signed_in(unit), data=words, files=files
        )

    def signed_in(self, who: UnitCode | Role) -> dict[str, str]:
        """The head that carries a key."""
        return {"authorization": f"Bearer {self.keys[who]}"}


def main() -> None:
    """Prints the tables."""
    with service() as running:
        units = list(running.rules.units)
        books = {unit: workbook(running.rules, unit, QUARTER.quarter) for unit in units}
        numbers = range(1, UPLOADS + WARM_UP + 1)
        versions = [workbook(running.rules, units[0], QUARTER.quarter, number) for number in numbers]
        report_before(running, units[0])
        told(running.rules, books[units[0]])
        hold_to(running.process.pid, {0})
        one_by_one(running, units[0], versions)
        marked(running, units[0])
        hold_to(running.process.pid, set(range(os.cpu_count() or 1)))
        all_at_once(running, books)
    peers(books[units[0]])


def report_before(running: Service, unit: UnitCode) -> None:
    """Reports, explains and accepts the quarters before."""
    with httpx.Client(timeout=60) as client:
        for quarter in range(1, QUARTER.quarter):
            answer = running.upload(client, unit, workbook(running.rules, unit, quarter), quarter).json()
            if answer["findings"]["to_correct"]:
                raise RuntimeError([issue["zh"] for issue in answer["findings"]["issues"]])
            report = f"{running.address}/api/v1/reports/{answer['receipt']['report']}"
            said = [
                {"key": issue["key"], "reason": "confirmed", "text": "已与台账核对无误"}
                for issue in answer["findings"]["issues"]
            ]
            if said:
                body = {"explanations": said}
                client.post(f"{report}/explanations", headers=running.signed_in(unit), json=body)
            client.post(
                f"{report}/accept", headers=running.signed_in(Role.OFFICE_OPERATOR)
            ).raise_for_status()


def told(rules: RuleSet, content: bytes) -> None:
    """Says what the workbook is."""
    forms = due_forms(rules, Provider.REGION, QUARTER)
    figures = sum(not field.is_total for field in fields_of(forms, QUARTER))
    print(f"{len(forms)} forms, {figures} figures, {len(content) / 1024:.0f} KiB")


def one_by_one(running: Service, unit: UnitCode, versions: list[bytes]) -> None:
    """One client, each upload another version of its report; the first three do not count."""
    taken, cpu = [], 0.0
    with httpx.Client(timeout=60) as client:
        for number, content in enumerate(versions):
            if number == WARM_UP:
                cpu = cpu_seconds(running.process.pid)
            started = time.perf_counter()
            answer = running.upload(client, unit, content)
            taken.append(time.perf_counter() - started)
            if answer.status_code != 201 or answer.json()["findings"]["to_correct"]:
                raise RuntimeError(answer.text)
    counted = taken[WARM_UP:]
    each = (cpu_seconds(running.process.pid) - cpu) / len(counted)
    cuts = statistics.quantiles(counted, n=20)
    figures = (f"{1000 * seconds:.0f}" for seconds in (cuts[9], cuts[18], each))
    print_table(("", "p50 ms", "p95 ms", "CPU ms each"), [(f"{len(counted)} uploads, one core", *figures)])


def marked(running: Service, unit: UnitCode) -> None:
    """The annotated workbook of a kept report with many faults, asked for again and again."""
    content = workbook(running.rules, unit, QUARTER.quarter, faults=FAULTS)
    with httpx.Client(timeout=60) as client:
        answer = running.upload(client, unit, content).json()
        found = answer["findings"]["to_correct"]
        path = f"{running.address}/api/v1/reports/{answer['receipt']['report']}/annotated.xlsx"

        def ask() -> None:
            client.get(path, headers=running.signed_in(unit)).raise_for_status()

        rows = [(f"{found} hard issues, one core", f"{1000 * median_wall(ask, 30):.0f}")]
    print_table(("annotated workbook", "p50 ms"), rows)


def all_at_once(running: Service, books: Mapping[UnitCode, bytes]) -> None:
    """Every region in the same moment."""

    def send(unit: UnitCode) -> tuple[int, float]:
        with httpx.Client(timeout=60) as client:
            answer = running.upload(client, unit, books[unit])
            return answer.status_code, time.perf_counter() - started

    with ThreadPoolExecutor(len(books)) as threads:
        started = time.perf_counter()
        answers = list(threads.map(send, books))
    kept = sum(status in (200, 201) for status, _ in answers)
    times = sorted(taken for _, taken in answers)
    rows = [(f"{len(books)} at once", str(kept), f"{times[len(times) // 2]:.2f}", f"{times[-1]:.2f}")]
    print_table(("", "kept", "median s", "last s"), rows)


def peers(content: bytes) -> None:
    """What reading alone costs elsewhere, in this process."""
    rows = [
        (name, f"{1000 * median_wall(function):.0f}")
        for name, function in (
            ("openpyxl, every cell", lambda: cells_by_openpyxl(content)),
            ("pandas.read_excel, every sheet", lambda: pandas_frames(content)),
        )
    ]
    print_table(("the same bytes, read and not checked", "ms"), rows)


def pandas_frames(content: bytes) -> int:
    """Counts the sheets that became frames."""
    return len(pd.read_excel(io.BytesIO(content), sheet_name=None, engine="openpyxl"))


def cells_by_openpyxl(content: bytes) -> int:
    """Counts the cells with a value."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)


def median_wall(function: Callable[[], object], repeats: int = 9) -> float:
    """The median of wall-clock seconds, after one call that does not count."""
    function()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        function()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def workbook(rules: RuleSet, unit: UnitCode, quarter: int, version: int = 0, faults: int = 0) -> bytes:
    """A filled-in workbook of small figures that agree; each version has one other figure.

    faults: so many figures are negative instead.
    """
    period = Period(2021, quarter, yearly=False)
    forms = due_forms(rules, Provider.REGION, period)
    filled: dict[Series, Amount | Standing] = {
        field.series: figure(field.element, quarter)
        for field in fields_of(forms, period)
        if not field.is_total
    }
    workers = next(series for series in filled if series.element == "E101")
    filled[workers] = Fraction(400 + version)
    for series in list(filled)[:faults]:
        filled[series] = Fraction(-1)
    return write_template(rules, forms, unit, period, Provider.REGION, filled=filled)


def figure(element: Element, quarter: int) -> Fraction:
    """Much the same everywhere, a little more each quarter, so that no relation is broken."""
    if element.type is ElementType.DATE:
        return Fraction(date(2021, 6, 30).toordinal())
    return Fraction(_OTHER_FIGURES.get(element.code, 20 + quarter))


@contextmanager
def service() -> Iterator[Service]:
    """A server over a new database and widened rules, taken down at the end."""
    with tempfile.TemporaryDirectory() as folder:
        rules_dir = widened_rules(Path(folder))
        settings = Settings(database_url=f"sqlite:///{folder}/kaohe.db", rules_dir=rules_dir)
        upgrade(settings.database_url)
        house = open_house(settings)
        rules = house.context.library.current(QUARTER.year)
        keys: dict[UnitCode | Role, str] = {
            unit: add_person(house.context, name=str(unit), roles=frozenset({Role.REGION_FILLER}), unit=unit)
            for unit in rules.units
        }
        keys[Role.OFFICE_OPERATOR] = add_person(
            house.context, name="双打办", roles=frozenset({Role.OFFICE_OPERATOR})
        )
        house.close()
        environment = {
            **os.environ,
            "KAOHE_DATABASE_URL": settings.database_url,
            "KAOHE_RULES_DIR": str(rules_dir),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
        )
        try:
            yield Service(address_of(process), process, rules.in_force(QUARTER), keys)
        finally:
            process.terminate()
            process.wait()


def widened_rules(folder: Path) -> Path:
    """The national rules of the year with more elements broken down, until there are enough figures."""
    copy = folder / "rules" / "national" / "2021"
    shutil.copytree(ROOT / "rules" / "national" / "2021", copy)
    missing = FIGURES - 205
    for form in sorted((copy / "forms").glob("F*.yaml")):
        text = form.read_text(encoding="utf-8")
        more = min(len(_ELEMENT.findall(text)), max(0, -(-missing // 7)))
        form.write_text(
            _ELEMENT.sub(r"\1    breakdown: lines\n", text, count=more) if more else text, encoding="utf-8"
        )
        missing -= 7 * more
    return folder / "rules"


def address_of(process: subprocess.Popen[bytes]) -> str:
    """What the server says it listens on."""
    if process.stderr is None:
        raise RuntimeError("the server's words are not heard")
    for line in process.stderr:
        found = re.search(rb"http://\S+", line)
        if found:
            return found[0].decode()
    raise RuntimeError("the server did not start")


def cpu_seconds(process: int) -> float:
    """The CPU time of a process, of its children, and of those that have ended."""
    ticks = 0
    for each in (str(process), *descendants(process)):
        stat = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += sum(int(stat[place]) for place in (11, 12, 13, 14))
    return ticks / os.sysconf("SC_CLK_TCK")


def hold_to(process: int, cores: set[int]) -> None:
    """Holds a process and its children to these cores."""
    tree = [process, *(int(each) for each in descendants(process))]
    for each in tree:
        os.sched_setaffinity(each, cores)


def descendants(process: int) -> Iterator[str]:
    """The numbers of all processes below one."""
    for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
        yield child
        yield from descendants(int(child))


if __name__ == "__main__":
    main()
