"""Teaches which of a question's values an answer means (``dialogs.understanding.meanings``); needs PyTorch.

    python -m teaching.meanings QUESTIONS... --weights FILE --out dialogs/taught/meanings.npz
        [--answers TABLE...] [--apart 10] [--resume FILE] [--keep 0.3] [--rate 0.0012] [--minutes 60]

QUESTIONS are files of ``teaching/questions``: many questions with the words of their values and what was
answered. TABLE as for ``teaching.encoder``, from which the answers to questions that ask for a yes, for
symptoms or who is speaking are taken as well, and what answers nothing, whatever was asked (a television,
talk with others in the room). Every ``--apart``-th question is kept from what is taught.

Answers and words of values become vectors by the same encoder. A value is as likely as its nearest words are
near, corrected by a small network that sees both vectors; that none of them is meant competes with the
values. Which words of a value are shown, changes from step to step, as does punctuation.
"""

from __future__ import annotations

import argparse
import json
import random
import re
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

from benchmarks.slot_accuracy import Case, read_cases
from dialogs.encoder.e5_file import E5File, read_e5
from dialogs.encoder.model import EVENED, PIECES, tokenizer_for
from dialogs.encoder.vectors import (
    ANSWER,
    LONGEST_ANSWER,
    LONGEST_PHRASE,
    LONGEST_QUESTION,
    PHRASE,
    POSITIONS,
    QUESTION,
)
from dialogs.loading import load_script
from dialogs.script import Slot, SlotType
from dialogs.understanding.meanings import named_words
from teaching.encoder import Layer, LowRank, _array_name, _normalisation, kept_pieces
from teaching.graphs import read_vectors, write_vectors

_LAYERS, _PAIR, _NOTHING = 12, 256, 128
_QUESTIONS, _ANSWERS = 10, 8
"""Of a step: so many questions with so many answers each."""
_OLDER = 0.2
"""Share of the questions of a step that are those of the survey."""
_STRAY = 0.08
"""Share of the answers that answer another question, and so mean none of the values."""
_BESIDE = 0.1
"""Share of the answers that are beside any point."""
_MOST_WORDS, _MOST_VALUES = 4, 7
_UNNAMED = 0.15
"""How often a value is shown without its name."""
_SMOOTH = 0.998
_LEARNING_RATE = 1.2e-3
_TEMPERATURES = 30.0
"""How much faster single numbers learn than matrices."""
_PUNCTUATION = re.compile("[，。？！、；,.?!;… ]")


class Asked(NamedTuple):
    """A question with what was answered."""

    question: str
    is_list: bool
    """Whether several values may hold."""
    values: Mapping[str, Sequence[str]]
    answers: Sequence[tuple[str, Sequence[str]]]
    """Words, and the values they mean; empty where they mean none."""


def read_questions(file: Path) -> Iterator[Asked]:
    for line in filter(None, file.read_text(encoding="utf-8").splitlines()):
        read = json.loads(line)
        answers = [(words, tuple(values)) for words, values in read["answers"]]
        yield Asked(read["question"], read["type"] == "multi_choice", read["values"], answers)


def of_the_survey(cases: Sequence[Case]) -> Iterator[Asked]:
    """Its questions that ask for a yes, for symptoms, or who is speaking."""
    for slot in load_script("health_survey").slots.values():
        if slot.type not in (SlotType.YES_NO, SlotType.SYMPTOMS, SlotType.IDENTITY):
            continue
        values = {value: list(words) for value, words in slot.values.items()}
        if slot.type is SlotType.SYMPTOMS:
            values["none"] = ["没有", "都没有", "没哪儿不舒服"]
        told = ((case.text, _meant(case.expected.get(slot.name), slot)) for case in cases
                if case.question == slot.name and case.intent in _TELLING)  # fmt: skip
        answers = [(words, meant) for words, meant in told if all(value in values for value in meant)]
        yield Asked(slot.question, slot.type is SlotType.SYMPTOMS, values, answers)


_TELLING = ("answer", "wrong_number", "none")


def beside_the_point(cases: Sequence[Case]) -> Sequence[str]:
    """What answers nothing, whatever was asked."""
    return sorted({case.text for case in cases if case.intent == "none" and not case.expected})


def _meant(expected: Any, slot: Slot) -> tuple[str, ...]:
    if expected is None:
        return ()
    if slot.type is SlotType.SYMPTOMS:
        return tuple(expected) or ("none",)
    return (expected if isinstance(expected, str) else "yes" if expected else "no",)


class Shown(NamedTuple):
    """A question as it is shown in one step."""

    question: str
    is_list: bool
    values: Sequence[tuple[str, Sequence[str]]]
    answers: Sequence[tuple[str, Sequence[str]]]


class Meanings(nn.Module):
    """The encoder, and what weighs values."""

    def __init__(self, source: E5File, pieces: Sequence[int]) -> None:
        super().__init__()
        size = source.size
        words = source.tensor("emb.word", -1, size)
        self.words = nn.Parameter(torch.from_numpy(words[list(pieces)]), requires_grad=False)
        places = (
            source.tensor("emb.pos", -1, size)[slice(*POSITIONS)] + source.tensor("emb.type", -1, size)[0]
        )
        self.places = nn.Parameter(torch.from_numpy(places), requires_grad=False)
        self.kinds = nn.Parameter(0.01 * torch.randn(3, size))
        self.norm = _normalisation(source, "emb.ln")
        self.layers = nn.ModuleList(Layer(source, number) for number in range(_LAYERS))
        self.scale = nn.Parameter(torch.tensor([20.0]))
        self.sharp = nn.Parameter(torch.tensor([20.0]))
        self.base = nn.Parameter(torch.tensor([16.0]))
        self.pair, self.pair_score = nn.Linear(3 * size, _PAIR), nn.Linear(_PAIR, 1)
        self.none, self.none_score = nn.Linear(size, _NOTHING), nn.Linear(_NOTHING, 1)
        nn.init.zeros_(self.pair_score.weight)
        self.drop = nn.Dropout(0.1)

    def vectors(self, batch: Batch) -> Tensor:
        """Shape (batch, vector)."""
        x = self.words[batch.rows] + self.places[: batch.rows.shape[1]] + self.kinds[batch.kinds]
        x = self.drop(self.norm(x))
        absent = torch.where(batch.is_there, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, absent)
        meant = batch.is_meant[..., None].float()
        return (x.float() * meant).sum(1) / meant.sum(1)

    def scores(self, answers: Tensor, phrases: Tensor, owner: Tensor, is_value: Tensor) -> Tensor:
        """Of that nothing is meant, then of every value; shape (answers, 1 + values).

        Args:
            answers: Vectors.
            phrases: Vectors of the words of their questions' values, shape (answers, phrases, vector).
            owner: Whose they are, shape (answers, phrases, values).
            is_value: Which values there are, shape (answers, values).
        """
        near = (functional.normalize(answers, dim=-1)[:, None] * functional.normalize(phrases, dim=-1)).sum(
            -1
        )
        shares = torch.where(owner, self.sharp * near[..., None], torch.tensor(-1e4)).softmax(1)
        nearest = (shares * near[..., None]).sum(1)
        values = torch.einsum("npv,npd->nvd", shares, phrases)
        beside = answers[:, None].expand_as(values)
        pair = torch.cat((beside * values, (beside - values).abs(), beside), -1)
        corrected = self.pair_score(self.drop(functional.relu(self.pair(pair))))[..., 0]
        none = self.base + self.none_score(functional.relu(self.none(self.drop(answers))))
        scores = (self.scale * nearest + corrected).masked_fill(~is_value, -1e4)
        return torch.cat((none, scores), 1)

    def learnt(self) -> Mapping[str, NDArray[np.float16]]:
        """All but what is published, by the names of ``dialogs.encoder.model``."""
        return {
            _array_name(name): tensor.detach().numpy().astype(np.float16)
            for name, tensor in self.named_parameters()
            if tensor.requires_grad
        }

    def resume(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        for name, tensor in self.named_parameters():
            if tensor.requires_grad:
                tensor.data.copy_(torch.from_numpy(arrays[_array_name(name)].astype(np.float32)))


class Batch(NamedTuple):
    """Texts as rows, shape (batch, rows) each."""

    rows: Tensor
    kinds: Tensor
    is_there: Tensor
    is_meant: Tensor


class Texts:
    """Answers and words of values as rows."""

    def __init__(self, source: E5File, pieces: Sequence[int]) -> None:
        self._tokenizer = tokenizer_for(source, pieces)
        self._begin, self._end = pieces.index(source.begin), pieces.index(source.end)
        self._known: dict[str, list[int]] = {}

    def answer(self, question: str, text: str) -> tuple[list[int], list[int], int]:
        said = [self._begin, *self._pieces(text)[:LONGEST_ANSWER], self._end]
        asked = [*self._pieces(question)[:LONGEST_QUESTION], self._end]
        return said + asked, [ANSWER] * len(said) + [QUESTION] * len(asked), len(said)

    def phrase(self, words: str) -> tuple[list[int], list[int], int]:
        rows = [self._begin, *self._pieces(words)[:LONGEST_PHRASE], self._end]
        return rows, [PHRASE] * len(rows), len(rows)

    def batch(self, texts: Sequence[tuple[list[int], list[int], int]]) -> Batch:
        shape = len(texts), max(len(rows) for rows, _, _ in texts)
        rows, kinds = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        is_there, is_meant = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
        for number, (said, of, meant) in enumerate(texts):
            rows[number, : len(said)], kinds[number, : len(said)] = torch.tensor(said), torch.tensor(of)
            is_there[number, : len(said)] = is_meant[number, :meant] = True
        return Batch(rows, kinds, is_there, is_meant)

    def _pieces(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self._tokenizer.encode(text).ids
        return self._known[text]


_AT_ONCE = 80


def _vectors(network: Meanings, texts: Texts, rows: Sequence[tuple[list[int], list[int], int]]) -> Tensor:
    """In the order of ``rows``, computed with others of about the same length."""
    order = sorted(range(len(rows)), key=lambda number: len(rows[number][0]))
    parts = [order[start : start + _AT_ONCE] for start in range(0, len(order), _AT_ONCE)]
    found = torch.cat([network.vectors(texts.batch([rows[number] for number in part])) for part in parts])
    return found[torch.tensor(order).argsort()]


def weighed(network: Meanings, texts: Texts, shown: Sequence[Shown]) -> tuple[Tensor, Tensor]:
    """The scores of all answers, and which values there are."""
    words = list(dict.fromkeys(word for each in shown for _, said in each.values for word in said))
    number_of = {word: number for number, word in enumerate(words)}
    phrases = _vectors(network, texts, [texts.phrase(word) for word in words])
    answers = _vectors(
        network, texts, [texts.answer(each.question, said) for each in shown for said, _ in each.answers]
    )
    most_words = max(sum(len(said) for _, said in each.values) for each in shown)
    most_values = max(len(each.values) for each in shown)
    chosen = torch.zeros(len(shown), most_words, dtype=torch.long)
    owner = torch.zeros(len(shown), most_words, most_values, dtype=torch.bool)
    is_value = torch.zeros(len(shown), most_values, dtype=torch.bool)
    for number, each in enumerate(shown):
        is_value[number, : len(each.values)] = True
        owned = [(word, value) for value, (_, said) in enumerate(each.values) for word in said]
        for place, (word, value) in enumerate(owned):
            chosen[number, place], owner[number, place, value] = number_of[word], True
    of = torch.tensor([number for number, each in enumerate(shown) for _ in each.answers])
    return network.scores(answers, phrases[chosen][of], owner[of], is_value[of]), is_value[of]


def loss_of(scores: Tensor, shown: Sequence[Shown], is_value: Tensor) -> Tensor:
    """Of several values each by itself, of which one holds all together; that none holds among them."""
    targets = torch.zeros(is_value.shape)
    said = [(each, meant) for each in shown for _, meant in each.answers]
    for number, (each, meant) in enumerate(said):
        for place, (value, _) in enumerate(each.values):
            targets[number, place] = value in meant
    is_list = torch.tensor([each.is_list for each, _ in said])
    alone = functional.binary_cross_entropy_with_logits(
        scores[:, 1:] - scores[:, :1], targets, reduction="none"
    )
    alone = (alone * is_value).sum(1) / is_value.sum(1)
    is_none = targets.sum(1) == 0
    right = torch.where(is_none, 0, targets.argmax(1) + 1)
    together = functional.cross_entropy(scores, right, reduction="none")
    return torch.where(is_list, 2 * alone, together).mean()


class Lessons:
    """What is shown, step by step."""

    def __init__(
        self, known: Sequence[Asked], older: Sequence[Asked], beside: Sequence[str], seed: int
    ) -> None:
        self._known, self._older, self._beside = known, older, beside
        self._random = random.Random(seed)

    def step(self) -> list[Shown]:
        return [self._shown(self._chosen()) for _ in range(_QUESTIONS)]

    def _chosen(self) -> Asked:
        is_older = self._older and self._random.random() < _OLDER
        return self._random.choice(self._older if is_older else self._known)

    def _shown(self, asked: Asked) -> Shown:
        answers = self._random.sample(asked.answers, min(_ANSWERS, len(asked.answers)))
        kept = self._some_values(asked.values, {value for _, meant in answers for value in meant})
        values = [(value, self._some_words(value, asked.values[value])) for value in kept]
        return Shown(asked.question, asked.is_list, values, [self._varied(each, asked) for each in answers])

    def _some_values(self, values: Mapping[str, Sequence[str]], meant: set[str]) -> Sequence[str]:
        needed = [value for value in values if value in meant or value == "none"]
        others = [value for value in values if value not in needed]
        return [*needed, *self._random.sample(others, min(len(others), max(1, _MOST_VALUES - len(needed))))]

    def _some_words(self, value: str, words: Sequence[str]) -> Sequence[str]:
        some = self._random.sample(list(words), self._random.randint(1, min(_MOST_WORDS, len(words))))
        return some if self._random.random() < _UNNAMED else [*some, *named_words(value)]

    def _varied(self, answer: tuple[str, Sequence[str]], asked: Asked) -> tuple[str, Sequence[str]]:
        words, meant = answer
        chance = self._random.random()
        if self._beside and chance > 1.0 - _BESIDE:
            words, meant = self._random.choice(self._beside), ()
        if chance < _STRAY:
            other = self._random.choice(self._known)
            stray = self._random.choice(other.answers)[0]
            if other is not asked and len(stray) > 8:
                words, meant = stray, ()
        return (_PUNCTUATION.sub("", words) if self._random.random() < 0.5 else words), meant


def taught(network: Meanings, texts: Texts, lessons: Lessons, rate: float, minutes: float) -> Meanings:
    """The network after so much learning, the mean of its last states."""
    mean = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(_SMOOTH)
    )
    learns = [tensor for tensor in network.parameters() if tensor.requires_grad]
    single = [tensor for tensor in learns if tensor.numel() == 1]
    groups = [
        {"params": [tensor for tensor in learns if tensor.numel() > 1], "pace": 1.0},
        {"params": single, "pace": _TEMPERATURES, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
    started, losses = time.monotonic(), []
    while (spent := (time.monotonic() - started) / 60) < minutes:
        shown = lessons.step()
        for group in optimizer.param_groups:
            group["lr"] = group["pace"] * rate * min(1.0, (len(losses) + 1) / 50) * (1.0 - spent / minutes)
        with torch.autocast("cpu", torch.bfloat16):
            scores, is_value = weighed(network, texts, shown)
        loss = loss_of(scores.float(), shown, is_value)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(learns, 1.0)
        optimizer.step()
        mean.update_parameters(network)
        losses.append(loss.item())
        if len(losses) % 100 == 0:
            print(f"{len(losses)} steps, loss {np.mean(losses[-100:]):.3f}", file=sys.stderr, flush=True)
    return mean.module.eval()


def blended(
    before: Mapping[str, NDArray[Any]], learnt: Mapping[str, NDArray[Any]], keep: float
) -> Mapping[str, NDArray[Any]]:
    """Between what was learnt before and after teaching on, which does better by strangers than either
    (Wortsman et al., Robust fine-tuning of zero-shot models, 2022). ``keep``: the share of the former."""
    return {
        name: keep * before[name].astype(np.float32) + (1.0 - keep) * array.astype(np.float32)
        for name, array in learnt.items()
    }


def reaches(network: Meanings, texts: Texts, lessons: Lessons) -> Mapping[str, NDArray[np.float16]]:
    """As ``teaching.encoder.reaches``."""
    found: dict[str, Tensor] = {}

    def look_at(name: str, layer: LowRank) -> None:
        def keep(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            reach = inputs[0].abs().flatten(0, -2).amax(0).float()
            found[name] = torch.maximum(found.get(name, reach), reach)

        layer.register_forward_pre_hook(keep)

    for name, layer in network.named_modules():
        if isinstance(layer, LowRank) and name.endswith(EVENED):
            look_at(f"{_array_name(name)}/reach", layer)
    with torch.no_grad():
        for shown in islice(iter(lessons.step, None), 30):
            weighed(network, texts, shown)
    return {name: reach.numpy().astype(np.float16) for name, reach in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description="Teach which of a question's values an answer means.")
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--answers", type=Path, nargs="*", default=[], help="tables of answers to the survey")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with what was learnt before")
    parser.add_argument("--apart", type=int, default=0, metavar="N", help="keep every n-th question aside")
    parser.add_argument("--keep", type=float, default=0.0, metavar="SHARE", help="of what --resume names")
    parser.add_argument("--rate", type=float, default=_LEARNING_RATE)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    every = [asked for file in options.questions for asked in read_questions(file)]
    known = [asked for number, asked in enumerate(every) if not options.apart or number % options.apart != 3]
    cases = [case for table in options.answers for case in read_cases(table)]
    older = list(of_the_survey(cases))
    older = [asked for asked in older if asked.answers]
    source = read_e5(options.weights)
    before = read_vectors(options.resume) if options.resume else {}
    pieces = sorted({*kept_pieces(source, list(_texts([*every, *older]))), *before.get(PIECES, ())})
    texts, lessons = Texts(source, pieces), Lessons(known, older, beside_the_point(cases), options.seed)
    network = Meanings(source, pieces)
    if before:
        network.resume(before)
    print(f"{len(known)} questions, {sum(len(asked.answers) for asked in known)} answers", file=sys.stderr)
    network = taught(network, texts, lessons, options.rate, options.minutes)
    if before and options.keep:
        network.resume(blended(before, network.learnt(), options.keep))
    learnt = {**network.learnt(), **reaches(network, texts, lessons), PIECES: np.array(pieces, np.int32)}
    write_vectors(options.out, source, {**learnt, "positions": np.array(POSITIONS, np.int32)})
    return 0


def _texts(asked: Sequence[Asked]) -> Iterator[str]:
    for each in asked:
        yield each.question
        yield from (words for words, _ in each.answers)
        yield from (word for value, words in each.values.items() for word in (value, *words))


if __name__ == "__main__":
    raise SystemExit(main())
