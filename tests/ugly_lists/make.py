"""Makes the ugly lists of ``lists.yaml`` as files: ``python -m tests.ugly_lists.make FOLDER``."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from ruamel.yaml import YAML

LISTS = Path(__file__).parent / "lists.yaml"


@dataclass(frozen=True)
class UglyList:
    """One list and what should come of it."""

    title: str
    file: str
    told: Mapping[str, Any]
    """All that ``lists.yaml`` says of it."""

    @property
    def residents(self) -> list[tuple[str, ...]]:
        """Name, numbers separated by blanks, building, unit, room."""
        return [_five(line) for line in self.told.get("residents", ())]

    @property
    def problems(self) -> list[tuple[str, int, str, bool]]:
        """Sheet, row, kind, whether the row was imported all the same; in the order of the list."""
        return [_problem(line) for line in self.told.get("problems", ())]

    @property
    def refused(self) -> str:
        """Code of the error, or empty."""
        return str(self.told.get("refused", ""))

    def write(self, folder: Path) -> Path:
        """Make the file."""
        path = folder / self.file
        path.write_bytes(self._bytes())
        return path

    def _bytes(self) -> bytes:
        if special := self.told.get("special"):
            return _SPECIALS[special]()
        if "text" in self.told:
            return str(self.told["text"]).encode(self.told.get("encoding", "utf-8"))
        is_old = self.told.get("as", Path(self.file).suffix.lstrip(".")) == "xls"
        return _old_workbook(self.told) if is_old else _workbook(self.told)


def _five(line: str) -> tuple[str, ...]:
    parts = [part.strip() for part in line.split("|")]
    return tuple(parts + [""] * (5 - len(parts)))


def _problem(line: str) -> tuple[str, int, str, bool]:
    sheet, row, kind = line.split()
    return sheet, int(row), kind.rstrip("*"), kind.endswith("*")


def ugly_lists() -> list[UglyList]:
    """All of them."""
    return [UglyList(told["title"], told["file"], told) for told in YAML(typ="safe").load(LISTS)]


def _workbook(told: Mapping[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in told["sheets"].items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)
        for area in told.get("merged", {}).get(name, ()):
            sheet.merge_cells(area)
        for number in told.get("hidden_rows", {}).get(name, ()):
            sheet.row_dimensions[number].hidden = True
        for cell in told.get("struck", {}).get(name, ()):
            sheet[cell].font = Font(strike=True)
        if name in told.get("hidden_sheets", ()):
            sheet.sheet_state = "hidden"
    return _saved(book)


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _old_workbook(told: Mapping[str, Any]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in told["sheets"].items():
        sheet = book.add_sheet(name)
        areas = [range_boundaries(area) for area in told.get("merged", {}).get(name, ())]
        for left, top, right, bottom in areas:
            value = rows[top - 1][left - 1]
            sheet.write_merge(top - 1, bottom - 1, left - 1, right - 1, value)
        for row, column, value in _free_cells(rows, areas):
            sheet.write(row, column, value)
        for number in told.get("hidden_rows", {}).get(name, ()):
            sheet.row(number - 1).hidden = True
    return _saved(book)


def _free_cells(rows: list[list[Any]], areas: list[Any]) -> Iterator[tuple[int, int, Any]]:
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            inside = any(
                top - 1 <= row < bottom and left - 1 <= column < right for left, top, right, bottom in areas
            )
            if value is not None and not inside:
                yield row, column, value


def _small() -> Any:
    book = openpyxl.Workbook()
    for row in (["姓名", "电话"], ["张三", "13800138000"]):
        book.worksheets[0].append(row)
    return book


def _far_cell() -> bytes:
    book = _small()
    book.worksheets[0]["XFD1048576"] = " "
    return _saved(book)


def _half() -> bytes:
    whole = _saved(_small())
    return whole[: len(whole) // 2]


def _bomb() -> bytes:
    file = io.BytesIO(_saved(_small()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.bin", bytes(80 * 1024 * 1024))
    return file.getvalue()


def _encrypted() -> bytes:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return ole + "EncryptedPackage".encode("utf-16-le") + bytes(96)


def _word() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return file.getvalue()


_ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="名单">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def _ods() -> bytes:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    table = (("姓名", "电话"), ("张三", "13800138000"), ("李四", "13900139000"))
    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr("content.xml", _ODS_CONTENT.format(rows=rows))
    return file.getvalue()


_SPECIALS: Mapping[str, Callable[[], bytes]] = {
    "far_cell": _far_cell,
    "half": _half,
    "bomb": _bomb,
    "encrypted": _encrypted,
    "word": _word,
    "ods": _ods,
    "picture": lambda: b"\xff\xd8\xff\xe0" + bytes(500),
}


def main(folder: Path) -> None:
    """Write all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for ugly in ugly_lists():
        print(f"{ugly.write(folder).name}\t{ugly.title}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
