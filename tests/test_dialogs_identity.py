"""Who is speaking, told by a relation to the resident or in words for oneself."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context, Understanding
from dialogs.understanding.single_answer import question_of

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


def identity(words: str) -> str | None:
    context = Context(question_of(SCRIPT, "identity"), date(2026, 11, 22), "李四")
    finding = BY_RULES.read(words, context).findings.get("identity")
    return finding.value if finding is not None else None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("如假包换", "self"),
        ("鄙人就是", "self"),
        ("本人不在，我是家里人", "family"),
        ("天天用这号，您说是不是我", "self"),
        ("我是李四，屋里说话的是我闺女", "self"),
        ("我叔就叫李四", "family"),
        ("我奶奶说我们家没有李四", "wrong_number"),
        ("这单位里没有叫李四的", "wrong_number"),
        ("跟你说过，你们打错了", "wrong_number"),
        ("俺认不得", "wrong_number"),
        ("不晓得她是谁", "wrong_number"),
        ("这个名字我第一次听", "wrong_number"),
        ("李四是我们老板", "wrong_number"),
        ("我就叫李四", "self"),
        ("我叫李四，不是李思思", "self"),
        ("我不叫李四叫什么", "self"),
        ("谁说我不叫李四", "self"),
        ("我怎么不是李四了", "self"),
        ("李四，您哪位", "self"),
        ("李四，谁啊", "self"),
        ("我不叫李四", "wrong_number"),
        ("不是啊", "wrong_number"),
        ("不是的", "wrong_number"),
        ("我就是李四，孩子他爸没回来", "self"),
        ("电话是我自个儿接的，老伴赶集去了", "self"),
        ("我就是，您找李四啊，那是我老头", "family"),
        ("我可不是什么李四", "wrong_number"),
        ("我哪会是李四啊", "wrong_number"),
        ("李四是谁啊", "wrong_number"),
        ("谁叫李四", "wrong_number"),
        ("我不是李四，谁是李四我也不认识", "wrong_number"),
        ("我不叫李四，我是他媳妇", "family"),
        ("不是孩子接的，我亲自接的", "self"),
        ("李四这名字是爹妈给起的", "self"),
        ("李四是我姨父", "family"),
        ("您找的是我丈母娘", "family"),
        ("家母出门了，由我代答", "family"),
        ("我跟他住一个屋，合租的室友", "family"),
        ("我是他老同学", "wrong_number"),
        ("李四是我客户", "wrong_number"),
        ("我是她请的钟点工", "wrong_number"),
        ("我来串门的", "wrong_number"),
        ("我是房东", "wrong_number"),
        ("我叫李四，是老师", "self"),
        ("我是李四，是他领导让我接的", "self"),
        ("孩子写作业呢，李四是我", "self"),
        ("闺女接的，我本人，您讲", "self"),
        ("我是房东，就叫李四", "self"),
        ("李四这名儿是我爷取的，是我", "self"),
        ("我是，礼拜二刚办的号", "self"),
        ("就我，您讲", "self"),
        ("正主儿在这儿呢", "self"),
        ("本人非李四，乃其子", "family"),
        ("打对了，是我婆姨", "family"),
        ("跟他是母子关系", "family"),
        ("我是他儿习妇", "family"),
        ("他乙方", "wrong_number"),
    ],
)
def test_a_relation_tells_who_is_speaking(said: str, expected: str) -> None:
    assert identity(said) == expected


def test_a_name_may_hold_any_character() -> None:
    context = Context(question_of(SCRIPT, "identity"), date(2026, 11, 22), "李四(户主")
    for words in ("我就是", "不是，我是他儿子", "李四是谁"):
        BY_RULES.read(words, context)


@pytest.mark.parametrize("said", ["笑死我了", "这里是驾校", "你怎么有我的号码"])
def test_words_that_were_heard_plainly_make_nobody_the_resident(said: str) -> None:
    assert identity(said) != "self"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("您刚才说的头一个", "self"),
        ("我占前面那一样", "self"),
        ("后面那种吧", "family"),
        ("不是前面那个，是后面那个", "family"),
        ("两样里头我属于第二种", "family"),
        ("我嫁给李四都半辈子了", "family"),
        ("李四呀，我身上掉下来的一块肉", "family"),
        ("李四跟我领过证的", "family"),
        ("我跟他一奶同胞", "family"),
        ("李四是我一手带大的", "family"),
        ("户口本上配偶就是我", "family"),
        ("我才是李四，我弟叫李五", "self"),
        ("找李四那您打对了", "self"),
        ("王五倒是我，李四是谁", "wrong_number"),
        ("我叫王四，跟李四差一个字", "wrong_number"),
        ("我叫李四，你是谁", "self"),
    ],
)
def test_who_is_told_by_a_place_a_bond_or_another_name(said: str, expected: str) -> None:
    assert identity(said) == expected


@pytest.mark.parametrize("said", ["都不是前面那个", "前面那句再说一遍"])
def test_no_place_in_the_question_is_told(said: str) -> None:
    assert identity(said) not in ("self", "family")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("李四的丈夫，那就是我", "family"),
        ("他屋里那口子就是我", "family"),
        ("李四的媳妇是我媳妇", "self"),
        ("我爱人是李四她丈夫，您琢磨", "self"),
        ("李四的儿子也是我儿子，可我不是李四", "family"),
        ("他不是我爸，我就是李四", "self"),
        ("我是他哥，您找的就是我", "self"),
        ("我要是李四，太阳打西边出来", "wrong_number"),
        ("说了我不是她妹妹，我是她", "self"),
        ("我也叫李四，可我不是你们小区的，错了", "wrong_number"),
        ("他媳妇是我亲姐", "family"),
        ("我就是李四他老太太", "family"),
        ("我是他爷爷", "family"),
        ("有这个人，他是我爷", "family"),
        ("他叫我姨，客气罢了，我是邻居", "wrong_number"),
    ],
)
def test_who_is_speaking_is_worked_out_from_two_persons(said: str, expected: str) -> None:
    assert identity(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("李四他妈就生了我这么一个", "self"),
        ("我媳妇不叫李四，她不叫李四，我叫", "self"),
        ("闺女不在，我李四自己会接", "self"),
        ("免贵姓李，单字一个四", "self"),
        ("这名字是我爷爷起的", "self"),
        ("他这名字是我爸给他起的，我是他弟", "family"),
        ("您正跟他聊着呢", "self"),
        ("是我，可我是王建国呀，您找哪个", "wrong_number"),
        ("重名了吧，我不住你们那片", "wrong_number"),
        ("没重名，李四就是我", "self"),
        ("你说的两样都不占", "wrong_number"),
        ("这跟我们家不搭界", "wrong_number"),
        ("这里是理发店", "wrong_number"),
    ],
)
def test_how_the_name_is_used_tells_who_is_speaking(said: str, expected: str) -> None:
    assert identity(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("以前是他同事，后来成了他媳妇", "family"),
        ("以前是他媳妇，早离了", "wrong_number"),
        ("他头婚娶的就是我", "family"),
        ("我跟他是同学，去年领的证", "family"),
        ("我俩一张床睡了半辈子", "family"),
        ("他管我叫妈", "family"),
        ("他喊我大哥，其实我俩就是球友", "wrong_number"),
        ("不是他闺女，我能叫他爸吗", "family"),
        ("谁跟他是一家子，见都没见过", "wrong_number"),
        ("什么家属，我就是李四", "self"),
        ("哪是他媳妇啊，我是他同事", "wrong_number"),
        ("前面那个不是，后面那个是", "family"),
    ],
)
def test_other_bonds_and_what_became_of_them(said: str, expected: str) -> None:
    assert identity(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("他孙女的钢琴老师，老人家接孩子去了", "wrong_number"),
        ("我是给他剪头发的", "wrong_number"),
        ("我是他媳妇单位的", "wrong_number"),
        ("他家楼上的，帮着听电话", "wrong_number"),
        ("我跟他合租，他上夜班", "wrong_number"),
        ("手机是我捡的", "wrong_number"),
        ("我是他女朋友，我们住一起", "family"),
        ("他大闺女，我爸手机落我车上了", "family"),
        ("我是他发小，也是他妹夫", "family"),
    ],
)
def test_others_happen_to_take_the_call(said: str, expected: str) -> None:
    assert identity(said) == expected
