"""A call told as it happens, and what the resident did in it, so that it can be kept as a test.

Law: two answers cannot overlap. One that begins before the last one ended is that same answer, heard to its
end after the robot had replied too early; it takes the other's place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaign.records import CallEvent, SlotValue, Source, Turn
from dialer.call.transfer import Transferred
from dialer.workers.messages import SlotFilled
from dialer.workers.pool import Report
from dialogs.authoring.dialogues import Act
from dialogs.authoring.talk import Conversation
from dialogs.authoring.talk_screen import TalkScreen
from dialogs.script import Script, Variant

_UNSURE = 0.5
"""The recogniser's confidence below which it lowers ours (``dialogs.machine.trust``)."""
_NOTHING = "（没有听出字）"
_LINE_WORDS: Mapping[str, str] = {
    "dialling": "拨号…",
    "ringing": "振铃…",
    "early_media": "彩铃或提示音…",
    "answered": "接通。",
}
_ASIDES: Mapping[str, str] = {
    "barge_in": "（机器人停下来听）",
    "go_on": "（接着说）",
    "taken_back": "（居民还没说完，接着听）",
    "interrupted": "（中止，机器人道别）",
    "too_long": "（超过最长通话时间，挂断）",
}
_TRANSFERS: Mapping[str, str] = {
    Transferred.TAKEN.value: "（对方接了，机器人退出）",
    Transferred.REFUSED.value: "（没有转成：线路或对方不接）",
    Transferred.UNANSWERED.value: "（没有转成：没人接）",
    Transferred.BROKEN_OFF.value: "（没等到人接，电话断了）",
}


@dataclass(frozen=True)
class SpokenTurn:
    """What the resident did in one turn."""

    act: Act
    text: str
    """The words as they were heard, or the key."""
    started_at: dt.datetime
    ended_at: dt.datetime


class Narrator:
    """A call's journal, on the screen; see ``dialer.call.surroundings.Journal``.

    ``tells_line`` also tells of dialling and ringing.
    """

    def __init__(self, screen: TalkScreen, script: Script, *, tells_line: bool = False) -> None:
        self.turns: list[SpokenTurn] = []
        self.goal = script.start
        """The state or closing that was reached."""
        self._screen, self._script, self._tells_line = screen, script, tells_line
        self._is_interrupted = False

    @property
    def closing(self) -> str:
        """The closing with which the script ended; empty where it did not."""
        return self.goal if self.goal in self._script.closings else ""

    def report(self, report: Report) -> None:
        """The same of a call in another process."""
        match report:
            case CallEvent():
                self.event(report.at, report.kind, report.data)
            case SlotFilled():
                self.slot(report.slot)
            case Turn():
                self.turn(
                    state=report.state, heard=report.heard, understood=report.understood,
                    confidence=report.confidence, started_at=report.started_at, ended_at=report.ended_at,
                    source=report.source,
                )  # fmt: skip

    def warn(self, text: str) -> None:
        """Tell what is amiss around the call."""
        self._screen.aside(text, "yellow")

    # --- the call's journal -----------------------------------------------------------------------------

    def event(self, at: dt.datetime, kind: str, data: Mapping[str, Any]) -> None:
        match kind:
            case "prompt":
                self._prompt(str(data["id"]), str(data["text"]))
            case "no_input":
                self._screen.resident("（没有出声）")
                self.turns.append(SpokenTurn(Act.BE_SILENT, "", at, at))
            case "heard" if "confidence" not in data:  # before the robot has said anything
                self._screen.resident(f"{data['text'] or _NOTHING}（接起电话）")
            case "announcement" if data["text"]:
                self._screen.aside(f"提示音：{data['text']}")
            case "machine":
                self._screen.aside("（不是人接的，是语音信箱或助理，挂断）", "yellow")
            case "ended" if data["by"] == "resident":
                self._screen.aside("（居民挂断了）")
            case "transfer":
                self._screen.aside(f"（把电话转给 {data['number']}…）")
            case "transferred":
                self._screen.aside(_TRANSFERS.get(str(data["result"]), ""))
            case "fault":
                self._screen.aside(_fault_words(str(data["what"])), "red")
            case "interrupted":
                self._is_interrupted = True
                self._screen.aside(_ASIDES[kind])
            case _ if kind in _ASIDES:
                self._screen.aside(_ASIDES[kind])
            case _ if kind in _LINE_WORDS and self._tells_line:
                self._screen.tell(_LINE_WORDS[kind], "dim")

    def turn(
        self, *, state: str, heard: str, understood: str, confidence: float,
        started_at: dt.datetime, ended_at: dt.datetime, source: Source,
    ) -> None:  # fmt: skip
        if source is Source.KEY:
            self._screen.resident(f"（按 {heard}）")
            self.turns.append(SpokenTurn(Act.PRESS, heard, started_at, ended_at))
            return
        self._screen.resident(heard or _NOTHING)
        if heard and confidence < _UNSURE:
            self._screen.aside(f"听得不清楚（把握 {confidence:.2f}）", "yellow")
        if heard and understood != heard:
            self._screen.understood(understood)
        self._take_back(started_at)
        self.turns.append(SpokenTurn(Act.SAY, heard, started_at, ended_at))

    def _take_back(self, started_at: dt.datetime) -> None:
        while self.turns and self.turns[-1].act is Act.SAY and started_at < self.turns[-1].ended_at:
            self.turns.pop()

    def slot(self, slot: SlotValue) -> None:
        self._screen.noted(slot.name, slot)

    def _prompt(self, prompt: str, text: str) -> None:
        owner, _, name = prompt.partition(".")
        if owner in self._script.states and name != Variant.DENIED:
            self._reach(owner, name)
        elif owner == "closing" and not self._is_interrupted:
            self._reach(name, "")
        self._screen.robot([text])

    def _reach(self, goal: str, variant: str) -> None:
        self.goal = goal
        if self.turns:
            self._screen.goal(goal, variant)


def _fault_words(what: str) -> str:
    match what:
        case "media_lost":
            return "（对方的声音断了，挂断）"
        case "recording":
            return "（磁盘写不下录音，通话继续）"
        case _:
            return f"（程序出错：{what}，挂断；详情见日志）"


# --- as a test ------------------------------------------------------------------------------------------


def replayed(begun: Conversation, turns: list[SpokenTurn]) -> Conversation:
    """The same conversation held by its words alone, as a test holds it."""
    conversation = begun
    for turn in turns:
        conversation = conversation.after(turn.act, turn.text)
    return conversation


def differing(conversation: Conversation, slots: Mapping[str, SlotValue], goal: str) -> tuple[str, ...]:
    """Labels of what the words alone come to differently than the call did, whose ``slots`` and ``goal`` are
    given: what it owed to the sound, or to doubts about it."""
    script, read = conversation.script, conversation.slots
    names = [slot.name for slot in script.slots.values() if slot.name in slots or slot.name in read]
    told = [script.slots[name].label for name in names if _known(slots.get(name)) != _known(read.get(name))]
    reached = conversation.closing or conversation.state
    return (*told, *([f"走到 {reached} 而不是 {goal}"] if reached != goal else []))


def _known(value: SlotValue | None) -> tuple[Any, bool] | None:
    return None if value is None else (value.value, value.is_certain)
