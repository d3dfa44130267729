"""Rule sets that inherit: what comes down, what is changed, added and dropped, and from where it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.codes import ClauseCode, ElementCode, FormCode, NodeCode
from scoring.errors import Issue, Severity
from scoring.rulebook.files import digest_of, read_rule_set, rule_files
from scoring.rulebook.inherit import MOST_PARENTS, tidy_folder
from scoring.rulebook.lineage import Change, Provenance, RuleKind, RuleOrigin, Standing
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import Files, changed, load, small_files

UP = "../../base/1"
PARENT, CHILD = RuleOrigin(code="small", version="1"), RuleOrigin(code="young", version="2")
FRAME = f"""
    code: young
    title: 下级规则集
    version: "2"
    extends: {{rule_set: {UP}, code: small, version: "1"}}
    """


def young_files(own: Files, parent: Files | None = None, frame: str = FRAME) -> Files:
    """The files of a rule set that inherits from the small one."""
    inherited = {f"{UP}/{name}": text for name, text in (parent or small_files()).items()}
    return {**inherited, "ruleset.yaml": dedent(frame), **{name: dedent(text) for name, text in own.items()}}


def young(own: Files | None = None, frame: str = FRAME) -> RuleSet:
    """The inheriting rule set, which must have no issue."""
    rules, issues = load(young_files(own or {}, frame=frame))
    assert [str(issue) for issue in issues] == []
    assert rules is not None
    return rules


def issues_of(own: Files, frame: str = FRAME, parent: Files | None = None) -> list[Issue]:
    return load(young_files(own, parent, frame))[1]


def codes_of(own: Files, frame: str = FRAME) -> list[str]:
    return [issue.code for issue in issues_of(own, frame)]


def test_what_a_rule_set_does_not_say_itself_comes_down_whole() -> None:
    rules, parent = young(), load(small_files())[0]
    assert parent is not None
    assert [rules.code, rules.title, rules.version, rules.year] == ["young", "下级规则集", "2", 2021]
    for name in ("forms", "units", "nodes", "indicators", "adjustments", "grades", "ranking", "clauses"):
        assert getattr(rules, name) == getattr(parent, name), name
    assert rules.indicators[NodeCode("I1")].place.file == f"{UP}/indicators/I1.yaml"


def test_the_digest_covers_the_files_of_the_parent_and_the_parent_is_named_with_its_own() -> None:
    rules = young()
    files = young_files({})
    assert rules.digest == digest_of({name: text.encode() for name, text in files.items()})
    parent = digest_of({name: text.encode() for name, text in small_files().items()})
    assert [(each.origin, each.title, each.folder, each.digest) for each in rules.lineage.parents] == [
        (PARENT, "小规则集", UP, parent)
    ]
    other = load(young_files({}, changed(small_files(), "plan.yaml", "第一章", "首章")))[0]
    assert other is not None
    assert other.digest != rules.digest


def test_an_inherited_rule_changes_the_keys_that_are_written_and_keeps_the_others() -> None:
    own = {
        "indicators/I1.yaml": """
            overrides: {reason: 市里案件少, without: [examples]}
            zero_denominator: zero
            name: 市办结率
            """
    }
    rules = young(own)
    indicator = rules.indicators[NodeCode("I1")]
    assert [indicator.name, indicator.points, indicator.examples] == ["市办结率", 60, ()]
    assert indicator.zero_denominator.share == 0
    assert indicator.place.file == "indicators/I1.yaml"
    assert rules.provenance(RuleKind.INDICATOR, "I1") == Provenance(
        standing=Standing.OVERRIDDEN,
        origin=PARENT,
        changes=(Change(by=CHILD, keys=("zero_denominator", "name", "examples"), reason="市里案件少"),),
    )


def test_everything_that_is_not_touched_is_inherited() -> None:
    rules = young()
    inherited = Provenance(standing=Standing.INHERITED, origin=PARENT)
    for kind, code in [
        (RuleKind.INDICATOR, "I1"),
        (RuleKind.FORM, "F01"),
        (RuleKind.ELEMENT, "E4"),
        (RuleKind.CHECK, "F01-1"),
        (RuleKind.ADJUSTMENT, "V1"),
        (RuleKind.NODE, "item-1"),
    ]:
        assert rules.provenance(kind, code) == inherited, code
    assert len(rules.lineage.provenance) == 2 + 1 + 11 + 2 + 6 + 4 + 1


def test_a_rule_set_that_inherits_nothing_has_only_rules_of_its_own() -> None:
    rules, _ = load(small_files())
    assert rules is not None
    assert rules.lineage.provenance == {}
    own = Provenance(standing=Standing.OWN, origin=PARENT)
    assert rules.provenance(RuleKind.INDICATOR, "I1") == own


TREE = """
    tree:
      code: total
      title: 总分
      points: 100
      children:
        - code: section-1
          points: 100
          children:
            - {code: item-1, points: 60}
            - {code: item-2, points: 40}
            - {code: item-3, points: 0}
    """
PLAN = """
    sections:
      - code: section-2
        added: {reason: 本地工作}
        title: 本地一章
        items:
          - code: item-3
            title: 本地一项
            clauses:
              - code: "3.1"
                agencies: [丙局]
                mode: 负责
                addressed_to: province
                paraphrase: 本地的话
                digest: jkl
    """
THIRD = """
    code: I3
    added: {reason: 本地要求}
    name: 新指标
    parent: item-3
    clauses: ["3.1"]
    points: 0
    value: E1
    missing: zero
    method: {kind: credit, each: 1}
    reason: 说明
    source: {document: order}
    """


def test_a_rule_set_adds_rules_of_its_own_and_says_why() -> None:
    frame = f"{FRAME}overrides: {{reason: 加一项}}\n    sources: {{order: {{title: 本地文件}}}}\n{TREE}"
    rules = young({"indicators/I3.yaml": THIRD, "plan.yaml": PLAN}, frame)
    assert rules.provenance(RuleKind.SECTION, "section-2").added == "本地工作"
    assert rules.provenance(RuleKind.INDICATOR, "I3") == Provenance(
        standing=Standing.OWN, origin=CHILD, added="本地要求"
    )
    assert list(rules.documents) == ["paper", "order"]
    standings = {code: rules.provenance(RuleKind.NODE, code).standing for code in rules.nodes}
    assert standings == {
        "total": Standing.OVERRIDDEN,
        "section-1": Standing.INHERITED,
        "item-1": Standing.INHERITED,
        "item-2": Standing.INHERITED,
        "item-3": Standing.OWN,
    }
    change = Change(by=CHILD, keys=("rescale",), reason="加一项")
    assert rules.provenance(RuleKind.NODE, "total").changes == (change,)
    assert rules.lineage.frame == (Change(by=CHILD, keys=("tree",), reason="加一项"),)


WITH_SOURCE = f"{FRAME}sources: {{order: {{title: 本地文件}}}}\n"
SHORT_TREE = TREE.replace("            - {code: item-3, points: 0}\n", "")
DROPPED_TREE = SHORT_TREE.replace("points: 60", "points: 0").replace("points: 100", "points: 40")


def test_a_clause_that_the_parent_set_aside_counts_again_where_a_new_rule_measures_it() -> None:
    third = THIRD.replace('["3.1"]', '["2.2"]').replace("item-3", "item-2")
    rules = young({"indicators/I3.yaml": third}, WITH_SOURCE)
    assert rules.clauses[ClauseCode("2.2")].not_assessed == ""


def test_a_dropped_indicator_is_kept_in_memory_and_its_clause_set_aside_for_the_same_reason() -> None:
    frame = (
        f"{FRAME}overrides: {{reason: 少一项}}\n    drop: [{{indicator: I1, reason: 市里没有}}]\n"
        f"    ranking: {{}}\n{DROPPED_TREE}"
    )
    rules = young({}, frame)
    assert list(rules.indicators) == ["I2"]
    assert rules.clauses[ClauseCode("1.1")].not_assessed == "市里没有"
    (dropped,) = rules.lineage.dropped
    assert [dropped.kind, dropped.code, dropped.name] == [RuleKind.INDICATOR, "I1", "办结率"]
    assert [dropped.origin, dropped.by, dropped.reason] == [PARENT, CHILD, "市里没有"]
    assert (RuleKind.INDICATOR, "I1") not in rules.lineage.provenance


def test_elements_checks_and_adjustments_are_dropped_from_their_lists() -> None:
    frame = f"""{FRAME}
    drop:
      - {{element: E4, reason: 不统计}}
      - {{check: F01-2, reason: 不适用}}
      - {{adjustment: V1, reason: 市里不用}}
    """
    rules = young({}, frame)
    assert ElementCode("E4") not in rules.elements
    assert [check.code for check in rules.forms[FormCode("F01")].checks] == ["F01-1"]
    assert [each.code for each in rules.adjustments] == ["B1", "P1", "P2", "V2", "V3"]
    assert [each.name for each in rules.lineage.dropped] == ["刑拘数", "前后应衔接", "大事"]


def test_lists_of_rules_with_codes_are_changed_and_lengthened_code_by_code() -> None:
    own = {
        "adjustments.yaml": """
            overrides: {reason: 市里少给}
            bonus_cap: 1
            adjustments:
              - {code: B1, overrides: {reason: 翻倍}, method: {kind: credit, each: 1, most: 2}}
              - code: B9
                added: {reason: 本市奖励}
                kind: bonus
                name: 奖
                value: X2
                method: {kind: credit, each: 1, most: 1}
            """,
        "forms/F01.yaml": """
            elements:
              - {code: E2, overrides: {reason: 市里有上限}, maximum: 99}
              - {code: E9, added: {reason: 新数}, name: 新数, measure: 件, type: integer}
            checks:
              - {code: F01-9, added: {reason: 新校验}, rule: E9 <= E1, message: 新数不多于应办}
            """,
    }
    issues = issues_of(own)
    assert [issue.code for issue in issues if issue.severity is Severity.HARD] == []
    rules, _ = load(young_files(own))
    assert rules is not None
    assert [each.code for each in rules.adjustments] == ["B1", "P1", "P2", "V1", "V2", "V3", "B9"]
    assert [rules.bonus_cap, rules.penalty_cap] == [1, 3]
    assert rules.elements[ElementCode("E2")].maximum == Fraction(99)
    assert [each.code for each in rules.forms[FormCode("F01")].checks] == ["F01-1", "F01-2", "F01-9"]
    assert rules.provenance(RuleKind.ADJUSTMENT, "B1").changes[0].keys == ("method",)
    assert rules.provenance(RuleKind.ADJUSTMENT, "B9").added == "本市奖励"
    assert rules.provenance(RuleKind.ELEMENT, "E9").added == "新数"
    assert rules.provenance(RuleKind.CHECK, "F01-9").added == "新校验"
    assert rules.provenance(RuleKind.FORM, "F01").standing is Standing.INHERITED
    assert rules.lineage.frame == (Change(by=CHILD, keys=("bonus_cap",), reason="市里少给"),)


def test_the_units_of_a_rule_set_are_its_own() -> None:
    rules = young({"units.yaml": 'units: [{code: "440100", name: 甲市, group: 南, population: 250}]'})
    assert list(rules.units) == ["440100"]


def test_a_form_of_its_own_is_added_with_a_reason() -> None:
    own = {
        "forms/G01.yaml": "code: G01\nadded: {reason: 本地表}\ntitle: 表\nprovider: region\nelements: []\n"
    }
    rules, issues = load(young_files(own))
    assert [issue.code for issue in issues if issue.code != "wrong-form"] == []
    assert rules is not None
    assert rules.provenance(RuleKind.FORM, "G01").added == "本地表"


def test_the_keys_of_identity_are_not_inherited() -> None:
    frame = f"extends: {{rule_set: {UP}, code: small, version: '1'}}\n"
    assert [issue.zh for issue in issues_of({}, frame)] == [
        "规则集:缺少 code",
        "规则集:缺少 title",
        "规则集:缺少 version",
    ]


def test_an_inherited_value_may_be_dated_by_the_rule_set_that_inherits_it() -> None:
    points = "{dated: [{to: 2021-06-30, use: 50%}, {from: 2021-07-01, use: 40%}]}"
    own = {
        "indicators/I1.yaml": f"""
            overrides: {{reason: 下半年收紧}}
            method: {{kind: ladder, rungs: [{{at_least: 90, earn: 100%}}, {{at_least: 60, earn: {points}}}]}}
            """
    }
    rules = young(own)
    assert [each.rules.lineage is rules.lineage for each in rules.slices] == [True, True]
    assert [value.rule for value in rules.dated] == ["I1"]


BARE_THIRD = THIRD.replace("    added: {reason: 本地要求}\n", "")


@pytest.mark.parametrize(
    ("own", "frame", "code", "said"),
    [
        ({"indicators/I1.yaml": "name: 甲"}, FRAME, "reason-missing", "改动继承来的规则要写理由"),
        ({"indicators/I3.yaml": BARE_THIRD}, WITH_SOURCE, "reason-missing", "之外增加要写理由"),
        ({"adjustments.yaml": "adjustments: [{code: B1, name: 甲}]"}, FRAME, "reason-missing", "B1"),
        ({"indicators/I1.yaml": "overrides: {}\nname: 甲"}, FRAME, "missing-key", "缺少 reason"),
        ({"indicators/I1.yaml": "overrides: {reason: 因}\ncode: I9"}, FRAME, "code-overridden", "不能改代码"),
        (
            {"adjustments.yaml": "adjustments: [{code: B1, added: {reason: 因}, name: 甲}]"},
            FRAME,
            "not-inherited",
            "父规则集已有它",
        ),
        ({}, f"{FRAME}drop: [{{indicator: I11, reason: 因}}]\n", "unknown-drop", "可以删去的 indicator I11"),
        ({}, f"{FRAME}drop: [{{reason: 因}}]\n", "wrong-form", "要写明删去什么"),
        ({}, f"{FRAME}drop: [{{check: F01-2}}]\n", "missing-key", "缺少 reason"),
        ({}, f"{FRAME}{TREE}", "reason-missing", "ruleset.yaml"),
        ({"nonsense.yaml": "a: 1"}, FRAME, "unknown-file", "nonsense.yaml"),
    ],
)
def test_what_is_wrong_with_a_change_is_told(own: Files, frame: str, code: str, said: str) -> None:
    found = [issue for issue in issues_of(own, frame) if issue.code == code]
    assert len(found) == 1, issues_of(own, frame)
    assert said in found[0].zh
    assert not found[0].place.file.startswith("..")


def test_what_only_a_rule_that_is_there_can_say_is_refused_of_a_new_one() -> None:
    third = THIRD.replace("added:", "overrides:").replace("item-3", "item-2").replace("3.1", "2.2")
    found = codes_of({"indicators/I3.yaml": third}, WITH_SOURCE)
    assert found == ["not-inherited", "reason-missing"]


def test_without_a_parent_there_is_nothing_to_override() -> None:
    files = changed(small_files(), "indicators/I1.yaml", "code: I1\n", "code: I1\noverrides: {reason: 因}\n")
    assert [issue.code for issue in load(files)[1]] == ["unknown-key"]


def test_an_issue_in_an_inherited_file_names_it_as_it_is_seen_from_the_rule_set() -> None:
    parent = changed(small_files(), "indicators/I1.yaml", "value: 100 * E2 / E1", "value: 100 * E2 / E11")
    (issue,) = issues_of({}, parent=parent)
    assert str(issue.place) == f"{UP}/indicators/I1.yaml:7:19"
    parent = {**small_files(), "notes.yaml": "a: 1"}
    assert [str(issue.place) for issue in issues_of({}, parent=parent)] == [f"{UP}/notes.yaml"]


def test_a_file_that_cannot_be_read_is_no_reason_to_doubt_the_others() -> None:
    parent = {**small_files(), "indicators/I1.yaml": "code: [I1"}
    own = {"indicators/I1.yaml": "overrides: {reason: 因}\nname: 甲"}
    assert "not-inherited" not in [issue.code for issue in issues_of(own, parent=parent)]


@pytest.mark.parametrize(
    ("extends", "code", "said"),
    [
        (
            f'{{rule_set: {UP}, code: small, version: "2"}}',
            "other-parent",
            "是 small 第 1 版,这里写的是 small 第 2 版",
        ),
        (f'{{rule_set: {UP}, code: big, version: "1"}}', "other-parent", "这里写的是 big"),
        (
            f'{{rule_set: {UP}, code: small, version: "1", digest: abc}}',
            "other-parent",
            "与这里写的 digest 不符",
        ),
        (
            '{rule_set: ../../base/2, code: small, version: "1"}',
            "no-parent",
            "没有找到要继承的规则集 ../../base/2",
        ),
        ('{rule_set: /etc, code: small, version: "1"}', "wrong-form", "相对路径"),
        ('{rule_set: base, code: small, version: "1"}', "wrong-form", "相对路径"),
        ('{rule_set: .., code: small, version: "1"}', "wrong-form", "相对路径"),
        (f'{{rule_set: {UP}, version: "1"}}', "missing-key", "缺少 code"),
        (f'{{rule_set: {UP}, code: small, version: "1", because: x}}', "unknown-key", "because"),
        (f"{UP}", "wrong-form", "要写成“键: 值”的形式"),
    ],
)
def test_the_parent_must_be_the_one_that_is_meant(extends: str, code: str, said: str) -> None:
    frame = f'code: young\ntitle: 题\nversion: "2"\nextends: {extends}\n'
    found = [issue for issue in issues_of({}, frame) if issue.severity is Severity.HARD]
    assert [issue.code for issue in found] == [code]
    assert said in found[0].zh
    assert found[0].place.file == "ruleset.yaml"


def test_the_digest_that_is_told_is_the_one_to_write() -> None:
    digest = digest_of({name: text.encode() for name, text in small_files().items()})
    extends = f'{{rule_set: {UP}, code: small, version: "1", digest: {digest}}}'
    frame = f'code: a\ntitle: 题\nversion: "2"\nextends: {extends}'
    assert issues_of({}, frame) == []


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("../a", "../a"),
        ("../../a/b/", "../../a/b"),
        (".././a//b", "../a/b"),
        ("../a/../b", "../b"),
        ("../a/..", ""),
        ("..", ""),
        ("../..", ""),
        ("a", ""),
        ("a/../../b", "../b"),
        (".", ""),
        ("", ""),
        ("/a", ""),
        ("..\\a", ""),
        ("../a\x00b", ""),
    ],
)
def test_paths_lead_up_and_then_down_by_one_spelling_only(text: str, tidy: str) -> None:
    assert tidy_folder(text) == tidy


def generations(depth: int) -> dict[str, Files]:
    """Folders g0 (the small rule set) to g<depth>, each inheriting from the one before."""
    found = {"g0": small_files()}
    for number in range(1, depth + 1):
        above = "small" if number == 1 else f"g{number - 1}"
        frame = f'code: g{number}\ntitle: 第{number}代\nversion: "1"\n'
        frame += f'extends: {{rule_set: ../g{number - 1}, code: {above}, version: "1"}}\n'
        text = f"overrides: {{reason: 第{number}次改}}\nassessor: 第{number}代\n"
        found[f"g{number}"] = {"ruleset.yaml": frame, "indicators/I1.yaml": text}
    return found


def written(root: Path, folders: dict[str, Files]) -> Path:
    for folder, files in folders.items():
        for name, text in files.items():
            path = root / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def test_inheritance_goes_on_through_generations_and_remembers_each(tmp_path: Path) -> None:
    folder = written(tmp_path, generations(MOST_PARENTS)) / f"g{MOST_PARENTS}"
    rules, issues = read_rule_set(folder)
    assert issues == ()
    assert rules is not None
    assert rules.indicators[NodeCode("I1")].assessor == f"第{MOST_PARENTS}代"
    provenance = rules.provenance(RuleKind.INDICATOR, "I1")
    assert provenance.origin == PARENT
    assert [change.by.code for change in provenance.changes] == ["g1", "g2", "g3", "g4"]
    assert [parent.folder for parent in rules.lineage.parents] == ["../g3", "../g2", "../g1", "../g0"]
    above, _ = read_rule_set(tmp_path / "g3")
    assert above is not None
    assert rules.lineage.parents[0].digest == above.digest
    assert rules.provenance(RuleKind.INDICATOR, "I2").standing is Standing.INHERITED


def test_too_many_generations_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, generations(MOST_PARENTS + 1)) / f"g{MOST_PARENTS + 1}"
    rules, issues = read_rule_set(folder)
    assert rules is None
    assert [issue.code for issue in issues] == ["too-many-parents"]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_rule_sets_that_inherit_from_one_another_are_refused(tmp_path: Path, length: int) -> None:
    for number in range(length):
        text = f'code: r{number}\nextends: {{rule_set: ../r{(number + 1) % length}, code: x, version: "1"}}\n'
        written(tmp_path, {f"r{number}": {"ruleset.yaml": text}})
    rules, issues = read_rule_set(tmp_path / "r0")
    assert rules is None
    assert [issue.code for issue in issues] == ["parents-in-a-ring"]


def test_a_folder_gives_all_files_by_which_it_can_be_built_again_elsewhere(tmp_path: Path) -> None:
    folder = written(tmp_path, generations(2)) / "g2"
    (tmp_path / "g0" / "CHANGES.md").write_text("改", encoding="utf-8")
    files = rule_files(folder)
    assert "../g0/CHANGES.md" in files
    rules, _ = read_rule_set(folder)
    again, issues = load(files)
    assert issues == []
    assert again == rules
    assert again is not None
    assert again.lineage == (rules and rules.lineage)


def test_a_rule_set_reached_by_a_link_finds_its_parent_where_it_really_is(tmp_path: Path) -> None:
    written(tmp_path / "real", generations(1))
    link = tmp_path / "here"
    link.symlink_to(tmp_path / "real" / "g1", target_is_directory=True)
    rules, issues = read_rule_set(link)
    assert issues == ()
    assert rules is not None


def test_no_link_is_followed_on_the_way_to_a_parent(tmp_path: Path) -> None:
    written(tmp_path, generations(1))
    (tmp_path / "g0").rename(tmp_path / "elsewhere")
    (tmp_path / "g0").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    rules, issues = read_rule_set(tmp_path / "g1")
    assert rules is None
    assert [issue.code for issue in issues] == ["parent-by-link"]


def test_no_link_within_a_parent_is_read(tmp_path: Path) -> None:
    written(tmp_path, generations(1))
    path = tmp_path / "g0" / "indicators" / "I2.yaml"
    path.rename(tmp_path / "I2.yaml")
    path.symlink_to(tmp_path / "I2.yaml")
    issues = read_rule_set(tmp_path / "g1")[1]
    assert ("not-a-file", "../g0/indicators/I2.yaml") in [(issue.code, issue.place.file) for issue in issues]


WORDS = st.sampled_from(
    ["I1", "E2", "F01", "B1", "1.1", "total", "item-1", "60", "因", "", "yes", UP, "../x", "2021-07-01"]
)
KNOWN_KEYS = """
    code reason without overrides added drop extends rule_set version dated from to use elements checks
    adjustments clauses sections items tree children sources indicator element points method examples
    effective year
    """
KEYS = st.sampled_from(KNOWN_KEYS.split())
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    f"""
    ruleset.yaml plan.yaml adjustments.yaml units.yaml workdays.yaml examples.yaml forms/F01.yaml
    forms/G01.yaml indicators/I1.yaml indicators/I9.yaml {UP}/ruleset.yaml
    """.split()
)


def flow(value: object) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return f'"{value}"'


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, st.dictionaries(KEYS, VALUES, max_size=5), min_size=1, max_size=4))
def test_whatever_stands_in_the_files_of_an_heir_there_is_a_rule_set_or_an_issue(
    own: dict[str, dict[str, object]],
) -> None:
    files = young_files({})
    for name, keys in own.items():
        base = "" if name.startswith("..") or name != "ruleset.yaml" else dedent(FRAME)
        lines = [f"{key}: {flow(value)}" for key, value in keys.items()]
        files[name] = "\n".join([base, *(line for line in lines if f"\n{line.split(':')[0]}:" not in base)])
    rules, issues = load(files)
    assert rules is not None or any(issue.severity is Severity.HARD for issue in issues)
