"""`kaohe rules test`: the worked examples of a rule set, what they show, and what they would notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.rules_diff import unusable_input
from app.output import Folder, TextOrJson, one_of, print_json

if TYPE_CHECKING:
    from scoring.examples import Checked
    from services.rule_tests import Open, RuleTest

Coverage = Annotated[bool, typer.Option("--coverage", help="列出没有例的分支、档次、上下限和缺数办法")]
Mutate = Annotated[bool, typer.Option("--mutate", help="逐个改动每个数和词,列出没有例发现的")]
Only = Annotated[str, typer.Option("--only", metavar="CODE", help="只看这一个指标、节点或加减分事项")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="几个进程一起试;0 为处理器的个数")]


def run_examples_command(
    folder: Folder,
    coverage: Coverage = False,
    mutate: Mutate = False,
    form: TextOrJson = "text",
    only: Only = "",
    jobs: Jobs = 0,
) -> None:
    """运行规则集里的例。Exit 0; 1 where something fails, is not shown or not noticed; 2 does not load."""
    one_of(form, "text", "json")
    from services.rule_tests import check_rule_examples

    with unusable_input():
        found = check_rule_examples(folder=folder, coverage=coverage, mutate=mutate, only=only, jobs=jobs)
    if form == "json":
        print_json(_data(found, mutate=mutate))
    else:
        for line in (*_lines(found), *_summary(found, mutate=mutate)):
            typer.echo(line)
    raise typer.Exit(1 if found.fails else 0)


def _lines(found: RuleTest) -> Iterator[str]:
    from scoring.errors import one_line

    for each in found.failing:
        yield str(each.issue)
        yield from (f"    {one_line(sentence)}" for sentence in each.account)
    for kind in (found.uncovered, found.unnoticed):
        yield from (str(issue) for issue in kind.open)
        for answered in kind.answered:
            yield f"{answered.issue} 已答复:{one_line(answered.answer.reason)}"
        for answer in kind.idle:
            yield f"{answer.place}: 答复的 {answer.finding} 已经没有了,请删去"


def _summary(found: RuleTest, *, mutate: bool) -> Iterator[str]:
    from scoring.proving.mutation import Verdict

    rules, total = found.rules, len(found.checked)
    held = f"不成立 {len(found.failing)} 个" if found.failing else "全部成立"
    yield f"{rules.title} {rules.version}:例 {total} 个,{held}。"
    if found.ways is not None:
        shown = sum(each.covered for each in found.ways)
        left = f",没有例的 {len(found.uncovered.open)}" if found.uncovered.open else ""
        yield f"覆盖 {shown}/{len(found.ways)}{left}{_answered(found.uncovered)}。"
    if found.verdicts is not None:
        counts = found.verdicts
        yield (
            f"变异 {sum(counts.values())} 个:例发现 {counts.get(Verdict.NOTICED, 0)},"
            f"检查拦下 {counts.get(Verdict.REFUSED, 0)},没有发现 {len(found.unnoticed.open)}"
            f"{_answered(found.unnoticed)}。"
        )
    elif mutate:
        yield "有例不成立,没有试变异。请先改好。"


def _answered(kind: Open) -> str:
    return f",已答复 {len(kind.answered)}" if kind.answered else ""


def _data(found: RuleTest, *, mutate: bool) -> dict[str, object]:
    rules = found.rules
    data: dict[str, object] = {
        "rule_set": {"code": rules.code, "version": rules.version, "digest": rules.digest},
        "passed": not found.fails,
        "examples": {
            "total": len(found.checked),
            "failing": [_failing(each) for each in found.failing],
        },
    }
    if found.ways is not None:
        covered = sum(each.covered for each in found.ways)
        data["coverage"] = {"total": len(found.ways), "covered": covered, **_open(found.uncovered)}
    if mutate:
        data["mutants"] = _mutants(found)
    return data


def _mutants(found: RuleTest) -> dict[str, object] | None:
    from scoring.proving.mutation import Verdict

    if found.verdicts is None:
        return None
    counts = {str(each): found.verdicts.get(each, 0) for each in Verdict}
    return {"total": sum(counts.values()), **counts, **_open(found.unnoticed)}


def _failing(checked: Checked) -> dict[str, object]:
    place = checked.example.place
    return {
        "rule": checked.rule,
        "name": checked.example.name,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "differences": list(checked.differences),
        "account": list(checked.account),
    }


def _open(kind: Open) -> dict[str, object]:
    from app.shapes import issue_data

    return {
        "open": [issue_data(each) for each in kind.open],
        "answered": [{**issue_data(each.issue), "reason": each.answer.reason} for each in kind.answered],
    }
