"""Asked of a run in another terminal: pause, resume, stop, lines; of campaigns: priority, repeat."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.errors import StoreError
from campaign.records import Campaign
from campaign.rounds import FIRST, LAST, told_of_plans
from campaign.settings import Settings, load_settings
from campaign.store import Run, Store, Verb, is_running
from commands.arguments import Subparsers, command, whole, with_campaign, with_settings
from commands.common import chosen_campaign, console, now
from commands.run import has_left
from dialer.run.terms import MOST_LINES
from dialogs.authoring.versions_used import used_folder, used_script
from exports.review.changes import changes, print_changes
from exports.workbook.keeper import slot_columns

_ANSWER_SECONDS = 8.0
_LOOK_SECONDS = 0.1
_MOST_TOLD = 5


def add_control_commands(commands: Subparsers) -> None:
    for name, act, told in (
        ("pause", pause, "暂停拨打：通话打完，不再拨新的"),
        ("resume", resume, "继续暂停了的拨打"),
        ("stop", stop, "停止正在进行的拨打：通话礼貌结束；再运行一次立即挂断"),
    ):
        sub = with_settings(command(commands, name, act, told))
        sub.add_argument("--campaign", type=int, metavar="编号", help="只对这一个任务（默认整个拨打）")

    sub = with_settings(command(commands, "lines", lines, "改变正在进行的拨打同时打几路"))
    sub.add_argument("count", type=whole(1, MOST_LINES), metavar="路数")

    told = f"定任务的优先级：{FIRST} 最先打，{LAST} 最后打，不定是 5"
    sub = with_settings(command(commands, "priority", priority, told))
    sub.add_argument("campaign", type=int, metavar="任务编号")
    sub.add_argument("priority", type=whole(FIRST, LAST), metavar="优先级")

    told = "同一份名单再打一轮：结果另存，上一轮的留着"
    sub = with_campaign(with_settings(command(commands, "repeat", repeat, told)))
    kinds = sub.add_mutually_exclusive_group()
    kinds.add_argument("--daily", action="store_true", help="不是现在，以后每天自动打一轮")
    kinds.add_argument("--once", action="store_true", help="不再每天打")
    kinds.add_argument("--changes", action="store_true", help="只看这一轮和上一轮的回答有什么不同")


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[tuple[Settings, Store]]:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        yield settings, store


# --- the run that is going on ---------------------------------------------------------------------------


def pause(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        if not options.campaign:
            return _ask(store, settings, Verb.PAUSE)
        plan = store.newest_round(options.campaign)
        store.set_paused(plan.campaign_id, now())
        _look(store, settings)
        console.print(f"任务 {plan.campaign_id} 已暂停，wenhou resume --campaign {plan.campaign_id} 继续。")
    return 0


def resume(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        if not options.campaign:
            return _ask(store, settings, Verb.RESUME)
        plan = store.newest_round(options.campaign)
        store.set_paused(plan.campaign_id, None)
        is_dialling = _look(store, settings)
        console.print(
            f"任务 {plan.campaign_id} 不再暂停。" + ("" if is_dialling else "运行 wenhou run 拨打。")
        )
    return 0


def stop(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        number = store.newest_round(options.campaign).campaign_id if options.campaign else 0
        return _ask(store, settings, Verb.STOP, number)


def lines(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        return _ask(store, settings, Verb.LINES, options.count)


def _running(store: Store, settings: Settings) -> Run | None:
    run = store.open_run()
    return run if run and is_running(Path(settings.store.path)) else None


def _ask(store: Store, settings: Settings, verb: Verb, value: int = 0) -> int:
    """Ask the run for something and wait until it says that it is done.

    Raises:
        StoreError: ``no_run``: none is going on; ``run_silent``: it does not answer, the order is withdrawn.
    """
    run = _running(store, settings)
    if run is None:
        raise StoreError("no_run", "现在没有正在进行的拨打。要拨打请运行 wenhou run。")
    order = store.ask(run.id, verb, value, now())
    until = time.monotonic() + _ANSWER_SECONDS
    while (told := store.answer_to(order)) is None:
        if time.monotonic() > until and store.withdraw(order):
            raise StoreError("run_silent", "正在进行的拨打没有回应，没有改变什么。请到运行它的窗口看一看。")
        time.sleep(_LOOK_SECONDS)  # until the run, another process, has answered
    console.print(told)
    return 0


def _look(store: Store, settings: Settings) -> bool:
    """Let a run that is going on know that campaigns have changed; False: there is none."""
    run = _running(store, settings)
    if run is not None:
        store.ask(run.id, Verb.LOOK, 0, now())
    return run is not None


# --- campaigns ------------------------------------------------------------------------------------------


def priority(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        plan = store.newest_round(options.campaign)
        store.set_priority(plan.campaign_id, options.priority)
        _look(store, settings)
        console.print(f"任务 {plan.campaign_id} 的优先级是 {options.priority}（{FIRST} 最先，{LAST} 最后）。")
        if not _running(store, settings):
            console.print("wenhou run --all 按优先级一起打没打完的任务。")
    return 0


def repeat(options: argparse.Namespace) -> int:
    with _opened(options) as (settings, store):
        named = chosen_campaign(store, options.campaign)
        if options.changes:
            return _show_changes(store, settings, named)
        campaign = store.campaign(store.newest_round(named.id).campaign_id)
        if options.daily or options.once:
            store.set_daily(campaign.id, options.daily)
            console.print(_told_daily(campaign, is_daily=options.daily))
        else:
            _begin_round(store, settings, campaign)
        _look(store, settings)
    return 0


def _told_daily(campaign: Campaign, *, is_daily: bool) -> str:
    if not is_daily:
        return f"任务 {campaign.id} 不再每天打；这一轮没打完的照样打完。"
    return f"任务 {campaign.id} 以后每天打一轮：wenhou run 开着不关，每天到拨打时段自动开始新的一轮。"


def _begin_round(store: Store, settings: Settings, campaign: Campaign) -> None:
    """By hand. A round in which nobody was dialled yet needs none after it."""
    if store.first_dial(campaign.id) is None:
        raise StoreError("round_unbegun", f"任务 {campaign.id} 还没有打过，直接运行 wenhou run 就行。")
    at = now()
    new = store.begin_round(campaign.id, at, settings.calling.rules.day_of(at))
    console.print(f"新的一轮：{new.name}（任务 {new.id}）。上一轮（任务 {campaign.id}）的结果都留着。")
    if not _running(store, settings):
        console.print("接下来：wenhou run 开始拨打。")


def _show_changes(store: Store, settings: Settings, campaign: Campaign) -> int:
    before = store.round_before(campaign.id)
    if before is None:
        console.print(f"任务 {campaign.id} 是第一轮，没有上一轮可以比。")
        return 0
    columns = slot_columns(used_script(campaign, used_folder(settings)).script)
    found = changes(
        store.standings(before), store.standings(campaign.id), store.earlier_ids(campaign.id), columns
    )
    print_changes(console, found, f"{campaign.name}（任务 {campaign.id}）和上一轮（任务 {before}）")
    return 0


def tell_plans(store: Store, path: Path) -> None:
    """What ``wenhou status`` says besides the figures: the run, priorities, pauses, rounds."""
    run = store.open_run()
    if run and is_running(path):
        paused = "已暂停" if run.is_paused else "正在拨打"
        console.print(f"{paused}，同时 {run.lines} 路（wenhou pause / resume / lines / stop）", style="cyan")
    plans = store.plans()
    for told in told_of_plans(plans):
        console.print(told)
    over = [plan for plan in plans if plan.is_closed and has_left(store, plan.campaign_id)]
    if over:
        numbers = "、".join(str(plan.campaign_id) for plan in over[-_MOST_TOLD:])
        console.print(f"任务 {numbers} 的那一轮已经结束，没打到的在新的一轮里打。", style="dim")
