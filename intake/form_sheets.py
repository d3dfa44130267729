"""Which sheet, or which part of one, is which form: by the tab, else by the title and the codes on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.annotated.ours import is_ours
from intake.blocks import Block, blocks_of, joined
from intake.cells import CellKind, FileFormat, Sheet, Visibility, Workbook
from intake.head_labels import same_head
from intake.labels import NAME_HEAD, OWN_SHEETS, comparable, form_code_of, sheet_name
from intake.normalisations import Normalisation
from intake.table import address
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import ElementCode, FormCode
from scoring.errors import Issue, Place
from scoring.rulebook.forms import Form
from scoring.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True)
class _Claim:
    """A block that may be a form's; `named` by its tab, else by what stands in it."""

    block: Block
    named: bool


@dataclass(slots=True)
class FormSheets:
    """The block of each form that was found, and what was amiss or tolerated on the way."""

    blocks: dict[FormCode, Block] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    normalisations: list[Normalisation] = field(default_factory=list)


def find_form_sheets(workbook: Workbook, rules: RuleSet, forms: Mapping[FormCode, Form]) -> FormSheets:
    """Find the block of every form that is due."""
    lonely = workbook.format is FileFormat.CSV
    return _Search(rules, forms, "sheet-beside-csv" if lonely else "sheet-missing").over(workbook)


class _Search:
    """One pass over the sheets of a workbook."""

    def __init__(self, rules: RuleSet, forms: Mapping[FormCode, Form], missing: str) -> None:
        self.rules, self.forms, self.missing = rules, forms, missing
        self.heads = frozenset(
            comparable(head)
            for form in rules.forms.values()
            for head in ("合计", "数值", *(member for element in form.elements for member in element.members))
        )
        self.titles = {comparable(form.title): form.code for form in rules.forms.values()}
        names = Counter(comparable(element.name) for element in rules.elements.values())
        self.names = {
            comparable(element.name): element.form
            for element in rules.elements.values()
            if names[comparable(element.name)] == 1
        }
        self.claims: dict[FormCode, list[_Claim]] = {code: [] for code in forms}
        self.refused: set[FormCode] = set()
        self.found = FormSheets()

    def over(self, workbook: Workbook) -> FormSheets:
        """Let every sheet claim its form, then settle each form."""
        for sheet in workbook.sheets:
            if comparable(sheet.name) not in OWN_SHEETS and _holds_anything(sheet) and not is_ours(sheet):
                self._claim(sheet)
        for code, form in self.forms.items():
            self._settle(code, sheet_name(form))
        return self.found

    def _claim(self, sheet: Sheet) -> None:
        tab = self._form_of_tab(sheet.name)
        parts = self._parts(sheet, tab)
        for block, form in parts:
            if tab is not None and form not in (None, tab) and len(parts) == 1:
                self._report_wrong_tab(sheet, form)
            elif (code := form or (tab if not block.number else None)) in self.claims:
                self.claims[code].append(_Claim(block, named=code == tab))
            elif form is not None or (tab is not None and not block.number):
                self._report("sheet-unexpected", sheet.name, found=sheet.name)
            elif not block.number:
                self._note_extra(sheet)

    def _parts(self, sheet: Sheet, tab: FormCode | None) -> list[tuple[Block, FormCode | None]]:
        """The blocks with the form that each holds; a head that stands again within a form begins none."""
        parts: list[tuple[Block, FormCode | None]] = []
        for block in blocks_of(sheet, self.heads):
            form = self._form_in(block)
            before, known = parts[-1] if parts else (None, None)
            if before is not None and form in (None, known or tab):
                self._join(parts, before, block, known)
            else:
                parts.append((block, form))
        return parts

    def _join(
        self, parts: list[tuple[Block, FormCode | None]], before: Block, block: Block, form: FormCode | None
    ) -> None:
        labels = before.labels
        if any(labels.get(column) != label for column, label in block.labels.items()):
            cell = address(block.head, min(block.labels))
            self.found.issues.append(
                worded(SHEET_WORDINGS, fault("head-repeated"), Place(sheet=block.sheet.name, cell=cell))
            )
            return
        parts[-1] = joined(before, block), form

    def _form_in(self, block: Block) -> FormCode | None:
        """The form of most codes in a block, else of most names, else of its title; None for none of ours."""
        if not block.head:
            return None
        words = [comparable(cell.text) for _, cells in block.body for cell in cells.values()]
        codes = Counter(
            self.rules.elements[code].form
            for word in words
            if (code := ElementCode(word.upper())) in self.rules.elements
        )
        named = any(same_head(label, (NAME_HEAD,), ()) for label in block.labels.values())
        names = Counter(self.names[word] for word in words if named and word in self.names)
        for counted in (codes, names):
            if counted:
                form, times = counted.most_common(1)[0]
                return form if 2 * times > sum(counted.values()) else None
        titles = (
            self.titles.get(comparable(cell.text))
            for row, cells in block.rows.items()
            if row < block.head
            for cell in cells.values()
        )
        return next((title for title in titles if title), None)

    def _form_of_tab(self, name: str) -> FormCode | None:
        code = FormCode(form_code_of(name))
        return code if code in self.rules.forms else self.titles.get(comparable(name))

    def _settle(self, code: FormCode, name: str) -> None:
        claims = self.claims[code]
        named = [claim for claim in claims if claim.named]
        chosen = named or claims
        for claim in claims:
            if claim not in chosen and claim.block.number == 0:
                self._report("sheet-unexpected", claim.block.sheet.name, found=claim.block.sheet.name)
            elif claim not in chosen:
                chosen = [*chosen, claim]
        if not chosen:
            if code not in self.refused:
                self._report(self.missing, name, expected=name)
        elif len(chosen) > 1:
            first, second = (claim.block.sheet.name for claim in chosen[:2])
            self._report("sheet-doubled", second, found=second, expected=first)
        else:
            self._take(code, chosen[0].block, name)

    def _take(self, code: FormCode, block: Block, name: str) -> None:
        sheet = block.sheet
        if sheet.visibility is not Visibility.VISIBLE:
            self._report("sheet-hidden", sheet.name, found=sheet.name)
            return
        self.found.blocks[code] = block
        if form_code_of(sheet.name) != code:
            cell = address(block.head, min(block.labels)) if block.head else "A1"
            second = block.number > 0
            self.found.normalisations.append(
                Normalisation(
                    sheet=sheet.name,
                    cell=cell,
                    before=sheet.name,
                    after=name,
                    why="同一张工作表里的第二张表，按表头和代码认出"
                    if second
                    else "工作表改了名，按表里的标题和代码认出",
                    why_en="a second table on the sheet, known by its head and codes"
                    if second
                    else "the sheet was renamed; it was known by its title and codes",
                )
            )

    def _report_wrong_tab(self, sheet: Sheet, form: FormCode | None) -> None:
        """The tab says one form and the codes another."""
        if form in self.forms:
            self.refused.add(FormCode(str(form)))
        other = sheet_name(self.rules.forms[FormCode(str(form))])
        self._report("sheet-mislabelled", sheet.name, found=sheet.name, expected=other)

    def _note_extra(self, sheet: Sheet) -> None:
        self.found.normalisations.append(
            Normalisation(
                sheet=sheet.name,
                cell="A1",
                before=sheet.name,
                after="",
                why="自己加的工作表，里面没有报表的数据项，没有读取",
                why_en="a sheet of your own without any element of the forms; it was not read",
            )
        )

    def _report(self, code: str, sheet: str, *, found: str = "", expected: str = "") -> None:
        issue = worded(SHEET_WORDINGS, fault(code), Place(sheet=sheet), found=found, expected=expected)
        self.found.issues.append(issue)


def _holds_anything(sheet: Sheet) -> bool:
    return any(cell.kind is not CellKind.BLANK and cell.text.strip() for cell in sheet.cells.values())
