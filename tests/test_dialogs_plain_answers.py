"""The most ordinary answers, in hundreds of combinations: what most residents say must never be misread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from dialogs.language.remarks.asides import is_aside
from dialogs.loading import load_script
from dialogs.slots.wishes.hardship import is_hardship
from dialogs.slots.wishes.unmet import helpers_failed
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)

SYMPTOMS = {
    "咳嗽": "咳嗽",
    "咳": "咳嗽",
    "发烧": "发热",
    "烧": "发热",
    "乏力": "乏力",
    "头疼": "头痛",
    "嗓子疼": "咽痛",
    "拉肚子": "腹泻",
    "恶心": "呕吐",
    "流鼻涕": "鼻塞流涕",
    "难受": "其他不适",
}
WELL = (
    "我不{}，谢谢 我现在不{} 我没{} 不{}了 没{}，放心吧 我们都不{} 我从来不{} 我没有{}，好着呢 "
    "我最近没{} {}没有 我不{}也没别的 今天不{}了 不{}，挺好 我妈{}，我不{} {}？不{} 我真不{} 我又不{} "
    "我一点都不{}"
)
UNWELL = (
    "我{} 我就{} 我{}，没别的 我天天{} 不是不{} 除了{}没别的 没别的，{} 我不舒服，{} {}，没发热 "
    "家里人不{}，我{} 我{}，他们不{}"
)
CITIES = (
    "天津 上海 石家庄 保定 武汉 西安 成都 重庆 广州 深圳 沈阳 哈尔滨 郑州 济南 青岛 大连 太原 大同 "
    "呼和浩特 唐山 廊坊 秦皇岛 承德 张家口 杭州 南京 苏州 长沙 南昌 合肥 福州 厦门 昆明 贵阳 兰州 "
    "银川 西宁 乌鲁木齐 拉萨 海口 三亚 南宁 桂林 洛阳 开封 邯郸 沧州 衡水 邢台 烟台 威海 徐州 无锡 "
    "宁波 温州 湖北 河北 河南 山东 山西 内蒙古 广东 四川 湖南 安徽 江西 福建"
)
KIN = (
    "儿子 女儿 闺女 老伴 爱人 老婆 老公 丈夫 妻子 媳妇 妈妈 爸爸 妈 爸 父亲 母亲 孙子 孙女 儿媳妇 "
    "女婿 哥哥 弟弟 姐姐 妹妹 家人 家属"
)
NO_CONTACT = (
    "没有 没 没接触过 没有接触过 我没接触过 我没有接触过这样的人 没碰过 没见过 没有没有 没有的 "
    "从来没有 都没有 最近没有 没接触过确诊的 没跟他们接触过 我没跟确诊的接触过 没有，都没有 没接触 "
    "我没有 我们家都没有 没有过 绝对没有 没有啊 没呢 没得 没有接触过隔离的人 不接触 "
    "我天天在家，没接触过 没跟人接触 没接触过，放心吧 我没见过这种人 身边没有这种人 我身边没有 "
    "周围没有确诊的 我们单位没有 我没碰见过 没，谢谢"
)
CONTACT = (
    "有 有的 接触过 有接触过 我接触过 见过 我见过一个 碰到过 有过 接触了 我接触过确诊的 "
    "我同事确诊了，我们天天一起吃饭 我邻居阳了，我们说过话 我儿子阳了 我家里有人确诊 跟确诊的吃过饭 "
    "有，我爱人阳了 我照顾过确诊的 我老公在隔离，我给他送饭 嗯，接触过 是的，接触过 对，有接触 "
    "我跟密接一起坐过车"
)
NO_JOURNEY = (
    "没有 没离开过 没出过北京 没出去过 一直在北京 我没出去 没有离开过北京 我没离开北京 哪儿都没去 "
    "没去外地 我最近没去外地 没出门 没去过 没去 都在北京 一直在家 我一直在家待着 没出京 没有出去 "
    "没动过 我没去别的地方 没出过门 天天在家 没，一直在 没离开 我都没出小区 我哪也没去 "
    "没有啊，一直在北京 没去过外地，放心 就在北京 我在北京没动 没出过远门"
)
HERE = (
    "在 在的 在北京 我在北京 在呢 在啊 在家 在家呢 我在家 对，在 是的 是 在的在的 我就在北京 "
    "我现在在北京 一直在 在，我在朝阳 我在海淀 在昌平 在通州 在大兴 在单位上班呢 在公司 在家待着呢 "
    "我在小区里 嗯，在 当然在 肯定在北京 没离开，在北京 在这儿呢"
)
NOT_HERE = (
    "不在 没在 我不在北京 不在北京 没有 我没在北京 不在，在老家 回老家了 我在老家 出差了 出差在外地 "
    "我在外地 在外地呢 没在北京，在外地 我出差呢 不在，我出去玩了 还没回北京 还没回来 过两天才回去"
)
NO_NEED = (
    "没有 没有需要 不需要 不用 没什么 没啥 没有困难 没有，谢谢 都挺好的，不用 没什么需要的 暂时没有 "
    "不用了，谢谢 没有什么 没事，都好 不麻烦了 什么都不缺 没有要帮忙的 没 目前没有 都够"
)
READINGS = {
    "三十六度五": 36.5,
    "三十六点五": 36.5,
    "36度5": 36.5,
    "三十六度八": 36.8,
    "三十七度二": 37.2,
    "三十八度": 38.0,
    "三十六度七": 36.7,
    "三十六度半": 36.5,
    "三六五": 36.5,
    "三十七度整": 37.0,
    "三十九度一": 39.1,
}
DAYS = {
    "今天": 0,
    "昨天": 1,
    "前天": 2,
    "大前天": 3,
    "今天刚回来": 0,
    "昨天回来的": 1,
    "前天晚上到的": 2,
    "三天前": 3,
    "一个星期前": 7,
    "上周五": 9,
    "上周六": 8,
    "上周日": 7,
    "周五": 2,
    "周三": 4,
    "周一": 6,
    "上礼拜天": 7,
    "二十号": 2,
    "十五号": 7,
    "十八号回来的": 4,
    "十一月十号": 12,
    "五天前回来的": 5,
    "上周三回的北京": 11,
    "昨晚": 1,
    "今天早上": 0,
    "星期四": 3,
    "礼拜二": 5,
    "上星期一": 13,
    "回来三天了": 3,
    "回来一个礼拜了": 7,
    "十一月十五": 7,
}

WENT = "去了{} 去过{} 我去了趟{} 上周去的{} 刚从{}回来 去{}出差了 离开过，去了{} 有，{}"
IS_THERE = "我在{} 在{} 我现在在{} 不在，在{} 没有，我在{}呢 人在{}"
RELATED = "我是他{} 我是她{} 我是他的{} 我是张三的{} 不是，我是他{} 我是他{}，他不在"
COUNTED = "{}口 {}口人 {}个人 {}个 我们家{}口人 家里{}口 一共{}口人 就{}个人 总共{}个 {}口之家 连我{}个"
MEASURED = "{} 我{} 今天{} 早上量的{} 刚量的，{} 是{} {}，正常 体温{} 我今天早上量是{} 有，{} 大概{}"

AROUND = (
    "单位 单位里 我们单位 厂里 我们厂 公司 班上 车间里 办公室 学校里 宿舍 工地上 小区 楼里 我们楼 "
    "对门 隔壁 村里 店里 部队里 家里 我家 亲戚家 养老院 食堂"
)
SOMEBODY_ILL = (
    "有人发烧 有发烧的 有人咳嗽 有个人发烧 有人发高烧 有几个发烧的 有人感冒发烧 有人阳了 有阳性的 "
    "有确诊的 有疑似的 有人确诊 出了个确诊的 出了阳性 有人被隔离了 有人被拉走了"
)
ACQUAINTED = "我妈 孩子 我老公 老伴 同桌 同事 邻居 室友 我弟 亲戚 朋友 客户 楼下邻居 一块打牌的"
WHO_IS_ILL = "发烧了 咳嗽 感冒了 阳了 确诊了 是阳性 在发烧 这两天咳嗽 住院了 被隔离了 被拉走了 核酸阳性"
OUT = "我出京了 我出京了一次 这个月出京了一次 我刚出过京 他带我出京了"

LACKED = "口罩 降压药 胰岛素 大米 鸡蛋 奶粉 卫生纸 感冒药"
RUNS_OUT = (
    "{}不够 {}不太够 {}不大够 {}不怎么够 {}不足 {}不多了 {}剩得不多了 {}见底了 {}撑不了几天 {}只剩一点了 "
    "{}供不上 {}接不上了 {}断了 {}吃光了 {}过期了 {}买不到 {}没买着 {}没处买 {}不好买 {}送不进来 {}挺缺的 "
    "{}只够吃两天 {}没货 {}快用完了 就缺{} 没有{}了 {}有吗 想要点{} 别的不用，就{}"
)
ASKED_BEFORE = (
    "上次说修门禁 上回报修水管 之前说送口罩 上周就说要修电梯 前几天报的修灯 说好的送菜 答应给我修暖气 "
    "你们说给送药 申请的轮椅 登记的消毒液 上次要的口罩"
)
NEVER_CAME = (
    "到现在没人来 一直没人来 还没来人 到现在没修 还没送来 一直没动静 没人管 到现在没信儿 没影 三天了没人来"
)
HELPERS_FAILED = "买错了 送来的不够 送来的坏了 忘了送 没空送 这次没送 回不来送不了"
NO_BUT = (
    "都挺好的就是{} 别的没有就{} 什么都不缺就是{} 没别的，{} 没有，就是{} 其他还好，{} 挺好的，{} 没什么，{} "
    "暂时没有，{} 没有没有，{} 还行，就是{} 都有，就{}"
)
STILL_HARD = (
    "腿脚不好下不了楼 一个人闷得慌 暖气不热 快没米了 药快吃完了 灯坏了 孩子没人接送 手机不会用 上下楼费劲 "
    "垃圾没人倒 电梯老坏 停水了 看病不方便"
)
WHOSE = ("", "我", "家里", "老人", "我们", "我家", "我妈")
HARD = (
    "没法搬东西 没人搬东西 搬东西不方便 没法看病 没法做饭 没人做饭 没法买菜 买菜不方便 出门不方便 "
    "下不了楼 出不了门 没法下楼 走不动路 没人照顾 没人管 没人伺候 没人陪 没人说话 拿不了药 "
    "取不了药 取不了快递 垃圾没人扔 停电了 停水了 断网了 没暖气 马桶堵了 门打不开 煤气用完了 "
    "手机坏了 手机没费了 手机不会用 不会用手机 不会扫码 做不了核酸 闷得慌 没钱买菜 没吃的 "
    "没吃的了 没菜吃 揭不开锅 断粮了 饿着呢 冷得很 孩子没人看 轮椅坏了 没体温计 没药 没胰岛素了"
)


def answers() -> Iterator[tuple[str, str, Any]]:
    for word, value in SYMPTOMS.items():
        yield from (("symptoms", way.replace("{}", word), []) for way in WELL.split())
        yield from (("symptoms", way.replace("{}", word), value) for way in UNWELL.split())
    yield from (("contact", said, False) for said in NO_CONTACT.split())
    yield from (("contact", said, True) for said in CONTACT.split())
    yield from (("travel", said, False) for said in NO_JOURNEY.split())
    yield from (("travel", said, True) for said in OUT.split())
    yield from (("in_beijing", said, True) for said in HERE.split())
    yield from (("in_beijing", said, False) for said in NOT_HERE.split())
    yield from (("needs", said, "") for said in NO_NEED.split())
    for city in CITIES.split():
        for way in WENT.split():
            yield "travel", way.format(city), True
        for way in IS_THERE.split():
            yield "in_beijing", way.format(city), False
    for kin in KIN.split():
        for way in RELATED.split():
            yield "identity", way.format(kin), "family"
    for word, count in zip("一两三四五六七八", range(1, 9), strict=True):
        for way in COUNTED.split():
            yield "household_size", way.format(word), count
    for words, reading in READINGS.items():
        for way in MEASURED.split():
            yield "temperature", way.format(words), reading
    for words, ago in DAYS.items():
        yield "return_date", words, (TODAY - timedelta(days=ago)).isoformat()


@pytest.mark.parametrize("question", sorted({question for question, _, _ in answers()}))
def test_ordinary_answers_are_read_rightly(question: str) -> None:
    misread = []
    for asked, said, wanted in answers():
        if asked != question:
            continue
        read = read_answer(SCRIPT, question, said, TODAY, "张三")
        value, confidence = read.values.get(question), read.confidence.get(question, 0.0)
        if question == "symptoms" and wanted:  # vague ones may be asked again, and are never an all-clear
            is_right = value != [] or confidence < SCRIPT.slots[question].sure
        else:
            is_right = value == wanted and confidence >= SCRIPT.slots[question].sure
        if not is_right:
            misread.append((said, wanted, value, round(confidence, 2)))
    assert misread == []


def test_somebody_ill_nearby_is_no_all_clear() -> None:
    told = [(who, ill) for who in AROUND.split() for ill in SOMEBODY_ILL.split()]
    told += [(who, ill) for who in ACQUAINTED.split() for ill in WHO_IS_ILL.split()]
    sure = SCRIPT.slots["contact"].sure
    lost = []
    for said in map("".join, told):
        read = read_answer(SCRIPT, "contact", said, TODAY, "张三")
        if read.values.get("contact") is False and read.confidence["contact"] >= sure:
            lost.append(said)
    assert lost == []


def test_what_runs_out_is_needed() -> None:
    sure = SCRIPT.slots["needs"].sure
    missed = []
    for thing in LACKED.split():
        for said in (way.format(thing) for way in RUNS_OUT.split()):
            read = read_answer(SCRIPT, "needs", said, TODAY, "张三")
            if thing not in str(read.values.get("needs")) or read.confidence["needs"] < sure:
                missed.append((said, read.values))
    assert missed == []


def test_what_was_asked_for_and_never_came_is_needed() -> None:
    dropped = []
    for past in ASKED_BEFORE.split():
        for never in NEVER_CAME.split():
            for said in (past + never, f"{past}，{never}", f"{past}，{never}，就这一件事"):
                if read_answer(SCRIPT, "needs", said, TODAY, "张三").values.get("needs") == "":
                    dropped.append(said)
    assert dropped == []


def test_what_helpers_failed_to_bring_is_needed() -> None:
    dropped = []
    for thing in ("口罩", "降压药", "鸡蛋"):
        for who in ("闺女", "儿子", "邻居", "社区"):
            for failed in HELPERS_FAILED.split():
                said = thing + who + failed
                if read_answer(SCRIPT, "needs", said, TODAY, "张三").values.get("needs") == "":
                    dropped.append(said)
    assert dropped == []


def test_what_is_hard_after_a_no_is_needed() -> None:
    dropped = []
    for no in NO_BUT.split():
        for hard in STILL_HARD.split():
            said = no.format(hard)
            if read_answer(SCRIPT, "needs", said, TODAY, "张三").values.get("needs") == "":
                dropped.append(said)
    assert dropped == []


def test_what_is_hard_is_never_nothing() -> None:
    dropped = []
    for said in (whose + hard for hard in HARD.split() for whose in WHOSE):
        read = read_answer(SCRIPT, "needs", said, TODAY, "张三")
        if read.intent == "opt_out" or read.values.get("needs") == "":
            dropped.append((said, read.intent))
    assert dropped == []


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("上回说修门禁，到现在没人来", "修门禁"),
        ("上次要的口罩到现在没送", "口罩"),
        ("你们说给送药，三天了没动静", "送药"),
        ("上次要的口罩送来了，没别的了", ""),
        ("没吃的", "没吃的"),
        ("家里没吃的了", "吃的"),
        ("我们没人照顾", "我们没人照顾"),
        ("没人搬东西", "没人搬东西"),
        ("手机不会用", "手机不会用"),
        ("停电了", "停电了"),
        ("我下不了楼，帮我倒垃圾", "倒垃圾"),
        ("没人照顾，不过不用管", ""),
        ("冰箱塞得关不上门喽", ""),
        ("没难事儿", ""),
    ],
)
def test_what_is_hard_or_never_came_is_the_need_where_nothing_is_asked_for(said: str, need: str) -> None:
    assert read_answer(SCRIPT, "needs", said, TODAY, "张三").values.get("needs") == need


@pytest.mark.parametrize(
    "stammer",
    [
        "孩子" * 30,
        "我家老人" * 20,
        "就也都还" * 20,
        "药儿子" + "给没送" * 20,
        "降压药闺女" + "忘记送" * 20,
        "刚" * 60,
    ],
)
def test_a_stammer_is_read_like_anything_else(stammer: str) -> None:
    assert not is_hardship(stammer)
    assert not helpers_failed(stammer)
    assert not is_aside(stammer)
