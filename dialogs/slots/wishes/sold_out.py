"""What can't be had or was not bought yet: 口罩抢不到, 上哪儿都买不着. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_SHOPS = "(?:[上去到]?哪[儿里个]?(?:家|店)?|到处|网上|手机上|超市[里头]?|药店[里头]?|楼下|外面|附近)"
_NOT_TO_BE_HAD = (
    "(?:[买抢订淘]不[到着上]|下不了单|没(?:处|地方|地儿)去?买|(?:下单)?(?:都|也|全|显示)?(?:没|缺|断)货"
    "|(?:都|全|早)?(?:抢|卖)(?:光|空|完))了?"
)
_SOLD_OUT = compiled(
    f"^(?P<thing>.{{1,9}}?)(?:都|也|全|就|又|老|还|现在|最近|总){{0,3}}(?:一直)?(?:{_SHOPS}?(?:都|也|全)?{_NOT_TO_BE_HAD}|还?没买(?:[到着上]|呢)?|家里?没有?)$"
)
"""口罩抢不到, 奶粉下单没货, 体温计还没买."""
_NOWHERE = compiled(f"^{_SHOPS}(?:都|也|全)?{_NOT_TO_BE_HAD}$")
"""上哪儿都买不着: of what was named before."""


def not_to_be_had(clause: str) -> str:
    """The words before that, which may name a thing; empty where a clause tells something else."""
    match = _SOLD_OUT.match(clause)
    return match["thing"] if match else ""


def is_nowhere(clause: str) -> bool:
    """Whether a clause tells that something can't be had, and not what."""
    return _NOWHERE.match(clause) is not None
