"""Call scripts: check, list, test, draw, talk, new, diff, publish."""

from __future__ import annotations

import argparse
import datetime as dt
from functools import partial
from pathlib import Path

from asr.vocabulary import installed_vocabulary
from campaign.errors import SettingsError
from campaign.settings import Settings
from campaign.store import Store
from commands.arguments import (
    Part,
    Subparsers,
    command,
    day,
    group,
    with_engine,
    with_optional_settings,
)
from commands.common import (
    chosen_campaign,
    complaints,
    console,
    now,
    prepared_model,
    settings_for_trying,
)
from commands.recordings import add_recording_commands
from dialer.keyboard import Keyboard
from dialer.practice.spoken_tests import test_scripts_aloud
from dialer.practice.talk_by_voice import talk_at_microphone, talk_on_telephone
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.check_command import can_synthesize, check_scripts, list_scripts
from dialogs.authoring.draw_command import draw_calls, draw_script
from dialogs.authoring.talk_command import talk
from dialogs.authoring.test_command import test_scripts
from dialogs.authoring.versions import published_folder
from dialogs.authoring.versions_command import new_script, publish_script, tell_changes
from dialogs.authoring.versions_used import used_folder
from dialogs.recordings.folder import recordings_root
from dialogs.speech.voices import system_voice, voice_rules


def check_call_scripts(options: argparse.Namespace) -> int:
    around = _surroundings(options, settings_for_trying(options))
    return check_scripts(console, options.files, around)


def _surroundings(options: argparse.Namespace, settings: Settings) -> Surroundings:
    return Surroundings(
        recordings=options.recordings,
        can_synthesize=partial(can_synthesize, system_voice(settings)),
        voice=voice_rules(settings),
        own_recordings=recordings_root(settings),
        longest_call=settings.lines.longest_call,
        knows=installed_vocabulary(settings.asr),
    )


def list_call_scripts(options: argparse.Namespace) -> int:
    return list_scripts(console, settings_for_trying(options).dialog.script)


def test_call_scripts(options: argparse.Namespace) -> int:
    if not options.audio:
        if options.engine or options.snr is not None:
            raise SettingsError("audio_only", "--engine、--snr 要和 --audio 一起用。")
        return test_scripts(console, options.scripts)
    settings = settings_for_trying(options)
    model = prepared_model(settings, complaints)
    return test_scripts_aloud(console, options.scripts, settings, model, options.snr)


def draw_call_script(options: argparse.Namespace) -> int:
    settings = settings_for_trying(options)
    if not options.calls and options.campaign is None:
        return draw_script(console, settings.dialog.script, options.output)
    with Store.open(Path(settings.store.path)) as store:
        campaign = chosen_campaign(store, options.campaign)
        kept = used_folder(settings)
        return draw_calls(console, store, campaign, kept, options.script, options.output)


def talk_to_script(options: argparse.Namespace) -> int:
    settings = settings_for_trying(options)
    at = now().astimezone(settings.calling.zone)
    today = options.today or at.date()
    if options.mic or options.call:
        return _talk_by_voice(options, settings, dt.datetime.combine(today, at.timetz()))
    fields = {"name": options.name, "community": settings.dialog.community}
    return talk(console, settings.dialog.script, fields=fields, today=today)


def _talk_by_voice(options: argparse.Namespace, settings: Settings, at: dt.datetime) -> int:
    load_model = partial(prepared_model, settings)
    with Keyboard() as keys:
        if options.mic:
            return talk_at_microphone(console, settings, load_model, keys, resident=options.name, now=at)
        return talk_on_telephone(
            console, settings, load_model, keys,
            number=options.call, is_own=options.own, resident=options.name, now=now(),
        )  # fmt: skip


def new_call_script(options: argparse.Namespace) -> int:
    return new_script(console, options.name)


def compare_call_scripts(options: argparse.Namespace) -> int:
    return tell_changes(console, options.before, options.after, _published(options))


def publish_call_script(options: argparse.Namespace) -> int:
    settings = settings_for_trying(options)
    at = now().astimezone(settings.calling.zone)
    around = _surroundings(options, settings)
    return publish_script(console, options.file, _published(options), at, around)


def _published(options: argparse.Namespace) -> Path:
    folder: Path | None = options.folder
    return folder or published_folder(settings_for_trying(options))


def add_script_commands(commands: Subparsers) -> None:
    part = group(commands, "script", "新建、试说、检查、测试、画出、发布话术")
    sub = part("check", check_call_scripts, "检查话术：每个问题在哪一行、怎么改；有错误时退出码是 1")
    sub.add_argument("files", nargs="*", metavar="话术", help="话术名或 .yaml 文件（默认全部自带的）")
    sub.add_argument(
        "--recordings", action="append", type=Path, default=[], metavar="目录",
        help="放有 prompts.tsv 和录音的文件夹；可以写几次",
    )  # fmt: skip
    part("list", list_call_scripts, "列出话术：问几个问题、通话多长、有没有录音和测试")
    sub = part("test", test_call_scripts, "运行话术旁边写好的对话测试，列出还没有测试走过的路")
    sub.add_argument("scripts", nargs="*", metavar="话术", help="话术名或 .yaml 文件（默认全部自带的）")
    sub.add_argument("--audio", action="store_true", help="把回答说出来（录音或合成），听到什么算什么")
    sub.add_argument("--snr", type=float, metavar="分贝", help="加上噪声，比人声低多少分贝，如 15")
    with_engine(sub)
    sub = part("draw", draw_call_script, "把话术画成流程图；虚线是还没有测试走过的路")
    sub.add_argument(
        "script", nargs="?", default="", metavar="话术", help="话术名或 .yaml 文件（默认设置里的）"
    )
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help=".svg 或 .png（默认 话术名.svg）")
    sub.add_argument("--calls", action="store_true", help="画上最近一个任务的通话：走了几通，在哪里挂断")
    sub.add_argument("--campaign", type=int, metavar="编号", help="画上这个任务的通话")
    _add_script_writing_commands(part)
    add_recording_commands(part)

    told = "用麦克风和喇叭试说话术，就是 script talk --mic"
    sub = with_optional_settings(command(commands, "rehearse", talk_to_script, told))
    sub.set_defaults(mic=True, call="", today=None)
    _with_talk(sub)


def _add_script_writing_commands(part: Part) -> None:
    sub = part("new", new_call_script, "新建一份能用的小话术和它的测试，照着改")
    sub.add_argument("name", metavar="话术名", help="如 flu_survey；在当前文件夹写 flu_survey.yaml")
    sub = part("talk", talk_to_script, "试说话术：打字，用麦克风，或打一个真的电话")
    _with_talk(sub)
    sub.add_argument(
        "--today", type=day, metavar="日期", help="通话那天，如 2026-11-22（默认今天）；打电话时总是今天"
    )
    how = sub.add_mutually_exclusive_group()
    how.add_argument("--mic", action="store_true", help="用麦克风和喇叭说，不打电话")
    how.add_argument("--call", default="", metavar="号码", help="打这一个真的电话，不记入任何任务")
    sub.add_argument("--own", action="store_true", help="号码是自己的：不在拨打时段也打")
    sub = part("diff", compare_call_scripts, "比较两份话术：问法、说法、下一步、分级改了什么")
    sub.add_argument("before", metavar="旧的", help="话术名、.yaml 文件，或发布过的 话术名@版本")
    sub.add_argument("after", metavar="新的", help="同上")
    _with_published_folder(sub)
    sub = part("publish", publish_call_script, "检查、测试话术，通过后存成不再改动的一个版本")
    sub.add_argument("file", metavar="话术", help="要发布的 .yaml 文件")
    sub.add_argument(
        "--recordings", action="append", type=Path, default=[], metavar="目录",
        help="放有 prompts.tsv 和录音的文件夹；可以写几次",
    )  # fmt: skip
    _with_published_folder(sub)


def _with_talk(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "script", nargs="?", default="", metavar="话术", help="话术名或 .yaml 文件（默认设置里的）"
    )
    sub.add_argument("--name", default="", metavar="姓名", help="扮演的居民姓名")
    with_engine(sub)


def _with_published_folder(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--folder", type=Path, metavar="目录", help="放发布版本的文件夹（默认 output/scripts/published）"
    )
