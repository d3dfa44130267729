"""The limits of doubt in Chinese; see difference_words."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.rulebook.differences.changes import Weight
from scoring.rulebook.differences.word import Word, checks, says
from scoring.rulebook.plausibility import (
    ChangeRule,
    EqualBlockRule,
    HistoryRule,
    LastDigitRule,
    OnThresholdRule,
    PeersRule,
    Plausibility,
    SameFigureRule,
)

DOUBT_WORDS: Mapping[type, Mapping[str, Word]] = {
    Plausibility: {
        "change": checks("大幅增减"),
        "history": checks("偏离本单位以往"),
        "peers": checks("偏离同组单位"),
        "same_figure": checks("各期同一个数"),
        "last_digit": checks("尾数集中"),
        "on_threshold": checks("压在档线上"),
        "equal_block": checks("成片相同"),
    },
    ChangeRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "over": Word("增减超过", Weight.REPORTS, share=True),
        "base": checks("基数不小于"),
        "source": says("依据"),
    },
    HistoryRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "z": checks("稳健 z 值"),
        "periods": checks("以往期数"),
        "base": checks("中位数不小于"),
        "spread": Word("波动至少按", Weight.REPORTS, share=True),
        "source": says("依据"),
    },
    PeersRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "per": checks("折算的属性"),
        "z": checks("稳健 z 值"),
        "units": checks("别的单位数"),
        "base": checks("数不小于"),
        "spread": Word("差别至少按", Weight.REPORTS, share=True),
        "source": says("依据"),
    },
    SameFigureRule: {
        "periods": checks("连续期数"),
        "at_least": checks("数不小于"),
        "source": says("依据"),
    },
    LastDigitRule: {
        "figures": checks("数的个数"),
        "at_least": checks("数不小于"),
        "chance": Word("偶然的可能", Weight.REPORTS, share=True),
        "source": says("依据"),
    },
    OnThresholdRule: {"periods": checks("连续期数"), "source": says("依据")},
    EqualBlockRule: {"figures": checks("相邻的数"), "source": says("依据")},
}
