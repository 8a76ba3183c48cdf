"""A day to come: 下周三吧; 周六不行，下周二; 明天不在，后天在.

Days that are denied do not count, nor, where another was said, those of something else
(孩子二十九号放假). Beside what was asked (回来, 可以) a day counts before all others. Of several that suit,
none is chosen for the resident: they are asked about again, as is what names no single day (二十几号,
九号或十号, 过了元旦再说). What the recogniser wrote is read before what the repair by sound made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.entities.coming_days import coming_days
from dialogs.entities.dates import DateMention, dates
from dialogs.language import grammar
from dialogs.script import Slot, Tense
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.day.put_right import put_right
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
    "要上班|上班|出差|要去|要出|得去|得出|[要得][跑办接带陪]|还没|赶不|太[早晚急赶])"
)
_OTHERS_BEFORE = compiled(
    f"(?<![和跟带陪])(?:{grammar.ANY_KIN}|他|她|同事|单位|学校|公司)们?(?!说)[^我,]{{0,2}}$"
)
_ELSE_AFTER = compiled(
    f"^(?:才|就|要|得|还|又|我|我们|那天|下午|上午|晚上|{grammar.ANY_KIN})*能?(?:[开放上]学|放假|[上加]班|考试|高考|打针|手术|出院"
    "|住院|体检|开会|出差|结婚|过?生日|值班|交房|发工资|还没)"
)
_OR = compiled("[号日]?(?:或者?|还是|要么|或是|[,]?要不就?)(?=[零一二两三四五六七八九十大后明下这周星礼])")
"""Between two days of which either may be meant: 九号或十号."""
_PUTS_OFF = compiled("^(?:以后|之后|吧|那天)?(?:再(?:说|看|定|商量|讲|联系|议)|看情况|不一定|没准)")
_FREE = compiled(
    "^(?:[一整全]?[天上下午晚早]*|以后|之后|我|我们|家里|就|那天)*(?:可以|行(?!李)|成|有空|有时间|有人|在家|方便|没问题|没事|休息|没安排)"
)
_ASKED = (
    (
        compiled("[哪几][天号].{0,3}(?:走|出发|动身|离)|(?:走|出发|动身|离开).{0,4}[哪几][天号]"),
        compiled("^[^,]{0,4}(?:走|出发|动身|离|的?(?:车|票|飞机|火车|高铁))"),
    ),
    (
        compiled("[哪几][天号].{0,3}[回返]|[回返].{0,5}[哪几][天号]"),
        compiled("^[^,]{0,4}[回返]|^[^,]{0,2}到家"),
    ),
    (compiled("开始"), compiled("^[^,]{0,3}(?:开始|起)")),
    (compiled("哪天|几号|什么时候"), _FREE),
)
"""What a question asks for, and what a day that answers it stands before."""


def asks_by_verb(slot: Slot) -> bool:
    """Whether a question tells what is done on the day, which tells it at other questions too: 二月八号回."""
    return any(asked.search(slot.question) for asked, _ in _ASKED[:2])


def find_coming_day(answer: Answer) -> Finding | None:
    anew = put_right(answer.said) if answer.is_asked else ""
    return (_day_in(anew, answer) if anew else None) or corrected(answer, _plain_day)


def _plain_day(answer: Answer) -> Finding | None:
    heard = "".join(token.said for token in answer.tokens)
    if found := _day_in(heard, answer):
        return found
    if heard == answer.text:
        return None
    found = _day_in(answer.text, answer)
    return found and replace(found, confidence=min(found.confidence, _least_heard(answer)))


def _least_heard(answer: Answer) -> float:
    """Confidence of what is read in words that were repaired by sound."""
    return min((token.confidence for token in answer.tokens if token.word != token.said), default=1.0)


def _day_in(text: str, answer: Answer) -> Finding | None:
    named = _named(text, answer)
    suiting = [mention for mention in named if not _is_denied(text, mention)]
    if not answer.is_asked and not answer.slot.cue:
        suiting = [mention for mention in suiting if _is_asked_for(text, mention, answer.slot)]
    if not suiting:
        return None
    elses = {mention.day for mention in suiting if _is_of_something_else(text, mention, answer.slot)}
    own = [mention for mention in suiting if mention.day not in elses]
    asked = [mention for mention in own if _is_asked_for(text, mention, answer.slot)]
    clear = [mention for mention in asked or own or suiting if mention.confidence > DOUBTFUL]
    clear = clear or asked or own or suiting
    chosen = max(clear, key=lambda mention: mention.confidence)
    confidence = chosen.confidence
    if not own or any(not _goes_with(mention, chosen) for mention in clear) or _is_open(text, chosen, answer):
        confidence = min(confidence, DOUBTFUL)
    if not answer.is_asked and confidence < _IN_PASSING:
        return None
    return Finding(chosen.day.isoformat(), confidence)


def _is_of_something_else(text: str, mention: DateMention, slot: Slot) -> bool:
    before = _BREAK.split(text[: mention.start])[-1]
    else_after = _ELSE_AFTER.match(text[mention.end :])
    is_asked = else_after is not None and else_after[0][-2:] in slot.question  # 到期, where that was asked
    return bool(_OTHERS_BEFORE.search(before) or (else_after and not is_asked))


def _is_asked_for(text: str, mention: DateMention, slot: Slot) -> bool:
    """Whether what the question asks for stands behind a day: 下周二可以; 二月二十六回来."""
    after = next((after for asked, after in _ASKED if asked.search(slot.question)), None)
    return after is not None and after.match(text[mention.end :]) is not None


def _is_open(text: str, mention: DateMention, answer: Answer) -> bool:
    """Whether a day is one of two, put off, or today as 月底 on the last day of a month."""
    is_vague_today = mention.day == answer.today and mention.confidence < _IN_PASSING
    after = text[mention.end :]
    return is_vague_today or _OR.match(after) is not None or _PUTS_OFF.match(after) is not None


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
