"""Where an answer tells what was so before what is so now: 以前是保姆，现在我自己接. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_THEN = compiled(
    "以前|从前|原来|原先|过去(?!了)|本来|早先|早年|去年|前年|头[几两]年|前[几两]年|上一?[回次]|年轻(?:时候?|那会儿?)|小时候|"
    "起先|开始(?=[^,;?!]{0,8}[,;]?(?:后来|现在))|刚(?:来|退休)(?:那会儿?|的?时候)"
)
_NOW = compiled(
    "现在|如今|今年|眼下|目前|这会儿?|这阵子?|后来|这[几两]年|最近|改(?:成|了|到|为)?(?!善)|换(?:成|了|到|为)?(?!季)"
)


def then_until(text: str) -> int:
    """Up to which position what an answer tells was so before; 0 where it tells of no change."""
    then = _THEN.search(text)
    now = _NOW.search(text, then.end()) if then else None
    return now.start() if now else 0
