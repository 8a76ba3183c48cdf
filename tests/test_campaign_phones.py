"""Telephone numbers as they stand in the lists of communities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.lists.phone_cells import parse_phones
from campaign.phones import KINDS, PrefixRule, dial_string, is_area_code

MOBILE = "13800138000"


@pytest.mark.parametrize(
    "cell",
    [
        "13800138000",
        "１３８００１３８０００",
        " 138 0013 8000 ",
        "138-0013-8000",
        "138—0013—8000",
        "138.0013.8000",
        "+86 138 0013 8000",
        "(+86)13800138000",
        "008613800138000",
        "86-13800138000",
        "013800138000",
        "1795113800138000",
        "17951 0 13800138000",
        "13800138000.0",
        "1.3800138E+10",
        "1.3800138E10",
        "电话：13800138000（儿子）",
        "13800138000(微信同号)",
        "张三13800138000",
        "13800138000\u200b",
        "13800138000\xa0",
        "13800138000 13800138000",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(cell: str) -> None:
    assert parse_phones(cell).numbers == (MOBILE,)
    assert parse_phones(cell).refused == ()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("010-62345678", "01062345678"),
        ("（010）6234 5678", "01062345678"),
        ("010 62345678", "01062345678"),
        ("+86-10-62345678", "01062345678"),
        ("1062345678", "01062345678"),
        ("2162345678", "02162345678"),
        ("75582345678", "075582345678"),
        ("0311-82345678", "031182345678"),
        ("0578-2345678", "05782345678"),
    ],
)
def test_a_landline_gets_its_area_code_and_its_lost_zero(cell: str, number: str) -> None:
    assert parse_phones(cell).numbers == (number,)


def test_a_landline_without_area_code_gets_ours() -> None:
    assert parse_phones("62345678", area_code="010").numbers == ("01062345678",)
    assert "缺少区号" in parse_phones("62345678").refused[0].reason


@pytest.mark.parametrize(
    "cell",
    [
        "13800138000/13900139000",
        "13800138000、13900139000",
        "13800138000;13900139000",
        "13800138000，13900139000",
        "13800138000\n13900139000",
        "13800138000 13900139000",
        "138 0013 8000 139 0013 9000",
        "1380013800013900139000",
        "13800138000或13900139000",
        "儿子：13800138000 女儿：13900139000",
    ],
)
def test_two_numbers_in_a_cell_are_both_taken_in_order(cell: str) -> None:
    assert parse_phones(cell).numbers == ("13800138000", "13900139000")


def test_a_mobile_and_a_landline_in_one_cell() -> None:
    assert parse_phones("010-62345678 13800138000").numbers == ("01062345678", "13800138000")


@pytest.mark.parametrize(
    ("cell", "kind", "told"),
    [
        ("1380013800", "bad_phone", "应为 11 位，这里是 10 位"),
        ("138001380001", "bad_phone", "应为 11 位，这里是 12 位"),
        ("12800138000", "bad_phone", "没有 12 开头的手机号"),
        ("138****8000", "bad_phone", "打了星号"),
        ("138xxxx8000", "bad_phone", "打了星号"),
        ("1.38E+10", "bad_phone", "后几位已经丢失"),
        ("1.38001E+10", "bad_phone", "后几位已经丢失"),
        ("110101199001011234", "bad_phone", "身份证号"),
        ("+852 9123 4567", "bad_phone", "境外号码"),
        ("0000", "bad_phone", "区号或位数不对"),
        ("4008001234", "service_number", "服务号码"),
        ("400-800-1234", "service_number", "服务号码"),
        ("95588", "service_number", "服务号码"),
        ("12345", "service_number", "服务号码"),
        ("13800138000转801", "bad_phone", "手机号后面多了几位"),
        ("邻居：13800138000", "not_residents", "标着“邻居”"),
        ("13800138000（空号）", "disused", "标着“空号”"),
        ("501", "bad_phone", "不是完整的电话号码"),
    ],
)
def test_what_cannot_be_called_says_why(cell: str, kind: str, told: str) -> None:
    parsed = parse_phones(cell)
    assert parsed.numbers == ()
    assert [refused.kind for refused in parsed.refused] == [kind]
    assert told in parsed.refused[0].reason


@pytest.mark.parametrize(
    "cell",
    [
        "010-62345678转801",
        "010-62345678-801",
        "010-62345678 ext. 801",
        "01062345678#801",
        "（010）62345678 分机：801",
        "010-62345678（转801）",
    ],
)
def test_an_extension_stands_behind_a_comma(cell: str) -> None:
    assert parse_phones(cell).numbers == ("01062345678,801",)


def test_a_good_number_beside_a_bad_one_is_kept() -> None:
    parsed = parse_phones("13800138000/1390013")
    assert parsed.numbers == (MOBILE,)
    assert [refused.text for refused in parsed.refused] == ["1390013"]


@pytest.mark.parametrize("cell", ["", "无", "-", "没有电话", "见备注"])
def test_a_cell_without_digits_holds_nothing(cell: str) -> None:
    assert parse_phones(cell) == parse_phones("")


@given(st.text())
def test_no_cell_breaks_the_parser_and_numbers_are_digits(cell: str) -> None:
    for number in parse_phones(cell).numbers:
        main, _, extension = number.partition(",")
        assert (main + extension).isascii()
        assert (main + extension).isdecimal()
        assert 10 <= len(main) <= 12


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "—"]))
def test_every_mobile_number_survives_its_dress(number: str, between: str) -> None:
    dressed = f"{number[:3]}{between}{number[3:7]}{between}{number[7:]}"
    assert parse_phones(dressed).numbers == (number,)


# --- dialling -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "number", "dialled"),
    [
        ("any+9", MOBILE, "913800138000"),
        ("mobile+0", MOBILE, "013800138000"),
        ("mobile+0", "01062345678", "01062345678"),
        ("landline+9", "01062345678", "901062345678"),
        ("010-010", "01062345678", "62345678"),
        ("local_landline-010+9", "01062345678", "962345678"),
        ("nonlocal_landline+12593", "02788888888", "1259302788888888"),
        ("nonlocal_mobile+0", "18627012345", "018627012345"),
        ("nonlocal_mobile+0", MOBILE, MOBILE),
        ("nonlocal_mobile+0", "19912345678", "19912345678"),
    ],
)
def test_a_rule_changes_the_numbers_it_is_for_seen_from_beijing(rule: str, number: str, dialled: str) -> None:
    assert dial_string(number, [PrefixRule.parse(rule)], area_code="010") == dialled


def test_cities_are_the_same_however_their_province_is_written() -> None:
    assert dial_string("13900000000", [PrefixRule.parse("nonlocal_mobile+0")], "0991") == "13900000000"


@pytest.mark.parametrize("rule", ["mobile", "mobile+", "+0", "handset+0", "mobile+a", ""])
def test_a_rule_that_says_nothing_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"应是换号规则|没有 handset"):
        PrefixRule.parse(rule)


def test_every_kind_can_be_written_in_a_rule() -> None:
    assert [PrefixRule.parse(f"{kind}+0").matches for kind in KINDS] == list(KINDS)


def test_area_codes() -> None:
    assert all(map(is_area_code, ("010", "021", "0755")))
    assert not any(map(is_area_code, ("10", "011", "07", "075512")))


def test_an_offices_number_without_area_code_is_an_offices_number() -> None:
    (refused,) = parse_phones("居委会87654321").refused
    assert refused.kind == "not_residents"
    assert refused.reason == "标着“居委会”，不是居民本人或家人的号码，也缺少区号"
    assert parse_phones("居委会87654321", "010").refused[0].reason.endswith("不是居民本人或家人的号码")


def test_a_number_is_said_once() -> None:
    assert "95588" not in parse_phones("95588").refused[0].reason


@given(
    st.from_regex(r"1[3-9][0-9]([ -])[0-9]{4}\1[0-9]{4}", fullmatch=True)
    | st.from_regex(r"0[0-9]{2,3}-[0-9]{7,8}", fullmatch=True)
    | st.from_regex(r"1[3-9][0-9]{9}([/、,，;；]1[3-9][0-9]{9}){1,3}", fullmatch=True),
    st.sampled_from(["", "010"]),
)
def test_what_is_read_at_a_glance_is_read_as_at_length(cell: str, area_code: str) -> None:
    assert parse_phones(cell, area_code) == parse_phones(f"{cell}。", area_code)
