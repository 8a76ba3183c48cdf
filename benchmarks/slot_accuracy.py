"""Which answers were taken for what they mean. Pure: cases and takings in, verdicts and tables out.

A table of answers is tab-separated with a header line: ``question``, ``text``, ``expected``, and, where they
apply, ``file``, ``intent``, ``speaker``. ``expected`` is a JSON object of slots (``{}``: no value), or the
value of the asked slot alone.

Values are compared so:

- yes/no may be written true/false or "yes"/"no"; lists in any order; temperatures to a tenth of a degree;
- places: the same province and, where one is expected, the same city; 武汉 alone is in 湖北;
- free text: every expected thing (joined by 、) stands in the value; "" only in "".

An answer is *right* when every expected slot is believed and right, no other is believed, and the intent is
the expected one; *again* when a dialog would ask once more; *wrong* when something false is believed; and
*all clear*, the worst, when a said symptom, contact, journey or fever is believed not to be.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from dialogs.entities.places import CITIES, CITIES_WITH_PROVINCE, PROVINCES
from dialogs.script import Script, SlotType

_FEVER = 37.3
"""Degrees C from which a temperature is graded red."""
_NEVER_LOST = {"symptoms": [], "contact": "no", "travel": "no"}
"""Slots whose said value must not become this one."""


class Verdict(IntEnum):
    """How an answer was taken, the worse the higher."""

    RIGHT = 0
    AGAIN = 1
    WRONG = 2
    ALL_CLEAR = 3


@dataclass(frozen=True)
class Case:
    """One answer and what it means."""

    question: str
    text: str
    """Words that are said."""
    expected: Mapping[str, Any]
    """Slot to value as ``wenhou hear`` writes them."""
    intent: str = ""
    """Empty: not told."""
    file: Path | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Taking:
    """What somebody took an answer for."""

    raw: str
    values: Mapping[str, Any]
    """Slots that are believed."""
    intent: str
    script_intent: str = ""
    """What the script calls it; a table may name one that only this script knows (wait, why)."""


def read_cases(table: Path) -> list[Case]:
    """The rows of a table of answers; files are named from its folder.

    Raises:
        ValueError: A column is missing or an expected value is no JSON; the message names table and line.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"question", "text", "expected"} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{table}: no column {', '.join(sorted(missing))}")
        return [_case(row, f"{table}:{number}", table.parent) for number, row in enumerate(rows, start=2)]


def _case(row: Mapping[str, str], place: str, folder: Path) -> Case:
    try:
        told = json.loads(row["expected"]) if row["expected"].strip() else {}
    except json.JSONDecodeError as error:
        raise ValueError(f"{place}: expected is no JSON: {row['expected']}") from error
    expected = told if isinstance(told, dict) else {row["question"]: told}
    return Case(
        question=row["question"],
        text=row["text"],
        expected={name: _natural(value) for name, value in expected.items() if value is not None},
        intent=row.get("intent") or "",
        file=folder / row["file"] if row.get("file") else None,
        speaker=row.get("speaker") or "",
    )


def _natural(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


# --- one answer -----------------------------------------------------------------------------------------


def judge(script: Script, case: Case, taking: Taking) -> Verdict:
    """How one answer was taken."""
    # The tables were written before remarks and what is only heard in passing were noted, and tell of none.
    asked = {name for state in script.states.values() for name in (state.slot, *state.also)}
    noted = script.slots.keys() - asked - case.expected.keys()
    names = {*case.expected, *taking.values} - noted
    verdicts = [_judge_slot(script, name, case, taking) for name in names]
    return max((*verdicts, _judge_intent(case, taking)))


def _judge_slot(script: Script, name: str, case: Case, taking: Taking) -> Verdict:
    if name not in taking.values:
        return Verdict.AGAIN
    if name not in case.expected:
        return Verdict.RIGHT if _is_implied(script, name, case) else Verdict.WRONG
    meant, got = case.expected[name], taking.values[name]
    if is_same(script.slots[name].type, meant, got):
        return Verdict.RIGHT
    return Verdict.ALL_CLEAR if _is_lost(name, meant, got) else Verdict.WRONG


def _is_implied(script: Script, name: str, case: Case) -> bool:
    """去过湖北 means 去过, whether or not it is written twice; so does an answer to 去的是哪里."""
    parts = {slot.name for slot in script.slots.values() if slot.part_of == name}
    return bool(parts & {case.question, *case.expected})


def _is_lost(name: str, meant: Any, got: Any) -> bool:
    if name == "temperature":
        return bool(meant >= _FEVER > got)
    return name in _NEVER_LOST and got == _NEVER_LOST[name] and meant != got


def _judge_intent(case: Case, taking: Taking) -> Verdict:
    if not case.intent or case.intent in (taking.intent, taking.script_intent):
        return Verdict.RIGHT
    return Verdict.AGAIN if taking.intent in ("none", "repeat", "answer") else Verdict.WRONG


def is_same(kind: SlotType, meant: Any, got: Any) -> bool:
    """Whether a value is the one that was meant; the rules stand at the head of this file."""
    match kind:
        case SlotType.TEMPERATURE:
            return abs(float(meant) - float(got)) < 0.05
        case SlotType.PLACE:
            return _is_same_place(str(meant), str(got))
        case SlotType.TEXT:
            return got == "" if meant == "" else all(thing in got for thing in str(meant).split("、"))
    if isinstance(meant, list) and isinstance(got, list):
        return sorted(meant) == sorted(got)
    return bool(meant == got)


def _is_same_place(meant: str, got: str) -> bool:
    province, city = _province_and_city(meant)
    if not province:
        return meant in got
    got_province, got_city = _province_and_city(got)
    return province == got_province and city in ("", got_city)


def _province_and_city(place: str) -> tuple[str, str]:
    province = next((name for name in PROVINCES if name in place), "")
    rest = place.replace(province, "", 1)
    city = next((name for name in sorted(CITIES, key=len, reverse=True) if name in rest), "")
    return province or _provinces_of_cities().get(city, ""), city


@cache
def _provinces_of_cities() -> Mapping[str, str]:
    pairs = ((name, next(p for p in PROVINCES if name.startswith(p))) for name in CITIES_WITH_PROVINCE)
    return {name.removeprefix(province): province for name, province in pairs}


# --- all answers ----------------------------------------------------------------------------------------

Judged = tuple[Case, Taking, Verdict]


@dataclass(frozen=True)
class Accuracy:
    """Shares of answers, 0..1, and how many there were."""

    counts: Mapping[Verdict, int]
    asked: tuple[int, int]
    """Right and all values of the slot that was asked, whatever else the answer holds."""
    lost: tuple[int, int]
    """Symptoms, contacts and journeys that were said: believed not to be, and all."""
    by_question: Mapping[str, tuple[int, int]]
    """Right and all."""
    by_speaker: Mapping[str, tuple[int, int]]
    confusions: Sequence[tuple[str, str, str, int]]
    """Question, expected, got, how often; the most frequent first."""

    @property
    def answers(self) -> int:
        return sum(self.counts.values())

    def share(self, verdict: Verdict) -> float:
        return self.counts.get(verdict, 0) / self.answers if self.answers else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "answers": self.answers,
            **{verdict.name.lower(): round(self.share(verdict), 4) for verdict in Verdict},
            "asked_slot_right": _ratio(self.asked),
            "said_but_recorded_as_none": {
                "count": self.lost[0], "of": self.lost[1], "share": _ratio(self.lost),
            },
            "by_question": {name: {"right": n, "of": of} for name, (n, of) in self.by_question.items()},
            "by_speaker": {name: {"right": n, "of": of} for name, (n, of) in self.by_speaker.items()},
            "confusions": [
                {"question": question, "expected": meant, "got": got, "count": count}
                for question, meant, got, count in self.confusions
            ],
        }  # fmt: skip


def _ratio(pair: tuple[int, int]) -> float:
    return round(pair[0] / pair[1], 4) if pair[1] else 0.0


def accuracy(script: Script, judged: Sequence[Judged]) -> Accuracy:
    """Verdicts added up."""
    return Accuracy(
        counts=Counter(verdict for _, _, verdict in judged),
        asked=_asked_slots(script, judged),
        lost=_lost_values(judged),
        by_question=_tally((case.question, verdict) for case, _, verdict in judged),
        by_speaker=_tally((case.speaker, verdict) for case, _, verdict in judged if case.speaker),
        confusions=_confusions(script, judged),
    )


def _asked_slots(script: Script, judged: Sequence[Judged]) -> tuple[int, int]:
    asked = [(case, taking) for case, taking, _ in judged if case.question in case.expected]
    right = sum(_judge_slot(script, c.question, c, t) is Verdict.RIGHT for c, t in asked)
    return right, len(asked)


def _lost_values(judged: Sequence[Judged]) -> tuple[int, int]:
    said = [
        _is_lost(name, case.expected[name], taking.values.get(name))
        for case, taking, _ in judged
        for name, none in _NEVER_LOST.items()
        if name in case.expected and case.expected[name] != none
    ]
    return sum(said), len(said)


def _tally(verdicts: Any) -> dict[str, tuple[int, int]]:
    tally: dict[str, tuple[int, int]] = {}
    for name, verdict in verdicts:
        right, of = tally.get(name, (0, 0))
        tally[name] = (right + (verdict is Verdict.RIGHT), of + 1)
    return tally


def _confusions(script: Script, judged: Sequence[Judged]) -> list[tuple[str, str, str, int]]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for case, taking, verdict in judged:
        if verdict is not Verdict.RIGHT:
            meant = _summary(script, case.expected, case.intent)
            counted[case.question, meant, _summary(script, taking.values, taking.intent)] += 1
    return [(*cell, count) for cell, count in counted.most_common()]


def _summary(script: Script, values: Mapping[str, Any], intent: str) -> str:
    """A cell of the confusion table; of free words only whether there are any."""
    shown = " ".join(f"{name}={_shown(script, name, values[name])}" for name in sorted(values))
    return shown or f"({intent})"


def _shown(script: Script, name: str, value: Any) -> str:
    if script.slots[name].type is SlotType.TEXT:
        return "some" if value else "nothing"
    if isinstance(value, list):
        return "+".join(sorted(value)) or "nothing"
    return str(value)
