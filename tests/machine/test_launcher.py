"""The launcher: later starts are quick, a wrong machine is told so plainly, two at once do not collide."""

from __future__ import annotations

import ast
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ECHO = '#!/bin/sh\necho "kaohe was given: $*"\nexit 7\n'


@pytest.fixture
def launcher(tmp_path: Path) -> ModuleType:
    """A copy of the launcher in a folder of its own, with an environment in which `kaohe` only echoes."""
    shutil.copy(PROJECT / "kaohe", tmp_path)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "requirements", tmp_path / "requirements")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "kaohe").write_text(ECHO)
    (programs / "kaohe").chmod(0o755)
    loader = SourceFileLoader("launcher", str(tmp_path / "kaohe"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def finish(launcher: ModuleType, level: str) -> None:
    """Write down that the environment stands at the level."""
    launcher.STATE.write_text(f"{level}\n{launcher.digest(level)}\n{launcher.ROOT}\n")


def start(
    launcher: ModuleType, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the copied launcher as a person would."""
    return subprocess.run(
        [sys.executable, launcher.ROOT / "kaohe", *arguments],
        env={**os.environ, **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_later_start_hands_over_arguments_folder_and_exit_code_and_says_nothing(
    launcher: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> None:
    finish(launcher, "run")
    done = start(launcher, "score", "a b", "-o", "-", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert (done.stdout, done.stderr, done.returncode) == ("kaohe was given: score a b -o -\n", "", 7)
    assert not launcher.TOOLS.exists()


@pytest.mark.parametrize(
    ("made", "asked", "ready"),
    [("run", "run", True), ("test", "run", True), ("test", "test", True), ("run", "test", False)],
)
def test_the_tools_of_development_include_what_users_need_and_not_the_reverse(
    launcher: ModuleType, made: str, asked: str, *, ready: bool
) -> None:
    finish(launcher, made)
    assert launcher.stands_ready(asked) is ready


@pytest.mark.parametrize("change", ["lock", "pyproject", "interpreter", "folder", "unfinished", "unknown"])
def test_whatever_the_environment_was_made_from_makes_it_stale_when_changed(
    launcher: ModuleType, tmp_path: Path, change: str
) -> None:
    finish(launcher, "run")
    python = launcher.VENV / "bin" / "python"
    match change:
        case "lock":
            (tmp_path / "requirements" / "run.lock").write_text("other==1\n")
        case "pyproject":
            (tmp_path / "pyproject.toml").write_text("[project]\n")
        case "interpreter":
            python.unlink()
            python.symlink_to("/usr/bin/another-python")
        case "folder":
            launcher.STATE.write_text(launcher.STATE.read_text().replace(str(tmp_path), "/moved/from/here"))
        case "unfinished":
            launcher.STATE.write_text(launcher.UNFINISHED)
        case "unknown":
            launcher.STATE.unlink()
    assert not launcher.stands_ready("run")


@pytest.mark.parametrize(
    ("state", "anew"),
    [
        ("", False),
        ("unfinished", True),
        ("run\nold\n/moved/from/here\n", True),
        ("run\nold\n{here}\n", False),
    ],
    ids=["made by other means", "interrupted", "moved", "out of date"],
)
def test_an_interrupted_or_moved_environment_is_made_anew_and_a_sound_one_kept(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, state: str, *, anew: bool
) -> None:
    if state:
        launcher.STATE.write_text(state.format(here=launcher.ROOT))
    kept = launcher.VENV / "kept"
    kept.touch()
    seen_while_installing: list[str] = []
    monkeypatch.setattr(
        launcher, "install", lambda _: seen_while_installing.append(launcher.STATE.read_text())
    )
    launcher.prepare("run")
    assert kept.exists() is not anew
    assert seen_while_installing == [launcher.UNFINISHED]
    assert launcher.stands_ready("run")


def test_who_has_the_tools_of_development_keeps_them_when_the_dependencies_change(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(launcher, "test")
    (launcher.ROOT / "pyproject.toml").write_text("[project]\n")
    installed: list[str] = []
    monkeypatch.setattr(launcher, "install", installed.append)
    launcher.prepare("run")
    assert installed == ["test"]


def test_without_network_the_reader_gets_a_sentence_and_no_traceback(launcher: ModuleType) -> None:
    done = start(launcher, "--help", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PATH="/usr/bin:/bin")
    assert done.returncode == 2
    assert "依赖没有装上" in done.stderr
    assert str(launcher.LOG) in done.stderr
    assert "Traceback" not in done.stderr


def test_without_pip_and_without_uv_the_reader_is_told_what_to_install(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher, "PYTHON", "/bin/false")
    monkeypatch.setenv("PATH", "/nowhere")
    assert launcher.main(["--help"]) == 2
    assert "apt-get install python3-pip" in capsys.readouterr().err


def test_with_an_old_python_the_reader_is_told_which_one_is_needed(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher, "OLDEST_PYTHON", (3, 99))
    assert launcher.main(["--help"]) == 2
    assert "需要 Python 3.99 或更新的版本" in capsys.readouterr().err


def test_the_launcher_can_be_read_by_a_python_that_is_too_old() -> None:
    ast.parse((PROJECT / "kaohe").read_text(), feature_version=(3, 7))


def test_the_second_of_two_launchers_waits_and_then_finds_everything_done(launcher: ModuleType) -> None:
    launcher.TOOLS.mkdir()
    with (launcher.TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, launcher.ROOT / "kaohe", "hello"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        assert "请稍候" in second.stderr.readline()
        finish(launcher, "run")
    out, err = second.communicate(timeout=30)
    assert (out, err, second.returncode) == ("kaohe was given: hello\n", "", 7)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"PIP_INDEX_URL": "https://mirror.example/simple"}, "https://mirror.example/simple"),
        ({"PIP_INDEX_URL": "https://mirror.example/simple", "UV_INDEX_URL": "https://own.example/"}, None),
    ],
)
def test_the_index_that_pip_was_told_of_is_told_to_uv_unless_uv_has_its_own(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], expected: str | None
) -> None:
    launcher.TOOLS.mkdir()
    for name in ("UV_INDEX_URL", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert launcher.installers_environment().get("UV_DEFAULT_INDEX") == expected
