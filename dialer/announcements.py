"""What carriers and answering machines say, and what it means.

Matching is by characters after the recogniser has turned sound into words; the particular stands before the
general, because 请稍后再拨 ends most of these sentences.
"""

from __future__ import annotations

import re

from campaign.records import Disposition

_ANNOUNCEMENTS: tuple[tuple[str, Disposition], ...] = (
    (r"关机|关级|关鸡|power(ed)?\s*off", Disposition.POWERED_OFF),
    (r"停机|停级|停击|out of service", Disposition.OUT_OF_SERVICE),
    (r"空号|核对后再拨|does\s*not\s*exist", Disposition.INVALID_NUMBER),
    (r"呼入限制|限制呼入", Disposition.BARRED),
    (r"来电提醒|来电信息|秘书|语音信箱|留言|滴声|嘀声|提示音后|哔声", Disposition.CALL_ASSISTANT),
    (r"正在通话|通话中|is busy", Disposition.BUSY),
    (r"无人接听|没有人接听|no\s*answer", Disposition.NO_ANSWER),
    (r"无法接通|不在服务区|can\s*not be connected", Disposition.UNREACHABLE),
    (r"网络忙|线路忙|network is busy", Disposition.NETWORK_BUSY),
    (r"暂时无法接听|用户忙", Disposition.DECLINED),
)
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), disposition) for pattern, disposition in _ANNOUNCEMENTS
)


def announced(words: str) -> Disposition | None:
    """The disposition that the words of an announcement mean, or None for anything else."""
    for pattern, disposition in _PATTERNS:
        if pattern.search(words):
            return disposition
    return None


_MACHINE = re.compile(r"来电提醒|来电信息|秘书|语音信箱|留言|滴声|嘀声|提示音|哔声|您好我现在(不方便|无法)")


def is_answering_machine(words: str) -> bool:
    """Whether the first words after the answer are a machine's greeting."""
    return _MACHINE.search(words) is not None
