"""Who is speaking and where somebody is, by plain words combined: 上周回来的, 我是王建国, 张三在洗澡."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dialogs.language.remarks.asides import is_aside
from dialogs.language.remarks.chatter import is_chatter
from dialogs.loading import load_script
from dialogs.slots.left_open import leaves_open
from dialogs.slots.whereabouts.told import told_by_move
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)

PAST = "昨天 前天 昨晚 上周 上礼拜 上个月 前几天 大前天 三天前 刚刚"
CAME_BACK = "{}回来的 {}刚回来 我{}回来的 {}才回来 {}回北京的 {}到家的 {}才到家 我{}刚到家"
LEFT = "{}走的 {}走了 我{}走的 {}离开的 {}出差了 {}回老家了"
FUTURE = "明天 后天 下周 过两天 过几天 月底 下个月 年后 大后天"
COMES_BACK = "{}才回 {}回来 {}才回来 {}就回来了 {}才能到家 我{}就回北京了 得{}才回 {}再回 {}返京 {}去北京"
LEAVES = "{}走 我{}走 {}才走 {}出差 {}去上海 我{}去外地 {}要去外地 {}离开 打算{}走 在，{}走"
ROOMS = "阳台 厨房 卧室 床上 沙发上 宿舍 厂里 店里 食堂 楼下 小区 菜市场"
IN_A_ROOM = "在{} 我在{} 在{}呢 我在{}呢 就在{} 正在{}"
AT_HOME = "包饺子 看孩子 上网课 歇着 写作业 带孙子"
RIDES = "自驾去 开车去 坐火车去 坐高铁去 骑车去"
TO = "老家 外地 天津 山东 郑州"
ON_THE_WAY = "我{}{} 在{}{}的路上 我们{}{} {}{}呢"
STAYS = (
    "不去外地 不出去 我不出去 不去哪儿 没上哪儿 谁走啊 谁出差啊 谁回老家啊 谁去外地啊 还没离开 我还没走 "
    "没有，在呢 没有啊，在呢 不是，我在北京 没，在家 就我妈不在 就我老公不在 我妈回老家了，我没去 "
    "他回老家了，我没去 老人回老家了，我没去 "
    "之前不在，现在回来了 原来不在现在在 上周不在，这周在 本来不在，刚回来"
)
BACK = (
    "出差回来了 旅游回来了 从老家回来了 刚从外地回来 回来好几天了 回来一周了 回来半个月了 返京好几天了 "
    "进京了 不在这儿在哪 不在北京去哪 不在家能去哪 哪有不在 干嘛不在 不在就怪了 在没在北京，在 在不在北京？在"
)
COMING = (
    "往北京赶呢 正往回走 在回北京的路上 在回京的车上 快到北京了 快回来了 就快回来了 还没去北京 哪在啊 "
    "我倒想在北京 我也想在北京 巴不得在北京"
)
AWAY = "之前在，现在不在 上周在，这周不在 进不了京 回不了北京 一直在外边"

KIN = "媳妇 儿子 闺女 老伴 妈 爸 丈母娘 老丈人 外孙女 儿媳妇"
ABSENT = (
    "不在 睡了 没在家 在洗澡 在做饭 遛弯去了 买菜去了 住院了 出差了 忘带手机了 耳背 刚出去 还没起 去医院了"
)
HOMES = "张三家 老张家 张家 他家 他们家 张三他们家"
AT_HOME_OF = "这是{} 对，是{} 这儿是{} 这就是{} 是的，这是{} 嗯，是{} 这是{}电话"
OTHERS = "李四 王五 王建国 赵敏 小王 老李 刘大爷 李阿姨 王女士 陈先生"
NAMED = (
    "我是{} 我叫{} 不是，我是{} 打错了，我是{} 我不是张三，我是{} 我是{}不是张三 张三？我是{} "
    "这是{}家 这是{}的电话"
)
BUSINESSES = "超市 网吧 诊所 银行 食堂 养老院 小卖部 药店"
AT_WORK = "这是{} 我们这是{} 不是，这是{} 是{} 这里是{}，你打错了"
ROLES = "快递员 楼下邻居 前夫 前女友 员工 同事 房东"

WEATHER = "天气不错 天不错 天真冷 真冷 太阳真好 下雪了 降温了 刮大风 雾霾挺大 空气不错"
OF_WEATHER = "{} {}啊 今天{} 外边{} {}，是吧"
TO_OTHERS = (
    "妈妈抱 爸爸来了 儿子过来 闺女别闹 妈你别管 老婆等下 奶奶接电话呢 起床了 张嘴 饭好了 到站了 对三 "
    "早上好 下午好 把电视关了 快递放那"
)
ASKED_BACK = "有事吗 是社区吗 是录音吧 又是你们 我填过了 登记过了 昨天打过了 是吗 真的吗 不会吧"
OPEN = {
    "identity": "不是本人 我不是本人 找张三干啥 张三怎么了 他怎么了 你找他干嘛 他早没了",
    "in_beijing": "不在家 没在家 走不了 出不去 出不了门 晚上回来 下午回北京 周一回来 有时候在 谁走了",
}


def told() -> Iterator[tuple[str, str, Any]]:
    for times, ways, is_here in (
        (PAST, CAME_BACK, True),
        (PAST, LEFT, False),
        (FUTURE, COMES_BACK, False),
        (FUTURE, LEAVES, True),
        (ROOMS, IN_A_ROOM, True),
        (AT_HOME, "在家{} 我在家{}呢", True),
    ):
        yield from (
            ("in_beijing", way.format(word), is_here) for way in ways.split() for word in times.split()
        )
    for ride in RIDES.split():
        for place in TO.split():
            yield from (("in_beijing", way.format(ride, place), False) for way in ON_THE_WAY.split())
    yield from (("in_beijing", said, True) for said in (STAYS + " " + BACK).split())
    yield from (("in_beijing", said, False) for said in (AWAY + " " + COMING).split())
    yield from (("identity", f"我是张三{kin}", "family") for kin in KIN.split())
    for absent in ABSENT.split():
        yield from (("identity", who + absent, "family") for who in ("他", "张三"))
    for home in HOMES.split():
        yield from (("identity", way.format(home), "family") for way in AT_HOME_OF.split())
    for name in OTHERS.split():
        yield from (("identity", way.format(name), "wrong_number") for way in NAMED.split())
    for business in BUSINESSES.split():
        yield from (("identity", way.format(business), "wrong_number") for way in AT_WORK.split())
    yield from (("identity", f"我是张三{role}", "wrong_number") for role in ROLES.split())
    yield from (("identity", f"不是的{ending}", "wrong_number") for ending in ("啊", "呀", "哦"))


@pytest.mark.parametrize("question", ["identity", "in_beijing"])
def test_plain_answers_are_read_rightly(question: str) -> None:
    misread = []
    for asked, said, wanted in told():
        if asked == question:
            read = read_answer(SCRIPT, question, said, TODAY, "张三")
            value, confidence = read.values.get(question), read.confidence.get(question, 0.0)
            if value != wanted or confidence < SCRIPT.slots[question].sure:
                misread.append((said, wanted, value, confidence))
    assert misread == []


@pytest.mark.parametrize("question", ["identity", "in_beijing"])
def test_what_is_said_beside_the_call_says_nothing(question: str) -> None:
    beside = [way.format(word) for way in OF_WEATHER.split() for word in WEATHER.split()]
    read = {
        said: read_answer(SCRIPT, question, said, TODAY, "张三")
        for said in beside + (TO_OTHERS + " " + ASKED_BACK).split()
    }
    told = {said: r for said, r in read.items() if question in r.values or r.intent}
    assert {said for said, r in told.items() if r.intent != "who_are_you"} == set()


@pytest.mark.parametrize("question", ["identity", "in_beijing"])
def test_what_leaves_it_open_is_asked_again(question: str) -> None:
    sure = SCRIPT.slots[question].sure
    read = {said: read_answer(SCRIPT, question, said, TODAY, "张三") for said in OPEN[question].split()}
    assert {said: r for said, r in read.items() if r.confidence.get(question, 0.0) >= sure} == {}


@pytest.mark.parametrize(
    ("question", "said", "wanted"),
    [
        ("in_beijing", "昨天回的天津", False),
        ("in_beijing", "今天刚到的合肥", False),
        ("in_beijing", "昨天刚走", False),
        ("in_beijing", "没有，在上海", False),
        ("in_beijing", "不是，在外地", False),
        ("in_beijing", "在老家做饭呢", False),
        ("in_beijing", "在天津包饺子呢", False),
        ("in_beijing", "我回老家了，我妈没去", False),
        ("in_beijing", "就我不在", False),
        ("in_beijing", "晚上才回来", False),
        ("in_beijing", "早就回来了", True),
        ("in_beijing", "也在北京", True),
        ("in_beijing", "我正在北京", True),
        ("in_beijing", "在哪儿都行，我在北京", True),
        ("in_beijing", "不在家，在单位", True),
        ("in_beijing", "不在家，回老家了", False),
        ("identity", "我是张三，不是别人", "self"),
        ("identity", "我是张山", "self"),
        ("identity", "我是李四，他媳妇", "family"),
        ("identity", "张三出门了，我是他邻居", "wrong_number"),
        ("identity", "张三去世了，我是他儿子", "family"),
        ("identity", "张三怎么了，我是他爱人", "family"),
        ("identity", "不是本人，是他儿子", "family"),
        ("identity", "是我，怎么了", "self"),
        ("identity", "天气不错，是我", "self"),
        ("identity", "别闹，是我，你说", "self"),
        ("identity", "昨天打过了，我是", "self"),
        ("identity", "妈妈", "family"),
        ("identity", "这不是张三家", "wrong_number"),
        ("identity", "我爸叫张三", "family"),
    ],
)
def test_look_alikes_stay(question: str, said: str, wanted: Any) -> None:
    assert read_answer(SCRIPT, question, said, TODAY, "张三").values.get(question) == wanted


@pytest.mark.parametrize(
    "stammer",
    ["在家" * 8, "我就都还" * 4, "明天明后" * 4, "妈妈" * 10, "天气真好" * 5, "不是" * 9, "你们是" * 6],
)
def test_a_stammer_is_read_like_anything_else(stammer: str) -> None:
    assert told_by_move(stammer, "北京") is None
    assert not is_chatter(stammer)
    assert not is_aside(stammer)
    assert not leaves_open(SCRIPT.slots["identity"], stammer, "张三")
