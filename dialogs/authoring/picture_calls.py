"""What became of the calls of a campaign, on the ways of its script: for the picture.

A call's way is read from what was said in it and what was asked: prompts tell the questions, turns too where
prompts are not on record. Between two questions lie those that were passed over, because their answers were
known; the call took the ways through them as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from campaign.records import CallAttempt, CallEvent, Campaign, Disposition, HungUpBy, SlotValue, Turn
from campaign.store import Store
from dialogs.script import Outcome, Script

Pair = tuple[str, str]


@dataclass(frozen=True)
class Calls:
    """How many calls did what; empty where there were none."""

    counts: Mapping[Pair, int] = field(default_factory=dict)
    """How many went from a state to a state or closing."""
    hangups: Mapping[str, int] = field(default_factory=dict)
    """In how many the resident hung up at a state."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """How many came to a state; the rest of it is derived from this."""
    left: Mapping[str, int] = field(default_factory=dict)
    """How many ended at a state by something that was said, or by silence: 别再打了."""
    broken: Mapping[str, int] = field(default_factory=dict)
    """How many broke off at a state for another reason: the line, the time."""
    ended: Mapping[str, int] = field(default_factory=dict)
    """How many ended with a closing."""
    told: str = ""
    """The campaign and its calls in a sentence, in Chinese."""

    @property
    def are_any(self) -> bool:
        return bool(self.counts or self.hangups or self.asked)


@dataclass(frozen=True)
class CallWay:
    """One call in which a question was asked."""

    states: tuple[str, ...]
    """The questions, in the order in which they were asked."""
    closing: str = ""
    """With which it ended; empty where it broke off."""
    hung_up_by: HungUpBy | None = None
    """None while it goes on."""
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    """What was known in the end."""


def calls_of(store: Store, campaign: Campaign, script: Script) -> Calls:
    """The calls of a campaign so far. Raises StoreError."""
    ways = []
    for attempt in store.attempts(campaign.id):
        if attempt.answered_at is not None:
            way = way_of(script, attempt, store.events(attempt.id), store.turns(attempt.id))
            slots = {slot.name: slot for slot in store.slots(attempt.id)}
            ways += [CallWay(way.states, way.closing, way.hung_up_by, slots)] if way else []
    return counted(script, ways, f"任务 {campaign.id}“{campaign.name}”")


def way_of(
    script: Script, attempt: CallAttempt, events: Iterable[CallEvent], turns: Iterable[Turn]
) -> CallWay | None:
    """The questions of one call and how it ended; None where no question was put to a person."""
    if attempt.disposition is Disposition.CALL_ASSISTANT:
        return None
    said = [str(event.data.get("id", "")).split(".") for event in events if event.kind == "prompt"]
    states = [parts[0] for parts in said if parts[0] in script.states]
    closings = [
        parts[1] for parts in said if parts[0] == "closing" and parts[1:2] and parts[1] in script.closings
    ]
    if not states:
        states = [turn.state for turn in turns if turn.state in script.states]
    if not states and said == [["opening"]]:
        states = [script.start]
    if not states:
        return None
    by = attempt.cause.hung_up_by if attempt.ended_at is not None else None
    return CallWay(tuple(_without_repeats(states)), closings[-1] if closings else "", by)


def _without_repeats(states: Sequence[str]) -> Iterator[str]:
    """A question that is asked again is still the same."""
    for before, state in pairwise((None, *states)):
        if state is not None and state != before:
            yield state


def counted(script: Script, ways: Sequence[CallWay], name: str = "") -> Calls:
    """What the calls come to; each counts once on a way and at a question."""
    pairs: Counter[Pair] = Counter()
    asked: Counter[str] = Counter()
    ends: dict[str, Counter[str]] = {kind: Counter() for kind in ("hangups", "left", "broken", "ended")}
    for way in ways:
        asked.update(set(way.states))
        steps = set(_steps(script, way))
        pairs.update(steps)
        if way.closing:
            ends["ended"][way.closing] += 1
            if all(target != way.closing for _, target in steps):
                ends["left"][way.states[-1]] += 1
        elif way.hung_up_by is not None:
            kind = "hangups" if way.hung_up_by is HungUpBy.RESIDENT else "broken"
            ends[kind][way.states[-1]] += 1
    return Calls(pairs, asked=asked, told=_told(script, ways, ends, name), **ends)


def _steps(script: Script, way: CallWay) -> Iterator[Pair]:
    """The transitions that a call took."""
    places = [script.start, *way.states, *([way.closing] if way.closing else [])]
    for before, after in pairwise(places):
        if before != after:
            yield from pairwise(_between(script, before, after, way.slots))


def _between(script: Script, before: str, after: str, slots: Mapping[str, SlotValue]) -> Sequence[str]:
    """From a question to the next one, past those that were known; empty where no way leads there: after a
    denial the call goes back, and 别再打了 ends it anywhere."""
    route = [before]
    while route[-1] in script.states and route[-1] != after and len(route) <= len(script.states):
        route.append(script.states[route[-1]].target(slots))
    return route if route[-1] == after else _shortest(script, before, after)


def _shortest(script: Script, before: str, after: str) -> Sequence[str]:
    """What is known in the end need not be what was known then."""
    routes = [[before]]
    seen = {before}
    for route in routes:
        if route[-1] == after:
            return route
        for step in script.states[route[-1]].next if route[-1] in script.states else ():
            if step.go not in seen:
                seen.add(step.go)
                routes.append([*route, step.go])
    return ()


def _told(script: Script, ways: Sequence[CallWay], ends: Mapping[str, Counter[str]], name: str) -> str:
    completed = sum(
        count
        for closing, count in ends["ended"].items()
        if script.closings[closing].outcome is Outcome.COMPLETED
    )
    parts = (
        ("问完", completed),
        ("居民挂断", ends["hangups"].total()),
        ("没问完就结束", ends["left"].total()),
        ("中断", ends["broken"].total()),
    )
    listed = "，".join(f"{what} {count}" for what, count in parts if count)
    share = f"（{completed / len(ways):.0%}）" if ways and completed else ""
    told = f"{name}：通话 {len(ways)} 次" + (f"，{listed}" if listed else "")
    return told.replace(f"问完 {completed}", f"问完 {completed}{share}", 1)
