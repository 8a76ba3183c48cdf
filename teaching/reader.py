"""Teaches the network that reads answers as a whole (``dialogs.understanding.learnt``); needs PyTorch.

    python -m teaching.reader TABLE... --out dialogs/taught/answers.onnx
        [--script health_survey] [--heard TABLE...] [--characters MODEL] [--resume FILE] [--rate 0.0012]
        [--minutes 8] [--unseen 0]

TABLE holds answers with what they mean: ``question``, ``text``, ``expected``, ``intent`` (see
``benchmarks/answers``). Each is learnt as it is written, without punctuation, and misheard in several ways;
``--heard`` are tables in which the column ``text`` is what a recogniser really wrote. What the rules read in
each variant is learnt with it, so that the network knows how far they may be believed.

``--unseen`` teaches without one of the eight parts of the answers, prints how right the network is about that
part, and keeps nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tokenizers
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from asr.ct2_file import read_model
from benchmarks.slot_accuracy import Case, Taking, Verdict, judge, read_cases
from dialer.practice.answer_report import Asked, report_text
from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.understanding import normalised
from dialogs.understanding.learnt import Learnt
from dialogs.understanding.network import HEADS, LONGEST, Alphabet, Choice, Network
from dialogs.understanding.reader import Understanding
from teaching.examples import (
    IGNORED,
    PARTS,
    TODAY,
    Example,
    alphabet_of,
    examples,
    misheard,
    part_of,
    read_heard,
)
from teaching.graphs import answers_graph, weights_of

SIZE, WIDE, LAYERS, JOINED = 128, 256, 3, 160
_BATCH = 96
_POOL = 20
"""Batches that are drawn at once and sorted by length."""
_LEARNING_RATE = 1.2e-3
_DROPOUT = 0.15
_FORGOTTEN = 0.12
"""Share of the characters of which only the sound is shown."""
_NO_HINTS = 0.15
"""Share of the answers that are shown without what the rules found."""


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.qkv, self.out = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.wide, self.narrow = nn.Linear(SIZE, WIDE), nn.Linear(WIDE, SIZE)
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, x: Tensor, is_there: Tensor) -> Tensor:
        q, k, v = self.qkv(self.norm1(x)).unflatten(-1, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        # PyTorch's own attention takes four times as long to go back through on a processor.
        absent = torch.where(is_there, 0.0, -1e4)[:, None, None, :]
        mixed = ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + absent).softmax(-1) @ v
        x = x + self.drop(self.out(mixed.transpose(1, 2).flatten(-2)))
        return x + self.drop(self.narrow(self.drop(functional.relu(self.wide(self.norm2(x))))))


class TorchNetwork(nn.Module):
    """What ``dialogs.understanding.network`` computes, with the same names."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        hinted = 1 + sum(len(choice.classes) - 1 for choice in alphabet.choices)
        scored = sum(len(choice.classes) for choice in alphabet.choices)
        self.characters = nn.Parameter(0.3 * torch.randn(len(alphabet.characters) + 2, SIZE))
        self.initials = nn.Parameter(0.3 * torch.randn(len(alphabet.initials) + 2, SIZE))
        self.finals = nn.Parameter(0.3 * torch.randn(len(alphabet.finals) + 2, SIZE))
        self.questions = nn.Parameter(0.3 * torch.randn(len(alphabet.questions), SIZE))
        self.places = nn.Parameter(0.1 * torch.randn(LONGEST + 1, SIZE))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(SIZE)
        self.joined = nn.Linear(2 * SIZE + hinted, JOINED)
        self.scores = nn.Linear(JOINED, scored)
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, question: Tensor, rows: Tensor, is_there: Tensor, found: Tensor) -> Tensor:
        """Scores of every class, shape (batch, classes); ``rows`` is (3, batch, characters)."""
        said = self.characters[rows[0]] + self.initials[rows[1]] + self.finals[rows[2]]
        x = torch.cat((self.questions[question][:, None], said), 1)
        x = self.drop(x + self.places[: x.shape[1]])
        is_there = functional.pad(is_there, (1, 0), value=True)
        for layer in self.layers:
            x = layer(x, is_there)
        x = self.norm(x)
        highest = x.masked_fill(~is_there[..., None], -1e4).amax(1)
        pooled = torch.cat((x[:, 0], highest, found), -1)
        return self.scores(self.drop(functional.relu(self.joined(self.drop(pooled)))))

    def resume(self, file: Path) -> None:
        """Take over the weights of a network for the same answers."""
        arrays = weights_of(file.read_bytes())
        for name, tensor in self.state_dict().items():
            tensor.copy_(torch.from_numpy(arrays[_array_name(name)].astype(np.float32)))

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        weights = self.state_dict().items()
        return {_array_name(n): t.detach().numpy().astype(np.float16) for n, t in weights}


def _array_name(name: str) -> str:
    return name.replace("layers.", "layer").replace(".", "/")


@dataclass(frozen=True)
class Batch:
    question: Tensor
    rows: Tensor
    is_there: Tensor
    found: Tensor
    targets: Tensor


class Batches:
    """Examples as tensors."""

    def __init__(self, alphabet: Alphabet, known: Sequence[Example]) -> None:
        self._rows = torch.zeros((3, len(known), LONGEST), dtype=torch.long)
        for number, example in enumerate(known):
            rows = torch.tensor(alphabet.rows(example.text), dtype=torch.long)
            self._rows[:, number, : rows.shape[1]] = rows
        self.lengths = (self._rows[0] > 0).sum(1)
        self._question = torch.tensor([alphabet.questions.index(e.question) for e in known])
        self._found = torch.from_numpy(np.stack([e.hints for e in known]))
        self._targets = torch.tensor([e.targets for e in known])

    def batch(self, chosen: Tensor, *, forgets: bool = False) -> Batch:
        """``forgets``: characters and hints are left out at random, for learning."""
        rows = self._rows[:, chosen, : max(1, int(self.lengths[chosen].max()))]
        is_there = rows[0] > 0
        found = self._found[chosen]
        if forgets:
            lost = (torch.rand(rows[0].shape) < _FORGOTTEN) & is_there
            rows[0] = torch.where(lost, torch.ones_like(rows[0]), rows[0])
            found = found * (torch.rand(len(chosen), 1) >= _NO_HINTS)
        return Batch(self._question[chosen], rows, is_there, found, self._targets[chosen])

    def batches(self) -> Iterator[Batch]:
        """Batches without end, of answers of about the same length."""
        while True:
            order = torch.randperm(len(self.lengths))
            for pool in order.split(_BATCH * _POOL):
                by_length = pool[self.lengths[pool].argsort()].split(_BATCH)
                for number in torch.randperm(len(by_length)).tolist():
                    yield self.batch(by_length[number], forgets=True)


def loss_of(choices: Sequence[Choice], scores: Tensor, wanted: Tensor) -> Tensor:
    total = torch.zeros(())
    start = 0
    for number, choice in enumerate(choices):
        part = scores[:, start : start + len(choice.classes)]
        target = wanted[:, number]
        if (target != IGNORED).any():
            total = total + functional.cross_entropy(part, target, ignore_index=IGNORED, label_smoothing=0.01)
        start += len(choice.classes)
    return total


def taught(
    alphabet: Alphabet,
    known: Sequence[Example],
    minutes: float,
    seed: int,
    characters: Tensor | None,
    taught_before: Path | None = None,
    rate: float = _LEARNING_RATE,
) -> TorchNetwork:
    """A network that has seen these examples, the mean of its last states.

    ``characters`` is what the table of characters begins with; ``taught_before`` is a network to go
    on with, at a lower ``rate`` than one that begins.
    """
    torch.manual_seed(seed)
    network = TorchNetwork(alphabet)
    if characters is not None:
        network.characters.data[2:] = characters
    if taught_before is not None:
        network.resume(taught_before)
    averaged = torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    mean = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=averaged)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    started, losses = time.monotonic(), []
    for step, batch in enumerate(Batches(alphabet, known).batches(), start=1):
        spent = (time.monotonic() - started) / 60 / minutes
        if spent >= 1.0:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 200) * (1.0 - spent) ** 0.7
        scores = network(batch.question, batch.rows, batch.is_there, batch.found)
        loss = loss_of(alphabet.choices, scores, batch.targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        mean.update_parameters(network)
        losses.append(loss.item())
    passes = len(losses) * _BATCH / len(known)
    print(f"{len(losses)} steps, {passes:.1f} passes, loss {np.mean(losses[-200:]):.3f}", file=sys.stderr)
    return mean.module.eval()


def characters_of(model: Path, alphabet: Alphabet) -> Tensor:
    """What a speech model that writes the language knows of its characters: the first ``SIZE`` principal
    components of its tables' rows, shape (characters, SIZE)."""
    tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
    table = read_model(model / "model.bin").variables["decoder/embeddings/weight"].astype(np.float32)
    written = [tokenizer.encode(c, add_special_tokens=False).ids for c in alphabet.characters]
    rows = np.stack([table[ids].mean(axis=0) for ids in written])
    left, sizes, _ = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    found = left[:, :SIZE] * sizes[:SIZE]
    return torch.from_numpy(found / found.std() * 0.3)


# --- how right it is about answers that it has not seen ------------------------------------------------


def judged(
    script: Script, alphabet: Alphabet, network: TorchNetwork, cases: Sequence[Case], chance: random.Random
) -> Iterator[tuple[str, Verdict, bool]]:
    """Question, verdict and whether it was misheard, of each case as it is written and misheard."""
    learnt = Learnt(script, Network(answers_graph(alphabet, network.arrays())))
    understanding = Understanding(script, learnt)
    for case in cases:
        for is_misheard in (False, True):
            text = misheard(normalised(case.text), chance) if is_misheard else case.text
            report = report_read(script, understanding, case, text)
            yield case.question, report, is_misheard


def report_read(script: Script, understanding: Understanding, case: Case, text: str) -> Verdict:
    asked = Asked(script, case.question, TODAY)
    report = report_text(asked, text, understanding)
    return judge(script, case, Taking(report.raw, report.values, report.intent.value))


def fold(
    script: Script, alphabet: Alphabet, known: Sequence[Example], cases: Sequence[Case], part: int,
    minutes: float, characters: Tensor | None,
) -> None:  # fmt: skip
    """Teach without one part of the answers and print how right the network is about that part."""
    network = taught(alphabet, [e for e in known if e.part != part], minutes, part, characters)
    unseen = [case for case in cases if part_of(case.text) == part]
    tally: Counter[tuple[str, bool, Verdict]] = Counter()
    for question, verdict, is_misheard in judged(script, alphabet, network, unseen, random.Random(part)):
        tally[question, is_misheard, verdict] += 1
        tally["all", is_misheard, verdict] += 1
    for question in (*alphabet.questions, "all"):
        for is_misheard in (False, True):
            counts = [tally[question, is_misheard, verdict] for verdict in Verdict]
            shares = "  ".join(f"{count / max(1, sum(counts)):6.1%}" for count in counts)
            print(f"{question:15} {'misheard' if is_misheard else 'written ':8} {shares}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Teach the network that reads answers as a whole.")
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--heard", type=Path, nargs="*", default=[], help="what a recogniser really wrote")
    parser.add_argument("--script", default="health_survey")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--characters", type=Path, metavar="MODEL", help="folder of the embedded engine")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with what was learnt before")
    parser.add_argument("--rate", type=float, default=_LEARNING_RATE, help="how fast it learns at first")
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument(
        "--unseen", type=int, metavar="PART", choices=range(PARTS), help="keep nothing, but see"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    script = load_script(options.script)
    cases = [case for table in options.tables for case in read_cases(table)]
    heard = [pair for table in options.heard for pair in read_heard(table)]
    alphabet = alphabet_of(script, cases)
    if options.resume:
        alphabet = Network(options.resume).alphabet
    characters = characters_of(options.characters, alphabet) if options.characters else None
    known = list(examples(script, alphabet.choices, cases, heard, options.seed))
    print(f"{len(cases)} answers, {len(known)} variants", file=sys.stderr)
    if options.unseen is not None:
        fold(script, alphabet, known, cases, options.unseen, options.minutes, characters)
        return 0
    network = taught(alphabet, known, options.minutes, options.seed, characters, options.resume, options.rate)
    options.out.write_bytes(answers_graph(alphabet, network.arrays()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
