"""What a template says in words: notes, definitions, and the very checks that a report will be held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.labels import NOT_APPLICABLE_WORD, TOTAL_HEAD
from intake.template_entry import kind_text
from intake.template_plan import SheetPlan
from scoring.expressions import Figure, When, expanded, walk
from scoring.rulebook.forms import Check, Element

HARD_TITLE = "审核关系：必须成立，有一条不成立就不能报送"
SOFT_TITLE = "提示：出现下列情况，要逐条说明原因"
_TOTAL_RULE = f"{TOTAL_HEAD}等于同一行各列之和，填“{NOT_APPLICABLE_WORD}”的列不计。"


def note_blocks(plan: SheetPlan) -> list[tuple[str, list[str]]]:
    """What stands below the table, as titles with their lines; blocks without lines are left out."""
    hard, soft = checks_made(plan)
    totals = [_TOTAL_RULE] if len(plan.heads) > 1 else []
    blocks = [
        ("填报说明", [f"{number}. {note}" for number, note in enumerate(plan.form.notes, 1)]),
        ("指标口径", [] if plan.beside else [_definition(element) for element in plan.elements]),
        (HARD_TITLE, totals + [check_text(check) for check in hard]),
        (SOFT_TITLE, [check_text(check) for check in soft]),
    ]
    return [(title, lines) for title, lines in blocks if lines]


def checks_made(plan: SheetPlan) -> tuple[list[Check], list[Check]]:
    """The hard and the soft checks of the form that are about anything due in the period."""
    made = [check for check in _once(plan) if _concerns(check, plan)]
    return [check for check in made if check.hard], [check for check in made if not check.hard]


def check_text(check: Check) -> str:
    """`F01-02 年初至今的结案数不应大于…（逐列、年初至今核对：E104 <= E105 + E103）`."""
    scope = ["逐列"] if check.each else []
    scope += ["年初至今"] if check.year_to_date else []
    about = f"{'、'.join(scope)}核对：" if scope else ""
    return f"{check.code}  {check.message}（{about}{check.rule.text}）"


def definition_text(element: Element) -> str:
    """What the element counts, and what may be typed: `…的件数。［整数，≥0；可填“不适用”］`."""
    return f"{element.definition}［{kind_text(element)}］"


def _definition(element: Element) -> str:
    return f"{element.code} {element.name}：{definition_text(element)}"


def _once(plan: SheetPlan) -> Iterable[Check]:
    """In the first quarter the year to date is the quarter: the same relation is said once."""
    quarterly = {(check.rule.text, check.each) for check in plan.form.checks if not check.year_to_date}
    for check in plan.form.checks:
        repeated = check.year_to_date and (check.rule.text, check.each) in quarterly
        if not (repeated and plan.period.quarter == 1):
            yield check


def _concerns(check: Check, plan: SheetPlan) -> bool:
    figures: Sequence[Figure] = [
        part for part in walk(expanded(check.rule.root, plan.period.quarters())) if isinstance(part, Figure)
    ]
    return any(figure.when is When.NOW and figure.element in plan.due for figure in figures)
