"""Places of journeys in answers that recognisers write without punctuation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.slots.place.breaks import with_breaks
from dialogs.understanding import Context, understanding_of

SCRIPT = load_script("health_survey")
SURE = 0.6


def place(text: str) -> str:
    """Where somebody has been, ask where it is in doubt."""
    context = Context(SCRIPT.states["ask_place"], date(2026, 11, 22))
    finding = understanding_of(SCRIPT).read(text, context).findings.get("travel_place")
    if finding is None or finding.value is None or finding.confidence < SURE:
        return "ask"
    return str(finding.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岛没去烟台", "山东青岛"),
        ("去了成都没到重庆", "四川成都"),
        ("西安没去别处", "陕西西安"),
        ("厦门没上鼓浪屿也没去台湾", "福建厦门"),
        ("珠海没去澳门去了", "澳门"),
        ("没去天津去的唐山", "河北唐山"),
        ("不是吃凉皮的西安是隔壁咸阳", "陕西咸阳"),
        ("哪是湖北哪是湖南", "湖南"),
        ("先说好不是吉林省是黑龙江哈尔滨", "黑龙江哈尔滨"),
        ("大同唉朔州", "山西朔州"),
        ("唐山哎不对是廊坊我记混了", "河北廊坊"),
        ("先说了四川是我嘴误去的重庆", "重庆"),
        ("说好去上海的结果去的是南京", "江苏南京"),
        ("本打算上大连后来去的是沈阳", "辽宁沈阳"),
        ("上海没去", "ask"),
        ("广州没去深圳去了", "广东深圳"),
        ("我记错了是天津", "天津"),
        ("可不是锦州嘛", "辽宁锦州"),
    ],
)
def test_place_that_was_denied_is_another_statement(text: str, expected: str) -> None:
    assert place(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我姥姥家锦州", "辽宁锦州"),
        ("我二姨家承德的", "河北承德"),
        ("对象他们家黑龙江齐齐哈尔", "黑龙江齐齐哈尔"),
        ("我闺女上学的城市武汉", "湖北武汉"),
        ("他们老家陕北榆林", "陕西榆林"),
        ("男朋友他们家在广西柳州", "广西柳州"),
        ("我老同学没了奔武汉送了一程", "湖北武汉"),
        ("我舅在洛阳没了赶回去送他", "河南洛阳"),
        ("我表弟在西安开饭馆帮忙去了", "陕西西安"),
        ("侄子在太原当兵去探亲", "山西太原"),
        ("外甥女在南宁结婚我去随的礼", "广西南宁"),
        ("我去南宁帮忙", "广西南宁"),
        ("我和我妈去的西安", "陕西西安"),
        ("我闺女在杭州我没去", "ask"),
        ("我儿子家在深圳我没去", "ask"),
        ("我老婆去的广州我在家", "ask"),
        ("我战友没了我没去成武汉", "ask"),
        ("我外甥家大同的没去成", "ask"),
    ],
)
def test_what_is_told_of_others_ends_before_the_journey(text: str, expected: str) -> None:
    assert place(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宝鸡压根没停车一直开到汉中才下来", "陕西汉中"),
        ("天津是路过到的沧州", "河北沧州"),
        ("飞机落济南加了个油去的青岛", "山东青岛"),
        ("不是夏天就前几天去的秦皇岛", "河北秦皇岛"),
        ("住在昆明的酒店里下周才回", "云南昆明"),
        ("坐到天津西又倒车去的沧州", "河北沧州"),
        ("郑州转车回的洛阳", "河南洛阳"),
        ("我还在深圳没回去呢", "广东深圳"),
        ("云南走亲戚", "云南"),
        ("青海别问哪个市", "青海"),
        ("跑了趟新疆收棉花确诊的一个没接触", "新疆"),
        ("国庆去的青岛", "ask"),
        ("去年去的青岛", "ask"),
    ],
)
def test_how_and_when_it_was_ends_a_clause(text: str, expected: str) -> None:
    assert place(text) == expected


@pytest.mark.parametrize(
    "text", ["去了趟广州", "我儿子在深圳", "没去武汉", "在家呢", "湖北武汉", "我去南宁帮忙"]
)
def test_what_is_one_clause_stays_one(text: str) -> None:
    assert with_breaks(text) == text


@pytest.mark.parametrize(
    "text", ["武汉没去过武汉别的地方也没去", "长春没去吉林市也没去北京待着呢", "上海没去"]
)
def test_place_that_is_only_denied_is_no_journey(text: str) -> None:
    findings = (
        understanding_of(SCRIPT).read(text, Context(SCRIPT.states["ask_travel"], date(2026, 11, 22))).findings
    )
    assert "travel_place" not in findings


def went(text: str) -> str:
    """Whether somebody went, ask where it is in doubt."""
    context = Context(SCRIPT.states["ask_travel"], date(2026, 11, 22))
    finding = understanding_of(SCRIPT).read(text, context).findings.get("travel")
    if finding is None or finding.value is None or finding.confidence < SURE:
        return "ask"
    return "yes" if finding.value else "no"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有一直在家", "no"),
        ("没有光在家带孩子了", "no"),
        ("没有给孩子打疫苗就在本社区", "no"),
        ("没天天两点一线", "no"),
        ("嗯没有就在小区遛弯", "no"),
        ("外地没有光在家看孙子了", "no"),
        ("上海没有哪个外地都没去", "no"),
        ("没去河北去的房山那是北京", "no"),
        ("上海我可没去什么地方都没去", "no"),
        ("没是我老婆，飞了趟西宁", "no"),
        ("上一趟出门还是端午节，去的青岛", "no"),
        ("没跑海南是我亲家去的", "no"),
        ("没有是我姐去的", "no"),
        ("是我和我妈去的", "yes"),
        ("不是一直在家", "yes"),
        ("不是没出门", "ask"),
        ("上一趟出门是国庆，上周又去了趟保定", "yes"),
        ("我不否认去了", "yes"),
        ("没多久出了趟远门", "yes"),
        ("没拦住我我还是去了", "yes"),
    ],
)
def test_no_that_opens_an_answer_is_about_the_journey(text: str, expected: str) -> None:
    assert went(text) == expected


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("下门旅游", "福建厦门"),
        ("安山就喘刚那个安山", "辽宁鞍山"),
        ("安山底下一个镇", "辽宁鞍山"),
        ("等红灯就过来", "ask"),
        ("同人就我一个", "ask"),
    ],
)
def test_city_written_with_other_characters_of_its_sound_is_that_city(heard: str, expected: str) -> None:
    assert place(heard) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("回陕西听我二大爷吼了三天秦腔", "陕西"),
        ("姑娘你听过没湖北荆门", "湖北荆门"),
        ("姥姥家在天津我还吃了麻花", "天津"),
        ("姥姥家在天津我没去", "ask"),
    ],
)
def test_what_was_done_there_is_another_statement(text: str, expected: str) -> None:
    assert place(text) == expected
