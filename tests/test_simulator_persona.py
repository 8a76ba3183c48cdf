"""How a simulated resident behaves, without a line: the clock is counted, not waited for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from simulator.hearing import PromptHeard
from simulator.media import Clip
from simulator.persona import Answer, Conversation, HangUp, Persona, RobotSpeech, Say

TICK = 0.02


def clip(text: str, seconds: float = 1.0) -> Clip:
    return Clip(f"{text}.wav", text, np.full(int(seconds * 8000), 3000, np.int16))


def answer(question: str, text: str) -> Answer:
    return Answer(question, clip(text))


@dataclass(frozen=True)
class Prompt:
    """Something the robot says: from ``start`` to ``end`` seconds, then silence."""

    start: float
    end: float
    question: str = ""
    """Empty: a prompt that the resident does not know."""
    is_whole: bool = True
    """False: the spell ends in the middle of the prompt, at a comma."""


@dataclass(frozen=True)
class Act:
    at: float
    what: str


def live(persona: Persona, prompts: list[Prompt], seconds: float = 30.0) -> list[Act]:
    """What the resident does while the robot says ``prompts``."""
    conversation = Conversation(persona, answered_at=0.0)
    acts: list[Act] = []
    says_until, spell_start = 0.0, None
    for tick in range(int(seconds / TICK)):
        now = tick * TICK
        speaking = next((p for p in prompts if p.start <= now < p.end), None)
        past = [p for p in prompts if p.end <= now]
        if speaking is not None and spell_start is None:
            spell_start = speaking.start
        newest = speaking or (past[-1] if past else None)
        silent = 0.0 if speaking else (now - past[-1].end if past else float("inf"))
        robot = RobotSpeech(
            spoken_for=None if spell_start is None else now - spell_start,
            silent_seconds=silent,
            identify=lambda newest=newest, now=now: heard(newest, now),  # type: ignore[misc]
        )
        act = conversation.step(now, robot, is_saying=now < says_until)
        if conversation.spell_is_over:
            spell_start = None
        if isinstance(act, Say):
            acts.append(Act(now, act.answer.text))
            says_until = now + (act.answer.clip.seconds if act.answer.clip else 0.2)
        elif isinstance(act, HangUp):
            acts.append(Act(now, f"hangs up: {act.why}"))
            break
    return acts


def heard(prompt: Prompt | None, now: float) -> PromptHeard | None:
    if prompt is None or not prompt.question:
        return None
    position = min(now, prompt.end) - prompt.start
    left = max(0.0, prompt.end - now) + (0.0 if prompt.is_whole else 1.0)
    return PromptHeard(prompt.question, "", position, left, 0.95)


def words(acts: list[Act]) -> list[str]:
    return [act.what for act in acts]


HEALTHY = Persona(
    (answer("identity", "是我"), answer("temperature", "三十六度五"), answer("travel", "没有去过")),
    reaction_seconds=0.6,
)


def test_resident_answers_what_was_asked_not_what_comes_next() -> None:
    acts = live(HEALTHY, [Prompt(1, 3, "travel"), Prompt(6, 8, "identity")], 12)
    assert words(acts) == ["没有去过", "是我"]


def test_answer_comes_the_reaction_time_after_the_last_word() -> None:
    (act,) = live(HEALTHY, [Prompt(1, 3, "identity")], 6)
    assert act.at == pytest.approx(3.6, abs=0.03)


def test_asked_again_the_resident_gives_the_same_answer() -> None:
    acts = live(HEALTHY, [Prompt(1, 3, "temperature"), Prompt(6, 8, "temperature")], 12)
    assert words(acts) == ["三十六度五", "三十六度五"]


def test_somebody_hard_of_hearing_asks_to_repeat_then_answers() -> None:
    persona = Persona((answer("temperature", "再说一遍"), answer("temperature", "三十六度七")))
    asked = [Prompt(1, 3, "temperature"), Prompt(6, 8, "temperature"), Prompt(11, 13, "temperature")]
    assert words(live(persona, asked, 17)) == ["再说一遍", "三十六度七", "三十六度七"]


def test_nobody_answers_a_greeting_or_a_goodbye() -> None:
    acts = live(HEALTHY, [Prompt(0.5, 3, "opening"), Prompt(3.4, 5, "identity")], 9)
    assert words(acts) == ["是我"]
    assert acts[0].at == pytest.approx(5.6, abs=0.03)


def test_a_comma_is_not_the_end_of_the_question() -> None:
    halves = [Prompt(1, 2, "temperature", is_whole=False), Prompt(2.5, 4, "temperature")]
    (act,) = live(HEALTHY, halves, 8)
    assert act.at == pytest.approx(4.6, abs=0.03)


def test_a_prompt_that_breaks_off_is_answered_all_the_same() -> None:
    (act,) = live(HEALTHY, [Prompt(1, 2, "temperature", is_whole=False)], 8)
    assert act.what == "三十六度五"
    assert act.at == pytest.approx(3.0, abs=0.05)


def test_unknown_prompts_are_answered_in_order() -> None:
    acts = live(HEALTHY, [Prompt(1, 3), Prompt(6, 8), Prompt(11, 13), Prompt(16, 18)], 22)
    assert words(acts) == ["是我", "三十六度五", "没有去过"]


def test_after_an_unknown_prompt_the_order_goes_on_from_the_last_answer() -> None:
    acts = live(HEALTHY, [Prompt(1, 3, "temperature"), Prompt(6, 8)], 12)
    assert words(acts) == ["三十六度五", "没有去过"]


def test_answers_without_questions_are_given_in_order() -> None:
    persona = Persona((answer("", "甲"), answer("", "乙")))
    assert words(live(persona, [Prompt(1, 3, "travel"), Prompt(6, 8, "identity")], 12)) == ["甲", "乙"]


def test_when_the_robot_goes_on_the_answer_waits() -> None:
    persona = Persona(HEALTHY.answers, reaction_seconds=1.0)
    acts = live(persona, [Prompt(1, 3, "identity"), Prompt(3.5, 6, "temperature")], 10)
    assert words(acts) == ["三十六度五"]
    assert acts[0].at == pytest.approx(7.0, abs=0.03)


def test_an_impatient_resident_talks_over_the_prompt() -> None:
    persona = Persona(HEALTHY.answers, talks_over_after_seconds=1.0, talks_over=frozenset({"temperature"}))
    acts = live(persona, [Prompt(1, 4, "identity"), Prompt(7, 10, "temperature")], 14)
    assert acts[0].at > 4.0  # waits for the end of what is not talked over
    assert acts[1].what == "三十六度五"
    assert acts[1].at == pytest.approx(8.1, abs=0.2)


def test_a_prompt_that_was_talked_over_is_not_answered_twice() -> None:
    persona = Persona(HEALTHY.answers, talks_over_after_seconds=1.0)
    acts = live(persona, [Prompt(1, 2.5, "temperature", is_whole=False)], 8)  # the robot stops for it
    assert words(acts) == ["三十六度五"]


def test_a_robot_that_does_not_stop_is_answered_again() -> None:
    persona = Persona(HEALTHY.answers, talks_over_after_seconds=1.0)
    acts = live(persona, [Prompt(1, 6, "temperature")], 10)
    assert words(acts) == ["三十六度五", "三十六度五"]
    assert acts[1].at == pytest.approx(6.6, abs=0.03)


def test_resident_hangs_up_midway() -> None:
    persona = Persona(HEALTHY.answers, hangs_up_after_answers=1)
    acts = live(persona, [Prompt(1, 3, "identity"), Prompt(6, 8, "temperature")], 12)
    assert words(acts) == ["是我", "hangs up: said enough"]
    assert acts[1].at == pytest.approx(acts[0].at + 1.0 + 0.4, abs=0.1)


def test_resident_hangs_up_when_nobody_speaks() -> None:
    (act,) = live(Persona(HEALTHY.answers, patience_seconds=5), [])
    assert act.what == "hangs up: lost patience"
    assert act.at == pytest.approx(5.0, abs=0.05)


def test_patience_is_counted_from_the_robots_last_word() -> None:
    acts = live(Persona(HEALTHY.answers, patience_seconds=5), [Prompt(1, 9, "opening")])
    assert acts[-1].at == pytest.approx(14.2, abs=0.1)


def test_the_same_question_too_often_ends_the_call() -> None:
    persona = Persona(HEALTHY.answers, most_repeats=2)
    asked = [Prompt(start, start + 1.5, "temperature") for start in (1, 5, 9, 13)]
    assert words(live(persona, asked)) == ["三十六度五", "三十六度五", "hangs up: said enough"]
