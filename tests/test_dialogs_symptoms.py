"""Symptoms that are not there: only alike in sound, felt by others, denied or asked back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6


def read(text: str) -> tuple[Any, float]:
    context = Context(SCRIPT.states["ask_symptoms"], date(2026, 11, 22))
    finding = BY_RULES.read(text, context).findings.get("symptoms")
    return (None, 0.0) if finding is None else (finding.value, finding.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "刚才我清了清嗓子，没毛病",
        "天天骑车上班，没病",
        "正跟邻居唠嗑呢，挺好的",
        "昨天爬了趟长城，没事",
        "饭都吃得香，没毛病",
        "鼻子也舒服，挺好",
        "腰好腿好，没毛病",
        "开窗通风了，没不舒服",
        "我家婶子也在，都好",
    ],
)
def test_what_only_sounds_like_a_symptom_is_none(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("起疹子了", ["其他不适"]),
        ("老是可受", ["咳嗽"]),
        ("怕冷，手凉", ["其他不适"]),
        ("清嗓子都疼，嗓子疼", ["咽痛"]),
    ],
)
def test_what_sounds_like_a_symptom_may_be_one(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms


@pytest.mark.parametrize(
    "text",
    [
        "舅舅发烧了，我没烧",
        "隔壁老张咳得凶，我倒没传上",
        "同桌流鼻涕，就我没事",
        "咳嗽的是我大爷，不是我",
        "咳嗽？那是我爱人，我好着呢",
        "是我家狗在喘，我没有",
        "没有，我姐倒是有点头疼",
        "他们都感冒了，我可不感冒",
        "小孙女拉肚子，大人都好好的",
        "电视里有人咳嗽，我没咳",
        "楼下两口子都发烧，我一点事没有",
        "我哥发烧，我没有任何症状",
        "孙女有点咳，我跟她爷爷都没事",
    ],
)
def test_what_others_feel_is_none_of_the_resident_who_is_well(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("舅舅发烧了，我也有点", ["发热"]),
        ("同事都感冒，我嗓子疼", ["咽痛"]),
        ("儿子感冒，我没事，就是头疼", ["头痛"]),
        ("孩子咳嗽传给我了，我也咳", ["咳嗽"]),
        ("我跟老伴都咳嗽，没有别的", ["咳嗽"]),
        ("闺女，我咳嗽", ["咳嗽"]),
        ("我儿子说我发烧，我没事", ["发热"]),
        ("大夫说我是伤风，我没去医院", ["其他不适"]),
        ("老伴没事，我流鼻涕", ["鼻塞流涕"]),
        ("丈夫喉咙痛过给我了，没有别的", ["咽痛"]),
    ],
)
def test_what_the_resident_feels_stays_beside_others(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms


@pytest.mark.parametrize(
    "text",
    [
        "发烧谈不上，咳嗽也没有",
        "没咳嗽，头疼更说不上",
        "咳嗽乏力都跟我没关系",
        "感冒都没得过，更别说发热了",
        "别提咳嗽了，喷嚏都没打过一个",
        "鼻涕都没流一下",
        "也没在发烧",
        "忙得没工夫生病",
        "哪有时间得病呀",
        "感冒都躲着我走",
        "我要发烧还能在外头遛弯吗",
        "但凡有点咳嗽我都不敢出来，没有",
        "没劲咋下地干活，没有",
        "发什么热呀",
        "难受啥呀难受，没病",
        "我都好几年没感冒了",
        "咋会头疼呢，没有",
        "发热咳嗽是吧，没有",
        "你问咳嗽啊？不咳嗽",
        "乏力是什么意思？没劲啊？有劲着呢",
        "乏力？不乏",
        "头疼？好着呢",
        "发烧，没有，乏力，也没有",
        "头疼脑热的都没有",
    ],
)
def test_ways_to_deny_are_seen(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    "text",
    [
        "上个月咳过，早好了",
        "原来鼻塞，之前堵得慌，现在通了",
        "年轻时候老头疼，这些年再没犯",
        "以前没味觉，如今吃啥都香",
        "前几天嗓子疼，现在不疼了",
        "去年拉过肚子，后来没有了",
        "发烧是上个月的事了",
        "咳嗽那是小时候的事",
        "前阵子乏力，歇几天缓过来了",
    ],
)
def test_what_was_long_ago_or_ended_is_no_symptom(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("上周发烧咳嗽，现在不烧了", ["咳嗽"]),
        ("昨天咳嗽，没了", ["咳嗽"]),
        ("昨天开始咳，现在没有力气", ["咳嗽", "乏力"]),
        ("我要吐了，能帮我叫车吗", ["呕吐"]),
        ("要是头疼能吃药吗", ["头痛"]),
        ("头疼啊，没发烧", ["头痛"]),
        ("咳嗽吧，没别的", ["咳嗽"]),
        ("咳嗽是国庆那会儿落下的", ["咳嗽"]),
        ("不敢咳嗽，一咳就疼", ["咳嗽"]),
        ("别提咳嗽了，一宿没睡", ["咳嗽"]),
        ("上礼拜开始咳，到现在没好", ["咳嗽"]),
        ("前两天发烧，退了，还咳", ["发热", "咳嗽"]),
        ("以前腰疼，现在腿疼", ["其他不适"]),
        ("前几天头疼过，没发烧", ["头痛"]),
        ("疼谈不上，就是酸痛", ["肌肉酸痛"]),
    ],
)
def test_what_is_felt_is_not_denied_by_words_like_those(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("抽了半辈子烟，能不咳嗽吗", ["咳嗽"]),
        ("天天加班，不头疼才怪", ["头痛"]),
        ("没一天不吐的", ["呕吐"]),
        ("哪天不咳啊", ["咳嗽"]),
        ("没有不疼的时候，嗓子疼", ["咽痛"]),
        ("要没这个头疼，我就好了", ["头痛"]),
        ("说不烧是假的", ["发热"]),
        ("拉得我床都下不来", ["腹泻"]),
        ("咳嗽咳得直不起来", ["咳嗽"]),
    ],
)
def test_twice_denied_is_felt(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms


@pytest.mark.parametrize("text", ["我能不说吗，没有", "能不发烧就好，没有", "没有不舒服", "没有发烧不咳嗽"])
def test_once_denied_is_denied(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("爬两层楼就气喘吁吁", ["呼吸困难"]),
        ("躺下就喘不过来", ["呼吸困难"]),
        ("好了，就是味觉还没回来", ["味嗅觉减退"]),
        ("没味觉了，人也没力气", ["味嗅觉减退", "乏力"]),
        ("不烧，就是乏", ["乏力"]),
        ("一点气力都冇", ["乏力"]),
        ("路也走勿动", ["乏力"]),
        ("全身没一处不酸", ["肌肉酸痛"]),
        ("额头疼", ["头痛"]),
        ("脑门烫", ["发热"]),
        ("腰杆疼得厉害，别的没有", ["其他不适"]),
        ("老寒腿一变天就疼", ["其他不适"]),
        ("别的没有，膝盖一走就疼", ["其他不适"]),
        ("带状疱疹，疼", ["其他不适"]),
    ],
)
def test_more_words_for_what_is_felt(text: str, symptoms: list[str]) -> None:
    value, confidence = read(text)
    assert value == symptoms
    assert confidence >= SURE


@pytest.mark.parametrize("text", ["么麻达，美着呢", "木发烧木咳", "乏也不乏，没有", "浑身使不完的劲"])
def test_more_words_for_being_well(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize("words", ["前阵子难受过一宿，这会儿没有不舒服", "怕疼？我天生怕疼，身体没毛病"])
def test_plain_well_being_after_something_vague_is_an_all_clear(words: str) -> None:
    assert read(words)[0] == []


@pytest.mark.parametrize("words", ["身体没毛病，就是难受", "没烧，哪哪都不舒服", "难受，就是没有发烧"])
def test_something_vague_that_comes_last_is_none(words: str) -> None:
    assert read(words)[0] != []


@pytest.mark.parametrize("words", ["我妈恶心，我不恶心", "老伴咳嗽，我没咳嗽", "孩子拉肚子，我不拉肚子"])
def test_what_others_feel_and_the_resident_denies_is_none(words: str) -> None:
    assert read(words)[0] == []


@pytest.mark.parametrize("words", ["我咳嗽，没发烧", "我咳嗽，我妈不咳嗽"])
def test_what_is_denied_of_another_symptom_or_person_changes_nothing(words: str) -> None:
    assert read(words)[0] == ["咳嗽"]
