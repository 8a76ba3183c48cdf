"""What is understood at any time: it leads somewhere, and no two listen for the same."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.checks.problem import Problem, suggested
from dialogs.checks.states import KEYS
from dialogs.script import Script, SlotType


def intents(script: Script) -> Iterator[Problem]:
    for intent in script.intents.values():
        path, label = f"/intents/{intent.name}", f"随时听懂的话 {intent.name}"
        if intent.go and intent.go not in script.closings:
            near = suggested(intent.go, script.closings)
            yield Problem(f"{path}/go", f"{label}: 结束语 {intent.go} 不存在{near}")
        kept = script.slots.get(intent.keep)
        if intent.keep and (kept is None or kept.type is not SlotType.TEXT):
            near = suggested(intent.keep, (s.name for s in script.slots.values() if s.type is SlotType.TEXT))
            yield Problem(f"{path}/keep", f"{label}: 没有 type: text 的内容 {intent.keep}{near}")
        if not (intent.words or intent.keys or intent.keep):
            yield Problem(path, f"{label}: 没有 words 也没有 keys，永远听不到；请写上", is_warning=True)
        for index, key in enumerate(intent.keys):
            if key not in KEYS:
                yield Problem(f"{path}/keys/{index}", f"{label}: 按键 {key} 不是 0-9 * # 中的一个")
    yield from _shared(script)


def _shared(script: Script) -> Iterator[Problem]:
    """The first of two intents takes it, so the second waits in vain."""
    taken: dict[tuple[str, str], str] = {}
    for intent in script.intents.values():
        heard = [("words", word) for word in intent.words] + [("keys", key) for key in intent.keys]
        offset = len(intent.words)
        for number, (kind, what) in enumerate(heard):
            owner = taken.setdefault((kind, what), intent.name)
            index = number - offset if kind == "keys" else number
            if owner == intent.name:
                continue
            name = f"按键 {what} " if kind == "keys" else f"“{what}”"
            yield Problem(
                f"/intents/{intent.name}/{kind}/{index}",
                f"随时听懂的话 {intent.name}: {name}在 {owner} 里已经有了，只按 {owner} 办；请删掉一处",
                is_warning=kind == "words",
            )
