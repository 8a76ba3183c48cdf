"""How a call gets on, by its sound: tones, announcements, a machine instead of a person.

Listens before the answer and until the first answer of the resident has been understood. It takes sound and
words and says when the call is to be given up, with what and how sure it is; the session acts. Pure: no
clock, times are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign.records import Disposition
from dialer.call_progress.announcements import CERTAIN, Announcement, announcement_in
from dialer.call_progress.cadence import Cadence, CadenceDetector
from dialer.call_progress.greeting import Greeting, beep_confidence
from dialer.call_progress.tones import BeepDetector
from dialer.line import SAMPLE_RATE, Pcm

_AUDIBLE_DBFS = -45.0
_AUDIBLE_SECONDS = 0.5
"""So much of it before the answer, and there was sound."""
_ONE_GREETING_SECONDS = 1.5
"""Speech after a longer pause is no part of the greeting any more."""
_TONAL_SHARE = 0.4
"""From here on a sound was a tone of the network, neither a voice nor a beep."""
_BEEP_SECONDS = 0.24
BEEP = "beep"


@dataclass(frozen=True)
class GiveUp:
    """The call will come to nothing."""

    why: str
    """Kind of event: ``tone``, ``machine`` or ``decided`` by an announcement."""
    what: str
    """The cadence's name, the machine's words or the disposition's name."""


class CallProgress:
    """One call's."""

    def __init__(self) -> None:
        self.tone: Cadence | None = None
        """The last that was certain and means that the call is over."""
        self.has_rung = False
        """Ring-back was heard."""
        self.announcement: Announcement | None = None
        """The surest so far."""
        self.has_person = False
        self._answered_at: float | None = None
        self._cadence = CadenceDetector()
        self._beep = BeepDetector()
        self._audible_seconds = self._heard_until = 0.0
        self._speech: tuple[float, float] | None = None
        """The greeting so far, from and to."""
        self.words: str | None = None
        """Of the greeting, so far."""

    @property
    def has_early_sound(self) -> bool:
        """There was sound before the answer."""
        return self._audible_seconds >= _AUDIBLE_SECONDS

    def answered(self, at: float) -> None:
        self._answered_at = at
        self.words = None

    def hear(self, pcm: Pcm, at: float, *, is_beep_wanted: bool) -> GiveUp | None:
        """Take the next sound, which ends at ``at``."""
        cadence = self._cadence.process(pcm)
        self._heard_until = at
        if self._answered_at is None:
            self._notice_sound(pcm)
        elif is_beep_wanted and self._beep.process(pcm) and not self._is_tone(_BEEP_SECONDS):
            confidence = beep_confidence(self.greeting(at))
            if confidence >= CERTAIN:
                self.announcement = Announcement(Disposition.CALL_ASSISTANT, BEEP, confidence)
                return GiveUp("machine", BEEP)
        return self._take_tone(cadence)

    def _take_tone(self, cadence: Cadence | None) -> GiveUp | None:
        if cadence is Cadence.RING_BACK:
            self.has_rung = self.has_rung or self._answered_at is None
        elif cadence is not None:
            self.tone = cadence
            return GiveUp("tone", cadence.value)
        return None

    def _notice_sound(self, pcm: Pcm) -> None:
        level = float(np.mean((pcm.astype(np.float64) / 32768.0) ** 2)) if len(pcm) else 0.0
        if level > 10.0 ** (_AUDIBLE_DBFS / 10.0):
            self._audible_seconds += len(pcm) / SAMPLE_RATE

    def speaks(self, began_at: float, ended_at: float) -> None:
        """A voice is heard after the answer, so far."""
        if self._speech is None:
            self._speech = began_at, ended_at
        elif began_at - self._speech[1] <= _ONE_GREETING_SECONDS:
            self._speech = self._speech[0], max(ended_at, self._speech[1])

    def has_spoken(self, began_at: float, ended_at: float) -> None:
        """That voice has come to an end."""
        self.speaks(began_at, ended_at)
        if not self._is_tone(ended_at - began_at, self._heard_until - ended_at):
            self.has_person = True

    def _is_tone(self, seconds: float, seconds_ago: float = 0.0) -> bool:
        """Whether what was heard then is the network's tone."""
        return self._cadence.tonal_share(seconds, seconds_ago) >= _TONAL_SHARE

    def heard(self, words: str, *, is_over: bool) -> GiveUp | None:
        """Words of whoever speaks, before the answer or after it; ``is_over``: silence follows them."""
        if self._answered_at is not None:
            self.words = words
        found = announcement_in(words, is_over=is_over)
        if found is None:
            return None
        if self.announcement is None or found.confidence >= self.announcement.confidence:
            self.announcement = found
        if found.confidence < CERTAIN:
            return None
        if self._answered_at is not None and found.disposition is Disposition.CALL_ASSISTANT:
            return GiveUp("machine", words)
        return GiveUp("decided", found.disposition.value)

    def greeting(self, now: float) -> Greeting:
        """What has been said since the answer."""
        if self._speech is None:
            return Greeting()
        began, ended = self._speech
        return Greeting(ended - began, max(0.0, now - ended), self.words)

    def answer_understood(self) -> None:
        """A person has answered a question: whatever sounded like an announcement was none."""
        self.announcement = None
        self.has_person = True
