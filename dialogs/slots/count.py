"""How many people: 三口人, 两个大人一个孩子, 老两口."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.numerals import whole_number
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, in_range
from dialogs.slots.negation import corrected

_N = "(?:[一二三四五六七八九十]+|两|俩)"
PEOPLE = re.compile(rf"(?P<n>{_N})(?P<unit>口人|口子|口|个人|个大人|个小孩|个孩子|个老人|个|人|位)")
_BARE = re.compile(rf"(?<!第)(?P<n>{_N})")
_PARTS = re.compile(r"个(大人|小孩|孩子|老人)|(大人|小孩|孩子|老人)")


def find_count(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_count)


def _plain_count(answer: Answer) -> Finding | None:
    counted = list(PEOPLE.finditer(answer.text))
    if not answer.is_asked:
        counted = [match for match in counted if match["unit"].startswith("口")]
    if counted:
        return _people(answer, counted)
    if not answer.is_asked:
        return None
    return _count_by_words(answer) or _bare_number(answer)


def _people(answer: Answer, counted: Sequence[re.Match[str]]) -> Finding | None:
    numbers = [whole_number(match["n"]) or 0 for match in counted]
    confidence = min(answer.confidence_of(*match.span()) for match in counted)
    if len(set(numbers)) == 1 and not _PARTS.search(answer.text):
        return in_range(answer, numbers[0], confidence)
    if len(_PARTS.findall(answer.text)) >= len(numbers) > 1:
        return in_range(answer, sum(numbers), min(confidence, 0.8))  # 两个大人一个孩子
    if len(numbers) == 1:
        return in_range(answer, numbers[0], confidence)
    return in_range(answer, numbers[-1], DOUBTFUL)


def _count_by_words(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has(answer.slot.name)]
    kin = {t.word for t in answer.tokens if t.has("kin")}
    if said and not kin:
        return in_range(answer, int(said[-1].values(answer.slot.name)[0]), said[-1].confidence)
    # 我和老伴还有儿子: counted, but asked again.
    return in_range(answer, len(kin) + 1, 0.5) if kin else None


def _bare_number(answer: Answer) -> Finding | None:
    numbers = [(whole_number(match["n"]), match.span()) for match in _BARE.finditer(answer.text)]
    known = [(number, span) for number, span in numbers if number is not None]
    if len(known) != 1:
        return None
    number, span = known[0]
    return in_range(answer, number, 0.8 * answer.confidence_of(*span) * (1 - STRANGE * answer.unexplained()))
