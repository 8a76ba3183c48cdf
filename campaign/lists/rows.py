"""One row of a table: is it somebody, who, where, and with which numbers. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from campaign.lists.columns import Column, plain_heading
from campaign.lists.id_numbers import id_number_fault, mask_id_number, mask_in_text
from campaign.lists.people import VACANT, clean_name, split_names
from campaign.lists.phone_cells import ParsedPhones, named_phones
from campaign.lists.places import Place, building_of, room_of, split_address, undated, unit_of
from campaign.lists.row_numbers import row_phones
from campaign.lists.row_people import Person
from campaign.lists.sheet import Row
from campaign.lists.tables import Table

_TOTALS = re.compile(
    r".{0,8}(合计|小计|总计|共计)|(本页|本楼|本单元|全楼|以上)?(合计|小计|总计|共计|累计|总数|总户数|总人数|户数合计|人数合计)\d*[户人名]?\d*|共\d+[户人名].*"
)
_FOOTER = re.compile(
    r"(填表|制表|审核|复核|统计|登记|填报|报送|上报|联系|备注|说明|注|日期|社区|单位|负责|经办|网格|楼长|楼门长|楼栋长|咨询|监督|"
    r"制作|打印|盖章|签字|签名|年月日|物业|居委|值班|服务|举报)[^:：]{0,6}[:：].*|第\d+页.*|共\d+页|注[:：]?.{4,}|以下空白|此表.*|本表.*"
)
_ROLE_NAME = re.compile(
    r"(网格员|楼长|楼门长|楼栋长|单元长|社工|物业|居委会?|志愿者|联络员|负责人|管理员|片警|民警)[:：]?\s*\S{0,4}"
)
_EXAMPLE = re.compile(r"(填写)?(示例|样例|例如|范例|举例|例)([:：].*|\d*)")
_DITTO = frozenset({"同上", "同前", "〃", "″", "''", '"', "同上行", "″″"})
"""What stands for the text of the cell above."""
_DECEASED = re.compile(
    r"(?<!老伴)(?<!丈夫)(?<!妻子)(?<!配偶)(?<!父亲)(?<!母亲)(?<!爱人)(已故|已去世|去世|病故|亡故|已死亡|死亡|已过世|过世|已身故|已注销户口)"
)
_RELATIVES = re.compile("老伴|丈夫|妻|配偶|父|母|爱人|子|女|媳|婿|爷|奶|公公|婆|哥|弟|姐|妹|亲属|家人")
_UNWANTED = re.compile(
    r"(不要|请勿|勿|别|拒绝?|不愿|不接受?|禁止)(再)?(给.{1,4})?(拨打|打电话|致电|来电|电话(联系|访问|回访)|打扰)|免打扰|免访|拒访"
)
_MAY_BE_NOBODY = re.compile(
    "[计总共例范页注表:：空无没未房商门仓车设物闲置待拆]|网格|[楼元]长|社工|居委|志愿|联络|负责|管理|民警|片警"
)
"""A first look, since most rows hold none of it."""
_DIGITS = frozenset("0123456789")
"""Plain headings keep a digit that they begin with."""
_NUMBER_ONLY = re.compile(r"[0-9]{1,6}")


class Candidate(NamedTuple):
    """Somebody whom a row names."""

    name: str
    phones: ParsedPhones
    place: Place
    address: str
    id_number: str
    """Masked."""
    id_fault: str
    remark: str
    extra: Mapping[str, str]
    phone_cell: str
    """All that stands in the cells for telephones."""
    phone_column: int
    """The cell to look at first, from 0; -1 where there is none."""
    id_column: int
    objection: str = ""
    """Kind of problem where the row itself says not to call: ``do_not_call`` or ``not_to_call``."""
    has_own_name: bool = True
    """False: the name comes from a merged cell above, so that the row may only add a number."""


def not_a_resident(table: Table, index: int) -> str:
    """Why a row is nobody (a Chinese phrase), or empty where it may be somebody."""
    row = table.sheet.rows[index]
    texts = list(dict.fromkeys(filter(None, row)))
    if len(texts) > 1 and not _MAY_BE_NOBODY.search("".join(texts)):
        return ""
    first = texts[0]
    if any(len(text) < 24 and _TOTALS.fullmatch(plain_heading(text)) for text in texts):
        return "是合计"
    if _FOOTER.fullmatch(first) or (
        len(texts) > 1 and _ROLE_NAME.fullmatch(first) and _is_note_row(table, row)
    ):
        return "是说明"
    if len(texts) == 1 and _is_title(table, index):
        return "是标题或说明"
    names = {clean_name(row[column]) or row[column] for person in table.people for column in person.names}
    if any(_EXAMPLE.fullmatch(cell) for cell in names | {first}) or any("示例" in name for name in names):
        return "是填写示例"
    if any(VACANT.fullmatch(name) for name in names) and not _phone_cells(table, row):
        return "是空户"
    return ""


def _is_title(table: Table, index: int) -> bool:
    """A lone text over the whole width, or one that no column for names or telephones holds."""
    row = table.sheet.rows[index]
    filled = [column for column, cell in enumerate(row) if cell]
    if len(filled) > 1:
        return True  # one text in several cells: merged
    person_columns = {column for person in table.people for column in (*person.names, *person.phones)}
    if filled[0] in person_columns:
        if len(row[filled[0]]) > 6 and re.search("请|以上|以下|保密|勿|如有", row[filled[0]]):
            return True
        return re.search(r"号楼|[栋幢]|单元", row[filled[0]]) is not None and len(table.headings) > 1
    return len(person_columns | {0}) > 1 and not _NUMBER_ONLY.fullmatch(row[filled[0]])


def _is_note_row(table: Table, row: Row) -> bool:
    """Whether a row with a role in front stands outside of the columns: its name column holds no name."""
    return not any(split_names(row[column]) for person in table.people for column in person.names[:1]) or any(
        _ROLE_NAME.fullmatch(row[column]) for person in table.people for column in person.names[:1]
    )


def _phone_cells(table: Table, row: Row) -> str:
    return "".join(row[column] for person in table.people for column in person.phones)


def is_blank_form(table: Table, index: int) -> bool:
    """A row that only has its number, or what merged cells leave in it: a form that nobody filled in."""
    row, merged = table.sheet.rows[index], table.sheet.merged
    for column in table.used:
        if row[column] and (index, column) not in merged:
            return False
    return not any(
        cell and (index, column) not in merged and not _NUMBER_ONLY.fullmatch(cell)
        for column, cell in enumerate(row)
    )


def is_heading_again(table: Table, row: Row) -> bool:
    """Long lists repeat their header on every page."""
    return any(_are_headings(row, known) for known in table.known_headings)


def _are_headings(row: Row, known: Sequence[tuple[int, str]]) -> bool:
    for column, heading in known:
        cell = row[column]
        if not cell or (cell[0] in _DIGITS and cell[0] != heading[:1]) or plain_heading(cell) != heading:
            return False
    return True


# --- somebody -----------------------------------------------------------------------------------------


def candidates(
    table: Table, index: int, person: Person, row: Row, place: Place, area_code: str
) -> list[Candidate]:
    """The people of one place in a row: mostly one; several where the name cell names several."""
    names, column = _names(person, row)
    phones = row_phones(table, index, person, row, names, area_code)
    if not person.names and (named := _named(person, row, phones, area_code)):
        return [
            _candidate(table, index, person, row, place, name, share, has_own_name=True)
            for name, share in named
        ]
    has_own_name = column < 0 or (index, column) not in table.sheet.merged
    names = names or [""]
    return [
        _candidate(table, index, person, row, place, name, share, has_own_name=has_own_name)
        for name, share in zip(names, _shares(phones, len(names)), strict=True)
    ]


def _names(person: Person, row: Row) -> tuple[list[str], int]:
    """The people whom the first filled column of names tells, and that column."""
    for column in person.names:
        if found := split_names(row[column]):
            return found, column
    return [], -1


def _named(person: Person, row: Row, phones: ParsedPhones, area_code: str) -> list[tuple[str, ParsedPhones]]:
    """People whom the cells for telephones name beside their numbers; only numbers that the row allows."""
    found = [one for column in person.phones for one in named_phones(row[column], area_code)]
    allowed = set(phones.numbers)
    return [
        (name, ParsedPhones(tuple(n for n in own.numbers if n in allowed), own.refused))
        for name, own in found
    ]


def _shares(phones: ParsedPhones, people: int) -> list[ParsedPhones]:
    """As many numbers as people: one each, in order. Otherwise all have all of them."""
    if people > 1 and len(phones.numbers) == people:
        return [
            ParsedPhones((number,), phones.refused if not i else ())
            for i, number in enumerate(phones.numbers)
        ]
    return [phones] * people


def _candidate(
    table: Table,
    index: int,
    person: Person,
    row: Row,
    place: Place,
    name: str,
    phones: ParsedPhones,
    *,
    has_own_name: bool,
) -> Candidate:
    remark = person.cell(row, Column.REMARK)
    identity = person.cell(row, Column.ID_NUMBER)
    filled = [column for column in person.phones if row[column]]
    return Candidate(
        name=name,
        phones=phones,
        place=place,
        address=" ".join(person.cell(row, Column.ADDRESS).split()),
        id_number=mask_id_number(identity),
        id_fault=id_number_fault(identity),
        remark=mask_in_text(remark),
        extra=_extra(table, row),
        phone_cell=" ".join(row[column] for column in filled),
        phone_column=(filled or list(person.phones) or [-1])[0],
        id_column=person.places.get(Column.ID_NUMBER, -1),
        objection=objection(remark, row, table),
        has_own_name=has_own_name,
    )


def objection(remark: str, row: Row, table: Table) -> str:
    """Whether the row says that nobody is to be called."""
    for text in (remark, *[row[column] for column in table.remarks]):
        if len(text) < 2:
            continue
        if _UNWANTED.search(text):
            return "do_not_call"
        if len(text) < 16 and _DECEASED.search(text) and not _RELATIVES.search(text):
            return "not_to_call"
    return ""


def _extra(table: Table, row: Row) -> dict[str, str]:
    """The columns that travel along."""
    return {
        heading: mask_in_text(row[column])
        for column, heading in table.travelling
        if table.header or row[column]
    }


# --- its place ----------------------------------------------------------------------------------------


def place_of(row: Row, person: Person, context: Place) -> Place:
    """Building, unit and room: from their columns, from the address, from the titles above."""
    building = person.cell(row, Column.BUILDING)
    unit, room = person.cell(row, Column.UNIT), person.cell(row, Column.ROOM)
    return _flat(building, unit, room, person.cell(row, Column.ADDRESS), context)


@functools.lru_cache(maxsize=65536)
def _flat(building: str, unit: str, room: str, address: str, context: Place) -> Place:
    whole = _composite(building, unit, room)
    split = split_address(address) if address and not (building and room) else Place()
    found = (
        whole.building or (building_of(building) if building else "") or split.building or context.building,
        whole.unit or (unit_of(unit) if unit else "") or split.unit,
        whole.room or (room_of(room) if room else "") or split.room,
    )
    if not found[1] and found[0] == context.building:
        return Place(found[0], context.unit, found[2])
    return Place(*found)


def _composite(building: str, unit: str, room: str) -> Place:
    """A whole flat in one of the three cells: 3-2-501 under 门牌号, 3号楼2单元 under 楼栋."""
    room, building = undated(room), undated(building)
    if room and not (building and unit):
        found = split_address(room)
        if found.building and found.room and not (building and not found.unit):
            return Place(found.building, found.unit, found.room)
        if found.unit and found.room:
            return Place("", found.unit, found.room)
        if (
            building
            and not unit
            and (two := re.fullmatch(r"\s*([0-9]{1,2})\s*[-—－_/]\s*([A-Za-z]?[0-9]{3,4})\s*室?", room))
        ):
            return Place("", unit_of(two[1]), room_of(two[2]))
    if building and not (unit and room):
        found = split_address(building)
        if found.building and (found.unit or found.room):
            return Place(found.building, found.unit if not unit else "", found.room if not room else "")
    return Place()


def whole_address(address: str, place: Place, *, has_parts: bool) -> str:
    """The address as one text; what columns of their own add to it comes behind."""
    if not address or not has_parts:
        return address
    parts = place.building + place.unit + place.room
    if parts in address:
        return address
    return address if split_address(address).building else address + parts


def fill_down(row: Row, previous: Row | None, columns: Sequence[int], room: int | None) -> Row:
    """A building or unit that is written once holds for the flats below it, and 同上 for every column."""
    if previous is None:
        return row
    blanks = [c for c in columns if not row[c] and previous[c]] if room is not None and row[room] else []
    dittos = [] if _DITTO.isdisjoint(row) else [c for c, cell in enumerate(row) if cell in _DITTO]
    if not blanks and not dittos:
        return row
    filled = list(row)
    for column in (*blanks, *dittos):
        filled[column] = previous[column]
    return tuple(filled)
