"""A telephone number: 幺三八，零零幺三，八零零零; 不对，是…; 转分机.

Read from the words as they were heard, never from repaired ones: a digit that only sounds like another is
another number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.entities.spoken_phones import PhoneDigits, phone_digits
from dialogs.slots.answer import DOUBTFUL, Answer, Finding

THIS_NUMBER = "本机"
"""The value of 就这个号码: the number that was called."""
_LOCAL = 0.7
"""Confidence of a number without its area code, or beside another number."""
_PUT_RIGHT = 0.55
"""Of a number whose last digits alone were corrected: asked once more."""
_DECLINED = 0.9
_SHORTEST_GROUP = 3
"""Digits that say the end of a number again."""
_CORRECTION = compiled(
    "(?:[哦啊噢呃哎])?(?:不对不对|不对|说错了|错了|记错了|念错了|重说|重来|"
    "不是不是|(?<=[,;])不是(?=[,;是]|$)|(?<=[,;])不(?=[,;]))"
)
_THIS = compiled(
    "就?是?(?:打|用|留|记)?(?:我)?(?:现在)?(?:就是)?(?:[这本]个?(?:手机|电话|"
    "座机|号码|号)|[你您](?:们)?(?:现在|刚才|刚)?打的)"
)
_NOT_THIS = compiled(
    "(?:不是|不要|别|换|不用|除了)[^,]{0,3}这个|这个[^,]{0,4}(?:不用|停|换|不是|不对|打不通)"
)
_NONE = compiled(
    "(?:没|没有|没得|哪有)(?:手机|电话|座机|号码)|不(?:想|愿意?|能|方便|"
    "便)[^,]{0,3}(?:留|给|说|讲|告诉)|不留|不给"
)


def find_phone(answer: Answer) -> Finding | None:
    text = "".join(token.said for token in answer.tokens)
    parts = [list(phone_digits(part)) for part in _CORRECTION.split(text)]
    for index in range(len(parts) - 1, -1, -1):
        found = _of_part(parts[index]) or _tail_put_right(parts[:index], parts[index])
        if found is not None:
            return found
    return _without_digits(text) if answer.is_asked else None


def _of_part(said: Sequence[PhoneDigits]) -> Finding | None:
    whole = [digits for digits in said if digits.number]
    if not whole:
        return None
    first = whole[0]
    confidence = _LOCAL if first.is_local else 1.0
    if len({digits.number for digits in whole}) > 1:
        confidence = min(confidence, DOUBTFUL if _is_nearly_same(whole) else _LOCAL)
    ends = (digits.digits for digits in said if not digits.number and len(digits.digits) > 1)
    if any(not first.digits.endswith(end) and end not in first.digits for end in ends):
        confidence = min(confidence, DOUBTFUL)
    return Finding(first.number, confidence)


def _is_nearly_same(said: Sequence[PhoneDigits]) -> bool:
    """The same number said twice, differently: one of them is wrong. Two numbers are two numbers."""
    first, second = said[0].digits, said[1].digits
    return (
        len(first) == len(second)
        and sum(a != b for a, b in zip(first, second, strict=True)) <= len(first) // 3
    )


def _tail_put_right(before: Sequence[Sequence[PhoneDigits]], said: Sequence[PhoneDigits]) -> Finding | None:
    """幺三八零零幺三八零零零，不对，八零零八: the end is said anew."""
    old = next((digits for part in reversed(before) for digits in part if digits.number), None)
    if old is None or not said or len(said[0].digits) < _SHORTEST_GROUP:
        return None
    end = said[0].digits
    anew = PhoneDigits(old.digits[: -len(end)] + end, old.extension, old.start, old.end)
    return Finding(anew.number, _PUT_RIGHT) if anew.number else None


def _without_digits(text: str) -> Finding | None:
    if _NONE.search(text):
        return Finding(None, _DECLINED)
    if (
        _THIS.search(text)
        and not _NOT_THIS.search(text)
        and not re.search("[零一二三四五六七八九幺]{3}", text)
    ):
        return Finding(THIS_NUMBER, _DECLINED)
    return None
