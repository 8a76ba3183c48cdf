"""Where a resident lives: building, unit and room out of one text or three cells."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_HAN_DIGITS = {han: digit for digit, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_HAN = "零〇○一二两三四五六七八九十百"
_HAN_NUMBER = re.compile(rf"[{_HAN}]+")
_NUMBER = rf"(?:[A-Za-z]?[0-9]{{1,5}}[A-Za-z]?|[{_HAN}]{{1,6}}|[A-Za-z甲乙丙丁])"
_BUILDING = re.compile(
    rf"(?P<number>[甲乙丙丁]?{_NUMBER}(?:-[0-9]{{1,3}})?)\s*(?P<mark>号?楼(?!层)栋?|号?栋楼?|号?幢楼?|号?座|#楼?|号院(?=[0-9]))"
)
_UNIT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<mark>单元|门洞|门(?!牌)|梯)")
_ROOM = re.compile(
    rf"(?P<number>[A-Za-z]?[0-9]{{1,5}}[A-Za-z]?(?:-[0-9]{{1,2}})?|[{_HAN}]{{1,6}})\s*(?P<mark>室|号房|房|号户|户|号)?$"
)
_FLOOR_AND_ROOM = re.compile(
    rf"(?P<floor>{_NUMBER})\s*(?:层|楼)\s*(?P<number>{_NUMBER})\s*(?:室|号房|房|号|户)?$"
)
_DASHED = re.compile(
    r"(?P<building>[A-Za-z]?[0-9]{1,4}[A-Za-z]?)\s*(?:#?[-/—–－_.]|#|号?楼)\s*(?P<unit>[A-Za-z]?[0-9]{1,2})\s*(?:单元)?[-/—–－_.]\s*"
    r"(?P<room>[A-Za-z]?[0-9]{1,5}[A-Za-z]?)\s*室?$"
)
_TWO_DASHED = re.compile(
    r"(?P<building>[A-Za-z]?[0-9]{1,4}[A-Za-z]?)\s*[-/#—–－_]\s*(?P<room>[A-Za-z]?[0-9]{3,5}[A-Za-z]?)\s*室?$"
)
_LANE = re.compile(r"弄(?P<building>[0-9]{1,4})号(?P<room>[0-9]{2,5})室?$")
"""Shanghai: the number in a lane is the building."""
_BARE = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?")
_DAY = re.compile(r"(?:19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_DAY_WORDS = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")


class Place(NamedTuple):
    """A flat. Parts carry their marks: 3号楼, 2单元, 501室."""

    building: str = ""
    unit: str = ""
    room: str = ""
    before: str = ""
    """What stands in front of the building: 幸福里小区."""

    @property
    def is_empty(self) -> bool:
        return not (self.building or self.unit or self.room)


@functools.lru_cache(maxsize=65536)
def split_address(text: str) -> Place:
    """Building, unit and room of an address; empty where it has none: a street and a number are no flat.

    Known are 3号楼2单元501, 三号楼二单元五零一, 3-2-501, 3#2-501, 3栋501.
    """
    plain = re.sub(r"\s*\([^()]*\)$", "", _plain(text))
    if dashed := _DASHED.search(plain):
        before = plain[: dashed.start()]
        if not re.search(r"[0-9A-Za-z号]$", before):
            return Place(
                with_mark(dashed["building"], "号楼"), with_mark(dashed["unit"], "单元"),
                with_mark(dashed["room"], "室"), before.strip(),
            )  # fmt: skip
    if lane := _LANE.search(plain):
        return Place(f"{lane['building']}号", "", with_mark(lane["room"], "室"), plain[: lane.start() + 1])
    return _by_marks(plain)


def _by_marks(plain: str) -> Place:
    building = _last(_BUILDING, plain)
    rest = plain[building.end() :] if building else plain
    unit = _UNIT.search(rest)
    if building is None and unit is None:
        two = _TWO_DASHED.search(plain)
        if two is None or re.search(r"[0-9A-Za-z号弄]$", plain[: two.start()]):
            return Place(before=plain)
        return Place(
            with_mark(two["building"], "号楼"), "", with_mark(two["room"], "室"), plain[: two.start()].strip()
        )
    behind = rest[unit.end() :] if unit else rest
    before = plain[: building.start()] if building else plain[: unit.start()] if unit else plain
    return Place(
        _written(building, "号楼") if building else "",
        _written(unit, "单元") if unit else _unit_before_room(behind)[0],
        _room(_unit_before_room(behind)[1] if not unit else behind),
        before.strip(),
    )


def _unit_before_room(text: str) -> tuple[str, str]:
    """The unit of 3号楼2-501."""
    match = re.fullmatch(r"\s*([0-9]{1,2})\s*[-/—–－_.]\s*([A-Za-z]?[0-9]{2,5}[A-Za-z]?\s*室?)\s*", text)
    return (with_mark(match[1], "单元"), match[2]) if match else ("", text)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last building of an address: of 12号院3号楼 the second, but not the floor of 3栋5楼501."""
    matches = list(pattern.finditer(text))
    buildings = [match for match in matches if match["mark"] != "楼"] or matches[:1]
    return buildings[-1] if buildings else None


def _room(text: str) -> str:
    plain = text.strip(" -/—–－_.,")
    floor = _FLOOR_AND_ROOM.search(plain)
    if floor:
        number = arabic(floor["number"])
        told = number if len(number) >= 3 else f"{arabic(floor['floor'])}{number.zfill(2)}"
        return with_mark(told, "室")
    match = _ROOM.search(plain)
    return with_mark(arabic(match["number"]), "室") if match else ""


def _written(match: re.Match[str], mark: str) -> str:
    """A part as it is written, its number in digits: 三栋 -> 3栋, 3# -> 3号楼."""
    is_general = match["mark"] in ("楼", "号楼", "#", "#楼", "号楼栋", "楼栋", "号院")
    return arabic(match["number"]) + (mark if is_general else match["mark"])


# --- cells of their own -------------------------------------------------------------------------------


@functools.lru_cache(maxsize=65536)
def building_of(cell: str) -> str:
    """A cell of the building column: 3 -> 3号楼, 三栋 -> 3栋; others as they are."""
    plain = undated(_plain(cell))
    match = _BUILDING.fullmatch(plain)
    return _written(match, "号楼") if match else with_mark(_arabic_if_number(plain), "号楼")


@functools.lru_cache(maxsize=65536)
def unit_of(cell: str) -> str:
    """A cell of the unit column: 2 -> 2单元."""
    plain = undated(_plain(cell))
    match = _UNIT.fullmatch(plain)
    return _written(match, "单元") if match else with_mark(_arabic_if_number(plain), "单元")


@functools.lru_cache(maxsize=65536)
def room_of(cell: str) -> str:
    """A cell of the room column: 501 -> 501室, 五零一 -> 501室."""
    plain = undated(_plain(cell))
    return with_mark(_arabic_if_number(plain.removesuffix("室")), "室") if plain else ""


def with_mark(text: str, mark: str) -> str:
    """Bare numbers get their mark, so that 3, 2, 501 does not become 32501."""
    return text + mark if _BARE.fullmatch(text) else text


def undated(text: str) -> str:
    """What a spreadsheet took for a day and was a place: 2026-03-02 -> 3-2."""
    if day := _DAY.fullmatch(text):
        return f"{int(day[1])}-{int(day[2])}"
    words = _DAY_WORDS.fullmatch(text)
    return f"{words[1]}-{words[2]}" if words else text


def _arabic_if_number(text: str) -> str:
    return arabic(text) if _HAN_NUMBER.fullmatch(text) else text


@functools.lru_cache(maxsize=4096)
def arabic(text: str) -> str:
    """Chinese digits as Arabic ones: 五零一 -> 501, 十二 -> 12; others as they are."""
    if not _HAN_NUMBER.fullmatch(text):
        return text
    if "十" not in text and "百" not in text:
        return "".join(str(_HAN_DIGITS[c]) for c in text)
    total, digit = 0, 0
    for c in text:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[c]
    return str(total + digit)


@functools.lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", plain)
