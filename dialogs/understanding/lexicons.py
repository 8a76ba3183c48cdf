"""The words that each question of a script listens for, with what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from dialogs.entities.day_words import FESTIVALS
from dialogs.entities.places import ALIASES, CITIES_WITH_PROVINCE, LANDMARKS, PLACES, districts_of
from dialogs.language import grammar
from dialogs.language.dictionary import Vocabulary
from dialogs.language.journeys import journey_words, words_of_none
from dialogs.language.numerals import NUMBER_CHARACTERS, spell
from dialogs.language.small_talk import PLAINLY_HEARD
from dialogs.language.sounds import syllables
from dialogs.language.words import NUMBER, Lexicon, Tag
from dialogs.script import Script, Slot, SlotType, State
from dialogs.understanding.phrases import count_phrases, temperature_phrases
from dialogs.understanding.written import normalised_word

_NO_WORDS = ("none", "其他", "其它", "别的", "没有")
"""Names of values that say nothing by themselves."""
_LONG = 4
"""Characters of a word that no likely break may tear apart."""


def script_words(script: Script) -> Iterable[str]:
    for state in script.states.values():
        yield from _own_words(script.slots[state.slot])
    for intent in script.intents.values():
        yield from intent.words


def _own_words(slot: Slot) -> dict[str, set[Tag]]:
    """The words of the slot with their meanings."""
    tags: dict[str, set[Tag]] = defaultdict(set)
    for value, said in (*slot.values.items(), *slot.unprompted.items()):
        if slot.type in LISTS and value == "none":
            continue
        for word in said:
            for form in _with_degrees(word) if slot.type is SlotType.SYMPTOMS else in_other_words(word):
                tags[form].add(Tag(slot.name, value))
                if word in slot.vague or value in slot.vague:
                    tags[form].add(Tag("vague:" + slot.name))
    if slot.type in (SlotType.CHOICE, SlotType.MULTI_CHOICE):
        for value in (value for value in slot.values if value not in _NO_WORDS):
            tags[value].add(Tag(slot.name, value))
    for word in slot.of_others:
        tags[word] |= {Tag(slot.name, "yes"), Tag("of_others:" + slot.name)}
    for word in slot.none_words:
        tags[word].add(Tag(slot.name, "none"))
    for word in slot.words:
        tags[word].add(Tag(slot.name, "word"))
    for word in slot.unknown:
        for form in _hardly(word):
            tags[form].add(Tag("unknown:" + slot.name))
    return tags


_ALIKE = (("以前", "之前"), ("以后", "之后"), ("以外", "之外"))
"""What is said the one way or the other."""


def in_other_words(word: str) -> Iterator[str]:
    """六点以前 is also said 六点之前."""
    yield word
    for one, other in _ALIKE:
        if len(word) > len(one) and word.endswith((one, other)):
            yield word[: -len(one)] + (other if word.endswith(one) else one)


def _hardly(word: str) -> Iterator[str]:
    """没注意 is also said 没太注意."""
    yield word
    if len(word) > _DENIED_WORD and word[0] == "没":
        yield from (f"没{degree}{word[1:]}" for degree in ("太", "怎么", "咋", "大"))


_DENIED_WORD = len("没看")


def _with_degrees(word: str, degrees: Iterable[str] = grammar.DEGREES) -> Iterator[str]:
    """嗓子疼 is also said 嗓子有点疼."""
    yield word
    if len(word) > 1 and word[-1] in grammar.FEELINGS:
        yield from (word[:-1] + degree + word[-1] for degree in degrees)


def _only_as_written(slot: Slot) -> set[str]:
    """What is never told by its sound: 腰好疼 sounds like 腰好腿."""
    said = {word for words in slot.values.values() for word in words}
    return {form for word in said for form in _with_degrees(word, grammar.SHORT_DEGREES)} - said


def _introduced(slot: Slot) -> dict[str, set[Tag]]:
    """有点咳嗽 as one word: the more of it fits, the more of it may be written wrongly."""
    return {
        start + word: {Tag(slot.name, value), Tag(grammar.BUT)}
        for value, said in slot.values.items()
        for word in said[:3]
        if word not in slot.vague
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
    if slot.type is SlotType.TEXT and slot.cue:
        for word in slot.words:
            if len(word) > 1:
                tags[word].add(Tag("thing:" + slot.name))
    return tags


def long_words(script: Script) -> frozenset[str]:
    """The names of symptoms that are longer than most words, but for those that begin with a no: 走不动路."""
    slots = (slot for slot in script.slots.values() if slot.type is SlotType.SYMPTOMS)
    said = (word for slot in slots for words in slot.values.values() for word in words)
    return frozenset(word for word in said if len(word) >= _LONG and word[0] not in grammar.DENYING)


class Lexicons:
    """The lexicon of every question of a script, made when it is first asked for."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._vocabulary = Vocabulary(script_words(script))
        self._own = {slot.name: _own_words(slot) for slot in script.slots.values()}
        self._made: dict[tuple[str, ...], Lexicon] = {}

    def of(self, state: State) -> Lexicon:
        """The words that its question listens for."""
        asked = (state.slot, *state.also)
        if asked not in self._made:
            self._made[asked] = _lexicon(self._script, asked, self._common, self._own, self._vocabulary)
        return self._made[asked]

    @cached_property
    def _common(self) -> _Entries:
        entries = _Entries()
        _add_common(entries, self._script, self._own)
        return entries


class _Entries:
    """Words with what they mean; those of them that may be written wrongly."""

    def __init__(self, start: _Entries | None = None) -> None:
        self.exact: dict[str, frozenset[Tag]] = dict(start.exact) if start else {}
        self.by_sound: set[str] = set(start.by_sound) if start else set()

    def add(self, entries: Mapping[str, Iterable[Tag]], *, is_alike_enough: bool) -> None:
        """Of single characters, too many sound alike."""
        exact = self.exact
        for written, tags in entries.items():
            word = normalised_word(written)
            known = exact.get(word)
            exact[word] = frozenset(tags) if known is None else known.union(tags)
            if is_alike_enough and len(written) > 1:
                self.by_sound.add(word)


def _add_common(entries: _Entries, script: Script, own: Mapping[str, Mapping[str, set[Tag]]]) -> None:
    """What every question of the script listens for."""
    for kind, said in grammar.WORDS.items():
        entries.add(dict.fromkeys(said, (Tag(kind),)), is_alike_enough=False)
    for intent in script.intents.values():
        entries.add(dict.fromkeys(intent.words, (Tag("intent", intent.name),)), is_alike_enough=True)
    for slot in script.slots.values():
        entries.add(_passing_words(slot), is_alike_enough=False)
        if slot.type in LISTS:
            entries.add(own[slot.name], is_alike_enough=False)
    entries.add(dict.fromkeys(grammar.KIN, (Tag("kin"), Tag(grammar.FILLER))), is_alike_enough=False)


def _lexicon(
    script: Script,
    asked: Sequence[str],
    common: _Entries,
    own: Mapping[str, Mapping[str, set[Tag]]],
    vocabulary: Vocabulary,
) -> Lexicon:
    """The words of a question that asks for these slots, first of all for the first."""
    entries = _Entries(common)
    near = [part for slot in script.slots.values() for part in districts_of(slot.place)]
    for slot in (slot for slot in script.slots.values() if slot.name in asked):
        entries.add(own[slot.name], is_alike_enough=True)
        entries.add(_type_words(slot, near), is_alike_enough=True)
        if slot.place or slot.type is SlotType.PLACE:
            entries.add(_landmarks(slot, script), is_alike_enough=False)
    slot = script.slots[asked[0]]
    if slot.is_journey:
        entries.add(_journeys(slot), is_alike_enough=False)
    if slot.type in NUMERIC:
        entries.add({digit: (Tag(NUMBER, digit),) for digit in NUMBER_CHARACTERS}, is_alike_enough=False)
    if slot.type in LISTS:
        entries.add(_introduced(slot), is_alike_enough=True)
    if slot.type is SlotType.SYMPTOMS:
        entries.add(dict.fromkeys(PLAINLY_HEARD, (Tag(grammar.FILLER),)), is_alike_enough=False)
        entries.by_sound -= _only_as_written(slot)
    exact, by_sound = entries.exact, entries.by_sound
    return Lexicon(
        exact,
        by_sound=sorted(by_sound | (exact.keys() & set(grammar.BY_SOUND))),
        strict=frozenset(grammar.BY_SOUND) - by_sound,
        soft=_like_numbers(exact) if slot.type in NUMERIC else frozenset(),
        vocabulary=vocabulary,
    )


LISTS = (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE)
NUMERIC = (SlotType.TEMPERATURE, SlotType.COUNT, SlotType.DATE, SlotType.NUMBER, SlotType.PHONE)


def _like_numbers(known: Iterable[str]) -> frozenset[str]:
    """Single characters that sound like a digit but for the tone: 吧, 无, 是, 就."""
    digits = {sound[:2] for sound in syllables("一二三四五六七八九十")}
    return frozenset(word for word in known if len(word) == 1 and syllables(word)[0][:2] in digits)


def _type_words(slot: Slot, near: Iterable[str]) -> dict[str, set[Tag]]:
    """Words that come with the kind of the slot rather than with the script; ``near`` are districts that are
    no journey."""
    match slot.type:
        case SlotType.TEMPERATURE:
            return {word: {Tag(NUMBER, word)} for word in temperature_phrases()}
        case SlotType.COUNT:
            units = ("口人", "口", "个人", "个")
            return {number + unit: {Tag(NUMBER, number)} for number in count_phrases() for unit in units}
        case SlotType.DATE:
            return {word: {Tag(NUMBER, word)} for word in _date_words()}
        case SlotType.IDENTITY:
            return {kin: {Tag(slot.name, "family")} for kin in grammar.KIN}
        case SlotType.PLACE:
            return {place: {Tag("place", place)} for place in (*_places(), *near)}
        case SlotType.YES_NO if slot.place:
            return {place: {Tag("place", place)} for place in (*_places(), *near)}
        case _:
            return {}


def _journeys(slot: Slot) -> dict[str, set[Tag]]:
    """Words of journeys and of none; 没出京了 as one word, lest it be a need like 没药了."""
    told = {word: {Tag(slot.name, "yes")} for word in journey_words()}
    denied = (f"{word}了" for word in slot.values.get("no", ()) if word[0] == "没" and word[-1] not in "了过")
    return told | {word: {Tag(slot.name, "no")} for word in (*words_of_none(), *denied)}


def _landmarks(slot: Slot, script: Script) -> dict[str, set[Tag]]:
    """Landmarks; where journeys are asked for, none of home."""
    homes = {other.place for other in script.slots.values() if other.place and not slot.place}
    return {name: {Tag("place", name)} for name, place in LANDMARKS.items() if place.province not in homes}


def _places() -> tuple[str, ...]:
    return (*PLACES, *ALIASES, *CITIES_WITH_PROVINCE)


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
    yield from FESTIVALS
    yield from (f"{spell(month)}月" for month in range(1, 13))
    yield from (f"{week}{day}" for week in ("周", "星期", "礼拜") for day in "一二三四五六日天")
    yield from (
        f"{'两' if n == 2 else spell(n)}{unit}前"
        for n in range(1, 15)
        for unit in ("天", "周", "个星期", "个礼拜")
    )
