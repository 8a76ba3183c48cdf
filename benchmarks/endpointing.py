"""When a turn ends, what stops a prompt: real sessions on a virtual line, with the repository's recordings.

    python -m benchmarks.endpointing              all, as a table
    python -m benchmarks.endpointing --json       the same for machines
    python -m benchmarks.endpointing --only barge_in echo --every 4

Everything but the words is the product's own: detector, endpointer, echo, session, dialog, prompts. The words
are told ``--decode`` seconds after a pause began, as the embedded engine takes that long. Times are those of
the resident's end of the line; 20 ms go by each way.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from asr.recognizer import SAMPLE_RATE, Pcm
from benchmarks.disturbances import (
    background,
    breath,
    click,
    cough,
    first_sound,
    last_sound,
    nod,
    quietest_place,
)
from benchmarks.phone_line import ONE_WAY_SECONDS, SCRIPT, Echo, Trial
from simulator.residents import load_neighbourhood

RESIDENTS = Path(__file__).resolve().parent.parent / "simulator" / "residents"
PAUSES = (0.2, 0.4, 0.6, 0.8)
ECHO_DELAYS = (0.02, 0.06, 0.12, 0.2, 0.3, 0.4)
ECHO_DB = -20.0
SNR_DB = 15.0
BACKGROUNDS = ("pink", "babble", "television", "music")
_ENDLESS_SECONDS = 3.0
_SECONDS_AFTER = 4.5

_TALKED_OVER = ("symptoms", "travel", "contact", "household_size", "needs", "temperature")
"""Questions that are long enough to be talked over."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A recorded answer to one question."""

    question: str
    text: str
    sound: Pcm


def answers() -> list[Answer]:
    """What the residents say to questions of the script."""
    return [
        Answer(answer.question, spoken(answer.text), answer.clip.pcm)
        for resident in load_neighbourhood(RESIDENTS).residents.values()
        if resident.persona is not None
        for answer in resident.persona.answers
        if answer.question in SCRIPT.slots and answer.clip is not None
    ]


def spoken(text: str) -> str:
    """Words without punctuation, as an engine gives them."""
    return "".join(character for character in text if character not in "，。？！、…")


# --- answers ------------------------------------------------------------------------------------------


@dataclass
class Speech:
    """An answer that is being given, with a pause in it; tells what has been said by when."""

    answer: Answer
    pause_seconds: float
    began_at: float = 0.0

    def __post_init__(self) -> None:
        cut = round(quietest_place(self.answer.sound) * SAMPLE_RATE)
        self._cut_seconds = cut / SAMPLE_RATE
        gap = np.zeros(round(self.pause_seconds * SAMPLE_RATE), np.int16)
        self.sound = np.concatenate((self.answer.sound[:cut], gap, self.answer.sound[cut:]))

    def words_by(self, at: float) -> str:
        """The first part of the words while the pause lasts, all of them once speech has gone on."""
        said = self.answer.sound
        into = at - self.began_at
        if self.pause_seconds and into < self._cut_seconds + self.pause_seconds + 0.1:
            share = (self._cut_seconds - first_sound(said)) / (last_sound(said) - first_sound(said))
            return self.answer.text[: max(1, round(share * len(self.answer.text)))]
        return self.answer.text

    @property
    def ends_at(self) -> float:
        return self.began_at + last_sound(self.sound)


def give(
    answer: Answer, decode_seconds: float, rng: np.random.Generator, *, pause: float = 0.0, room: str = ""
) -> Row:
    """One answer after its question, with a pause in it or a noisy room around it."""
    speech = Speech(answer, pause)
    noise = background(room, answer.sound, SNR_DB, 30.0, int(rng.integers(1 << 30))) if room else None
    trial = Trial(
        answer.question, words=lambda: speech.words_by(trial.line.now), background=noise,
        decode_seconds=decode_seconds,
    )  # fmt: skip
    trial.far_end.say(answer.sound, 0.2)  # a hello by the same voice
    trial.run_to("prompt", "ask_")
    trial.run(trial.line.queued_seconds)
    speech.began_at = trial.line.now + rng.uniform(0.5, 0.9)
    trial.far_end.say(speech.sound, speech.began_at)
    trial.run(speech.began_at - trial.line.now + len(speech.sound) / SAMPLE_RATE + _SECONDS_AFTER)
    return _given(trial, speech)


def _given(trial: Trial, speech: Speech) -> Row:
    began, ended = speech.began_at + first_sound(speech.sound), speech.ends_at
    ends = [at for at in trial.journal.times("silence", began) if at >= ended]
    replies = trial.journal.times("heard", began)
    early = [at for at in replies if at < ended]
    back = trial.journal.times("taken_back", began)
    reply = trial.far_end.first_heard_after(ended + 0.1)
    return {
        "question": speech.answer.question,
        "text": speech.answer.text,
        "is_cut": bool(early) and not any(at >= early[-1] for at in back),
        "is_taken_back": bool(back),
        "is_missed": not replies,
        "is_endless": bool(replies) and not any(at < ended + _ENDLESS_SECONDS for at in replies),
        "end_seconds": round(ends[0] - ended, 3) if ends else None,
        "gap_seconds": round(reply - ended, 3) if reply is not None else None,
        "guesses": trial.recognizer.guesses,
    }


def measure_answers(
    given: Sequence[Answer],
    decode_seconds: float,
    *,
    pauses: Sequence[float] = (0.0,),
    rooms: Sequence[str] = ("",),
) -> Iterator[tuple[str, list[Row]]]:
    for pause, room in itertools.product(pauses, rooms):
        rng = np.random.default_rng(7)
        name = room or (f"pause {pause} s" if pause else "no pause")
        yield name, [give(answer, decode_seconds, rng, pause=pause, room=room) for answer in given]


# --- prompts that are talked over -----------------------------------------------------------------------


def talk_over(
    question: str,
    sound: Pcm,
    words: str,
    decode_seconds: float,
    rng: np.random.Generator,
    echo: Echo | None = None,
) -> Row:
    """One sound into the middle of a question."""
    trial = Trial(
        question, words=lambda: words, echo=echo, decode_seconds=decode_seconds,
        opening_seconds=0.5 if echo is None else None,
    )  # fmt: skip
    trial.run_to("prompt", "ask_")
    asked_at = trial.line.now + trial.opening_seconds
    question_seconds = trial.line.queued_seconds - trial.opening_seconds
    said_at = asked_at + rng.uniform(0.5, max(0.6, question_seconds - 0.9))
    trial.far_end.say(sound, said_at)
    began = said_at + first_sound(sound)
    trial.run(said_at - trial.line.now + len(sound) / SAMPLE_RATE + 2.0)
    return {"question": question, **_talked_over(trial, began)}


def _talked_over(trial: Trial, began: float) -> Row:
    times = trial.journal.times
    replied_at = min(times("prompt", began), default=trial.line.now)
    hushes, goes_on, stops = (
        [at for kind in kinds for at in times(kind, began) if at <= replied_at]
        for kinds in (("hush",), ("go_on",), ("barge_in", "heard"))
    )
    is_stopped = bool(stops) and not (goes_on and goes_on[-1] > max(stops))
    return {
        "is_hushed_before": bool(times("hush")) and times("hush")[0] < began,
        "is_hushed": bool(hushes),
        "is_stopped": is_stopped,
        "stop_seconds": round(trial.far_end.silent_from(began) - began, 3) if hushes or stops else None,
        "silent_seconds": round(goes_on[0] - hushes[0], 3) if goes_on and hushes else None,
        "preroll_seconds": _preroll(trial, began),
    }


def _preroll(trial: Trial, began: float) -> float | None:
    """By how much the sound that the recogniser got begins before the speech did, as it came in."""
    got = [at for at in trial.recognizer.heard_from if at > began - 1.0]
    return round(began + ONE_WAY_SECONDS - got[0], 3) if got else None


def measure_barge_in(given: Sequence[Answer], decode_seconds: float, echo: Echo | None = None) -> list[Row]:
    rng = np.random.default_rng(11)
    over = [answer for answer in given if answer.question in _TALKED_OVER]
    return [talk_over(one.question, one.sound, one.text, decode_seconds, rng, echo) for one in over]


def measure_nothings(decode_seconds: float, count: int) -> Iterator[tuple[str, list[Row]]]:
    """Sounds that must not stop a prompt."""
    makers: Mapping[str, tuple[Callable[[np.random.Generator], Pcm], str]] = {
        "cough": (cough, ""), "click": (click, ""), "breath": (breath, ""), "nod": (nod, "嗯"),
    }  # fmt: skip
    for name, (make, words) in makers.items():
        rng = np.random.default_rng(13)
        questions = itertools.cycle(_TALKED_OVER)
        yield (
            name,
            [
                talk_over(question, make(rng), words, decode_seconds, rng)
                for question in itertools.islice(questions, count)
            ],
        )


def measure_echo(decode_seconds: float) -> list[Row]:
    """Calls in which nobody speaks and our voice comes back: all that is hushed or heard is false."""
    rows = []
    for delay, question in itertools.product(ECHO_DELAYS, _TALKED_OVER):
        trial = Trial(
            question, words=lambda: "没有", echo=Echo(delay, ECHO_DB), opening_seconds=None,
            decode_seconds=decode_seconds,
        )  # fmt: skip
        trial.run(30.0)
        times = trial.journal.times
        rows.append(
            {
                "delay_seconds": delay,
                "question": question,
                "is_hushed": bool(times("hush")),
                "is_stopped": bool(times("barge_in")),
                "is_heard": bool(times("heard")),
                "prompts": len(times("prompt")),
            }
        )
    return rows


# --- the figures --------------------------------------------------------------------------------------


def quantiles(values: Sequence[float | None]) -> dict[str, float | None]:
    known = [value for value in values if value is not None]
    p50, p95 = np.percentile(known, [50, 95]).round(3).tolist() if known else (None, None)
    return {"p50": p50, "p95": p95}


def share(rows: Sequence[Row], key: str) -> float:
    """Percent of the rows in which ``key`` holds."""
    return round(100.0 * sum(bool(row[key]) for row in rows) / len(rows), 1) if rows else 0.0


def answer_figures(rows: Sequence[Row]) -> Row:
    return {
        "answers": len(rows),
        "cut_percent": share(rows, "is_cut"),
        "taken_back_percent": share(rows, "is_taken_back"),
        "missed_percent": share(rows, "is_missed"),
        "endless_percent": share(rows, "is_endless"),
        "end_seconds": quantiles([row["end_seconds"] for row in rows]),
        "gap_seconds": quantiles([row["gap_seconds"] for row in rows]),
        "guesses": round(sum(row["guesses"] for row in rows) / max(1, len(rows)), 2),
    }


def talked_over_figures(rows: Sequence[Row]) -> Row:
    return {
        "sounds": len(rows),
        "hushed_percent": share(rows, "is_hushed"),
        "stopped_percent": share(rows, "is_stopped"),
        "stop_seconds": quantiles([row["stop_seconds"] for row in rows]),
        "silent_seconds": quantiles([row["silent_seconds"] for row in rows]),
        "preroll_seconds": quantiles([row["preroll_seconds"] for row in rows]),
    }


def echo_figures(rows: Sequence[Row]) -> Row:
    return {"calls": len(rows)} | {
        f"{what}_percent": share(rows, f"is_{what}") for what in ("hushed", "stopped", "heard")
    }


def measure(only: Sequence[str], every: int, decode_seconds: float) -> tuple[Row, Row]:
    """Figures and rows by section."""
    given = answers()[::every]
    rows: dict[str, Any] = {}
    figures: dict[str, Any] = {}

    def keep(section: str, name: str, found: list[Row], summarise: Callable[[Sequence[Row]], Row]) -> None:
        rows.setdefault(section, {})[name] = found
        figures.setdefault(section, {})[name] = summarise(found)

    if "answers" in only:
        for name, found in measure_answers(given, decode_seconds, pauses=(0.0, *PAUSES)):
            keep("answers", name, found, answer_figures)
    if "noise" in only:
        for name, found in measure_answers(given, decode_seconds, rooms=BACKGROUNDS):
            keep("noise", name, found, answer_figures)
    if "barge_in" in only:
        keep("barge_in", "speech", measure_barge_in(given, decode_seconds), talked_over_figures)
        double = measure_barge_in(given, decode_seconds, Echo(0.12, ECHO_DB))
        keep("barge_in", "speech over echo", double, talked_over_figures)
        for name, found in measure_nothings(decode_seconds, max(8, 64 // every)):
            keep("barge_in", name, found, talked_over_figures)
    if "echo" in only:
        keep("echo", "nobody speaks", measure_echo(decode_seconds), echo_figures)
    return figures, rows


def table(figures: Row) -> Iterator[str]:
    for section, lines in figures.items():
        columns = list(next(iter(lines.values())))
        yield f"\n{section}"
        yield f"  {'':18}" + "".join(f"{column:>20}" for column in columns)
        for name, line in lines.items():
            yield f"  {name:18}" + "".join(f"{_cell(line[column]):>20}" for column in columns)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return " / ".join("-" if part is None else f"{part:.3f}" for part in value.values())
    return str(value)


SECTIONS = ("answers", "noise", "barge_in", "echo")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="sections to measure")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th answer only")
    parser.add_argument("--decode", type=float, default=0.35, metavar="SECONDS", help="time of one decoding")
    parser.add_argument("--json", action="store_true", help="figures and every single case as JSON")
    args = parser.parse_args()
    figures, rows = measure(args.only, args.every, args.decode)
    if args.json:
        json.dump({"figures": figures, "cases": rows}, sys.stdout, ensure_ascii=False, indent=1)
    else:
        print(f"p50 / p95 in seconds; decoding takes {args.decode} s", *table(figures), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
