"""What worked examples give, in columns of their own or a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scoring.adjustments import BASE_RANK
from scoring.codes import ElementCode
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.sources import Example
from scoring.rulebook.tree import day_from_text
from services.rule_book.document import Cell
from services.rule_book.formulas_words import day_text
from services.rule_book.layout import Layout, prose, raw, row, spoken
from services.rule_book.typography import printed, signed

_SAID = {"NA": "不适用", "NIL": "零申报"}
_PARTS = {
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
    "H1": "上半年",
    "H2": "下半年",
}
GIVEN_WIDTHS = {1: 20, 2: 18, 3: 16}

Given = Mapping[str, str | Mapping[str, str]]


def common_keys(examples: Sequence[Example]) -> list[tuple[str, bool]]:
    """The figures that examples give, and whether of last year; none where they do not fit in columns."""
    keys = [(name, False) for each in examples for name in each.given]
    keys += [(name, True) for each in examples for name in each.last_year]
    distinct = list(dict.fromkeys(keys))
    return distinct if len(distinct) in GIVEN_WIDTHS else []


def head_of(name: str, rules: RuleSet, *, last_year: bool) -> str:
    """The head of a column of given figures: name, code, measure."""
    measure = _with_measure(name, "", rules)[1]
    unit = f"（{printed(measure)}）" if measure else ""
    return f"{spoken(_title(name, rules, last_year=last_year))}{unit}"


def case_cell(example: Example, keys: Sequence[tuple[str, bool]]) -> Cell:
    """The name of an example; with what has no column of its own."""
    around = tuple(_around(example)) if keys else ()
    return (prose(example.name), *around)


def _around(example: Example) -> Iterator[Layout]:
    """The period of an example and the other units of its group."""
    if example.period:
        yield prose(f"考核期{example.period}")
    if example.peers:
        peers = "；".join(_peer_text(peer) for peer in example.peers)
        yield prose(f"同组另有{len(example.peers)}个单位：{peers}")


def given_cells(example: Example, keys: Sequence[tuple[str, bool]], rules: RuleSet) -> tuple[Cell, ...]:
    """The cells between the name of an example and its results."""
    if not keys:
        return (given_lines(example, rules),)
    cells: list[Cell] = []
    for name, last_year in keys:
        written = (example.last_year if last_year else example.given).get(name)
        text = "—" if written is None else _amounts(_with_measure(name, written, rules)[0], "")
        cells.append((raw(signed(text)),))
    return tuple(cells)


def given_lines(example: Example, rules: RuleSet) -> Cell:
    """What an example gives, a line each."""
    figures = [*given_texts(example.given, rules), *given_texts(example.last_year, rules, last_year=True)]
    lines = (*figures, *_around(example))
    return lines or (prose("没有登记"),)


def given_texts(given: Given, rules: RuleSet, *, last_year: bool = False) -> Iterator[Layout]:
    """Each given figure or attribute by its name."""
    for name, written in given.items():
        amount, measure = _with_measure(name, written, rules)
        yield row(_title(name, rules, last_year=last_year), raw(f"：{signed(_amounts(amount, measure))}"))


def _title(name: str, rules: RuleSet, *, last_year: bool) -> Layout:
    """The name of what is given, with its code."""
    element, attribute = rules.elements.get(ElementCode(name)), rules.attributes.get(name)
    time = "上年同期" if last_year else ""
    if name == BASE_RANK:
        return prose("加减分前的名次")
    if element is not None:
        return row(prose(f"{time}{element.name}"), raw(f" {name}"))
    return row(prose(f"{attribute.title} " if attribute and attribute.title else ""), raw(name))


def _with_measure(
    name: str, written: str | Mapping[str, str], rules: RuleSet
) -> tuple[str | Mapping[str, str], str]:
    """What is given as it is printed, and in which measure."""
    element, attribute = rules.elements.get(ElementCode(name)), rules.attributes.get(name)
    if element is not None and element.type is ElementType.DATE:
        return _day(written), ""
    if element is not None and element.type is ElementType.CHOICE:
        return written, ""
    return written, element.measure if element is not None else attribute.measure if attribute else ""


def _day(written: str | Mapping[str, str]) -> str | Mapping[str, str]:
    day = day_from_text(written) if isinstance(written, str) else None
    return written if day is None else day_text(day)


def _amounts(written: str | Mapping[str, str], measure: str) -> str:
    if isinstance(written, str):
        return _amount(written, measure)
    return "，".join(f"{_PARTS.get(key, key)}{_amount(text, measure)}" for key, text in written.items())


def _amount(text: str, measure: str) -> str:
    said = _SAID.get(text)
    return said if said else f"{text}{measure}" if text[:1] in "-0123456789" and "-" not in text[1:] else text


def _peer_text(peer: Given) -> str:
    return "、".join(f"{name}为{_amounts(written, '')}" for name, written in peer.items())
