"""How scripts are understood that administrators wrote from the manual alone: ``benchmarks/strangers``.

    python -m benchmarks.strangers [SCRIPT...]

Every answer is read three times: by the exact words of the script, by the rules, and by the rules with the
model of meanings (``dialogs.understanding.meanings``), which must be installed. Of the scripts of
``MEASURED_ONLY`` nobody has looked at a line: what other scripts may expect.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from benchmarks.exact_words import read_exactly
from benchmarks.slot_accuracy import Case, Taking, Verdict, judge, read_cases
from dialer.practice.answer_report import Asked, intent_of, report_text
from dialogs.language.corpus import Corpus
from dialogs.language.wording import Wording
from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.understanding import Understanding, understanding_of

FOLDER = Path(__file__).parent / "strangers"
DAY = date(2026, 11, 30)
MEASURED_ONLY = (
    "after_hospital",
    "away_families",
    "blood_pressure",
    "ebikes",
    "newborns",
    "waste_sorting",
)
_Read = Callable[[Asked, str], Taking]


def _readers(script: Script) -> dict[str, _Read]:
    plain = Understanding(script, None, Wording.taught(), Corpus.taught())
    whole = understanding_of(script)
    return {
        "exact words": _exactly,
        "rules": lambda asked, text: _by(plain, asked, text),
        "with meanings": lambda asked, text: _by(whole, asked, text),
    }


def _exactly(asked: Asked, text: str) -> Taking:
    values, own = read_exactly(asked.script, asked.script.slots[asked.slot], text, asked.today)
    return Taking(text, values, intent_of(asked.script, own, values, bool(values)).value)


def _by(understanding: Understanding, asked: Asked, text: str) -> Taking:
    report = report_text(asked, text, understanding)
    return Taking(report.raw, report.values, report.intent.value, report.script_intent)


def _verdicts(script: Script, cases: Sequence[Case], read: _Read) -> list[Verdict]:
    asked = {name: Asked(script, name, DAY, name="张三") for name in {case.question for case in cases}}
    return [judge(script, case, read(asked[case.question], case.text)) for case in cases]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", nargs="*", help="names; all of them unless given")
    options = parser.parse_args()
    names = options.scripts or sorted(file.stem for file in FOLDER.glob("*.tsv"))
    by_type: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    print(f"{'script':20} {'read by':14} {'right':>7} {'again':>7} {'wrong':>7}")
    for name in names:
        script, cases = load_script(FOLDER / f"{name}.yaml"), read_cases(FOLDER / f"{name}.tsv")
        group = "measured only" if name in MEASURED_ONLY else "looked at"
        for reader, read in _readers(script).items():
            verdicts = _verdicts(script, cases, read)
            print(f"{name:20} {reader:14} {_shares(Counter(_told(each) for each in verdicts))}")
            for case, verdict in zip(cases, verdicts, strict=True):
                by_type[script.slots[case.question].type.value, reader][_told(verdict)] += 1
                by_type[group, reader][_told(verdict)] += 1
                by_type["all", reader][_told(verdict)] += 1
    print()
    for (kind, reader), counted in sorted(by_type.items()):
        print(f"{kind:20} {reader:14} {_shares(counted)}  of {counted.total()}")
    return 0


def _told(verdict: Verdict) -> str:
    return {Verdict.RIGHT: "right", Verdict.AGAIN: "again"}.get(verdict, "wrong")


def _shares(counted: Counter[str]) -> str:
    return " ".join(f"{counted[told] / counted.total():7.1%}" for told in ("right", "again", "wrong"))


if __name__ == "__main__":
    raise SystemExit(main())
