"""Sentences about files that cannot be read, said alike by all readers."""

from __future__ import annotations

from pathlib import Path

from campaign.errors import ListError

SAVE_AS = "请用 Excel 或 WPS 打开它，“另存为”选“Excel 工作簿（.xlsx）”，再导入新文件。"


def broken(path: Path) -> ListError:
    """A workbook that no reader makes sense of."""
    return ListError(
        "list_broken",
        f"{path.name} 已损坏，不是完整的 Excel 文件（可能没有下载完）。请重新取得这个文件；"
        "如果 Excel 还能打开它，另存为一个新文件再导入。",
    )


def too_big(path: Path) -> ListError:
    """A file that unpacks into more than any list."""
    return ListError("list_too_big", f"{path.name} 太大了，不像一份名单。请只留下居民那张表，另存后再导入。")


def encrypted(path: Path) -> ListError:
    """A workbook of Excel 97-2003 behind a password."""
    return ListError(
        "list_encrypted",
        f"{path.name} 设了打开密码，读不了。请用 Excel 打开它，去掉密码，保存后再导入。",
    )
