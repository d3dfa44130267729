"""Files: YAML from strangers, and what is said of a folder that cannot be read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import Severity, has_hard
from scoring.rulebook.files import (
    DEEPEST,
    LARGEST_FILE,
    MOST_FILES,
    MOST_NODES,
    compose,
    digest_of,
    read_rule_set,
    rule_files,
)
from scoring.rulebook.tree import Branch, Entries, Findings, Items, Scalar
from tests.support.rulesets import changed, load, small_files

MERGE_BOMB = "a: &a {x: 1}\n" + "\n".join(
    f"{chr(98 + level)}: &{chr(98 + level)} {{<<: [{', '.join(['*' + chr(97 + level)] * 9)}]}}"
    for level in range(9)
)


def plain(tree: Branch | None) -> object:
    """The tree as Python's own strings, lists and dicts."""
    if isinstance(tree, Entries):
        return {key: plain(value) for key, (_, value) in tree.by_key.items()}
    if isinstance(tree, Items):
        return [plain(node) for node in tree.nodes]
    assert isinstance(tree, Scalar)
    return tree.text


def composed(content: str | bytes) -> tuple[Branch | None, list[str]]:
    findings = Findings()
    data = content if isinstance(content, bytes) else content.encode()
    tree = compose(data, "x.yaml", findings)
    return tree, [f"{each.place.line}:{each.place.column} {each.code}" for each in findings.issues]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": "1"}),
        pytest.param("a: [yes, 010, 1e3, null, ~, 2021-01-01]", None, id="every scalar stays text"),
        ("a:\n  - {b: 'x'}\n  - \"y\"", {"a": [{"b": "x"}, "y"]}),
        ("a: >-\n  甲\n  乙", {"a": "甲 乙"}),
        ("", {}),
        ("# only a comment", {}),
        ("- 甲", ["甲"]),
        ("甲", "甲"),
        ("a:", {"a": ""}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("\ufeffa: 1", {"a": "1"}),
    ],
)
def test_plain_yaml_becomes_a_tree_of_texts(text: str, expected: object) -> None:
    tree, issues = composed(text)
    as_written = {"a": ["yes", "010", "1e3", "null", "~", "2021-01-01"]}
    assert plain(tree) == (as_written if expected is None else expected)
    assert issues == []


@pytest.mark.parametrize(
    ("content", "issue"),
    [
        pytest.param("a: &x 1", "1:4 yaml-anchor", id="an anchor"),
        pytest.param("a: *x", "1:4 yaml-anchor", id="an alias"),
        pytest.param("b: 1\n&k a: 1", "2:1 yaml-anchor", id="an anchor on a key"),
        pytest.param("a: &x [1]", "1:4 yaml-anchor", id="an anchor on a list"),
        pytest.param(MERGE_BOMB, "1:4 yaml-anchor", id="a merge bomb"),
        pytest.param("<<: {a: 1}", "1:1 yaml-key", id="a merge key"),
        pytest.param("a: !!int 1", "1:4 yaml-tag", id="a tag"),
        pytest.param("a: ! 1", "1:4 yaml-tag", id="a tag without a name"),
        pytest.param("a: !!python/object/apply:os.system [x]", "1:4 yaml-tag", id="a tag that would run"),
        pytest.param("? [a, b]\n: 1", "1:3 yaml-key", id="a list as a key"),
        pytest.param("? {a: b}\n: 1", "1:3 yaml-key", id="a mapping as a key"),
        pytest.param("a: 1\n---\nb: 2", "3:1 yaml-documents", id="two documents"),
        pytest.param("a: 1\n---\n", "3:1 yaml-documents", id="a second document that is empty"),
        pytest.param("a: 1\nb: 2\na: 3", "3:1 duplicate-key", id="a key written twice"),
        pytest.param("a: [1", "2:1 yaml-syntax", id="a bracket that stays open"),
        pytest.param("a: 1\n b: 2", "2:3 yaml-syntax", id="a wrong indent"),
        pytest.param("a: 'x", "1:6 yaml-syntax", id="a quote that stays open"),
        pytest.param("a:\t1\n\tb: 2", "2:1 yaml-syntax", id="a tab"),
        pytest.param("%YAML 9.9\n---\na: 1", "1:1 yaml-syntax", id="another YAML"),
        pytest.param("a: \x01", "None:None yaml-syntax", id="a character that YAML does not know"),
        pytest.param(b"a: \xff\xfe", "None:None not-utf8", id="no UTF-8"),
        pytest.param("a: 名".encode("gbk"), "None:None not-utf8", id="GBK"),
        pytest.param("a: 名".encode("utf-16"), "None:None not-utf8", id="UTF-16"),
        pytest.param(b"#" * (LARGEST_FILE + 1), "None:None file-too-large", id="too large"),
        pytest.param("a: [" + "1," * MOST_NODES + "]", "1:39999 yaml-too-large", id="too many parts"),
        pytest.param("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "1:22 yaml-too-large", id="too deep"),
        pytest.param("[" * 100_000, "1:22 yaml-too-large", id="far too deep"),
        pytest.param("{a: " * 50_000, "1:82 yaml-too-large", id="far too deep in mappings"),
    ],
)
def test_what_goes_beyond_plain_yaml_is_refused_at_its_place(content: str | bytes, issue: str) -> None:
    tree, issues = composed(content)
    assert issues == [issue]
    assert (tree is None) is (issue != "3:1 duplicate-key")


def test_of_a_key_written_twice_the_first_stands_and_its_line_is_told() -> None:
    findings = Findings()
    tree = compose(b"a: 1\nb: 2\na: 3", "x.yaml", findings)
    assert plain(tree) == {"a": "1", "b": "2"}
    assert findings.issues[0].fix_zh == "第 1 行已有,请删去一个"


@pytest.mark.parametrize(
    ("text", "place", "one_line"),
    [
        ("a: 甲", "x.yaml:1:4", True),
        ("a: '甲'", "x.yaml:1:5", True),
        ('名字: "甲"', "x.yaml:1:6", True),
        ("a: 甲\n  乙", "x.yaml:1:4", False),
    ],
)
def test_a_text_begins_inside_its_quotes(text: str, place: str, one_line: bool) -> None:
    tree, _ = composed(text)
    assert isinstance(tree, Entries)
    (value,) = [node for _, node in tree.by_key.values()]
    assert isinstance(value, Scalar)
    assert [str(value.place), value.one_line] == [place, one_line]


@given(st.one_of(st.binary(max_size=60), st.text("ab:-[]{}&*!<'\"#|>%@\n ?,.甲\x00", max_size=60)))
def test_any_bytes_give_a_tree_or_an_issue(content: bytes | str) -> None:
    tree, issues = composed(content)
    assert tree is not None or len(issues) >= 1


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_becomes_a_rule_set_with_the_digest_of_its_files(tmp_path: Path) -> None:
    folder = write(tmp_path, {**small_files(), "CHANGES.md": "# 第1版"})
    rules, issues = read_rule_set(folder)
    assert issues == ()
    assert rules is not None
    assert rules.digest == digest_of(rule_files(folder))
    assert set(rule_files(folder)) == {*small_files(), "CHANGES.md"}


def test_the_digest_is_over_names_and_bytes_in_the_order_of_names() -> None:
    a, b = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
    expected = hashlib.sha256(f"a.yaml\t{a}\nb.yaml\t{b}".encode()).hexdigest()
    assert digest_of({"b.yaml": b"2", "a.yaml": b"1"}) == expected
    assert digest_of({"b.yaml": b"1", "a.yaml": b"2"}) != expected


def test_a_rule_set_with_a_hard_issue_is_not_given(tmp_path: Path) -> None:
    files = changed(small_files(), "indicators/I1.yaml", "points: 60\n", "points: 61\n")
    rules, issues = read_rule_set(write(tmp_path, files))
    assert rules is None
    assert [str(issue.place) for issue in issues if has_hard([issue])] == ["ruleset.yaml:40:11"]


def test_a_folder_without_ruleset_yaml_is_no_rule_set(tmp_path: Path) -> None:
    rules, issues = read_rule_set(tmp_path)
    assert rules is None
    assert [issue.code for issue in issues] == ["no-rule-set"]


def test_a_disk_that_fails_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path, *_: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    folder = write(tmp_path, small_files())
    monkeypatch.setattr(Path, "open", fails)
    rules, issues = read_rule_set(folder)
    assert rules is None
    assert [issue.code for issue in issues] == ["unreadable"]


def test_a_file_larger_than_allowed_is_not_read_whole(tmp_path: Path) -> None:
    folder = write(tmp_path, small_files())
    (folder / "plan.yaml").write_bytes(b"#" * (3 * LARGEST_FILE))
    (folder / "CHANGES.md").write_bytes(b"#" * (3 * LARGEST_FILE))
    sizes = {name: len(content) for name, content in rule_files(folder).items()}
    assert (sizes["plan.yaml"], sizes["CHANGES.md"]) == (LARGEST_FILE + 1, 3 * LARGEST_FILE)
    assert [issue.code for issue in read_rule_set(folder)[1]] == ["file-too-large", "not-checked"]


@pytest.mark.parametrize("name", ["units.yaml", "adjustments.yaml", "forms/F02.yaml", "note.md"])
@pytest.mark.parametrize("kind", ["a folder", "a broken link", "a link to itself", "a pipe"])
def test_what_is_called_like_a_rule_file_and_is_none_is_not_passed_over(
    tmp_path: Path, name: str, kind: str
) -> None:
    folder = write(tmp_path, small_files())
    path = folder / name
    path.unlink(missing_ok=True)
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path if kind == "a link to itself" else folder / "gone.yaml")
    rules, issues = read_rule_set(folder)
    assert rules is None
    assert [(issue.code, str(issue.place)) for issue in issues] == [("not-a-file", name)]


def test_a_folder_of_thousands_of_rule_files_is_not_read(tmp_path: Path) -> None:
    folder = write(tmp_path, small_files())
    for number in range(MOST_FILES):
        (folder / f"{number}.yaml").touch()
    rules, issues = read_rule_set(folder)
    assert rules is None
    assert [issue.code for issue in issues] == ["too-many-files"]


@pytest.mark.parametrize("file", sorted(small_files()))
def test_a_file_that_cannot_be_read_adds_no_noise_about_what_it_may_say(file: str) -> None:
    _, issues = load({**small_files(), file: "a: [1"})
    assert [(issue.code, issue.place.file, issue.severity) for issue in issues] == [
        ("yaml-syntax", file, Severity.HARD),
        ("not-checked", "", Severity.SOFT),
    ]


def test_what_the_other_files_have_wrong_is_still_told_beside_an_unread_one() -> None:
    files = changed(small_files(), "indicators/I1.yaml", "points: 60\n", "pionts: 60\n")
    _, issues = load({**files, "forms/F01.yaml": "a: [1"})
    assert [issue.code for issue in issues] == ["yaml-syntax", "not-checked", "missing-key", "unknown-key"]
