"""A result sheet that came back, held against what was handed out and against the store now. Pure.

What only the sheet changed is taken. What both changed, and not to the same, is a conflict: it is shown and
not taken unless somebody says so. What people may not change is told. Nothing is lost without a word.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaign.corrections import COMPUTED, GRADE, REMARK, Correction, Known, Review, slot_of_field
from campaign.records import Grade, SlotValue, Source
from campaign.store import ResidentStanding
from dialogs.script import Script, Slot
from exports.followup.slot_entry import EntryRefused, read_answer
from exports.review.handed_out import KEY, HandedOutRow, MarkedCell, short, shown, text_of, value_key
from exports.review.returned import Returned, ReturnedRow
from exports.workbook.columns import TO_CHECK, UNKNOWN, SlotColumn
from exports.workbook.result_sheets import GRADES, LONGEST_REMARK, marked_answer

_MISPLACED = ("姓名", "联系电话")
"""Where both of a row differ, its cells belong to somebody else: part of the sheet was sorted or moved."""
_MOST_NAMED = 10


@dataclass
class Outcome:
    """What came of a sheet."""

    reviews: list[Review] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """A line for each value that is corrected, with its cell."""
    conflicts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """What was taken and should be looked at once more."""
    repeated: int = 0
    """Cells that say what the store knows already."""
    unchanged: int = 0
    """Rows in which nobody changed anything."""


@dataclass(frozen=True)
class Reviewer:
    """Who handed the sheet in, and what it is judged by."""

    by: str
    at: dt.datetime
    script: Script
    columns: Sequence[SlotColumn]
    zone: dt.tzinfo
    overwrite: frozenset[str] = frozenset()
    """Cells whose conflicts the sheet wins."""

    def slot(self, name: str) -> Slot:
        return self.script.slots[name]

    def column(self, name: str) -> SlotColumn:
        return next(column for column in self.columns if column.name == name)


class _Refused(Exception):
    """A cell that cannot be taken; the message says why, in Chinese."""


def judge(returned: Returned, standings: Mapping[int, ResidentStanding], reviewer: Reviewer) -> Outcome:
    """What of a sheet is taken, and what is to be told.

    Args:
        returned: The sheet.
        standings: Of every resident of the campaign, by number.
        reviewer: Who hands it in.
    """
    outcome = Outcome()
    _tell_columns(returned, outcome)
    rows = _known_rows(returned, standings, outcome)
    for row, handed_out in rows:
        _Row(returned, row, handed_out, standings[handed_out.key], reviewer, outcome).judge()
    return outcome


def _tell_columns(returned: Returned, outcome: Outcome) -> None:
    """Columns that are gone, that came to be there twice, or that somebody added."""
    rows, fields = returned.handed_out.rows, returned.handed_out.fields
    known = set(fields) | (set(next(iter(rows.values())).fixed) if rows else set())
    for heading in fields:
        if heading in returned.table.twice:
            outcome.problems.append(f"“{heading}”出现了两栏，不知道该读哪一栏，都没有读。")
        elif heading not in returned.table.letters:
            outcome.problems.append(f"“{heading}”这一栏不见了（删了或改了表头），没有读。")
    for heading, letter in returned.table.letters.items():
        if heading not in known and heading != KEY:
            outcome.problems.append(f"{letter} 栏“{heading}”是新加的，没有读；要留的话请写在“人工备注”里。")


def _known_rows(
    returned: Returned, standings: Mapping[int, ResidentStanding], outcome: Outcome
) -> list[tuple[ReturnedRow, HandedOutRow]]:
    """Rows that say whom they are about, each once; the others are told."""
    handed_out = returned.handed_out.rows
    keys = {row.line: _number(row.text(KEY)) for row in returned.table.rows}
    count = Counter(key for key in keys.values() if key is not None)
    found = []
    for row in returned.table.rows:
        key = keys[row.line]
        where = returned.table.cell(row, KEY)
        if key is None:
            told = row.text(KEY)
            what = f"“{KEY}”是“{told}”" if told else f"没有“{KEY}”"
            outcome.problems.append(f"{where}：第 {row.line} 行{what}，认不出是哪一户，整行没有读。")
        elif key not in handed_out or key not in standings:
            outcome.problems.append(f"{where}：编号 {key} 不是这张表发出去的，整行没有读。")
        elif count[key] > 1:
            outcome.problems.append(
                f"{where}：第 {row.line} 行（{row.text('姓名')}）的编号 {key} 出现了 {count[key]} 次，"
                "这几行都没有采用，请只留一行。"
            )
        else:
            found.append((row, handed_out[key]))
    gone = [row for key, row in handed_out.items() if key not in count]
    if gone:
        names = "、".join(
            f"{shown(row.fixed.get('姓名', ''))}（编号 {row.key}）" for row in gone[:_MOST_NAMED]
        )
        more = f" 等 {len(gone)} 户" if len(gone) > _MOST_NAMED else ""
        outcome.problems.append(f"表里少了 {len(gone)} 行：{names}{more}。这些居民没有改动。")
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@dataclass(frozen=True)
class _Row:
    """One row being judged."""

    returned: Returned
    row: ReturnedRow
    handed_out: HandedOutRow
    standing: ResidentStanding
    reviewer: Reviewer
    outcome: Outcome

    def judge(self) -> None:
        changed = self._changed_fixed()
        if set(_MISPLACED) <= changed.keys():
            first = self.returned.table.cell(self.row, _MISPLACED[0])
            self.outcome.problems.append(
                f"{first}：第 {self.row.line} 行的姓名和电话都不是编号 {self.handed_out.key} 的"
                f"（{shown(self.handed_out.fixed['姓名'])}），像是错了位，整行没有采用。"
            )
            return
        for heading, text in changed.items():
            was = shown(self.handed_out.fixed[heading])
            self.outcome.problems.append(
                f"{self._where(heading)}：从“{was}”改成了“{shown(short(text))}”，这一栏不能在这里改，没有采用。"
            )
        corrections = self._corrections()
        if corrections:
            self._take(corrections)
        elif not changed:
            self.outcome.unchanged += 1

    def _changed_fixed(self) -> dict[str, str]:
        """Cells that are not for people to change, and what they say now."""
        return {
            heading: self.row.text(heading)
            for heading, was in self.handed_out.fixed.items()
            if heading in self.row.cells and short(self.row.text(heading)) != was
        }

    def _where(self, heading: str) -> str:
        name = self.standing.resident.name
        return f"{self.returned.table.cell(self.row, heading)}（{name}，{heading}）"

    # --- cells ----------------------------------------------------------------------------------------

    def _corrections(self) -> list[tuple[str, Correction]]:
        found = []
        for heading, name in self.returned.handed_out.fields.items():
            if heading not in self.row.cells:
                continue
            try:
                correction = self._correction(heading, name)
            except _Refused as refused:
                self.outcome.problems.append(f"{self._where(heading)}：{refused}。没有采用。")
                continue
            if correction is not None:
                found.append((heading, correction))
        return found

    def _correction(self, heading: str, name: str) -> Correction | None:
        """What a cell asks for; None where it asks for nothing or must not have it."""
        text, was = self.row.text(heading), self.handed_out.marked[heading]
        if short(text) == was.text:
            return None
        new = self._read(name, text)
        key = value_key(new.value) if name != REMARK or new.value else ""
        if key == was.value and was.is_certain:
            return None
        now = self._now(name)
        if key == now.value and now.is_certain:
            self.outcome.repeated += 1
            return None
        cell = self.returned.table.cell(self.row, heading)
        if (now.value, now.is_certain) != (was.value, was.is_certain) and cell not in self.reviewer.overwrite:
            self.outcome.conflicts.append(self._conflict(heading, name, was, now, text))
            return None
        origin = f"{self.returned.path.name}!{cell}"
        return Correction(
            self.standing.resident.id,
            name,
            self._known(name),
            new,
            self.reviewer.by,
            self.reviewer.at,
            origin,
        )

    def _read(self, name: str, text: str) -> Known:
        if name == REMARK:
            if len(text) > LONGEST_REMARK:
                raise _Refused(f"有 {len(text)} 字，最多 {LONGEST_REMARK} 字，请写短些")
            return Known(text)
        if name == GRADE:
            if text not in GRADES:
                raise _Refused(
                    f"分级不能是“{shown(short(text))}”，应写 {'、'.join(GRADES)}" if text else "分级不能清空"
                )
            return Known(str(GRADES[text]))
        if not text:
            raise _Refused(f"清空了；真的不知道请写“{UNKNOWN}”")
        if TO_CHECK in text:
            raise _Refused(f"还写着“{TO_CHECK}”；核对过了请删掉它，没有核对请不要改")
        today = self.reviewer.at.astimezone(self.reviewer.zone).date()
        try:
            return Known(read_answer(self.reviewer.slot(slot_of_field(name)), text, today))
        except EntryRefused as error:
            raise _Refused(str(error)) from None

    def _now(self, name: str) -> MarkedCell:
        """The cell as the store would have it now."""
        standing = self.standing
        if name == REMARK:
            return MarkedCell(text_of(standing.remark), value_key(standing.remark) if standing.remark else "")
        if name == GRADE:
            label = standing.grade.label if standing.grade else ""
            return MarkedCell(label, value_key(standing.grade) if standing.grade else "")
        slot = slot_of_field(name)
        return marked_answer(self.reviewer.column(slot), standing.slots.get(slot))

    def _known(self, name: str) -> Known | None:
        standing = self.standing
        if name == REMARK:
            return Known(standing.remark) if standing.remark else None
        if name == GRADE:
            return Known(str(standing.grade)) if standing.grade else None
        slot = standing.slots.get(slot_of_field(name))
        return Known(slot.value, slot.is_certain) if slot else None

    def _conflict(self, heading: str, name: str, was: MarkedCell, now: MarkedCell, text: str) -> str:
        who = self._who(name)
        cell = self.returned.table.cell(self.row, heading)
        return (
            f"{self._where(heading)}：发出时是“{shown(was.text)}”，现在已经是“{shown(now.text)}”{who}，"
            f"表里写的是“{shown(short(text))}”。没有采用；以这张表为准请加 --overwrite {cell}。"
        )

    def _who(self, name: str) -> str:
        """（李娜 11-26 14:30 改）, where somebody did."""
        slot = self.standing.slots.get(slot_of_field(name))
        by, at = (slot.entered_by, slot.entered_at) if slot else ("", None)
        if not by:
            last = next((c for c in reversed(self.standing.corrections) if c.field == name), None)
            by, at = (last.by, last.at) if last else ("", None)
        if not by or at is None:
            return ""
        return f"（{by} {at.astimezone(self.reviewer.zone):%m-%d %H:%M} 改）"

    # --- the whole row --------------------------------------------------------------------------------

    def _take(self, found: Sequence[tuple[str, Correction]]) -> None:
        corrections = [correction for _, correction in found]
        for heading, _ in found:
            was = shown(self.handed_out.marked[heading].text) or "空白"
            self.outcome.taken.append(
                f"{self._where(heading)}：{was} → {shown(short(self.row.text(heading))) or '空白'}"
            )
        typed = next((Grade(c.new.value) for c in corrections if c.field == GRADE), None)
        computed = self._computed(corrections)
        if typed is not None:
            if computed is not None and _is_worse(computed, typed):
                self.outcome.warnings.append(
                    f"{self._where('排查分级')}：按回答应是“{computed.label}”，照表里改成了“{typed.label}”，请再看看。"
                )
            grade: Grade | None = typed
        else:
            grade = self._grade_by_answers(corrections, computed)
            if grade is not None:
                corrections.append(self._computed_correction(corrections[0], grade))
        self.outcome.reviews.append(Review(self.standing.resident.id, tuple(corrections), grade))

    def _computed(self, corrections: Sequence[Correction]) -> Grade | None:
        return self.reviewer.script.grade(with_corrections(self.standing.slots, corrections))

    def _grade_by_answers(self, corrections: Sequence[Correction], computed: Grade | None) -> Grade | None:
        """The grade that follows from corrected answers, where it is another one. A grade that somebody set
        by hand is only ever made worse: a wrong green is the worst mistake."""
        now = self.standing.grade
        is_about_answers = any(slot_of_field(c.field) for c in corrections)
        if computed is None or computed is now or not is_about_answers:
            return None
        by_hand = self.standing.grade_correction
        if by_hand is not None and now is not None and not _is_worse(computed, now):
            self.outcome.warnings.append(
                f"{self._where('排查分级')}：“{now.label}”是 {by_hand.by} 改的，没有重算"
                f"（按回答应是“{computed.label}”）。"
            )
            return None
        was = now.label if now else "空白"
        self.outcome.taken.append(f"{self._where('排查分级')}：{was} → {computed.label}（{COMPUTED}）")
        return computed

    def _computed_correction(self, cause: Correction, grade: Grade) -> Correction:
        return replace(
            cause,
            field=GRADE,
            old=self._known(GRADE),
            new=Known(str(grade)),
            origin=f"{cause.origin} {COMPUTED}",
        )


_ORDER = (Grade.GREEN, Grade.YELLOW, Grade.RED)


def _is_worse(one: Grade, other: Grade) -> bool:
    return _ORDER.index(one) > _ORDER.index(other)


def with_corrections(
    slots: Mapping[str, SlotValue], corrections: Sequence[Correction]
) -> dict[str, SlotValue]:
    """All answers as they are when corrections hold."""
    put_right = {
        name: SlotValue(name, correction.new.value, source=Source.STAFF)
        for correction in corrections
        if (name := slot_of_field(correction.field))
    }
    return {**slots, **put_right}
