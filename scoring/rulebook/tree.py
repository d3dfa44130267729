"""A read YAML file as a tree that remembers lines, and records that are read from it key by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeVar

from scoring.errors import Issue, Place, Severity
from scoring.methods.base import Quantity
from scoring.nearest import meant, nearest
from scoring.numbers import number_from_text, ratio_from_text
from scoring.rulebook.answers import ACCEPT, Answer

T = TypeVar("T")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Mark(NamedTuple):
    """Where a part of a file begins; lines and columns from 1. A tuple, since a file has thousands."""

    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """As issues say it."""
        return Place(file=self.file, line=self.line, column=self.column)


class Scalar(NamedTuple):
    """A word or number, always as text."""

    text: str
    mark: Mark
    one_line: bool = True
    """Whether columns within the text can be reckoned from where it begins."""

    @property
    def place(self) -> Place:
        """Where it begins, inside its quotes."""
        return self.mark.place


class Items(NamedTuple):
    """A list."""

    nodes: tuple[Branch, ...]
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.mark.place


class Entries(NamedTuple):
    """Keys with their values, in the order of the file."""

    by_key: Mapping[str, tuple[Mark, Branch]]
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.mark.place


Branch = Scalar | Items | Entries


class Findings:
    """The issues found so far; everything wrong is told in one go.

    incomplete: some file could not be read at all. Then a name that seems unknown may stand in that file, and
    nothing is said of it.
    """

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self.answers: list[Answer] = []
        self.incomplete = False

    def add(
        self,
        place: Place,
        code: str,
        zh: str,
        en: str,
        fix: str = "",
        *,
        fix_en: str = "",
        found: str = "",
        soft: bool = False,
    ) -> None:
        """One more issue."""
        severity = Severity.SOFT if soft else Severity.HARD
        told = Issue(
            code=code,
            zh=zh,
            en=en,
            fix_zh=fix,
            fix_en=fix_en,
            place=place,
            found=found,
            severity=severity,
        )
        self.issues.append(told)

    def unknown(self, place: Place, code: str, kind: str, name: str, known: Collection[str]) -> None:
        """A name that does not exist, with the nearest that does."""
        if not self.incomplete:
            self.add(place, code, f"没有{kind} {name}", f"unknown: {name}", meant(name, known), found=name)


class Record:
    """Reads the keys of one mapping, each once; `close` reports the keys that nobody asked for."""

    def __init__(self, node: Branch, what: str, findings: Findings) -> None:
        self.what, self.findings, self.mark, self.branch = what, findings, node.mark, node
        self.asked: set[str] = set()
        self.is_mapping = isinstance(node, Entries)
        self.by_key: Mapping[str, tuple[Mark, Branch]] = {}
        if isinstance(node, Entries):
            self.by_key = node.by_key
        else:
            self.wrong(node.place, "这里要写成“键: 值”的形式", "a mapping is needed here")

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.mark.place

    def wrong(self, place: Place, zh: str, en: str, found: str = "", fix: str = "") -> None:
        """An issue about the form of this record."""
        self.findings.add(place, "wrong-form", f"{self.what}:{zh}", f"{self.what}: {en}", fix, found=found)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.by_key

    def at(self, key: str) -> Place:
        """Where the key's value stands; the record itself where it is absent."""
        return self.by_key[key][1].place if key in self.by_key else self.place

    def node(self, key: str, *, required: bool = False) -> Branch | None:
        """The raw value of a key."""
        self.asked.add(key)
        if key in self.by_key:
            return self.by_key[key][1]
        if required and self.is_mapping:
            zh, en = f"缺少 {key}", f"{key} is missing"
            self.findings.add(
                self.place, "missing-key", f"{self.what}:{zh}", f"{self.what}: {en}", f"请补上 {key}:"
            )
        return None

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        """A word; an issue where something else stands."""
        node = self.node(key, required=required)
        if node is None or isinstance(node, Scalar):
            return node
        self.wrong(node.place, f"{key} 要写成一个词或数", f"{key} must be a single value")
        return None

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text; where required it is not empty."""
        scalar = self.scalar(key, required=required)
        if scalar is None:
            return default
        if required and not scalar.text.strip():
            self.wrong(scalar.place, f"{key} 不能为空", f"{key} must not be empty")
        return scalar.text

    def read(self, key: str, reader: Callable[[str], T | None], wanted: str, default: T, required: bool) -> T:
        """A value read by `reader`, which gives None for what it cannot read."""
        scalar = self.scalar(key, required=required)
        if scalar is None:
            return default
        value = reader(scalar.text)
        if value is None:
            zh, en = (
                f"{key} 写的是“{scalar.text[:60]}”,要写{wanted}",
                f"{key}: {scalar.text[:60]!r} is not valid",
            )
            self.wrong(scalar.place, zh, en, scalar.text[:60])
            return default
        return value

    def number(self, key: str, default: Fraction = Fraction(0), *, required: bool = False) -> Fraction:
        """A decimal number."""
        return self.read(key, number_from_text, "十进制数(如 0.05)", default, required)

    def maybe_number(self, key: str) -> Fraction | None:
        """A decimal number, or None where the key is absent."""
        return self.read(key, number_from_text, "十进制数(如 0.05)", None, required=False)

    def ratio(self, key: str) -> Fraction | None:
        """A decimal or a fraction ("200/3"), or None where the key is absent."""
        return self.read(key, ratio_from_text, "数或分数(如 200/3)", None, required=False)

    def whole(self, key: str, default: int = 0, *, required: bool = False, most: int = 10**9) -> int:
        """A whole number from 0 to `most`."""
        return self.read(key, lambda text: _whole(text, most), f"0 到 {most} 的整数", default, required)

    def quantity(self, key: str, default: Quantity, *, required: bool = False) -> Quantity:
        """Points, or a share of full points."""
        return self.read(key, quantity_from_text, "分数或百分比(如 0.5 或 80%)", default, required)

    def share(self, key: str, default: Fraction = Fraction(0), *, required: bool = False) -> Fraction:
        """A percentage ("40%") as a share of one."""
        return self.read(key, _share, "百分比(如 40%)", default, required)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true/yes/是 or false/no/否."""
        return self.read(key, _FLAGS.get, "true 或 false", default, required=False)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date as 2021-06-30."""
        return self.read(key, day_from_text, "日期(如 2021-06-30)", None, required)

    def word(self, key: str, words: Collection[str], default: str = "", *, required: bool = False) -> str:
        """One of the given words."""
        scalar = self.scalar(key, required=required)
        if scalar is None:
            return default
        if scalar.text not in words:
            zh, en = f"{key} 没有“{scalar.text}”这个选项", f"{key}: unknown word {scalar.text!r}"
            zh, en, fix = f"{self.what}:{zh}", f"{self.what}: {en}", meant(scalar.text, words)
            self.findings.add(scalar.place, "unknown-word", zh, en, fix, found=scalar.text)
            return default
        return scalar.text

    def words(self, key: str, *, required: bool = False, distinct: bool = False) -> tuple[str, ...]:
        """A list of words; where they must be distinct, an issue for each that stands there twice."""
        scalars = self.scalars(key, required=required)
        for position, scalar in enumerate(scalars if distinct else ()):
            if any(scalar.text == earlier.text for earlier in scalars[:position]):
                self.wrong(scalar.place, f"{key} 中 {scalar.text} 写了两次", "written twice", scalar.text)
        return tuple(scalar.text for scalar in scalars)

    def scalars(self, key: str, *, required: bool = False) -> tuple[Scalar, ...]:
        """A list of words with their places."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        if isinstance(node, Items) and all(isinstance(item, Scalar) for item in node.nodes):
            return tuple(item for item in node.nodes if isinstance(item, Scalar))
        self.wrong(node.place, f"{key} 要写成列表", f"{key} must be a list of words")
        return ()

    def record(self, key: str, what: str = "", *, required: bool = False) -> Record | None:
        """A mapping within this one."""
        node = self.node(key, required=required)
        return None if node is None else Record(node, what or f"{self.what} {key}", self.findings)

    def records(self, key: str, what: str = "", *, required: bool = False) -> Iterator[Record]:
        """A list of mappings."""
        node = self.node(key, required=required)
        if node is None:
            return
        if not isinstance(node, Items):
            self.wrong(node.place, f"{key} 要写成列表", f"{key} must be a list")
            return
        for item in node.nodes:
            yield Record(item, what or f"{self.what} {key}", self.findings)

    def keyed(self, key: str, what: str = "", *, required: bool = False) -> Iterator[tuple[str, Record]]:
        """A mapping from names to mappings."""
        inner = self.record(key, what, required=required)
        if inner is not None:
            for name, (_, node) in inner.by_key.items():
                yield name, Record(node, f"{what or key} {name}", self.findings)

    def places(self) -> dict[str, Place]:
        """Where the value of each key stands."""
        return {key: node.place for key, (_, node) in self.by_key.items()}

    def answers(self, *, everywhere: bool = False) -> None:
        """Keeps the answers that the mapping gives to findings."""
        if ACCEPT not in self.by_key or ACCEPT in self.asked:
            return
        own = Entries(self.by_key, self.mark)
        for each in self.records(ACCEPT, f"{self.what} {ACCEPT}"):
            answer = Answer(
                finding=each.text("finding", required=True),
                reason=each.text("reason", required=True),
                place=each.place,
                first=self.mark[1:],
                last=_last_mark(own),
                everywhere=everywhere,
            )
            self.findings.answers.append(answer)
            each.close()

    def close(self) -> None:
        """Reports every key that was not asked for; answers to findings may stand in any mapping."""
        self.answers()
        for key, (mark, _) in self.by_key.items():
            if key not in self.asked:
                near = nearest(key, self.asked)
                fix = f"是否想写 {near}?" if near else "请删去或改正"
                zh, en = f"{self.what}:不认识的键 {key}", f"{self.what}: unknown key {key}"
                self.findings.add(mark.place, "unknown-key", zh, en, fix, found=key)


def _last_mark(node: Branch) -> tuple[int, int]:
    """Line and column at which the last part of a tree begins."""
    inner: tuple[Branch, ...] = ()
    if isinstance(node, Items):
        inner = node.nodes
    elif isinstance(node, Entries):
        inner = tuple(value for _, value in node.by_key.values())
    return max((_last_mark(each) for each in inner), default=node.mark[1:])


_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def _whole(text: str, most: int) -> int | None:
    value = number_from_text(text)
    return int(value) if value is not None and value.denominator == 1 and 0 <= value <= most else None


def quantity_from_text(text: str) -> Quantity | None:
    """Points ("0.5") or a share of full points ("80%"); None for anything else."""
    if text.endswith("%"):
        share = number_from_text(text[:-1])
        return None if share is None else Quantity(share / 100, of_full=True)
    points = number_from_text(text)
    return None if points is None else Quantity(points, of_full=False)


def _share(text: str) -> Fraction | None:
    quantity = quantity_from_text(text)
    return quantity.amount if quantity is not None and quantity.of_full else None


def day_from_text(text: str) -> date | None:
    """A date as 2021-06-30; None for anything else, such as the week dates that ISO 8601 has besides."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
