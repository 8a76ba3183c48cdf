"""The events of one call as lines that a person can read. Pure.

``+03.42 听到(未定) “没有发”``: seconds since dialling, what happened, what was said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from campaign.evidence import TONES, evidence_words
from campaign.records import CallAttempt, CallEvent, Disposition, HungUpBy, Resident, Source, Turn

Data = Mapping[str, Any]

_ENDED_BY = {HungUpBy.RESIDENT: "居民挂机", HungUpBy.ROBOT: "我方挂机", HungUpBy.NETWORK: "网络结束"}
_FAULTS = {"media_lost": "收不到对方的声音", "outside": "通话以外的故障"}


def timeline(
    attempt: CallAttempt, resident: Resident, events: Sequence[CallEvent], turns: Sequence[Turn]
) -> list[str]:
    """One call, line by line; the first line says whose it was, the last what came of it."""
    lines = [(event.at, _event_line(event)) for event in events]
    lines += [(turn.ended_at, _repair_line(turn)) for turn in turns if _is_repaired(turn)]
    lines.sort(key=lambda line: line[0])
    timed = [f"{_offset(attempt, at)} {text}" for at, text in lines]
    return [_heading(attempt, resident), *timed, _outcome(attempt)]


def _heading(attempt: CallAttempt, resident: Resident) -> str:
    who = f"{resident.name or '（无姓名）'} {attempt.number}"
    line = f"，{attempt.line} 号线" if attempt.line else ""
    line = f"，{attempt.caller} 人工拨打" if attempt.caller else line
    return f"通话 {attempt.id}：{who}，第 {attempt.ordinal} 次拨打{line}"


def _outcome(attempt: CallAttempt) -> str:
    if attempt.ended_at is None:
        return "结果：还没有结束"
    label = attempt.disposition.label if attempt.disposition else "拨号中断，未计结果"
    label += "" if attempt.confidence is None or attempt.caller else f"（把握 {attempt.confidence:.0%}）"
    talk = f"，通话 {attempt.talk_seconds:.0f} 秒" if attempt.answered_at else ""
    media = _media_text(attempt)
    return f"结果：{label}{talk}{media}{_evidence_text(attempt)}"


def _evidence_text(attempt: CallAttempt) -> str:
    words = evidence_words(attempt.evidence)
    return f"；依据：{'，'.join(words)}" if words else ""


def _media_text(attempt: CallAttempt) -> str:
    if not attempt.frames_expected:
        return ""
    return f"，收到语音 {100 * attempt.frames_received / attempt.frames_expected:.1f}%"


def _offset(attempt: CallAttempt, at: dt.datetime) -> str:
    return f"+{max(0.0, (at - attempt.dialled_at).total_seconds()):05.2f}"


def _is_repaired(turn: Turn) -> bool:
    return turn.source is Source.VOICE and turn.understood != turn.heard


def _repair_line(turn: Turn) -> str:
    return f"理解为 “{turn.understood}”" if turn.understood else "没有听懂"


def _event_line(event: CallEvent) -> str:
    describe = _LINES.get(event.kind)
    return describe(event.data) if describe else " ".join([event.kind, *_pairs(event.data)])


def _pairs(data: Data) -> list[str]:
    return [f"{key}={value}" for key, value in data.items()]


def _quoted(data: Data, key: str = "text") -> str:
    return f"“{data.get(key, '')}”"


def _heard(data: Data) -> str:
    if not data.get("text"):
        return "听到 声音，没有听出字"
    sure = f"（把握 {data['confidence']:.2f}）" if "confidence" in data else ""
    return f"听到 {_quoted(data)}{sure}"


def _label(disposition: Any) -> str:
    return Disposition(disposition).label if disposition in set(Disposition) else str(disposition)


def _transfer_status(data: Data) -> str:
    status = data.get("status", 0)
    return f"转接：{_TRANSFER_STATUSES.get(status, f'对方线路回答 {status}')}"


_TRANSFER_STATUSES: Mapping[int, str] = {
    100: "线路在拨",
    180: "对方振铃",
    200: "对方接听",
    404: "没有这个号码",
    408: "没有人接",
    480: "没有人接",
    486: "对方占线",
    603: "对方拒接",
}
_TRANSFERS: Mapping[str, str] = {
    "taken": "已转给工作人员",
    "refused": "没有转成",
    "unanswered": "没有人接，不转了",
    "broken_off": "转接途中断开",
}


def _ended(data: Data) -> str:
    status, cause = data.get("sip_status", 0), data.get("q850_cause", 0)
    by = data.get("by")
    parts = [_ENDED_BY[HungUpBy(by)] if by in set(HungUpBy) else "结束"]
    parts += [f"SIP {status}"] if status else []
    parts += [f"Q.850 {cause}"] if cause else []
    return "结束：" + "，".join(parts)


_LINES: Mapping[str, Callable[[Data], str]] = {
    "dialling": lambda data: "拨号",
    "ringing": lambda data: "振铃",
    "early_media": lambda data: "接通前的声音（彩铃或提示音）",
    "announcement": lambda data: f"提示音 {_quoted(data)}",
    "tone": lambda data: f"听到{TONES.get(str(data.get('text')), data.get('text'))}",
    "decided": lambda data: f"提示音说{_label(data.get('text'))}，不再等",
    "answered": lambda data: "接通",
    "prompt": lambda data: f"说 {_quoted(data)}",
    "barge_in": lambda data: "居民插话，停止播放",
    "heard_partial": lambda data: f"听到(未定) {_quoted(data)}",
    "heard": _heard,
    "silence": lambda data: f"静音 {data.get('seconds', 0.0):.2f} s",
    "slot": lambda data: f"{data.get('name')}={data.get('value')}",
    "state": lambda data: f"转到 {data.get('state', '')}",
    "key": lambda data: f"按键 {data.get('digit', '')}",
    "no_input": lambda data: "没有听到回答",
    "confirmed": lambda data: f"居民确认 {data.get('name')}={data.get('value')}",
    "no_match": lambda data: "没有听懂",
    "machine": lambda data: f"是机器应答（{data.get('text', '')}）",
    "media_lost": lambda data: "收不到对方的声音",
    "transfer": lambda data: f"转接到 {data.get('number', '')}",
    "transfer_status": _transfer_status,
    "transferred": lambda data: _TRANSFERS.get(str(data.get("result")), ""),
    "interrupted": lambda data: "程序要停止，道别",
    "too_long": lambda data: "超过最长通话时间",
    "hang_up": lambda data: "挂机",
    "fault": lambda data: f"故障：{_FAULTS.get(str(data.get('what')), data.get('what', ''))}",
    "ended": _ended,
}
