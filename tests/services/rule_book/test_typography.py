"""Text as it is printed: Chinese signs between Chinese, numbers without gaps, nothing that steers."""

from __future__ import annotations

import pytest

from services.rule_book.typography import printed, signed, visible


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("达到 100 得满分 1.5 分,每差 1 扣 0.1 分,扣完为止", "达到100得满分1.5分，每差1扣0.1分，扣完为止"),
        ("市场监管总局、中央宣传部(版权)", "市场监管总局、中央宣传部（版权）"),
        ("完成目标的 100%,2 × 1 = 2", "完成目标的100%，2 × 1 = 2"),
        ("外层(内层(最里)的)字", "外层（内层（最里）的）字"),
        ("说明:见 https://example.org/a,b?c=1", "说明：见 https://example.org/a,b?c=1"),
        ("coalesce(AP1, 0) + 2", "coalesce(AP1, 0) + 2"),
        ("1,000 and (so on): yes", "1,000 and (so on): yes"),
        ("I01-1 网络", "I01-1 网络"),
        ("两行\n文字", "两行 文字"),
    ],
)
def test_prose_gets_the_signs_of_print_and_code_keeps_its_own(written: str, expected: str) -> None:
    assert printed(written) == expected


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\u202e", "\u200b", "\ufeff", "\ud800", "\uffff"])
def test_what_cannot_be_seen_is_shown_as_a_mark(sign: str) -> None:
    assert visible(f"甲{sign}乙") == "甲\ufffd乙"


def test_what_is_printed_stays_so() -> None:
    once = printed("公式(如 a,b)的值为 3 分,且 2 ≥1")
    assert printed(once) == once


@pytest.mark.parametrize(
    ("written", "expected"),
    [("-10 ≤ 30", "−10 ≤ 30"), ("I01-1", "I01-1"), ("2021-05-16", "2021-05-16"), ("差-3", "差−3")],
)
def test_only_numbers_below_zero_get_a_minus(written: str, expected: str) -> None:
    assert signed(written) == expected
