"""Words of a script that the installed speech model has never heard of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dialogs.checks.problem import Problem, listed
from dialogs.checks.texts import PLACEHOLDER
from dialogs.script import Script

_GAP = "…"


def unknown_words(script: Script, knows: Callable[[str], bool]) -> Iterator[Problem]:
    """One warning a list, at its first unknown word."""
    for path, label, words in _lists(script):
        unknown = {index: word for index, word in enumerate(words) if not all(map(knows, _pieces(word)))}
        if unknown:
            named = listed(f"“{word}”" for word in unknown.values())
            yield Problem(
                f"{path}/{min(unknown)}",
                f"{label}: 语音模型不认识 {named}，居民说了也听不出来；请换成更常用的说法",
                is_warning=True,
            )


def _lists(script: Script) -> Iterator[tuple[str, str, Sequence[str]]]:
    for slot in script.slots.values():
        path, label = f"/slots/{slot.name}", f"内容 {slot.name}"
        for part, table in (("values", slot.values), ("unprompted", slot.unprompted)):
            for value, words in table.items():
                yield f"{path}/{part}/{value}", f"{label} 的 {value}", words
        plain = {"none": slot.none_words, "words": slot.words, "unknown": slot.unknown}
        for part, words in {**plain, "cue": slot.cue, "of_others": slot.of_others}.items():
            yield f"{path}/{part}", f"{label} 的 {part}", words
    for state in script.states.values():
        yield f"/states/{state.name}/phrases", f"状态 {state.name} 的 phrases", state.phrases
    for intent in script.intents.values():
        yield f"/intents/{intent.name}/words", f"随时听懂的话 {intent.name}", intent.words


def _pieces(word: str) -> list[str]:
    """What is said around gaps and placeholders."""
    return [piece for piece in PLACEHOLDER.sub(_GAP, word).split(_GAP) if piece]
