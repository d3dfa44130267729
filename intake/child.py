"""Reading strangers' files in other processes, which are killed when they take too much of anything."""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import python_calamine

from intake.cells import Workbook
from intake.limits import DEFAULT_LIMITS, Limits, in_mib
from intake.refusal_sentences import issue_of
from intake.refusals import Refused
from intake.wire import Reading, decode_reading
from intake.worker import ANSWER, DIED_OF_SIGNAL, READY, pack_request
from scoring.errors import Issue

_ROOT = str(Path(__file__).resolve().parents[1])
# Appended, not put first: no name of ours may stand before the standard library.
_START = "import sys; sys.path.append(sys.argv[1]); from intake.worker import serve; serve(sys.argv[2:])"
# Where the second reader of old workbooks lies; a bare interpreter looks into no such folder by itself.
_LIBRARIES = str(Path(python_calamine.__file__).resolve().parents[1])
_STARTING_SECONDS = 30.0
_ENDING_SECONDS = 2.0
_STEP = 1024 * 1024


class ReaderUnavailable(RuntimeError):
    """The reading process does not start; no file can be read on this machine."""

    def __init__(self) -> None:
        super().__init__("读取表格的子进程无法启动 (the process that reads workbooks does not start)")


class WorkbookReader:
    """Reads workbooks in at most `processes` child processes at a time.

    Every file gets a process of its own that was forked for it from a small, fresh interpreter without
    the caller's memory, environment or open files, and that is bounded by `limits`. Starting the first
    takes a moment; use one reader for many files. Safe to call from several threads; a call waits while
    all processes are busy. To be closed, or used as a context manager.
    """

    def __init__(self, processes: int = 2, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._nurseries = tuple(_Nursery() for _ in range(processes))
        # Last in, first out: no more processes are ever started than are needed at the same time.
        self._idle: queue.LifoQueue[_Nursery] = queue.LifoQueue()
        for nursery in self._nurseries:
            self._idle.put(nursery)

    def read(self, content: bytes, limits: Limits | None = None) -> tuple[Workbook | None, tuple[Issue, ...]]:
        """The workbook, or None and every reason why it is not taken, all of them hard.

        Raises:
            ReaderUnavailable: no process can be started.
        """
        limits = limits or self._limits
        try:
            if len(content) > limits.file_bytes:
                raise Refused("file-too-large", size=in_mib(len(content)), limit=in_mib(limits.file_bytes))
            nursery = self._idle.get()
            try:
                workbook, refusals = nursery.read(content, limits)
            finally:
                self._idle.put(nursery)
        except Refused as refused:
            workbook, refusals = None, (refused.refusal,)
        return workbook, tuple(issue_of(refusal) for refusal in refusals)

    def read_many(self, contents: Iterable[bytes]) -> Iterator[tuple[Workbook | None, tuple[Issue, ...]]]:
        """The readings of several files, in their order, as many at a time as there are processes."""
        with ThreadPoolExecutor(len(self._nurseries)) as threads:
            yield from threads.map(self.read, contents)

    def close(self) -> None:
        """End the processes, after the readings that are under way."""
        for _ in self._nurseries:
            self._idle.get().end()

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


class _Nursery:
    """One process of `intake.worker.serve` and the channel to it; started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def read(self, content: bytes, limits: Limits) -> Reading:
        """What the child says about the file.

        Raises:
            Refused: the child went beyond its bounds or gave no sensible answer; it is gone then.
        """
        channel = self._channel or self._start()
        deadline = time.monotonic() + limits.seconds
        try:
            channel.settimeout(limits.seconds)
            channel.sendall(pack_request(content, limits))
            (size,) = ANSWER.unpack(_receive(channel, ANSWER.size, deadline))
            if size > limits.answer_bytes:
                raise ValueError("the answer is too long")
            answer = _receive(channel, size, deadline)
            return decode_reading(answer, hashlib.sha256(content).hexdigest())
        except TimeoutError:
            self.end()
            raise Refused("reading-took-too-long", limit=limits.seconds) from None
        except OSError:
            raise self._refusal_of_death(limits) from None
        except ValueError as error:
            self.end()
            raise Refused("reading-failed", reason=error) from None
        except BaseException:
            self.end()  # an answer that nobody waits for must not meet the next file
            raise

    def end(self) -> None:
        """Kill the process, its forks included; the next reading starts another."""
        if self._channel is not None:
            # First of all: a fork that was only just made finds nothing to read and ends by itself.
            self._channel.close()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._process = self._channel = None

    def _start(self) -> socket.socket:
        channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - no word of the command comes from outside.
                [sys.executable, "-I", "-S", "-c", _START, _ROOT, _LIBRARIES],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
            )
        self._channel = channel
        try:
            ready = _receive(channel, len(READY), time.monotonic() + _STARTING_SECONDS)
        except OSError:
            ready = b""
        if ready != READY:
            self.end()
            raise ReaderUnavailable
        return channel

    def _refusal_of_death(self, limits: Limits) -> Refused:
        """The child hung up: how it ended tells why."""
        code = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(_ENDING_SECONDS)
        self.end()
        if code == DIED_OF_SIGNAL + signal.SIGXCPU:
            return Refused("reading-took-too-long", limit=limits.cpu_seconds)
        return Refused("reading-crashed", status=code)


def _receive(channel: socket.socket, size: int, deadline: float) -> bytes:
    """Exactly that many bytes.

    Raises:
        TimeoutError: not before the deadline.
        ConnectionError: the other side hung up.
    """
    received = bytearray()
    while len(received) < size:
        channel.settimeout(max(deadline - time.monotonic(), 0.001))
        piece = channel.recv(min(size - len(received), _STEP))
        if not piece:
            raise ConnectionError
        received += piece
    return bytes(received)
