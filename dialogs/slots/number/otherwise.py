"""Numbers told in other words: the script's own (一刻钟), by the days of the week (一三五), by years."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.entities.days_a_week import days_a_week
from dialogs.entities.spoken_numbers import Number
from dialogs.entities.spoken_years import years
from dialogs.language.numerals import whole_number
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, is_inside

_NOTHING = 0.7
"""Confidence of 没有 where a slot may be nought."""
_NONE = compiled(
    "(?:一[^,]{1,2}[都也])?没(?:有|花|用|养|交|得|损失|丢)|(?:我|也|都)*不(?:去|练|吃|做|来|打|抽|喝|用)(?:$|[,我走])"
)
_BY_DAYS = 0.85
_BY_YEAR = 0.9
_LONG = 3
"""Characters from which the script's own words for a number count before numerals in them."""
_MOSTLY = 0.4
"""Share of an answer from which shorter words are all that is told."""
_FIRST_YEAR = 1900
_A_WEEK = compiled("星期|礼拜|周")
_EVERY_OTHER = compiled("隔[一两]?天")
_HALF_A_WEEK = 3.0
_OF_AGE = compiled("岁|年龄|年纪")
_BEGAN = compiled("(?:开始|上的?班|做的|来的|住的|起的)")


def by_words(answer: Answer) -> Finding | None:
    """The script's own words: 底层 for 1; hardly more than they must be said, 卧室没事 is no 没事."""
    said = [token for token in answer.tokens if token.has(answer.slot.name)]
    if not said or not answer.is_asked:
        return None
    value = float(said[-1].values(answer.slot.name)[0])
    if not is_inside(value, answer.slot):
        return None
    is_most = len(said[-1].word) >= _MOSTLY * sum(len(t.word) for t in answer.tokens if not t.is_break)
    confidence = said[-1].confidence
    return Finding(value, confidence if is_most or len(said[-1].word) >= _LONG else min(confidence, DOUBTFUL))


def by_listed_numerals(answer: Answer, every: list[Number]) -> Finding | None:
    """The script's own word for what would be another number, where no other is told: 初一 for 7."""
    owner = answer.slot.name
    said = [t for t in answer.tokens if t.has(owner) and t.word == t.said and len(t.said) > 1]
    if not answer.is_asked or not said:
        return None
    held = [one for one in every if any(t.start <= one.start < t.end for t in said)]
    others = [one for one in every if one not in held and one.unit in answer.slot.units]
    if others or not (held or any(days_a_week(t.said) is not None for t in said)):
        return None
    values = {float(t.values(owner)[0]) for t in said}
    value = values.pop()
    if values or not is_inside(value, answer.slot):
        return None
    is_exact = _MORE.match(answer.text, said[-1].end) is None
    return Finding(value, said[-1].confidence if is_exact else DOUBTFUL)


_MORE = compiled("[都也还]?(?:不止|不到|没到|多)")
"""一个月都不止 is not the script's 一个月."""


def by_room(answer: Answer, text: str) -> Finding | None:
    """三零二, where a floor was asked for."""
    if not answer.is_asked or not _FLOORS & answer.slot.units.keys():
        return None
    room = _ROOM.search(text)
    floor = whole_number(room["floor"]) if room else None
    return Finding(float(floor), _BY_ROOM) if floor and is_inside(floor, answer.slot) else None


_FLOORS = {"楼", "层"}
_DIGIT = "[一二三四五六七八九]"
_ROOM = compiled(
    f"(?<![零一二三四五六七八九十百千])(?P<floor>十{_DIGIT}?|[一二]?{_DIGIT}|二?十)零{_DIGIT}(?![零一二三四五六七八九十百千])"
)
_BY_ROOM = 0.8


def by_long_words(answer: Answer, every: list[Number]) -> Finding | None:
    """The same of words that hold a number of their own (早晚各一次 for 14), where no other is said."""
    said = [t for t in answer.tokens if t.has(answer.slot.name) and len(t.said) >= _LONG and t.word == t.said]
    if not said:
        return None
    beside = [one for one in every if not (said[-1].start <= one.start < said[-1].end)]
    return None if any(one.unit in answer.slot.units for one in beside) else by_words(answer)


def by_days_of_the_week(answer: Answer, text: str) -> Finding | None:
    """一三五去, where it was asked on how many days, or how often, a week."""
    if not answer.is_asked or not _A_WEEK.search(answer.slot.question):
        return None
    if _EVERY_OTHER.search(text):
        return Finding(_HALF_A_WEEK, DOUBTFUL)
    days = days_a_week(text)
    return Finding(float(days), _BY_DAYS) if days is not None and is_inside(days, answer.slot) else None


def by_year(answer: Answer, text: str) -> Finding | None:
    """九八年, 三年前, where the slot is for years."""
    if answer.is_asked and _OF_AGE.search(answer.slot.question):
        return _by_birth(answer, text)
    if not answer.is_asked or answer.slot.minimum is None or answer.slot.minimum < _FIRST_YEAR:
        return None
    told = [one for one in years(text, answer.today) if is_inside(one.year, answer.slot)]
    begun = [one for one in told if _BEGAN.search(text[one.end : one.end + 6])] or told
    if not begun:
        return None
    is_one = len({one.year for one in begun}) == 1
    return Finding(float(begun[0].year), _BY_YEAR if is_one else DOUBTFUL)


def _by_birth(answer: Answer, text: str) -> Finding | None:
    """五八年的, where an age was asked for."""
    born = [one for one in years(text, answer.today) if _BORN.match(text, one.end)]
    if len(born) != 1:
        return None
    age = answer.today.year - born[0].year
    return Finding(float(age), _BY_BIRTH) if is_inside(age, answer.slot) else None


_BORN = compiled("的?(?:生|出生|人$|$|[,;吧呢啊])|生人")
_BY_BIRTH = 0.8


def nothing(answer: Answer, text: str) -> Finding | None:
    """没有, where the script says that nought is a value."""
    allows_nought = answer.slot.minimum is not None and answer.slot.minimum <= 0
    if not allows_nought or not answer.is_asked or not _NONE.match(text):
        return None
    return Finding(0.0, _NOTHING * (1 - STRANGE * answer.unexplained()))
