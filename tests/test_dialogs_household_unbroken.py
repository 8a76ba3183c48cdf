"""Who lives together, in answers that come without punctuation, as recognisers write them."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.people import is_put_right, people
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)


def household(words: str, question: str = "household_size") -> object:
    answer = read_answer(SCRIPT, question, words, TODAY)
    is_sure = answer.confidence.get("household_size", 0.0) >= SURE
    return answer.values.get("household_size") if is_sure else "ask"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我爷我奶我仨", 3),
        ("我哥我嫂我仨", 3),
        ("爷奶爹娘我五个", 5),
        ("妈妈和我两个", 2),
        ("爸妈和我三口", 3),
        ("公公婆婆老公和我四口", 4),
        ("闺女女婿陪我三个人", 3),
        ("就我和室友两个女生", 2),
        ("我和我哥我弟三个光棍", 3),
        ("我带我爷爷爷俩过", 2),
        ("爷爷奶奶还有我爸妈不在这边住", 3),
        ("我俩带个娃仨", 3),
        ("加我们夫妻俩五个", 5),
        ("大哥家三口我家四口还有老娘八口", 8),
        ("算上小的五个", 5),
        ("爷爷奶奶爸爸妈妈我和妹妹六个妹妹最凶", 6),
        ("我妈妈外婆三个女的", 3),
        ("我跟我那口子还有个老姐姐仨老的", 3),
        ("我和爸妈三个妹妹", 6),
        ("我们俩还有四个孩子", 6),
        ("我们老两口加上儿子四口", 4),
        ("爸妈和我俩孩子", 5),
        ("爸妈我们俩", 4),
        ("妹妹我俩", 2),
        ("我和我弟两个孩子", 4),
        ("夫妻俩带俩孩子", 4),
        ("夫妻两个双胞胎", 4),
        ("四个娃我们夫妻俩", 6),
    ],
)
def test_total_that_grew_together_with_its_list(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我女朋友还有她闺蜜", 3),
        ("我堂客我丈母娘", 3),
        ("爹娘我哥嫂", 5),
        ("我老妈仨闺女", 5),
        ("儿子和孙子", "ask"),
        ("我儿子打来的电话", "ask"),
    ],
)
def test_list_of_ones_own_has_the_speaker_in_it(words: str, number: object) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("五个不对六个小姨子来借住了", 6),
        ("五口改一下四口爷爷搬去养老院了", 4),
        ("六哦不五个小的不在这住", 5),
        ("七不是八算漏了自己", 8),
        ("三个不是四个我婆婆上礼拜过来了", 4),
        ("三个不是四个", "ask"),
        ("是三个不是四个", 3),
        ("三个不是四个我妈没来", 3),
        ("四个老人不四个大人两个小孩", 6),
        ("四口啊呀忘了我自己五口", 5),
        ("五口哎把我自个儿忘了六口没存在感", 6),
        ("七个哎不对不对我数重了六个", 6),
        ("四个我数重了三个", 3),
        ("六个算重了一个", 5),
        ("八个刨去上大学的七个", 7),
        ("八个刨去上大学的两个", 6),
        ("一二三四五六六个没落下谁", 6),
        ("哪有七口六口", 6),
        ("别写十个八个", 8),
        ("不是两个添了娃三个", 3),
        ("并非五人而是四人", 4),
        ("本来四个老大参军走了三个", 3),
        ("本来五个走了三个", 2),
    ],
)
def test_number_that_is_put_right_without_a_comma(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("大人四个细伢子两个", 6),
        ("老的两个小的三个", 5),
        ("四个成年人娃娃两个", 6),
        ("老的两个中间两个小的三个", 7),
        ("三个大人两个孩子", 5),
        ("她算一个我算一个我先生算一个", 3),
        ("我一个老伴一个孙子一个", 3),
        ("我这家里老公一个崽两个家娘一个自己一个", 5),
        ("大伯家仨叔叔家一个我家连我俩一个灶上吃饭", 6),
        ("炕上仨地下俩", 5),
        ("楼上两个楼下三个", 5),
        ("上有二老下有一儿中间就我们夫妻俩", 5),
        ("两老两小中间夹着我们俩", 6),
    ],
)
def test_numbers_of_each_kind_one_after_the_other(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("仨没了", 3),
        ("俩没别人", 2),
        ("俩大眼瞪小眼", 2),
        ("人可多了十口", 10),
        ("没添没减七口子", 7),
        ("从前热热闹闹九口现今就我一个守着", 1),
        ("一个人隔壁三个小年轻老咳嗽", 1),
        ("邻居家三口人", "ask"),
    ],
)
def test_remark_beside_a_total(words: str, number: object) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我带俩孩子他爸在外地打工不回来", 3),
        ("我和俩闺女孩子爸没了", 3),
        ("我跟娃她妈走了好多年了", 2),
        ("祖孙两个孩子爸妈在外打工", 2),
        ("俩闺女一个嫁了一个跟我们老两口住", 3),
        ("儿子四十了还没媳妇跟我们老两口住", 3),
        ("妹妹嫁了弟弟当兵不算他们三口", 3),
        ("就我跟我先生两个小囡还没要", 2),
        ("我跟娃他爸带着娃", 3),
        ("我和孩子他爸俩孩子", 4),
        ("我带俩孩子他爸也在", 4),
        ("我爸妈跟着我哥", "ask"),
    ],
)
def test_who_is_not_there_ends_the_list(words: str, number: object) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("question", "words", "number"),
    [
        ("symptoms", "没有家里五口人一起住个个都好", 5),
        ("symptoms", "啥症状没有娘儿俩住着挺好", 2),
        ("travel", "没有三口人都在家猫着体温三十六度四", 3),
        ("travel", "没有三个光棍合住周末都在打游戏", 3),
        ("contact", "怎么可能我一个人看仓库家也就我一口", 1),
        ("contact", "怎么会我自己单住没人来没碰过病人", 1),
        ("identity", "她女婿一家七口住这儿", 7),
        ("symptoms", "我自个儿过没灾没病", 1),
        ("symptoms", "我自己过敏", "ask"),
        ("needs", "我自己住院了", "ask"),
        ("symptoms", "没有三个人都发烧", "ask"),
        ("contact", "没有两口人确诊", "ask"),
        ("contact", "没有邻居家三口人都阳了", "ask"),
        ("contact", "同事一家三口阳了", "ask"),
    ],
)
def test_household_in_passing_after_a_reply(question: str, words: str, number: object) -> None:
    assert household(words, question) == number


def test_words_with_their_commas_are_not_put_right_twice() -> None:
    assert not is_put_right(",六个")
    counted = people("四口，啊呀忘了我自己，五口")
    assert counted is not None
    assert counted.number == 5


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("二位家母与我", 2),
        ("三个老伴孩子和我", 3),
        ("七口老人多", 7),
        ("五口人孩子小", 5),
        ("俩新婚", 2),
        ("仨没有第四个", 3),
        ("长住的三个亲戚来来去去不算", 3),
        ("五个月嫂也住在屋头算进去了", 5),
        ("我媳妇闺女丈母娘四口男的就我一个", 4),
        ("我和我老头儿两个孩子在上班", 2),
        ("我和我老伴儿两个孩子", 4),
        ("就我跟老伴儿俩孩子都单过了逢年过节才来", 2),
        ("我带两个孩子先生在外地不住这里", 3),
        ("我带着俩孩子过离了", 3),
        ("儿媳妇跟孙子还有我儿子当兵呢", 3),
        ("两个人一个我一个保姆保姆是安徽人", 2),
        ("俩一个我一个我老头子", 2),
        ("爷孙三人我儿子孙子", 3),
        ("哥仨我和我哥我弟", 3),
        ("我媳妇一儿一女", 4),
        ("一儿一女加我们老公老婆", 4),
    ],
)
def test_number_beside_those_who_are_named_or_not_there(words: str, number: int) -> None:
    assert household(words) == number
