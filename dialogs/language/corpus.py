"""What residents have answered to questions, whole answers.

An engine with a grammar learns from them which words follow which. They ship with Wenhou
(``dialogs.taught``, made by ``teaching.corpus``), and are unpacked when the first is asked for.
"""

from __future__ import annotations

import itertools
import lzma
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

from dialogs import taught

CALLED = "张三"
"""Whoever was called is called so."""
_ONE_OF = 4
"""Answers in all for one that is in the sample."""
_QUESTION = "# "
"""Begins the line of a question's name; the lines after it are its answers."""


class Corpus:
    """The answers to every question, in words without punctuation; a blank stands where a clause ends.

    Args:
        file: What ``written`` made.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @staticmethod
    @cache
    def taught() -> Corpus:
        """What ships with Wenhou."""
        return Corpus(taught.CORPUS)

    def answers(self, question: str) -> tuple[str, ...]:
        """Answers to a question, named by its slot; always the same object. Empty where none are known."""
        return self._by_question.get(question, ())

    def sample(self) -> tuple[str, ...]:
        """Some answers to every question; always the same object."""
        return self._sample

    @cached_property
    def _sample(self) -> tuple[str, ...]:
        return tuple(itertools.chain(*(answers[::_ONE_OF] for answers in self._by_question.values())))

    @cached_property
    def _by_question(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        with lzma.open(self._file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(_QUESTION):
                    answers = found.setdefault(line.removeprefix(_QUESTION).rstrip("\n"), [])
                else:
                    answers.append(line.rstrip("\n"))
        return {question: tuple(answers) for question, answers in found.items()}


def written(answers: Mapping[str, Iterable[str]]) -> bytes:
    """The content of a corpus's file."""
    lines = [line for question, said in answers.items() for line in (_QUESTION + question, *said)]
    return lzma.compress("".join(f"{line}\n" for line in lines).encode("utf-8"))
