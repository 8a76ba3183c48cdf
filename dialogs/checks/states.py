"""The questions of a script: what they ask for exists, and what their telephone keys stand for too."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.checks.problem import Problem, suggested
from dialogs.checks.values import LISTS, NONE, known_values, value_fault
from dialogs.script import Script, Slot, State, Variant

KEYS = frozenset("0123456789*#")


def states(script: Script) -> Iterator[Problem]:
    for state in script.states.values():
        yield from _asked(script, state)
        yield from _keys(script, state)
        yield from _wordings(state)


def _asked(script: Script, state: State) -> Iterator[Problem]:
    for where, name in (("ask", state.slot), *((f"also/{i}", n) for i, n in enumerate(state.also))):
        if name not in script.slots:
            yield Problem(
                f"/states/{state.name}/{where}",
                f"状态 {state.name}: 要问的内容 {name} 不存在{suggested(name, script.slots)}",
            )


def _keys(script: Script, state: State) -> Iterator[Problem]:
    path, label = f"/states/{state.name}/keys", f"状态 {state.name}"
    taken = {key: intent.name for intent in script.intents.values() for key in intent.keys}
    slot = script.slots.get(state.slot)
    for key, value in state.keys.items():
        if key not in KEYS:
            yield Problem(f"{path}/{key}", f"{label}: 按键 {key} 不是 0-9 * # 中的一个")
        if key in taken:
            yield Problem(
                f"{path}/{key}", f"{label}: 按键 {key} 在 intents 的 {taken[key]} 里已经有用处，请换一个键"
            )
        if slot is not None and (fault := _key_fault(slot, value)):
            yield Problem(
                f"{path}/{key}", f"{label}: 按键 {key} 的值 {value} 不是 {slot.name} 能记的值{fault}"
            )
    if Variant.KEYS in state.prompts and not state.keys:
        yield Problem(
            f"/states/{state.name}/prompts/keys",
            f"{label}: prompts 里有 keys，却没有写 keys（哪个键是什么答案）",
        )


_WITHOUT_KEYS = ("temperature", "place", "date", "phone")


def _key_fault(slot: Slot, value: str) -> str:
    if slot.type in _WITHOUT_KEYS:
        return f"（{slot.type} 不能按键回答，请删掉）"
    if not (fault := value_fault(slot, value)):
        return ""
    known = known_values(slot)
    if known is None:
        return f"（{fault}）"
    return suggested(value, (*known, NONE) if slot.type in LISTS else known)


def _wordings(state: State) -> Iterator[Problem]:
    told = {Variant.NO_INPUT: "没有声音时", Variant.NO_MATCH: "没听懂时"}
    for variant, when in told.items():
        if state.prompts and variant not in state.prompts:
            yield Problem(
                f"/states/{state.name}/prompts",
                f"状态 {state.name}: prompts 里没有 {variant}，{when}只会把 first 原样再说一遍；"
                "请换个说法写上",
                is_warning=True,
            )
