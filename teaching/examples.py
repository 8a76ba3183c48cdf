"""Answers as examples to learn from: written, without punctuation, misheard, with what the rules read."""

from __future__ import annotations

import csv
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import jieba
import numpy as np
from numpy.typing import NDArray

from benchmarks.slot_accuracy import Case, read_cases
from dialogs.language.grammar import DENYING
from dialogs.language.rhetoric import plainly
from dialogs.language.sounds import Syllable, distance, syllables
from dialogs.language.words import CLAUSE_BREAKS
from dialogs.script import Script, SlotType
from dialogs.understanding import Context, normalised
from dialogs.understanding.classes import (
    INTENT,
    UNKNOWN,
    choices_for,
    class_of,
    hints,
)
from dialogs.understanding.network import Alphabet, Choice
from dialogs.understanding.reader import Understanding
from dialogs.understanding.single_answer import question_of
from teaching.plain_cases import CLASS_OF_INTENT, plain_cases

TODAY = date(2026, 11, 22)
PARTS = 8
MISHEARD = 2
"""How many misheard variants of each answer there are."""
NONSENSE = 0.25
"""How many examples of connectionless words there are, by answers."""
IGNORED = -100
"""Class of what is not learnt from an answer."""
_NEAR = 0.32
"""Distance up to which one syllable is taken for another."""


@dataclass(frozen=True)
class Example:
    """One variant of one answer."""

    part: int
    """Of ``PARTS``; the variants of an answer are in the same part."""
    question: str
    text: str
    hints: NDArray[np.float32]
    targets: tuple[int, ...]
    """Class of each choice, or IGNORED."""


def part_of(said: str) -> int:
    """The part of the answers that one belongs to, whatever else is in the tables."""
    return zlib.crc32(normalised(said).encode()) % PARTS


def read_heard(table: Path) -> list[tuple[Case, str]]:
    """What a recogniser wrote, as cases, each with what was said."""
    with table.open(encoding="utf-8", newline="") as file:
        said = [row["said"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return list(zip(read_cases(table), said, strict=True))


def targets(script: Script, choices: Sequence[Choice], case: Case) -> tuple[int, ...]:
    return tuple(_target(script, choice, case) for choice in choices)


def _target(script: Script, choice: Choice, case: Case) -> int:
    if choice.name == INTENT:
        return choice.classes.index(CLASS_OF_INTENT[case.intent or "answer"])
    if choice.name == UNKNOWN:
        is_unknown = case.intent == "answer" and case.question not in case.expected
        return int(is_unknown)
    name, _, member = choice.name.partition("/")
    slot = script.slots[name]
    parts = {other.name for other in script.slots.values() if other.part_of == name}
    if name not in case.expected:
        return IGNORED if parts & {case.question, *case.expected} else 0
    value = case.expected[name]
    if member:
        return int(member in value)
    if slot.type is SlotType.YES_NO:
        value = value == "yes"
    return choice.classes.index(class_of(slot, value))


@cache
def _sounding_like(sound: Syllable) -> tuple[list[str], list[float]]:
    near = [(c, distance(sound, s)) for s, characters in _characters().items() for c in characters]
    kept = [(c, d) for c, d in near if d <= _NEAR]
    return [c for c, _ in kept], [float(np.exp(-d / 0.12)) for _, d in kept]


_KNOWN: Counter[str] = Counter()
"""Characters of all answers, how often each."""


@cache
def _characters() -> dict[Syllable, list[str]]:
    found: dict[Syllable, list[str]] = {}
    for character in _KNOWN:
        found.setdefault(syllables(character)[0], []).append(character)
    return found


def misheard(text: str, chance: random.Random) -> str:
    """The text as a recogniser may write it: characters that sound alike, one lost or added now and then."""
    rate = chance.choice((0.04, 0.08, 0.12, 0.2))
    written: list[str] = []
    for character in text:
        if not character.isalpha():
            continue
        draw = chance.random()
        if draw < rate:
            near, weights = _sounding_like(syllables(character)[0])
            written.append(chance.choices(near, weights)[0] if near else character)
        elif draw > 1.0 - 0.1 * rate and character not in DENYING:
            continue  # never a denial: 没有发热没有咳嗽 would teach that 没有发热有咳嗽 is an all-clear
        else:
            written.append(character)
    return "".join(written)


@cache
def _dictionary() -> tuple[list[str], list[float]]:
    with jieba.get_module_res("dict.txt") as lines:  # word, frequency, part of speech
        entries = [line.decode("utf-8").split() for line in lines]
    common = [(word, int(times)) for word, times, _ in entries if int(times) >= 20 and len(word) <= 4]
    return [word for word, _ in common], [times**0.5 for _, times in common]


def nonsense(chance: random.Random) -> str:
    """What a recogniser makes of music, a television or another language: words without any connection."""
    words, weights = _dictionary()
    said = "".join(chance.choices(words, weights, k=chance.choice((1, 2, 2, 3, 3, 4, 5, 7))))
    latin = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 14)))
    return chance.choice((said, said, said, said, latin, said + latin))


def examples(
    script: Script,
    choices: Sequence[Choice],
    cases: Sequence[Case],
    heard: Sequence[tuple[Case, str]],
    seed: int,
) -> Iterator[Example]:
    rules = Understanding(script, learnt=None)
    chance = random.Random(seed)
    asked = sorted({case.question for case in cases})
    for case in (*cases, *plain_cases(script, asked, chance)):
        text = plainly(normalised(case.text))
        plain = "".join(filter(str.isalpha, text))
        variants = {text, plain, *(misheard(plain, chance) for _ in range(MISHEARD))}
        for variant in sorted(variants):
            yield _example(script, choices, rules, case, variant, case.text)
    for case, said in heard:
        yield _example(script, choices, rules, case, plainly(normalised(case.text)), said)
    for _ in range(round(NONSENSE * len(cases))):
        text = nonsense(chance)
        case = Case(chance.choice(asked), text, {}, "none")
        yield _example(script, choices, rules, case, normalised(text), text)


def _example(
    script: Script, choices: Sequence[Choice], rules: Understanding, case: Case, text: str, said: str
) -> Example:
    reading = rules.read(text, Context(question_of(script, case.question), TODAY))
    found = hints(script, choices, reading, case.question)
    return Example(part_of(said), case.question, text, found, targets(script, choices, case))


def alphabet_of(script: Script, cases: Sequence[Case]) -> Alphabet:
    """The rows of a network's tables for these answers."""
    _KNOWN.update(character for case in cases for character in normalised(case.text) if character.isalpha())
    slots = {name for case in cases for name in (case.question, *case.expected)}
    sounds = [syllables(character)[0] for character in _KNOWN]
    return Alphabet(
        questions=tuple(dict.fromkeys(case.question for case in cases)),
        characters="".join(c for c, count in _KNOWN.most_common() if count > 1) + CLAUSE_BREAKS,
        initials=tuple(sorted({sound.initial for sound in sounds})),
        finals=tuple(sorted({sound.final for sound in sounds})),
        choices=tuple(
            choice
            for choice in choices_for(script)
            if choice.name in (UNKNOWN, INTENT) or choice.name.partition("/")[0] in slots
        ),
    )
