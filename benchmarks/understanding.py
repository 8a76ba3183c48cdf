"""How well answers are understood when they are really heard: sound -> recogniser -> slots.

    python -m benchmarks.understanding                       the practice residents' recordings
    python -m benchmarks.understanding --speak VOICES        the answers of the tests' table, in eight voices
    ... --words FILE                                         keep the recognised words in FILE, use them again

Every recording is heard as on the telephone (8 kHz A-law) without noise and with noise at 20 and 12 dB below
the speech. An answer counts as right when the slot is certain and has exactly the value that was meant, as
wrong when it is certain and has another, and as asked again otherwise. A dialog then asks again once, as in a
call. The worst mistake is counted apart: certain of an all-clear that nobody gave.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from asr.models import load_recognizer, prepare
from asr.recognizer import Expectation, Hypothesis, Recognizer
from dialogs.loading import load_script
from dialogs.machine import SURE, trust
from dialogs.script import Script, SlotType, State
from dialogs.speech.prompts import read_wav, write_wav
from dialogs.understanding import Context, understanding_of
from simulator.g711 import decode, encode

Pcm = NDArray[np.int16]
PCMA = 8
TODAY = date(2026, 11, 23)
NOISE_DB = (None, 20.0, 12.0)
"""Noise below the speech; None: none."""
VOICES = (
    *("zf_xiaobei", "zm_yunjian", "zf_xiaoni", "zm_yunxi"),
    *("zf_xiaoxiao", "zm_yunxia", "zf_xiaoyi", "zm_yunyang"),
)
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Sample:
    """One answer as sound, with what it means."""

    state: str
    said: str
    sound: Path
    expected: Mapping[str, Any]
    intent: str = ""


@dataclass(frozen=True)
class Words:
    """What the recogniser made of a sample."""

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]


# --- what is said ---------------------------------------------------------------------------------------


def residents(folder: Path, script: Script) -> Iterator[Sample]:
    """The practice residents' answers; what each means is in their ``expected`` slots."""
    listing = YAML(typ="safe").load((folder / "residents.yaml").read_text(encoding="utf-8"))
    states = {state.slot: name for name, state in script.states.items()}
    for resident in listing["residents"]:
        meant = resident.get("expected", {}).get("slots", {})
        for answer in resident.get("answers", ()):
            slot = answer["question"]
            if slot in meant and "再说一遍" not in answer["text"] and slot in states:
                expected = {slot: _meant(meant[slot])}
                yield Sample(states[slot], answer["text"], folder / answer["wav"], expected)


def _meant(value: Any) -> Any:
    if isinstance(value, dict):  # {days_ago: 2}
        return (TODAY - timedelta(days=value["days_ago"])).isoformat()
    return value


def spoken_table(table: Path, audio: Path, speak: Callable[[str, str, Path], None]) -> Iterator[Sample]:
    """The rows of the tests' table, spoken as they were meant, each by two of the voices."""
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    for number, row in enumerate(rows):
        said = row[3] if len(row) > 3 else row[1]
        if row[2] == "ask" or re.search(r"[0-9℃]", said):
            continue
        parts = dict(part.split("=", 1) for part in row[2].split(";") if part != "ask")
        intent = parts.pop("intent", "")
        for voice in (VOICES[number % 8], VOICES[(number + 3) % 8]):
            sound = audio / f"{number:03}-{voice}.wav"
            speak(said, voice, sound)
            yield Sample(row[0], said, sound, {k: json.loads(v) for k, v in parts.items()}, intent)


def kokoro(voices: Path, cache: Path) -> Callable[[str, str, Path], None]:
    """Writes a text to a wav; files that are there already are left alone."""
    loaded: list[Any] = []

    def speak(text: str, voice: str, sound: Path) -> None:
        if sound.is_file():
            return
        if not loaded:
            from dialogs.speech.kokoro import KokoroSynthesizer, installed_files

            loaded.append(KokoroSynthesizer(installed_files(voices, cache)))
        write_wav(sound, loaded[0].say(text, voice, 1.05))

    return speak


# --- how it is heard ------------------------------------------------------------------------------------


def on_the_telephone(pcm: Pcm, noise_db: float | None, seed: int) -> Pcm:
    """A-law, with half a second of silence around and noise of a fixed seed."""
    silence = np.zeros(4000, dtype=np.int16)
    sound = np.concatenate([silence, pcm, silence]).astype(np.float64)
    if noise_db is not None:
        level = float(np.sqrt(np.mean(pcm.astype(np.float64) ** 2)))
        sound += np.random.default_rng(seed).normal(0.0, level / 10 ** (noise_db / 20), sound.size)
    return decode(encode(np.clip(sound, -32768, 32767).astype(np.int16), PCMA), PCMA)


def recognise(recognizer: Recognizer, sample: Sample, noise_db: float | None, phrases: Expectation) -> Words:
    utterance = recognizer.listen(phrases)
    utterance.accept(on_the_telephone(read_wav(sample.sound), noise_db, seed=len(sample.said)))
    future: Future[Hypothesis] = utterance.finish()
    heard = future.result(timeout=60)
    return Words(heard.text, heard.confidence, tuple((one.text, one.score) for one in heard.alternatives))


def expectation(script: Script, state: State) -> Expectation:
    is_open = script.slots[state.slot].type in (SlotType.TEXT, SlotType.PLACE)
    return Expectation(understanding_of(script).phrases(state, TODAY), is_open)


# --- what is made of it ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    kind: str
    """right, wrong, all_clear (wrong and dangerous) or again."""
    got: Any


def judge(script: Script, sample: Sample, words: Words) -> Iterator[Verdict]:
    """One verdict for each slot that the sample answers, or one for its intent."""
    context = Context(script.states[sample.state], TODAY, "")
    reading = understanding_of(script).read(words.text, context, words.alternatives)
    if sample.intent:
        yield Verdict("right" if reading.intent == sample.intent else "again", reading.intent)
        return
    for name, meant in sample.expected.items():
        finding = reading.findings.get(name)
        if finding is None or finding.confidence * trust(words.confidence) < SURE:
            yield Verdict("again", None if finding is None else finding.value)
        elif _is_meant(script, name, finding.value, meant):
            yield Verdict("right", finding.value)
        else:
            kind = "all_clear" if _is_all_clear(name, finding.value, meant) else "wrong"
            yield Verdict(kind, finding.value)


def _is_meant(script: Script, name: str, value: Any, meant: Any) -> bool:
    if script.slots[name].type is SlotType.TEXT and meant:
        return str(meant) in str(value) or str(value) in str(meant)
    if script.slots[name].type is SlotType.SYMPTOMS and value is not None and meant is not None:
        return sorted(value) == sorted(meant)
    return bool(value == meant)


def _is_all_clear(name: str, value: Any, meant: Any) -> bool:
    if name == "temperature":
        return value is not None and value < 37.3 and (meant or 0) >= 37.3
    return name in ("symptoms", "travel", "contact") and value in ([], False) and meant not in ([], False)


def report(script: Script, samples: list[Sample], heard: Mapping[str, Words], noise_db: float | None) -> None:
    counts: dict[str, Counter[str]] = {}
    for index, sample in enumerate(samples):
        words = heard[_key(index, noise_db)]
        for verdict in judge(script, sample, words):
            slot = "intent" if sample.intent else script.states[sample.state].slot
            counts.setdefault(slot, Counter())[verdict.kind] += 1
            if verdict.kind != "right":
                print(f"  {verdict.kind:9} {sample.state:15} {sample.said} -> {words.text} "
                      f"({words.confidence:.2f}) = {verdict.got}")  # fmt: skip
    total = sum(counts.values(), Counter())
    everything = total.total()
    kinds = ("right", "again", "wrong", "all_clear")
    shares = ", ".join(f"{kind} {total[kind] / everything:.1%}" for kind in kinds)
    exact = sum(_plain(s.said) == heard[_key(i, noise_db)].text for i, s in enumerate(samples)) / len(samples)
    noise = "none" if noise_db is None else f"-{noise_db:.0f} dB"
    print(f"noise {noise}: {everything} answers: {shares}; recogniser's words exact {exact:.1%}")
    for slot, count in counts.items():
        print(f"    {slot:15} {count['right']}/{count.total()}")


def _plain(text: str) -> str:
    return re.sub(r"[，。、？！]", "", text)


def _key(index: int, noise_db: float | None) -> str:
    return f"{index}/{noise_db}"


def main() -> int:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("--residents", type=Path, default=ROOT / "simulator" / "residents")
    parser.add_argument("--speak", type=Path, metavar="VOICES", help="folder of Kokoro voices")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "wenhou")
    parser.add_argument("--words", type=Path, help="recognised words, written once and used again")
    parser.add_argument("--model", default="", help="folder of a recogniser's model")
    given = parser.parse_args()

    script = load_script("health_survey")
    samples = list(_samples(given, script))
    heard = _kept(given.words)
    recognizer: Recognizer | None = None
    for noise_db in NOISE_DB:
        for index, sample in enumerate(samples):
            if _key(index, noise_db) in heard:
                continue
            recognizer = recognizer or load_recognizer(prepare(model=given.model))
            phrases = expectation(script, script.states[sample.state])
            heard[_key(index, noise_db)] = recognise(recognizer, sample, noise_db, phrases)
        report(script, samples, heard, noise_db)
        if given.words:
            given.words.write_text(json.dumps({k: asdict(w) for k, w in heard.items()}, ensure_ascii=False))
    if recognizer is not None:
        recognizer.close()
    return 0


def _kept(file: Path | None) -> dict[str, Words]:
    """What was recognised in an earlier run."""
    if file is None or not file.is_file():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {
        key: Words(words["text"], words["confidence"], tuple((t, s) for t, s in words["alternatives"]))
        for key, words in kept.items()
    }


def _samples(given: argparse.Namespace, script: Script) -> Iterator[Sample]:
    if given.speak is None:
        return residents(given.residents, script)
    table = ROOT / "tests" / "dialogs_data" / "utterances.tsv"
    return spoken_table(table, given.cache / "understanding", kokoro(given.speak, given.cache))


if __name__ == "__main__":
    sys.exit(main())
