"""Yes and no as the rules alone read them: whereabouts, journeys, contacts."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding
from dialogs.understanding.single_answer import question_of

TODAY = date(2026, 11, 22)
SCRIPT = load_script("health_survey")
RULES = Understanding(SCRIPT, None)


def read(question: str, words: str) -> dict[str, object]:
    reading = RULES.read(words, Context(question_of(SCRIPT, question), TODAY, ""))
    return {name: found.value for name, found in reading.findings.items()}


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("在都江堰呢", False),
        ("我人在武夷山", False),
        ("没有，我在高雄", False),
        ("外滩上拍照呢", False),
        ("没在太原，在北京", True),
        ("我老家高雄的，人在望京", True),
        ("搁丰台呢，啥毛病没有", True),
        ("西直门，刚下地铁", True),
        ("昨晚还在邯郸，今早返京了", True),
        ("周四从沈阳返京的", True),
        ("往北京开着呢", False),
        ("紧挨着通州，香河", False),
        ("还能不在吗", True),
        ("人在颐和园", True),
        ("等红灯呢，我在北京", True),
        ("后日返京", False),
    ],
)
def test_where_somebody_is(words: str, is_there: bool) -> None:
    assert read("in_beijing", words)["in_beijing"] is is_there


@pytest.mark.parametrize(
    ("words", "has_travelled"),
    [
        ("一直未外出", False),
        ("从未离京", False),
        ("未曾出京", False),
        ("足不出户", False),
        ("一步没动", False),
        ("哪能呢", False),
        ("哪来的工夫出去", False),
        ("学校不让出京", False),
        ("离京过一回", True),
        ("外出过两次", True),
        ("跑过外省", True),
    ],
)
def test_whether_somebody_travelled(words: str, has_travelled: bool) -> None:
    assert read("travel", words) == {"travel": has_travelled}


@pytest.mark.parametrize(
    ("words", "has_met"),
    [
        ("从未接触过", False),
        ("毫无交集", False),
        ("我并非密接", False),
        ("不敢碰", False),
        ("隔壁大姐查出来阳性", True),
        ("跟确诊的同桌", True),
    ],
)
def test_whether_somebody_met_patients(words: str, has_met: bool) -> None:
    assert read("contact", words) == {"contact": has_met}
