"""The impact of changed rules on tables of facts and on what is stored."""

from __future__ import annotations

import csv
import io
import shutil
from fractions import Fraction
from pathlib import Path

import orjson
import pytest

from scoring.impacts.impact import Watched
from services.errors import Invalid, NotAllowed, NotFound, Rejected
from services.rule_impact import RuleImpact, impact_of_files, impact_of_stored
from services.rule_impact_text import as_csv, as_data, as_text
from services.score import score_period
from tests.support.office import AUDITOR, BEIJING, OFFICE, Office, clerk
from tests.support.rule_edits import edited_files
from tests.support.rulesets import Files, small_files

NATIONAL = Path(__file__).parents[2] / "rules" / "national" / "2021"
FACTS = """unit,period,element,value
110000,2021Q4,E1,10
110000,2021Q4,E2,9
110000,2021,E7,30
120000,2021Q4,E1,10
120000,2021Q4,E2,8
120000,2021,E7,40
130000,2021Q4,E1,10
130000,2021Q4,E2,6
130000,2021,E7,40
"""
REST = "".join(
    f"{unit},{period},{element},{value}\n"
    for unit in ("110000", "120000", "130000")
    for period, element, value in (
        *((f"2021Q{quarter}", "E3", "0") for quarter in (1, 2, 3, 4)),
        *((f"2021H{half}", "E8", "0") for half in (1, 2)),
        ("2021Q4", "E5", "2021-05-16"),
    )
)


def folder(path: Path, files: Files) -> Path:
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return folder(tmp_path / "before", small_files())


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.csv"
    file.write_text(FACTS + REST, encoding="utf-8")
    return file


@pytest.fixture
def impact(tmp_path: Path, before: Path, facts: Path) -> RuleImpact:
    """A threshold and a grade moved."""
    after = folder(tmp_path / "after", edited_files(["threshold", "rung", "grade"]))
    return impact_of_files(before=before, after=after, facts_files=[facts])


def test_every_unit_is_told_before_and_after(impact: RuleImpact) -> None:
    (period,) = impact.periods
    told = {
        unit.unit: (unit.before and unit.before.score, unit.after and unit.after.score)
        for unit in period.units
    }
    assert period.period.code == "2021"
    assert {unit: tuple(map(str, pair)) for unit, pair in told.items()} == {
        "110000": ("94", "94"),
        "120000": ("70", "100"),
        "130000": ("70", "64"),
    }
    assert [unit.unit for unit in period.moved(Watched.POINTS)] == ["120000", "130000"]


def test_the_text_says_who_wins_who_loses_and_why(impact: RuleImpact) -> None:
    assert as_text(impact).splitlines() == [
        "规则集 small 版本 1 → small 版本 1",
        "",
        "可能影响得分的改动(2 组)",
        "  [1] 指标 I1(办结率)计分方法“≥90”档界限由 90 改为 80,依据《一份文件》第一条",
        "  [1] 指标 I1(办结率)计分方法“≥60”档得分由 满分的 50% 改为 满分的 40%,依据《一份文件》第一条",
        "  [2] 等级 合格起点分由 60 改为 50",
        "",
        "2021年度:3 个单位中变动的有:得分 2 个、名次 3 个、等级 1 个、档 1 个。",
        "  每个单位的分差按改动分摊:对改动的一切先后次序取平均(沙普利值),各部分相加正好等于分差。",
        "  改动 [1]:1 个单位共 +30 分、1 个单位共 −6 分、牵动名次 3 个、牵动等级 1 个",
        "  改动 [2]:没有影响",
        "  得分增加(1 个)",
        "    120000 乙,70 → 100(+30),名次 2 → 1([1]),组内 2 → 1,等级 合格 → 优秀([1]),"
        "档 — → 第一档,其中 [1] +30",
        "  得分减少(1 个)",
        "    130000 丙省,70 → 64(−6),名次 2 → 3([1]),其中 [1] −6",
        "  得分不变,名次或等级变动(1 个)",
        "    110000 甲省,94,名次 1 → 2([1]),组内 1 → 2",
    ]


def test_the_table_and_the_data_hold_every_unit_with_exact_numbers(impact: RuleImpact) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(impact))))
    assert [row["unit"] for row in rows] == ["110000", "120000", "130000"]
    assert rows[1] == {
        **{"period": "2021", "unit": "120000", "name": "乙"},
        **{"score_before": "70", "score_after": "100", "score_change": "30"},
        **{"rank_before": "2", "rank_after": "1", "group_rank_before": "2", "group_rank_after": "1"},
        **{"grade_before": "合格", "grade_after": "优秀", "tier_before": "", "tier_after": "第一档"},
        **{"change_1": "30", "change_2": "0", "rest": "0"},
    }
    data = orjson.loads(orjson.dumps(as_data(impact)))
    (period,) = data["periods"]
    assert period["moved"] == {"points": 2, "rank": 3, "grade": 1, "tier": 1}
    for unit in period["units"]:
        parts = [Fraction(part) for part in unit["split"]["points"]["by_change"].values()]
        assert sum(parts) + Fraction(unit["split"]["points"]["rest"]) == Fraction(unit["gain"])


def test_a_gate_looks_only_at_what_is_watched(impact: RuleImpact, tmp_path: Path, before: Path) -> None:
    assert impact.moves([Watched.GRADE])
    assert not impact.moves([])
    after = folder(tmp_path / "wording", {**small_files(), "CHANGES.md": "没有改规则"})
    same = impact_of_files(before=before, after=after, facts_files=[tmp_path / "facts.csv"])
    assert not same.moves(Watched)
    assert "没有可能影响得分的改动。" in as_text(same)


def test_several_tables_are_one_and_periods_may_be_named(tmp_path: Path, before: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(FACTS, encoding="utf-8")
    other.write_text(f"unit,period,element,value\n{REST}", encoding="utf-8")
    after = folder(tmp_path / "after", edited_files(["threshold"]))
    found = impact_of_files(
        before=before, after=after, facts_files=[one, other], periods=["2021Q2", "2021", "2021"]
    )
    assert [period.period.code for period in found.periods] == ["2021Q2", "2021"]
    assert [len(period.moved(Watched.POINTS)) for period in found.periods] == [0, 1]


def test_a_figure_in_two_tables_is_refused_at_both_places(tmp_path: Path, before: Path, facts: Path) -> None:
    again = tmp_path / "again.csv"
    again.write_text("unit,period,element,value\n110000,2021Q4,E1,11\n", encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        impact_of_files(before=before, after=before, facts_files=[facts, again])
    (issue,) = refused.value.issues
    assert (str(issue.place), issue.zh) == ("again.csv:2", "110000 的 E1 2021Q4 已在 facts.csv 第 2 行")


def test_what_only_one_of_the_rule_sets_asks_for_may_be_in_the_table(tmp_path: Path, before: Path) -> None:
    files = small_files()
    more = files["forms/F01.yaml"].replace(
        "checks:", "  - {code: E9, name: 新数, measure: 件, type: integer}\nchecks:"
    )
    after = folder(tmp_path / "after", {**files, "forms/F01.yaml": more})
    table = tmp_path / "table.csv"
    table.write_text("unit,period,element,value\n110000,2021Q4,E9,11\n", encoding="utf-8")
    for one, other in ((before, after), (after, before)):
        assert impact_of_files(before=one, after=other, facts_files=[table]).periods
    with pytest.raises(Rejected):
        impact_of_files(before=before, after=before, facts_files=[table])


def test_rule_sets_without_units_take_those_of_a_table_or_of_the_facts(tmp_path: Path, facts: Path) -> None:
    bare = {name: text for name, text in small_files().items() if name != "units.yaml"}
    before = folder(tmp_path / "bare", bare)
    threshold = edited_files(["threshold"])["indicators/I1.yaml"]
    after = folder(tmp_path / "later", {**bare, "indicators/I1.yaml": threshold})
    units = tmp_path / "units.csv"
    units.write_text("unit,name,population\n110000,甲,1000\n120000,乙,500\n130000,丙,250\n", encoding="utf-8")
    named = impact_of_files(before=before, after=after, facts_files=[facts], units_file=units)
    assert [unit.name for unit in named.periods[0].units] == ["甲", "乙", "丙"]
    nameless = impact_of_files(before=before, after=after, facts_files=[facts])
    assert [unit.unit for unit in nameless.periods[0].units] == ["110000", "120000", "130000"]


@pytest.mark.parametrize("period", ["2021Q5", "2021H1", "never"])
def test_a_period_that_cannot_be_scored_is_refused(before: Path, facts: Path, period: str) -> None:
    with pytest.raises(Invalid):
        impact_of_files(before=before, after=before, facts_files=[facts], periods=[period])


def test_an_empty_table_has_no_period(tmp_path: Path, before: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("unit,period,element,value\n", encoding="utf-8")
    with pytest.raises(Invalid):
        impact_of_files(before=before, after=before, facts_files=[table])


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The national rule set with a grade that is easier to get."""
    copy = Path(shutil.copytree(NATIONAL, tmp_path / "later"))
    frame = copy / "ruleset.yaml"
    text = frame.read_text(encoding="utf-8")
    assert text.count("at_least: 60") == 1
    frame.write_text(text.replace("at_least: 60", "at_least: 0"), encoding="utf-8")
    return copy


def test_stored_periods_are_scored_anew_on_the_facts_of_their_latest_run(office: Office, later: Path) -> None:
    office.accepted(BEIJING, 1)
    score_period(office.context, actor=OFFICE, period="2021Q1")
    for actor in (OFFICE, AUDITOR):
        found = impact_of_stored(office.context, actor=actor, before=NATIONAL, after=later)
        (period,) = found.periods
        assert period.period.code == "2021Q1"
        assert period.moved(Watched.GRADE)
        assert not period.moved(Watched.POINTS)
    with office.context.read() as work:
        assert len(work.runs.list()) == 1


def test_a_period_that_was_never_scored_is_not_found(office: Office, later: Path) -> None:
    for periods in ((), ("2021Q1",)):
        with pytest.raises(NotFound):
            impact_of_stored(office.context, actor=OFFICE, before=NATIONAL, after=later, periods=periods)


def test_a_region_may_not_ask(office: Office, later: Path) -> None:
    with pytest.raises(NotAllowed):
        impact_of_stored(office.context, actor=clerk(BEIJING), before=NATIONAL, after=later)
