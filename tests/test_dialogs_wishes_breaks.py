"""Needs told without commas, as recognisers write them, and with commas at wrong places."""

from __future__ import annotations

import time

import pytest

from dialogs.slots.wishes import denies, in_passing, stated


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("别的用不着缺本大字的书", "大字的书"),
        ("别的免了有体温计给一支", "体温计给一支"),
        ("其他免了给卷保鲜膜", "卷保鲜膜"),
        ("旁的都成炉灰没人掏", "掏炉灰"),
        ("别的有闺女单单快递没人取", "取快递"),
        ("别的先放放帮我抬个煤气罐", "抬个煤气罐"),
        ("不用别个帮我买点盐", "买点盐"),
        ("什么都甭送纱布来一卷就成", "纱布来一卷"),
        ("啥都有尿垫子没了", "尿垫子"),
        ("没啥要不给俺孙子弄点作业本吧", "弄点作业本"),
        ("没啥要的对了给来一包棉签", "来一包棉签"),
    ],
)
def test_what_is_needed_stands_behind_that_the_rest_is_not(said: str, need: str) -> None:
    assert need in stated(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("牙膏多的不要", "牙膏"),
        ("大葱两根别的甭管", "大葱两根"),
        ("馒头没别的了", "馒头"),
        ("抽纸其他免", "抽纸"),
        ("垃圾袋别的家里有", "垃圾袋"),
        ("豆腐捎两块别的菜不要", "豆腐捎两块"),
        ("买菜得有人帮别的我都能自己来", "买菜得有人帮"),
        ("就差个老花镜旁的不要", "老花镜"),
    ],
)
def test_what_is_needed_stands_before_that_the_rest_is_not(said: str, need: str) -> None:
    assert need in stated(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("不要吃的要点消毒液", "消毒液"),
        ("不要米不要面就要把剪子", "剪子"),
        ("别送菜送两包烟丝", "烟丝"),
        ("不缺吃不缺穿就盼人来修空调", "修空调"),
        ("不是要人来是要个血压计", "血压计"),
        ("不要苹果了牙咬不动给香蕉吧", "香蕉"),
        ("不用买菜能帮着买药就行", "买药"),
        ("吃的不愁就愁没人陪我看病", "陪我看病"),
        ("米面够了光缺瓶油", "瓶油"),
        ("昨天说啥也不缺今天盐没了带袋盐", "带袋盐"),
    ],
)
def test_another_thing_is_needed_than_the_one_that_is_refused(said: str, need: str) -> None:
    assert need in stated(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("桶装水搁门口就行", "桶装水"),
        ("退烧药跑了两家没买到", "退烧药"),
        ("奶粉楼下超市没有卖的", "奶粉"),
        ("口罩手套各要一点", "口罩手套"),
        ("交一下燃气费我不会弄", "交一下燃气费"),
        ("帮我买点药我腿脚不好", "买点药"),
        ("燃气费可否代缴我没有网银", "代缴燃气费"),
        ("哮喘喷雾快空了给想想办法", "哮喘喷雾"),
        ("要什么我要袋面粉", "面粉"),
        ("不用不用哎对娃的湿巾没了", "湿巾"),
        ("不必了等一下鸡蛋没了", "鸡蛋"),
        ("走不动给我送袋米", "送袋米"),
        ("油还有鸡蛋", "油、鸡蛋"),
    ],
)
def test_a_need_ends_where_something_is_told_of_it(said: str, need: str) -> None:
    assert need in stated(said)


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("消毒液,不要酒精要", "酒精"),
        ("蔬菜,别送水果可以送点", "水果可以送点"),
        ("别的,用不着缺本书", "本书"),
        ("马桶堵了,没人通", "通马桶"),
        ("送上门的干嘛,不要来箱方便面", "来箱方便面"),
        ("刚说要拖鞋算了,不要改要一床棉被", "一床棉被"),
        ("牛奶,每天都有人送", ""),
        ("用不着,给我送菜", ""),
    ],
)
def test_a_comma_at_a_wrong_place_does_no_harm(said: str, need: str) -> None:
    assert stated(said) == need


@pytest.mark.parametrize(
    "said",
    [
        "别的没有要买的",
        "别的不用你们买菜",
        "别的有闺女买菜",
        "旁的没有需要送的",
        "不用给我送菜",
        "不要人来送菜",
        "不缺人送饭",
        "什么都不用帮我买",
        "没什么要你们送",
        "不要菜不要肉",
        "不用送菜也不用送药",
        "缺什么儿子买什么",
        "要什么有什么",
        "油还有半桶米也够",
        "我的药还有大半瓶不用开",
        "冰箱塞满了还用得着买菜吗",
        "搭把手免啦",
        "吃的不愁穿的也不愁",
    ],
)
def test_a_denial_stays_whole(said: str) -> None:
    assert denies(said)
    assert stated(said) == ""


@pytest.mark.parametrize(
    ("said", "need"), [("是本人缺降糖药烦请代购", "降糖药"), ("两口人别的不缺", ""), ("没发烧不要紧", "")]
)
def test_it_is_the_same_beside_another_answer(said: str, need: str) -> None:
    assert in_passing(said) == need


def test_a_long_answer_without_breaks_is_taken_apart_fast() -> None:
    start = time.perf_counter()
    for number in range(20):
        stated(f"{number}不要米不要面别的免了就要点盐啥都有" * 6)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("said", "need"),
    [
        ("对那啥我刚想了想还是给整点退烧药吧", "整点退烧药"),
        ("我屋里还有半袋米就是没有青菜了搞点青菜来再带一提卫生纸", "搞点青菜、带一提卫生纸"),
        ("药,家里有,就是垃圾堆了好几天了,能不能来个人收一下", "垃圾堆了好几天、收一下"),
        ("叫个小伙子来帮我接两桶水,提到三楼来,行不", "叫个小伙子来帮我接两桶水、提到三楼"),
        ("煤气罐空啦,我儿子腰不好,谁能给换一个就好喽", "煤气罐、换一个"),
        ("能不能给弄点酒精消毒液嘛,超市头都抢光了", "弄点酒精消毒液"),
        ("妈说想要点青菜土豆还有孩子奶粉剩个底了", "青菜土豆、奶粉"),
        ("家里退烧药吃完了你们能买到不药店都关门了", "退烧药"),
        ("嗯家里盐快没了再给捎两包挂面得嘛", "盐、捎两包挂面"),
        ("快递都堆楼下了,能不能帮我送上来", "快递都堆楼下、送上来"),
        ("嗯就这样你们赶紧派人来看看", "派人来看看"),
        ("我不敢出门有退烧药给捎点呗", "退烧药"),
        ("口罩用完了,老婆子,还要啥?她说再来点酒精", "口罩、来点酒精"),
        ("送两箱矿泉水吗?哎,一箱就够了,家里还有半桶呢", "送一箱矿泉水"),
    ],
)
def test_what_is_wanted_in_the_end(said: str, need: str) -> None:
    assert stated(said) == need
