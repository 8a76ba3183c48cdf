"""What was asked for before and never came: 上回说修门禁，到现在没人来 -> 修门禁. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.slots.wishes.phrases import GIVES, KIN, NUMBER, any_of

_BEFORE = any_of(
    "上[次回]", "上个?(?:月|礼拜|星期|周)", "昨天|前[几两些]?天", "前一?阵子?", "之前", "以前", "早先",
    "早就?", "原先", "原来", "本来", "那天", f"{NUMBER}(?:天|个月|个?礼拜|个?星期)前",
)  # fmt: skip
_OFFICE = "(?:你们|社区|物业|居委会|街道)"
_ASKED = (
    f"(?:就|也|都|又|让|叫|托|给|跟|向|我|我们|{_OFFICE})*"
    "(?:说|报|要|申请|登记|讲|反映|答应|约|答复|提|帮忙)"
    "(?:要|过|了|好|的|是|给我?们?|帮我?们?|让人|派人|来人|修的|送的)*"
)
_PROMISED = any_of(
    f"{_OFFICE}?(?:说好|答应)(?:了|的|要|给|我们?|帮)*",
    f"{_OFFICE}[都就也]?说(?:要|会|给|我们?|帮)*",
    "(?:登记|申请|报修|预约)[了过的]+",
)
_SINCE = (
    "(?:可是?|但是?|结果|这|都|到(?:现在|今天|这会儿?|目前|今)|至今|一直|还|也|就|硬是|迟迟|压根|根本|始终"
    f"|{NUMBER}(?:天|个?月|个?礼拜|个?星期|周)(?:了|过去了?)?)*"
)
_COMES = any_of(
    "来", "修", "送", "换", "弄", "办", "管", "理", "搭理", "动静", "消息", "信儿?", "影儿?", "回[音信话]",
    "下文", "结果", "着落", "到", "给(?:我们?)?[修送换弄办]?", "解决", "处理", "落实", "兑现", "安排",
)  # fmt: skip
_NEVER_CAME = (
    f"{_SINCE}(?:没有?|不见|未)(?:来?人来?$|(?:来?人|见)?{_COMES}(?:[好来到人过成了]|给?我)*[呢啊呀的吧]*)"
)
_UNMET = compiled(_NEVER_CAME)
_PAST_AND_UNMET = compiled(f"(?P<past>.{{3,}}?){_NEVER_CAME}")
_ASKED_BEFORE = compiled(
    f"(?:{_BEFORE}[我你您他们]*{_ASKED}|{_PROMISED})(?P<task>.{{2,12}}?)(?:的事儿?|来着|[的了吧呢啊])*"
)

_FAILED = any_of(
    f"(?:又|还|一直|[这上]次|[这上]回|今天|也|都|给){{0,3}}(?:没|忘(?:了|记了?)?)(?:给|帮)?(?:{GIVES}|来)(?:来|到|着|上)?",
    "忘了", f"(?:没空|没时间|没顾上|没来得及|顾不上)(?:来|给|帮)?(?:{GIVES})?", f"(?:{GIVES}|来|回)不[了来]",
    f"{GIVES}错", f"{GIVES}?(?:来|的|来的|回来的)?(?:不(?:太)?够|坏|过期|不对|不能用|不好使|错)",
)  # fmt: skip
_HELPERS_FAILED = compiled(
    f"(?P<task>.{{1,8}}?)(?:是|让|叫|本来|指望|靠){{0,2}}(?:{KIN}|志愿者|社区|物业|居委会)(?:他们?|她)?"
    f"(?:说|答应|本来|也|都|要|会|给|能|现在|{GIVES}|{_FAILED}){{0,4}}?(?:{_FAILED})[了的呢啊]*"
)


def helpers_failed(clause: str) -> str:
    """The thing that somebody was to bring and did not: 药 of 药儿子说送还没送; else empty."""
    failed = _HELPERS_FAILED.fullmatch(clause)
    return failed["task"] if failed else ""


def is_unmet(clause: str) -> bool:
    """Whether a clause tells that something never came or was never done: 到现在没人来."""
    return _UNMET.fullmatch(clause) is not None


def asked_before(clause: str) -> str:
    """What a clause tells to have been asked for before, or promised: 修门禁 of 上回说修门禁; else empty."""
    asked = _ASKED_BEFORE.fullmatch(clause)
    return asked["task"] if asked else ""


def asked_in_vain(clause: str) -> str:
    """The same where the clause itself tells that it never came: 修门禁 of 上回说修门禁到现在没修."""
    unmet = _PAST_AND_UNMET.fullmatch(clause)
    return asked_before(unmet["past"]) if unmet else ""


_WHEN = "(?:什么时候|啥时候?|几时|多会儿?|何时|哪天|多久)"
_ASKED_WHEN = compiled(
    f"(?P<thing>[^,]{{1,8}}?)(?:大概|到底|究竟|还|都|要|得)*{_WHEN}(?:才|就|能|会|可以|给|帮|我们?|你们|再)*"
    "(?:买|送|到|来|拿|取|配|开|发|通|供|寄|运|补)(?:[好到来上着完过通了给]|回来|过来)*(?:我们?|家里?)?[啊呀呢]*"
)


def asked_when(clause: str) -> str:
    """The thing of which it is asked when it comes: 药 of 药什么时候能送到; else empty."""
    asked = _ASKED_WHEN.fullmatch(clause)
    return asked["thing"] if asked else ""


_HELPED = (
    f"(?:(?:{KIN}|志愿者|社区|居委会|街道|网格员|师傅|[你他人]们|人家)(?:们|的人)?)"
    "(?:已经?|都|刚刚?|才|早就?|[今昨前]天|[今昨]儿|上[周午]|下午|给|帮|替|我们?|我?家里?)*(?:把[^,没不]{1,6})?"
    "(?:修|弄|换|装|解决|处理|送|买|通|疏通|收拾|打扫|安装)(?:[好来到上完通掉齐]|回来|过来)*了"
)
_DONE_BY = compiled(f"{_HELPED}[^,就才能会没不还坏错少又吗呢吧]{{0,6}}")
HELPED_BEFORE_BREAK = compiled(f"^({_HELPED})[,，](?=[^,，没不坏了缺要]{{1,4}}$)")
"""物业修好了,电梯: what was mended stands behind a break."""


def was_done(clause: str) -> bool:
    """Whether somebody is told to have done it: 物业修好了电梯."""
    return "了" in clause and _DONE_BY.fullmatch(clause) is not None
