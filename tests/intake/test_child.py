"""Reading in a child: every hostile file within the bounds, and every way a child can fail has an answer."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import intake.child
import intake.workbook
from intake.child import ReaderUnavailable, WorkbookReader
from intake.limits import MIB, Limits
from intake.strict_xlsx import parse_xlsx
from intake.workbook import read_workbook
from scoring.errors import Severity
from tests.support.hostile_xlsx import CELLS
from tests.support.xlsx import Part, make_xlsx, one_cell, pack, plain_parts, sheet_xml, xlsx_parts

GOOD = make_xlsx(one_cell('<c r="A1"><v>1.5</v></c><c r="B1" t="str"><f>A1</f><v>甲</v></c>'))
HONEST = (parse_xlsx(GOOD)[0], ())
# A busy machine must not turn a verdict into "took too long"; memory is bounded as always.
UNHURRIED = Limits(seconds=60, cpu_seconds=60)
FAKE_CHILD = "import os, time; os.write(0, b'ready'); os.read(0, 10**6); "


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader(processes=1) as reader:
        yield reader


def heavy() -> bytes:
    """More work than a second of time, when nothing but time limits it."""
    return CELLS["800001 elements, nearly all bordered blanks"][0]()


def nursery_process(reader: WorkbookReader) -> int:
    process = reader._nurseries[0]._process
    assert process is not None
    return process.pid


def test_a_refusal_in_the_child_is_an_issue(reader: WorkbookReader) -> None:
    workbook, issues = reader.read(b"PK\x03\x04")
    assert workbook is None
    assert [(issue.code, issue.severity) for issue in issues] == [("truncated-zip", Severity.HARD)]


def test_a_workbook_comes_back_as_it_was_read(reader: WorkbookReader) -> None:
    assert reader.read(GOOD) == HONEST
    assert read_workbook(GOOD) == HONEST


def test_an_issue_says_sheet_cell_and_the_value_as_read(reader: WorkbookReader) -> None:
    _, (issue,) = reader.read(make_xlsx(one_cell('<c r="C7"><v>约12</v></c>', row=7)))
    assert (issue.place.sheet, issue.place.cell, issue.found) == ("表1", "C7", "约12")
    assert "约12" in issue.zh


def test_many_files_come_back_in_their_order() -> None:
    contents = [make_xlsx(one_cell(f'<c r="A1"><v>{number}</v></c>')) for number in range(30)]
    with WorkbookReader(processes=2) as pool:
        readings = list(pool.read_many(contents))
    texts = [workbook.sheets[0].cells["A1"].text for workbook, _ in readings if workbook]
    assert texts == [str(number) for number in range(30)]


def test_threads_share_one_reader() -> None:
    found: list[object] = []

    def read(pool: WorkbookReader) -> None:
        found.extend(pool.read(GOOD) == HONEST for _ in range(5))

    with WorkbookReader(processes=2) as pool:
        threads = [threading.Thread(target=read, args=(pool,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [True] * 40


def test_a_file_too_large_is_not_even_sent(reader: WorkbookReader) -> None:
    _, (issue,) = reader.read(bytes(10), Limits(file_bytes=9))
    assert issue.code == "file-too-large"


# ---- bounds ----


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(seconds=0.2), "reading-took-too-long"),
        (Limits(cpu_seconds=1, seconds=60, elements=10**9), "reading-took-too-long"),
        (Limits(memory_bytes=24 * MIB), "reading-needs-too-much-memory"),
        (Limits(answer_bytes=3), "reading-failed"),
    ],
    ids=["wall clock", "processor", "memory", "answer"],
)
def test_a_reading_beyond_a_bound_is_stopped_and_the_next_one_works(limits: Limits, code: str) -> None:
    content = GOOD if limits.answer_bytes == 3 else heavy()
    with WorkbookReader(processes=1) as pool:
        begun = time.monotonic()
        workbook, (issue,) = pool.read(content, limits)
        assert (workbook, issue.code) == (None, code)
        assert time.monotonic() - begun < 20
        assert pool.read(GOOD) == HONEST


def test_after_a_breach_no_process_is_left() -> None:
    with WorkbookReader(processes=1) as pool:
        pool.read(GOOD)
        nursery = nursery_process(pool)
        pool.read(heavy(), Limits(seconds=0.2))
        assert members_of_group(nursery) == []
        pool.read(GOOD)
        nursery = nursery_process(pool)
    assert members_of_group(nursery) == []


def members_of_group(group: int) -> list[int]:
    """The processes of a process group, dead ones that nobody buried included."""
    members = []
    for home in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (home / "stat").read_text().rpartition(")")[2].split()
            members += [int(home.name)] if int(fields[2]) == group else []
    return members


def test_the_children_end_when_the_parent_is_killed() -> None:
    program = (
        "import os, signal, sys\n"
        "from intake.child import WorkbookReader\n"
        "reader = WorkbookReader(1)\n"
        "reader.read(b'')\n"
        "print(reader._nurseries[0]._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(intake.child.__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    group = int(run.stdout)
    deadline = time.monotonic() + 10
    while members_of_group(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members_of_group(group) == []


def test_the_child_has_no_secrets_and_no_open_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAOHE_SECRET", "geheim")
    with (tmp_path / "open.txt").open("w") as file, WorkbookReader(processes=1) as pool:
        os.set_inheritable(file.fileno(), True)
        pool.read(GOOD)
        home = Path("/proc") / str(nursery_process(pool))
        assert b"geheim" not in (home / "environ").read_bytes()
        targets = [str(link.readlink()) for link in (home / "fd").iterdir()]
    assert len([target for target in targets if target.startswith("socket:")]) == 1
    assert {target for target in targets if not target.startswith("socket:")} == {"/dev/null"}


def test_the_child_can_open_nothing_once_it_has_the_file() -> None:
    program = (
        "import os, sys; sys.path.append(sys.argv[1])\n"
        "from intake import worker\n"
        "from intake.limits import Limits\n"
        "worker._confine(Limits())\n"
        "for act in (lambda: open('/etc/hostname'), lambda: __import__('socket').socket()):\n"
        "    try: act()\n"
        "    except (OSError, ImportError): continue\n"
        "    os._exit(1)\n"
        "os._exit(0)\n"
    )
    root = str(Path(intake.child.__file__).parents[1])
    assert subprocess.run([sys.executable, "-I", "-S", "-c", program, root], check=False).returncode == 0


def test_the_child_imports_only_the_standard_library_and_the_reader() -> None:
    program = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "import intake.worker\n"
        "ours = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(ours - {'__main__'}))\n"
    )
    root = str(Path(intake.child.__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, root], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "['intake']"


# ---- children that misbehave ----


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("os._exit(9)", "reading-crashed"),
        ("os.kill(os.getpid(), 11)", "reading-crashed"),
        ("os._exit(128 + 24)", "reading-took-too-long"),
        ("time.sleep(600)", "reading-took-too-long"),
        ("os.write(0, bytes([255] * 4)); time.sleep(600)", "reading-failed"),
        ("os.write(0, bytes([0, 0, 0, 2]) + b'{]'); time.sleep(600)", "reading-failed"),
        ("os.write(0, bytes([0, 0, 0, 8]) + b'[[[[[[[['); time.sleep(600)", "reading-failed"),
        (
            """os.write(0, bytes([0, 0, 0, 20]) + b'[["harm", {}, "", ""]]'); time.sleep(600)""",
            "reading-failed",
        ),
    ],
)
def test_a_child_that_misbehaves_is_an_issue_and_no_exception(
    monkeypatch: pytest.MonkeyPatch, behaviour: str, code: str
) -> None:
    monkeypatch.setattr(intake.child, "_START", FAKE_CHILD + behaviour)
    with WorkbookReader(processes=1) as pool:
        workbook, (issue,) = pool.read(GOOD, Limits(seconds=2))
        assert (workbook, issue.code) == (None, code)
        monkeypatch.undo()
        if pool._nurseries[0]._process is not None:
            pool._nurseries[0].end()
        assert pool.read(GOOD) == HONEST


@pytest.mark.parametrize("behaviour", ["import os; os._exit(1)", "import os; os.write(0, b'hello')"])
def test_a_machine_without_children_is_an_exception(monkeypatch: pytest.MonkeyPatch, behaviour: str) -> None:
    monkeypatch.setattr(intake.child, "_START", behaviour)
    with WorkbookReader(processes=1) as pool, pytest.raises(ReaderUnavailable):
        pool.read(GOOD)


def test_a_fault_of_the_reader_itself_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "import intake.worker as w; w.parse_file = lambda *_: 1 / 0; w.serve()"
    monkeypatch.setattr(intake.child, "_START", f"import sys; sys.path.append(sys.argv[1]); {broken}")
    with WorkbookReader(processes=1) as pool:
        _, (issue,) = pool.read(GOOD)
    assert issue.code == "reading-failed"
    assert "ZeroDivisionError" in issue.zh


def test_a_forked_server_speaks_over_its_own_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    first = intake.workbook._shared_reader()
    assert intake.workbook._shared_reader() is first
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert intake.workbook._shared_reader() is not first


# ---- size ----


def test_the_largest_workbook_that_is_allowed_stays_within_the_bounds(reader: WorkbookReader) -> None:
    row = "".join(f'<c t="str"><v>{"字" * 40}</v></c>' for _ in range(50))
    rows = "".join(f'<row r="{number}">{row}</row>' for number in range(1, 4001))
    content = pack([*plain_parts(xlsx_parts(sheet_xml(rows))), Part("xl/media/a.bin", bytes(30 * MIB))])
    workbook, issues = reader.read(content, UNHURRIED)
    assert issues == ()
    assert workbook is not None
    assert len(workbook.sheets[0].cells) == 200_000
