"""One reading for two times of day: 早晚都是三十六度四; 三十六度六，昨晚也一样. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_TIME = (
    "(?:昨[天儿个]?(?:晚上?|夜里?|儿?黑)|晚上|夜里|今?早[上晨]?|早起|今[天儿](?:早[上晨]?)?)"
    "(?:的|那[次回会]?|量的)?"
)
_SAME = "(?:一样|一个样|一模一样|差不多|(?:是|都是|也是)?这个?(?:数|度数|温度)|没变|没变化|这么[多高])"
_BOTH = compiled(
    f"早晚(?:各?量[了过]?|[两俩][次回])*(?:都|全|一样|[,是])|{_TIME},?{_TIME}(?:都|全|[,是]*{_SAME})"
    f"|{_TIME}(?:也|还|都|和|跟|与|同|今[早天]|早上|它)*(?:也|还|都|是)*{_SAME}|{_SAME},?{_TIME}也"
)
_DIFFER = compiled("不一样|比|[高低]一?点|不是|没量|没测|忘")


def tells_both(text: str) -> bool:
    """Whether a reading is told of morning and evening alike."""
    return _BOTH.search(text) is not None and _DIFFER.search(text) is None
