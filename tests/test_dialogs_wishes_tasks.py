"""Needs told the other way round, in lists and in short."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.slots.wishes import denies, in_short, stated, wish
from dialogs.understanding import Context, Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("修一下水管", "修水管"),
        ("续一下医保", "续医保"),
        ("寄一份包裹", "寄包裹"),
        ("看会店", "看店"),
        ("买个票", "买票"),
        ("买个拐杖", "买个拐杖"),
        ("交下个月的房租", "交下个月的房租"),
        ("借个梯子", "借个梯子"),
        ("修一下", "修一下"),
    ],
)
def test_words_that_count_nothing_are_left_out(told: str, short: str) -> None:
    assert in_short(told) == short


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("其他的好说，床单没人换", "换床单"),
        ("别的都行，就是碗没人刷", "刷碗"),
        ("地漏堵了没人通", "通地漏"),
        ("院子里落叶没人扫", "扫落叶"),
        ("老爷子晚上没人伺候", "伺候老爷子"),
        ("我妈的饭没人做", "做饭"),
        ("没人给我买药", "没人给我买药"),
    ],
)
def test_what_nobody_does_is_what_is_to_be_done(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize("said", ["家里没人发烧", "小区里没人戴口罩", "货没人要"])
def test_what_nobody_has_is_nothing_to_be_done(said: str) -> None:
    assert not stated(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("氨氯地平，没几片了", "氨氯地平"),
        ("头孢还有，剩两天的量了", "头孢还有"),
        ("护手霜快抹完了", "护手霜"),
        ("墨盒用干了", "墨盒"),
        ("退烧没几天", ""),
        ("八角、桂皮、酱油，罐子都空了", "八角、桂皮、酱油"),
        ("虾，鲫鱼，鸡胸", "虾、鲫鱼、鸡胸"),
        ("牛奶，再就是花卷", "牛奶、花卷"),
        ("萝卜，有土豆也带两个", "萝卜、土豆也带两个"),
        ("口罩，岁数大，腿脚差", "口罩"),
        ("缺米，还有老伴", "米"),
        ("红花油有吗，来一大瓶", "红花油"),
        ("老衣柜谁给搬下楼", "老衣柜搬下楼"),
        ("能不能有人给我念念报", "念念报"),
    ],
)
def test_what_runs_out_and_what_is_listed_is_named(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize("said", ["米有两袋，水够喝的", "油盐全有", "还用得着送菜吗", "地里都是菜，还用买吗"])
def test_what_is_there_is_not_needed(said: str) -> None:
    assert denies(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("窗帘帮我洗洗", "洗窗帘"),
        ("花谁给浇一下", "浇花"),
        ("物业费可不可以代交", "代交物业费"),
        ("门口的雪谁给扫扫", "扫门口的雪"),
        ("灯泡换一下", "换灯泡"),
        ("空调得找人修", "修空调"),
        ("网费我不会交，帮我交一下", "交网费"),
        ("养老金没法领", "领养老金"),
        ("豆腐能给送点", "豆腐"),
        ("水费我弄不来", "水费我弄不来"),
        ("旧衣柜帮我搬下楼", "旧衣柜搬下楼"),
    ],
)
def test_a_deed_told_after_its_thing_is_turned_round(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize("said", ["衣服我自己洗洗", "自己擦擦", "我去取一下", "头疼缓一下", "饭我不会做"])
def test_what_somebody_does_alone_is_not_turned_round(said: str) -> None:
    assert not stated(said)


def test_who_needs_nothing_alone_takes_back_nothing_of_others() -> None:
    assert stated("我孙子缺本子，大人啥都不缺") == "本子"
    assert stated("我妈要护膝，我自己啥也不缺") == "护膝"
    assert stated("要护膝，算了，啥也不缺") == ""


def test_somebody_must_help_is_heard_as_said() -> None:
    asked = Context(SCRIPT.states["ask_needs"], date(2026, 11, 22))
    assert BY_RULES.read("洗澡得有人帮，别的我都行", asked).text.startswith("洗澡得有人帮")


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("替我把化验单从医院取回来", "取化验单"),
        ("把衣柜挪到那屋去", "把衣柜挪到那屋去"),
        ("想打听一下残疾补贴怎么申请", "申请残疾补贴"),
        ("想了解一下养老金怎么领", "领养老金"),
        ("我弄不来那个视频通话,谁来教教我", "教视频通话"),
        ("网上挂号我两眼一抹黑,找个人教教", "教网上挂号"),
        ("健康宝我弄不明白,教教我", "教教我弄健康宝"),
        ("尿垫,坐便椅,这两样", "尿垫、坐便椅"),
        ("黄瓜,西红柿,要有的话再捎把粉条", "黄瓜、西红柿、捎把粉条"),
        ("油桶见底,给提桶花生油", "提桶花生油"),
        ("米缸空了", "米"),
        ("垃圾袋用完了", "垃圾袋"),
        ("一箱牛奶足够了", "一箱牛奶"),
    ],
)
def test_a_need_is_cut_out_of_what_is_told_round_it(said: str, need: str) -> None:
    assert wish(said) == need


@pytest.mark.parametrize(
    "said",
    [
        "面有油有,能撑到腊月",
        "饭我会做,别给送餐",
        "给我带袋盐哎不用,柜子里翻着一包",
        "给带两节电池,算了,抽屉里找到两节",
        "搭把手?免啦",
        "灯泡我会换,不劳你们",
    ],
)
def test_what_is_had_after_all_leaves_no_need(said: str) -> None:
    assert denies(said)
    assert not stated(said)


def test_a_piece_of_what_has_no_pieces_is_left_out() -> None:
    assert in_short("买个燃气") == "买燃气"
