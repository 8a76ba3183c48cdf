"""Which words of an answer are the need, and where none is told."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.loading import load_script
from dialogs.slots.wishes import (
    asks_at_last,
    denies,
    denies_throughout,
    in_passing,
    in_short,
    is_unknown,
    stated,
    tells_none,
    wish,
)
from dialogs.understanding import Context, Understanding
from dialogs.understanding.context import Reading

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


def read(state: str, words: str) -> Reading:
    return BY_RULES.read(words, Context(SCRIPT.states[state], date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("米面都有，就缺点降压药", "降压药"),
        ("米面都有就缺点降压药", "降压药"),
        ("不急，过年前都行，安个扶手", "安个扶手"),
        ("没油吃了", "油"),
        ("订个报纸，我说错了，订牛奶", "订牛奶"),
        ("口罩不要，手套要", "手套"),
        ("本来要口罩的，现在不要了，要点酒精", "酒精"),
        ("我血压高，药快吃没了，能不能帮忙去医院拿点降压药", "去医院拿点降压药"),
        ("降压药吃完了，能帮我开点吗", "降压药"),
        ("家里没有鸡蛋了想请你们送一点", "鸡蛋"),
        ("水管漏了，找人给修修", "水管漏了、修修"),
        ("灯泡坏了仨，够不着，想请人换灯泡", "换灯泡"),
        ("青菜、鸡蛋，有的话再带点豆腐", "青菜、鸡蛋、带点豆腐"),
        ("帮我买菜吧，我一个人住，腿脚不便", "买菜"),
        ("谁说没有，修水管", "修水管"),
        ("抗原试剂还有吗，给我来几盒", "抗原试剂"),
        ("不缺吃的，就是想找个人说说话", "找个人说说话"),
        ("一个人闷，来个人说说话就行", "来个人说说话"),
        ("除了口罩，啥都不缺", "口罩"),
        ("除了口罩啥都不缺", "口罩"),
        ("除了买菜，别的都不用", "买菜"),
        ("药有，口罩也有，就是没体温计", "体温计"),
        ("要什么？要蔬菜，不要肉", "蔬菜"),
        ("不是要米，是要面", "面"),
        ("要不帮我取个快递", "取个快递"),
        ("胰岛素就剩一支了，得帮我弄点", "胰岛素"),
        ("想吃口面条，家里没挂面了", "吃口面条、挂面"),
        ("消毒水来一瓶，酒精也来一瓶", "消毒水来一瓶、酒精也来一瓶"),
        ("卫生纸给捎一提", "卫生纸"),
        ("我在酒店，得有人喂猫", "喂猫"),
        ("帮我买点菜送上来吧", "买点菜送上来"),
        ("嗓子疼，有没有喉糖给两盒", "喉糖"),
        ("出不去，有上门理发的吗", "上门理发"),
        ("可否代为取个包裹", "取个包裹"),
        ("烦请您帮忙通一通地漏", "通一通地漏"),
        ("米面够，就差点儿香油", "香油"),
        ("什么都齐，就少瓶醋", "瓶醋"),
        ("求大家给捎袋洗衣粉", "捎袋洗衣粉"),
        ("胶带，方便的话再带两节电池", "胶带、带两节电池"),
        ("绷带，止血粉，纱布，都要", "绷带、止血粉、纱布"),
        ("奶粉，进口的，整箱送来", "奶粉"),
        ("我妈的制氧机，空了没人给换", "制氧机、空了没人给换"),
        ("胰岛素将尽", "胰岛素"),
        ("低保怎么办，帮我打听打听", "低保怎么办、打听打听"),
        ("我爸要拐杖，我闺女要作业本，就这两样", "拐杖、作业本"),
        ("洗衣粉一袋，别的甭管", "洗衣粉一袋"),
        ("啥都缺，最着急的是尿不湿", "尿不湿"),
        ("有完没完，给我捎包盐", "捎包盐"),
        ("瘫着没法剪头发，旁的不用", "瘫着没法剪头发"),
        ("洗碗我都行，就是灯泡没辙", "灯泡没辙"),
    ],
)
def test_the_words_of_the_need_are_told_apart(said: str, need: str) -> None:
    assert wish(said) == stated(said) == need


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("快递在门口堆着，我拿不上来", "快递在门口堆着、我拿不上来"),
        ("别的没啥，就是水费我弄不来", "水费我弄不来"),
        ("电费不会交，帮我交个电费", "交个电费"),
        ("煤气卡要充，我不会弄，帮我充煤气", "充煤气"),
        ("送两桶水吧，我们老两口扛不动", "送两桶水"),
        ("米我扛不动，闺女给扛", ""),
    ],
)
def test_what_somebody_cannot_do_is_a_need_unless_asked_for_or_denied(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("快递堆在门口，给拿上来", "快递堆在门口、拿上来"),
        ("孩子学校要核酸证明，上哪儿开，帮开一个", "孩子学校要核酸证明、开一个"),
        ("医保卡丢了，帮帮我", "医保卡丢了"),
        ("体温计摔了，再要一个", "体温计摔了"),
    ],
)
def test_a_request_without_a_thing_stands_beside_its_name(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("灯泡憋了，我够不着，帮我换一个", "灯泡憋了、换一个"),
        ("快递在门口，我够不着，帮我拿进来", "快递在门口、拿进来"),
        ("门口台阶不平，老有人绊倒，给修修", "门口台阶不平、修修"),
        ("把垃圾给我倒了就行，我下不了楼", "把垃圾给我倒了"),
        ("把旧沙发给抬下去，我腰不行", "把旧沙发给抬下去"),
        ("一个人闷得慌，有人来陪陪就行", "陪陪"),
        ("帮着取一下快递，我拄拐不方便", "取一下快递"),
        ("我不会用健康码，教哈我", "我不会用健康码、教哈我"),
        ("我下不了楼，帮帮我", "我下不了楼"),
    ],
)
def test_why_something_is_asked_for_is_left_out(said: str, need: str) -> None:
    assert wish(said) == need


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("轮椅轮胎瘪了，得有人给打打气", "轮椅轮胎瘪了、打打气"),
        ("供暖的阀门拧不动，派个师傅来", "供暖的阀门拧不动、派个师傅来"),
        ("楼道灯灭了，找人给换换", "楼道灯灭了、换换"),
        ("下水道堵了，找个人给通通", "下水道堵了、通通"),
        ("窗户漏风，找人给糊上", "窗户漏风、糊上"),
        ("要说帮忙，能把楼道里那堆破烂清了就好", "把楼道里那堆破烂清了"),
        ("请个人陪我去趟医院", "陪我去趟医院"),
        ("要是方便，找人给老人送饭", "给老人送饭"),
        ("谁给捎两斤挂面", "捎两斤挂面"),
    ],
)
def test_what_is_broken_stays_and_who_is_asked_goes(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize("said", ["送菜送药都免了，儿子包圆儿了", "送饭就免了，闺女管着", "买菜跑腿全免"])
def test_what_may_be_left_undone_is_no_need(said: str) -> None:
    assert denies_throughout(said)
    finding = read("ask_needs", said).findings["needs"]
    assert finding.value == ""
    assert finding.confidence >= SCRIPT.slots["needs"].sure


def test_what_is_free_of_charge_may_be_a_need() -> None:
    assert stated("能免费送点菜吗") == "免费送点菜"


@pytest.mark.parametrize(
    "said",
    [
        "不用，闺女都给买好了",
        "帮忙？不需要",
        "缺啥？啥都不缺",
        "缺钱，哈哈，逗你的，啥也不缺",
        "我想要点菜……哦不用了，老伴说买回来了",
        "上回要的口罩你们送过了，这回没有啦",
        "没什么要帮忙的，您忙您的",
        "我自个儿能行，腿脚还利索",
        "没有什么特别需要的",
        "无此需求",
        "可别给我送东西了，家里堆不下",
        "我琢磨琢磨啊，没有",
        "有事我喊隔壁老王",
        "我妹妹就住楼上，缺啥她给捎",
        "前阵子想找人搬柜子，搬完了",
        "之前家里没米了，现在都有",
    ],
)
def test_what_is_had_or_taken_back_is_no_need(said: str) -> None:
    assert stated(said) == ""
    assert denies(said)


@pytest.mark.parametrize(
    "said",
    [
        "弗用麻烦", "样样都有，覅送", "无所求", "心意领了", "哪样都不短", "岂敢惊动各位", "都已备妥",
        "不差东西", "先顾困难户吧", "真到那天再麻烦你们", "姑娘日日照料，一无所需",
    ],
)  # fmt: skip
def test_a_courteous_or_dialect_no_is_no_need(said: str) -> None:
    assert denies(said)
    assert not stated(said)


@pytest.mark.parametrize("said", ["容我考虑考虑", "且慢", "让我想一想", "叫负责的来讲", "换个真人来说"])
def test_who_hesitates_or_speaks_of_the_call_tells_no_need(said: str) -> None:
    assert tells_none(said)
    assert not stated(said)


@pytest.mark.parametrize("said", ["差点摔一跤", "差不多吧", "少来这套"])
def test_little_missing_is_not_nearly(said: str) -> None:
    assert not stated(said)


def test_a_no_that_denies_itself_is_none() -> None:
    assert not denies("怎么不需要，修灯")


def test_who_cannot_say_needs_neither_something_nor_nothing() -> None:
    assert is_unknown("我不清楚，家里这些都是我老婆管")
    assert not denies("我不清楚，家里这些都是我老婆管")
    assert not is_unknown("这个我不清楚，要点口罩吧")


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("两个人，缺口罩", "口罩"),
        ("头疼，家里没止疼药了，能帮我买一盒吗？", "止疼药"),
        ("没体温计，你们给送一个呗", "体温计"),
        ("七口，想请你们送点菜，再送点米", "送点菜、送点米"),
        ("邻居去了新疆，还给我带了葡萄干", ""),
        ("帮我找个值班的人", ""),
        ("没出京，我闺女给我送菜", ""),
        ("收玉米缺人手", ""),
        ("体温计摔碎了，烦请送一支", "体温计摔碎了"),
        ("四个人，想要三盒口罩", "三盒口罩"),
        ("没出门，就差一桶油", "一桶油"),
        ("五口人，要卫生纸", "卫生纸"),
        ("鼻子堵了，求你们别问了", ""),
        ("布洛芬家里就剩两片了，麻烦给带一盒", "一盒布洛芬"),
        ("倒是我媳妇那膏药快贴完了，给捎两盒", "两盒膏药"),
    ],
)
def test_only_a_plain_request_counts_in_passing(said: str, need: str) -> None:
    assert in_passing(said) == need


@given(
    st.text("我想要买药菜没有了不用缺点口罩帮送，、？就是", min_size=1).filter(
        lambda text: text.strip("，、？")
    )
)
def test_a_wish_is_empty_only_where_all_is_denied(text: str) -> None:
    assert wish(text) or denies(text)


def test_a_wish_is_told_fast() -> None:
    texts = [f"我血压高，药快吃没了，能不能帮忙去医院拿{n}盒降压药" for n in range(100)]
    start = time.perf_counter()
    for text in texts:
        wish(text)
    assert time.perf_counter() - start < 0.3


@pytest.mark.parametrize(
    ("state", "said", "need"),
    [
        ("ask_needs", "没米了，帮忙带袋大米吧", "带袋大米"),
        ("ask_needs", "需要口照", "口罩"),
        ("ask_needs", "感冒药，楼下药店不卖给我", "感冒药"),
        ("ask_needs", "找人补房顶", "补房顶"),
        ("ask_needs", "缺大米，还有豆油", "大米、豆油"),
        ("ask_needs", "再来几斤土豆", "来几斤土豆"),
        ("ask_needs", "不用，闺女都给买好了", ""),
        ("ask_household", "就我自己，缺点口罩", "口罩"),
    ],
)
def test_words_are_kept_as_written_but_things_are_repaired(state: str, said: str, need: str) -> None:
    assert read(state, said).findings["needs"].value == need


@pytest.mark.parametrize("said", ["需要止咳药", "能给我送桶水吗", "得修水龙头，哗哗漏"])
def test_a_plain_request_is_sure_where_it_was_heard_as_told(said: str) -> None:
    assert read("ask_needs", said).findings["needs"].confidence >= SCRIPT.slots["needs"].sure


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("取个快递", "取快递"),
        ("替我挂个号", "挂号"),
        ("交一下电话费", "交电话费"),
        ("修下水道", "修下水道"),
        ("给我妈洗澡", "给我妈洗澡"),
        ("家里换个灯泡、买两个大西瓜", "换灯泡、买两个大西瓜"),
        ("陪我去趟银行", "陪我去趟银行"),
    ],
)
def test_a_need_is_told_in_short(told: str, short: str) -> None:
    assert in_short(told) == short


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("没什么要帮的，就是娃儿上网课那个网老断你们管不管", "娃儿上网课那个网老断"),
        ("没啥缺的，那谁，孩子咳嗽药你们有没有，给整一瓶也行", "一瓶咳嗽药"),
        ("布洛芬要一盒，算了布洛芬我有，要点止咳糖浆吧", "止咳糖浆"),
        ("含片来一盒，吃的我都点外卖", "含片来一盒"),
        ("能给借个轮椅不我爸得下楼做检查，算了轮椅我哥有就帮忙联系个车吧", "联系个车"),
        ("退烧药只剩一片了,不知道能否请社区的大夫上门来看一看", "退烧药、社区的大夫上门来看一看"),
        ("奶粉倒是够的就是尿不湿快用完了，小号的有没得人可以帮忙带一下", "小号尿不湿"),
        ("纸尿裤快断了，L码的，能帮忙买两包吗", "两包L码纸尿裤"),
        ("给送一包尿不湿吧，孩子的快用完了，中号，哎不对，得大号的", "送一包大号尿不湿"),
        ("菜米都有就缺个体温表，要那种电子的摔不坏的", "电子的摔不坏的体温表"),
        ("要药，退烧的，再来点止咳糖浆", "退烧药、来点止咳糖浆"),
        ("降压药快断了，就那硝苯地平你们谁有空给捎两盒来", "降压药、两盒硝苯地平"),
        ("方便面来一箱，再来点水果，算了水果不要了，就方便面", "方便面来一箱"),
        ("吃的我网上买垃圾帮我收一下门口堆了三袋了", "收垃圾"),
        ("没什么，就是想问下，口罩社区还发不发，家里快用完了，方便的话给送一包", "一包口罩"),
        ("蒙脱石散给我弄一盒，哦，出门那个，我昨儿晚上下楼倒了趟垃圾，这算出门吧", "蒙脱石散弄一盒"),
        (
            "我这边，不缺啥，就是北京家里媳妇带个孩子，你们多照应着点就行",
            "北京家里媳妇带个孩子、你们多照应着点",
        ),
        ("刚才要的东西再加一样,老年人用的隔尿垫,我晚上起不来", "老年人用的隔尿垫"),
        ("我这儿不用，就我老头不会做饭，劳驾你们过去瞅瞅他", "过去瞅瞅他"),
    ],
)
def test_what_is_asked_for_at_last_counts(said: str, need: str) -> None:
    assert wish(said) == need


@pytest.mark.parametrize(
    ("said", "is_plea"),
    [
        ("我这儿不用,就我老头不会做饭,劳驾你们过去瞅瞅他", True),
        ("没什么,麻烦你们的", False),
        ("有手有脚的,麻烦你们干啥", False),
        ("没有,就是想谢谢你们上回帮我修门", False),
    ],
)
def test_a_plea_at_last_is_no_courtesy(said: str, is_plea: bool) -> None:
    assert asks_at_last(said) is is_plea


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("我那降压药快吃完了还有家里没菜了", "降压药、菜"),
        ("降压药快没了给我开点儿去", "降压药"),
        ("能不能帮着买点儿降压药，她那药快吃完了", "买点降压药"),
        ("退烧药有的话给送一盒，儿童吃的那种", "一盒儿童退烧药"),
        ("你们能找人帮忙把饭送到门口吗", "把饭送到门口"),
        ("有，孩子奶粉快没了，另外门口垃圾好几天没人收了", "奶粉、收垃圾"),
        ("没啥事就是我那房子空着你们给留心点儿", "照看房子"),
        ("我丈母娘那儿每天得有人送饭，我俩都上班", "给我丈母娘送饭"),
        ("帮我拎两桶水上来吧，要是能再带盒退烧药就更好了", "拎两桶水上来、带盒退烧药"),
        ("家里一粒退烧药都没有，能帮忙买点吗", "买点退烧药"),
    ],
)
def test_needs_in_more_words(said: str, need: str) -> None:
    assert read("ask_needs", said).findings["needs"].value == need
