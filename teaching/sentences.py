"""Sentences of the kind that residents say, for teaching the embedded engine. From a seed.

A small grammar in ``sentences.yaml``, which knows the field (numbers, places, days, health, households) and
not the wording of any script. General sentences from other texts are mixed in by the caller, so that the
engine doesn't forget the rest of the language.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_MOST_TIMES = 5
_RULE = re.compile(r"\{(\w+)\}")
_FREQUENT = re.compile(r"(\d+) x (.*)")


@dataclass(frozen=True)
class Grammar:
    topics: Mapping[str, float]
    """How often each topic is spoken of, relative to each other."""
    rules: Mapping[str, Sequence[str]]


@cache
def grammar() -> Grammar:
    listing = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    rules = {
        name: [way for said in ways for way in _repeated(str(said))]
        for name, ways in listing["rules"].items()
    }
    return Grammar(listing["topics"], rules)


def _repeated(way: str) -> list[str]:
    frequent = _FREQUENT.fullmatch(way)
    return [frequent[2]] * int(frequent[1]) if frequent else [way]


def sentence(topic: str, chance: random.Random) -> str:
    """One sentence on a topic, with commas where a speaker might pause."""
    body = _expanded("{" + topic + "}", chance)
    head = chance.choice(grammar().rules["filler_head"])
    tail = chance.choice(grammar().rules["filler_tail"]) if len(body) > 1 else ""
    return head + body + tail


def _expanded(text: str, chance: random.Random) -> str:
    rules = grammar().rules
    while match := _RULE.search(text):
        text = text[: match.start()] + chance.choice(rules[match[1]]) + text[match.end() :]
    return text


def sentences(seed: int) -> Iterator[str]:
    """An endless row of sentences, the same for the same seed; none comes more than ``_MOST_TIMES`` times."""
    chance = random.Random(seed)
    times: Counter[str] = Counter()
    topics, weights = list(grammar().topics), list(grammar().topics.values())
    while True:
        said = sentence(chance.choices(topics, weights)[0], chance)
        if times[said] < _MOST_TIMES:
            times[said] += 1
            yield said
