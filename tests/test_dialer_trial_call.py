"""``wenhou script talk --call``: who may be called, and when. The calls themselves: ``test_calls_talk``."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from asr.models import PreparedModel
from campaign.settings import Settings
from campaign.store import Store
from dialer.practice.talk_by_voice import talk_on_telephone
from dialer.practice.trial_call import TrialError, check_do_not_call, closed_hours, number_to_call

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
NOON_OF_A_WORKDAY = dt.datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)
NIGHT = dt.datetime(2026, 11, 24, 22, 30, tzinfo=SHANGHAI)
MINE = "13800000001"


class OneKey:
    def __init__(self, key: str) -> None:
        self._key = key

    def pressed(self) -> str:
        return ""

    def wait(self) -> str:
        return self._key


class ModelAskedFor(Exception):
    """The call would be placed now."""


def load_model() -> PreparedModel:
    raise ModelAskedFor


def called(folder: Path, now: dt.datetime, *, key: str = "", is_own: bool = False, number: str = MINE) -> str:
    """What is told up to the point where the model would be loaded."""
    screen = io.StringIO()
    settings = Settings().replace(store={"path": str(folder / "wenhou.db")})
    with pytest.raises(ModelAskedFor):
        talk_on_telephone(
            Console(file=screen, width=60), settings, load_model, OneKey(key),
            number=number, is_own=is_own, resident="", now=now,
        )  # fmt: skip
    return screen.getvalue()


@pytest.mark.parametrize(
    ("given", "number"),
    [("138 0000 0001", MINE), ("+86-13800000001", MINE), ("62345678", "01062345678")],
)
def test_number_is_read_as_in_a_list(given: str, number: str) -> None:
    assert number_to_call(given, "010") == number


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("110", "不能拨打 110：是服务号码，不是居民电话。"),
        ("1380000", "不能拨打 1380000：手机号应为 11 位，这里是 7 位。"),
        ("13800000001、13800000002", "这里有几个号码，一次只能打一个"),
        ("张三", "不能拨打 张三：这里没有电话号码。"),
    ],
)
def test_what_no_resident_answers_is_not_called(given: str, sentence: str) -> None:
    with pytest.raises(TrialError) as refused:
        number_to_call(given, "")
    assert sentence in refused.value.message
    assert refused.value.exit_code == 2


def test_whoever_asked_not_to_be_called_is_not_called_for_a_trial(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    check_do_not_call(MINE, path)
    assert not path.exists()  # looking does not make a store
    with Store.open(path) as store:
        store.add_do_not_call(MINE, "本人要求", NIGHT)
    with pytest.raises(TrialError, match=f"{MINE} 在免打扰名单上") as refused:
        check_do_not_call(MINE, path)
    assert refused.value.code == "trial_do_not_call"
    check_do_not_call("13800000002", path)


def test_hours_of_a_campaign_hold_for_a_trial() -> None:
    assert closed_hours(NOON_OF_A_WORKDAY, Settings().calling) == ""
    told = closed_hours(NIGHT, Settings().calling)
    assert told == "现在 22:30，不在可以拨打的时段，下次 11-25 09:00 开始"


def test_in_calling_hours_nothing_is_asked(tmp_path: Path) -> None:
    assert called(tmp_path, NOON_OF_A_WORKDAY) == ""


def test_at_night_one_may_call_oneself(tmp_path: Path) -> None:
    assert called(tmp_path, NIGHT, is_own=True) == ""
    assert f"{MINE} 是您自己的电话吗？是就按 y，按其他键不打。" in called(tmp_path, NIGHT, key="y")


@pytest.mark.parametrize("key", ["n", ""])
def test_at_night_nobody_else_is_called(tmp_path: Path, key: str) -> None:
    settings = Settings().replace(store={"path": str(tmp_path / "wenhou.db")})
    with pytest.raises(TrialError, match="没有拨打。到时间再打；打给自己的电话可以加上 --own。"):
        talk_on_telephone(
            Console(file=io.StringIO()), settings, load_model, OneKey(key),
            number=MINE, is_own=False, resident="", now=NIGHT,
        )  # fmt: skip
