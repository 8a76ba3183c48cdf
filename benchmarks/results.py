"""What a recognition benchmark found, as a table and as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.slot_accuracy import Accuracy, Case, Taking, Verdict, accuracy
from dialogs.language.numerals import spell_digits
from dialogs.script import Script

_SHOWN_CONFUSIONS = 15


@dataclass(frozen=True)
class Measured:
    """One case as one system took it."""

    case: Case
    taking: Taking
    verdict: Verdict
    seconds: float
    """From the whole sound, or the words, to the answer."""
    cpu_seconds: float
    audio_seconds: float
    """0 where there was no sound."""


@dataclass(frozen=True)
class System:
    """All cases as one system took them."""

    name: str
    script: Script
    measured: Sequence[Measured]

    @property
    def has_sound(self) -> bool:
        return any(one.audio_seconds for one in self.measured)

    @property
    def has_answers(self) -> bool:
        return any(one.case.question for one in self.measured)

    @cached_property
    def accuracy(self) -> Accuracy:
        return accuracy(self.script, [(one.case, one.taking, one.verdict) for one in self.measured])

    @property
    def character_error_rate(self) -> float:
        """Characters substituted, missing and added by characters spoken."""
        said = sum(len(plain(one.case.text)) for one in self.measured)
        return sum(_errors(one) for one in self.measured) / said if said else 0.0

    @property
    def exact_share(self) -> float:
        """Cases whose words are all right."""
        return sum(not _errors(one) for one in self.measured) / len(self.measured) if self.measured else 0.0

    @property
    def cpu_per_audio_second(self) -> float:
        audio = sum(one.audio_seconds for one in self.measured)
        return sum(one.cpu_seconds for one in self.measured) / audio if audio else 0.0

    def seconds(self, quantile: float) -> float:
        """Time for an answer that this share of them does not exceed."""
        ordered = sorted(one.seconds for one in self.measured)
        return ordered[round(quantile * (len(ordered) - 1))] if ordered else 0.0


def character_errors(heard: str, said: str) -> int:
    """Least number of characters to substitute, insert and delete."""
    row = list(range(len(said) + 1))
    for i, character in enumerate(heard, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(said, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (character != other))
    return row[-1]


def plain(text: str) -> str:
    """Numbers spelled out, nothing but characters."""
    return "".join(character for character in spell_digits(text) if character.isalnum())


def _errors(one: Measured) -> int:
    return character_errors(plain(one.taking.raw), plain(one.case.text))


# --- as JSON --------------------------------------------------------------------------------------------


def as_json(conditions: Mapping[str, Any], systems: Sequence[System], lists_wrong: bool) -> dict[str, Any]:
    """The whole run."""
    return {**conditions, "systems": {system.name: _system(system, lists_wrong) for system in systems}}


def _system(system: System, lists_wrong: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "seconds": {name: round(system.seconds(q), 4) for name, q in _QUANTILES.items()},
    }
    if system.has_sound:
        found |= {
            "character_error_rate": round(system.character_error_rate, 4),
            "without_any_error": round(system.exact_share, 4),
            "audio_seconds": round(sum(one.audio_seconds for one in system.measured), 2),
            "cpu_per_audio_second": round(system.cpu_per_audio_second, 4),
        }
    if system.has_answers:
        found |= system.accuracy.as_json()
    else:
        found["by_speaker"] = {name: round(rate, 4) for name, rate in _rates_by_speaker(system)}
    if lists_wrong:
        found["wrong_ones"] = [_wrong_one(one) for one in _not_right(system)]
    return found


_QUANTILES = {"p50": 0.5, "p95": 0.95, "max": 1.0}


def _wrong_one(one: Measured) -> dict[str, Any]:
    return {
        "file": str(one.case.file) if one.case.file else None,
        "question": one.case.question,
        "text": one.case.text,
        "raw": one.taking.raw,
        "expected": dict(one.case.expected),
        "got": dict(one.taking.values),
        "intent": one.taking.intent,
        "verdict": one.verdict.name.lower(),
    }


def _not_right(system: System) -> list[Measured]:
    if system.has_answers:
        wrong = [one for one in system.measured if one.verdict is not Verdict.RIGHT]
        return sorted(wrong, key=lambda one: -one.verdict)
    return [one for one in system.measured if _errors(one)]


def _rates_by_speaker(system: System) -> Iterator[tuple[str, float]]:
    for speaker in sorted({one.case.speaker for one in system.measured} - {""}):
        own = [one for one in system.measured if one.case.speaker == speaker]
        yield speaker, System(system.name, system.script, own).character_error_rate


# --- as a table -----------------------------------------------------------------------------------------


def as_table(conditions: Mapping[str, Any], systems: Sequence[System], lists_wrong: bool) -> str:
    """The whole run for a terminal: a line a figure, a column a system."""
    told = ", ".join(f"{name} {value}" for name, value in conditions.items() if value is not None)
    columns = [dict(_figures(system)) for system in systems]
    rows = [["", *(system.name for system in systems)]]
    rows += [[figure, *(column.get(figure, "") for column in columns)] for figure in columns[0]]
    lines = [f"{told}, {len(systems[0].measured)} rows", *_aligned(rows)]
    if systems[0].has_answers:
        lines += ["", "wenhou, not right: question, expected -> got", *_confusion_lines(systems[0])]
    if lists_wrong:
        lines += ["", "wenhou, one by one", *(_wrong_line(one) for one in _not_right(systems[0]))]
    return "\n".join(lines)


def _figures(system: System) -> Iterator[tuple[str, str]]:
    if system.has_answers:
        yield from _answer_figures(system.accuracy)
    if system.has_sound:
        yield "character errors", f"{system.character_error_rate:.1%}"
        yield "every word right", f"{system.exact_share:.1%}"
        yield "CPU seconds by seconds of sound", f"{system.cpu_per_audio_second:.3f}"
    times = " / ".join(f"{1000 * system.seconds(quantile):.1f}" for quantile in _QUANTILES.values())
    yield "time p50 / p95 / max (ms)", times
    if not system.has_answers:
        yield from ((f"  {speaker}", f"{rate:.1%}") for speaker, rate in _rates_by_speaker(system))


def _answer_figures(found: Accuracy) -> Iterator[tuple[str, str]]:
    yield "right", f"{found.share(Verdict.RIGHT):.1%}"
    yield "asked again", f"{found.share(Verdict.AGAIN):.1%}"
    yield "wrong", f"{found.share(Verdict.WRONG):.1%}"
    yield "wrong all-clear", f"{found.share(Verdict.ALL_CLEAR):.1%}"
    yield "asked slot right", _of(*found.asked)
    yield "said, recorded as none", _of(*found.lost)
    for name, pair in (*found.by_question.items(), *found.by_speaker.items()):
        yield f"  {name}", _of(*pair)


def _of(count: int, total: int) -> str:
    return f"{count}/{total} ({count / total:.1%})" if total else "-"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _confusion_lines(system: System) -> Iterator[str]:
    for question, meant, got, count in system.accuracy.confusions[:_SHOWN_CONFUSIONS]:
        yield f"{count:4} x {question}: {meant} -> {got}"
    more = len(system.accuracy.confusions) - _SHOWN_CONFUSIONS
    if more > 0:
        yield f"       and {more} more kinds"


def _wrong_line(one: Measured) -> str:
    file = f"{one.case.file.name} " if one.case.file else ""
    if not one.case.question:
        return f"{file}{one.case.text} | {one.taking.raw}"
    got = json.dumps(dict(one.taking.values), ensure_ascii=False)
    meant = json.dumps(dict(one.case.expected), ensure_ascii=False)
    return (
        f"{one.verdict.name.lower():9} {file}{one.case.question}: {one.case.text} | {one.taking.raw} "
        f"| {meant} {one.case.intent} -> {got} {one.taking.intent}"
    )
