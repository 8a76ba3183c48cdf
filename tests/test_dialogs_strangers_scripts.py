"""Scripts that administrators wrote from the manual alone (``benchmarks/strangers``), and what residents
would say to their questions. What is read here needs no model of meanings."""

from __future__ import annotations

import pytest

from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer
from tests.strangers_scripts import ASK_AGAIN, TODAY, script, taken

UNKNOWN = None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("去年十一月二十号在社区医院打的", "2025-11-20"),
        ("二零二三年一月八号", "2023-01-08"),
        ("二三年五月四号，青年节那天打的", "2023-05-04"),
        ("十二月一号吧，去年的", "2025-12-01"),
        ("今年三月六号", "2026-03-06"),
        ("2022年12月20日", "2022-12-20"),
        ("去年国庆那天", "2025-10-01"),
        ("国庆节前一天打的", "2026-09-30"),
        ("十月二十六不对是二十八", "2026-10-28"),
        ("上个月二十来号", ASK_AGAIN),
    ],
)
def test_day_gone_by_is_told_with_its_year_or_put_right(words: str, day: str) -> None:
    assert taken("vaccination_survey", "last_date", words) == day


@pytest.mark.parametrize(
    ("question", "words", "day"),
    [
        ("leave_date", "一月三十号，孩子二十九号放假", "2027-01-30"),
        ("leave_date", "一月二十几号吧，等单位通知", ASK_AGAIN),
        ("leave_date", "腊月二十六", "2027-02-02"),
        ("leave_date", "初六", ASK_AGAIN),
        ("back_date", "二月十五或者十六", ASK_AGAIN),
        ("back_date", "二月九号或十号还没买票", ASK_AGAIN),
        ("back_date", "二月十号，哦不，十一号", "2027-02-11"),
        ("back_date", "三月一号才开学，我二月二十六回来", "2027-02-26"),
    ],
)
def test_day_to_come_is_the_one_that_was_asked_for(question: str, words: str, day: str) -> None:
    assert taken("spring_festival", question, words) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("我这礼拜都出差，下周一回来，下周二可以", "2026-12-08"),
        ("周二，哦周二孩子打针，周五吧", "2026-12-04"),
        ("周三周四都可以", ASK_AGAIN),
        ("月底我才回来", ASK_AGAIN),
        ("钥匙放物业了你们跟物业拿", ASK_AGAIN),
    ],
)
def test_day_that_suits_is_told_from_what_is_done_on_others(words: str, day: str) -> None:
    assert taken("heating_gas", "visit_day", words) == day


@pytest.mark.parametrize(
    ("name", "question", "words", "number"),
    [
        ("vaccination_survey", "doses", "一针没打", 0),
        ("vaccination_survey", "doses", "老伴打了三针，我身体不好，一针也没打", 0),
        ("vaccination_survey", "doses", "头两针加一个加强针", 3),
        ("vaccination_survey", "doses", "二一年打了两针，二二年又打了一针", 3),
        ("vaccination_survey", "doses", "三针，最后一针是前年冬天打的", 3),
        ("vaccination_survey", "doses", "我呀我就打过一回后来发烧就没敢再打", 1),
        ("elder_care", "meals", "早上一顿晚上一顿中午不吃", 2),
        ("elder_care", "meals", "一日三餐，一顿不落", 3),
        ("elder_care", "meals", "跟大家一样呗", ASK_AGAIN),
        ("heating_gas", "room_temperature", "去年二十二今年才十八", 18),
        ("heating_gas", "room_temperature", "早上十五度现在十九度", 19),
        ("heating_gas", "room_temperature", "二十来度吧", 20),
        ("spring_festival", "people", "五口人走两个", 2),
        ("spring_festival", "people", "我自己回，老婆在这儿看店", 1),
        ("spring_festival", "people", "我带孙子孙女回，儿子他们晚两天", 3),
    ],
)
def test_numbers_are_added_denied_and_told_from_those_of_others(
    name: str, question: str, words: str, number: int
) -> None:
    assert taken(name, question, words) == number


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("钥匙给物业了", "钥匙给物业了"),
        ("嗯，我小姨子隔两天来一趟。", "我小姨子隔两天来一趟"),
        ("对门老李帮忙瞅着", "对门老李帮忙瞅着"),
        ("没人看锁上门就走", ""),
        ("还没找着人呢", UNKNOWN),
        ("你们社区能不能帮着看看", ASK_AGAIN),
    ],
)
def test_words_are_the_answer_where_no_need_is_asked_for(words: str, told: str) -> None:
    assert taken("spring_festival", "watcher", words) == told


def test_name_of_a_value_is_a_word_for_it() -> None:
    assert taken("elder_care", "medicine", "药没了") == "药没了"
    assert taken("spring_festival", "going", "去别处") == "去别处"


@pytest.mark.parametrize(
    "words", ["睡得挺好的，就是楼上老吵，吵到十一二点", "你这闺女说话真好听啊，睡得挺好"]
)
def test_list_counts_at_another_question_only_by_words_that_are_meant_to(words: str) -> None:
    assert taken("elder_care", "sleep", words, slot="carer") == ASK_AGAIN


def test_question_about_the_last_days_need_not_be_about_journeys() -> None:
    assert not script("elder_care").slots["fall"].is_journey
    assert load_script("health_survey").slots["travel"].is_journey
    assert load_script("home_observation").slots["went_out"].is_journey


@pytest.mark.parametrize(
    ("name", "question", "words", "number"),
    [
        ("canteen_signup", "days", "一三五去就行了", 3),
        ("canteen_signup", "days", "除了星期天都去", 6),
        ("canteen_signup", "days", "星期一不去 别的日子都去", 6),
        ("canteen_signup", "days", "每天中午都去", 7),
        ("canteen_signup", "days", "隔一天吃一顿", ASK_AGAIN),
        ("rehab_needs", "times", "以前天天练 现在一个星期就一次", 1),
        ("rehab_needs", "times", "早晚各一次 每天都做", 14),
        ("rehab_needs", "times", "一天三次 每次十分钟", ASK_AGAIN),
        ("rehab_needs", "since", "九八年", 1998),
        ("rehab_needs", "since", "三年前", 2023),
        ("rehab_needs", "since", "一五年出的车祸 一六年开始做的", 2016),
        ("rehab_needs", "age", "我五八年的", 68),
        ("rehab_needs", "age", "过了年就七十", ASK_AGAIN),
        ("rehab_needs", "minutes", "一个半小时", 90),
        ("rehab_needs", "minutes", "一刻钟", 15),
        ("tenant_register", "months", "两年零三个月", 27),
        ("tenant_register", "months", "去年三月搬来的", ASK_AGAIN),
        ("tenant_register", "rent", "押一付三一个月两千五", 2500),
        ("tenant_register", "rent", "四千五 水电另算", 4500),
        ("tenant_register", "rent", "一年三万六", ASK_AGAIN),
        ("rainstorm_damage", "loss", "冰箱三千洗衣机两千一共五千", 5000),
        ("rainstorm_damage", "depth", "最深的时候四十厘米现在退了就剩十厘米", 40),
        ("rainstorm_damage", "depth", "一米多", ASK_AGAIN),
    ],
)
def test_numbers_are_told_in_other_words(name: str, question: str, words: str, number: float) -> None:
    assert taken(name, question, words) == number


@pytest.mark.parametrize(
    ("words", "day"), [("二零二八年五月六号", "2028-05-06"), ("续到后年五月二十号", "2028-05-20")]
)
def test_year_to_come_is_told(words: str, day: str) -> None:
    assert taken("tenant_register", "lease_end", words) == day


def test_two_days_of_one_answer_tell_two_questions() -> None:
    assert taken("spring_festival", "leave_date", "二月三号走，十二号回来") == "2027-02-03"
    assert taken("spring_festival", "leave_date", "二月三号走，十二号回来", slot="back_date") == "2027-02-12"


def test_suggestion_is_kept_whole_and_what_stands_behind_nothing_much() -> None:
    assert taken("tenant_register", "improve", "没啥，就是暖气不太热") == "暖气不太热"
    whole = "快递柜放西门太远，能不能挪到中间"
    assert taken("tenant_register", "improve", whole).replace(",", "，") == whole


def test_what_is_waited_for_or_brought_is_no_wish_about_the_call() -> None:
    read = read_answer(script("vaccination_survey"), "willing", "等我感冒好了再说", TODAY)
    assert read.intent == ""
    assert read_answer(script("vaccination_survey"), "willing", "可以啊，要带什么吗", TODAY).intent == ""
