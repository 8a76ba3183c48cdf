"""Free words that say there is nothing, or nothing but one thing, to be said. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_SIGH = "[嗯啊哦哎,]*"
_END = "[的了吧啊呀呢,]*"
_MATTER = "(?:意见|要求|想法|建议|问题|困难|需要)"
_THANKS = "(?:谢谢[你您]?们?|[你您]们?辛苦了?|辛苦[你您]?们?了?|麻烦[你您]们?了|再见)?[啊呀了,]*"
_NO = "(?:没有?|木有|冇|无|不用|不了|没啥|没什么|没事|没别的|没意见)[啊呀的呢吧嘛了哦]*,?"
_NOTHING = compiled(f"{_SIGH}(?:{_NO})+(?:(?:[都挺很蛮]*好|可以|行){_END})*{_THANKS}")
_OVER = compiled(
    f"{_SIGH}(?:行了?|好了?|那)?,?(?:暂时|先|我)?(?:就|都|也就)"
    f"(?:这样|这些|说完|到这|没了|没别的)[了吧啊呀儿里的,]*{_THANKS}"
)
_WELL = "(?:还行|挺好|很好|蛮好|可以|不错|满意|正常|没问题)"
_ALL_WELL = compiled(
    f"(?:[都也还挺蛮很]|一切|样样|大家|各方面)*{_WELL}{_END}"
    f"(?:大家|一切|都|还|也)*(?:挺好|很好|挺自觉|挺满意|不错)?{_END}{_THANKS}"
)
_ASKS_FOR_FAULTS = compiled("意见|建议|烦心|要求|困难|问题|补充|不满|别的|其他|还有什么|想说")
_BUT_FOR = compiled(
    f"{_SIGH}没(?:啥|什么|有)?(?:别的|其他|大)?{_MATTER}?(?:的|了|啊|呀|事)*,?"
    "(?:就是|只是|不过|就)(?!没|不|这)"
)
_NOTHING_ELSE = compiled(
    f"{_SIGH}没(?:啥|什么|有)?(?:别的|其他){_MATTER}?[的了啊呀]*,(?!谢|就这|都?[挺很蛮]?好|行了)"
)
_SHORTEST = 2
_ENOUGH = 5
"""Characters of what is told behind 没什么别的了."""


def says_nothing(question: str, text: str) -> bool:
    """没有没有，谢谢啊; 行了就这样吧; and 都还行 where faults are asked for."""
    is_well = _ASKS_FOR_FAULTS.search(question) is not None and _ALL_WELL.fullmatch(text) is not None
    return is_well or _NOTHING.fullmatch(text) is not None or _OVER.fullmatch(text) is not None


def said_after_all(text: str) -> str:
    """What comes behind that there is nothing: 没意见，就是墙上的洞还没补上; 没别的了，阀门有点紧.
    Empty for nothing."""
    if (but := _BUT_FOR.match(text)) and len(text) - but.end() >= _SHORTEST:
        return text[but.end() :]
    nothing_else = _NOTHING_ELSE.match(text)
    return text[nothing_else.end() :] if nothing_else and len(text) - nothing_else.end() >= _ENOUGH else ""
