"""The rarer steps of an inner node in plain Chinese: coverage, best unit, bounds, best children, places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scoring.accounts import NodeAccount, title_of
from scoring.grades import last_place, within_quota
from scoring.numbers import shown
from scoring.results import Place, UnitResult
from scoring.rulebook.final_rules import Grade, Ties, has_quota
from scoring.rulebook.rules import Coverage, Node
from scoring.totals import Made, in_proportion, within_bounds

_TIES_TITLES = {
    Ties.COMPETITION: "并列的取其中最靠前的名次",
    Ties.WORST: "并列的取其中最靠后的名次",
    Ties.AVERAGE: "并列的取各名次的平均",
    Ties.DENSE: "并列的取同一名次,其后不空名次",
    Ties.ORDINAL: "同分的按规则集中单位的次序先后排列",
}


def coverage_sentences(node: Node, made: Made) -> Iterator[str]:
    """How much of the node has a score, where the node asks."""
    if node.coverage is None or made.covered is None:
        return
    least = f"要求不低于 {_percent(node.coverage.at_least)}"
    found = f"有得分的下级占权重 {_percent(made.covered)},{least}"
    lacking = made.covered < node.coverage.at_least
    yield f"{found};不足,{_below(node.coverage)}。" if lacking else f"{found}。"


def _below(coverage: Coverage) -> str:
    if coverage.below.blocks:
        return "按规则本级无得分"
    if coverage.below.share is None:
        return "按规则本级不计入"
    return f"按规则得满分的 {_percent(coverage.below.share)}"


def making_sentences(account: NodeAccount) -> Iterator[str]:
    """By which formula, from what points of the best unit, within which bounds."""
    node, made = account.node, account.made
    if node.formula is not None:
        yield f"合成公式:{node.formula.text}。"
    if node.weights_of_all:
        yield "平均时除以全部下级的权重,不计入的下级的权重不转给其余下级。"
    if made is None or made.points is None or not made.aggregated:
        return
    points = in_proportion(node, made.points, account.top)
    if node.best is not None and account.top is not None:
        reckoning = f"{shown(made.points)} × {shown(node.best)} ÷ {shown(account.top)} = {shown(points)}"
        yield f"最好的单位换算前 {shown(account.top)} 分,记 {shown(node.best)} 分;本单位 {reckoning} 分。"
    bounded = within_bounds(node, points)
    if bounded != points:
        word = "至多" if bounded < points else "至少"
        yield f"本级{word}得 {shown(bounded)} 分(原为 {shown(points)} 分)。"


def best_sentences(account: NodeAccount) -> Iterator[str]:
    """The children with the most points, where the node names them."""
    if account.best:
        titles = "、".join(title_of(account.rules, code) for code in account.best)
        yield f"得分最高的下级:{titles}{'(并列)' if len(account.best) > 1 else ''}。"


def quota_sentences(account: NodeAccount, result: UnitResult) -> Iterator[str]:
    """Which grades the place was good enough for, down to the unit's own."""
    placed, grades = account.placed, account.rules.grades
    if placed is None or result.score is None or result.final is None:
        return
    score = result.score if account.rules.grade_on_rounded else result.final
    place = "没有名次" if placed.place is None else f"名次第 {placed.place}"
    for grade in grades:
        reached = grade.at_least is None or score >= grade.at_least
        if has_quota(grade) and reached:
            verdict = "在其内" if within_quota(grade, placed) else "不在其内"
            yield (
                f"等级 {grade.name} 限{quota_text(grade)}({placed.among} 个单位中的前 "
                f"{last_place(grade, placed.among)} 名):{place},{verdict}。"
            )
        if grade.name == result.grade:
            return


def quota_text(grade: Grade) -> str:
    """A quota as rule books write it."""
    rank = [] if grade.rank_at_most is None else [f"前 {grade.rank_at_most} 名"]
    share = [] if grade.share_at_most is None else [f"前 {_percent(grade.share_at_most)}"]
    return "、".join([*rank, *share])


def place_text(account: NodeAccount, place: Place) -> str:
    """A place, and how equals were placed where there are some."""
    ranking = account.rules.ranking
    order = ",分低的在前" if ranking.lowest_first else ""
    if account.sharing < 2:
        return f"第 {place} 名{order}"
    return f"第 {place} 名({account.sharing} 个单位并列,{_TIES_TITLES[ranking.ties]}){order}"


def ties_sentences(account: NodeAccount) -> Sequence[str]:
    """How equals are told apart where each has a place of its own."""
    ordinal = account.rules.ranking.ties is Ties.ORDINAL
    return [f"{_TIES_TITLES[Ties.ORDINAL]}。"] if ordinal else []


def _percent(share: Fraction) -> str:
    return f"{shown(100 * share, 2)}%"
