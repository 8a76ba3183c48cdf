"""``wenhou resident export | delete``: what a person may ask of whoever keeps data on them.

Personal Information Protection Law, articles 45 (access and copy) and 47 (deletion).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from campaign.errors import ExportError, ListError
from campaign.evidence import ENDED_BY
from campaign.lists.phone_cells import parse_phones
from campaign.store import Access, HeldResident, RunLock
from exports.records.masking import mask_name, mask_number
from exports.records.private_files import private_folder, write_private
from exports.records.purge_command import inside
from exports.report.command import Office, report_of
from exports.tables import table_of
from exports.workbook.result_sheets import status_text

_LONGEST_ID = 6
"""Digits; more are a telephone number."""


def person_asked_for(office: Office, wanted: Sequence[str]) -> list[HeldResident]:
    """All entries of one person in all lists: those with the same name and a number in common.

    Args:
        office: Where to look.
        wanted: Numbers of entries, or one telephone number, or one name.

    Raises:
        ListError: ``no_resident``, or ``several_residents`` where it could be more than one person.
    """
    found: dict[int, HeldResident] = {}
    for text in wanted:
        entries = _entries(office, text.strip())
        if not entries:
            raise ListError("no_resident", f"没有找到“{text}”。请写电话号码、姓名，或结果表里的居民编号。")
        is_id = _is_id(text.strip())
        people = _people(entries)
        if len(people) > 1 and not is_id:
            raise ListError("several_residents", _which(text, people))
        for entry in entries:
            found.update({one.resident.id: one for one in _same_person(office, entry)})
    return [found[key] for key in sorted(found)]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


def _entries(office: Office, text: str) -> list[HeldResident]:
    if not text:
        return []
    if _is_id(text):
        return office.store.residents_asked_for(resident_id=int(text))
    numbers = parse_phones(text, office.settings.trunk.area_code).numbers
    if numbers:
        return office.store.residents_asked_for(number=numbers[0].split(",")[0])
    return office.store.residents_asked_for(name=text)


def _same_person(office: Office, entry: HeldResident) -> list[HeldResident]:
    """The entry and those of other lists with the same name and a number in common."""
    numbers = set(entry.resident.phones)
    namesakes = office.store.residents_asked_for(name=entry.resident.name) if entry.resident.name else []
    return [entry, *(one for one in namesakes if numbers & set(one.resident.phones))]


def _people(entries: Sequence[HeldResident]) -> list[list[HeldResident]]:
    """Entries by person: the same name and a number in common."""
    people: list[list[HeldResident]] = []
    for entry in entries:
        for person in people:
            same_name = person[0].resident.name == entry.resident.name
            if same_name and any(set(one.resident.phones) & set(entry.resident.phones) for one in person):
                person.append(entry)
                break
        else:
            people.append([entry])
    return people


def _which(text: str, people: Sequence[Sequence[HeldResident]]) -> str:
    told = "\n".join(
        f"  编号 {entry.resident.id}　{mask_name(entry.resident.name)}　"
        f"{'、'.join(map(mask_number, entry.resident.phones))}　{entry.resident.place}　{entry.campaign.name}"
        for person in people
        for entry in person
    )
    return f"“{text}”不止一个人，请改用编号（可以写几个）：\n{told}"


# --- export -------------------------------------------------------------------------------------------


def export_person(
    console: Console, office: Office, people: Sequence[HeldResident], folder: Path | None
) -> int:
    """Write everything that is kept of a person into a folder: 资料.json, 说明.txt, and the recordings.

    Raises:
        ExportError: The folder can't be written, or something is in it.
    """
    day = f"{office.now.astimezone(office.zone):%Y%m%d}"
    where = folder or Path(office.settings.store.workbook).parent / f"本人资料-{people[0].resident.id}-{day}"
    private_folder(where)
    entries = [_entry(office, held) for held in people]
    content = {
        "generated_at": office.now.astimezone(office.zone).isoformat(timespec="seconds"),
        "entries": entries,
    }
    write_private(where / "资料.json", (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    write_private(where / "说明.txt", ("\ufeff" + _summary(office, people)).encode())
    copied, missing = _copy_recordings(office, people, where)
    office.log("导出本人资料", len(people), where.absolute())
    console.print(
        f"已写入：{where}（{len(people)} 条名单记录，{copied} 个录音）", markup=False, soft_wrap=True
    )
    if missing:
        console.print(f"{missing} 个录音的文件已经不在，没有写入。", style="yellow")
    console.print("交给本人以后，请删除这个文件夹。", style="yellow")
    return 0


def _entry(office: Office, held: HeldResident) -> dict[str, object]:
    store = office.store
    return {
        "campaign": {
            "id": held.campaign.id,
            "name": held.campaign.name,
            "list_file": held.campaign.list_file,
        },
        **store.everything_about(held.resident.id),
        "list_problem": store.list_rows_about(held.resident, held.campaign.id),
        "do_not_call": [n for n in held.resident.phones if store.is_do_not_call(n.split(",")[0])],
    }


def _summary(office: Office, people: Sequence[HeldResident]) -> str:
    """The same in words, for somebody who reads no JSON."""
    lines = ["问候：本人资料说明", "全部内容在 资料.json；录音在同一文件夹。", ""]
    for held in people:
        report, _ = report_of(office, held.campaign, Path())
        standing = next(s for s in report.standings if s.resident.id == held.resident.id)
        lines += [
            f"任务：{held.campaign.name}（名单 {held.campaign.list_file}）",
            f"姓名：{held.resident.name}　电话：{'、'.join(held.resident.phones)}",
            f"住址：{held.resident.place}",
            f"状态：{status_text(standing)}　排查分级：{standing.grade.label if standing.grade else '无'}",
        ]
        for column in report.columns:
            if slot := standing.slots.get(column.name):
                said = f"　原话：{slot.raw}" if slot.raw else ""
                lines.append(f"  {column.title}：{column.format(slot.value)}{said}")
        for attempt in standing.attempts:
            at = report.local(attempt.dialled_at)
            ended = attempt.disposition.label if attempt.disposition else "没有结果"
            who = attempt.caller or "机器人"
            told = f"  {at:%Y-%m-%d %H:%M} {who}拨打 {attempt.number}：{ended}，{attempt.talk_seconds:.0f} 秒"
            lines.append(f"{told}，{ENDED_BY[attempt.cause.hung_up_by]}挂机")
        lines.append("")
    return "\n".join(lines)


def _copy_recordings(office: Office, people: Sequence[HeldResident], where: Path) -> tuple[int, int]:
    copied = missing = 0
    for path in _recordings(office, people):
        if path.is_file():
            write_private(where / path.name, path.read_bytes())
            copied += 1
        else:
            missing += 1
    return copied, missing


def _recordings(office: Office, people: Sequence[HeldResident]) -> list[Path]:
    folder = Path(office.settings.store.recordings)
    names = [name for held in people for name in office.store.recordings_of(held.resident.id)]
    return [path for name in names if (path := inside(folder, name)) is not None]


# --- delete -------------------------------------------------------------------------------------------


def delete_person(console: Console, office: Office, people: Sequence[HeldResident], *, is_sure: bool) -> int:
    """Tell what is kept of a person, and delete it where somebody is sure.

    Raises:
        StoreError: ``store_in_use``, ``resident_in_call``.
        ExportError: ``not_removed``.
    """
    table = table_of("编号", "姓名", "电话", "任务", "拨打", "录音")
    for held in people:
        resident, rows = held.resident, office.store.everything_about(held.resident.id)
        recordings = office.store.recordings_of(resident.id)
        cells = (
            str(resident.id), resident.name, "、".join(resident.phones), held.campaign.name,
            str(len(rows.get("attempt", ()))), str(len(recordings)),
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    console.print(table)
    if not is_sure:
        console.print("以上是预演，什么都没有删除。确认删除：同一命令加 --yes。", style="yellow")
        return 0
    with RunLock(office.store.path):
        recordings_gone = _delete(office, people)
    console.print(
        f"已删除 {len(people)} 条名单记录和 {recordings_gone} 个录音，不能恢复。",
        style="green",
        soft_wrap=True,
    )
    numbers = [
        n for held in people for n in held.resident.phones if office.store.is_do_not_call(n.split(",")[0])
    ]
    if numbers:
        console.print("免打扰名单里的号码留着，免得下一份名单又打给他。")
    console.print(
        "以前生成的表格里还有他的资料：结果表用 wenhou export 重新生成，别的请手工删除。", style="yellow"
    )
    return 0


def _delete(office: Office, people: Sequence[HeldResident]) -> int:
    if any(held.is_in_call for held in people):  # left by a run that was killed; the next run settles it
        raise ListError("resident_in_call", "有一次和他的通话没有正常结束。请先运行一次 wenhou run，再删除。")
    files = [path for path in _recordings(office, people) if path.is_file()]
    for path in files:
        try:
            path.unlink()
        except OSError as error:
            raise ExportError(
                "not_removed", f"删不掉 {path}（{error.strerror}）。请检查权限后再运行同一命令。"
            ) from error
    office.store.delete_residents(people, Access(office.now, office.by, "删除本人资料", len(people)))
    return len(files)
