"""One written form for all that recognisers write."""

from __future__ import annotations

import re
import unicodedata

from dialogs import grammar
from dialogs.numerals import spell_digits
from dialogs.words import CLAUSE_BREAKS


def normalised(text: str) -> str:
    """Half-width, no blanks, digits as Chinese words, dialect words replaced, only characters and breaks."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("℃", "度").replace("°C", "度")
    text = spell_digits(_without_loop(text))
    for word, common in grammar.COLLOQUIAL.items():
        text = text.replace(word, common)
    return "".join(c for c in text if c.isalnum() or c in CLAUSE_BREAKS).strip(CLAUSE_BREAKS)


_LOOP = re.compile(r"(.{3,}?)\1+(?P<rest>.*)", re.DOTALL)


def _without_loop(text: str) -> str:
    """An answer once where a decoder repeats itself: 36度936度936度9 is 36度9."""
    match = _LOOP.fullmatch(text)
    return match[1] if match and match[1].startswith(match["rest"]) else text
