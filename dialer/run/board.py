"""What every line is doing right now, from the reports of the calls: a pure picture for a screen to draw."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace

from campaign.records import CallAttempt, CallEvent, CallResult, Disposition, Grade, Resident, Turn
from dialer.workers.pool import Report

_STATES = {
    "dialling": "拨号",
    "ringing": "振铃",
    "early_media": "彩铃/提示音",
    "announcement": "听提示音",
    "answered": "接通",
    "prompt": "提问",
    "barge_in": "被打断",
    "heard_partial": "在听",
    "silence": "在想",
    "heard": "听到",
    "key": "按键",
    "no_input": "没听到",
    "machine": "语音信箱",
    "media_lost": "没有声音",
    "hang_up": "挂机",
    "interrupted": "道别",
    "too_long": "超时",
    "fault": "故障",
    "ended": "结束",
}


@dataclass(frozen=True)
class LineView:
    """One line of the screen."""

    line: int
    resident: str = ""
    state: str = "空闲"
    heard: str = ""
    since: dt.datetime | None = None
    """When the call on it was dialled."""


@dataclass
class Board:
    """The lines, and the campaigns so far."""

    total: int
    line_count: int
    """Calls at once, as last asked for; while that is lowered more may be up."""
    finished: int = 0
    """Residents of this run whose call has ended with nothing more to dial."""
    lines: dict[int, LineView] = field(default_factory=dict)
    outcomes: Counter[Disposition] = field(default_factory=Counter)
    grades: Counter[Grade] = field(default_factory=Counter)
    call_seconds: list[float] = field(default_factory=list)
    """Length of each attempt from dialling to its end."""
    news: list[str] = field(default_factory=list)
    """What a plain terminal prints next; taken away by ``take_news``."""
    notice: str = ""
    """What the run waits for; empty while it dials."""
    answer: str = ""
    """What was last done because somebody asked for it."""
    keys: str = ""
    """Which keys do what; empty where none is listened to."""
    _line_of: dict[int, int] = field(default_factory=dict)
    _dialled_at: dict[int, dt.datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = {n: LineView(n) for n in range(1, self.line_count + 1)}

    # --- the runner's observer ------------------------------------------------------------------------

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None:
        self.notice = ""
        self._line_of[attempt.id] = line
        self._dialled_at[attempt.id] = at
        self.lines[line] = LineView(line, resident.name, "拨号", since=at)
        self._tell(line, f"{resident.name} 拨号")

    def call_reported(self, report: Report) -> None:
        match report:
            case CallEvent():
                self._event(report)
            case Turn() if report.heard:
                self._change(report.attempt_id, heard=report.understood or report.heard)

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None:
        line = self._line_of.pop(attempt.id, 0)
        started = self._dialled_at.pop(attempt.id, result.ended_at)
        self.call_seconds.append((result.ended_at - started).total_seconds())
        self.outcomes[result.disposition] += 1
        if result.grade is not None:
            self.grades[result.grade] += 1
        if line:
            grade = f"（{result.grade.label}）" if result.grade else ""
            self._tell(line, f"{self.lines[line].resident} {result.disposition.label}{grade}")
            self.lines[line] = LineView(line)

    def notify(self, told: str) -> None:
        """What the run waits for; a terminal without a picture gets it once, as a line."""
        if self.notice != told:
            self.notice = told
            self.news.append(told)

    def say(self, told: str) -> None:
        """An answer to somebody who asked something of the run; it stands until the next one."""
        self.answer = told
        self.news.append(told)

    def set_lines(self, count: int) -> None:
        self.line_count = count
        for line in range(1, count + 1):
            self.lines.setdefault(line, LineView(line))

    # --- what a screen asks ---------------------------------------------------------------------------

    @property
    def busy_lines(self) -> int:
        return sum(1 for view in self.lines.values() if view.since is not None)

    def shown_lines(self) -> list[LineView]:
        """The lines with a call, and so many free ones that there are as many as there may be calls."""
        views = [self.lines[line] for line in sorted(self.lines)]
        free = [view.line for view in views if view.since is None]
        kept = frozenset(free[: max(0, self.line_count - self.busy_lines)])
        return [view for view in views if view.since is not None or view.line in kept]

    def seconds_left(self, remaining: int) -> float | None:
        """Expected time until ``remaining`` residents have been called; None before the first call ended."""
        if not self.call_seconds or not self.line_count:
            return None
        mean = sum(self.call_seconds) / len(self.call_seconds)
        return mean * remaining / self.line_count

    def take_news(self) -> list[str]:
        news, self.news = self.news, []
        return news

    # --- inside ---------------------------------------------------------------------------------------

    def _event(self, event: CallEvent) -> None:
        state = _STATES.get(event.kind)
        if state is None:
            return
        heard = event.data.get("text", "") if event.kind in ("heard", "heard_partial", "announcement") else ""
        self._change(event.attempt_id, state=state, heard=heard)
        line = self._line_of.get(event.attempt_id)
        if line and event.kind in ("answered", "heard", "announcement", "machine", "key"):
            detail = f"：{heard}" if heard else ""
            self._tell(line, f"{self.lines[line].resident} {state}{detail}")

    def _change(self, attempt_id: int, *, state: str = "", heard: str = "") -> None:
        line = self._line_of.get(attempt_id)
        if line is not None:
            view = self.lines[line]
            self.lines[line] = replace(view, state=state or view.state, heard=heard or view.heard)

    def _tell(self, line: int, what: str) -> None:
        self.news.append(f"{line:>2} 号线  {what}")
