"""Contacts and journeys in answers that recognisers write without punctuation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.clauses.statements import rejoined, with_statements
from dialogs.language.rhetoric import plainly
from dialogs.loading import load_script
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of
from dialogs.understanding.written import normalised

SCRIPT = load_script("health_survey")


def told(question: str, words: str) -> object:
    """What is recorded, ask where it is in doubt."""
    context = Context(question_of(SCRIPT, question), date(2026, 11, 22), "张三")
    finding = understanding_of(SCRIPT).read(words, context).findings.get(question)
    return finding.value if finding is not None and finding.confidence > 0.6 else "ask"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # What was asked is said again, and denied or affirmed.
        ("接触接触个鬼", "接触?接触个鬼"),
        ("去个锤子天天送外卖", "去个锤子,天天送外卖"),
        ("去个头疼门诊", "去个头疼门诊"),
        ("没离开早离开过了", "没离开?早离开过了"),
        ("没去早去了就好了", "没去早去了就好了"),
        ("有过吗没有过", "有过吗?没有过"),
        ("病人啊没有没有别吓我", "病人啊?没有没有,别吓我"),
        ("确诊病人人家都说是隔壁楼的", "确诊病人人家都说是隔壁楼的"),
        ("接触我连个活人都难得见", "接触?我连个活人都难得见"),
        ("接触我接触过一个", "接触我接触过一个"),
        ("出差没有我就在公司", "出差?没有我就在公司"),
        ("武汉没去过武汉", "武汉?没去过武汉"),
        ("哪儿都没去哪儿都不难受", "哪儿都没去哪儿都不难受"),
        ("您问的是什么人", "您问的是什么人?"),
        ("没有啊怎么了我们小区有了", "没有啊怎么了我们小区有了?"),
        # Courtesies, pauses for thought, and what is asked in return.
        ("要鸡蛋你放心", "要鸡蛋,你放心"),
        ("三十六度就这样", "三十六度,就这样"),
        ("不用谢谢", "不用,谢谢"),
        ("让你放心", "让你放心"),
        ("我想想啊大米没了", "我想想啊,大米没了"),
        ("没有啊怎么了", "没有啊,怎么了"),
        ("腿怎么了", "腿怎么了"),
        # A no ends before what it cannot deny.
        ("没没有刚才嘴里有饭", "没,没有,刚才嘴里有饭"),
        ("没有没有您可别写上", "没有没有,您可别写上"),
        ("没有你说的那种人", "没有你说的那种人"),
        ("没有公司没通知我", "没有,公司没通知我"),
        ("没有公司封了我才回来的", "没有公司封了我才回来的"),
        ("没学校封着出不去", "没,学校封着出不去"),
        ("没外地也没去过", "没,外地也没去过"),
        ("没发烧也没咳嗽", "没发烧也没咳嗽"),
        ("没乏力倒有一点", "没,乏力倒有一点"),
        ("没咳嗽倒是有点发烧", "没咳嗽倒是有点发烧"),
        ("没跑没烧没咳", "没跑,没烧没咳"),
        # Verdicts of their own.
        ("他姓啥我都不知道没见过", "他姓啥我都不知道,没见过"),
        ("我不知道没接触过算什么", "我不知道没接触过算什么"),
        ("后来排除了不算没接触过", "后来排除了,不算,没接触过"),
        ("有不是没有我听岔了", "有,不是,没有,我听岔了"),
        ("是糖尿病人不是您说的那种", "是糖尿病人,不是您说的那种"),
        ("有是有可不是我身边的", "有是有,可不是我身边的"),
        ("不得不得我没见过", "不得不得,我没见过"),
        ("我不得不接触", "我不得不接触"),
        ("不是我去的是我弟", "不是我去的,是我弟"),
        ("走亲戚去了趟安徽", "走亲戚,去了趟安徽"),
        ("我爸妈去三亚了我没去", "我爸妈去三亚了,我没去"),
        ("除了我没去的都去了", "除了我没去的都去了"),
        ("天津不我去的是唐山", "天津,不,我去的是唐山"),
    ],
)
def test_statements_end_for_certain(said: str, expected: str) -> None:
    assert with_statements(said) == expected


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("去了,不是,上海,是杭州", "去了,不是上海,是杭州"),
        ("三十七度二,不是,三十六度二", "三十七度二,不是,三十六度二"),
        ("老家房子漏雨,我,回去修了修", "老家房子漏雨,我回去修了修"),
        ("我公公,去了趟内蒙", "我公公去了趟内蒙"),
        ("发烧,咳嗽也没有", "发烧咳嗽也没有"),
    ],
)
def test_no_break_stands_where_no_clause_ends(cut: str, expected: str) -> None:
    assert rejoined(cut) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("光确诊的我就碰上俩没别的", "光确诊的我就碰上俩"),
        ("谁没碰过我也碰了", "碰过,我也碰了"),
        ("谁没病我不知道", "谁没病我不知道"),
        ("没去才怪票是我抢的", "去了,票是我抢的"),
        ("您说算不算接触", "您说算不算接触"),
        ("不是没接触是根本没机会", "不是没接触是根本没机会"),
        ("没跑儿出京了", "出京了"),
        ("就一个没别的", "就一个"),
        ("有就见过一个没别人", "有就见过一个"),
        ("没接触没别的", "没接触没别的"),
    ],
)
def test_turns_of_speech_need_no_comma(said: str, expected: str) -> None:
    assert plainly(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"), [("嗯呃", ""), ("呃额", ""), ("嗯", "嗯"), ("唔嗯啊", "呃嗯啊")]
)
def test_thinking_is_no_answer(said: str, expected: str) -> None:
    assert normalised(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("光确诊的我就碰上俩没别的", True),
        ("这楼里谁没碰过那确诊的我也碰了", True),
        ("怎么会没有我家掌柜的就是阳的", True),
        ("怎么会有我跟他不在一个厂", False),
        ("没有单位没通知我", False),
        ("没有社区也没找过我", False),
        ("没有出门都戴口罩", False),
        ("没有别的就跟一个确诊的坐过一趟车", True),
        ("没有您想的那么多就接触过一个", True),
        ("没碰过碰过我还敢站在这儿", False),
        ("接触了还能让我坐公交", False),
        ("接触了还让我上班你们管不管", True),
        ("见过在电视上", False),
        ("接触过病人是糖尿病人不是你说那种", False),
        ("有是有可不是我身边的", False),
        ("接触过哎不对那人后来排除了不算没接触过", False),
        ("要接触过我能不跟你们报吗", False),
        ("就一个没别的", True),
    ],
)
def test_contacts_without_commas(said: str, expected: object) -> None:
    assert told("contact", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("没离开早离开过了", True),
        ("没跑儿出京了", True),
        ("没拦住我我还是去了", True),
        ("谁没去啊我头一个去的", True),
        ("除了没出国外省跑了个遍", True),
        ("去了去个头", False),
        ("去外地没有我天天上班", False),
        ("武汉没去过武汉别的地方也没去", False),
        ("不是我去的是我弟他去的丽水", False),
        ("是我去的不是我媳妇", True),
        ("我屋里婆婆回黄冈去了我一个人守屋", False),
        ("怀柔红螺寺不算外地吧就去了那儿", False),
        ("冰城倒想去机票太贵没去", False),
        ("就回了趟老家没去别处", True),
        ("就是回家收了个秋没去别的", True),
        ("就在小区转转没去别处", False),
        ("我要是没去外地健康宝能弹窗么", True),
    ],
)
def test_journeys_without_commas(said: str, expected: object) -> None:
    assert told("travel", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("走亲戚去了趟安徽", "安徽"),
        ("山西老家上坟去了五六天前的事", "山西"),
        ("喝喜酒我侄子在周口", "河南周口"),
        ("我带娃回了趟奶奶家在保定", "河北保定"),
        ("朋友硬拉去的柳州", "广西柳州"),
        ("我上次出北京还是上个星期去的天津", "天津"),
        ("一趟都没落下周周回天津", "天津"),
        ("去沧州不不是德州", "山东德州"),
        ("天津不我去的是武汉", "湖北武汉"),
        ("去了不是上海是杭州", "浙江杭州"),
        ("去了青岛哦错了是济南青岛没去成", "山东济南"),
        ("石家庄没去成保定倒是待了两宿", "河北保定"),
        ("四川我没去重庆去了", "重庆"),
        ("咋个没去乐山拜了大佛的", "四川乐山"),
    ],
)
def test_places_of_journeys_without_commas(said: str, expected: str) -> None:
    assert told("travel_place", said) == expected


def test_a_courtesy_makes_nothing_well() -> None:
    assert told("symptoms", "老咳嗽是老慢支您放心") == ["咳嗽"]
    assert told("needs", "我想想啊家里没药了谢谢") == "药"
    assert told("temperature", "早上量的三十六度就这样") == 36.0
    assert told("travel", "没有啊怎么了") is False


def test_the_weekday_of_departure_is_no_day_of_return() -> None:
    assert told("return_date", "十号走的周二回来的") == "2026-11-17"
    assert told("return_date", "十号走的礼拜四回来的") == "2026-11-12"


@pytest.mark.parametrize("said", ["肌肉不酸", "脑瓜子不疼", "后脑勺也不疼", "肚子不胀", "嗓子眼不疼"])
def test_a_no_within_a_word_denies_it(said: str) -> None:
    assert told("symptoms", said) == []


def test_a_word_with_a_gap_ends_where_another_ache_begins() -> None:
    assert told("symptoms", "肌肉酸痛加嗓子疼") == ["肌肉酸痛", "咽痛"]
    assert told("symptoms", "又肌肉酸痛又腰疼") == ["肌肉酸痛", "其他不适"]
