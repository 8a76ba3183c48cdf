"""The second reader's model: multilingual-e5-small's first layers, taught what answers to a script mean; and
how all models made of that encoder are joined.

Only what was learnt ships with the script. In ``encoder.npz`` two thin matrices for each linear layer, ``up``
of shape (out, rank) and ``down`` of shape (rank, in), whose product is added to the weights of the layer (Hu
et al., LoRA, 2021), how far the inputs of some layers get from zero (``reach``, shape (in,)), and which
pieces of words occur; in ``encoder.onnx`` the graph with offsets, normalisations, vectors for the questions,
and the layers that decide. The rest comes from a package (docs/third-party.md). All is joined once, in a
folder that ONNX Runtime reads.

How it was learnt: ``teaching.encoder`` and docs/decisions/0013-second-reader.md.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
from filelock import FileLock
from numpy.typing import NDArray

from dialogs.encoder.e5_file import E5File, Floats, read_e5
from dialogs.encoder.eight_bits import eight_bits, evened
from dialogs.encoder.files import LONGEST, Files
from dialogs.encoder.session import session_of

_Taught = Mapping[str, NDArray[Any]]

WEIGHTS = "weights.bin"
"""Beside the graph, which tells what lies where in it."""
PIECES = "pieces"
"""Which of the published pieces of words are known, and their vectors."""
PARTS = {"qkv": ("q", "k", "v"), "out": ("ao",), "wide": ("fi",), "narrow": ("fo",)}
"""The linear layers of each layer, and what they are called where they are published."""
EVENED = ("wide", "narrow")
"""Those of which a few inputs are far greater than the others."""
GRAPH, TOKENIZER = "encoder.onnx", "tokenizer.json"
"""Files of a joined model."""
BEGIN, END = "<s>", "</s>"
"""The pieces that open and close what is read."""
_MADE_FROM = "made-from.txt"
_RECIPE = 5
"""Counts the ways in which models were made."""
_SPACE = "\u2581"
_WRITTEN = {"，": ",", "？": "?", "！": "!"}
"""As the pieces have it."""


class Encoder:
    """The joined model."""

    def __init__(self, folder: Path) -> None:
        """Load it.

        Raises:
            ValueError, OSError: There is none, or it is damaged.
        """
        self._session = session_of(folder / GRAPH)
        self._tokenizer = tokenizers.Tokenizer.from_str((folder / TOKENIZER).read_text(encoding="utf-8"))
        self._tokenizer.enable_truncation(LONGEST)
        self._end = self._tokenizer.token_to_id(END)
        self.known_by: str = self._session.get_modelmeta().custom_metadata_map["alphabet"]
        """What its questions and classes are, as JSON."""

    def scores(self, question: int, text: str, hints: Floats) -> Floats:
        """Scores of every class, shape (classes,). The question stands in the beginning's place."""
        said = self._tokenizer.encode(text).ids
        told = {"question": np.array([question]), "rows": np.array([*said, self._end]), "hints": hints[None]}
        scores: Floats = self._session.run(["scores"], told)[0][0]
        return scores


@cache
def encoder_in(folder: Path, state: str) -> Encoder:
    """The encoder of a folder, loaded once a process whatever number of scripts read with it.

    ``state`` tells one model in the folder from the next (``state_of``).
    """
    return Encoder(folder)


def state_of(folder: Path) -> str:
    """What the model in a folder was made of."""
    return (folder / _MADE_FROM).read_text(encoding="ascii")


def is_made(files: Files) -> bool:
    """Whether the joined model is there and was made of these two."""
    note = files.model / _MADE_FROM
    return note.is_file() and note.read_text(encoding="ascii").strip() == _recipe(files)


def make(files: Files) -> None:
    """Join the weights and what was learnt, unless that was done; takes some seconds and 25 MB of room.

    Raises:
        OSError: Something can't be read or written.
        ValueError, KeyError: One of the two is damaged, or they do not fit.
    """
    if is_made(files):
        return
    folder = files.model
    with FileLock(folder.with_name(folder.name + ".lock")):
        if is_made(files):
            return
        making = folder.with_name(folder.name + ".partial")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        with np.load(files.learnt) as arrays:
            taught = {name: arrays[name] for name in arrays.files}
        source = read_e5(files.weights)
        with (making / WEIGHTS).open("wb") as file:
            for _, array in joined(source, taught):
                file.write(array.tobytes())
        shutil.copyfile(files.graph, making / GRAPH)
        tokenizer_for(source, taught[PIECES].tolist()).save(str(making / TOKENIZER), pretty=False)
        (making / _MADE_FROM).write_text(_recipe(files) + "\n", encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        making.replace(folder)


def _recipe(files: Files) -> str:
    """The weights are told apart by their size: their checksum was seen to when they were fetched."""
    learnt = hashlib.sha256(files.learnt.read_bytes() + files.graph.read_bytes()).hexdigest()
    return f"{_RECIPE} {files.weights.stat().st_size} {learnt}"


def joined(source: E5File, taught: _Taught) -> Iterator[tuple[str, NDArray[Any]]]:
    """What the graph wants beside itself, by name, in the order in which it lies in ``WEIGHTS``.

    These are vectors of the pieces and of the places, as half floats, and the weights of every linear layer
    in eight bits with their steps (``dialogs.encoder.eight_bits``); of some layers what to multiply the
    inputs with before.
    """
    size = source.size
    yield PIECES, source.tensor("emb.word", -1, size)[taught[PIECES]].astype(np.float16)
    kind = source.tensor("emb.type", -1, size)[0]
    first, behind = taught.get("positions", (0, LONGEST + 2))
    yield "places", (source.tensor("emb.pos", -1, size)[first:behind] + kind).astype(np.float16)
    for number in range(layers_of(taught)):
        for part, names in PARTS.items():
            name = f"layer{number}/{part}"
            up, down = (taught[f"{name}/{side}"].astype(np.float32) for side in ("up", "down"))
            published = [source.tensor(f"l{number}.{each}.w", -1, down.shape[1]) for each in names]
            weight = np.ascontiguousarray((np.concatenate(published) + up @ down).T)
            if part in EVENED:
                weight, factors = evened(weight, taught[f"{name}/reach"].astype(np.float32))
                yield f"{name}/factors", factors
            codes, steps = eight_bits(weight)
            yield f"{name}/codes", codes
            yield f"{name}/steps", steps


def layers_of(taught: _Taught) -> int:
    """How many of the encoder's layers were taught."""
    return sum(name.endswith("/qkv/up") for name in taught)


def tokenizer_for(source: E5File, pieces: Sequence[int]) -> tokenizers.Tokenizer:
    """Cuts text into the most probable of these pieces (Kudo, Subword regularization, 2018); row n of the
    model's words is the n-th of them."""
    vocabulary = [[source.pieces[piece], float(source.scores[piece])] for piece in pieces]
    replaced = [{"type": "Replace", "pattern": {"String": a}, "content": b} for a, b in _WRITTEN.items()]
    document = {
        "version": "1.0",
        "normalizer": {"type": "Sequence", "normalizers": replaced},
        "pre_tokenizer": {"type": "Metaspace", "replacement": _SPACE, "prepend_scheme": "always"},
        "model": {"type": "Unigram", "unk_id": list(pieces).index(source.unknown), "vocab": vocabulary},
        "added_tokens": [],
    }
    return tokenizers.Tokenizer.from_str(json.dumps(document, ensure_ascii=False))
