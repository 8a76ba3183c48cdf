"""``wenhou report``: the page for people, the figures for the sub-district."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from campaign.errors import ExportError
from campaign.records import Campaign
from campaign.settings import Settings
from campaign.store import Access, Store
from dialogs.authoring.versions_used import used_folder, used_script
from dialogs.script import SlotType
from exports.records.private_files import write_private
from exports.report.cells import merged_groups
from exports.report.figures import FORMAT, Figures, figures_of
from exports.report.page import ReportPlan, page
from exports.report.views import Report, read_report
from exports.workbook.keeper import slot_columns

_COUNTED = (SlotType.SYMPTOMS, SlotType.YES_NO, SlotType.CHOICE, SlotType.MULTI_CHOICE)


@dataclass(frozen=True)
class Office:
    """What the commands work with."""

    store: Store
    settings: Settings
    now: dt.datetime
    by: str

    @property
    def zone(self) -> dt.tzinfo:
        return self.settings.calling.zone

    def log(self, what: str, people: int, target: Path | str = "", **more: Any) -> None:
        """An entry of the access log."""
        self.store.log_access(Access(self.now, self.by, what, people, target=str(target), **more))


def report_of(office: Office, campaign: Campaign, folder: Path) -> tuple[Report, dict[str, str]]:
    """A campaign as it is now, and the slots whose answers are counted, by their type."""
    script = used_script(campaign, used_folder(office.settings)).script
    with office.store.snapshot() as snapshot:
        report = read_report(
            snapshot,
            campaign.id,
            folder=folder,
            recordings=Path(office.settings.store.recordings),
            columns=slot_columns(script),
            generated_at=office.now,
            zone=office.zone,
            script_title=script.title,
        )
    return report, {slot.name: str(slot.type) for slot in script.kept_slots if slot.type in _COUNTED}


def campaign_figures(office: Office, campaign: Campaign, code: str, community: str) -> Figures:
    """The figures of a campaign; those that were kept, where its residents are purged."""
    kept = office.store.kept_figures().get(campaign.id)
    if kept is not None:
        return replace(Figures.from_json(kept), is_kept=True)
    report, questions = report_of(office, campaign, Path())
    return figures_of(report, questions, code, community or office.settings.dialog.community)


def without_small_groups(figures: Figures, least: int) -> Figures:
    """Figures that may leave the office or stay after the residents: small buildings are put together, and of
    so small a campaign that its figures are persons nothing of their health is left."""
    if figures.total < least:
        whole = replace(figures.whole, red=0, yellow=0, green=0, troubled=0)
        return replace(figures, answers=(), grades={}, buildings={"": whole}, communities={"": whole})
    whole = figures.whole
    return replace(
        figures,
        buildings=merged_groups(figures.buildings, least, "") or {"": whole},
        communities=merged_groups(figures.communities, least, "") or {"": whole},
    )


def read_figures(paths: Sequence[Path]) -> list[Figures]:
    """The figures of other offices.

    Raises:
        ExportError: ``bad_figures`` with the file's name.
    """
    found: list[Figures] = []
    for path in paths:
        try:
            content = json.loads(path.read_text("utf-8-sig"))
            if content["format"] != FORMAT:
                raise ExportError("bad_figures", "这份汇总数据是别的版本写的，请用同一版本的问候重新生成。")
            found += [Figures.from_json(one) for one in content["campaigns"]]
        except OSError as error:
            raise ExportError("bad_figures", f"读不了 {path}（{error.strerror}）。请检查文件名。") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ExportError(
                "bad_figures", f"{path.name}：不是 wenhou report --figures 写的汇总数据，或者被改坏了。"
            ) from error
        except ExportError as error:
            raise ExportError(error.code, f"{path.name}：{error.message}") from error
    return found


def write_figures(path: Path, history: Sequence[Figures], least: int) -> None:
    content = {"format": FORMAT, "campaigns": [without_small_groups(one, least).as_json() for one in history]}
    write_private(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def write_page(path: Path, history: Sequence[Figures], least: int, written_at: dt.datetime) -> None:
    write_private(path, page(ReportPlan(history, least, written_at)).encode())


def same_script(campaigns: Sequence[Campaign], campaign: Campaign) -> list[Campaign]:
    """The campaigns up to one that asked the same, oldest first: what it is compared with."""
    return [one for one in campaigns if one.script == campaign.script and one.id <= campaign.id]
