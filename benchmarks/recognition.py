"""How well answers are heard and understood: character errors, slot accuracy, time; beside a plain peer.

    python -m benchmarks.recognition FOLDER [--snr 15 --noise babble] [--engine whisper] [--json]
    python -m benchmarks.recognition --text benchmarks/answers/tuning.tsv [--list-wrong]

FOLDER holds sound files of any rate and either list, or both (tab-separated, with a header line):

- ``transcripts.tsv`` (file, speaker, text): character errors, that is characters substituted, missing and
  added by characters spoken, numbers spelled out first;
- ``manifest.tsv`` (file, question, text, expected; intent and speaker where known): whether each answer was
  taken for what it means; the rules are in ``benchmarks.slot_accuracy``.

With ``--text`` the words of such a table are read as they stand. Every sound is heard as on the telephone
(8 kHz, A-law), with ``--snr`` in noise. The same run measures a peer: the same engine without endpointing,
grammar and repair, its words read by exact matches only (``benchmarks.exact_words``).

CPU seconds are those of the whole process. Times are from the moment that the whole sound is there until the
answer is understood; with ``--live``, where transcripts are fed to the engine at the speed of speech, from
the end of the sound to the words. Nothing shows single answers but ``--list-wrong``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from asr.audio import over_the_telephone, read_sound
from asr.models import load_recognizer, prepare
from asr.recognizer import SAMPLE_RATE, Expectation, Pcm, Recognizer
from benchmarks.exact_words import read_exactly
from benchmarks.noise import Noise, with_noise
from benchmarks.results import Measured, System, as_json, as_table
from benchmarks.slot_accuracy import Case, Taking, judge, read_cases
from campaign.errors import SoundError
from dialer.practice.answer_report import AnswerReport, Asked, intent_of, report_sound, report_text
from dialer.practice.hearing import SoundHearer, expectation_of
from dialogs.loading import load_script
from dialogs.script import Script

_FRAME = SAMPLE_RATE // 50
_DAY_OF_THE_TABLES = date(2026, 11, 22)
_RESIDENT = "张三"
"""Who is called: the tables' answers name no other, and in a call the name is known."""
_OPEN = Expectation(is_open=True)


class Stopwatch:
    """Wall and CPU seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


# --- answers --------------------------------------------------------------------------------------------


def wenhou_reads(asked: Asked, case: Case) -> Measured:
    """The words of a case, understood as in a call."""
    watch = Stopwatch()
    report = report_text(asked, case.text)
    return _measured(asked.script, case, _taking(report), watch.read())


def peer_reads(asked: Asked, case: Case) -> Measured:
    """The same words by exact matches."""
    watch = Stopwatch()
    taking = _exact_taking(asked, case.text)
    return _measured(asked.script, case, taking, watch.read())


def wenhou_hears(asked: Asked, case: Case, sound: Pcm, hearer: SoundHearer) -> Measured:
    """The sound of a case, heard and understood as in a call."""
    expectation = expectation_of(asked.script, asked.question, asked.today, asked.name)
    watch = Stopwatch()
    report = report_sound(asked, hearer.hear(sound, expectation))
    return _measured(asked.script, case, _taking(report), watch.read(), sound)


def peer_hears(asked: Asked, case: Case, sound: Pcm, recognizer: Recognizer) -> Measured:
    """The whole sound through the raw engine, its words by exact matches."""
    watch = Stopwatch()
    taking = _exact_taking(asked, transcribe(recognizer, over_the_telephone(sound)))
    return _measured(asked.script, case, taking, watch.read(), sound)


def _taking(report: AnswerReport) -> Taking:
    return Taking(report.raw, report.values, report.intent.value, report.script_intent)


def _exact_taking(asked: Asked, text: str) -> Taking:
    values, own = read_exactly(asked.script, asked.script.slots[asked.slot], text, asked.today)
    return Taking(text, values, intent_of(asked.script, own, values, bool(values)).value)


def _measured(
    script: Script, case: Case, taking: Taking, spent: tuple[float, float], sound: Pcm | None = None
) -> Measured:
    seconds, cpu_seconds = spent
    audio = 0.0 if sound is None else len(sound) / SAMPLE_RATE
    return Measured(case, taking, judge(script, case, taking), seconds, cpu_seconds, audio)


# --- transcripts ----------------------------------------------------------------------------------------


def transcribe(recognizer: Recognizer, sound: Pcm, *, is_live: bool = False) -> str:
    """The raw engine's words for a whole sound."""
    return _last_words(recognizer, sound, is_live=is_live)[0]


def _last_words(recognizer: Recognizer, sound: Pcm, *, is_live: bool) -> tuple[str, tuple[float, float]]:
    """The words, and what was spent between the end of the sound and them."""
    utterance = recognizer.listen(_OPEN)
    started = time.perf_counter()
    for start in range(0, len(sound), _FRAME):
        if is_live:  # sound at the pace of a call, so that the time is what a caller would wait
            time.sleep(max(0.0, started + start / SAMPLE_RATE - time.perf_counter()))
        utterance.accept(sound[start : start + _FRAME])
    ended = Stopwatch()
    return utterance.finish().result().text, ended.read()


def wenhou_transcribes(script: Script, case: Case, sound: Pcm, hearer: SoundHearer) -> Measured:
    """The words of a sentence, cut out of its sound as in a call."""
    watch = Stopwatch()
    heard = hearer.hear(sound, _OPEN)
    return _measured(script, case, Taking(heard.text, {}, ""), watch.read(), sound)


def peer_transcribes(
    script: Script, case: Case, sound: Pcm, recognizer: Recognizer, *, is_live: bool
) -> Measured:
    """The words of a sentence from its whole sound."""
    watch = Stopwatch()
    text, waited = _last_words(recognizer, over_the_telephone(sound), is_live=is_live)
    spent = (waited[0], watch.read()[1])
    return _measured(script, case, Taking(text, {}, ""), spent, sound)


def read_transcripts(table: Path) -> list[Case]:
    """Sentences with known words; nothing is asked."""
    lines = table.read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    rows = (dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:] if line.strip())
    return [
        Case("", row["text"], {}, file=table.parent / row["file"], speaker=row.get("speaker", ""))
        for row in rows
    ]


# --- the command ----------------------------------------------------------------------------------------


class Bench:
    """What one run measures with."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._script = load_script(options.script)
        self._questions: dict[str, Asked] = {}
        self.engine = ""
        if not options.text:
            prepared = prepare(options.engine, options.model)
            if prepared.notice:
                print(prepared.notice, file=sys.stderr)
            self._recognizer = load_recognizer(prepared)
            self._hearer = SoundHearer(self._recognizer)
            self.engine = prepared.engine

    def close(self) -> None:
        if self.engine:
            self._recognizer.close()

    def measure(self, table: Path, cases: Sequence[Case]) -> tuple[System, System | None]:
        """Wenhou and, unless it is unwanted, its peer; case by case, so that both meet the same machine."""
        ours: list[Measured] = []
        peers: list[Measured] = []
        for number, case in enumerate(cases):
            for measured, is_peer in self._measure(case, number):
                (peers if is_peer else ours).append(measured)
            if sys.stderr.isatty():
                print(f"\r{table.name}: {number + 1}/{len(cases)}", end="", file=sys.stderr)
        if sys.stderr.isatty():
            print(file=sys.stderr)
        peer = System("exact words" if self._options.text else "raw engine", self._script, peers)
        return System("wenhou", self._script, ours), peer if peers else None

    def _measure(self, case: Case, number: int) -> Iterator[tuple[Measured, bool]]:
        if self._options.text:
            asked = self._asked(case)
            yield wenhou_reads(asked, case), False
            if self._options.peer:
                yield peer_reads(asked, case), True
            return
        sound = self._sound(case, number)
        if case.question:
            asked = self._asked(case)
            yield wenhou_hears(asked, case, sound, self._hearer), False
            if self._options.peer:
                yield peer_hears(asked, case, sound, self._recognizer), True
            return
        yield wenhou_transcribes(self._script, case, sound, self._hearer), False
        if self._options.peer:
            live = self._options.live
            yield peer_transcribes(self._script, case, sound, self._recognizer, is_live=live), True

    def _asked(self, case: Case) -> Asked:
        if case.question not in self._questions:
            asked = self._questions[case.question] = Asked(
                self._script, case.question, self._options.today, name=_RESIDENT
            )
            asked.warm_up()
        return self._questions[case.question]

    def _sound(self, case: Case, number: int) -> Pcm:
        if case.file is None:
            raise SoundError("sound_missing", f"“{case.text}”没有写出声音文件。")
        sound = read_sound(case.file)
        options = self._options
        return sound if options.snr is None else with_noise(sound, options.noise, options.snr, number)


def tables(options: argparse.Namespace) -> list[tuple[Path, list[Case]]]:
    """The lists that a run measures, each with its cases."""
    if options.text:
        found = [(options.text, read_cases(options.text))]
    elif options.sounds.is_file():
        reads = read_transcripts if options.sounds.name == "transcripts.tsv" else read_cases
        found = [(options.sounds, reads(options.sounds))]
    else:
        readers = {"transcripts.tsv": read_transcripts, "manifest.tsv": read_cases}
        found = [
            (options.sounds / name, reads(options.sounds / name))
            for name, reads in readers.items()
            if (options.sounds / name).is_file()
        ]
    return [(table, cases[: options.limit]) for table, cases in found]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if (options.sounds is None) == (options.text is None):
        print("name either a folder of sounds or --text TABLE", file=sys.stderr)
        return 2
    found = tables(options)
    if not found:
        print(f"{options.sounds}: neither transcripts.tsv nor manifest.tsv", file=sys.stderr)
        return 2
    bench = Bench(options)
    try:
        for table, cases in found:
            systems = [system for system in bench.measure(table, cases) if system is not None]
            _tell(options, bench.engine, table, systems)
    finally:
        bench.close()
    return 0


def _tell(options: argparse.Namespace, engine: str, table: Path, systems: Sequence[System]) -> None:
    conditions: dict[str, Any] = {"table": str(table), "engine": engine or None}
    if options.snr is not None:
        conditions |= {"noise": options.noise.value, "snr_db": options.snr}
    if options.json:
        print(json.dumps(as_json(conditions, systems, options.list_wrong), ensure_ascii=False), flush=True)
    else:
        print(as_table(conditions, systems, options.list_wrong), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sounds", type=Path, nargs="?", help="folder with transcripts.tsv or manifest.tsv")
    parser.add_argument("--text", type=Path, metavar="TABLE", help="table of answers, read as text")
    parser.add_argument("--script", default="health_survey")
    parser.add_argument("--today", type=date.fromisoformat, default=_DAY_OF_THE_TABLES)
    parser.add_argument("--engine", choices=("auto", "vosk", "whisper"), default="auto")
    parser.add_argument("--model", default="", help="folder of a model")
    parser.add_argument("--snr", type=float, metavar="DB", help="add noise, so far below the speech")
    parser.add_argument("--noise", type=Noise, choices=list(Noise), default=Noise.WHITE)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N rows")
    parser.add_argument("--live", action="store_true", help="transcripts: feed sound at the speed of speech")
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="measure Wenhou only")
    parser.add_argument("--list-wrong", action="store_true", help="show every answer that is not right")
    parser.add_argument("--json", action="store_true", help="one object a table instead of words")
    return parser


if __name__ == "__main__":
    sys.exit(main())
