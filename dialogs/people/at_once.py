"""Households that are told by a formula: rooms with as many each, or ages at the beginning. Pure."""

from __future__ import annotations

import re

from dialogs.people.surroundings import number_in
from dialogs.people.tally import ADDED_UP, People
from dialogs.people.terms import NUMBER

_ROOMS = re.compile(rf"(?P<n>(?!一){NUMBER})(?:[个间](?:屋|房|卧室)|户|室|间|家人?(?=[合住挤凑一,]))")
_IN_EACH = re.compile(
    rf"(?:每|一|各)[个间]?(?:屋|户|房间?|间|家)?(?:都|住|就|是)*(?P<n>{NUMBER})(?:个|口|人|$)|一人一[屋间户]"
)
_AGE = re.compile("([一两二三四五])[老大中小少]")
_AGES_ADDED_UP = re.compile(
    "(?:就|家里|屋里|一共|我们?家?)*(?P<ages>(?:[一两二三四五][老大中小少]){2,})"
    "(?:,我(?!.*(?:加|还有|另|算))|(?<=[老大]..中..)$|(?<=中..)$)"
)


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
