"""Who needs an ambulance is told to call one, whatever was asked."""

from __future__ import annotations

from datetime import date

import pytest

from dialer.call.reasons import follow_up_reason, is_pressing
from dialogs.actions import Heard
from dialogs.language.remarks.emergency import calls_for_help
from dialogs.loading import load_script
from dialogs.machine import Dialog, Outcome

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "said",
    [
        "快点派个大夫来行不行,她嘴唇都发紫了,帮我叫个救护车",
        "她喘不上气,胸口闷得慌,你们能不能赶紧叫人过来看看",
        "我妈晕倒了",
        "老头子叫不醒",
        "喘不上气快派救护车",
        "三十九度四,发高烧,麻烦叫辆救护车来",
    ],
)
def test_help_is_called_for(said: str) -> None:
    assert calls_for_help(said)


@pytest.mark.parametrize(
    "said",
    [
        "我开救护车的,天天拉确诊的",
        "邻居让救护车拉走了",
        "我媳妇快生了,到时候请帮忙联系救护车",
        "救护车别派,我没事",
        "昨天晕倒了今天好了",
        "打了120了",
        "嗓子不行了,疼",
        "屋里没气了,帮我买个气",
        "能不能请大夫上门来看看",
    ],
)
def test_what_is_told_of_or_can_wait_is_none(said: str) -> None:
    assert not calls_for_help(said)


def test_what_was_told_is_kept_and_people_are_to_hurry() -> None:
    dialog = Dialog(load_script("health_survey"), {"name": "张三"}, TODAY)
    dialog.start()
    for said in ("我是她闺女", "在", "她喘不上气嘴唇都发紫了快帮我叫个救护车"):
        dialog.hear(Heard(said, 1.0))
    assert (dialog.is_over, dialog.outcome) == (True, Outcome.EMERGENCY)
    assert dialog.slots["symptoms"].value == ["呼吸困难"]
    assert is_pressing(dialog, None)
    reason = follow_up_reason(dialog, None, was_cut_short=False, was_interrupted=False, has_lost_media=False)
    assert reason == "情况紧急，已请居民拨打 120，请马上联系"
