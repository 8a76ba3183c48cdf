"""Speaks the sentences from which the embedded engine learns; needs the extra ``voice``.

    python -m teaching.make_speech FOLDER [--voices VOICES] [--sentences 2000] [--seed 1]
        [--answers TABLE] [--texts FILE [--share 0.2]] [--apart]

VOICES is a folder of Kokoro's voices, that of ``wenhou voice install`` unless given. FOLDER gets 8 kHz wavs
and a ``transcripts.tsv`` (file, speaker, text). Each sentence has a voice of its own, at a speed of its own:
one of six Mandarin voices, a mixture of two of them, or the melody of one of them with the timbre of somebody
who speaks another language. Two Mandarin voices, ``HELD_OUT_VOICES``, never speak here: they are for
measuring. Of the timbres ``TIMBRES_APART`` speak only with ``--apart``: by them one chooses. ``--answers``
speaks the column ``text`` of a table instead of the grammar's sentences, shuffled, over and over. ``--texts``
mixes general sentences in, one a line.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.speech.kokoro import KokoroSynthesizer, installed_files
from dialogs.speech.prompts import write_wav
from dialogs.speech.voices import kokoro_folder
from teaching.sentences import sentences

HELD_OUT_VOICES = ("zf_xiaoxiao", "zm_yunyang")
VOICES = ("zf_xiaobei", "zf_xiaoni", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia")
TIMBRES_APART = ("af_sarah", "am_michael", "bf_emma", "bm_lewis", "if_sara", "hm_psi")
_KINDS = {"own": 0.2, "two": 0.2, "timbre": 0.6}
"""Shares of one Mandarin voice, of a mixture of two, and of the timbre of another language."""
_STYLE_SIZE = 256
_TIMBRE_SIZE = 128
"""The first half of a style is how a voice sounds, the second what it does with pitch and length."""
_SLOWEST, _FASTEST = 0.85, 1.25


class Speakers:
    """Draws a speaker for each sentence and keeps mixed styles as voice files for the synthesiser."""

    def __init__(self, voices: Path, mixed: Path, chance: random.Random, *, apart: bool = False) -> None:
        self._voices = voices
        self._mixed = mixed
        self._chance = chance
        timbres = sorted(p.stem for p in voices.glob("*.bin") if not p.stem.startswith("z"))
        self._timbres = [timbre for timbre in timbres if (timbre in TIMBRES_APART) == apart]
        self._apart = apart
        mixed.mkdir(parents=True, exist_ok=True)
        for voice in VOICES:
            (mixed / f"{voice}.bin").write_bytes((voices / f"{voice}.bin").read_bytes())

    def next(self) -> str:
        own = self._chance.choice(VOICES)
        kind = "timbre" if self._apart else self._chance.choices([*_KINDS], [*_KINDS.values()])[0]
        if kind == "own":
            return own
        if kind == "timbre" and self._timbres:
            # With nothing left of a Mandarin voice some initials are those of the other language.
            timbre, melody = self._chance.choice((0.4, 0.6, 0.8)), self._chance.choice((0.0, 0.2))
            return self._mixture(own, self._chance.choice(self._timbres), timbre, melody)
        other, share = self._chance.choice([v for v in VOICES if v != own]), self._chance.choice((0.3, 0.5))
        return self._mixture(own, other, share, share)

    def _mixture(self, own: str, other: str, timbre: float, melody: float) -> str:
        name = f"{own}+{other}-{timbre:.1f}-{melody:.1f}"
        shares = np.repeat([timbre, melody], [_TIMBRE_SIZE, _STYLE_SIZE - _TIMBRE_SIZE])
        style = (1 - shares) * self._style(own) + shares * self._style(other)
        style.astype("<f4").tofile(self._mixed / f"{name}.bin")
        return name

    def _style(self, voice: str) -> NDArray[np.float32]:
        return np.fromfile(self._voices / f"{voice}.bin", "<f4").reshape(-1, _STYLE_SIZE)


def answers(table: Path, seed: int) -> Iterator[str]:
    """The answers of a table without end, in another order each time."""
    with table.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    chance = random.Random(seed)
    while texts:
        chance.shuffle(texts)
        yield from texts


def texts_to_speak(
    said_by_residents: Iterator[str], seed: int, general: list[str], share: float
) -> Iterator[str]:
    """What residents say, every so often a general sentence in between."""
    chance = random.Random(seed + 1000)
    for said in said_by_residents:
        if general and chance.random() < share:
            yield chance.choice(general)
        yield said


def main() -> int:
    parser = argparse.ArgumentParser(description="Speak the sentences for teaching the embedded engine.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voices", type=Path, default=kokoro_folder(), help="folder of Kokoro's voices")
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--answers", type=Path, metavar="TABLE", help="answers to speak, column text")
    parser.add_argument("--texts", type=Path, help="general sentences, one a line")
    parser.add_argument("--share", type=float, default=0.2, help="share of general sentences")
    parser.add_argument("--apart", action="store_true", help="timbres by which one chooses")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(options.seed)
    speakers = Speakers(options.voices, options.folder / "voices", chance, apart=options.apart)
    files = installed_files(options.folder / "voices", options.folder)
    synthesizer = KokoroSynthesizer(files)
    general = options.texts.read_text(encoding="utf-8").split() if options.texts else []
    residents = answers(options.answers, options.seed) if options.answers else sentences(options.seed)
    said = islice(texts_to_speak(residents, options.seed, general, options.share), options.sentences)
    with (options.folder / "transcripts.tsv").open("a", encoding="utf-8") as listing:
        for number, text in enumerate(said):
            voice, speed = speakers.next(), chance.uniform(_SLOWEST, _FASTEST)
            sound = options.folder / f"{options.seed}-{number:05}.wav"
            if sound.is_file():
                continue
            write_wav(sound, synthesizer.say(text, voice, round(speed, 2)))
            listing.write(f"{sound.name}\t{voice}\t{text}\n")
            listing.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
