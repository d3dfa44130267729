"""Values that change within the year: found in the trees of the files, proved whole, and chosen by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scoring.errors import Place
from scoring.numbers import number_from_text
from scoring.rulebook.lineage import DatedChoice, DatedValue
from scoring.rulebook.sources import Source
from scoring.rulebook.tree import Branch, Entries, Findings, Items, Record, Scalar, day_from_text

KEY = "dated"
_FRAME = "ruleset.yaml"
_FIXED = ("language", "code", "year", "version", "published", "effective", "extends", "drop")
"""Keys of ruleset.yaml that say which rule set it is."""

Trees = Mapping[str, Branch]
Span = tuple[date, date]
"""Two days, both inclusive."""


class _Spot(NamedTuple):
    """Where the search stands: the nearest code around it, and the way from there."""

    file: str
    code: str
    path: str
    barred: str = ""
    """Why nothing may be dated here; empty where it may."""

    def below(self, key: str, node: Branch) -> _Spot:
        """The spot of a key's value."""
        path = f"{self.path}.{key}" if self.path else key
        barred = self.barred
        if self.file == _FRAME and not self.path and key in _FIXED:
            barred = f"{key} 说明这是哪一个规则集,不能分期"
        elif key == "code":
            barred = "代码不能分期"
        elif key == "examples":
            barred = "例不能分期,请在例中写 period: 2021Q2 一类的考核期"
        return _inside(self._replace(path=path, barred=barred), node)

    def at(self, position: int, node: Branch) -> _Spot:
        """The spot of an item of a list, counted from 1."""
        return _inside(self._replace(path=f"{self.path}[{position + 1}]"), node)


@dataclass(frozen=True, slots=True)
class DatedTrees:
    """The trees of a rule set with the dated values in them."""

    trees: Trees
    values: tuple[DatedValue, ...]
    chosen: Mapping[int, tuple[tuple[Span, Branch], ...]]
    """For each dated mapping, by its identity, what stands in its place in turn."""

    def spans(self, effective: Span) -> tuple[Span, ...]:
        """The effective period cut at every day on which some value changes."""
        first, last = (day.toordinal() for day in effective)
        cuts = {span[0].toordinal() for choices in self.chosen.values() for span, _ in choices}
        starts = sorted({first, *(day for day in cuts if first < day <= last)})
        ends = [*(later - 1 for later in starts[1:]), last]
        days = zip(starts, ends, strict=True)
        return tuple((date.fromordinal(start), date.fromordinal(end)) for start, end in days)

    def on(self, day: date) -> dict[str, Branch]:
        """The trees as they are on a day, with no dated value left in them."""
        return {name: self._plain(tree, day) for name, tree in self.trees.items()}

    def uses_on(self, day: date) -> Iterator[Branch]:
        """The values that stand in place of dated ones on a day."""
        for choices in self.chosen.values():
            yield _choice_on(choices, day)

    def _plain(self, branch: Branch, day: date) -> Branch:
        if isinstance(branch, Scalar):
            return branch
        if isinstance(branch, Items):
            return Items(tuple(self._plain(each, day) for each in branch.nodes), branch.mark)
        choices = self.chosen.get(id(branch))
        if choices:
            return _choice_on(choices, day)
        by_key = {key: (mark, self._plain(node, day)) for key, (mark, node) in branch.by_key.items()}
        return Entries(by_key, branch.mark)


def find_dated(trees: Trees, effective: Span, findings: Findings) -> DatedTrees:
    """Every dated value of the trees; what is wrong with one becomes an issue at its place."""
    search = _Search(effective, findings)
    for name, tree in sorted(trees.items()):
        search.walk(tree, _inside(_Spot(name, "", ""), tree))
    return DatedTrees(trees, tuple(search.values), search.chosen)


def effective_of(frame: Branch) -> Span:
    """The effective period as ruleset.yaml says it; what cannot be read is the calendar year."""
    keys = frame.by_key if isinstance(frame, Entries) else {}
    written = number_from_text(_text(keys, "year"))
    year = int(written) if written is not None and 1 <= written <= date.max.year else 1
    first, last = date(year, 1, 1), date(year, 12, 31)
    inner = keys["effective"][1] if "effective" in keys else None
    if isinstance(inner, Entries):
        start = day_from_text(_text(inner.by_key, "from")) or first
        end = day_from_text(_text(inner.by_key, "to")) or last
        return (start, end) if start <= end else (first, last)
    return first, last


class _Search:
    """Walks the trees once."""

    def __init__(self, effective: Span, findings: Findings) -> None:
        self.effective, self.findings = effective, findings
        self.values: list[DatedValue] = []
        self.chosen: dict[int, tuple[tuple[Span, Branch], ...]] = {}

    def walk(self, branch: Branch, spot: _Spot) -> None:
        """Everything below a branch; a dated value is not looked into again."""
        if isinstance(branch, Items):
            for position, each in enumerate(branch.nodes):
                self.walk(each, spot.at(position, each))
        elif isinstance(branch, Entries):
            if KEY in branch.by_key and _is_dated(branch):
                self.keep(branch, spot)
                return
            for key, (_, node) in branch.by_key.items():
                self.walk(node, spot.below(key, node))

    def keep(self, branch: Entries, spot: _Spot) -> None:
        """One dated value, where its form is right."""
        mark = branch.by_key[KEY][0]
        what = f"{spot.code} {spot.path} 的分期规定".strip()
        if spot.barred:
            self.wrong(mark.place, f"{what}:{spot.barred}", "this cannot be dated")
        whole = Record(branch, what, self.findings)
        found = [self.choice(each) for each in whole.records(KEY, what)]
        whole.close()
        read = [each for each in found if each is not None]
        if not found:
            self.wrong(mark.place, f"{what}:一段也没有", "no choices are given")
        if not read:
            return
        read.sort(key=lambda each: (each[0].start, each[0].end))
        choices = tuple(choice for choice, _ in read)
        if len(read) == len(found):
            self.prove(what, choices, mark.place)
        self.chosen[id(branch)] = tuple(((each.start, each.end), use) for each, use in read)
        self.values.append(DatedValue(rule=spot.code, path=spot.path, choices=choices, place=mark.place))

    def choice(self, record: Record) -> tuple[DatedChoice, Branch] | None:
        """One choice with its value; None where it cannot be read."""
        start, end = record.day("from"), record.day("to")
        if not record.has("from"):
            start = min(self.effective[0], end or self.effective[0])
        if not record.has("to"):
            end = max(self.effective[1], start or self.effective[1])
        use = record.node("use", required=True)
        source, because = _source(record), record.text("because")
        record.close()
        if use is not None and _holds_dated(use):
            self.wrong(use.place, "分期规定里面不能再写 dated", "a dated value within a dated value")
            return None
        if start is None or end is None or use is None:
            return None
        if end < start:
            self.wrong(record.at("to"), f"{record.what}:to 早于 from", "to is before from")
            return None
        return DatedChoice(start=start, end=end, text=shown_branch(use), source=source, because=because), use

    def prove(self, what: str, choices: tuple[DatedChoice, ...], place: Place) -> None:
        """Tells each stretch of the effective period for which no value is said, or more than one."""
        first, last = (day.toordinal() for day in self.effective)
        reached = first - 1
        for start, end in ((each.start.toordinal(), each.end.toordinal()) for each in choices):
            hole = reached + 1, min(start - 1, last)
            double = max(start, first), min(reached, end, last)
            if hole[0] <= hole[1]:
                self.hole(what, hole, place)
            if double[0] <= double[1]:
                zh, fix = f"{what}:{_days_text(*double)}规定了两次", "请改前一段的 to 或后一段的 from"
                self.wrong(place, zh, "an overlap in the dates", fix)
            reached = max(reached, end)
        if reached < last:
            self.hole(what, (reached + 1, last), place)

    def hole(self, what: str, days: tuple[int, int], place: Place) -> None:
        """Tells a stretch for which nothing is said."""
        zh = f"{what}:{_days_text(*days)}没有规定"
        self.wrong(place, zh, "a hole in the dates", "请补上这一段,或改前后一段的日期")

    def wrong(self, place: Place, zh: str, en: str, fix: str = "") -> None:
        """An issue about a dated value."""
        self.findings.add(place, "wrong-dates", zh, en, fix)


def _inside(spot: _Spot, node: Branch) -> _Spot:
    """The spot within a mapping that has a code of its own; else the same."""
    code = _text(node.by_key, "code") if isinstance(node, Entries) else ""
    return spot._replace(code=code, path="") if code else spot


def _is_dated(branch: Entries) -> bool:
    """Whether the mapping stands for a dated value; a mere name `dated` has a mapping beside it."""
    return isinstance(branch.by_key[KEY][1], Items)


def _holds_dated(branch: Branch) -> bool:
    if isinstance(branch, Items):
        return any(_holds_dated(each) for each in branch.nodes)
    if isinstance(branch, Entries):
        if KEY in branch.by_key and _is_dated(branch):
            return True
        return any(_holds_dated(node) for _, node in branch.by_key.values())
    return False


def _choice_on(choices: tuple[tuple[Span, Branch], ...], day: date) -> Branch:
    """The value of a day; where none is said (an issue tells so), the nearest before it, else the first."""
    before = [use for span, use in choices if span[0] <= day]
    return before[-1] if before else choices[0][1]


def _source(record: Record) -> Source | None:
    inner = record.record("source")
    if inner is None:
        return None
    found = Source(document=inner.text("document", required=True), text=inner.text("text"))
    inner.close()
    return found


def _text(keys: Mapping[str, tuple[object, Branch]], key: str) -> str:
    node = keys[key][1] if key in keys else None
    return node.text if isinstance(node, Scalar) else ""


def _days_text(start: int, end: int) -> str:
    first, last = date.fromordinal(start), date.fromordinal(end)
    return f"{first} 这一天" if start == end else f"{first} 至 {last}({end - start + 1} 天)"


def shown_branch(branch: Branch) -> str:
    """A value as a rule file could write it on one line."""
    if isinstance(branch, Scalar):
        return branch.text
    if isinstance(branch, Items):
        return f"[{', '.join(shown_branch(each) for each in branch.nodes)}]"
    pairs = (f"{key}: {shown_branch(node)}" for key, (_, node) in branch.by_key.items())
    return f"{{{', '.join(pairs)}}}"
