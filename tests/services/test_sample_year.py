"""Loading a year of samples: in order of arrival, reviewed as the manifest says, and never twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pandera.pandas  # noqa: F401 - here once, so that forked readers need not load it each for themselves
import pytest

from models.records import ReportState
from services import sample_year
from services.errors import NotFound, Rejected
from services.people import actor_of_key
from services.policy import OF_A_REGION
from services.sample_year import DEMO_KEYS, RETURN_REASON, add_demo_people, load_sample_year
from services.submit import PROVIDER
from tests.support.office import BEIJING, ROOT, TIANJIN, Office, number, series

MANIFEST = """\
files:
  - {file: 110000/2021Q1.xlsx, unit: "110000", period: 2021Q1, received_at: "2021-04-09T10:00:00+08:00"}
  - {file: 120000/2021Q1.xlsx, unit: "120000", period: 2021Q1, received_at: "2021-04-08T10:00:00+08:00",
     outcome: returned}
"""


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """Two workbooks of a quarter, the one of 天津 to be returned, and a table of the office."""
    samples = tmp_path / "samples"
    for unit in (BEIJING, TIANJIN):
        (samples / unit).mkdir(parents=True)
        (samples / unit / "2021Q1.xlsx").write_bytes(office.workbook(unit, 1))
    (samples / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    (samples / "other-providers.csv").write_text(
        "unit,period,element,value\n110000,2021,AB1,1\n", encoding="utf-8"
    )
    return samples


def load(office: Office, folder: Path) -> int:
    return load_sample_year(office.context, folder=folder, year=2021, progress=lambda *_: None)


def reports(office: Office) -> dict[str, tuple[int, ReportState, str]]:
    with office.context.read() as work:
        found = work.reports.list(unit=None, provider=PROVIDER)
        return {report.unit: (report.version, report.state, report.reason) for report in found}


def acts(office: Office) -> list[tuple[str, str]]:
    with office.context.read() as work:
        return [(entry.act, entry.actor) for entry in work.log.entries()]


def test_every_report_arrives_and_is_reviewed_as_the_manifest_says(office: Office, folder: Path) -> None:
    assert load(office, folder) == 2
    assert reports(office) == {
        BEIJING: (1, ReportState.ACCEPTED, ""),
        TIANJIN: (1, ReportState.RETURNED, RETURN_REASON),
    }
    assert acts(office)[2:] == [
        ("submit_report", "demo-120000"),
        ("return_report", "demo-office"),
        ("submit_report", "demo-110000"),
        ("accept_report", "demo-office"),
    ]


def test_loading_again_adds_nothing(office: Office, folder: Path) -> None:
    load(office, folder)
    before = acts(office)
    assert load(office, folder) == 2
    assert acts(office) == before


def test_what_was_cut_off_before_the_review_is_reviewed_the_next_time(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sample_year, "accept_report", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load(office, folder)
    assert reports(office)[BEIJING][1] is ReportState.SUBMITTED
    assert load(office, folder) == 2
    assert reports(office)[BEIJING] == (1, ReportState.ACCEPTED, "")


def test_a_report_with_hard_issues_returns_by_itself(office: Office, folder: Path) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    (folder / BEIJING / "2021Q1.xlsx").write_bytes(office.workbook(BEIJING, 1, faulty))
    load(office, folder)
    assert reports(office)[BEIJING] == (1, ReportState.RETURNED, "")
    assert ("accept_report", "demo-office") not in acts(office)


@pytest.mark.parametrize("name", ["manifest.yaml", "other-providers.csv"])
def test_a_folder_that_lacks_a_file_is_no_sample_year(office: Office, folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(NotFound):
        load(office, folder)
    assert acts(office) == []


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param("files: [", id="no YAML"),
        pytest.param("files: 两份", id="no list"),
        pytest.param(MANIFEST.replace('"2021-04-09T10:00:00+08:00"', "去年"), id="no time"),
        pytest.param(MANIFEST.replace("10:00:00+08:00", "10:00:00"), id="a time without a zone"),
        pytest.param(MANIFEST.replace("period: 2021Q1, ", ""), id="no period"),
    ],
)
def test_a_manifest_with_mistakes_is_refused_before_anything_is_kept(
    office: Office, folder: Path, manifest: str
) -> None:
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        load(office, folder)
    assert {issue.place.file for issue in refused.value.issues} == {"manifest.yaml"}
    assert acts(office) == []


def test_an_empty_manifest_loads_nothing_but_the_table(office: Office, folder: Path) -> None:
    (folder / "manifest.yaml").write_text("files: []\n", encoding="utf-8")
    assert load(office, folder) == 0
    assert [act for act, _ in acts(office)] == ["keep_rule_set", "submit_table"]


def test_the_people_of_the_demo_are_added_once_and_only_to_an_empty_house(office: Office) -> None:
    add_demo_people(office.context)
    add_demo_people(office.context)
    assert len(acts(office)) == len(DEMO_KEYS)
    for role, key in DEMO_KEYS.items():
        actor = actor_of_key(office.context, secret=key)
        assert (actor.roles, actor.unit) == (frozenset({role}), "440000" if role in OF_A_REGION else None)


KILLED_WHILE_READING = """
import os, signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from services.sample_year import _remember
with ProcessPoolExecutor(1, get_context("fork"), _remember, (None, os.getpid())) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_readers_end_when_the_loading_is_killed() -> None:
    # Ends only when nobody holds the other end of its output any more.
    done = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_READING],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        timeout=30,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    _wait_for_the_end_of(int(done.stdout))


def _wait_for_the_end_of(process: int) -> None:
    """Its output is closed a moment before it has ended; an orphan may stay listed when it has."""
    status = Path(f"/proc/{process}/stat")
    for _ in range(200):
        if not status.exists() or status.read_text(encoding="ascii").rpartition(")")[2].split()[0] in "ZX":
            return
        time.sleep(0.05)
    pytest.fail(f"process {process} still runs")
