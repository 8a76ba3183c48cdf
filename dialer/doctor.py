"""Is this machine ready for a campaign? Everything is looked at, then everything is told."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from asr.models import PreparedModel, load_recognizer, prepare
from campaign.errors import LineError, ModelError, WenhouError
from campaign.holidays import is_announced
from campaign.policy import may_call, next_opening
from campaign.settings import Settings
from dialer.sip.qualify import qualify_trunk
from dialer.soundcard import SoundCardError, open_stream
from dialer.workers.messages import PlaceCall, WorkerSpec
from dialer.workers.pool import LinePool
from dialogs.encoder.install import install_encoder
from dialogs.loading import load_script
from dialogs.speech.voices import script_voice

_LEAST_FREE_GIGABYTES = 2.0
_MEGABYTES_PER_CALL_MINUTE = 1.92
"""Stereo, 16 bit, 8 kHz."""
_ECHO_SECONDS = 6.0
_HOLIDAYS_AHEAD = dt.timedelta(days=14)
"""The holidays of so many days to come should be known."""
_EARLIEST_YEAR = 2024
"""A clock before this was never set."""


class Verdict(Enum):
    GOOD = "正常"
    DOUBTFUL = "注意"
    BAD = "有问题"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    verdict: Verdict
    told: str
    """Chinese; for anything but GOOD it says what to do."""


def examine(settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    """Look at everything that a run needs, the cheap first; never raises WenhouError."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("时钟", lambda: _clock(settings, now)),
        ("磁盘", lambda: _disk(settings)),
        ("端口", lambda: _ports(settings)),
        ("话术", lambda: _script(settings)),
        ("语音合成", lambda: _synthesizer(settings)),
        ("麦克风和喇叭", _sound_device),
        ("语音识别", lambda: _model(settings)),
        ("理解", _second_reader),
        ("线路", lambda: _trunk(settings)),
        ("注册和试拨", lambda: _line(settings)),
    )
    for what, check in checks:
        try:
            yield check()
        except WenhouError as error:
            yield Finding(what, Verdict.BAD, error.message)


def _clock(settings: Settings, now: dt.datetime) -> Finding:
    local = now.astimezone(settings.calling.zone)
    if local.year < _EARLIEST_YEAR:
        return Finding("时钟", Verdict.BAD, f"系统时间是 {local:%Y-%m-%d %H:%M}，请先校准时间。")
    rules = settings.calling.rules
    told = f"{local:%Y-%m-%d %H:%M}（{settings.calling.timezone}）"
    soon = local.date() + _HOLIDAYS_AHEAD
    if not is_announced(soon.year) and not rules.extra_holidays | rules.extra_workdays:
        return Finding(
            "时钟", Verdict.DOUBTFUL,
            f"{told}；还不知道 {soon.year} 年怎样放假调休，只按法定节日不拨打。请运行 pip install -U "
            "chinesecalendar，或在 sip.conf 的 [calling] 里写 holidays 和 workdays。",
        )  # fmt: skip
    if may_call(now, rules):
        return Finding("时钟", Verdict.GOOD, f"{told}，现在可以拨打。")
    opening = next_opening(now, rules).astimezone(settings.calling.zone)
    return Finding("时钟", Verdict.DOUBTFUL, f"{told}，不在可拨打时段，下次 {opening:%m-%d %H:%M} 开始。")


def _disk(settings: Settings) -> Finding:
    folder = _existing(Path(settings.store.path).parent)
    try:
        free = shutil.disk_usage(folder).free / 1e9
    except OSError as error:
        return Finding("磁盘", Verdict.BAD, f"看不到 {folder}（{error.strerror}）。")
    minutes = free * 1000 / _MEGABYTES_PER_CALL_MINUTE
    told = f"{folder} 所在磁盘还有 {free:.1f} GB，可存约 {minutes:,.0f} 分钟录音"
    if free < _LEAST_FREE_GIGABYTES:
        return Finding("磁盘", Verdict.BAD, f"{told}，太少了，请腾出空间。")
    return Finding("磁盘", Verdict.GOOD, f"{told}。")


def _existing(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.resolve().parents) if parent.exists())


def _ports(settings: Settings) -> Finding:
    """Each call takes an even and an odd UDP port; with 0 the system finds them."""
    first = settings.trunk.rtp_port_start
    if not first:
        return Finding("端口", Verdict.GOOD, "语音端口由系统分配。")
    last = first + 2 * settings.lines.lines - 1
    taken = [port for port in range(first, last + 1) if not _is_free(port)]
    if taken:
        return Finding(
            "端口",
            Verdict.DOUBTFUL,
            f"UDP 端口 {first}-{last} 里有 {len(taken)} 个被占用（如 {taken[0]}），可换一个 rtp_port_start。",
        )
    return Finding("端口", Verdict.GOOD, f"UDP 端口 {first}-{last} 空闲。")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind(("", port))
        except OSError:
            return False
    return True


def _script(settings: Settings) -> Finding:
    script = load_script(settings.dialog.script)
    if not settings.dialog.community:
        return Finding(
            "话术", Verdict.DOUBTFUL, f"{script.title}；没有写 [dialog] community，机器人不会说出社区名。"
        )
    return Finding("话术", Verdict.GOOD, f"{script.title}（版本 {script.version}）。")


def _synthesizer(settings: Settings) -> Finding:
    voice = script_voice(load_script(settings.dialog.script), settings)
    voice.synthesizer.synthesize("您好")
    if voice.notice:
        return Finding("语音合成", Verdict.DOUBTFUL, voice.notice)
    return Finding("语音合成", Verdict.GOOD, f"没有录音的句子可以合成（{voice.choice}）。")


def _sound_device() -> Finding:
    try:
        open_stream(lambda heard: heard).close()
    except SoundCardError as error:
        return Finding("麦克风和喇叭", Verdict.DOUBTFUL, f"只影响 wenhou rehearse：{error.message}")
    return Finding("麦克风和喇叭", Verdict.GOOD, "可以用麦克风排练。")


def _model(settings: Settings) -> Finding:
    prepared = prepare(settings.asr.engine, settings.asr.model, mirrors=settings.asr.mirrors)
    load_recognizer(prepared).close()
    if prepared.notice:
        return Finding("语音识别", Verdict.DOUBTFUL, prepared.notice)
    return Finding("语音识别", Verdict.GOOD, f"{prepared.engine}：{prepared.path.name}")


def _second_reader() -> Finding:
    try:
        folder = install_encoder()
    except ModelError as error:
        return Finding("理解", Verdict.DOUBTFUL, f"{error.message}没有它也能拨打，拿不准的回答会多问一遍。")
    return Finding("理解", Verdict.GOOD, folder.name)


def _trunk(settings: Settings) -> Finding:
    trunk = settings.trunk
    answered = qualify_trunk(trunk.host, trunk.port, trunk.transport)
    where = f"{trunk.host}:{trunk.port}（{trunk.transport}）"
    if not answered:
        return Finding("线路", Verdict.DOUBTFUL, f"{where} 没有回答询问（OPTIONS），有的线路本来就不回答。")
    return Finding("线路", Verdict.GOOD, f"{where} 有回应。")


def _line(settings: Settings) -> Finding:
    """Start one line, which registers where the settings say so, and call the echo number."""
    short = dataclasses.replace(settings.lines, lines=1, longest_call=_ECHO_SECONDS)
    model = prepare(settings.asr.engine, settings.asr.model, mirrors=settings.asr.mirrors)
    return asyncio.run(_try_line(dataclasses.replace(settings, lines=short), model))


async def _try_line(settings: Settings, model: PreparedModel) -> Finding:
    folder = Path(settings.store.path).parent
    pool = LinePool(
        [
            WorkerSpec(
                1,
                (1,),
                settings,
                model,
                settings.dialog.script,
                (),
                folder / "prompts",
                folder / "wenhou.log",
            )
        ]
    )
    try:
        await pool.start()
        registered = "已注册，" if settings.trunk.register else "不需要注册，"
        if not settings.trunk.echo_number:
            return Finding("注册和试拨", Verdict.GOOD, f"{registered}没有写 echo_number，没有试拨。")
        return await _call_echo(pool, settings, registered)
    finally:
        await pool.close()


async def _call_echo(pool: LinePool, settings: Settings, registered: str) -> Finding:
    number = settings.trunk.echo_number
    line = await pool.take_line()
    ended = await pool.place(line, PlaceCall(0, line[1], number, {}, ""))
    result = ended.result
    if result.answered_at is None:
        raise LineError(
            "echo_not_answered", f"{registered}但试拨 {number} 没有接通（SIP {result.cause.sip_status}）。"
        )
    if not result.frames_received:
        raise LineError(
            "echo_silent", f"{registered}试拨 {number} 接通了但没有声音，请检查防火墙和 NAT 设置。"
        )
    share = 100 * result.frames_received / max(1, result.frames_expected)
    return Finding("注册和试拨", Verdict.GOOD, f"{registered}试拨 {number} 接通，收到 {share:.1f}% 的语音。")
