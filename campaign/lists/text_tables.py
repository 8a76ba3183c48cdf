"""Text in lines into a sheet: csv, tsv, and what people paste.

The separator is the one that cuts the lines alike; pasted lines without any are cut at their blanks.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from campaign.errors import ListError
from campaign.lists.sheet import LONGEST_TEXT, Sheet, sheet_of
from campaign.lists.trouble import SAVE_AS
from campaign.text_files import decode_text

_SEPARATORS = (",", "\t", ";", "，", "|", "；", "、")
_FEWEST_ALIKE = 0.5
"""Share of the lines that a separator must cut into as many cells as most."""
_LINES_LOOKED_AT = 200
_GAPS = re.compile(r"[ \u3000\xa0]{2,}")
_BLANKS = re.compile(r"[ \u3000\xa0]+")
_MOST_ODD = 0.02
"""Share of control characters from which on a file is no text."""
_EXCEL_TEXT = re.compile(r'^="(.*)"$')
"""How programs write digits into a csv so that Excel keeps them: ="13800138000"."""


def text_sheet(path: Path, data: bytes) -> Sheet:
    """The one sheet of a text file.

    Raises:
        ListError: ``list_broken``: it is no text.
    """
    try:
        text = decode_text(data)
    except UnicodeDecodeError as error:
        raise _no_text(path) from error
    odd = sum(1 for c in text[:20_000] if c < " " and c not in "\t\r\n\f\v\x1a\x1c\x1d\x1e\x1f")
    if "\0" in text or odd > _MOST_ODD * min(len(text), 20_000) + 1:
        raise _no_text(path)
    return sheet_of(path.stem if path.stem != "-" else "粘贴的名单", _rows(text))


def _no_text(path: Path) -> ListError:
    return ListError("list_broken", f"{path.name} 不是文本文件，或者已经损坏。{SAVE_AS}")


def _rows(text: str) -> Iterator[Sequence[str]]:
    separator = _separator(text)
    if separator in (",", "\t", ";", "|"):
        return (_without_wrapping(row) for row in _csv_rows(text, separator))
    lines = text.splitlines()
    if separator:
        return (line.split(separator) for line in lines)
    return (_cut_at_blanks(line) for line in lines)


def _separator(text: str) -> str:
    """The separator that cuts most lines, and cuts them alike; empty where none does."""
    head = "\n".join(text.splitlines()[:_LINES_LOOKED_AT])
    if head.count('"') % 2:
        head = head[: head.rindex('"')]
    bare = re.sub(r'"[^"]*"', "-", head)  # a cell may hold line breaks and separators
    lines = [line for line in bare.splitlines() if line.strip()]
    scores = {mark: _alike(lines, mark) for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: scores[mark])
    return best if scores[best] >= _FEWEST_ALIKE else ""


def _alike(lines: Sequence[str], mark: str) -> float:
    """Share of the lines that ``mark`` cuts, with a little more for the number that most are cut into."""
    counts = Counter(line.count(mark) for line in lines)
    cut = sum(number for count, number in counts.items() if count)
    if not cut:
        return 0.0
    commonest = max(number for count, number in counts.items() if count)
    return (cut + 0.1 * commonest) / len(lines)


def _csv_rows(text: str, separator: str) -> Iterator[list[str]]:
    """Rows as the lines of the file count them: a cell with line breaks leaves blank rows behind.

    A quotation mark that is never closed would swallow the rest of the file: then they all mean nothing.
    """
    if text.count('"') % 2 or not _quotes_are_sound(text, separator):
        yield from (line.split(separator) for line in text.splitlines())
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines = 0
    for row in reader:
        yield row
        yield from ([] for _ in range(reader.line_num - lines - 1))
        lines = reader.line_num


def _quotes_are_sound(text: str, separator: str) -> bool:
    if '"' not in text and "\r" not in text.replace("\r\n", ""):
        return all(len(line) < LONGEST_TEXT for line in text.splitlines())
    try:
        return all(
            len(cell) < LONGEST_TEXT // 8
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            for cell in row
        )
    except csv.Error:
        return False


def _without_wrapping(row: list[str]) -> list[str]:
    return [_EXCEL_TEXT.sub(r"\1", cell.strip()) if "=" in cell else cell for cell in row]


def _cut_at_blanks(line: str) -> list[str]:
    """Cut where the gaps are wide; where none is, at each blank, but not within a telephone number."""
    line = line.strip()
    if _GAPS.search(line):
        return _GAPS.split(line)
    joined = re.sub(r"(?<=\d)[ \u3000\xa0](?=\d{3,4}(?!\d))", "\0", line)
    return [part.replace("\0", " ") for part in _BLANKS.split(joined)]
