"""What a disposition was concluded from, in the words of people. Pure.

An attempt keeps its evidence as plain JSON, keyed like the fields of ``dialer.call.disposition.Evidence``;
this file only knows how to say it. What it has no words for is shown as it is, so nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from campaign.records import CallAttempt, Disposition, HungUpBy

ENDED_BY: Mapping[HungUpBy, str] = {
    HungUpBy.RESIDENT: "居民",
    HungUpBy.ROBOT: "我方",
    HungUpBy.NETWORK: "网络",
}
_OUTCOMES = {
    "completed": "问完",
    "wrong_number": "对方说打错了",
    "opted_out": "对方要求不再来电",
    "call_later": "对方要求改时间",
    "wants_person": "对方要求人工",
    "gave_up": "没有听到回答",
    "deceased": "家人说本人已去世",
    "emergency": "情况紧急，要叫救护车",
}
_TRANSFERS = {
    "taken": "转人工有人接",
    "refused": "转人工没有接通",
    "unanswered": "转人工没人接",
    "broken_off": "转人工时断了",
}
TONES: Mapping[str, str] = {
    "ring_back": "回铃音",
    "busy": "忙音",
    "congestion": "拥塞音",
    "unobtainable": "空号音",
}
_DECIDED_BY: Mapping[str, str] = {
    "rejected_aloud": "振铃后才说通话中，也可能是拒接",
    "rejected": "振铃后才占线，也可能是拒接",
    "half_heard": "提示音没有全听清",
    "no_word_from_trunk": "线路没有回音",
    "unexplained": "线路没有说明原因",
}
"""Rows of the table that people should know of; the others are told by the evidence itself."""


def _announced(value: Any) -> str:
    label = Disposition(value).label if value in set(Disposition) else value
    return f"提示音说{label}"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "is_answered": lambda value: "接通过" if value else "没有接通",
    "has_rung": lambda value: "振过铃" if value else "没有振铃",
    "rang_out": lambda value: "振铃到时没人接" if value else "",
    "announced": _announced,
    "announcement_confidence": lambda value: f"听清 {value:.0%}" if value < 0.9 else "",
    "announced_by": lambda value: "凭哔声" if value == "beep" else f"凭“{value}”",
    "tone": lambda value: f"听到{TONES.get(str(value), value)}",
    "has_early_sound": lambda value: "接通前有声音" if value else "",
    "has_person": lambda value: "有人说话" if value else "",
    "seconds_to_answer": lambda value: f"{value:.0f} 秒接通",
    "ring_seconds": lambda value: f"振铃 {value:.0f} 秒",
    "decided_by": lambda value: _DECIDED_BY.get(str(value), ""),
    "outcome": lambda value: _OUTCOMES.get(value, str(value)),
    "has_fault": lambda value: "我方故障" if value else "",
    "has_lost_media": lambda value: "收不到对方的声音" if value else "",
    "transferred": lambda value: _TRANSFERS.get(str(value), f"转人工：{value}"),
    "answers": lambda value: f"听懂 {value} 个回答",
}


def evidence_words(evidence: Mapping[str, Any]) -> list[str]:
    """Each piece of evidence as a few Chinese words, in the order in which it was kept."""
    said = (_WORDS[key](value) if key in _WORDS else f"{key}={value}" for key, value in evidence.items())
    return [words for words in said if words]


def signalling_words(attempt: CallAttempt) -> list[str]:
    """SIP 480, Q.850 20: what the network signalled."""
    parts = (("SIP", attempt.cause.sip_status), ("Q.850", attempt.cause.q850_cause))
    return [f"{name} {value}" for name, value in parts if value]
