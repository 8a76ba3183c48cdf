"""What one answer was taken for, told to an administrator: as an object for programs and as lines for people.

Law: a value is believed as a dialog believes it: from the slot's own threshold up, and in passing, where
another question was asked, from ``SURE_IN_PASSING``. What is not believed is told apart, as it would be
asked again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from asr.audio import Channel, read_sound
from asr.recognizer import SAMPLE_RATE
from dialer.practice.hearing import HeardSound, SoundHearer, expectation_of
from dialogs.machine import SURE_IN_PASSING, trust
from dialogs.script import Intent, Outcome, Script, Slot, SlotType
from dialogs.understanding import Understanding
from dialogs.understanding.single_answer import ReadAnswer, question_of, read_answer


class AnswerIntent(StrEnum):
    """What a resident wanted with the answer."""

    ANSWER = "answer"
    OPT_OUT = "opt_out"
    REPEAT = "repeat"
    WRONG_NUMBER = "wrong_number"
    CALL_LATER = "call_later"
    HUMAN = "human"
    NONE = "none"

    @property
    def label(self) -> str:
        return _INTENT_LABELS[self]


_INTENT_LABELS: Mapping[AnswerIntent, str] = {
    AnswerIntent.ANSWER: "回答问题",
    AnswerIntent.OPT_OUT: "不愿再接电话",
    AnswerIntent.REPEAT: "请再说一遍",
    AnswerIntent.WRONG_NUMBER: "打错了",
    AnswerIntent.CALL_LATER: "改个时间再打",
    AnswerIntent.HUMAN: "找工作人员",
    AnswerIntent.NONE: "没有听懂",
}
_INTENT_OF: Mapping[Outcome, AnswerIntent] = {
    Outcome.OPTED_OUT: AnswerIntent.OPT_OUT,
    Outcome.WRONG_NUMBER: AnswerIntent.WRONG_NUMBER,
    Outcome.CALL_LATER: AnswerIntent.CALL_LATER,
    Outcome.WANTS_PERSON: AnswerIntent.HUMAN,
}
"""By where a script's intent leads: scripts may call their intents what they like."""


@dataclass(frozen=True)
class AnswerReport:
    """One answer to one question."""

    question: str
    """Slot that was asked."""
    raw: str
    """Words as heard."""
    text: str
    """Words after repair."""
    values: Mapping[str, Any]
    """Slot to believed value, as JSON writes it: yes/no as words, days as YYYY-MM-DD."""
    unsure: Mapping[str, Any]
    """The same for what the dialog would ask again."""
    unknown: tuple[str, ...]
    """Slots for which the resident has no answer: 没量, 记不清."""
    confidences: Mapping[str, float]
    """0..1, of every slot in ``values``, ``unsure`` and ``unknown``."""
    intent: AnswerIntent
    script_intent: str = ""
    """The script's own name of the intent."""
    file: str | None = None
    seconds: float = 0.0
    """Time spent."""
    details: Mapping[str, float] = field(default_factory=dict)
    """Of the sound: ``audio_seconds``, ``speech_seconds``, ``recognizer_confidence``."""

    @property
    def confidence(self) -> float:
        """Of the slot that was asked; 0 where nothing was understood of it."""
        return self.confidences.get(self.question, 0.0)

    def as_json(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        unsure = {
            name: {"value": value, "confidence": self.confidences[name]}
            for name, value in self.unsure.items()
        }
        return {
            "file": self.file,
            "question": self.question,
            "raw": self.raw,
            "text": self.text,
            "values": dict(self.values),
            "intent": self.intent.value,
            "confidence": self.confidence,
            "seconds": round(self.seconds, 3),
            "unsure": unsure,
            "unknown": list(self.unknown),
            "confidences": dict(self.confidences),
            "script_intent": self.script_intent,
            **self.details,
        }


@dataclass(frozen=True)
class Asked:
    """What is being answered."""

    script: Script
    question: str
    """Slot or state."""
    today: date
    """Day of the call."""
    name: str = ""
    """The resident's."""

    def __post_init__(self) -> None:
        """Raises ScriptError (``question_unknown``) where the script asks no such question."""
        question_of(self.script, self.question)

    @property
    def slot(self) -> str:
        return question_of(self.script, self.question).slot

    def warm_up(self) -> None:
        """Read the dictionaries now, so that the first answer is not charged with it."""
        expectation_of(self.script, self.question, self.today)
        report_text(self, "没有")


def report_text(asked: Asked, text: str, understanding: Understanding | None = None) -> AnswerReport:
    """What a dialog takes ``text`` for: words as a recogniser gives them or as somebody writes them.

    ``understanding`` is the script's own unless given.
    """
    read = read_answer(asked.script, asked.question, text, asked.today, asked.name, (), understanding)
    return _report(asked, text, read, trusted=1.0)


def report_sound(asked: Asked, heard: HeardSound) -> AnswerReport:
    """The same of words that were heard: the recogniser's doubt lowers every confidence."""
    read = read_answer(asked.script, asked.question, heard.text, asked.today, asked.name, heard.wordings)
    return _report(asked, heard.written or heard.text, read, trust(heard.confidence))


def report_file(
    asked: Asked, path: Path, hearer: SoundHearer, channel: Channel = Channel.MIX
) -> AnswerReport:
    """The same of a sound file, heard as a call hears it.

    Raises:
        SoundError: The file cannot be read.
        RecognizerError: The engine failed.
    """
    sound = read_sound(path, channel)
    heard = hearer.hear(sound, expectation_of(asked.script, asked.question, asked.today, asked.name))
    details = {
        "audio_seconds": round(len(sound) / SAMPLE_RATE, 3),
        "speech_seconds": round(heard.speech_seconds, 3),
        "recognizer_confidence": round(heard.confidence, 3),
    }
    return replace(report_sound(asked, heard), file=str(path), details=details)


def _report(asked: Asked, raw: str, read: ReadAnswer, trusted: float) -> AnswerReport:
    confidences = {name: round(value * trusted, 3) for name, value in read.confidence.items()}
    slots = asked.script.slots
    believed = {name for name, sure in confidences.items() if sure >= _threshold(slots[name], asked.slot)}
    known = {name: _natural(value) for name, value in read.values.items() if value is not None}
    values = {name: value for name, value in known.items() if name in believed}
    unknown = tuple(name for name in read.values if name not in known and name in believed)
    return AnswerReport(
        question=asked.slot,
        raw=raw,
        text=read.text,
        values=values,
        unsure={name: value for name, value in known.items() if name not in believed},
        unknown=unknown,
        confidences=confidences,
        intent=intent_of(asked.script, read.intent, values, bool(values or unknown)),
        script_intent=read.intent,
    )


def _threshold(slot: Slot, asked: str) -> float:
    return slot.sure if slot.name == asked else max(SURE_IN_PASSING, slot.sure)


def _natural(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return list(value) if isinstance(value, tuple) else value


def intent_of(script: Script, said: str, values: Mapping[str, Any], is_answered: bool) -> AnswerIntent:
    """What was wanted.

    Args:
        script: Whose intents ``said`` belongs to.
        said: The script's own name of an intent, or "".
        values: Believed values.
        is_answered: Whether a value was found, or that there is none to be had.
    """
    wanted = _wanted(script, script.intents[said]) if said else None
    if wanted is not None:
        return wanted
    slots = (script.slots[name] for name in values)
    if any(slot.type is SlotType.IDENTITY and values[slot.name] == "wrong_number" for slot in slots):
        return AnswerIntent.WRONG_NUMBER
    return AnswerIntent.ANSWER if is_answered else AnswerIntent.NONE


def _wanted(script: Script, intent: Intent) -> AnswerIntent | None:
    """None for what only this script knows, such as 你是谁."""
    if intent.is_repeat or intent.is_slower:
        return AnswerIntent.REPEAT
    return _INTENT_OF.get(script.closings[intent.go].outcome) if intent.go else None


# --- for people -----------------------------------------------------------------------------------------

_IDENTITY_LABELS = {"self": "本人", "family": "家人", "wrong_number": "打错了"}
_YES_NO_LABELS = {"yes": "是", "no": "否"}
_NOTHING = "（没有听出字）"


def answer_lines(report: AnswerReport, script: Script) -> list[str]:
    """The report as aligned lines, the file's name first."""
    rows = list(_rows(report, script))
    width = max(_columns(label) for label, _ in rows)
    told = [f"  {label}{' ' * (width - _columns(label))}  {value}" for label, value in rows]
    return [report.file or f"“{report.raw}”", *told]


def _rows(report: AnswerReport, script: Script) -> Iterator[tuple[str, str]]:
    label = script.slots[report.question].label
    yield "问题", f"{report.question}（{label}）"
    yield "听到", report.raw or _NOTHING
    yield "理解为", report.text or _NOTHING
    for name, value in report.values.items():
        yield script.slots[name].label, _told(report, script.slots[name], value)
    for name, value in report.unsure.items():
        yield script.slots[name].label, _told(report, script.slots[name], value) + "，拿不准，会再问"
    for name in report.unknown:
        yield script.slots[name].label, "居民说不上来"
    own = f"（话术里的 {report.script_intent}）" if report.script_intent else ""
    yield "意图", report.intent.label + own
    yield "用时", f"{report.seconds:.2f} 秒" if report.seconds >= 0.1 else f"{report.seconds * 1000:.1f} 毫秒"


def _told(report: AnswerReport, slot: Slot, value: Any) -> str:
    return f"{_shown(slot, value)}　把握 {report.confidences[slot.name]:.2f}"


def _shown(slot: Slot, value: Any) -> str:
    match slot.type:
        case SlotType.IDENTITY:
            return _IDENTITY_LABELS.get(value, str(value))
        case SlotType.YES_NO:
            return _YES_NO_LABELS[value]
        case SlotType.TEMPERATURE:
            return f"{value:.1f} ℃"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return str(value) if value != "" else "无"


def _columns(text: str) -> int:
    """Width on a terminal: Chinese characters take two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
