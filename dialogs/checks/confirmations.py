"""What is said back can be said, is about a slot that exists, and can be agreed to."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.checks.problem import Problem, suggested
from dialogs.checks.values import NUMBERS, known_values, range_fault
from dialogs.script import ANSWERS, Script, Slot, State, Variant, Wording


def confirmations(script: Script) -> Iterator[Problem]:
    for state in script.states.values():
        if state.confirms:
            yield from _confirming(script, state)
            yield from _wordings(script, state)
        else:
            yield from _answers_out_of_place(state)


def _answers_out_of_place(state: State) -> Iterator[Problem]:
    for variant, prompt in state.prompts.items():
        if ANSWERS in prompt.text:
            yield Problem(
                f"/states/{state.name}/prompts/{variant}",
                f"状态 {state.name}: 有 confirms 的状态才能用 {ANSWERS}，请写上 confirms 或删掉 {ANSWERS}",
            )


def _confirming(script: Script, state: State) -> Iterator[Problem]:
    path, label = f"/states/{state.name}", f"状态 {state.name}"
    first = state.prompts.get(Variant.FIRST)
    if first is not None and ANSWERS not in first.text:
        yield Problem(f"{path}/prompts/first", f"{label}: 要核对答案，first 里应当有 {ANSWERS}")
    slot = script.slots.get(state.slot)
    if slot is not None and slot.type != "yes_no":
        yield Problem(f"{path}/ask", f"{label}: 核对的回答 {slot.name} 应当是 yes_no 的")


def _wordings(script: Script, state: State) -> Iterator[Problem]:
    asked = {other.slot for other in script.states.values()}
    for name, wording in state.confirms.items():
        path, slot = f"/states/{state.name}/confirms/{name}", script.slots.get(name)
        if slot is None or name not in asked:
            near = suggested(name, sorted(asked & script.slots.keys()))
            yield Problem(path, f"状态 {state.name}: confirms 里的 {name} 没有哪个状态问过{near}")
        elif slot.type in NUMBERS:
            yield from _numbers(state, slot, wording, path)
        else:
            yield from _values(state, slot, wording, path)


def _values(state: State, slot: Slot, wording: Wording, path: str) -> Iterator[Problem]:
    known = known_values(slot)
    for value in wording.texts if known is not None else ():
        if value not in (known or ()):
            near = suggested(value, known or ())
            yield Problem(f"{path}/{value}", f"状态 {state.name}: {slot.name} 没有 {value} 这个值{near}")


def _numbers(state: State, slot: Slot, wording: Wording, path: str) -> Iterator[Problem]:
    for value in wording.texts:
        if not _is_number(value):
            yield Problem(f"{path}/{value}", f"状态 {state.name}: {slot.name} 是数字，{value} 不是，请改正")
    numbers = [float(value) for value in wording.texts if _is_number(value)]
    if not wording.texts:
        yield Problem(f"{path}/from", f"状态 {state.name}: confirms 里 {slot.name} 的 from 比 to 大，请改正")
        return
    for key, number in (("from", min(numbers)), ("to", max(numbers))) if numbers else ():
        if fault := range_fault(slot, number):
            yield Problem(
                f"{path}/{key}",
                f"状态 {state.name}: confirms 里 {slot.name} 的 {key} 用不上，{fault}，请改正",
                is_warning=True,
            )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
