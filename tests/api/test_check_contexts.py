"""The check context over HTTP, and that a report is judged with it offline as by a dry run."""

from __future__ import annotations

from pathlib import Path

from app.shapes import checked_data
from services.report_files import check_file
from tests.support.callers import BEIJING_CLERK, OFFICE_STAFF, TIANJIN_CLERK, Callers, is_problem, upload
from tests.support.office import BEIJING, IN_TIME, ROOT, number, series


def test_a_region_checks_its_report_offline_and_hears_what_a_dry_run_says(
    callers: Callers, tmp_path: Path
) -> None:
    callers.office.accepted(BEIJING, 1)
    callers.office.now = IN_TIME[2]
    changed = {series("E105", "2021Q2", "药监"): number(9999), series("E901", "2021Q2"): number(5000)}
    content = callers.office.workbook(BEIJING, 2, changed)
    answer = callers.get(BEIJING_CLERK, f"/templates/{BEIJING}/2021Q2/context")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    (tmp_path / "context.json").write_bytes(answer.content)
    (tmp_path / "report.xlsx").write_bytes(content)
    rules = ROOT / "rules" / "national" / "2021"
    offline = checked_data(
        check_file(folder=rules, file=tmp_path / "report.xlsx", context=tmp_path / "context.json")
    )
    posted = callers.ask(
        BEIJING_CLERK, "POST", "/reports?dry_run=true", **upload(content, BEIJING, "2021Q2", "报表.xlsx")
    ).json()
    server = posted["findings"]
    assert server == {key: offline[key] for key in server}
    assert {"check-f01-03", "doubtful-figure"} <= {issue["code"] for issue in server["issues"]}


def test_another_regions_context_is_not_given(callers: Callers) -> None:
    is_problem(callers.get(TIANJIN_CLERK, f"/templates/{BEIJING}/2021Q1/context"), 403)
    assert callers.get(OFFICE_STAFF, f"/templates/{BEIJING}/2021Q1/context").status_code == 200
    is_problem(callers.get(OFFICE_STAFF, "/templates/999999/2021Q1/context"), 404)
    is_problem(callers.get(OFFICE_STAFF, f"/templates/{BEIJING}/2021/context"), 422)
