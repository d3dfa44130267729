"""Formulas: text to expression, every mistake with its line and column."""

from __future__ import annotations

from scoring.errors import Issue, Place
from scoring.expressions import Formula
from scoring.rulebook.formula_reader import FormulaReader, Refused
from scoring.rulebook.language import Vocabulary, half_width


def parse_formula(
    text: str, vocabulary: Vocabulary, place: Place, reader: type[FormulaReader] = FormulaReader
) -> tuple[Formula | None, tuple[Issue, ...]]:
    """The formula, or the issue that says at which line and column it cannot be read.

    `place` is where the text begins in its file; `reader` may know words of its own.
    Parsing always ends: length, parts and depth are bounded.
    """
    source = half_width(text)
    try:
        reading = reader(source, vocabulary)
        return Formula(text, reading.read(), tuple(reading.uses)), ()
    except Refused as refused:
        # The parser counts bytes of UTF-8; people count characters.
        before = source.encode(errors="surrogatepass")[: refused.bytes_before]
        offset = len(before.decode(errors="surrogatepass"))
        issue = Issue(
            code=refused.code,
            zh=f"公式第 {offset + 1} 个字符处:{refused.zh}",
            en=f"at character {offset + 1} of the formula: {refused.en}",
            fix_zh=refused.fix,
            place=Place(
                file=place.file,
                line=place.line,
                column=None if place.column is None else place.column + offset,
            ),
            found=text[:200],
        )
        return None, (issue,)
