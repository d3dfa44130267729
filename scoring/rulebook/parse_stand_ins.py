"""From `if_missing:` of elements to the formulas that stand for them where they were not reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scoring.codes import ElementCode
from scoring.expressions import Formula
from scoring.rulebook.forms import Element, ElementType, Form
from scoring.rulebook.language import StandIn, Vocabulary
from scoring.rulebook.tree import Branch, Findings, Record
from scoring.rulebook.vocabulary import read_formula

KEY = "if_missing"


def read_stand_ins(
    trees: Iterable[Branch], elements: Mapping[ElementCode, Element], words: Vocabulary, findings: Findings
) -> dict[ElementCode, Formula]:
    """For each element that has one, the formula that stands for it; its figures stand for themselves."""
    found: dict[ElementCode, Formula] = {}
    silent = Findings()
    for tree in trees:
        for inner in Record(tree, "", silent).records("elements"):
            element = elements.get(ElementCode(inner.text("code")))
            if element is not None and inner.has(KEY):
                record = Record(inner.branch, f"数据项 {element.code}", findings)
                formula = read_formula(record, KEY, words, findings)
                if formula is not None and _may_have_one(element, record, formula):
                    found[element.code] = formula
    return found


def _may_have_one(element: Element, record: Record, formula: Formula) -> bool:
    """Only a number that stands by itself: words have no mean, and a member's stand-in is not the total's."""
    numeric = element.type in {ElementType.INTEGER, ElementType.DECIMAL}
    if not numeric or element.members:
        zh, en = "只有不分类的数字可以写 if_missing", "only undivided numbers may have a stand-in"
        record.wrong(record.at(KEY), zh, en, formula.text[:60], "可以在公式里写 coalesce(…)")
        return False
    return True


def stand_ins_of(
    found: Mapping[ElementCode, Formula], elements: Mapping[ElementCode, Element]
) -> dict[ElementCode, StandIn]:
    """The stand-ins as formulas use them."""
    return {
        code: StandIn(f"{code} {elements[code].name}", formula.text, formula.root)
        for code, formula in found.items()
    }


def with_stand_ins(form: Form, found: Mapping[ElementCode, Formula]) -> Form:
    """The form whose elements know what stands for them."""
    elements = tuple(
        replace(each, if_missing=found[each.code]) if each.code in found else each for each in form.elements
    )
    return replace(form, elements=elements)
