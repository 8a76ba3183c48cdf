"""A person or a machine? From the first seconds after the answer. Pure.

The law: whoever answers is a person until something proves otherwise, and length proves nothing. Proof is
words that only a network or a machine says, or a greeting of some length that ends in a beep: the beep alone
may be a microwave oven, a long sentence may be a long sentence. A person is spoken to when the first words
are over; one who goes on talking is heard out for a while, as long as nothing that was said is a machine's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from dialer.call_progress.announcements import CERTAIN, announcement_in

SHORT_SECONDS = 2.5
"""Up to here it is 喂, spoken to at once; from here on the words are looked at first."""
LONGEST_SECONDS = 4.5
"""Somebody, or a television, who talks so long without a pause is spoken to all the same."""
_SUSPECT_SECONDS = 8.0
"""The same when what was said may yet turn out to be a machine's."""
_NOISE_SECONDS = 3.0
"""The same when no words could be made out of it."""
_PAUSE_SECONDS = 0.3
"""Silence that ends the first words."""
_DOUBT_SECONDS = 0.8
"""The same while it is not clear who said them: a beep may follow."""
_MACHINE_SECONDS = 2.0
"""A greeting of at least this length, pauses and all, makes a beep after it that of a machine."""
_BEEP_WITHIN_SECONDS = 4.0
"""From the end of the greeting to the beep."""
HELLOS = tuple(
    re.findall(
        r"\S+",
        """
        喂 喂喂 哎 诶 嗯 啊 你好 您好 喂你好 喂您好 哎你好 哪位 喂哪位 你哪位 您哪位 谁啊 喂谁啊 谁呀 喂谁呀
        你谁啊 哪里 喂哪里 你是哪里 你找谁 找谁啊 什么事 啥事 说 您说 你说 说话 喂说话 讲 你讲 喂听得到吗
        能听见吗 怎么不说话 在听 我在听 接通了 等一下 稍等
        """,
    )
)
"""How people answer the telephone, for recognisers that can be told what to expect."""
_NOT_FREE = re.compile(
    r"(不方便|无法|没有?办法|不能)接(听)?|(稍后|回头|尽快).{0,6}(联系|回电|回复)|请问您?(有什么|找)|机主|助理|秘书|留言"
)
"""What a machine's owner has recorded; people say it, too."""


@dataclass(frozen=True)
class Greeting:
    """What was heard since the answer."""

    speech_seconds: float = 0.0
    """From the first word to the last, short pauses within included; 0 when nobody has spoken."""
    silent_seconds: float = 0.0
    """Since the last word; 0 while somebody speaks."""
    words: str | None = None
    """As far as they are decoded; None: not yet."""


class Next(Enum):
    """What to do about whoever answered."""

    LISTEN = auto()
    SPEAK = auto()


def next_step(greeting: Greeting) -> Next:
    """Whether to speak to somebody whose first words were longer than 喂, or are not over yet."""
    if greeting.silent_seconds >= _PAUSE_SECONDS:
        is_clear = greeting.words is not None and not is_suspect(greeting.words)
        return Next.SPEAK if is_clear or greeting.silent_seconds >= _DOUBT_SECONDS else Next.LISTEN
    return Next.SPEAK if greeting.speech_seconds >= _patience(greeting.words) else Next.LISTEN


def _patience(words: str | None) -> float:
    """How long somebody who said so is listened to without a pause."""
    if words == "":
        return _NOISE_SECONDS
    return _SUSPECT_SECONDS if words is None or is_suspect(words) else LONGEST_SECONDS


def is_suspect(words: str) -> bool:
    """Whether the words may be those of a machine, though people say them as well."""
    return _NOT_FREE.search(words) is not None or announcement_in(words) is not None


def beep_confidence(greeting: Greeting) -> float:
    """How sure a beep right now makes it that a machine answered, 0..1."""
    if greeting.speech_seconds == 0.0 or greeting.silent_seconds > _BEEP_WITHIN_SECONDS:
        return 0.0
    if _NOT_FREE.search(greeting.words or ""):
        return 0.9
    return CERTAIN if greeting.speech_seconds >= _MACHINE_SECONDS else 0.0
