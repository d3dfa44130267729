"""Names of uploaded files: a word is left of them, never a path or a line break."""

from __future__ import annotations

import pytest

from intake.file_names import harmless_name


@pytest.mark.parametrize("name", ["a\nb.xlsx", "a\r\nSet-Cookie: x=1", "\udcff.xlsx", "a/", "..\\", " . "])
def test_a_name_loses_what_could_break_a_header_or_a_line(name: str) -> None:
    kept = harmless_name(name)
    assert kept.isprintable()
    assert kept.strip(".")
    kept.encode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\报送\\一季度.xlsx", "一季度.xlsx"),
        ("/etc/passwd", "passwd"),
        ("", "未命名"),
        ("x" * 300, "x" * 200),
    ],
)
def test_only_the_last_part_of_a_path_is_kept(name: str, kept: str) -> None:
    assert harmless_name(name) == kept
