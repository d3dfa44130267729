"""A kept file is sent as what it is, whatever it was called when it was handed in."""

from __future__ import annotations

import pytest

from services.report_media import media_of
from tests.support.biff import Biff
from tests.support.csv_files import zip_of
from tests.support.xlsx import make_xlsx


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (make_xlsx(), ".xlsx"),
        (Biff(sheets=[("表", 0, b"")]).file(), ".xls"),
        (zip_of([(b"a.csv", b"a")]), ".zip"),
        (b"unit,period\n110000,2021Q1\n", ".csv"),
        ("代码\t数据项\n".encode("utf-16"), ".csv"),
        (b"a,b\n" * 6_000_000, ".csv"),
        (b'{"facts": []}', ".json"),
        (bytes(64), ".bin"),
    ],
    ids=["xlsx", "xls", "zip", "csv", "UTF-16", "24 MB", "json", "no format"],
)
def test_media_type_and_ending_come_from_the_content(content: bytes, suffix: str) -> None:
    media = media_of(content)
    assert media.suffix == suffix
    assert "/" in media.type
