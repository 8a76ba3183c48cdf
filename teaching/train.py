"""Teaches the embedded engine to hear short answers on the telephone; needs PyTorch (the extra ``teach``).

    python -m teaching.train MODEL SPEECH... --out asr/telephone.npz [--hours 1.0]
        [--without FILE.tsv] [--resume [--rate 3e-4]]

MODEL is the prepared folder of the embedded engine, each SPEECH a folder with wavs and a ``transcripts.tsv``
(see ``teaching.make_speech``), which may still be growing. Sentences whose text stands in a
``--without`` file (column ``text``) are left out, so that a set for measuring stays unheard. Every pass hears
every recording in another call: another pitch, level, room, line, noise.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
import tokenizers
import torch
from numpy.typing import NDArray
from torch.nn import functional

from asr.audio import read_wav
from asr.ct2_file import read_model
from asr.features import FEATURE_RATE, log_mel
from teaching.calls import RATE, Sound, called
from teaching.network import Network

PROMPT = ("<|startoftranscript|>", "<|zh|>", "<|transcribe|>", "<|notimestamps|>")
END = "<|endoftext|>"
IGNORED = -100
RANK = 16
BATCH = 8
_POOL = 24
"""Batches that are drawn at once and sorted by length, so that little silence is computed."""
_LEAST_SILENCE, _MOST_SILENCE = 0.8, 2.0
"""Silence after the sound within the encoder's window, seconds."""
_SHORTEST_WINDOW = 3.0
_LEARNING_RATE = 6e-4
_WARM_UP = 60
_NOBODY_SHARE = 0.04
_TWO_SHARE = 0.12


@dataclass(frozen=True)
class Recording:
    sound: Sound
    text: str


def recordings(folder: Path, without: frozenset[str], known: set[Path]) -> Iterator[Recording]:
    """The recordings of a folder that are not ``known`` yet, less those whose words are in ``without``."""
    for line in (folder / "transcripts.tsv").read_text(encoding="utf-8").splitlines():
        file, _, text = line.split("\t")
        if folder / file not in known and plain(text) not in without:
            known.add(folder / file)
            yield Recording(read_wav(folder / file).astype(np.float32) / np.float32(32768), plain(text))


def plain(text: str) -> str:
    """What the engine is to write: characters only."""
    return re.sub(r"[^\w]|_", "", text)


@dataclass(frozen=True)
class Example:
    sound: Sound
    tokens: list[int]
    window: float
    """Seconds of sound and silence that the encoder sees."""


class Calls:
    """Draws examples without end."""

    def __init__(
        self,
        folders: Sequence[Path],
        without: frozenset[str],
        tokenizer: tokenizers.Tokenizer,
        chance: np.random.Generator,
    ) -> None:
        self._folders = folders
        self._without = without
        self._known: set[Path] = set()
        self.speech: list[Recording] = []
        self._tokenizer = tokenizer
        self._chance = chance
        self._order: list[int] = []

    def _next(self) -> Recording:
        if not self._order:
            for folder in self._folders:  # which may still be growing
                self.speech += recordings(folder, self._without, self._known)
            self._order = self._chance.permutation(len(self.speech)).tolist()
        return self.speech[self._order.pop()]

    def example(self) -> Example:
        draw = self._chance.random()
        number = 0 if draw < _NOBODY_SHARE else 2 if draw < _NOBODY_SHARE + _TWO_SHARE else 1
        said = [self._next() for _ in range(number)]
        sound = called([r.sound for r in said], number, self._chance, [r.sound for r in self.speech])
        sound = soxr.resample(sound, RATE, FEATURE_RATE, quality="MQ").astype(np.float32)
        text = "".join(recording.text for recording in said)
        tokens = self._tokenizer.encode(text, add_special_tokens=False).ids if text else []
        silence = self._chance.uniform(_LEAST_SILENCE, _MOST_SILENCE)
        return Example(sound, tokens, max(_SHORTEST_WINDOW, len(sound) / FEATURE_RATE + silence))

    def batches(self) -> Iterator[tuple[NDArray[np.float32], list[list[int]]]]:
        while True:
            pool = sorted((self.example() for _ in range(BATCH * _POOL)), key=lambda e: e.window)
            for start in self._chance.permutation(_POOL) * BATCH:
                batch = pool[start : start + BATCH]
                # Half a second's steps: the encoder halves them.
                window = math.ceil(2 * max(e.window for e in batch)) / 2
                yield np.stack([log_mel(e.sound, window) for e in batch]), [e.tokens for e in batch]


class Teacher:
    def __init__(self, network: Network, tokenizer: tokenizers.Tokenizer) -> None:
        self.network = network
        self._prompt = [tokenizer.token_to_id(token) for token in PROMPT]
        self._end = tokenizer.token_to_id(END)

    def loss(self, features: NDArray[np.float32], texts: list[list[int]]) -> torch.Tensor:
        rows = [[*self._prompt, *tokens, self._end] for tokens in texts]
        length = max(map(len, rows))
        tokens = torch.tensor([row + [self._end] * (length - len(row)) for row in rows])
        wanted = tokens.clone()
        for row, target in zip(rows, wanted, strict=True):
            target[: len(self._prompt)] = IGNORED
            target[len(row) :] = IGNORED
        with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast where the processor has it
            scores = self.network(torch.from_numpy(features), tokens[:, :-1]).float()
        return functional.cross_entropy(scores.flatten(0, 1), wanted[:, 1:].flatten(), ignore_index=IGNORED)


def save(network: Network, path: Path) -> None:
    """The adapter as half floats: two thin matrices for every linear layer."""
    layers = network.adapted()
    arrays = {f"{name}/up": layer.up for name, layer in layers.items()}
    arrays |= {f"{name}/down": layer.down for name, layer in layers.items()}
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **{n: a.detach().numpy().astype(np.float16) for n, a in arrays.items()})
    partial.replace(path)


def restore(network: Network, path: Path) -> None:
    with np.load(path) as arrays:
        for name, layer in network.adapted().items():
            layer.up.data = torch.from_numpy(arrays[f"{name}/up"].astype(np.float32))
            layer.down.data = torch.from_numpy(arrays[f"{name}/down"].astype(np.float32))


def decay(spent: float) -> float:
    """Share of the highest learning rate by the share of the time that is spent, less the warm-up."""
    return 0.5 * (1.0 + math.cos(math.pi * min(1.0, spent)))


def texts_of(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (
            plain(row["text"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Teach the embedded engine short answers on the telephone.")
    parser.add_argument("model", type=Path)
    parser.add_argument("speech", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--resume", action="store_true", help="go on from --out")
    parser.add_argument("--rate", type=float, default=_LEARNING_RATE, help="learning rate at its highest")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    chance = np.random.default_rng(options.seed)
    without = frozenset(text for path in options.without for text in texts_of(path))
    tokenizer = tokenizers.Tokenizer.from_file(str(options.model / "tokenizer.json"))
    teacher = Teacher(Network(read_model(options.model / "model.bin"), RANK), tokenizer)
    if options.resume:
        restore(teacher.network, options.out)
    learnt = [parameter for parameter in teacher.network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=_LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    calls = Calls(options.speech, without, tokenizer, chance)
    started, losses = time.monotonic(), []
    for step, (features, texts) in enumerate(calls.batches()):
        spent = (time.monotonic() - started) / 3600 / options.hours
        for group in optimizer.param_groups:
            group["lr"] = options.rate * decay(spent) * min(1.0, (step + 1) / _WARM_UP)
        optimizer.zero_grad(set_to_none=True)
        loss = teacher.loss(features, texts)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        losses.append(loss.item())
        if step % 40 == 39 or spent >= 1.0:
            mean = sum(losses[-40:]) / len(losses[-40:])
            print(
                f"{(time.monotonic() - started) / 60:6.1f} min  step {step + 1:4}  loss {mean:.3f}",
                flush=True,
            )
        if step % 100 == 99 or spent >= 1.0:
            save(teacher.network, options.out)
        if spent >= 1.0:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
