"""What many writers' answers have taught, for every script.

- ``answers.onnx``: the network that reads answers as a whole (``dialogs.understanding.network``);
- ``encoder.npz``, ``encoder.onnx``: the second reader (``dialogs.encoder``);
- ``meanings.npz``, ``meanings.onnx``: which of a question's values an answer means, for questions that nobody
  taught (``dialogs.understanding.meanings``);
- ``wording.npz``: how residents word their answers (``dialogs.language.wording``);
- ``answers.txt.xz``: what they answered (``dialogs.language.corpus``).

The questions were those of ``health_survey``, named by its slots. A slot of another script that asks the same
tells so with ``like`` (``Slot.like``); of other questions ``meanings`` knows what their words tell. Made by
``teaching``, see ``teaching/answers/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

KINDS: Mapping[str, str] = {
    "identity": "identity",
    "in_beijing": "yes_no",
    "symptoms": "symptoms",
    "temperature": "temperature",
    "travel": "yes_no",
    "travel_place": "place",
    "return_date": "date",
    "contact": "yes_no",
    "household_size": "count",
    "needs": "text",
}
"""The questions that were taught, and the kind of slot (``SlotType``) that each asks for."""

FOLDER = Path(str(resources.files("dialogs").joinpath("taught")))

ANSWERS = FOLDER / "answers.onnx"
CORPUS = FOLDER / "answers.txt.xz"
ENCODER = FOLDER / "encoder.npz"
ENCODER_GRAPH = FOLDER / "encoder.onnx"
MEANINGS = FOLDER / "meanings.npz"
MEANINGS_GRAPH = FOLDER / "meanings.onnx"
WORDING = FOLDER / "wording.npz"
