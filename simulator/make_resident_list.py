"""Makes ``resident_list.xlsx``: the bundled list, in the form in which communities keep theirs.

The names and numbers are those of ``residents.yaml``; the rest is made up here.
"""

from __future__ import annotations

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from ruamel.yaml import YAML

HERE = Path(__file__).parent
LIST = HERE / "resident_list.xlsx"
TITLE = "幸福社区居民健康排查名单"
HEADER = ("序号", "姓名", "楼栋", "单元", "门牌号", "联系电话", "备注")
WIDTHS = (6, 10, 8, 8, 8, 16, 24)
REMARKS = {5: "经常出差", 8: "听力不好，说慢一点", 12: "独居老人，儿子在外地", 20: "女儿同住"}


def rows() -> list[tuple[int, str, str, str, str, str, str]]:
    """One row for each resident: three buildings, two units, some floors."""
    residents = YAML(typ="safe").load((HERE / "residents/residents.yaml").read_text(encoding="utf-8"))
    return [
        (
            number,
            resident["name"],
            f"{1 + (number - 1) // 8}号楼",
            f"{1 + number % 2}单元",
            f"{1 + number * 7 % 6}{number % 2 + 1:02d}",
            resident["number"],
            REMARKS.get(number, ""),
        )
        for number, resident in enumerate(residents["residents"], start=1)
    ]


def make(path: Path) -> None:
    """Write the list: a merged title row, the header, the residents; telephone numbers as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "居民名单"
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
    sheet["A1"].font = Font(size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(HEADER)
    for row in rows():
        sheet.append(row)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row_number in range(3, sheet.max_row + 1):
        sheet.cell(row_number, 6).number_format = "@"
    sheet.freeze_panes = "A3"
    book.save(path)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else LIST)
