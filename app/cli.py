"""The command line: one line a command; what each does stands in app/commands/."""

from __future__ import annotations

import typer

from app.commands import calendar, deadlines, demo, people, reports, rules, score, serve, templates
from app.refusals import refusing

app = typer.Typer(
    name="kaohe",
    help="考核计分引擎:校验、计分、排名,每个数都有来历。Scoring engine for regional assessment.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(rules.rules_app, name="rules")
app.command("score")(score.score_command)
app.command("explain")(score.explain_command)
app.command("demo")(demo.demo_command)
app.command("template")(templates.template_command)
app.command("check-report", epilog=reports.LIMITS_TOLD)(reports.check_report_command)
app.command("serve")(serve.serve_command)
app.command("migrate")(templates.migrate_command)
app.add_typer(people.user_app, name="user")
app.add_typer(calendar.calendar_app, name="calendar")
app.add_typer(deadlines.deadline_app, name="deadline")


def main() -> None:
    """Runs the command line; a refusal is a sentence on standard error and a non-zero exit."""
    with refusing():
        # Not on its own: what was typed wrongly is told in our words.
        code = app(standalone_mode=False)
        raise SystemExit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
