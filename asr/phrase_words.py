"""A question's phrases as a grammar: cut into words that a model knows. Pure.

A grammar can only hold words of the model's vocabulary. Written Chinese has no blanks, so every phrase is
cut: into as few known words as possible, the longer ones first, down to single characters. A phrase with a
part that no known word covers is left out as a whole: with a hole in it, it would be heard where something
else was said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

UNKNOWN_WORDS = ("[unk]", "<UNK>", "<unk>", "[UNK]")
"""What models call everything outside of a grammar; each model knows one of them at most."""

_LONGEST_WORD = 8
"""Characters; longer words are not looked for."""
_UNCOVERED = 1000
"""What a character costs that no known word covers, where a word costs 1."""
_BREAKS = re.compile(r"[\W_]+")

Knows = Callable[[str], bool]
"""Whether the model's vocabulary has a word."""


@dataclass(frozen=True)
class Cut:
    """One phrase in words."""

    words: tuple[str, ...]
    """The known words, in order."""
    missing: tuple[str, ...] = ()
    """The parts between them that no known word covers."""


@dataclass(frozen=True)
class Grammar:
    """What one question lets one expect, as a model can hear it."""

    phrases: tuple[str, ...]
    """Known words with blanks between them, each phrase once, in the order given."""
    unknown: str = ""
    """The model's word for everything else; empty when it has none."""
    missing: tuple[str, ...] = ()
    """Words that the model lacks, each once."""
    left_out: tuple[str, ...] = ()
    """Phrases that can't be heard for lack of them."""

    def to_json(self, answers: Sequence[str] = ()) -> str:
        """The list that Vosk takes; empty when there is nothing to expect.

        Args:
            answers: What people have answered besides, in the model's words (``in_known_words``).
        """
        expected = (*self.phrases, *answers)
        entries = (*expected, self.unknown) if self.unknown else expected
        return json.dumps(entries, ensure_ascii=False) if expected else ""


def build_grammar(phrases: Iterable[str], knows: Knows) -> Grammar:
    """Cut all phrases and note what the model lacks."""
    cuts = {phrase: cut(phrase, knows) for phrase in phrases}
    heard = (" ".join(each.words) for each in cuts.values() if each.words and not each.missing)
    return Grammar(
        phrases=tuple(dict.fromkeys(heard)),
        unknown=next((word for word in UNKNOWN_WORDS if knows(word)), ""),
        missing=tuple(dict.fromkeys(part for each in cuts.values() for part in each.missing)),
        left_out=tuple(phrase for phrase, each in cuts.items() if each.missing),
    )


def in_known_words(answers: Iterable[str], knows: Knows) -> list[str]:
    """Answers as lines of a grammar, without those that hold words that the model lacks."""
    cuts = (cut(answer, knows) for answer in answers)
    return [" ".join(each.words) for each in cuts if each.words and not each.missing]


def cut(phrase: str, knows: Knows) -> Cut:
    """The phrase in as few known words as possible; of equally few the longest first.

    Blanks and punctuation are borders of words and are left out.
    """
    words: list[str] = []
    missing: list[str] = []
    for part in _BREAKS.split(phrase):
        for word, is_known in _pieces(part, knows):
            (words if is_known else missing).append(word)
    return Cut(tuple(words), tuple(missing))


def _pieces(part: str, knows: Knows) -> Iterator[tuple[str, bool]]:
    """Known words and the uncovered stretches between them."""
    uncovered = ""
    for word in _cheapest(part, knows):
        if knows(word):
            if uncovered:
                yield uncovered, False
            uncovered = ""
            yield word, True
        else:
            uncovered += word
    if uncovered:
        yield uncovered, False


def _cheapest(part: str, knows: Knows) -> list[str]:
    """The cheapest cut, found from the end backwards; an unknown piece is always one character."""
    costs = [0] * (len(part) + 1)
    sizes = [1] * len(part)
    for start in range(len(part) - 1, -1, -1):
        costs[start] = costs[start + 1] + (1 if knows(part[start]) else _UNCOVERED)
        for size in range(2, min(_LONGEST_WORD, len(part) - start) + 1):
            cost = costs[start + size] + 1
            if cost <= costs[start] and knows(part[start : start + size]):  # as few words, but longer
                costs[start], sizes[start] = cost, size
    words = []
    start = 0
    while start < len(part):
        words.append(part[start : start + sizes[start]])
        start += sizes[start]
    return words
