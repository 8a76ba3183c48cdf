"""How long a call takes: what the robot says, and a moment for every answer."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from dialogs.checks.problem import Problem
from dialogs.script import Prompt, Script, State, Variant

CHARACTERS_A_SECOND = 4.5
"""Of a text without a recording."""
ANSWER_SECONDS = 2.0
_MOST_NAMED = 3


@dataclass(frozen=True)
class CallLength:
    """Seconds from hello to good-bye when everything is understood at once."""

    longest_seconds: float
    """By the way with the most to say, every answer being said back."""
    typical_seconds: float
    """By the last transition of every state, nothing being said back."""
    prompts: tuple[tuple[str, float], ...]
    """Ids and seconds of the prompts along the longest way, the longest first."""


def call_length_problems(
    script: Script,
    recorded: Mapping[str, Path],
    longest_call: float | None = None,
    *,
    is_budget_written: bool = False,
) -> Iterator[Problem]:
    """What takes longer than it may.

    Args:
        script: Without errors.
        recorded: Text to recording.
        longest_call: Seconds after which the settings end a call; None where they are not known.
        is_budget_written: Whether the script itself says how long a call may take.
    """
    length, budget = call_length(script, recorded), script.limits.call_seconds
    if length.longest_seconds > budget:
        yield _over_budget(length, budget)
    if longest_call is None:
        return
    if is_budget_written and budget > longest_call:
        yield _budget_over_longest_call(budget, longest_call)
    elif length.longest_seconds > longest_call:
        yield Problem(
            "/limits",
            f"脚本: 一次通话最长约 {length.longest_seconds:.0f} 秒，sip.conf 的 longest_call 是 "
            f"{longest_call:.0f} 秒，到时没说完也会挂断；请缩短，或调大 [lines] 里的 longest_call",
            is_warning=True,
        )


def _budget_over_longest_call(budget: int, longest_call: float) -> Problem:
    return Problem(
        "/limits/call_seconds",
        f"脚本: call_seconds 是 {budget} 秒，可是 sip.conf 的 longest_call 是 {longest_call:.0f} 秒，"
        f"到时没说完也会挂断；请把 [lines] 里的 longest_call 调到 {budget}s，或把 call_seconds 改小",
        is_warning=True,
    )


def _over_budget(length: CallLength, budget: int) -> Problem:
    named = "、".join(f"{name}（{seconds:.1f} 秒）" for name, seconds in length.prompts[:_MOST_NAMED])
    return Problem(
        "/limits/call_seconds",
        f"脚本: 一次通话最长约 {length.longest_seconds:.0f} 秒（一般约 {length.typical_seconds:.0f} 秒），"
        f"超过 call_seconds 的 {budget} 秒；最长的几句是 {named}。请缩短，或调大 limits 里的 call_seconds",
        is_warning=True,
    )


def call_length(script: Script, recorded: Mapping[str, Path]) -> CallLength:
    """For a script without errors: its ways must end."""
    timing = _Timing(script, recorded)
    longest = timing.longest_way
    said = [
        (prompt.id, timing.seconds(prompt)) for prompt in (script.opening, *timing.prompts_along(longest))
    ]
    return CallLength(
        sum(seconds for _, seconds in said) + ANSWER_SECONDS * timing.questions(longest),
        timing.typical_seconds,
        tuple(sorted(said, key=lambda each: -each[1])),
    )


class _Timing:
    def __init__(self, script: Script, recorded: Mapping[str, Path]) -> None:
        self._script = script
        self._recorded = recorded

    def seconds(self, prompt: Prompt) -> float:
        for text in (prompt.text, prompt.plain):
            if text in self._recorded and (seconds := _wav_seconds(self._recorded[text])):
                return seconds
        return sum(character.isalnum() for character in prompt.plain) / CHARACTERS_A_SECOND

    def prompts_along(self, way: tuple[str, ...]) -> Iterator[Prompt]:
        for name in way:
            if name in self._script.states:
                yield from self._question(self._script.states[name])
            else:
                yield self._script.closings[name].prompt

    def questions(self, way: tuple[str, ...]) -> int:
        return sum(name in self._script.states for name in way)

    def _question(self, state: State) -> Iterator[Prompt]:
        yield from state.prompts[Variant.FIRST].parts()
        for wording in state.confirms.values():
            if pieces := list(wording.prompts()):
                yield max(pieces, key=self.seconds)

    def _seconds_along(self, way: tuple[str, ...]) -> float:
        return sum(map(self.seconds, self.prompts_along(way))) + ANSWER_SECONDS * self.questions(way)

    @cached_property
    def longest_way(self) -> tuple[str, ...]:
        onward = {state.name: [step.go for step in state.next] for state in self._script.states.values()}
        longest: dict[str, tuple[float, tuple[str, ...]]] = {}
        for name in TopologicalSorter(onward).static_order():  # what follows comes before it
            ways = [longest[target] for target in onward.get(name, ())]
            seconds, way = max(ways, key=lambda each: each[0], default=(0.0, ()))
            longest[name] = seconds + self._seconds_along((name,)), (name, *way)
        return longest[self._script.start][1]

    @property
    def typical_seconds(self) -> float:
        way: list[str] = [self._script.start]
        while way[-1] in self._script.states:
            way.append(self._script.states[way[-1]].next[-1].go)
        asked = tuple(name for name in way if not self._confirms(name))
        return self.seconds(self._script.opening) + self._seconds_along(asked)

    def _confirms(self, name: str) -> bool:
        return name in self._script.states and bool(self._script.states[name].confirms)


@cache
def _wav_seconds(file: Path) -> float:
    """0 for a file that can't be read, which is told elsewhere."""
    try:
        with wave.open(str(file), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (wave.Error, EOFError, OSError):
        return 0.0
