"""Whether somebody else went and the resident did not: 我没去，老伴去了，去的承德; 他们去，撂下我. Pure."""

from __future__ import annotations

import re

from dialogs.slots.place_roles import SOMEBODY

_ME = "(?:我|额)(?:自己|自个|一个人|本人|们|可|倒|就|也|又|只|是|跟[^,;去]{1,3}|和[^,;去]{1,3})*"
_I_STAYED = re.compile(
    f"(?:^|[,;])(?:可|就|但|而)?{_ME}(?:没(?:有|能)?(?:跟着|跟)?(?:去|回|走|动)成?[的啊呀呢嘛]*(?=$|[,;])"
    "|(?:在家|留守|留下|留在|守|看(?:店|家|门|摊|屋|铺)|远程))"
    "|(?:^|[,;])[^,;]{0,2}不是我(?:自己)?(?:[去回]的?)?(?=$|[,;])|(?:撂|剩|留|丢|扔)下?了?我|^除了我(?:[,;]|(?=[都全他大其别]))[^,;]{0,6}[都全]"
)
_OTHERS_GO = re.compile(
    f"(?:^|[,;]|是|派了?)(?:我|额|我们|我家|我屋里)?(?:那|的)?(?:{SOMEBODY}|全家|一?大?家子|大家|货|婆姨)(?:[替代帮]我)?[^,;我没不]{{0,8}}(?:[去回]|在[^,;]{{2,4}}[待蹲呆住])"
)
_I_WENT = re.compile(
    f"(?<![是替代帮])我(?!(?:家|屋里|那|的)*(?:{SOMEBODY}))(?:自己|也|就|才|又|后来|们|昨天|前天|跟[^,;]{{1,4}}|和[^,;]{{1,4}})*[去回跑上到陪送](?!年)"
)
_CHEAP = ("我", "额")


def stayed_behind(text: str) -> bool:
    """What somebody else did is told, and that the resident was not with them."""
    if not text.startswith(_CHEAP) and "我" not in text:
        return False
    return bool(_I_STAYED.search(text) and _OTHERS_GO.search(text) and not _I_WENT.search(text))
