"""The words printed on a template, by which its cells are found again; and how two labels are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The process that reads strangers' files needs these words, and nothing else of the house.
    from scoring.rulebook.forms import Form

TEMPLATE_VERSION = "2"
COVER_SHEET = "说明"
META_SHEET = "_meta"
MIGRATION_SHEET = "迁移情况"
OWN_SHEETS = frozenset({COVER_SHEET, META_SHEET, MIGRATION_SHEET})
"""What the system writes into a workbook beside the forms; nothing is reported there."""

CODE_HEAD = "代码"
NAME_HEAD = "数据项"
MEASURE_HEAD = "计量单位"
TOTAL_HEAD = "合计"
VALUE_HEAD = "数值"
DEFINITION_HEAD = "口径说明"
LAST_QUARTER_HEAD = "上季度"
LAST_PERIOD_HEAD = "上期"
LAST_HEADS = frozenset({LAST_QUARTER_HEAD, LAST_PERIOD_HEAD})
"""Over the column, or before each of the rows, of earlier figures that are shown and never read."""

UNIT_LABEL = "填报单位"
PERIOD_LABEL = "报告期"
LEADER_LABEL = "单位负责人"
WRITER_LABEL = "填报人"
NIL_LABEL = "本表零申报"

YES = "是"
NO = "否"
NIL_WORD = "零申报"
NOT_APPLICABLE_WORD = "不适用"

_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def sheet_name(form: Form) -> str:
    """`F01 行政执法办案季报表`, within what a sheet may be called."""
    return f"{form.code} {form.title}".translate(_NOT_IN_SHEET_NAMES)[:_SHEET_NAME_LENGTH].strip()


def comparable(text: str) -> str:
    """The text without spaces and line breaks, full-width letters narrowed: what labels are compared by."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _compared(text)


def _compared(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_LONGEST_REMEMBERED = 64
"""Labels are short, and the same in every report; long texts are a stranger's and not kept."""
_remembered = lru_cache(maxsize=4096)(_compared)


def form_code_of(name: str) -> str:
    """The first word of a sheet's name, in capitals: the form it claims to be."""
    words = unicodedata.normalize("NFKC", name).split(maxsplit=1)
    return words[0].upper() if words else ""
