"""The command line, in this process or in one of its own, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules" / "national" / "2021"
KAOHE = (sys.executable, "-m", "app")


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, without any setting of the machine's own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
    return {**own, "PYTHONPATH": str(ROOT), **(changes or {})}


def kaohe_alone(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Done:
    """Runs a command in a process of its own."""
    done = subprocess.run(
        [*KAOHE, *(str(each) for each in arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(env),
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass
class CommandLine:
    """Runs commands in this process; an error that escapes fails the test."""

    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Done:
        """One command to its end."""
        from app.cli import main

        for name, value in (env or {}).items():
            self.patch.setenv(name, value)
        self.patch.setattr(sys, "argv", ["kaohe", *(str(each) for each in arguments)])
        self.capture.readouterr()
        try:
            main()
            code: int | str | None = 0
        except SystemExit as ended:
            code = ended.code
        said = self.capture.readouterr()
        return Done(int(code or 0), said.out, said.err)
