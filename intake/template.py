"""The workbook that a unit downloads: a cover, a sheet for each form, and the marks to know it again by."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from intake.fields import due_elements, fields_of
from intake.labels import COVER_SHEET, META_SHEET, NIL_LABEL, NIL_WORD, NOT_APPLICABLE_WORD, sheet_name
from intake.origin import Asked, template_marks
from intake.template_look import Looks, height_of
from intake.template_sheet import Filling, SheetPlan, write_form
from scoring.codes import UnitCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet

_NOTHING: Mapping[Series, Amount | Standing] = {}
_COVER_WIDTH = 110

PROVIDER_TITLES = {
    Provider.REGION: "省级报送",
    Provider.MINISTRY: "国家部门提供",
    Provider.ON_SITE: "考核组填写",
    Provider.OFFICE: "全国双打办登记",
    Provider.SYSTEM: "系统生成",
}


def write_template(
    rules: RuleSet,
    forms: Sequence[Form],
    unit: UnitCode,
    period: Period,
    provider: Provider,
    *,
    filled: Filling = _NOTHING,
    carried: Filling | None = None,
    deadline: date | None = None,
) -> bytes:
    """The template for one unit, period and provider as an .xlsx; the same arguments give the same bytes.

    forms: those of which nothing is due in the period are left out. filled: what already stands in the
    cells, by series; amounts are exact, dates ordinal days, NIL and NOT_APPLICABLE become their words and
    every other standing a blank. carried: likewise, shown in green as taken over from earlier figures,
    where `filled` has nothing. deadline: printed on the cover when known.

    Raises:
        UnknownUnit: the rule set does not assess that unit.
    """
    asked = Asked(rules=rules, unit=unit, period=period, provider=provider)
    due = [form for form in forms if due_elements(form, period)]
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties(_properties(asked))
    looks = Looks(workbook)
    _write_cover(workbook.add_worksheet(COVER_SHEET), looks, asked, due, deadline)
    for form in due:
        plan = SheetPlan(
            form=form, period=period, unit_name=asked.unit_name, filled=filled, carried=carried or _NOTHING
        )
        write_form(workbook.add_worksheet(sheet_name(form)), looks, plan)
    _write_marks(workbook.add_worksheet(META_SHEET), asked, due)
    workbook.close()
    return buffer.getvalue()


def _properties(asked: Asked) -> dict[str, object]:
    # A fixed date: the file must not say when it was made, or no two would be the same.
    return {
        "title": f"{asked.unit_name}{asked.period.title}报表",
        "subject": asked.rules.title,
        "created": datetime(asked.rules.year, 1, 1, tzinfo=UTC),
    }


def _write_cover(
    sheet: Worksheet, looks: Looks, asked: Asked, forms: Sequence[Form], deadline: date | None
) -> None:
    sheet.set_column(0, 0, _COVER_WIDTH)
    sheet.write_string(0, 0, f"{asked.unit_name}{asked.period.title}报表填报说明", looks["title"])
    sheet.set_row(0, 40)
    for row, line in enumerate(_cover_lines(asked, forms, deadline), 1):
        sheet.write_string(row, 0, line, looks["text"])
        sheet.set_row(row, height_of(line, _COVER_WIDTH, 15))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _cover_lines(asked: Asked, forms: Sequence[Form], deadline: date | None) -> list[str]:
    lines = [
        f"依据：{asked.rules.title}（规则集 {asked.rules.code}，版本 {asked.rules.version}）",
        f"填报：{asked.unit_name}；报告期：{asked.period.title}；提供方：{PROVIDER_TITLES[asked.provider]}",
    ]
    if deadline is not None:
        lines.append(f"报送截止：{deadline.year}年{deadline.month}月{deadline.day}日")
    lines += [
        "",
        "一、只填黄色单元格；绿色的是系统带入的数，请核对；灰色的不用填。合计由公式计算，不用填。",
        f"二、没有发生：填 0，或者填“{NIL_WORD}”。整张表都没有：在表头“{NIL_LABEL}”选“是”，数字格可以空着。",
        f"三、没有这项业务或机构：填“{NOT_APPLICABLE_WORD}”（只有允许的数据项可以填）。不要填“/”“—”“无”。",
        "四、空着不填按“未报”处理。未报、零、不适用是三件不同的事。",
        "五、只填数字，不带单位，不写“约”“余”；按“计量单位”一栏换算；日期填成 2021-06-30 的样子。",
        "六、不要增删、改名、移走、隐藏工作表和行列，不要合并单元格；系统按代码和表头找数，不按位置。",
        "七、填好后用 .xlsx 格式保存，原样上传。系统逐格检查，指出每一处问题；改正后再次上传即可。",
        "",
        "本期应报的表：",
    ]
    for form in forms:
        cells = sum(not field.is_total for field in fields_of([form], asked.period))
        lines.append(f"    {form.code}  {form.title}（{cells} 格）")
    return lines


def _write_marks(sheet: Worksheet, asked: Asked, forms: Sequence[Form]) -> None:
    marks = template_marks(asked, (form.code for form in forms))
    for row, (key, value) in enumerate(marks.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.protect()
    sheet.very_hidden()
