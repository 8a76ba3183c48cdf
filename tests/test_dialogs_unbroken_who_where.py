"""Who is speaking and where, in answers whose commas nobody wrote."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.clauses.whereabouts import with_ends
from dialogs.loading import load_script
from dialogs.understanding import Context, Understanding
from dialogs.understanding.single_answer import question_of

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


def told(question: str, words: str) -> object:
    context = Context(question_of(SCRIPT, question), date(2026, 11, 22), "张三")
    finding = BY_RULES.read(words, context).findings.get(question)
    return finding.value if finding is not None and finding.confidence > 0.6 else None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("老婆遛狗去了,张三是我不是她", "self"),
        ("张三是我爱人不是我", "family"),
        ("前面那个不是后面那个是", "family"),
        ("后面那个不是前面那个是", "self"),
        ("别选头一个选后一个", "family"),
        ("不是前面那个是后面那个", "family"),
        ("我妈的独生儿子张三给您请安了", "self"),
        ("李四,倒是我,张三是谁", "wrong_number"),
        ("张三倒是我", "self"),
        ("张三这儿只有王五", "wrong_number"),
        ("张三,这儿只有王五", "wrong_number"),
        ("这儿只有张三", "self"),
        ("您找张三,那就找对了,我是当哥的", "self"),
        ("张三的媳妇是我媳妇张三的闺女是我闺女,您说我是哪位", "self"),
        ("张三的媳妇是我妹妹张三的闺女是我外甥女", "family"),
    ],
)
def test_who_is_speaking(said: str, expected: str) -> None:
    assert told("identity", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我不搁北京搁哪我户口都在这儿", True),
        ("不在北京待哪儿", True),
        ("不在北京难道飞了不成", True),
        ("我不在北京在杭州", False),
        ("不在北京哪天回去还没定", False),
        ("不在出差了", False),
        ("我不在外地", True),
        ("怎么还说我在外地", True),
        ("我在外地下个月才回京", False),
        ("窗户外头全是椰子树我能在北京吗", False),
        ("门口就是大海你说我能在北京吗", False),
        ("我们调到甘肃了家属在丰台", False),
        ("我调到南京了老婆孩子在北京", False),
        ("我回北京了老婆在石家庄", True),
        ("我在天津住,北京那屋租出去了", False),
        ("我住北京那屋暖和着呢", True),
    ],
)
def test_where_somebody_is(said: str, expected: bool) -> None:
    assert told("in_beijing", said) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("本人,不是,家人,是", "family"),
        ("家人不是本人是", "self"),
        ("打错了吧,哦您找我公公啊,没打错,我们一家的", "family"),
        ("打错了没有这个人", "wrong_number"),
        ("老张出去了,啊,张三,张三是我老张是我爸", "self"),
        ("张三是我老公", "family"),
        ("冇错是本人", "self"),
        ("我是滴么事啊", "self"),
        ("昂就我", "self"),
    ],
)
def test_who_is_speaking_beside_another(said: str, expected: str) -> None:
    assert told("identity", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我弟不在我在", "我弟不在,我在"),
        ("户口不在人在", "户口不在,人在"),
        ("我不在我老伴在", "我不在我老伴在"),
        ("今天在明天就走了", "今天在,明天就走了"),
        ("还在后天才动身去海南", "还在,后天才动身去海南"),
        ("在前年倒是去青海住过一阵子", "在,前年倒是去青海住过一阵子"),
        ("在我儿子在上海", "在,我儿子在上海"),
        ("在我儿子家", "在我儿子家"),
        ("我在我闺女家她在杭州上班", "我在我闺女家她在杭州上班"),
        ("不是我在外省", "不是,我在外省"),
        ("不是我在外地是我弟", "不是我在外地是我弟"),
        ("不在北京在啊", "不在北京?在啊"),
        ("不在北京在海南呢", "不在北京在海南呢"),
    ],
)
def test_clauses_about_whereabouts_end_for_certain(said: str, expected: str) -> None:
    assert with_ends(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("能在北京吗我推窗就是海", False),
        ("在北京在什么北京", False),
        ("我哪在北京啊", False),
        ("我没有不在北京呀", True),
        ("房山算北京不", True),
        ("燕郊算北京不", False),
        ("我现在在,下个月回老家", True),
    ],
)
def test_whereabouts_that_are_asked_or_to_come(said: str, expected: bool) -> None:
    assert told("in_beijing", said) is expected
