"""Who of the queue comes first, and who of the staff sees to whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.follow_up_order import (
    QueueEntry,
    Urgency,
    assign_by_building,
    assign_evenly,
    for_person,
    in_order,
    marks_of,
    urgency_of,
)
from campaign.records import FollowUp, Grade, Resident

NOW = dt.datetime(2026, 11, 26, 2, 0, tzinfo=dt.UTC)
WORDS = ("独居", "高龄", "残疾")


def entry(
    number: int,
    urgency: Urgency = Urgency.OTHER,
    *,
    minutes: int = 0,
    is_pressing: bool = False,
    building: str = "",
    to: str = "",
) -> QueueEntry:
    at = NOW + dt.timedelta(minutes=minutes)
    follow_up = FollowUp(number, 1, number, "原因", at, is_pressing=is_pressing, assigned_to=to)
    return QueueEntry(follow_up, Resident(number, number, f"居民{number}", ("1",), building), urgency)


def numbers(entries: list[QueueEntry]) -> list[int]:
    return [entry.follow_up.id for entry in entries]


def test_red_comes_first_then_what_the_list_marks_then_who_waited_longest() -> None:
    queue = [
        entry(1, minutes=9), entry(2, minutes=1), entry(3, Urgency.MARKED, minutes=20),
        entry(4, Urgency.RED, minutes=30), entry(5, Urgency.RED, minutes=2),
    ]  # fmt: skip
    assert numbers(in_order(queue)) == [5, 4, 3, 2, 1]


def test_who_asked_for_a_person_comes_first_within_their_class() -> None:
    queue = [
        entry(1, minutes=1), entry(2, minutes=9, is_pressing=True), entry(3, Urgency.MARKED, minutes=20),
    ]  # fmt: skip
    assert numbers(in_order(queue)) == [3, 2, 1]


def test_a_person_works_through_their_own_and_what_is_nobodys() -> None:
    queue = [
        entry(1, to="李娜", minutes=9), entry(2, minutes=1), entry(3, to="张敏"),
        entry(4, Urgency.RED, minutes=9),
    ]  # fmt: skip
    assert numbers(for_person(queue, "李娜")) == [4, 1, 2], "red before all, then own ones"


@pytest.mark.parametrize(
    ("remark", "extra", "marks"),
    [
        ("独居老人", {}, ("独居",)),
        ("非独居", {}, ()),
        ("不是独居", {}, ()),
        ("", {"独居": "是"}, ("独居",)),
        ("", {"独居": "否"}, ()),
        ("", {"是否独居": "√", "残疾等级": "二级"}, ("独居", "残疾")),
        ("", {"独居": ""}, ()),
        ("", {"年龄": "83"}, ("高龄",)),
        ("", {"年龄": "79岁"}, ()),
        ("", {"年龄": "不详"}, ()),
        ("", {"类别": "高龄、独居"}, ("独居", "高龄")),
        ("听力不好", {}, ()),
    ],
)
def test_marks_are_what_the_list_says(remark: str, extra: dict[str, str], marks: tuple[str, ...]) -> None:
    assert marks_of(Resident(1, 1, "张三", ("1",), remark=remark, extra=extra), WORDS) == marks


def test_red_outranks_marks() -> None:
    assert urgency_of(Grade.RED, ("独居",)) is Urgency.RED
    assert urgency_of(Grade.YELLOW, ("独居",)) is Urgency.MARKED
    assert urgency_of(None, ()) is Urgency.OTHER


entries = st.lists(
    st.tuples(st.sampled_from(Urgency), st.sampled_from(["", "1号楼", "2号楼", "3号楼", "4号楼"])),
    max_size=80,
).map(lambda drawn: [entry(n, urgency, building=b) for n, (urgency, b) in enumerate(drawn, 1)])


@given(entries, st.integers(1, 5))
def test_shared_out_evenly_everybody_has_as_many_and_as_many_red(
    queue: list[QueueEntry], people: int
) -> None:
    staff = [f"人{n}" for n in range(people)]
    whom = assign_evenly(queue, staff, {})
    assert set(whom) == {e.follow_up.id for e in queue}
    counts = Counter(whom.values())
    assert max(counts.values(), default=0) - min((counts[p] for p in staff), default=0) <= 1
    for urgency in Urgency:
        of_class = Counter(whom[e.follow_up.id] for e in queue if e.urgency is urgency)
        assert max(of_class[p] for p in staff) - min(of_class[p] for p in staff) <= 1


def test_who_has_more_already_gets_less() -> None:
    whom = assign_evenly([entry(n) for n in range(1, 5)], ["李娜", "张敏"], {"李娜": 4})
    assert set(whom.values()) == {"张敏"}


@given(entries, st.integers(1, 4))
def test_a_building_stays_with_one_person(queue: list[QueueEntry], people: int) -> None:
    whom = assign_by_building(queue, [f"人{n}" for n in range(people)], {})
    assert set(whom) == {e.follow_up.id for e in queue}
    for building in {e.resident.building for e in queue} - {""}:
        assert len({whom[e.follow_up.id] for e in queue if e.resident.building == building}) == 1


def test_a_building_goes_on_with_whoever_has_it() -> None:
    whom = assign_by_building([entry(1, building="1号楼")], ["李娜", "张敏"], {"张敏": 9}, {"1号楼": "张敏"})
    assert whom == {1: "张敏"}
