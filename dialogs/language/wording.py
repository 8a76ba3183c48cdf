"""How residents word their answers: which wording of what was heard is one, and where its clauses end.

A recogniser hesitates between wordings that sound alike (八口子, 八口字), and often writes other characters
for the right sounds (小毒液 for 消毒液). The answers that were invented (``teaching/answers``) tell which of
them people say: n-grams of all answers and of those to each question, mixed (``ngrams``), ship with Wenhou
(``dialogs.taught``, made by ``teaching.wording``).

Recognisers write no punctuation, and without it 没有我昨天刚从天津回来 is hard to read. A third model counts
the same answers with their commas; it tells where a comma makes what follows more probable.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import cache, partial

import numpy as np

from dialogs import taught
from dialogs.language.ngrams import BEGINNING, END, Codes, Floats, Ngrams, Places, codes_of
from dialogs.language.respelling import Likely, Respelling

Likelihood = Callable[[Sequence[str]], list[Likely]]
"""Wordings to what residents would have said that sounds like each."""

ANYWHERE, WITH_BREAKS = 0, 2**16
"""Numbers of the models of all answers, and of all answers with commas; between them those of questions."""
BREAK = ","
_WINDOW = 3
"""Characters after a break whose probability tells whether it belongs there."""
_FEWEST = 7
"""Characters from which an answer may hold more than one clause: 没流鼻涕 is one."""
_LEAST_GAIN = 1.0
"""Natural logarithm of how much likelier a break must make it."""
_REACH = 5
"""How far from its break a word that it tears apart may begin or end, in characters."""
_DENYING = ("没有", "没", "不", "未", "有")
_BEGINNING_ANEW = frozenset("我俺咱就都一今昨前这")
_OWN_SHARE = 0.6
"""How much the answers to the same question count; the rest is what is said anywhere."""


class Wording:
    """How answers to questions are worded.

    Args:
        ngrams: Models of the answers to each question, named by its slot, of all, and of all with commas.
    """

    def __init__(self, ngrams: Ngrams) -> None:
        self.ngrams = ngrams
        self._respelling = Respelling(ngrams.characters(ANYWHERE), ngrams.reach)

    @staticmethod
    @cache
    def taught() -> Wording:
        """What ships with Wenhou, loaded once a process."""
        return Wording(Ngrams.kept(taught.WORDING))

    def prepare(self) -> None:
        """Work out what the first answer would otherwise wait for."""
        self._respelling.prepare()

    def likelihood(self, question: str) -> Likelihood | None:
        """What residents would have said to a question; None where none of its answers are known."""
        return partial(self.likely, question) if question in self.ngrams.numbers else None

    def likely(self, question: str, texts: Sequence[str]) -> list[Likely]:
        """For each text the likeliest answer to ``question`` that sounds like it, mostly itself."""
        by_character = self._by_character(question, list(map(plain, texts)))
        return self._respelling.of(texts, by_character, partial(self._after, question))

    def log_probabilities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Natural logarithm of the probability of each text as the whole answer to ``question``.

        Anything but letters, characters and digits is left out.
        """
        return [float(each.sum()) for each in self._by_character(question, list(map(plain, texts)))]

    def likeliest(self, question: str, texts: Sequence[str]) -> float:
        """Natural logarithm of the probability of whichever text is the likeliest whole answer to
        ``question``, for each of its characters."""
        said = [text for text in map(plain, texts) if text]
        if not said:
            return 0.0
        likely = zip(self.log_probabilities(question, said), map(len, said), strict=True)
        return max(one / length for one, length in likely)

    def with_breaks(self, text: str) -> str:
        """The text with commas where clauses end; one that has some already stays as it is."""
        if len(text) < _FEWEST or not text.isalnum():
            return text
        before = self.ngrams.reach
        codes = codes_of(BEGINNING * before + text + END + BEGINNING)
        gaps = np.arange(before + 1, before + len(text))
        # Around every gap: what stands before it, a comma, what comes after. The last gap sees the end.
        around = gaps[:, None] + np.arange(-before, _WINDOW)[None, :]
        windows = np.insert(codes[around], before, ord(BREAK), axis=1)
        is_said = np.ones((len(gaps), _WINDOW + 1), bool)
        is_said[-1, -1] = False
        given = self.ngrams.given_before(np.concatenate((windows.ravel(), codes)), WITH_BREAKS)
        broken = given[: windows.size].reshape(windows.shape)[:, before:]
        unbroken = given[windows.size :][gaps[:, None] + np.arange(_WINDOW)[None, :]]
        gains = (broken * is_said).sum(1) - (unbroken * is_said[:, 1:]).sum(1)
        places = (int(gap) - before for gap in gaps[gains > _LEAST_GAIN])
        breaks = {place for place in places if not _may_deny_what_follows(text, place)}
        return "".join(BREAK + c if place in breaks else c for place, c in enumerate(text))

    def _by_character(self, question: str, texts: Sequence[str]) -> list[Floats]:
        """Log probabilities of each text's characters and of its end."""
        before = self.ngrams.reach
        marked = [BEGINNING * before + text + END for text in texts]
        codes = codes_of("".join(marked))
        each = _mixed(*(self.ngrams.given_before(codes, model) for model in self._models(question)))
        parts = np.split(each, np.cumsum([len(text) for text in marked])[:-1])
        return [part[before:] for part in parts]

    def _after(self, question: str, contexts: Codes, which: Places, characters: Codes) -> Floats:
        """Log probabilities of characters, each after one of several contexts."""
        models = self._models(question)
        return _mixed(*(self.ngrams.after(contexts, which, characters, model) for model in models))

    def _models(self, question: str) -> tuple[int, int]:
        return self.ngrams.numbers[question], ANYWHERE


def _mixed(here: Floats, anywhere: Floats) -> Floats:
    return np.log(_OWN_SHARE * np.exp(here) + (1.0 - _OWN_SHARE) * np.exp(anywhere))


def _may_deny_what_follows(text: str, place: int) -> bool:
    """没有流鼻涕 is no 没有，流鼻涕; 没有我昨天刚回来 is 没有，我昨天刚回来."""
    return text[:place].endswith(_DENYING) and text[place] not in _BEGINNING_ANEW


def untorn(text: str, words: Container[str]) -> str:
    """The text without the breaks that stand inside of one of the words."""
    place = text.find(BREAK)
    while place >= 0:
        clause = text.rfind(BREAK, 0, place) + 1
        starts = range(max(clause, place - _REACH), place)
        ends = range(place + 2, min(place + _REACH, len(text)) + 1)
        if any(text[start:place] + text[place + 1 : end] in words for start in starts for end in ends):
            text = text[:place] + text[place + 1 :]
        else:
            place += 1
        place = text.find(BREAK, place)
    return text


def plain(text: str) -> str:
    """What is counted of a text."""
    return "".join(filter(str.isalnum, text))
