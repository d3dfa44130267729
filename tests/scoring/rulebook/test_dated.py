"""Dated values: found anywhere in the files, proved whole, every missing or doubled day told."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.rulebook.dated import effective_of, find_dated, shown_branch
from scoring.rulebook.files import compose
from scoring.rulebook.sources import Source
from scoring.rulebook.tree import Branch, Findings

YEAR = (date(2021, 1, 1), date(2021, 12, 31))
HALVES = "{dated: [{from: 2021-01-01, to: 2021-06-30, use: 1}, {from: 2021-07-01, use: 2}]}"


def tree_of(text: str) -> Branch:
    tree = compose(text.encode(), "x.yaml", Findings())
    assert tree is not None
    return tree


def told(choices: str) -> list[str]:
    """What is said of the choices of one dated value."""
    findings = Findings()
    find_dated({"x.yaml": tree_of(f"a: {{dated: [{choices}]}}")}, YEAR, findings)
    assert all(issue.place.line == 1 and issue.place.column for issue in findings.issues)
    return [issue.zh for issue in findings.issues]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        pytest.param("{use: 1}", [], id="one choice may leave both days out"),
        pytest.param("{to: 2021-06-30, use: 1}, {from: 2021-07-01, use: 2}", [], id="two halves"),
        pytest.param("{from: 2021-07-01, use: 2}, {to: 2021-06-30, use: 1}", [], id="the order is free"),
        pytest.param(
            "{from: 2019-01-01, to: 2021-03-31, use: 1}, {from: 2021-04-01, to: 2023-01-01, use: 2}",
            [],
            id="days outside the effective period are nobody's business",
        ),
        (
            "{to: 2021-06-30, use: 1}, {from: 2021-07-10, use: 2}",
            ["2021-07-01 至 2021-07-09(9 天)没有规定"],
        ),
        ("{to: 2021-06-29, use: 1}, {from: 2021-07-01, use: 2}", ["2021-06-30 这一天没有规定"]),
        ("{to: 2021-06-30, use: 1}, {from: 2021-06-30, use: 2}", ["2021-06-30 这一天规定了两次"]),
        (
            "{to: 2021-06-30, use: 1}, {from: 2021-05-01, use: 2}",
            ["2021-05-01 至 2021-06-30(61 天)规定了两次"],
        ),
        ("{from: 2021-02-01, use: 1}", ["2021-01-01 至 2021-01-31(31 天)没有规定"]),
        ("{to: 2021-11-30, use: 1}", ["2021-12-01 至 2021-12-31(31 天)没有规定"]),
        ("{to: 2020-11-30, use: 1}", ["2021-01-01 至 2021-12-31(365 天)没有规定"]),
        ("{from: 2022-01-01, use: 1}", ["2021-01-01 至 2021-12-31(365 天)没有规定"]),
        ("{use: 1}, {use: 2}", ["2021-01-01 至 2021-12-31(365 天)规定了两次"]),
        (
            "{to: 2021-03-01, use: 1}, {from: 2021-04-01, to: 2021-05-31, use: 2},"
            " {from: 2021-05-31, use: 3}",
            ["2021-03-02 至 2021-03-31(30 天)没有规定", "2021-05-31 这一天规定了两次"],
        ),
        ("{from: 2021-06-30, to: 2021-06-01, use: 1}", ["to 早于 from"]),
        ("{from: 1 July, use: 1}", ["要写日期(如 2021-06-30)"]),
        ("{from: 2021-01-01}", ["缺少 use"]),
        ("{use: 1, til: 2021-06-30}", ["不认识的键 til"]),
        ("{use: {dated: [{use: 1}]}}", ["分期规定里面不能再写 dated"]),
        ("{use: [{a: {dated: [{use: 1}]}}]}", ["分期规定里面不能再写 dated"]),
        ("{use: 1, source: 文件}", ["要写成“键: 值”的形式"]),
        ("1", ["要写成“键: 值”的形式"]),
        ("", ["一段也没有"]),
    ],
)
def test_every_missing_and_doubled_day_is_told(choices: str, said: list[str]) -> None:
    found = told(choices)
    assert len(found) == len(said), found
    assert all(part in sentence for part, sentence in zip(said, found, strict=True)), found


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("x.yaml", f"code: {HALVES}", "代码不能分期"),
        ("x.yaml", f"a: [{{code: {HALVES}}}]", "代码不能分期"),
        ("x.yaml", f"examples: {HALVES}", "例不能分期"),
        ("x.yaml", f"examples: [{{given: {HALVES}}}]", "例不能分期"),
        ("ruleset.yaml", f"year: {HALVES}", "不能分期"),
        ("ruleset.yaml", f"effective: {{to: {HALVES}}}", "不能分期"),
        ("ruleset.yaml", f"version: {HALVES}", "不能分期"),
    ],
)
def test_what_says_which_rule_it_is_cannot_be_dated(file: str, text: str, said: str) -> None:
    findings = Findings()
    find_dated({file: tree_of(text)}, YEAR, findings)
    assert [said in issue.zh for issue in findings.issues] == [True]


@pytest.mark.parametrize(
    ("text", "rule", "path"),
    [
        (f"points: {HALVES}", "", "points"),
        (f"code: I1\npoints: {HALVES}", "I1", "points"),
        (f"code: I1\nmethod: {{rungs: [{{earn: 1}}, {{earn: {HALVES}}}]}}", "I1", "method.rungs[2].earn"),
        (f"code: F1\nelements: [{{code: E1}}, {{code: E2, minimum: {HALVES}}}]", "E2", "minimum"),
        (f"code: set\ntree: {{code: total, children: [{{code: a, points: {HALVES}}}]}}", "a", "points"),
        (f"code: set\nconstants: {{target: {{value: {HALVES}}}}}", "set", "constants.target.value"),
        (HALVES, "", ""),
    ],
)
def test_a_dated_value_is_known_by_the_nearest_code_and_the_way_from_there(
    text: str, rule: str, path: str
) -> None:
    found = find_dated({"x.yaml": tree_of(text)}, YEAR, Findings())
    assert [(each.rule, each.path) for each in found.values] == [(rule, path)]


def test_a_choice_keeps_its_days_its_value_as_written_and_its_grounds() -> None:
    text = """
        code: I1
        method:
          dated:
            - {to: 2021-06-30, use: {kind: credit, each: 1, tags: [a, b]}}
            - from: 2021-07-01
              use: {kind: direct}
              source: {document: paper, text: 第三条}
              because: 上半年试行
        """
    findings = Findings()
    (value,) = find_dated({"x.yaml": tree_of(text)}, YEAR, findings).values
    assert findings.issues == []
    first, second = value.choices
    assert [first.start, first.end, first.text, first.source, first.because] == [
        date(2021, 1, 1),
        date(2021, 6, 30),
        "{kind: credit, each: 1, tags: [a, b]}",
        None,
        "",
    ]
    assert [second.start, second.end, second.text] == [date(2021, 7, 1), date(2021, 12, 31), "{kind: direct}"]
    assert [second.source, second.because] == [Source(document="paper", text="第三条"), "上半年试行"]
    assert str(value.place) == "x.yaml:4:11"
    assert [value.on(date(2021, month, 30)).text for month in (6, 7)] == [first.text, second.text]
    assert value.on(date(2020, 1, 1)) == first


def test_a_mapping_under_the_name_dated_is_no_dated_value() -> None:
    found = find_dated({"x.yaml": tree_of("constants: {dated: {value: 1}}")}, YEAR, Findings())
    assert found.values == ()


def test_another_key_beside_the_dates_is_unknown() -> None:
    findings = Findings()
    find_dated({"x.yaml": tree_of("a: {dated: [{use: 1}], points: 2}")}, YEAR, findings)
    assert [issue.code for issue in findings.issues] == ["unknown-key"]


def test_the_year_is_cut_where_any_value_changes() -> None:
    text = f"a: {HALVES}\nb: {{dated: [{{to: 2021-03-31, use: x}}, {{from: 2021-04-01, use: y}}]}}\nc: z"
    found = find_dated({"x.yaml": tree_of(text)}, YEAR, Findings())
    spans = found.spans(YEAR)
    assert [str(start) for start, _ in spans] == ["2021-01-01", "2021-04-01", "2021-07-01"]
    assert [str(end) for _, end in spans] == ["2021-03-31", "2021-06-30", "2021-12-31"]
    assert [shown_branch(found.on(start)["x.yaml"]) for start, _ in spans] == [
        "{a: 1, b: x, c: z}",
        "{a: 1, b: y, c: z}",
        "{a: 2, b: y, c: z}",
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("year: 2021", "2021-01-01", "2021-12-31"),
        ("year: 2021\neffective: {from: 2021-03-01, to: 2022-02-28}", "2021-03-01", "2022-02-28"),
        ("year: 2021\neffective: {from: 2021-03-01}", "2021-03-01", "2021-12-31"),
        ("year: 2021\neffective: {from: 2021-03-01, to: 2021-02-28}", "2021-01-01", "2021-12-31"),
        ("year: 20210", "0001-01-01", "0001-12-31"),
        ("year: next", "0001-01-01", "0001-12-31"),
        ("year: [1]", "0001-01-01", "0001-12-31"),
        ("x", "0001-01-01", "0001-12-31"),
    ],
)
def test_the_effective_period_is_read_even_from_a_frame_that_has_issues(
    text: str, start: str, end: str
) -> None:
    assert [str(day) for day in effective_of(tree_of(text))] == [start, end]


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_first_and_the_last_year_that_there_are_can_be_cut(year: str) -> None:
    effective = (date(int(year), 1, 1), date(int(year), 12, 31))
    text = f"a: {{dated: [{{to: {year}-06-30, use: 1}}, {{from: {year}-07-01, use: 2}}]}}"
    findings = Findings()
    found = find_dated({"x.yaml": tree_of(text)}, effective, findings)
    assert [findings.issues, len(found.spans(effective))] == [[], 2]
