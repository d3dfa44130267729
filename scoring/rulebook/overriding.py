"""One rule set written over another: files of the same name change keys, others are added or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scoring.rulebook.dated import shown_branch
from scoring.rulebook.inherited_frame import changed_keys, laid_over, merged_frame
from scoring.rulebook.inventory import (
    CODED,
    Rules,
    clause_codes,
    keys_of,
    name_of,
    rules_in,
    text_of,
    with_clauses,
    without_rules,
)
from scoring.rulebook.lineage import (
    Change,
    Dropped,
    Lineage,
    Parent,
    Provenance,
    RuleKind,
    RuleOrigin,
    Standing,
)
from scoring.rulebook.tree import Branch, Entries, Findings, Items, Mark, Record

FRAME, PLAN, UNITS, WHOLE_EXAMPLES = "ruleset.yaml", "plan.yaml", "units.yaml", "examples.yaml"
Trees = Mapping[str, Branch]
Keys = dict[str, tuple[Mark, Branch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One rule set of a line with the trees of its own files."""

    origin: RuleOrigin
    trees: Trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Heritage:
    """What has come down so far: the trees as they stand, and where everything in them comes from."""

    trees: Trees = field(default_factory=dict)
    parents: tuple[Parent, ...] = ()
    provenance: Mapping[tuple[RuleKind, str], Provenance] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    frame: tuple[Change, ...] = ()

    def lineage(self) -> Lineage:
        """As a rule set keeps it."""
        return Lineage(
            parents=self.parents, provenance=self.provenance, dropped=self.dropped, frame=self.frame
        )


def founded(first: Generation) -> Heritage:
    """The oldest rule set of a line: everything is its own."""
    own = Provenance(standing=Standing.OWN, origin=first.origin)
    return Heritage(trees=first.trees, provenance=dict.fromkeys(rules_in(first.trees), own))


def grown(heritage: Heritage, young: Generation, parent: Parent, findings: Findings) -> Heritage:
    """The heritage with a younger rule set written over it."""
    return _Growth(heritage, young, findings).heritage(parent)


class _Growth:
    """One step from a rule set to the one that inherits from it."""

    def __init__(self, old: Heritage, young: Generation, findings: Findings) -> None:
        self.old, self.young, self.by, self.findings = old, young, young.origin, findings
        self.changed: dict[tuple[RuleKind, str], Change] = {}
        self.added: dict[tuple[RuleKind, str], str] = {}
        self.frame: list[Change] = []
        self.without: tuple[str, ...] = ()
        self.why_frame = ""
        self.dropped = tuple(self.drops())

    def heritage(self, parent: Parent) -> Heritage:
        """What comes of it."""
        trees = without_rules(self.old.trees, {(each.kind, each.code) for each in self.dropped})
        trees.pop(WHOLE_EXAMPLES, None)
        before = rules_in(trees)
        for name, own in self.young.trees.items():
            trees[name] = self.written(name, trees.get(name), own)
        if PLAN in trees:
            trees[PLAN] = self.plan(trees)
        after = rules_in(trees)
        self.compare_nodes(before, after)
        return Heritage(
            trees=trees,
            parents=(parent, *self.old.parents),
            provenance={rule: self.provenance(rule) for rule in after},
            dropped=(*self.old.dropped, *self.dropped),
            frame=(*self.old.frame, *self.frame),
        )

    def provenance(self, rule: tuple[RuleKind, str]) -> Provenance:
        """Of one rule of the younger rule set."""
        old = self.old.provenance.get(rule)
        if old is None or rule in self.added:
            return Provenance(standing=Standing.OWN, origin=self.by, added=self.added.get(rule, ""))
        change = self.changed.get(rule)
        standing = Standing.INHERITED if change is None else Standing.OVERRIDDEN
        changes = old.changes if change is None else (*old.changes, change)
        return Provenance(standing=standing, origin=old.origin, added=old.added, changes=changes)

    def drops(self) -> Iterator[Dropped]:
        """What the younger rule set says it drops, where it is there to be dropped."""
        known = rules_in(self.old.trees)
        frame = self.young.trees.get(FRAME)
        record = Record(frame, "规则集", Findings()) if frame is not None else None
        if record is None or not record.has("drop"):
            return
        record.findings = self.findings
        for each in record.records("drop", "drop"):
            kind = next((kind for kind in _DROPPABLE if each.has(kind)), None)
            if kind is None:
                words = "、".join(_DROPPABLE)
                each.wrong(each.place, f"要写明删去什么:{words} 之一和代码", "what is dropped is not said")
                continue
            code, reason = each.text(kind, required=True), each.text("reason", required=True)
            each.close()
            if (kind, code) not in known:
                codes = [other for sort, other in known if sort is kind]
                self.findings.unknown(each.at(kind), "unknown-drop", f"可以删去的 {kind}", code, codes)
                continue
            name, old = name_of(known[kind, code]), self.old.provenance[kind, code]
            yield Dropped(kind=kind, code=code, name=name, origin=old.origin, by=self.by, reason=reason)

    def written(self, name: str, old: Branch | None, own: Branch) -> Branch:
        """One file of the younger rule set over the one it inherits under the same name."""
        if name == FRAME:
            return self.written_frame(old, own)
        if name in {UNITS, WHOLE_EXAMPLES} or not isinstance(own, Entries):
            return own
        kind = _KINDS.get(name.partition("/")[0])
        lists = CODED.get(name.partition("/")[0], {})
        if not isinstance(old, Entries):
            keys = dict(own.by_key)
            if kind is not None:
                self.added[kind, text_of(own, "code")] = self.reason(keys, own, "added", name)
            return Entries(keys, own.mark)
        keys = dict(own.by_key)
        without: tuple[str, ...] = ()
        lists = {key: sort for key, sort in lists.items() if key in keys}
        plain = [key for key in keys if key not in {"overrides", "code", *lists}]
        if plain or "overrides" in keys:
            reason = self.reason(keys, own, "overrides", name)
            without = self.without
            self.note(kind, own, old, (*plain, *without), reason)
        for key, sort in lists.items():
            keys[key] = keys[key][0], self.listed(old.by_key.get(key), keys[key][1], sort)
        return laid_over(old, keys, without, own)

    def note(
        self, kind: RuleKind | None, own: Entries, old: Entries, keys: tuple[str, ...], why: str
    ) -> None:
        """Keeps what was changed and why."""
        change = Change(by=self.by, keys=keys, reason=why)
        if kind is None:
            self.frame.append(change)
            return
        code = text_of(old, "code")
        self.changed[kind, code] = change
        if text_of(own, "code") not in {"", code}:
            place = own.by_key["code"][1].place
            zh = f"继承来的 {code} 不能改代码;要另立一项,请用另外的文件名"
            self.findings.add(place, "code-overridden", zh, "the code of an inherited rule cannot change")

    def listed(self, old: tuple[Mark, Branch] | None, own: Branch, kind: RuleKind) -> Branch:
        """A list of rules with codes: those of known codes change keys, the others are added."""
        if old is None or not isinstance(old[1], Items) or not isinstance(own, Items):
            return own
        found = {text_of(each, "code"): each for each in old[1].nodes}
        for each in own.nodes:
            code = text_of(each, "code")
            base = found.get(code)
            if not isinstance(each, Entries) or not code:
                found[f"{code} {each.mark}"] = each
                continue
            keys = dict(each.by_key)
            if isinstance(base, Entries):
                reason = self.reason(keys, each, "overrides", code)
                changed = (*(key for key in keys if key != "code"), *self.without)
                self.changed[kind, code] = Change(by=self.by, keys=changed, reason=reason)
                found[code] = laid_over(base, keys, self.without, each)
            else:
                self.added[kind, code] = self.reason(keys, each, "added", code)
                found[code] = Entries(keys, each.mark)
        return Items(tuple(found.values()), own.mark)

    def reason(self, keys: Keys, own: Entries, word: str, what: str) -> str:
        """Why something is overridden or added; takes the word out of the keys. Sets `without`."""
        self.without = ()
        other = "added" if word == "overrides" else "overrides"
        if other in keys and self.findings.incomplete:
            keys.pop(other)
            return ""
        if other in keys:
            known = "父规则集没有它" if other == "overrides" else "父规则集已有它"
            zh, fix = f"{what}:{known},不能写 {other}", f"请写 {word}: {{reason: …}}"
            self.findings.add(keys.pop(other)[0].place, "not-inherited", zh, f"{other} does not fit", fix)
        if word not in keys and not self.findings.incomplete:
            verb = "改动继承来的规则" if word == "overrides" else "在继承来的规则之外增加"
            zh, fix = f"{what}:{verb}要写理由", f"请写 {word}: {{reason: …}}"
            self.findings.add(own.place, "reason-missing", zh, f"{word} needs a reason", fix)
        if word not in keys:
            return ""
        record = Record(keys.pop(word)[1], f"{what} {word}", self.findings)
        reason = record.text("reason", required=True)
        if word == "overrides":
            self.without = record.words("without", distinct=True)
        record.close()
        return reason

    def written_frame(self, old: Branch | None, own: Branch) -> Branch:
        """ruleset.yaml, with a reason where something inherited is said anew."""
        if not isinstance(old, Entries) or not isinstance(own, Entries):
            return own
        changed = changed_keys(old, own)
        without: tuple[str, ...] = ()
        if changed or "overrides" in own.by_key:
            self.why_frame = self.reason(dict(own.by_key), own, "overrides", FRAME)
            without = self.without
            self.frame.append(Change(by=self.by, keys=(*changed, *without), reason=self.why_frame))
        return merged_frame(old, own, without)

    def compare_nodes(self, before: Rules, after: Rules) -> None:
        """Nodes are written anew with the tree: each is compared with the one of the same code."""
        for rule, now in after.items():
            if rule[0] is RuleKind.NODE and rule in before:
                mine, theirs = _shown(now), _shown(before[rule])
                keys = tuple(key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key))
                if keys:
                    self.changed[rule] = Change(by=self.by, keys=keys, reason=self.why_frame)

    def plan(self, trees: Trees) -> Branch:
        """The plan: clauses go with the indicators that measured them, and come back with new ones."""
        own = {name for name in self.young.trees if name.startswith("indicators/")}
        measured = {code: name for name, tree in trees.items() for code in clause_codes(name, tree)}
        lifted = {code for code, name in measured.items() if name in own}
        gone: dict[str, str] = {}
        reasons = {each.code: each.reason for each in self.dropped if each.kind is RuleKind.INDICATOR}
        for name, tree in self.old.trees.items():
            reason = reasons.get(text_of(tree, "code"))
            if reason:
                gone |= {code: reason for code in clause_codes(name, tree) if code not in measured}
        return with_clauses(trees[PLAN], gone, lifted)


_DROPPABLE = (
    RuleKind.INDICATOR,
    RuleKind.FORM,
    RuleKind.ELEMENT,
    RuleKind.CHECK,
    RuleKind.ADJUSTMENT,
)
_KINDS = {"indicators": RuleKind.INDICATOR, "forms": RuleKind.FORM}


def _shown(node: Branch) -> dict[str, str]:
    return {key: shown_branch(each) for key, (_, each) in keys_of(node).items() if key != "children"}
