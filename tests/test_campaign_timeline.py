"""One call as lines that a person can read."""

from __future__ import annotations

import datetime as dt

from campaign.records import (
    CallAttempt,
    CallCause,
    CallEvent,
    Disposition,
    HungUpBy,
    Resident,
    Source,
    Turn,
)
from campaign.timeline import timeline

START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
WHO = Resident(1, 2, "张三", ("13800138000",))


def after(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def event(offset: float, kind: str, /, **data: object) -> CallEvent:
    return CallEvent(7, after(offset), kind, data)


def call(**more: object) -> CallAttempt:
    return CallAttempt(7, 1, 1, "13800138000", 2, 3, START, **more)  # type: ignore[arg-type]


def test_a_call_from_dialling_to_its_result() -> None:
    attempt = call(
        answered_at=after(3.0), ended_at=after(45.5), disposition=Disposition.COMPLETED,
        cause=CallCause(200, 16, "", HungUpBy.ROBOT), frames_expected=2000, frames_received=1998,
    )  # fmt: skip
    events = [
        event(0, "dialling"),
        event(1.2, "ringing"),
        event(3.0, "answered"),
        event(3.1, "prompt", id="opening", text="您好"),
        event(3.42, "heard_partial", text="没有发"),
        event(4.10, "silence", seconds=0.7),
        event(4.11, "heard", text="没有发少", confidence=0.83),
        event(4.12, "slot", name="symptoms", value=[]),
        event(101.5, "ended", sip_status=200, q850_cause=16, by="robot"),
    ]
    turns = [Turn(7, 1, "ask", "没有发少", "没有发烧", 0.83, after(3.2), after(4.115))]
    assert timeline(attempt, WHO, events, turns) == [
        "通话 7：张三 13800138000，第 2 次拨打，3 号线",
        "+00.00 拨号",
        "+01.20 振铃",
        "+03.00 接通",
        "+03.10 说 “您好”",
        "+03.42 听到(未定) “没有发”",
        "+04.10 静音 0.70 s",
        "+04.11 听到 “没有发少”（把握 0.83）",
        "+04.12 理解为 “没有发烧”",
        "+04.12 symptoms=[]",
        "+101.50 结束：我方挂机，SIP 200，Q.850 16",
        "结果：已完成，通话 42 秒，收到语音 99.9%",
    ]


def test_what_went_wrong_is_told() -> None:
    events = [
        event(1, "announcement", text="您拨打的电话已关机"),
        event(2, "machine", text="beep"),
        event(3, "fault", what="media_lost"),
        event(4, "fault", what="RuntimeError"),
        event(5, "heard", text=""),
        event(6, "ended", by="nobody"),
        event(7, "sneeze", times=2),
    ]
    assert timeline(call(), WHO, events, [])[1:] == [
        "+01.00 提示音 “您拨打的电话已关机”",
        "+02.00 是机器应答（beep）",
        "+03.00 故障：收不到对方的声音",
        "+04.00 故障：RuntimeError",
        "+05.00 听到 声音，没有听出字",
        "+06.00 结束：结束",
        "+07.00 sneeze times=2",
        "结果：还没有结束",
    ]


def test_every_known_kind_of_event_has_a_line_in_chinese() -> None:
    kinds = [
        "dialling", "ringing", "early_media", "announcement", "answered", "prompt", "barge_in",
        "heard_partial", "heard", "silence", "slot", "state", "key", "no_input", "no_match", "machine",
        "media_lost", "interrupted", "too_long", "hang_up", "fault", "ended",
    ]  # fmt: skip
    for line, kind in zip(timeline(call(), WHO, [event(1, k) for k in kinds], [])[1:], kinds, strict=False):
        assert kind == "slot" or kind not in line, line


def test_a_dial_that_was_broken_off() -> None:
    lines = timeline(call(ended_at=after(2)), Resident(1, 2, "", ("13800138000",)), [], [])
    assert lines == ["通话 7：（无姓名） 13800138000，第 2 次拨打，3 号线", "结果：拨号中断，未计结果"]


def test_a_repair_is_shown_only_where_something_was_repaired() -> None:
    turns = [
        Turn(7, 1, "ask", "没有", "没有", 0.9, after(1), after(2)),
        Turn(7, 2, "ask", "嗡嗡", "", 0.1, after(3), after(4)),
        Turn(7, 3, "ask", "1", "本人", 1.0, after(5), after(6), Source.KEY),
    ]
    assert timeline(call(), WHO, [], turns)[1:-1] == ["+04.00 没有听懂"]


def test_a_call_that_is_handed_over_tells_how_that_went() -> None:
    events = [
        event(20.0, "transfer", number="8001"),
        event(20.1, "transfer_status", status=180),
        event(23.0, "transfer_status", status=488),
        event(23.0, "transferred", result="refused"),
    ]
    lines = [line.partition(" ")[2] for line in timeline(call(), WHO, events, [])[1:5]]
    assert lines == ["转接到 8001", "转接：对方振铃", "转接：对方线路回答 488", "没有转成"]
