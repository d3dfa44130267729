"""Shapes of the account of one number; `scoring.explain.as_data` writes it, a test holds it to these."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.base import Amount, Body, Exact
from api.schemas.runs import ResultBody
from scoring.results import Outcome


class PartBody(Body):
    """A reported figure, and the cell of the file (or the line of the table) in which it stands."""

    period: str
    member: str
    amount: Amount | None
    standing: str
    file_sha256: str = ""
    sheet: str = ""
    cell: str = ""
    file: str = ""
    line: str = ""


class InputBody(Body):
    """A figure of the formula, and what it was made of."""

    figure: str
    element: str
    name: str
    measure: str
    amount: Amount | None
    standing: str
    made_of: list[PartBody]


class StatisticBody(Body):
    """A statistic over units: of how many, and what it came to."""

    statistic: str
    kind: str
    title: str
    scope: str = Field(description="reported、peers、every 或单位属性。Which units are looked at.")
    units: int = Field(description="其中有数的单位数。How many of them have a value.")
    amount: Amount | None


class SubstituteBody(Body):
    """What had no value, why, and what stood for it by the rules."""

    what: str
    reason: Outcome
    by: str = Field(description="规则所写的代替办法。How the rules say it is replaced.")
    amount: Amount


class DefinitionBody(Body):
    """A named formula of the rule set and what it came to."""

    name: str
    title: str
    measure: str
    formula: str
    amount: Amount | None


class MethodBody(Body):
    """How the value was turned into points."""

    kind: str
    title: str
    parameters: list[str]


class ClauseBody(Body):
    """A clause of the work points."""

    code: str
    paraphrase: str
    agencies: list[str]
    digest: str


class DatedChoiceBody(Body):
    """What a rule's value is from one day to another, both inclusive."""

    start: date
    end: date
    value: str
    source: str
    because: str
    in_force: bool = Field(description="本期是否按这一段。Whether the period is scored by it.")


class DatedBody(Body):
    """A value of a rule that changes within the year."""

    rule: str
    path: str
    choices: list[DatedChoiceBody]


class RuleChangeBody(Body):
    """What an inheriting rule set changed in a rule, and why."""

    rule_set: str
    version: str
    keys: list[str]
    reason: str


class ProvenanceBody(Body):
    """Where a rule comes from: the rule set itself, or one that it inherits."""

    standing: Literal["own", "inherited", "overridden"]
    origin: str
    origin_version: str
    added: str
    changes: list[RuleChangeBody]


class HistoryBody(Body):
    """How the rule changed within the year, where it is from, and when it was published."""

    dated: list[DatedBody]
    provenance: ProvenanceBody
    published: date | None
    published_late: bool = Field(
        description="是否晚于适用期开始才公布。Whether it was published after its start."
    )


class IndicatorAccount(Body):
    """How one indicator came about, step by step."""

    run: str
    unit: str
    period: str
    node: str
    name: str
    kind: Literal["indicator"]
    outcome: Outcome
    measure: str
    formula: str
    applicable_when: str
    inputs: list[InputBody]
    attributes: dict[str, Amount | None]
    statistics: list[StatisticBody]
    definitions: list[DefinitionBody]
    substituted: list[SubstituteBody]
    value: Amount | None
    method: MethodBody
    policy: str
    steps: list[str]
    peers: int = Field(description="同组有值的单位数。How many units have a value.")
    points_unrounded: Exact
    rounding: str
    points: Exact | None
    full_points: Exact
    clauses: list[ClauseBody]
    reason: str
    source: str
    assessor: str
    rule_file: str
    sentences: list[str]
    history: HistoryBody


class ChildBody(Body):
    """What a child brought to its node."""

    node: str
    name: str
    weight: Exact
    points: Exact | None
    full_points: Exact
    outcome: Outcome


class AdjustmentBody(Body):
    """An adjustment that held."""

    code: str
    points: Exact
    value: Amount | None


class NodeAccount(Body):
    """How an inner node came about; for the total also what followed."""

    run: str
    unit: str
    period: str
    node: str
    name: str
    kind: str
    outcome: Outcome
    points: Exact | None
    full_points: Exact
    children: list[ChildBody]
    aggregate: str
    formula: str
    covered: Exact | None = Field(description="有得分的下级所占权重。The share of weight that has a score.")
    points_of_children: Exact | None = Field(
        description="换算、封顶保底和取整之前。Before the best unit, bounds and rounding."
    )
    points_of_best_unit: Exact | None = Field(description="最好的单位换算前的得分。")
    best_children: list[str] = Field(description="得分最高的下级;节点写了 name_best 才有。")
    sentences: list[str]
    history: HistoryBody
    result: ResultBody | None = None
    adjustments: list[AdjustmentBody] | None = None


AccountBody = IndicatorAccount | NodeAccount
