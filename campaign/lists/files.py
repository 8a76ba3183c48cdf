"""Any file that a list comes in, into sheets. What is wrong with one is a ``ListError`` that says what to do.

A file is what its first bytes say, not what its name says: an ``.xls`` that is a web page and an ``.xlsx``
that is text are read as what they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from campaign.errors import ListError
from campaign.lists.markup import is_markup, markup_sheets
from campaign.lists.old_workbooks import old_workbook_sheets
from campaign.lists.sheet import Sheet
from campaign.lists.text_tables import text_sheet
from campaign.lists.trouble import SAVE_AS, broken
from campaign.lists.workbooks import workbook_sheets

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", "")
STANDARD_INPUT = "-"
"""Stands for what is pasted or piped in."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_WITHOUT_OLE = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_ZIP = b"PK\x03\x04"
_MOST_BYTES = 400 * 1024 * 1024
_OTHER_FORMATS = {
    b"%PDF": "PDF 文件",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "Word 文档",
}


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a file in its order, hidden ones too.

    Raises:
        ListError: ``list_missing``, ``list_unreadable``, ``list_encrypted``, ``list_broken``,
            ``list_too_big`` or ``list_unknown_format``.
    """
    return sheets_of(path, _bytes_of(path))


def sheets_of(path: Path, data: bytes) -> list[Sheet]:
    """The sheets in the bytes of a file.

    Raises:
        ListError: As ``read_sheets``.
    """
    if data.startswith(_ZIP):
        return workbook_sheets(path, data)
    if data.startswith(_OLE):
        return _ole_sheets(path, data)
    if told := next((told for start, told in _OTHER_FORMATS.items() if data.startswith(start)), ""):
        raise ListError("list_unknown_format", f"{path.name} 是{told}，不是名单能用的格式。{SAVE_AS}")
    if is_markup(data):
        return markup_sheets(path, data)
    if data[:2] in _BIFF_WITHOUT_OLE and b"\0" in data[:8]:
        return old_workbook_sheets(path, data)
    return _text_sheets(path, data)


def _text_sheets(path: Path, data: bytes) -> list[Sheet]:
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return [text_sheet(path, data)]
    if suffix not in (".xlsx", ".xlsm", ".xls", ".et"):
        raise ListError(
            "list_unknown_format",
            f"{path.name} 不是名单能用的格式，可以导入 .xlsx、.xls、.csv 和 .tsv。{SAVE_AS}",
        )
    try:
        sheet = text_sheet(path, data)
    except ListError:
        raise broken(path) from None
    if sheet.rows and len(sheet.rows[0]) > 1:
        return [sheet]
    raise broken(path)


def _ole_sheets(path: Path, data: bytes) -> list[Sheet]:
    """An OLE container holds an encrypted xlsx, a workbook of Excel 97-2003, or another old document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ListError(
            "list_encrypted",
            f"{path.name} 设了打开密码，读不了。请用 Excel 打开它，"
            "在“文件”“信息”“保护工作簿”里去掉密码，保存后再导入。",
        )
    if "WordDocument".encode("utf-16-le") in data:
        raise ListError(
            "list_unknown_format", f"{path.name} 是 Word 文档。请把里面的表格复制到 Excel 里，保存后再导入。"
        )
    return old_workbook_sheets(path, data)


def _bytes_of(path: Path) -> bytes:
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(_MOST_BYTES)
    if path.name.startswith("~$"):
        real = path.name.removeprefix("~$")
        raise ListError("list_unreadable", f"{path.name} 是 Excel 的临时文件，请改用 {real}。")
    try:
        if path.is_file() and path.stat().st_size > _MOST_BYTES:
            raise ListError("list_too_big", f"{path.name} 太大了，不像一份名单。请检查是不是选错了文件。")
        return path.read_bytes()
    except FileNotFoundError:
        raise ListError("list_missing", f"找不到名单 {path}。请检查文件名和所在的文件夹。") from None
    except IsADirectoryError:
        raise ListError("list_unreadable", f"{path} 是文件夹，请给出名单文件本身。") from None
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "文件名不对"
        raise ListError(
            "list_unreadable",
            f"读不了名单 {path}（{told}）。请检查文件权限，或把它复制到别处再试。",
        ) from error
