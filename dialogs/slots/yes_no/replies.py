"""A yes or no to a request, an offer, or whether something was done: read by what the question asks. Pure.

Laws:

- Every clause agrees, refuses, leaves open or says nothing; the script's own words count before any others.
- Clauses about somebody else or another time count only where no other says anything.
- What is only a yes or no (行, 不用) outweighs the explanation after it, unless that takes it back.
- Clauses that contradict each other leave the answer in doubt; 看情况 alone is no answer to ask again for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from campaign.patterns import any_of, compiled
from dialogs.language import grammar
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.negation import Mention
from dialogs.slots.yes_no.reply_words import (
    ACHIEVED,
    DAY,
    DONE_VERB,
    DOUBLY_DENIED,
    EXCUSES,
    FORGOTTEN,
    HARD,
    HARMLESS,
    KINDS,
    KNOWING,
    NO,
    OTHER_TIME,
    PURE,
    REFUSING,
    UNDECIDED,
    UNDONE,
    VERBS,
    YES,
    Asks,
)

_PLAIN = 0.95
"""Confidence of a clause that says only yes or no, and of the script's own words."""
_SAID = 0.85
_IMPLIED = 0.7
"""Of 我那天要上班, which refuses without the word."""
_FIRST_COUNTS = 0.75
"""Of 行，我不吃, whose second clause only looks like a no."""
_UNDECIDED = 0.9
_KIN = any_of(kin for kin in grammar.KIN if len(kin) > 1)
_OF_OTHERS = compiled(
    rf"^(?:我|我们|我家)?(?:{_KIN}|他|她|他们|邻居|隔壁|人家|别人)(?![^,]*(?:我[^们家]|给|帮|会给|说))"
)
_BREAK = compiled("[,;。，；!！?？]")
_OPENS = compiled(
    "^(?:[嗯哦啊哎]*)(?:不行|不用了?|不要了?|不能|不了|可以|行|好的?|能|要|"
    "需要|没问题|没空|方便|不方便|收到了?|知道了?)[啊呀吧呢嘞哦的了]*"
    "(?=我[^们]|那天|这|他|她|家里|到时|就|星期|周|明天|今天|谢)"
)
"""A reply before an explanation, where the recogniser wrote no comma."""

_ASKS_BACK = compiled("(?:吗|(?<!什)(?<!怎)(?<!那)(?<!这)么)$")
"""我能来吗: to be asked again."""


@dataclass(frozen=True)
class Question:
    """What a question asks, and the verbs in which it can be answered."""

    asks: Asks
    text: str
    verbs: frozenset[str]


@dataclass(frozen=True)
class _Clause:
    text: str
    value: bool | None
    """None: nothing was said, or it was left open."""
    confidence: float
    is_open: bool = False
    is_unknown: bool = False
    is_pure: bool = False
    is_aside: bool = False
    """About somebody else, or another time."""


@lru_cache(maxsize=512)
def question_of(text: str) -> Question | None:
    """What a question asks; None where it asks for a state of affairs (有没有老人, 在北京吗)."""
    asking = [clause for clause in _BREAK.split(text) if clause]
    if not asking:
        return None
    kind = next((kind for pattern, kind in KINDS if pattern.search(asking[-1])), None)
    return Question(kind, text, frozenset(_verbs(asking, kind))) if kind is not None else None


def _verbs(asking: Sequence[str], kind: Asks) -> Iterator[str]:
    """来 and 去 answer each other; what is proposed before 您同意吗 is agreed to by its verb as well."""
    clauses = asking if kind is Asks.ABLE else asking[-1:]
    found = [verb for clause in clauses for verb in VERBS.findall(clause)]
    found += [one or other for one, other in DONE_VERB.findall(asking[-1])]
    yield from found
    if {"来", "去", "到"} & set(found):
        yield from ("来", "去")


def find_reply(
    answer: Answer, question: Question, own: Sequence[tuple[Mention, bool, float]]
) -> Finding | None:
    """What the answer says; ``own`` are the script's words in it with value and confidence."""
    clauses = [_clause(text, start, question, own) for text, start in _clauses(answer.text)]
    return _together(clauses, question)


def _clauses(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for part in _BREAK.split(text):
        opening = _OPENS.match(part)
        cuts = (0, opening.end(), len(part)) if opening and opening.end() < len(part) else (0, len(part))
        for begin, end in pairwise(cuts):
            if end > begin:
                yield part[begin:end], start + begin
        start += len(part) + 1


# --- one clause -----------------------------------------------------------------------------------------


def _clause(text: str, start: int, question: Question, own: Sequence[tuple[Mention, bool, float]]) -> _Clause:
    here = _own_words(text, start, own)
    value, confidence = _by_words(text, question)
    if value is not None and all(len(word) == 1 for word, _, _ in here):
        here = []  # 来 is no yes in 来不了
    is_pure = PURE.fullmatch(text) is not None
    is_aside = bool(OTHER_TIME.search(text) or _OF_OTHERS.search(text))
    if _ASKS_BACK.search(text) and not DOUBLY_DENIED.search(text):
        return _Clause(text, here[-1][1] if here else value, DOUBTFUL)
    if UNDECIDED.search(text):
        return _Clause(text, None, _UNDECIDED, is_open=True)
    if not here and _is_unknown(text, question):
        return _Clause(text, None, _UNDECIDED, is_unknown=True)
    if here:
        values = {own_value for _, own_value, _ in here}
        sure = min(own_sure for _, _, own_sure in here) if len(values) == 1 else DOUBTFUL
        return _Clause(text, here[-1][1], sure, is_pure=len(values) == 1, is_aside=is_aside)
    return _Clause(
        text,
        value,
        _PLAIN if is_pure and value is not None else confidence,
        is_pure=is_pure,
        is_aside=is_aside,
    )


def _own_words(
    text: str, start: int, own: Sequence[tuple[Mention, bool, float]]
) -> list[tuple[str, bool, float]]:
    """The script's words in a clause with what they mean there: 忘关了 is a no, 哪能不来 holds no 不来."""
    found = []
    for mention, value, sure in own:
        at = mention.token.start - start
        if not 0 <= at < len(text):
            continue
        if any(
            match.start() < at + len(mention.token.word) and match.end() > at
            for match in DOUBLY_DENIED.finditer(text)
        ):
            continue
        is_forgotten = value and not mention.is_negated and FORGOTTEN.search(text[:at]) is not None
        found.append((mention.token.word, value and not is_forgotten, sure))
    return found


def _is_unknown(text: str, question: Question) -> bool:
    """不知道, but for a question whether somebody knows."""
    return _UNKNOWN.search(text) is not None and not KNOWING.search(question.text)


_UNKNOWN = compiled(
    "不(?:太|大|是很)?(?:知道|清楚|晓得|了解)|^[我也都早]*(?:忘了|忘记了?|记不住)[啊呀呢吧]*$"
)


def _by_words(text: str, question: Question) -> tuple[bool | None, float]:
    rest = HARMLESS.sub("~", text)
    if question.asks is Asks.WANTED and _is_helpless(rest):
        return True, _IMPLIED
    if NO[question.asks].search(rest) or _refuses_verb(rest, question) or _is_undone(rest, question):
        return False, _SAID
    if question.asks is Asks.ABLE and HARD.search(rest):
        return False, DOUBTFUL
    if question.asks is Asks.ABLE and EXCUSES.search(rest):
        return False, _IMPLIED
    if _is_another_day(rest, question) or _is_done_already(rest, question):
        return False, _IMPLIED
    if YES[question.asks].search(text) or _repeats_verb(rest, question) or _is_achieved(text, question):
        return True, _SAID
    if question.asks is not Asks.DONE and "~" in rest and rest.strip("啊呀吧呢的了应该肯定我") == "~":
        return True, _SAID
    if question.asks is not Asks.DONE and REFUSING.search(rest):
        return False, _IMPLIED
    return None, 0.0


_HELPLESS = compiled(
    "[提拎扛搬抬拿走弄动爬]不(?:动|了|起|来|上)|腿脚?.{0,3}(?:不|疼|断|坏)|"
    "没人(?:帮|管|给|弄|送|接|搬|在)|不会(?:弄|用|搞|接|做)|够不[着到]|"
    "没有?(?:桶|地方|车|力气)|家里没|[用弄搞学整]不(?:来|了|好|明白|会)|看不[清懂见]|不识字"
)


def _is_helpless(text: str) -> bool:
    """我提不动 accepts an offer."""
    return _HELPLESS.search(text) is not None


def _refuses_verb(text: str, question: Question) -> bool:
    """不打, 没打, 别派, 走不了: the verb of the question, denied."""
    return any(
        re.search(f"(?:不|没有?|别|甭|未)[^,一了]{{0,3}}{verb}|{verb}不", text) is not None
        for verb in question.verbs
    )


def _is_undone(text: str, question: Question) -> bool:
    """没顾上, after 打过了吗 but not after 听明白了吗."""
    return (
        question.asks is Asks.DONE and not KNOWING.search(question.text) and UNDONE.search(text) is not None
    )


def _is_achieved(text: str, question: Question) -> bool:
    """打了, after 打过了吗; 念得太快了 is no yes to 听明白了吗."""
    return (
        question.asks is Asks.DONE and not KNOWING.search(question.text) and ACHIEVED.search(text) is not None
    )


def _repeats_verb(text: str, question: Question) -> bool:
    return any(re.search(f"{verb}(?!人)", text) for verb in question.verbs)


def _is_another_day(text: str, question: Question) -> bool:
    """后天行, where tomorrow was asked about."""
    if question.asks is not Asks.ABLE:
        return False
    named, asked = _days(text), _days(question.text)
    return bool(named and asked) and not named & asked


def _days(text: str) -> set[str]:
    """The days that are named, 星期天 and 周日 alike."""
    return {next(filter(None, match.groups())).replace("天", "日") for match in DAY.finditer(text)}


def _is_done_already(text: str, question: Question) -> bool:
    """我领过了, to a request to come for it."""
    return question.asks is not Asks.DONE and any(
        re.search(f"{verb}(?:过了|过|完了|好了)(?!来|去|吧)", text) for verb in question.verbs
    )


# --- all of them ----------------------------------------------------------------------------------------


def _together(clauses: Sequence[_Clause], question: Question) -> Finding | None:
    said = [clause for clause in clauses if clause.value is not None]
    said = [clause for clause in said if not clause.is_aside] or said
    is_open = any(clause.is_open for clause in clauses)
    if not said:
        return Finding(None, _UNDECIDED) if is_open or any(clause.is_unknown for clause in clauses) else None
    first = said[0]
    if len({clause.value for clause in said}) == 1:
        best = max(clause.confidence for clause in said)
        return Finding(first.value, min(best, DOUBTFUL) if is_open else best)
    if first.is_pure and not is_open and not _is_taken_back(first, said[1:], question):
        return Finding(first.value, _FIRST_COUNTS)
    return Finding(said[-1].value, DOUBTFUL)


def _is_taken_back(first: _Clause, rest: Sequence[_Clause], question: Question) -> bool:
    """可以啊，不过那天我来不了: what comes later is about the question itself."""
    against = [clause for clause in rest if clause.value is not first.value]
    return any(
        clause.is_pure or re.search("不过|但是?|可是|就是", clause.text) or _denies(clause, question)
        for clause in against
    )


def _denies(clause: _Clause, question: Question) -> bool:
    return clause.value is False and question.asks is not Asks.DONE and _refuses_verb(clause.text, question)
