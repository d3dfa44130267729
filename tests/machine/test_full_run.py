"""What `./kaohe test` runs, in which order, and what it says of a machine that lacks something."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import full_run
from tests.support.coverage_gate import FLOORS, Share, packages
from tests.support.full_run import DebianPackage

ABSENT = DebianPackage("unheard-of", "某些测试 / some tests", ("no/such/file/*",))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs that a run would have started; none is, and every check passes."""
    programs: list[str] = []

    def check(_name: str, program: str, *_arguments: str) -> int:
        programs.append(program)
        return 0

    def become(program: Path, *arguments: str) -> int:
        programs.append(" ".join([program.name, *arguments]))
        return 0

    monkeypatch.setattr(full_run, "run_check", check)
    monkeypatch.setattr(full_run, "become", become)
    monkeypatch.setattr(full_run, "may_install", lambda: False)
    # set and taken away again, so that what the run puts there does not outlive the test
    for name in ("CI", *full_run.REQUIRED):
        monkeypatch.setenv(name, "")
    return programs


def test_a_run_without_arguments_checks_everything_and_ends_with_pytest(started: list[str]) -> None:
    full_run.main([])
    assert started[:-1] == ["ruff", "ruff", "codespell", "deptry", "mypy", "lint-imports"]
    assert started[-1].startswith("pytest ")


def test_a_run_with_arguments_is_pytest_alone(started: list[str]) -> None:
    full_run.main(["tests/scoring", "-k", "band"])
    assert started == ["pytest tests/scoring -k band"]


def test_a_run_stops_at_the_first_check_that_fails(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_run, "run_check", lambda name, *_: 3 if name == "mypy" else 0)
    assert full_run.main([]) == 3
    assert started == []


@pytest.mark.parametrize(("ci", "fate"), [("", "将被跳过"), ("true", "将算作失败")])
@pytest.mark.usefixtures("started")
def test_what_is_missing_is_named_with_what_becomes_of_its_tests(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, fate: str
) -> None:
    monkeypatch.setattr(full_run, "PACKAGES", (ABSENT,))
    monkeypatch.setenv("CI", ci)
    full_run.main(["tests"])
    assert f"缺少系统软件包 unheard-of，某些测试{fate}" in capsys.readouterr().out
    assert os.environ["KAOHE_REQUIRE_POSTGRES"] == ("1" if ci else "")


def test_a_check_that_fails_says_that_the_rest_did_not_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(full_run, "PROGRAMS", Path("/bin"))
    assert full_run.run_check("a check", "sh", "-c", "echo what is wrong; exit 4") == 4
    out = capfd.readouterr().out
    assert out.index("what is wrong") < out.index("a check 未通过")


@pytest.mark.parametrize(
    ("reached", "floor", "enough", "row"),
    [
        (100.0, 100.0, True, "scoring      100.0 %  ≥ 100 %"),
        (99.99, 100.0, False, "scoring       99.9 %  < 100 %"),
        (95.0, 95.0, True, "scoring       95.0 %  ≥ 95 %"),
    ],
)
def test_a_share_of_coverage_is_rounded_down_and_judged_unrounded(
    reached: float, floor: float, row: str, *, enough: bool
) -> None:
    share = Share("scoring", reached, floor)
    assert (share.is_enough, str(share)) == (enough, row)


def test_floors_are_set_only_for_packages_that_exist() -> None:
    assert set(FLOORS) <= set(packages())
