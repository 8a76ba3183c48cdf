"""How a field of a section becomes a key of sip.conf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any


def key(read: Callable[[str], Any], default: Any, *aliases: str, is_secret: bool = False) -> Any:
    """A field that is a key of the file; ``aliases`` are other names by which Asterisk knows it."""
    return field(default=default, metadata={"read": read, "aliases": aliases}, repr=not is_secret)
