"""What the package of an .xlsx says beside its values: how far each sheet reaches, which rows are hidden,
what is struck through.

Read from the parts as text, in a second for a hundred thousand rows; the values themselves are left to the
readers of ``workbooks``.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from campaign.errors import ListError
from campaign.lists.sheet import Place
from campaign.lists.trouble import SAVE_AS, broken, too_big

_MOST_BYTES = 400 * 1024 * 1024
"""Unpacked size beyond which a workbook is no resident list but a mistake (or a zip bomb)."""
_MOST_RATIO = 400
"""Sheets pack ten- to thirty-fold; what packs much better is one value over and over."""
_LETTERS = 26


@dataclass(frozen=True)
class _Patterns:
    """How the marks of a part look; with a fixed beginning they are found in a tenth of the time."""

    row: re.Pattern[bytes]
    far_cell: re.Pattern[bytes]
    """A cell beyond column Z or row 99,999."""
    cell: re.Pattern[bytes]
    merged: re.Pattern[bytes]


_PLAIN = _Patterns(
    re.compile(rb"<row [^>]*>"),
    re.compile(rb' r="(?:([A-Z]{2,3})(\d{1,7})|([A-Z])(\d{6,7}))"'),
    re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'),
    re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'),
)
"""As all known programs write them."""
_ANY = _Patterns(
    re.compile(rb"<(?:\w+:)?row\b[^>]*>"),
    re.compile(rb"\br\s*=\s*[\"'](?:([A-Za-z]{2,3})(\d{1,7})|([A-Za-z])(\d{6,7}))[\"']"),
    re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*>"),
    re.compile(
        rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']"
        rb"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
    ),
)
_UNUSUAL = (b"\nr=", b"\tr=", b"\rr=", b" r =", b" r='", b"\nref=", b" ref='", b":sheetData")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d+)[\"']")


@dataclass(frozen=True)
class SheetScan:
    """One sheet's outline."""

    last_row: int = 0
    """Counted from 1."""
    last_column: int = 0
    """Counted from 1; at least 26, since narrower sheets are all alike to those who ask."""
    hidden_rows: frozenset[int] = frozenset()
    """From 0."""
    struck: frozenset[Place] = frozenset()
    merged_areas: tuple[tuple[int, int, int, int], ...] = ()
    """First and last row, first and last column, from 0."""

    @property
    def cells(self) -> int:
        return self.last_row * self.last_column


@dataclass(frozen=True)
class Package:
    """An opened workbook file."""

    path: Path
    is_xlsx: bool
    scans: Mapping[str, SheetScan] = field(default_factory=dict)
    """The outline of each sheet by its name."""

    def scan(self, sheet: str) -> SheetScan:
        """The outline of a sheet; an empty one where the package does not tell."""
        return self.scans.get(sheet, SheetScan())


def open_package(path: Path, data: bytes) -> Package:
    """Open a zip file that should be a workbook.

    Raises:
        ListError: ``list_broken``, ``list_too_big``, ``list_unknown_format`` or ``list_encrypted``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _opened(path, archive, len(data))
    except (zipfile.BadZipFile, OSError, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise broken(path) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise ListError(
            "list_encrypted", f"{path.name} 是加了密码的压缩文件，读不了。请解压后再导入里面的名单。"
        ) from error


def _opened(path: Path, archive: zipfile.ZipFile, packed: int) -> Package:
    names = archive.namelist()
    if not any(name.endswith(("xl/workbook.xml", "xl/workbook.bin")) for name in names):
        return _other_package(path, archive, names)
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_BYTES or (size > 50 * 1024 * 1024 and size > packed * _MOST_RATIO):
        raise too_big(path)
    if "xl/workbook.xml" not in names:
        return Package(path, is_xlsx=False)
    struck = _struck_styles(archive)
    return Package(path, True, {name: _scan(part, struck) for name, part in _sheet_parts(archive)})


def _other_package(path: Path, archive: zipfile.ZipFile, names: list[str]) -> Package:
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES // 4:
            raise too_big(path)
        return Package(path, is_xlsx=False)
    if any(name.startswith("word/") for name in names):
        raise ListError(
            "list_unknown_format", f"{path.name} 是 Word 文档。请把里面的表格复制到 Excel 里，保存后再导入。"
        )
    if any(name.lower().endswith((".xlsx", ".xls", ".csv")) for name in names):
        raise ListError("list_unknown_format", f"{path.name} 是压缩包，请解压后再导入里面的名单。")
    is_other = "mimetype" in names or any(name.startswith(("ppt/", "xl/")) for name in names)
    if is_other or path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise ListError(
            "list_unknown_format",
            f"{path.name} 不是名单能用的格式，可以导入 .xlsx、.xls、.csv 和 .tsv。{SAVE_AS}",
        )
    raise broken(path)


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each sheet's name and its part, as the workbook and its relationships tell."""
    targets = {
        _attribute(relation, "Id"): _attribute(relation, "Target")
        for relation in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(_attribute(sheet, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            yield _attribute(sheet, "name"), archive.read(part)


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[ElementTree.Element]:
    try:
        root = ElementTree.fromstring(archive.read(part))
    except (KeyError, ElementTree.ParseError):
        return
    yield from (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), "")


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the cell formats whose font is struck through."""
    fonts = next(_elements(archive, "xl/styles.xml", "fonts"), None)
    formats = next(_elements(archive, "xl/styles.xml", "cellXfs"), None)
    if fonts is None or formats is None:
        return frozenset()
    struck = {str(number) for number, font in enumerate(fonts) if _is_struck(font)}
    return frozenset(
        number for number, one in enumerate(formats) if struck and _attribute(one, "fontId") in struck
    )


def _is_struck(font: ElementTree.Element) -> bool:
    marks = (mark for mark in font if mark.tag.rpartition("}")[2] == "strike")
    return any(_attribute(mark, "val") not in ("0", "false") for mark in marks)


def _scan(part: bytes, struck_styles: frozenset[int]) -> SheetScan:
    patterns = _ANY if any(mark in part for mark in _UNUSUAL) else _PLAIN
    hidden, last_row = _rows(part, patterns)
    last_column = _LETTERS if part else 0
    for match in patterns.far_cell.finditer(part):
        last_column = max(last_column, _column_number(match[1] or match[3]))
        last_row = max(last_row, int(match[2] or match[4]))
    struck = frozenset(_struck_cells(part, patterns, struck_styles) if struck_styles else ())
    return SheetScan(last_row, last_column, hidden, struck, tuple(_merged(part, patterns)))


def _rows(part: bytes, patterns: _Patterns) -> tuple[frozenset[int], int]:
    """The hidden rows from 0, and the number of the last row from 1."""
    hidden: set[int] = set()
    number = 0
    for row in patterns.row.finditer(part):
        told = _ROW_NUMBER.search(row[0])
        number = int(told[1]) if told else number + 1
        if b"hidden" in row[0] and _HIDDEN.search(row[0]):
            hidden.add(number - 1)
    return frozenset(hidden), number


def _struck_cells(part: bytes, patterns: _Patterns, styles: frozenset[int]) -> Iterator[Place]:
    for match in patterns.cell.finditer(part):
        if _is_styled(match[0], styles):
            yield int(match[2]) - 1, _column_number(match[1]) - 1


def _is_styled(cell: bytes, styles: frozenset[int]) -> bool:
    style = _STYLE.search(cell)
    return style is not None and int(style[1]) in styles


def _merged(part: bytes, patterns: _Patterns) -> Iterator[tuple[int, int, int, int]]:
    for match in patterns.merged.finditer(part):
        left, top, right, bottom = match.groups()
        yield int(top) - 1, int(bottom) - 1, _column_number(left) - 1, _column_number(right) - 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
