"""Draws that are always the same: a whole number from the hash of its name, so that no draw moves another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

SEED = "kaohe-2021"
PERMILLE = 1000


def draw(low: int, high: int, *name: object) -> int:
    """A whole number from low to high (both inclusive) that depends on the name alone."""
    text = "\t".join((SEED, *(str(part) for part in name)))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return low + number % (high - low + 1)


def portion(amount: int, permille: int, *name: object) -> int:
    """The share of an amount as a whole number; what is left over is rounded up or down by a draw."""
    return (amount * permille + draw(0, PERMILLE - 1, *name)) // PERMILLE


def rounded_portion(amount: int, permille: int) -> int:
    """The share of an amount, half up."""
    return (amount * permille + PERMILLE // 2) // PERMILLE


def split(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """An amount over parts in proportion to their weights; the parts sum to the amount."""
    total, before, done, parts = sum(weights), 0, 0, []
    for weight in weights:
        before += weight
        upto = amount * before // total
        parts.append(upto - done)
        done = upto
    return tuple(parts)


def running_share(amounts: Sequence[int], permilles: Sequence[int]) -> tuple[int, ...]:
    """For each quarter what brings the running sum to its share; what an earlier one left is caught up.

    The share of a running sum is rounded half up, and no part is negative.
    """
    seen, done, parts = 0, 0, []
    for amount, permille in zip(amounts, permilles, strict=True):
        seen += amount
        part = max(0, rounded_portion(seen, permille) - done)
        done += part
        parts.append(part)
    return tuple(parts)


def share_within(amounts: Sequence[int], permilles: Sequence[int]) -> tuple[int, ...]:
    """Likewise, but never more in a quarter than its amount: what was left stays undone."""
    parts: list[int] = []
    aim = 0
    for amount, permille in zip(amounts, permilles, strict=True):
        aim += amount * permille
        part = min(amount, max(0, (aim + PERMILLE // 2) // PERMILLE - sum(parts)))
        parts.append(part)
    return tuple(parts)
