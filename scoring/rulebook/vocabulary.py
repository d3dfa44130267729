"""From the elements, attributes and constants of a rule set to the words its formulas may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.errors import Place
from scoring.expressions import Figure, Formula, When, walk
from scoring.rulebook.formulas import Vocabulary, parse_formula
from scoring.rulebook.rules import Constant, Element
from scoring.rulebook.tree import Findings, Record, Scalar


def vocabulary_of(
    elements: Iterable[Element], attributes: Iterable[str], constants: Mapping[str, Constant]
) -> Vocabulary:
    """Elements by code and, where it can stand as a name, by their Chinese name too."""
    known = {element.code: element for element in elements}
    names: dict[str, list[Element]] = {}
    for element in known.values():
        names.setdefault(element.name, []).append(element)
    return Vocabulary(
        elements={code: element.members for code, element in known.items()},
        attributes=frozenset(attributes),
        constants={name: constant.amount for name, constant in constants.items()},
        aliases={
            name: found[0].code for name, found in names.items() if name.isidentifier() and len(found) == 1
        },
    )


def read_formula(
    record: Record,
    key: str,
    vocabulary: Vocabulary,
    findings: Findings,
    *,
    required: bool = False,
    report: bool = False,
) -> Formula | None:
    """The formula under a key; `previous` is only for the checks of reports."""
    scalar = record.scalar(key, required=required)
    return None if scalar is None else formula_of(scalar, vocabulary, findings, report=report)


def formula_of(
    scalar: Scalar, vocabulary: Vocabulary, findings: Findings, *, report: bool = False
) -> Formula | None:
    """The formula of a scalar, with its issues."""
    formula, issues = parse_formula(scalar.text, vocabulary, scalar.place)
    findings.issues.extend(issues)
    if formula is not None and not report:
        refuse_previous(formula, scalar.place, findings)
    return formula


def refuse_previous(formula: Formula, place: Place, findings: Findings) -> None:
    """`previous` looks at the quarter before, which a year-to-date score has no use for."""
    if any(isinstance(part, Figure) and part.when is When.PREVIOUS for part in walk(formula.root)):
        zh, en = "previous 只能用在表内审核关系里", "previous is only for the checks of forms"
        findings.add(place, "formula-not-allowed", zh, en, "计分请用年初至今的数,或 last_year")
