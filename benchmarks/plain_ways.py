"""How plain sentences are read: every way to tell something with everything that there is to tell.

    python -m benchmarks.plain_ways [GROUP...] [--show 5]

``plain_ways.yaml`` holds groups of ways (``{time}去了趟{place}``), the words that take their places, and what
the sentences mean. A sentence is right if every slot of its meaning is taken without asking again, or, where
that is null, is not taken. Prints how many are right by group, and some that are not.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

from ruamel.yaml import YAML

from benchmarks.slot_accuracy import is_same
from dialogs.loading import load_script
from dialogs.script import Script, SlotType
from dialogs.understanding.single_answer import ReadAnswer, read_answer

TODAY = date(2026, 11, 22)
"""A Sunday."""
_NAME = "张三"
_GROUPS = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Sentence:
    """One way with words in its places."""

    question: str
    text: str
    means: Mapping[str, Any]
    """By slot; null where nothing is told of it."""


def groups(file: Path = _GROUPS) -> Mapping[str, Sequence[Sentence]]:
    """All sentences by group."""
    listing = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return {
        name: [sentence for part in parts for sentence in _sentences(part)] for name, parts in listing.items()
    }


def _sentences(part: Mapping[str, Any]) -> Iterator[Sentence]:
    words = {name: _by_meaning(listed) for name, listed in part.get("words", {}).items()}
    for way in _listed(part["ways"]):
        places = [name for _, name, _, _ in Formatter().parse(way) if name]
        for chosen in product(*(words[name].items() for name in places)):
            said = dict(zip(places, chosen, strict=True))
            text = way.format(**{name: word for name, (word, _) in said.items()})
            values = {f"${name}": value for name, (_, value) in said.items()}
            means = {slot: _meant(value, values) for slot, value in part["means"].items()}
            yield Sentence(part["question"], text, means)


def _listed(words: str | Sequence[str]) -> Sequence[str]:
    return words.split() if isinstance(words, str) else words


def _by_meaning(words: str | Sequence[str] | Mapping[str, Any]) -> Mapping[str, Any]:
    return words if isinstance(words, Mapping) else dict.fromkeys(_listed(words))


def _meant(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_meant(one, values) for one in value]
    return values[value] if isinstance(value, str) and value.startswith("$") else value


def is_right(script: Script, sentence: Sentence, answer: ReadAnswer) -> bool:
    """Whether an answer was taken for what it means."""
    return all(_is_taken(script, name, meant, answer) for name, meant in sentence.means.items())


def _is_taken(script: Script, name: str, meant: Any, answer: ReadAnswer) -> bool:
    slot = script.slots[name]
    value = answer.values.get(name) if answer.confidence.get(name, 0.0) >= slot.sure else None
    if meant is None or value is None:
        return meant is value
    if slot.type is SlotType.DATE and isinstance(meant, int):
        meant = (TODAY + timedelta(days=meant)).isoformat()
    return is_same(slot.type, meant, value)


def main() -> int:
    parser = argparse.ArgumentParser(description="Read plain sentences by the thousand.")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="default: all")
    parser.add_argument("--show", type=int, default=5, help="how many that are not right, of each group")
    options = parser.parse_args()
    script, known = load_script("health_survey"), groups()
    for name in options.groups or known:
        wrong = []
        for sentence in known[name]:
            answer = read_answer(script, sentence.question, sentence.text, TODAY, _NAME)
            if not is_right(script, sentence, answer):
                wrong.append((sentence, answer))
        print(f"{name}: {len(known[name]) - len(wrong)} of {len(known[name])} right")
        for sentence, answer in wrong[:: max(1, len(wrong) // max(1, options.show))][: options.show]:
            print(f"    {sentence.question} {sentence.text}: {dict(sentence.means)}, taken {answer.values}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
