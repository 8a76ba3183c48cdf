"""What stays unclear, against the whole answers that a question lets one expect.

Each expected phrase is read once with the words' own rules, so a phrase means what saying it would mean. What
was heard is accepted as the nearest phrase when no phrase of another meaning is nearly as near: by sound, or,
where the recogniser scored phrases against the sound itself, by these scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from dialogs.language.numerals import keeps_numerals
from dialogs.language.words import CLAUSE_BREAKS
from dialogs.script import Script, State
from dialogs.slots import Finding
from dialogs.understanding.context import Context, Reading
from dialogs.understanding.intents import INTENT_CONFIDENCE
from dialogs.understanding.lexicons import NUMERIC
from dialogs.understanding.phrases import phrases_for
from dialogs.understanding.phrases_by_sound import MOST_ADDED, PHRASE_LIMIT, Phrase, difference, phrase_of

_PHRASE_MARGIN = 0.08
"""By so much must the nearest phrase of another meaning be farther away."""
_REACH = PHRASE_LIMIT + _PHRASE_MARGIN
"""Mean difference up to which a phrase is looked at at all."""
_MOST_RIVALS = 12
"""Phrases that are looked at, nearest first, for one of another meaning."""


class ExpectedAnswers:
    """The expected phrases of one script, by state and day, with what each means."""

    def __init__(self, script: Script, read_exactly: Callable[[str, Context], Reading]) -> None:
        """``read_exactly`` reads a phrase without any repair."""
        self._script = script
        self._read_exactly = read_exactly
        self._phrases: dict[tuple[str, date], tuple[Phrase, ...]] = {}
        self._texts: dict[tuple[str, date], tuple[str, ...]] = {}
        self._by_length: dict[tuple[str, date], Mapping[int, Sequence[Phrase]]] = {}
        self._meanings: dict[tuple[str, date, str], Reading] = {}

    def of(self, state: State, today: date) -> tuple[Phrase, ...]:
        """The phrases of a question, written out once a day."""
        key = (state.name, today)
        if key not in self._phrases:
            self._phrases[key] = tuple(map(phrase_of, phrases_for(self._script, state, today)))
            self._texts[key] = tuple(phrase.text for phrase in self._phrases[key])
            self._by_length[key] = _by_length(self._phrases[key])
        return self._phrases[key]

    def texts(self, state: State, today: date) -> tuple[str, ...]:
        """Their texts, for a recogniser."""
        self.of(state, today)
        return self._texts[state.name, today]

    def _about_as_long(self, spoken: Phrase, context: Context) -> Iterator[Phrase]:
        """The phrases of a question that what was said may be at all."""
        self.of(context.state, context.today)
        phrases = self._by_length[context.state.name, context.today]
        lengths = range(spoken.length - MOST_ADDED, spoken.length + MOST_ADDED + 1)
        return chain.from_iterable(phrases.get(length, ()) for length in lengths)

    def nearest(self, text: str, context: Context) -> Reading | None:
        """The meaning of the phrase that sounds most like the text; None when none is near enough."""
        near = self._near(text, context)
        if not near or near[0][0] > PHRASE_LIMIT:
            return None
        best = self._meaning(near[0][1], context)
        rival = next(
            (d for d, other in near[1:_MOST_RIVALS] if not _same(best, self._meaning(other, context))), 1.0
        )
        confidence = 1.0 - 1.8 * near[0][0]
        return _lowered(best, confidence if rival - near[0][0] >= _PHRASE_MARGIN else min(confidence, 0.45))

    def _near(self, text: str, context: Context) -> list[tuple[float, str]]:
        """Phrases within reach with their distance, nearest first."""
        spoken = phrase_of("".join(character for character in text if character not in CLAUSE_BREAKS))
        is_numeric = self._script.slots[context.state.slot].type in NUMERIC
        return sorted(
            (distance, phrase.text)
            for phrase in self._about_as_long(spoken, context)
            if spoken.shares_sounds(phrase)
            and (not is_numeric or keeps_numerals(spoken.text, phrase.text))
            and (distance := difference(spoken, phrase, _REACH)) <= _REACH
        )

    def _meaning(self, phrase: str, context: Context) -> Reading:
        key = (context.state.name, context.today, phrase)
        if key not in self._meanings:
            self._meanings[key] = self._read_exactly(phrase, replace(context, name=""))
        return self._meanings[key]


def _by_length(phrases: Iterable[Phrase]) -> Mapping[int, Sequence[Phrase]]:
    found: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.length, []).append(phrase)
    return found


def _lowered(reading: Reading, confidence: float) -> Reading:
    findings = {
        name: Finding(finding.value, min(finding.confidence, confidence))
        for name, finding in reading.findings.items()
    }
    intent = reading.intent if confidence >= INTENT_CONFIDENCE else ""
    return replace(reading, findings=findings, intent=intent)


def _same(left: Reading, right: Reading) -> bool:
    if left.intent != right.intent or left.findings.keys() != right.findings.keys():
        return False
    return all(finding.value == right.findings[name].value for name, finding in left.findings.items())
