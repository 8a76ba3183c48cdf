"""Words of an answer about symptoms that mislead the networks, and are not shown to them. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_NO_ACHE = ("核酸", "检查")
"""What a word is put as where symptoms are asked for: the networks feel the 酸 of aching muscles in it."""
_REASSURING = compiled(
    "(?<=.),?(?:[你您]们?)?就?把?心[搁放]在?(?:肚子|肚皮|心窝)里?[吧啊呀]*$"
    "|(?<=.),?[你您]们?就?放心(?:吧|好了|啊)*$|(?<=.),?放心吧$"
)
"""What sounds at the end of an answer as if all were well, whatever comes before: 老咳嗽是老慢支，您放心."""
_HARD_OF_HEARING = compiled(
    "[,;]?(?:我|就是?|只是|这|有点|人|老|岁数大)*耳朵?(?:有点|不太|也|都|早|早就)*(?:背|聋|不好使|不行|听不[清见]|不灵)[^,;疼痛流]*"
)
"""没有，就是耳朵背: how somebody hears is no complaint, and the networks take it for one."""
_CHRONIC = compiled(
    "[,;]?(?:不过|可是?|就是|还|本来|原来|一直|都|也|有|我|他|她|这|老毛病)*"
    "(?:高血压|血压(?:也|有点|偏|都)*高|糖尿病|血糖(?:也|有点|偏|都)*高|老?慢支|慢阻肺|冠心病|心脏不(?:太)?好)(?:老毛病|[了的呢啊])*(?=$|[,;])"
)
"""他咳嗽三天了，不过本来就有老慢支: what is chronic makes the networks doubt what is new."""
_SAYS_NONE = compiled("没|不|都好|挺好|正常")
_ACUTE = compiled("[咳烧热疼痛吐泻拉鼻嗓喘闷乏晕]")
"""What is chronic is left alone where nothing else is told: 血糖高，别的没有."""


def without_red_herrings(text: str) -> str:
    """An answer about symptoms, normalised, as the networks are to read it."""
    text = _REASSURING.sub("", text.replace(*_NO_ACHE))
    acute = _CHRONIC.sub("", text)
    text = acute if _ACUTE.search(acute) else text
    besides = _HARD_OF_HEARING.sub("", text)
    return besides if _SAYS_NONE.search(besides) else text
