"""Households that are told by a formula: rooms with as many each, ages at the beginning, one by one, house by
house, or by another number. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.people.since import since
from dialogs.people.surroundings import number_in
from dialogs.people.tally import ADDED_UP, People
from dialogs.people.terms import KINSHIP, NUMBER, PAIR

_ROOMS = compiled(
    rf"(?P<n>(?!一){NUMBER})(?:[个间](?:屋|房|卧室)|户|室(?![一二两三四]?[厅卫])|间|家人?(?=[合住挤凑一,]))"
)
_IN_EACH = compiled(
    rf"(?:每|一|各)[个间]?(?:屋|户|房间?|间|家)?(?:都|住|就|是)*(?P<n>{NUMBER})(?:个|口|人|$)|一人一[屋间户]"
)
_AGE = compiled("([一两二三四五])[老大中小少]")
_AGES_ADDED_UP = compiled(
    "(?:就|家里|屋里|一共|我们?家?)*(?P<ages>(?:[一两二三四五][老大中小少]){2,})"
    "(?:,我(?!.*(?:加|还有|另|算))|(?<=[老大]..中..)$|(?<=中..)$)"
)


_ONE_BY_ONE = compiled(
    "(?P<who>[^,没不一二两三四五六七八九十俩仨]{1,5}?)(?P<by>算|是|有)?(?P<n>[一二两三四五俩仨])个?"
)
_SPEAKER = frozenset(("我", "我自己", "自己", "本人", "我本人"))
_BY_HOUSE = compiled(
    rf"(?P<of>[二三四五六七八]?[^,没不一二两三四五六七八九十俩仨]{{1,5}})家(?:里|连我们?|算我|也|就|有|是)*(?P<n>{NUMBER})(?:口人?|个人?|人)?"
)
_UNDER_ONE_ROOF = compiled("一起|一块|一个?[院灶屋锅门]|同[住吃]|合住|都住|住一|挤")
_OF_OURS = compiled("我|咱|俺|自己")
_COUNTED = compiled(f"{NUMBER}(?:口|个?人)|[总一拢]共")
_MORE_AND_LESS = compiled(
    rf"比(?P<low>{NUMBER})[口个]人?多[^,]{{0,2}},?[又也还可]*比(?P<high>{NUMBER})[口个]人?少"
    rf"|比(?P<high_first>{NUMBER})[口个]人?少[^,]{{0,2}},?[又也还可]*比(?P<low_last>{NUMBER})[口个]人?多"
)
_BY_SO_MANY = compiled(
    rf"比[^,一二两三四五六七八九十]{{0,4}}(?P<n>{NUMBER})[口个]人?(?:之家)?[还要]?(?P<way>[多少])[了出着]?(?P<by>{NUMBER})[口个]"
)
_AT_TABLE = compiled(
    "(?P<four>麻将[^,差缺]{0,4}(?:正好|刚好|刚够|够|凑)[^,差缺]{0,2}一桌|(?:正好|刚好|刚够|够|凑)[^,差缺]{0,3}一桌麻将)(?![^,]{0,3}[差缺])"
    "|(?P<three>(?:家里?|屋里|我们)[^,等]{0,4}三缺一|麻将[^,]{0,4}[差缺]一[个家人]|斗地主[^,差缺]{0,4}(?:正好|刚好|刚够))"
)
"""打麻将正好一桌."""


_PLACE = "(?:炕[上下]|地[上下]|楼[上下]|[上下]铺|[里外]间|[里外东西南北]屋)住?着?有?"
_AT_PLACE = compiled(f"{_PLACE}(?P<n>{NUMBER})(?:[口个]人?)?")
_AT_PLACES = f"(?:{_PLACE}{NUMBER}(?:[口个]人?)?,?)"
_BY_PLACE = compiled(rf"(?P<all>{_AT_PLACES}{{2,}})(?:(?:一共|总共)?(?P<n>{NUMBER})[口个]人?)?")


def one_by_one(text: str) -> People | None:
    """老公一个，崽两个，自己一个; 她算一个，我算一个: the speaker among them."""
    told = [_ONE_BY_ONE.fullmatch(clause) for clause in text.split(",")]
    each = [match for match in told if match is not None]
    fewest = 2 if all(match["by"] == "算" for match in each) else 3
    if len(each) < fewest or not any(match["who"] in _SPEAKER for match in each):
        return None
    rest = ",".join(clause for clause, match in zip(text.split(","), told, strict=True) if match is None)
    if re.search(f"[跟和]|还有|{_COUNTED.pattern}", rest):
        return None
    return People(sum(number_in(match["n"]) for match in each), ADDED_UP)


def by_house(text: str) -> People | None:
    """大伯家仨，我家连我俩，一个灶上吃饭."""
    if "家" not in text or _UNDER_ONE_ROOF.search(text) is None:
        return None
    clauses = text.split(",")
    told = [_BY_HOUSE.fullmatch(clause) for clause in clauses]
    houses = [match for match in told if match is not None]
    if len(houses) < 2 or not any(_OF_OURS.match(match["of"]) for match in houses):
        return None
    rest = (clause for clause, match in zip(clauses, told, strict=True) if match is None)
    if any(_COUNTED.search(clause) for clause in rest):
        return None
    return People(sum(number_in(match["n"]) for match in houses), ADDED_UP)


def by_place(text: str) -> People | None:
    """炕上仨，地下俩; 楼上两个，楼下三个."""
    told = _BY_PLACE.fullmatch(text)
    if told is None:
        return None
    number = sum(map(number_in, _AT_PLACE.findall(told["all"])))
    return People(number, ADDED_UP) if number_in(told["n"] or "") in (0, number) else None


def compared(text: str) -> People | None:
    """比三口多，比五口少; 比四口少一口."""
    if "比" not in text:
        return None
    if between := _MORE_AND_LESS.search(text):
        low = number_in(between["low"] or between["low_last"])
        high = number_in(between["high"] or between["high_first"])
        return People(low + 1, ADDED_UP) if high == low + 2 else None
    told = _BY_SO_MANY.search(text)
    if told is None:
        return None
    by = number_in(told["by"]) * (1 if told["way"] == "多" else -1)
    number = number_in(told["n"]) + by
    counted = re.search(f"({NUMBER})(?:口|个人)", text[told.end() :])
    is_so = counted is None or number_in(counted[1]) == number
    return People(number, ADDED_UP) if number > 0 and is_so else None


def at_table(text: str) -> People | None:
    """As many as a game needs: 打麻将正好一桌; what is counted besides must be as many."""
    told = _AT_TABLE.search(text)
    if told is None:
        return None
    number = 4 if told["four"] else 3
    counted = re.search(f"({NUMBER})(?:口|个人)", text)
    return People(number, ADDED_UP) if counted is None or number_in(counted[1]) == number else None


def in_sum(text: str) -> People | None:
    """一大一小，我跟我儿子; 两老两中一小: who they are is told after their number, or not at all."""
    ages = _AGES_ADDED_UP.match(text)
    if ages is None:
        return None
    return People(sum(number_in(number) for number in _AGE.findall(ages["ages"])), ADDED_UP)


def in_rooms(text: str) -> People | None:
    """四个屋，一屋一个人: four."""
    rooms, each = _ROOMS.search(text), _IN_EACH.search(text)
    if rooms is None or each is None:
        return None
    return People(number_in(rooms["n"]) * number_in(each["n"] or "一"), ADDED_UP)


def listed(text: str) -> People | None:
    """爷孙三人，我儿子孙子: as many as are named after it, the speaker with or without his word."""
    told = _LISTED.fullmatch(text)
    if told is None:
        return None
    number = number_in(told["n"])
    return People(number, ADDED_UP) if number == len(_NAMED.findall(told["named"])) + 1 else None


def with_its_parts(text: str) -> People | None:
    """五口，俩老的一个小的，再加我们俩: the parts come to as many as were told first."""
    told = _TOTAL_FIRST.match(text)
    if told is None:
        return None
    number, parts = number_in(told["n"]), _PARTS.findall(text, told.end())
    is_sum = len(parts) > 1 and sum(map(number_in, parts)) == number
    return People(number, ADDED_UP) if is_sum else None


_TOTAL_FIRST = compiled(
    f"(?:我们?|俺|咱|现在|家里?|一共|总共|就|是|嗯|哦|啊)*(?P<n>{NUMBER})(?:口人?|个人)[,;啊呀吧呢]+"
)
_PARTS = compiled(f"(?P<n>{NUMBER})(?=[个口位]|老|小|大|$|[,;])")
_NAMED = compiled(KINSHIP)
_LISTED = compiled(
    f"(?:我们?)?(?:{PAIR})儿?(?P<n>{NUMBER})[个口]?人?,?(?P<named>(?:(?:{KINSHIP})|[我,和跟还有])+)"
)


_READERS = (
    with_its_parts,
    in_rooms,
    in_sum,
    listed,
    one_by_one,
    by_house,
    by_place,
    compared,
    at_table,
    since,
)


def told_at_once(text: str) -> People | None:
    """What the first formula that is met tells."""
    return next((told for told in (read(text) for read in _READERS) if told is not None), None)
