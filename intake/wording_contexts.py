"""The sentences about check context files."""

from __future__ import annotations

from intake.wording import Wording

_ANEW = "请从系统重新下载本单位、本季度的审核参考数据。"
_ANEW_EN = "Download the check context of this unit and quarter anew."

CONTEXT_WORDINGS: dict[str, Wording] = {
    "context-too-large": Wording(
        "审核参考数据文件超过 {most} MiB，没有读。",
        "The check context is larger than {most} MiB and was not read.",
        _ANEW,
        _ANEW_EN,
    ),
    "context-unreadable": Wording(
        "审核参考数据文件读不懂：{why}。",
        "The check context cannot be read: {why}.",
        _ANEW,
        _ANEW_EN,
    ),
    "context-changed": Wording(
        "审核参考数据文件的内容与它自己写的摘要不符，可能被改过或没有下载完整。",
        "The check context does not agree with its own digest: it was changed or not wholly downloaded.",
        _ANEW,
        _ANEW_EN,
    ),
    "context-other-rules": Wording(
        "审核参考数据是按规则集 {theirs} 生成的，与这里的 {ours} 内容不同，系统会给出别的结论。",
        "The check context was made under {theirs}, which is not the same as {ours} here.",
        "请使用与系统相同的规则集，再重新下载审核参考数据。",
        "Use the rule set that the server uses, and download the context anew.",
    ),
    "context-other-report": Wording(
        "审核参考数据是 {theirs} 的，报表是 {ours} 的。",
        "The check context is for {theirs}, the report for {ours}.",
        _ANEW,
        _ANEW_EN,
    ),
}
