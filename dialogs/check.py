"""What a script must satisfy beyond its form: names that exist, ways that end, prompts that can be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from dialogs.script import ANSWERS, FIELDS, Outcome, Prompt, Script, SlotType, State, Variant

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PHRASE_PLACEHOLDERS = ("place", "temperature", "date", "count", "symptom", "need")
_KEYS = frozenset("0123456789*#")
_FIXED_VALUES: Mapping[SlotType, tuple[str, ...]] = {
    SlotType.YES_NO: ("yes", "no"),
    SlotType.IDENTITY: ("self", "family", "wrong_number"),
}


@dataclass(frozen=True)
class Problem:
    path: str
    """Where, as /states/ask_date/next/0/go."""
    text: str


def check(script: Script) -> list[Problem]:
    """Every problem of a script whose form is right."""
    return [
        *_start(script),
        *_slots(script),
        *_prompts(script),
        *_states(script),
        *_confirmations(script),
        *_intents(script),
        *_closings(script),
        *_grading(script),
        *_ways(script),
    ]


def _near(wrong: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f"（是不是 {near[0]}？）" if near else ""


def _start(script: Script) -> Iterator[Problem]:
    if script.start not in script.states:
        yield Problem(
            "/start", f"脚本: start 的状态 {script.start} 不存在{_near(script.start, script.states)}"
        )


def _slots(script: Script) -> Iterator[Problem]:
    for slot in script.slots.values():
        path, label = f"/slots/{slot.name}", f"内容 {slot.name}"
        if slot.part_of and slot.part_of not in script.slots:
            near = _near(slot.part_of, script.slots)
            yield Problem(f"{path}/part_of", f"{label}: part_of 的内容 {slot.part_of} 不存在{near}")
        elif slot.part_of and script.slots[slot.part_of].type is not SlotType.YES_NO:
            yield Problem(f"{path}/part_of", f"{label}: part_of 的内容 {slot.part_of} 应当是 yes_no 的")
        allowed = _FIXED_VALUES.get(slot.type, tuple(slot.values))
        for value in slot.values:
            if value not in allowed:
                known = "、".join(allowed)
                yield Problem(
                    f"{path}/values/{value}", f"{label}: {slot.type} 没有 {value} 这个值，可以是：{known}"
                )
        if slot.type in (SlotType.CHOICE, SlotType.SYMPTOMS, SlotType.MULTI_CHOICE) and not slot.values:
            yield Problem(path, f"{label}: 缺少 values（每个值的说法）")
        sayings = (*slot.values, *(word for words in slot.values.values() for word in words))
        for value in slot.vague:
            if value not in sayings:
                yield Problem(
                    f"{path}/vague", f"{label}: vague 里的 {value} 不在 values 里{_near(value, sayings)}"
                )


def _prompts(script: Script) -> Iterator[Problem]:
    for prompt in script.prompts():
        path = _prompt_path(prompt)
        if not prompt.text:
            yield Problem(path, f"{prompt.id}: 没有要说的话")
        for name in _PLACEHOLDER.findall(prompt.text):
            if name not in FIELDS:
                known = "、".join("{" + field + "}" for field in FIELDS)
                yield Problem(path, f"{prompt.id}: 不认识 {{{name}}}{_near(name, FIELDS)}，可以用：{known}")
        if _PLACEHOLDER.search(prompt.plain):
            yield Problem(path, f"{prompt.id}: text 里有 {{…}}，要另给一句不带 {{…}} 的 plain")


def _prompt_path(prompt: Prompt) -> str:
    owner, _, part = prompt.id.partition(".")
    if not part:
        return f"/{owner}"
    section = {"closing": f"/closings/{part}/prompt", "intent": f"/intents/{part}/say"}
    name = part.partition(".")[0]
    of_state = f"prompts/{name}" if name in set(Variant) else f"confirms/{name}"
    return section.get(owner, f"/states/{owner}/{of_state}")


def _states(script: Script) -> Iterator[Problem]:
    for state in script.states.values():
        path, label = f"/states/{state.name}", f"状态 {state.name}"
        for where, name in (("ask", state.slot), *((f"also/{i}", n) for i, n in enumerate(state.also))):
            if name not in script.slots:
                yield Problem(
                    f"{path}/{where}", f"{label}: 要问的内容 {name} 不存在{_near(name, script.slots)}"
                )
        yield from _transitions(script, state, path, label)
        yield from _keys(script, state, path, label)
        for index, phrase in enumerate(state.phrases):
            for name in _PLACEHOLDER.findall(phrase):
                if name not in PHRASE_PLACEHOLDERS:
                    near = _near(name, PHRASE_PLACEHOLDERS)
                    yield Problem(f"{path}/phrases/{index}", f"{label}: phrases 里不认识 {{{name}}}{near}")


def _confirmations(script: Script) -> Iterator[Problem]:
    """What is said back can be said, is about a slot that exists, and can be agreed to."""
    for state in script.states.values():
        path, label = f"/states/{state.name}", f"状态 {state.name}"
        if Variant.KEYS in state.prompts and not state.keys:
            yield Problem(
                f"{path}/prompts/keys", f"{label}: prompts 里有 keys，却没有写 keys（哪个键是什么答案）"
            )
        for variant, prompt in state.prompts.items():
            if ANSWERS in prompt.text and not state.confirms:
                yield Problem(f"{path}/prompts/{variant}", f"{label}: 有 confirms 的状态才能用 {ANSWERS}")
        if not state.confirms:
            continue
        if ANSWERS not in state.prompts[Variant.FIRST].text:
            yield Problem(f"{path}/prompts/first", f"{label}: 要核对答案，first 里应当有 {ANSWERS}")
        slot = script.slots.get(state.slot)
        if slot is not None and slot.type is not SlotType.YES_NO:
            yield Problem(f"{path}/ask", f"{label}: 核对的回答 {slot.name} 应当是 yes_no 的")
        yield from _wordings(script, state, path, label)


def _wordings(script: Script, state: State, path: str, label: str) -> Iterator[Problem]:
    asked = {other.slot for other in script.states.values()}
    for name, wording in state.confirms.items():
        slot = script.slots.get(name)
        if slot is None or name not in asked:
            near = _near(name, script.slots)
            yield Problem(f"{path}/confirms/{name}", f"{label}: confirms 里的 {name} 没有哪个状态问过{near}")
            continue
        allowed = _FIXED_VALUES.get(slot.type, tuple(slot.values))
        for value in wording.texts if slot.type in _LISTED else ():
            if value not in allowed:
                near = _near(value, allowed)
                yield Problem(f"{path}/confirms/{name}/{value}", f"{label}: {name} 没有 {value} 这个值{near}")


_LISTED = (SlotType.IDENTITY, SlotType.YES_NO, SlotType.CHOICE, SlotType.SYMPTOMS)


def _transitions(script: Script, state: State, path: str, label: str) -> Iterator[Problem]:
    for index, step in enumerate(state.next):
        if step.go not in script.states and step.go not in script.closings:
            near = _near(step.go, (*script.states, *script.closings))
            yield Problem(f"{path}/next/{index}/go", f"{label}: 下一步 {step.go} 不存在{near}")
        for name in step.when.slots if step.when else ():
            if name not in script.slots:
                near = _near(name, script.slots)
                yield Problem(f"{path}/next/{index}/when", f"{label}: 条件里的 {name} 不存在{near}")
    if state.next and state.next[-1].when is not None:
        yield Problem(f"{path}/next", f"{label}: next 的最后一条不能有 when，不然可能没有下一步")


def _keys(script: Script, state: State, path: str, label: str) -> Iterator[Problem]:
    global_keys = {key for intent in script.intents.values() for key in intent.keys}
    slot = script.slots.get(state.slot)
    for key, value in state.keys.items():
        if key not in _KEYS:
            yield Problem(f"{path}/keys/{key}", f"{label}: 按键 {key} 不是 0-9 * # 中的一个")
        if key in global_keys:
            yield Problem(f"{path}/keys/{key}", f"{label}: 按键 {key} 在 intents 里已经有用处")
        if slot is not None and not _is_key_value(slot.type, slot.values, value):
            yield Problem(f"{path}/keys/{key}", f"{label}: 按键 {key} 的值 {value} 不是 {slot.name} 能记的值")


def _is_key_value(kind: SlotType, values: Mapping[str, object], value: str) -> bool:
    match kind:
        case SlotType.YES_NO | SlotType.IDENTITY:
            return value in _FIXED_VALUES[kind]
        case SlotType.CHOICE:
            return value in values
        case SlotType.SYMPTOMS:
            return value == "none" or value in values
        case SlotType.COUNT:
            return value.isdecimal()
        case SlotType.TEXT:
            return True
        case _:
            return False


def _intents(script: Script) -> Iterator[Problem]:
    for intent in script.intents.values():
        if intent.go and intent.go not in script.closings:
            near = _near(intent.go, script.closings)
            yield Problem(
                f"/intents/{intent.name}/go", f"随时听懂的话 {intent.name}: 结束语 {intent.go} 不存在{near}"
            )


def _closings(script: Script) -> Iterator[Problem]:
    outcomes = {closing.outcome for closing in script.closings.values()}
    for outcome in (Outcome.COMPLETED, Outcome.GAVE_UP):
        if outcome not in outcomes:
            yield Problem("/closings", f"脚本: closings 里缺少 outcome: {outcome} 的结束语")


def _grading(script: Script) -> Iterator[Problem]:
    for index, rule in enumerate(script.grading):
        for place, condition in enumerate(rule.any):
            for name in condition.slots:
                if name not in script.slots:
                    near = _near(name, script.slots)
                    yield Problem(f"/grading/{index}/any/{place}", f"排查分级: 条件里的 {name} 不存在{near}")
    if not script.grading or script.grading[-1].any:
        yield Problem("/grading", "排查分级: 最后一条不能有 any，不然可能分不出级")


def _ways(script: Script) -> Iterator[Problem]:
    """Every state can be reached, and no way leads back: a call always ends."""
    graph = {
        state.name: [step.go for step in state.next if step.go in script.states]
        for state in script.states.values()
    }
    if script.start not in graph:
        return
    reached: dict[str, bool] = {}  # name -> whether all that follows has been walked
    circles: list[str] = []

    def walk(name: str) -> None:
        reached[name] = False
        for target in graph[name]:
            if target not in reached:
                walk(target)
            elif not reached[target]:
                circles.append(name)
        reached[name] = True

    walk(script.start)
    for name in circles:
        yield Problem(f"/states/{name}/next", f"状态 {name}: 下一步绕回了前面，通话会没完没了")
    for name in graph:
        if name not in reached:
            yield Problem(f"/states/{name}", f"状态 {name}: 从 {script.start} 出发走不到这里")
