"""What residents say, one answer at a time: words in, values out.

``dialogs_data/utterances.tsv`` holds the answers, many of them as recognisers write them down wrongly.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from dialogs.load import load_script
from dialogs.machine import SURE
from dialogs.understanding import Context, Reading, understanding_of

TODAY = date(2026, 11, 23)
SCRIPT = load_script("health_survey")
TABLE = Path(__file__).parent / "dialogs_data" / "utterances.tsv"


class Utterance(NamedTuple):
    state: str
    words: str
    expected: str


def utterances() -> list[Utterance]:
    rows = (
        line.split("\t")
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return [Utterance(*row[:3]) for row in rows]


def read(state: str, words: str, alternatives: tuple[tuple[str, float], ...] = ()) -> Reading:
    context = Context(SCRIPT.states[state], TODAY, "张三")
    return understanding_of(SCRIPT).read(words, context, alternatives)


@pytest.mark.parametrize("utterance", utterances(), ids=lambda u: f"{u.state.removeprefix('ask_')}-{u.words}")
def test_answer_is_understood(utterance: Utterance) -> None:
    reading = read(utterance.state, utterance.words)
    sure = {name: f.value for name, f in reading.findings.items() if f.confidence >= SURE}
    for part in utterance.expected.split(";"):
        if part == "ask":
            assert SCRIPT.states[utterance.state].slot not in sure
            assert not reading.intent
        elif part.startswith("intent="):
            assert reading.intent == part.removeprefix("intent=")
        else:
            name, _, value = part.partition("=")
            assert name in sure
            assert sure[name] == json.loads(value)
