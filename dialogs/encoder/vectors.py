"""Answers and the words of values as vectors that lie close together where they mean the same.

The published encoder, all its layers, with what ``teaching.meanings`` taught it beside; made as the second
reader's model is (``dialogs.encoder.model``). A vector is the mean of the rows of what was said, the question
behind it, which every row has seen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import tokenizers
from numpy.typing import NDArray

from dialogs.encoder.model import BEGIN, END, GRAPH, TOKENIZER
from dialogs.encoder.session import session_of

Floats = NDArray[np.float32]

ROWS, KINDS, MEANT, VECTOR = "rows", "of", "meant", "vector"
"""What goes in, shapes (rows,), (rows,) and (1,), how many first rows are meant; and what comes out, their
mean, shape (vector,)."""
ANSWER, QUESTION, PHRASE = range(3)
"""What a row is of."""
LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_PHRASE = 50, 30, 20
"""Pieces of words that are read; what comes after them is not."""
POSITIONS = (2, 120)
"""Of the published positions the first that is used, and the one behind the last."""


class Vectors:
    """The joined model; a vector takes three to eight milliseconds."""

    def __init__(self, folder: Path) -> None:
        """Load it.

        Raises:
            ValueError, OSError: There is none, or it is damaged.
        """
        self._session = session_of(folder / GRAPH)
        self._tokenizer = tokenizers.Tokenizer.from_str((folder / TOKENIZER).read_text(encoding="utf-8"))
        self._begin, self._end = (int(self._tokenizer.token_to_id(piece) or 0) for piece in (BEGIN, END))

    def of_answer(self, question: str, text: str) -> Floats:
        """Of an answer to a question, shape (vector,)."""
        said = [self._begin, *self._pieces(text, LONGEST_ANSWER), self._end]
        asked = [*self._pieces(question, LONGEST_QUESTION), self._end]
        return self._vector(said + asked, [ANSWER] * len(said) + [QUESTION] * len(asked), len(said))

    def of_phrase(self, words: str) -> Floats:
        """Of words for a value, shape (vector,)."""
        rows = [self._begin, *self._pieces(words, LONGEST_PHRASE), self._end]
        return self._vector(rows, [PHRASE] * len(rows), len(rows))

    def _pieces(self, text: str, longest: int) -> list[int]:
        pieces: list[int] = self._tokenizer.encode(text).ids
        return pieces[:longest]

    def _vector(self, rows: list[int], kinds: list[int], meant: int) -> Floats:
        told = {ROWS: np.array(rows), KINDS: np.array(kinds), MEANT: np.array([meant])}
        vector: Floats = self._session.run([VECTOR], told)[0]
        return vector


@cache
def vectors_in(folder: Path, state: str) -> Vectors:
    """The model of a folder, loaded once a process; ``state`` tells one in the folder from the next."""
    return Vectors(folder)
