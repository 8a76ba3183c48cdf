"""Where Wenhou keeps what can be made again: models, dictionaries."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/wenhou``, usually ``~/.cache/wenhou``; it need not exist yet."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "wenhou"


def models_folder() -> Path:
    """Where models are kept, each in a folder of its own."""
    return cache_folder() / "models"
