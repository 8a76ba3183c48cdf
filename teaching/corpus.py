"""Gathers what residents answer, for engines with a grammar (``dialogs.language.corpus``).

    python -m teaching.corpus TABLE... --out dialogs/scripts/health_survey/answers.txt.xz [--seed 1]

TABLE holds answers, columns ``question`` and ``text`` (see ``benchmarks/answers``).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.slot_accuracy import read_cases
from dialogs.language.corpus import written
from teaching.wording import elsewhere, places_said

_BREAK = re.compile(r"[\W_]+")


def gathered(answers: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By question its answers, those that differ only in signs once."""
    found: dict[str, dict[str, None]] = {}
    for question, text in answers:
        if words := _BREAK.sub(" ", text).strip():
            found.setdefault(question, {})[words] = None
    return {question: sorted(said) for question, said in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description="Gather what residents answer.")
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the cities that are put for others")
    options = parser.parse_args()
    answers = [(case.question, case.text) for table in options.tables for case in read_cases(table)]
    others = elsewhere(answers, random.Random(options.seed))
    options.out.write_bytes(written(gathered([*answers, *others, *places_said()])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
