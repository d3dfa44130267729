"""A throw-away PostgreSQL cluster: made for one test session, without durability, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root; Debian's package brings this account.
SERVER_ACCOUNT = "postgres"

INITDB_OPTIONS = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")

SERVER_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


class PostgresFailedError(RuntimeError):
    """A server program ended badly; the message holds what it printed."""


def find_server_programs() -> Path | None:
    """The folder of the newest `initdb` and `pg_ctl`, or None when PostgreSQL is not installed."""
    on_path = shutil.which("pg_ctl")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_version, reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@contextmanager
def throwaway_cluster(programs: Path) -> Iterator[str]:
    """Run a cluster and yield the SQLAlchemy URL of its database `postgres`.

    Args:
        programs: the folder of `initdb` and `pg_ctl`.

    Raises:
        PostgresFailedError: the cluster could not be made or started.
    """
    # Not under TMPDIR: the path of a unix socket may have 107 bytes, and the server's account must get in.
    folder = Path(tempfile.mkdtemp(prefix="kaohe-pg-", dir="/tmp"))
    data = folder / "data"
    try:
        if os.getuid() == 0:
            shutil.chown(folder, SERVER_ACCOUNT, SERVER_ACCOUNT)
        _run(folder, programs / "initdb", "--pgdata", data, *INITDB_OPTIONS)
        settings = {**SERVER_SETTINGS, "unix_socket_directories": folder}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        control = (programs / "pg_ctl", "--pgdata", data, "--log", folder / "log")
        _run(folder, *control, "--wait", "--options", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run(folder, *control, "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _major_version(programs: Path) -> int:
    version = programs.parent.name
    return int(version) if version.isdecimal() else 0


def _run(folder: Path, *command: str | Path) -> None:
    """Run a server program in `folder`, as the server's account when we are root."""
    as_root = os.getuid() == 0
    # The output goes to a file: the started server inherits it and would hold a pipe open for ever.
    output = folder.with_suffix(".out")
    with output.open("w+b") as sink:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            stdout=sink,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
            user=SERVER_ACCOUNT if as_root else None,
            group=SERVER_ACCOUNT if as_root else None,
            extra_groups=[] if as_root else None,
        )
    told = output.read_text(errors="replace")
    output.unlink()
    if done.returncode:
        log = folder / "log"
        told += log.read_text(errors="replace") if log.exists() else ""
        raise PostgresFailedError(f"{Path(command[0]).name}: {told}")
