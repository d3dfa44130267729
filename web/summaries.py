"""What a ranking says at a glance: tiles, grades, groups, and the spread of the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.results import NodeScore, Place
from scoring.rulebook.final_rules import Grade
from services.views import RankingLine
from web.filters import number

_LENGTH = 1000
_STYLES = ("best", "good", "fair", "worst")


@dataclass(frozen=True, slots=True)
class GradeShare:
    """How many units have a grade; `start` and `length` in thousandths of the bar."""

    name: str
    style: str
    band: str
    count: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A group, how many units are in it, and the mean of those that have a score."""

    name: str
    count: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The highest or the lowest score and the units that have it."""

    score: Fraction
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Of all units of a run, whatever the table is narrowed to."""

    units: int
    ranked: int
    mean: Fraction | None
    median: Fraction | None
    highest: Extreme | None
    lowest: Extreme | None
    grades: tuple[GradeShare, ...]
    groups: tuple[GroupMean, ...]
    sections: tuple[Fraction | None, ...]
    """The mean of each section over the units in which it counts, in the order of the tree."""
    shared_places: tuple[tuple[Place, tuple[str, ...]], ...]
    """Each place that several units share, and those units."""


def summary_of(lines: Sequence[RankingLine], grades: Sequence[Grade]) -> Summary:
    """Counts and means over a ranking."""
    scores = sorted(line.result.score for line in lines if line.result.score is not None)
    return Summary(
        units=len(lines),
        ranked=sum(line.result.rank is not None for line in lines),
        mean=mean(scores),
        median=_median(scores),
        highest=_extreme(lines, scores[-1]) if scores else None,
        lowest=_extreme(lines, scores[0]) if scores else None,
        grades=_grade_shares(lines, grades),
        groups=_group_means(lines),
        sections=tuple(
            _section_mean(scores) for scores in zip(*(line.sections for line in lines), strict=True)
        ),
        shared_places=_shared(lines),
    )


def grade_styles(grades: Sequence[Grade]) -> dict[str, str]:
    """The look of each grade by its place: the best, the lowest, and those between; no grade is plain."""
    last = len(grades) - 1
    looks = {
        grade.name: "worst" if position == last and last else _STYLES[min(position, 2)]
        for position, grade in enumerate(grades)
    }
    return {**looks, "": "plain"}


def mean(scores: Sequence[Fraction]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return sum(scores, Fraction(0)) / len(scores) if scores else None


def _median(scores: Sequence[Fraction]) -> Fraction | None:
    if not scores:
        return None
    middle = len(scores) // 2
    return scores[middle] if len(scores) % 2 else (scores[middle - 1] + scores[middle]) / 2


def _extreme(lines: Iterable[RankingLine], score: Fraction) -> Extreme:
    return Extreme(score, tuple(_short(line) for line in lines if line.result.score == score))


def _grade_shares(lines: Sequence[RankingLine], grades: Sequence[Grade]) -> tuple[GradeShare, ...]:
    counts, looks = Counter(line.result.grade for line in lines), grade_styles(grades)
    shares: list[GradeShare] = []
    before, whole = 0, max(1, len(lines))
    for grade in grades:
        start, end = _LENGTH * before // whole, _LENGTH * (before + counts[grade.name]) // whole
        share = GradeShare(
            grade.name, looks[grade.name], _band(grades, grade), counts[grade.name], start, end - start
        )
        shares.append(share)
        before += counts[grade.name]
    return tuple(shares)


def _band(grades: Sequence[Grade], grade: Grade) -> str:
    """From which score on a grade is given, in Chinese; of the lowest, below which."""
    if grade.at_least is not None:
        return f"{number(grade.at_least)} 分及以上"
    above = [each.at_least for each in grades if each.at_least is not None]
    return f"{number(min(above))} 分以下" if above else ""


def _group_means(lines: Sequence[RankingLine]) -> tuple[GroupMean, ...]:
    found: dict[str, list[Fraction]] = {}
    counts: Counter[str] = Counter()
    for line in lines:
        group = line.result.group
        if group:
            counts[group] += 1
            found.setdefault(group, []).extend([] if line.result.score is None else [line.result.score])
    means = (GroupMean(group, counts[group], mean(scores)) for group, scores in found.items())
    return tuple(sorted(means, key=lambda each: (-(each.mean or Fraction(0)), each.name)))


def _section_mean(scores: Iterable[NodeScore]) -> Fraction | None:
    return mean([each.points for each in scores if each.points is not None and not each.outcome.left_out])


def _shared(lines: Sequence[RankingLine]) -> tuple[tuple[Place, tuple[str, ...]], ...]:
    places: dict[Place, list[str]] = {}
    for line in lines:
        if line.result.rank is not None:
            places.setdefault(line.result.rank, []).append(_short(line))
    return tuple((place, tuple(units)) for place, units in places.items() if len(units) > 1)


def _short(line: RankingLine) -> str:
    return line.short or line.name
