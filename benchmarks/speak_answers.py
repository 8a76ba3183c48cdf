"""Speaks a list of answers for measuring; needs the extra ``voice``.

    python -m benchmarks.speak_answers benchmarks/answers/held_out.tsv FOLDER
        [--voices VOICES] [--speaker zf_xiaoxiao --speaker zm_yunyang]

VOICES is a folder of Kokoro's voices, that of ``wenhou voice install`` unless given. FOLDER gets wavs in
A-law at 8 kHz and a ``manifest.tsv`` (file, question, text, expected, intent, speaker), which
``benchmarks.recognition`` reads. The speakers take turns; those given by default never speak where the
engine learns.
"""

from __future__ import annotations

import argparse
import csv
import random
import struct
from pathlib import Path

from asr.g711 import PCMA, SAMPLE_RATE, encode
from asr.recognizer import Pcm
from dialogs.speech.kokoro import KokoroSynthesizer, installed_files
from dialogs.speech.voices import kokoro_folder
from teaching.make_speech import HELD_OUT_VOICES

_WAVE_FORMAT_ALAW = 6
_SLOWEST, _FASTEST = 0.9, 1.2


def write_alaw(path: Path, pcm: Pcm) -> None:
    """A wav as telephones carry it: one octet a sample."""
    octets = encode(pcm, PCMA)
    form = struct.pack("<4sIHHIIHHH", b"fmt ", 18, _WAVE_FORMAT_ALAW, 1, SAMPLE_RATE, SAMPLE_RATE, 1, 8, 0)
    chunks = form + struct.pack("<4sI", b"data", len(octets)) + octets + b"\0" * (len(octets) % 2)
    path.write_bytes(struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks)


def main() -> int:
    parser = argparse.ArgumentParser(description="Speak a list of answers for measuring.")
    parser.add_argument("answers", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voices", type=Path, default=kokoro_folder())
    parser.add_argument("--speaker", action="append", help="voice; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    speakers = options.speaker or list(HELD_OUT_VOICES)
    options.folder.mkdir(parents=True, exist_ok=True)
    synthesizer = KokoroSynthesizer(installed_files(options.voices, options.folder.parent / "kokoro"))
    chance = random.Random(options.seed)
    with options.answers.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with (options.folder / "manifest.tsv").open("w", encoding="utf-8") as manifest:
        manifest.write("file\tquestion\ttext\texpected\tintent\tspeaker\n")
        for number, row in enumerate(rows):
            speaker, speed = speakers[number % len(speakers)], round(chance.uniform(_SLOWEST, _FASTEST), 2)
            sound = options.folder / f"{number:03}.wav"
            if not sound.is_file():
                write_alaw(sound, synthesizer.say(row["text"], speaker, speed))
            fields = (sound.name, row["question"], row["text"], row["expected"], row["intent"], speaker)
            manifest.write("\t".join(fields) + "\n")
            manifest.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
