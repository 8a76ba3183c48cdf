"""The network's own voice, or a machine's, in the place of an answer. Pure.

Calls are given up by ``dialer.call_progress`` before that; what slips through must not be taken for anybody's
wish: 您拨打的电话已关机，请稍后再拨 is no refusal.
"""

from __future__ import annotations

from campaign.patterns import compiled

_ANNOUNCEMENT = compiled(
    "[您你]所?拨(?:打|叫)?的(?:电话|号码|用户)[^,]{0,3}(?:是空号|不存在|已|正在|正忙|暂|无[法人]|没有应答|不在服务)"
    "|请[您你]?(?:稍[后候]|核[对实])[^,]{0,6}再拨|[滴嘟]的?一?声响?之?后[^,]{0,4}留言"
)


def is_announcement(text: str) -> bool:
    """Whether no person says this."""
    return ("拨" in text or "留言" in text) and _ANNOUNCEMENT.search(text) is not None
