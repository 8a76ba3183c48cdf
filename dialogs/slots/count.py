"""How many people: 三口人, 两个大人一个孩子, 老两口."""

from __future__ import annotations

import re

from dialogs.numerals import whole_number
from dialogs.people import people, totals
from dialogs.slots.answer import STRANGE, Answer, Finding, in_range
from dialogs.slots.negation import corrected

_BARE = re.compile(r"(?<!第)(?P<n>[一二三四五六七八九十]+|两|俩|仨)(?![下次遍点趟直起样块定般些会])")


def find_count(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_count if answer.is_asked else _unprompted_count)


def _plain_count(answer: Answer) -> Finding | None:
    counted = people(answer.text)
    if counted is None or (counted.confidence < 0.8 and _by_words(answer) is not None):
        return _by_words(answer) or _bare_number(answer)
    confidence = counted.confidence * min(
        (_heard(answer, match) for match in totals(answer.text)), default=1.0
    )
    return in_range(answer, counted.number, confidence)


def _heard(answer: Answer, match: re.Match[str]) -> float:
    return answer.confidence_of(*match.span())


def _unprompted_count(answer: Answer) -> Finding | None:
    """家里四口人 counts whatever was asked; 两个人 alone does not."""
    said = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name)]
    if said:
        return in_range(
            answer, int(said[-1].values("unprompted:" + answer.slot.name)[0]), said[-1].confidence
        )
    numbers = [match for match in totals(answer.text) if "口" in match[0]]
    if len(numbers) != 1:
        return None
    return in_range(answer, whole_number(numbers[0]["total"]) or 0, _heard(answer, numbers[0]))


def _by_words(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has(answer.slot.name)]
    if not said:
        return None
    return in_range(answer, int(said[-1].values(answer.slot.name)[0]), said[-1].confidence)


def _bare_number(answer: Answer) -> Finding | None:
    numbers = [(whole_number(match["n"]), match.span()) for match in _BARE.finditer(answer.text)]
    known = [(number, span) for number, span in numbers if number is not None]
    if len(known) != 1:
        return None
    number, span = known[0]
    return in_range(answer, number, 0.8 * answer.confidence_of(*span) * (1 - STRANGE * answer.unexplained()))
