"""A day to come: 下周三吧; 周六不行，下周二; 明天不在，后天在.

Days that are denied do not count; of several that suit, none is chosen for the resident: they are asked
about again. What the recogniser wrote is read before what the repair by sound made of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.entities.coming_days import coming_days
from dialogs.entities.dates import DateMention, dates
from dialogs.script import Tense
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.negation import corrected

_IN_PASSING = 0.8
"""Least confidence of a day that is told beside another answer."""
_NEXT_OR_LAST = 0.5
"""Of 周三, where the question may be about days gone by or to come."""
_BREAK = compiled("[,;?!]")
_DENIED_BEFORE = compiled("(?:不要|别|不是|除了|甭|不用|不能|等不到|赶不上)[在从等到]?$")
_DENIED_AFTER = compiled(
    "^(?:那天|我|就|都|也|可|倒|上午|下午|晚上|早上|家里|恐怕|怕是|估计|的话|我家|,?我?那天)*"
    "(?:不(?!错|见不散|用|要紧|远|变)|没(?!问题|事(?!先))|去不|来不|有事|忙|"
    "要上班|上班|出差|要去|要出|得去|得出|还没|赶不|太[早晚急赶])"
)


def find_coming_day(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_day)


def _plain_day(answer: Answer) -> Finding | None:
    heard = "".join(token.said for token in answer.tokens)
    return _day_in(heard, answer) or (None if heard == answer.text else _day_in(answer.text, answer))


def _day_in(text: str, answer: Answer) -> Finding | None:
    named = _named(text, answer)
    suiting = [mention for mention in named if not _is_denied(text, mention)]
    if not suiting:
        return None
    clear = [mention for mention in suiting if mention.confidence > DOUBTFUL] or suiting
    chosen = max(clear, key=lambda mention: mention.confidence)
    confidence = chosen.confidence
    if any(not _goes_with(mention, chosen) for mention in clear):
        confidence = min(confidence, DOUBTFUL)
    if not answer.is_asked and confidence < _IN_PASSING:
        return None
    return Finding(chosen.day.isoformat(), confidence)


def _goes_with(mention: DateMention, chosen: DateMention) -> bool:
    """月底吧，三十号: a vague day beside the day that it is."""
    return mention.day == chosen.day or (
        mention.confidence < chosen.confidence and abs((mention.day - chosen.day).days) <= _NEAR_DAYS
    )


_NEAR_DAYS = 3


def _named(text: str, answer: Answer) -> Sequence[DateMention]:
    coming = tuple(coming_days(text, answer.today))
    if answer.slot.tense is Tense.FUTURE:
        return coming
    return _either(coming, tuple(dates(text, answer.today)))


def _either(coming: Sequence[DateMention], gone: Sequence[DateMention]) -> Sequence[DateMention]:
    """Days of both kinds; where the same words may be either, the day to come, in doubt."""
    both = [
        mention._replace(confidence=min(mention.confidence, _NEXT_OR_LAST))
        if any(_overlap(mention, other) and mention.day != other.day for other in gone)
        else mention
        for mention in coming
    ]
    both += [mention for mention in gone if not any(_overlap(mention, other) for other in coming)]
    return sorted(both, key=lambda mention: mention.start)


def _overlap(one: DateMention, other: DateMention) -> bool:
    return one.start < other.end and one.end > other.start


def _is_denied(text: str, mention: DateMention) -> bool:
    before = _BREAK.split(text[: mention.start])[-1]
    after = _BREAK.split(text[mention.end :])[0]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after))
