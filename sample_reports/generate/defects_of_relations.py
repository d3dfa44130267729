"""Defects in the relations between figures: within a form, between forms, over time."""

from __future__ import annotations

from datetime import date

from sample_reports.generate.defective import FOURTH_QUARTER, Defect, Draft, Expected

MARKET = "市场监管"
_DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count their days, since March 1900."""


def _closed_too_many(draft: Draft) -> None:
    """More closed than there ever were: wrong in the quarter and in the year so far."""
    draft.number("E104", "林草", draft.whole("E105", "林草") + draft.whole("E103", "林草") + 60)


def _opening_differs(draft: Draft) -> None:
    draft.number("E105", "农业农村", draft.whole("E105", "农业农村") + 3)


def _disclosed_too_many(draft: Draft) -> None:
    draft.number("E602", "药监", draft.whole("E601", "药监") + 1)


def _filed_as_running_sum(draft: Draft) -> None:
    """The year so far instead of the quarter, and all of what is then left closed."""
    filed = draft.whole("E103", MARKET) + draft.whole("E103", MARKET, quarter=1)
    draft.number("E103", MARKET, filed)


def _yuan_for_wan(draft: Draft) -> None:
    """Yuan instead of ten thousands of yuan, for one line."""
    fines = draft.whole("E104", "文化版权") * 8600
    draft.number("E107", "文化版权", fines)


def _more_cities_than_there_are(draft: Draft) -> None:
    draft.number("E903", "", 107)


def _checked_more_than_listed(draft: Draft) -> None:
    draft.number("EA13", "", 99)


def _plan_ten_years_ago(draft: Draft) -> None:
    serial = (date(2012, 6, 10) - _DAY_ZERO).days
    draft.edit.put_number(*draft.at("ED01"), str(serial))


def _destroyed_too_much(draft: Draft) -> None:
    draft.edit.put_number(*draft.at("EC02"), "99999.5")


def _clues_of_last_year(draft: Draft) -> None:
    draft.number("E202", "", draft.whole("E201") * 3)


def _post_checks_beyond_all(draft: Draft) -> None:
    draft.number("E402", "", draft.whole("E102", "邮政") + 10)


RELATION_DEFECTS = (
    Defect(
        name="closed-more-than-cases",
        title="结案数大于期初未结与立案之和",
        spoil=_closed_too_many,
        expected=(
            Expected(code="check-f01-01", element="E104", member="林草"),
            Expected(code="check-f01-02", element="E104", member="林草"),
        ),
    ),
    Defect(
        name="opening-not-last-closing",
        title="期初未结案数与上季度期末不衔接",
        spoil=_opening_differs,
        expected=(Expected(code="check-f01-03", element="E105", member="农业农村"),),
    ),
    Defect(
        name="part-exceeds-whole",
        title="已公开案件数大于应公开案件数",
        spoil=_disclosed_too_many,
        expected=(Expected(code="check-f06-01", element="E602", member="药监"),),
    ),
    Defect(
        name="year-to-date-exceeded",
        title="年初至今处置的线索多于收到的线索",
        spoil=_clues_of_last_year,
        expected=(Expected(code="check-f02-01", element="E202"),),
    ),
    Defect(
        name="more-cities-than-there-are",
        title="把网点数填成了地市数",
        spoil=_more_cities_than_there_are,
        expected=(Expected(code="check-f09-02", element="E903"),),
    ),
    Defect(
        name="destroyed-more-than-held",
        title="已销毁重量大于待销毁重量",
        spoil=_destroyed_too_much,
        expected=(Expected(code="check-f12-01", element="EC02"),),
    ),
    Defect(
        name="between-two-forms",
        title="寄递企业检查家次大于另一张表中邮政条线的检查户次（提示性）",
        spoil=_post_checks_beyond_all,
        expected=(Expected(code="check-f04-03", severity="soft", element="E402"),),
    ),
    Defect(
        name="against-the-ministry",
        title="用标检查数大于国家部门提供的清单数",
        spoil=_checked_more_than_listed,
        expected=(Expected(code="check-f10-04", element="EA13"),),
        period=FOURTH_QUARTER,
    ),
    Defect(
        name="date-in-a-wrong-year",
        title="实施方案印发日期的年份填错",
        spoil=_plan_ten_years_ago,
        expected=(Expected(code="check-f10-08", element="ED01"),),
        period=FOURTH_QUARTER,
    ),
    Defect(
        name="running-sum-for-quarter",
        title="立案数填成了年初至今的累计数，比上季度增加一倍多（提示性）",
        spoil=_filed_as_running_sum,
        expected=(Expected(code="doubtful-figure", severity="soft", element="E103"),),
    ),
    Defect(
        name="yuan-for-wan-yuan",
        title="罚没款把元填成了万元（提示性）",
        spoil=_yuan_for_wan,
        expected=(Expected(code="check-f01-24", severity="soft", element="E107", member="文化版权"),),
    ),
)
