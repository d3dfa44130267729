"""Number formats, and which of them show a number as a date."""

from __future__ import annotations

import pytest

from intake.limits import Limits
from intake.styles import Styles, shows_date
from intake.xml_walk import Tally
from tests.support.xlsx import MAIN


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "[$-804]yyyy/m/d;@",
        "m/d/yy h:mm",
        "[h]:mm:ss",
        "[mm]:ss",
        "mm:ss.0",
        'h"时"mm"分"',
        "[DBNum1][$-804]m月d日",
        "上午/下午h:mm",
        "AM/PM h",
        "[Red]d;[Blue]d",
        "YYYY.MM",
        '[$-411]ggge"年"',
    ],
)
def test_a_format_with_parts_of_a_date_shows_dates(code: str) -> None:
    assert shows_date(code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "G/通用格式",
        "0",
        "#,##0.00",
        "0.00E+00",
        "##0.0E+0",
        "0%",
        "# ?/?",
        "@",
        '0"day"',
        "0\\d",
        "[Red]0;[Blue]-0",
        "[$¥-804]#,##0.00",
        "_-* #,##0.00_-;-* #,##0.00_-",
        '#,##0"件";;"-"',
        '0.00"万元',
        ";;;",
        '[>=10000]0!.0,"万";0',
        "",
    ],
)
def test_a_format_of_figures_does_not(code: str) -> None:
    assert not shows_date(code)


def formats_of(styles: str) -> list[str]:
    walker = Styles("xl/styles.xml", Tally(Limits()))
    walker.walk(f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode())
    return walker.formats


def test_a_style_has_its_own_format_a_built_in_one_or_general() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0&quot;件&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="999"/><xf/></cellXfs>'
    )
    assert formats_of(styles) == ['0"件"', 'yyyy"年"m"月"d"日"', "General", "General"]


def test_what_is_strange_elsewhere_in_the_styles_does_not_matter() -> None:
    assert formats_of("<fonts><font/></fonts><fills><fill/></fills><cellXfs><xf/></cellXfs>") == ["General"]
