"""A Whisper model without the tokens that no Mandarin answer is written with.

For every token that it writes, in every wording that it follows, its last layer weighs all of 51,865 tokens;
four fifths of them are words of other languages and times. Without these a decoding takes three tenths less
time and writes the same: docs/decisions/0018-mandarin-tokens.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import decoders

from asr.ct2_file import ModelFile

VOCABULARY_FILE = "vocabulary.txt"
CONFIG_FILE = "config.json"
_EMBEDDING = "decoder/embeddings/weight"
"""One row a token; the last layer has the same weights by another name."""
_TOKEN_LISTS = ("suppress_ids", "suppress_ids_begin", "lang_ids")
"""Entries of the configuration that number tokens."""
_COMMON_WORDS = 8000
"""Tokens are numbered from the most common one. What is said in English is still written in English, so that
it is nobody's answer; its rarer words are spelled."""
_HAN = range(0x3400, 0xA000)
_BYTE_LEVEL = decoders.ByteLevel()


def text_of(tokens: Sequence[str]) -> str:
    """What tokens spell, without the marks among them; bytes that are no character become U+FFFD."""
    spelled: str = _BYTE_LEVEL.decode([token for token in tokens if not _is_mark(token)])
    return spelled


@dataclass(frozen=True)
class Vocabulary:
    """A model's tokens, as CTranslate2 lists them, and what its configuration says of them."""

    tokens: Sequence[str]
    config: dict[str, object]

    @classmethod
    def read(cls, folder: Path) -> Vocabulary:
        """The vocabulary of a model's folder.

        Raises:
            OSError, ValueError: A file is missing or damaged.
        """
        lines = (folder / VOCABULARY_FILE).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        return cls(lines, json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8")))

    def write(self, folder: Path) -> None:
        (folder / VOCABULARY_FILE).write_text(
            "".join(f"{token}\n" for token in self.tokens), encoding="utf-8"
        )
        (folder / CONFIG_FILE).write_text(json.dumps(self.config, indent=2), encoding="utf-8")


def without_other_languages(model: ModelFile, vocabulary: Vocabulary) -> Vocabulary:
    """Take the rows of the tokens that are not needed out of a model; the vocabulary that is left.

    Raises:
        ValueError: The vocabulary is another model's.
    """
    rows = model.variables.get(_EMBEDDING)
    if rows is None or len(rows) != len(vocabulary.tokens):
        raise ValueError(f"{len(vocabulary.tokens)} tokens for {0 if rows is None else len(rows)} rows")
    kept = [number for number, token in enumerate(vocabulary.tokens) if _is_needed(token, number)]
    places = {number: place for place, number in enumerate(kept)}
    model.variables[_EMBEDDING] = rows[kept]
    config = dict(vocabulary.config)
    for name in _TOKEN_LISTS:
        numbers = config.get(name)
        if isinstance(numbers, list):
            config[name] = [places[number] for number in numbers if number in places]
    return Vocabulary([vocabulary.tokens[number] for number in kept], config)


def _is_needed(token: str, number: int) -> bool:
    if _is_mark(token):
        return not token[2].isdigit()  # times: the sound is short and heard whole
    letters = [letter for letter in text_of([token]) if letter.isalpha()]
    if not all(letter.isascii() or ord(letter) in _HAN for letter in letters):
        return False
    return number < _COMMON_WORDS or not any(letter.isascii() for letter in letters)


def _is_mark(token: str) -> bool:
    return len(token) > 4 and token.startswith("<|") and token.endswith("|>")
