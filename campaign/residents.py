"""A spreadsheet of residents, as communities keep them, into residents and problems.

The header row is found below titles; columns are known by their names (``COLUMNS``), the others travel along.
No row disappears: what is not imported is a ``ListProblem`` that says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from campaign.errors import ListError
from campaign.phones import ParsedPhones, RefusedNumber, parse_phones
from campaign.records import ListProblem, Resident
from campaign.sheets import Sheet, read_sheets


class Column(StrEnum):
    """What a column of the list means to Wenhou."""

    NAME = "name"
    PHONE = "phone"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    ADDRESS = "address"
    ID_NUMBER = "id_number"
    REMARK = "remark"


COLUMNS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "姓名", "住户", "户主", "居民", "居民姓名", "户主姓名", "住户姓名", "业主", "业主姓名", "名字",
        "人员姓名", "联系人", "联系人姓名", "被访人", "name",
    ),
    Column.PHONE: (
        "联系电话", "手机号", "电话", "联系方式", "手机", "手机号码", "电话号码", "联系号码", "移动电话",
        "固定电话", "座机", "固话", "家庭电话", "住宅电话", "本人电话", "户主电话", "居民电话", "业主电话",
        "备用电话", "其他电话", "常用电话", "号码", "tel", "phone", "mobile", "telephone",
    ),
    Column.BUILDING: (
        "楼号", "楼栋", "楼栋号", "栋", "栋号", "幢", "幢号", "楼", "楼幢", "楼座", "座", "building",
    ),
    Column.UNIT: ("单元", "单元号", "门洞", "unit"),
    Column.ROOM: (
        "门牌号", "门牌", "房号", "室", "室号", "房间", "房间号", "房屋号", "户号", "门号", "room",
    ),
    Column.ADDRESS: (
        "住址", "地址", "家庭住址", "家庭地址", "现住址", "现居住地址", "居住地址", "居住地", "详细地址",
        "现住地址", "房屋地址", "住房地址", "联系地址", "address",
    ),
    Column.ID_NUMBER: ("身份证号", "身份证", "身份证号码", "证件号", "证件号码", "公民身份号码"),
    Column.REMARK: ("备注", "说明", "情况说明", "remark", "note"),
}  # fmt: skip
"""Names of columns, compared without blanks, punctuation, numbers at the end and what is in brackets."""

_NOT_THE_RESIDENTS = re.compile(
    "网格|社工|社区|居委|物业|楼长|楼门长|单元长|负责人|联络|民警|医生|包户|责任|登记人|填表|紧急|应急|单位|工作|传真"
)
"""A telephone or name in such a column belongs to somebody who is not to be called."""
_TOTALS = re.compile(r"(合计|小计|总计|共计|总数|总户数|总人数)\d*[户人]?\d*|共\d+[户人].*")
_FOOTER = re.compile(
    r"(填表|制表|审核|统计|登记|填报|报送|联系人|备注|说明|注|日期|社区|单位)[^:：]{0,6}[:：].*"
)
_EMPTY_MARKS = frozenset(
    {"", "无", "-", "—", "--", "/", "\\", "空", "没有", "无电话", "暂无", "不详", "未知", "0", "?", "？"}
)
_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dXx])")
_HEADER_ROWS = 40
"""A header is looked for in so many rows from the top."""
_LONGEST_HEADER_CELL = 20
_EXAMPLES_SHOWN = 3


@dataclass(frozen=True)
class ResidentList:
    """A list that was read."""

    residents: tuple[Resident, ...]
    """In the order of the sheet."""
    problems: tuple[ListProblem, ...]
    """Rows left out, and doubts about rows that were taken (``is_imported``)."""
    columns: Mapping[str, str]
    """Header to what it was taken for (Chinese), in the order of the sheet."""
    sheet: str


def read_residents(path: Path, area_code: str = "") -> ResidentList:
    """Read a list.

    Args:
        path: .xlsx, .csv or .tsv.
        area_code: Ours, such as ``010``, for landlines written without one.

    Raises:
        ListError: The file cannot be read (see ``campaign.sheets``), or ``list_no_phone_column``,
            ``list_empty``, ``list_nobody``.
    """
    sheets = read_sheets(path)
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise ListError("list_empty", f"{path.name} 是空的，里面没有居民。请检查是不是选错了文件。")
    tables = [table for sheet in sheets if (table := _find_table(sheet)) is not None]
    if not tables:
        raise _no_phone_column(path, sheets)
    table = next((table for table in tables if table.has_rows), tables[0])
    if not table.has_rows:
        raise ListError(
            "list_empty",
            f"{path.name} 的工作表“{table.sheet.name}”只有表头，没有居民。请填好名单再导入。",
        )
    return _read_table(path, table, [other for other in tables if other is not table], area_code)


# --- finding the table --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    header: int
    """Row from 0."""
    meanings: tuple[Column | None, ...]
    """By column."""

    @property
    def has_rows(self) -> bool:
        return any(any(row) for row in self.sheet.rows[self.header + 1 :])

    @property
    def headings(self) -> tuple[str, ...]:
        return self.sheet.rows[self.header]

    def columns_of(self, meaning: Column) -> list[int]:
        return [index for index, found in enumerate(self.meanings) if found is meaning]

    def is_heading_again(self, row: Sequence[str]) -> bool:
        """Long lists repeat their header on every page."""
        known = [index for index, meaning in enumerate(self.meanings) if meaning]
        return all(_plain(row[index]) == _plain(self.headings[index]) for index in known)


def _find_table(sheet: Sheet) -> _Table | None:
    """The header is the first row with a telephone column; of a header of several rows, the last."""
    found: _Table | None = None
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        meanings = _meanings(row)
        if meanings is not None:
            found = _Table(sheet, index, meanings)
        elif found is not None:
            break
    return found


def _meanings(row: Sequence[str]) -> tuple[Column | None, ...] | None:
    """What each column is, or None when the row is no header."""
    meanings = tuple(meaning_of(cell) for cell in row)
    if Column.PHONE not in meanings:
        return None
    return None if _is_title(row) else _once_each(meanings)


def _is_title(row: Sequence[str]) -> bool:
    """A lone text is a title (居民联系电话一览表) unless it is the very name of a column."""
    texts = {_plain(cell) for cell in row if cell}
    return len(texts) == 1 and not texts <= set(COLUMNS[Column.PHONE])


def _once_each(meanings: Sequence[Column | None]) -> tuple[Column | None, ...]:
    """Only telephones may have several columns; of the others the first one counts."""
    seen: set[Column] = set()
    kept: list[Column | None] = []
    for meaning in meanings:
        is_repeated = meaning in seen and meaning is not Column.PHONE
        kept.append(None if is_repeated else meaning)
        if meaning is not None:
            seen.add(meaning)
    return tuple(kept)


def meaning_of(heading: str) -> Column | None:
    """What a column with this heading holds; None for columns that Wenhou does not know."""
    plain = _plain(heading)
    if not plain or len(plain) > _LONGEST_HEADER_CELL or _NOT_THE_RESIDENTS.search(plain):
        return None
    bare = re.sub(r"\(.*?\)", "", plain).rstrip("0123456789一二三")
    for meaning, names in COLUMNS.items():
        if plain in names or bare in names:
            return meaning
    if re.search(r"电话|手机", bare) and not re.search(r"型号|是否|有无|情况|次数|时间|备注", bare):
        return Column.PHONE
    return None


def _plain(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).lower()
    return re.sub(r"[\s:*、,.。_\-/]+", "", text)


def _no_phone_column(path: Path, sheets: Sequence[Sheet]) -> ListError:
    seen = next((list(dict.fromkeys(filter(None, row))) for row in _likely_headers(sheets)), [])
    shown = f"看到的表头是：{'、'.join(text[:12] for text in seen[:12])}。" if seen else ""
    names = "、".join(COLUMNS[Column.PHONE][:5])
    return ListError(
        "list_no_phone_column",
        f"{path.name} 里没有找到电话号码那一列。{shown}"
        f"请在表头行里把这一列叫作 {names} 中的一个，保存后再导入。",
    )


def _likely_headers(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    """Rows by how likely they are the header: those with most texts near the top."""
    rows = [row for sheet in sheets for row in sheet.rows[:5] if any(row)]
    return iter(sorted(rows, key=lambda row: -sum(1 for cell in set(row) if cell)))


# --- reading its rows ---------------------------------------------------------------------------------


@dataclass
class _Reading:
    """A table being read."""

    table: _Table
    area_code: str
    residents: list[Resident] = field(default_factory=list)
    problems: list[ListProblem] = field(default_factory=list)
    owners: dict[str, list[Resident]] = field(default_factory=dict)
    """Number to the residents who have it."""

    def complain(
        self, row: int, kind: str, cell: str, reason: str, name: str = "", *, taken: bool = False
    ) -> None:
        self.problems.append(
            ListProblem(self.table.sheet.name, row, kind, cell, reason, name, is_imported=taken)
        )


def _read_table(path: Path, table: _Table, others: Sequence[_Table], area_code: str) -> ResidentList:
    reading = _Reading(table, area_code)
    for index in range(table.header + 1, len(table.sheet.rows)):
        _read_row(reading, index)
    for other in others:
        _mention_sheet(reading, other)
    if not reading.residents:
        raise _nobody(path, reading.problems)
    columns = {
        heading: _LABELS[meaning] if meaning else "原样带入结果表"
        for heading, meaning in zip(table.headings, table.meanings, strict=True)
        if heading
    }
    return ResidentList(tuple(reading.residents), tuple(reading.problems), columns, table.sheet.name)


_LABELS: Mapping[Column, str] = {
    Column.NAME: "姓名",
    Column.PHONE: "电话",
    Column.BUILDING: "楼号",
    Column.UNIT: "单元",
    Column.ROOM: "门牌号",
    Column.ADDRESS: "住址",
    Column.ID_NUMBER: "身份证号（只保留头尾几位）",
    Column.REMARK: "备注",
}


def _read_row(reading: _Reading, index: int) -> None:
    table, row = reading.table, reading.table.sheet.rows[index]
    own = [cell for column, cell in enumerate(row) if (index, column) not in table.sheet.merged]
    if not any(own) or not any(row) or table.is_heading_again(row):
        return
    number = index + 1
    name = _name(_value(table, row, Column.NAME))
    cell = " ".join(filter(None, (row[column] for column in table.columns_of(Column.PHONE))))
    if _is_no_resident(row, table, cell):
        reading.complain(number, "not_a_resident", _first_text(row), "是合计或说明，不是居民，没有导入")
        return
    phones = _phones(row, table, reading.area_code)
    if not phones.numbers:
        _refuse(reading, number, name, cell, phones.refused)
        return
    _take(reading, _resident(table, row, number, name, phones.numbers), cell, phones.refused)


def _is_no_resident(row: Sequence[str], table: _Table, phone_cell: str) -> bool:
    if any(_TOTALS.fullmatch(_plain(cell)) for cell in row):
        return True
    texts = {cell for cell in row if cell}
    if len(texts) == 1 and not any(c.isdigit() for c in phone_cell):
        return not _value(table, row, Column.NAME) or bool(_FOOTER.fullmatch(next(iter(texts))))
    return bool(_FOOTER.fullmatch(_first_text(row)))


def _first_text(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell), "")


def _phones(row: Sequence[str], table: _Table, area_code: str) -> ParsedPhones:
    """The numbers of all telephone columns, each once."""
    parsed = [parse_phones(row[column], area_code) for column in table.columns_of(Column.PHONE)]
    numbers = dict.fromkeys(number for one in parsed for number in one.numbers)
    return ParsedPhones(tuple(numbers), tuple(refused for one in parsed for refused in one.refused))


def _refuse(reading: _Reading, row: int, name: str, cell: str, refused: Sequence[RefusedNumber]) -> None:
    if refused:
        reason = "；".join(dict.fromkeys(f"“{one.text}”{one.reason}" for one in refused))
        reading.complain(row, refused[0].kind, cell, f"{reason}，没有导入", name)
    elif _plain(cell) in _EMPTY_MARKS or not cell:
        reading.complain(row, "no_phone", cell, "没有电话号码，没有导入，请补上号码或上门询问", name)
    else:
        reading.complain(row, "bad_phone", cell, f"“{cell}”不是电话号码，没有导入", name)


def _take(reading: _Reading, resident: Resident, cell: str, refused: Sequence[RefusedNumber]) -> None:
    """Import a resident, unless the list has them already."""
    known = [other for number in resident.phones for other in reading.owners.get(number, ())]
    twin = next((other for other in known if _is_same_person(other, resident)), None)
    if twin is not None:
        reason = f"与第 {twin.row} 行重复（姓名和号码都相同），没有再导入"
        reading.complain(resident.row, "duplicate", cell, reason, resident.name)
        return
    _warn(reading, resident, cell, refused, known)
    reading.residents.append(resident)
    for number in resident.phones:
        reading.owners.setdefault(number, []).append(resident)


def _is_same_person(one: Resident, other: Resident) -> bool:
    return one.name == other.name or not one.name or not other.name


def _warn(
    reading: _Reading,
    resident: Resident,
    cell: str,
    refused: Sequence[RefusedNumber],
    sharing: Sequence[Resident],
) -> None:
    if refused:
        reason = "；".join(f"“{one.text}”{one.reason}" for one in refused)
        told = f"{reason}，只用了其余的号码"
        reading.complain(resident.row, "partly_bad", cell, told, resident.name, taken=True)
    if sharing:
        told = f"与第 {sharing[0].row} 行（{sharing[0].name}）号码相同，会分别拨打，不会同时拨"
        reading.complain(resident.row, "shared_number", cell, told, resident.name, taken=True)
    if not resident.name and reading.table.columns_of(Column.NAME):
        told = "没有姓名，通话里不称呼姓名"
        reading.complain(resident.row, "no_name", cell, told, taken=True)


def _mention_sheet(reading: _Reading, other: _Table) -> None:
    if other.has_rows:
        reading.problems.append(
            ListProblem(
                other.sheet.name, 0, "sheet_not_read", "",
                "也有电话列，但一次只导入一张工作表，没有导入；需要时把它另存为单独的文件再导入",
            )
        )  # fmt: skip


def _nobody(path: Path, problems: Sequence[ListProblem]) -> ListError:
    refused = [problem for problem in problems if not problem.is_imported and problem.row]
    examples = "\n".join(f"  {problem.sentence}" for problem in refused[:_EXAMPLES_SHOWN])
    return ListError(
        "list_nobody",
        f"{path.name} 里没有一个可以拨打的号码，没有导入。请改好后再导入，例如：\n{examples}",
    )


# --- one resident -------------------------------------------------------------------------------------


def _resident(table: _Table, row: Sequence[str], number: int, name: str, phones: tuple[str, ...]) -> Resident:
    place = {meaning: _line(_value(table, row, meaning)) for meaning in _SUFFIXES}
    place = {meaning: _with_suffix(text, _SUFFIXES[meaning]) for meaning, text in place.items()}
    building, unit, room = place[Column.BUILDING], place[Column.UNIT], place[Column.ROOM]
    return Resident(
        id=0,
        row=number,
        name=name,
        phones=phones,
        building=building,
        unit=unit,
        room=room,
        address=_address(_line(_value(table, row, Column.ADDRESS)), building + unit + room),
        id_number=mask_id_number(_value(table, row, Column.ID_NUMBER)),
        remark=_without_id_numbers(_value(table, row, Column.REMARK)),
        extra=_extra(table, row),
    )


_SUFFIXES: Mapping[Column, str] = {Column.BUILDING: "号楼", Column.UNIT: "单元", Column.ROOM: "室"}


def _value(table: _Table, row: Sequence[str], meaning: Column) -> str:
    columns = table.columns_of(meaning)
    return row[columns[0]] if columns else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(text: str) -> str:
    """A name without notes and the blanks that set short names to a width: 张　三 -> 张三."""
    plain = _line(unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain)


def _with_suffix(text: str, suffix: str) -> str:
    """Bare numbers get their unit, so that 3, 2, 501 does not become 32501."""
    return text + suffix if re.fullmatch(r"[0-9A-Za-z]+(-[0-9]+)?", text) else text


def _address(address: str, rooms: str) -> str:
    """The whole address; what building, unit and room add to the address column comes behind it."""
    return address if not address or not rooms or rooms in address else address + rooms


def _extra(table: _Table, row: Sequence[str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    for heading, meaning, cell in zip(table.headings, table.meanings, row, strict=True):
        if meaning is None and heading:
            extra[_free_name(_line(heading), extra)] = _without_id_numbers(cell)
    return extra


def _free_name(heading: str, taken: Mapping[str, str]) -> str:
    names = [heading, *(f"{heading}{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def mask_id_number(text: str) -> str:
    """An identity number with its middle hidden: 110101********1234. The sheet needs no more of it."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        return ""
    if re.fullmatch(r"\d{17}[\dX]", plain):
        return f"{plain[:6]}********{plain[-4:]}"
    return plain[:2] + "*" * (len(plain) - 4) + plain[-2:] if len(plain) > 8 else "*" * len(plain)


def _without_id_numbers(text: str) -> str:
    """Free text with identity numbers masked wherever they stand."""
    return _ID_NUMBER.sub(lambda match: f"{match[1]}********{match[2]}", text)
