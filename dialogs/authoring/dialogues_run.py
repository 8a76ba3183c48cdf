"""Holds the conversations that a script's tests write down, and says how they went.

The words of a turn are taken as they are written, unless ``Hear`` says how they reach the robot: spoken, in
noise, through a recogniser. ``Taken`` tells which ways through the script were gone: the measure of what its
tests leave out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from campaign.records import SlotValue
from dialogs.authoring.dialogues import Act, Ending, Expected, ScriptTest, Turn, written
from dialogs.authoring.script_words import OUTCOMES
from dialogs.machine import Action, Dialog, Hangup, Heard, Listen, Play
from dialogs.script import Script, State
from dialogs.understanding import Context, understanding_of

NOT_NOTED = "没有记下"

Hear = Callable[[ScriptTest, int, Listen], Heard]
"""A test, the number of one of its spoken turns (from 1) and what the question expects -> what is heard."""


def as_written(test: ScriptTest, number: int, listen: Listen) -> Heard:
    """Every word as it stands in the test."""
    return Heard(test.turns[number - 1].text, 1.0)


@dataclass(frozen=True)
class Taken:
    """The parts of a script that were gone through."""

    transitions: frozenset[tuple[str, int]] = frozenset()
    """State, and which of its transitions, from 0."""
    closings: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()

    def __or__(self, other: Taken) -> Taken:
        return Taken(
            self.transitions | other.transitions,
            self.closings | other.closings,
            self.intents | other.intents,
        )


@dataclass(frozen=True)
class Failure:
    """Where a conversation went another way than expected."""

    line: int
    number: int
    """Of the turn, from 1; 0: in the end."""
    turn: str
    """What the resident did, in Chinese."""
    reply: str
    """What the robot said to it."""
    differences: tuple[str, ...]
    """What was expected and what came, in Chinese."""
    understood: str = ""
    """The resident's words after repair."""


@dataclass(frozen=True)
class TestResult:
    __test__ = False  # not one of pytest's

    test: ScriptTest
    failure: Failure | None
    taken: Taken


@dataclass
class _Tracks:
    """What a conversation has gone through so far."""

    transitions: set[tuple[str, int]] = field(default_factory=set)
    closings: set[str] = field(default_factory=set)
    intents: set[str] = field(default_factory=set)

    def frozen(self) -> Taken:
        return Taken(frozenset(self.transitions), frozenset(self.closings), frozenset(self.intents))


def run_tests(
    script: Script, tests: Sequence[ScriptTest], today: dt.date, hear: Hear = as_written
) -> Iterator[TestResult]:
    """Hold one conversation after the other; ``today`` is for those that have no date of their own."""
    for test in tests:
        yield _Conversation(script, test, test.today or today, hear).hold()


def all_taken(results: Sequence[TestResult]) -> Taken:
    taken = Taken()
    for result in results:
        taken |= result.taken
    return taken


def everything(script: Script) -> Taken:
    """All that there is to be gone through in a script."""
    return Taken(
        frozenset(
            (state.name, index) for state in script.states.values() for index in range(len(state.next))
        ),
        frozenset(script.closings),
        frozenset(script.intents),
    )


class _Conversation:
    """One test being held; ends at the first turn that goes another way than expected."""

    def __init__(self, script: Script, test: ScriptTest, today: dt.date, hear: Hear) -> None:
        self._script, self._test, self._today, self._hear = script, test, today, hear
        self._dialog = Dialog(script, test.fields, today)
        self._tracks = _Tracks()
        self._actions: list[Action] = self._dialog.start()
        self._closing = ""

    def hold(self) -> TestResult:
        failures = (self._held(number, turn) for number, turn in enumerate(self._test.turns, start=1))
        failure = next((each for each in failures if each is not None), None) or self._end()
        return TestResult(self._test, failure, self._tracks.frozen())

    def _held(self, number: int, turn: Turn) -> Failure | None:
        if self._dialog.is_over:
            return self._failed(number, turn, (f"通话在这之前已经结束（{self._ended()}）",))
        self._take(number, turn)
        differences = tuple(self._differences(turn.expected))
        return self._failed(number, turn, differences) if differences else None

    def _failed(self, number: int, turn: Turn, differences: tuple[str, ...]) -> Failure:
        understood = self._dialog.understood if turn.act is Act.SAY else ""
        return Failure(turn.line, number, told(turn), self._reply(), differences, understood)

    def _end(self) -> Failure | None:
        differences = tuple(self._ending_differences(self._test.ending))
        if not differences:
            return None
        return Failure(self._test.line, 0, "对话结束时", self._reply(), differences)

    # --- going on ---------------------------------------------------------------------------------------

    def _take(self, number: int, turn: Turn) -> None:
        match turn.act:
            case Act.SAY:
                heard = self._heard(number)
                self._perform(self._intent_said(heard), lambda: self._dialog.hear(heard))
            case Act.PRESS:
                self._perform(self._intent_pressed(turn.text), lambda: self._dialog.key(turn.text))
            case Act.BE_SILENT:
                self._perform("", self._dialog.no_input)

    def _heard(self, number: int) -> Heard:
        listen = next(action for action in self._actions if isinstance(action, Listen))
        return self._hear(self._test, number, listen)

    def _perform(self, intent: str, happen: Callable[[], list[Action]]) -> None:
        state = self._dialog.state
        self._actions = happen()
        self._note(state, intent)

    def _intent_said(self, heard: Heard) -> str:
        """The intent that the robot is about to follow; what it follows it does not tell afterwards."""
        context = Context(self._state, self._today, self._test.fields.get("name", ""))
        return understanding_of(self._script).read(heard.text, context, heard.wordings).intent

    def _intent_pressed(self, key: str) -> str:
        if key in self._state.keys:
            return ""
        return next((name for name, it in self._script.intents.items() if key in it.keys), "")

    @property
    def _state(self) -> State:
        return self._script.states[self._dialog.state]

    def _note(self, before: str, intent: str) -> None:
        if Hangup() in self._actions:
            self._closing = self._prompt_ids()[-1].partition(".")[2]
            self._tracks.closings.add(self._closing)
        if intent:
            self._tracks.intents.add(intent)
        else:
            self._tracks.transitions.update(self._way(before, self._goal()))

    def _way(self, before: str, goal: str) -> list[tuple[str, int]]:
        """The transitions from one question to the next, past those whose answers are known.

        Empty where the call did not go that way: the question was asked again, or silence ended the call.
        """
        if before == goal:
            return []
        name = self._script.start if self._script.states[before].confirms else before
        slots = self._slots
        way: list[tuple[str, int]] = []
        while name in self._script.states and name != goal:
            steps = enumerate(self._script.states[name].next)
            index, step = next((i, step) for i, step in steps if step.when is None or step.when.holds(slots))
            way.append((name, index))
            name = step.go
        return way if name == goal else []

    # --- what came of it --------------------------------------------------------------------------------

    @property
    def _slots(self) -> Mapping[str, SlotValue]:
        return self._dialog.slots

    def _prompt_ids(self) -> list[str]:
        return [action.prompt_id for action in self._actions if isinstance(action, Play)]

    def _reply(self) -> str:
        return "".join(action.text for action in self._actions if isinstance(action, Play))

    def _goal(self) -> str:
        return self._closing or self._dialog.state

    def _ended(self) -> str:
        return f"结束语 {self._closing}" if self._closing else "还没有结束"

    def _differences(self, expected: Expected) -> Iterator[str]:
        for name, value in expected.slots.items():
            noted = self._noted(name)
            if noted != value:
                yield f"{self._script.slots[name].label}（{name}）应为 {value}，得到 {noted}"
        for name in expected.uncertain:
            if name not in self._slots or self._slots[name].is_certain:
                yield f"{self._script.slots[name].label}（{name}）应为待核实，得到 {self._noted(name)}"
        if expected.goal and expected.goal != self._goal():
            yield f"应当到 {expected.goal}，得到 {self._goal()}"
        variants = [] if self._closing else [prompt.partition(".")[2] for prompt in self._prompt_ids()]
        if expected.variant and expected.variant not in variants:
            yield f"问法应为 {expected.variant}，得到 {variants[-1] if variants else self._ended()}"

    def _noted(self, name: str) -> str:
        return written(self._slots[name].value) if name in self._slots else NOT_NOTED

    def _ending_differences(self, expected: Ending) -> Iterator[str]:
        if expected.closing and expected.closing != self._closing:
            yield f"结束语应为 {expected.closing}，得到 {self._closing or self._open()}"
        outcome = self._dialog.outcome
        if expected.outcome and expected.outcome != outcome:
            came = f"{outcome}（{OUTCOMES[outcome]}）" if outcome else self._open()
            yield f"结果应为 {expected.outcome}，得到 {came}"
        grade = self._dialog.grade()
        if expected.grade and expected.grade != grade:
            yield f"分级应为 {expected.grade}，得到 {grade or '分不出级'}"

    def _open(self) -> str:
        return f"还在问 {self._dialog.state}"


def told(turn: Turn) -> str:
    """What the resident did."""
    match turn.act:
        case Act.SAY:
            return f"居民说“{turn.text}”" if turn.text else "居民那边只有杂音"
        case Act.PRESS:
            return f"居民按 {turn.text}"
        case _:
            return "居民没有出声"
