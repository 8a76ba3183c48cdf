"""Couples and other groups among those who are counted: whether the speaker is one of them."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.people.surroundings import JOINED, not_yet_named
from dialogs.people.tally import Tally, is_adding
from dialogs.people.terms import SPOUSES

OURS = (None, "我", "我们", "俺", "俺们", "咱", "咱们")
"""Who a group belongs to that the speaker is one of."""
_OWN_COUPLES = ("我", "这", "的", "老", "小", "两", "俩", "夫", "公")
"""儿子两口 is a couple without the speaker."""
_BY_AGE = ("老两口", "老俩口", "小两口", "小俩口", "小夫妻", "小夫妇")
"""What somebody who is none of them calls two others: 我跟小两口."""


def count_group(counted: Tally, number: int, owner: str | None, between: str) -> None:
    """我们仨, with the speaker, or 他们仨."""
    if owner in OURS:
        counted.add_us(number, between)
    else:
        counted.add(number, between)


def count_couple(counted: Tally, match: re.Match[str], between: str) -> None:
    """老两口, 儿子两口, 我们夫妻俩."""
    owner = match["couple_of"]
    if owner in ("我们", "我") and not counted.has_me and counted.named and not counted.named & SPOUSES:
        counted.add(2, between)  # 我公公，我们两口子
        counted.has_me, counted.couple = True, match["couple"][-3:]
        return
    if owner in SPOUSES and counted.has_me and counted.number == 1 and JOINED.search(between):
        counted.add(1, between)  # 我跟老伴两口子
        counted.couple = match["couple"][-3:]
        return
    is_other = counted.couple not in ("", match["couple"][-3:])
    if owner in ("他们", "她们") and counted.number:
        counted.add(not_yet_named(match.string[: match.start()]), between)
    elif (
        (is_other and counted.has_me)
        or (owner is None and not match["couple"].startswith(_OWN_COUPLES))
        or _is_beside_speaker(counted, match, between)
    ):
        counted.add(2, between)
    else:
        count_group(counted, 2, owner, between)
        counted.is_couple_ours = owner is not None
    counted.couple = match["couple"][-3:]


def _is_beside_speaker(counted: Tally, match: re.Match[str], between: str) -> bool:
    """我跟小两口, 我们俩和小两口, 跟老两口住: a couple that the speaker is none of."""
    if match["couple_of"] is not None or not match["couple"].startswith(_BY_AGE):
        return False
    is_young_apart = between == "," and match["couple"].startswith("小") and _ends(match)
    if counted.is_without_me or (is_young_apart and counted.has_me and counted.number == 1):
        return True  # 除了我就小两口; 我，小两口
    is_linked = JOINED.search(between) is not None or is_adding(between)
    return is_linked and (counted.has_me or counted.number == 0 or bool(counted.named & SPOUSES))


def is_beside_couple(counted: Tally, between: str, match: re.Match[str]) -> bool:
    """Whether the speaker who is named now is none of the couple before: 小两口和我."""
    if counted.couple not in _BY_AGE or counted.number != 2 or counted.is_couple_ours:
        return False
    is_apart = between == "," and counted.couple.startswith("小") and _ends(match)
    is_linked = is_apart or JOINED.search(between) is not None or is_adding(between)
    return counted.total is None and is_linked


def _ends(match: re.Match[str]) -> bool:
    """Whether nothing is told of those who were named."""
    return _END.match(match.string, match.end()) is not None


_END = compiled("$|,|[和跟与]")
