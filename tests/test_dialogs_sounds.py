"""How alike words sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.sounds import (
    _ALL_FINALS,
    _ALL_INITIALS,
    _ALL_TONES,
    Repertoire,
    distance,
    edit_distance,
    syllables,
)

_HAN = st.text(alphabet="没有发烧咳嗽湖北河南三十六度五不舒服去过四是八吧", min_size=1, max_size=6)


def mean(left: str, right: str) -> float:
    pairs = zip(syllables(left), syllables(right), strict=True)
    return sum(distance(a, b) for a, b in pairs) / len(left)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("可受", "咳嗽"),
        ("虎背", "湖北"),
        ("吧", "八"),
        ("有电壳售", "有点咳嗽"),
        ("不许样", "不需要"),
        ("每有", "没有"),
    ],
)
def test_what_recognisers_confuse_sounds_alike(written: str, said: str) -> None:
    assert mean(written, said) < 0.1


@pytest.mark.parametrize(
    ("left", "right"), [("没有", "还有"), ("可以", "咳嗽"), ("去过", "没过"), ("一", "七"), ("六", "九")]
)
def test_what_means_something_else_sounds_different(left: str, right: str) -> None:
    assert mean(left, right) > 0.2


@given(_HAN, _HAN)
def test_distance_is_the_same_both_ways(left: str, right: str) -> None:
    a, b = syllables(left), syllables(right)
    costs_a, costs_b = [0.6] * len(a), [0.6] * len(b)
    there, back = edit_distance(a, b, costs_a, costs_b), edit_distance(b, a, costs_b, costs_a)
    assert there == pytest.approx(back)
    assert edit_distance(a, a, costs_a, costs_a) == 0.0
    assert there <= 0.6 * (len(a) + len(b)) + 1e-9


@given(_HAN, _HAN, st.floats(min_value=0.0, max_value=3.0))
def test_a_limit_changes_only_what_is_over_it(left: str, right: str, limit: float) -> None:
    a, b = syllables(left), syllables(right)
    costs_a, costs_b = [1.0, 0.2, 0.6] * len(a), [0.6, 1.0] * len(b)
    without = edit_distance(a, b, costs_a[: len(a)], costs_b[: len(b)])
    limited = edit_distance(a, b, costs_a[: len(a)], costs_b[: len(b)], limit)
    assert limited == without if without <= limit else limited > limit


@given(heard=_HAN, words=st.text(alphabet="是四八吧虎湖背北女绿恩", min_size=1, max_size=4))
def test_many_are_compared_as_one_by_one(heard: str, words: str) -> None:
    rows = Repertoire(syllables(words)).distances(syllables(heard + "A"))
    assert rows.tolist() == [[distance(a, b) for b in syllables(words)] for a in syllables(heard + "A")]


def test_the_rows_of_a_repertoire_lie_together() -> None:
    parts = [part.to(["", "b", "a", "1"]) for part in (_ALL_INITIALS, _ALL_FINALS, _ALL_TONES)]
    assert all(part.flags.c_contiguous for part in parts)  # else to take a few copies all


def test_nothing_heard_is_compared_with_nothing() -> None:
    assert Repertoire(syllables("是四")).distances(()).shape == (0, 2)
