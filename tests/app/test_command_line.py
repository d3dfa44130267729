"""Every command: what it prints, how it ends, and that a mistake is a sentence."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.command_line import KAOHE, ROOT, RULES, CommandLine, environment, kaohe_alone

HDI = ROOT / "tests" / "external" / "hdi_2021"
COMMANDS = (
    ("rules", "check"),
    ("score",),
    ("explain",),
    ("template",),
    ("check-report",),
    ("serve",),
    ("migrate",),
    ("user", "add"),
    ("calendar", "seed"),
    ("calendar", "show"),
    ("calendar", "set"),
    ("calendar", "publish"),
    ("deadline", "show"),
    ("deadline", "extend"),
    ("deadline", "revoke"),
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written by accident is written here; no setting of the machine counts."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("KAOHE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def blank(kaohe: CommandLine, tmp_path: Path) -> Path:
    """A template as it is made, nothing filled in."""
    file = tmp_path / "blank.xlsx"
    assert kaohe("template", RULES, "-o", file, "--unit", "120000", "--period", "2021Q1").code == 0
    return file


@pytest.fixture
def database(kaohe: CommandLine, tmp_path: Path) -> dict[str, str]:
    """The settings of a database that was just made, in a folder that was not there."""
    settings = {"KAOHE_DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'kaohe.db'}"}
    done = kaohe("migrate", env=settings)
    assert (done.code, done.err) == (0, "")
    return settings


def test_help_names_every_command_and_comes_at_once() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = kaohe_alone("--help")
        times.append(time.perf_counter() - start)
        assert {command[0] for command in COMMANDS} <= set(done.out.split())
    # 0.2 s here; what is guarded against is pandas and its like, which take seconds.
    assert min(times) < 1.0


def test_help_loads_nothing_heavy() -> None:
    heavy = {
        "pandas",
        "pandera",
        "numpy",
        "sqlalchemy",
        "fastapi",
        "pydantic",
        "xlsxwriter",
        "scoring",
        "services",
    }
    program = f"import sys, app.cli; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [KAOHE[0], "-c", program], capture_output=True, text=True, check=True, env=environment(), cwd=ROOT
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_in_chinese_what_it_does(kaohe: CommandLine, command: tuple[str, ...]) -> None:
    done = kaohe(*command, "--help")
    assert done.code == 0
    assert any("\u4e00" <= each <= "\u9fff" for each in done.out)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("rules", "check", "/nowhere"), 1, "ruleset.yaml"),
        (("rules", "check", RULES, "--format", "xml"), 2, "json"),
        (("score", "/nowhere", HDI / "facts.csv"), 1, "ruleset.yaml"),
        (("score", RULES, "/nowhere.csv"), 1, "nowhere.csv"),
        (("score", RULES, ROOT / "rules"), 1, "rules"),
        (("score", HDI / "rules", HDI / "facts.csv", "--period", "2035"), 2, "2021"),
        (("score", HDI / "rules", HDI / "facts.csv", "-o", "/nowhere/scores.csv"), 2, "/nowhere/scores.csv"),
        (("score", HDI / "rules", HDI / "facts.csv", "--format", "xml"), 2, "csv"),
        (("explain", HDI / "rules", HDI / "facts.csv", "XXX", "HDI"), 2, "XXX"),
        (("explain", HDI / "rules", HDI / "facts.csv", "AUS", "none"), 2, "none"),
        (("template", RULES, "F99", "-o", "x.xlsx"), 2, "F99"),
        (("template", RULES, "F01", "K01", "-o", "x.xlsx"), 2, "F01、K01"),
        (("template", RULES, "-o", "x.xlsx", "--unit", "999999"), 2, "999999"),
        (("template", RULES, "-o", "x.xlsx", "--period", "2021"), 2, "2021Q1"),
        (("template", RULES, "-o", "/nowhere/x.xlsx"), 2, "/nowhere/x.xlsx"),
        (("template", "/nowhere", "-o", "x.xlsx"), 1, "ruleset.yaml"),
        (("check-report", RULES, "/nowhere.xlsx"), 2, "/nowhere.xlsx"),
        (("check-report", RULES, ROOT / "rules"), 2, str(ROOT / "rules")),
        (("check-report", RULES, HDI / "facts.csv"), 1, "csv-without-head"),
        (("check-report", RULES, "/dev/zero"), 1, "file-too-large"),
        (("score", RULES, "/dev/zero"), 1, "unreadable-table"),
        (("check-report", "/nowhere", HDI / "facts.csv"), 1, "ruleset.yaml"),
        (("nothing",), 2, "nothing"),
    ],
    ids=lambda value: (
        " ".join(str(part).rpartition("/")[2] for part in value) if isinstance(value, tuple) else ""
    ),
)
def test_a_mistake_is_a_sentence_and_a_code(
    kaohe: CommandLine, arguments: tuple[str | Path, ...], code: int, told: str
) -> None:
    done = kaohe(*arguments)
    assert done.code == code
    assert told in done.out + done.err
    assert done.err


def test_a_reader_who_hangs_up_is_no_accident() -> None:
    command = [*KAOHE, "score", str(HDI / "rules"), str(HDI / "facts.csv")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), cwd=ROOT
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
        running.wait()
    assert told == ""
    assert running.returncode in {1, 141}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("score",), "缺少 'DIR'"),
        (("user", "add", "张三"), "缺少 '--role'"),
        (("score", "--what"), "没有 --what 这个选项"),
        (("serve", "--host"), "选项 --host 的写法不对"),
        (("serve", "--port", "many"), "'--port' 的值不能用"),
        (("score", RULES, "x", "--format", "xml"), "--format 的值不能用"),
        (("rules", "chek"), "命令写得不对"),
        (("calendar", "sow"), "命令写得不对"),
    ],
    ids=lambda value: (
        "" if isinstance(value, str) else " ".join(str(part).rpartition("/")[2] for part in value)
    ),
)
def test_what_was_typed_wrongly_is_told_in_chinese_with_the_usage(
    kaohe: CommandLine, typed: tuple[str | Path, ...], told: str
) -> None:
    done = kaohe(*typed)
    assert (done.code, done.out) == (2, "")
    first, *rest = done.err.splitlines()
    assert first.startswith(told)
    assert rest[-1].startswith("说明:kaohe")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"), [((HDI / "rules", HDI / "facts.csv"), 0), ((HDI / "rules", "/nowhere"), 1)]
)
def test_closed_output_is_no_accident(arguments: tuple[Path | str, ...], code: int, closed: str) -> None:
    command = " ".join(shlex.quote(str(each)) for each in (*KAOHE, "score", *arguments))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} {closed}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_without_chinese_is_no_accident(encoding: str) -> None:
    done = subprocess.run(
        [*KAOHE, "explain", str(HDI / "rules"), str(HDI / "facts.csv"), "NOR", "HDI"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment({"PYTHONIOENCODING": f"{encoding}:strict"}),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"HDI")


def test_a_template_is_made_for_the_unit_and_quarter_asked_for(kaohe: CommandLine, blank: Path) -> None:
    assert blank.read_bytes()[:2] == b"PK"
    again = blank.with_name("again.xlsx")
    done = kaohe("template", RULES, "F01", "F02", "-o", again)
    assert done.code == 0
    assert "北京市 2021年第一季度" in done.err


def test_a_report_says_itself_whose_it_is_and_every_issue_is_told(kaohe: CommandLine, blank: Path) -> None:
    done = kaohe("check-report", RULES, blank)
    assert done.code == 1
    verdict, whose, issue, *_ = done.out.splitlines()
    assert verdict.startswith(("退回改正", "待说明"))
    assert whose.startswith("120000 2021年第一季度")
    assert "[report-blank]" in issue


def test_a_report_of_another_unit_than_asked_for_is_told_as_an_issue(kaohe: CommandLine, blank: Path) -> None:
    done = kaohe("check-report", RULES, blank, "--unit", "110000", "--format", "json")
    found = json.loads(done.out)
    assert done.code == 1
    assert (found["verdict"], found["unit"], found["period"]) == ("unreadable", "110000", "2021Q1")
    assert [issue["code"] for issue in found["issues"]] == ["wrong-unit"]


def test_the_issues_of_a_defective_report_name_their_cells(kaohe: CommandLine, tmp_path: Path) -> None:
    from tests.support.reports import agreeing_figures, template

    figures = agreeing_figures()
    faulty = next(series for series in figures if series.element == "E602")
    file = tmp_path / "faulty.xlsx"
    file.write_bytes(template({**figures, faulty: 10**6}))  # type: ignore[dict-item]  # written as it is
    done = kaohe("check-report", RULES, file, "--format", "json")
    issues = json.loads(done.out)["issues"]
    assert done.code == 1
    assert issues
    assert all(issue["sheet"] and issue["cell"] for issue in issues)


def test_the_scores_are_the_same_as_csv_and_as_json(kaohe: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    assert kaohe("score", HDI / "rules", HDI / "facts.csv", "-o", file).code == 0
    told = kaohe("score", HDI / "rules", HDI / "facts.csv", "--format", "json")
    rows = file.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "unit,period,node,value,points,max_points,outcome,rank"
    assert len(rows) - 1 == len(json.loads(told.out)["scores"])


def test_the_rules_of_the_house_are_in_order_as_text_and_as_json(kaohe: CommandLine) -> None:
    assert kaohe("rules", "check", RULES, "--strict").code == 0
    assert json.loads(kaohe("rules", "check", RULES, "--format", "json").out) == []
    answered = json.loads(kaohe("rules", "check", RULES, "--format", "json", "--answered").out)
    assert {each["severity"] for each in answered} == {"answered"}
    assert "published-late" in [each["code"] for each in answered]
    sarif = json.loads(kaohe("rules", "check", RULES, "--format", "sarif").out)
    results = sarif["runs"][0]["results"]
    assert len(results) == len(answered)
    assert all(each["suppressions"] for each in results)


def test_a_person_gets_a_key_that_opens_the_api(kaohe: CommandLine, database: dict[str, str]) -> None:
    done = kaohe("user", "add", "张三", "--role", "region_filler", "--unit", "110000", env=database)
    key = done.out.strip()
    assert done.code == 0
    assert len(key) >= 32
    from models.unit_of_work import Database

    house = Database(database["KAOHE_DATABASE_URL"])
    with house.reading() as work:
        person = work.people.by_key(key)
        assert key not in str(work.log.entries())
    house.close()
    assert person is not None
    assert (person.name, person.role, person.unit) == ("张三", "region_filler", "110000")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--role", "region_filler"), "单位"),
        (("--role", "region_filler", "--unit", "999999"), "999999"),
        (("--role", "auditor", "--unit", "110000"), "单位"),
        (("--role", "system"), "角色"),
        (("--role", "king"), "角色"),
        ((), "--role"),
    ],
)
def test_a_person_who_makes_no_sense_is_refused(
    kaohe: CommandLine, database: dict[str, str], options: tuple[str, ...], told: str
) -> None:
    done = kaohe("user", "add", "张三", *options, env=database)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_database_can_be_made_twice(kaohe: CommandLine, database: dict[str, str]) -> None:
    done = kaohe("migrate", env=database)
    assert done.code == 0
    assert "数据库已就绪" in done.out


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("user", "add", "x", "--role", "auditor")])
def test_without_a_database_one_is_told_to_make_it(
    kaohe: CommandLine, tmp_path: Path, command: tuple[str, ...]
) -> None:
    missing = tmp_path / "none.db"
    done = kaohe(*command, env={"KAOHE_DATABASE_URL": f"sqlite:///{missing}"})
    assert done.code == 2
    assert "kaohe migrate" in done.err
    assert not missing.exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////proc/none/kaohe.db", "/proc/none"),
        ("postgresql+psycopg://nobody:secret-word@127.0.0.1:1/none", "数据库"),
        ("mysql://localhost/x", "KAOHE_DATABASE_URL"),
        ("nonsense", "KAOHE_DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_had_is_told_without_its_password(
    kaohe: CommandLine, url: str, told: str
) -> None:
    done = kaohe("migrate", env={"KAOHE_DATABASE_URL": url})
    assert done.code in {1, 2}
    assert told in done.err
    assert "secret-word" not in done.err


@pytest.mark.parametrize(
    ("name", "value"), [("KAOHE_PORT", "many"), ("KAOHE_PORT", "70000"), ("KAOHE_DEMO", "perhaps")]
)
def test_a_setting_that_makes_no_sense_is_named(kaohe: CommandLine, name: str, value: str) -> None:
    done = kaohe("migrate", env={name: value})
    assert done.code == 1
    assert name in done.err


def test_a_file_that_is_no_database_is_told(kaohe: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "kaohe.db"
    file.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    done = kaohe("migrate", env={"KAOHE_DATABASE_URL": f"sqlite:///{file}"})
    assert done.code == 2
    assert "数据库" in done.err
