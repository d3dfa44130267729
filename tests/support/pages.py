"""Pages of docs/ that are played: their files are written, their commands run, their outputs compared."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from unittest.mock import patch

from app.cli import main

_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_LINES = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: a file to write, or commands with their outputs."""

    language: str
    file: str
    text: str
    start: int
    end: int
    """Where its text stands in the page."""


@dataclass(frozen=True, slots=True)
class Said:
    """A command of the page, what the page says it prints, and what it printed."""

    command: str
    expected: str
    printed: str

    @property
    def fits(self) -> bool:
        """Whether they are the same; a line of … stands for any lines."""
        parts = [re.escape(part) for part in re.split(rf"^{ANY_LINES}\n", self.expected, flags=re.MULTILINE)]
        return re.fullmatch("(?:.*\n)*".join(parts), self.printed) is not None


def blocks_of(page: str) -> Iterator[Block]:
    """Every fenced block in order."""
    for found in _BLOCK.finditer(page):
        yield Block(found[1], found[2] or "", found[3], found.start(3), found.end(3))


def play(page: str, folder: Path) -> Iterator[Said]:
    """Does what the page does, in an empty folder, from its beginning to its end."""
    for block in blocks_of(page):
        if block.file:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, expected in commands_of(block.text):
                yield Said(command, expected, run(command, folder))


def commands_of(text: str) -> Iterator[tuple[str, str]]:
    """Each command with the output that follows it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def run(command: str, folder: Path) -> str:
    """What a command prints on both outputs; `rm FILE` and `cp -r FOLDER FOLDER` are known besides kaohe."""
    program, *arguments = shlex.split(command)
    if program == "rm":
        (folder / arguments[0]).unlink()
        return ""
    if program == "cp":
        copytree(folder / arguments[1], folder / arguments[2])
        return ""
    printed = io.StringIO()
    with (
        chdir(folder),
        redirect_stdout(printed),
        redirect_stderr(printed),
        patch("sys.argv", [program, *arguments]),
        suppress(SystemExit),
    ):
        main()
    return printed.getvalue()
