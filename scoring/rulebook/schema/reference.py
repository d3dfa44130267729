"""The reference of rule files as Markdown, from the same shapes as the schemas; and that of the methods."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.methods.base import Method, Parameter, Subject
from scoring.methods.registry import METHODS
from scoring.numbers import number_from_text, shown
from scoring.rulebook.files import compose
from scoring.rulebook.parse_methods import parse_method
from scoring.rulebook.schema.method_examples import METHOD_EXAMPLES, MethodExample
from scoring.rulebook.schema.registry import FILE_KINDS
from scoring.rulebook.schema.shapes import Again, Either, Fields, Items, Key, Kinds, Named, Shape, Value
from scoring.rulebook.tree import Findings, Record

_GENERATED = "<!-- 由 python -m app.rule_docs 生成, 请勿手改。Generated; do not edit. -->"
_SCALARS = {
    "any": "见说明",
    "text": "文字",
    "number": "十进制数",
    "ratio": "数或分数 (200/3)",
    "whole": "整数",
    "flag": "yes / no",
    "day": "日期 (2021-06-30)",
    "share": "百分比 (80%)",
    "quantity": "分数或满分的百分比",
    "formula": "公式",
    "condition": "条件",
}


def rule_files_text() -> str:
    """docs/rule-files.md: every key of every kind of rule file."""
    lines = [
        _GENERATED,
        "# 规则文件的全部写法 · Every key of every rule file",
        "",
        "怎样写规则, 先看 [writing-rules.md](writing-rules.md); 计分方法见 [methods.md](methods.md)。",
        "任何一个值都可以按日期不同: `{dated: [{to: 2021-06-30, use: 4}, {from: 2021-07-01, use: 5}]}`。",
        "没有列出的键是错误。任何一处都可以写 `accept: [{finding: 代码, reason: 理由}]` 答复检查结论。",
        "",
        "*Any value may differ from a day on (`dated`). A key not listed is an error. `*` = required.*",
    ]
    for kind in FILE_KINDS.values():
        told: set[str] = set()
        lines += ["", f"## {kind.pattern}", "", f"{kind.purpose}。"]
        lines += list(_record_lines(kind.shape, told))
    return "\n".join(lines) + "\n"


def _record_lines(shape: Fields, told: set[str]) -> Iterator[str]:
    """A table of the keys of a record, then the records within it; each once a file."""
    told.add(shape.title)
    yield from ["", f"### {shape.title}", "", "| 键 | 写什么 | 意思 | 缺省 |", "|---|---|---|---|"]
    for key in shape.keys:
        star = "*" if key.required else ""
        yield f"| `{key.name}`{star} | {_said(key.shape)} | {_cell(key.meaning)} | {_cell(key.default)} |"
    if shape.others is not None:
        yield "| (单位属性) | 数或文字 | ruleset.yaml 的 attributes 声明的各个属性 | |"
    for inner in _inner_records(shape.keys):
        if inner.title not in told:
            yield from _record_lines(inner, told)


def _inner_records(keys: tuple[Key, ...]) -> Iterator[Fields]:
    for key in keys:
        yield from _records_in(key.shape)


def _records_in(shape: Shape) -> Iterator[Fields]:
    if isinstance(shape, Fields):
        yield shape
    elif isinstance(shape, Kinds):
        if shape.title != "计分方法":
            yield from shape.records.values()
    elif isinstance(shape, Items | Named):
        yield from _records_in(shape.of)
    elif isinstance(shape, Either):
        for each in shape.shapes:
            yield from _records_in(each)


def _said(shape: Shape) -> str:
    if isinstance(shape, Value):
        return " / ".join(f"`{word}`" for word in shape.words) if shape.words else _SCALARS[shape.kind]
    if isinstance(shape, Items):
        return f"列表: {_said(shape.of)}"
    if isinstance(shape, Named):
        return f"{shape.names} → {_said(shape.of)}"
    if isinstance(shape, Either):
        return ", 或 ".join(dict.fromkeys(_said(each) for each in shape.shapes))
    if isinstance(shape, Again):
        return shape.title
    return "[计分方法](methods.md)" if shape.title == "计分方法" else f"“{shape.title}”"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def methods_text() -> str:
    """docs/methods.md: every scoring method with its parameters."""
    lines = [
        _GENERATED,
        "# 计分方法 · Scoring methods",
        "",
        "方法把一个指标值变成得分; 指标的满分、方向、取整写在指标里。",
        "分数可以写成绝对数, 或满分的百分比 (`80%`)。",
        "",
        "| 名称 | 中文 | 与其他单位比较 |",
        "|---|---|---|",
    ]
    lines += [
        f"| [`{kind}`](#{kind}) | {method.title} | {'是' if method.peers else ''} |"
        for kind, method in METHODS.items()
    ]
    for kind, method in METHODS.items():
        lines += ["", f"## {kind}", "", *_method_lines(method)]
    return "\n".join(lines) + "\n"


def _method_lines(method: type[Method]) -> Iterator[str]:
    example = METHOD_EXAMPLES[method.kind]
    yield example.told
    yield from ["", f"满分 {example.full} 分时 · An example with {example.full} full points:", ""]
    yield from ["```yaml", "method:", *(f"  {line}" for line in example.yaml.splitlines()), "```", ""]
    yield from _scored_lines(read_example(example), example)
    yield from ["", "| 参数 | 写什么 | 意思 | 缺省 |", "|---|---|---|---|"]
    for each in method.parameters:
        star = "*" if each.required else ""
        yield f"| `{each.name}`{star} | {_parameter(each)} | {_cell(each.meaning)} | {_default(each)} |"


def read_example(example: MethodExample) -> Method:
    """The method of an example; raises ValueError where the example is wrong."""
    findings = Findings()
    tree = compose(example.yaml.encode(), "example", findings)
    method = parse_method(Record(tree, "例", findings), findings) if tree is not None else None
    if method is None:
        raise ValueError([str(issue) for issue in findings.issues])
    return method


def _scored_lines(method: Method, example: MethodExample) -> Iterator[str]:
    full = Fraction(example.full)
    yield from (f"- {line}" for line in method.describe(full))
    yield from ["", "| 值 | 得分 | 说明 |", "|---|---|---|"]
    for text in example.values:
        number = number_from_text(text)
        subject = Subject(text if number is None else number, full, example.higher, example.group())
        award = method.award(subject)
        yield f"| {text} | {shown(award.points)} | {_cell('; '.join(award.steps))} |"


_PARAMETERS = {
    "number": "十进制数",
    "positive": "大于 0 的数",
    "quantity": "分数或满分的百分比",
    "rungs": "列表: `{at_least 或 above 或 at_most 或 below: 门槛, earn: 得分}`",
    "knots": "列表: `{at: 值, earn: 得分}`",
    "parts": "列表: `{element: 数据项, name: 名称, earn: 分值}`",
    "scale": "评语 → 得分",
    "bands": "列表: `{at_least: P50, earn: 得分}`",
}


def _parameter(each: Parameter) -> str:
    return " / ".join(f"`{word}`" for word in each.words) if each.kind == "word" else _PARAMETERS[each.kind]


def _default(each: Parameter) -> str:
    return "" if each.required or each.default is None else str(each.default)
