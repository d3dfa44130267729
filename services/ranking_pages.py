"""A page of a ranking: sorted, filtered, and cut out without reading the lines of other pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass

import orjson

from models.records import RunId
from models.unit_of_work import UnitOfWork
from scoring.codes import NodeCode, UnitCode
from scoring.results import NodeScore, Outcome, UnitResult
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import Invalid, NotFound
from services.policy import Actor
from services.ranking_orders import NAME, ROSTER, node_order, orders_of, outcome_lines, property_lines
from services.run_basis import run_basis
from services.runs import demand_reading, run_view
from services.views import RunView

MOST_LINES = 500
RANK = "rank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for.

    sort: "rank", "name", or the code of a node, whose most points go first. backwards: the very reverse. The
    filters all have to hold; empty ones do not count. outcome: at the node sorted by, else at the total.
    """

    sort: str = RANK
    backwards: bool = False
    group: str = ""
    grade: str = ""
    tier: str = ""
    outcome: Outcome | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One unit; score: at the node sorted by, None where sorted by rank or name."""

    unit: UnitCode
    name: str
    short: str
    result: UnitResult
    score: NodeScore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPage:
    """Some lines; total: of how many that the filters leave. after: where the next page starts, if any."""

    run: RunView
    lines: tuple[PageLine, ...]
    total: int
    after: str | None


def ranking_page(
    context: Context, *, actor: Actor, run: RunId, asked: Asked, limit: int = 50, after: str | None = None
) -> RankingPage:
    """The next lines after a cursor, or the first.

    Raises NotFound for a run or node that there is not, Invalid for a cursor of another question, NotAllowed.
    """
    demand_reading(actor)
    limit = max(1, min(limit, MOST_LINES))
    with context.read() as work:
        stored, rules = run_basis(context, work, run)
        node = _node(rules, asked.sort)
        start = 0 if after is None else _place_of(after, run, asked)
        lines = _Lines(work, run, rules)
        total, positions = lines.chosen(asked, node, start, limit)
        results = work.run_orders.lines(run, positions)
        units = [result.unit for result in results]
        scores = work.run_orders.scores(run, units, node) if node else {}
    return RankingPage(
        run=run_view(stored, rules),
        lines=tuple(_line(rules, result, scores.get(result.unit)) for result in results),
        total=total,
        after=_cursor(start + limit, run, asked) if start + limit < total else None,
    )


def _line(rules: RuleSet, result: UnitResult, score: NodeScore | None) -> PageLine:
    unit = rules.units[result.unit]
    return PageLine(unit=result.unit, name=unit.name, short=unit.short, result=result, score=score)


def _node(rules: RuleSet, sort: str) -> NodeCode | None:
    if sort in {RANK, NAME}:
        return None
    if sort not in rules.nodes and sort not in rules.indicators:
        raise NotFound("指标、项或章", sort)
    return NodeCode(sort)


class _Lines:
    """The orders of one run: as kept, or reckoned from its lines where it was kept without."""

    def __init__(self, work: UnitOfWork, run: RunId, rules: RuleSet) -> None:
        self._work, self._run, self._rules = work, run, rules
        self._made: dict[str, Sequence[int]] | None = None

    def chosen(
        self, asked: Asked, node: NodeCode | None, start: int, limit: int
    ) -> tuple[int, Sequence[int]]:
        """How many lines the filters leave, and the positions of those on the page."""
        order = self._order(asked.sort if node is None else node_order(node))
        filters = self._filters(asked, node or self._rules.root)
        wanted = sorted((each for each in filters if len(each) < len(order)), key=len)
        if wanted:
            left = frozenset(wanted[0]).intersection(*wanted[1:])
            order = list(filter(left.__contains__, order))
        if asked.backwards:
            return len(order), order[::-1][start : start + limit]
        return len(order), order[start : start + limit]

    def _filters(self, asked: Asked, node: NodeCode) -> Iterator[Collection[int]]:
        for name, word in (("group", asked.group), ("grade", asked.grade), ("tier", asked.tier)):
            if word:
                yield self._kept(property_lines(name, word))
        if asked.outcome is Outcome.SCORED:
            rest = frozenset(self._order(RANK))
            others = (each for each in Outcome if each is not Outcome.SCORED)
            yield rest.difference(*(self._kept(outcome_lines(node, each)) for each in others))
        elif asked.outcome is not None:
            yield self._kept(outcome_lines(node, asked.outcome))
        if asked.text:
            yield self._named(asked.text)

    def _named(self, text: str) -> Collection[int]:
        roster, units = self._kept(ROSTER), self._rules.units.values()
        if len(roster) != len(units):  # A unit without a line has no place in the roster.
            found = (each.unit for each in self._work.runs.ranking(self._run))
            return [at for at, code in enumerate(found) if text in self._rules.units[code].name]
        return [at for at, unit in zip(roster, units, strict=True) if text in unit.name]

    def _order(self, name: str) -> Sequence[int]:
        return range(len(self._kept(ROSTER))) if name == RANK else self._kept(name)

    def _kept(self, name: str) -> Sequence[int]:
        """Of properties that no line has, nothing is kept."""
        if self._made is None:
            found = self._work.run_orders.order(self._run, name)
            if found is not None:
                return found
            self._made = (
                {} if self._work.run_orders.order(self._run, ROSTER) is not None else self._reckoned()
            )
        return self._made.get(name) or self._work.run_orders.order(self._run, name) or ()

    def _reckoned(self) -> dict[str, Sequence[int]]:
        results = self._work.runs.ranking(self._run)
        scores = (each for code in self._rules.order for each in self._work.runs.at_node(self._run, code))
        return orders_of(self._rules, results, scores)


def _cursor(place: int, run: RunId, asked: Asked) -> str:
    content = orjson.dumps([place, _question(run, asked)])
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _place_of(cursor: str, run: RunId, asked: Asked) -> int:
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        place, question = found
        if type(place) is int and place >= 0 and question == _question(run, asked):
            return place
    except (binascii.Error, ValueError, TypeError):
        pass
    raise Invalid(
        "翻页标记 after 不是这个查询给出的,请去掉它从第一页开始",
        "the cursor `after` is not of this query: leave it out to start from the first page",
    )


def _question(run: RunId, asked: Asked) -> str:
    """What a cursor belongs to; a page may be cut to another length, but not out of another order."""
    return hashlib.sha256(orjson.dumps([run, *map(str, astuple(asked))])).hexdigest()[:16]
