"""Being well but for what is chronic: 没发烧也不咳，就是老毛病血压高. Nobody is ill of that today. Pure."""

from __future__ import annotations

import re

from campaign.patterns import any_of, compiled
from dialogs.script import Script, SlotType

_MORE = ("血脂高",)
"""What is chronic besides the script's own words."""
_BUT_FOR = (
    "(?:,?(?:就是|只是|只有|除了)(?:有|点|个|这|我|那|老毛病|老|耳朵[背聋]?不?好?使?|,)*"
    "|,(?:我|他|她)?(?:就是?)?(?:有|还有)?)"
)
_FOR_YEARS = "(?:吃|打|扎|用)了?(?:[好多几十一二两三四五六七八九]+年)?(?:的?药|针|胰岛素)"
_AS_ALWAYS = (
    "(?:,?(?:这|个|是|老毛病|老病|[好多][多几少]?年|天天(?:吃药|打针|扎针)?|一直|都|在?吃着?药|吃着药"
    f"|{_FOR_YEARS}|控制着?|药[也都]?快?[没完]|的)+[了呢]*)*"
)
_ALL_ELSE = (
    "(?:,?(?:别的|其他)(?:地方)?(?:都|也)?(?:没有?|没啥|没什么|没事|挺?好|正常)[的了着呢]*)?"
    "(?:,?(?:别的|其他)?,?(?:也|都)?[没不](?:发烧|咳嗽|烧|咳)(?:,|也|又|都)*[没不](?:发烧|咳嗽|烧|咳)[的了着呢]*)?"
)


def but_for_what_is_chronic(script: Script) -> re.Pattern[str] | None:
    """Matches answers that tell nothing but that, with ``well`` for what comes before it; None where a script
    has no place for what is chronic. What hurts as well (痛风) is a complaint."""
    lists = (s for s in script.slots.values() if s.type is SlotType.MULTI_CHOICE and not s.question)
    felt = {
        word
        for slot in script.slots.values()
        if slot.type is SlotType.SYMPTOMS
        for words in slot.values.values()
        for word in words
    }
    said = [word for slot in lists for words in slot.values.values() for word in words if word not in felt]
    if not said:
        return None
    chronic = f"(?:{any_of([*said, *_MORE])})"
    several = f"{chronic}(?:(?:,|和|跟|还有|也|都|有)*{chronic})*{_AS_ALWAYS}"
    return compiled(
        f"(?P<well>[^就只除]*[没不好][^就只除]*?){_BUT_FOR}{several}{_ALL_ELSE}[的了啊呢,]*$"
        f"|(?:我|俺)?[就只](?:是)?(?:有)?个?老?{several},(?P<else>(?:别的|其他)(?:毛病|地方)?(?:都|也)?(?:没有|没啥|没什么|没事|挺?好))[的了啊呢,]*$"
    )
