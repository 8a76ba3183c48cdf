"""Who is speaking and where, in answers whose commas nobody wrote."""

from __future__ import annotations

from datetime import date

import pytest

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
