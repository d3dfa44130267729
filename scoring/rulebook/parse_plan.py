"""From the tree of plan.yaml to the clauses of the work points and the titles of sections and items."""

from __future__ import annotations

from scoring.codes import ClauseCode
from scoring.rulebook.rules import Clause
from scoring.rulebook.tree import Branch, Findings, Record


def parse_plan(tree: Branch, findings: Findings) -> tuple[dict[ClauseCode, Clause], dict[str, str]]:
    """The clauses by code, and the titles of sections and items by theirs."""
    record = Record(tree, "要点", findings)
    document = record.record("document", "要点 document", required=True)
    if document:
        document.text("title", required=True)
        for key in ("number", "issued"):
            document.text(key)
        document.close()
    clauses: dict[ClauseCode, Clause] = {}
    titles: dict[str, str] = {}
    for section in record.records("sections", "章", required=True):
        section_code = _titled(section, titles)
        for item in section.records("items", "项", required=True):
            item_code = _titled(item, titles)
            for each in item.records("clauses", "条款", required=True):
                clause = _clause(each, section_code, item_code)
                if clause.code in clauses:
                    _written_twice(each, clause.code)
                clauses[clause.code] = clause
            item.close()
        section.close()
    record.close()
    return clauses, titles


def _titled(record: Record, titles: dict[str, str]) -> str:
    code = record.text("code", required=True)
    if code in titles:
        _written_twice(record, code)
    titles[code] = record.text("title", required=True)
    return code


def _written_twice(record: Record, code: str) -> None:
    zh, en = f"代码 {code} 写了两次", f"duplicate code {code}"
    record.findings.add(record.at("code"), "duplicate-code", zh, en, "请换一个代码", found=code)


def _clause(record: Record, section: str, item: str) -> Clause:
    code = ClauseCode(record.text("code", required=True))
    record.what = f"条款 {code}"
    found = Clause(
        code=code,
        section=section,
        item=item,
        agencies=record.words("agencies", required=True),
        leads=record.words("leads"),
        mode=record.text("mode", required=True),
        addressed_to=record.word("addressed_to", ["central", "province"], "central", required=True),
        paraphrase=record.text("paraphrase", required=True),
        digest=record.text("digest", required=True),
        not_assessed=record.text("not_assessed"),
        place=record.place,
    )
    record.close()
    return found
