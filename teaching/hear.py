"""Writes down what the embedded engine hears of spoken answers, for teaching ``teaching.reader``.

    python -m teaching.hear SPEECH... --tables TABLE... --out heard.tsv [--times 2]

SPEECH are folders of ``teaching.make_speech``; TABLE are the tables of answers that were spoken there. Each
recording is heard ``--times`` times, every time through another call (``teaching.calls``). The new table has
the columns of the others, ``text`` being what was heard and ``said`` what was said.

The engine chooses among its wordings as on a call, but by what the answers that are not spoken here say: a
real resident's words are not in the tables either.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from asr.audio import read_wav
from asr.models import load_recognizer, prepare
from asr.whisper_recognizer import WhisperRecognizer
from teaching.calls import called
from teaching.wording import wording

_COLUMNS = ("question", "text", "expected", "intent", "said")


def rows_of(tables: Sequence[Path]) -> dict[str, list[dict[str, str]]]:
    """The rows of all tables by their text."""
    found: dict[str, list[dict[str, str]]] = {}
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.setdefault(row["text"], []).append(row)
    return found


def recordings(folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for line in (folder / "transcripts.tsv").read_text(encoding="utf-8").splitlines():
            file, _, text = line.split("\t")
            yield folder / file, text


def main() -> int:
    parser = argparse.ArgumentParser(description="Write down what the embedded engine hears.")
    parser.add_argument("speech", type=Path, nargs="+")
    parser.add_argument("--tables", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows, chance = rows_of(options.tables), np.random.default_rng(options.seed)
    recognizer = load_recognizer(prepare("whisper"))
    assert isinstance(recognizer, WhisperRecognizer)
    sounds = [(read_wav(path).astype(np.float32) / 32768, text) for path, text in recordings(options.speech)]
    others = [sound for sound, _ in sounds]
    spoken = {text for _, text in sounds}
    unspoken = wording(
        (row["question"], text) for text, said in rows.items() if text not in spoken for row in said
    )
    with options.out.open("w", encoding="utf-8") as out:
        out.write("\t".join(_COLUMNS) + "\n")
        for sound, text in sounds:
            for _ in range(options.times if text in rows else 0):
                heard = called([sound], 1, chance, others)
                pcm = np.clip(heard * 32767, -32768, 32767).astype(np.int16)
                for row in rows[text]:
                    words = recognizer.transcribe(pcm, unspoken.likelihood(row["question"])).text
                    if not words:
                        continue
                    fields = (row["question"], words, row["expected"], row["intent"], text)
                    out.write("\t".join(fields) + "\n")
    recognizer.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
