"""Is the resident interrupting? Pure: the sound on the line and the time in, what to do with the prompt out.

The law of one prompt:

1. The first sign of speech hushes the prompt: within 150 ms the robot is silent and listens.
2. Speech that lasts ``least_speech_seconds`` makes the robot give way: the prompt is not taken up again,
   unless the words turn out to be none or a mere nod.
3. A shorter sound (a cough, a click, 嗯) lets the prompt go on ``wait_seconds`` after it.
4. At the very end of a prompt the question has been understood: there a short word is an answer.
5. Who is hushed ``most_hushes`` times by nothing stops only for speech that lasts: the line is noisy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from asr.endpointing import Sound


@dataclass(frozen=True)
class BargeInRules:
    """Thresholds in seconds unless said otherwise."""

    least_speech_seconds: float = 0.4
    """Speech over a prompt that is no cough and no nod."""
    least_word_seconds: float = 0.12
    """The same at the very end of the prompt."""
    wait_seconds: float = 0.2
    """Silence after a short sound until the prompt goes on."""
    end_seconds: float = 0.6
    """The part of a prompt that nobody needs to hear out."""
    most_hushes: int = 3
    """Times that a sound of nothing may hush one prompt."""


class Move(Enum):
    """What becomes of the prompt."""

    HUSH = auto()
    GO_ON = auto()
    GIVE_WAY = auto()


class BargeIn:
    """One prompt that may be talked over."""

    def __init__(self, rules: BargeInRules = BargeInRules()) -> None:
        self._rules = rules
        self._done_with: Sound | None = None
        self._hushes = 0

    def consider(
        self, sound: Sound | None, now: float, *, is_hushed: bool, remaining_seconds: float
    ) -> Move | None:
        """What to do with the prompt now; None: as before.

        Args:
            sound: The newest sound that may be speech, None when there was none.
            now: Time of the same clock.
            is_hushed: Whether the prompt is hushed now.
            remaining_seconds: What of the prompt has not been said yet.
        """
        if sound is None or self._speech_seconds(sound) <= 0.0:
            return None
        is_over = now - sound.ended_at >= self._rules.wait_seconds
        if is_over and not is_hushed:
            return None
        if self._speech_seconds(sound) >= self._rules.least_speech_seconds:
            return self._deal_with(sound, Move.GIVE_WAY)
        if not is_hushed:
            return self._hush()
        if not is_over:
            return None
        is_word = self._speech_seconds(sound) >= self._rules.least_word_seconds
        is_answer = is_word and remaining_seconds <= self._rules.end_seconds
        return self._deal_with(sound, Move.GIVE_WAY if is_answer else Move.GO_ON)

    def _hush(self) -> Move | None:
        if self._hushes >= self._rules.most_hushes:
            return None
        self._hushes += 1
        return Move.HUSH

    def _deal_with(self, sound: Sound, move: Move) -> Move:
        self._done_with = sound
        return move

    def _speech_seconds(self, sound: Sound) -> float:
        """Its speech, less what was dealt with already: after 嗯 the same breath may bring an objection."""
        done = self._done_with
        is_same = done is not None and abs(sound.began_at - done.began_at) < _SAME_SECONDS
        return sound.speech_seconds - (done.speech_seconds if done is not None and is_same else 0.0)


_SAME_SECONDS = 0.03
"""Sounds that began closer together are the same one: the clock of a call is as exact as its frames."""
_NODS = frozenset("嗯啊哦噢喔哎诶欸唉呃额哼唔对是好行喂")
_LONGEST_NOD = 4
_NODS_OF_MORE = frozenset({"是的", "好的", "对的", "嗯好的", "嗯对的", "嗯是的", "你说", "您说"})


def is_backchannel(words: str) -> bool:
    """Whether words said over a prompt mean no more than that somebody listens (嗯, 哦, 对对对, 好的)."""
    return words in _NODS_OF_MORE or (0 < len(words) <= _LONGEST_NOD and _NODS.issuperset(words))
