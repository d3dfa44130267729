"""An auditor's own totals, grades and ranks of 2021 from facts and rule texts; the engine is not asked.

Run as `python -m tests.audit.independent_2021 [2021|2021Q2]` to print a table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

from tests.audit.books_2021 import Book, read_books
from tests.audit.indicators_2021 import INDICATORS, Line, assess_all, half_up

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "sample_reports" / "2021" / "facts.csv"
UNITS = ROOT / "rules" / "national" / "2021" / "units.yaml"

# The tree, from ruleset.yaml: which items make up a section.
SECTIONS: dict[str, tuple[int, int]] = {
    "section-1": (1, 6),
    "section-2": (7, 9),
    "section-3": (10, 14),
    "section-4": (15, 19),
    "section-5": (20, 22),
    "section-6": (23, 25),
    "section-7": (26, 28),
}
BONUS_CAP, PENALTY_CAP = Fraction(2), Fraction(3)
GRADES = ("优秀", "良好", "合格", "不合格")  # best first
LEAST = (Fraction(90), Fraction(80), Fraction(60))  # of the first three; less is the last
TIERS = dict(zip(GRADES, ("第一档", "第二档", "第三档", "第四档"), strict=True))
CENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Sum:
    """An item or a section: its points, out of how many."""

    outcome: str
    points: Fraction
    full: Fraction


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the auditor says of one unit: lines, sums, the hundred, the final score, grade, ranks."""

    lines: Mapping[str, Line]
    sums: Mapping[str, Sum]
    hundred: Fraction
    base_rank: int
    final: Fraction
    grade: str
    rank: int | None = None
    group_rank: int | None = None

    @property
    def score(self) -> Fraction:
        """The final score as it is published."""
        return half_up(self.final)


def add_up(lines: Iterable[Line]) -> Sum:
    """The sum of some indicators; nothing is rounded again."""
    own = list(lines)
    points, full = (sum(column, Fraction(0)) for column in ([n.points for n in own], [n.full for n in own]))
    waiting = any(line.outcome == "not_due" for line in own)
    return Sum("scored" if full else "not_due" if waiting else "not_applicable", points, full)


def sum_nodes(lines: Mapping[str, Line]) -> dict[str, Sum]:
    """Items and sections."""
    sums: dict[str, Sum] = {}
    for section, (first, last) in SECTIONS.items():
        numbers = [f"{number:02}" for number in range(first, last + 1)]
        sums[section] = add_up(line for code, line in lines.items() if code[1:3] in numbers)
        for number in numbers:
            sums[f"item-{number}"] = add_up(line for code, line in lines.items() if code[1:3] == number)
    return sums


def out_of_hundred(sums: Mapping[str, Sum]) -> Fraction:
    """The total, with what does not apply left out of the hundred."""
    points = sum((sums[section].points for section in SECTIONS), Fraction(0))
    return 100 * points / sum((sums[section].full for section in SECTIONS), Fraction(0))


# P3: what a check found to be falsely reported by 5% to 20%.


def found_false(book: Book) -> list[str]:
    """The indicators that P3 names for this unit."""
    return [code for code in INDICATORS if book.cells.get((book.period, "AP3", code)) == "1"]


def void(lines: Mapping[str, Line], false: Sequence[str]) -> dict[str, Line]:
    """P3, first half: the indicator has 0 points, also where the false figure made it not applicable."""
    full = {code: INDICATORS[code].full for code in false}
    gone = {code: Line("voided", lines[code].value, Fraction(0), full[code]) for code in false}
    return {**lines, **gone}


# Bonuses and penalties.


def bonus(book: Book, base_rank: int) -> Fraction:
    """B1, B2 and B3, at most 2 together; none with V2."""
    if book.events("AV2") >= 1:
        return Fraction(0)
    practice = min(Fraction(1), book.events("AB1") / 2)
    lead = min(Fraction(1), book.events("AB2") / 2)
    last_year = book.events("AB3") or Fraction(base_rank)
    steps = max(0, floor((last_year - base_rank) / 5))
    return min(BONUS_CAP, practice + lead + min(Fraction("0.6"), steps * Fraction("0.2")))


def penalty(book: Book, false: Sequence[str]) -> Fraction:
    """P1, P2 and the second half of P3, at most 3 together."""
    censured = min(Fraction(3), book.events("AP1") + 2 * book.events("AP1R"))
    careless = min(Fraction("1.5"), book.events("AP2") * Fraction("0.3"))
    lied = sum((INDICATORS[code].full / 2 for code in false), Fraction(0))
    return min(PENALTY_CAP, censured + careless + lied)


# Grades.


def grade_of(score: Fraction) -> int:
    """The place in GRADES of a rounded score."""
    return next((place for place, least in enumerate(LEAST) if score >= least), len(LEAST))


def decide(book: Book, sums: Mapping[str, Sum], score: Fraction) -> tuple[int, Fraction]:
    """The grade after vetoes, demotion and floor, and the score that goes with it."""
    grade = grade_of(half_up(score))
    if book.events("AV1") >= 1:
        grade = len(LEAST)
    if book.events("AV2") >= 1:
        grade = max(grade, GRADES.index("合格"))
    unreported = sum(book.cells.get((quarter, "X03", "")) == "1" for quarter in book.quarters)
    if unreported >= 2 and grade < len(LEAST):
        score = min(score, LEAST[grade] - CENT)
        grade += 1
    if any(sums[section].points * 10 < sums[section].full * 4 for section in SECTIONS):
        grade = max(grade, GRADES.index("良好"))
    return grade, score


# Ranks: 1, 1, 3.

Key = tuple[Fraction, Fraction, int]


def key_of(total: Fraction, sums: Mapping[str, Sum], lines: Mapping[str, Line]) -> Key:
    """The higher the better: the unrounded total, then item 28, then fewer indicators with nothing."""
    zeros = sum(1 for line in lines.values() if line.full > 0 and line.points == 0)
    return total, sums["item-28"].points, -zeros


def places(keys: Mapping[str, Key]) -> dict[str, int]:
    """Each one's rank: one more than the number of those who are better."""
    return {code: 1 + sum(other > key for other in keys.values()) for code, key in keys.items()}


def audit(period: str, facts: Path = FACTS) -> dict[str, Sheet]:
    """Every unit's sheet for the year, or for the year up to the end of a quarter."""
    books = read_books(facts, UNITS, period)
    by_code = {book.unit.code: book for book in books}
    false = {code: found_false(book) for code, book in by_code.items()}
    lines = {code: void(own, false[code]) for code, own in assess_all(books).items()}
    sums = {code: sum_nodes(own) for code, own in lines.items()}
    hundreds = {code: out_of_hundred(own) for code, own in sums.items()}
    base = places({code: key_of(hundreds[code], sums[code], lines[code]) for code in by_code})
    sheets: dict[str, Sheet] = {}
    for code, book in by_code.items():
        raw = hundreds[code] + bonus(book, base[code]) - penalty(book, false[code])
        grade, final = decide(book, sums[code], raw)
        sheets[code] = Sheet(lines[code], sums[code], hundreds[code], base[code], final, GRADES[grade])
    return rank_all(by_code, sheets)


def rank_all(books: Mapping[str, Book], sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets with ranks in the country and in the group; V1 takes no part."""
    keys = {
        code: key_of(sheet.final, sheet.sums, sheet.lines)
        for code, sheet in sheets.items()
        if books[code].events("AV1") < 1
    }
    country = places(keys)
    group: dict[str, int] = {}
    for name in {book.unit.group for book in books.values()}:
        group |= places({code: key for code, key in keys.items() if books[code].unit.group == name})
    return {
        code: replace(sheet, rank=country.get(code), group_rank=group.get(code))
        for code, sheet in sheets.items()
    }


def main(period: str) -> None:
    """Prints the table, best first."""
    sheets = audit(period)
    for code, sheet in sorted(sheets.items(), key=lambda pair: (pair[1].rank or len(sheets), pair[0])):
        ranks = f"{sheet.rank or '-':>3} {sheet.group_rank or '-':>3}"
        score = Decimal(int(sheet.score * 100)).scaleb(-2)
        sys.stdout.write(f"{ranks} {code} {score} {sheet.grade} {TIERS[sheet.grade]}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "2021")
