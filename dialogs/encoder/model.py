"""The second reader's model: multilingual-e5-small's first layers, taught what answers to a script mean.

Only what was learnt ships with the script (``encoder.npz``): two thin matrices for each linear layer, ``up``
of shape (out, rank) and ``down`` of shape (rank, in), whose product is added to the layer's weights (Hu et
al., LoRA, 2021), offsets and normalisations, vectors for the questions, which pieces of words occur, and the
layers that decide. The rest comes from a package (docs/third-party.md). Both are joined once, into a model
that CTranslate2 reads.

How it was learnt: ``teaching.encoder`` and docs/decisions/0013-second-reader.md.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import tokenizers
from ctranslate2.specs import TransformerEncoderModelSpec, TransformerEncoderSpec, common_spec
from filelock import FileLock
from numpy.typing import NDArray

from dialogs.encoder.e5_file import E5File, Floats, read_e5
from dialogs.encoder.files import LONGEST, Files

_Taught = Mapping[str, NDArray[Any]]

_MADE_FROM, _TOKENIZER = "made-from.txt", "tokenizer.json"
_END = "</s>"
_RECIPE = 1
"""Counts the ways in which models were made."""
_EPSILON = 1e-12
_SPACE = "\u2581"
_WRITTEN = {"，": ",", "？": "?", "！": "!"}
"""As the pieces have it."""


class Encoder:
    """The joined model."""

    def __init__(self, folder: Path, precision: str = "int8") -> None:
        """Load it, to compute in eight bits or in another ``precision`` that CTranslate2 knows.

        Raises:
            RuntimeError, OSError: There is none, or it is damaged.
        """
        self._encoder = ctranslate2.Encoder(str(folder), compute_type=precision, intra_threads=1)
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.enable_truncation(LONGEST)
        self._questions_from = self._tokenizer.get_vocab_size()
        self._end = self._tokenizer.token_to_id(_END)

    def of(self, question: int, text: str) -> Floats:
        """As ``Vectors.of``: the question stands in the place of the sign for a beginning."""
        said = self._tokenizer.encode(text).ids
        encoded = self._encoder.forward_batch([[self._questions_from + question, *said, self._end]])
        vectors: Floats = np.array(encoded.last_hidden_state)[0]
        return vectors


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
    """Join the weights and what was learnt, unless that was done; takes a second and 20 MB of room.

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
        _write_model(source, taught, making)
        tokenizer_for(source, taught["pieces"].tolist()).save(str(making / _TOKENIZER), pretty=False)
        (making / _MADE_FROM).write_text(_recipe(files) + "\n", encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        making.replace(folder)


def _recipe(files: Files) -> str:
    """The weights are told apart by their size: their checksum was seen to when they were fetched."""
    learnt = hashlib.sha256(files.learnt.read_bytes()).hexdigest()
    return f"{_RECIPE} {files.weights.stat().st_size} {learnt}"


def _write_model(source: E5File, taught: _Taught, folder: Path) -> None:
    size, layers = source.size, sum(name.endswith("/qkv/up") for name in taught)
    encoder = TransformerEncoderSpec(
        layers,
        source.heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    encoder.scale_embeddings = False
    words = source.tensor("emb.word", -1, size)[taught["pieces"]]
    encoder.embeddings[0].weight = np.concatenate((words, _single(taught["questions"])))
    kind = source.tensor("emb.type", -1, size)[0]
    encoder.position_encodings.encodings = source.tensor("emb.pos", -1, size)[: LONGEST + 2] + kind
    _normalise(encoder.layernorm_embedding, taught, "norm")
    for number, layer in enumerate(encoder.layer):
        _layer(layer, source, taught, number)
    spec = TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary([str(row) for row in range(len(words) + len(taught["questions"]))])
    spec.config.layer_norm_epsilon = _EPSILON
    spec.config.unk_token = spec.config.bos_token = spec.config.eos_token = "0"
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _layer(layer: common_spec.LayerSpec, source: E5File, taught: _Taught, number: int) -> None:
    def learnt(linear: common_spec.LinearSpec, part: str, *names: str) -> None:
        name = f"layer{number}/{part}"
        up, down, bias = (_single(taught[f"{name}/{side}"]) for side in ("up", "down", "bias"))
        published = [source.tensor(f"l{number}.{each}.w", -1, down.shape[1]) for each in names]
        linear.weight = np.concatenate(published) + up @ down
        linear.bias = bias

    learnt(layer.self_attention.linear[0], "qkv", "q", "k", "v")
    learnt(layer.self_attention.linear[1], "out", "ao")
    learnt(layer.ffn.linear_0, "wide", "fi")
    learnt(layer.ffn.linear_1, "narrow", "fo")
    _normalise(layer.self_attention.layer_norm, taught, f"layer{number}/norm1")
    _normalise(layer.ffn.layer_norm, taught, f"layer{number}/norm2")


def _normalise(spec: common_spec.LayerNormSpec, taught: _Taught, name: str) -> None:
    spec.gamma, spec.beta = _single(taught[f"{name}/weight"]), _single(taught[f"{name}/bias"])


def _single(array: NDArray[Any]) -> Floats:
    return array.astype(np.float32)


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
