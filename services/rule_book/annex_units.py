"""The annex of assessed units and their peer groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.numbers import shown
from scoring.rulebook.rules import RuleSet, Unit
from services.rule_book.annex import Annex, plain_section
from services.rule_book.document import Column, Group, Table, cells
from services.rule_book.layout import Layout, prose, raw


def units_annex(rules: RuleSet) -> Annex | None:
    """The units with their attributes, and their groups; None where the rule set lists no units."""
    if not rules.units:
        return None
    units = rules.units.values()
    named = [each for each in rules.attribute_names if any(each in unit.attributes for unit in units)]
    columns = [Column("代码", 12, "center"), Column("单位", 26)]
    columns += [Column(_attribute_head(name, rules), 15, "center") for name in named]
    rows = cells(*(_unit_row(unit, named) for unit in units))
    table = Table(tuple(columns), tuple(Group((each,)) for each in rows), "考核单位")
    sections = [plain_section(1, "考核单位", "units-list", (table,))]
    group = rules.ranking.peer_group
    if group:
        sections.append(plain_section(2, "比较组", "peer-groups", (_peer_groups(rules, group),)))
    return Annex("考核单位和比较组", "units", sections=tuple(sections))


def _unit_row(unit: Unit, named: Sequence[str]) -> tuple[Layout, ...]:
    amounts = (_attribute_cell(unit.attributes.get(name)) for name in named)
    return (raw(unit.code), prose(unit.name), *amounts)


def _attribute_head(name: str, rules: RuleSet) -> str:
    known = rules.attributes.get(name)
    if known is None or not known.title:
        return raw(name).text
    return prose(f"{known.title}（{known.measure}）" if known.measure else known.title).text


def _attribute_cell(amount: Fraction | str | None) -> Layout:
    if amount is None:
        return raw("—")
    return prose(amount) if isinstance(amount, str) else raw(shown(amount))


def _peer_groups(rules: RuleSet, name: str) -> Table:
    groups: dict[str, list[str]] = {}
    for unit in rules.units.values():
        groups.setdefault(str(unit.attributes.get(name, "（未分组）")), []).append(unit.short or unit.name)
    rows = cells(
        *((prose(group), raw(str(len(units))), prose("、".join(units))) for group, units in groups.items())
    )
    columns = (Column("比较组", 16, "center"), Column("单位数", 12, "center"), Column("单位", 80))
    return Table(columns, (Group(rows),), "比较组")
