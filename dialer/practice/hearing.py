"""A sound file heard as a call hears an answer: the same detector, the same cuts, the same recogniser.

What a call does under time pressure is done here in the order of the sound, so that the same file gives the
same words on any computer: nobody waits for a reply, so every pause gets the longest patience of a call, and
each turn is decoded once, from the sound that a call has decoded when its turn ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date

import numpy as np

from asr.audio import over_the_telephone
from asr.endpointing import EndpointingRules
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer, Utterance
from asr.voice_activity import VoiceActivity
from dialer.call.conversation import PATIENCE_SECONDS
from dialer.call.ear import Ear, EarEvent, HeardWords
from dialer.call.expectations import expected_answer
from dialer.line import FRAME_SECONDS
from dialogs.machine.listening import listen_for
from dialogs.script import Script
from dialogs.understanding.single_answer import question_of

_FRAME = round(FRAME_SECONDS * SAMPLE_RATE)
_PATIENCE_SECONDS = max(PATIENCE_SECONDS.values())
_LEAD_SECONDS = 0.5
"""Silence before the file: on a line there is always some before an answer."""
_TRAIL_SECONDS = _PATIENCE_SECONDS + 0.3
"""Silence after it: enough for the last turn to end by itself."""
_TURN_BREAK = "，"
"""Between turns: a pause that long ends a clause."""


@dataclass(frozen=True)
class HeardSound:
    """The words of one file."""

    text: str
    """What was said, a comma between turns; empty where nobody spoke."""
    confidence: float
    """The recogniser's own, 0..1: of the least certain turn with words; 0 without any."""
    written: str = ""
    """What the recogniser wrote of it, where ``text`` is what residents say that sounds like it."""
    wordings: tuple[tuple[str, float], ...] = ()
    """What else may have been said, each with its share, where one turn was the whole answer."""
    turns: tuple[Hypothesis, ...] = ()
    speech_seconds: float = 0.0
    """From the beginning to the end of every turn, added up."""


def expectation_of(script: Script, question: str, today: date, name: str = "") -> Expectation:
    """What a recogniser may expect as an answer to ``question``, a slot or a state, of somebody called so.

    Raises:
        ScriptError: ``question_unknown``.
    """
    return expected_answer(listen_for(script, question_of(script, question), today, name))


class SoundHearer:
    """Hears one sound after the other with a recogniser that is loaded once."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = _TurnRecognizer(recognizer)

    def hear(self, sound: Pcm, expectation: Expectation) -> HeardSound:
        """The words in ``sound`` (8 kHz, any length).

        Raises:
            RecognizerError: The engine failed.
        """
        # A detector of its own for every sound: one that is reset still remembers a little of the last.
        ear = Ear(self._recognizer, VoiceActivity(), EndpointingRules())
        return _joined([event for event in _events(ear, sound, expectation) if isinstance(event, HeardWords)])


def _events(ear: Ear, sound: Pcm, expectation: Expectation) -> Iterator[EarEvent]:
    """All that the ear notices; it listens again after every turn. The clock is the position in the sound."""
    _listen(ear, expectation)
    for number, frame in enumerate(_frames(sound), start=1):
        now = number * FRAME_SECONDS
        yield from ear.hear(frame, now)
        for event in ear.collect(now):
            yield event
            if isinstance(event, HeardWords):
                _listen(ear, expectation)


def _listen(ear: Ear, expectation: Expectation) -> None:
    ear.listen(expectation, no_input_seconds=None)
    ear.set_patience(_PATIENCE_SECONDS)


def _frames(sound: Pcm) -> Iterator[Pcm]:
    lead, trail = (np.zeros(round(s * SAMPLE_RATE), np.int16) for s in (_LEAD_SECONDS, _TRAIL_SECONDS))
    fill = np.zeros(-len(sound) % _FRAME, np.int16)
    heard = over_the_telephone(np.concatenate((lead, sound, fill, trail)))
    yield from (heard[start : start + _FRAME] for start in range(0, len(heard), _FRAME))


def _joined(turns: list[HeardWords]) -> HeardSound:
    spoken = [turn.hypothesis for turn in turns if turn.hypothesis.text]
    whole = spoken[0].wordings if len(spoken) == 1 else ()
    return HeardSound(
        text=_TURN_BREAK.join(hypothesis.text for hypothesis in spoken),
        confidence=min((hypothesis.confidence for hypothesis in spoken), default=0.0),
        written=_TURN_BREAK.join(hypothesis.written_text or hypothesis.text for hypothesis in spoken),
        wordings=tuple((one.text, one.score) for one in whole),
        turns=tuple(turn.hypothesis for turn in turns),
        speech_seconds=sum((turn.speech_ended_at - turn.speech_started_at for turn in turns), 0.0),
    )


class _TurnRecognizer:
    """Hands each turn to a recogniser in one piece and waits for its words."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self.name = recognizer.name

    def listen(self, expectation: Expectation) -> Utterance:
        return _Turn(self._recognizer, expectation)

    def close(self) -> None:
        self._recognizer.close()


class _Turn:
    """One turn being gathered; see ``asr.recognizer.Utterance``.

    A call's recogniser begins in the pause that may end the turn, and what it has then is the answer when
    only silence follows. So the sound after the last pause began is left out.
    """

    def __init__(self, recognizer: Recognizer, expectation: Expectation) -> None:
        self._recognizer = recognizer
        self._expectation = expectation
        self._chunks: list[Pcm] = []
        self._spoken_chunks: int | None = None
        """How many there were when the pause began; None while somebody speaks."""

    def accept(self, pcm: Pcm) -> None:
        self._chunks.append(pcm)

    def partial(self) -> Hypothesis | None:
        return None

    def speculate(self) -> None:
        self._spoken_chunks = len(self._chunks)

    def resume(self) -> None:
        self._spoken_chunks = None

    def finish(self) -> Future[Hypothesis]:
        utterance = self._recognizer.listen(self._expectation)
        for chunk in self._chunks[: self._spoken_chunks]:
            utterance.accept(chunk)
        words = utterance.finish()
        words.result()  # a failure of the engine belongs to this file
        return words

    def cancel(self) -> None:
        self._chunks.clear()
