"""What a script wants to know: slots, their types, and the words that residents use for their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from campaign.patterns import compiled

SURE = 0.6
"""Confidence from which an answer is taken without asking again, where the slot does not say otherwise."""


_GOES = compiled("去|外出|外地|出门|出差|出京|离京|离开|旅|返|回来|到过")

_NEEDS = compiled("^(?!.*(?:改进|建议|意见|不满)).*(?:需要|帮|想要|要不要|缺|困难|要点什么|有什么事|想让)")


class SlotType(StrEnum):
    """Kind of answer; decides how words become a value."""

    IDENTITY = "identity"  # "self", "family", "wrong_number"
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # str, a key of Slot.values
    MULTI_CHOICE = "multi_choice"  # list of str, keys of Slot.values; empty = none
    SYMPTOMS = "symptoms"  # a multi_choice of troubles: 挺好的 means none
    TEMPERATURE = "temperature"  # float, degrees Celsius, one decimal
    PLACE = "place"  # str
    DATE = "date"  # str, YYYY-MM-DD
    COUNT = "count"  # int
    NUMBER = "number"  # int, or float with a fraction: years, floors, kilograms, yuan
    PHONE = "phone"  # str, digits, and 转 with the extension
    TEXT = "text"  # str; empty = none


class Tense(StrEnum):
    """Which days a question is about."""

    PAST = "past"
    FUTURE = "future"
    EITHER = "either"


@dataclass(frozen=True)
class Slot:
    name: str
    label: str
    """Column heading."""
    type: SlotType
    is_required: bool = False
    """A missing or uncertain value goes to follow-up."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Value to the words that residents use for it (``yes``/``no`` for yes_no)."""
    unprompted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Like ``values``: words that answer this slot even when something else was asked."""
    vague: tuple[str, ...] = ()
    """Values, or single words of theirs, that are asked about once more when nothing else was said."""
    none_words: tuple[str, ...] = ()
    """Whole answers to a text slot that mean: nothing."""
    words: tuple[str, ...] = ()
    """Words to be expected in a text answer."""
    minimum: float | None = None
    maximum: float | None = None
    place: str = ""
    """For yes_no: this place means yes, any other place no."""
    unknown: tuple[str, ...] = ()
    """Answers after which asking again is of no use: 没量, 记不清."""
    cue: tuple[str, ...] = ()
    """Words beside which a value counts even when something else was asked: 回来 for a date of return."""
    within_days: int | None = None
    """For yes_no: what lies further back does not count: 去年去过 is a no."""
    of_others: tuple[str, ...] = ()
    """For yes_no: words that mean yes even when said of somebody else: 邻居确诊了."""
    part_of: str = ""
    """Yes/no slot that is answered with yes when this one is answered."""
    like: str = ""
    """Slot of the questions that were taught (``dialogs.taught``) whose answers are worded as this one's."""
    tense: Tense | None = None
    """For date: which days count; None where neither the script nor its question tells, as for EITHER."""
    units: Mapping[str, float] = field(default_factory=dict)
    """For number: words behind it to what one of them is in the unit of the value: 斤 to 0.5."""
    question: str = field(default="", compare=False)
    """The first wording of the question that asks for it, without names; empty where nothing does."""
    sure: float = SURE
    """Confidence (0..1) from which an answer is taken without asking again."""

    @cached_property
    def is_journey(self) -> bool:
        """For yes_no: whether it is asked if somebody went somewhere lately."""
        said = (word for words in self.values.values() for word in words)
        return (
            self.within_days is not None
            and _GOES.search("".join((self.question, self.label, *said))) is not None
        )

    @cached_property
    def is_wish(self) -> bool:
        """For text: whether it is asked what somebody needs, not anything else."""
        return bool(self.like) or not self.question or _NEEDS.search(self.question) is not None
