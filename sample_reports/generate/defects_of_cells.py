"""Defects of single cells: what people type, and what programs leave there."""

from __future__ import annotations

from collections.abc import Callable

from sample_reports.generate.defective import WHOLE_YEAR, Defect, Draft, Expected
from scoring.numbers import exact_text
from scoring.rulebook.forms import Provider

MARKET = "市场监管"


def _typed(
    name: str, title: str, code: str, text: str, element: str = "E103", member: str = MARKET
) -> Defect:
    """Words typed where a figure belongs."""
    return Defect(
        name=name,
        title=title,
        spoil=lambda draft: draft.text(element, member, text),
        expected=(Expected(code=code, element=element, member=member),),
    )


def _stored(name: str, title: str, code: str, number: str, element: str, member: str = "") -> Defect:
    """A figure that may not stand there."""
    return Defect(
        name=name,
        title=title,
        spoil=lambda draft: draft.edit.put_number(*draft.at(element, member), number),
        expected=(Expected(code=code, element=element, member=member),),
    )


def _taken(name: str, title: str, element: str, written: Callable[[Draft], str], member: str = "") -> Defect:
    """A way of writing that is understood: no issue, but the change is listed."""
    return Defect(
        name=name,
        title=title,
        spoil=lambda draft: draft.text(element, member, written(draft)),
        normalised=((element, member),),
    )


def _hidden_by_merging(draft: Draft) -> None:
    form, first = draft.at("E103", MARKET)
    _, second = draft.at("E103", "知识产权")
    draft.edit.merge(form, f"{first}:{second}")


def _without_result(draft: Draft) -> None:
    form, address = draft.at("E102", MARKET)
    draft.edit.put_formula(form, address, "SUM(1200,345)")


def _blank_cell(draft: Draft) -> None:
    draft.edit.clear(*draft.at("E203"))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


CELL_DEFECTS = (
    _typed("text-for-number", "数字格里写了“见附件”", "not-a-number", "见附件"),
    _typed("chinese-numeral", "数字格里写了汉字数字“三十五”", "chinese-numeral", "三十五"),
    _typed("another-unit", "件数后面写了“起”，与计量单位“件”不是一回事", "unit-in-cell", "128起"),
    _typed("ten-thousands", "件数写成了“1.2万”，可能是约数", "scale-in-cell", "1.2万"),
    _typed(
        "too-fine-in-wan",
        "罚没款写了“1234.5元”，换算成万元超过两位小数",
        "converted-too-fine",
        "1234.5元",
        "E107",
    ),
    _typed("range", "填了一个范围“5-6”", "range-for-figure", "5-6"),
    _typed("bound", "只说了不少于多少", "bound-for-figure", "≥300"),
    _typed("negative-in-brackets", "括号里的数，可能是负数", "perhaps-negative", "（12）"),
    _typed("scientific", "写成了科学记数法的文本", "exponent-typed", "1.2E+3"),
    _typed("letter-for-zero", "数字 0 写成了字母 O", "look-alike", "1O5"),
    _typed("footnote-mark", "数字带了上标脚注", "odd-character", "128²"),
    _typed("blank-within-figure", "数字中间有空格，分不清是一个数还是两个数", "blank-inside", "12 8"),
    _typed("approximate-figure", "填了约数“约300”", "approximate", "约300"),
    _typed("figure-and-more", "填了“300余”", "approximate", "300余"),
    _typed("percent-sign", "件数填成了百分数", "percent-sign", "95%", "E202", ""),
    _typed("dash", "没有发生填了“—”，分不清是 0、不适用还是未报", "dash", "—", "E205", ""),
    _typed("slash", "没有发生填了“/”", "dash", "/", "E108", "林草"),
    _typed("misplaced-comma", "逗号不在千分位上", "comma-misplaced", "1,23", "E201", ""),
    _typed(
        "not-applicable-not-allowed",
        "每个单位都有的数填了“不适用”",
        "not-applicable-not-allowed",
        "不适用",
        "E203",
        "",
    ),
    _stored("negative-figure", "用负数冲减以前的数", "below-minimum", "-12", "E103", MARKET),
    _stored("fraction-for-count", "件数填了小数", "not-whole", "12.5", "E901"),
    _stored("too-many-decimals", "金额填了三位小数", "too-many-places", "12.345", "E107", MARKET),
    Defect(
        name="error-value",
        title="单元格里是公式错误值 #DIV/0!",
        spoil=lambda draft: draft.edit.put_error(*draft.at("E302"), "E301/0", "#DIV/0!"),
        expected=(Expected(code="error-value", element="E302"),),
    ),
    Defect(
        name="formula-without-result",
        title="公式没有保存计算结果",
        spoil=_without_result,
        expected=(Expected(code="formula-without-value", element="E102", member=MARKET),),
    ),
    Defect(
        name="truth-value",
        title="数字格里是逻辑值 TRUE",
        spoil=lambda draft: draft.edit.put_truth(*draft.at("EA01"), truth=True),
        expected=(Expected(code="boolean-value", element="EA01"),),
    ),
    Defect(
        name="merged-cells",
        title="合并了两个填数的单元格，分不清是谁的数，两格都没有读",
        spoil=_hidden_by_merging,
        expected=(Expected(code="merged-inputs", element="E103", member=MARKET),),
    ),
    Defect(
        name="hidden-row",
        title="隐藏了一行，里面有数",
        spoil=lambda draft: draft.edit.hide_row(*draft.row("E204")),
        expected=(Expected(code="hidden-value", element="E204"),),
    ),
    Defect(
        name="blank-cell",
        title="有一格没有填，按未报处理",
        spoil=_blank_cell,
        expected=(Expected(code="cell-blank", severity="soft", element="E203"),),
    ),
    Defect(
        name="total-not-the-sum",
        title="合计是手工填的，与各栏之和不等",
        spoil=lambda draft: draft.edit.put_number(*draft.at("E103"), "1"),
        expected=(Expected(code="total-differs", element="E103"),),
    ),
    Defect(
        name="unknown-choice",
        title="是非项填了“基本做到”",
        spoil=lambda draft: draft.text("K131", "", "基本做到"),
        expected=(Expected(code="unknown-word", element="K131"),),
        period=WHOLE_YEAR,
        provider=Provider.ON_SITE,
    ),
    Defect(
        name="full-width-digits",
        title="全角数字：能读懂，列为规范化，不算差错",
        spoil=lambda draft: draft.text("E203", "", _full_width(draft.whole("E203"))),
        normalised=(("E203", ""),),
    ),
    _taken(
        "thousands-comma",
        "带千分位逗号的文本数字：能读懂，列为规范化，不算差错",
        "E301",
        lambda draft: f"{draft.whole('E301'):,}",
    ),
    _taken(
        "number-as-text",
        "文本型数字：能读懂，列为规范化，不算差错",
        "E303",
        lambda draft: f" {draft.whole('E303')} ",
    ),
    _taken(
        "unit-behind-figure",
        "数字后面带了计量单位“条”：能读懂，列为规范化，不算差错",
        "E201",
        lambda draft: f"{draft.whole('E201')}条",
    ),
    _taken(
        "yuan-converted",
        "罚没款写了“……元”：按固定倍数换算成万元，列为规范化，不算差错",
        "E107",
        lambda draft: f"{exact_text(draft.exact('E107', MARKET) * 10_000)}元",
        MARKET,
    ),
    _taken(
        "thousands-blank",
        "用空格分隔千分位：能读懂，列为规范化，不算差错",
        "E301",
        lambda draft: f"{draft.whole('E301'):,}".replace(",", "\u00a0"),
    ),
    _taken(
        "invisible-characters",
        "数字里混进了看不见的字符：能读懂，列为规范化，不算差错",
        "E303",
        lambda draft: f"\u200b{draft.whole('E303')}\ufeff",
    ),
)
