"""How well and how fast an engine recognises recordings with known words.

    python -m benchmarks.recognition FOLDER [--engine whisper] [--model FOLDER] [--live]

FOLDER holds wav or flac files and ``transcripts.tsv`` (header line; file, speaker, text with tabs between).
Every recording is heard as on the telephone: 8 kHz, A-law. Reported are character errors (substituted,
missing and added characters by characters spoken; numbers spelled out first), sentences without any error,
decoding time by length of sound, and with ``--live``, where sound is fed at the speed of speech, the time
from its end to the words.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asr.audio import read_wav, resample
from asr.models import load_recognizer, prepare
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer
from dialogs.numerals import spell_digits
from simulator.g711 import decode, encode

PCMA = 8
FRAME = 160
"""20 ms."""


@dataclass(frozen=True)
class Recording:
    path: Path
    speaker: str
    text: str


@dataclass(frozen=True)
class Result:
    recording: Recording
    hypothesis: Hypothesis
    errors: int
    """Characters."""
    waited_seconds: float
    """From the end of the sound to the words."""


def recordings(folder: Path) -> list[Recording]:
    """What ``transcripts.tsv`` lists."""
    with (folder / "transcripts.tsv").open(encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return [Recording(folder / row["file"], row["speaker"], row["text"]) for row in rows]


def over_the_telephone(path: Path) -> Pcm:
    """The recording at 8 kHz, through A-law and back."""
    return decode(encode(_read(path), PCMA), PCMA)


def _read(path: Path) -> Pcm:
    if path.suffix == ".wav":
        return read_wav(path)
    import soundfile

    sound, rate = soundfile.read(path, dtype="int16")
    mono = sound if sound.ndim == 1 else sound.mean(axis=1).astype(np.int16)
    return resample(mono, rate, SAMPLE_RATE)


def errors(heard: str, said: str) -> int:
    """Least number of characters to substitute, insert and delete."""
    row = list(range(len(said) + 1))
    for i, character in enumerate(heard, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(said, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (character != other))
    return row[-1]


def plain(text: str) -> str:
    return "".join(character for character in spell_digits(text) if character.isalnum())


def hear(recognizer: Recognizer, sound: Pcm, is_live: bool) -> tuple[Hypothesis, float]:
    """The words, and the seconds from the end of the sound until they were there."""
    utterance = recognizer.listen(Expectation(is_open=True))
    started = time.perf_counter()
    for start in range(0, len(sound), FRAME):
        if is_live:  # sound at the pace of a call, so that latency is what a caller would see
            time.sleep(max(0.0, started + start / SAMPLE_RATE - time.perf_counter()))
        utterance.accept(sound[start : start + FRAME])
    ended = time.perf_counter()
    hypothesis = utterance.finish().result()
    return hypothesis, time.perf_counter() - ended


def measure(recognizer: Recognizer, items: Sequence[Recording], is_live: bool) -> Iterator[Result]:
    for item in items:
        hypothesis, waited = hear(recognizer, over_the_telephone(item.path), is_live)
        yield Result(item, hypothesis, errors(plain(hypothesis.text), plain(item.text)), waited)


def report(results: Sequence[Result], engine: str, is_live: bool) -> str:
    sound = sum(result.hypothesis.audio_seconds for result in results)
    decoding = [result.hypothesis.decode_seconds for result in results]
    lines = [
        f"engine                 {engine}",
        f"recordings             {len(results)} ({sound / 60:.1f} min)",
        f"character errors       {_error_rate(results):.1%}",
        f"without any error      {sum(not result.errors for result in results) / len(results):.1%}",
        f"decoding / sound       {sum(decoding) / sound:.3f}",
        f"decoding p50 / p95     {_quantiles(decoding)}",
    ]
    if is_live:
        lines.append(f"end to words p50 / p95 {_quantiles([result.waited_seconds for result in results])}")
    for speaker in sorted({result.recording.speaker for result in results}):
        own = [result for result in results if result.recording.speaker == speaker]
        lines.append(f"  {speaker:20} {_error_rate(own):.1%} of {len(own)} recordings")
    return "\n".join(lines)


def _error_rate(results: Sequence[Result]) -> float:
    return sum(r.errors for r in results) / sum(len(plain(r.recording.text)) for r in results)


def _quantiles(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    return f"{statistics.median(ordered):.2f} s / {ordered[round(0.95 * (len(ordered) - 1))]:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("auto", "vosk", "whisper"), default="auto")
    parser.add_argument("--model", default="", help="folder of a model")
    parser.add_argument("--live", action="store_true", help="feed the sound at the speed of speech")
    parser.add_argument("--show", action="store_true", help="print what was said and heard")
    options = parser.parse_args()
    prepared = prepare(options.engine, options.model)
    if prepared.notice:
        print(prepared.notice, file=sys.stderr)
    recognizer = load_recognizer(prepared)
    results = []
    for result in measure(recognizer, recordings(options.folder), options.live):
        results.append(result)
        if options.show:
            print(f"{result.errors:3} {result.recording.text} | {result.hypothesis.text}")
    recognizer.close()
    print(report(results, recognizer.name, options.live))


if __name__ == "__main__":
    main()
