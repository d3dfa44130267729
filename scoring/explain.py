"""The full account of one number: what went in, from which cells, by which rule, rounded how, to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode, UnknownUnit
from scoring.expressions import Figure, When
from scoring.facts import Amount, Facts, Standing
from scoring.figures import Reported, Resolved
from scoring.numbers import Rounding, RoundingMode, exact_text, shown
from scoring.periods import Period
from scoring.points import Points, indicator_points
from scoring.results import AdjustmentScore, Outcome, UnitResult
from scoring.rulebook.rules import ElementType, Indicator, Node, OverTime, RuleSet
from scoring.totals import Earned
from scoring.values import UnitView, indicator_value

_MOST_CELLS_TOLD = 16
STANDING_TITLES = {
    Standing.VALUE: "",
    Standing.NIL: "零申报",
    Standing.ZERO_DENOMINATOR: "分母为零",
    Standing.UNDEFINED: "无法计算",
    Standing.MISSING: "未报",
    Standing.NOT_DUE: "未到期",
    Standing.NOT_APPLICABLE: "不适用",
}
ROUNDING_TITLES = {
    RoundingMode.HALF_UP: "四舍五入",
    RoundingMode.HALF_EVEN: "四舍六入五成双(GB/T 8170)",
    RoundingMode.TRUNCATE: "截断",
    RoundingMode.CEIL: "向上取整",
    RoundingMode.FLOOR: "向下取整",
}


@dataclass(frozen=True, slots=True)
class LeafAccount:
    """How one indicator came about for one unit."""

    unit: UnitCode
    period: Period
    indicator: Indicator
    points: Points
    rules: RuleSet
    peers: Sequence[Fraction] = ()
    voided: bool = False

    @property
    def earned(self) -> Fraction | None:
        """The points that count: none where the figures were found false."""
        return Fraction(0) if self.voided else self.points.rounded


@dataclass(frozen=True, slots=True)
class NodeAccount:
    """How an inner node came about: its children with what each earned; for the root all that followed."""

    unit: UnitCode
    period: Period
    node: Node
    earned: Earned
    children: tuple[tuple[NodeCode, str, Fraction, Earned], ...]
    """Each child's code, title, weight and what it earned."""
    result: UnitResult | None = None
    adjustments: tuple[AdjustmentScore, ...] = ()


Account = LeafAccount | NodeAccount


def account_of(engine: PlainEngine, unit: UnitCode, code: NodeCode) -> Account:
    """The account of any node for one unit.

    Raises UnknownUnit or UnknownNode. Explaining a lone indicator scores nothing but that indicator.
    """
    row = engine.facts.rows.get(unit)
    if row is None:
        raise UnknownUnit(unit)
    indicator = engine.rules.indicators.get(code)
    if indicator is not None:
        return _leaf_account(engine, row, indicator)
    node = engine.rules.nodes.get(code)
    if node is None:
        raise UnknownNode(code)
    return _node_account(engine, row, node)


def _leaf_account(engine: PlainEngine, row: int, indicator: Indicator) -> LeafAccount:
    unit = engine.facts.units[row]
    voided = any(each.kind == "void" for each in engine.rules.adjustments) and indicator.code in engine.voided[row]
    if not indicator.method.peers:
        points = leaf_points(engine.rules, engine.facts, row, engine.period, indicator)
        return LeafAccount(unit, engine.period, indicator, points, engine.rules, (), voided)
    scored = engine.points(indicator.code)
    peers = engine.peer_values(indicator, [each.value for each in scored], row)
    return LeafAccount(unit, engine.period, indicator, scored[row], engine.rules, peers, voided)


def leaf_points(
    rules: RuleSet, facts: Facts, row: int, period: Period, indicator: Indicator, peers: Sequence[Fraction] = ()
) -> Points:
    """The points of one indicator for one unit, with everything that led to them."""
    value = indicator_value(indicator, UnitView(rules, facts, row, period))
    return indicator_points(indicator, value, peers)


def _node_account(engine: PlainEngine, row: int, node: Node) -> NodeAccount:
    rules, totals = engine.rules, engine.totals[row]
    children = tuple((code, title_of(rules, code), _weight(rules, code), totals[code]) for code in node.children)
    unit, root = engine.facts.units[row], node.code == rules.root
    return NodeAccount(
        unit=unit,
        period=engine.period,
        node=node,
        earned=totals[node.code],
        children=children,
        result=engine.results[row] if root else None,
        adjustments=engine.adjusted[row].scores if root else (),
    )


def title_of(rules: RuleSet, code: NodeCode) -> str:
    """The Chinese name of a node or indicator."""
    return rules.nodes[code].title if code in rules.nodes else rules.indicators[code].name


def _weight(rules: RuleSet, code: NodeCode) -> Fraction:
    return rules.nodes[code].weight if code in rules.nodes else rules.indicators[code].weight


def as_data(account: Account) -> dict[str, object]:
    """The account as plain data for JSON; every number as exact text, never a float."""
    return _leaf_data(account) if isinstance(account, LeafAccount) else _node_data(account)


def _leaf_data(account: LeafAccount) -> dict[str, object]:
    indicator, points, rules = account.indicator, account.points, account.rules
    return {
        "unit": account.unit,
        "period": account.period.code,
        "node": indicator.code,
        "name": indicator.name,
        "kind": "indicator",
        "outcome": Outcome.VOIDED if account.voided else points.outcome,
        "measure": indicator.measure,
        "formula": indicator.value.text if indicator.value else "",
        "applicable_when": indicator.applicable_when.text if indicator.applicable_when else "",
        "inputs": [_input_data(rules, each) for each in points.value.inputs],
        "attributes": {name: amount_text(each) for name, each in points.value.attributes.items()},
        "value": amount_text(points.value.amount),
        "method": {
            "kind": indicator.method.kind,
            "title": indicator.method.title,
            "parameters": list(indicator.method.describe(indicator.points)),
        },
        "policy": points.policy.name if points.policy else "",
        "steps": list(points.steps),
        "peers": len(account.peers),
        "points_unrounded": exact_text(points.exact),
        "rounding": rounding_text(indicator.rounding),
        "points": amount_text(account.earned),
        "full_points": exact_text(points.full),
        "clauses": [_clause_data(rules, clause) for clause in indicator.clauses],
        "reason": indicator.reason,
        "source": _source_text(rules, indicator),
        "assessor": indicator.assessor,
        "rule_file": str(indicator.place),
        "sentences": list(sentences(account)),
    }


def _node_data(account: NodeAccount) -> dict[str, object]:
    result = account.result
    found: dict[str, object] = {
        "unit": account.unit,
        "period": account.period.code,
        "node": account.node.code,
        "name": account.node.title,
        "kind": account.node.kind,
        "outcome": account.earned.outcome,
        "points": amount_text(account.earned.points),
        "full_points": exact_text(account.earned.full),
        "children": [
            {
                "node": code,
                "name": title,
                "weight": exact_text(weight),
                "points": amount_text(child.points),
                "full_points": exact_text(child.full),
                "outcome": child.outcome,
            }
            for code, title, weight, child in account.children
        ],
        "sentences": list(sentences(account)),
    }
    if result is not None:
        found["result"] = {
            "base": amount_text(result.base),
            "bonus": exact_text(result.bonus),
            "penalty": exact_text(result.penalty),
            "final": amount_text(result.final),
            "score": amount_text(result.score),
            "grade": result.grade,
            "tier": result.tier,
            "converted": amount_text(result.converted),
            "rank": result.rank,
            "group": result.group,
            "group_rank": result.group_rank,
            "effects": list(result.effects),
        }
        found["adjustments"] = [
            {"code": each.code, "points": exact_text(each.points), "value": amount_text(each.value)}
            for each in account.adjustments
            if each.triggered
        ]
    return found


def _input_data(rules: RuleSet, resolved: Resolved) -> dict[str, object]:
    element = rules.elements[resolved.figure.element]
    return {
        "figure": resolved.figure.label,
        "element": element.code,
        "name": element.name,
        "measure": element.measure,
        "amount": figure_text(rules, resolved.figure, resolved.amount),
        "standing": resolved.standing.name.lower(),
        "made_of": [
            {
                "period": part.series.period,
                "member": part.series.member,
                "amount": figure_text(rules, resolved.figure, part.amount),
                "standing": part.standing.name.lower(),
                **origin_data(part.origin),
            }
            for part in resolved.made_of
        ],
    }


def origin_data(origin: str) -> dict[str, str]:
    """The file, sheet and cell of an origin, or the file and line of a table; empty where nothing is known."""
    file, _, rest = origin.partition("!")
    sheet, _, cell = rest.rpartition("!")
    if not rest:
        return {}
    return {"file_sha256": file, "sheet": sheet, "cell": cell} if sheet else {"file": file, "line": cell}


def _origin_text(origin: str) -> str:
    where = origin_data(origin)
    if not where:
        return ""
    return f" {where['sheet']}!{where['cell']}" if "sheet" in where else f" {where['file']}:{where['line']}"


def _counted(rules: RuleSet, resolved: Resolved) -> list[Reported]:
    """The reported parts whose amounts are in the figure: of openings the first, of stocks the last."""
    parts = [part for part in resolved.made_of if part.amount is not None]
    over_time = rules.elements[resolved.figure.element].over_time
    if over_time is OverTime.SUM:
        return parts
    members: dict[str, Reported] = {}
    for part in parts:
        if over_time is OverTime.LAST or part.series.member not in members:
            members[part.series.member] = part
    return list(members.values())


def _clause_data(rules: RuleSet, code: str) -> dict[str, object]:
    clause = rules.clauses[code]  # type: ignore[index]
    return {
        "code": clause.code,
        "paraphrase": clause.paraphrase,
        "agencies": list(clause.agencies),
        "digest": clause.digest,
    }


def _source_text(rules: RuleSet, indicator: Indicator) -> str:
    if indicator.source is None:
        return ""
    document = rules.documents.get(indicator.source.document)
    title = document.title if document else indicator.source.document
    return f"{title}:{indicator.source.text}" if indicator.source.text else title


def amount_text(amount: Amount | Standing | None) -> str | None:
    """Exact text of an amount; the Chinese word of a standing; None for nothing."""
    if amount is None:
        return None
    if isinstance(amount, Standing):
        return STANDING_TITLES[amount]
    return amount if isinstance(amount, str) else exact_text(amount)


def figure_text(rules: RuleSet, figure: Figure, amount: Amount | None) -> str | None:
    """An amount as its element writes it: dates as dates."""
    if isinstance(amount, Fraction) and rules.elements[figure.element].type is ElementType.DATE:
        return date.fromordinal(int(amount)).isoformat()
    return amount_text(amount)


def rounding_text(rounding: Rounding | None) -> str:
    """The rounding in Chinese."""
    if rounding is None:
        return "不取整"
    return f"{ROUNDING_TITLES[rounding.mode]}到 {rounding.places} 位小数"


def sentences(account: Account) -> tuple[str, ...]:
    """The account in plain Chinese, one sentence a step."""
    return _leaf_sentences(account) if isinstance(account, LeafAccount) else _node_sentences(account)


def _leaf_sentences(account: LeafAccount) -> tuple[str, ...]:
    indicator, points, rules = account.indicator, account.points, account.rules
    lines = [f"{indicator.code} {indicator.name}:满分 {shown(indicator.points)} 分,{account.period.title}。"]
    lines += [sentence for each in points.value.inputs for sentence in _input_sentences(rules, each)]
    lines += [f"{name} = {amount_text(each)}。" for name, each in points.value.attributes.items()]
    if indicator.value is not None and points.value.amount is not None:
        amount = points.value.amount
        exact = "" if isinstance(amount, str) or shown(amount) == exact_text(amount) else f"(准确值 {exact_text(amount)})"
        value = amount if isinstance(amount, str) else shown(amount)
        lines.append(f"公式 {indicator.value.text},算得 {value}{exact} {indicator.measure}".rstrip() + "。")
    lines += [f"{indicator.method.title}:{step}。" for step in points.steps]
    if points.rounded is not None and points.rounded != points.exact:
        lines.append(f"{rounding_text(indicator.rounding)}:{exact_text(points.exact)} → {exact_text(points.rounded)} 分。")
    if account.voided:
        lines.append("核查认定本项数据不实,得分归零。")
    clauses = "、".join(f"第 {clause} 款" for clause in indicator.clauses)
    if clauses:
        lines.append(f"依据:工作要点{clauses};{_source_text(rules, indicator)}。")
    return tuple(lines)


def _input_sentences(rules: RuleSet, resolved: Resolved) -> list[str]:
    element = rules.elements[resolved.figure.element]
    label = resolved.figure.label
    time = {When.LAST_YEAR: "(上年同期)"}.get(resolved.figure.when, "")
    head = f"{label} {element.name}{time}"
    if resolved.amount is None:
        lines = [f"{head}:{STANDING_TITLES[resolved.standing]}。"]
    else:
        text = figure_text(rules, resolved.figure, resolved.amount)
        nil = "(零申报)" if resolved.standing is Standing.NIL else ""
        measure = f" {element.measure}" if element.measure and element.type is not ElementType.DATE else ""
        lines = [f"{head} = {text}{measure}{nil}{_composition(rules, resolved)}。"]
    missing = sorted({part.series.period for part in resolved.made_of if part.standing is Standing.MISSING})
    if missing and resolved.amount is not None:
        lines.append(f"{label} 缺 {'、'.join(missing)},按已报各期计算。")
    return lines


def _composition(rules: RuleSet, resolved: Resolved) -> str:
    parts = _counted(rules, resolved)
    if not parts or len(parts) > _MOST_CELLS_TOLD:
        return f",由 {len(parts)} 个单元格合成" if parts else ""
    texts: list[str] = []
    for part in parts:
        cell = _origin_text(part.origin)
        name = f"{part.series.period}{part.series.member}"
        texts.append(f"{name} {figure_text(rules, resolved.figure, part.amount)}{cell}")
    return f"({';'.join(texts)})"


def _node_sentences(account: NodeAccount) -> tuple[str, ...]:
    node, earned = account.node, account.earned
    lines = [f"{node.code} {node.title},{account.period.title}。"]
    counted = [(title, weight, child) for _, title, weight, child in account.children if not child.outcome.left_out]
    left_out = [f"{title}({child.outcome.title})" for _, title, _, child in account.children if child.outcome.left_out]
    for title, weight, child in counted:
        times = "" if weight == 1 else f",权重 {shown(weight)}"
        points = "无得分" if child.points is None else f"{shown(child.points)} 分"
        lines.append(f"{title}:{points}(满分 {shown(child.full)}{times})。")
    if left_out:
        lines.append(f"不计入:{'、'.join(left_out)}。")
    if earned.points is not None:
        lines.append(f"合计 {shown(earned.points)} 分,满分 {shown(earned.full)} 分。")
    if node.rescale and node.points is not None:
        raw = sum((weight * (child.points or Fraction(0)) for _, weight, child in counted), Fraction(0))
        full = sum((weight * child.full for _, weight, child in counted), Fraction(0))
        if full != node.points:
            lines.append(f"其中按比例折算:{shown(raw)} ÷ {shown(full)} × {shown(node.points)}。")
    return tuple(lines) + (_result_sentences(account) if account.result else ())


def _result_sentences(account: NodeAccount) -> tuple[str, ...]:
    result = account.result
    if result is None or result.final is None or result.score is None or result.base is None:
        return ("没有总分,不参加排名。",)
    lines = [
        f"事项 {each.code}:{'加' if each.points > 0 else '减'} {shown(abs(each.points))} 分。"
        for each in account.adjustments
        if each.triggered and each.points
    ]
    if lines:
        lines.append(f"基础分 {shown(result.base)},加分 {shown(result.bonus)},减分 {shown(-result.penalty)}。")
    lines.append(f"最后得分 {exact_text(result.score)} 分(准确值 {exact_text(result.final)})。")
    if result.effects:
        lines.append(f"等级受 {'、'.join(result.effects)} 影响。")
    if result.grade:
        tier = f",{result.tier},折算 {amount_text(result.converted)} 分" if result.tier else ""
        lines.append(f"等级 {result.grade}{tier}。")
    lines.append(f"全国第 {result.rank} 名。" if result.rank else "不参加排名。")
    if result.group_rank:
        lines.append(f"{result.group}组第 {result.group_rank} 名。")
    return tuple(lines)


