"""From the words of an answer to the value of a slot: one function per type of slot. Pure.

Every function gets the words already cut and repaired and returns a ``Finding`` or None. A finding's
confidence says how clearly the words mean the value; below ``dialogs.machine.SURE`` the robot asks again.
A wrong "healthy" is the worst mistake, so words that nobody expected lower the confidence of every
answer that says "no".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dialogs import grammar
from dialogs.dates import dates
from dialogs.numerals import temperatures, whole_number
from dialogs.script import Slot, SlotType
from dialogs.words import Token, is_place_name

DOUBTFUL = 0.4
"""Confidence of what contradicts itself."""
_STRANGE = 0.8
"""How much of the confidence an answer of nothing but strange words loses."""
_STRANGE_ALL_CLEAR = 1.3
"""The same for an all-clear: 割作没有发烧 may be 咳嗽，没有发烧."""
_REACH = 5
"""Characters of unexpected words after which a negation no longer counts."""


@dataclass(frozen=True)
class Finding:
    value: Any
    """As in SlotValue; None where the resident said that there is no answer (没量, 不知道)."""
    confidence: float


@dataclass(frozen=True)
class Answer:
    """The words of one answer, seen from one slot."""

    tokens: tuple[Token, ...]
    slot: Slot
    is_asked: bool
    """Whether the question was about this slot; otherwise only explicit words count."""
    today: date
    homes: frozenset[str] = frozenset()
    """Places that are no journey."""
    name: str = ""
    """The resident's name, so that 我是张三 can be understood."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where numbers, days and places stand in ``text``, whatever slot they belong to."""

    @property
    def text(self) -> str:
        return "".join(token.word for token in self.tokens)

    def confidence_of(self, start: int, end: int) -> float:
        """The least confidence of the words between two positions of ``text``."""
        return min((t.confidence for t in self.tokens if t.start < end and t.end > start), default=1.0)

    def unexplained(self) -> float:
        """Share of the characters that neither the lexicon nor a number or day accounts for."""
        total = sum(len(t.word) for t in self.tokens if not t.is_break)
        strange = sum(
            len(t.word)
            for t in self.tokens
            if not t.tags and not t.is_break and not any(s < t.end and e > t.start for s, e in self.spans)
        )
        return strange / total if total else 0.0


def number_spans(text: str, today: date) -> tuple[tuple[int, int], ...]:
    """Where temperatures, days and numbers of people stand in a text."""
    return (
        *((said.start, said.end) for said in temperatures(text)),
        *((said.start, said.end) for said in dates(text, today)),
        *(match.span() for match in _PEOPLE.finditer(text)),
    )


def find(answer: Answer) -> Finding | None:
    """The value that the answer gives the slot, if any."""
    if answer.is_asked and _is_unknown(answer):
        return Finding(None, 1.0)
    finding = _FINDERS[answer.slot.type](answer)
    if finding is None or answer.is_asked or not answer.slot.cue:
        return finding
    return finding if any(token.has("cue:" + answer.slot.name) for token in answer.tokens) else None


def _is_unknown(answer: Answer) -> bool:
    spoken = [t for t in answer.tokens if not t.is_break]
    unknown = [t for t in spoken if t.has(grammar.UNKNOWN) or t.has("unknown:" + answer.slot.name)]
    others = [t for t in spoken if t not in unknown and not t.has(grammar.FILLER) and not _is_grammar(t)]
    return bool(unknown) and not others


def _is_grammar(token: Token) -> bool:
    return any(token.has(kind) for kind in grammar.WORDS)


# --- negation -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Mention:
    token: Token
    is_negated: bool
    is_introduced: bool = False
    """有点 or 就是 came right before: a later 没有 does not turn it round."""


def _mentions(answer: Answer, is_content: Callable[[Token], bool]) -> list[_Mention]:
    """The words that matter with what negation does to them: 没有发烧咳嗽就是嗓子疼 negates the first two."""
    mentions: list[_Mention] = []
    open_from = 0  # mentions from here on belong to the clause
    negation: Token | None = None
    introduced = False
    strange = 0
    for index, token in enumerate(answer.tokens):
        if is_content(token):
            if token.has(grammar.BUT) or token.word.startswith("有"):  # 就是有点咳嗽, 有接触 in one word
                negation, introduced = None, True
            mentions.append(_Mention(token, negation is not None, introduced or _holds_degree(token)))
            strange = 0
        elif token.is_break or token.has(grammar.OTHERS):
            negation, introduced, open_from = None, False, len(mentions)
        elif token.has(grammar.BUT) or token.has(grammar.YES):
            negation, introduced = None, True
        elif token.has(grammar.NEGATION) or _denies_whole(token, answer.slot):
            if not strange and _closes_clause(answer.tokens[index + 1 :], is_content):
                _negate(mentions, open_from)
            negation, introduced, strange = token, False, 0
        elif token.word == "是" and negation is not None and negation.word == "不是":
            negation = None
        elif not token.tags:
            strange += len(token.word)
            negation = None if strange > _REACH else negation
    return mentions


def _holds_degree(token: Token) -> bool:
    """嗓子有点疼: said to be there, in one word."""
    return any(degree in token.word for degree in ("有点", "有些", "有一点"))


def _denies_whole(token: Token, slot: Slot) -> bool:
    """没去 in 没去湖北. 没有去过湖北 may be 没有，去过湖北, so that does not count."""
    return bool(slot.part_of) and token.has(slot.part_of, "no") and not token.word.startswith("没有")


def _closes_clause(rest: Sequence[Token], is_content: Callable[[Token], bool]) -> bool:
    """发热咳嗽都没有: nothing but fillers follows, so the negation looks back."""
    for token in rest:
        if token.is_break:
            return True
        if is_content(token) or not token.has(grammar.FILLER):
            return False
    return True


def _negate(mentions: list[_Mention], start: int) -> None:
    for index in range(start, len(mentions)):
        if not mentions[index].is_introduced:
            mentions[index] = replace(mentions[index], is_negated=True)


def _after_correction(tokens: Sequence[Token]) -> Sequence[Token]:
    """What was said after the last 不对."""
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].has(grammar.CORRECTION):
            return tokens[index + 1 :]
    return tokens


def _corrected(answer: Answer, read: Callable[[Answer], Finding | None]) -> Finding | None:
    """The value after a correction where there is one, else of the whole answer."""
    rest = tuple(_after_correction(answer.tokens))
    if len(rest) == len(answer.tokens):
        return read(answer)
    shift = rest[0].start if rest else 0
    tokens = tuple(replace(t, start=t.start - shift) for t in rest)
    later = replace(answer, tokens=tokens, spans=tuple((s - shift, e - shift) for s, e in answer.spans))
    return read(later) or read(answer)


def _careful(answer: Answer, confidence: float) -> float:
    """The confidence of an all-clear: less the more of the answer is not understood."""
    return confidence * max(0.0, 1.0 - _STRANGE_ALL_CLEAR * answer.unexplained())


# --- yes or no ------------------------------------------------------------------------------------------


def _yes_no(answer: Answer) -> Finding | None:
    return _corrected(answer, _plain_yes_no)


def _plain_yes_no(answer: Answer) -> Finding | None:
    votes = list(_votes(answer))
    if not votes and answer.is_asked:
        votes = list(_generic_votes(answer))
    if not votes:
        return None
    confidence = min(confidence for _, confidence in votes)
    if len({value for value, _ in votes}) > 1:
        # The last word wins, but it will be asked again.
        return Finding(votes[-1][0], min(confidence, DOUBTFUL))
    value = votes[0][0]
    if value and answer.is_asked and _has_plain_no(answer):
        return Finding(True, min(confidence, DOUBTFUL))
    is_harmless = value or bool(answer.slot.place)
    return Finding(value, confidence if is_harmless else _careful(answer, confidence))


def _votes(answer: Answer) -> Iterator[tuple[bool, float]]:
    """Explicit words: 去过, 没去过, 我在湖北."""
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name

    def is_content(token: Token) -> bool:
        return token.has(owner) or (answer.is_asked and bool(answer.slot.place) and token.has("place"))

    mentions = _mentions(answer, is_content)
    if any(len(mention.token.word) > 1 for mention in mentions):
        mentions = [mention for mention in mentions if len(mention.token.word) > 1]  # 在 in 我在河北
    for mention in mentions:
        token = mention.token
        if not token.has(owner):
            is_here = answer.slot.place in token.values("place")
            if is_here or not mention.is_negated:  # 没有，我在河北: not being in Hebei would tell nothing
                yield is_here and not mention.is_negated, min(0.9, token.confidence)
        elif token.has(owner, "no"):
            yield False, token.confidence
        else:
            yield not mention.is_negated, _unless_lost(answer, token)


def _unless_lost(answer: Answer, token: Token) -> float:
    """在 says little where the rest is not understood: 我在…"""
    return token.confidence if len(token.word) > 1 else _careful(answer, token.confidence)


def _generic_votes(answer: Answer) -> Iterator[tuple[bool, float]]:
    """没有, 是的, 有. A yes that may only acknowledge gives way to a no: 对，没有."""
    free = _free(answer)
    understood = 1.0 - _STRANGE * answer.unexplained()
    no = [t for t in free if t.has(grammar.NO) or _means_none(t)]
    yes = [t for t in free if t.has(grammar.YES)]
    weak = [t for t in free if t.has(grammar.WEAK_YES)]
    for token in no:
        yield False, token.confidence * understood
    for token in yes or ([] if no else weak):
        yield True, token.confidence * understood * (0.9 if token in yes else 0.7)


def _free(answer: Answer) -> list[Token]:
    """The words that do not belong to something else: not the 没 of 没发烧 when travel was asked."""
    free: list[Token] = []
    bound = False
    for token in reversed(answer.tokens):
        if token.is_break or token.has(answer.slot.name):
            bound = False
        elif not token.has("intent") and not _is_grammar(token):
            bound = bool(token.tags)
        elif not bound:
            free.append(token)
    return free[::-1]


def _means_none(token: Token) -> bool:
    return token.has(grammar.FINE) and token.word.startswith("没")


def _has_plain_no(answer: Answer) -> bool:
    """没有 that is not part of what follows: 没有，去过湖北 contradicts itself."""
    spoken = [t for t in answer.tokens if not t.has(grammar.FILLER) or t.has(grammar.NO)]
    for index, token in enumerate(spoken):
        follower = spoken[index + 1] if index + 1 < len(spoken) else None
        if token.has(grammar.NO) and (
            follower is None or follower.is_break or not follower.has(answer.slot.name)
        ):
            return True
    return False


# --- who is speaking ------------------------------------------------------------------------------------


def _identity(answer: Answer) -> Finding | None:
    owner = answer.slot.name
    if not answer.is_asked:
        return None
    mentions = _mentions(answer, lambda token: token.has(owner) or token.has("name"))
    said = {value: m for m in mentions for value in m.token.values(owner) if not m.is_negated}
    for value in ("wrong_number", "family", "self"):
        if value in said:
            return Finding(value, said[value].token.confidence * (1.0 - _STRANGE * answer.unexplained()))
    if any(m.is_negated and m.token.has(owner, "self") for m in mentions):
        return Finding("family", 0.5)  # 我不是本人: somebody else, who is not said
    return _identity_by_name(mentions) or _identity_by_yes_or_no(answer)


def _identity_by_name(mentions: Sequence[_Mention]) -> Finding | None:
    named = [m for m in mentions if m.token.has("name")]
    if not named:
        return None
    return Finding("wrong_number" if named[-1].is_negated else "self", named[-1].token.confidence)


def _identity_by_yes_or_no(answer: Answer) -> Finding | None:
    votes = list(_generic_votes(answer))
    if not votes:
        return None
    values = {value for value, _ in votes}
    confidence = min(c for _, c in votes)
    return Finding("self" if True in values else "wrong_number", confidence if len(values) == 1 else DOUBTFUL)


def _choice(answer: Answer) -> Finding | None:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    said = [m.token for m in _mentions(answer, lambda token: token.has(owner)) if not m.is_negated]
    if not said:
        return None
    values = {value for token in said for value in token.values(owner)}
    confidence = min(token.confidence for token in said)
    return Finding(said[-1].values(owner)[0], confidence if len(values) == 1 else DOUBTFUL)


# --- health ---------------------------------------------------------------------------------------------


def _symptoms(answer: Answer) -> Finding | None:
    return _corrected(answer, _plain_symptoms)


def _plain_symptoms(answer: Answer) -> Finding | None:
    owner = answer.slot.name
    mentions = _mentions(answer, lambda token: token.has(owner))
    felt = [m.token for m in mentions if not m.is_negated]
    if felt:
        return _felt(answer, felt)
    if not answer.is_asked:
        return _unprompted_none(answer)
    return _none_felt(answer, mentions)


def _felt(answer: Answer, felt: Sequence[Token]) -> Finding:
    values = list(dict.fromkeys(value for token in felt for value in token.values(answer.slot.name)))
    clear = [value for value in values if value not in answer.slot.vague]
    confidence = min(token.confidence for token in felt)
    is_all = bool(clear) and not _has_strange_feeling(answer)
    return Finding(clear or values, confidence if is_all else min(confidence, 0.55))


def _has_strange_feeling(answer: Answer) -> bool:
    """还有点… and then nothing that is known: there is more than was understood."""
    introduced = False
    strange = 0
    for token in answer.tokens:
        if token.has(grammar.BUT):
            introduced, strange = True, 0
        elif token.is_break or (token.tags and not token.has(grammar.FILLER)):
            introduced = False
        elif introduced and not token.tags:
            strange += len(token.word)
            if strange > 1:
                return True
    return False


def _unprompted_none(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name, "none")]
    return Finding([], _careful(answer, min(t.confidence for t in said))) if said else None


def _none_felt(answer: Answer, mentions: Sequence[_Mention]) -> Finding | None:
    fine = [
        t for t in answer.tokens if t.has(grammar.FINE) or t.has("unprompted:" + answer.slot.name, "none")
    ]
    no = [t for t in answer.tokens if t.has(grammar.NO)]
    said = [*fine, *no, *(m.token for m in mentions)]
    if said:
        some = any(t.has(grammar.YES) or t.has(grammar.BUT) for t in answer.tokens)
        confidence = min(t.confidence for t in said)
        # 没有就是有点… with the rest not understood: something is there.
        return Finding([], min(_careful(answer, confidence), DOUBTFUL if some else 1.0))
    if any(t.has(grammar.FAIR) for t in answer.tokens):
        return Finding([], 0.5)
    if any(t.has(grammar.YES) for t in answer.tokens) and answer.slot.vague:
        return Finding([answer.slot.vague[0]], 0.5)
    return None


def _temperature(answer: Answer) -> Finding | None:
    return _corrected(answer, _plain_temperature)


def _plain_temperature(answer: Answer) -> Finding | None:
    said = [t for t in temperatures(answer.text) if answer.is_asked or t.confidence == 1.0]
    inside = [t for t in said if _is_inside(t.value, answer.slot)]
    if not inside:
        return None
    # Of several, the highest: 早上三十六度五，下午三十七度六.
    chosen = max(inside, key=lambda t: t.value)
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    several = 0.8 if len({t.value for t in inside}) > 1 else 1.0
    return Finding(round(chosen.value, 1), _careful(answer, confidence * several))


def _is_inside(value: float, slot: Slot) -> bool:
    above = slot.minimum is None or value >= slot.minimum
    return above and (slot.maximum is None or value <= slot.maximum)


# --- places, days, people -------------------------------------------------------------------------------


def _place(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return None  # 我在河北 says where somebody is, not where he has been
    return _corrected(answer, _plain_place)


def _plain_place(answer: Answer) -> Finding | None:
    mentions = _mentions(answer, lambda token: _is_place(token, answer))
    been = [m.token for m in mentions if not m.is_negated and not _is_home(m.token, answer)]
    if not been:
        return None
    named = _beside_certain(been)
    return Finding("".join(dict.fromkeys(t.word for t in named)), min(t.confidence for t in named))


def _beside_certain(places: Sequence[Token]) -> Sequence[Token]:
    """All places, but those that only sound like one not where others were named for certain."""
    certain = [token for token in places if token.confidence == 1.0]
    edges = {token.start for token in certain} | {token.end for token in certain}
    beside = [t for t in places if t in certain or t.start in edges or t.end in edges]
    return beside if certain else places


def _is_place(token: Token, answer: Answer) -> bool:
    if token.has("place"):
        return True
    return answer.is_asked and not token.tags and len(token.word) > 1 and is_place_name(token.word)


def _is_home(token: Token, answer: Answer) -> bool:
    return bool(answer.homes.intersection(token.values("place"))) or token.word in answer.homes


def _date(answer: Answer) -> Finding | None:
    return _corrected(answer, _plain_date)


def _plain_date(answer: Answer) -> Finding | None:
    said = [d for d in dates(answer.text, answer.today) if answer.today - d.day < timedelta(days=120)]
    if not said:
        return None
    chosen = said[-1]
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    return Finding(chosen.day.isoformat(), confidence if len({d.day for d in said}) == 1 else DOUBTFUL)


_N = "(?:[一二三四五六七八九十]+|两|俩)"
_PEOPLE = re.compile(rf"(?P<n>{_N})(?P<unit>口人|口子|口|个人|个大人|个小孩|个孩子|个老人|个|人|位)")
_BARE = re.compile(rf"(?<!第)(?P<n>{_N})")
_PARTS = re.compile(r"个(大人|小孩|孩子|老人)|(大人|小孩|孩子|老人)")


def _count(answer: Answer) -> Finding | None:
    return _corrected(answer, _plain_count)


def _plain_count(answer: Answer) -> Finding | None:
    counted = list(_PEOPLE.finditer(answer.text))
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
        return _in_range(answer, numbers[0], confidence)
    if len(_PARTS.findall(answer.text)) >= len(numbers) > 1:
        return _in_range(answer, sum(numbers), min(confidence, 0.8))  # 两个大人一个孩子
    if len(numbers) == 1:
        return _in_range(answer, numbers[0], confidence)
    return _in_range(answer, numbers[-1], DOUBTFUL)


def _count_by_words(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has(answer.slot.name)]
    kin = {t.word for t in answer.tokens if t.has("kin")}
    if said and not kin:
        return _in_range(answer, int(said[-1].values(answer.slot.name)[0]), said[-1].confidence)
    # 我和老伴还有儿子: counted, but asked again.
    return _in_range(answer, len(kin) + 1, 0.5) if kin else None


def _bare_number(answer: Answer) -> Finding | None:
    numbers = [(whole_number(match["n"]), match.span()) for match in _BARE.finditer(answer.text)]
    known = [(number, span) for number, span in numbers if number is not None]
    if len(known) != 1:
        return None
    number, span = known[0]
    return _in_range(
        answer, number, 0.8 * answer.confidence_of(*span) * (1 - _STRANGE * answer.unexplained())
    )


def _in_range(answer: Answer, number: int, confidence: float) -> Finding | None:
    return Finding(number, confidence) if _is_inside(number, answer.slot) else None


# --- free words -----------------------------------------------------------------------------------------


def _text(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return None
    spoken = [t for t in answer.tokens if not t.is_break]
    content = [t for t in spoken if not _is_empty_word(t, answer.slot)]
    if not content:
        none = [t for t in spoken if _says_none(t, answer.slot)]
        return Finding("", min(t.confidence for t in none)) if none else None
    # 油 alone may be a misheard 有: it leaves room for a better reading of the whole.
    expected = [
        t.confidence * (1.0 if len(t.word) > 1 else 0.7) for t in content if t.has(answer.slot.name, "word")
    ]
    if not expected:
        return Finding(_trimmed(answer.tokens), 0.55)
    best = max(expected)  # a word that only sounds like an expected one counts less among strange ones
    strange = (0.7 if best in (0.7, 1.0) else 1.0) * answer.unexplained()
    return Finding(_trimmed(answer.tokens), 0.9 * best * (1.0 - strange))


def _says_none(token: Token, slot: Slot) -> bool:
    return token.has(slot.name, "none") or token.has(grammar.NO) or token.has(grammar.FINE)


def _is_empty_word(token: Token, slot: Slot) -> bool:
    if token.has(slot.name, "word"):
        return False
    return _says_none(token, slot) or _is_grammar(token)


def _trimmed(tokens: Sequence[Token]) -> str:
    """The words without the fillers before and after."""
    kept = [index for index, t in enumerate(tokens) if not t.has(grammar.FILLER) and not t.is_break]
    return "".join(t.word for t in tokens[kept[0] : kept[-1] + 1]) if kept else ""


_FINDERS: Mapping[SlotType, Callable[[Answer], Finding | None]] = {
    SlotType.IDENTITY: _identity,
    SlotType.YES_NO: _yes_no,
    SlotType.CHOICE: _choice,
    SlotType.SYMPTOMS: _symptoms,
    SlotType.TEMPERATURE: _temperature,
    SlotType.PLACE: _place,
    SlotType.DATE: _date,
    SlotType.COUNT: _count,
    SlotType.TEXT: _text,
}


def value_of_key(slot: Slot, written: str) -> Any:
    """The value that a script gives a telephone key, in the slot's own type."""
    match slot.type:
        case SlotType.YES_NO:
            return written == "yes"
        case SlotType.SYMPTOMS:
            return [] if written == "none" else [written]
        case SlotType.COUNT:
            return int(written)
        case SlotType.TEXT:
            return "" if written == "none" else written
        case _:
            return written
