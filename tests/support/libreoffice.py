"""LibreOffice for tests: a file opened and saved by another program than ours, without a screen."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from os import killpg
from pathlib import Path

from tests.support.needs import skip_or_fail

REQUIRED = "KAOHE_REQUIRE_OFFICE"
SECONDS = 60
"""How long one conversion may take; the first one of a machine reads many files."""
FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"}
"""Of every sheet, comma-separated, in UTF-8."""
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")


def soffice() -> str:
    """The program; skips where there is none, or fails where KAOHE_REQUIRE_OFFICE is 1."""
    names = ("soffice", "libreoffice", *_PLACES)
    found = next((path for name in names if (path := shutil.which(name)) is not None), None)
    if found is None:
        skip_or_fail(REQUIRED, "LibreOffice is not installed")
    return found


def convert(content: bytes, to: str, *, of: str = "xlsx") -> bytes:
    """What LibreOffice saves after opening the file: to "xlsx", "xls", "ods", "pdf".

    Raises RuntimeError with what it said where it saves nothing or does not come to an end.
    """
    [found] = converted(content, to, of=of).values()
    return found


def converted(content: bytes, to: str, *, of: str = "xlsx") -> dict[str, bytes]:
    """The saved files by name; to "csv" one a sheet, else a single one."""
    program = soffice()
    # A profile of its own: two runs at once share none, and none asks what the last one left undone.
    with tempfile.TemporaryDirectory(prefix="libreoffice-") as folder:
        here = Path(folder)
        source, out = here / f"in.{of}", here / "out"
        source.write_bytes(content)
        out.mkdir()
        said = _run(
            [
                program,
                f"-env:UserInstallation={(here / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                FILTERS.get(to, to),
                "--outdir",
                str(out),
                str(source),
            ],
            here,
        )
        files = {path.name: path.read_bytes() for path in sorted(out.iterdir())}
        if not files:
            raise RuntimeError(f"LibreOffice saved nothing: {said}")
        return files


def _run(command: list[str], folder: Path) -> str:
    """Run in a session of its own: the program is a script that starts others, and all of them must end."""
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            killpg(process.pid, signal.SIGKILL)
            raise RuntimeError(f"LibreOffice did not finish within {SECONDS} s") from None
    return said.decode(errors="replace").strip()
