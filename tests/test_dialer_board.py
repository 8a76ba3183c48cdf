"""What the terminal shows of ten lines."""

from __future__ import annotations

import datetime as dt
import io

from rich.console import Console

from campaign.records import CallAttempt, CallEvent, CallResult, Disposition, Grade, Resident, Turn
from campaign.store import Progress
from dialer.run.board import Board
from dialer.run.screen import Screen

NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
LI = Resident(1, 2, "李秀英", ("13800000002",))
ATTEMPT = CallAttempt(7, 1, 1, "13800000002", 1, 3, NOON)


def later(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def talking() -> Board:
    board = Board(total=20, line_count=3)
    board.line_taken(ATTEMPT, LI, 3, NOON)
    board.call_reported(CallEvent(7, later(2), "answered"))
    board.call_reported(CallEvent(7, later(9), "heard", {"text": "没有都挺好的"}))
    return board


def shown(board: Board, at: dt.datetime) -> str:
    console = Console(file=io.StringIO(), width=100, record=True)
    progress = Progress(20, pending=15, in_call=1, waiting=1, follow_up=1, done=2, next_due_at=None)
    console.print(Screen(board, lambda: progress, console, clock=lambda: at).picture())
    return console.export_text()


def test_a_line_shows_who_is_talked_with_and_what_was_just_heard() -> None:
    text = shown(talking(), later(65))
    row = next(line for line in text.splitlines() if "李秀英" in line)
    assert "没有都挺好的" in row
    assert "听到" in row
    assert "1:05" in row


def test_repaired_words_take_the_place_of_the_raw_ones() -> None:
    board = talking()
    board.call_reported(Turn(7, 1, "ask_symptoms", "油点可受", "有点咳嗽", 0.5, NOON, later(9)))
    assert "有点咳嗽" in shown(board, later(10))


def test_a_call_that_ended_frees_its_line_and_counts() -> None:
    board = talking()
    board.call_ended(ATTEMPT, CallResult(7, Disposition.COMPLETED, later(50), grade=Grade.YELLOW))
    assert board.busy_lines == 0
    assert board.outcomes[Disposition.COMPLETED] == 1
    assert "李秀英" not in shown(board, later(51))
    assert "黄 1" in shown(board, later(51))


def test_time_left_follows_from_the_calls_so_far() -> None:
    board = talking()
    assert board.seconds_left(30) is None
    board.call_ended(ATTEMPT, CallResult(7, Disposition.COMPLETED, later(60)))
    assert board.seconds_left(30) == 60 * 30 / 3


def test_a_plain_terminal_gets_lines_once() -> None:
    board = talking()
    news = board.take_news()
    assert any("李秀英 拨号" in line for line in news)
    assert any("听到：没有都挺好的" in line for line in news)
    assert board.take_news() == []


def test_waiting_says_for_what() -> None:
    board = Board(total=1, line_count=1)
    board.notify("这会儿没有到时间的，12:10 重拨（待重拨 1 户）")
    assert "12:10 重拨（待重拨 1 户）" in shown(board, NOON)


def test_reports_of_calls_that_are_over_change_nothing() -> None:
    board = Board(total=1, line_count=1)
    board.call_reported(CallEvent(99, NOON, "heard", {"text": "喂"}))
    assert board.take_news() == []
