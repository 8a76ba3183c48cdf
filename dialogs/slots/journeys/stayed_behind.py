"""Whether somebody else went and the resident did not: 没去，是我儿子去的; 他们去，撂下我. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.slots.place.roles import SOMEBODY, is_not_back

_ME = "(?:我|额)(?:自己|自个|一个人|本人|们|可|倒|就|也|又|只|是|跟[^,;去]{1,3}|和[^,;去]{1,3})*"
_I_STAYED = compiled(
    f"(?:^|[,;])(?:可|就|但|而)?{_ME}(?:没(?:有|能)?(?:跟着|跟)?(?:去|回|走|动|出[去门京])成?[的啊呀呢嘛]*(?=$|[,;])"
    "|(?:在家|留守|留下|留在|守|看(?:店|家|门|摊|屋|铺)|远程))"
    f"|^(?:没去过?|没有|没出去)+,(?=(?:那|那个)?是我(?:家|们)?(?:那|的)?(?:{SOMEBODY}))"
    "|(?:^|[,;])[^,;]{0,2}不是我(?:自己)?(?:[去回]的?)?(?=$|[,;])|(?:撂|剩|留|丢|扔)下?了?我|^除了我(?:[,;]|(?=[都全他大其别]))[^,;]{0,6}[都全]"
)
_OTHERS_GO = compiled(
    f"(?:^|[,;]|是|派了?)(?:我|额|我们|我们?家|我屋里)?(?:那|的)?(?:{SOMEBODY}|全家|一?大?家子|大家|货|婆姨)(?:[替代帮]我)?[^,;我没不]{{0,8}}(?:[去回]|在[^,;]{{2,4}}[待蹲呆住])"
)
_I_WENT = compiled(
    f"(?<![是替代帮])我(?!(?:家|屋里|那|的)*(?:{SOMEBODY}))(?:自己|也|就|才|又|后来|们|昨天|前天|跟[^,;]{{1,4}}|和[^,;]{{1,4}})*[去回跑上到陪送](?!年)"
)
_CHEAP = ("我", "额")


def stayed_behind(text: str) -> bool:
    """What somebody else did is told, and that the resident was not with them."""
    if not text.startswith(_CHEAP) and "我" not in text:
        return False
    text = _TOPIC.sub(r"\g<topic>", text)
    return bool(_I_STAYED.search(text) and _OTHERS_GO.search(text) and not _I_WENT.search(text))


def others_went_alone(text: str) -> bool:
    """我老公出差了: nothing but somebody else's journey is told, and none together with the resident."""
    text = _TOPIC.sub(r"\g<topic>", text)
    if _ANOTHER.search(text) is None or _WITH_OTHERS.search(text):
        return False
    gone = [clause for clause in re.split("[,;?]", text) if _GOING.search(clause)]
    return bool(gone) and all(map(_ANOTHER_FIRST.match, gone))


def is_still_gone(text: str) -> bool:
    """Whether the resident went, be it long ago, and is not back: 上个月就回河南老家了，现在还没回来."""
    gone = _GONE_FOR.search(text) if is_not_back(text) else None
    return gone is not None and not others_went_alone(text[: gone.end()])


_GONE_FOR = compiled(
    "(?<!没)(?<!没有)(?:[去回到上](?!来|京|北京)|出差|出门|走)[^,;没不]{0,8}了?(?=[,;]|现在|至今|到现在|人?还没)"
)


def only_others_went(text: str) -> bool:
    """我们在北京，我儿子礼拜五刚从武汉回来: every journey that is told is somebody else's."""
    is_of_another = False
    for clause in re.split("[,;?]", text):
        if not _GOING.search(clause) or _I_WENT_NOWHERE.fullmatch(clause):
            continue
        if _ANOTHER_FIRST.match(clause) and not _WITH_OTHERS.search(clause):
            is_of_another = True
        elif not (is_of_another and _AND_THEN.fullmatch(clause)):
            return False
    return is_of_another


_I_WENT_NOWHERE = compiled(
    "(?:我|俺)?(?:自己|可|倒|就|是)*(?:哪[儿里]?(?:都|也)|压根|从来|一直)?没(?:有)?(?:去|出去|出京|出门|动)过?[的啊呀]?"
)
_AND_THEN = compiled(
    "(?:昨|前|今|上[周个礼星]|[周星礼一二三四五六七八九十大]|刚|才|又)[^,;我俺咱]{0,6}[回返到][^,;我俺咱]{0,3}"
)
"""我儿子去了趟上海，昨儿回来的."""


_PARENTS = "[爸妈爹娘哥姐弟妹姨姑舅叔伯儿]"
_ANOTHER = compiled(f"(?:{SOMEBODY}|家里人|楼[上下]的)")
_TOPIC = compiled(f"(?:^|(?<=[,;?]))(?P<topic>[^,;?]{{0,3}}{_ANOTHER.pattern}),(?=[刚才就去回上出前昨])")
"""我老公,刚出差回来."""
_ANOTHER_FIRST = compiled(
    "(?:有|没|没有|是|就|就是|嗯|哦|对)*(?:(?:我|俺|咱|额)们?)?(?:家|屋里|单位|公司|宿舍|班上)?(?:的|那)?"
    f"(?:{SOMEBODY}|家里人|楼[上下]的)(?!家|那[边儿里]|在(?!外地|老家)|结婚|生日|生孩子|住院|办事|病|来)"
)
_WITH_OTHERS = compiled(
    f"[不没](?!有?{_ANOTHER.pattern})|(?:我|俺)(?!(?:家|屋里|那|的|们家|们|单位|公司|宿舍)*(?:{SOMEBODY}|{_PARENTS}|家里人))"
    f"|[跟和陪带与接送看叫让请喊派]|同(?![事学屋桌])|们?[俩仨]|一[起块道]|全家|一家|都|聚|[他她]们?的?(?=$|[,;?])|^[他她]|,[他她]"
)
_GOING = compiled("[去回走跑飞]|出(?:差|京|门|远门)|旅游|旅行|外地|离京|离开")
