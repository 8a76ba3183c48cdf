"""What may stand in ``residents.yaml``: every key, whether its value is right, and what it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.network_sounds import NETWORK_SOUNDS

Check = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 600


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1000


def _is_level(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -60 <= value <= 0


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.strip("+*#").isalnum()


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_keys(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and set(value) <= set("0123456789*#ABCD")


@dataclass(frozen=True)
class Field:
    is_right: Check
    should_be: str
    is_required: bool = False


_TEXT = Field(_is_text, "文字")
_SECONDS = Field(_is_seconds, "0 到 600 之间的秒数")
TOP: Mapping[str, Field] = {
    "prompts": Field(_is_texts, "提示音目录的列表"),
    "residents": Field(lambda value: isinstance(value, list) and bool(value), "居民的列表", True),
}
RESIDENT: Mapping[str, Field] = {
    "number": Field(_is_number, "加引号的电话号码", True),
    "name": Field(_is_text, "姓名", True),
    "voice": _TEXT,
    "speed": Field(lambda value: _is_seconds(value) and 0.5 <= value <= 2, "0.5 到 2 之间的语速"),
    "level_dbfs": Field(_is_level, "-60 到 0 之间的音量（dBFS）"),
    "calls": Field(lambda value: isinstance(value, list | str) and bool(value), "接听方式或其列表"),
    "answers": Field(lambda value: isinstance(value, list) and bool(value), "回答的列表"),
    "hello": Field(lambda value: isinstance(value, dict), "录音（wav、text）"),
    "reaction_seconds": _SECONDS,
    "patience_seconds": _SECONDS,
    "most_repeats": Field(_is_count, "正整数"),
    "talks_over_after_seconds": _SECONDS,
    "talks_over": Field(_is_texts, "问题名称的列表"),
    "hangs_up_after_answers": Field(_is_count, "正整数"),
    "expected": Field(lambda value: isinstance(value, dict), "对照表"),
    "remark": _TEXT,
}
ANSWER: Mapping[str, Field] = {
    "question": _TEXT,
    "wav": _TEXT,
    "text": _TEXT,
    "keys": Field(_is_keys, "加引号的按键（0-9 * #）"),
    "speak": Field(_is_text, "合成时用的文字"),
}
CALL: Mapping[str, Field] = {
    "outcome": Field(_is_text, "接听方式", True),
    "status": Field(lambda value: _is_count(value) and 300 <= value <= 699, "300 到 699 的 SIP 状态码"),
    "q850": Field(lambda value: isinstance(value, int) and 0 < value <= 127, "1 到 127 的 Q.850 原因"),
    "wav": _TEXT,
    "text": _TEXT,
    "sound": Field(lambda value: value in NETWORK_SOUNDS, "、".join(NETWORK_SOUNDS) + " 之一"),
    "ring_seconds": _SECONDS,
    "dies_after_seconds": _SECONDS,
}
