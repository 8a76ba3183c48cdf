"""What is told of others beside an answer, what is asked back instead of one, and what only seemed so."""

from __future__ import annotations

import pytest

from dialogs.language.remarks.asking_back import asks_what_counts
from dialogs.people import people
from dialogs.slots.health.others import are_of_kin
from dialogs.slots.journeys.stayed_behind import stayed_behind
from tests.answers import read, value

# --- of others ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三口，我老婆这两天有点咳嗽", 3),
        ("三口，孩子有点发烧", 3),
        ("四口，我爸这两天咳嗽", 4),
        ("我们家四口人，我妈有点咳嗽", 4),
    ],
)
def test_what_a_relative_feels_is_no_symptom_beside_another_answer(said: str, number: int) -> None:
    values = read("household_size", said).values
    assert values["household_size"] == number
    assert "symptoms" not in values


def test_what_the_resident_feels_is_one_beside_that_of_relatives() -> None:
    assert read("household_size", "四口，我爸这两天咳嗽，我也跟着发烧").values["symptoms"] == ["发热"]


@pytest.mark.parametrize(
    ("said", "is_theirs"),
    [
        ("三口,我老婆有点咳嗽", True),
        ("三口,我老婆说我咳嗽", False),
        ("三口,孩子跟我都咳嗽", False),
        ("三口,我咳嗽", False),
        ("我老公发烧,传给我了", False),
        ("三口人", False),
    ],
)
def test_whose_a_symptom_is(said: str, is_theirs: bool) -> None:
    assert are_of_kin(said, ("咳嗽", "发烧")) is is_theirs


@pytest.mark.parametrize(
    "said",
    [
        "没去没去，是我儿子上礼拜去了趟天津",
        "没有，是我老公昨天刚从上海回来",
        "我没出去，是我老公昨天刚从上海回来",
        "我没去，是我老伴上礼拜去了趟大同",
    ],
)
def test_the_journey_of_a_relative_is_none_of_the_residents(said: str) -> None:
    values = read("travel", said).values
    assert values["travel"] is False
    assert not {"travel_place", "return_date"} & values.keys()


def test_a_relative_who_came_home_is_no_journey_beside_a_number() -> None:
    said = "我儿子昨天刚从武汉放假回来，加上他四口人"
    told = read("household_size", said).values
    assert told == {"household_size": 4, "household": "我儿子昨天刚从武汉放假回来"}


def test_only_who_is_told_of_went() -> None:
    assert stayed_behind("没去,是我儿子去的")
    assert not stayed_behind("没去,是我自己不想去")
    assert not stayed_behind("去了,跟我儿子去的")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("我们五口人，老爷子在屋里躺着", 5),
        ("我们五口人，我爸腿疼", 5),
        ("我们三口，爸妈也跟我们住", 5),
        ("我们三口，爸妈", 5),
        ("她家八口，我们家才三口", 3),
        ("大哥家三口，我家四口，还有老娘，八口", 8),
        ("我家六个人跟我大哥大嫂没分家", 6),
        ("四口，不不不五口把刚满月的小孙子给忘了", 5),
    ],
)
def test_who_is_only_told_of_is_not_counted_again(said: str, number: int) -> None:
    counted = people(said)
    assert counted is not None
    assert counted.number == number


def test_what_is_left_of_an_illness_is_all_of_it() -> None:
    said = "比昨天强多了，昨天又烧又吐，今儿烧也退了，也不吐了，就剩个头疼"
    assert value("symptoms", said) == ["头痛"]
    assert value("symptoms", "跟我媳妇一比我算轻的，她上吐下泻，我就是头疼") == ["头痛"]


# --- asked back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["您是哪儿啊？查户口的？", "你们是哪儿的", "您是哪儿"])
def test_who_asks_who_is_calling_is_no_wrong_number(said: str) -> None:
    reading = read("identity", said)
    assert reading.intent != "wrong_number"
    assert "identity" not in reading.values


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("travel", "什么叫外地，昌平算不算嘛"),
        ("travel", "外地是指哪儿？河北算不算？"),
        ("contact", "什么算接触"),
        ("contact", "密接算不算"),
        ("needs", "你们都能帮什么忙啊？"),
        ("needs", "你们能帮些什么呀"),
    ],
)
def test_a_question_back_is_no_answer(question: str, said: str) -> None:
    assert question not in read(question, said).values


def test_who_answers_beside_a_question_back_has_answered() -> None:
    assert value("travel", "顺义算不算？算的话我去过，别处没有") is False
    assert not asks_what_counts("什么叫外地,我去了趟河北")


def test_what_was_meant_for_another_question_does_not_count() -> None:
    said = "不在不在，哦您说北京啊，在的在的，我还当您问在不在单位呢"
    assert value("in_beijing", said) is True
    assert value("temperature", "哦您问体温啊，三十六度五") == 36.5


# --- only seemed so -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "degrees"),
    [
        ("我还寻思得三十七度多呢结果一量三十六度五", 36.5),
        ("本来以为得三十八度，一量才三十六度八", 36.8),
        ("想着怎么也得三十七度五，结果三十六度九", 36.9),
        ("我以为三十六度五呢，一看三十七度五", 37.5),
        ("三十六度九，就差那么一丁点儿到三十七", 36.9),
        ("水银表量的三十六度四，电子的那个坏了，老显示四十二", 36.4),
        ("三十六呀，点儿后头是个七", 36.7),
    ],
)
def test_the_reading_counts_and_not_what_was_thought_before(said: str, degrees: float) -> None:
    assert value("temperature", said) == degrees


def test_to_be_taken_for_ill_is_not_to_be_ill() -> None:
    assert "symptoms" not in read("temperature", "才三十六度四，你当我发烧呢？").values
    assert value("contact", "你们以为我接触过呢") is not True


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("陕西榆林不是广西那个玉林", "陕西榆林"),
        ("出了山海关，头一个省的省会，沈阳", "辽宁沈阳"),
        ("单位让去成都，我跟小王换了，他去成都，我去的贵阳", "贵州贵阳"),
    ],
)
def test_places_that_are_only_spoken_of(said: str, place: str) -> None:
    assert value("travel_place", said) == place


def test_a_place_is_put_after_the_day() -> None:
    said = "这礼拜二回来的，对了，我去的是合肥，前面没说吧？"
    assert read("return_date", said).values["travel_place"] == "安徽合肥"


def test_where_a_visitor_came_from_is_no_place_of_the_residents() -> None:
    said = "没去外地，是外地的亲戚上我这儿来了，打武汉来的"
    assert "travel_place" not in read("travel", said).values
    assert read("travel", "昨天打武汉来的").values["travel_place"] == "湖北武汉"


def test_an_old_classmate_is_company() -> None:
    said = "陪老同学爬了趟泰山，礼拜二回来的"
    assert read("travel", said).values["travel_place"] == "山东泰安"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("礼拜四，哦不，礼拜四是走的那天，礼拜五回来的", "2026-11-20"),
        ("寻日夜晚先返到屋企", "2026-11-21"),
    ],
)
def test_the_day_of_coming_home(said: str, day: str) -> None:
    assert value("return_date", said) == day


@pytest.mark.parametrize(
    ("said", "degrees"),
    [
        ("护士先听成三十八度六，我说的是三十六度八，您可别也听岔了", 36.8),
        ("昨天跟今天一个样都是三十六度四", 36.4),
        ("水银柱停在三十七下边两小格", 36.8),
        ("水银停在三十六往上第七个小格，一小格零点一", 36.7),
        ("三十六，再往上加半度", 36.5),
        ("三十七往下扣掉零点四，您自己算吧", 36.6),
        ("比三十七高出一丁点，就零点一", 37.1),
        ("比三十七低整整一度", 36.0),
        ("昨天三十七度三把我吓一跳，今天掉回去半度，踏实了", 36.8),
        ("昨天还烧着，三十八度整，今早一量退下来一度半", 36.5),
        ("三十八度五不三十八度四", 38.4),
    ],
)
def test_a_reading_told_by_what_it_is_not(said: str, degrees: float) -> None:
    assert value("temperature", said) == degrees


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        ("symptoms", "屋子在我眼前直打转，一站起来就得扶墙", ["其他不适"]),
        ("symptoms", "擤没了一包抽纸", ["鼻塞流涕"]),
        ("needs", "衣食无忧", ""),
        ("household_size", "三口，多一口，我妈来了", 4),
        ("household_size", "一间宿舍四个上下铺，全睡满了", 8),
        ("return_date", "昨天想回没回成今儿中午才到的", "2026-11-22"),
        ("return_date", "票根上印的十八号车晚点过了半夜才到都十九号了", "2026-11-19"),
        ("return_date", "一一九消防日那天，进小区正赶上消防演习", "2026-11-09"),
        ("return_date", "消防日那天", "2026-11-09"),
        ("return_date", "记者节那天回的", "2026-11-08"),
        ("return_date", "四个一那天", "2026-11-11"),
        ("return_date", "才刚撂下行李", "2026-11-22"),
        ("identity", "那是我大名儿", "self"),
    ],
)
def test_what_has_to_be_inferred(question: str, said: str, meant: object) -> None:
    assert value(question, said) == meant


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("出了趟国，东京待了五天，十八号飞回来的", "日本东京"),
        ("我闺女念武大，我给她送被子去了", "湖北武汉"),
        ("富士山底下泡温泉去了", "日本富士山"),
        ("去了趟日本", "日本"),
    ],
)
def test_cities_abroad_and_universities(said: str, place: str) -> None:
    assert value("travel_place", said) == place


def test_a_need_takes_what_was_told_before_a_bare_deed() -> None:
    assert value("needs", "门口的垃圾堆了三天了，喊个人来收一下撒") == "门口的垃圾堆了三天、收一下撒"
    assert value("needs", "垃圾桶满了，找人收一收") == "垃圾桶满、收一收"


def test_who_wants_another_call_has_told_who_he_is() -> None:
    reading = read("identity", "是我，我正开会呢，一会儿再打")
    assert (reading.values["identity"], reading.intent) == ("self", "call_later")


@pytest.mark.parametrize("said", ["啥叫外地？", "什么叫外地？是出了小区就算，还是出了北京才算？"])
def test_what_a_word_means_is_asked_once_more(said: str) -> None:
    assert read("travel", said).intent == "repeat"


@pytest.mark.parametrize(
    ("heard", "place"),
    [
        ("承德湖南的", "湖南常德"),
        ("湖南承德", "湖南常德"),
        ("苏州，湖南的", "湖南株洲"),
        ("江苏的宿州", "江苏苏州"),
        ("承德，河北的", "河北承德"),
        ("没去成太原半道儿改主意在大同下的车就在大同玩儿的", "山西大同"),
    ],
)
def test_a_city_is_in_the_province_that_it_is_told_to_be_in(heard: str, place: str) -> None:
    assert value("travel_place", heard) == place


def test_what_a_relative_feels_needs_no_punctuation() -> None:
    told = read("household_size", "三口我老婆这两天有点咳嗽").values
    assert told == {"household_size": 3, "household": "我老婆这两天有点咳嗽"}
    assert value("household_size", "五口儿子儿媳妇孙子加上我们老两个") == 5


@pytest.mark.parametrize(
    ("said", "degrees"),
    [
        ("去年发烧三十九度，今天三十六度二", 36.2),
        ("上个月发烧那回三十九度今儿个就三十六度二", 36.2),
        ("人家说过了三十八度五才吃药我这才三十七度四", 37.4),
        ("拿出来看，哟，三十六度九，再多一格就三十七", 36.9),
        ("三十九，再加半度", 39.5),
    ],
)
def test_a_fever_of_another_time_or_that_is_not_reached_is_none(said: str, degrees: float) -> None:
    assert value("temperature", said) == degrees


@pytest.mark.parametrize("said", ["找张三啥事儿？", "你找谁啊？", "你从哪儿弄来的这号码？"])
def test_who_wonders_about_the_call_is_neither_resident_nor_stranger(said: str) -> None:
    reading = read("identity", said)
    assert "identity" not in reading.values
    assert reading.intent != "wrong_number"


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        ("in_beijing", "人在北京，心早飞回哈尔滨了", True),
        ("in_beijing", "人在成都，心还在北京", False),
        ("in_beijing", "这边才早上六点，跟你们差着八个钟头呢", False),
        ("in_beijing", "在啊，不在，啥？哦，北京啊，在在在，我听成南京了", True),
        ("travel", "我倒是没去我们家那口子去了趟大同", False),
        ("travel_place", "家里都以为我去的青岛，其实我去的是烟台", "山东烟台"),
        ("travel_place", "我妹嫁到兰州了我去给她带了几天孩子", "甘肃兰州"),
        ("household_size", "三代人，每代两个，刚好", 6),
        ("needs", "暖气片摸着冰手，找个师傅给看看", "暖气片摸着冰手、找个师傅给看看"),
        ("needs", "灯管儿憋了，我八十多了，来个小伙子给换换", "灯管儿憋、来个小伙子给换换"),
    ],
)
def test_where_the_heart_is_and_what_is_broken(question: str, said: str, meant: object) -> None:
    assert value(question, said) == meant


def test_a_need_without_words_is_asked_again_rather_than_recorded_as_none() -> None:
    assert value("needs", "盐一袋酱油一瓶醋不要醋还有") != ""


@pytest.mark.parametrize(
    ("said", "felt"),
    [
        ("发烧了，你说烦不烦啊，昨晚没睡好", "发热"),
        ("咳嗽好几天了哦，你说怎么办啊，药也没了", "咳嗽"),
        ("嗓子疼，你说这天气啊，真没法过", "咽痛"),
    ],
)
def test_a_sigh_takes_nothing_back(said: str, felt: str) -> None:
    assert felt in read("symptoms", said).values["symptoms"]  # type: ignore[operator]
