"""The nouns of a campaign: frozen values, no behaviour beyond what a value knows of itself.

All times are timezone-aware. All durations are seconds. Numbers are telephone digits as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Disposition(StrEnum):
    """What became of one call attempt."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    POWERED_OFF = "powered_off"
    OUT_OF_SERVICE = "out_of_service"
    INVALID_NUMBER = "invalid_number"
    UNREACHABLE = "unreachable"
    BARRED = "barred"
    CALL_ASSISTANT = "call_assistant"
    WRONG_NUMBER = "wrong_number"
    OPTED_OUT = "opted_out"
    NETWORK_BUSY = "network_busy"
    TRANSFERRED = "transferred"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The word that staff read in sheets and on the screen."""
        return _LABELS[self]

    @property
    def is_conversation(self) -> bool:
        """Whether a person was talked with."""
        return self in _CONVERSATIONS


_LABELS: Mapping[Disposition, str] = {
    Disposition.COMPLETED: "已完成",
    Disposition.PARTIAL: "部分完成",
    Disposition.BUSY: "占线",
    Disposition.NO_ANSWER: "无人接听",
    Disposition.DECLINED: "拒接",
    Disposition.POWERED_OFF: "关机",
    Disposition.OUT_OF_SERVICE: "停机",
    Disposition.INVALID_NUMBER: "空号",
    Disposition.UNREACHABLE: "无法接通",
    Disposition.BARRED: "呼入限制",
    Disposition.CALL_ASSISTANT: "来电提醒/语音信箱",
    Disposition.WRONG_NUMBER: "打错",
    Disposition.OPTED_OUT: "拒访",
    Disposition.NETWORK_BUSY: "网络忙",
    Disposition.TRANSFERRED: "已转人工",
    Disposition.FAILED: "线路故障",
}

_CONVERSATIONS = frozenset({
    Disposition.COMPLETED, Disposition.PARTIAL, Disposition.WRONG_NUMBER, Disposition.OPTED_OUT,
    Disposition.TRANSFERRED,
})  # fmt: skip


class Grade(StrEnum):
    """排查分级 of one resident, from the script's grading table; never a health code."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def label(self) -> str:
        return {"red": "红", "yellow": "黄", "green": "绿"}[self.value]


class ResidentState(StrEnum):
    """Where a resident stands in the campaign."""

    PENDING = "pending"  # never dialled
    IN_CALL = "in_call"  # an attempt is under way
    WAITING = "waiting"  # to be dialled again, not before next_attempt_at
    FOLLOW_UP = "follow_up"  # for people to work through
    DONE = "done"  # nothing more to do


class Source(StrEnum):
    """Where a slot's value came from."""

    VOICE = "voice"
    KEY = "key"
    STAFF = "staff"


class HungUpBy(StrEnum):
    """Who ended a call."""

    RESIDENT = "resident"
    ROBOT = "robot"
    NETWORK = "network"


@dataclass(frozen=True)
class Resident:
    """One person or household of a list."""

    id: int
    """Key in the store; 0 before it is stored."""
    row: int
    """Row in its sheet of the list, counted from 1; once stored, rows of later sheets count on."""
    name: str
    phones: tuple[str, ...]
    """Digits, the first to be called first; an extension stands after a comma."""
    building: str = ""
    unit: str = ""
    room: str = ""
    address: str = ""
    id_number: str = ""
    """Masked (110101********1234) or empty."""
    remark: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns that Wenhou does not know, header to text; they travel through to the sheet."""

    @property
    def place(self) -> str:
        """The address as one text."""
        return self.address or "".join(part for part in (self.building, self.unit, self.room) if part)


@dataclass(frozen=True)
class Campaign:
    """One list called with one script."""

    id: int
    name: str
    script: str
    script_version: str
    list_file: str
    created_at: datetime
    list_columns: tuple[tuple[str, str], ...] = ()
    """Headings of the list in its order, each with what it was taken for (Chinese); empty where not known."""


@dataclass(frozen=True)
class CallCause:
    """How signalling said that a call ended."""

    sip_status: int = 0
    """Final SIP status, 200 for an answered call, 0 when there was none."""
    q850_cause: int = 0
    """ITU-T Q.850 cause from the Reason header, 0 when there was none."""
    reason: str = ""
    hung_up_by: HungUpBy = HungUpBy.NETWORK


@dataclass(frozen=True)
class CallAttempt:
    """One dial of one number."""

    id: int
    campaign_id: int
    resident_id: int
    number: str
    ordinal: int
    """1 for the first dial to this resident in this campaign."""
    line: int
    """Line that placed the call, counted from 1; 0 when none has taken it yet."""
    dialled_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    disposition: Disposition | None = None
    cause: CallCause = CallCause()
    recording: str = ""
    """Path of the recording relative to the recording folder, or empty."""
    frames_expected: int = 0
    """20 ms frames that should have come in while media was up."""
    frames_received: int = 0
    reply_gaps: tuple[float, ...] = ()
    """Seconds from the resident's last sound to the robot's reply, as the robot saw it."""
    confidence: float | None = None
    """How sure the disposition is, 0 to 1; None where nobody said."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    """What the disposition was concluded from, JSON-compatible; see ``dialer.call.disposition.Evidence``."""
    caller: str = ""
    """Who of the staff made the call; empty: the robot."""

    @property
    def talk_seconds(self) -> float:
        if self.answered_at is None or self.ended_at is None:
            return 0.0
        return (self.ended_at - self.answered_at).total_seconds()


@dataclass(frozen=True)
class CallEvent:
    """Something that happened in a call, for the timeline."""

    attempt_id: int
    at: datetime
    kind: str
    """dialling ringing early_media announcement tone decided answered machine prompt barge_in
    heard_partial heard silence key no_input confirmed transfer transfer_status transferred interrupted
    too_long hang_up ended fault"""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One answer of the resident, or the lack of one."""

    attempt_id: int
    ordinal: int
    state: str
    """State of the script that asked."""
    heard: str
    """Raw words of the recogniser; empty when nothing was said."""
    understood: str
    """Words after repair."""
    confidence: float
    started_at: datetime
    ended_at: datetime
    source: Source = Source.VOICE


class Remark(StrEnum):
    """What residents tell besides their answers and people have to see to."""

    HOUSEHOLD = "household"
    QUESTION = "question"

    @property
    def heading(self) -> str:
        """Stands before it in the reason of a follow-up."""
        return _HEADINGS[self]


_HEADINGS: Mapping[Remark, str] = {
    Remark.HOUSEHOLD: "家里人的情况：",
    Remark.QUESTION: "居民有问题要答复：",
}
BETWEEN_ANSWERS = " / "
"""Stands between the words of several answers to one question."""


@dataclass(frozen=True)
class SlotValue:
    """One answer in a form that can be counted."""

    name: str
    value: Any
    """JSON-compatible: str, bool, int, float, list of str, or None when the answer stayed unknown."""
    raw: str = ""
    """The words as they were recognised; where the value was said back, those of the reply as well."""
    understood: str = ""
    """The words after repair."""
    confidence: float = 1.0
    source: Source = Source.VOICE
    is_certain: bool = True
    """False: shown as 待核实 and sent to follow-up."""
    is_confirmed: bool = False
    """Said back to the resident at the end of the call, who agreed or put it right."""
    entered_by: str = ""
    """Who of the staff entered it; empty: it comes from a call of the robot."""
    entered_at: datetime | None = None


@dataclass(frozen=True)
class CallResult:
    """Everything that is known when an attempt is over; stored in one transaction."""

    attempt_id: int
    disposition: Disposition
    ended_at: datetime
    cause: CallCause = CallCause()
    answered_at: datetime | None = None
    slots: tuple[SlotValue, ...] = ()
    grade: Grade | None = None
    recording: str = ""
    frames_expected: int = 0
    frames_received: int = 0
    frames_dropped: int = 0
    reply_gaps: tuple[float, ...] = ()
    confidence: float | None = None
    """How sure the disposition is, 0 to 1; None where nobody said."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    """What the disposition was concluded from, JSON-compatible."""
    appointment: datetime | None = None
    """When the resident asked to be called again."""
    is_pressing: bool = False
    """People should see to it soon: the resident asked for a person and nobody took the call."""


@dataclass(frozen=True)
class FollowUp:
    """A resident whom people must reach or whose answers they must check."""

    id: int
    campaign_id: int
    resident_id: int
    reason: str
    """Chinese, one line: 占线 3 次 / 体温待核实 / 通话中断. What was told besides follows the heading of
    its ``Remark``."""
    created_at: datetime
    is_open: bool = True
    is_pressing: bool = False
    """Comes first among those of its class."""
    assigned_to: str = ""
    """Who of the staff is to see to it; empty: nobody yet."""
    claimed_by: str = ""
    """Who of the staff is at it right now; empty: nobody."""
    claimed_at: datetime | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    outcome: str = ""
    """What came of it, Chinese; empty while it is open."""


@dataclass(frozen=True)
class FollowUpNote:
    """Something that was done about an entry of the queue, or is to be known about it."""

    follow_up_id: int
    at: datetime
    by: str
    kind: str
    """assign claim release note call done reopen import"""
    text: str
    """Chinese."""


@dataclass(frozen=True)
class DoNotCallNumber:
    """A number that is never dialled, or that was not to be for a while."""

    number: str
    reason: str
    added_at: datetime
    added_by: str = ""
    removed_at: datetime | None = None
    """None: it still holds."""
    removed_by: str = ""


@dataclass(frozen=True)
class ListProblem:
    """Something in a resident list that a person must know of: a row left out, or a doubt about one."""

    sheet: str
    row: int
    """Row in the sheet, counted from 1; 0 for the sheet as a whole."""
    kind: str
    """no_phone bad_phone partly_bad service_number not_residents disused do_not_call not_to_call duplicate
    known shared_number no_name bad_id_number changed_hands hidden_row not_a_resident sheet_not_read"""
    cell: str
    """What stands in the sheet."""
    reason: str
    """Chinese, one sentence that says what to do."""
    name: str = ""
    """The resident's name, where the row has one."""
    is_imported: bool = False
    """True: the row was taken all the same, and this is a warning."""
    column: int = -1
    """Column in the sheet of the cell that is meant, from 0; -1 for none in particular. Not stored."""

    @property
    def sentence(self) -> str:
        """The whole problem as one line for the terminal."""
        where = f"第 {self.row} 行" if self.row else f"工作表“{self.sheet}”"
        who = f"（{self.name}）" if self.name else ""
        return f"{where}{who}：{self.reason}"
