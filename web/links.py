"""The addresses of the pages, below wherever the site is mounted."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses; `root` is the path the site is mounted at, empty for the root."""

    root: str = ""

    def home(self, **query: str) -> str:
        """The ranking of the latest run; `period` asks for another period's."""
        return f"{self.root}/{_query(query)}"

    def run(self, run: str, **query: str) -> str:
        """A run's ranking; empty parts of the query are left out."""
        return f"{self.root}/runs/{_part(run)}{_query(query)}"

    def export(self, run: str, form: str) -> str:
        """A run's ranking as a file."""
        return f"{self.run(run)}/ranking.{_part(form)}"

    def card(self, run: str, unit: str) -> str:
        """A unit's card."""
        return f"{self.run(run)}/regions/{_part(unit)}"

    def node(self, run: str, unit: str, node: str) -> str:
        """The account of one number."""
        return f"{self.card(run, unit)}/nodes/{_part(node)}"

    def filings(self, **query: str) -> str:
        """How reporting stands: a region's own quarters, or a quarter of all units."""
        return f"{self.root}/reports{_query(query)}"

    def filing(self, unit: str, period: str) -> str:
        """Where a quarter's report is handed in, with all its versions."""
        return f"{self.root}/regions/{_part(unit)}/reports/{_part(period)}"

    def template(self, unit: str, period: str) -> str:
        """The workbook to fill in."""
        return f"{self.filing(unit, period)}/template.xlsx"

    def report(self, report: str, **query: str) -> str:
        """The answer to a report that is kept."""
        return f"{self.root}/reports/{_part(report)}{_query(query)}"

    def receipt(self, report: str) -> str:
        """A report's receipt, to be printed."""
        return f"{self.report(report)}/receipt"

    def original(self, report: str) -> str:
        """The file as it was handed in."""
        return f"{self.report(report)}/file"

    def annotated(self, report: str) -> str:
        """The file with its issues shown in it."""
        return f"{self.report(report)}/annotated.xlsx"

    def decision(self, report: str) -> str:
        """Where the office accepts or returns a report."""
        return f"{self.report(report)}/decision"

    def evidence(self, report: str, issue: str, **query: str) -> str:
        """The files that prove what is said to an issue of a report."""
        return f"{self.report(report)}/evidence{_query({'issue': issue, **query})}"

    def evidence_withdrawal(self, report: str, evidence: str, issue: str) -> str:
        """Where one of those files is taken back."""
        return f"{self.report(report)}/evidence/{_part(evidence)}/withdraw{_query({'issue': issue})}"

    def evidence_file(self, evidence: str) -> str:
        """One of those files, to be saved."""
        return f"{self.root}/evidence/{_part(evidence)}/file"

    def sign_in(self, then: str = "") -> str:
        """Where a key is asked for."""
        return f"{self.root}/sign-in{_query({'next': then})}"

    def sign_out(self) -> str:
        """Where a key is given up."""
        return f"{self.root}/sign-out"

    def asset(self, name: str) -> str:
        """A style sheet or a picture."""
        return f"{self.root}/static/{_part(name)}"


def _part(text: str) -> str:
    return quote(text, safe="")


def _query(query: dict[str, str]) -> str:
    given = {name: text for name, text in query.items() if text}
    return f"?{urlencode(given)}" if given else ""
