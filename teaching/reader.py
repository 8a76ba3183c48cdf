"""Teaches the network that reads answers as a whole (``dialogs.understanding.learnt``); needs PyTorch.

    python -m teaching.reader TABLE... --out dialogs/scripts/health_survey/answers.npz
        [--script health_survey] [--heard TABLE...] [--characters MODEL] [--minutes 8] [--unseen 0]

TABLE holds answers with what they mean: ``question``, ``text``, ``expected``, ``intent`` (see
``benchmarks/answers``). Each is learnt as it is written, without punctuation, and misheard in several ways;
``--heard`` are tables in which the column ``text`` is what a recogniser really wrote. What the rules read in
each variant is learnt with it, so that the network knows how far they may be believed.

``--unseen`` teaches without one of the eight parts of the answers, prints how right the network is about that
part, and keeps nothing.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import jieba
import numpy as np
import tokenizers
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from asr.ct2_file import read_model
from benchmarks.slot_accuracy import Case, Taking, Verdict, judge, read_cases
from dialer.answers import Asked, report_text
from dialogs.load import load_script
from dialogs.reading import question_of
from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.sounds import Syllable, distance, syllables
from dialogs.understanding import Context, normalised
from dialogs.understanding.learnt import (
    INTENT,
    NOTHING,
    REPEAT,
    SMALL_TALK,
    UNKNOWN,
    Learnt,
    choices_for,
    class_of,
    hints,
    intent_class,
)
from dialogs.understanding.network import HEADS, LONGEST, Alphabet, Choice, Network
from dialogs.understanding.reader import Understanding
from dialogs.words import CLAUSE_BREAKS, GAP

TODAY = date(2026, 11, 22)
PARTS = 8
SIZE, WIDE, LAYERS, JOINED = 128, 256, 3, 160
MISHEARD = 2
"""How many misheard variants of each answer there are."""
NONSENSE = 0.25
"""How many examples of connectionless words there are, by answers."""
IGNORED = -100
_BATCH = 96
_POOL = 20
"""Batches that are drawn at once and sorted by length."""
_LEARNING_RATE = 1.2e-3
_DROPOUT = 0.15
_FORGOTTEN = 0.12
"""Share of the characters of which only the sound is shown."""
_NO_HINTS = 0.15
"""Share of the answers that are shown without what the rules found."""
_NEAR = 0.32
"""Distance up to which one syllable is taken for another."""
_INTENTS = {
    "answer": NOTHING, "none": SMALL_TALK, "repeat": REPEAT,
    "opt_out": Outcome.OPTED_OUT.value, "wrong_number": Outcome.WRONG_NUMBER.value,
    "call_later": Outcome.CALL_LATER.value, "human": Outcome.WANTS_PERSON.value,
}  # fmt: skip


_KIND_OF_INTENT = {ours: theirs for theirs, ours in _INTENTS.items()}


# --- examples -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """One variant of one answer."""

    part: int
    """Of ``PARTS``; the variants of an answer are in the same part."""
    question: str
    text: str
    hints: NDArray[np.float32]
    targets: tuple[int, ...]
    """Class of each choice, or IGNORED."""


def part_of(said: str) -> int:
    """The part of the answers that one belongs to, whatever else is in the tables."""
    return zlib.crc32(normalised(said).encode()) % PARTS


def read_heard(table: Path) -> list[tuple[Case, str]]:
    """What a recogniser wrote, as cases, each with what was said."""
    with table.open(encoding="utf-8", newline="") as file:
        said = [row["said"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return list(zip(read_cases(table), said, strict=True))


def targets(script: Script, choices: Sequence[Choice], case: Case) -> tuple[int, ...]:
    return tuple(_target(script, choice, case) for choice in choices)


def _target(script: Script, choice: Choice, case: Case) -> int:
    if choice.name == INTENT:
        return choice.classes.index(_INTENTS[case.intent or "answer"])
    if choice.name == UNKNOWN:
        is_unknown = case.intent == "answer" and case.question not in case.expected
        return int(is_unknown)
    name, _, member = choice.name.partition("/")
    slot = script.slots[name]
    parts = {other.name for other in script.slots.values() if other.part_of == name}
    if name not in case.expected:
        return IGNORED if parts & {case.question, *case.expected} else 0
    value = case.expected[name]
    if member:
        return int(member in value)
    if slot.type is SlotType.YES_NO:
        value = value == "yes"
    return choice.classes.index(class_of(slot, value))


@cache
def _sounding_like(sound: Syllable) -> tuple[list[str], list[float]]:
    near = [(c, distance(sound, s)) for s, characters in _characters().items() for c in characters]
    kept = [(c, d) for c, d in near if d <= _NEAR]
    return [c for c, _ in kept], [float(np.exp(-d / 0.12)) for _, d in kept]


_KNOWN: Counter[str] = Counter()
"""Characters of all answers, how often each."""


@cache
def _characters() -> dict[Syllable, list[str]]:
    found: dict[Syllable, list[str]] = {}
    for character in _KNOWN:
        found.setdefault(syllables(character)[0], []).append(character)
    return found


def misheard(text: str, chance: random.Random) -> str:
    """The text as a recogniser may write it: characters that sound alike, one lost or added now and then."""
    rate = chance.choice((0.04, 0.08, 0.12, 0.2))
    written: list[str] = []
    for character in text:
        if not character.isalpha():
            continue
        draw = chance.random()
        if draw < rate:
            near, weights = _sounding_like(syllables(character)[0])
            written.append(chance.choices(near, weights)[0] if near else character)
        elif draw > 1.0 - 0.1 * rate:
            continue
        else:
            written.append(character)
    return "".join(written)


@cache
def _dictionary() -> tuple[list[str], list[float]]:
    with jieba.get_module_res("dict.txt") as lines:  # word, frequency, part of speech
        entries = [line.decode("utf-8").split() for line in lines]
    common = [(word, int(times)) for word, times, _ in entries if int(times) >= 20 and len(word) <= 4]
    return [word for word, _ in common], [times**0.5 for _, times in common]


def nonsense(chance: random.Random) -> str:
    """What a recogniser makes of music, a television or another language: words without any connection."""
    words, weights = _dictionary()
    said = "".join(chance.choices(words, weights, k=chance.choice((1, 2, 2, 3, 3, 4, 5, 7))))
    latin = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 14)))
    return chance.choice((said, said, said, said, latin, said + latin))


_FELT = (
    "{}",
    "有点{}",
    "我{}",
    "昨天开始{}",
    "没有别的就是{}",
    "没发烧就是有点{}",
    "这两天{}",
    "别的没有，就是{}",
)
_NOT_FELT = ("没有{}", "没{}", "不{}", "{}没有", "没有发热没有{}", "都没有{}", "没发烧也没{}", "从来不{}")


def plain_cases(script: Script, questions: Sequence[str], chance: random.Random) -> Iterator[Case]:
    """The script's own words in the plainest of sentences: what is written there must be known above all."""
    for name in questions:
        slot = script.slots[name]
        for value, words in slot.values.items():
            for word in words:
                if GAP not in word:
                    yield from _plain(slot, value, word, chance)
        for word in slot.unknown:
            if GAP not in word:
                yield Case(name, word, {}, "answer")
        if slot.type is SlotType.TEXT:
            yield from (Case(name, word, {name: ""}, "answer") for word in slot.none_words if GAP not in word)
            yield from (Case(name, f"需要{word}", {name: word}, "answer") for word in slot.words)
    for intent in script.intents.values():
        kind = _KIND_OF_INTENT.get(intent_class(script, intent.name), "none")
        for word in intent.words:
            if GAP not in word:
                yield Case(chance.choice(questions), word, {}, kind)


def _plain(slot: Slot, value: str, word: str, chance: random.Random) -> Iterator[Case]:
    match slot.type:
        case SlotType.SYMPTOMS:
            yield from (
                Case(slot.name, way.format(word), {slot.name: [value]}, "answer") for way in _FELT[:1]
            )
            for way in chance.sample(_FELT[1:], 2):
                yield Case(slot.name, way.format(word), {slot.name: [value]}, "answer")
            if not word.startswith(("没", "不", "闻不", "尝不")):
                for way in chance.sample(_NOT_FELT, 3):
                    yield Case(slot.name, way.format(word), {slot.name: []}, "answer")
        case SlotType.YES_NO | SlotType.IDENTITY | SlotType.CHOICE:
            is_wrong_number = slot.type is SlotType.IDENTITY and value == "wrong_number"
            yield Case(slot.name, word, {slot.name: value}, "wrong_number" if is_wrong_number else "answer")


def examples(
    script: Script,
    choices: Sequence[Choice],
    cases: Sequence[Case],
    heard: Sequence[tuple[Case, str]],
    seed: int,
) -> Iterator[Example]:
    rules = Understanding(script, learnt=None)
    chance = random.Random(seed)
    asked = sorted({case.question for case in cases})
    for case in (*cases, *plain_cases(script, asked, chance)):
        text = normalised(case.text)
        plain = "".join(filter(str.isalpha, text))
        variants = {text, plain, *(misheard(plain, chance) for _ in range(MISHEARD))}
        for variant in sorted(variants):
            yield _example(script, choices, rules, case, variant, case.text)
    for case, said in heard:
        yield _example(script, choices, rules, case, normalised(case.text), said)
    for _ in range(round(NONSENSE * len(cases))):
        text = nonsense(chance)
        case = Case(chance.choice(asked), text, {}, "none")
        yield _example(script, choices, rules, case, normalised(text), text)


def _example(
    script: Script, choices: Sequence[Choice], rules: Understanding, case: Case, text: str, said: str
) -> Example:
    reading = rules.read(text, Context(question_of(script, case.question), TODAY))
    found = hints(script, choices, reading, case.question)
    return Example(part_of(said), case.question, text, found, targets(script, choices, case))


# --- the network in PyTorch -----------------------------------------------------------------------------


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
        with np.load(file) as arrays:
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


class Examples:
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
) -> TorchNetwork:
    """A network that has seen these examples, the mean of its last states.

    ``characters`` is what the table of characters begins with; ``taught_before`` is a network to go on with.
    """
    torch.manual_seed(seed)
    network = TorchNetwork(alphabet)
    if characters is not None:
        network.characters.data[2:] = characters
    if taught_before is not None:
        network.resume(taught_before)
    averaged = torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    mean = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=averaged)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_LEARNING_RATE, weight_decay=0.02)
    started, losses = time.monotonic(), []
    for step, batch in enumerate(Examples(alphabet, known).batches(), start=1):
        spent = (time.monotonic() - started) / 60 / minutes
        if spent >= 1.0:
            break
        for group in optimizer.param_groups:
            group["lr"] = _LEARNING_RATE * min(1.0, step / 200) * (1.0 - spent) ** 0.7
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
    weights = {name: array.astype(np.float32) for name, array in network.arrays().items()}
    understanding = Understanding(script, Learnt(script, Network(alphabet, weights)))
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


def alphabet_of(script: Script, cases: Sequence[Case]) -> Alphabet:
    """The rows of a network's tables for these answers."""
    _KNOWN.update(character for case in cases for character in normalised(case.text) if character.isalpha())
    slots = {name for case in cases for name in (case.question, *case.expected)}
    sounds = [syllables(character)[0] for character in _KNOWN]
    return Alphabet(
        questions=tuple(dict.fromkeys(case.question for case in cases)),
        characters="".join(c for c, count in _KNOWN.most_common() if count > 1) + CLAUSE_BREAKS,
        initials=tuple(sorted({sound.initial for sound in sounds})),
        finals=tuple(sorted({sound.final for sound in sounds})),
        choices=tuple(
            choice
            for choice in choices_for(script)
            if choice.name in (UNKNOWN, INTENT) or choice.name.partition("/")[0] in slots
        ),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Teach the network that reads answers as a whole.")
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--heard", type=Path, nargs="*", default=[], help="what a recogniser really wrote")
    parser.add_argument("--script", default="health_survey")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--characters", type=Path, metavar="MODEL", help="folder of the embedded engine")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with a network of the same tables")
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
    characters = characters_of(options.characters, alphabet) if options.characters else None
    known = list(examples(script, alphabet.choices, cases, heard, options.seed))
    print(f"{len(cases)} answers, {len(known)} variants", file=sys.stderr)
    if options.unseen is not None:
        fold(script, alphabet, known, cases, options.unseen, options.minutes, characters)
        return 0
    network = taught(alphabet, known, options.minutes, options.seed, characters, options.resume)
    arrays = network.arrays()
    np.savez_compressed(options.out, alphabet=np.array(alphabet.as_json()), **arrays)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
