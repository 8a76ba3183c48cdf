"""Names, places and our own words as a Mandarin speaker pronounces them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.speech.pronunciation import pronounce, pronounce_name, unusual_readings

NAMES = [
    ("单晓华", "shan4 xiao3 hua2"),
    ("仇建国", "qiu2 jian4 guo2"),
    ("解玉兰", "xie4 yu4 lan2"),
    ("曾国强", "zeng1 guo2 qiang2"),
    ("查良镛", "zha1 liang2 yong1"),
    ("区桂芳", "ou1 gui4 fang1"),
    ("任志强", "ren2 zhi4 qiang2"),
    ("盖建军", "ge3 jian4 jun1"),
    ("朴金花", "piao2 jin1 hua1"),
    ("翟志刚", "zhai2 zhi4 gang1"),
    ("华罗庚", "hua4 luo2 geng1"),
    ("缪建", "miao4 jian4"),
    ("燕青", "yan1 qing1"),
    ("葛优", "ge3 you1"),
    ("尉迟恭", "yu4 chi2 gong1"),
    ("长孙无忌", "zhang3 sun1 wu2 ji4"),
    ("欧阳小明", "ou1 yang2 xiao3 ming2"),
    ("单于", "chan2 yu2"),
    ("王长河", "wang2 chang2 he2"),
    ("李乐", "li3 le4"),
    ("张少华", "zhang1 shao4 hua2"),
    ("吴晟", "wu2 sheng4"),
    ("张三", "zhang1 san1"),
]


@pytest.mark.parametrize(("name", "spelt"), NAMES)
def test_names_are_read_as_names(name: str, spelt: str) -> None:
    assert " ".join(pronounce_name(name)) == spelt
    sentence = f"请问是{name}本人吗？"
    assert " ".join(pronounce(sentence, [name])[3 : 3 + len(name)]) == spelt


@pytest.mark.parametrize(
    ("text", "character", "spelt"),
    [
        ("我是社区的曾主任", "曾", "zeng1"),
        ("解大爷您好", "解", "xie4"),
        ("您找单女士吗", "单", "shan4"),
        ("我姓查", "查", "zha1"),
        ("社区书记", "区", "qu1"),
        ("责任医生", "任", "ren4"),
        ("家庭单位", "单", "dan1"),
        ("今天量的体温", "量", "liang2"),
        ("请再量一次体温", "量", "liang2"),
        ("数量", "量", "liang4"),
        ("您得去医院", "得", "dei3"),
        ("觉得", "得", "de5"),
        ("请大夫看看", "大", "dai4"),
        ("十里堡", "堡", "pu4"),
        ("大栅栏街道", "栅", "shi2"),
        ("天台县", "台", "tai1"),
        ("蚌埠市", "蚌", "beng4"),
        ("番禺区", "番", "pan1"),
        ("蔚县", "蔚", "yu4"),
        ("单县", "单", "shan4"),
        ("石库门弄堂", "弄", "long4"),
        ("接种疫苗", "种", "zhong4"),
        ("长宁路", "长", "chang2"),
        ("不对", "不", "bu2"),
        ("不好", "不", "bu4"),
        ("来不了", "不", "bu4"),
    ],
)
def test_words_and_places_are_read_right(text: str, character: str, spelt: str) -> None:
    assert pronounce(text)[text.index(character)] == spelt


def test_punctuation_stands_for_itself() -> None:
    assert pronounce("您好，A座。") == ("nin2", "hao3", "，", "A", "zuo4", "。")


def test_a_speaker_is_told_what_is_read_otherwise_than_the_dictionary_has_it() -> None:
    assert unusual_readings("请单晓华量的体温", ["单晓华"]) == (("单", "shàn"), ("量", "liáng"))
    assert unusual_readings("您好，请问您在家吗？") == ()


@given(st.text(alphabet="单曾区主任解大爷量体温得不了 ab12，。〇㐂", max_size=12))
def test_every_character_gets_one_syllable(text: str) -> None:
    assert len(pronounce(text)) == len(text)
