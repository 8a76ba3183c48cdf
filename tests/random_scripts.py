"""Random call scripts, and residents who answer anything: strategies for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dialogs.script import SlotType

Draw = st.DrawFn

SLOT_TYPES = tuple(map(str, SlotType))
_WORDS = (
    "好的", "没有", "有点咳嗽", "发烧", "头疼得厉害", "去过武汉", "一直在家", "上午", "下午来",
    "要送水", "不用了", "缺大米", "打错了", "没空", "找人工", "再说一遍", "你是谁", "别…打", "嗯",
    "红的", "绿的", "张三家", "两口人", "昨天", "没量",
)  # fmt: skip
_SENTENCES = ("请问您身体怎么样？", "您好。", "好的，再见。", "没听清，请您再说一遍。", "家里几口人？", "嗯")
_FIXED = {"yes_no": ("yes", "no"), "identity": ("self", "family", "wrong_number")}
_KEYS = "0123456789*#"
_LISTS = ("multi_choice", "symptoms")

words = st.lists(st.sampled_from(_WORDS), max_size=4, unique=True)


@st.composite
def scripts(draw: Draw) -> dict[str, Any]:
    """A script as its YAML says it. Most of them pass the check; the ways always lead on."""
    names = [f"ask{number}" for number in range(draw(st.integers(1, 5)))]
    slots = {f"slot{number}": draw(_slots()) for number in range(draw(st.integers(1, 5)))}
    if draw(st.booleans()):
        slots["right"] = {
            "label": "核对",
            "type": "yes_no",
            "values": {"yes": ["对", "没错"], "no": ["不对"]},
        }
    closings = draw(_closings())
    intents = draw(_intents(list(closings)))
    taken = {key for intent in intents.values() for key in intent.get("keys", ())}
    states = {
        name: draw(_states(names[place + 1 :], slots, list(closings), taken, is_last=name == names[-1]))
        for place, name in enumerate(names)
    }
    return {
        "script": "random", "title": "随便", "version": 1, "start": names[0],
        "opening": draw(_prompts()), "slots": slots, "states": states, "closings": closings,
        "intents": intents, "limits": draw(_limits()), "grading": draw(_grading(slots)),
    }  # fmt: skip


@st.composite
def _prompts(draw: Draw, gap: str = "") -> Any:
    text = draw(st.sampled_from(_SENTENCES))
    if gap:
        return f"您说{gap}，{text}"
    if draw(st.booleans()):
        return text
    field = draw(st.sampled_from(("{name}", "{community}", "")))
    return {"text": field + text, "plain": text, "barge_in": draw(st.booleans())}


@st.composite
def _slots(draw: Draw) -> dict[str, Any]:
    kind = draw(st.sampled_from(SLOT_TYPES))
    slot: dict[str, Any] = {"label": "某事", "type": kind}
    values = _FIXED.get(kind) or (("红", "绿", "发热") if kind == "choice" or kind in _LISTS else ())
    said = draw(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=9, unique=True))
    if values:
        share = max(1, len(said) // len(values))
        slot["values"] = {
            value: said[place * share : (place + 1) * share] or [value] for place, value in enumerate(values)
        }
    if kind == "text":
        slot |= {"words": draw(words), "none": draw(words), "cue": draw(words)}
    if kind == "temperature":
        slot |= {"minimum": 34, "maximum": 43}
    if kind == "count":
        slot |= {"minimum": 1, "maximum": 30}
    if kind == "yes_no":
        slot |= draw(st.sampled_from(({}, {"place": "北京"}, {"within_days": 14}, {"of_others": ["确诊了"]})))
    if draw(st.booleans()):
        slot["unknown"] = draw(words)
    if draw(st.booleans()):
        slot["sure"] = draw(st.sampled_from((0, 0.3, 0.6, 0.95, 1)))
    if kind in _LISTS and draw(st.booleans()):
        slot["vague"] = slot["values"]["红"][:1]
    return slot


@st.composite
def _states(
    draw: Draw,
    onward: list[str],
    slots: dict[str, Any],
    closings: list[str],
    taken: set[str],
    *,
    is_last: bool,
) -> dict[str, Any]:
    asks = draw(st.sampled_from([name for name in slots if name != "right"]))
    if "right" in slots and draw(st.booleans()):
        confirmation: dict[str, Any] = draw(_confirmations(slots, onward, closings))
        return confirmation
    variants = draw(st.sets(st.sampled_from(("no_input", "no_match", "short"))))
    prompts = {variant: draw(_prompts()) for variant in ("first", *sorted(variants))}
    state: dict[str, Any] = {"ask": asks, "prompts": prompts}
    keys = _key_values(slots[asks])
    if draw(st.booleans()) and keys:
        free = [key for key in _KEYS if key not in taken]
        state["keys"] = dict(zip(free, keys, strict=False))
        if draw(st.booleans()):
            prompts["keys"] = "请按键。"
    if draw(st.booleans()):
        state["also"] = draw(st.lists(st.sampled_from([*slots]), max_size=2, unique=True))
    if draw(st.booleans()):
        state["phrases"] = draw(
            st.lists(st.sampled_from(("有的", "没有", "去了{place}", "{temperature}")), max_size=3)
        )
    return state | {"next": draw(_next(onward, slots, closings))}


def _key_values(slot: dict[str, Any]) -> list[str]:
    if slot["type"] == "count":
        return ["1", "2"]
    values = list(slot.get("values", ()))
    return [*values, "none"] if slot["type"] in _LISTS else values


@st.composite
def _confirmations(
    draw: Draw, slots: dict[str, Any], onward: list[str], closings: list[str]
) -> dict[str, Any]:
    wordings: dict[str, Any] = {}
    for name, slot in slots.items():
        if name != "right" and slot["type"] == "temperature":
            wordings[name] = {"number": "{number}度，", "from": 37.3, "to": 39, "plain": "偏高，"}
        elif name != "right" and slot.get("values"):
            wordings[name] = {value: f"{value}，" for value in slot["values"] if value != "none"}
    state: dict[str, Any] = {
        "ask": "right",
        "prompts": {"first": draw(_prompts("{answers}"))},
        "confirms": wordings,
    }
    if draw(st.booleans()):
        state["prompts"]["no_match"] = draw(_prompts("{answers}"))
    if draw(st.booleans()):
        state["prompts"]["denied"] = "我再问一遍。"
    if draw(st.booleans()):
        state["keys"] = {"7": "yes", "8": "no"}
    return state | {"next": draw(_next(onward, slots, closings))}


@st.composite
def _next(draw: Draw, onward: list[str], slots: dict[str, Any], closings: list[str]) -> list[dict[str, Any]]:
    targets = st.sampled_from([*onward, *closings])
    rows: list[dict[str, Any]] = []
    if draw(st.booleans()) and onward:
        rows.append({"when": draw(_conditions(slots)), "go": draw(targets)})
    return [*rows, {"go": onward[0] if onward else draw(st.sampled_from(closings))}]


@st.composite
def _conditions(draw: Draw, slots: dict[str, Any]) -> dict[str, Any]:
    name = draw(st.sampled_from([*slots]))
    kind, values = slots[name]["type"], list(slots[name].get("values", ()))
    if draw(st.booleans()):
        return {"missing": [name]}
    if kind in ("yes_no", "identity", "choice"):
        return {"slot": name, "is": draw(st.sampled_from(values))}
    if kind in _LISTS:
        return {"slot": name, "includes": draw(st.sampled_from(values))}
    if kind in ("temperature", "count"):
        return {"slot": name, "at_least": {"temperature": 37.3, "count": 3}[kind]}
    return {"slot": name, "is_empty": draw(st.booleans())} if kind == "text" else {"missing": [name]}


@st.composite
def _closings(draw: Draw) -> dict[str, Any]:
    closings: dict[str, Any] = {
        "done": {"outcome": "completed", "prompt": draw(_prompts())},
        "gave_up": {"outcome": "gave_up", "prompt": draw(_prompts())},
    }
    if draw(st.booleans()):
        closings["later"] = {"outcome": "call_later", "prompt": "换个时间再打。"}
        if draw(st.booleans()):
            closings["later"]["appointment"] = "好的，我们{time}再打。"
    if draw(st.booleans()):
        closings["person"] = {"outcome": "wants_person", "prompt": "请人联系您。"}
        if draw(st.booleans()):
            closings["person"] |= {"transfer": "正在转接。", "untaken": "没有人接。"}
    for outcome in ("wrong_number", "opted_out"):
        if draw(st.booleans()):
            closings[outcome] = {"outcome": outcome, "prompt": draw(_prompts())}
    return closings


@st.composite
def _intents(draw: Draw, closings: list[str]) -> dict[str, Any]:
    does: tuple[dict[str, Any], ...] = (
        {"repeat": True}, {"slower": True}, {"say": "我是社区。"}, *({"go": closing} for closing in closings),
    )  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(does), max_size=4))
    free = list("09*#")
    found = {}
    for number, what in enumerate(chosen):
        keys = {"keys": [free.pop()]} if draw(st.booleans()) and free else {}
        found[f"intent{number}"] = {**what, **keys, "words": draw(words)}
    return found


@st.composite
def _limits(draw: Draw) -> dict[str, Any]:
    return {
        "reprompts": draw(st.integers(0, 3)),
        "reprompts_in_call": draw(st.integers(0, 12)),
        "silences_in_a_row": draw(st.integers(1, 5)),
    }


@st.composite
def _grading(draw: Draw, slots: dict[str, Any]) -> list[dict[str, Any]]:
    red = [{"grade": "red", "any": [draw(_conditions(slots)) for _ in range(draw(st.integers(1, 3)))]}]
    return [*(red if draw(st.booleans()) else []), {"grade": "green"}]


# --- residents ------------------------------------------------------------------------------------------

_SAID = (
    "", "嗯", "是我", "不是", "对", "不对", "没有", "有", "好", "不知道", "三十六度五", "三十八度二",
    "体温正常", "我昨天刚从武汉回来", "没去过", "家里四口人", "就我一个", "发烧，还有点咳嗽",
    "不发烧就是嗓子疼", "打错了", "别再打我电话了", "我没空，明天上午十点再打", "过半个小时再打",
    "再说一遍", "你谁啊", "慢点说", "转人工", "红的绿的", "不是红的，是绿的", "啊啊啊啊啊啊",
    "呃那个就是说", "不对，三十六度八", "对，还有点头疼", "，。？！", "abc 123", "１２３", "😀",
    "\u200b", "没没没没没没没没没没" * 8,
)  # fmt: skip

spoken = st.one_of(
    st.sampled_from(_SAID),
    st.lists(st.sampled_from((*_WORDS, *_SAID)), max_size=3).map("".join),
    st.text(max_size=12),
)
confidences = st.floats(0, 1)
acts = st.one_of(
    st.tuples(st.just("say"), spoken, confidences),
    st.tuples(st.just("silence"), st.just(""), st.just(0.0)),
    st.tuples(st.just("key"), st.sampled_from([*_KEYS]), st.just(1.0)),
)
"""What a resident does in his turn: says words that are heard so surely, nothing, or presses a key."""
