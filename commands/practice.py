"""Before real calls: doctor, demo, simulate."""

from __future__ import annotations

import argparse
from pathlib import Path

from campaign.errors import EXIT_BAD_INPUT
from campaign.lists.reading import read_residents
from campaign.settings import Settings, load_settings
from campaign.store import Store
from commands.arguments import (
    Subparsers,
    command,
    whole,
    with_settings,
)
from commands.common import (
    console,
    now,
)
from commands.run import run_to_end
from dialer.doctor import Verdict, examine
from dialer.run.runner import RunOptions
from dialogs.authoring.versions_used import keep, used_folder
from exports.terminal import (
    print_import,
)
from simulator.demo import NAME_PROMPTS, RESIDENT_LIST, RESIDENTS, Demo, exchange_process
from simulator.report import calls_of, lines_of, read_log, summarise
from simulator.residents import load_neighbourhood
from simulator.verdict import differences

SIMULATE = "simulate"
DEMO_WAIT_SECONDS = 120.0
"""A demonstration does not wait for residents who asked to be called tomorrow."""


def add_practice_commands(commands: Subparsers) -> None:
    with_settings(command(commands, "doctor", doctor, "检查设置、线路、识别、合成、磁盘和时钟"))

    sub = command(commands, "demo", demo, "演示：十路同时拨打二十户模拟居民")
    sub.add_argument("--lines", type=whole(1, 40), default=10, metavar="路数")
    sub.add_argument("--folder", type=Path, default=Path("output/demo"), metavar="目录")
    sub.add_argument("--fresh", action="store_true", help="从头开始，不接着上次中断的演示")

    commands.add_parser(SIMULATE, help="练习交换机：会说话的模拟居民")


def doctor(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    styles = {Verdict.GOOD: "green", Verdict.DOUBTFUL: "yellow", Verdict.BAD: "red"}
    worst = 0
    for finding in examine(settings, now()):
        console.print(f"[{styles[finding.verdict]}]{finding.verdict.value}[/] {finding.what}：", end="")
        console.print(finding.told, markup=False, soft_wrap=True)
        worst = max(worst, EXIT_BAD_INPUT if finding.verdict is Verdict.BAD else 0)
    return worst


def demo(options: argparse.Namespace) -> int:
    scene = Demo(options.folder)
    scene.folder.mkdir(parents=True, exist_ok=True)
    if options.fresh or not _is_unfinished(scene):
        scene.clear()
    with exchange_process(RESIDENTS, scene.exchange_log) as port:
        settings = scene.settings(port, options.lines)
        path = Path(settings.store.path)
        with Store.open(path) as store:
            if not store.campaigns():
                found = read_residents(RESIDENT_LIST)
                at = now()
                version = keep(settings.dialog.script, used_folder(settings), at).version
                campaign = store.create_campaign(
                    "演示", settings.dialog.script, version, RESIDENT_LIST.name, found.residents, at
                )
                print_import(console, campaign, found.residents, found.problems)
        how = RunOptions(longest_wait_seconds=DEMO_WAIT_SECONDS)
        _, code = run_to_end(settings, None, how, [NAME_PROMPTS], f" -c {scene.settings_file}")
    _tell_exchange(scene)
    if code == 0:
        _tell_verdict(scene)
    return code


def _is_unfinished(scene: Demo) -> bool:
    path = scene.folder / "wenhou.db"
    if not path.exists():
        return False
    with Store.open(path) as store:
        progress = [store.progress(campaign.id) for campaign in store.campaigns()]
    return any(p.pending or p.waiting or p.in_call for p in progress)


def _tell_exchange(scene: Demo) -> None:
    """What the residents' end of the line measured."""
    report = summarise(calls_of(read_log(scene.exchange_log)))
    console.print("居民那一端量到的：")
    for line in lines_of(report):
        console.print(f"  {line}")


def _tell_verdict(scene: Demo) -> None:
    """Whether the residents came out as they are written."""
    neighbourhood = load_neighbourhood(RESIDENTS)
    with Store.open(scene.folder / "wenhou.db") as store:
        standings = store.standings(store.latest_campaign().id)
    found = differences(neighbourhood, standings, now().astimezone(Settings().calling.zone).date())
    wrong = {difference.number for difference in found}
    console.print(f"和模拟居民的剧本核对：{len(standings) - len(wrong)}/{len(standings)} 户完全一致")
    for difference in found:
        console.print(
            f"  {difference.name} {difference.what}：应为 {difference.expected}，得到 {difference.found}",
            markup=False,
        )
