"""What the exchange's log says about the robot: reply gaps, frames, overlap, talk time. Pure but for reading.

The reply gap is the honest one, measured at the resident's end: from the last voiced frame that the resident
sent to the arrival of the first voiced frame of the robot's reply. Arrivals are noted at ticks of 20 ms, so
that a gap is never reported too short and at most 20 ms too long. Where the robot was still speaking when the
resident fell silent there is no gap to measure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from campaign.errors import ListError, WenhouError

Event = Mapping[str, Any]


@dataclass(frozen=True)
class ReplyGap:
    """One wait for the robot's answer."""

    question: str
    """What the resident had answered; empty when it was not known."""
    said: str
    """Words of the resident."""
    seconds: float


@dataclass(frozen=True)
class SimulatedCall:
    """One call as the exchange saw it. Times are seconds since 1970."""

    id: str
    number: str
    name: str
    ordinal: int
    outcome: str
    """What the exchange meant to do with it."""
    invited_at: float
    answered_at: float | None = None
    ended_at: float | None = None
    status: int = 0
    """Final SIP status; 0 when the caller cancelled or the call is not over."""
    ended_by: str = ""
    """robot, resident, exchange; empty while the call is up."""
    how: str = ""
    frames_expected: int = 0
    frames_received: int = 0
    gaps: tuple[int, ...] = ()
    """Lengths of the holes in the robot's stream, in packets."""
    latest_send: float = 0.0
    """Seconds by which the most belated of the resident's own frames was late."""
    replies: tuple[ReplyGap, ...] = ()
    heard: tuple[str, ...] = ()
    """Questions that the resident recognised, in order."""
    said: tuple[str, ...] = ()
    keys: str = ""
    """Keys that the robot pressed."""

    @property
    def talk_seconds(self) -> float:
        if self.answered_at is None or self.ended_at is None:
            return 0.0
        return self.ended_at - self.answered_at


@dataclass(frozen=True)
class ExchangeReport:
    """A whole run."""

    calls: tuple[SimulatedCall, ...]
    answered: int
    most_at_once: int
    """Calls that were up together, from INVITE to end."""
    most_talking_at_once: int
    """The same from answer to end."""
    frames_expected: int
    frames_received: int
    worst_frames_percent: float
    """Of the call that lost most."""
    reply_gaps: tuple[float, ...] = field(default=())
    """Seconds, ascending."""
    mean_talk_seconds: float = 0.0

    @property
    def frames_percent(self) -> float:
        return percent(self.frames_received, self.frames_expected)

    def reply_gap(self, share: float) -> float:
        """The gap that ``share`` (0..1) of all replies did not exceed; 0.0 without any."""
        return quantile(self.reply_gaps, share)


def quantile(ascending: Sequence[float], share: float) -> float:
    """Nearest-rank quantile of sorted values; 0.0 for none."""
    if not ascending:
        return 0.0
    rank = max(1, -int(-share * len(ascending) // 1))
    return ascending[min(rank, len(ascending)) - 1]


def percent(received: int, expected: int) -> float:
    return 100.0 * received / expected if expected else 100.0


def read_log(path: Path) -> list[dict[str, Any]]:
    """The events of a log file; a last line that was cut off in the middle is left out.

    Raises:
        ListError: the file is missing or is no log of the exchange.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ListError("log_unreadable", f"练习交换机的记录 {path} 无法读取：{error}") from error
    events = []
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
            event["call"], event["at"], event["event"]
        except (ValueError, KeyError, TypeError):
            if number == len(lines):
                break
            message = f"{path.name}: 第 {number} 行: 不是练习交换机的记录"
            raise ListError("log_invalid", message) from None
        events.append(event)
    return events


def calls_of(events: Iterable[Event]) -> list[SimulatedCall]:
    """The calls of a log, in the order of their INVITEs."""
    by_call: dict[str, list[Event]] = {}
    for event in events:
        by_call.setdefault(event["call"], []).append(event)
    return [_call(own) for own in by_call.values()]


def _call(events: Sequence[Event]) -> SimulatedCall:
    first = {event["event"]: event for event in reversed(events)}
    invited, ended = first["invited"], first.get("ended", {})
    answered = first.get("answered")
    status = 200 if answered else first.get("refused", {}).get("status", 0)
    return SimulatedCall(
        id=invited["call"],
        number=invited["number"],
        name=invited["name"],
        ordinal=invited["ordinal"],
        outcome=invited["outcome"],
        invited_at=invited["at"],
        answered_at=answered["at"] if answered else None,
        ended_at=ended.get("at"),
        status=status,
        ended_by=ended.get("by", ""),
        how=ended.get("how", ""),
        frames_expected=ended.get("frames_expected", 0),
        frames_received=ended.get("frames_received", 0),
        gaps=tuple(ended.get("gaps", ())),
        latest_send=ended.get("latest_send", 0.0),
        replies=tuple(_replies(events)),
        heard=tuple(
            event["question"] for event in events if event["event"] == "heard" and "question" in event
        ),
        said=tuple(event["text"] for event in events if event["event"] == "said"),
        keys="".join(event["key"] for event in events if event["event"] == "key"),
    )


def _replies(events: Sequence[Event]) -> Iterable[ReplyGap]:
    """Each answer of the resident with the robot's next beginning, if it comes before the next answer."""
    spells = _spells(events)
    answers = sorted((event for event in events if event["event"] == "said"), key=lambda e: float(e["start"]))
    for index, answer in enumerate(answers):
        end = answer["end"]
        until = answers[index + 1]["start"] if index + 1 < len(answers) else float("inf")
        is_overlapped = any(start <= end < stop for start, stop in spells)
        reply = next((start for start, _ in spells if end < start < until), None)
        if reply is not None and not is_overlapped:
            yield ReplyGap(answer.get("question", ""), answer["text"], round(reply - end, 4))


def _spells(events: Sequence[Event]) -> list[tuple[float, float]]:
    """When the robot spoke; a spell without a noted end lasts for ever."""
    ends = {event["start"]: event["end"] for event in events if event["event"] == "heard"}
    starts = sorted(event["start"] for event in events if event["event"] == "heard_start")
    return [(start, ends.get(start, float("inf"))) for start in starts]


def most_at_once(spans: Iterable[tuple[float, float]]) -> int:
    """Largest number of spans (start, end) that overlap; one that ends as another starts does not."""
    steps = sorted(step for start, end in spans for step in ((start, 1), (end, -1)))
    count = most = 0
    for _, step in steps:
        count += step
        most = max(most, count)
    return most


def summarise(calls: Sequence[SimulatedCall]) -> ExchangeReport:
    """Figures of a whole run; calls that are still up count as lasting."""
    lasting = max((call.ended_at or call.invited_at for call in calls), default=0.0)
    talked = [call for call in calls if call.answered_at is not None]
    with_sound = [call for call in talked if call.frames_expected]
    return ExchangeReport(
        calls=tuple(calls),
        answered=len(talked),
        most_at_once=most_at_once((call.invited_at, call.ended_at or lasting) for call in calls),
        most_talking_at_once=most_at_once(
            (call.answered_at, call.ended_at or lasting) for call in calls if call.answered_at is not None
        ),
        frames_expected=sum(call.frames_expected for call in with_sound),
        frames_received=sum(call.frames_received for call in with_sound),
        worst_frames_percent=min(
            (percent(call.frames_received, call.frames_expected) for call in with_sound), default=100.0
        ),
        reply_gaps=tuple(sorted(reply.seconds for call in calls for reply in call.replies)),
        mean_talk_seconds=sum(call.talk_seconds for call in talked) / len(talked) if talked else 0.0,
    )


def lines_of(report: ExchangeReport) -> list[str]:
    """The report for people."""
    gaps = report.reply_gaps
    lines = [
        f"呼叫 {len(report.calls)} 次，接通 {report.answered} 次，"
        f"同时最多 {report.most_at_once} 路（通话中 {report.most_talking_at_once} 路）",
        f"平均通话 {report.mean_talk_seconds:.1f} 秒",
        f"语音帧收到 {report.frames_percent:.2f}%（最差的一路 {report.worst_frames_percent:.2f}%）",
    ]
    if gaps:
        lines.append(
            f"应答间隔 {len(gaps)} 次：中位 {report.reply_gap(0.5):.2f} 秒，"
            f"95% 不超过 {report.reply_gap(0.95):.2f} 秒，最长 {gaps[-1]:.2f} 秒"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m simulator.report", description="练习交换机的记录汇总")
    parser.add_argument("log", type=Path, metavar="记录文件")
    given = parser.parse_args(arguments)
    try:
        print("\n".join(lines_of(summarise(calls_of(read_log(given.log))))))
    except WenhouError as error:
        print(error.message, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
