"""Recognisers of one Vosk model, bounded by what is answered to a question.

Where that is known, the question has a model of its own, with a graph that was laid out before
(``asr.graphs``). Else its phrases are a grammar, with the answers where no graph can be made, from which Vosk
makes such a graph while it decodes: at several times the cost, the less the longer it is used. So these are
used again for later answers.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import multiprocessing
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from asr.graphs.question_model import Asked, forget_the_model, question_model
from asr.kaldi import Kaldi, installed_model, load_model, rate_for
from asr.phrase_words import Grammar, build_grammar, in_known_words
from asr.recognizer import Expectation
from campaign.kept import kept

_MOST_IDLE = 2
"""Recognisers without grammar, or with the same one, that wait to be used again. A used one has those parts
of the graph laid out that were ever needed: it costs a tenth of the processor time, but up to 200 MB (with a
grammar of answers half the time, and 30 MB)."""
_LONGEST_SERVICE_SECONDS = 900.0
"""Sound after which one is given up, as what it has laid out only grows."""

_APART = 2
"""Processes that lay out graphs, 200 MB each."""

_KEPT, _MOST_KEPT = "answers_in_words-1", 64
"""Name of what is kept of a question's answers, and of how many questions and models."""

_LONGEST_OWN = 7
"""Characters of the answers with a name that are put into a grammar for one call: in longer ones it comes in
the same places."""

_laid_out: dict[tuple[Path, Asked], Any] = {}
"""Models of questions by installed model, None where there can be none, that used last at the end; processes
forked later have them."""
_MOST_LAID_OUT = 20
"""Models of questions, 50 MB each: who calls for weeks has phrases with other dates every day."""

log = logging.getLogger(__name__)


class RecogniserPool:
    """One model's recognisers; but for ``make_ready`` and the words it belongs to the decoding thread."""

    def __init__(self, model_folder: Path) -> None:
        """Load the model (seconds).

        Raises:
            ValueError: Vosk cannot read the folder.
        """
        self._model = installed_model(model_folder)
        self._folder = model_folder
        self.rate = rate_for(model_folder)
        """Samples a second that the recognisers are given."""
        self.has_grammars = any(model_folder.rglob("HCLr.fst"))
        """Whether the model can be bounded; the large ones with a ready-made graph (HCLG.fst) cannot."""
        self._grammars: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Grammar, str]] = {}
        """By phrases and answers, each as found and as Vosk takes it."""
        self._names: tuple[str, ...] = ()
        """Of those who will be asked."""
        self._with_names: Path | None = None
        """Where graphs with names are, while processes of their own make them."""
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

    def make_ready(self, expectations: Iterable[Expectation], names: Iterable[str] = ()) -> None:
        """Have all that questions need before the first is asked; takes some seconds, once half a minute. Not
        while anything is decoded.

        Args:
            expectations: Of the questions.
            names: Of those who will be asked, who may say them.
        """
        self._names = tuple(sorted(set(names) - {""}))
        for expectation in expectations:
            if (bounded := self.bounded(expectation)) is not None:
                self.give_back(bounded)
        forget_the_model()

    def make_ready_apart(self, expectations: Sequence[Expectation], names: Sequence[str]) -> None:
        """The same with the graphs laid out in processes of their own: sooner, and this one stays small. For
        a process with one thread, which can be forked."""
        fork = multiprocessing.get_context("fork")
        shares = (expectations[place::_APART] for place in range(_APART))
        processes = [fork.Process(target=self.make_ready, args=(share, names)) for share in shares]
        with _folder_for_a_while() as folder:
            self._with_names = folder
            for process in processes:
                process.start()
            for process in processes:
                process.join()
            self.make_ready(expectations, names)
            self._with_names = None

    def bounded(self, expectation: Expectation) -> Kaldi | None:
        """A recogniser for the question's phrases and what was answered to it; None for free speech of which
        nothing is known, or if the model lacks them."""
        if not self.has_grammars:
            return None
        answers = expectation.answers() if expectation.answers is not None else ()
        if answers:
            return self._for_answers(expectation, answers)
        if expectation.is_open:
            return None
        grammar = self._built(expectation.phrases)[1]
        return Kaldi(self._model, self.rate, grammar, rivals=0, is_shared=False) if grammar else None

    def _for_answers(self, expectation: Expectation, answers: tuple[str, ...]) -> Kaldi:
        called, name = expectation.called, expectation.name
        names = (self._names or (called,)) if called else ()
        if not name or name in names:
            elsewhere = expectation.elsewhere() if expectation.elsewhere is not None else ()
            asked = Asked(expectation.phrases, answers, called, names, elsewhere)
            laid_out = self._question_model(asked)
            if laid_out is not None:
                return Kaldi(laid_out, self.rate, is_shared=False)
        if called and name:
            return Kaldi(self._model, self.rate, self._for_one_call(expectation, answers), is_shared=False)
        return self._recogniser(self._built(expectation.phrases, answers)[1])

    def _question_model(self, asked: Asked) -> Any:
        key = (
            self._folder,
            asked,
        )  # as many answers as are in it take a while to look up: not oftener than needed
        try:
            model = _laid_out.pop(key)
        except KeyError:
            model = self._load(asked)
        _laid_out[key] = model
        if len(_laid_out) > _MOST_LAID_OUT:
            del _laid_out[next(iter(_laid_out))]
        return model

    def _load(self, asked: Asked) -> Any:
        """Lay out and load a question's model; None where there can be none. What has residents' names in it
        is not kept."""
        number_of = self._model.vosk_model_find_word
        try:
            if asked.names in ((), (asked.called,)):
                return load_model(question_model(self._folder, asked, number_of))
            with contextlib.ExitStack() as stack:
                folder = self._with_names or stack.enter_context(_folder_for_a_while())
                return load_model(question_model(self._folder, asked, number_of, folder))
        except (ValueError, OSError) as error:  # such as another kind of model: a grammar does, too
            log.info("no graph can be laid out with %s: %s", self._folder, error)
            return None

    def _for_one_call(self, expectation: Expectation, answers: tuple[str, ...]) -> str:
        """A grammar that also has what is said in this call alone; a tenth of a second."""
        called = (each for each in answers if expectation.called in each and len(each) <= _LONGEST_OWN)
        own = in_known_words(
            (each.replace(expectation.called, expectation.name) for each in called), self.knows
        )
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


@contextlib.contextmanager
def _folder_for_a_while() -> Iterator[Path]:
    """A folder for this user alone, gone afterwards; no process forked meanwhile takes it away."""
    folder = Path(tempfile.mkdtemp(prefix="wenhou-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
