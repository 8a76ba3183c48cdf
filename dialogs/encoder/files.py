"""Where the encoder and what was learnt with it lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from campaign.folders import models_folder
from dialogs import taught

ENCODER = "multilingual-e5-small"
"""Folder of the encoder among the models of this machine."""
WEIGHTS = "e5-small-q4.bin"
_JOINED, _JOINED_FOR_MEANINGS = "taught", "meanings"
LONGEST = 60
"""Pieces of words that are read; what comes after them is not."""


class Files(NamedTuple):
    """Where a model made of the encoder lies, or would lie."""

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
        """Of the second reader."""
        folder = models_folder() / ENCODER
        return Files(taught.ENCODER, taught.ENCODER_GRAPH, folder / WEIGHTS, folder / _JOINED)

    @staticmethod
    def for_meanings() -> Files:
        """Of the model that tells which of a question's values an answer means."""
        folder = models_folder() / ENCODER
        return Files(taught.MEANINGS, taught.MEANINGS_GRAPH, folder / WEIGHTS, folder / _JOINED_FOR_MEANINGS)
