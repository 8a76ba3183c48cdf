"""A model of Vosk for one question: the sounds of an installed model, and a graph of what is answered to it.

It is a folder as Vosk reads it, mostly links to the installed model's files, made once for each question and
kept in the cache folder. Vosk takes 40 MB of memory for each; processes that are forked later share them.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from filelock import FileLock

from asr.graphs.composition import compose
from asr.graphs.openfst import EPSILON, Graph, Reach, read_lookahead, write
from asr.graphs.word_pairs import NAME, count_pairs
from asr.phrase_words import UNKNOWN_WORDS, cut
from campaign.folders import cache_folder
from campaign.kept import kept

_RECIPE = 1
"""Counts the ways in which graphs were made."""
_MOST_KEPT = 40
"""Graphs, some 10 MB each: those of a few scripts; dates of the day are in some."""
_SOUNDS, _GRAPH, _WORDS = "graph/HCLr.fst", "graph/HCLG.fst", "graph/words.txt"
_NO_SOUNDS = "graph/disambig_tid.int"
_SHARED = ("am", "conf", "ivector", "graph/phones")
"""What a question's model has from the installed one."""

NumberOf = Callable[[str], int]
"""The label of a word in the installed model; below zero where it has none."""


class Asked(NamedTuple):
    """What is answered to a question."""

    phrases: tuple[str, ...]
    answers: tuple[str, ...] = ()
    called: str = ""
    """The name in ``answers`` that stands for whoever is asked."""
    names: tuple[str, ...] = ()
    """Of those who will be asked."""
    elsewhere: tuple[str, ...] = ()
    """Answers to other questions."""


def question_model(installed: Path, asked: Asked, number_of: NumberOf, kept_in: Path | None = None) -> Path:
    """The folder of a question's model; made in one to six seconds where it is not there.

    Args:
        installed: The folder of the installed model.
        asked: What its graph is made of.
        number_of: The installed model's.
        kept_in: Where to look for it and to keep it; a part of the cache folder where that is not given.

    Raises:
        ValueError: The installed model has no graph of this kind, or no word of what is answered.
        OSError: Something cannot be read or written.
    """
    folder = (kept_in or cache_folder() / "graphs") / _digest(installed, asked)
    if not _is_whole(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(_lock_of(folder)):
            if not _is_whole(folder):
                _make(folder, installed, asked, number_of)
                _forget_all_but_the_last(folder.parent)
    os.utime(folder, ns=(time.time_ns(), time.time_ns()))
    return folder


def _is_whole(folder: Path) -> bool:
    return (folder / _GRAPH).is_file() and (folder / "am").exists()  # a link, perhaps to nothing now


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.lock")


def _digest(installed: Path, asked: Asked) -> str:
    stat = (installed / _SOUNDS).stat()
    made_of = (_RECIPE, str(installed.resolve()), stat.st_size, stat.st_mtime_ns, *asked)
    return hashlib.blake2b(repr(made_of).encode("utf-8"), digest_size=12).hexdigest()


def _make(folder: Path, installed: Path, asked: Asked, number_of: NumberOf) -> None:
    missing = [part for part in _SHARED if not (installed / part).exists()]
    if missing:
        raise ValueError(f"without {missing[0]}")
    sounds, reach = _sounds_of(installed)
    graph, words = _graph_of(installed, asked, number_of, sounds, reach)
    making = folder.with_name(folder.name + ".partial")
    shutil.rmtree(making, ignore_errors=True)
    (making / "graph").mkdir(parents=True)
    for part in _SHARED:
        _link(installed / part, making / part)
    table = (f"{word} {number}\n" for number, word in enumerate(("<eps>", *words)))
    (making / _WORDS).write_text("".join(table), encoding="utf-8")
    write(graph, making / _GRAPH)
    shutil.rmtree(folder, ignore_errors=True)
    making.replace(folder)


@lru_cache(maxsize=1)
def _sounds_of(installed: Path) -> tuple[Graph, Reach]:
    """Those of the installed model, without the inputs that only told words apart while it was made."""
    sounds, reach = read_lookahead(installed / _SOUNDS)
    no_sounds = np.array((installed / _NO_SOUNDS).read_text(encoding="ascii").split(), np.int32)
    sounds.inputs[np.isin(sounds.inputs, no_sounds)] = EPSILON
    return sounds, reach


@lru_cache(maxsize=1)
def _words_elsewhere(installed: Path, answers: tuple[str, ...], number_of: NumberOf) -> Mapping[str, int]:
    """Those that came up more than once, and how often; some seconds the first time, then from a file."""

    def count() -> dict[str, int]:
        counts = Counter(itertools.chain.from_iterable(_in_words(answers, "", _known_by(number_of))))
        return {word: times for word, times in counts.items() if times > 1}

    digest = hashlib.blake2b("\n".join(answers).encode("utf-8"), digest_size=12).hexdigest()
    return kept("words_elsewhere-1", installed / _SOUNDS, count, digest)


def forget_the_model() -> None:
    """No more graphs are to be made for now: what was read for that, 30 MB, is not needed."""
    _sounds_of.cache_clear()
    _words_elsewhere.cache_clear()


def _known_by(number_of: NumberOf) -> Callable[[str], bool]:
    @cache
    def knows(word: str) -> bool:
        return number_of(word) >= 0

    return knows


def _graph_of(
    installed: Path, asked: Asked, number_of: NumberOf, sounds: Graph, reach: Reach
) -> tuple[Graph, Sequence[str]]:
    """The graph, and its words: n of them, the labels 1 to n."""
    knows = _known_by(number_of)
    unknown = next(filter(knows, UNKNOWN_WORDS), "")
    lines = list(_in_words((*asked.phrases, *asked.answers), asked.called, knows))
    names = [words for name in asked.names for words in _in_words((name,), "", knows)]
    if not lines:
        raise ValueError("none of the words is known")
    elsewhere = _words_elsewhere(installed, asked.elsewhere, number_of)
    words = sorted({unknown, *elsewhere, *itertools.chain(*lines, *names)} - {NAME, ""})
    label_of = {word: number_of(word) for word in words}
    graph = compose(sounds, reach, count_pairs(lines, label_of, unknown, names, elsewhere))
    renumbered = np.zeros(max(label_of.values()) + 1, np.int32)
    renumbered[list(label_of.values())] = np.arange(1, len(words) + 1)
    return graph._replace(outputs=renumbered[graph.outputs]), words


def _in_words(texts: Iterable[str], called: str, knows: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """Those whose words are all known; with ``NAME`` for the one who is called."""
    for text in texts:
        parts = [cut(part, knows) for part in (text.split(called) if called else (text,))]
        if any(part.missing for part in parts):
            continue
        words = [word for part in parts for word in (NAME, *part.words)][1:]
        if words:
            yield tuple(words)


def _link(source: Path, target: Path) -> None:
    """A link, or a copy where there can be none."""
    try:
        target.symlink_to(source.resolve(), target_is_directory=True)
    except (OSError, NotImplementedError):  # Windows lets administrators alone make links, some disks nobody
        shutil.copytree(source, target)


def _forget_all_but_the_last(folder: Path) -> None:
    made = sorted(
        (each for each in folder.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime_ns
    )
    for each in made[:-_MOST_KEPT]:
        shutil.rmtree(each, ignore_errors=True)
        _lock_of(each).unlink(missing_ok=True)
