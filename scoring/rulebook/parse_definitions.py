"""From `definitions:` of ruleset.yaml to named formulas; one may use others, but never itself."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from keyword import iskeyword

from scoring.expressions import Number
from scoring.rulebook.language import LONGEST_FORMULA, Defined, Vocabulary, half_width
from scoring.rulebook.measure import count_levels, count_parts
from scoring.rulebook.rules import Definition
from scoring.rulebook.tree import Branch, Entries, Findings, Items, Mark, Record, Scalar
from scoring.rulebook.vocabulary import read_definition

_UNREAD = Defined(Number(Fraction(0)), 1, 1)
"""Stands for a definition that cannot be read, so that nothing else is said of those who use it."""


def parse_definitions(
    record: Record, words: Vocabulary, findings: Findings
) -> tuple[dict[str, Definition], Vocabulary]:
    """The definitions in the order of the file, and the vocabulary with all of them."""
    records = {
        unicodedata.normalize("NFKC", name): inner for name, inner in record.keyed("definitions", "定义")
    }
    asked = {name: _asked(inner) & records.keys() for name, inner in records.items()}
    known: dict[str, Defined] = {}
    for name in _rings(asked, records, findings):
        known[name] = _UNREAD
    found: dict[str, Definition] = {}
    for name in _in_order(asked, known):
        definition = _definition(name, records[name], replace(words, definitions=dict(known)), findings)
        if definition is None:
            known[name] = _UNREAD
        else:
            root = definition.formula.root
            found[name] = definition
            known[name] = Defined(root, count_parts(root), count_levels(root))
    ordered = {name: found[name] for name in records if name in found}
    return ordered, replace(words, definitions=known)


def check_name(name: str, mark: Mark, taken: Collection[str], findings: Findings) -> None:
    """Adds an issue where a definition or table cannot be called so."""
    if not name.isidentifier() or iskeyword(name):
        zh, en = f"名称“{name[:60]}”只能用文字、数字和下划线,不能是 if 之类的词", "not a plain name"
        findings.add(mark.place, "wrong-form", zh, en, "请换一个名称", found=name[:60])
    elif unicodedata.normalize("NFKC", name) in taken:
        zh = f"名称 {name} 已经另有所指:数据项、单位属性、常量、参数表和定义不能同名"
        findings.add(mark.place, "duplicate-code", zh, f"name {name} is taken", "请换一个名称", found=name)


def _definition(name: str, record: Record, words: Vocabulary, findings: Findings) -> Definition | None:
    formula = read_definition(record, "formula", words, findings)
    title, measure = record.text("title"), record.text("measure")
    record.close()
    if formula is None:
        return None
    return Definition(name=name, formula=formula, title=title, measure=measure, place=record.place)


def _rings(asked: dict[str, set[str]], records: Mapping[str, Record], findings: Findings) -> list[str]:
    """The definitions that need themselves, each ring told once; they are taken out of what is asked."""
    broken: list[str] = []
    while True:
        try:
            TopologicalSorter(asked).prepare()
        except CycleError as error:
            ring = [str(name) for name in reversed(error.args[1])]
            start = min(range(len(ring) - 1), key=lambda place: list(records).index(ring[place]))
            ring = [*ring[start:-1], *ring[: start + 1]]
            zh, en = f"定义互相引用成环:{' → '.join(ring)}", f"definitions in a ring: {' → '.join(ring)}"
            findings.add(
                records[ring[0]].place, "definition-ring", zh, en, "请改其中一个的公式", found=ring[0]
            )
            broken += ring[:-1]
            for name in ring:
                asked[name] = set()
        else:
            return broken


def _in_order(asked: Mapping[str, set[str]], known: Mapping[str, Defined]) -> Iterator[str]:
    """Those that can be read, each after those that it asks for."""
    return (name for name in TopologicalSorter(asked).static_order() if name not in known)


def _asked(record: Record) -> set[str]:
    """Every name in the texts of a definition."""
    node = record.by_key.get("formula")
    return {name for text in _texts(node[1]) for name in _names(text)} if node is not None else set()


def _texts(node: Branch) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Items):
        for each in node.nodes:
            yield from _texts(each)
    elif isinstance(node, Entries):
        for _, each in node.by_key.values():
            yield from _texts(each)


def _names(text: str) -> Iterator[str]:
    if len(text) > LONGEST_FORMULA:
        return
    try:
        tree = ast.parse(half_width(text), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for part in ast.walk(tree):
        if isinstance(part, ast.Name):
            yield part.id
