"""``wenhou followup`` with its verbs: the queue of one campaign, worked through in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from campaign.errors import ListError, StoreError
from campaign.follow_up_order import assign_by_building, assign_evenly, for_person
from campaign.records import FollowUp
from campaign.staff_work import StaffResult
from campaign.store import ResidentStanding
from exports.followup.desk import Desk
from exports.followup.queue import FollowUpRow
from exports.followup.slot_entry import EntryRefused, expected, read_answer
from exports.tables import is_narrow, table_of
from exports.workbook.columns import SlotColumn

_MOST_ROWS = 200
"""Nobody reads a longer table in a terminal."""
Ask = Callable[[str], str]
"""Puts a question at the terminal and gives what was typed."""


# --- looking ------------------------------------------------------------------------------------------


def list_queue(desk: Desk, person: str = "", building: str = "", *, is_closed: bool = False) -> int:
    """Print the queue in the order in which it should be worked through."""
    if is_closed:
        return _list_closed(desk)
    all_rows = desk.rows()
    residents = {e.follow_up.id: e.resident for e in desk.queue()}
    rows = [
        row
        for row in all_rows
        if row.follow_up is not None
        and (not person or row.follow_up.assigned_to == person)
        and (not building or residents[row.follow_up.id].building == building)
    ]
    left_out = [] if person or building else desk.left_out()
    if not rows and not left_out:
        desk.console.print("没有待人工跟进的居民。" if not all_rows else "没有符合的居民。")
        return 0
    _print_rows(desk, [*rows, *left_out][:_MOST_ROWS])
    if len(rows) > _MOST_ROWS:
        desk.console.print(
            f"只列出最优先的 {_MOST_ROWS} 户；用 --to、--building 缩小范围，或 export 成表格。"
        )
    if left_out:
        desk.console.print(f"{len(left_out)} 行名单没有导入（没有编号），改好后重新导入。", style="yellow")
    free = sum(row.follow_up is not None and not row.follow_up.assigned_to for row in rows)
    told = f"共 {len(rows)} 户" + (f"，{free} 户还没有分给人" if free else "")
    desk.console.print(f"{told}。领下一户：wenhou followup next --by 姓名")
    return 0


def _print_rows(desk: Desk, rows: Sequence[FollowUpRow]) -> None:
    """A table where the window is wide enough for it, else a few lines for each."""
    if is_narrow(desk.console):
        for row in rows:
            _print_lines(desk, row)
        return
    table = table_of("编号", "优先", "姓名", "电话", "地址", "原因", "已拨", "最近结果", "建议", "负责人")
    for row in rows:
        entry = row.follow_up
        told = (
            str(entry.id) if entry else "", row.urgency_text, row.name,
            row.number.replace("、", "\n"), row.place, row.reason,
            f"{row.attempts} 次", row.last_result, row.suggestion, _who(desk, entry) if entry else "",
        )  # fmt: skip
        table.add_row(*map(Text, told), style="red" if row.is_urgent else None)
    desk.console.print(table)


def _print_lines(desk: Desk, row: FollowUpRow) -> None:
    entry = row.follow_up
    number = str(entry.id) if entry else ""
    who = _who(desk, entry) if entry else ""
    heading = "  ".join(filter(None, [row.name, row.number, row.place, row.urgency_text]))
    dialled = f"已拨 {row.attempts} 次" + (f"，最近：{row.last_result}" if row.last_result else "")
    told = [f"{row.reason}（{dialled}）", f"建议：{row.suggestion}" if row.suggestion else ""]
    style = "red" if row.is_urgent else ""
    desk.console.print(Text(f"{number:>4}  {heading}", style=f"bold {style}".strip()))
    for line in filter(None, [*told, f"负责人：{who}" if who else ""]):
        desk.console.print(Padding(Text(line, style=style, overflow="fold"), (0, 0, 0, 6)))


def _who(desk: Desk, follow_up: FollowUp) -> str:
    if follow_up.claimed_by:
        return f"{follow_up.claimed_by}（{desk.clock(follow_up.claimed_at)} 领取）"
    return follow_up.assigned_to


def _list_closed(desk: Desk) -> int:
    names = {resident.id: resident for resident in desk.store.residents(desk.campaign.id)}
    closed = desk.store.closed_follow_ups(desk.campaign.id)
    if not closed:
        desk.console.print("还没有办结的跟进。")
        return 0
    table = table_of("编号", "姓名", "地址", "原因", "办结", "办结人", "结果")
    for entry in closed:
        resident = names[entry.resident_id]
        told = (
            str(entry.id), resident.name, resident.place, entry.reason, desk.clock(entry.closed_at),
            entry.closed_by, entry.outcome,
        )  # fmt: skip
        table.add_row(*map(Text, told))
    desk.console.print(table)
    desk.console.print(f"共办结 {len(closed)} 户。要重新处理：wenhou followup reopen 编号")
    return 0


def show_entry(desk: Desk, follow_up_id: int) -> None:
    """All that whoever calls the resident should know."""
    row = next(row for row in desk.rows() if row.follow_up and row.follow_up.id == follow_up_id)
    assert row.follow_up is not None
    recording = f"{desk.settings.store.recordings}/{row.recording}" if row.recording else ""
    dialled = f"{row.attempts} 次，最近 {desk.clock(row.last_at)} {row.last_result}" if row.attempts else ""
    _print_pairs(
        desk.console,
        f"编号 {follow_up_id}　{row.name}　{row.number}",
        [
            ("优先", row.urgency_text),
            ("住址", row.place),
            ("原因", row.reason),
            ("建议", row.suggestion),
            ("已了解", row.learnt),
            ("待核实", row.to_check.replace("\n", "；")),
            ("已拨", dialled),
            ("录音", recording),
            *(("记录", f"{desk.clock(note.at)} {note.by}：{note.text}") for note in row.notes),
        ],
    )  # fmt: skip


def _print_pairs(console: Console, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
    console.print(heading, style="bold", markup=False)
    for name, text in pairs:
        if text:
            console.print(f"  {name}　{text}", markup=False, soft_wrap=True)


# --- sharing out --------------------------------------------------------------------------------------


def assign_queue(desk: Desk, staff: Sequence[str], *, by_building: bool, again: bool) -> int:
    """Share the open entries out: those that are nobody's, or (``again``) all that nobody is at."""
    staff = list(dict.fromkeys(staff or desk.settings.followup.staff))
    if not staff:
        raise ListError(
            "no_staff",
            "分给谁？请写 --to 李娜,张敏，或在 sip.conf 的 [followup] 里写 staff = 李娜, 张敏。",
        )
    queue = desk.queue()
    entries = [e for e in queue if (again and not e.follow_up.claimed_by) or not e.follow_up.assigned_to]
    if not entries:
        desk.console.print(
            "队列里每一户都已经分给人了；要重新分请加 --again。" if queue else "没有待人工跟进的居民。"
        )
        return 0
    given = {entry.follow_up.id for entry in entries}
    kept = [entry for entry in queue if entry.follow_up.id not in given]
    load = Counter(entry.follow_up.assigned_to for entry in kept if entry.follow_up.assigned_to in staff)
    if by_building:
        known = {e.resident.building: e.follow_up.assigned_to for e in kept if e.follow_up.assigned_to}
        whom = assign_by_building(entries, staff, load, known)
    else:
        whom = assign_evenly(entries, staff, load)
    desk.store.assign_follow_ups(whom, desk.by, desk.now)
    counts = Counter(whom.values())
    for person in staff:
        total = counts[person] + load[person]
        desk.console.print(f"{person}：新分 {counts[person]} 户，共 {total} 户")
    return 0


def claim_next(desk: Desk) -> int:
    """Take the first entry that is free for whoever asks, own ones first; show it."""
    queue = desk.queue()
    mine = [e for e in queue if e.follow_up.claimed_by == desk.by]
    free = [e for e in for_person(queue, desk.by) if not desk.is_taken(e.follow_up)]
    for entry in [*mine, *free]:
        if desk.store.claim_follow_up(entry.follow_up.id, desk.by, desk.now, stale_before=desk.stale_before):
            show_entry(desk, entry.follow_up.id)
            _tell_what_next(desk, entry.follow_up.id)
            return 0
    others = sum(bool(e.follow_up.assigned_to) and e.follow_up.assigned_to != desk.by for e in queue)
    told = f"（另有 {others} 户分给了别人）" if others else ""
    desk.console.print(f"没有可以领的居民{told}。", markup=False)
    return 0


def _tell_what_next(desk: Desk, follow_up_id: int) -> None:
    desk.console.print(
        f"打完电话：wenhou followup call {follow_up_id}　"
        f"不打电话就办结：wenhou followup done {follow_up_id}　"
        f"放回队列：wenhou followup claim {follow_up_id} --release",
        style="dim",
    )


def claim_entry(desk: Desk, follow_up_id: int) -> int:
    """Take one entry; refused with a sentence where somebody else is at it."""
    desk.standing_of(follow_up_id)
    if not desk.store.claim_follow_up(follow_up_id, desk.by, desk.now, stale_before=desk.stale_before):
        raise _not_free(desk, desk.store.follow_up(follow_up_id))
    show_entry(desk, follow_up_id)
    _tell_what_next(desk, follow_up_id)
    return 0


def release_entry(desk: Desk, follow_up_id: int) -> int:
    desk.standing_of(follow_up_id)
    desk.store.release_follow_up(follow_up_id, desk.by, desk.now)
    desk.console.print(f"编号 {follow_up_id} 已放回队列。")
    return 0


def _not_free(desk: Desk, follow_up: FollowUp) -> StoreError:
    if not follow_up.is_open:
        told = (
            f"已经由 {follow_up.closed_by} 在 {desk.clock(follow_up.closed_at)} 办结（{follow_up.outcome}）"
        )
        return StoreError("follow_up_closed", f"编号 {follow_up.id} {told}。")
    return StoreError(
        "follow_up_taken",
        f"编号 {follow_up.id} 由 {follow_up.claimed_by} 在 {desk.clock(follow_up.claimed_at)} 领走了，"
        f"请先问问。确实要接手：先 wenhou followup claim {follow_up.id} --release，再领取。",
    )


# --- what came of it ----------------------------------------------------------------------------------


def note_entry(desk: Desk, follow_up_id: int, text: str) -> int:
    desk.standing_of(follow_up_id)
    desk.store.note_follow_up(follow_up_id, desk.by, desk.now, text)
    desk.console.print(f"已记在编号 {follow_up_id} 上。")
    return 0


def record_call(
    desk: Desk, follow_up_id: int, result: str, texts: Sequence[str], number: str, note: str, ask: Ask | None
) -> int:
    """Enter a call that somebody made: the result and the answers, as arguments or asked one by one."""
    standing = _free_standing(desk, follow_up_id)
    if not result and ask is None:
        raise ListError("bad_result", "请用 --result 写明结果，例如 --result 已完成 或 --result 无人接听。")
    answers = desk.answers_of(texts)
    if result:
        found = desk.result_named(result, is_call=True)
    else:
        assert ask is not None
        show_entry(desk, follow_up_id)
        found = _ask_result(desk, ask)
        if found.disposition is not None and found.disposition.is_conversation:
            answers |= _ask_answers(desk, standing, answers, ask)
            note = note or ask("备注（没有就直接回车）：").strip()
    number = number or standing.resident.phones[0]
    work = desk.settle(standing, follow_up_id, found, answers, number=number, note=note)
    _tell_settled(desk, standing, follow_up_id, work.result, work.answers)
    return 0


def finish_entry(desk: Desk, follow_up_id: int, result: str, texts: Sequence[str], note: str) -> int:
    """Close an entry without a call: visited, checked by the recording, or nothing to be done."""
    standing = _free_standing(desk, follow_up_id)
    found = desk.result_named(result, is_call=False)
    work = desk.settle(standing, follow_up_id, found, desk.answers_of(texts), note=note)
    _tell_settled(desk, standing, follow_up_id, work.result, work.answers)
    return 0


def reopen_entry(desk: Desk, follow_up_id: int, why: str) -> int:
    desk.standing_of(follow_up_id)
    desk.store.reopen_follow_up(follow_up_id, desk.by, desk.now, why)
    desk.console.print(f"编号 {follow_up_id} 重新放进了队列。")
    return 0


def _free_standing(desk: Desk, follow_up_id: int) -> ResidentStanding:
    standing = desk.standing_of(follow_up_id)
    follow_up = desk.store.follow_up(follow_up_id)
    if not follow_up.is_open or desk.is_taken(follow_up):
        raise _not_free(desk, follow_up)
    return standing


def _tell_settled(
    desk: Desk,
    standing: ResidentStanding,
    follow_up_id: int,
    result: StaffResult,
    answers: dict[str, Any] | Any,
) -> None:
    name = standing.resident.name
    if result.closes:
        desk.console.print(
            f"{name}：{result.label}，编号 {follow_up_id} 已办结，结果会写进结果表。", markup=False
        )
        missing = desk.missing(standing, answers)
        if missing and result.disposition == "completed":
            desk.console.print(f"还没有答的：{'、'.join(missing)}。", style="yellow", markup=False)
    else:
        desk.console.print(f"{name}：{result.label}，编号 {follow_up_id} 留在队列里。", markup=False)


def _ask_result(desk: Desk, ask: Ask) -> StaffResult:
    while True:
        text = ask("结果（已完成 / 部分完成 / 无人接听 / 占线 / 关机 / 停机 / 空号 / 打错 / 拒访 …）：")
        try:
            return desk.result_named(text, is_call=True)
        except ListError as error:
            desk.console.print(error.message, style="yellow", markup=False)


def _ask_answers(desk: Desk, standing: ResidentStanding, given: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """Question by question; an empty line leaves what is known."""
    answers = {}
    today = desk.now.astimezone(desk.zone).date()
    for slot, column in zip(desk.script.kept_slots, desk.columns, strict=True):
        while slot.name not in given:
            text = ask(f"{slot.label}（{expected(slot)}）{_known(standing, column)}：").strip()
            if not text:
                break
            try:
                answers[slot.name] = read_answer(slot, text, today)
                break
            except EntryRefused as error:
                desk.console.print(f"{error}。", style="yellow", markup=False)
    return answers


def _known(standing: ResidentStanding, column: SlotColumn) -> str:
    slot = standing.slots.get(column.name)
    if slot is None:
        return ""
    doubt = "" if slot.is_certain else "，待核实"
    return f"［{column.format(slot.value)}{doubt}］"
