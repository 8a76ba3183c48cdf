"""A question that was taken for another at first: 出过啊，哦您说的是家门是吧，那没有. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_TAKEN_ANEW = compiled(
    "(?:^|.*[,;])[哦噢啊喔哎]+,?(?:原来)?[你您]们?是?(?:说|问|指)的?(?:是|这个|那个)?[^,;]{1,8}"
    "(?:是吧|是吗|对吧|[吧啊呀吗呢])?,(?:那(?:我|倒|就|可|也)*|我?)(?=[没有不是在去出])"
)
_MEANT = compiled("[,;](?:我|俺)(?:刚才?)?(?:还)?(?:是说|以为|当是?|想成)[^;]*$")

_SAID_BEFORE = compiled("[,;](?:我|俺)?刚才?说(?:我|俺)?[^,;]{2,6}(?:是说|是指|指的是|意思是)[^,;]*")
"""我人还在廊坊，刚才说在北京是说家在北京."""


def taken_anew(text: str) -> str:
    """What is answered once the question was understood, an answer normalised; the whole where nothing was
    misunderstood."""
    text = _SAID_BEFORE.sub("", text)
    anew = _TAKEN_ANEW.match(text)
    return _MEANT.sub("", text[anew.end() :]) if anew else text
