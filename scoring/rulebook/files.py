"""The only door to disk and YAML: reads a rule-set folder, file by file, and gives its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from scoring.errors import Issue, Place, has_hard
from scoring.rulebook.assemble import assemble_rule_set
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import NOWHERE, Branch, Entries, Findings, Items, Scalar

LARGEST_FILE = 256 * 1024
MOST_NODES = 20_000
DEEPEST = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_rule_set(folder: Path) -> tuple[RuleSet | None, tuple[Issue, ...]]:
    """The rule set of a folder and everything wrong with it; None where any issue is hard."""
    findings = Findings()
    files = _read_files(folder, findings)
    rules = rule_set_from_files(files, findings)
    issues = tuple(findings.issues)
    return (None if has_hard(issues) else rules), issues


def rule_set_from_files(files: Mapping[str, bytes], findings: Findings) -> RuleSet | None:
    """The rule set of files given by their path within the folder ("forms/F01.yaml")."""
    trees = {
        name: compose(content, name, findings) for name, content in files.items() if name.endswith(".yaml")
    }
    return assemble_rule_set(trees, digest_of(files), findings)


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the sorted names and the SHA-256 of each file's bytes."""
    lines = (f"{name}\t{hashlib.sha256(content).hexdigest()}" for name, content in sorted(files.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def rule_files(folder: Path) -> dict[str, bytes]:
    """The bytes of every rule file of a folder, by path within it; raises OSError as the disk does."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".yaml", ".md"} and path.stat().st_size <= LARGEST_FILE
    }


def _read_files(folder: Path, findings: Findings) -> dict[str, bytes]:
    place = Place(file=str(folder))
    if not (folder / "ruleset.yaml").is_file():
        zh, en = "这里没有 ruleset.yaml,不是规则集目录", "no ruleset.yaml here: not a rule-set folder"
        findings.add(place, "no-rule-set", zh, en, "请指定含 ruleset.yaml 的目录,如 rules/national/2021")
        return {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.stat().st_size > LARGEST_FILE:
            zh, en = f"文件超过 {LARGEST_FILE // 1024} KB", f"larger than {LARGEST_FILE // 1024} KB"
            findings.add(
                Place(file=path.relative_to(folder).as_posix()), "file-too-large", zh, en, "请拆成几个文件"
            )
    try:
        return rule_files(folder)
    except OSError as error:
        findings.add(place, "unreadable", f"无法读取:{error.strerror}", f"cannot be read: {error.strerror}")
        return {}


def compose(content: bytes, file: str, findings: Findings) -> Branch:
    """A YAML file as a tree; anything beyond plain lists, mappings and words is an issue."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        zh, en = f"第 {error.start + 1} 个字节起不是 UTF-8 文字", "not UTF-8 text"
        findings.add(Place(file=file), "not-utf8", zh, en, "请用 UTF-8 编码保存")
        return NOWHERE
    try:
        return _Composer(text, file, findings).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file=file, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=file)
        problem = getattr(error, "problem", None) or "cannot be read"
        zh = "YAML 写法有误(缩进、冒号后的空格或引号)"
        findings.add(place, "yaml-syntax", f"{zh}:{problem}", f"YAML: {problem}", "请检查这一行和上一行")
    except _Refused as refused:
        findings.add(refused.place, refused.code, refused.zh, refused.en, "规则文件只用列表、键值和文字")
    return NOWHERE


class _Refused(Exception):
    def __init__(self, place: Place, code: str, zh: str, en: str) -> None:
        self.place, self.code, self.zh, self.en = place, code, zh, en
        super().__init__(zh)


class _Composer:
    """Builds the tree from YAML's events; nothing is expanded, so no bomb can go off."""

    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self.file, self.findings, self.count, self.depth = file, findings, 0, 0
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(file=self.file, line=mark.line + 1, column=mark.column + 1)

    def document(self) -> Branch:
        found: Branch | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if found is not None:
                    raise _Refused(
                        self.place(event), "yaml-documents", "一个文件只写一份内容", "one document a file"
                    )
                found = self.branch(event)
        return found if found is not None else Entries({}, Place(file=self.file, line=1, column=1))

    def branch(self, event: yaml.Event) -> Branch:
        self.count += 1
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                place, "yaml-anchor", "规则文件不使用锚点和引用(& *)", "anchors and aliases are not used"
            )
        if getattr(event, "tag", None):
            raise _Refused(place, "yaml-tag", "规则文件不使用标签(!)", "tags are not used")
        if self.count > MOST_NODES or self.depth > DEEPEST:
            raise _Refused(
                place, "yaml-too-large", "内容过多或嵌套过深", "too many or too deeply nested parts"
            )
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, self._inside_quotes(event, place))
        self.depth += 1
        found = self.items(place) if isinstance(event, yaml.SequenceStartEvent) else self.entries(place)
        self.depth -= 1
        return found

    def _inside_quotes(self, event: yaml.ScalarEvent, place: Place) -> Place:
        if event.style in {"'", '"'} and place.column is not None:
            return Place(file=place.file, line=place.line, column=place.column + 1)
        return place

    def items(self, place: Place) -> Items:
        nodes: list[Branch] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            nodes.append(self.branch(event))
        return Items(tuple(nodes), place)

    def entries(self, place: Place) -> Entries:
        found: dict[str, tuple[Place, Branch]] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.branch(event)
            value = self.branch(next(self.events))
            if not isinstance(key, Scalar) or key.text == "<<":
                raise _Refused(key.place, "yaml-key", "键要写成一个词", "a key is a single word")
            if key.text in found:
                zh, en = f"键 {key.text} 写了两次", f"duplicate key {key.text}"
                first = found[key.text][0]
                self.findings.add(
                    key.place, "duplicate-key", zh, en, f"第 {first.line} 行已有,请删去一个", found=key.text
                )
                continue
            found[key.text] = (key.place, value)
        return Entries(found, place)
