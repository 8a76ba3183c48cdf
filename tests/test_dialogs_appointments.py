"""When residents want to be called again, and how that is said back to them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.entities.appointments import appointment, asks_for_another_time, spoken_times
from dialogs.loading import bundled_scripts, load_script
from dialogs.machine import Action, Dialog, Heard, Outcome, Play

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 23, 10, 5, 30, tzinfo=SHANGHAI)
"""A Monday."""


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("words", "expected", "said"),
    [
        ("下午三点再打", at(23, 15), "今天下午三点"),
        ("下午3点再打", at(23, 15), "今天下午三点"),
        ("15:30再打吧", at(23, 15, 30), "今天下午三点半"),
        ("下午三点二十分再打", at(23, 15, 20), ""),
        ("明天上午十点", at(24, 10), "明天上午十点"),
        ("后天早上八点半给我打", at(25, 8, 30), "后天上午八点半"),
        ("晚上七点以后再打", at(23, 19), "今天晚上七点"),
        ("十点半左右你再打过来", at(23, 10, 30), "今天上午十点半"),
        ("中午十二点半打", at(23, 12, 30), "今天中午十二点半"),
        ("三四点钟再打", at(23, 15, 30), "今天下午三点半"),
        ("五点以前打给我", at(23, 16), "今天下午四点"),
        ("两点到三点再打", at(23, 15), "今天下午三点"),
        # half of the clock is not said: the first time to come at which one would call
        ("三点再打", at(23, 15), "今天下午三点"),
        ("八点再打", at(23, 20), "今天晚上八点"),
        ("明天八点再打", at(24, 8), "明天上午八点"),
        ("九点再打", at(24, 9), "明天上午九点"),
        ("十点再打", at(24, 10), "明天上午十点"),
        # a part of the day, or a day, without an hour
        ("下午再打吧", at(23, 15), "今天下午"),
        ("明早打", at(24, 10), "明天上午"),
        ("今晚打给我", at(23, 19), "今天晚上"),
        ("上午再打", at(23, 11, 5), "今天上午"),
        ("明天再打", at(24, 10), "明天"),
        ("周六", at(28, 10), "周六"),
        ("礼拜天早上", at(29, 10), "周日上午"),
        ("星期一再打", at(30, 10), "下周一"),
        ("下周三下午两点", at(2, 14, month=12), "下周三下午两点"),
        ("下周再打", at(30, 10), "下周一"),
        ("周末打吧", at(28, 10), "周六"),
        ("二十五号再打", at(25, 10), "后天"),
        ("十二月一号上午十点", at(1, 10, month=12), "下周二上午十点"),
        ("过两天再打", at(25, 10), "后天"),
        # spans
        ("半小时后", at(23, 10, 35), "半个小时以后"),
        ("过半个小时", at(23, 10, 35), "半个小时以后"),
        ("再过一刻钟打", at(23, 10, 20), "十五分钟以后"),
        ("过一个半小时", at(23, 11, 35), "一个半小时以后"),
        ("俩小时后再打", at(23, 12, 5), "两个小时以后"),
        ("等25分钟再打", at(23, 10, 30), ""),
        ("下班以后再打", at(23, 18, 30), "今天晚上六点半"),
        ("你晚上七点以后打他下班就回来了", at(23, 19, 0), "今天晚上七点"),
        # several times in one answer
        ("上午不行，下午打吧", at(23, 15), "今天下午"),
        ("我上午开会，下午四点打", at(23, 16), "今天下午四点"),
        ("明天我不在，后天上午打", at(25, 10), "后天上午"),
        ("三点，不，四点再打", at(23, 16), "今天下午四点"),
        ("六点以后我在家，你再打过来", at(23, 18), "今天晚上六点"),
    ],
)
def test_time_that_is_named_for_a_call(words: str, expected: dt.datetime, said: str) -> None:
    found = appointment(words, NOW)
    assert found is not None
    assert found.at == expected
    assert found.at.utcoffset() == dt.timedelta(hours=8)
    assert "".join(found.said) == said


@pytest.mark.parametrize(
    "words",
    [
        "没空", "一会儿再打", "等会儿再打", "改天再打", "晚点再打", "晚一点打", "早点打完", "有一点再打",
        "今天没空", "昨天打过了", "去年十月", "三十六度五", "我一个人住", "一点都不舒服", "几点都行", "",
    ],
)  # fmt: skip
def test_words_that_name_no_time(words: str) -> None:
    assert appointment(words, NOW) is None


@pytest.mark.parametrize(
    "words",
    [
        "明天上午十点半左右你再打过来", "四点以后你再打过来", "周六打给我", "后天再联系我吧", "过半个小时吧",
        "等二十分钟啊", "晚上七点以后打吧",
    ],
)  # fmt: skip
def test_call_at_another_time_is_asked_for(words: str) -> None:
    assert asks_for_another_time(words)


@pytest.mark.parametrize(
    "words",
    [
        "昨天下午打的疫苗",
        "我周六去医院",
        "三十七度二",
        "上个月二十号回来的",
        "一会儿再打",
        "没有",
        "我下午打牌",
    ],
)
def test_what_only_mentions_a_time_asks_for_no_call(words: str) -> None:
    assert not asks_for_another_time(words)


SYLLABLES = "今明后天上下午早晚周六日礼拜一二三四五十点半刻分钟过个小时以后再打给我零号月不行,，:30 "


@given(
    st.text(
        alphabet="今明后天上下午早晚周六日礼拜一二三四五十点半刻分钟过个小时以后再打给我零号月不行,，:30 ",
        max_size=16,
    ),
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),
)
def test_any_words_name_a_time_to_come_or_none(words: str, now: dt.datetime) -> None:
    found = appointment(words, now.replace(tzinfo=SHANGHAI))
    asks_for_another_time(words)
    if found is not None:
        assert now.replace(tzinfo=SHANGHAI) < found.at <= now.replace(tzinfo=SHANGHAI) + dt.timedelta(days=31)
        assert set(found.said) <= set(spoken_times())


# --- in a conversation --------------------------------------------------------------------------------


def closing(*says: str, script: str = "health_survey", **options: object) -> tuple[Dialog, str]:
    """The dialog after the resident said all that, and what the robot said last."""
    dialog = Dialog(load_script(script), {"community": "幸福"}, NOW.date(), now=NOW, **options)  # type: ignore[arg-type]
    actions: list[Action] = dialog.start()
    for words in says:
        actions = dialog.hear(Heard(words, 0.9))
    return dialog, "".join(action.text for action in actions if isinstance(action, Play))


@pytest.mark.parametrize("name", bundled_scripts())
def test_appointment_is_said_back_and_kept(name: str) -> None:
    dialog, said = closing("我在开会，明天上午十点再打", script=name)
    assert said == "好的，我们明天上午十点再给您打电话，再见。"
    assert dialog.outcome is Outcome.CALL_LATER
    assert dialog.appointment == at(24, 10)


def test_pieces_of_an_appointment_are_said_as_they_were_recorded() -> None:
    dialog = Dialog(load_script("health_survey"), {}, NOW.date(), now=NOW)
    dialog.start()
    (said, _) = dialog.hear(Heard("过半个小时再打", 0.9))
    assert isinstance(said, Play)
    assert [part.text for part in said.parts] == ["好的，我们", "半个小时以后", "再给您打电话，再见。"]


def test_without_a_time_the_robot_promises_none() -> None:
    dialog, said = closing("我现在没空")
    assert said == "好的，我们换个时间再打，再见。"
    assert dialog.appointment is None


def test_time_at_which_nobody_may_be_called_is_kept_but_not_promised() -> None:
    dialog, said = closing("晚上八点再打", may_call=lambda at: at.hour < 20)
    assert said == "好的，我们换个时间再打，再见。"
    assert dialog.appointment == at(23, 20)


def test_time_that_was_named_earlier_is_no_appointment() -> None:
    dialog, _ = closing("是我", "你下午三点再说一遍", "在北京", "别再打了")
    assert dialog.outcome is Outcome.OPTED_OUT
    assert dialog.appointment is None


def test_half_an_hour_is_all_that_need_be_said() -> None:
    dialog, _ = closing("是我", "在北京", "过半个小时吧")
    assert dialog.appointment == at(23, 10, 35)
    assert "symptoms" not in dialog.slots
