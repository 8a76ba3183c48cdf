"""What was counted so far in one answer, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.people.surroundings import ADDING, ALL_TOGETHER, AWAY, JOINED, LINKED, RECOUNTED, TOTAL

ADDED_UP = 0.8
"""Confidence of a sum."""
CONTRADICTED = 0.4
OF_OTHERS = 0.3
"""Of 对门老两口 and 门口俩人, who live elsewhere, and of 还有俩人, where it is open beside whom."""
LOOSE = 0.55
"""Of people who are named in one answer but not one after the other."""
IMPLIED = 0.75
"""Of 跟儿子住, where it is the speaker who does."""
WITHOUT_SPEAKER = 0.5
"""Of 儿子和孙子, where nobody said whether the speaker lives there."""


class People(NamedTuple):
    number: int
    confidence: float
    """1 for a number that was said, less for one that had to be added up."""
    is_stated: bool = True
    """Whether a number of all was said, not only added up."""


@dataclass
class Tally:
    """What was counted so far."""

    number: int = 0
    total: int | None = None
    """The last that was said of all."""
    is_listing: bool | None = None
    """Whether what follows a total only says who they are; None as long as nothing followed."""
    mentioned: int = 0
    """Persons named after a total who may be its parts."""
    is_complete: bool = False
    """The total was said of all taken together: 一共五口."""
    is_small_family: bool = False
    """The total was said of a family as the one beside others: 一家三口."""
    is_open: bool = False
    """Whether who was named with a total is one of them is open, until a number is said: 三口带保姆."""
    is_without_me: bool = False
    """不算我 was said: the next total needs one more."""
    is_with_all: bool = False
    """连我 was said: the next number is that of all."""
    has_me: bool = False
    couple: str = ""
    """The last couple that was counted: 老两口."""
    named: set[str] = field(default_factory=set)
    """Relatives who were counted, each by his word."""
    is_by_age: bool = False
    """Persons were counted as 老的, 中年的 or 上班的, who may be all, the speaker too."""
    again: int = 0
    """How many of a group are yet to be named: 爷孙三个，我、儿子、孙子."""
    group: int = 0
    """The group that the speaker was counted in."""
    is_group_listed: bool = False
    """The speaker was named among those who were named after his group: 我们仨，婆婆、我."""
    has_left: bool = False
    """Somebody was said to be away, so that a total after it is the smaller."""
    before: int | None = None
    """The total before the last."""
    former: int | None = None
    """The total before 就我跟我妈 began anew."""
    everybody: int = 0
    """All numbers that were said of parts, whatever became of them: 大哥家三口，我家四口."""
    is_couple_ours: bool = False
    """Whether a couple is said to be the speaker's own: 我们两口子."""
    is_put_right: bool = False
    """The words follow a correction, so that what is told after a total explains it."""
    is_baseless: bool = False
    """A change was told, but not of what."""
    confidence: float = 1.0

    def begin_anew(self, is_later: bool) -> None:
        """现在就我们俩: what was counted is past, and a total before it in doubt unless time went by."""
        doubt = self.total is not None and not is_later
        self.__init__(confidence=CONTRADICTED if doubt else 1.0, former=self.total)  # type: ignore[misc]

    def add(self, number: int, between: str) -> None:
        """Persons beside the others."""
        self.everybody += number
        if self.total is not None and self.is_listing is None:
            is_with = _WITH.fullmatch(between) is not None
            self.is_listing = self.is_put_right or (is_with and self.is_complete) or not is_adding(between)
            if is_with and self.total > _COUPLE and not self.is_small_family:
                self.is_open = not self.is_listing
                self.confidence = min(self.confidence, CONTRADICTED if self.is_open else ADDED_UP)
        if self.is_listing:
            self.mentioned += number
            return
        named = min(self.again, number)
        self.again -= named
        self.number += number - named
        self.confidence = min(self.confidence, ADDED_UP)
        if self.is_group_listed:
            self._end_group()  # 我们仨，婆婆、我和儿子

    def add_me(self, between: str) -> None:
        """The speaker, counted once: 他们三口加我, 四个人加我."""
        if self.total is not None and self.is_listing is None and _is_added_to_total(between):
            self.number += 1
        elif self.total is not None and self.is_listing is None:
            self.is_listing = True
            self.mentioned += is_adding(between)  # 三口，还有我，四口
        elif not self.has_me:
            self.add(1, between)
        elif self.group and self.number == self.group:
            self.again, self.group = self.group - 1, 0
        elif self.group:
            self.is_group_listed = True
            self._end_group()  # 我们仨，我爸我妈和我
        self.has_me = True

    def _end_group(self) -> None:
        """Everybody of a group has been named after it, so that nobody counts twice."""
        if self.number == 2 * self.group - 1:
            self.number, self.group, self.is_group_listed = self.group, 0, False

    def include_me(self, between: str) -> None:
        """算上我 after a number of all, or after persons beside the speaker."""
        if self.total is None:
            self.add_me(between)

    def forget_me(self) -> None:
        """四个，忘了算我: five, unless that was said already (四个，五个，忘了算我)."""
        if self.total is None:
            self.is_without_me = not self.is_put_right  # 六口，不对，忘了算我，七口
        elif self.is_put_right or (self.before is not None and self.total == self.before + 1):
            self.confidence = max(self.confidence, ADDED_UP)
        else:
            self.change(1)

    def change(self, number: int) -> None:
        """Persons who came or went since a total was said: 四口减一口, 走了俩."""
        if self.total is None or self.number + number < 1:
            self.is_baseless = True
            return
        self.number += number
        self.before, self.total = self.total, self.number
        self.confidence = min(self.confidence, ADDED_UP)

    def add_us(self, number: int, between: str) -> None:
        """A group with the speaker: 我们俩, 老两口; it may be those who were named: 我跟我弟弟，哥俩."""
        named = self.number + (not self.has_me)
        is_beside = TOTAL.search(between) or (not self.has_me and JOINED.search(between))
        if self.total == number and TOTAL.search(between):
            return  # 不算我俩，算上我仨
        if number == named and not is_beside and not (self.total is not None and is_adding(between)):
            self.number, self.confidence = number, max(self.confidence, 0.9)
        elif self.total is None and self.has_me and self.number == 1:
            self.number = number
        else:
            self.add(number, between)
        self.has_me, self.group = True, number

    def state(self, number: int, between: str, is_alone: bool) -> None:
        """A total is said; ``is_alone``: it is all that its clause says."""
        number += self.is_without_me and (self.number == 0 or number != self.number + 1)
        doubt = self._doubt(number, between, is_alone)
        if doubt is None:
            self.everybody += number
            return  # 五口，阳了一个: a part
        self.everybody += number
        self.before, self.number, self.confidence = self.total, number, doubt
        self.total, self.is_listing, self.has_me, self.mentioned = number, None, True, 0
        self.is_small_family = self.is_open = False
        self.is_complete = ALL_TOGETHER.search(between) is not None
        self.is_without_me = self.is_with_all = self.has_left = self.is_baseless = False

    def _doubt(self, number: int, between: str, is_alone: bool) -> float | None:
        """The confidence of a total after what was counted; None where it is no total."""
        known = self.number + (not self.has_me)
        if number in (self.number, known) or self.number <= 1:
            is_clear = self.confidence >= ADDED_UP or self.total is None
            return 1.0 if is_clear else ADDED_UP if self.is_open else self.confidence
        if self.mentioned and number == self.number + self.mentioned:
            return ADDED_UP
        if self.total is not None and is_alone and RECOUNTED.search(between):
            return ADDED_UP
        if (self.has_left or AWAY.search(between)) and is_alone and number < self.number:
            return ADDED_UP
        if self.total is not None and is_alone and number > self.number and _MORE_CAME.search(between):
            return ADDED_UP
        if (
            self.is_with_all
            or TOTAL.search(between)
            or (self.total is None and (number > self.number or is_alone))
        ):
            return ADDED_UP
        if self.total is not None and number == self.everybody:
            return ADDED_UP
        if self.total is not None and number < self.total and not is_alone:
            return None
        return CONTRADICTED if self.total is not None else None


_COUPLE = 2
"""两口带个孩子 are three; 五口带个孩子 may be five."""
_WITH = compiled(",?(?:带[着了起上]?|有)[一两俩]?个?")
"""一共五口，带个外孙女: who is among them."""
_MORE_CAME = compiled("还有|再?加上|再加|[来添]了")
"""三口，还有老人，四口."""


def _is_added_to_total(between: str) -> bool:
    return "外加" in between or (is_adding(between) and "," not in between)


def is_adding(between: str) -> bool:
    if re.search("(?<!就)是", between):
        return False  # 三个，另外两个是他跟他媳妇
    return bool(ADDING.search(between)) or ("," not in between and bool(LINKED.search(between)))
