"""Text that is safe in a cell of a spreadsheet.

A cell that begins with ``= + - @`` is taken for a formula by spreadsheets when it is edited or when the sheet
is saved as csv; an apostrophe in front keeps it text (OWASP, "CSV Injection").
"""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds at most."""


def cell_text(text: str) -> str:
    """Text without control characters, never a formula, short enough for a cell."""
    if text.isprintable() and not text.startswith(_FORMULA_STARTS) and len(text) <= LONGEST_CELL:
        return text  # nearly all there is
    is_odd_start = bool(text) and (text[0] in "\t\r\n" or _CONTROL.match(text[0]) is not None)
    clean = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).replace("\t", " ")
    if is_odd_start:
        clean = clean.lstrip()
    if clean.startswith(_FORMULA_STARTS):
        clean = "'" + clean
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"
