"""The numbers of one row: those of all telephone columns, but for what the row says is not the resident's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from campaign.lists.columns import DISUSED, NOT_THE_RESIDENTS, Column, plain_heading
from campaign.lists.people import NOBODY, split_names
from campaign.lists.phone_cells import NO_PHONES, ParsedPhones, parse_phones
from campaign.lists.row_people import Person
from campaign.lists.sheet import Row
from campaign.lists.tables import Table
from campaign.phones import RefusedNumber

_OF_THE_NUMBER = re.compile(
    r"(?:电话|号码|手机|手机号|联系方式|座机|[此该本]号)(?:号码?)?(?:现在?|目前)?(?:是|为|系|已经?|都|均|属于?)?(.{0,8})"
)
_SOMEBODYS_NUMBER = re.compile(
    rf"(?<!找)(?<!给)(?:{NOT_THE_RESIDENTS.pattern}).{{0,5}}(?:电话|号码|手机|的号)"
)
"""此号为邻居王五电话"""
_CHANGED = re.compile("换了?号|改了?号|号码?(?:已经?|有)?(?:变更|更换|变了|换了)|新号码?")


def row_phones(
    table: Table, index: int, person: Person, row: Row, names: Sequence[str], area_code: str
) -> ParsedPhones:
    """The numbers of all telephone columns, each once, but those that are somebody else's or disused."""
    parsed = [_cell_phones(table, index, column, row, area_code) for column in person.phones if row[column]]
    if not parsed:
        return NO_PHONES
    bars = _said_of_numbers(row, person)
    if table.barred_phones:
        bars = {**_wardens_numbers(table, row, names, area_code), **bars}
    if not bars and len(parsed) == 1:
        return parsed[0]
    numbers = dict.fromkeys(number for one in parsed for number in one.numbers)
    refused = [one for cell in parsed for one in cell.refused]
    for number in list(numbers) if bars else ():
        if why := bars.get(number) or bars.get(""):
            del numbers[number]
            refused.append(RefusedNumber(number, *why, number))
    barred = {one.number for one in refused if one.number}
    return ParsedPhones(tuple(number for number in numbers if number not in barred), tuple(refused))


def _cell_phones(table: Table, index: int, column: int, row: Row, area_code: str) -> ParsedPhones:
    found = parse_phones(row[column], area_code)
    if table.sheet.struck and (index, column) in table.sheet.struck and found.numbers:
        reason = "画了删除线，已经不用了"
        return ParsedPhones((), tuple(RefusedNumber(n, "disused", reason, n) for n in found.numbers))
    return found


def _wardens_numbers(
    table: Table, row: Row, names: Sequence[str], area_code: str
) -> dict[str, tuple[str, str]]:
    """Numbers that stand in the row as a warden's or an office's too, unless the resident is that person."""
    columns = [column for column in table.barred_phones if row[column]]
    if not columns:
        return {}
    named = {name for column in table.barred_names for name in split_names(row[column])}
    if named & set(names):
        return {}
    return {
        number: ("not_residents", f"和“{table.headings[column]}”相同，不是居民的号码")
        for column in columns
        for number in parse_phones(row[column], area_code).numbers
    }


def _said_of_numbers(row: Row, person: Person) -> dict[str, tuple[str, str]]:
    """What the column about the number, or the remark, says of it: of all numbers, so of the empty text."""
    status = person.cell(row, Column.PHONE_STATUS)
    if status and (
        told := _bar_in(status)
        or ("disused" if re.fullmatch("否|不?正确|停|无效|不正常|N|×", status) else "")
    ):
        return {"": (told, f"标着“{status[:20]}”")}
    remark = person.cell(row, Column.REMARK)
    if len(remark) < 3:
        return {}
    why = f"的备注里写着“{remark[:20]}”"
    numbers = parse_phones(remark) if re.search(r"[0-9]{7}", remark) else NO_PHONES
    bars = {one.number: (one.kind, why) for one in numbers.refused if one.number}
    if _CHANGED.search(remark):
        own = {n for column in person.phones for n in parse_phones(row[column]).numbers}
        return bars if own & set(numbers.numbers) else {**bars, "": ("disused", why)}
    if re.search("[0-9]", remark):
        return bars
    said = next((told for match in _OF_THE_NUMBER.finditer(remark) if (told := _bar_in(match[1]))), "")
    if not said and len(remark) < 16 and _SOMEBODYS_NUMBER.search(remark):
        said = "not_residents"
    return {"": (said, why)} if said else {}


def _bar_in(words: str) -> str:
    if DISUSED.search(words) or re.search("有误|不对|错了|换了|打错", words):
        return "disused"
    return (
        "not_residents" if NOT_THE_RESIDENTS.search(words) or re.search("非本人|不是本人|别人", words) else ""
    )


_NO_PHONE = re.compile(
    r"(?:目前|现在)?(?:暂时?|没有?|无|未|不).{0,3}(?:电话|手机|号码|联系方式|座机)|.{0,4}(?:停机|空号|坏了|欠费)|同户主?|同住"
)


def says_nothing(cell: str) -> bool:
    """Whether a cell for telephones says that there is none."""
    plain = plain_heading(cell)
    return (
        plain in NOBODY
        or _NO_PHONE.fullmatch(plain) is not None
        or plain
        in (
            "0",
            "无电话",
            "没有电话",
            "无手机",
            "没有手机",
            "没电话",
            "没手机",
            "无号码",
            "电话无",
            "不愿提供",
            "拒绝提供",
            "未提供",
            "座机坏了",
        )
    )
