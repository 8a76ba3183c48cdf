"""What a human speaker has to read for a script: every sentence once, with a file name and its reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from campaign.patterns import compiled
from dialogs.script import ANSWERS, TIME, Prompt, Script, Variant
from dialogs.speech.prompts import NAME
from dialogs.speech.spoken_form import spoken_form

_VARIANTS: Mapping[str, str] = {
    Variant.FIRST: "第一遍问",
    Variant.NO_INPUT: "没有声音时再问",
    Variant.NO_MATCH: "没听懂时再问",
    Variant.KEYS: "请按键",
    Variant.SHORT: "答完插话接着问",
    Variant.MORE: "说过一些再问",
    Variant.DENIED: "说不对以后",
}
_MARKS = compiled("[，。！？；、：…]")
_OWNERS = {"opening": "开场白", "closing": "结束语", "intent": "插话", "time": "约定的时间"}
_SYLLABLES_A_SECOND = 4.5
"""Of a person who reads clearly to somebody on the telephone."""


@dataclass(frozen=True)
class RecordingText:
    """One recording to be made."""

    name: str
    """Of the file, without ``.wav``."""
    text: str
    """As in the script, fields filled in; by it a call finds the recording."""
    spoken: str
    """The same in words: how it is read aloud."""
    used: str
    """Where in the call it is said."""
    is_needed: bool = True
    """False: without it, a more general sentence is said."""
    before: str = ""
    """What is said directly before it in the same breath, where the sentence is joined from pieces."""
    after: str = ""

    @property
    def expected_seconds(self) -> float:
        """How long it takes to read, roughly."""
        return 0.25 + syllables(self.spoken) / _SYLLABLES_A_SECOND + 0.2 * len(_MARKS.findall(self.spoken))


def syllables(spoken: str) -> int:
    return len(re.findall("[\\u4e00-\\u9fff]", spoken))


def recording_texts(script: Script, community: str = "") -> tuple[RecordingText, ...]:
    """Every sentence of the script that a speaker can record, each text once, in the order of a call; those
    for which a more general one would do come last.

    A sentence with the resident's name can't be recorded for everybody: its plain variant is listed.
    """
    around = _surroundings(script)
    numbers = _numbers(script)
    found: dict[str, RecordingText] = {}
    for prompt in script.prompts():
        before, after = around.get(prompt.id, ("", ""))
        for name, text, is_needed in _texts(prompt, community, prompt.id in numbers):
            known = found.get(text)
            if known is None or (is_needed and not known.is_needed):
                used = _where(script, prompt)
                found[text] = RecordingText(name, text, spoken_form(text), used, is_needed, before, after)
    return tuple(_with_distinct_names(sorted(found.values(), key=lambda text: not text.is_needed)))


def _texts(prompt: Prompt, community: str, is_number: bool) -> Iterator[tuple[str, str, bool]]:
    """File name, text, and whether it must be recorded."""
    filled = "" if NAME in prompt.text else prompt.fill({"community": community})
    if is_number:
        yield prompt.id, prompt.text, False
    elif filled and filled != prompt.plain:
        yield prompt.id, filled, True
        yield f"{prompt.id}.plain", prompt.plain, False
    elif prompt.plain:
        yield prompt.id, prompt.plain, True


def _numbers(script: Script) -> frozenset[str]:
    """Prompts that say one number each, where a general one is said for those that have no recording."""
    wordings = (wording for state in script.states.values() for wording in state.confirms.values())
    return frozenset(prompt.id for wording in wordings if wording.other for prompt in wording.texts.values())


_UNSAFE = compiled(r'[\\/:*?"<>|\s]+')


def _with_distinct_names(texts: Iterable[RecordingText]) -> Iterator[RecordingText]:
    """Names that any file system takes, no two alike, upper and lower case being the same."""
    taken: set[str] = set()
    for text in texts:
        stem = name = _UNSAFE.sub("_", text.name)
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.lower())
        yield replace(text, name=name)


def _where(script: Script, prompt: Prompt) -> str:
    """opening -> 开场白; ask_day.no_input -> 改到哪天：没有声音时再问"""
    owner, _, part = prompt.id.partition(".")
    if owner not in script.states:
        return f"{_OWNERS.get(owner, owner)} {part}".strip()
    kind = part.partition(".")[0]
    label = _label(script, script.states[owner].slot)
    return f"{label}：{_VARIANTS[kind]}" if kind in _VARIANTS else f"{label}：念回“{_label(script, kind)}”"


def _label(script: Script, slot: str) -> str:
    return script.slots[slot].label if slot in script.slots else slot


def _surroundings(script: Script) -> Mapping[str, tuple[str, str]]:
    """By prompt: what is said directly before and after it, where a sentence is joined from recordings."""
    found: dict[str, tuple[str, str]] = {}
    times = [prompt for prompt in script.prompts() if prompt.id.startswith("time.")]
    for state in script.states.values():
        said_back = [prompt for wording in state.confirms.values() for prompt in wording.prompts()]
        for whole in reversed(tuple(state.prompts.values())):
            found.update(_around(whole, ANSWERS, said_back))
    for closing in script.closings.values():
        if closing.appointment is not None:
            found.update(_around(closing.appointment, TIME, times))
    return found


def _around(whole: Prompt, gap: str, said: Sequence[Prompt]) -> Mapping[str, tuple[str, str]]:
    if gap not in whole.text or not said:
        return {}
    before, _, after = (part.strip() for part in whole.text.partition(gap))
    example = said[0].plain
    edges = {part.id: ("", example) if part.text == before else (example, "") for part in whole.parts()}
    return edges | {prompt.id: (before, after) for prompt in said}
