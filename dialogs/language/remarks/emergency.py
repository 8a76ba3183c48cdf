"""Calls for help that cannot wait for people who read lists: 她嘴唇都发紫了，帮我叫个救护车. Pure.

An ambulance that is only told of (让救护车拉走了), ordered for later or declined is none, nor is a fever,
however high: that is what the survey is for.
"""

from __future__ import annotations

from campaign.patterns import compiled

_AMBULANCE = "(?:救护车|120|一二零|幺二零|急救车)"
_ASKS = (
    "(?:帮我|帮忙|给我|替我|快|赶紧|赶快|马上|麻烦|能不能|能否|得|要|请)(?:[你您]们?|给|帮|我们?|先|再|点)*"
    "(?:派|来|叫|喊|打|拨|联系|安排|要)+(?:个|一?辆|一?下|台)?"
)
_FETCH = (
    "(?:赶紧|赶快|快|马上|立刻)(?:点|些|给|帮|我|[你您]们?)*(?:叫|派|来|找|请|喊)"
    "(?:个|点|一下)?(?:人|大夫|医生)"
)
_CALLS = compiled(
    f"{_ASKS}{_AMBULANCE}|^(?:快|赶紧|要个?){_AMBULANCE}"
    "|(?<!没)(?<!差点)(?:晕|昏)(?:过去|倒|迷)(?:了|着)|叫不醒|没(?:有)?(?:呼吸|意识|反应)了|口吐白沫"
    f"|(?:嘴唇[^,;]{{0,4}}[紫青]|喘不[上过]来?气|胸口[^,;]{{0,4}}(?:疼|痛|闷))[^;]*?{_FETCH}"
    f"|{_FETCH}[^;]*?(?:嘴唇[^,;]{{0,4}}[紫青]|喘不[上过]来?气)"
)
_MAY_WAIT = compiled(
    "不用|不要|[别甭]|要不着|不需要|快生了|到时候|提前|预约|代约|接送|昨|前[天些]|上[个周礼次回]|以前|去年|那[次会天]|好了|醒过来|要是|万一"
)
_WORDS = compiled("救护车|急救|120|[一幺]二零|[晕昏]|醒|呼吸|意识|反应|白沫|大夫|医生|人")


def calls_for_help(text: str) -> bool:
    """Whether somebody needs an ambulance now.

    Args:
        text: Normalised words, with their clauses where these are known.
    """
    return _WORDS.search(text) is not None and _CALLS.search(text) is not None and not _MAY_WAIT.search(text)
