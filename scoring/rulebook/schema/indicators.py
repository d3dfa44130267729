"""What a file of indicators/ may contain."""

from __future__ import annotations

from scoring.rulebook.schema.parts import EXAMPLE, FORMULA_OR_CASES, LINEAGE, METHOD, POLICY, ROUNDING, SOURCE
from scoring.rulebook.schema.shapes import CONDITION, FLAG, NUMBER, TEXT, WORDS, Fields, Items, Key, word

INDICATOR = Fields(
    "指标",
    (
        Key("code", TEXT, "代码, 全规则集唯一", required=True),
        Key("name", TEXT, "名称", required=True),
        Key("parent", TEXT, "所属的节点 (ruleset.yaml 的 tree)", required=True),
        Key("points", NUMBER, "满分", required=True),
        Key("weight", NUMBER, "在上级中的权重", default="1"),
        Key("clauses", WORDS, "衡量工作要点的哪些条款, 有 plan.yaml 时必写"),
        Key("statistical", FLAG, "只作统计, 不计分", default="no"),
        Key("value", FORMULA_OR_CASES, "指标值的公式; 清单计分 (checklist) 不写", sometimes=True),
        Key("measure", TEXT, "指标值的计量单位"),
        Key("direction", word("higher", "lower", "none"), "大好、小好、无所谓", default="higher"),
        Key("applicable_when", CONDITION, "什么条件下适用; 不符合的单位不计入"),
        Key("assessed", word("quarterly", "yearly"), "每季计分, 还是年底一次", default="quarterly"),
        Key("missing", POLICY, "未报时", required=True),
        Key("zero_denominator", POLICY, "分母为零时; 公式有除法时必写"),
        Key("undefined", POLICY, "无法计算时 (对数、开方、乘方); 公式有这些时必写"),
        Key("method", METHOD, "由值得分的方法", required=True),
        Key("rounding", ROUNDING, "得分取整", default="ruleset.yaml 的 rounding.points"),
        Key("reason", TEXT, "为什么用这个指标、这个口径", required=True),
        Key("source", SOURCE, "依据", required=True),
        Key("assessor", TEXT, "考核单位"),
        Key("evidence", TEXT, "佐证材料"),
        Key("examples", Items(EXAMPLE), "算例, 随 rules test 运行"),
        *LINEAGE,
    ),
)
