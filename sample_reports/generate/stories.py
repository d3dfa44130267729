"""What is told on purpose: who is late, who never reports, who is sent back, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.codes import FormCode, UnitCode

BEST_IN_PATENTS = frozenset(UnitCode(code) for code in ("330000", "340000", "350000", "510000", "210000"))
"""Those with the smallest share of abnormal patent applications in their group: 浙江 and 福建 alike."""

_LAST_YEAR = """
    350000 330000 110000 440000 340000 310000 510000 320000
    370000 360000 500000 420000 430000 460000 410000 620000
    610000 530000 120000 130000 450000 230000 140000 210000
    150000 650000 520000 640000 220000 630000 540000
"""
LAST_YEAR_PLACES: Mapping[UnitCode, int] = {
    UnitCode(code): place for place, code in enumerate(_LAST_YEAR.split(), 1)
}
"""Of last year's assessment; 兵团 was not ranked. Only 贵州 has risen by five places or more."""

ADOPTED: Mapping[UnitCode, tuple[int, int]] = {UnitCode("610000"): (4, 12)}
"""Reports adopted in the year, where they are told: 陕西 comes out equal with 天津, and item 28 decides."""

EVENTS: Mapping[UnitCode, tuple[tuple[str, int, str], ...]] = {
    UnitCode("520000"): (("AB1", 1, ""),),
    UnitCode("500000"): (("AB2", 1, ""),),
    UnitCode("140000"): (("AP1", 1, ""),),
    UnitCode("530000"): (("AP3", 1, "I11-3"),),
    UnitCode("640000"): (("AV1", 1, ""),),
}
"""Element, figure and member of what the national office entered for a unit at the end of the year."""


NEVER_REPORTED = frozenset({(UnitCode("620000"), 3), (UnitCode("460000"), 1), (UnitCode("460000"), 3)})
"""Unit and quarter of the reports that never came."""

LATE: Mapping[tuple[UnitCode, int], int] = {
    (UnitCode("140000"), 1): 1,
    (UnitCode("650000"), 3): 3,
    (UnitCode("540000"), 4): 6,
    (UnitCode("220000"), 2): 1,
    (UnitCode("630000"), 2): 2,
    (UnitCode("150000"), 4): 1,
}
"""Working days after the deadline."""

NIL_FORMS: Mapping[tuple[UnitCode, int], FormCode] = {(UnitCode("540000"), 1): FormCode("F05")}
"""Forms of which a unit said that there was nothing to report."""

NIL_WRITERS = frozenset({UnitCode("540000"), UnitCode("630000")})
"""Units that write 零申报 instead of 0 where nothing was done."""

NIL_WRITTEN = frozenset({"EA03", "EA11", "EB07"})
"""The elements in which they do so."""

BLANK_CELLS: Mapping[tuple[UnitCode, int], str] = {(UnitCode("220000"), 3): "E503"}
"""Single figures left blank and explained: the report is taken, the figure counts as not reported."""

RETURNED = (UnitCode("430000"), 2)
"""The report that was sent back and handed in again."""
