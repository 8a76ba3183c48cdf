"""Tokens as the embedded engine's vocabulary writes them."""

from __future__ import annotations

from tokenizers.pre_tokenizers import ByteLevel

_SPELLED = ByteLevel(add_prefix_space=False)


def spelled(text: str) -> str:
    """A text as one token: a character for each of its bytes."""
    return "".join(piece for piece, _ in _SPELLED.pre_tokenize_str(text))
