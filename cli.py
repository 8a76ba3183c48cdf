"""The command line: arguments, wiring, exit codes. What it does is done elsewhere.

Exit codes: 0 done, 1 a script has errors or one of its tests fails, 2 something a person must mend (list,
settings, file), 3 trouble on the line, 130 stopped by Ctrl-C with everything kept.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from asr.audio import Channel
from asr.model_command import install_model, list_models, verify_model
from asr.models import PreparedModel, load_recognizer, prepare
from asr.vocabulary import installed_vocabulary
from campaign.errors import EXIT_BAD_INPUT, SettingsError, WenhouError
from campaign.lists.reading import read_residents
from campaign.records import Campaign
from campaign.settings import DEFAULT_FILE, Settings, load_settings
from campaign.store import RunLock, Store
from campaign.timeline import timeline
from dialer.answers import AnswerReport, Asked, answer_lines
from dialer.campaign_run import RunPlan, RunSummary, run_campaign
from dialer.doctor import Verdict, examine
from dialer.import_recordings import import_recordings
from dialer.keyboard import Keyboard
from dialer.messages import open_log
from dialer.microphone import SoundCardMicrophone
from dialer.pool import preload_workers
from dialer.record_command import record
from dialer.runner import RunEnd, RunOptions
from dialer.soundcard import choose_device
from dialer.spoken_tests import test_scripts_aloud
from dialer.talk_by_voice import talk_at_microphone, talk_on_telephone
from dialer.trial import hear_files, named_files, understand_texts
from dialer.voice_command import install_voices, list_voices, say
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.check_command import can_synthesize, check_scripts, list_scripts
from dialogs.authoring.draw_command import draw_calls, draw_script
from dialogs.authoring.talk_command import talk
from dialogs.authoring.test_command import test_scripts
from dialogs.authoring.texts_command import texts_sheet
from dialogs.authoring.versions import published_folder
from dialogs.authoring.versions_command import new_script, publish_script, tell_changes
from dialogs.authoring.versions_used import keep, used_folder, used_script
from dialogs.beside import recordings_beside
from dialogs.load import load_script
from dialogs.recordings_folder import recordings_root
from dialogs.voice_choice import Engine
from dialogs.voices import system_voice, voice_rules
from exports.import_command import add_import_arguments, import_request
from exports.import_command import import_list as run_import
from exports.keeper import WorkbookKeeper
from exports.response import response_rate
from exports.staff_commands import StaffCommands
from exports.terminal import (
    print_import,
    print_outcomes,
    print_response_rates,
    print_status,
)
from simulator.__main__ import main as simulate
from simulator.demo import NAME_PROMPTS, RESIDENT_LIST, RESIDENTS, Demo, exchange_process
from simulator.report import calls_of, lines_of, read_log, summarise
from simulator.residents import load_neighbourhood
from simulator.verdict import differences

INTERRUPTED = 130
DEMO_WAIT_SECONDS = 120.0
"""A demonstration does not wait for residents who asked to be called tomorrow."""

console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except WenhouError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        complaints.print("已停止。已得到的结果都保存着。", style="yellow")
        return INTERRUPTED
    except BrokenPipeError:
        return 0


def _complain(error: WenhouError) -> None:
    complaints.print(f"错误：{error.message}", style="red", markup=False)


# --- commands -----------------------------------------------------------------------------------------


def import_list(options: argparse.Namespace) -> int:
    needs_settings = not options.dry_run or options.settings.exists()
    settings = load_settings(options.settings) if needs_settings else Settings()
    at = _now()
    keep_script = partial(keep, settings.dialog.script, used_folder(settings), at)
    return run_import(console, import_request(options), settings, at, keep_script)


def run(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    if options.lines:
        settings = settings.replace(lines={"lines": options.lines})
    how = RunOptions(waits_for_retries=not options.no_wait, trusts_clock=options.trust_clock)
    return _run(settings, options.campaign, how)[1]


def _run(
    settings: Settings,
    campaign_id: int | None,
    options: RunOptions,
    prompt_folders: Sequence[Path] = (),
    settings_option: str = "",
) -> tuple[RunSummary, int]:
    """Run a campaign to its end or to Ctrl-C; the exit code tells which."""
    path = Path(settings.store.path)
    with RunLock(path), Store.open(path) as store:
        campaign = _campaign(store, campaign_id)
        _log_to(path.parent / "wenhou.log")
        used = used_script(campaign, used_folder(settings))
        for notice in used.notices:
            console.print(notice, style="yellow", markup=False)
        prompt_folders = (*prompt_folders, *recordings_beside(campaign.script, used.script.name))
        campaign = replace(campaign, script=used.name_or_path)
        preload_workers(campaign.script)
        store.recover(_now())
        folder = path.parent
        plan = RunPlan(
            settings, _model(settings), prompt_folders, folder / "prompts", folder / "wenhou.log",
            replace(
                options,
                calls_per_second=settings.lines.calls_per_second,
                breaker=settings.lines.breaker_rules,
                keeps_recordings=settings.store.record_calls,
            ),
        )  # fmt: skip
        keeper = WorkbookKeeper(store, campaign, settings, used.script)
        try:
            summary = asyncio.run(_run_keeping_workbook(store, campaign, plan, keeper))
        finally:
            written = keeper.write(_now())
        print_outcomes(console, summary.outcomes, summary.grades)
        if summary.talk_seconds:
            mean = sum(summary.talk_seconds) / len(summary.talk_seconds)
            console.print(f"平均通话：{mean:.0f} 秒")
        if written.notice:
            console.print(written.notice, style="yellow")
        console.print(f"结果表：{written.path}", soft_wrap=True)
        return summary, _tell_end(store, campaign, summary.end, settings_option)


async def _run_keeping_workbook(
    store: Store, campaign: Campaign, plan: RunPlan, keeper: WorkbookKeeper
) -> RunSummary:
    keeping = asyncio.create_task(keeper.keep())
    try:
        return await run_campaign(store, campaign, plan, console, keeper.changed)
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})


def _tell_end(store: Store, campaign: Campaign, end: RunEnd, settings_option: str) -> int:
    progress = store.progress(campaign.id)
    left = progress.pending + progress.waiting
    if progress.follow_up:
        console.print(f"待人工跟进：{progress.follow_up} 户（wenhou followup{settings_option} 查看）")
    if end is RunEnd.STOPPED:
        console.print(f"已停止，还有 {left} 户没打完；再运行同一命令会接着打。", style="yellow")
        return INTERRUPTED
    if left:
        console.print(f"还有 {left} 户待重拨；到时间再运行 wenhou run。", style="cyan")
    return 0


def status(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        campaigns = store.campaigns()
        if not campaigns:
            store.latest_campaign()  # says what to do
        told = [(campaign, store.progress(campaign.id)) for campaign in campaigns]
        print_status(console, told, settings.calling.zone)
        rates = [(campaign, response_rate(store.standings(campaign.id))) for campaign in campaigns]
        print_response_rates(console, rates)
    return 0


def export(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    if options.output:
        settings = settings.replace(store={"workbook": str(options.output)})
    with Store.open(Path(settings.store.path)) as store:
        campaign = _campaign(store, options.campaign)
        script = used_script(campaign, used_folder(settings)).script
        written = WorkbookKeeper(store, campaign, settings, script).write(_now())
    console.print(f"话术：{script.title}（{script.name}，版本 {campaign.script_version}）", markup=False)
    if written.notice:
        console.print(written.notice, style="yellow")
    console.print(f"结果表：{written.path}", soft_wrap=True)
    return 0


def show_timeline(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        attempt = store.attempt(options.attempt)
        residents = {resident.id: resident for resident in store.residents(attempt.campaign_id)}
        lines = timeline(
            attempt, residents[attempt.resident_id], store.events(attempt.id), store.turns(attempt.id)
        )
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    return 0


def hear(options: argparse.Namespace) -> int:
    """Say what answers in sound files are taken for."""
    settings = _settings_for_trying(options)
    asked = _asked(options, settings)
    recognizer = load_recognizer(_model(settings, complaints))
    files = named_files(options.files, sys.stdin)
    tell = partial(_tell_answer, asked, options.json)
    try:
        return hear_files(
            asked, recognizer, files, Channel(options.channel), time.perf_counter, tell, _complain
        )
    finally:
        recognizer.close()


def understand(options: argparse.Namespace) -> int:
    """Say what answers in words are taken for."""
    asked = _asked(options, _settings_for_trying(options))
    understand_texts(asked, options.texts, time.perf_counter, partial(_tell_answer, asked, options.json))
    return 0


def _asked(options: argparse.Namespace, settings: Settings) -> Asked:
    today = options.today or _now().astimezone(settings.calling.zone).date()
    return Asked(load_script(settings.dialog.script), options.question, today, options.name)


def _settings_for_trying(options: argparse.Namespace) -> Settings:
    """The settings with the command's own choices; a trial needs no sip.conf."""
    has_file = options.settings is not None or DEFAULT_FILE.exists()
    settings = load_settings(options.settings or DEFAULT_FILE) if has_file else Settings()
    if options.script:
        settings = settings.replace(dialog={"script": options.script})
    engine, model = getattr(options, "engine", None), getattr(options, "model", None)
    if engine or model:
        settings = settings.replace(asr={"engine": engine or "auto", "model": model or ""})
    return settings


def _tell_answer(asked: Asked, as_json: bool, report: AnswerReport) -> None:
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False), flush=True)
        return
    for line in answer_lines(report, asked.script):
        console.print(line, markup=False, soft_wrap=True)


def list_speech_models(options: argparse.Namespace) -> int:
    return list_models(console, _settings_for_trying(options).asr)


def install_speech_model(options: argparse.Namespace) -> int:
    mirrors = (*options.mirror, *_settings_for_trying(options).asr.mirrors)
    return install_model(console, options.name, mirrors, options.given)


def verify_speech_model(options: argparse.Namespace) -> int:
    return verify_model(console, options.target, _settings_for_trying(options).asr)


def check_call_scripts(options: argparse.Namespace) -> int:
    around = _surroundings(options, _settings_for_trying(options))
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
    return list_scripts(console, _settings_for_trying(options).dialog.script)


def test_call_scripts(options: argparse.Namespace) -> int:
    if not options.audio:
        if options.engine or options.snr is not None:
            raise SettingsError("audio_only", "--engine、--snr 要和 --audio 一起用。")
        return test_scripts(console, options.scripts)
    settings = _settings_for_trying(options)
    model = _model(settings, complaints)
    return test_scripts_aloud(console, options.scripts, settings, model, options.snr)


def draw_call_script(options: argparse.Namespace) -> int:
    settings = _settings_for_trying(options)
    if not options.calls and options.campaign is None:
        return draw_script(console, settings.dialog.script, options.output)
    with Store.open(Path(settings.store.path)) as store:
        campaign = _campaign(store, options.campaign)
        kept = used_folder(settings)
        return draw_calls(console, store, campaign, kept, options.script, options.output)


def talk_to_script(options: argparse.Namespace) -> int:
    settings = _settings_for_trying(options)
    now = _now().astimezone(settings.calling.zone)
    today = options.today or now.date()
    if options.mic or options.call:
        return _talk_by_voice(options, settings, dt.datetime.combine(today, now.timetz()))
    fields = {"name": options.name, "community": settings.dialog.community}
    return talk(console, settings.dialog.script, fields=fields, today=today)


def _talk_by_voice(options: argparse.Namespace, settings: Settings, now: dt.datetime) -> int:
    load_model = partial(_model, settings)
    with Keyboard() as keys:
        if options.mic:
            return talk_at_microphone(console, settings, load_model, keys, resident=options.name, now=now)
        return talk_on_telephone(
            console, settings, load_model, keys,
            number=options.call, is_own=options.own, resident=options.name, now=_now(),
        )  # fmt: skip


def new_call_script(options: argparse.Namespace) -> int:
    return new_script(console, options.name)


def compare_call_scripts(options: argparse.Namespace) -> int:
    return tell_changes(console, options.before, options.after, _published(options))


def publish_call_script(options: argparse.Namespace) -> int:
    settings = _settings_for_trying(options)
    at = _now().astimezone(settings.calling.zone)
    around = _surroundings(options, settings)
    return publish_script(console, options.file, _published(options), at, around)


def _published(options: argparse.Namespace) -> Path:
    folder: Path | None = options.folder
    return folder or published_folder(_settings_for_trying(options))


def record_call_script(options: argparse.Namespace) -> int:
    if options.device:
        choose_device(options.device)
    return record(
        console, options.script, _settings_for_trying(options), SoundCardMicrophone(),
        only=options.only, everything=options.all, voice=options.voice,
    )  # fmt: skip


def list_recording_texts(options: argparse.Namespace) -> int:
    target = options.csv or Path(f"{Path(options.script).stem}-录音文字.csv")
    return texts_sheet(
        console, options.script, target, _settings_for_trying(options), is_complete=options.all
    )


def import_call_recordings(options: argparse.Namespace) -> int:
    settings = _settings_for_trying(options)
    return import_recordings(console, options.script, options.files, settings, voice=options.voice)


def list_speaking_voices(options: argparse.Namespace) -> int:
    return list_voices(console, _settings_for_trying(options))


def install_speaking_voices(options: argparse.Namespace) -> int:
    return install_voices(console, options.given, options.mirror)


def say_text(options: argparse.Namespace) -> int:
    return say(
        console, options.text, _settings_for_trying(options), options.output,
        engine=options.engine, name=options.voice, speed=options.speed, names=options.person,
    )  # fmt: skip


def doctor(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    styles = {Verdict.GOOD: "green", Verdict.DOUBTFUL: "yellow", Verdict.BAD: "red"}
    worst = 0
    for finding in examine(settings, _now()):
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
                at = _now()
                version = keep(settings.dialog.script, used_folder(settings), at).version
                campaign = store.create_campaign(
                    "演示", settings.dialog.script, version, RESIDENT_LIST.name, found.residents, at
                )
                print_import(console, campaign, found.residents, found.problems)
        how = RunOptions(longest_wait_seconds=DEMO_WAIT_SECONDS)
        _, code = _run(settings, None, how, [NAME_PROMPTS], f" -c {scene.settings_file}")
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
    found = differences(neighbourhood, standings, _now().astimezone(Settings().calling.zone).date())
    wrong = {difference.number for difference in found}
    console.print(f"和模拟居民的剧本核对：{len(standings) - len(wrong)}/{len(standings)} 户完全一致")
    for difference in found:
        console.print(
            f"  {difference.name} {difference.what}：应为 {difference.expected}，得到 {difference.found}",
            markup=False,
        )


# --- wiring -------------------------------------------------------------------------------------------


def _log_to(path: Path) -> None:
    """What is for the administrator goes to a file; the screen is the users'."""
    logging.basicConfig(
        stream=os.fdopen(open_log(path), "a", encoding="utf-8"),
        level=logging.INFO,
        format="%(asctime)s runner %(name)s %(message)s",
        force=True,
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _campaign(store: Store, campaign_id: int | None) -> Campaign:
    return store.campaign(campaign_id) if campaign_id else store.latest_campaign()


def _model(settings: Settings, screen: Console = console) -> PreparedModel:
    with screen.status("正在准备语音识别模型…") as showing:

        def progress(done: int, total: int) -> None:
            share = f"{100 * done // total}%" if total else f"{done / 1e6:.0f} MB"
            showing.update(f"正在下载语音识别模型… {share}")

        model = prepare(
            settings.asr.engine, settings.asr.model, mirrors=settings.asr.mirrors, progress=progress
        )
    if model.notice:
        screen.print(model.notice, style="yellow")
    return model


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期要写成 2026-11-22 这样，不能是“{written}”") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wenhou", description="问候：社区智能语音外呼。")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")

    def command(name: str, act: object, told: str, *, with_settings: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=told, description=told)
        sub.set_defaults(command=act)
        if with_settings:
            sub.add_argument(
                "-c", "--settings", type=Path, default=Path("sip.conf"), metavar="文件",
                help="设置文件（默认 sip.conf）",
            )  # fmt: skip
        return sub

    def with_campaign(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("--campaign", type=int, metavar="编号", help="任务编号（默认最近导入的）")
        return sub

    add_import_arguments(command("import", import_list, "导入居民名单：.xlsx、.xls、.csv，或粘贴的文字"))

    sub = with_campaign(command("run", run, "开始或继续拨打"))
    sub.add_argument("--lines", type=int, choices=range(1, 201), metavar="路数", help="同时拨打的路数")
    sub.add_argument("--no-wait", action="store_true", help="不等重拨时间，打完当前能打的就结束")
    sub.add_argument("--trust-clock", action="store_true", help="时钟校准过了，上次拨出的时间记错了也照打")

    command("status", status, "查看各任务的进度")
    sub = with_campaign(command("export", export, "重新生成结果表"))
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help="结果表的文件名")
    StaffCommands(console, _now).add(commands)
    sub = command("timeline", show_timeline, "查看一次通话的经过")
    sub.add_argument("attempt", type=int, metavar="通话编号")
    sub = command(
        "rehearse", talk_to_script, "用麦克风和喇叭试说话术，就是 script talk --mic", with_settings=False
    )
    sub.set_defaults(mic=True, call="", today=None)
    _with_talk(sub)
    sub.add_argument(
        "-c", "--settings", type=Path, metavar="文件", help="设置文件（默认 sip.conf，可以没有）"
    )

    def with_question(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("--script", default="", metavar="话术", help="话术名或 .yaml 文件（默认设置里的）")
        sub.add_argument("--question", required=True, metavar="问题", help="问的是哪一项，如 symptoms")
        sub.add_argument("--today", type=_day, metavar="日期", help="通话那天，如 2026-11-22（默认今天）")
        sub.add_argument("--name", default="", metavar="姓名", help="居民姓名")
        sub.add_argument("--json", action="store_true", help="每个回答一行 JSON")
        sub.add_argument(
            "-c", "--settings", type=Path, metavar="文件", help="设置文件（默认 sip.conf，可以没有）"
        )
        return sub

    sub = with_question(command("hear", hear, "听录音文件里的回答，看会被理解成什么", with_settings=False))
    sub.add_argument("--engine", choices=("auto", "vosk", "whisper"), help="语音识别引擎（默认设置里的）")
    sub.add_argument("--model", metavar="目录", help="语音模型（默认设置里的）")
    sub.add_argument(
        "--channel", choices=[channel.value for channel in Channel], default=Channel.MIX.value,
        help="双声道文件听哪一边；通话录音里居民在左（left）",
    )  # fmt: skip
    sub.add_argument("files", nargs="+", metavar="录音", help="声音文件；- 表示从标准输入读文件名")
    sub = with_question(command("understand", understand, "看一句回答会被理解成什么", with_settings=False))
    sub.add_argument("texts", nargs="+", metavar="回答", help="居民说的话")

    _add_script_commands(commands)
    _add_model_commands(commands)
    _add_voice_commands(commands)
    command("doctor", doctor, "检查设置、线路、识别、合成、磁盘和时钟")

    sub = command("demo", demo, "演示：十路同时拨打二十户模拟居民", with_settings=False)
    sub.add_argument("--lines", type=int, default=10, choices=range(1, 41), metavar="路数")
    sub.add_argument("--folder", type=Path, default=Path("output/demo"), metavar="目录")
    sub.add_argument("--fresh", action="store_true", help="从头开始，不接着上次中断的演示")

    sub = commands.add_parser("simulate", add_help=False, help="练习交换机：会说话的模拟居民")
    sub.set_defaults(command=lambda options: simulate(options.rest))
    sub.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _add_script_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    part = _parts(commands, "script", "新建、试说、检查、测试、画出、发布话术")
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
    _with_engine(sub)
    sub = part("draw", draw_call_script, "把话术画成流程图；虚线是还没有测试走过的路")
    sub.add_argument(
        "script", nargs="?", default="", metavar="话术", help="话术名或 .yaml 文件（默认设置里的）"
    )
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help=".svg 或 .png（默认 话术名.svg）")
    sub.add_argument("--calls", action="store_true", help="画上最近一个任务的通话：走了几通，在哪里挂断")
    sub.add_argument("--campaign", type=int, metavar="编号", help="画上这个任务的通话")
    _add_script_writing_commands(part)
    _add_recording_commands(part)


def _add_script_writing_commands(part: Callable[[str, object, str], argparse.ArgumentParser]) -> None:
    sub = part("new", new_call_script, "新建一份能用的小话术和它的测试，照着改")
    sub.add_argument("name", metavar="话术名", help="如 flu_survey；在当前文件夹写 flu_survey.yaml")
    sub = part("talk", talk_to_script, "试说话术：打字，用麦克风，或打一个真的电话")
    _with_talk(sub)
    sub.add_argument(
        "--today", type=_day, metavar="日期", help="通话那天，如 2026-11-22（默认今天）；打电话时总是今天"
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
    _with_engine(sub)


def _with_engine(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--engine", choices=("auto", "vosk", "whisper"), help="语音识别引擎（默认设置里的）")


def _with_published_folder(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--folder", type=Path, metavar="目录", help="放发布版本的文件夹（默认 output/scripts/published）"
    )


def _add_recording_commands(part: Callable[[str, object, str], argparse.ArgumentParser]) -> None:
    def with_script(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("script", metavar="话术", help="话术名或 .yaml 文件")
        return sub

    def with_speaker(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("--voice", default="", metavar="姓名", help="谁的声音，记在录音清单里")
        return sub

    sub = with_speaker(with_script(part("record", record_call_script, "对着麦克风，录下还没有录音的句子")))
    sub.add_argument(
        "--only", nargs="+", default=[], metavar="句子", help="只录这几句，有录音的也重录；写文件名或它的开头"
    )
    sub.add_argument("--all", action="store_true", help="可录可不录的句子也录")
    sub.add_argument("--device", default="", metavar="麦克风", help="用哪个麦克风：名字的一部分，或编号")
    sub = with_script(part("texts", list_recording_texts, "列出要请人念的句子，存成 Excel 能打开的 csv"))
    sub.add_argument("--csv", type=Path, metavar="文件", help="默认 话术名-录音文字.csv")
    sub.add_argument("--all", action="store_true", help="可录可不录的句子也列出")
    sub = with_speaker(
        with_script(part("import-recordings", import_call_recordings, "导入录好的声音文件，转成电话的格式"))
    )
    sub.add_argument("files", nargs="+", type=Path, metavar="文件", help="声音文件或放它们的文件夹")


def _add_voice_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    part = _parts(commands, "voice", "查看、安装、试听合成的声音")
    part("list", list_speaking_voices, "列出声音：有哪些、能不能用、拨打时用哪一个")
    sub = part("install", install_speaking_voices, "安装 Kokoro 的八个普通话声音")
    sub.add_argument("--from", dest="given", type=Path, metavar="文件", help="已下载的 kokoro-js-1.2.1.tgz")
    sub.add_argument("--mirror", action="append", default=[], metavar="网址", help="先从这里下载；可以写几次")
    sub = part("say", say_text, "念一句话，存成 wav，并显示怎么念")
    sub.add_argument("text", metavar="文字")
    sub.add_argument("-o", "--output", type=Path, default=Path("试听.wav"), metavar="文件")
    sub.add_argument("--engine", choices=[engine.value for engine in Engine], default="", help="默认设置里的")
    sub.add_argument("--name", dest="voice", default="", metavar="声音", help="如 zf_xiaoxiao")
    sub.add_argument("--speed", type=float, metavar="语速", help="0.5 到 2")
    sub.add_argument("--person", action="append", default=[], metavar="姓名", help="话里的人名，姓氏按姓来念")


def _add_model_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    part = _parts(commands, "model", "查看、安装、检查语音识别模型")
    part("list", list_speech_models, "列出模型：装了没有，在哪里，拨打时用哪一个")
    sub = part("install", install_speech_model, "下载并安装模型，或从文件安装")
    sub.add_argument("name", nargs="?", default="", metavar="模型", help="模型名（默认官方中文小模型）")
    sub.add_argument("--mirror", action="append", default=[], metavar="网址", help="先从这里下载；可以写几次")
    sub.add_argument(
        "--from", dest="given", type=Path, metavar="文件",
        help="已下载的 Vosk 模型 .zip，或放有内置引擎两个安装包的文件夹",
    )  # fmt: skip
    sub = part("verify", verify_speech_model, "检查模型是否完好，指出缺少或损坏的文件")
    sub.add_argument("target", nargs="?", default="", metavar="模型", help="文件夹或模型名（默认拨打时用的）")


def _parts(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str
) -> Callable[[str, object, str], argparse.ArgumentParser]:
    """A command with commands of its own; gives what adds one. They need no sip.conf."""
    parts = commands.add_parser(name, help=told, description=told).add_subparsers(
        title="命令", required=True, metavar="命令"
    )

    def part(name: str, act: object, told: str) -> argparse.ArgumentParser:
        sub = parts.add_parser(name, help=told, description=told)
        sub.set_defaults(command=act, script="")
        sub.add_argument(
            "-c", "--settings", type=Path, metavar="文件", help="设置文件（默认 sip.conf，可以没有）"
        )
        return sub

    return part


if __name__ == "__main__":
    sys.exit(main())
