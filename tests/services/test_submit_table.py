"""Handing in a table: whole or not at all, only one's own figures, nothing silently gone."""

from __future__ import annotations

import pytest

from models.records import ReportId, ReportState
from scoring.codes import UnitCode
from scoring.facts import Fact
from services.errors import NotAllowed, NotFound, Rejected
from services.policy import Actor, Role
from services.reports import original_file, report_with_issues
from services.submit_table import submit_table
from services.system_facts import SYSTEM
from tests.support.office import AUDITOR, BEIJING, OFFICE, TIANJIN, Office, clerk

HEADING = "unit,period,element,value,breakdown\n"
CUSTOMS = Actor(id="customs-1", name="海关总署", roles=frozenset({Role.MINISTRY}))
TABLE = (
    f"{HEADING}110000,2021Q1,E606,36000,\n120000,2021Q1,E606,900,\n"
    "110000,2021,K131,是,\n110000,2020Q1,E401,5,\n"
)


def hand_in(
    office: Office, table: str, actor: Actor = OFFICE, name: str = "部门数据.csv"
) -> tuple[ReportId, ...]:
    return submit_table(office.context, actor=actor, year=2021, content=table.encode(), file_name=name)


def in_force(office: Office, unit: UnitCode = BEIJING) -> dict[str, Fact]:
    with office.context.read() as work:
        return {fact.series.element: fact for fact in work.reports.facts_in_force(unit=unit)}


def acts(office: Office) -> list[str]:
    with office.context.read() as work:
        return [entry.act for entry in work.log.entries()]


def test_a_table_is_in_force_at_once_one_report_a_unit_period_and_provider(office: Office) -> None:
    added = hand_in(office, TABLE)
    views = [report_with_issues(office.context, actor=OFFICE, report=each).receipt for each in added]
    assert [(each.unit, each.period, each.version, each.state) for each in views] == [
        (BEIJING, "2020Q1", 1, ReportState.ACCEPTED),
        (BEIJING, "2021Q1", 1, ReportState.ACCEPTED),
        (TIANJIN, "2021Q1", 1, ReportState.ACCEPTED),
        (BEIJING, "2021", 1, ReportState.ACCEPTED),
    ]
    assert {name: fact.amount for name, fact in in_force(office).items()} == {
        "E606": 36000,
        "K131": "是",
        "E401": 5,
    }
    assert acts(office) == ["keep_rule_set", *["submit_table"] * 4]


def test_a_figure_names_the_table_and_the_line_it_stands_in(office: Office) -> None:
    (first, *_) = hand_in(office, TABLE, name="部门!数据.csv")
    export = original_file(office.context, actor=OFFICE, report=first)
    assert export.content == TABLE.encode()
    digest, sheet, line = in_force(office)["E606"].origin.split("!")
    assert digest == report_with_issues(office.context, actor=OFFICE, report=first).receipt.file_sha256
    assert (sheet, line) == ("部门_数据.csv", "第2行")


def test_the_same_table_twice_gives_the_same_reports_and_leaves_no_trace(office: Office) -> None:
    first = hand_in(office, TABLE)
    before = acts(office)
    assert hand_in(office, TABLE, name="again.csv") == first
    assert acts(office) == before


def test_a_corrected_table_takes_the_place_of_the_first(office: Office) -> None:
    hand_in(office, TABLE)
    hand_in(office, TABLE.replace("36000", "36001"))
    assert in_force(office)["E606"].amount == 36001
    assert in_force(office, TIANJIN)["E606"].amount == 900


def test_a_table_that_leaves_out_figures_in_force_is_refused(office: Office) -> None:
    hand_in(office, TABLE.replace("是,\n", "是,\n110000,2021,K132,否,\n"))
    before = acts(office)
    with pytest.raises(Rejected) as refused:
        hand_in(office, f"{HEADING}110000,2021,K133,NA,\n")
    (issue,) = refused.value.issues
    assert issue.code == "left-out"
    assert "K131、K132" in issue.zh
    assert set(in_force(office)) == {"E606", "K131", "K132", "E401"}
    assert acts(office) == before


def test_what_no_longer_holds_is_taken_back_as_not_applicable(office: Office) -> None:
    hand_in(office, TABLE)
    hand_in(office, f"{HEADING}110000,2021,K131,NA,\n")
    assert in_force(office)["K131"].amount is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("110000,2021Q1,E101,5,市场监管", "not-your-element", id="a figure that regions report"),
        pytest.param("110000,2021Q1,X01,5,", "not-your-element", id="a figure that the system derives"),
        pytest.param("990000,2021Q1,E606,5,", "unknown-unit", id="a stranger"),
        pytest.param("110000,2021Q2,E606,=5,", "unreadable-value", id="a formula"),
        pytest.param("110000,2021Q1,E606,5", "unreadable-table", id="a cell too few"),
        pytest.param("110000,2021Q1,E606,5,,", "unreadable-table", id="a cell too many"),
    ],
)
def test_one_bad_line_keeps_the_whole_table_out(office: Office, line: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        hand_in(office, f"{TABLE}{line}\n")
    (issue,) = refused.value.issues
    assert (issue.code, issue.place.file, issue.place.line) == (code, "部门数据.csv", 6)
    assert acts(office) == []
    with office.context.read() as work:
        assert work.blobs.digests() == ()


def test_everything_wrong_is_told_in_one_go(office: Office) -> None:
    table = f"{HEADING}110000,2021Q1,E101,5,市场监管\n1,2021Q1,E606,5,\n110000,2021,X03\n"
    with pytest.raises(Rejected) as refused:
        hand_in(office, table)
    assert {issue.place.line: issue.code for issue in refused.value.issues} == {
        2: "not-your-element",
        3: "unknown-unit",
        4: "unreadable-table",
    }


@pytest.mark.parametrize(
    ("line", "giver"),
    [
        pytest.param("110000,2021,AV1,1,", "双打办登记", id="a veto"),
        pytest.param("110000,2021,K131,是,", "考核组核查", id="what was seen on site"),
        pytest.param("110000,2020Q1,E101,5,市场监管", "被考核单位填报", id="what regions reported last year"),
    ],
)
def test_a_ministry_gives_its_own_figures_only(office: Office, line: str, giver: str) -> None:
    with pytest.raises(Rejected) as refused:
        hand_in(office, f"{HEADING}110000,2021Q1,E606,5,\n{line}\n", CUSTOMS)
    (issue,) = refused.value.issues
    assert (issue.code, issue.place.line) == ("not-your-element", 3)
    assert giver in issue.zh
    hand_in(office, f"{HEADING}110000,2021Q1,E606,5,\n", CUSTOMS)
    assert in_force(office)["E606"].amount == 5


@pytest.mark.parametrize("actor", [AUDITOR, clerk(BEIJING)])
def test_regions_and_auditors_hand_in_no_tables(office: Office, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        hand_in(office, TABLE, actor)


def test_the_system_writes_no_table_of_what_others_give(office: Office) -> None:
    with pytest.raises(Rejected):
        hand_in(office, TABLE, SYSTEM)


def test_a_year_without_rules_takes_no_table(office: Office) -> None:
    with pytest.raises(NotFound):
        submit_table(office.context, actor=OFFICE, year=2035, content=TABLE.encode(), file_name="t.csv")


@pytest.mark.parametrize(
    ("content", "zh"),
    [
        pytest.param(TABLE.encode("gb18030"), "不是 UTF-8", id="GB 18030"),
        pytest.param(b"unit,period,value\n", "缺少列:element", id="a column is missing"),
        pytest.param(b"", "缺少列", id="nothing at all"),
    ],
)
def test_what_is_no_table_is_refused(office: Office, content: bytes, zh: str) -> None:
    with pytest.raises(Rejected) as refused:
        submit_table(office.context, actor=OFFICE, year=2021, content=content, file_name="t.csv")
    assert zh in refused.value.issues[0].zh
