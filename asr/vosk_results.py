"""What Vosk's answers mean: its JSON as words, and which of two decodings is to be believed. Pure.

An answer is first decoded with the question's grammar ("bounded"). Where that is doubtful it is decoded again
without ("free"), and the two are settled into one hypothesis.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from asr.phrase_words import UNKNOWN_WORDS
from asr.recognizer import Alternative, Way, Word

RIVALS = 20
"""Wordings that are compared where no grammar bounds the answer: with fewer the words look surer than they
are (a sentence of ten words, all wrong: 0.87 with 5, 0.78 with 20), more bring nothing."""
SURE = 0.85
"""Confidence of the weakest word from which a bounded decoding is believed. Speech from outside of a grammar
that is not caught by the unknown word was seen with up to 0.80, expected answers with 0.84 to 1."""
SURE_IN_THE_MEAN = 0.9
"""Mean confidence from which one is believed that compares wordings: all words that sound alike share it."""
UNHEARD_OF = -2.0
"""Merit by character (``asr.weighing``) below which nobody says what was heard, where that is known: all of
40 sentences of the news that were forced into an answer, one in thirty answers at 15 dB."""
BETTER = 5.0
"""By how much free decoding must be likelier (natural logarithm) than what people have answered. Sentences of
the news are by 25 to 100, a tenth of noisy answers by more than 2.
For these docs/decisions/0021-grammars-of-answers.md has the measurement."""


@dataclass(frozen=True)
class Decoding:
    """What one pass over the sound made of it."""

    words: tuple[Word, ...] = ()
    """All of them, those for the unknown included."""
    alternatives: tuple[Alternative, ...] = ()
    """The likeliest wordings, best first, with their shares of all; where wordings were compared."""
    likelihood: float = 0.0
    """Natural logarithm of that of the sound and of the best wording, where wordings were compared."""

    @property
    def spoken(self) -> tuple[Word, ...]:
        """Without the unknown and noises."""
        return tuple(word for word in self.words if is_spoken(word.text))

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.spoken)

    @property
    def has_unknown(self) -> bool:
        return any(word.text in UNKNOWN_WORDS for word in self.words)

    @property
    def weakest(self) -> float:
        """Confidence of the least certain word, as every word of an expected answer may carry its value."""
        if self.has_unknown:
            return 0.0
        return min((word.confidence for word in self.spoken), default=0.0)

    @property
    def mean(self) -> float:
        """Mean confidence of the words."""
        return sum(word.confidence for word in self.spoken) / len(self.spoken) if self.spoken else 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether a bounded decoding has to be checked by a free one."""
        if self.alternatives:
            return self.has_unknown or self.mean < SURE_IN_THE_MEAN
        return self.weakest < SURE


@dataclass(frozen=True)
class Settled:
    """One answer out of both decodings."""

    text: str
    words: tuple[Word, ...]
    confidence: float
    way: Way
    wordings: tuple[Alternative, ...] = ()
    """What else it may have been, as ``Decoding.alternatives``."""


def settle(bounded: Decoding | None, free: Decoding | None) -> Settled:
    """Which words to believe.

    A bounded decoding that is sure stands. A doubtful one stands where free decoding heard the same, or
    nothing; otherwise, where both compared wordings, the likelier one counts, and else the free words: those
    of the grammar were forced upon a sound that they do not fit.
    """
    if bounded is None:
        return _free(free or Decoding())
    if free is None or not free.text:
        return _bounded(bounded, bounded.mean if bounded.alternatives else bounded.weakest, free)
    if free.text == bounded.text:
        return _bounded(bounded, max(bounded.weakest, free.mean), free)
    if bounded.alternatives and not bounded.has_unknown and free.likelihood <= bounded.likelihood + BETTER:
        return _bounded(bounded, bounded.mean, free)
    return _free(free)


def _bounded(bounded: Decoding, confidence: float, free: Decoding | None) -> Settled:
    wordings = bounded.alternatives or (free.alternatives if free else ())
    return Settled(bounded.text, bounded.spoken, confidence, Way.GRAMMAR, wordings)


def _free(free: Decoding) -> Settled:
    return Settled(free.text, free.spoken, free.mean, Way.FREE, free.alternatives)


def is_spoken(word: str) -> bool:
    """Whether a model's word is one that people say; [unk], <UNK>, [FIL] and the like stand for sounds."""
    return not (word.startswith(("[", "<", "!")) or word in ("SIL", "NSN", "SPN"))


def partial_words(answer: str) -> tuple[str, ...]:
    """The words of a partial result."""
    return tuple(json.loads(answer).get("partial", "").split())


def rated_words(answer: str, origin: float) -> tuple[Word, ...]:
    """Those words of a partial result that have times and confidences already; see ``decoding_of``."""
    return _words(json.loads(answer).get("partial_result", ()), origin)


def decoding_of(answers: Sequence[str], origin: float) -> Decoding:
    """The whole of the parts that Vosk has closed.

    Args:
        answers: JSON of each part, in order.
        origin: Where the utterance begins in Vosk's times, seconds.
    """
    whole = Decoding(alternatives=(Alternative("", 1.0),))
    for answer in answers:
        part = _part(json.loads(answer), origin)
        if part.words:
            joined = _joined(whole.alternatives, part.alternatives)
            whole = Decoding(whole.words + part.words, joined, whole.likelihood + part.likelihood)
    spoken = tuple(each for each in whole.alternatives if each.text)
    return Decoding(whole.words, spoken, whole.likelihood)


def _part(answer: dict[str, Any], origin: float) -> Decoding:
    if "alternatives" not in answer:
        return Decoding(_words(answer.get("result", ()), origin))
    scores = [each["confidence"] for each in answer["alternatives"]]
    shares = _shares(scores)
    rivals = [
        (_words(each.get("result", ()), origin), share)
        for each, share in zip(answer["alternatives"], shares, strict=True)
    ]
    if not rivals:
        return Decoding()
    alternatives = (Alternative(Decoding(words).text, share) for words, share in rivals)
    return Decoding(_rated_by_rivals(rivals), tuple(alternatives), max(scores))


def _words(entries: Iterable[dict[str, Any]], origin: float) -> tuple[Word, ...]:
    return tuple(
        Word(
            entry["word"],
            max(0.0, round(entry["start"] - origin, 3)),
            max(0.0, round(entry["end"] - origin, 3)),
            entry.get("conf", 0.0),
        )
        for entry in entries
    )


def _shares(scores: Sequence[float]) -> list[float]:
    """Log likelihoods as shares of one."""
    best = max(scores, default=0.0)
    weights = [math.exp(score - best) for score in scores]
    return [weight / sum(weights) for weight in weights]


def _rated_by_rivals(rivals: Sequence[tuple[tuple[Word, ...], float]]) -> tuple[Word, ...]:
    """The best wording; a word is as certain as all wordings together that have it at that time."""
    return tuple(
        Word(
            word.text,
            word.start_seconds,
            word.end_seconds,
            min(1.0, sum(share for words, share in rivals if any(_is_same(word, each) for each in words))),
        )
        for word in rivals[0][0]
    )


def _is_same(word: Word, other: Word) -> bool:
    overlap = min(word.end_seconds, other.end_seconds) - max(word.start_seconds, other.start_seconds)
    return word.text == other.text and overlap > 0.0


def _joined(heads: Sequence[Alternative], tails: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The likeliest wordings of two parts in a row."""
    both = [Alternative(a.text + b.text, a.score * b.score) for a in heads for b in tails]
    return tuple(sorted(both, key=lambda each: -each.score)[:RIVALS])
