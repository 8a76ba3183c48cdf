"""``wenhou review sample``: calls for somebody to listen to, and how far robot and listener agree.

Whoever listens does not see what the robot understood, so that nobody hears what they have just read.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from campaign.agreement import Agreement, agreements
from campaign.corrections import Listening, slot_field, slot_of_field
from campaign.errors import EXIT_BAD_INPUT, ListError
from campaign.records import Campaign, SlotValue
from campaign.store import Access, Store
from dialogs.script import Script
from exports.followup.slot_entry import EntryRefused, read_answer
from exports.report.views import Report
from exports.review.handed_out import HIDDEN_SHEET, KEY, SAMPLE, HandedOut, HandedOutRow, MarkedCell, lines_of
from exports.review.returned import Returned, ReturnedRow
from exports.review.sampling import SampledCall, calls_to_choose_from, draw, stratum_of
from exports.workbook.columns import UNKNOWN, SlotColumn
from exports.workbook.keeper import slot_columns
from exports.workbook.result_sheets import DAY_AND_TIME, recording
from exports.workbook.workbook import ColumnSpec, Entry, Section, WorkbookWriter

_WEIGHT = "权重"
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_HOW = (
    "点“听录音”，把听到的填进表头是深绿色的格子；没有问到、没有答的写“未答”，听不清的留空。",
    "这里不写机器人听成了什么，请只按听到的写。",
    "存好后交回：wenhou review import 抽查表 --reviewer 您的姓名。会算出每一项机器人与您一致的比例和 Kappa。",
)


# --- drawing ------------------------------------------------------------------------------------------


def draw_sample(
    console: Console,
    store: Store,
    campaign: Campaign,
    script: Script,
    path: Path,
    *,
    recordings: Path,
    share: str,
    seed: int,
    by: str,
    now: dt.datetime,
    zone: dt.tzinfo,
) -> int:
    """Draw calls and write the sheet in which a listener fills in what they hear; the access log has who did.

    Raises:
        ListError: ``bad_share`` or ``no_recordings``.
        ExportError: ``disk_full`` or ``export_folder``.
    """
    standings = store.standings(campaign.id)
    calls = calls_to_choose_from(standings)
    if not calls:
        raise ListError("no_recordings", "还没有录了音的通话，抽不出来。录音在 sip.conf 的 [store] 里打开。")
    by_attempt = {attempt.id: _heard(store, attempt.id, script) for _, attempt in calls}
    stratified = [
        (standing, attempt, stratum_of(standing.grade, _sureness(by_attempt[attempt.id])))
        for standing, attempt in calls
    ]
    drawn = draw(stratified, _wanted(share, len(calls)), seed or campaign.id)
    columns = slot_columns(script)
    report = Report(
        campaign=campaign, standings=standings, problems=(), turns={}, columns=columns,
        recordings=recordings.absolute(), folder=path.parent.absolute(), generated_at=now, zone=zone,
        script_title=script.title,
    )  # fmt: skip
    written = _workbook(report, drawn, by_attempt, columns).save(path)
    people = len({call.attempt.resident_id for call in drawn})
    store.log_access(Access(now, by, "导出抽查表", people, campaign.id, str(written.path.absolute())))
    unsure = sum(call.stratum.sureness == "unsure" for call in drawn)
    console.print(
        f"从 {len(calls)} 通有录音的通话里抽了 {len(drawn)} 通（有待核实回答的 {unsure} 通），"
        f"写到了 {written.path}。",
        markup=False, soft_wrap=True,
    )  # fmt: skip
    if written.notice:
        console.print(written.notice, style="yellow", markup=False)
    console.print(
        f"听完填好后：wenhou review import {written.path} --reviewer 姓名", style="dim", markup=False
    )
    return 0


def _wanted(share: str, calls: int) -> int:
    """5% or 40 as a number of calls."""
    found = _SHARE.fullmatch(share.strip())
    if found and 0 < float(found[1]) <= 100:
        return max(1, math.ceil(calls * float(found[1]) / 100))
    if share.strip().isascii() and share.strip().isdigit() and int(share) > 0:
        return min(int(share), calls)
    raise ListError("bad_share", f"抽多少不能写“{share}”，请写 5% 这样的比例，或 40 这样的通数。")


def _heard(store: Store, attempt_id: int, script: Script) -> dict[str, SlotValue]:
    kept = {slot.name for slot in script.kept_slots}
    return {slot.name: slot for slot in store.slots(attempt_id) if slot.name in kept}


def _sureness(slots: dict[str, SlotValue]) -> list[tuple[float, bool]]:
    return [(slot.confidence, slot.is_certain) for slot in slots.values()]


def _workbook(
    report: Report,
    drawn: Sequence[SampledCall],
    heard: dict[int, dict[str, SlotValue]],
    columns: Sequence[SlotColumn],
) -> WorkbookWriter:
    answers = [
        ColumnSpec(
            c.title, is_centred=True, narrowest=11, widest=18, choices=c.choices, is_strict=c.is_strict,
            is_marked=True, prompt=f"听到的：{c.prompt}；听不清留空",
        )
        for c in columns
    ]  # fmt: skip
    specs = [
        ColumnSpec("通话编号", is_centred=True, narrowest=8),
        ColumnSpec("录音", is_centred=True, narrowest=8),
        ColumnSpec("通话时间", is_centred=True, narrowest=12),
        ColumnSpec("通话秒数", is_centred=True, narrowest=8),
        *answers,
        ColumnSpec(KEY, is_centred=True, narrowest=8, is_printed=False),
    ]
    rows = [
        [
            Entry(call.attempt.id, number_format="0"),
            recording(report, call.attempt),
            Entry(report.local(call.attempt.dialled_at), number_format=DAY_AND_TIME),
            Entry(round(call.attempt.talk_seconds), number_format="0"),
            *(Entry("") for _ in columns),
            Entry(call.attempt.id, number_format="0"),
        ]
        for call in drawn
    ]
    book = WorkbookWriter()
    book.add_table(SAMPLE, specs, rows, frozen_columns=2)
    steps = [[Entry(number, number_format="0"), Entry(told)] for number, told in enumerate(_HOW, 1)]
    book.add_sections(
        "说明", "怎么听、怎么填", [Section("步骤", ("步骤", "做法"), steps, is_prose=True)], widths=(10, 90)
    )
    book.add_hidden(HIDDEN_SHEET, lines_of(_handed_out(report, drawn, heard, columns)))
    return book


def _handed_out(
    report: Report,
    drawn: Sequence[SampledCall],
    heard: dict[int, dict[str, SlotValue]],
    columns: Sequence[SlotColumn],
) -> HandedOut:
    """The weights travel with the sheet; what the robot understood does not: it stays in the store."""
    rows = {
        call.attempt.id: HandedOutRow(
            call.attempt.id,
            {_WEIGHT: f"{call.weight:.6g}"},
            {column.title: MarkedCell("", "") for column in columns},
        )
        for call in drawn
    }
    fields = {column.title: slot_field(column.name) for column in columns}
    campaign = report.campaign
    return HandedOut(SAMPLE, campaign.id, campaign.created_at, report.generated_at, rows, fields)


# --- taking back --------------------------------------------------------------------------------------


def take_sample(
    console: Console,
    store: Store,
    campaign: Campaign,
    script: Script,
    returned: Returned,
    by: str,
    at: dt.datetime,
    *,
    is_dry: bool,
) -> int:
    """Hold what somebody heard against what the robot understood, keep it, and say how far they agree."""
    columns = {column.title: column for column in slot_columns(script)}
    heard: list[Listening] = []
    problems: list[str] = []
    seen: set[int] = set()
    for row in returned.table.rows:
        number = row.text(KEY)
        key = int(number) if number.isascii() and number.isdigit() else -1
        handed_out = returned.handed_out.rows.get(key)
        if handed_out is None or key in seen:
            why = "出现了两次" if key in seen else "不是这张表发出去的"
            problems.append(f"{returned.table.cell(row, KEY)}：编号“{number}”{why}，整行没有读。")
            continue
        seen.add(key)
        robot = {slot.name: slot for slot in store.slots(key)}
        weight = float(handed_out.fixed[_WEIGHT])
        for title, field in returned.handed_out.fields.items():
            name = slot_of_field(field)
            told = _told(returned, row, title, script, name, at, problems)
            if told is not None and title in columns:
                value = robot[name].value if name in robot else None
                heard.append(Listening(key, name, value, told[0], weight, by, at))
    if not is_dry:
        store.record_listening(heard)
    gone = len(returned.handed_out.rows) - len(seen)
    if gone:
        problems.append(f"表里少了 {gone} 行，这些通话没有算进去。")
    _print_agreements(console, returned, heard, list(columns.values()), len(seen))
    for problem in problems:
        console.print(f"  请改正：{problem}", style="yellow", markup=False, soft_wrap=True)
    return EXIT_BAD_INPUT if problems else 0


def _told(
    returned: Returned,
    row: ReturnedRow,
    title: str,
    script: Script,
    name: str,
    at: dt.datetime,
    problems: list[str],
) -> tuple[Any] | None:
    """What somebody heard, as the value of the slot; None where the cell is empty or cannot be read."""
    text = row.text(title)
    if not text:
        return None
    try:
        return (read_answer(script.slots[name], text, at.date()),)
    except EntryRefused as error:
        problems.append(f"{returned.table.cell(row, title)}：{error}。没有算进去。")
        return None


def _print_agreements(
    console: Console,
    returned: Returned,
    heard: Sequence[Listening],
    columns: Sequence[SlotColumn],
    calls: int,
) -> None:
    by_call = {one.attempt_id for one in heard}
    console.print(
        f"{returned.path.name}：抽查 {calls} 通，听了 {len(by_call)} 通，比较 {len(heard)} 项回答。",
        style="bold", markup=False,
    )  # fmt: skip
    if not heard:
        console.print("还没有填。把听到的填进表头是深绿色的格子，再交回。", style="yellow")
        return
    labels = {column.name: column for column in columns}
    found = {one.name: one for one in agreements(heard)}
    whole = replace(agreements([replace(one, name="") for one in heard])[0], kappa=None)
    table = Table("回答", "条数", "一致", "Kappa", "推算全部", "95% 区间")
    for name, column in labels.items():
        if name in found:
            table.add_row(column.title, *_figures(found[name]))
    table.add_row("合计", *_figures(whole), style="bold")
    console.print(table)
    console.print(
        "“推算全部”按抽样比例折算成整个任务；Kappa 扣除了碰巧一致，0.8 以上很好，0.6 到 0.8 较好，"
        "“—”是回答都一样，算不出。",
        style="dim", soft_wrap=True,
    )  # fmt: skip
    _print_differences(console, heard, labels)


def _figures(one: Agreement) -> tuple[str, ...]:
    kappa = "—" if one.kappa is None else f"{one.kappa:.2f}"
    between = f"{one.lowest:.0%}—{one.highest:.0%}"
    return (str(one.compared), f"{one.share:.1%}", kappa, f"{one.weighted_share:.1%}", between)


def _print_differences(console: Console, heard: Sequence[Listening], labels: dict[str, SlotColumn]) -> None:
    different = [one for one in heard if agreements([one])[0].share < 1]
    if not different:
        return
    console.print("不一致的，请在结果表里更正：")
    for one in different:
        column = labels[one.name]
        robot = UNKNOWN if one.robot is None else column.format(one.robot)
        console.print(
            f"  通话 {one.attempt_id}，{column.title}：机器人 {robot}，听到的 {column.format(one.reviewer)}",
            markup=False,
        )
