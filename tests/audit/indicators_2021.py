"""The 57 indicators of 2021, coded by hand from the rule texts as an auditor with a calculator would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor

from tests.audit.books_2021 import (
    Book,
    NoDenominatorError,
    NotApplicableError,
    NotDueError,
    NotReportedError,
)

ZERO, HUNDRED = Fraction(0), Fraction(100)
WORK_POINTS_ISSUED = date(2021, 5, 16)

Result = tuple[Fraction, Fraction]  # the value, and the points before rounding
Rule = Callable[[Book, Fraction], Result]  # of a unit's book and the full points


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator: its full points; assessed at the year's end only; who answers for what is missing."""

    full: Fraction
    rule: Rule
    yearly: bool
    office_owes_it: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one unit: points rounded to two decimals, out of how many."""

    outcome: str
    value: Fraction | None
    points: Fraction
    full: Fraction


def entry(full: str, rule: Rule, *, yearly: bool = False, office_owes_it: bool = False) -> Entry:
    """An entry with full points as they are written."""
    return Entry(Fraction(full), rule, yearly, office_owes_it)


# The calculator.

NOT_APPLICABLE, NOTHING, FULL = None, 0, 1  # what an empty denominator is worth


def half_up(number: Fraction) -> Fraction:
    """Two decimals, half up; for numbers of 0 and more."""
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


def percent(whole: Fraction, part: Fraction, empty: int | None) -> Fraction:
    """A rate in percent."""
    if whole == 0 and empty is None:
        raise NotApplicableError
    if whole == 0 and empty is not None:
        raise NoDenominatorError(empty)
    return 100 * part / whole


def rate(figures: Sequence[Fraction], empty: int | None) -> Fraction:
    """A rate in percent of two figures: the whole, then the part."""
    whole, part = figures
    return percent(whole, part, empty)


def less(figures: Sequence[Fraction]) -> Fraction:
    """The first figure less the second."""
    first, second = figures
    return first - second


def capped(number: Fraction) -> Fraction:
    """100% at most (封顶100%)."""
    return min(HUNDRED, number)


def slope(full: Fraction, value: Fraction, target: int, each: str) -> Result:
    """So much off for each point below the target, down to 0 (扣完为止)."""
    return value, max(ZERO, full - max(ZERO, target - value) * Fraction(each))


def deduct(full: Fraction, value: Fraction, each: str) -> Result:
    """So much off for each, down to 0; nothing is won by less than none."""
    return value, max(ZERO, full - max(ZERO, value) * Fraction(each))


def credit(full: Fraction, value: Fraction, each: str) -> Result:
    """So much for each, up to the full points."""
    return value, min(full, value * Fraction(each))


def attain(full: Fraction, value: Fraction) -> Result:
    """Points in proportion, up to 100%."""
    return value, full * capped(value) / 100


def ladder(full: Fraction, value: Fraction, *rungs: tuple[int, int]) -> Result:
    """The percent of the first rung reached: (at least so much, so many percent)."""
    return value, full * next((percents for least, percents in rungs if value >= least), 0) / 100


def closing(full: Fraction, value: Fraction) -> Result:
    """The ladder of the administrative closing rates."""
    return ladder(full, value, (95, 100), (90, 80), (80, 60), (70, 40))


def ticks(book: Book, full: Fraction, *elements: str) -> Result:
    """Yes or no, all worth the same; what does not apply is left out. The value is the points."""
    answers = [answer for element in elements if (answer := book.word(element)) != "NA"]
    if not answers:
        raise NotApplicableError
    points = full * answers.count("是") / len(answers)
    return points, points


def mean(numbers: Sequence[Fraction]) -> Fraction:
    """The plain mean."""
    return sum(numbers, ZERO) / len(numbers)


# The indicators that take more than one line.


def agri_and_forestry_closing(book: Book, full: Fraction) -> Result:
    """I02-2: old cases count too: those that were open when the first reported quarter began."""
    columns = [(element, "农业农村", "林草") for element in ("E105", "E103", "E104")]
    opening = book.rows(book.quarters, *columns)[0][0]
    _, filed, closed = book.sums(*columns)
    return closing(full, percent(opening + filed, closed, NOT_APPLICABLE))


def customs_seizure_growth(book: Book, _full: Fraction) -> Result:
    """I03-1: against the same quarters of last year; fewer than 50 then is too few to compare."""
    both = [q for q in book.quarters if {(q, "E401", ""), (_last_year(q), "E401", "")} <= book.cells.keys()]
    if not both:
        raise NotReportedError
    now = sum((row[0] for row in book.rows(both, "E401")), ZERO)
    before = sum((row[0] for row in book.rows([_last_year(q) for q in both], "E401")), ZERO)
    if before < 50:
        raise NotApplicableError
    return 100 * (now / before - 1), ZERO


def _last_year(quarter: str) -> str:
    return quarter.replace("2021", "2020")


def mediation(book: Book, full: Fraction) -> Result:
    """I08-1: fewer than ten disputes are not judged."""
    if book.sums("E901")[0] < 10:
        raise NotApplicableError
    return ladder(full, rate(book.sums("E901", "E902"), NOTHING), (70, 100), (60, 80), (50, 60))


def published_in_time(book: Book, full: Fraction) -> Result:
    """I09-2: nothing due is not judged; something due and nothing published is nothing in time."""
    if book.sums("E601") == [0]:
        raise NotApplicableError
    return slope(full, rate(book.sums("E602", "E603"), NOTHING), 100, "0.1")


def entered_in_time(book: Book, full: Fraction) -> Result:
    """I11-3: the same for the sharing system."""
    if book.sums("E701") == [0]:
        raise NotApplicableError
    return ladder(full, rate(book.sums("E702", "E703"), NOTHING), (98, 100), (95, 80), (90, 60))


def eu_label_checks(book: Book, full: Fraction) -> Result:
    """I21-1: no list, or none on it, is not judged."""
    if book.cells.get(("2021", "EA12", ""), "0") in ("0", "NIL"):
        raise NotApplicableError
    return attain(full, rate(book.yearly("EA12", "EA13"), NOT_APPLICABLE))


def media_coverage(book: Book, full: Fraction) -> Result:
    """I23-1: 0.2 for a central report, 0.05 for a provincial one."""
    central, provincial = book.sums(("EB01", "中央"), ("EB01", "省级"))
    return credit(full, central * Fraction("0.2") + provincial * Fraction("0.05"), "1")


def plan_promptness(book: Book, full: Fraction) -> Result:
    """I26-1: days after the national work points."""
    days = (date.fromisoformat(book.word("ED01")) - WORK_POINTS_ISSUED).days
    share = 100 if days <= 30 else 70 if days <= 60 else 40 if days <= 90 else 0
    return Fraction(days), full * share / 100


def promptness(book: Book, full: Fraction) -> Result:
    """I28-1: each quarter by itself, a fifth off for each working day late; then their mean."""
    return attain(full, mean([max(ZERO, 100 - 20 * late) for (late,) in book.rows(book.quarters, "X01")]))


def quality(book: Book, full: Fraction) -> Result:
    """I28-2: each quarter by itself, by its share of wrong cells; then their mean."""
    steps = ((0, 100), (-5, 80), (-10, 60), (-15, 40), (-20, 20))
    wrong = [row[0] for row in book.rows(book.quarters, "X02")]
    return attain(full, mean([ladder(HUNDRED, -each, *steps)[1] for each in wrong]))


def information_adopted(book: Book, full: Fraction) -> Result:
    """I28-3: 0.3 for the higher kind, 0.05 for the office's site."""
    briefed, posted = book.sums("K281", "K282")
    return credit(full, briefed * Fraction("0.3") + posted * Fraction("0.05"), "1")


# All of them, in order.

INDICATORS: Mapping[str, Entry] = {
    # 1 深化重点治理
    "I01-1": entry("2", lambda b, full: closing(full, capped(rate(b.sums("E111", "E112"), NOT_APPLICABLE)))),
    "I01-2": entry(
        "2", lambda b, full: slope(full, rate(b.sums("E201", "E202"), NOT_APPLICABLE), 100, "0.05")
    ),
    "I01-3": entry("2", lambda b, full: slope(full, rate(b.latest("E203", "E204"), NOTHING), 100, "0.1")),
    "I01-4": entry("2", lambda b, full: attain(full, rate(b.sums("E205", "E206"), NOT_APPLICABLE))),
    "I01-5": entry("0", lambda b, _: (100_000 * b.sums("E103")[0] / b.unit.population, ZERO)),
    "I02-1": entry("0", lambda b, _: (rate(b.sums(("E103", "市场监管"), "E113"), NOT_APPLICABLE), ZERO)),
    "I02-2": entry("2", agri_and_forestry_closing),
    "I02-3": entry("2", lambda b, full: attain(full, capped(rate(b.sums("E301", "E302"), NOTHING)))),
    "I02-4": entry("3", lambda b, full: deduct(full, less(b.sums("E209", "E210")), "0.5")),
    "I03-1": entry("0", customs_seizure_growth),
    "I03-2": entry("2.5", lambda b, full: slope(full, rate(b.sums("E402", "E403"), NOTHING), 98, "0.1")),
    "I03-3": entry(
        "2.5", lambda b, full: slope(full, rate(b.sums("E404", "E405"), NOT_APPLICABLE), 100, "0.05")
    ),
    "I04-1": entry("1.5", lambda b, full: attain(full, capped(rate(b.sums("E303", "E304"), NOTHING)))),
    "I04-2": entry(
        "1.5", lambda b, full: slope(full, rate(b.sums("E305", "E306"), NOT_APPLICABLE), 100, "0.05")
    ),
    "I04-3": entry("2", lambda b, full: slope(full, rate(b.sums("E307", "E308"), FULL), 100, "0.1")),
    "I04-4": entry("2", lambda b, full: attain(full, rate(b.latest_half("EC01", "EC02"), NOT_APPLICABLE))),
    "I04-5": entry("2", lambda b, full: closing(full, capped(rate(b.sums("E117", "E118"), NOT_APPLICABLE)))),
    "I05-1": entry(
        "2",
        lambda b, full: slope(full, rate(b.latest_half("E801", "E802"), NOTHING), 100, "0.2"),
        yearly=True,
    ),
    "I05-2": entry(
        "1.5", lambda b, full: attain(full, rate(b.latest_half("E803", "E804"), NOTHING)), yearly=True
    ),
    "I05-3": entry(
        "1.5", lambda b, full: slope(full, rate(b.latest_half("E805", "E806"), FULL), 100, "0.1"), yearly=True
    ),
    "I06-1": entry("4", lambda b, full: closing(full, capped(rate(b.sums("E114", "E115"), NOT_APPLICABLE)))),
    "I06-2": entry("0", lambda b, _: (10_000 * b.sums("E116")[0] / b.unit.market_entities, ZERO)),
    # 2 提高法治化水平
    "I07-1": entry(
        "1.5",
        lambda b, full: credit(full, sum((row[0] for row in b.rows(b.halves, "E904")), ZERO), "0.5"),
        yearly=True,
    ),
    "I08-1": entry("1.5", mediation),
    "I08-2": entry(
        "2",
        lambda b, full: attain(full, 100 * b.latest_half("E903")[0] / b.unit.prefectures),
        yearly=True,
    ),
    "I09-1": entry(
        "4", lambda b, full: slope(full, rate(b.sums("E601", "E602"), NOT_APPLICABLE), 100, "0.2")
    ),
    "I09-2": entry("2", published_in_time),
    "I09-3": entry(
        "1",
        lambda b, full: deduct(full, rate(b.yearly("K091", "K092"), NOT_APPLICABLE) / 5, "0.1"),
        yearly=True,
        office_owes_it=True,
    ),
    # 3 强化全链条保护
    "I10-1": entry("1.5", lambda b, full: credit(full, b.sums("EA01")[0], "0.5")),
    "I10-2": entry("1.5", lambda b, full: credit(full, b.sums("EA02")[0], "0.3")),
    "I11-1": entry(
        "2", lambda b, full: slope(full, rate(b.sums("E110", "E109"), NOT_APPLICABLE), 100, "0.1")
    ),
    "I11-2": entry(
        "2", lambda b, full: slope(full, rate(b.sums("E701", "E702"), NOT_APPLICABLE), 100, "0.1")
    ),
    "I11-3": entry("2", entered_in_time),
    "I12-1": entry("1", lambda b, full: credit(full, b.latest("EA08")[0], "0.25")),
    "I13-1": entry("1.5", lambda b, full: attain(full, rate(b.latest("E207", "E208"), NOT_APPLICABLE))),
    "I13-2": entry(
        "1.5", lambda b, full: ticks(b, full, "K131", "K132", "K133"), yearly=True, office_owes_it=True
    ),
    "I14-1": entry(
        "2", lambda b, full: slope(full, rate(b.sums("E604", "E605"), NOT_APPLICABLE), 100, "0.1")
    ),
    # I14-2 earns its points by its place in the group: see score_by_distance.
    "I14-2": entry(
        "1", lambda b, _: (rate(b.sums("E606", "E607"), NOT_APPLICABLE), ZERO), office_owes_it=True
    ),
    # 4 深化体制机制改革
    "I15-1": entry("1", lambda b, full: ticks(b, full, "K151", "K152"), yearly=True, office_owes_it=True),
    "I16-1": entry(
        "1.5", lambda b, full: attain(full, rate(b.yearly("E905", "E906"), NOT_APPLICABLE)), yearly=True
    ),
    "I17-1": entry(
        "1.5", lambda b, full: attain(full, rate(b.yearly("E907", "E908"), NOT_APPLICABLE)), yearly=True
    ),
    "I18-1": entry("3", lambda b, full: slope(full, rate(b.sums("EA06", "EA07"), NOT_APPLICABLE), 95, "0.1")),
    "I19-1": entry("1.5", lambda b, full: credit(full, b.sums("EA03")[0], "0.3")),
    "I19-2": entry(
        "1.5", lambda b, full: slope(full, rate(b.sums("EA04", "EA05"), NOT_APPLICABLE), 100, "0.05")
    ),
    # 5 统筹推进国际合作和竞争
    "I21-1": entry("0.5", eu_label_checks, yearly=True),
    "I22-1": entry(
        "1.5", lambda b, full: attain(full, capped(rate(b.latest("EA09", "EA10"), NOTHING))), yearly=True
    ),
    "I22-2": entry("1", lambda b, full: credit(full, b.sums("EA11")[0], "0.25")),
    # 6 扩大宣传教育引导
    "I23-1": entry("4", media_coverage),
    "I24-1": entry("2", lambda b, full: credit(full, b.sums("EB02")[0], "0.1")),
    "I24-2": entry("1", lambda b, full: ticks(b, full, "K241", "K242"), yearly=True, office_owes_it=True),
    "I25-1": entry("1", lambda b, full: credit(full, b.sums("EB07")[0], "0.5")),
    # 7 压实各地责任
    "I26-1": entry("1.5", plan_promptness, yearly=True),
    "I26-2": entry(
        "1.5", lambda b, full: attain(full, 100 * b.latest_half("ED02")[0] / b.unit.prefectures), yearly=True
    ),
    "I27-1": entry(
        "2",
        lambda b, full: ladder(
            full, rate(b.latest_half("EB05", "EB06"), NOTHING), (80, 100), (60, 80), (40, 50)
        ),
        yearly=True,
    ),
    "I28-1": entry("3", promptness),
    "I28-2": entry("3", quality),
    "I28-3": entry("2", information_adopted, office_owes_it=True),
}


def assess(book: Book, indicator: Entry) -> Line:
    """One indicator of one unit, with what the rule says of figures that are not there."""
    try:
        if indicator.yearly and not book.whole_year:
            raise NotDueError
        value, points = indicator.rule(book, indicator.full)
    except NotDueError:
        return Line("not_due", None, ZERO, ZERO)
    except NotReportedError:
        full = ZERO if indicator.office_owes_it else indicator.full
        return Line("not_applicable" if indicator.office_owes_it else "missing", None, ZERO, full)
    except NotApplicableError:
        return Line("not_applicable", None, ZERO, ZERO)
    except NoDenominatorError as empty:
        return Line("zero_denominator", None, indicator.full * empty.share, indicator.full)
    return Line("scored", value, half_up(points), indicator.full)


def score_by_distance(books: Sequence[Book], lines: Mapping[str, dict[str, Line]]) -> None:
    """I14-2: in a group the lowest share earns all, the highest nothing, the others by their distance."""
    for group in {book.unit.group for book in books}:
        own = [lines[book.unit.code] for book in books if book.unit.group == group]
        shares = [value for line in own if (value := line["I14-2"].value) is not None]
        for line in own:
            value = line["I14-2"].value
            if value is not None:
                low, high = min(shares), max(shares)
                points = Fraction(1) if low == high else (high - value) / (high - low)
                line["I14-2"] = replace(line["I14-2"], points=half_up(points))


def assess_all(books: Sequence[Book]) -> dict[str, dict[str, Line]]:
    """Every indicator of every unit: lines[unit][indicator]."""
    lines = {
        book.unit.code: {code: assess(book, each) for code, each in INDICATORS.items()} for book in books
    }
    score_by_distance(books, lines)
    return lines
