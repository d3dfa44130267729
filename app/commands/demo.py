"""`kaohe demo`: the sample year from workbooks to a served ranking, in one command that can be repeated."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from app.wiring import House
    from services.policy import Actor
    from services.views import Ranking, RunView

YEAR = 2021
PERIODS = ("2021Q1", "2021Q2", "2021Q3", "2021Q4", "2021")
TOLD_UNIT, TOLD_NODE = "440000", "I09-1"
NO_SERVE = typer.Option("--no-serve", help="打印结果后结束,不打开网页服务")


def demo_command(no_serve: Annotated[bool, NO_SERVE] = False) -> None:
    """演示:装入样例年度,校验、计分、排名,并打开网页。The sample year, scored, ranked and served."""
    from rich.console import Console

    from app.settings import home, read_settings
    from app.wiring import make_database, open_house

    os.environ.setdefault("KAOHE_DATABASE_URL", f"sqlite:///{home() / 'var' / 'demo.db'}")
    os.environ["KAOHE_DEMO"] = "true"
    settings = read_settings()
    console = Console(highlight=False)
    started = time.perf_counter()
    make_database(settings)
    house = open_house(settings)
    try:
        annual = _make_year(house, console)
        _print_result(house, console, annual)
    finally:
        house.close()
    console.print(f"用时 {time.perf_counter() - started:.1f} 秒。数据是模拟的 (synthetic data)。")
    if not no_serve:
        _serve(console)


def _make_year(house: House, console: Console) -> RunView:
    from app.settings import home
    from services.sample_year import OFFICE, add_demo_people, load_sample_year

    add_demo_people(house.context)
    marks: list[tuple[str, float]] = [("", time.perf_counter())]
    with _progress(console) as bar:
        task = bar.add_task("校验并保存样例报表", total=None)
        count = load_sample_year(
            house.context,
            folder=home() / "sample_reports" / str(YEAR),
            year=YEAR,
            progress=lambda done, total, name: bar.update(
                task, completed=done, total=total, description=name
            ),
        )
        bar.update(task, description="样例报表已校验并保存")
        marks.append((f"校验并保存 {count} 份报表", time.perf_counter()))
        scoring = bar.add_task("计分", total=len(PERIODS))
        runs = []
        for period in PERIODS:
            bar.update(scoring, description=f"计分 {period}")
            runs.append(_scored(house, OFFICE, period))
            bar.advance(scoring)
        marks.append((f"计分、排名并保存 {len(PERIODS)} 个批次", time.perf_counter()))
    for (_, before), (name, after) in pairwise(marks):
        console.print(f"{name}:{after - before:.1f} 秒")
    return runs[-1]


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console)


def _scored(house: House, actor: Actor, period: str) -> RunView:
    """The latest run of a period where it is by today's rules; else a new one."""
    from services.errors import NotFound
    from services.runs import latest_run
    from services.score import score_period

    rules = house.context.library.current(YEAR)
    try:
        run = latest_run(house.context, actor=actor, period=period)
    except NotFound:
        return score_period(house.context, actor=actor, period=period)
    if run.rule_set_digest != rules.digest:
        return score_period(house.context, actor=actor, period=period)
    return run


def _print_result(house: House, console: Console, run: RunView) -> None:
    from scoring.codes import NodeCode, UnitCode
    from scoring.explain import sentences
    from services.runs import explain_score, ranking
    from services.sample_year import OFFICE

    _print_table(console, ranking(house.context, actor=OFFICE, run=run.id))
    account = explain_score(
        house.context, actor=OFFICE, run=run.id, unit=UnitCode(TOLD_UNIT), node=NodeCode(TOLD_NODE)
    )
    console.print(f"\n[bold]一个分数的全部来历:广东 {TOLD_NODE}[/bold]")
    for sentence in sentences(account):
        console.print(f"  {sentence}", markup=False)
    console.print(
        f"\n规则集 {run.rule_set_digest[:12]} · 事实 {run.facts_digest[:12]} · 结果 {run.result_digest[:12]}"
    )


def _print_table(console: Console, view: Ranking) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    from scoring.numbers import fixed_text

    title = f"{view.run.rule_set} · {view.run.period} {view.run.label}排名(模拟数据)"
    table = Table(title=title, title_justify="left", padding=0, box=SIMPLE)
    for head in ("名次", "单位", "分组", "组内", "总分", "加分", "减分", "等级", "档次", "折算"):
        numeric = head in {"名次", "组内", "总分", "加分", "减分", "折算"}
        table.add_column(head, justify="right" if numeric else "left", no_wrap=True, min_width=6)
    for line in view.lines:
        result = line.result
        numbers = (result.score, result.bonus, result.penalty)
        score, bonus, penalty = ("—" if number is None else fixed_text(number, 2) for number in numbers)
        table.add_row(
            str(result.rank or "不排名"),
            line.short,
            result.group,
            str(result.group_rank or "—"),
            score,
            bonus,
            penalty,
            result.grade,
            result.tier,
            "—" if result.converted is None else fixed_text(result.converted, 0),
        )
    console.print(table)


def _serve(console: Console) -> None:
    from app.commands.serve import serve
    from services.sample_year import DEMO_KEYS

    for role, key in DEMO_KEYS.items():
        console.print(f"演示密钥 {role}:{key}")
    console.print("按 Ctrl+C 结束。")
    serve()
