"""Days and places as residents say them, among other words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.entities.dates import dates
from dialogs.entities.places import CITIES_WITH_PROVINCE, PLACES, Place, full_name, places
from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.understanding.single_answer import ReadAnswer, read_answer

TODAY = date(2026, 11, 22)  # a Sunday, the last day of its week
SCRIPT = load_script("health_survey")


def read(question: str, words: str) -> ReadAnswer:
    return read_answer(SCRIPT, question, words, TODAY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("大大前天", "11-18"),
        ("立冬那天", "11-07"),
        ("霜降前一天", "10-22"),
        ("幺六号", "11-16"),
        ("十四呗", "11-14"),
        ("昨上午到的", "11-21"),
        ("夜儿个到的家", "11-21"),
        ("上礼拜三", "11-11"),
        ("上上个礼拜天", "11-08"),
        ("上个礼拜去的，礼拜五回的", "11-13"),
        ("上周末，星期六那天", "11-14"),
        ("十一号，周三那天", "11-11"),
        ("廿三号到的", "10-23"),
        ("一个半月前", "10-08"),
        ("我二十回的", "11-20"),
        ("到今天正好十天", "11-12"),
        ("回来整一个礼拜了", "11-15"),
        ("过了一个礼拜又一天了", "11-14"),
        ("刚下火车", "11-22"),
    ],
)
def test_day_of_return_is_reckoned(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("十号走的，第二天就回来了", "11-11"),
        ("双十一第二天", "11-12"),
        ("昨天的前一天", "11-20"),
        ("双十一前三天", "11-08"),
        ("立冬过后一个礼拜", "11-14"),
        ("比双十一晚三天", "11-14"),
        ("今天是回来的第四天", "11-19"),
        ("回来第六天了", "11-17"),
        ("十号去的，回来第二天就上班了，十五号回的", "11-15"),
        ("周三后头那天", "11-19"),
        ("双十一之后第四天", "11-15"),
        ("十二号头里两天", "11-10"),
        ("昨天再往前两天", "11-19"),
        ("十八号之前三天都在外头，十八号回的", "11-18"),
        ("上礼拜一上的班，头天回的", "11-08"),
        ("十三号，第二天就上班了", "11-13"),
        ("十六号去十八号回", "11-18"),
        ("昨儿去的，下午就回来了", "11-21"),
    ],
)
def test_day_may_be_told_by_the_one_beside_it(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("本来定的十五号，没买着票，十六号回的", "11-16"),
        ("十八号，本来十五号要回", "11-18"),
        ("我儿子十二号先回的，我十六号才到家", "11-16"),
        ("周日，不是今天，是上周日", "11-15"),
        ("昨天到的，今天早起量的三十六度六", "11-21"),
        ("去了三天，十七号回的", "11-17"),
        ("十二号，为了三十号考试赶回来的", "11-12"),
        ("坐五号线回来的，十八号", "11-18"),
        ("昨天，我爸下礼拜三才回", "11-21"),
    ],
)
def test_day_of_something_else_is_not_that_of_the_return(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("十号，啊，十一号", "11-11"),
        ("昨天，嗐，老糊涂了，是前天", "11-20"),
        ("十五号，口误，十六号", "11-16"),
        ("周四，呃说岔了，周五", "11-20"),
        ("并非昨天，是前天", "11-20"),
        ("勿是上周三，是这周三", "11-18"),
        ("十四还是十五呢，哦票上印的十四", "11-14"),
        ("原说推到周五，周三就到家了", "11-18"),
        ("礼拜四，哎不，礼拜五", "11-20"),
        ("上周五……不，这周五", "11-20"),
        ("周二，不是这周，是上周二", "11-10"),
        ("礼拜天，上礼拜那个", "11-15"),
        ("十六还是十七，哦，十六号", "11-16"),
        ("十六号往回开，十七号到的", "11-17"),
        ("十五号半夜的飞机，落地都十六号一点了", "11-16"),
        ("昨天说是回来，今天才到", "11-22"),
        ("孩子他爸先回，十五号；我晚两天，十七号", "11-17"),
        ("我生日是十七号，回来是我生日第二天", "11-18"),
        ("演出完第二天，演出是十二号，所以十三", "11-13"),
        ("阳历十七", "11-17"),
    ],
)
def test_day_of_return_is_told_from_those_beside_it(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天二十二号，往前数五天，十七号", "11-17"),
        ("今天礼拜天，往前推三天，礼拜四", "11-19"),
        ("今天二十二，减去三，十九号", "11-19"),
        ("我儿子十五号到家，我比他早一天，十四号", "11-14"),
        ("他们十一号回，我比他们晚三天，十四号", "11-14"),
        ("回北京五天了", "11-17"),
        ("到北京都六天了", "11-16"),
        ("回到家一个礼拜了", "11-15"),
        ("十五号，发工资第二天", "11-15"),
        ("十一月十二号，双十一第二天", "11-12"),
        ("上周五，我闺女婚礼第二天", "11-13"),
        ("会是十号开，十四号结束，完了就回来了", "11-14"),
        ("船票是八号出，十二号到", "11-12"),
        ("十号回去办手续，十二号回来的", "11-12"),
        ("十四，礼拜六", "11-14"),
        ("买的十五号的票，没走成，改十六号了", "11-16"),
        ("头一趟八号，第二趟十八号", "11-18"),
    ],
)
def test_day_that_is_reckoned_aloud_or_explained(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"
    assert read("return_date", words).confidence["return_date"] >= SURE


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("有五天了", "11-17"),
        ("今儿正好六天", "11-16"),
        ("整一个礼拜了，一天也不差", "11-15"),
        ("往前数四天", "11-18"),
        ("进门才半个钟头", "11-22"),
        ("刚回来一会儿", "11-22"),
        ("半个月了。", "11-07"),
        ("俩礼拜整", "11-08"),
        ("我算算，有八天了", "11-14"),
        ("四天了，您算算", "11-18"),
        ("整整一个礼拜了", "11-15"),
        ("二十一号，离今天才一天", "11-21"),
        ("十七号，离今天都五天了", "11-17"),
        ("距今天三天", "11-19"),
        ("十七号半夜，到家都十八号了，算十八号吧", "11-18"),
        ("周二夜里，准确说是周三凌晨，算十八号", "11-18"),
        ("十六号夜里十二点多，就算十七号吧", "11-17"),
        ("礼拜一晚上，确切地讲是礼拜二一点", "11-17"),
        ("昨个儿吃了晌午饭动身，天擦黑就到家咧", "11-21"),
        ("十六号走的，后晌就到家了", "11-16"),
        ("前天一早出发，天没黑就回来了", "11-20"),
        ("不是这个周五，是上一个", "11-13"),
        ("不是上周五，是上上个", "11-06"),
        ("前个礼拜四", "11-12"),
        ("十五号的船停运，十六号才进的京", "11-16"),
        ("我老伴说是十二号", "11-12"),
        ("谁说昨天了，前天", "11-20"),
        ("立冬过后去的，周二回来的", "11-17"),
    ],
)
def test_day_told_by_its_distance_or_settled_at_last(words: str, day: str) -> None:
    assert read("return_date", words).values["return_date"] == f"2026-{day}"
    assert read("return_date", words).confidence["return_date"] >= SURE


@pytest.mark.parametrize(
    "words",
    [
        "快一个礼拜了",
        "有四五天了",
        "三天了，还咳嗽呢",
        "五天了，在那儿住的",
        "今儿是礼拜几来着？",
        "今天几号来着",
        "他十八号，我比他晚几天",
        "我爱人十六号回，我比她早几天",
        "回家三天",
        "今天二十二，往前倒几天",
        "不是周四就是周五",
        "今天是第四天",
        "孩子周一上学，我周日赶回来的",
        "今晚回",
    ],
)
def test_day_that_is_left_to_be_reckoned_is_asked_again(words: str) -> None:
    assert read("return_date", words).confidence.get("return_date", 0.0) < SURE


@pytest.mark.parametrize(
    "words",
    ["哪一日我不记得了", "十号以后的事", "住了十天", "十五六号", "下礼拜三才回", "明天回", "黑色星期五"],
)
def test_what_tells_no_day_is_no_day(words: str) -> None:
    assert read("return_date", words).values.get("return_date") is None


@pytest.mark.parametrize("words", ["我昨天还挺好的", "今天早上吐了两回", "昨天你们也打过"])
def test_day_in_passing_is_no_return(words: str) -> None:
    assert "return_date" not in read("symptoms", words).values


@pytest.mark.parametrize(
    ("words", "day"),
    [("去了绵阳，昨天拢的屋", "11-21"), ("去过，前天自西安归来", "11-20"), ("去了趟太原，昨晚落屋", "11-21")],
)
def test_return_is_told_in_passing_in_other_words(words: str, day: str) -> None:
    assert read("travel", words).values["return_date"] == f"2026-{day}"


def test_two_days_of_return_are_asked_again() -> None:
    assert read("return_date", "六号吧，要不就七号").confidence["return_date"] < SURE


@given(st.integers(1, 22), st.sampled_from(["去的", "走的", "出发的"]), st.integers(0, 21))
def test_day_of_return_is_told_from_the_departure(gone: int, verb: str, later: int) -> None:
    back = min(22, gone + later)
    answer = read("return_date", f"{gone}号{verb}，{back}号回来的")
    assert answer.values["return_date"] == f"2026-11-{back:02d}"


@given(st.text(alphabet="上下这本周末礼拜一三五六天日号前后回到去第二当头的今昨,", max_size=14))
def test_no_run_of_day_words_names_the_future(words: str) -> None:
    beyond = [said for said in dates(words, TODAY) if (said.day - TODAY).days > 1]
    assert not beyond or "第二天" in words


# --- places ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("涿州", "河北保定"),
        ("九寨沟", "四川阿坝"),
        ("雄安", "河北雄安"),
        ("石市", "河北石家庄"),
        ("浙江义乌", "浙江金华"),
        ("辽宁，朝阳", "辽宁朝阳"),
        ("离石家庄不远的正定", "河北石家庄"),
        ("恩施", "湖北恩施"),
        ("上海浦东", "上海"),
        ("台湾高雄", "台湾高雄"),
        ("去日本旅游", "日本"),
        ("在南京路逛了逛，上海嘛", "上海"),
        ("安徽省会", "安徽合肥"),
    ],
)
def test_place_is_written_as_province_and_city(words: str, place: str) -> None:
    assert read("travel_place", words).values["travel_place"] == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("我没去西安，去的咸阳", "陕西咸阳"),
        ("福建，厦门没去，去的泉州", "福建泉州"),
        ("怎么会是武汉，是宜昌", "湖北宜昌"),
        ("说是去云南，其实没出昆明", "云南昆明"),
        ("大连，不对，大连是上回，这回是丹东", "辽宁丹东"),
        ("不是天津，我老公去的天津，我去的是唐山", "河北唐山"),
        ("镇江，就在南京边上", "江苏镇江"),
        ("我闺女嫁到常州了，我去看她", "江苏常州"),
        ("老家是四川，可这回去的云南", "云南"),
        ("去的湖北，老家在孝感", "湖北孝感"),
        ("我儿子在深圳，我去的是东莞", "广东东莞"),
        ("邢台，在石家庄倒的车", "河北邢台"),
        ("天津是路过，到的沧州", "河北沧州"),
        ("新乡，就在郑州北边", "河南新乡"),
        ("丹东，跟朝鲜隔条江那个", "辽宁丹东"),
        ("衡阳还是衡水来着，哦，衡水", "河北衡水"),
        ("安徽的宿州，别写成苏州", "安徽宿州"),
        ("台州，台湾的台，浙江的", "浙江台州"),
        ("不在山东，在山西，运城", "山西运城"),
        ("去了趟山西西安看兵马俑", "陕西西安"),
        ("陕西太原", "山西太原"),
        ("山西太原和陕西西安", "山西太原陕西西安"),
        ("石家庄，不对，那是上回，这回是保定", "河北保定"),
        ("说是去武汉，车坏半道了，只到了郑州", "河南郑州"),
        ("除了宁波没去别的地方", "浙江宁波"),
        ("山东我是没去，山西我倒去了", "山西"),
    ],
)
def test_place_that_was_not_visited_is_left_out(words: str, place: str) -> None:
    assert read("travel_place", words).values["travel_place"] == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("先飞到昆明，再坐火车去的大理", "云南大理"),
        ("高铁坐到长沙，又转大巴去的邵阳", "湖南邵阳"),
        ("坐到郑州东，再包车去的周口", "河南周口"),
        ("在徐州换车，到的是宿迁", "江苏宿迁"),
        ("在德州换乘，去的是滨州", "山东滨州"),
        ("三亚，飞机在广州转了一下", "海南三亚"),
        ("武汉，在信阳停了一会儿", "湖北武汉"),
        ("重庆，是从重庆转的，最后去的遵义", "贵州遵义"),
        ("经杭州去的黄山", "安徽黄山"),
        ("绕道石家庄去的太原", "山西太原"),
        ("单位总部在深圳，我去的是惠州", "广东惠州"),
        ("我们厂子在苏州，让我去的南通", "江苏南通"),
        ("飞到成都，玩了两天，再坐车到的乐山", "四川成都乐山"),
        ("先到的西安，又去的延安", "陕西西安延安"),
        ("贵州转了一圈", "贵州"),
        ("去的郑州，在那儿转车去的洛阳", "河南洛阳"),
        ("去淮安，在南京南站下的车", "江苏淮安"),
        ("从老家湖南回来的", "湖南"),
        ("飞机备降太原，第二天才到的银川", "宁夏银川"),
        ("中途在洛阳吃了顿饭，去的西安", "陕西西安"),
        ("从石家庄走的高速，去的阳泉", "山西阳泉"),
        ("我是贵州人，去的云南", "云南"),
        ("老家安徽，这次去的江西", "江西"),
        ("四川，成都边上的德阳", "四川德阳"),
    ],
)
def test_place_on_the_way_is_no_place_of_the_journey(words: str, place: str) -> None:
    assert read("travel_place", words).values["travel_place"] == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("洛阳，哎呀，开封，我说秃噜嘴了", "河南开封"),
        ("大同，哦，运城，嘴瓢了", "山西运城"),
        ("绍兴，嗐，嘉兴", "浙江嘉兴"),
        ("山东……呸，河北，沧州", "河北沧州"),
        ("安庆根本没停，开到黄山才下车", "安徽黄山"),
        ("我妈的坟在信阳", "河南信阳"),
        ("老婆在无锡，给她送衣服去了", "江苏无锡"),
        ("婆婆娘家是长治，陪她回去", "山西长治"),
        ("宜昌，宜宾，我弄混了，是宜昌", "湖北宜昌"),
        ("湖南，哦，长沙", "湖南长沙"),
        ("河北，哦，还有天津", "河北天津"),
        ("浙江台州，和江苏泰州读音差不多", "浙江台州"),
        ("湖北鄂州，跟河南郑州听着像", "湖北鄂州"),
        ("甘肃金昌，跟江西南昌就差一个字，写着像", "甘肃金昌"),
    ],
)
def test_place_that_puts_right_the_one_before_it(words: str, place: str) -> None:
    assert read("travel_place", words).values["travel_place"] == place


def test_place_that_comes_to_mind_after_another_is_asked_again() -> None:
    assert read("travel_place", "洛阳，哦，开封").confidence["travel_place"] < SURE


@pytest.mark.parametrize(
    "words",
    [
        "本来要去上海的，票都退了",
        "国庆去过青岛，之后就没出去了",
        "八月份带孩子去过三亚",
        "同事去的武汉，我没轮上",
        "在通州的上海菜馆吃了顿饭",
        "密云水库那边钓鱼去了",
        "去天津？那是我老伴，我可没去",
        "正给孩子喂奶，过半个钟头再打来",
    ],
)
def test_place_without_a_journey_is_none(words: str) -> None:
    assert "travel_place" not in read("travel", words).values


@pytest.mark.parametrize(
    "words",
    ["西安饭庄", "武汉热干面", "河北大街", "坐海南航空", "今天全家都好", "都安排好了", "家里花都旱死了"],
)
def test_name_in_another_name_is_no_place(words: str) -> None:
    assert [said.place for said in places(words)] == []


@pytest.mark.parametrize(
    "words", ["昨天打长春回来的", "前天刚从长春转来", "去长春开会，昨天回来的", "昨天，从长春"]
)
def test_journey_is_told_in_passing(words: str) -> None:
    assert read("return_date", words).values["travel_place"] == "吉林长春"


@given(st.sampled_from(CITIES_WITH_PROVINCE))
def test_every_city_is_read_back_with_its_province(name: str) -> None:
    assert full_name([said.place for said in places(name)]) == name


@given(st.sampled_from(PLACES))
def test_every_name_stands_for_one_place(name: str) -> None:
    assert [(said.start, said.end) for said in places(name)] == [(0, len(name))]


def test_places_of_one_province_are_written_together() -> None:
    named = [Place("江苏", "南京"), Place("上海"), Place("江苏", "苏州")]
    assert full_name(named) == "江苏南京苏州上海"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("不是去石家庄，是去张家口，给人盖房", "河北张家口"),
        ("不是到上海，到的是苏州", "江苏苏州"),
        ("我不是从天津回来，是从唐山回来的", "河北唐山"),
        ("不是回四川，是回重庆", "重庆"),
        ("我不是去石家庄了嘛", "河北石家庄"),
        ("可不是去石家庄嘛", "河北石家庄"),
        ("不是去石家庄出差，是去旅游", "河北石家庄"),
    ],
)
@pytest.mark.parametrize("question", ["travel", "travel_place"])
def test_place_that_another_is_put_in_the_stead_of_is_none(question: str, words: str, place: str) -> None:
    assert read(question, words).values["travel_place"] == place


@pytest.mark.parametrize("words", ["我在京城呢", "人在京城", "我在首都呢", "我在首都机场呢"])
def test_other_names_of_beijing_are_beijing(words: str) -> None:
    assert read("in_beijing", words).values == {"in_beijing": True}


def test_an_airport_is_no_town_that_sounds_like_it() -> None:
    assert "travel_place" not in read("travel", "去了趟首都机场").values
