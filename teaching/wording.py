"""Counts how residents word their answers (``dialogs.language.wording``).

    python -m teaching.wording TABLE... --out dialogs/taught/wording.npz [--seed 1]

TABLE holds answers, columns ``question`` and ``text`` (see ``benchmarks/answers``).
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.slot_accuracy import read_cases
from dialogs.entities.places import CITIES, CITIES_WITH_PROVINCE
from dialogs.language.ngrams import BEGINNING, END, Grams, Ngrams, beginning, grown, keys
from dialogs.language.wording import ANYWHERE, BREAK, WITH_BREAKS, Wording, plain
from dialogs.understanding import normalised

ORDER, OWN_ORDER = 4, 3
"""Longest n-grams of all answers, and of the answers to one question."""
_DISCOUNT = 0.8
"""Taken from every count, for what was never seen."""
_FEWEST = 2
"""How often one of the longest must occur: those seen once take a third of the room and change nothing."""
_ELSEWHERE = 3
"""How many other cities are put in the place of one."""
_CITY = re.compile("|".join(map(re.escape, sorted(CITIES, key=len, reverse=True))))
_CHARACTERS = 7000
"""As many are in use (Table of General Standard Chinese Characters: 8,105)."""


@dataclass(frozen=True)
class Entry:
    probability: float
    left: float = 1.0
    """Share that these characters leave for what was never seen after them."""


def counted(texts: Iterable[str], order: int) -> list[dict[str, Counter[str]]]:
    """By length of what stands before: what follows it, how often.

    The longest are counted as they occur, shorter ones by how many different characters precede them
    (Kneser & Ney, 1995).
    """
    levels: list[dict[str, Counter[str]]] = [defaultdict(Counter) for _ in range(order)]
    for text in texts:
        marked = BEGINNING * (order - 1) + text + END
        for place in range(order - 1, len(marked)):
            levels[-1][marked[place - order + 1 : place]][marked[place]] += 1
    for before in range(order - 1, 0, -1):
        for context, following in levels[before].items():
            for character in following:
                levels[before - 1][context[1:]][character] += 1
    return levels


def entries(levels: Sequence[Mapping[str, Counter[str]]]) -> dict[str, Entry]:
    """All n-grams with their probabilities, by interpolation with the next shorter ones."""
    found = {"": Entry(1.0 / _CHARACTERS)}
    for level in levels:
        for context, following in level.items():
            total = following.total()
            if len(context) == ORDER - 1:
                following = Counter({one: times for one, times in following.items() if times >= _FEWEST})
            left = (_DISCOUNT * len(following) + total - following.total()) / total
            if context not in found:  # only beginnings were never counted themselves
                found[context] = Entry(0.0)
            found[context] = Entry(found[context].probability, left)
            for character, times in following.items():
                shorter = found[context[1:] + character] if context else found[""]
                share = (times - _DISCOUNT) / total + left * shorter.probability
                found[context + character] = Entry(share)
    return found


def hashed(text: str, question: int) -> np.uint32:
    hashes = np.array([beginning(question)])
    for character in reversed(text):
        hashes = grown(hashes, np.array([ord(character)], np.uint64))
    return np.uint32(keys(hashes)[0])


def tables(models: Mapping[int, Mapping[str, Entry]]) -> Iterator[Grams]:
    """The n-grams of all models by length."""
    for length in range(ORDER + 1):
        rows = sorted(
            (hashed(text, question), _log(entry.probability), _log(entry.left))
            for question, model in models.items()
            for text, entry in model.items()
            if len(text) == length
        )
        found, probabilities, left = zip(*rows, strict=True)
        yield Grams(
            np.array(found, np.uint32), np.array(probabilities, np.float16), np.array(left, np.float16)
        )


def _log(share: float) -> float:
    return math.log(share) if share > 0.0 else 0.0


def with_equal_breaks(text: str) -> str:
    """The normalised text, every break a comma."""
    clauses = "".join(c if c.isalnum() else BREAK for c in text).split(BREAK)
    return BREAK.join(filter(None, clauses))


def wording(answers: Iterable[tuple[str, str]]) -> Wording:
    """What question and text of many answers tell."""
    by_question: dict[str, list[str]] = defaultdict(list)
    broken: list[str] = []
    for question, text in answers:
        by_question[question].append(plain(text))
        broken.append(with_equal_breaks(normalised(text)))
    everything = [text for texts in by_question.values() for text in texts]
    models = {ANYWHERE: entries(counted(everything, ORDER)), WITH_BREAKS: entries(counted(broken, ORDER))}
    for number, texts in enumerate(by_question.values(), start=1):
        models[number] = entries(counted(texts, OWN_ORDER))
    return Wording(Ngrams(list(by_question), list(tables(models))))


def places_said() -> Iterator[tuple[str, str]]:
    """Every city by its name: whoever has been to 临沂 may be the first to say so."""
    journeys = (journey.format(city) for city in CITIES for journey in ("去了{}", "从{}回来"))
    for said in (*CITIES, *CITIES_WITH_PROVINCE, *journeys):
        yield from ((question, said) for question in ("travel_place", "travel"))


def elsewhere(answers: Iterable[tuple[str, str]], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Answers that name a city, with others in its place: what is said of one may be said of any."""
    for question, text in answers:
        if _CITY.search(text):
            for _ in range(_ELSEWHERE):
                yield question, _CITY.sub(lambda _: chance.choice(CITIES), text)


def told_by(description: str) -> tuple[Path, list[tuple[str, str]]]:
    """Where a command's outcome belongs, and question and text of all answers that it is to count: those of
    its tables, the same with other cities, and places."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the cities that are put for others")
    options = parser.parse_args()
    answers = [(case.question, case.text) for table in options.tables for case in read_cases(table)]
    others = elsewhere(answers, random.Random(options.seed))
    return options.out, [*answers, *others, *places_said()]


def main() -> int:
    out, answers = told_by("Count how residents word their answers.")
    wording(answers).ngrams.save(out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
