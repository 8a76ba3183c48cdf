"""Teaches the second reader (``dialogs.understanding.second_reader``); needs PyTorch.

    python -m teaching.encoder TABLE... --weights FILE --out dialogs/taught/encoder.npz
        [--script health_survey] [--heard TABLE...] [--resume FILE] [--rate 0.0015] [--minutes 56]

TABLE and ``--heard`` as for ``teaching.reader``, whose choices it learns, too: with the rules' evidence in
the last layers. FILE is ``e5-small-q4.bin``, as ``wenhou model install multilingual-e5-small`` puts it there.
Only thin matrices beside the published weights are learnt (``dialogs.encoder.model``); the graph is written
beside them, as ``encoder.onnx``. With ``--resume FILE --minutes 0`` both are written anew, nothing is learnt.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.slot_accuracy import read_cases
from dialogs.encoder.e5_file import E5File, read_e5
from dialogs.encoder.files import LONGEST
from dialogs.encoder.model import EVENED, PIECES, tokenizer_for
from dialogs.loading import load_script
from dialogs.understanding.network import Alphabet, Choice
from teaching.examples import Example, alphabet_of, examples, read_heard
from teaching.graphs import read_encoder, write_encoder
from teaching.reader import loss_of

LAYERS, RANK, JOINED = 6, 32, 256
_BATCH, _POOL = 96, 20
_LEARNING_RATE = 1.5e-3
_DROPOUT = 0.1
_NO_HINTS = 0.15
"""Share of the answers that are shown without what the rules found."""
_PADDING = 1
_LOOKED_AT = 4096
"""Answers that tell how far the inputs of a layer get from zero."""


class LowRank(nn.Module):
    """A published layer with what is learnt beside it."""

    def __init__(self, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        super().__init__()
        out, into = weight.shape
        self.published = nn.Parameter(torch.from_numpy(weight), requires_grad=False)
        self.bias = nn.Parameter(torch.from_numpy(bias))
        self.down = nn.Parameter(torch.randn(RANK, into) / into**0.5)
        self.up = nn.Parameter(torch.zeros(out, RANK))

    def forward(self, x: Tensor) -> Tensor:
        learnt = functional.linear(functional.linear(x, self.down), self.up)
        return functional.linear(x, self.published, self.bias) + learnt


def _normalisation(source: E5File, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(source.size, 1e-12)
    norm.weight.data = torch.from_numpy(source.tensor(f"{name}.w", source.size))
    norm.bias.data = torch.from_numpy(source.tensor(f"{name}.b", source.size))
    return norm


class Layer(nn.Module):
    def __init__(self, source: E5File, number: int) -> None:
        super().__init__()

        def published(*names: str) -> LowRank:
            parts = [f"l{number}.{name}" for name in names]
            biases = [source.tensor(f"{part}.b", -1) for part in parts]
            weights = [
                source.tensor(f"{part}.w", len(bias), -1) for part, bias in zip(parts, biases, strict=True)
            ]
            return LowRank(np.concatenate(weights), np.concatenate(biases))

        self._heads = source.heads
        self.qkv, self.out = published("q", "k", "v"), published("ao")
        self.wide, self.narrow = published("fi"), published("fo")
        self.norm1 = _normalisation(source, f"l{number}.aln")
        self.norm2 = _normalisation(source, f"l{number}.oln")
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        q, k, v = self.qkv(x).unflatten(-1, (3, self._heads, -1)).permute(2, 0, 3, 1, 4)
        # PyTorch's own attention takes four times as long to go back through on a processor.
        shares = ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + absent.to(q.dtype)).softmax(-1)
        mixed = (shares.to(v.dtype) @ v).transpose(1, 2).flatten(-2)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class TorchEncoder(nn.Module):
    """The encoder's first layers and those that decide."""

    def __init__(self, source: E5File, pieces: Sequence[int], alphabet: Alphabet) -> None:
        super().__init__()
        size = source.size
        words = source.tensor("emb.word", -1, size)
        self.words = nn.Parameter(torch.from_numpy(words[list(pieces)]), requires_grad=False)
        places = source.tensor("emb.pos", -1, size)[: LONGEST + 2] + source.tensor("emb.type", -1, size)[0]
        self.places = nn.Parameter(torch.from_numpy(places), requires_grad=False)
        begin = torch.from_numpy(words[source.begin])
        questions = len(alphabet.questions)
        self.questions = nn.Parameter(begin.repeat(questions, 1) + 0.02 * torch.randn(questions, size))
        self.norm = _normalisation(source, "emb.ln")
        self.layers = nn.ModuleList(Layer(source, number) for number in range(LAYERS))
        hinted = 1 + sum(len(choice.classes) - 1 for choice in alphabet.choices)
        self.joined = nn.Linear(2 * size + hinted, JOINED)
        self.scores = nn.Linear(JOINED, sum(len(choice.classes) for choice in alphabet.choices))
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, batch: Batch) -> Tensor:
        """Scores of every class, shape (batch, classes)."""
        x = torch.cat((self.questions[batch.question][:, None], self.words[batch.rows]), 1)
        x = self.drop(self.norm(x + self.places[: x.shape[1]]))
        is_there = functional.pad(batch.rows != _PADDING, (1, 0), value=True)
        absent = torch.where(is_there, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, absent)
        highest = x.masked_fill(~is_there[..., None], -1e4).amax(1)
        pooled = torch.cat((x[:, 0], highest, batch.found), -1)
        return self.scores(self.drop(functional.relu(self.joined(self.drop(pooled)))))

    def resume(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take over what was learnt before, for the same questions and choices."""
        for name, tensor in self.named_parameters():
            if tensor.requires_grad:
                tensor.data.copy_(torch.from_numpy(arrays[_array_name(name)].astype(np.float32)))

    def learnt(self) -> Mapping[str, NDArray[np.float16]]:
        """All but what is published, by the names of ``dialogs.encoder.model``."""
        return {
            _array_name(name): tensor.detach().numpy().astype(np.float16)
            for name, tensor in self.named_parameters()
            if tensor.requires_grad
        }


def _array_name(name: str) -> str:
    return name.replace("layers.", "layer").replace(".", "/")


class Batch(NamedTuple):
    question: Tensor
    rows: Tensor
    """Of the pieces, the sign for the end after them; shape (batch, pieces)."""
    found: Tensor
    targets: Tensor


class Answers:
    """Examples as tensors."""

    def __init__(self, alphabet: Alphabet, known: Sequence[Example], rows: Sequence[Sequence[int]]) -> None:
        self._rows = [torch.tensor(row) for row in rows]
        self._lengths = torch.tensor([len(row) for row in rows])
        self._question = torch.tensor([alphabet.questions.index(example.question) for example in known])
        self._found = torch.from_numpy(np.stack([example.hints for example in known]))
        self._targets = torch.tensor([example.targets for example in known])

    def batches(self) -> Iterator[Batch]:
        """Batches without end, of answers of about the same length."""
        while True:
            order = torch.randperm(len(self._rows))
            for pool in order.split(_BATCH * _POOL):
                by_length = pool[self._lengths[pool].argsort()].split(_BATCH)
                for number in torch.randperm(len(by_length)).tolist():
                    yield self._batch(by_length[number])

    def _batch(self, chosen: Tensor) -> Batch:
        rows = nn.utils.rnn.pad_sequence(
            [self._rows[number] for number in chosen], batch_first=True, padding_value=_PADDING
        )
        found = self._found[chosen] * (torch.rand(len(chosen), 1) >= _NO_HINTS)
        return Batch(self._question[chosen], rows, found, self._targets[chosen])


def taught(
    network: TorchEncoder, answers: Answers, choices: Sequence[Choice], rate: float, minutes: float
) -> TorchEncoder:
    """The network after so much learning, the mean of its last states."""
    mean = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    )
    learns = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learns, lr=rate, weight_decay=0.01, fused=True)
    started, losses = time.monotonic(), []
    for step, batch in enumerate(answers.batches(), start=1):
        spent = (time.monotonic() - started) / 60
        if spent >= minutes:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 200) * (1.0 - spent / minutes)
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(batch)
        loss = loss_of(choices, scores.float(), batch.targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(learns, 1.0)
        optimizer.step()
        mean.update_parameters(network)
        losses.append(loss.item())
        if step % 500 == 0:
            print(f"{step} steps, loss {np.mean(losses[-200:]):.3f}", file=sys.stderr, flush=True)
    return mean.module.eval()


def reaches(network: TorchEncoder, answers: Answers) -> Mapping[str, NDArray[np.float16]]:
    """How far the inputs of the layers that are evened get from zero, by the names of what is learnt."""
    seen: dict[str, Tensor] = {}

    def look_at(name: str, layer: LowRank) -> None:
        def keep(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen[name] = inputs[0]

        layer.register_forward_pre_hook(keep)

    for name, layer in network.named_modules():
        if isinstance(layer, LowRank) and name.endswith(EVENED):
            look_at(f"{_array_name(name)}/reach", layer)
    found: dict[str, Tensor] = {}
    with torch.no_grad():
        for batch in islice(answers.batches(), _LOOKED_AT // _BATCH):
            network(batch)
            is_there = functional.pad(batch.rows != _PADDING, (1, 0), value=True)
            for name, inputs in seen.items():
                reach = inputs[is_there].abs().amax(0)
                found[name] = torch.maximum(found.get(name, reach), reach)
    return {name: reach.numpy().astype(np.float16) for name, reach in found.items()}


def kept_pieces(source: E5File, texts: Sequence[str]) -> list[int]:
    """Pieces that occur in what is learnt, and all single Chinese characters: of what else comes, these are
    what is known."""
    all_pieces = range(len(source.pieces))
    tokenizer = tokenizer_for(source, all_pieces)
    found = {row for each in tokenizer.encode_batch(list(texts)) for row in each.ids}
    single = {
        n for n in all_pieces if len(source.pieces[n]) == 1 and "\u4e00" <= source.pieces[n] <= "\u9fff"
    }
    return sorted(found | single | {source.begin, _PADDING, source.end, source.unknown})


def main() -> int:
    parser = argparse.ArgumentParser(description="Teach the second reader.")
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--heard", type=Path, nargs="*", default=[], help="what a recogniser really wrote")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--script", default="health_survey")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with what was learnt before")
    parser.add_argument("--rate", type=float, default=_LEARNING_RATE, help="how fast it learns at first")
    parser.add_argument("--minutes", type=float, default=56.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    script = load_script(options.script)
    cases = [case for table in options.tables for case in read_cases(table)]
    heard = [pair for table in options.heard for pair in read_heard(table)]
    alphabet, before = read_encoder(options.resume) if options.resume else (alphabet_of(script, cases), {})
    known = list(examples(script, alphabet.choices, cases, heard, options.seed))
    source = read_e5(options.weights)
    texts = [example.text for example in known]
    is_taught = options.minutes > 0 or not before
    pieces = sorted({*(kept_pieces(source, texts) if is_taught else ()), *before.get(PIECES, ())})
    tokenizer = tokenizer_for(source, pieces)
    end = pieces.index(source.end)
    rows = [[*each.ids[:LONGEST], end] for each in tokenizer.encode_batch(texts)]
    print(f"{len(cases)} answers, {len(known)} variants, {len(pieces)} pieces", file=sys.stderr)
    network = TorchEncoder(source, pieces, alphabet)
    if before:
        network.resume(before)
    answers = Answers(alphabet, known, rows)
    network = taught(network, answers, alphabet.choices, options.rate, options.minutes)
    learnt = {**network.learnt(), **reaches(network, answers), PIECES: np.array(pieces, np.int32)}
    write_encoder(options.out, source, alphabet, learnt)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
