"""Conditions of transitions and of the grading table: whether they can hold, and which make others idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dialogs.checks.problem import Problem, listed, suggested
from dialogs.checks.values import (
    CAN_BE_EMPTY,
    LISTS,
    NONE,
    NOT_COMPARABLE,
    NUMBERS,
    known_values,
    range_fault,
)
from dialogs.script import Condition, Script, Slot


def conditions(script: Script) -> Iterator[Problem]:
    """Every condition of the script is about slots that exist and values that they can have."""
    asked = {name for state in script.states.values() for name in (state.slot, *state.also)}
    asked |= script.remark_slots
    misspelt = asked - script.slots.keys()  # told elsewhere
    asked |= {slot.part_of for slot in script.slots.values() if slot.name in asked}
    for path, label, condition in _all(script):
        for name in condition.slots:
            if name not in script.slots:
                near = suggested(name, script.slots)
                yield Problem(path, f"{label}: 条件里的 {name} 不存在{near}")
        if condition.slot in script.slots:
            yield from _faults(script.slots[condition.slot], condition, path, label)
        for name in condition.slots:
            slot = script.slots.get(name)
            if slot is not None and name not in asked and not slot.unprompted and not misspelt:
                told = "总是成立" if condition.missing else "永远不成立"
                yield Problem(
                    path,
                    f"{label}: {name} 没有哪个状态问，条件{told}；请加一个问它的状态，或改条件",
                    is_warning=True,
                )


def _all(script: Script) -> Iterator[tuple[str, str, Condition]]:
    for state in script.states.values():
        for index, step in enumerate(state.next):
            if step.when is not None:
                yield f"/states/{state.name}/next/{index}/when", f"状态 {state.name}", step.when
    for index, rule in enumerate(script.grading):
        for place, condition in enumerate(rule.any):
            yield f"/grading/{index}/any/{place}", f"排查分级第 {index + 1} 条", condition


def _faults(slot: Slot, condition: Condition, path: str, label: str) -> Iterator[Problem]:
    parts: tuple[tuple[str, Callable[[Slot, Condition], str]], ...] = (
        ("is", _equals),
        ("includes", _includes),
        ("is_empty", _emptiness),
        ("at_least", _at_least),
        ("at_most", _at_most),
    )
    for key, examine in parts:
        if fault := examine(slot, condition):
            remedy = "" if "请" in fault or "（" in fault else "；请改正"
            yield Problem(f"{path}/{key}", f"{label}: 条件永远不成立：{fault}{remedy}")
    if _always_holds(slot, condition):
        yield Problem(
            path, f"{label}: {slot.name} 不会超出这个范围，这个条件总是成立，请改条件里的数", is_warning=True
        )


def _equals(slot: Slot, condition: Condition) -> str:
    value = condition.equals
    if value is None:
        return ""
    if slot.type in LISTS:
        return f"{slot.name} 可以有几个值，不能用 is，请用 includes 或 is_empty"
    if slot.type in NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return range_fault(slot, float(value)) if is_number else f"{slot.name} 是数字，is 后面也要写数字"
    if slot.type == "yes_no":
        value = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    values = known_values(slot)
    if values is None or value in values:
        return ""
    return f"{slot.name} 没有 {value} 这个值{suggested(str(value), values)}"


def _includes(slot: Slot, condition: Condition) -> str:
    item = condition.includes
    if item is None:
        return ""
    if slot.type not in LISTS:
        return f"{slot.name} 只有一个值，不能用 includes，请用 is"
    if item == NONE:
        return f"{slot.name} 没有 none 这个值，请用 is_empty: true"
    return "" if item in slot.values else f"{slot.name} 没有 {item} 这个值{suggested(item, slot.values)}"


def _emptiness(slot: Slot, condition: Condition) -> str:
    if condition.is_empty is not True or slot.type in CAN_BE_EMPTY:
        return ""
    return f"{slot.name} 是 {slot.type}，不会是空的；没有问到请用 missing"


def _at_least(slot: Slot, condition: Condition) -> str:
    least = condition.at_least
    if least is None:
        return ""
    if slot.type in NOT_COMPARABLE:
        return _not_comparable(slot)
    if condition.at_most is not None and least > condition.at_most:
        return f"at_least {least:g} 比 at_most {condition.at_most:g} 还大"
    return range_fault(slot, least) if slot.maximum is not None and least > slot.maximum else ""


def _at_most(slot: Slot, condition: Condition) -> str:
    most = condition.at_most
    if most is None:
        return ""
    if slot.type in NOT_COMPARABLE:
        return _not_comparable(slot)
    return range_fault(slot, most) if slot.minimum is not None and most < slot.minimum else ""


def _not_comparable(slot: Slot) -> str:
    known = known_values(slot)
    use = f"请用 is 或 includes（{listed(known)}）" if known else "请用 is 或 missing"
    return f"{slot.name} 是 {slot.type}，不能比大小，{use}"


def _always_holds(slot: Slot, condition: Condition) -> bool:
    """The bounds of the condition are those of the slot, or wider."""
    least, most = condition.at_least, condition.at_most
    if (least is None and most is None) or condition.equals is not None or slot.type not in NUMBERS:
        return False
    from_below = least is None or (slot.minimum is not None and least <= slot.minimum)
    to_above = most is None or (slot.maximum is not None and most >= slot.maximum)
    return from_below and to_above


def implies(narrow: Condition, wide: Condition) -> bool:
    """Whether ``wide`` holds whenever ``narrow`` does."""
    if wide.missing or narrow.missing:
        return bool(narrow.missing) and set(narrow.missing) <= set(wide.missing)
    return narrow.slot == wide.slot and all(
        (
            wide.equals is None or _same(narrow.equals, wide.equals),
            wide.at_least is None or _is_above(narrow, wide.at_least),
            wide.at_most is None or _is_below(narrow, wide.at_most),
            wide.includes is None or narrow.includes == wide.includes,
            wide.is_empty is None
            or narrow.is_empty == wide.is_empty
            or (wide.is_empty is False and narrow.includes is not None),
        )
    )


def _same(left: object, right: object) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _is_above(condition: Condition, bound: float) -> bool:
    value = condition.equals if _is_number(condition.equals) else condition.at_least
    return isinstance(value, int | float) and value >= bound


def _is_below(condition: Condition, bound: float) -> bool:
    value = condition.equals if _is_number(condition.equals) else condition.at_most
    return isinstance(value, int | float) and value <= bound


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
