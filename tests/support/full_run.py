"""What `./kaohe test` does once the environment stands: Debian's packages, the checks, then pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(sys.executable).parent

# Cheapest first; the run stops at the first that fails.
CHECKS = {
    "ruff check": ("ruff", "check", "--quiet", "."),
    "ruff format": ("ruff", "format", "--check", "--quiet", "."),
    "codespell": ("codespell", "-q", "3"),
    "deptry": ("deptry", "."),
    "mypy": ("mypy",),
    "lint-imports": ("lint-imports", "--no-logo"),
}
# A file's tests stay on one worker, so that what a module sets up is set up once.
WHOLE_SUITE = (
    "-n",
    "auto",
    "--maxprocesses=4",
    "--dist=loadfile",
    "--cov",
    "-p",
    "tests.support.coverage_gate",
)


@dataclass(frozen=True, slots=True)
class DebianPackage:
    """A package that some tests need; `files` are patterns below /, one of which shows that it is there."""

    name: str
    tests: str
    files: tuple[str, ...]

    def is_here(self) -> bool:
        """Whether a file of the package, or of another system's package like it, exists."""
        return any(next(Path("/").glob(pattern), None) for pattern in self.files)


PACKAGES = (
    DebianPackage(
        "postgresql", "数据库测试 / database tests", ("usr/lib/postgresql/*/bin/initdb", "usr/bin/initdb")
    ),
    DebianPackage("chromium", "网页测试 / browser tests", ("usr/bin/chromium", "usr/bin/chromium-browser")),
    DebianPackage(
        "libatomic1", "网页测试 / browser tests", ("usr/lib/*/libatomic.so.1", "usr/lib*/libatomic.so.1")
    ),
    DebianPackage(
        "fonts-noto-cjk",
        "网页截图和 PDF / screenshots of pages and PDFs",
        ("usr/share/fonts/**/NotoSansCJK*",),
    ),
    DebianPackage(
        "libreoffice-calc-nogui",
        "用 LibreOffice 打开表格的测试 / tests that open workbooks in LibreOffice",
        ("usr/lib/libreoffice/program/libscfiltlo.so", "opt/libreoffice*/program/libscfiltlo.so"),
    ),
    *(
        DebianPackage(name, "PDF 测试 / tests of PDFs", (f"usr/lib/*/{file}", f"usr/lib*/{file}"))
        for name, file in (
            ("libpango-1.0-0", "libpango-1.0.so.0"),
            ("libpangoft2-1.0-0", "libpangoft2-1.0.so.0"),
            ("libharfbuzz-subset0", "libharfbuzz-subset.so.0"),
        )
    ),
)
REQUIRED = (
    "KAOHE_REQUIRE_POSTGRES",
    "KAOHE_REQUIRE_BROWSER",
    "KAOHE_REQUIRE_PDF",
    "KAOHE_REQUIRE_OFFICE",
)
"""Tests that need these fail where the machine lacks them, instead of being skipped."""
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def main(arguments: list[str]) -> int:
    """Run everything and become pytest, so that its closing line is the last; with arguments only pytest."""
    missing = [package for package in PACKAGES if not package.is_here()]
    if missing and may_install():
        install(missing)
        missing = [package for package in missing if not package.is_here()]
    strict = os.environ.get("CI", "").lower() in ("1", "true")
    for package in missing:
        print(sentence_about(package, strict=strict), flush=True)
    if strict:
        os.environ.update(dict.fromkeys(REQUIRED, "1"))
    for name, command in () if arguments else CHECKS.items():
        if status := run_check(name, *command):
            return status
    print("== pytest", flush=True)
    return become(PROGRAMS / "pytest", *(arguments or WHOLE_SUITE))


def run_check(name: str, program: str, *arguments: str) -> int:
    """Run one check, say how long it took, and give its exit code."""
    print(f"== {name}", flush=True)
    start = time.monotonic()
    status = subprocess.run([PROGRAMS / program, *arguments], check=False).returncode
    took = f"{time.monotonic() - start:.1f} s"
    told = f"{took}\n"
    if status:
        told = (
            f"{took}，{name} 未通过：问题见上，其后的检查和测试没有运行 / "
            f"{name} failed: see above; the later checks and the tests did not run\n"
        )
    print(f"   {told}", end="", flush=True)
    return status


def may_install() -> bool:
    """Whether this is a Debian where we are root."""
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[DebianPackage]) -> None:
    """Install Debian's packages; what apt says is shown only when it fails."""
    names = [package.name for package in packages]
    print(f"== apt-get install {' '.join(names)}", flush=True)
    if not CLUSTER_SETTINGS.exists():
        # Tests make their own cluster; the one that Debian would start beside it only takes memory.
        CLUSTER_SETTINGS.parent.mkdir(exist_ok=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n")
    start = time.monotonic()
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *names)):
        done = subprocess.run(
            ["apt-get", "--quiet", *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stderr, flush=True)
    print(f"   {time.monotonic() - start:.1f} s", flush=True)


def sentence_about(package: DebianPackage, *, strict: bool) -> str:
    """What the lack of a package means for this run."""
    zh, en = ("将算作失败", "will fail") if strict else ("将被跳过", "will be skipped")
    subject_zh, subject_en = package.tests.split(" / ")
    return (
        f"缺少系统软件包 {package.name}，{subject_zh}{zh}；可运行 apt-get install {package.name} / "
        f"{package.name} is missing: {subject_en} {en}"
    )


def become(program: Path, *arguments: str) -> int:
    """Turn this process into the program."""
    os.execv(program, [str(program), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
