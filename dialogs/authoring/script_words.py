"""Parts of a call script in Chinese words, for those who read a report or a picture of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.script import Condition, Intent, Outcome, Script, SlotType, State

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.COMPLETED: "问完了",
    Outcome.WRONG_NUMBER: "打错了",
    Outcome.OPTED_OUT: "不再拨打",
    Outcome.CALL_LATER: "换个时间再打",
    Outcome.WANTS_PERSON: "转给工作人员",
    Outcome.GAVE_UP: "没有听到声音",
    Outcome.DECEASED: "本人已去世",
    Outcome.EMERGENCY: "情况紧急",
}
VALUE_WORDS: Mapping[SlotType, Mapping[str, str]] = {
    SlotType.YES_NO: {"yes": "是", "no": "否"},
    SlotType.IDENTITY: {"self": "本人", "family": "家人", "wrong_number": "打错了"},
}
ALWAYS = "总是"
OTHERWISE = "其他情况"


def transition_words(script: Script, state: State, index: int) -> str:
    """When a transition is taken."""
    condition = state.next[index].when
    if condition is None:
        return OTHERWISE if index else ALWAYS
    return condition_words(script, condition)


def condition_words(script: Script, condition: Condition) -> str:
    """十四天内去过外地：是."""
    if condition.missing:
        return f"{'、'.join(_label(script, name) for name in condition.missing)}没有问到"
    return "，".join(_tests(script, condition)) or f"知道{_label(script, condition.slot)}"


def _tests(script: Script, condition: Condition) -> Iterator[str]:
    label = _label(script, condition.slot)
    if condition.equals is not None:
        yield f"{label}：{_value_words(script, condition.slot, condition.equals)}"
    if condition.at_least is not None:
        yield f"{label} ≥ {condition.at_least:g}"
    if condition.at_most is not None:
        yield f"{label} ≤ {condition.at_most:g}"
    if condition.includes is not None:
        yield f"{label}里有{condition.includes}"
    if condition.is_empty is not None:
        yield f"{'没有' if condition.is_empty else '有'}{label}"


def _label(script: Script, slot: str) -> str:
    return script.slots[slot].label if slot in script.slots else slot


def _value_words(script: Script, slot: str, value: str | bool | int | float) -> str:
    written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    kind = script.slots[slot].type if slot in script.slots else SlotType.TEXT
    return VALUE_WORDS.get(kind, {}).get(written, written)


def intent_words(intent: Intent, most: int = 2) -> str:
    """A few of the words by which it is known, and its keys: “再说一遍”、“什么”，按 *."""
    said = "、".join(f"“{words}”" for words in intent.words[:most])
    keys = f"按 {' '.join(intent.keys)}" if intent.keys else ""
    return "，".join(part for part in (said, keys) if part)


def consequence_words(script: Script, intent: Intent) -> str:
    """What the robot does on hearing it."""
    if intent.go:
        return f"结束：{OUTCOMES[script.closings[intent.go].outcome]}（{intent.go}）"
    if intent.is_slower:
        return "慢慢地再说一遍，后面都说得慢"
    return "把问题再说一遍" if intent.is_repeat else "先答一句，再接着问"


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
