"""The only door to disk and YAML: reads a rule-set folder, file by file, and gives its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from scoring.errors import Issue, Place, has_hard
from scoring.rulebook.assemble import assemble_rule_set
from scoring.rulebook.dated import KEY as DATED
from scoring.rulebook.inherit import (
    FRAME,
    MOST_PARENTS,
    Extends,
    extends_of,
    inherited_trees,
    line_of,
    prefix_above,
    says_extends,
)
from scoring.rulebook.lineage import Lineage
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.slices import assemble_in_time
from scoring.rulebook.tree import Branch, Entries, Findings, Items, Mark, Scalar

LARGEST_FILE = 256 * 1024
MOST_FILES = 5_000
MOST_NODES = 20_000
DEEPEST = 20
_DATED = DATED.encode()
_QUOTES = {"'", '"'}
_FOR_PEOPLE = ".md"
"""Notes such as CHANGES.md: part of the digest, read by nobody but people."""


def read_rule_set(folder: Path) -> tuple[RuleSet | None, tuple[Issue, ...]]:
    """The rule set of a folder and everything wrong with it; None where any issue is hard."""
    rules, findings = read_with_findings(folder)
    return rules, tuple(findings.issues)


def read_with_findings(folder: Path) -> tuple[RuleSet | None, Findings]:
    """The rule set of a folder, None where any issue is hard; and the issues with the answers given."""
    findings = Findings()
    files = _read_files(folder, findings)
    rules = rule_set_from_files(files, findings)
    return (None if has_hard(findings.issues) else rules), findings


def rule_set_from_files(files: Mapping[str, bytes], findings: Findings) -> RuleSet | None:
    """The rule set of files given by their path within the folder ("forms/F01.yaml").

    With those of a rule set that inherits stand those of the rule sets above it ("../2020/forms/F01.yaml").
    None where there is no ruleset.yaml, or it cannot be read.
    """
    trees, lineage = _trees_and_lineage(files, findings)
    if lineage.parents or any(_DATED in each for each in files.values()):
        return assemble_in_time(trees, digest_of(files), findings, lineage)
    # Most rule sets name no dates at all, and to look through their trees for some would take a while.
    return assemble_rule_set(trees, digest_of(files), findings)


def _trees_and_lineage(files: Mapping[str, bytes], findings: Findings) -> tuple[dict[str, Branch], Lineage]:
    """The trees of a rule set with all that it inherits in them; none where a parent is not there."""
    trees = rule_trees(files, findings)
    if not says_extends(trees.get(FRAME)):
        return trees, Lineage()
    line = line_of(files, trees, findings)
    return inherited_trees(line, trees, digest_of, findings) if line else ({}, Lineage())


def whole_trees(files: Mapping[str, bytes]) -> dict[str, Branch]:
    """The trees of a rule set that loads, what it inherits among them; places name the file of origin.

    Values may still be dated in them (see `scoring.rulebook.dated`).
    """
    return _trees_and_lineage(files, Findings())[0]


def rule_trees(files: Mapping[str, bytes], findings: Findings) -> dict[str, Branch]:
    """The trees of the files, by path, without those that cannot be read or are only for people."""
    trees: dict[str, Branch] = {}
    unread = 0
    for name, content in files.items():
        if name.endswith(_FOR_PEOPLE):
            continue
        tree = compose(content, name, findings)
        if tree is None:
            unread += 1
        else:
            trees[name] = tree
    if unread:
        findings.incomplete = True
        zh = f"有 {unread} 个文件读不懂,要看全部文件才能下结论的检查(分值合计、条款、引用的名称)这次没有做"
        en = f"{unread} files cannot be read: what only all files together can show was not checked"
        findings.add(Place(), "not-checked", zh, en, "请先改好这些文件,再检查一次", soft=True)
    return trees


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the sorted names and the SHA-256 of each file's bytes."""
    lines = (f"{name}\t{hashlib.sha256(content).hexdigest()}" for name, content in sorted(files.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def rule_files(folder: Path) -> dict[str, bytes]:
    """The bytes of every rule file of a folder, by path within it; raises OSError as the disk does.

    Where the rule set inherits, those of the rule sets above it, too, by their paths seen from the folder.
    """
    return dict(_files_of_line(folder, Findings()))


def _files_of_line(folder: Path, findings: Findings) -> Iterator[tuple[str, bytes]]:
    """Each file of a folder and of the folders it inherits from; what is passed over is told."""
    prefix, seen = "", {""}
    while True:
        own = _folder_files(_above(folder, prefix), prefix, findings)
        yield from own.items()
        extends = _extends(own.get(f"{prefix}{FRAME}", b""))
        if extends is None or len(seen) > MOST_PARENTS + 1:
            return
        prefix = prefix_above(prefix, extends)
        if prefix in seen or not _is_plain(_above(folder, prefix), extends, findings):
            return
        seen.add(prefix)


def _extends(frame: bytes) -> Extends | None:
    tree = compose(frame, FRAME, Findings()) if b"extends" in frame else None
    return None if tree is None else extends_of(tree, Findings())


def _above(folder: Path, prefix: str) -> Path:
    """The folder of a rule set above: steps are taken on the real path, whatever links led to it."""
    found = folder.resolve() if prefix else folder
    for part in prefix.split("/"):
        found = found.parent if part == ".." else found / part
    return found


def _is_plain(folder: Path, extends: Extends, findings: Findings) -> bool:
    """Whether a folder above is there without any link on the way to it."""
    if folder.resolve() != folder:
        zh, en = f"通往 {extends.folder} 的路上有链接,不读", "a link on the way to the parent is not followed"
        findings.add(extends.place, "parent-by-link", zh, en, "请写真正的路径")
        findings.incomplete = True
        return False
    return (folder / FRAME).is_file()


def _folder_files(folder: Path, prefix: str, findings: Findings) -> dict[str, bytes]:
    """The files of one folder by their names behind a prefix; of a folder above no links are followed."""
    named = _named_as_rules(folder)
    if len(named) > MOST_FILES:
        zh, en = f"目录里有 {len(named)} 个规则文件,最多 {MOST_FILES} 个", f"more than {MOST_FILES} files"
        findings.add(Place(file=prefix or str(folder)), "too-many-files", zh, en)
        findings.incomplete = True
        return {}
    found: dict[str, bytes] = {}
    for path in named:
        name = f"{prefix}{path.relative_to(folder).as_posix()}"
        if path.is_file() and not (prefix and path.is_symlink()):
            found[name] = _bytes(path)
            continue
        findings.incomplete = True
        zh, en = "这不是文件:是文件夹,或链接指向的文件没有了", "not a file: a folder or a broken link"
        findings.add(Place(file=name), "not-a-file", zh, en)
    return found


def _named_as_rules(folder: Path) -> list[Path]:
    """What is called like a rule file, be it a file or not: none is passed over in silence."""
    return sorted(each for each in folder.rglob("*") if each.suffix in {".yaml", ".yml", _FOR_PEOPLE})


def _bytes(path: Path) -> bytes:
    """The whole file; of a rule file only so much that it is seen to be too large."""
    with path.open("rb") as file:
        return file.read() if path.suffix == _FOR_PEOPLE else file.read(LARGEST_FILE + 1)


def _read_files(folder: Path, findings: Findings) -> dict[str, bytes]:
    place = Place(file=str(folder))
    if not (folder / "ruleset.yaml").is_file():
        zh, en = "这里没有 ruleset.yaml,不是规则集目录", "no ruleset.yaml here: not a rule-set folder"
        findings.add(place, "no-rule-set", zh, en, "请指定含 ruleset.yaml 的目录,如 rules/national/2021")
        return {}
    try:
        return dict(_files_of_line(folder, findings))
    except OSError as error:
        findings.add(place, "unreadable", f"无法读取:{error.strerror}", f"cannot be read: {error.strerror}")
        return {}


def compose(content: bytes, file: str, findings: Findings) -> Branch | None:
    """A YAML file as a tree; None, and an issue, for anything beyond plain lists, mappings and words."""
    try:
        return _Composer(_text(content, file), file, findings).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Mark(file, mark.line + 1, mark.column + 1).place if mark else Place(file=file)
        problem = getattr(error, "problem", None) or "not allowed in YAML"
        zh = f"YAML 写法有误(缩进、冒号后的空格或引号):{problem}"
        findings.add(place, "yaml-syntax", zh, f"YAML: {problem}", "请检查这一行和上一行")
    except _Refused as refused:
        findings.add(refused.place, refused.code, refused.zh, refused.en, refused.fix)
    return None


class _Refused(Exception):
    """Why a file is not taken."""

    def __init__(self, place: Place, code: str, zh: str, en: str, fix: str = "") -> None:
        self.place, self.code, self.zh, self.en = place, code, zh, en
        self.fix = fix or "规则文件只用列表、键值和文字"
        super().__init__(zh)


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        zh, en = f"文件超过 {LARGEST_FILE // 1024} KB", f"larger than {LARGEST_FILE // 1024} KB"
        raise _Refused(Place(file=file), "file-too-large", zh, en, "请拆成几个文件")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        zh, en = f"第 {error.start + 1} 个字节起不是 UTF-8 文字", f"not UTF-8 from byte {error.start + 1}"
        raise _Refused(Place(file=file), "not-utf8", zh, en, "请用 UTF-8 编码保存") from None


class _Composer:
    """Builds the tree from YAML's events; nothing is expanded, so no bomb can go off."""

    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self.file, self.findings, self.count, self.depth = file, findings, 0, 0
        self.next_event = yaml.CBaseLoader(text).get_event

    def document(self) -> Branch:
        """The one document of the file; an empty file is an empty mapping."""
        found: Branch | None = None
        while not isinstance(event := self.next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.NodeEvent):
                if found is not None:
                    zh, en = "一个文件只写一份内容", "one document a file"
                    raise _Refused(self.mark(event).place, "yaml-documents", zh, en)
                found = self.branch(event)
        return found if found is not None else Entries({}, Mark(self.file, 1, 1))

    def mark(self, event: Any) -> Mark:
        """Where an event begins."""
        start = event.start_mark
        return Mark(self.file, start.line + 1, start.column + 1)

    def branch(self, event: Any) -> Branch:
        """The part of the tree that an event begins."""
        self.count += 1
        if event.anchor or event.tag or self.count > MOST_NODES or self.depth > DEEPEST:
            raise self.refusal(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        mark = self.mark(event)
        self.depth += 1
        found = self.items(mark) if isinstance(event, yaml.SequenceStartEvent) else self.entries(mark)
        self.depth -= 1
        return found

    def refusal(self, event: Any) -> _Refused:
        """Why an event is not taken; an alias bears the name of its anchor."""
        place = self.mark(event).place
        if event.anchor:
            return _Refused(place, "yaml-anchor", "规则文件不使用锚点和引用(& *)", "no anchors, no aliases")
        if event.tag:
            return _Refused(place, "yaml-tag", "规则文件不使用标签(!)", "tags are not used")
        return _Refused(place, "yaml-too-large", "内容过多或嵌套过深", "too many or too deep")

    def scalar(self, event: Any) -> Scalar:
        """A word, with the place of its first character, inside its quotes."""
        start, quotes = event.start_mark, 1 if event.style in _QUOTES else 0
        mark = Mark(self.file, start.line + 1, start.column + 1 + quotes)
        return Scalar(event.value, mark, event.end_mark.line == start.line)

    def items(self, mark: Mark) -> Items:
        """The rest of a list."""
        nodes: list[Branch] = []
        while not isinstance(event := self.next_event(), yaml.SequenceEndEvent):
            nodes.append(self.branch(event))
        return Items(tuple(nodes), mark)

    def entries(self, mark: Mark) -> Entries:
        """The rest of a mapping; of a key written twice the first stands, and an issue says so."""
        found: dict[str, tuple[Mark, Branch]] = {}
        while not isinstance(event := self.next_event(), yaml.MappingEndEvent):
            key, value = self.branch(event), self.branch(self.next_event())
            if not isinstance(key, Scalar) or key.text == "<<":
                raise _Refused(key.place, "yaml-key", "键要写成一个词", "a key is a single word")
            if key.text in found:
                line = found[key.text][0].line
                zh, en = f"键 {key.text} 写了两次", f"duplicate key {key.text}"
                fix = f"第 {line} 行已有,请删去一个"
                self.findings.add(key.place, "duplicate-key", zh, en, fix, found=key.text)
                continue
            found[key.text] = (key.mark, value)
        return Entries(found, mark)
