"""Reads files as the child does, one forked process each, and says what time and memory each of them took.

The half that reads is a bare interpreter without the packages of the house, as the child is; it gets names
of files on standard input and answers each with a line of JSON.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING

from intake import worker
from intake.limits import Limits
from intake.wire import decode_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from tests.support.measured_reading import serve; serve(sys.argv[2:])"
)


@dataclass(frozen=True)
class Measured:
    """What reading one file came to; `codes` are empty when it was taken."""

    codes: tuple[str, ...]
    seconds: float
    processor_seconds: float
    memory_mib: float


def measure(files: Iterable[Path]) -> Iterator[Measured]:
    """One after the other, each in a process of its own."""
    import python_calamine

    libraries = str(Path(python_calamine.__file__).resolve().parents[1])
    command = [sys.executable, "-I", "-S", "-c", _START, str(_ROOT), libraries]
    with Popen(command, stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for file in files:
            process.stdin.write(f"{file}\n".encode())
            process.stdin.flush()
            codes, *figures = json.loads(process.stdout.readline())
            yield Measured(tuple(codes), *figures)
        process.stdin.close()


def serve(libraries: Sequence[str]) -> None:
    """Read the files whose names come in."""
    for encoding in worker._ENCODINGS:
        codecs.lookup(encoding)
    gc.disable()
    for line in sys.stdin:
        content = Path(line.rstrip("\n")).read_bytes()
        sys.stdout.write(json.dumps(_measured(content, libraries)) + "\n")
        sys.stdout.flush()


def _measured(content: bytes, libraries: Sequence[str]) -> tuple[list[str], float, float, float]:
    ours, theirs = socket.socketpair()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(theirs.fileno(), worker.CHANNEL)
        os._exit(worker._serve_one(libraries))
    theirs.close()
    with ours:
        ours.sendall(worker.pack_request(content, Limits(seconds=60)))
        head = ours.recv(worker.ANSWER.size, socket.MSG_WAITALL)
        size = worker.ANSWER.unpack(head)[0] if head else 0
        answer = ours.recv(size, socket.MSG_WAITALL) if size else b""
    _, status, used = os.wait4(child, 0)
    codes = [f"died: {status}"]
    if not status:
        codes = [refusal.code for refusal in decode_reading(answer, "")[1]]
    return codes, time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
