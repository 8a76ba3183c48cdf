"""Where the encoder and what was learnt with it lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from campaign.folders import models_folder
from dialogs import taught

ENCODER = "multilingual-e5-small"
"""Folder of the encoder among the models of this machine."""
WEIGHTS = "e5-small-q4.bin"
_JOINED = "taught"
LONGEST = 60
"""Pieces of words that are read; what comes after them is not."""


class Files(NamedTuple):
    """Where the second reader lies, or would lie."""

    learnt: Path
    """What was learnt beside the weights; ships with Wenhou."""
    graph: Path
    """What is computed with both; ships with Wenhou."""
    weights: Path
    """The encoder as it was published."""
    model: Path
    """Folder of both joined."""

    @staticmethod
    def of_this_machine() -> Files:
        folder = models_folder() / ENCODER
        return Files(taught.ENCODER, taught.ENCODER_GRAPH, folder / WEIGHTS, folder / _JOINED)
