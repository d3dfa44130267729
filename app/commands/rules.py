"""`kaohe rules …`: what can be asked of a rule-set folder; each command has a module of its own."""

from __future__ import annotations

import typer

from app.commands.rules_book import book_command
from app.commands.rules_check import check_rules_command
from app.commands.rules_diff import diff_rules_command
from app.commands.rules_impact import impact_rules_command
from app.commands.rules_test import run_examples_command

rules_app = typer.Typer(help="规则集:检查。Rule sets.", no_args_is_help=True)
rules_app.command("book")(book_command)
rules_app.command("check")(check_rules_command)
rules_app.command("diff")(diff_rules_command)
rules_app.command("impact")(impact_rules_command)
rules_app.command("test")(run_examples_command)
