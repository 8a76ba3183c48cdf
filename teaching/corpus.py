"""Gathers what residents answer, for engines with a grammar (``dialogs.language.corpus``).

    python -m teaching.corpus TABLE... --out dialogs/taught/answers.txt.xz [--seed 1]

TABLE holds answers, columns ``question`` and ``text`` (see ``benchmarks/answers``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogs.language.corpus import written
from teaching.wording import told_by

_BREAK = re.compile(r"[\W_]+")


def gathered(answers: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By question its answers, those that differ only in signs once."""
    found: dict[str, dict[str, None]] = {}
    for question, text in answers:
        if words := _BREAK.sub(" ", text).strip():
            found.setdefault(question, {})[words] = None
    return {question: sorted(said) for question, said in found.items()}


def main() -> int:
    out, answers = told_by("Gather what residents answer.")
    out.write_bytes(written(gathered(answers)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
