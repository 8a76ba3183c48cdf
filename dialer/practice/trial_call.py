"""One real call with a script, outside of any campaign: whether it may be placed, and placing it.

It goes through a line of a worker process as every call does. Nothing of it is kept: no store is written, and
its sound lies in a folder that is gone when the talk is over.

Law: nobody on the do-not-call list is called, whoever asks for it. Calling hours hold unless the number is
the administrator's own.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asr.audio import Channel, read_sound
from asr.models import PreparedModel
from campaign.errors import LineError, SoundError, WenhouError
from campaign.lists.phone_cells import parse_phones
from campaign.policy import may_call, next_opening
from campaign.settings import CallingSettings, Settings
from campaign.store import Store
from dialer.line import Pcm
from dialer.practice.narrator import Narrator
from dialer.practice.rehearsal import HeldTalk
from dialer.sip.qualify import qualify_trunk
from dialer.workers.messages import CallEnded, PlaceCall, WorkerSpec
from dialer.workers.pool import LinePool, WorkerDied

_SOUND = "trial.wav"


class TrialError(WenhouError):
    """A trial call may not be placed."""


# --- may it be placed? ----------------------------------------------------------------------------------


def number_to_call(given: str, area_code: str) -> str:
    """The digits of the one number that was given.

    Raises:
        TrialError: ``trial_number``: it is none, or none that a person answers.
    """
    found = parse_phones(given, area_code)
    if len(found.numbers) == 1 and not found.refused:
        return found.numbers[0]
    if found.refused:
        raise TrialError("trial_number", f"不能拨打 {given}：{found.refused[0].reason}。")
    what = "这里有几个号码，一次只能打一个" if found.numbers else "这里没有电话号码"
    raise TrialError("trial_number", f"不能拨打 {given}：{what}。")


def check_do_not_call(number: str, store: Path) -> None:
    """Raises TrialError (``trial_do_not_call``) where the number must not be called any more."""
    if not store.is_file():
        return
    with Store.open(store) as kept:
        if kept.is_do_not_call(number):
            raise TrialError(
                "trial_do_not_call", f"{number} 在免打扰名单上，试打也不行（wenhou dnc list 查看）。"
            )


def closed_hours(now: dt.datetime, calling: CallingSettings) -> str:
    """Why nobody but oneself may be called at this instant; Chinese, empty where it is time for calls."""
    rules = calling.rules
    if may_call(now, rules):
        return ""
    local, opening = (at.astimezone(calling.zone) for at in (now, next_opening(now, rules)))
    return f"现在 {local:%H:%M}，不在可以拨打的时段，下次 {opening:%m-%d %H:%M} 开始"


# --- placing it -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrialCall:
    """What is needed for one call."""

    settings: Settings
    model: PreparedModel
    script: str
    """Name or path."""
    number: str
    fields: Mapping[str, str]
    prompt_folders: tuple[Path, ...]
    prompt_cache: Path
    log_file: Path

    def spec(self, recordings: Path) -> WorkerSpec:
        """A worker with one line, whose recordings go where they are asked for."""
        lines = dataclasses.replace(self.settings.lines, lines=1)
        store = dataclasses.replace(self.settings.store, recordings=str(recordings))
        settings = dataclasses.replace(self.settings, lines=lines, store=store)
        return WorkerSpec(
            1, (1,), settings, self.model, self.script, self.prompt_folders, self.prompt_cache, self.log_file,
            names=(self.fields.get("name", ""),),
        )  # fmt: skip


def place(
    call: TrialCall, narrator: Narrator, starting: contextlib.AbstractContextManager[object]
) -> HeldTalk:
    """Place the call and tell how it goes; ``starting`` is held until the line is up.

    Ctrl-C takes leave of the resident; a second one hangs up.

    Raises:
        LineError: The trunk is unreachable or refuses.
        RecognizerError: The model cannot be loaded.
    """
    with tempfile.TemporaryDirectory() as folder:
        ended = asyncio.run(_place(call, Path(folder), narrator, starting))
        return HeldTalk(ended.result, _sound(Path(folder) / _SOUND))


async def _place(
    call: TrialCall, folder: Path, narrator: Narrator, starting: contextlib.AbstractContextManager[object]
) -> CallEnded:
    trunk = call.settings.trunk
    pool = LinePool([call.spec(folder)])
    pool.on_report = narrator.report
    try:
        with starting:
            await asyncio.to_thread(
                qualify_trunk, trunk.host, trunk.port, trunk.transport, trunk.fromuser or "wenhou"
            )
            await pool.start()
        line = await pool.take_line()
        number = trunk.dial_string(call.number)
        placed = asyncio.create_task(
            pool.place(line, PlaceCall(1, line[1], number, dict(call.fields), _SOUND))
        )
        with _taking_leave(pool, placed):
            return await placed
    except WorkerDied as error:
        raise LineError("trial_worker", f"通话进程意外退出，电话断了。详情见 {call.log_file}。") from error
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        await pool.close()


@contextlib.contextmanager
def _taking_leave(pool: LinePool, placed: asyncio.Task[CallEnded]) -> Iterator[None]:
    """Ctrl-C once: take leave; twice: hang up at once."""
    leaving: list[Callable[[], object]] = [placed.cancel, pool.end_calls]

    def interrupted() -> None:
        if leaving:
            leaving.pop()()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, interrupted)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _sound(file: Path) -> Pcm:
    """What came from the resident; nothing where nobody answered."""
    try:
        return read_sound(file, Channel.LEFT)
    except SoundError:
        return np.zeros(0, np.int16)
