"""What runs in the child: a nursery that reads nothing, and forks one bounded process per file.

The nursery is started fresh (`python -I -S`), imports the reader once and stays single-threaded, so
forking it is safe and takes a millisecond. Each fork waits for one file, reads it and ends; nothing of
one file is left when the next comes. When a fork dies of its bounds, the nursery ends too and says by
its exit status what happened; the parent then starts another.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import json
import os
import resource
import signal
import struct
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from intake.formats import parse_file
from intake.limits import Limits
from intake.ole import MAGIC
from intake.refusals import Refusal
from intake.second_reading import SecondReader, second_reader
from intake.wire import encode_reading

CHANNEL = 0
REQUEST = struct.Struct("!2L")
ANSWER = struct.Struct("!L")
READY = b"ready"
DIED_OF_SIGNAL = 128
"""Added to the signal's number, in the nursery's exit status."""

_NO_MORE_WORK = 3
# Looked up before a fork gives up the right to open files, and with it to import.
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "latin-1", "ascii")
_STEP = 1024 * 1024


def pack_request(content: bytes, limits: Limits) -> bytes:
    """One file and its bounds, as the child expects them."""
    bounds = json.dumps(asdict(limits)).encode()
    return REQUEST.pack(len(bounds), len(content)) + bounds + content


def serve(libraries: Sequence[str] = ()) -> None:
    """Fork a process for each file until the parent hangs up; never returns.

    libraries: folders with what a fork may need beyond the standard library.
    """
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    gc.disable()
    gc.freeze()
    _send(READY)
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os._exit(_serve_one(libraries))
        signal.signal(signal.SIGTERM, partial(_kill, child))
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == _NO_MORE_WORK:
            os._exit(0)
        if code:
            os._exit(DIED_OF_SIGNAL - code if code < 0 else code)


def _kill(child: int, *_: object) -> None:
    """Told to end, the nursery ends its fork first and buries it: nobody else would."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _serve_one(libraries: Sequence[str] = ()) -> int:
    request = _receive(REQUEST.size)
    if request is None:
        return _NO_MORE_WORK
    bounds_size, content_size = REQUEST.unpack(request)
    bounds, content = _receive(bounds_size), _receive(content_size)
    if bounds is None or content is None:
        return _NO_MORE_WORK
    limits = Limits(**json.loads(bounds))
    # Loaded while files may still be opened, and only by the fork that has an old workbook to read.
    second = second_reader(libraries) if content.startswith(MAGIC) else None
    _confine(limits)
    answer = _answer(content, limits, second)
    _send(ANSWER.pack(len(answer)) + answer)
    return 0


def _confine(limits: Limits) -> None:
    """No more memory, time, files, sockets, processes or disk than the reading needs."""
    _bound(resource.RLIMIT_AS, limits.memory_bytes)
    # The second more lets the softer signal come first, which says what happened.
    _bound(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    for none in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        _bound(none, 0)


def _bound(what: int, soft: int, hard: int | None = None) -> None:
    _, given = resource.getrlimit(what)
    wanted = soft if hard is None else hard
    most = wanted if given == resource.RLIM_INFINITY else min(wanted, given)
    resource.setrlimit(what, (min(soft, most), most))


def _answer(content: bytes, limits: Limits, second: SecondReader | None = None) -> bytes:
    try:
        return encode_reading(parse_file(content, limits, second))
    except MemoryError:
        refusal = Refusal("reading-needs-too-much-memory")
    except Exception as error:  # noqa: BLE001 - a fault of ours must come back as an answer, not as silence.
        place = traceback.extract_tb(error.__traceback__)[-1]
        refusal = Refusal(
            "reading-failed", {"reason": f"{type(error).__name__}, {place.name}:{place.lineno}"}
        )
    return encode_reading((None, (refusal,)))


def _receive(size: int) -> bytes | None:
    """Exactly that many bytes; None when the parent hung up before."""
    received = bytearray()
    while len(received) < size:
        piece = os.read(CHANNEL, min(size - len(received), _STEP))
        if not piece:
            return None
        received += piece
    return bytes(received)


def _send(data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(CHANNEL, rest[:_STEP]) :]
