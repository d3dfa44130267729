"""`kaohe calendar` and `kaohe deadline`: what they print, what they keep, and whose key they ask for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine

Settings = dict[str, str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written by accident is written here; no setting of the machine counts."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KAOHE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def office(kaohe: CommandLine, tmp_path: Path) -> Settings:
    """A database, and the key of somebody of the office."""
    settings = {"KAOHE_DATABASE_URL": f"sqlite:///{tmp_path / 'kaohe.db'}"}
    assert kaohe("migrate", env=settings).code == 0
    made = kaohe(
        "user", "add", "张三", "--role", "office_operator", "--role", "office_approver", env=settings
    )
    return {**settings, "KAOHE_KEY": made.out.strip()}


def test_years_are_seeded_and_shown(kaohe: CommandLine, office: Settings) -> None:
    done = kaohe("calendar", "seed", "--year", "2022", "--year", "2023", env=office)
    assert (done.code, done.err) == (0, "")
    assert "2022 年:已公布" in done.out
    assert "2023 年:已公布" in done.out
    shown = kaohe("calendar", "show", "2023", env=office)
    assert "2023-01-02 周一 放假" in shown.out
    assert "2023-01-28 周六 上班" in shown.out
    data = json.loads(kaohe("calendar", "show", "2023", "--format", "json", env=office).out)
    assert (data["year"], data["published"]) == (2023, True)


def test_a_year_without_its_notice_is_seeded_with_a_warning_and_published_by_name(
    kaohe: CommandLine, office: Settings
) -> None:
    done = kaohe("calendar", "seed", "--year", "2031", env=office)
    assert done.code == 0
    assert "未公布" in done.out
    assert "还没有公布" in done.err
    done = kaohe("calendar", "publish", "2031", "--notice", "国办发明电〔2030〕1号", env=office)
    assert (done.code, done.err) == (0, "")
    assert "已公布,国办发明电〔2030〕1号" in done.out


def test_a_day_is_set_right_and_moves_the_deadline(kaohe: CommandLine, office: Settings) -> None:
    before = json.loads(kaohe("deadline", "show", "2021Q1", "--format", "json", env=office).out)
    assert before["regular_last_day"] == "2021-04-12"
    done = kaohe("calendar", "set", "2021-04-12", "holiday", "--because", "临时放假", env=office)
    assert done.code == 0
    assert "操作记录第" in done.out
    assert "改正" in kaohe("calendar", "show", "2021", env=office).out
    after = kaohe("deadline", "show", "2021Q1", env=office)
    assert "截止 2021-04-13" in after.out


def test_more_time_is_granted_shown_and_taken_back(kaohe: CommandLine, office: Settings) -> None:
    grant = ("deadline", "extend", "2021Q1", "110000", "--until", "2021-04-20", "--because", "网络中断")
    assert "由 2021-04-12 延到 2021-04-20" in kaohe(*grant, env=office).out
    lines = kaohe("deadline", "show", "2021Q1", env=office).out.splitlines()
    beijing = next(line for line in lines if line.startswith("110000"))
    assert beijing.split("\t")[1:] == ["2021-04-20", "是", "—", "—", "—", "—"]
    done = kaohe("deadline", "revoke", "2021Q1", "110000", "--because", "误批", env=office)
    assert "已撤销" in done.out
    again = kaohe("deadline", "revoke", "2021Q1", "110000", "--because", "误批", env=office)
    assert (again.code, again.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("calendar", "set", "2021-13-40", "holiday", "--because", "x"), "2021-13-40"),
        (("calendar", "set", "2021-05-08", "sunday", "--because", "x"), "holiday"),
        (("calendar", "set", "2021-05-08", "holiday", "--because", " "), "理由"),
        (("calendar", "seed", "--year", "1900"), "2004"),
        (("calendar", "show", "2030"), "2030"),
        (("calendar", "publish", "2030", "--notice", "x"), "放假日"),
        (("deadline", "show", "2021"), "2021Q1"),
        (("deadline", "extend", "2021Q1", "110000", "--until", "soon", "--because", "x"), "soon"),
        (("deadline", "extend", "2021Q1", "999999", "--until", "2021-05-01", "--because", "x"), "999999"),
    ],
)
def test_a_mistake_is_a_sentence(
    kaohe: CommandLine, office: Settings, arguments: tuple[str, ...], told: str
) -> None:
    done = kaohe(*arguments, env=office)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_who_acts_must_be_known_and_of_the_office(kaohe: CommandLine, office: Settings) -> None:
    nobody = {name: value for name, value in office.items() if name != "KAOHE_KEY"}
    auditor = kaohe("user", "add", "李四", "--role", "auditor", env=nobody).out.strip()
    seed = ("calendar", "seed", "--year", "2022")
    for settings, told in (
        (nobody, "KAOHE_KEY"),
        ({**nobody, "KAOHE_KEY": "wrong"}, "有效的密钥"),
        ({**nobody, "KAOHE_KEY": auditor}, "无权"),
    ):
        done = kaohe(*seed, env=settings)
        assert (done.code, done.out) == (2, "")
        assert told in done.err
    assert kaohe("calendar", "show", "2021", env=nobody).code == 0
