"""A conversation with a script, held by typing: what was said and what came of it. Frozen values.

``Conversation.after`` gives the conversation that is one turn longer; the old one stays as it was.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaign.records import Grade, SlotValue
from dialogs.authoring.dialogues import UNKNOWN, Act, written
from dialogs.authoring.script_words import VALUE_WORDS
from dialogs.machine import Action, Dialog, Heard, Play
from dialogs.script import Outcome, Script, Slot, SlotType, Variant


@dataclass(frozen=True)
class Exchange:
    """One turn of the resident, and what the robot made of it."""

    act: Act
    text: str
    """The words (empty: noise) or the key."""
    understood: str
    """The words after repair; empty where nothing was said."""
    noted: Mapping[str, SlotValue]
    """Slots that the turn filled, changed or made certain."""
    reply: tuple[str, ...]
    """What the robot said to it."""
    goal: str
    """The state or closing that was reached."""
    variant: str
    """How the question that followed was worded; empty when the call was over."""


@dataclass(frozen=True)
class Conversation:
    """What was said so far."""

    script: Script
    fields: Mapping[str, str]
    """The resident's, as ``dialogs.machine.Dialog`` takes them."""
    today: dt.date
    opening: tuple[str, ...]
    """What the robot said first."""
    _dialog: Dialog = field(repr=False)
    exchanges: tuple[Exchange, ...] = ()
    closing: str = ""
    """Empty while the conversation goes on."""

    @classmethod
    def begin(cls, script: Script, fields: Mapping[str, str], today: dt.date) -> Conversation:
        """The resident picks up; takes about two seconds for the first conversation with a script."""
        dialog = Dialog(script, fields, today)
        return cls(script, dict(fields), today, _sentences(dialog.start()), dialog)

    def after(self, act: Act, text: str = "") -> Conversation:
        """The conversation one turn later; the same where it is over already."""
        if self.is_over:
            return self
        dialog = copy.copy(self._dialog)
        actions = _taken(dialog, act, text)
        closing = _prompt_name(actions) if dialog.is_over else ""
        exchange = Exchange(
            act=act,
            text=text,
            understood=dialog.understood if act is Act.SAY else "",
            noted=_noted(self._dialog.slots, dialog.slots),
            reply=_sentences(actions),
            goal=closing or dialog.state,
            variant=_variant(actions),
        )
        return replace(self, _dialog=dialog, exchanges=(*self.exchanges, exchange), closing=closing)

    @property
    def is_over(self) -> bool:
        return bool(self.closing)

    @property
    def state(self) -> str:
        """The question that is open, or was when the call ended."""
        return self._dialog.state

    @property
    def outcome(self) -> Outcome | None:
        return self._dialog.outcome

    @property
    def slots(self) -> Mapping[str, SlotValue]:
        """What was noted down so far."""
        return self._dialog.slots

    @property
    def grade(self) -> Grade | None:
        """By what is known so far."""
        return self._dialog.grade()


def unanswered(script: Script, slots: Mapping[str, SlotValue]) -> tuple[Slot, ...]:
    """What must be known and is not: never asked, or asked without an answer."""
    return tuple(
        slot
        for slot in script.kept_slots
        if slot.is_required and (slot.name not in slots or slots[slot.name].value is None)
    )


def uncertain(script: Script, slots: Mapping[str, SlotValue]) -> tuple[Slot, ...]:
    """What was noted down but is 待核实."""
    return tuple(
        slot
        for slot in script.kept_slots
        if slot.name in slots and slots[slot.name].value is not None and not slots[slot.name].is_certain
    )


def _taken(dialog: Dialog, act: Act, text: str) -> Sequence[Action]:
    match act:
        case Act.SAY:
            return dialog.hear(Heard(text, 1.0))
        case Act.PRESS:
            return dialog.key(text)
        case Act.BE_SILENT:
            return dialog.no_input()


def _noted(before: Mapping[str, SlotValue], now: Mapping[str, SlotValue]) -> dict[str, SlotValue]:
    return {name: value for name, value in now.items() if before.get(name) != value}


def _sentences(actions: Sequence[Action]) -> tuple[str, ...]:
    return tuple(action.text for action in actions if isinstance(action, Play))


def _prompt_name(actions: Sequence[Action]) -> str:
    """The last prompt without its owner: the wording of a question, or the name of a closing."""
    prompts = [action.prompt_id for action in actions if isinstance(action, Play)]
    return prompts[-1].partition(".")[2] if prompts else ""


def _variant(actions: Sequence[Action]) -> str:
    """The wording of the question that was asked; empty where none was, as while the resident is away."""
    name = _prompt_name(actions)
    return name if name in set(Variant) else ""


# --- in words -------------------------------------------------------------------------------------------


def value_words(slot: Slot, value: object) -> str:
    """A value as people read it: 是, 本人, 没有."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "是" if value else "否"
        case "" | [] | ():
            return "没有"
        case str() if slot.type is SlotType.IDENTITY:
            return VALUE_WORDS[SlotType.IDENTITY].get(value, value)
        case _:
            return written(value)


def noted_words(slot: Slot, value: SlotValue) -> str:
    """体温 36.5 ✓（把握 0.95）"""
    mark = "✓" if value.is_certain else "待核实"
    confirmed = "，已跟居民确认" if value.is_confirmed else ""
    return f"{slot.label} {value_words(slot, value.value)} {mark}（把握 {value.confidence:.2f}{confirmed}）"


def goal_words(goal: str, variant: str) -> str:
    """到：ask_travel"""
    is_again = variant not in ("", Variant.FIRST)
    return f"到：{goal}" + (f"（问法 {variant}）" if is_again else "")


# --- what is typed --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TurnTyped:
    """It is the resident who does something."""

    act: Act
    text: str = ""


@dataclass(frozen=True)
class Save:
    file: str = ""
    """Empty: the tests beside the script."""


@dataclass(frozen=True)
class Leave:
    pass


@dataclass(frozen=True)
class Unknown:
    """No command that there is."""

    text: str


Typed = TurnTyped | Save | Leave | Unknown

_SLASHES = "/／、"
"""Chinese keyboards give one of these on the key of the slash; no sentence begins with one."""
_COMMANDS = {"记下": Save, "save": Save, "退出": Leave, "quit": Leave, "exit": Leave}
_NOISE = ("杂音", "noise")


def read_line(line: str) -> Typed:
    """What a typed line means; a line that begins with no slash is what the resident says."""
    text = line.strip()
    if not text:
        return TurnTyped(Act.BE_SILENT)
    if text[0] not in _SLASHES:
        return TurnTyped(Act.SAY, text)
    word, _, rest = text[1:].strip().partition(" ")
    word = unicodedata.normalize("NFKC", word)
    if re.fullmatch("[0-9*#]", word) and not rest:
        return TurnTyped(Act.PRESS, word)
    if word in _NOISE:
        return TurnTyped(Act.SAY)
    command = _COMMANDS.get(word.lower())
    if command is Save:
        return Save(rest.strip())
    return Leave() if command is Leave else Unknown(text)
