"""Numbers beside a temperature that are none of a person: bath water, rooms, shoes, ages, blood pressure."""

from __future__ import annotations

from campaign.patterns import compiled

_VITALS = compiled("高压|低压|血压|血糖|心率|心跳|脉搏|今年|年纪|岁|血氧|体重|腰围|尺码|属|[住楼鞋]")
"""In the clause before a bare number: it is no temperature."""
_OF_A_BODY = "(?![^,]*(?:体温|人量))"
_SURROUNDINGS = compiled(
    f"(?<![那这]是)(?:刻度|最[高低]温度?|预报|天气|气温|零下|水温|湿度|冷库|冰箱|外[头面边](?![^,]*(?:回|进|走|测|量))){_OF_A_BODY}"
)
_ROOM = compiled(f"(?<![那这]是)(?:屋里|室温|空调|暖气){_OF_A_BODY}")
"""Rooms are told in whole degrees: 空调底下坐久了三十五度四 is of a body."""
_LIQUID = (
    "(?:(?:洗澡|洗脚|泡脚|洗脸|热|温|开|[盆桶锅壶]里的?|烧的?|澡盆里?的?|鱼缸的?)水"
    "|奶瓶|牛奶|(?<!奶)奶|水|汤|茶)"
)
_WATER = compiled(f"{_LIQUID}[倒可才都就也是有的烧到得要兑调约大概差不多只]*$")
_DRUNK = compiled(f"[喝倒烫饮泡洗灌][了完过口杯着碗点一]*{_LIQUID}$")
"""喝完热水三十七度二 is a temperature."""
_NOT_OF_A_BODY = (
    "(?:鞋|衣服|脚|裤|帽|年纪|年龄|岁|工龄|血压|血糖|高压|低压|心率|脉搏|体重|门牌|房号|楼|单元|水|奶(?!奶)|汤|茶|湿度|室温|气温|屋|房间|空调|暖气|天气"
    "|外头|预报|冰箱|锅|炕|尺码|尺寸|号码|腰围|鱼缸|盆|壶|桶)"
)
_TOLD_AFTER = compiled(
    "[了吗吧的]?[?,]*(?:(?:[哦啊噢哎诶唉呃嗨哟呦不呸]|等[会等下]),?)*(?:(?:那|这|说的?)个?)?(?:可|都|就|才)?是"
    f"(?:我|我们|咱|俺|您|你)?(?:家|的)?[^,量测体]{{0,3}}?{_NOT_OF_A_BODY}[^,量测三四]{{0,4}}?(?=[,?]|$|(?:人|我)?[是才的]?[三四]十)|[号寸]?的?(?:鞋|裤)"
)
"""三十九，那是我鞋码."""
_HINTS = frozenset("水奶汤茶鞋衣脚裤帽年岁龄压糖率搏重牌房楼元度温屋空暖天外报冰锅炕码腰围尺鱼盆壶桶")


_OTHER_UNIT = compiled("[三四]十[五六七八九]?(?:栋|块|毛|码|公?斤|秒|层|楼|路车?|分钟|元|号楼)")


def counts_something_else(text: str) -> bool:
    """三十六栋, 三十六块五: a number with a unit of its own, whatever it sounds like."""
    return "十" in text and _OTHER_UNIT.search(text) is not None


_MUCH = (
    "(?:[不没也都还就早又挺很真太好可怪]|不太|不怎么|有点儿?|有些|已经|略|稍微?"
    "|比昨[天儿]|比平时|今[天儿]|外[面头]|天)"
    "{0,4}"
)
_ABOUT_HEAT = compiled(
    f"(?:体温|热度|温度)?{_MUCH}(?:高|低|烧|热|(?:烧|热度?)?(?:退|降|升))(?:[了些点着啊呢吧呀]|一点|下[来去]|死){{0,4}}"
    "|(?:给|被.{1,4}|让.{1,4})?(?:[打摔弄碰]{1,2})?[碎坏破]了?|借(?:给|人).{0,4}|[正刚还]?夹[着上好]?[着呢了]{0,2}"
)


def is_about_heat(text: str) -> bool:
    """Whether the words tell no more than how high it is, or of the thermometer: 烧退了, 打碎了."""
    return len(text) <= _LONGEST and _ABOUT_HEAT.fullmatch(text) is not None


_LONGEST = 8


def is_of_something_else(before: str, after: str, *, is_bare: bool, is_whole: bool) -> bool:
    """Whether a number is no body temperature.

    Args:
        before: The words of its clause before it.
        after: All words after it.
        is_bare: Whether it may be a mere number, without degrees.
        is_whole: Whether it has no decimal.
    """
    if (
        _SURROUNDINGS.search(before)
        or (is_whole and _ROOM.search(before))
        or (is_bare and _VITALS.search(before))
    ):
        return True
    if _WATER.search(before) and not _DRUNK.search(before):
        return True
    return not _HINTS.isdisjoint(after[:_FAR]) and _TOLD_AFTER.match(after) is not None


_FAR = 16
"""Characters after a number that may say what it is."""
