"""``wenhou households``: doors with several residents, and the ranking of buildings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from campaign.errors import ExportError
from campaign.records import Campaign, Resident
from dialogs.authoring.versions_used import used_folder, used_script
from exports.records.files import csv_bytes
from exports.records.households import Density, Household, densities, households_of, size_slot
from exports.records.masking import masked_report
from exports.records.private_files import write_private
from exports.report.command import Office, report_of
from exports.tables import table_of

DENSITY_HEADINGS = ("名次", "楼号", "户数", "答了的户", "覆盖", "平均同住", "最多", "估计人数")
DOOR_HEADINGS = ("住址", "居民", "名单人数", "同住人数", "要核对")
_MOST_DOORS = 40


@dataclass(frozen=True)
class HouseholdView:
    """How the households are to be told."""

    least: int
    is_masked: bool
    csv: Path | None


def show_households(console: Console, office: Office, campaign: Campaign, view: HouseholdView) -> int:
    """Print who lives together and where most do; write it as csv where one is wanted.

    Raises:
        ExportError: ``no_household_size``: the script does not ask; or the csv can't be written.
    """
    script = used_script(campaign, used_folder(office.settings)).script
    slot = size_slot({one.name: (str(one.type), one.label) for one in script.kept_slots})
    if not slot:
        raise ExportError("no_household_size", f"话术“{script.title}”没有问同住人数，排不出来。")
    report, _ = report_of(office, campaign, Path())
    households = households_of(report.standings, slot)
    names = {
        s.resident.id: s.resident for s in (masked_report(report) if view.is_masked else report).standings
    }
    doors = [_door_row(one, names) for one in households if len(one.members) > 1]
    ranking = densities(households, view.least)
    _print(console, campaign, doors, ranking, view.least)
    people = sum(len(one.members) for one in households if len(one.members) > 1)
    if view.csv:
        rows = [[*row] for row in (_density_row(i, d) for i, d in enumerate(ranking, 1))]
        content = csv_bytes(DENSITY_HEADINGS, [*rows, [], DOOR_HEADINGS, *doors])
        write_private(view.csv, content)
        office.log(
            "导出同住情况", people, view.csv.absolute(), campaign_id=campaign.id, is_masked=view.is_masked
        )
        console.print(f"已写入：{view.csv}", markup=False, soft_wrap=True)
    return 0


def _print(
    console: Console,
    campaign: Campaign,
    doors: Sequence[Sequence[str]],
    ranking: Sequence[Density],
    least: int,
) -> None:
    console.print(f"{campaign.name}（任务 {campaign.id}）", style="bold", markup=False)
    if doors:
        table = table_of(*DOOR_HEADINGS)
        for row in doors[:_MOST_DOORS]:
            table.add_row(*map(Text, row))
        console.print(table)
        if len(doors) > _MOST_DOORS:
            console.print(f"…另有 {len(doors) - _MOST_DOORS} 户，用 --csv 写成表格查看。")
    else:
        console.print("名单里没有几位居民同住一户的。")
    table = table_of(*DENSITY_HEADINGS)
    for place, density in enumerate(ranking, 1):
        table.add_row(*map(Text, _density_row(place, density)))
    console.print(table)
    console.print(
        f"按居民自己说的同住人数；“待核实”的不算。答了的不足 {least} 户的楼不排名。"
        "估计人数：没有答的户按平均数算。",
        style="dim",
    )


def _density_row(place: int, density: Density) -> tuple[str, ...]:
    known = density.mean is not None
    return (
        str(place) if known else "",
        density.building,
        str(density.households),
        str(density.answered),
        f"{density.coverage:.0%}",
        f"{density.mean:.2f}" if density.mean is not None else "答得太少",
        str(density.largest) if density.largest is not None else "",
        str(density.estimate) if density.estimate is not None else "",
    )


def _door_row(household: Household, names: Mapping[int, Resident]) -> tuple[str, ...]:
    residents = [names[member.resident.id] for member in household.members]
    told = "、".join(dict.fromkeys(resident.name for resident in residents))
    doubts = [
        *(["几个人说的不一样：" + "、".join(map(str, household.sizes))] if household.is_contradicted else []),
        *(["名单上的人比说的多"] if household.is_short else []),
    ]
    place = residents[0].place
    return place, told, str(len(residents)), str(household.size or ""), "；".join(doubts)
