"""How a simulated resident behaves in a conversation. Pure: what was heard goes in, what to do comes out.

Law: a resident answers the question that was asked when the prompt is recognised, and the next of their
answers in order when it is not. They wait until the robot stopped asking: a recognised question is over at
its last word, anything else after ``UNKNOWN_PAUSE_SECONDS`` of silence (prompts contain commas).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.hearing import PromptHeard
from simulator.listening import PAUSE_SECONDS
from simulator.media import Clip

UNKNOWN_PAUSE_SECONDS = 0.6
"""Silence that ends a prompt which was not recognised."""
BROKEN_OFF_SECONDS = 1.0
"""Silence in the middle of a recognised prompt after which the robot will not go on with it."""
HANG_UP_SECONDS = 0.4
"""From a resident's last answer to their hanging up."""
_LOOK_SECONDS = 0.2
"""Time between two looks at a prompt that a resident wants to talk over."""


@dataclass(frozen=True, eq=False)
class Answer:
    """One thing that a resident says (or keys) to one question."""

    question: str
    """What it answers; empty: whatever is asked next."""
    clip: Clip | None
    keys: str = ""
    """Telephone keys pressed instead of speaking."""

    @property
    def text(self) -> str:
        return self.clip.text if self.clip else self.keys


@dataclass(frozen=True, eq=False)
class Persona:
    """Manner and answers of a resident who picks up the telephone."""

    answers: tuple[Answer, ...]
    """In the order in which the questions are expected. Several to one question: one for each time it is
    asked, the last one from then on."""
    reaction_seconds: float = 0.6
    """From the end of the question to the answer."""
    patience_seconds: float = 12.0
    """Silence of both sides after which the resident hangs up."""
    most_repeats: int = 4
    """The same question asked more often than this makes the resident hang up."""
    hello: Clip | None = None
    """Said on picking up."""
    talks_over_after_seconds: float | None = None
    """Does not wait for the end of a prompt: speaks this long after its beginning."""
    talks_over: frozenset[str] = frozenset()
    """Questions that are talked over; empty: all."""
    hangs_up_after_answers: int | None = None


@dataclass(frozen=True)
class Say:
    answer: Answer
    asked: PromptHeard | None


@dataclass(frozen=True)
class HangUp:
    why: str


@dataclass(frozen=True)
class RobotSpeech:
    """What the resident's ear tells at one moment."""

    spoken_for: float | None
    """Seconds since the present spell of speech began; None between spells."""
    silent_seconds: float
    """Since the robot's last sound."""
    identify: Callable[[], PromptHeard | None]
    """Compares the present spell with the known prompts; costs a few milliseconds."""


@dataclass
class _Plan:
    at: float
    answer: Answer
    asked: PromptHeard | None
    count: int
    """How many answers had been used before this one."""


@dataclass
class Conversation:
    """One resident in one call.

    ``step`` is called at every tick; ``spell_is_over`` tells the caller to close the spell it listens to.
    """

    persona: Persona
    answered_at: float
    spell_is_over: bool = False
    heard: PromptHeard | None = None
    """The prompt of the spell that is over, or None when it was not recognised."""
    answers_given: int = 0
    _asked: Counter[str] = field(default_factory=Counter)
    _next: int = 0
    """Position of the next answer where the order alone decides."""
    _plan: _Plan | None = None
    _has_looked: bool = False
    _next_look: float = 0.0
    _quiet_since: float = 0.0
    _spoken_until: float = -math.inf
    _has_talked_over: bool = False
    """The spell that goes on was answered before its end."""
    _seen: PromptHeard | None = None

    def __post_init__(self) -> None:
        self._quiet_since = self.answered_at

    def step(self, now: float, robot: RobotSpeech, is_saying: bool) -> Say | HangUp | None:
        """What the resident does at ``now`` seconds."""
        self.spell_is_over = False
        if is_saying:
            self._quiet_since = self._spoken_until = now
            self._plan = None
            return None
        if robot.silent_seconds < PAUSE_SECONDS:
            self._quiet_since = now
        if self._has_had_enough():
            return self._hang_up_after(now, HANG_UP_SECONDS, "said enough")
        if robot.spoken_for is not None:
            self._listen(now, robot)
        if self._plan is not None:
            return self._carry_out(now, robot)
        return self._hang_up_after(now, self.persona.patience_seconds, "lost patience")

    def _has_had_enough(self) -> bool:
        limit = self.persona.hangs_up_after_answers
        if limit is not None and self.answers_given >= limit:
            return True
        return any(count > self.persona.most_repeats for count in self._asked.values())

    def _hang_up_after(self, now: float, seconds: float, why: str) -> HangUp | None:
        return HangUp(why) if now - self._quiet_since >= seconds else None

    def _carry_out(self, now: float, robot: RobotSpeech) -> Say | None:
        assert self._plan is not None
        plan = self._plan
        is_interrupting = self.persona.talks_over_after_seconds is not None
        if robot.silent_seconds < 0.1 and robot.spoken_for is not None and not is_interrupting:
            self._take_back(plan)  # The robot went on: not yet.
            return None
        if now < plan.at:
            return None
        self._plan = None
        self._has_talked_over = robot.spoken_for is not None
        self.answers_given += 1
        return Say(plan.answer, plan.asked)

    def _listen(self, now: float, robot: RobotSpeech) -> None:
        if self._plan is not None:
            return
        if robot.silent_seconds < PAUSE_SECONDS:
            self._has_looked = False
            self._maybe_talk_over(now, robot)
            return
        if not self._has_looked:
            self._has_looked, self._seen = True, robot.identify()
        if robot.silent_seconds >= self._pause_that_ends(self._seen):
            self._close(now, robot, self._seen)

    def _pause_that_ends(self, seen: PromptHeard | None) -> float:
        """Silence after which the robot is done, by what it said last."""
        if self._has_talked_over:
            return PAUSE_SECONDS
        if seen is None:
            return UNKNOWN_PAUSE_SECONDS
        is_whole_question = seen.is_at_end and self._answers_to(seen.question)
        return PAUSE_SECONDS if is_whole_question else BROKEN_OFF_SECONDS

    def _maybe_talk_over(self, now: float, robot: RobotSpeech) -> None:
        after = self.persona.talks_over_after_seconds
        if after is None or self._has_talked_over:
            return
        if (robot.spoken_for or 0.0) < after or now < self._next_look:
            return
        self._next_look = now + _LOOK_SECONDS
        seen = robot.identify()
        if seen is None or seen.position_seconds < after or seen.is_at_end:
            return
        if self.persona.talks_over and seen.question not in self.persona.talks_over:
            return
        answer = self._choose(seen)
        if answer is not None:
            self._plan = _Plan(now, answer, seen, self._next)

    def _close(self, now: float, robot: RobotSpeech, seen: PromptHeard | None) -> None:
        """The robot has stopped: decide what to answer, if anything."""
        self.spell_is_over, self.heard = True, seen
        self._has_looked, self._seen = False, None
        ended_at = now - robot.silent_seconds
        is_answered, self._has_talked_over = self._has_talked_over and ended_at <= self._spoken_until, False
        answer = None if is_answered else self._choose(seen)
        if answer is not None:
            at = max(now, ended_at + self.persona.reaction_seconds)
            self._plan = _Plan(at, answer, seen, self._next)

    def _answers_to(self, question: str) -> list[Answer]:
        return [answer for answer in self.persona.answers if answer.question == question]

    def _choose(self, seen: PromptHeard | None) -> Answer | None:
        answers = self.persona.answers
        if seen is not None and any(answer.question for answer in answers):
            to_question = self._answers_to(seen.question)
            if not to_question:
                return None
            chosen = to_question[min(self._asked[seen.question], len(to_question) - 1)]
            self._asked[seen.question] += 1
        elif self._next < len(answers):
            chosen = answers[self._next]
        else:
            return None
        self._next = answers.index(chosen) + 1
        return chosen

    def _take_back(self, plan: _Plan) -> None:
        self._plan = None
        if plan.asked is not None:
            self._asked[plan.asked.question] -= 1
        self._next = self.persona.answers.index(plan.answer)
