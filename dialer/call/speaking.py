"""The robot's turns: what the dialog wants said, said; and given way to whoever speaks over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from asr.endpointing import Sound
from dialer.call.barge_in import BargeIn, BargeInRules, Move
from dialer.call.mouth import Mouth
from dialer.call.notes import CallNotes
from dialer.call.phases import Phase
from dialer.line import SAMPLE_RATE, Pcm
from dialogs.machine import Action, Hangup, Listen, Play, Transfer


@dataclass(frozen=True)
class RobotTurn:
    """What the robot does next."""

    sounds: tuple[Pcm, ...]
    protected_seconds: float
    """The part of them that may not be talked over."""
    listen: Listen | None
    """What is to be answered."""
    is_last: bool
    """Then the call is left."""
    hands_over: bool
    """And handed to a person."""


def robot_turn(actions: Iterable[Action], sound_of: Callable[[Play], Pcm]) -> RobotTurn:
    """The dialog's actions as one turn."""
    sounds: list[Pcm] = []
    protected = 0
    listen: Listen | None = None
    is_last = hands_over = False
    for action in actions:
        match action:
            case Play():
                sounds.append(sound_of(action))
                if not action.barge_in:
                    protected = sum(map(len, sounds))
            case Listen():
                listen = action
            case Transfer():
                is_last = hands_over = True
            case Hangup():
                is_last = True
    return RobotTurn(tuple(sounds), protected / SAMPLE_RATE, listen, is_last, hands_over)


class Speaking:
    """One prompt after another on one call, and what becomes of each when somebody talks over it."""

    def __init__(self, mouth: Mouth, rules: BargeInRules, notes: CallNotes) -> None:
        self.has_given_way = False
        """The prompt is hushed for what is being said over it."""
        self._mouth = mouth
        self._rules = rules
        self._notes = notes
        self._barge_in: BargeIn | None = None
        self._protected_seconds = 0.0

    def say(self, turn: RobotTurn, now: float) -> None:
        self._barge_in = BargeIn(self._rules)
        self._protected_seconds = turn.protected_seconds
        self._mouth.say(np.concatenate(turn.sounds) if turn.sounds else np.zeros(0, np.int16), now)

    def stop(self, now: float) -> None:
        """Fall silent before the next turn."""
        self._mouth.stop(now)
        self.has_given_way = False

    def take_back(self, now: float) -> None:
        """Fall silent: it was not our turn."""
        self._mouth.stop(now)
        self._barge_in = None

    def is_prompting(self, now: float) -> bool:
        """A prompt is being said, or is hushed and may go on."""
        return self._mouth.is_prompting(now)

    def is_asking(self, now: float) -> bool:
        """A prompt is on its way that nobody has talked down."""
        return self._mouth.is_prompting(now) and not self.has_given_way

    def may_be_talked_over(self, at: float) -> bool:
        """What must not be missed has been said."""
        return self._mouth.position(at) >= self._protected_seconds

    def consider(self, sound: Sound, now: float, phase: Phase, *, asked: str, is_unfinished: bool) -> None:
        """Somebody speaks: hush, give way, or go on.

        Args:
            sound: What they have said so far.
            phase: The call's.
            asked: The question that is being asked.
            is_unfinished: They go on with their last answer.
        """
        if self._barge_in is None or self.has_given_way or not self._mouth.is_prompting(now):
            return
        if not self._may_be_hushed(now, phase, is_unfinished):
            return
        move = self._barge_in.consider(
            sound, now, is_hushed=self._mouth.is_hushed, remaining_seconds=self._mouth.remaining_seconds(now)
        )
        match move:
            case Move.HUSH:
                self._notes.add(now, "hush")
                self._mouth.hush(now)
            case Move.GIVE_WAY if phase is Phase.TALKING:
                self._mouth.hush(now)
                self.has_given_way = True
                self._notes.add(now, "barge_in", state=asked)
            case Move.GO_ON | Move.GIVE_WAY:
                self._go_on(now)

    def it_was_nothing(self, now: float) -> None:
        """What was said over the prompt is no answer: take the prompt up again."""
        self.has_given_way = False
        if self._mouth.is_hushed:
            self._go_on(now)

    def _may_be_hushed(self, now: float, phase: Phase, is_unfinished: bool) -> bool:
        if self._mouth.is_hushed:
            return True  # and may go on
        if phase is Phase.TALKING and self.may_be_talked_over(now):
            return True
        return phase in (Phase.TALKING, Phase.LEAVING) and is_unfinished

    def _go_on(self, now: float) -> None:
        self._notes.add(now, "go_on")
        self._mouth.go_on(now)
