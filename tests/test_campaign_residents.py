"""Resident lists as communities keep them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.errors import EXIT_BAD_INPUT, ListError
from campaign.lists.columns import Column, meaning_of
from campaign.lists.id_numbers import mask_id_number
from campaign.lists.reading import ResidentList, read_residents
from campaign.records import Resident

BUNDLED = Path(__file__).parent.parent / "simulator" / "resident_list.xlsx"


def workbook(folder: Path, *sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = folder / "名单.xlsx"
    book.save(path)
    return path


def text_list(folder: Path, text: str, encoding: str = "utf-8", name: str = "名单.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def only(listing: ResidentList) -> Resident:
    assert len(listing.residents) == 1
    return listing.residents[0]


def refusal(path: Path) -> ListError:
    with pytest.raises(ListError) as caught:
        read_residents(path)
    assert caught.value.exit_code == EXIT_BAD_INPUT
    return caught.value


# --- what is read -------------------------------------------------------------------------------------


def test_the_bundled_list_has_twenty_residents_and_no_problem() -> None:
    listing = read_residents(BUNDLED)
    assert len(listing.residents) == 20
    assert listing.problems == ()
    assert listing.residents[0] == Resident(
        id=0, row=3, name="王建国", phones=("13800000001",), building="1号楼", unit="2单元", room="202室",
        extra={"序号": "1"},
    )  # fmt: skip


def test_a_title_above_the_header_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["幸福社区居民联系电话一览表"],
            [],
            ["姓名", "联系电话"],
            ["张三", "13800138000"],
            [None, None],
            ["李四", 13900139000],
        ],
        merged=["A1:B1"],
    )
    listing = read_residents(path)
    assert [(r.row, r.name, r.phones) for r in listing.residents] == [
        (4, "张三", ("13800138000",)),
        (6, "李四", ("13900139000",)),
    ]
    assert listing.problems == ()


def test_columns_are_known_by_their_names_and_the_others_travel_along(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            [
                "楼 栋",
                "单元号",
                "门牌号",
                "户主\n姓名",
                "身份证号",
                "手机号码*",
                "网格员电话",
                "常住人口",
                "备注",
            ],
            [
                3,
                2,
                501,
                "欧阳 娜娜",
                "110101199001011234",
                "13800138000",
                "13700137000",
                4,
                "身份证110101199001011234",
            ],
        ],
    )
    resident = only(read_residents(path))
    assert resident.name == "欧阳娜娜"
    assert resident.phones == ("13800138000",), "the warden's number is nobody to be called"
    assert resident.place == "3号楼2单元501室"
    assert resident.id_number == "110101********1234"
    assert resident.remark == "身份证110101********1234"
    assert resident.extra == {"网格员电话": "13700137000", "常住人口": "4"}


def test_address_and_rooms_make_one_address(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [["姓名", "电话", "住址", "楼号", "房号"], ["张三", "13800138000", "幸福里小区", "3号楼", "501"]],
    )
    assert only(read_residents(path)).place == "幸福里小区3号楼501室"


def test_all_telephone_columns_count_in_their_order(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["姓名", "电话1", "电话2", "固定电话"],
            ["张三", "13900139000", "13800138000/13900139000", "010-62345678"],
        ],
    )
    assert only(read_residents(path)).phones == ("13900139000", "13800138000", "01062345678")


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [["姓名", "联系方式", None], [None, "手机", "座机"], ["张三", "13800138000", "010-62345678"]],
        merged=["A1:A2", "B1:C1"],
    )
    resident = only(read_residents(path))
    assert (resident.row, resident.name) == (3, "张三")
    assert resident.phones == ("13800138000", "01062345678")


def test_merged_cells_hold_for_every_row_of_theirs(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["楼号", "姓名", "电话"],
            ["1号楼", "张三", "13800138000"],
            [None, "李四", "13900139000"],
            [None, "王五", "13700137000"],
        ],
        merged=["A2:A4"],
    )
    assert [r.building for r in read_residents(path).residents] == ["1号楼"] * 3


def test_all_sheets_with_telephones_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [["填表说明"], ["请勿改动表头"]],
        [["姓名", "电话"], ["张三", "13800138000"]],
        [["姓名", "电话"], ["李四", "13900139000"]],
    )
    listing = read_residents(path)
    assert listing.sheets == ("表2", "表3")
    assert [(r.row, r.name, r.extra) for r in listing.residents] == [
        (2, "张三", {"工作表": "表2"}),
        (2, "李四", {"工作表": "表3"}),
    ]
    assert listing.problems == ()


def test_numbers_stored_as_numbers_keep_their_digits(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["姓名", "电话"])
    sheet.append(["张三", 13800138000.0])
    sheet.append(["李四", 1062345678])
    sheet["B3"].number_format = "00000000000"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert [r.phones[0] for r in read_residents(path).residents] == ["13800138000", "01062345678"]


def test_only_a_telephone_column_is_needed(tmp_path: Path) -> None:
    listing = read_residents(workbook(tmp_path, [["手机号"], ["13800138000"]]))
    assert only(listing).name == ""
    assert listing.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_are_read_in_every_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["姓名", "联系电话", "门牌号"], ["张三", "13800138000", "501"], ["李四", "13900139000", "502"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    listing = read_residents(text_list(tmp_path, text, encoding))
    assert [r.name for r in listing.residents] == ["张三", "李四"]


def test_rows_of_a_text_file_are_its_lines(tmp_path: Path) -> None:
    path = text_list(tmp_path, '姓名,电话\n张三,"13800138000\n13900139000"\n李四,13700137000\n')
    assert [(r.row, r.phones) for r in read_residents(path).residents] == [
        (2, ("13800138000", "13900139000")),
        (4, ("13700137000",)),
    ]


def test_the_meaning_of_a_column_is_told(tmp_path: Path) -> None:
    listing = read_residents(workbook(tmp_path, [["序号", "姓名", "电话"], [1, "张三", "13800138000"]]))
    assert listing.columns == {"序号": "原样带入结果表", "姓名": "姓名", "电话": "电话"}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("联系电话（手机）", Column.PHONE),
        ("户主联系电话", Column.PHONE),
        ("电 话 1", Column.PHONE),
        ("是否有电话", None),
        ("紧急联系人电话", None),
        ("物业电话", None),
        ("与户主关系", None),
        ("楼栋号", Column.BUILDING),
        ("现居住地址", Column.ADDRESS),
        ("", None),
    ],
)
def test_headings(heading: str, meaning: Column | None) -> None:
    assert meaning_of(heading).used is meaning


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("110101199001011234", "110101********1234"),
        ("11010119900101123x", "110101********123X"),
        ("110101900101123", "11***********23"),
        ("E12345678", "E1*****78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_identity_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_id_number(text) == masked


# --- rows that are not imported -----------------------------------------------------------------------


def test_every_row_that_is_not_imported_says_why(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["姓名", "电话", "备注"],
            ["张三", "13800138000", None],
            ["李四", "1380013", None],
            ["王五", None, None],
            ["赵六", "无", None],
            ["孙七", "4008001234", None],
            ["张三", "138-0013-8000", None],
            ["周八", "见备注", "x"],
            ["姓名", "电话", "备注"],
            ["小计", None, "6户"],
            ["吴九", "13900139000/139", None],
            ["张三媳妇", "13800138000", None],
            [None, "13700137000", None],
            ["填表人：刘主任", None, None],
        ],
    )
    listing = read_residents(path)
    assert [r.name for r in listing.residents] == ["张三", "吴九", "张三媳妇", ""]
    assert [(p.row, p.kind, p.is_imported) for p in listing.problems] == [
        (3, "bad_phone", False),
        (4, "no_phone", False),
        (5, "no_phone", False),
        (6, "service_number", False),
        (7, "duplicate", False),
        (8, "bad_phone", False),
        (10, "not_a_resident", False),
        (11, "partly_bad", True),
        (12, "shared_number", True),
        (13, "no_name", True),
        (14, "not_a_resident", False),
    ]
    sentences = [problem.sentence for problem in listing.problems]
    assert sentences[0] == "第 3 行（李四）：“1380013”手机号应为 11 位，这里是 7 位，没有导入"
    assert "与第 2 行重复" in sentences[4]
    assert "与第 2 行（张三）号码相同" in sentences[8]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["C", "Z"]), max_size=6),
            st.text(st.sampled_from("0123456789138/-、 转*"), max_size=24),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_row_disappears(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    table = [("姓名", "电话"), ("张三", "13800138000"), *((name, f"x{phone}") for name, phone in rows)]
    listing = read_residents(workbook(tmp_path, table))
    told = {r.row for r in listing.residents} | {p.row for p in listing.problems}
    assert told == set(range(2, len(table) + 1))


# --- lists that cannot be imported --------------------------------------------------------------------


def test_no_telephone_column_tells_the_headers_seen_and_the_names_known(tmp_path: Path) -> None:
    error = refusal(workbook(tmp_path, [["名单"], ["姓名", "住址", "年龄"], ["张三", "1号楼", 61]]))
    assert error.code == "list_no_phone_column"
    assert "姓名、住址、年龄" in error.message
    assert "联系电话、手机号" in error.message


def test_an_empty_list(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path, [])).code == "list_empty"
    assert refusal(text_list(tmp_path, "")).code == "list_empty"
    error = refusal(workbook(tmp_path, [["姓名", "电话"]]))
    assert error.code == "list_empty"
    assert "只有表头" in error.message


def test_a_list_in_which_nobody_can_be_called_gives_examples(tmp_path: Path) -> None:
    error = refusal(workbook(tmp_path, [["姓名", "电话"], ["张三", "138"], ["李四", ""]]))
    assert error.code == "list_nobody"
    assert "第 2 行（张三）" in error.message
    assert "第 3 行（李四）" in error.message


def test_a_password_protected_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(96))
    error = refusal(path)
    assert error.code == "list_encrypted"
    assert "去掉密码" in error.message
    path.write_bytes(ole + "Workbook".encode("utf-16-le"))
    error = refusal(path)
    assert error.code == "list_broken"
    assert "另存为" in error.message


def test_a_broken_workbook(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [["姓名", "电话"], ["张三", "13800138000"]]).read_bytes()
    path = tmp_path / "断.xlsx"
    hole = whole.index(b"xl/worksheets/sheet1.xml") + 40
    for data in (whole[: len(whole) // 2], b"", b"hello", whole[:hole] + bytes(40) + whole[hole + 40 :]):
        path.write_bytes(data)
        assert refusal(path).code == "list_broken"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook")
    assert refusal(path).code == "list_broken"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("名单.xls", b"<html><table><tr><td>1</td></tr></table></html>", "list_no_phone_column"),
        ("名单.xls", b"<html><p>1</p></html>", "list_unknown_format"),
        ("名单.pdf", b"%PDF-1.7", "list_unknown_format"),
        ("名单.csv", b"\xff\xfe\xff\xff\x00\xd8", "list_broken"),
        ("名单.csv", b"\x00\x01\x02" * 50, "list_broken"),
    ],
)
def test_other_formats(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path).code == code


def test_a_document_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "名单.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert refusal(path).code == "list_unknown_format"


def test_a_missing_list_and_a_folder(tmp_path: Path) -> None:
    error = refusal(tmp_path / "没有.xlsx")
    assert error.code == "list_missing"
    assert "没有.xlsx" in error.message
    assert refusal(tmp_path).code == "list_unreadable"
    assert "改用 名单.xlsx" in refusal(tmp_path / "~$名单.xlsx").message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_list_that_may_not_be_read(tmp_path: Path) -> None:
    path = text_list(tmp_path, "电话\n13800138000\n")
    path.chmod(0)
    assert refusal(path).code == "list_unreadable"
