"""What stood for what had no value, in an account: as data, and as a sentence each."""

from __future__ import annotations

from fractions import Fraction

from scoring.account_texts import amount_text
from scoring.results import OUTCOME_OF_STANDING
from scoring.values import Substituted


def substituted_data(each: Substituted) -> dict[str, object]:
    """What had no value, why, what stood for it, and how much that was."""
    return {
        "what": each.rule.what,
        "reason": OUTCOME_OF_STANDING[each.reason],
        "by": each.rule.by,
        "amount": _amount(each),
    }


def substituted_sentence(each: Substituted) -> str:
    """The same in Chinese."""
    reason = OUTCOME_OF_STANDING[each.reason].title
    return f"{each.rule.what}{reason},按规则以{each.rule.by} = {_amount(each)} 代替。"


def _amount(each: Substituted) -> str:
    amount = Fraction(each.amount) if isinstance(each.amount, bool) else each.amount
    return amount_text(amount) or ""
