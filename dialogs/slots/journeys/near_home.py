"""Whether an answer names nothing but parts of the home: 去了天安门, 去怀柔看我妈了 are no journeys. Pure."""

from __future__ import annotations

from collections.abc import Collection

from campaign.patterns import compiled
from dialogs.entities.places import places

_HOME_ITSELF = frozenset(("首都", "京城", "帝都"))
_LED = compiled(
    "(?:^|[,;?]|[去到上在往从就是]|[去到]过|[去到]了|一?趟|去的|还是|顶多|最远)(?:我|就|也|只|才)*$"
)
_AWAY = compiled(
    "外地|外省|外面|老家|城外|出[了过]?(?:一?趟)?(?:京|北京|差)|离[了开过]*(?:京|北京)|旅[游行]|飞|高铁|火车|动车|出国|国外"
    "|(?<!从[^,;?]{2})(?<!从[^,;?]{3})(?<!从[^,;?]{4})回|[?]|算|然后|后来|[又还再]去|再|别的|转[车机]|出发|登机|走的"
    "|[带跟]团|好[几多]|自驾|长途|[拉送]货|以[外北南东西]"
)
"""What may tell of more than that, or doubts it."""
_JUST = "(?:我|俺|咱|们|就|也|只|光|顶多|最多|无非|倒是?|不过|[昨今前][天儿]|早上|上午|下午|刚才?|没别的)"
_ERRAND = compiled(
    f"{_JUST}*(?:去|到|上|下|出门)[了过]?一?[趟次下]?(?:附近|门口|楼下|小区|社区|家门口)?的?(?:医院|超市|菜市场|菜场|早市|公园|单位|楼|银行|邮局|药[店房]"
    "|理发店|商场|幼儿园|派出所|驿站|居委会)(?:看(?:个|了)?病|[拿取开]个?药|买个?菜|办点事|转转|遛弯|上班)?[了呢啊呀吧的]*"
    f"|{_JUST}*(?:就|只|光|顶多|最多|无非){_JUST}*(?:下楼|出门|楼下)?去?(?:买|取|拿|扔|倒|遛|接送?)(?:[个点趟了过下]|一趟)?(?:菜|东西|快递|外卖|垃圾|狗|弯|孩子|报纸|牛奶)[了呢啊呀吧的]*"
    "|(?:家里?|宿舍)[和跟到与](?:单位|公司|学校|店里?|厂里?|工地)(?:两[头边点]|来回)跑?(?:一线)?[了呢啊呀的]*"
)
_ALSO_HERE = compiled(
    "[嗯我就也是昨今前天儿]*[去上到回]了?一?趟?[^,;?没不去]{1,6}(?:那[儿边里]?|家)了?,?(?:那|他们?|她们?)?(?:也|都)(?:就|是)?在(?P<home>[^,;?]{2})(?:的|呢|啊|呀|嘛)*"
)


def is_errand(text: str) -> bool:
    """Whether nothing is told but what people do every day: 去了趟医院, 就买个菜, 家和单位两头跑."""
    return _ERRAND.fullmatch(text) is not None


def is_only_near_home(text: str, homes: Collection[str]) -> bool:
    """Whether somebody went to parts of the home, and to nowhere else that is told."""
    if homes and is_errand(text):
        return True
    there = _ALSO_HERE.fullmatch(text)
    if there is not None and there["home"] in homes and not any(places(text[: there.start("home")])):
        return True  # 去我妈那儿了,也在北京
    if not homes or _AWAY.search(text):
        return False
    named = list(places(text))
    if not all(any(one.place.is_in(home) for home in homes) for one in named):
        return False
    parts = [one for one in named if text[one.start : one.end] not in _HOME_ITSELF.union(homes)]
    return any(_LED.search(text[: one.start]) for one in parts)
