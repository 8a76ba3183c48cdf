"""The slots of a script: values that fit their kind, words with one meaning, somebody who asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs import taught
from dialogs.checks.problem import Problem, listed, suggested
from dialogs.checks.values import LISTS, NONE, known_values, value_fault
from dialogs.script import Script, Slot


def slots(script: Script) -> Iterator[Problem]:
    for slot in script.slots.values():
        yield from _part_of(script, slot)
        yield from _like(slot)
        yield from _values(slot)
        yield from _vague(slot)
        yield from _range(slot)
        yield from _of_other_kinds(slot)
        yield from _twofold(slot)
        yield from _unheard(slot)
    yield from _unasked(script)


def _at(slot: Slot, part: str = "") -> str:
    return f"/slots/{slot.name}/{part}".rstrip("/")


def _part_of(script: Script, slot: Slot) -> Iterator[Problem]:
    if not slot.part_of:
        return
    whole = script.slots.get(slot.part_of)
    if whole is None:
        near = suggested(slot.part_of, script.slots)
        yield Problem(_at(slot, "part_of"), f"内容 {slot.name}: part_of 的内容 {slot.part_of} 不存在{near}")
    elif whole.type != "yes_no":
        yield Problem(
            _at(slot, "part_of"), f"内容 {slot.name}: part_of 的内容 {slot.part_of} 应当是 yes_no 的"
        )


def _like(slot: Slot) -> Iterator[Problem]:
    if not slot.like:
        return
    kind = taught.KINDS.get(slot.like)
    if kind is None:
        near = suggested(slot.like, taught.KINDS)
        yield Problem(_at(slot, "like"), f"内容 {slot.name}: 没有学过 {slot.like}{near}")
    elif slot.type != kind:
        told = f"内容 {slot.name}: 学过的 {slot.like} 是 {kind} 的，这一项是 {slot.type} 的，请删掉 like"
        yield Problem(_at(slot, "like"), told)


def _values(slot: Slot) -> Iterator[Problem]:
    if (slot.type == "choice" or slot.type in LISTS) and not slot.values:
        yield Problem(_at(slot), f"内容 {slot.name}: 缺少 values，请写上每个值和它的说法")
        return
    known = known_values(slot) or ()
    for part, table in (("values", slot.values), ("unprompted", slot.unprompted)):
        for value in table:
            if value_fault(slot, value):
                hint = f"，可以是：{listed(known)}" if known else "，请写数字"
                yield Problem(
                    _at(slot, f"{part}/{value}"),
                    f"内容 {slot.name}: {part} 里 {slot.type} 没有 {value} 这个值{hint}",
                )
    if slot.type in LISTS and NONE in slot.values:
        yield Problem(
            _at(slot, f"values/{NONE}"),
            f"内容 {slot.name}: values 里写 none 不起作用，“没有”这些话本来就听得懂；"
            "别的说法请写在 unprompted 的 none 里",
        )


def _vague(slot: Slot) -> Iterator[Problem]:
    sayings = (*slot.values, *(word for words in slot.values.values() for word in words))
    for index, value in enumerate(slot.vague):
        if value not in sayings:
            yield Problem(
                _at(slot, f"vague/{index}"),
                f"内容 {slot.name}: vague 里的 {value} 不在 values 里{suggested(value, sayings)}",
            )


def _range(slot: Slot) -> Iterator[Problem]:
    if slot.minimum is not None and slot.maximum is not None and slot.minimum > slot.maximum:
        yield Problem(
            _at(slot, "minimum"),
            f"内容 {slot.name}: minimum {slot.minimum:g} 比 maximum {slot.maximum:g} 大，哪个回答都记不下来，"
            "请改正",
        )


def _of_other_kinds(slot: Slot) -> Iterator[Problem]:
    """Keys that only one kind of slot listens to; a question that does not tell which days are meant."""
    if slot.tense is not None and slot.type != "date":
        yield _useless(slot, "tense", "date")
    if slot.units and slot.type != "number":
        yield _useless(slot, "units", "number")
    if slot.type == "date" and slot.question and slot.tense is None:
        told = "看不出问的是过去还是将来的日子，“周三”这样的会再问一次；请写 tense（past、future 或 either）"
        yield Problem(_at(slot), f"内容 {slot.name}: {told}", is_warning=True)


def _useless(slot: Slot, key: str, kind: str) -> Problem:
    told = f"内容 {slot.name}: {key} 只用于 {kind}，{slot.type} 用不上，请删掉"
    return Problem(_at(slot, key), told, is_warning=True)


def _twofold(slot: Slot) -> Iterator[Problem]:
    """The same word under two values: of a list it means both, of anything else neither."""
    meant: dict[str, str] = {}
    for path, value, word in said_words(slot):
        other = meant.setdefault(word, value)
        if other == value:
            continue
        is_list = slot.type in LISTS and NONE not in (other, value)
        told = "听到时两样都会记下，如果不是这个意思，请删掉一处" if is_list else "听到时分不清，请删掉一处"
        yield Problem(
            path, f"内容 {slot.name}: “{word}”既是 {other} 又是 {value} 的说法，{told}", is_warning=is_list
        )
    for index, word in enumerate(slot.unknown):
        if word in meant:
            told = f"内容 {slot.name}: “{word}”是 {meant[word]} 的说法，又在 unknown 里，会当作说不上来；"
            told += "请删掉一处"
            yield Problem(_at(slot, f"unknown/{index}"), told, is_warning=True)


_SEPARATORS = "，、；"


def _unheard(slot: Slot) -> Iterator[Problem]:
    """[自己存，存好了] with a comma of the other kind is one word that nobody says."""
    for path, _, word in said_words(slot):
        mark = next((mark for mark in _SEPARATORS if mark in word), "")
        if mark:
            yield Problem(
                path,
                f"内容 {slot.name}: “{word}”里有全角的“{mark}”，会当成一个说法；"
                "要分成几个，请改用半角（英文）逗号",
                is_warning=True,
            )


def said_words(slot: Slot) -> Iterator[tuple[str, str, str]]:
    """Path, value and wording of everything that residents may say for a value."""
    tables: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = (
        ("values", slot.values),
        ("unprompted", slot.unprompted),
    )
    for part, table in tables:
        for value, words in table.items():
            for index, word in enumerate(words):
                yield _at(slot, f"{part}/{value}/{index}"), value, word
    for index, word in enumerate(slot.of_others):
        yield _at(slot, f"of_others/{index}"), "yes", word


def _unasked(script: Script) -> Iterator[Problem]:
    asked = {state.slot for state in script.states.values()}
    if asked - script.slots.keys():
        return  # a name that is written wrongly, which is told elsewhere
    asked |= script.remark_slots
    in_passing = {name for state in script.states.values() for name in state.also}
    in_passing |= {slot.part_of for slot in script.slots.values() if slot.name in asked | in_passing}
    for slot in script.slots.values():
        if slot.name in asked:
            continue
        is_heard = slot.name in in_passing or bool(slot.unprompted)
        if slot.is_required:
            yield Problem(
                _at(slot, "required"),
                f"内容 {slot.name}: 写了 required: true，却没有哪个状态问它（ask: {slot.name}），"
                "每一户都会成为待人工跟进；请加一个状态，或去掉 required",
                is_warning=is_heard,
            )
        elif not is_heard:
            yield Problem(
                _at(slot),
                f"内容 {slot.name}: 没有哪个状态问它，表格里这一列总是空的；请加一个状态，或删掉这项内容",
                is_warning=True,
            )
