"""Builds a script from the tables of its file, part by part: slots, states, closings, intents, grades.

A hole is filled with a default, so that all that is wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from campaign.records import Grade, Remark
from dialogs.checks.problem import suggested
from dialogs.language.numerals import spell
from dialogs.loading.include import INCLUDE
from dialogs.loading.questions import with_questions
from dialogs.loading.tables import Table
from dialogs.script import (
    SURE,
    Closing,
    Condition,
    GradeRule,
    Intent,
    Limits,
    Outcome,
    Prompt,
    Script,
    Slot,
    SlotType,
    State,
    Tense,
    Transition,
    Variant,
    Wording,
)
from dialogs.script.voice_choice import FASTEST, KOKORO_VOICES, SLOWEST, Engine, VoiceChoice


def build_script(root: Table, version_hash: str) -> Script:
    """The script that a whole file holds; what is not as it should be is noted in the tables' reading.

    Args:
        root: The file's outermost table.
        version_hash: Put behind the author's own version.
    """
    version = str(root.get("version", lambda v: isinstance(v, str | int | float), "版本", "0"))
    slots = {name: _slot(name, table) for name, table in root.tables("slots", "内容", must=True)}
    states = {name: _state(name, table, slots) for name, table in root.tables("states", "状态", must=True)}
    script = Script(
        name=root.text("script", must=True),
        title=root.text("title", must=True),
        version=f"{version}-{version_hash}",
        start=root.text("start", must=True),
        opening=_prompt(root, "opening", "opening"),
        slots=with_questions(slots, states),
        states=states,
        closings={
            name: _closing(name, table) for name, table in root.tables("closings", "结束语", must=True)
        },
        intents={name: _intent(name, table) for name, table in root.tables("intents", "随时听懂的话")},
        grading=tuple(_grade_rule(row, slots) for row in root.rows("grading", must=True)),
        limits=_limits(root.table("limits")),
        voice=_voice(root),
    )
    root.asked.add(INCLUDE)
    root.done()
    return script


def _limits(table: Table) -> Limits:
    seconds = table.get("no_input_seconds", _is_positive, "大于 0 的数", 5.0)
    limits = Limits(
        reprompts=table.whole("reprompts", 1),
        reprompts_in_call=table.whole("reprompts_in_call", 8),
        silences_in_a_row=table.whole("silences_in_a_row", 3, least=1),
        no_input_seconds=float(seconds),
        call_seconds=table.whole("call_seconds", 120),
    )
    table.done()
    return limits


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _voice(root: Table) -> VoiceChoice | None:
    table = root.table("voice")
    if not isinstance(root.node.get("voice"), dict):
        return None
    engine = table.choice("engine", Engine, Engine.PYTTSX3)
    name = table.text("name")
    if engine is Engine.KOKORO and name and name not in KOKORO_VOICES:
        known = "、".join(KOKORO_VOICES)
        near = suggested(name, tuple(KOKORO_VOICES))
        table.problem(table.at("name"), f"Kokoro 没有 {name} 这个声音{near}，可以用：{known}")
    speed = table.get("speed", _is_tempo, f" {SLOWEST:g} 到 {FASTEST:g} 之间的数", 1.0)
    table.done()
    return VoiceChoice(engine, name, float(speed))


def _is_tempo(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and SLOWEST <= value <= FASTEST


def _prompt(parent: Table, key: str, prompt_id: str, *, must: bool = True) -> Prompt:
    """Either a plain sentence or a mapping with text, plain, barge_in."""
    if isinstance(parent.node.get(key), str):
        text = parent.text(key)
        return Prompt(prompt_id, text, text)
    table = parent.table(key, must=must)
    if not table.node:
        return Prompt(prompt_id, "", "")
    text = table.text("text", must=True)
    prompt = Prompt(prompt_id, text, table.text("plain", text), table.flag("barge_in", True) is not False)
    table.done()
    return prompt


def _slot(name: str, table: Table) -> Slot:
    slot = Slot(
        name=name,
        label=table.text("label", must=True),
        type=table.choice("type", SlotType, SlotType.TEXT),
        is_required=table.flag("required", False) is True,
        values=table.words("values"),
        unprompted=table.words("unprompted"),
        vague=table.texts("vague"),
        none_words=table.texts("none"),
        words=table.texts("words"),
        minimum=table.number("minimum"),
        maximum=table.number("maximum"),
        place=table.text("place"),
        unknown=table.texts("unknown"),
        cue=table.texts("cue"),
        within_days=table.whole("within_days", 0) or None,
        of_others=table.texts("of_others"),
        part_of=table.text("part_of"),
        like=table.text("like"),
        tense=_tense(table),
        units=_units(table),
        sure=_share(table, "sure", SURE),
    )
    table.done()
    return slot


def _tense(table: Table) -> Tense | None:
    table.asked.add("tense")
    return table.choice("tense", Tense, Tense.PAST) if "tense" in table.node else None


def _units(table: Table) -> dict[str, float]:
    """Either a list of words for one unit, or a mapping that says what each is in the unit of the value."""
    if isinstance(table.node.get("units"), list):
        return dict.fromkeys(table.texts("units"), 1.0)
    shape = "[岁] 这样的一列，或 {公斤: 1, 斤: 0.5} 这样的一组"
    if not table.get("units", lambda v: isinstance(v, dict), shape, {}):
        return {}
    units = table.table("units")
    return {str(name): float(units.get(name, _is_positive, "大于 0 的数", 1.0)) for name in units.node}


def _share(table: Table, key: str, default: float) -> float:
    value = table.get(key, lambda v: isinstance(v, int | float) and 0 <= v <= 1, " 0 到 1 之间的数", default)
    return float(value)


def _state(name: str, table: Table, slots: Mapping[str, Slot]) -> State:
    prompts = table.table("prompts", must=True)
    variants = _variants(name, prompts)
    if Variant.FIRST not in variants:
        table.problem(prompts.path, "prompts 里缺少 first（第一遍怎么问）")
    prompts.done()
    family = table.table("family")
    to_family = _variants(name, family, ".family")
    family.done()
    state = State(
        name=name,
        slot=table.text("ask", must=True),
        prompts=variants,
        to_family=to_family,
        next=tuple(_transition(row, slots) for row in table.rows("next", must=True)),
        also=table.texts("also"),
        keys=table.keys_to_texts("keys"),
        phrases=table.texts("phrases"),
        confirms={
            slot: _wording(f"{name}.{slot}", wording) for slot, wording in table.tables("confirms", "说回")
        },
    )
    table.done()
    return state


def _variants(name: str, table: Table, to_whom: str = "") -> dict[Variant, Prompt]:
    table.asked.update(Variant)
    return {
        variant: _prompt(table, variant, f"{name}.{variant}{to_whom}")
        for variant in Variant
        if variant in table.node
    }


def _wording(prompt_id: str, table: Table) -> Wording:
    """Either ``value: words`` for each value, or one pattern for the numbers ``from`` … ``to``."""
    if "number" in table.node:
        return _number_wording(prompt_id, table)
    texts = {str(value): table.text(value, must=True) for value in table.node}
    numbered = enumerate(texts.items(), start=1)
    return Wording({value: Prompt(f"{prompt_id}.{n}", text, text) for n, (value, text) in numbered})


def _number_wording(prompt_id: str, table: Table) -> Wording:
    """One prompt for each tenth of a degree, so that no number is put together from pieces."""
    text, plain = table.text("number", must=True), table.text("plain", must=True)
    first, last = (round(10 * _degrees(table, key)) for key in ("from", "to"))
    table.done()
    spoken = {tenths: text.replace(NUMBER, _spoken(tenths)) for tenths in range(first, last + 1)}
    return Wording(
        {f"{n / 10:.1f}": Prompt(f"{prompt_id}.{n}", said, plain) for n, said in spoken.items()},
        other=Prompt(f"{prompt_id}.other", plain, plain),
    )


def _degrees(table: Table, key: str) -> float:
    return float(table.get(key, lambda v: isinstance(v, int | float) and 0 < v < 100, "数字", 1.0, must=True))


NUMBER = "{number}"
"""Where a wording says a number."""


def _spoken(tenths: int) -> str:
    """378 -> 三十七度八."""
    degrees, rest = divmod(tenths, 10)
    return f"{spell(degrees)}度{spell(rest) if rest else ''}"


def _transition(row: Table, slots: Mapping[str, Slot]) -> Transition:
    when = _condition(row.table("when"), slots) if "when" in row.node else None
    transition = Transition(row.text("go", must=True), when)
    row.asked.add("when")
    row.done()
    return transition


def _condition(table: Table, slots: Mapping[str, Slot]) -> Condition:
    name = table.text("slot")
    condition = Condition(
        slot=name,
        equals=_compared(table, slots.get(name)),
        at_least=table.number("at_least"),
        at_most=table.number("at_most"),
        includes=table.text("includes") or None,
        is_empty=table.flag("is_empty"),
        missing=table.texts("missing"),
    )
    table.done()
    if bool(condition.slot) == bool(condition.missing):
        table.problem(table.path, "条件要么写 slot（和 is、at_least 等），要么写 missing")
    return condition


def _compared(table: Table, slot: Slot | None) -> str | bool | int | float | None:
    value: str | bool | int | float | None = table.get(
        "is", lambda v: isinstance(v, str | bool | int | float), "一个值", None
    )
    if slot is not None and slot.type is SlotType.YES_NO and value in ("yes", "no"):
        return value == "yes"
    return value


def _closing(name: str, table: Table) -> Closing:
    closing = Closing(
        name,
        table.choice("outcome", Outcome, Outcome.COMPLETED),
        _prompt(table, "prompt", f"closing.{name}"),
        appointment=_own_prompt(table, "appointment", f"closing.{name}.appointment"),
        transfer=_own_prompt(table, "transfer", f"closing.{name}.transfer"),
        untaken=_own_prompt(table, "untaken", f"closing.{name}.untaken"),
    )
    table.done()
    return closing


def _own_prompt(table: Table, key: str, prompt_id: str) -> Prompt | None:
    """A sentence that need not be there."""
    prompt = _prompt(table, key, prompt_id) if key in table.node else None
    table.asked.add(key)
    return prompt


def _intent(name: str, table: Table) -> Intent:
    intent = Intent(
        name=name,
        words=table.texts("words"),
        keys=table.texts("keys"),
        go=table.text("go"),
        say=_own_prompt(table, "say", f"intent.{name}"),
        is_repeat=table.flag("repeat", False) is True,
        is_slower=table.flag("slower", False) is True,
        wait_seconds=table.whole("wait", 0),
        is_handover=table.flag("handover", False) is True,
        keep=table.text("keep"),
        remark=table.choice("remark", Remark, Remark.QUESTION, must=False),
    )
    table.done()
    if intent.keep and intent.say is None:
        table.problem(f"{table.path}/keep", "keep 要和 say 写在一起：告诉居民记下了")
    if intent.wait_seconds and intent.say is None:
        table.problem(f"{table.path}/wait", "wait 要和 say 写在一起：先答应一声，再等")
    if intent.is_handover and not intent.wait_seconds:
        table.problem(f"{table.path}/handover", "handover 要和 wait 写在一起：等别人来接")
    if sum((bool(intent.go), intent.say is not None, intent.is_repeat, intent.is_slower)) != 1:
        table.problem(table.path, "go、say、repeat、slower 要写其中的一个")
    return intent


def _grade_rule(row: Table, slots: Mapping[str, Slot]) -> GradeRule:
    rule = GradeRule(
        row.choice("grade", Grade, Grade.YELLOW), tuple(_condition(table, slots) for table in row.rows("any"))
    )
    row.done()
    return rule
