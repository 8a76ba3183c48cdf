"""What there is to decide about an answer: the choices that networks make, and what the rules tell them.

Every slot of a script is a choice between classes (nothing said, none, some; yes, no), and so are whether
the resident does not know and what else he may want. Values are no classes: which number, day or place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.context import Reading
from dialogs.understanding.network import Choice, Floats

INTENT, UNKNOWN = "intent", "unknown"
NOTHING = ""
NONE, SOME = "none", "some"
NO, YES = "no", "yes"
SAID = "said"
SMALL_TALK = "small_talk"
"""Words that answer nothing: 今天天儿可真冷啊."""
REPEAT = "repeat"
OTHER = "other"
"""An intent that leads nowhere, such as 你是谁."""
_INTENTS = (NOTHING, *(outcome.value for outcome in (
    Outcome.OPTED_OUT, Outcome.WRONG_NUMBER, Outcome.CALL_LATER, Outcome.WANTS_PERSON,
)), REPEAT, OTHER, SMALL_TALK)  # fmt: skip


def choices_for(script: Script) -> Iterator[Choice]:
    """All that there is to decide about an answer to a script's questions, slot by slot."""
    for slot in script.slots.values():
        yield from choices_of(slot)
    yield Choice(UNKNOWN, (NOTHING, SAID))
    yield Choice(INTENT, _INTENTS)


def choices_of(slot: Slot) -> Iterator[Choice]:
    """Those about one slot."""
    match slot.type:
        case SlotType.IDENTITY | SlotType.CHOICE:
            yield Choice(slot.name, (NOTHING, *slot.values))
        case SlotType.YES_NO:
            yield Choice(slot.name, (NOTHING, NO, YES))
        case SlotType.SYMPTOMS | SlotType.MULTI_CHOICE:
            yield Choice(slot.name, (NOTHING, NONE, SOME))
            yield from (Choice(f"{slot.name}/{value}", (NOTHING, SAID)) for value in slot.values)
        case SlotType.TEXT:
            yield Choice(slot.name, (NOTHING, NONE, SOME))
        case _:
            yield Choice(slot.name, (NOTHING, SAID))


def class_of(slot: Slot, value: Any) -> str:
    """The class of a slot's choice that a value belongs to."""
    match slot.type:
        case SlotType.YES_NO:
            return YES if value else NO
        case SlotType.SYMPTOMS | SlotType.MULTI_CHOICE | SlotType.TEXT:
            return SOME if value else NONE
        case SlotType.IDENTITY | SlotType.CHOICE:
            return str(value)
        case _:
            return SAID


def intent_class(script: Script, intent: str) -> str:
    """The class of a script's intent, by where it leads."""
    if not intent:
        return NOTHING
    if script.intents[intent].is_repeat or script.intents[intent].is_slower:
        return REPEAT
    go = script.intents[intent].go
    return script.closings[go].outcome.value if go else OTHER


def hints(script: Script, choices: Sequence[Choice], reading: Reading, asked: str) -> Floats:
    """What the rules found, as the network takes it: the share of words that they do not know, and for every
    class the confidence of the finding in it."""
    told = {UNKNOWN: {}, INTENT: {intent_class(script, reading.intent): 1.0}} | dict(
        _told(script, reading.findings, asked)
    )
    found = [reading.strange]
    for name, classes in choices:
        of_choice = told.get(name)
        if of_choice is None:  # of most
            found += [0.0] * (len(classes) - 1)
        else:
            found += [of_choice.get(one, 0.0) for one in classes[1:]]
    return np.array(found, np.float32)


def _told(
    script: Script, findings: Mapping[str, Finding], asked: str
) -> Iterator[tuple[str, Mapping[str, float]]]:
    for name, finding in findings.items():
        if finding.value is None:
            if name == asked:
                yield UNKNOWN, {SAID: finding.confidence}
            continue
        yield name, {class_of(script.slots[name], finding.value): finding.confidence}
        if isinstance(finding.value, (list, tuple)):
            yield from ((f"{name}/{value}", {SAID: finding.confidence}) for value in finding.value)
