"""Tables in HTML and in the XML of Excel 2003, which many offices' programs save under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from campaign.errors import ListError
from campaign.lists.sheet import Sheet, sheet_of
from campaign.lists.trouble import SAVE_AS, broken
from campaign.text_files import decode_text

_HEAD = 4096
_MOST_SPAN = 1000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def is_markup(data: bytes) -> bool:
    """Whether a file is a web page or XML rather than text in lines."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<div", b"<style")
    )


def markup_sheets(path: Path, data: bytes) -> list[Sheet]:
    """The tables of a web page, or the sheets of an XML spreadsheet.

    Raises:
        ListError: ``list_unknown_format`` where there is no table in it, ``list_broken``.
    """
    if _SPREADSHEET.encode() in data[: 4 * _HEAD].replace(b"\0", b""):
        return _xml_sheets(path, data)
    reader = _TableReader()
    try:
        reader.feed(_page_text(data))
        reader.close()
    except (UnicodeDecodeError, LookupError, AssertionError) as error:
        raise broken(path) from error
    sheets = [sheet for table in reader.tables if not (sheet := table.sheet(path.stem)).is_empty]
    if not sheets:
        raise ListError("list_unknown_format", f"{path.name} 是网页，里面没有表格。{SAVE_AS}")
    return sheets


def _page_text(data: bytes) -> str:
    told = _CHARSET.search(data[:_HEAD])
    if told and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = told[1].decode("ascii").lower()
        return data.decode("gb18030" if name.startswith("gb") else name, errors="replace")
    return decode_text(data)


class _Table:
    """Cells of one ``<table>`` with their spans."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.areas: list[tuple[int, int, int, int]] = []
        self.hidden: set[int] = set()
        self._taken: set[tuple[int, int]] = set()

    def add_row(self, *, is_hidden: bool) -> None:
        if is_hidden:
            self.hidden.add(len(self.rows))
        self.rows.append([])

    def add_cell(self, text: str, down: int, across: int) -> None:
        row = len(self.rows) - 1
        column = len(self.rows[row])
        while (row, column) in self._taken:
            self.rows[row].append("")
            column += 1
        self.rows[row].append(text)
        self.rows[row].extend([""] * (across - 1))
        if down > 1 or across > 1:
            self.areas.append((row, row + down - 1, column, column + across - 1))
            below = range(row + 1, row + down)
            self._taken |= {(r, c) for r in below for c in range(column, column + across)}

    def sheet(self, name: str) -> Sheet:
        return sheet_of(name, self.rows, self.areas, hidden_rows=self.hidden)


class _TableReader(HTMLParser):
    """Gathers the tables of a page; a table within a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            self._end_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].add_row(is_hidden="display:none" in told.get("style", "").replace(" ", ""))
        elif tag in ("td", "th") and self._open:
            self._begin_cell(told)
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _begin_cell(self, told: dict[str, str]) -> None:
        self._end_cell()
        if not self._open[-1].rows:
            self._open[-1].add_row(is_hidden=False)
        self._text = []
        self._span = _span(told.get("rowspan", "")), _span(told.get("colspan", ""))

    def _end_cell(self) -> None:
        if self._text is not None and self._open:
            self._open[-1].add_cell("".join(self._text).strip(), *self._span)
        self._text = None


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if re.fullmatch(r"[0-9]{1,6}", text.strip()) else 1


# --- the XML of Excel 2003 ----------------------------------------------------------------------------


def _xml_sheets(path: Path, data: bytes) -> list[Sheet]:
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise broken(path) from error
    return [_xml_sheet(sheet) for sheet in root.iter(f"{{{_SPREADSHEET}}}Worksheet")]


def _xml_sheet(sheet: ElementTree.Element) -> Sheet:
    rows: list[list[str]] = []
    areas: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    for row in sheet.iter(f"{{{_SPREADSHEET}}}Row"):
        _skip_to(rows, row, [])
        if _own(row, "Hidden") == "1":
            hidden.add(len(rows))
        rows.append(_xml_row(row, len(rows), areas))
    visible = next(sheet.iter("{urn:schemas-microsoft-com:office:excel}Visible"), None)
    is_hidden = visible is not None and "Hidden" in (visible.text or "")
    return sheet_of(_own(sheet, "Name"), rows, areas, hidden_rows=hidden, is_hidden=is_hidden)


def _xml_row(row: ElementTree.Element, number: int, areas: list[tuple[int, int, int, int]]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{{{_SPREADSHEET}}}Cell"):
        _skip_to(cells, cell, "")
        across, down = (min(_number(_own(cell, name)), _MOST_SPAN) for name in ("MergeAcross", "MergeDown"))
        if across or down:
            areas.append((number, number + down, len(cells), len(cells) + across))
        data = next(cell.iter(f"{{{_SPREADSHEET}}}Data"), None)
        cells.append("" if data is None else "".join(data.itertext()))
        cells.extend([""] * across)
    return cells


def _skip_to(made: list[str] | list[list[str]], element: ElementTree.Element, blank: str | list[str]) -> None:
    """Leave out what ``ss:Index`` leaves out; a far one is no list's."""
    wanted = min(_number(_own(element, "Index")), 100_000) - 1
    while len(made) < wanted:
        made.append(blank)  # type: ignore[arg-type]


def _own(element: ElementTree.Element, name: str) -> str:
    return element.get(f"{{{_SPREADSHEET}}}{name}", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
