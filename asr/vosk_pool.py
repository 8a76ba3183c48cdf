"""Recognisers of one Vosk model, with the grammars of questions, used again for later answers.

The grammar of a question is its phrases and what people have answered to it: Vosk counts from them which word
follows which (docs/decisions/0021-grammars-of-answers.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from asr.kaldi import Kaldi, load_model, rate_for
from asr.phrase_words import Grammar, build_grammar, in_known_words
from asr.recognizer import Expectation
from campaign.kept import kept

_MOST_IDLE = 2
"""Recognisers without grammar, or with the same one, that wait to be used again. A used one has those parts
of the graph laid out that were ever needed: it costs a tenth of the processor time, but up to 200 MB (with a
grammar of answers half the time, and 30 MB)."""
_LONGEST_SERVICE_SECONDS = 900.0
"""Sound after which one is given up, as what it has laid out only grows."""

_KEPT, _MOST_KEPT = "answers_in_words-1", 64
"""Name of what is kept of a question's answers, and of how many questions and models."""


class RecogniserPool:
    """One model's recognisers; but for ``make_ready`` and the words it belongs to the decoding thread."""

    def __init__(self, model_folder: Path) -> None:
        """Load the model (seconds).

        Raises:
            ValueError: Vosk cannot read the folder.
        """
        self._model = load_model(model_folder)
        self._folder = model_folder
        self.rate = rate_for(model_folder)
        """Samples a second that the recognisers are given."""
        self.has_grammars = any(model_folder.rglob("HCLr.fst"))
        """Whether the model can be bounded; the large ones with a ready-made graph (HCLG.fst) cannot."""
        self._grammars: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Grammar, str]] = {}
        """By phrases and answers, each as found and as Vosk takes it."""
        self._idle: dict[str, list[Kaldi]] = {}
        """By grammar."""

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the word."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def grammar(self, phrases: tuple[str, ...]) -> Grammar:
        """The phrases in the model's words, and the words that it lacks; built once per question."""
        return self._built(phrases)[0]

    def _built(self, phrases: tuple[str, ...], answers: tuple[str, ...] = ()) -> tuple[Grammar, str]:
        if (phrases, answers) not in self._grammars:
            grammar = build_grammar(phrases, self.knows)
            written = grammar.to_json(self._in_known_words(answers))
            self._grammars[phrases, answers] = grammar, written
        return self._grammars[phrases, answers]

    def _in_known_words(self, answers: tuple[str, ...]) -> Sequence[str]:
        """Thousands of answers as lines of a grammar; half a second the first time, then from a file."""
        if not answers:
            return ()
        digest = hashlib.blake2b("\n".join(answers).encode("utf-8"), digest_size=12).hexdigest()
        acoustic = next(self._folder.rglob("final.mdl"))
        made = kept(_KEPT, acoustic, lambda: in_known_words(answers, self.knows), digest, _MOST_KEPT)
        return cast(Sequence[str], made)

    def make_ready(self, expectations: Iterable[Expectation]) -> None:
        """Write the grammars of questions, and make a recogniser for each, before the first is asked; takes
        some seconds once, then one. Not while anything is decoded."""
        for expectation in expectations:
            if (bounded := self.bounded(expectation)) is not None:
                self.give_back(bounded)

    def bounded(self, expectation: Expectation) -> Kaldi | None:
        """A recogniser for the question's phrases and what was answered to it; None for free speech of which
        nothing is known, or if the model lacks them."""
        if not self.has_grammars:
            return None
        answers = expectation.answers() if expectation.answers is not None else ()
        if answers and expectation.own:
            return Kaldi(self._model, self.rate, self._for_one_call(expectation, answers), is_shared=False)
        if answers:
            return self._recogniser(self._built(expectation.phrases, answers)[1])
        if expectation.is_open:
            return None
        grammar = self._built(expectation.phrases)[1]
        return Kaldi(self._model, self.rate, grammar, rivals=0, is_shared=False) if grammar else None

    def _for_one_call(self, expectation: Expectation, answers: tuple[str, ...]) -> str:
        """A grammar that also has what is said in this call alone; a tenth of a second."""
        own = in_known_words(expectation.own, self.knows)
        grammar = self._built(expectation.phrases, answers)[0]
        return grammar.to_json((*self._in_known_words(answers), *own))

    def free(self) -> Kaldi:
        """A recogniser for any words."""
        return self._recogniser("")

    def _recogniser(self, grammar: str) -> Kaldi:
        idle = self._idle.get(grammar)
        return idle.pop() if idle else Kaldi(self._model, self.rate, grammar)

    def give_back(self, kaldi: Kaldi) -> None:
        """Keep a recogniser that compares wordings for later answers, unless it was made for one call."""
        idle = self._idle.setdefault(kaldi.grammar, []) if kaldi.is_shared else None
        if idle is not None and len(idle) < _MOST_IDLE and kaldi.service_seconds < _LONGEST_SERVICE_SECONDS:
            idle.append(kaldi)
