"""What becomes of calls by their sound: 500 clips of early media, 300 people and 60 machines that answer.

    python -m benchmarks.call_progress                           all of it, as tables
    python -m benchmarks.call_progress --only early --part 1/4   a quarter of the clips
    python -m benchmarks.call_progress --json                    for machines

Sessions, detectors and the recogniser are the product's own; the line and its clock are made up, and every
decoding takes ``--decode`` seconds. Phrases are spoken by Kokoro (``--voices``, see
``dialogs.speech.kokoro``) or, by default, by what pyttsx3 finds, once, and kept in ``--sounds``. The same
seed makes the same clips.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from asr.models import load_recognizer, prepare
from asr.recognizer import Pcm
from benchmarks.call_progress_calls import Heard, early_media, opening
from benchmarks.call_progress_clips import Clip, ClipMaker
from benchmarks.call_progress_sounds import Speaker, read_phrases
from campaign.folders import cache_folder
from dialogs.speech.kokoro import KokoroSynthesizer, installed_files
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer

SEED = 20200

Row = dict[str, Any]


class KokoroSpeaker:
    """Eight Mandarin voices; the model is loaded when there is something to say."""

    def __init__(self, voices: Path, folder: Path) -> None:
        self.voices: Sequence[str] = tuple(sorted(path.stem for path in voices.glob("z*.bin")))
        self._load = cache(lambda: KokoroSynthesizer(installed_files(voices, folder)))

    def say(self, text: str, voice: str, speed: float) -> Pcm:
        return self._load().say(text, voice, speed)


class SystemSpeaker:
    """pyttsx3's Mandarin voice, at different rates."""

    voices: Sequence[str] = ("",)

    def say(self, text: str, voice: str, speed: float) -> Pcm:
        return Pyttsx3Synthesizer(voice, speed).synthesize(text)


def speaker(options: argparse.Namespace) -> Speaker:
    if options.voices is None:
        return SystemSpeaker()
    return KokoroSpeaker(options.voices, cache_folder())


def row_of(clip: Clip, heard: Heard) -> Row:
    return {
        "name": clip.name,
        "group": clip.group,
        "expected": clip.expected,
        "got": heard.got,
        "begins_at": clip.begins_at,
        "ended_at": heard.ended_at,
        "prompt_at": heard.prompt_at,
        "spoken_until": clip.spoken_until,
        "words": heard.words,
    }


def percentile(values: Sequence[float], share: float) -> float | None:
    return round(float(np.percentile(values, share)), 2) if values else None


def confusion(rows: Iterable[Row]) -> dict[str, Counter[str]]:
    table: dict[str, Counter[str]] = {}
    for row in rows:
        table.setdefault(row["expected"], Counter())[row["got"]] += 1
    return table


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures: by part, how many were right, and how long everything took."""
    early = [row for row in rows if row["group"].startswith("early")]
    people = [row for row in rows if row["group"].startswith("opening")]
    machines = [row for row in rows if row["group"].startswith("machine")]
    said = [r for r in early if r["group"] == "early announcement" and r["got"] == r["expected"]]
    quick = [r for r in people if r["group"] in ("opening short", "opening noise")]
    result: dict[str, Any] = {}
    if early:
        right = sum(row["got"] == row["expected"] for row in early)
        seconds = [row["ended_at"] - row["begins_at"] for row in said if row["ended_at"] is not None]
        result["early"] = {
            "clips": len(early), "right": right, "share": round(right / len(early), 4),
            "announcement_to_hang_up": {"median": percentile(seconds, 50), "p95": percentile(seconds, 95)},
        }  # fmt: skip
    if people:
        gaps = [
            r["prompt_at"] - r["spoken_until"]
            for r in quick
            if r["prompt_at"] is not None and r["prompt_at"] > r["begins_at"]
        ]
        result["openings"] = {
            "people": len(people), "taken_for_machines": sum(row["got"] != "person" for row in people),
            "prompt_after_hello": {"median": percentile(gaps, 50), "p95": percentile(gaps, 95),
                                   "people": len(gaps)},
        }  # fmt: skip
    if machines:
        found = [row for row in machines if row["got"] == row["expected"]]
        seconds = [row["ended_at"] - row["begins_at"] for row in found if row["ended_at"] is not None]
        result["machines"] = {
            "machines": len(machines), "found": len(found),
            "greeting_to_hang_up": {"median": percentile(seconds, 50), "p95": percentile(seconds, 95)},
        }  # fmt: skip
    return result


def print_matrix(rows: Sequence[Row]) -> None:
    table = confusion(rows)
    columns = list(dict.fromkeys([*table, *(got for counts in table.values() for got in counts)]))
    width = max(map(len, columns))
    print(" " * width, *(f"{number:>4}" for number in range(1, len(columns) + 1)))
    for expected, counts in table.items():
        cells = (f"{counts[got] or '':>4}" for got in columns)
        print(f"{expected:>{width}}", *cells)
    print(*(f"{number} {name}" for number, name in enumerate(columns, 1)), sep="  ")


def print_rows(rows: Sequence[Row]) -> None:
    for group in ("early", "opening", "machine"):
        chosen = [row for row in rows if row["group"].startswith(group)]
        if chosen:
            print(f"\n{group}")
            print_matrix(chosen)
            for row in chosen:
                if row["got"] != row["expected"]:
                    print(f"  {row['expected']} taken for {row['got']}: {row['name']}: {row['words']}")
    print(json.dumps(summary(rows), ensure_ascii=False, indent=2))


def measured(options: argparse.Namespace) -> list[Row]:
    recognizer = load_recognizer(prepare(options.engine, options.model))
    voices, phrases = speaker(options), read_phrases()
    part, parts = (int(number) for number in options.part.split("/"))
    rows = []
    maker = ClipMaker(phrases, voices, options.sounds, SEED)
    wanted = options.only or ("early", "openings", "machines")
    try:
        for name, makes, call in (
            ("early", maker.early(), early_media),
            ("openings", maker.openings(), opening),
            ("machines", maker.machines(), opening),
        ):
            for number, make in enumerate(makes):
                if name in wanted and number % parts == part - 1:
                    clip = make()
                    rows.append(row_of(clip, call(clip, recognizer, options.decode)))
                    note(options, rows)
    finally:
        recognizer.close()
    return rows


def note(options: argparse.Namespace, rows: Sequence[Row]) -> None:
    """Keep the newest row where one asked for it, so that nothing is lost when the run is stopped."""
    if options.rows is not None:
        with options.rows.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows[-1], ensure_ascii=False) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what becomes of calls by their sound.")
    parser.add_argument("--only", nargs="+", choices=("early", "openings", "machines"))
    parser.add_argument("--part", default="1/1", help="1/4 .. 4/4: a quarter of the clips")
    parser.add_argument("--voices", type=Path, help="folder of Kokoro's voices; without it pyttsx3 speaks")
    parser.add_argument("--sounds", type=Path, default=cache_folder() / "call-progress")
    parser.add_argument("--engine", default="whisper")
    parser.add_argument("--model", default="")
    parser.add_argument("--decode", type=float, default=0.6, help="seconds that a decoding takes")
    parser.add_argument("--rows", type=Path, help="file to which every clip's result is added at once")
    parser.add_argument("--add", type=Path, nargs="+", help="print the results kept in these files instead")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.add:
        rows = [json.loads(line) for path in options.add for line in path.read_text("utf-8").splitlines()]
    else:
        rows = measured(options)
    if options.json:
        json.dump({"summary": summary(rows), "rows": rows}, sys.stdout, ensure_ascii=False, indent=1)
    else:
        print_rows(rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
