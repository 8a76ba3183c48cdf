"""A script rehearsed at this computer: ear, dialog and voice as on a call, on microphone and loudspeaker."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asr.endpointing import EndpointingRules
from asr.models import PreparedModel, load_recognizer
from asr.voice_activity import VoiceActivity
from campaign.records import CallResult, SlotValue
from campaign.settings import Settings
from dialer.ear import Ear
from dialer.line import FRAME_SECONDS, Line
from dialer.messages import WorkerSpec
from dialer.session import CallSession
from dialer.surroundings import CallLimits
from dialer.voice import PromptVoice, prepare_voice, prompt_library
from dialogs.load import load_script
from dialogs.machine import Dialog


class Narrator:
    """A journal that tells what happens, line by line."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def event(self, at: dt.datetime, kind: str, data: Mapping[str, Any]) -> None:
        match kind:
            case "prompt":
                self._tell(f"机器人：{data['text']}")
            case "heard":
                self._tell(f"　　听到：{data['text'] or '（没有听出字）'}")
            case "no_input":
                self._tell("　　没有听到回答")
            case "barge_in":
                self._tell("　　（被打断）")

    def turn(self, **turn: Any) -> None:
        if turn["understood"] != turn["heard"]:
            self._tell(f"　　理解为：{turn['understood']}")

    def slot(self, slot: SlotValue) -> None:
        doubt = "" if slot.is_certain else "（待核实）"
        self._tell(f"　　记下：{slot.name} = {slot.value}{doubt}")


def rehearse(
    settings: Settings, model: PreparedModel, line: Line, tell: Callable[[str], None], name: str = ""
) -> CallResult:
    """Hold one conversation on ``line`` and tell how it goes.

    Raises:
        SoundCardError: There is no microphone or loudspeaker.
        PromptError: A prompt can neither be played nor synthesised.
    """
    script = load_script(settings.dialog.script)
    folder = Path(settings.store.path).parent
    spec = WorkerSpec(1, (1,), settings, model, script.name, (), folder / "prompts", folder / "wenhou.log")
    library = prompt_library(spec, script)
    prepare_voice(library, script, settings.dialog.community)
    fields = {"name": name, "community": settings.dialog.community}
    recognizer = load_recognizer(model)
    session = CallSession(
        0, line, Ear(recognizer, VoiceActivity(), EndpointingRules()),
        Dialog(script, fields, dt.datetime.now(settings.calling.zone).date()), PromptVoice(library),
        Narrator(tell), wall=lambda at: dt.datetime.now(dt.UTC),
        limits=CallLimits(longest_seconds=settings.lines.longest_call),
    )  # fmt: skip
    session.start("", time.monotonic())
    try:
        while not session.is_over:
            time.sleep(FRAME_SECONDS)  # the pace of a call: a session is stepped once a frame
            session.step(time.monotonic())
    finally:
        line.hang_up()
        recognizer.close()
    return session.result()
