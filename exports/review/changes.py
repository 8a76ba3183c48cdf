"""What residents say now and said in the round before: who has changed, on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from campaign.records import Resident
from campaign.store import ResidentStanding
from exports.followup.sheets import answer_text
from exports.tables import table_of
from exports.workbook.columns import SlotColumn


@dataclass(frozen=True)
class Change:
    """One answer of a resident that is not what it was."""

    resident: Resident
    question: str
    before: str
    now: str


def changes(
    before: Sequence[ResidentStanding],
    now: Sequence[ResidentStanding],
    earlier: Mapping[int, int],
    columns: Sequence[SlotColumn],
) -> list[Change]:
    """The answers that were given in both rounds and differ, in the order of the list.

    Args:
        before: Everybody in the round before.
        now: Everybody in this round.
        earlier: Resident of this round -> the same one in the round before.
        columns: The answers, in the order in which they are shown.
    """
    then = {standing.resident.id: standing for standing in before}
    found = []
    for standing in now:
        old = then.get(earlier.get(standing.resident.id, 0))
        for column in columns if old else ():
            texts = [_text(column, one) for one in (old, standing) if one]
            if all(texts) and texts[0] != texts[1]:
                found.append(Change(standing.resident, column.title, *texts))
    return found


def _text(column: SlotColumn, standing: ResidentStanding) -> str:
    slot = standing.slots.get(column.name)
    return answer_text(column, slot.value, is_certain=slot.is_certain) if slot else ""


def print_changes(console: Console, found: Sequence[Change], which: str) -> None:
    """Who answered otherwise than in the round before."""
    if not found:
        console.print(f"{which}比，两轮都答了的没有变化。", markup=False)
        return
    people = len({change.resident.id for change in found})
    console.print(f"{which}比，{people} 户有变化：", markup=False)
    table = table_of("姓名", "住址", "问题", "上一轮", "这一轮")
    for change in found:
        table.add_row(change.resident.name, change.resident.place, change.question, change.before, change.now)
    console.print(table)
