"""The service as it really runs: a process, a port, both faces behind one door, and an end without noise."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.command_line import KAOHE, ROOT, environment, kaohe_alone


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """A database that was just made."""
    chosen = {"KAOHE_DATABASE_URL": f"sqlite:///{tmp_path / 'kaohe.db'}"}
    assert kaohe_alone("migrate", env=chosen).code == 0
    return chosen


@contextmanager
def serving(settings: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running service and its address."""
    with subprocess.Popen(
        [*KAOHE, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(settings),
    ) as process:
        try:
            assert process.stderr is not None
            told = process.stderr.readline()
            address = re.search(r"http://\S+", told)
            assert address, told + process.stderr.read()
            yield process, address[0]
        finally:
            process.kill()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_service_answers_and_ends_without_noise(settings: dict[str, str], end: signal.Signals) -> None:
    with serving(settings) as (process, address):
        ready = httpx.get(f"{address}/api/v1/readyz", trust_env=False)
        unknown = httpx.get(f"{address}/api/v1/reports/x/file", trust_env=False)
        page = httpx.get(f"{address}/", trust_env=False, follow_redirects=True)
        process.send_signal(end)
        said, complained = process.communicate(timeout=20)
    assert ready.json() == {"status": "ok"}
    assert (unknown.status_code, unknown.json()["instance"]) == (401, "/api/v1/reports/x/file")
    assert page.headers["content-type"].startswith("text/html")
    assert "server" not in ready.headers
    assert (said, complained) == ("", "")
    assert process.returncode in {0, -end}


def test_a_port_that_is_taken_is_told_in_a_sentence(settings: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kaohe_alone("serve", "--port", str(port), env=settings)
    assert done.code == 2
    assert str(port) in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("host", ["no-such-host.invalid", f"{'x' * 300}.invalid"])
def test_the_address_of_the_settings_is_used(settings: dict[str, str], host: str) -> None:
    done = kaohe_alone("serve", env={**settings, "KAOHE_HOST": host})
    assert done.code == 2
    assert host in done.err
