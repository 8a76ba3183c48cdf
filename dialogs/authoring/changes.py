"""What changed between two call scripts, in Chinese words: by question, by slot, by closing. Pure.

A script is taken apart into facts, each a place (状态 ask_travel), a name (下一步) and items; two scripts are
compared fact by fact. A field that a later version of Wenhou adds is compared as well, under its own name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.authoring.script_words import OTHERWISE, condition_words, consequence_words, intent_words
from dialogs.script import Intent, Prompt, Script, Slot, State, Transition, Wording

Items = Mapping[Hashable, str]
"""What is compared, and the words for it; words may follow a label that changed elsewhere."""


@dataclass(frozen=True)
class Fact:
    items: Items
    is_ordered: bool = False
    """Whether the first of its items goes before the second."""


@dataclass(frozen=True)
class Change:
    """One difference."""

    place: str
    """状态 ask_travel（去过外地）"""
    told: str
    """下一步 多了：去过外地：是，去 ask_place"""


def changes(before: Script, after: Script) -> list[Change]:
    """Every difference, in the order of a script; empty where both ask and say the same."""
    return [
        *_changed(SCRIPT, _script_facts(before), _script_facts(after)),
        *_changed_entries("内容", before, after, before.slots, after.slots),
        *_changed_entries("状态", before, after, before.states, after.states),
        *_changed_entries("结束语", before, after, before.closings, after.closings),
        *_changed_entries("随时听得懂的话", before, after, before.intents, after.intents),
        *_changed("排查分级", _grading(before), _grading(after)),
    ]


SCRIPT = "话术"


def _script_facts(script: Script) -> dict[str, Fact]:
    simple = ((name, getattr(script, name)) for name in ("name", "title", "start", "opening"))
    facts: dict[str, Fact] = {}
    for name, value in (*simple, *_fields(script.limits)):
        facts |= _facts(script, _SCRIPT_WORDS.get(name, name), value)
    return facts


def _grading(script: Script) -> dict[str, Fact]:
    """The conditions of each grade, and which grade is looked at first."""
    conditions: dict[str, dict[Hashable, str]] = {}
    for rule in script.grading:
        told: dict[Hashable, str] = {each: condition_words(script, each) for each in rule.any}
        told = told or {"": OTHERWISE}
        conditions.setdefault(f"{rule.grade.label}的条件", {}).update(told)
    order = tuple(rule.grade.label for rule in script.grading)
    return {
        "先后": Fact({order: "、".join(order)}),
        **{name: Fact(told) for name, told in conditions.items()},
    }


# --- entries: slots, states, closings, intents ----------------------------------------------------------


def _changed_entries(
    section: str, before: Script, after: Script, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for name, entry in old.items():
        place = f"{section} {_named(before, name, entry)}"
        if name not in new:
            yield Change(place, f"去掉了（{_summary(before, entry)}）")
        else:
            yield from _changed(place, _entry_facts(before, entry), _entry_facts(after, new[name]))
    for name, entry in new.items():
        if name not in old:
            yield Change(f"{section} {_named(after, name, entry)}", f"新加的（{_summary(after, entry)}）")
    kept_before, kept_after = [n for n in old if n in new], [n for n in new if n in old]
    if section in _ORDER_MATTERS and kept_before != kept_after:
        yield Change(section, f"{_ORDER_MATTERS[section]}：{_joined(kept_before)} → {_joined(kept_after)}")


_ORDER_MATTERS: Mapping[str, str] = {"内容": "表格里列的先后改了", "随时听得懂的话": "先后改了"}


def _named(script: Script, name: str, entry: object) -> str:
    """ask_travel（去过外地）"""
    match entry:
        case Slot(label=label):
            return f"{name}（{label}）"
        case State(slot=slot) if slot in script.slots:
            return f"{name}（{script.slots[slot].label}）"
        case _:
            return name


def _summary(script: Script, entry: Any) -> str:
    match entry:
        case Slot():
            return f"种类 {entry.type}"
        case State():
            return f"问“{next(iter(entry.prompts.values())).text}”"
        case Intent():
            return f"{intent_words(entry)} → {consequence_words(script, entry)}"
        case _:
            return f"说“{entry.prompt.text}”"


def _entry_facts(script: Script, entry: Any) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for name, value in _fields(entry):
        if name != "name":
            facts |= _facts(script, _FIELD_WORDS.get(name, name), value)
    return facts


def _fields(entry: Any) -> Iterator[tuple[str, Any]]:
    for each in (each for each in dataclasses.fields(entry) if each.compare):
        yield each.name, getattr(entry, each.name)


# --- facts and items ------------------------------------------------------------------------------------


def _facts(script: Script, name: str, value: Any) -> dict[str, Fact]:
    match value:
        case Prompt():
            return _prompt_facts(name, value)
        case Mapping():
            parts = [_facts(script, f"{name} {key}", part) for key, part in value.items()]
            return {each: fact for part in parts for each, fact in part.items()}
        case _:
            return {name: Fact(_items(script, value), is_ordered=_is_ordered(value))}


def _prompt_facts(name: str, prompt: Prompt) -> dict[str, Fact]:
    plain = prompt.plain if prompt.plain != prompt.text else ""
    return {
        name: Fact({prompt.text: f"“{prompt.text}”"}),
        f"{name}（不带称呼时）": Fact({plain: f"“{plain}”"} if plain else {}),
        f"{name}（打断）": Fact({} if prompt.barge_in else {False: "不让打断"}),
    }


def _is_ordered(value: object) -> bool:
    """The first transition that holds is taken."""
    return isinstance(value, tuple) and any(isinstance(part, Transition) for part in value)


def _items(script: Script, value: Any) -> Items:
    """The value as what is compared and how it is said; empty where there is nothing."""
    match value:
        case None | "":
            return {}
        case bool():
            return {value: "是" if value else "否"}
        case int() | float():
            return {value: f"{value:g}"}
        case Wording():
            return {(key, prompt.text): f"{key} 念“{prompt.text}”" for key, prompt in value.texts.items()}
        case Transition():
            when = f"{condition_words(script, value.when)}，" if value.when else ""
            return {value: f"{when}去 {value.go}"}
        case list() | tuple():
            return {key: words for part in value for key, words in _items(script, part).items()}
        case _:
            return {value: str(value)}


# --- comparing ------------------------------------------------------------------------------------------


def _changed(place: str, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, _NOTHING), after.get(name, _NOTHING)
        told = _told(old.items, new.items)
        if told:
            yield Change(place, f"{name} {told}")
        elif (old.is_ordered or new.is_ordered) and list(old.items) != list(new.items):
            yield Change(place, f"{name} 先后改了：{'；'.join(new.items.values())}")


_NOTHING = Fact({})


def _told(old: Items, new: Items) -> str:
    """Empty where the items are the same."""
    lost = [words for key, words in old.items() if key not in new]
    won = [words for key, words in new.items() if key not in old]
    if len(old) == len(new) == len(lost) == 1:
        return f"改了：{lost[0]} → {won[0]}"
    parts = [f"多了：{_joined(won)}"] if won else []
    parts += [f"少了：{_joined(lost)}"] if lost else []
    return "；".join(parts)


_MOST_LISTED = 8


def _joined(words: Sequence[str]) -> str:
    more = f"等 {len(words)} 处" if len(words) > _MOST_LISTED else ""
    return "、".join(words[:_MOST_LISTED]) + more


# --- words ----------------------------------------------------------------------------------------------

_SCRIPT_WORDS: Mapping[str, str] = {
    "name": "话术名",
    "title": "标题",
    "start": "从哪一问开始",
    "opening": "开场白",
    "reprompts": "同一问最多再问几次",
    "reprompts_in_call": "一次通话最多再问几次",
    "silences_in_a_row": "连续几次没有声音就结束",
    "no_input_seconds": "等几秒算没有声音",
    "call_seconds": "通话最多几秒",
}
_FIELD_WORDS: Mapping[str, str] = {
    "label": "列名",
    "type": "种类",
    "is_required": "必须问到",
    "values": "说法",
    "unprompted": "问别的时也算数的说法",
    "vague": "要再问清楚的说法",
    "none_words": "表示没有的说法",
    "words": "可能说到的词",
    "minimum": "最小值",
    "maximum": "最大值",
    "place": "地方",
    "unknown": "答不上来的说法",
    "cue": "旁边的词",
    "within_days": "只算最近几天",
    "of_others": "说别人也算的说法",
    "part_of": "同时回答的内容",
    "like": "按学过的哪一项理解",
    "sure": "多大把握才记下",
    "slot": "问的内容",
    "prompts": "问法",
    "next": "下一步",
    "also": "顺带听的内容",
    "keys": "按键",
    "phrases": "常见回答",
    "confirms": "核对时念",
    "outcome": "结果",
    "prompt": "说的话",
    "go": "去哪句结束语",
    "say": "先答的话",
    "is_repeat": "再说一遍问题",
    "keep": "居民的提问记到",
}
