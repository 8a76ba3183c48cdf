"""Words of an answer about symptoms that mislead the networks, and are not shown to them. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_NO_ACHE = ("核酸", "检查")
"""What a word is put as where symptoms are asked for: the networks feel the 酸 of aching muscles in it."""
_REASSURING = compiled("(?<=.),?[你您]们?就?放心(?:吧|好了|啊)*$|(?<=.),?放心吧$")
"""What sounds at the end of an answer as if all were well, whatever comes before: 老咳嗽是老慢支，您放心."""
_HARD_OF_HEARING = compiled(
    "[,;]?(?:我|就是?|只是|这|有点|人|老|岁数大)*耳朵?(?:有点|不太|也|都|早|早就)*(?:背|聋|不好使|不行|听不[清见]|不灵)[^,;疼痛流]*"
)
"""没有，就是耳朵背: how somebody hears is no complaint, and the networks take it for one."""
_SAYS_NONE = compiled("没|不|都好|挺好|正常")


def without_red_herrings(text: str) -> str:
    """An answer about symptoms, normalised, as the networks are to read it."""
    text = _REASSURING.sub("", text.replace(*_NO_ACHE))
    besides = _HARD_OF_HEARING.sub("", text)
    return besides if _SAYS_NONE.search(besides) else text
