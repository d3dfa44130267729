"""What the child does with one request: it answers, or it ends when nobody asks any more."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from intake import worker
from intake.limits import Limits
from intake.strict_xlsx import parse_xlsx
from intake.wire import Reading, decode_reading
from tests.support.xlsx import make_xlsx, one_cell

GOOD = make_xlsx(one_cell('<c r="A1"><v>1</v></c>'))


@pytest.fixture
def parent(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The parent's end; the child's bounds are left out, since they would bind the tests."""
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(worker, "CHANNEL", theirs.fileno())
    monkeypatch.setattr(worker, "_confine", lambda _: None)
    with ours, theirs:
        yield ours


def answer(parent: socket.socket, content: bytes, limits: Limits | None = None) -> Reading:
    parent.sendall(worker.pack_request(content, limits or Limits()))
    assert worker._serve_one() == 0
    (size,) = worker.ANSWER.unpack(parent.recv(worker.ANSWER.size))
    return decode_reading(parent.recv(size, socket.MSG_WAITALL), "d")


def test_a_request_is_answered_with_the_reading(parent: socket.socket) -> None:
    workbook, refusals = answer(parent, GOOD)
    honest, _ = parse_xlsx(GOOD)
    assert honest is not None
    assert workbook is not None
    assert (workbook.sheets, refusals) == (honest.sheets, ())


def test_the_limits_travel_with_the_request(parent: socket.socket) -> None:
    _, (refusal,) = answer(parent, GOOD, Limits(cells=0))
    assert refusal.code == "too-many-cells"


@pytest.mark.parametrize("sent", [b"", b"\0\0", worker.pack_request(GOOD, Limits())[:-1]])
def test_when_the_parent_hangs_up_the_child_ends(parent: socket.socket, sent: bytes) -> None:
    parent.sendall(sent)
    parent.shutdown(socket.SHUT_WR)
    assert worker._serve_one() == worker._NO_MORE_WORK


@pytest.mark.parametrize(
    ("error", "code"),
    [(MemoryError(), "reading-needs-too-much-memory"), (KeyError("x"), "reading-failed")],
)
def test_a_fault_is_an_answer(
    parent: socket.socket, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(worker, "parse_file", fail)
    _, (refusal,) = answer(parent, GOOD)
    assert refusal.code == code
