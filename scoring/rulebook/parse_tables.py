"""From `tables:` of ruleset.yaml to tables of parameters, every row's keys checked at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from scoring.codes import UnitCode
from scoring.nearest import meant
from scoring.numbers import number_from_text
from scoring.periods import QUARTERS, Period, period_from_text
from scoring.rulebook.rules import Table, Unit
from scoring.rulebook.tables import PERIOD, UNIT, YEAR, row_word, table_amount
from scoring.rulebook.tree import Branch, Entries, Findings, Mark, Record, Scalar

_MOST_KEYS = 4
_FEW = 5
Rows = Iterator[tuple[tuple[tuple[str, Mark], ...], Scalar]]


def parse_tables(
    record: Record,
    attributes: Mapping[str, str],
    units: Mapping[UnitCode, Unit],
    year: int,
    findings: Findings,
) -> dict[str, Table]:
    """The tables by name. Every unit must find a row for the year scored, or there must be a default."""
    found: dict[str, Table] = {}
    for name, inner in record.keyed("tables", "参数表"):
        found[name] = _table(name, inner, attributes, units)
        if not findings.incomplete:
            _check_rows(found[name], units, year, findings)
    return found


def _table(name: str, record: Record, attributes: Mapping[str, str], units: Mapping[UnitCode, Unit]) -> Table:
    keys = _keys(record, attributes)
    node = record.node("rows", required=True)
    rows: dict[tuple[str, ...], Fraction] = {}
    for path, scalar in _rows(record, node, len(keys)) if node is not None and keys else ():
        amount = number_from_text(scalar.text)
        if amount is None:
            zh = f"“{scalar.text[:60]}”不是十进制数"
            record.wrong(scalar.place, zh, f"{scalar.text[:60]!r} is not a decimal number", scalar.text[:60])
        elif all(_is_known(record, key, *each, units) for key, each in zip(keys, path, strict=True)):
            rows[tuple(word for word, _ in path)] = amount
    table = Table(
        name=name,
        keys=keys,
        rows=rows,
        title=record.text("title"),
        measure=record.text("measure"),
        default=record.maybe_number("default"),
        source=record.text("source"),
        place=record.place,
    )
    record.close()
    return table


def _keys(record: Record, attributes: Mapping[str, str]) -> tuple[str, ...]:
    scalars = record.scalars("by", required=True)
    known = (UNIT, PERIOD, YEAR, *attributes)
    for scalar in scalars:
        if scalar.text not in known:
            zh, en = f"{record.what}:by 没有“{scalar.text}”这个键", f"unknown key {scalar.text!r}"
            record.findings.add(
                scalar.place, "unknown-word", zh, en, meant(scalar.text, known), found=scalar.text
            )
    keys = tuple(scalar.text for scalar in scalars)
    if len(set(keys)) < len(keys) or len(keys) > _MOST_KEYS or (record.has("by") and not keys):
        record.wrong(
            record.at("by"), f"by 要写 1 到 {_MOST_KEYS} 个不同的键", "by: one to four different keys"
        )
        return ()
    return keys if set(keys) <= {*known} else ()


def _rows(record: Record, node: Branch, depth: int, path: tuple[tuple[str, Mark], ...] = ()) -> Rows:
    """Every number with the keys that lead to it; an issue where the rows are nested otherwise than `by`."""
    if isinstance(node, Entries) and len(path) < depth:
        for name, (mark, inner) in node.by_key.items():
            yield from _rows(record, inner, depth, (*path, (name, mark)))
    elif isinstance(node, Scalar) and len(path) == depth:
        yield path, node
    else:
        zh = f"rows 要按 by 分 {depth} 层,最里一层写数"
        record.wrong(node.place, zh, f"rows: {depth} levels of keys, then a number")


def _is_known(record: Record, key: str, word: str, mark: Mark, units: Mapping[UnitCode, Unit]) -> bool:
    """Whether a row can ever be found by a word; tells where it cannot."""
    if key == UNIT:
        if word not in units:
            record.findings.unknown(mark.place, "unknown-unit", f"单位({record.what})", word, units)
        return word in units
    if key in {PERIOD, YEAR}:
        period = period_from_text(word)
        if period is None or (key == YEAR and not period.yearly):
            wanted = "2021" if key == YEAR else "2021 或 2021Q1"
            record.wrong(mark.place, f"“{word[:60]}”不是{key},要写 {wanted}", f"not a {key}", word[:60])
            return False
        return True
    known = {row_word(unit.attributes[key]) for unit in units.values() if key in unit.attributes}
    if units and word not in known:
        zh, en = f"{record.what}:没有单位的 {key} 是“{word}”,这一行用不上", f"no unit has {key} {word!r}"
        record.findings.add(mark.place, "unused-row", zh, en, meant(word, known), found=word, soft=True)
    return True


def _check_rows(table: Table, units: Mapping[UnitCode, Unit], year: int, findings: Findings) -> None:
    """Adds an issue where a unit finds no row: in no period at all, or (soft) in some."""
    if table.default is not None or not table.keys or not table.rows:
        return
    periods = [Period(year, 4, yearly=True), *(Period(year, each, yearly=False) for each in QUARTERS)]
    lacking = {
        code: [period.code for period in periods if table_amount(table, unit, period) is None]
        for code, unit in units.items()
    }
    never = [code for code, missed in lacking.items() if len(missed) == len(periods)]
    name, fix = f"参数表 {table.name}", "请补上这些行,或写 default:"
    if never:
        zh = f"{name} 没有 {_few(never)} 的行"
        findings.add(table.place, "no-row", zh, f"no row for {len(never)} units", fix, found=never[0])
    missed = sorted({code for codes in lacking.values() if len(codes) < len(periods) for code in codes})
    if missed:
        zh = f"{name} 有的单位没有 {'、'.join(missed)} 的行,给这些时期计分时按未报处理"
        en = f"some units have no row for {', '.join(missed)}"
        findings.add(table.place, "no-row-for-period", zh, en, fix, found=missed[0], soft=True)


def _few(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个单位" if len(names) > _FEW else ""
    return "、".join(names[:_FEW]) + more
