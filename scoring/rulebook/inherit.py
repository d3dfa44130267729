"""Rule sets that inherit: from the files of all rule sets of a line to the trees of the youngest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.errors import Place
from scoring.rulebook.inventory import keys_of, part_of, text_of
from scoring.rulebook.lineage import Lineage, Parent, RuleOrigin
from scoring.rulebook.overriding import Generation, founded, grown
from scoring.rulebook.tree import Branch, Findings, Record

FRAME = "ruleset.yaml"
MOST_PARENTS = 4
_UP = ".."

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extends:
    """Which rule set a rule set says it inherits from."""

    folder: str
    """Relative to the folder of the rule set that says so: "../../national/2021"."""
    code: str
    version: str
    digest: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One rule set of a line, with its own files only.

    prefix: what comes before the names of its files, seen from the youngest; empty for the youngest.
    """

    prefix: str
    files: Files
    frame: Branch
    extends: Extends | None = field(default=None)


def extends_of(frame: Branch, findings: Findings) -> Extends | None:
    """What `extends:` of a ruleset.yaml says; None where it inherits nothing or says it wrongly."""
    node = part_of(frame, "extends")
    if node is None:
        return None
    record = Record(node, "extends", findings)
    folder = tidy_folder(record.text("rule_set", required=True))
    place = record.at("rule_set")
    if not folder and record.has("rule_set"):
        zh = "rule_set 要写成本目录以外的相对路径,以 ../ 开头,用 / 分隔,如 ../../national/2021"
        record.wrong(place, zh, "rule_set must be a relative path that leads out of this folder")
    found = Extends(
        folder=folder,
        code=record.text("code", required=True),
        version=record.text("version", required=True),
        digest=record.text("digest"),
        place=place,
    )
    record.close()
    return found if folder and found.code and found.version else None


def tidy_folder(text: str) -> str:
    """A relative path that leads up and then down, without "." and needless turns; empty for any other."""
    parts = text.rstrip("/").split("/")
    if any(not part.isprintable() or "\\" in part for part in parts) or text.startswith("/"):
        return ""
    found: list[str] = []
    for part in parts:
        if part == _UP and found and found[-1] != _UP:
            found.pop()
        elif part not in {"", "."}:
            found.append(part)
    return "/".join(found) if found and found[0] == _UP and found[-1] != _UP else ""


def line_of(files: Files, trees: Mapping[str, Branch], findings: Findings) -> Sequence[Layer]:
    """The rule sets of a line, the youngest first; empty where the line cannot be followed (told).

    files, trees: those of all rule sets of the line, by their paths seen from the youngest's folder.
    """
    line: list[Layer] = []
    prefix = ""
    while f"{prefix}{FRAME}" in trees:
        frame = trees[f"{prefix}{FRAME}"]
        own = {name.removeprefix(prefix): each for name, each in files.items() if _is_of(name, prefix)}
        extends = extends_of(frame, findings)
        line.append(Layer(prefix=prefix, files=own, frame=frame, extends=extends))
        if extends is None:
            return () if says_extends(frame) else line
        prefix = prefix_above(prefix, extends)
        if prefix in {layer.prefix for layer in line}:
            zh = f"{extends.folder} 又继承回来,成了一圈"
            findings.add(extends.place, "parents-in-a-ring", zh, "the rule sets inherit from one another")
            return ()
        if len(line) > MOST_PARENTS:
            zh = f"继承最多 {MOST_PARENTS} 层"
            findings.add(extends.place, "too-many-parents", zh, f"more than {MOST_PARENTS} rule sets above")
            return ()
    if line and not findings.incomplete:
        _tell_absent(line[-1], findings)
    return ()


def prefix_above(prefix: str, extends: Extends) -> str:
    """What comes before the names of the files of the rule set above."""
    return f"{tidy_folder(prefix + extends.folder)}/"


def _is_of(name: str, prefix: str) -> bool:
    return name.startswith(prefix) if prefix else not name.startswith(f"{_UP}/")


def says_extends(frame: Branch | None) -> bool:
    """Whether a ruleset.yaml names another rule set to inherit from."""
    return "extends" in keys_of(frame)


def _tell_absent(layer: Layer, findings: Findings) -> None:
    if layer.extends is not None:
        zh = f"没有找到要继承的规则集 {layer.extends.folder}"
        en = f"there is no rule set at {layer.extends.folder}"
        findings.add(layer.extends.place, "no-parent", zh, en, "请核对路径")


def inherited_trees(
    line: Sequence[Layer],
    trees: Mapping[str, Branch],
    digest_of: Callable[[Files], str],
    findings: Findings,
) -> tuple[dict[str, Branch], Lineage]:
    """The trees of the youngest rule set of a line, as if it had written all that holds in it; and whence.

    trees: of the files of all layers, by their paths seen from the youngest.
    """
    heritage = founded(_generation(line[-1], trees))
    for position in reversed(range(len(line) - 1)):
        layer, above = line[position], line[position + 1 :]
        parent = _parent(layer, above, digest_of(_seen_from(above)), findings)
        heritage = grown(heritage, _generation(layer, trees), parent, findings)
    return dict(heritage.trees), heritage.lineage()


def _generation(layer: Layer, trees: Mapping[str, Branch]) -> Generation:
    of_layer = {name: tree for name, tree in trees.items() if _is_of(name, layer.prefix)}
    own = {name.removeprefix(layer.prefix): tree for name, tree in of_layer.items()}
    return Generation(origin=origin_of(layer.frame), trees=own)


def _parent(layer: Layer, above: Sequence[Layer], digest: str, findings: Findings) -> Parent:
    origin, title = origin_of(above[0].frame), text_of(above[0].frame, "title")
    if layer.extends is not None:
        _check_parent(layer.extends, origin, digest, findings)
    return Parent(origin=origin, title=title, folder=above[0].prefix.rstrip("/"), digest=digest)


def origin_of(frame: Branch) -> RuleOrigin:
    """The code and version that a ruleset.yaml says."""
    return RuleOrigin(code=text_of(frame, "code"), version=text_of(frame, "version"))


def _seen_from(line: Sequence[Layer]) -> dict[str, bytes]:
    """The files of the youngest of a line and of all above it, by their paths seen from its folder."""
    found: dict[str, bytes] = {}
    prefix = ""
    for layer in line:
        found |= {f"{prefix}{name}": content for name, content in layer.files.items()}
        if layer.extends is not None:
            prefix = prefix_above(prefix, layer.extends)
    return found


def _check_parent(extends: Extends, origin: RuleOrigin, digest: str, findings: Findings) -> None:
    """The rule set found must be the one that was meant."""
    if (extends.code, extends.version) != (origin.code, origin.version):
        meant = f"{extends.code} 第 {extends.version} 版"
        zh = f"{extends.folder} 是 {origin.code} 第 {origin.version} 版,这里写的是 {meant}"
        fix = "父规则集改了版本的,请看清改了什么,再改这里的 version"
        findings.add(extends.place, "other-parent", zh, f"the parent is {origin.code} {origin.version}", fix)
    elif extends.digest and extends.digest != digest:
        zh = f"{extends.folder} 的内容与这里写的 digest 不符:现在是 {digest}"
        fix = "父规则集被改动过。请看清改了什么,再改这里的 digest"
        findings.add(extends.place, "other-parent", zh, f"the parent's digest is {digest}", fix)
