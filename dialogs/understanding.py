"""What an answer means: the recogniser's words, repaired by sound, read against the question asked.

1. The text is brought into one form (digits spelt out, dialect words replaced).
2. It is cut into the question's words, allowing for words that only sound right (``dialogs.words``).
3. The slots are read from the words (``dialogs.slots``).
4. What stays unclear is compared, as a whole and by sound, with the answers that the question expects,
   and accepted where one meaning is clearly nearest. Last come the phrases that the recogniser itself
   scored against the sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dialogs import grammar, words
from dialogs.numerals import NUMBER_CHARACTERS, keeps_numerals, spell, spell_digits
from dialogs.phrases import count_phrases, phrases_for, temperature_phrases
from dialogs.places import CITIES_WITH_PROVINCE, PLACES
from dialogs.script import Script, Slot, SlotType, State
from dialogs.slots import Answer, Finding, find, number_spans
from dialogs.sounds import Syllable, blurred, edit_distance, syllables
from dialogs.words import CLAUSE_BREAKS, NUMBER, Lexicon, Tag, Token

CLEAR = 0.8
"""A finding that needs no second opinion."""
_PHRASE_LIMIT = 0.2
"""Mean difference by syllable up to which a whole answer counts as one of the expected phrases."""
_PHRASE_MARGIN = 0.08
"""By so much must the nearest phrase of another meaning be farther away."""
_INTENT_CONFIDENCE = 0.75
_ANSWERED = 0.6
"""Confidence of an answer beside which a remark is no intent: 是的，有什么事吗."""
_MOST_RIVALS = 12
"""Phrases that are looked at, nearest first, for one of another meaning."""


class Completeness(StrEnum):
    """Whether a resident who pauses here has said it all."""

    COMPLETE = "complete"
    OPEN = "open"  # something is bound to follow: 上个月…
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """What was understood of one answer."""

    text: str
    """The words after repair."""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """By slot; the asked one and any other that was answered in passing."""
    intent: str = ""


@dataclass(frozen=True)
class Context:
    """What an answer is read against besides the script."""

    state: State
    today: date
    name: str = ""
    """The resident's."""


@lru_cache(maxsize=8)
def understanding_of(script: Script) -> Understanding:
    """The understanding of a script, made once a process (jieba's dictionary alone takes a second)."""
    return Understanding(script)


class Understanding:
    """Reads answers to the questions of one script. Keeps nothing of any call."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._homes = frozenset(slot.place for slot in script.slots.values() if slot.place)
        self._lexicons = {state.name: _lexicon(script, state) for state in script.states.values()}
        words.teach(_script_words(script))
        self._phrases: dict[tuple[str, date], _Expected] = {}
        self._meanings: dict[tuple[str, date, str], Reading] = {}

    def prepare(self, today: date) -> None:
        """Write out the expected phrases of a day, so that no call has to wait for it."""
        for state in self._script.states.values():
            self._expected(state, today)

    def phrases(self, state: State, today: date) -> tuple[str, ...]:
        """The answers that a recogniser may expect."""
        return self._expected(state, today).texts

    def read(self, heard: str, context: Context, alternatives: Sequence[tuple[str, float]] = ()) -> Reading:
        """What the words mean. ``alternatives`` are expected phrases, each with the mean log probability of
        its characters given the sound."""
        text = normalised(heard)
        if not text:
            return Reading("")
        by_words = self._read_text(text, context)
        if _is_clear(by_words, context.state):
            return by_words
        by_phrase = self._read_by_phrase(text, context) or self._read_alternatives(alternatives, context)
        return _better(by_words, by_phrase, context.state)

    def completeness(self, heard: str, context: Context) -> Completeness:
        """Whether the words so far are a whole answer; a few milliseconds at most."""
        text = normalised(heard)
        if not text:
            return Completeness.UNKNOWN
        tokens = self._cut(text, context)
        if _is_dangling(tokens):
            return Completeness.OPEN
        reading = self._read_tokens(tokens, context)
        if reading.intent:
            return Completeness.COMPLETE
        return self._completeness_of(reading, tokens, context)

    def _completeness_of(self, reading: Reading, tokens: Sequence[Token], context: Context) -> Completeness:
        slot = self._script.slots[context.state.slot]
        finding = reading.findings.get(slot.name)
        if slot.type is SlotType.TEXT:
            is_none = finding is not None and finding.value == ""
            return Completeness.COMPLETE if is_none else Completeness.OPEN
        if finding is None or finding.confidence < CLEAR:
            return Completeness.UNKNOWN
        if slot.type is SlotType.SYMPTOMS and _is_bare_no(tokens):
            return Completeness.UNKNOWN  # 没有…… may go on: 就是嗓子疼
        if slot.type is SlotType.TEMPERATURE and reading.text.endswith(("度", "点")):
            return Completeness.UNKNOWN  # 三十六度…… 五
        return Completeness.COMPLETE

    # --- by words ---------------------------------------------------------------------------------------

    def _read_text(self, text: str, context: Context, *, allow_by_sound: bool = True) -> Reading:
        return self._read_tokens(self._cut(text, context, allow_by_sound=allow_by_sound), context)

    def _cut(self, text: str, context: Context, *, allow_by_sound: bool = True) -> tuple[Token, ...]:
        tokens = self._lexicons[context.state.name].cut(text, allow_by_sound=allow_by_sound)
        return _with_name(tokens, context.name) if context.name else tokens

    def _read_tokens(self, tokens: tuple[Token, ...], context: Context) -> Reading:
        findings = dict(self._findings(tokens, context))
        asked = findings.get(context.state.slot)
        intent = self._intent(tokens, is_answered=asked is not None and asked.confidence >= _ANSWERED)
        return Reading("".join(token.word for token in tokens), findings, intent)

    def _findings(self, tokens: tuple[Token, ...], context: Context) -> Iterator[tuple[str, Finding]]:
        state = context.state
        found: dict[str, Finding] = {}
        spans = number_spans("".join(token.word for token in tokens), context.today)
        for slot in self._script.slots.values():
            is_asked = slot.name == state.slot
            counts = is_asked or _is_also_asked(slot, state)
            answer = Answer(tokens, slot, counts, context.today, self._homes, context.name, spans)
            finding = find(answer)
            if finding is not None and (is_asked or finding.value is not None):
                found[slot.name] = finding
        yield from _with_wholes(found, self._script, state).items()

    def _intent(self, tokens: Sequence[Token], *, is_answered: bool) -> str:
        """An intent counts when it is all that was said, or is said at length beside no clear answer."""
        spoken = [t for t in tokens if not t.is_break]
        for intent in self._script.intents:
            said = [t for t in spoken if t.has("intent", intent) and t.confidence >= _INTENT_CONFIDENCE]
            if not said:
                continue
            rest = [t for t in spoken if t not in said and not t.has(grammar.FILLER)]
            length = sum(len(t.word) for t in said)
            is_most = length >= 4 or (length == 3 and length > sum(len(t.word) for t in rest))
            if not rest or (is_most and not is_answered) or _must_be_heeded(self._script, intent, length):
                return intent
        return ""

    # --- by whole phrases -------------------------------------------------------------------------------

    def _expected(self, state: State, today: date) -> _Expected:
        key = (state.name, today)
        if key not in self._phrases:
            texts = phrases_for(self._script, state, today)
            self._phrases[key] = _Expected(texts, tuple(_phrase(text) for text in texts))
        return self._phrases[key]

    def _read_by_phrase(self, text: str, context: Context) -> Reading | None:
        spoken = _phrase("".join(character for character in text if character not in CLAUSE_BREAKS))
        is_numeric = self._script.slots[context.state.slot].type in _NUMERIC
        near: list[tuple[float, str]] = sorted(
            (difference, phrase.text)
            for phrase in self._expected(context.state, context.today).phrases
            if spoken.shares_sounds(phrase)
            and (not is_numeric or keeps_numerals(spoken.text, phrase.text))
            and (difference := _difference(spoken, phrase)) <= _PHRASE_LIMIT + _PHRASE_MARGIN
        )
        if not near or near[0][0] > _PHRASE_LIMIT:
            return None
        best = self._meaning(near[0][1], context)
        rival = next(
            (d for d, other in near[1:_MOST_RIVALS] if not _same(best, self._meaning(other, context))), 1.0
        )
        confidence = 1.0 - 1.8 * near[0][0]
        return _lowered(best, confidence if rival - near[0][0] >= _PHRASE_MARGIN else min(confidence, 0.45))

    def _read_alternatives(
        self, alternatives: Sequence[tuple[str, float]], context: Context
    ) -> Reading | None:
        """The phrase that fits the sound best, when no phrase of another meaning fits nearly as well."""
        if not alternatives:
            return None
        ranked = sorted(alternatives, key=lambda pair: -pair[1])
        best = self._meaning(normalised(ranked[0][0]), context)
        others = ((score, self._meaning(normalised(text), context)) for text, score in ranked[1:])
        rival = next((score for score, other in others if not _same(best, other)), float("-inf"))
        if ranked[0][1] < _ALTERNATIVE_SCORE or ranked[0][1] - rival < _ALTERNATIVE_LEAD:
            return None
        return _lowered(best, 0.7)

    def _meaning(self, phrase: str, context: Context) -> Reading:
        key = (context.state.name, context.today, phrase)
        if key not in self._meanings:
            self._meanings[key] = self._read_text(phrase, replace(context, name=""), allow_by_sound=False)
        return self._meanings[key]


_ALTERNATIVE_SCORE = -1.0
"""Mean log probability of a phrase's characters from which it may be what was said."""
_ALTERNATIVE_LEAD = 0.5
"""By so much must it lie before the next phrase of another meaning."""


def normalised(text: str) -> str:
    """Half-width, no blanks, digits as Chinese words, dialect words replaced, only characters and breaks."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("℃", "度").replace("°C", "度")
    text = spell_digits(_without_loop(text))
    for word, common in grammar.COLLOQUIAL.items():
        text = text.replace(word, common)
    return "".join(c for c in text if c.isalnum() or c in CLAUSE_BREAKS).strip(CLAUSE_BREAKS)


_LOOP = re.compile(r"(.{3,}?)\1+(?P<rest>.*)", re.DOTALL)


def _without_loop(text: str) -> str:
    """An answer once where a decoder repeats itself: 36度936度936度9 is 36度9."""
    match = _LOOP.fullmatch(text)
    return match[1] if match and match[1].startswith(match["rest"]) else text


def _is_also_asked(slot: Slot, state: State) -> bool:
    """A place that the question asks for besides; a date or a yes still needs explicit words."""
    return slot.name in state.also and slot.type is SlotType.PLACE


def _with_wholes(found: dict[str, Finding], script: Script, state: State) -> dict[str, Finding]:
    """A part that is answered answers its whole with yes: 去了湖北 means 去过."""
    for name, finding in list(found.items()):
        whole = script.slots[name].part_of
        if not whole or finding.value is None:
            continue
        said = found.get(whole)
        if said is None:
            found[whole] = Finding(True, min(finding.confidence, 0.9))
        elif said.value is False:
            found[whole] = Finding(True, 0.4)  # 没去，去了湖北: to be asked again
    return found


def _must_be_heeded(script: Script, intent: str, length: int) -> bool:
    """别再打了 ends the call whatever else was said with it."""
    go = script.intents[intent].go
    return length >= 3 and bool(go) and script.closings[go].outcome in ("opted_out", "wrong_number")


def _is_clear(reading: Reading, state: State) -> bool:
    finding = reading.findings.get(state.slot)
    return bool(reading.intent) or (finding is not None and finding.confidence >= CLEAR)


def _better(by_words: Reading, by_phrase: Reading | None, state: State) -> Reading:
    if by_phrase is None or not (by_phrase.intent or state.slot in by_phrase.findings):
        return by_words
    finding, other = by_words.findings.get(state.slot), by_phrase.findings.get(state.slot)
    if finding is None or other is None:
        return by_phrase
    return by_phrase if other.confidence > finding.confidence else by_words


def _lowered(reading: Reading, confidence: float) -> Reading:
    findings = {
        name: Finding(finding.value, min(finding.confidence, confidence))
        for name, finding in reading.findings.items()
    }
    return replace(
        reading, findings=findings, intent=reading.intent if confidence >= _INTENT_CONFIDENCE else ""
    )


def _same(left: Reading, right: Reading) -> bool:
    if left.intent != right.intent or left.findings.keys() != right.findings.keys():
        return False
    return all(finding.value == right.findings[name].value for name, finding in left.findings.items())


def _is_dangling(tokens: Sequence[Token]) -> bool:
    """The last word calls for another: 还有…, 就是…, 不对…, 上个月…"""
    last = tokens[-1]
    return (
        last.word in _CONNECTORS
        or last.has(grammar.CORRECTION)
        or (last.has(grammar.BUT) and all(tag.owner in grammar.WORDS for tag in last.tags))
        or last.word.endswith(("上个月", "上", "月", "第", "零", "十"))
    )


_CONNECTORS = frozenset(
    (
        "和",
        "跟",
        "与",
        "然后",
        "那个",
        "这个",
        "还有",
        "呃",
        "额",
        "因为",
        "所以",
        "反正",
        "其实",
        "但是",
        "我",
        "在",
        "从",
        "到",
    )
)


def _is_bare_no(tokens: Sequence[Token]) -> bool:
    spoken = [t for t in tokens if not t.is_break and (not t.has(grammar.FILLER) or t.has(grammar.NO))]
    return len(spoken) == 1 and spoken[0].has(grammar.NO)


def _with_name(tokens: tuple[Token, ...], name: str) -> tuple[Token, ...]:
    """Marks the resident's name, by sound, among words that mean nothing else."""
    if len(name) < 2:
        return tokens
    sounds = [s[:2] for s in syllables(name)]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + len(name), len(tokens)) + 1):
            run = tokens[start:end]
            said = "".join(t.word for t in run)
            if len(said) == len(name) and [s[:2] for s in syllables(said)] == sounds:
                named = Token(name, said, run[0].start, frozenset({Tag("name")}), 1.0)
                return (*tokens[:start], named, *tokens[end:])
    return tokens


# --- lexicons -------------------------------------------------------------------------------------------


def _script_words(script: Script) -> Iterable[str]:
    for state in script.states.values():
        yield from _slot_words(script.slots[state.slot])
    for intent in script.intents.values():
        yield from intent.words


def _slot_words(slot: Slot) -> dict[str, set[Tag]]:
    """The words of the slot with their meanings."""
    tags: dict[str, set[Tag]] = defaultdict(set)
    for value, said in (*slot.values.items(), *slot.unprompted.items()):
        if slot.type is SlotType.SYMPTOMS and value == "none":
            continue
        for word in said:
            for form in _with_degrees(word) if slot.type is SlotType.SYMPTOMS else (word,):
                tags[form].add(Tag(slot.name, value))
    for word in slot.none_words:
        tags[word].add(Tag(slot.name, "none"))
    for word in slot.words:
        tags[word].add(Tag(slot.name, "word"))
    for word in slot.unknown:
        tags[word].add(Tag("unknown:" + slot.name))
    return tags


def _with_degrees(word: str) -> Iterator[str]:
    """嗓子疼 is also said 嗓子有点疼."""
    yield word
    if len(word) > 1 and word[-1] in grammar.FEELINGS:
        yield from (word[:-1] + degree + word[-1] for degree in grammar.DEGREES)


def _introduced(slot: Slot) -> dict[str, set[Tag]]:
    """有点咳嗽 as one word: the more of it fits, the more of it may be written wrongly."""
    return {
        start + word: {Tag(slot.name, value), Tag(grammar.BUT)}
        for value, said in slot.values.items()
        for word in said[:3]
        for start in ("有点", "就是有点", "还有点")
    }


def _passing_words(slot: Slot) -> dict[str, set[Tag]]:
    """The words of the slot that count when another one is asked for."""
    tags: dict[str, set[Tag]] = defaultdict(set)
    for value, said in slot.unprompted.items():
        for word in said:
            tags[word].add(Tag("unprompted:" + slot.name, value))
    for word in slot.cue:
        tags[word].add(Tag("cue:" + slot.name))
    return tags


def _lexicon(script: Script, state: State) -> Lexicon:
    asked = (state.slot, *state.also)
    exact: dict[str, set[Tag]] = defaultdict(set)
    by_sound: set[str] = set()

    def add(entries: Mapping[str, set[Tag]], *, is_alike_enough: bool) -> None:
        for word, tags in entries.items():
            exact[normalised(word)] |= tags
            if is_alike_enough and len(word) > 1:
                by_sound.add(normalised(word))

    for kind, said in grammar.WORDS.items():
        add({word: {Tag(kind)} for word in said}, is_alike_enough=False)
    for intent in script.intents.values():
        add({word: {Tag("intent", intent.name)} for word in intent.words}, is_alike_enough=True)
    for slot in script.slots.values():
        add(_passing_words(slot), is_alike_enough=False)
        if slot.name in asked or slot.type is SlotType.SYMPTOMS:
            add(_slot_words(slot), is_alike_enough=slot.name in asked)
        if slot.name in asked:
            add(_type_words(slot), is_alike_enough=True)
    if script.slots[state.slot].type in _NUMERIC:
        add({digit: {Tag(NUMBER, digit)} for digit in NUMBER_CHARACTERS}, is_alike_enough=False)
    if script.slots[state.slot].type is SlotType.SYMPTOMS:
        add(_introduced(script.slots[state.slot]), is_alike_enough=True)
    add({kin: {Tag("kin"), Tag(grammar.FILLER)} for kin in grammar.KIN}, is_alike_enough=False)
    own = frozenset(by_sound)
    by_sound.update(grammar.BY_SOUND)
    return Lexicon(
        {word: frozenset(tags) for word, tags in exact.items()},
        by_sound=sorted(by_sound & set(exact)),
        strict=frozenset(grammar.BY_SOUND) - own,
        soft=_like_numbers(exact) if script.slots[state.slot].type in _NUMERIC else frozenset(),
    )


_NUMERIC = (SlotType.TEMPERATURE, SlotType.COUNT, SlotType.DATE)


def _like_numbers(known: Iterable[str]) -> frozenset[str]:
    """Single characters that sound like a digit but for the tone: 吧, 无, 是, 就."""
    digits = {sound[:2] for sound in syllables("一二三四五六七八九十")}
    return frozenset(word for word in known if len(word) == 1 and syllables(word)[0][:2] in digits)


def _type_words(slot: Slot) -> dict[str, set[Tag]]:
    """Words that come with the kind of the slot rather than with the script."""
    match slot.type:
        case SlotType.TEMPERATURE:
            return {word: {Tag(NUMBER, word)} for word in temperature_phrases()}
        case SlotType.COUNT:
            units = ("口人", "口", "个人", "个")
            return {number + unit: {Tag(NUMBER, number)} for number in count_phrases() for unit in units}
        case SlotType.DATE:
            return {word: {Tag(NUMBER, word)} for word in _date_words()}
        case SlotType.PLACE:
            return {place: {Tag("place", place)} for place in (*PLACES, *CITIES_WITH_PROVINCE)}
        case SlotType.YES_NO if slot.place:
            return {place: {Tag("place", place)} for place in (*PLACES, *CITIES_WITH_PROVINCE)}
        case _:
            return {}


def _date_words() -> Iterator[str]:
    yield from (
        "今天",
        "昨天",
        "前天",
        "大前天",
        "上个月",
        "这个月",
        "上周",
        "上上周",
        "上个星期",
        "上个礼拜",
    )
    yield from (f"{spell(day)}{unit}" for day in range(1, 32) for unit in ("号", "日"))
    yield from (f"{spell(month)}月" for month in range(1, 13))
    yield from (f"{week}{day}" for week in ("周", "星期", "礼拜") for day in "一二三四五六日天")
    yield from (
        f"{'两' if n == 2 else spell(n)}{unit}前" for n in range(1, 15) for unit in ("天", "周", "个星期")
    )


# --- phrases by sound -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Phrase:
    text: str
    sounds: tuple[Syllable, ...]
    costs: tuple[float, ...]
    """What leaving out each of the syllables costs."""
    outline: frozenset[str]
    """Its syllables with all that is easily confused made equal."""

    def shares_sounds(self, other: _Phrase) -> bool:
        """Cheap test before the dear one: phrases that are alike share at least a third of their sounds."""
        return 3 * len(self.outline & other.outline) >= max(len(self.outline), len(other.outline))


@dataclass(frozen=True)
class _Expected:
    texts: tuple[str, ...]
    phrases: tuple[_Phrase, ...]


_SAID = 1.0
"""Cost of ignoring a syllable that was said; to add one that was swallowed costs less."""
_LIGHT = frozenset("了的呢啊呀吧吗嘛嗯呃哦哎我您你也就是都还")
_HEAVY = frozenset("没不有无别去过一二三四五六七八九十两几")


@lru_cache(maxsize=20_000)
def _phrase(text: str) -> _Phrase:
    sounds = syllables(text)
    outline = frozenset(map(blurred, sounds))
    return _Phrase(text, sounds, tuple(_weight(character) for character in text), outline)


def _weight(character: str) -> float:
    if character in _LIGHT:
        return 0.2
    return 1.0 if character in _HEAVY else 0.6


def _difference(spoken: _Phrase, phrase: _Phrase) -> float:
    """Mean difference by syllable."""
    length = max(len(spoken.sounds), len(phrase.sounds))
    if abs(len(spoken.sounds) - len(phrase.sounds)) > 2 or not length:
        return 1.0
    said = tuple(cost if cost < 0.5 else _SAID for cost in spoken.costs)
    return edit_distance(spoken.sounds, phrase.sounds, said, phrase.costs) / length
