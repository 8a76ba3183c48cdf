"""The figures that come out of the exchange's log, from logs written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from campaign.errors import ListError
from simulator.report import calls_of, lines_of, main, most_at_once, quantile, read_log, summarise


def event(call: str, at: float, kind: str, **data: Any) -> dict[str, Any]:
    return {"call": call, "at": at, "event": kind, **data}


def said(call: str, start: float, end: float, question: str = "temperature") -> dict[str, Any]:
    return event(call, end, "said", wav="a.wav", text="三十六度五", question=question, start=start, end=end)


def robot(call: str, start: float, end: float) -> list[dict[str, Any]]:
    return [
        event(call, start, "heard_start", start=start),
        event(call, end + 0.5, "heard", start=start, end=end, question="travel", text="去过外地吗？"),
    ]


def talk(call: str, begin: float, middle: list[dict[str, Any]], received: int = 500) -> list[dict[str, Any]]:
    """A call of ten seconds, answered after one."""
    counts = {"frames_received": received, "frames_expected": 500, "gaps": [], "latest_send": 0.003}
    return [
        event(call, begin, "invited", number="1001", name="甲", caller="1", ordinal=1, outcome="answers"),
        event(call, begin + 1, "answered"),
        *middle,
        event(call, begin + 11, "ended", by="robot", how="bye", **counts),
    ]


def test_reply_gap_is_from_the_residents_last_sound_to_the_robots_first() -> None:
    (call,) = calls_of(talk("1", 100, [said("1", 104.0, 105.0), *robot("1", 105.7, 107.0)]))
    (reply,) = call.replies
    assert reply.seconds == pytest.approx(0.7)
    assert (reply.question, reply.said) == ("temperature", "三十六度五")
    assert call.heard == ("travel",)


def test_where_the_robot_was_still_speaking_there_is_no_gap() -> None:
    middle = [*robot("1", 103.0, 105.2), said("1", 104.0, 105.0), *robot("1", 106.0, 107.0)]
    assert calls_of(talk("1", 100, middle))[0].replies == ()


def test_a_robot_that_stops_for_the_resident_is_measured_by_its_next_words() -> None:
    middle = [*robot("1", 103.0, 104.1), said("1", 104.0, 105.0), *robot("1", 105.5, 107.0)]
    assert [reply.seconds for reply in calls_of(talk("1", 100, middle))[0].replies] == [0.5]


def test_an_answer_that_got_no_reply_before_the_next_one_has_no_gap() -> None:
    middle = [said("1", 103.0, 104.0), said("1", 105.0, 106.0), *robot("1", 106.4, 108.0)]
    assert [reply.seconds for reply in calls_of(talk("1", 100, middle))[0].replies] == [0.4]


def test_overlap_frames_and_talk_time_of_a_run() -> None:
    events = [*talk("1", 100, []), *talk("2", 105, [], received=490), *talk("3", 111, [])]
    report = summarise(calls_of(events))
    assert (report.most_at_once, report.most_talking_at_once) == (2, 2)
    assert report.frames_percent == pytest.approx(100 * 1490 / 1500)
    assert report.worst_frames_percent == pytest.approx(98.0)
    assert report.mean_talk_seconds == pytest.approx(10.0)


def test_a_refused_call_is_counted_but_not_as_talk() -> None:
    events = [
        event("1", 5, "invited", number="1002", name="乙", caller="1", ordinal=1, outcome="busy"),
        event("1", 5.1, "refused", status=486),
        event("1", 5.1, "ended", by="exchange", how="486"),
    ]
    (call,) = calls_of(events)
    report = summarise([call])
    assert call.status == 486
    assert (report.answered, report.mean_talk_seconds, report.frames_percent) == (0, 0.0, 100.0)


def test_a_call_that_ends_as_the_next_begins_does_not_overlap_it() -> None:
    assert most_at_once([(0, 1), (1, 2), (2, 3)]) == 1
    assert most_at_once([(0, 3), (1, 2), (1.5, 4)]) == 3
    assert most_at_once([]) == 0


def test_quantiles_are_values_that_occurred() -> None:
    assert [quantile([1, 2, 3, 4], share) for share in (0.5, 0.95, 1.0, 0.01)] == [2, 4, 4, 1]
    assert quantile([], 0.5) == 0.0


def test_report_is_printed_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = talk("1", 100, [said("1", 104.0, 105.0), *robot("1", 105.7, 107.0)])
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in events) + '{"call": "2", "a')
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "呼叫 1 次，接通 1 次，同时最多 1 路（通话中 1 路）",
        "平均通话 10.0 秒",
        "语音帧收到 100.00%（最差的一路 100.00%）",
        "应答间隔 1 次：中位 0.70 秒，95% 不超过 0.70 秒，最长 0.70 秒",
    ]


def test_a_file_that_is_no_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("hello\nworld\n")
    with pytest.raises(ListError, match="第 1 行: 不是练习交换机的记录"):
        read_log(path)
    with pytest.raises(ListError, match="无法读取"):
        read_log(tmp_path / "none")


def test_an_empty_log_gives_an_empty_report() -> None:
    assert lines_of(summarise(calls_of([])))[0].startswith("呼叫 0 次")
