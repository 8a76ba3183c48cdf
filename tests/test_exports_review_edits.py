"""A thousand random edits of a result sheet: the legal ones land, the others are told with their cells."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from campaign.corrections import slot_of_field
from campaign.records import Resident
from campaign.store import ResidentStanding
from exports.review.handed_out import handed_out_of
from tests.staff_office import NOON, Office
from tests.test_exports_review import export

EDITS = 1000
LEGAL: dict[str, tuple[tuple[Any, Any], ...]] = {
    "接听人": (("本人", "self"), ("家人", "family")),
    "目前在京": (("是", True), ("否", False), ("未答", None)),
    "症状": (("无", []), ("发热、咳嗽", ["发热", "咳嗽"]), ("头痛", ["头痛"]), ("未答", None)),
    "体温": ((36.4, 36.4), ("37.9", 37.9), ("38.2度", 38.2), ("未答", None)),
    "十四天内去过外地": (("是", True), ("否", False)),
    "返回日期": (("2026-11-20", "2026-11-20"), ("11月3日", "2026-11-03")),
    "接触过病人": (("是", True), ("否", False)),
    "同住人数": ((3, 3), ("5", 5)),
    "生活需要": (("无", ""), ("帮忙买药，𠮷先生代收", "帮忙买药，𠮷先生代收"), ("=1+1", "=1+1")),
    "人工备注": (("下午再打", "下午再打"), ("䶮😀\n第二行", "䶮😀\n第二行"), ("+86", "+86")),
    "排查分级": (("红", "red"), ("黄", "yellow"), ("绿", "green")),
}
ILLEGAL: dict[str, tuple[Any, ...]] = {
    "接听人": ("谁呀", 7),
    "目前在京": ("也许", 36.5),
    "症状": ("心慌慌", 12),
    "体温": (50, "有点热", "36.5（待核实）"),
    "十四天内去过外地": ("天津",),
    "返回日期": ("昨天吧", "2026-13-40"),
    "接触过病人": ("不清楚吧",),
    "同住人数": (99, "三四个", 2.5),
    "人工备注": ("长" * 2001, "长" * 32_767),
    "排查分级": ("蓝", "橙色"),
    "姓名": ("改名了",),
    "住址": ("别处",),
    "拨打次数": (99,),
}


@dataclass(frozen=True)
class Edit:
    """One cell that was changed."""

    cell: str
    resident: int
    heading: str
    expected: Any
    is_legal: bool


def test_every_legal_edit_lands_and_every_illegal_one_is_told(tmp_path: Path) -> None:
    office, chance = Office(tmp_path), random.Random(20261126)
    people = [Resident(0, n + 10, f"居民{n}", (f"136{n:08d}",)) for n in range(300)]
    with office.store() as store:
        script = store.campaign(1).script_version
        campaign = store.create_campaign("大", "health_survey", script, "b.xlsx", people, NOON)
    path = export(office, campaign_id=campaign.id)
    edits = _edit(path, chance)
    assert len(edits) == EDITS
    code, told = office("review", "import", str(path), "--reviewer", "李娜")
    assert code == 2
    with office.store() as store:
        standings = {s.resident.id: s for s in store.standings(campaign.id)}
    fields = _fields(path)
    named = set(re.findall(r"请改正：([A-Z]+\d+)", told))
    assert named == {edit.cell for edit in edits if not edit.is_legal}
    for edit in edits:
        standing = standings[edit.resident]
        field = fields.get(edit.heading, "")
        made = [c for c in standing.corrections if c.field == field and not c.is_computed]
        if edit.is_legal:
            assert _held(standing, edit.heading, fields) == edit.expected, edit
            assert [(c.by, c.origin) for c in made] == [("李娜", f"结果.xlsx!{edit.cell}")]
        else:
            assert not made, edit
    code, again = office("review", "import", str(path), "--reviewer", "李娜")
    assert "已改 0 处（0 户）" in again
    assert f"以前已经改过的 {sum(edit.is_legal for edit in edits)} 处" in again


def _edit(path: Path, chance: random.Random) -> list[Edit]:
    book = openpyxl.load_workbook(path)
    sheet = book["结果"]
    heads = [cell.value for cell in sheet[1]]
    key = heads.index("居民编号") + 1
    rows = range(2, sheet.max_row + 1)
    places = chance.sample([(row, h) for row in rows for h in dict.fromkeys([*LEGAL, *ILLEGAL])], EDITS)
    edits = []
    for row, heading in places:
        cell = sheet.cell(row, heads.index(heading) + 1)
        is_legal = heading in LEGAL and (heading not in ILLEGAL or chance.random() < 0.7)
        value, expected = (
            chance.choice(LEGAL[heading]) if is_legal else (chance.choice(ILLEGAL[heading]), None)
        )
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        edits.append(Edit(cell.coordinate, int(sheet.cell(row, key).value), heading, expected, is_legal))
    book.save(path)
    return edits


def _fields(path: Path) -> dict[str, str]:
    book = openpyxl.load_workbook(path, read_only=True)
    lines = list(book["发出记录"].iter_rows(values_only=True))
    return dict(handed_out_of(lines).fields)


def _held(standing: ResidentStanding, heading: str, fields: dict[str, str]) -> Any:
    if heading == "人工备注":
        return standing.remark
    if heading == "排查分级":
        return standing.grade
    return standing.slots[slot_of_field(fields[heading])].value
