"""A telephone without a network: a line whose resident follows a plan, in virtual time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from asr.endpointing import EndpointingRules
from asr.recognizer import Expectation, Hypothesis, Pcm
from campaign.records import CallCause, CallResult, HungUpBy, SlotValue, Source
from dialer.call.ear import Ear
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits
from dialer.line import (
    FRAME_SAMPLES,
    FRAME_SECONDS,
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    Ended,
    LineEvent,
    MediaStatistics,
    PlaybackFinished,
    TransferStatus,
)
from dialogs.loading import load_script
from dialogs.machine import Dialog, Play

NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
PROMPT_SECONDS = 1.0
SCRIPT = load_script("health_survey")


def speech(seconds: float) -> Pcm:
    """Loud enough for the voice activity of these tests; what is said is the recogniser's to know."""
    return np.full(round(seconds * SAMPLE_RATE), 8000, np.int16)


class LoudIsSpeech:
    """Voice activity by level, in windows of 20 ms."""

    window_seconds = FRAME_SECONDS
    waiting_seconds = 0.0

    def process(self, pcm: Pcm) -> list[float]:
        frames = pcm.reshape(-1, FRAME_SAMPLES)
        return [0.95 if np.abs(frame).max() > 1000 else 0.02 for frame in frames]


class KnowsTheWords:
    """A recogniser that was told what will be said; the words come when the turn has ended."""

    name = "told"

    def __init__(self, words: list[str], confidence: float = 0.9) -> None:
        self._words = list(words)
        self._confidence = confidence
        self.expectations: list[Expectation] = []
        self.is_stuck = False
        """Words never come."""
        self.decode_seconds = 0.0
        """From the end of a turn to its words."""
        self.clock: Callable[[], float] = float

    def listen(self, expectation: Expectation) -> _Utterance:
        self.expectations.append(expectation)
        return _Utterance(self)

    def next_words(self) -> Hypothesis:
        text = self._words.pop(0) if self._words else ""
        return Hypothesis(text, self._confidence if text else 0.0, True, self.name, 1.0)

    def close(self) -> None:
        pass


class _Utterance:
    def __init__(self, recognizer: KnowsTheWords) -> None:
        self._recognizer = recognizer

    def accept(self, pcm: Pcm) -> None:
        pass

    def partial(self) -> Hypothesis | None:
        return None

    def speculate(self) -> None:
        pass

    def resume(self) -> None:
        pass

    def finish(self) -> Future[Hypothesis]:
        return _Words(self._recognizer)

    def cancel(self) -> None:
        pass


class _Words(Future[Hypothesis]):
    """Words that are ready when their time has come; a turn that is taken back uses none up."""

    def __init__(self, recognizer: KnowsTheWords) -> None:
        super().__init__()
        self._recognizer = recognizer
        self._ready_at = recognizer.clock() + recognizer.decode_seconds
        self.done()

    def done(self) -> bool:
        is_time = self._recognizer.clock() >= self._ready_at and not self._recognizer.is_stuck
        if is_time and not super().done():
            self.set_result(self._recognizer.next_words())
        return super().done()


class PlannedLine:
    """A line whose far end answers, listens until the prompt is over, and speaks when its plan says so.

    ``resident`` is asked each 20 ms, with the seconds since the answer, whether the resident speaks.
    """

    def __init__(
        self,
        resident: Callable[[float], bool],
        *,
        answers_after: float | None = 1.0,
        far_end: Callable[[float], list[LineEvent]] = lambda now: [],
        transfer_reports: Mapping[float, TransferStatus] | None = None,
    ) -> None:
        """``transfer_reports``: what the trunk says of a call that is handed over, by seconds since then."""
        self.number = 1
        self.now = 0.0
        self.answered_at: float | None = None
        self.is_over = False
        self.dialled = ""
        self.hung_up_at: float | None = None
        self.playing_until = 0.0
        self.prompts_stopped: list[float] = []
        self.transferred_to = ""
        self.transferred_at: float | None = None
        self._transfer_reports = dict(transfer_reports or {})
        self._resident = resident
        self._answers_after = answers_after
        self._far_end = far_end
        self._events: list[LineEvent] = []
        self._plays = False

    @property
    def is_prompting(self) -> bool:
        return self.now < self.playing_until

    # --- the session's side ---------------------------------------------------------------------------

    def dial(self, number: str) -> None:
        self.dialled = number

    def play(self, pcm: Pcm) -> None:
        self.playing_until = max(self.playing_until, self.now) + len(pcm) / SAMPLE_RATE
        self._plays = len(pcm) > 0

    def stop_playing(self) -> None:
        if self.is_prompting:
            self.prompts_stopped.append(self.now)
        self.playing_until = self.now
        self._plays = False

    def hang_up(self) -> None:
        self.hung_up_at = self.now
        status = 200 if self.answered_at is not None else 487
        self._end(CallCause(status, hung_up_by=HungUpBy.ROBOT))

    def transfer(self, number: str) -> None:
        self.transferred_to, self.transferred_at = number, self.now

    def poll(self) -> list[LineEvent]:
        events, self._events = self._events, []
        return events

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(100, 100, 0)

    # --- the world ------------------------------------------------------------------------------------

    def pass_time(self) -> None:
        self.now = round(self.now + FRAME_SECONDS, 6)
        self._events += self._far_end(self.now)
        for event in self._events:
            self._notice(event)
        if self.is_over:
            return
        if self._answers_after is not None and self.answered_at is None and self.now >= self._answers_after:
            self._events.append(Answered(self.now))
            self.answered_at = self.now
        if self.answered_at is not None:
            speaks = self._resident(self.now - self.answered_at)
            sound = speech(FRAME_SECONDS) if speaks else np.zeros(FRAME_SAMPLES, np.int16)
            self._events.append(AudioReceived(self.now, sound, np.zeros(FRAME_SAMPLES, np.int16)))
        self._report_transfer()
        if self._plays and not self.is_prompting:
            self._plays = False
            self._events.append(PlaybackFinished(self.now))

    def _report_transfer(self) -> None:
        if self.transferred_at is None:
            return
        for after, status in list(self._transfer_reports.items()):
            if self.now >= self.transferred_at + after:
                del self._transfer_reports[after]
                self._events.append(replace(status, at=self.now))

    def _notice(self, event: LineEvent) -> None:
        if isinstance(event, Ended):
            self.is_over = True

    def _end(self, cause: CallCause) -> None:
        if not self.is_over:
            self.is_over = True
            self._events.append(Ended(self.now, cause))


class AnswersEachPrompt:
    """Speaks for a second, half a second after each prompt; ``hello`` seconds of greeting at first."""

    def __init__(self, answers: int, hello: float = 0.4) -> None:
        self.line: PlannedLine
        self._left = answers
        self._speaks_from: float | None = None
        self._hello = hello
        self._was_prompting = False

    def __call__(self, since_answer: float) -> bool:
        if since_answer < self._hello + 0.2:
            return since_answer >= 0.2
        now = self.line.now
        prompting = self.line.is_prompting
        if self._was_prompting and not prompting and self._left:
            self._left -= 1
            self._speaks_from = now + 0.5
        if prompting and self._speaks_from is not None and now < self._speaks_from:
            self._speaks_from = None  # the robot goes on: not yet
            self._left += 1
        self._was_prompting = prompting
        return self._speaks_from is not None and self._speaks_from <= now < self._speaks_from + 1.0


@dataclass
class Notes:
    """A journal that remembers."""

    events: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """Seconds since dialling, one for each event."""
    turns: list[tuple[str, str, Source]] = field(default_factory=list)
    slots: dict[str, SlotValue] = field(default_factory=dict)

    def event(self, at: dt.datetime, kind: str, data: Mapping[str, Any]) -> None:
        self.events.append((kind, dict(data)))
        self.times.append((at - NOON).total_seconds())

    def turn(self, *, state: str, heard: str, source: Source, **_: Any) -> None:
        self.turns.append((state, heard, source))

    def slot(self, slot: SlotValue) -> None:
        self.slots[slot.name] = slot

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.events]

    def first(self, kind: str) -> float:
        """When a kind of event was first noted."""
        return self.times[self.kinds.index(kind)]

    def told(self, kind: str) -> list[Mapping[str, Any]]:
        return [data for name, data in self.events if name == kind]


class SteadyVoice:
    """Every prompt lasts as long, and has no pauses."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def sound(self, play: Play) -> Pcm:
        return np.ones(round(self._seconds * SAMPLE_RATE), np.int16)


@dataclass
class Call:
    """A session with all its surroundings; ``run`` lets it happen."""

    line: PlannedLine
    recognizer: KnowsTheWords
    notes: Notes = field(default_factory=Notes)
    limits: CallLimits = field(default_factory=CallLimits)
    prompt_seconds: float = PROMPT_SECONDS
    transfer_number: str = ""

    def __post_init__(self) -> None:
        self.recognizer.clock = lambda: self.line.now
        self.dialog = Dialog(
            SCRIPT,
            {"name": "王芳", "community": "幸福"},
            NOON.date(),
            now=NOON.astimezone(SHANGHAI),
            can_transfer=bool(self.transfer_number),
        )
        self.session = CallSession(
            1,
            self.line,
            Ear(self.recognizer, LoudIsSpeech(), EndpointingRules()),  # type: ignore[arg-type]
            self.dialog,
            SteadyVoice(self.prompt_seconds),
            self.notes,
            wall=lambda at: NOON + dt.timedelta(seconds=at),
            limits=self.limits,
            transfer_number=self.transfer_number,
        )

    def run(self, until: float = 200.0, at: Mapping[float, Callable[[], None]] | None = None) -> CallResult:
        """Let time pass until the call is over; ``at`` holds what happens from outside, by time."""
        planned = sorted((at or {}).items())
        self.session.start("13800000001", 0.0)
        while not self.session.is_over:
            self.line.pass_time()
            while planned and self.line.now >= planned[0][0]:
                planned.pop(0)[1]()
            self.session.step(self.line.now)
            assert self.line.now < until, f"the call does not end; {self.notes.kinds[-5:]}"
        return self.session.result()


def call(
    words: list[str],
    *,
    hello: float = 0.4,
    answers: int | None = None,
    limits: CallLimits | None = None,
    transfer_number: str = "",
    **line: Any,
) -> Call:
    """A resident who says 喂 and then answers each prompt with the next of ``words``.

    A ``hello`` longer than a person's is itself words: the first of the list.
    """
    heard = ["喂", *words] if 0.0 < hello < 2.5 else words
    resident = AnswersEachPrompt(len(words) if answers is None else answers, hello)
    planned = PlannedLine(resident, **line)
    resident.line = planned
    return Call(planned, KnowsTheWords(heard), limits=limits or CallLimits(), transfer_number=transfer_number)
