"""What was decided while a file was read, in words: encodings, separators, texts that were forced."""

from __future__ import annotations

from collections.abc import Sequence

from intake.cells import Told, Workbook
from intake.labels import OWN_SHEETS
from intake.normalisations import Normalisation

_SEPARATORS = {"comma": "逗号", "tab": "制表符", "semicolon": "分号"}


def reading_notes(workbook: Workbook) -> tuple[Normalisation, ...]:
    """What the file's submitter is told of its reading; once for all texts that were read alike."""
    read = [told for told in workbook.told if told.code == "csv-read" and told.sheet not in OWN_SHEETS]
    forced = [told for told in workbook.told if told.code == "csv-forced-text"]
    return (*_read(read), *map(_forced, forced))


def _read(read: Sequence[Told]) -> tuple[Normalisation, ...]:
    alike = len(read) > 1 and all(told.facts == read[0].facts for told in read)
    return tuple(
        Normalisation(
            sheet="" if alike else told.sheet,
            cell="",
            before="",
            after=f"{told.facts['encoding']}，{_SEPARATORS[told.facts['separator']]}",
            why="文本文件：编码按全部内容判断，分列符按表头行判断",
            why_en="a text: its contents tell the encoding, its head row the separator",
        )
        for told in (read[:1] if alike else read)
    )


def _forced(told: Told) -> Normalisation:
    return Normalisation(
        sheet=told.sheet,
        cell=told.cell,
        before=told.facts["before"],
        after=told.facts["after"],
        why="去掉强制文本的单引号或等号，按其中的内容读取",
        why_en="the apostrophe or equals sign that forces a text was removed",
    )
