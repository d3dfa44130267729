"""From the elements, attributes and constants of a rule set to the words its formulas may use."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from scoring.errors import Place
from scoring.expressions import Attribute, Expression, Figure, Formula, Text, is_condition
from scoring.rulebook.cases import read_cases
from scoring.rulebook.forms import Element, ElementType
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.rules import Constant
from scoring.rulebook.stand_ins import going_by_stand_ins
from scoring.rulebook.tree import Entries, Findings, Record, Scalar


def vocabulary_of(
    elements: Iterable[Element],
    attributes: Mapping[str, str],
    constants: Mapping[str, Constant],
    tables: Collection[str] = (),
) -> Vocabulary:
    """Elements by code and, where it can stand as a name, by their Chinese name too.

    attributes: each with its type, `text` for those that hold a word. tables: their names.
    """
    known = {element.code: element for element in elements}
    names: dict[str, list[Element]] = {}
    for element in known.values():
        names.setdefault(unicodedata.normalize("NFKC", element.name), []).append(element)
    return Vocabulary(
        elements={code: element.members for code, element in known.items()},
        attributes=frozenset(attributes),
        constants={name: constant.amount for name, constant in constants.items()},
        aliases={
            name: found[0].code for name, found in names.items() if name.isidentifier() and len(found) == 1
        },
        choices={
            code: element.choices for code, element in known.items() if element.type is ElementType.CHOICE
        },
        worded=frozenset(name for name, kind in attributes.items() if kind == "text"),
        tables=frozenset(tables),
        statistics=True,
    )


def read_formula(
    record: Record, key: str, vocabulary: Vocabulary, findings: Findings, *, required: bool = False
) -> Formula | None:
    """The formula under a key, for scoring: a number, or the word of a choice."""
    formula = _formula(record, key, vocabulary, findings, required=required)
    if formula is not None:
        _refuse_bare_word(formula, vocabulary, record.at(key), findings)
    return going_by_stand_ins(formula, vocabulary, record.at(key), findings)


def read_condition(
    record: Record, key: str, vocabulary: Vocabulary, findings: Findings, *, required: bool = False
) -> Formula | None:
    """The formula under a key, which must be true or false."""
    formula = _formula(record, key, vocabulary, findings, required=required)
    _require_condition(formula, record.at(key), findings)
    return going_by_stand_ins(formula, vocabulary, record.at(key), findings)


def read_relation(record: Record, key: str, vocabulary: Vocabulary, findings: Findings) -> Formula | None:
    """The condition under a key, for the checks of reports: these know nothing of other units."""
    alone = replace(vocabulary, statistics=False)
    formula = _formula(record, key, alone, findings, required=True)
    _require_condition(formula, record.at(key), findings)
    return formula


def read_definition(record: Record, key: str, vocabulary: Vocabulary, findings: Findings) -> Formula | None:
    """The formula under a key, whatever it comes to: a number, a condition or a word."""
    return _formula(record, key, vocabulary, findings, required=True)


def _formula(
    record: Record, key: str, vocabulary: Vocabulary, findings: Findings, *, required: bool
) -> Formula | None:
    """A formula as one text, or as cases."""
    node = record.node(key, required=required)
    if isinstance(node, Entries):
        return read_cases(
            Record(node, f"{record.what} {key}", findings),
            lambda scalar: _parsed(scalar, vocabulary, findings),
            lambda root: _is_word(root, vocabulary) or _is_choice(root, vocabulary),
        )
    return _parsed(record.scalar(key), vocabulary, findings)


def _parsed(scalar: Scalar | None, vocabulary: Vocabulary, findings: Findings) -> Formula | None:
    if scalar is None:
        return None
    place = scalar.place if scalar.one_line else Place(file=scalar.mark.file, line=scalar.mark.line)
    formula, issues = parse_formula(scalar.text, vocabulary, place)
    unsure = findings.incomplete
    findings.issues.extend(each for each in issues if not (unsure and each.code.startswith("unknown-")))
    return formula


def _refuse_bare_word(formula: Formula, vocabulary: Vocabulary, place: Place, findings: Findings) -> None:
    """A quoted word or a worded attribute alone: no method makes points of it."""
    if _is_word(formula.root, vocabulary):
        zh, en = "这里要写一个数或选项类数据项,不能只写文字", "a number or a choice is needed, not a word"
        findings.add(place, "formula-type", zh, en, found=formula.text[:60])


def _require_condition(formula: Formula | None, place: Place, findings: Findings) -> None:
    if formula is not None and not is_condition(formula.root):
        zh, en = "这里要写条件(如 E101 >= 10),不能只写一个数", "a condition is needed, not a number"
        findings.add(place, "formula-type", zh, en, found=formula.text[:60])


def _is_word(root: Expression, vocabulary: Vocabulary) -> bool:
    return isinstance(root, Text) or (isinstance(root, Attribute) and root.name in vocabulary.worded)


def _is_choice(root: Expression, vocabulary: Vocabulary) -> bool:
    return isinstance(root, Figure) and root.element in vocabulary.choices
