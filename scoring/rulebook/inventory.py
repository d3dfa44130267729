"""What stands in the trees of rule files, by kind and code, before they are parsed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scoring.rulebook.lineage import RuleKind
from scoring.rulebook.tree import Branch, Entries, Items, Mark, Scalar

CODED: Mapping[str, Mapping[str, RuleKind]] = {
    "forms": {"elements": RuleKind.ELEMENT, "checks": RuleKind.CHECK},
    "adjustments.yaml": {"adjustments": RuleKind.ADJUSTMENT},
    "plan.yaml": {"sections": RuleKind.SECTION},
}
"""Lists of rules with codes: by the folder or file, and the key."""
_FOLDERS = {"indicators": RuleKind.INDICATOR, "forms": RuleKind.FORM}

Rule = tuple[RuleKind, str]
Rules = dict[Rule, Branch]
Trees = Mapping[str, Branch]


def rules_in(trees: Trees) -> Rules:
    """Every rule that has a code, with its branch."""
    found: Rules = {}
    for name, tree in trees.items():
        folder = name.partition("/")[0]
        if folder in _FOLDERS and (code := text_of(tree, "code")):
            found[_FOLDERS[folder], code] = tree
        for key, kind in CODED.get(folder, {}).items():
            found |= {(kind, text_of(each, "code")): each for each in items_of(tree, key)}
        if name == "ruleset.yaml":
            found |= {(RuleKind.NODE, text_of(each, "code")): each for each in _nodes(part_of(tree, "tree"))}
    return found


def _nodes(node: Branch | None) -> Iterator[Branch]:
    if node is not None:
        yield node
        for child in items_of(node, "children"):
            yield from _nodes(child)


def without_rules(trees: Trees, gone: Collection[Rule]) -> dict[str, Branch]:
    """The trees without some rules: their files, or their places in lists."""
    found: dict[str, Branch] = {}
    for name, tree in trees.items():
        folder = name.partition("/")[0]
        if folder in _FOLDERS and (_FOLDERS[folder], text_of(tree, "code")) in gone:
            continue
        found[name] = tree
        for key, kind in CODED.get(folder, {}).items():
            kept = tuple(each for each in items_of(tree, key) if (kind, text_of(each, "code")) not in gone)
            if isinstance(tree, Entries) and len(kept) < len(items_of(tree, key)):
                mark, listed = tree.by_key[key]
                tree = Entries({**tree.by_key, key: (mark, Items(kept, listed.mark))}, tree.mark)
                found[name] = tree
    return found


def clause_codes(name: str, tree: Branch) -> tuple[str, ...]:
    """The clauses that a file measures, where it is one of an indicator."""
    named = items_of(tree, "clauses") if name.startswith("indicators/") else ()
    return tuple(each.text for each in named if isinstance(each, Scalar))


def with_clauses(plan: Branch, gone: Mapping[str, str], lifted: Collection[str]) -> Branch:
    """The plan with some clauses set aside for a reason, and others no longer set aside."""
    if isinstance(plan, Items):
        return Items(tuple(with_clauses(each, gone, lifted) for each in plan.nodes), plan.mark)
    if not isinstance(plan, Entries):
        return plan
    code = text_of(plan, "code")
    keys = {key: (mark, with_clauses(each, gone, lifted)) for key, (mark, each) in plan.by_key.items()}
    if code in gone and "paraphrase" in keys:
        keys["not_assessed"] = plan.mark, Scalar(gone[code], plan.mark)
    elif code in lifted:
        keys.pop("not_assessed", None)
    return Entries(keys, plan.mark)


def name_of(rule: Branch) -> str:
    """What people call it: its name or title, or for a check its message."""
    return text_of(rule, "name") or text_of(rule, "title") or text_of(rule, "message")


def part_of(branch: Branch, key: str) -> Branch | None:
    """The value of a key; None where there is none."""
    return branch.by_key[key][1] if isinstance(branch, Entries) and key in branch.by_key else None


def keys_of(branch: Branch | None) -> Mapping[str, tuple[Mark, Branch]]:
    """The keys of a mapping; none where there is no mapping."""
    return branch.by_key if isinstance(branch, Entries) else {}


def text_of(branch: Branch, key: str) -> str:
    """The word under a key; empty where there is none."""
    node = part_of(branch, key)
    return node.text if isinstance(node, Scalar) else ""


def items_of(branch: Branch, key: str) -> tuple[Branch, ...]:
    """The items under a key; none where there is no list."""
    node = part_of(branch, key)
    return node.nodes if isinstance(node, Items) else ()
