"""One worked example of each scoring method for the reference: its YAML, and values to be scored by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class MethodExample:
    """What a rule file writes under `method:`, the full points, and values; words for the method graded."""

    told: str
    """What the method is for, in Chinese."""
    yaml: str
    full: int
    values: tuple[str, ...]
    higher: bool = True
    peers: tuple[int, ...] = ()

    def group(self) -> tuple[Fraction, ...]:
        """The values of the group in ascending order."""
        return tuple(Fraction(each) for each in sorted(self.peers))


METHOD_EXAMPLES: Mapping[str, MethodExample] = {
    "ladder": MethodExample(
        "值落在哪一档得哪一档的分; 自上而下第一个符合的档次。"
        "门槛写明含不含: at_least ≥, above >, at_most ≤, below <。",
        "kind: ladder\n"
        "rungs:\n"
        "  - {at_least: 95, earn: 100%}\n"
        "  - {at_least: 90, earn: 80%}\n"
        "  - {above: 80, earn: 60%}\n"
        "otherwise: 0",
        5,
        ("95", "94.99", "90", "80.01", "80"),
    ),
    "slope": MethodExample(
        "达到目标得满分, 每差一步扣若干分, 扣完为止; 可以写超过目标每步加分 (add) 和最多得分 (most)。",
        "kind: slope\ntarget: 100\ndeduct: 0.5\nsteps: started",
        4,
        ("100", "99.9", "98", "95.5", "90"),
    ),
    "attain": MethodExample(
        "按完成目标的比例得分; start 不是 0 时从 start 算起。",
        "kind: attain\ntarget: 50",
        3,
        ("50", "60", "25", "0"),
    ),
    "piecewise": MethodExample(
        "折点之间按比例, 两端以外取端点的得分。",
        "kind: piecewise\npoints:\n  - {at: 0, earn: 0}\n  - {at: 60, earn: 40%}\n  - {at: 100, earn: 100%}",
        10,
        ("-5", "30", "60", "80", "120"),
    ),
    "credit": MethodExample("每一件得若干分, 封顶。", "kind: credit\neach: 0.5", 2, ("0", "3", "4", "9")),
    "deduction": MethodExample(
        "满分起, 每一件扣若干分, 扣完为止; least 可以写保底分。",
        "kind: deduction\neach: 0.3\nleast: 20%",
        2,
        ("0", "1", "5", "9"),
    ),
    "direct": MethodExample(
        "公式的值就是得分, 在 least 和 most 之间; 条件多的规则用 cases 写出得分再用它。",
        "kind: direct",
        5,
        ("3.25", "7", "-1"),
    ),
    "checklist": MethodExample(
        "一张是非清单, 每项答“是”得分; 不适用的项除外, 其余折算。"
        "它自己看数据项, 指标不写 value; 下面是合计之后的得分。",
        "kind: checklist\n"
        "parts:\n"
        "  - {element: C1, name: 制定方案, earn: 1}\n"
        "  - {element: C2, name: 组织培训, earn: 2}",
        3,
        ("3", "2", "0"),
    ),
    "graded": MethodExample(
        "选项类的数据项, 每个评语一个得分; 得分可以为负。",
        "kind: graded\nscale: {好: 100%, 较好: 80%, 一般: 60%}\notherwise: 0",
        5,
        ("好", "一般", "差"),
    ),
    "peer_quantiles": MethodExample(
        "与同组单位 (或全部单位) 的分位数比; 分位数按 PERCENTILE.INC 插值。",
        "kind: peer_quantiles\n"
        "bands:\n"
        "  - {at_least: P50, earn: 100%}\n"
        "  - {at_least: P25, earn: 80%}\n"
        "otherwise: 60%",
        5,
        ("30", "20", "10"),
        peers=(10, 20, 30, 40, 50),
    ),
    "peer_range": MethodExample(
        "组内最好的得满分, 最差的得零分, 其余按距离。一个离群的数会压低全组, 检查时会提示。",
        "kind: peer_range",
        10,
        ("10", "30", "50"),
        peers=(10, 20, 30, 40, 50),
    ),
    "peer_rank": MethodExample(
        "按组内名次等距得分; 并列取较好、较差或平均名次。",
        "kind: peer_rank\nties: mean",
        10,
        ("50", "30", "10"),
        peers=(10, 30, 30, 40, 50),
    ),
}
