"""``wenhou purge``: what has been kept long enough goes, from the database and from the disk."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from campaign.errors import ExportError, ScriptError, SettingsError
from campaign.purging import Ages, PurgePlan, plan_purge
from campaign.records import Campaign
from campaign.store import Access, RunLock
from exports.report.cells import LEAST
from exports.report.command import Office, campaign_figures, without_small_groups
from exports.report.figures import Figures, figures_of
from exports.report.views import read_report
from exports.tables import table_of

_RECORDING = re.compile(r"(\d{4,})-\d{6,}\.wav")
_SPOKEN_PROMPT = re.compile(r"[0-9a-f]{32}\.wav")


@dataclass(frozen=True)
class Doomed:
    """Files that go with a plan."""

    recordings: tuple[Path, ...]
    left_over: tuple[Path, ...]
    """Recordings that no call of the database names: a call that was cut off, a database put back."""
    prompts: tuple[Path, ...]
    """Synthesised sentences; residents' names are spoken in them. They are made again when needed."""
    sheets: tuple[Path, ...]
    """Generated sheets as old as the persons; they go only where that is asked for."""

    @property
    def sounds(self) -> tuple[Path, ...]:
        return (*self.recordings, *self.left_over, *self.prompts)


def purge(console: Console, office: Office, ages: Ages, *, is_sure: bool, with_sheets: bool) -> int:
    """Tell what is due, and remove it where somebody is sure.

    Raises:
        SettingsError: ``no_age``.
        StoreError: ``store_in_use``: a run is going on.
        ExportError: ``not_removed``: a file can't be removed; nothing is taken out of the database.
    """
    if ages == Ages():
        raise SettingsError("no_age", "要写明清除多久以前的资料，如 wenhou purge --older-than 30d。")
    if not is_sure:
        plan, doomed = _plan(office, ages)
        _tell(console, office, plan, doomed, ages, with_sheets=with_sheets)
        if plan.is_empty and not doomed.sounds and not (with_sheets and doomed.sheets):
            console.print("没有到期的资料。")
        else:
            console.print("以上是预演，什么都没有清除。确认清除：同一命令加 --yes。", style="yellow")
        return 0
    with RunLock(office.store.path):
        plan, doomed = _plan(office, ages)
        _tell(console, office, plan, doomed, ages, with_sheets=with_sheets)
        files = (*doomed.sounds, *(doomed.sheets if with_sheets else ()))
        if plan.is_empty and not files:
            console.print("没有到期的资料，什么都没有清除。")
            return 0
        figures = {held.campaign.id: _kept(office, held.campaign).as_json() for held in plan.persons}
        _remove(files)
        told = _told(plan, doomed, with_sheets=with_sheets)
        office.store.purge(plan, figures, Access(office.now, office.by, f"清除：{told}", plan.residents))
    console.print(f"已清除：{told}。数据库已重写，删去的内容不能恢复。", style="green", soft_wrap=True)
    return 0


def _plan(office: Office, ages: Ages) -> tuple[PurgePlan, Doomed]:
    store, folders = office.store, office.settings.store
    calls = store.held_calls()
    plan = plan_purge(store.held_campaigns(), calls, ages, office.now)
    recordings = Path(folders.recordings)
    named = {call.recording for call in calls if call.recording}
    busy = {held.campaign.id for held in plan.untouched}
    return plan, Doomed(
        recordings=tuple(
            path
            for call in plan.recordings
            if (path := inside(recordings, call.recording)) is not None and path.is_file()
        ),
        left_over=tuple(_left_over(recordings, named, busy, _since(office.now, ages.recordings))),
        prompts=tuple(_files(Path(folders.path).parent / "prompts", _SPOKEN_PROMPT)) if plan.persons else (),
        sheets=tuple(_old_sheets(Path(folders.workbook), _since(office.now, ages.persons))),
    )


def inside(folder: Path, name: str) -> Path | None:
    """A file of a folder by its relative name; None where the name leads out of it."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) else None


def _since(now: dt.datetime, age: dt.timedelta | None) -> float | None:
    return None if age is None else (now - age).timestamp()


def _left_over(folder: Path, named: set[str], busy: set[int], before: float | None) -> Iterator[Path]:
    for path in _files(folder, _RECORDING):
        found = _RECORDING.fullmatch(path.name)
        is_busy = found is not None and int(found[1]) in busy
        if before is not None and path.name not in named and not is_busy and path.stat().st_mtime <= before:
            yield path


def _old_sheets(workbook: Path, before: float | None) -> Iterator[Path]:
    """Result sheets and sheets for the staff, as Wenhou names them."""
    ours = re.compile(rf"{re.escape(workbook.stem)}.*\.xlsx|待跟进-.*\.xlsx|导入问题.*\.xlsx")
    for path in _files(workbook.parent, ours):
        if before is not None and path.stat().st_mtime <= before:
            yield path


def _files(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        p for p in folder.iterdir() if pattern.fullmatch(p.name) and p.is_file() and not p.is_symlink()
    )


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ExportError(
                "not_removed",
                f"删不掉 {path}（{error.strerror}）。数据库没有改动，请检查权限后再运行同一命令。",
            ) from error


def _kept(office: Office, campaign: Campaign) -> Figures:
    """What stays of a campaign: its figures, without those of buildings so small that they are persons."""
    try:
        figures = campaign_figures(office, campaign, "", "")
    except ScriptError:  # the script is gone: what it asked can't be told any more
        report = read_report(
            office.store, campaign.id, folder=Path(), recordings=Path(), columns=(), generated_at=office.now,
            zone=office.zone,
        )  # fmt: skip
        figures = figures_of(report, {}, "", office.settings.dialog.community)
    return without_small_groups(figures, LEAST)


# --- told ---------------------------------------------------------------------------------------------


def _tell(
    console: Console, office: Office, plan: PurgePlan, doomed: Doomed, ages: Ages, *, with_sheets: bool
) -> None:
    missing = sum(1 for call in plan.recordings) - len(doomed.recordings)
    size = sum(path.stat().st_size for path in (*doomed.recordings, *doomed.left_over))
    sounds = len(doomed.recordings) + len(doomed.left_over)
    notes = [f"{size / 1e6:.1f} MB"] if sounds else []
    notes += [f"{missing} 个文件已经不在"] if missing else []
    notes += [f"{len(doomed.left_over)} 个没有对应的通话"] if doomed.left_over else []
    names = "、".join(
        f"{held.campaign.name}（任务 {held.campaign.id}，{held.residents} 户）" for held in plan.persons
    )
    table = table_of("资料", "期限", "到期", "说明")
    table.add_row("录音", _age_text(ages.recordings), f"{sounds} 个", "，".join(notes))
    told = "听到的话和通话经过；结果和回答留着" if plan.transcripts else ""
    table.add_row("通话文字", _age_text(ages.transcripts), f"{len(plan.transcripts)} 次通话", told)
    told = f"{names}；只留合计数" if names else ""
    table.add_row("居民资料", _age_text(ages.persons), f"{plan.residents} 户", told)
    if doomed.prompts:
        table.add_row("合成的语音", "", f"{len(doomed.prompts)} 个", "念过姓名的句子，用到时重新合成")
    if with_sheets:
        table.add_row("表格", _age_text(ages.persons), f"{len(doomed.sheets)} 个", "")
    console.print(table)
    for held in plan.untouched:
        console.print(
            f"任务 {held.campaign.id}（{held.campaign.name}）还有 {held.unfinished} 户要拨打，没有动它。",
            style="cyan",
            markup=False,
        )
    if doomed.sheets:
        what = "要清除的表格" if with_sheets else "这些表格里也有居民资料，加 --sheets 一起清除"
        console.print(f"{what}：", style="yellow")
        for path in doomed.sheets:
            console.print(f"  {path}", markup=False, soft_wrap=True)


def _age_text(age: dt.timedelta | None) -> str:
    return "不清除" if age is None else f"{age.days} 天"


def _told(plan: PurgePlan, doomed: Doomed, *, with_sheets: bool) -> str:
    parts = [
        f"录音 {len(doomed.recordings) + len(doomed.left_over)} 个",
        f"通话文字 {len(plan.transcripts)} 次",
        f"居民资料 {plan.residents} 户（{len(plan.persons)} 个任务）",
        *([f"表格 {len(doomed.sheets)} 个"] if with_sheets else []),
    ]
    return "、".join(parts)
