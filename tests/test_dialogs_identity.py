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
