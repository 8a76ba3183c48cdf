"""How what is written in a prompt is read aloud."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.numerals import spell
from dialogs.loading import bundled_scripts, load_script
from dialogs.speech import grammars
from dialogs.speech.spoken_form import by_digits, spoken_form

READINGS = [
    # days
    ("2026-11-26", "二零二六年十一月二十六日"),
    ("2026/11/26", "二零二六年十一月二十六日"),
    ("2026年11月26日", "二零二六年十一月二十六日"),
    ("11月26日", "十一月二十六日"),
    ("11月26号", "十一月二十六号"),
    ("8月2日", "八月二日"),
    ("11/26上午", "十一月二十六日上午"),
    ("11月26日-28日", "十一月二十六日到二十八日"),
    ("11月26日至12月1日", "十一月二十六日至十二月一日"),
    ("2026年", "二零二六年"),
    ("二〇二六年", "二零二六年"),
    ("２０２６年１１月", "二零二六年十一月"),
    # times
    ("14:30", "下午两点半"),
    ("14：30", "下午两点半"),
    ("14:05", "下午两点零五分"),
    ("晚上20:15", "晚上八点十五分"),
    ("上午9点", "上午九点"),
    ("下午2点半", "下午两点半"),
    ("15点", "下午三点"),
    ("9:00-11:30", "九点到十一点半"),
    ("9:00-17:00", "上午九点到下午五点"),
    ("14:00-17:30", "下午两点到五点半"),
    ("上午9:00到下午5:00", "上午九点到下午五点"),
    ("12:00", "十二点"),
    ("0:05", "零点零五分"),
    ("24:00", "夜里十二点"),
    ("18:00前", "晚上六点前"),
    # temperatures
    ("37.3℃", "三十七度三"),
    ("体温37.3度", "体温三十七度三"),
    ("36.0℃", "三十六度"),
    ("36.5℃-37.2℃", "三十六度五到三十七度二"),
    ("36.5-37.2℃", "三十六度五到三十七度二"),
    ("36.5～37.2度", "三十六度五到三十七度二"),
    ("-5℃", "零下五度"),
    # telephone numbers
    ("13800138000", "幺三八，零零幺三，八零零零"),
    ("138 0013 8000", "幺三八，零零幺三，八零零零"),
    ("+86 138-0013-8000", "幺三八，零零幺三，八零零零"),
    ("010-62345678", "零幺零，六二三四，五六七八"),
    ("010-62345678转801", "零幺零，六二三四，五六七八，转八零幺"),
    ("0755-2345678", "零七五五，二三四，五六七八"),
    ("400-123-4567", "四零零，幺二三，四五六七"),
    ("电话62345678", "电话六二三四，五六七八"),
    ("请拨打110或者120", "请拨打幺幺零或者幺二零"),
    ("12345热线", "幺二三四五热线"),
    ("120急救电话", "幺二零急救电话"),
    ("尾号8116", "尾号八幺幺六"),
    # houses and rooms
    ("3-2-501", "三号楼二单元五零幺"),
    ("您家是12-1-1102吗", "您家是十二号楼一单元幺幺零二吗"),
    ("3号楼2单元501", "三号楼二单元五零幺"),
    ("3号楼2单元501室", "三号楼二单元五零幺室"),
    ("11栋1101", "十一栋幺幺零幺"),
    ("12#楼2单元", "十二号楼二单元"),
    ("1202室", "幺二零二室"),
    ("B座1203", "必座幺二零三"),
    ("幸福路118号", "幸福路幺幺八号"),
    ("长宁路300弄12号", "长宁路三百弄十二号"),
    ("2楼", "二楼"),
    ("2单元", "二单元"),
    # quantities, ranges, units
    ("第2针", "第二针"),
    ("每次2片，每天3次", "每次两片，每天三次"),
    ("22个", "二十二个"),
    ("3-5天", "三到五天"),
    ("3~5天", "三到五天"),
    ("3—5天", "三到五天"),
    ("12-15岁", "十二到十五岁"),
    ("60岁以上", "六十岁以上"),
    ("50%", "百分之五十"),
    ("20%-30%", "百分之二十到百分之三十"),
    ("￥35.5", "三十五点五元"),
    ("35.50元", "三十五点五元"),
    ("1,200元", "一千二百元"),
    ("5kg", "五千克"),
    ("500ml", "五百毫升"),
    ("2.5公里", "二点五公里"),
    ("1米2", "一米二"),
    ("110米", "一百一十米"),
    ("1/2", "二分之一"),
    ("0.5", "零点五"),
    ("10000人", "一万人"),
    ("2000人", "两千人"),
    ("300户居民", "三百户居民"),
    ("7×24小时", "七乘二十四小时"),
    # letters
    ("做CT", "做西踢"),
    ("KN95口罩", "开恩九五口罩"),
    ("PM2.5", "批艾姆二点五"),
]


@pytest.mark.parametrize(("written", "spoken"), READINGS, ids=[written for written, _ in READINGS])
def test_written_forms_are_read_as_a_person_reads_them(written: str, spoken: str) -> None:
    assert spoken_form(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), READINGS, ids=[written for written, _ in READINGS])
def test_a_reading_is_the_same_within_a_sentence(written: str, spoken: str) -> None:
    assert spoken_form(f"您好，{written}，谢谢。") == f"您好，{spoken}，谢谢。"


def test_a_sentence_as_administrators_write_it() -> None:
    written = "请于11月26日14:30到3号楼2单元501领取，联系电话13800138000，体温超过37.3℃请勿前来。"
    assert spoken_form(written) == (
        "请于十一月二十六日下午两点半到三号楼二单元五零幺领取，联系电话幺三八，零零幺三，八零零零，"
        "体温超过三十七度三请勿前来。"
    )


@pytest.mark.parametrize("name", bundled_scripts())
def test_what_is_in_words_already_stays_as_it_is(name: str) -> None:
    for prompt in load_script(name).prompts():
        assert spoken_form(prompt.plain) == prompt.plain


def test_fields_stay_for_whoever_fills_them_in() -> None:
    assert spoken_form("您说{answers}请3天内复查") == "您说{answers}请三天内复查"


@pytest.mark.parametrize("impossible", ["25:00", "14:75", "25点", "99:99-99:99", "2026-13-45", "13月40日"])
def test_what_is_no_time_or_day_is_still_read(impossible: str) -> None:
    assert not re.search("[0-9]", spoken_form(impossible))


def test_digits_one_by_one() -> None:
    assert by_digits("1-0-7") == "幺零七"


@given(st.text(alphabet="0123456789.:-/~%℃号楼单元室路月日年点度电话￥元AB{}，。 第", max_size=14))
def test_anything_can_be_read_and_no_digit_is_left(text: str) -> None:
    spoken = spoken_form(text)
    assert not re.search("[0-9]", re.sub(r"\{[^{}]*\}", "", spoken))


def test_the_grammars_stay_out_of_a_process_that_may_load_vosk() -> None:
    """Their library and Vosk's write over each other's memory."""
    assert spoken_form("5kg") == "五千克"
    assert {"wetext", "kaldifst"}.isdisjoint(sys.modules)


def test_a_forked_process_reads_with_grammars_of_its_own() -> None:
    assert spoken_form("3kg") == "三千克"
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        said = list(pool.map(spoken_form, [f"{number}kg" for number in range(40, 90)]))
    assert said == [f"{spell(number)}千克" for number in range(40, 90)]
    assert spoken_form("4kg") == "四千克"


def test_grammars_that_have_ended_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    grammars._process_of.cache_clear()
    with pytest.raises(RuntimeError, match="重新安装"):
        grammars.normalised("5kg")
    grammars._process_of.cache_clear()
