"""A script held at this computer: ear, dialog and voice as on a call, on microphone and loudspeaker."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from asr.audio import write_wav
from asr.endpointing import EndpointingRules
from asr.recognizer import Recognizer
from asr.voice_activity import VoiceActivity
from campaign.records import CallResult
from dialer.call.ear import Ear
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits, Voice
from dialer.keyboard import Keys
from dialer.line import FRAME_SECONDS, SAMPLE_RATE, Pcm
from dialer.practice.narrator import Narrator, SpokenTurn
from dialer.soundcard import SoundCardLine
from dialogs.authoring.dialogues import Act
from dialogs.machine import Dialog
from dialogs.script import Script

TELEPHONE_KEYS = frozenset("0123456789*#")
PUT_DOWN = "q"
"""Key with which whoever rehearses hangs up."""
_MARGIN_SECONDS = 0.4
"""Kept around an answer that is cut out of the tape."""


class Pace(Protocol):
    """The passing of time."""

    def now(self) -> float:
        """Seconds, monotonic."""

    def wait(self) -> None:
        """Let one frame pass."""


class RealPace:
    """The pace of a call: a session is stepped once a frame."""

    def now(self) -> float:
        return time.monotonic()

    def wait(self) -> None:
        time.sleep(FRAME_SECONDS)


class Tape:
    """What came in from the answer on, in memory; see ``dialer.call.surroundings.Recording``."""

    def __init__(self) -> None:
        self._chunks: list[Pcm] = []

    def append(self, left: Pcm, right: Pcm) -> None:
        self._chunks.append(left)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def sound(self) -> Pcm:
        return np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)


@dataclass(frozen=True)
class HeldTalk:
    """A talk that is over."""

    result: CallResult
    sound: Pcm
    """What came from the resident, from the answer on; empty where it was not kept."""


@dataclass(frozen=True)
class Scene:
    """What a rehearsal is held with."""

    script: Script
    fields: Mapping[str, str]
    """Of the resident who is played."""
    now: dt.datetime
    """When the call is placed, with its time zone."""
    may_call: Callable[[dt.datetime], bool]
    """Whether a call that is asked for then could be placed."""
    recognizer: Recognizer
    voice: Voice
    voice_activity: VoiceActivity
    longest_seconds: float
    """From the answer to the end of the call."""


def rehearse(scene: Scene, line: SoundCardLine, narrator: Narrator, keys: Keys, pace: Pace) -> HeldTalk:
    """Hold one conversation on ``line``; the keys of the keyboard are those of the telephone.

    Ctrl-C puts the receiver down.

    Raises:
        SoundCardError: There is no microphone or loudspeaker.
        PromptError: A prompt can neither be played nor synthesised.
    """
    started, wall = pace.now(), dt.datetime.now(dt.UTC)
    tape = Tape()
    session = CallSession(
        0, line, Ear(scene.recognizer, scene.voice_activity, EndpointingRules()),
        Dialog(
            scene.script, scene.fields, scene.now.date(), now=scene.now, may_call=scene.may_call
        ),
        scene.voice, narrator,
        wall=lambda at: wall + dt.timedelta(seconds=at - started),
        limits=CallLimits(longest_seconds=scene.longest_seconds), recording=tape,
    )  # fmt: skip
    session.start("", started)
    warning = _MuteWarning(line, narrator)
    try:
        while not session.is_over:
            try:
                pace.wait()
                _press(line, keys.pressed())
                session.step(pace.now())
                warning.look()
            except KeyboardInterrupt:
                line.put_down()
    finally:
        line.hang_up()
    return HeldTalk(session.result(), tape.sound)


def _press(line: SoundCardLine, keys: str) -> None:
    for key in keys:
        if key in TELEPHONE_KEYS:
            line.press(key)
        elif key == PUT_DOWN:
            line.put_down()


class _MuteWarning:
    """Tells once, after the first silence, that the microphone gives nothing at all."""

    def __init__(self, line: SoundCardLine, narrator: Narrator) -> None:
        self._line, self._narrator = line, narrator
        self._is_told = False

    def look(self) -> None:
        turns = self._narrator.turns
        if not self._is_told and turns and turns[-1].act is Act.BE_SILENT and self._line.is_deaf:
            self._is_told = True
            self._narrator.warn("麦克风里一点声音都没有：是不是静音了，或者选错了设备？")


def answers_of(talk: HeldTalk, turns: list[SpokenTurn]) -> dict[int, Pcm]:
    """The sound of every spoken turn, by its number from 1."""
    answered_at = talk.result.answered_at
    if answered_at is None or not talk.sound.size:
        return {}
    return {
        number: _cut(talk.sound, turn, answered_at)
        for number, turn in enumerate(turns, start=1)
        if turn.act is Act.SAY and turn.text
    }


def _cut(sound: Pcm, turn: SpokenTurn, answered_at: dt.datetime) -> Pcm:
    begins = (turn.started_at - answered_at).total_seconds() - _MARGIN_SECONDS
    ends = (turn.ended_at - answered_at).total_seconds() + _MARGIN_SECONDS
    return sound[max(0, round(begins * SAMPLE_RATE)) : max(0, round(ends * SAMPLE_RATE))]


def save_answers(folder: Path, answers: Mapping[int, Pcm]) -> None:
    """Write the answers as ``1.wav``, ``2.wav`` … Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, sound in answers.items():
        write_wav(folder / f"{number}.wav", sound)
