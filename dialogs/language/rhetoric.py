"""What is said through its contrary, put plainly: 不难受才怪 is 难受, 能没去吗 is 去了, 没一天舒服 is 不舒服.

Denials of denials, questions that expect no answer and wishes that tell what is not so hold the words of what
they deny. Whoever reads words sees an all-clear in them, and what was learnt from answers does no better; so
they are turned before anything reads them. Only words about how somebody is, where somebody is or went and
whom somebody met are turned; everything else stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_FELT = (
    "(?:发烧|发热|咳嗽|乏力|难受|生病|感冒|鼻塞|流鼻涕|头[疼痛晕]|嗓子[疼痛]|肚子[疼痛]|[腰腿背胃牙][疼痛]|浑身[疼痛酸]|"
    "拉肚子|拉稀|恶心|想吐|憋气|喘|犯困|发冷|打喷嚏|[烧咳疼痛酸痒吐拉晕乏累病闷])"
)
_AT_EASE = "(?:舒服|舒坦|舒心|好受|自在|得劲|痛快|安生|利索)"
_UNWELL = f"(?:不{_AT_EASE}|不适|{_FELT})"
_DONE = (
    "(?:接触|碰上|碰见|遇上|碰|见|挨|去|出去|出门|出京|出过?北京|离开北京|离京|离开|外出|跑|走|回老家|回去|出差|旅游|去外地|见面|打交道|"
    "照顾|伺候|陪护)"
)
_AS_DONE = f"{_DONE}(?:过|了|着)?(?!.{{0,3}}(?:医院|看病|检查|核酸))"
_HERE = "在(?:北京|京|家里?|这儿)?"
_END = "(?=[,;!?]|$)"
_START = "(?:(?<=[,;!?])|^)"
_TAIL = "(?:呢|啊|呀|哦|嘛|了|的|嘞|哩|吧|噻|哟|喽|哇)*"
_ASKED = "(?:吗|么|嘛|啊|呀|呢|哦)+[?]?"
_I = "(?:我|俺|咱|我们|人家)?"
_NOT = "(?:不|没有?|冇|木有)"
_UNDENIED = "(?<!不)(?<!没)(?<!没有)"
_OBJECT = "(?P<o>[^,;!?不没]{0,6}?)"
_STRANGE_IF = f"才(?:怪|奇怪|见了?鬼|稀奇|不正常|叫怪){_TAIL}"
_ONE = "没有?(?:哪|一|半|一个|哪个)?"
_TIME = "(?:天|日|宿|晚上?|夜|会儿?|时|刻|分钟|阵|顿|回|次|趟)(?:是)?"
_NO_WAY_NOT = "(?:没法|没办法|没法子|不得|不能|不可能|由不得)我?(?:说)?"
_CAN_IT = (
    "(?:哪里?能|哪儿能|怎么能|咋能|怎能|怎么会|咋会|哪里?会|哪儿会|岂能|怎么可能|咋可能|哪可能|(?<!不)可能|"
    "(?<![不可只才])能)"
)
_WHO_SAYS = "(?:谁|哪个|凭啥)(?:跟你)?(?:说|讲|看见|告诉你)了?"
_I_DID_NOT_SAY = "没有?(?:跟你)?(?:说|讲)(?:过)?"
_IF = "(?:要是?|如果|假如|倘若)"
_WERE_GOOD = "(?:就|倒|该|多)多?好(?:了|喽|啦)"
_EVEN_SO = "(?:都|也)(?:不行|不成|难|不能|不可能|没办法|没辙)"


@dataclass(frozen=True)
class _Turn:
    """One turn of speech."""

    needs: tuple[frozenset[str], ...]
    """Of each of these characters a text has one, if it may hold the turn: cheaper than looking for it."""
    pattern: re.Pattern[str]
    plain: str | Callable[[re.Match[str]], str]


def _turn(needs: str, pattern: str, plain: str | Callable[[re.Match[str]], str]) -> _Turn:
    return _Turn(tuple(map(frozenset, needs.split())), re.compile(pattern), plain)


def _it_is_done(match: re.Match[str]) -> str:
    done = match["x"] if match["x"].endswith(("过", "了", "着")) else f"{match['x']}了"
    return _before(match) + done + _after(match)


def _it_is_not_done(match: re.Match[str]) -> str:
    return f"{_before(match)}没{match['x'].removesuffix('了')}{_after(match)}"


def _it_is_so(match: re.Match[str]) -> str:
    so = "病了" if match["x"] == "病" else match["x"]
    return _before(match) + so + _after(match)


def _it_is_not_so(match: re.Match[str]) -> str:
    return f"{_before(match)}不{match['x']}{_after(match)}"


def _before(match: re.Match[str]) -> str:
    return match.groupdict().get("i") or ""


def _after(match: re.Match[str]) -> str:
    return match.groupdict().get("o") or ""


_TURNS = (
    # 不咳才怪, 没有不舒服才怪; 咳才怪; 不去才怪
    _turn("才", f"没有?(?P<x>不{_AT_EASE}|不适){_TAIL}{_STRANGE_IF}", _it_is_so),
    _turn("才", f"{_NOT}(?P<x>{_FELT}|{_AT_EASE}|{_HERE}){_TAIL}{_STRANGE_IF}", _it_is_so),
    _turn("才", f"{_NOT}(?P<x>{_AS_DONE}){_OBJECT}{_STRANGE_IF}", _it_is_done),
    _turn("才", f"{_UNDENIED}(?P<x>{_FELT}|{_AT_EASE}){_TAIL}{_STRANGE_IF}", _it_is_not_so),
    _turn("才", f"{_UNDENIED}(?P<x>{_AS_DONE}){_OBJECT}{_STRANGE_IF}", _it_is_not_done),
    # 没有一天不难受, 没有不疼的地方, 没一天不跟病人打交道
    _turn("没 不", f"{_ONE}{_TIME}{_NOT}(?P<x>{_FELT})(?:的时候|的|过)?", r"天天\g<x>"),
    _turn(
        "没找数 不",
        "(?:没有?|找不出|找不着|数不出)(?:一|哪|半)?(?:个|块|处|样|点)?(?:儿|地方|处)?(?:是)?"
        "不(?P<x>疼|痛|酸|痒|难受)的?(?:地方|地儿|处)?",
        r"到处\g<x>",
    ),
    _turn(
        "没 不",
        f"{_ONE}{_TIME}{_NOT}(?P<o>(?:[跟和同与][^,;!?]{{1,8}}?)?{_DONE})过?",
        r"天天\g<o>",
    ),
    # 没法不咳, 不能说没去过, 想不咳都不行
    _turn("法得能 不", f"{_NO_WAY_NOT}不(?P<x>{_FELT})", _it_is_so),
    _turn("法得能 不没", f"{_NO_WAY_NOT}{_NOT}(?P<x>{_AS_DONE})", _it_is_done),
    _turn("想", f"想不(?P<x>{_FELT}){_EVEN_SO}{_TAIL}", _it_is_so),
    _turn("想", f"想不(?P<x>{_AS_DONE}){_OBJECT}{_EVEN_SO}{_TAIL}", _it_is_done),
    # 能不咳吗, 哪能没去啊, 怎么会不在北京呢
    _turn("能会 不没", f"{_CAN_IT}{_NOT}(?P<x>{_FELT}|{_HERE}){_ASKED}{_END}", _it_is_so),
    _turn("能会 不没", f"{_CAN_IT}{_NOT}(?P<x>{_AS_DONE}){_OBJECT}{_ASKED}{_END}", _it_is_done),
    # 这身子能舒服吗, 哪有舒服的地方, 舒服啥呀, 没一天舒服, 没舒服过
    _turn("能会", f"{_CAN_IT}(?P<x>{_AT_EASE})(?:得?了)?{_ASKED}{_END}", _it_is_not_so),
    _turn(
        "哪",
        f"哪(?:里|儿)?有过?(?:什么|啥|一点儿?|半点儿?|个)?(?P<x>{_AT_EASE})的?"
        f"(?:地方|时候|地儿|日子|一天)?{_TAIL}",
        _it_is_not_so,
    ),
    _turn(
        "么啥屁鬼头子球毛",
        f"{_START}(?P<i>{_I})(?P<x>{_AT_EASE})个?(?:什么|啥|屁|鬼|头|锤子|球|毛){_TAIL}{_END}",
        _it_is_not_so,
    ),
    _turn("没", f"{_ONE}(?:{_TIME})?(?P<x>{_AT_EASE})(?:过|的时候|的日子)", _it_is_not_so),
    _turn("没", f"没有?(?:一|半|哪){_TIME}(?P<x>{_AT_EASE})", _it_is_not_so),
    _turn("没", f"没有?(?:哪|一|半)个?(?:地方|地儿|处|块)儿?是?(?P<x>{_AT_EASE})的?", r"到处不\g<x>"),
    # 身子骨好不了, 身体好得了吗, 没有好转
    _turn("好", f"(?:好不了|好不起来|好(?:得了|起来)吗|[没不]见好|没有?(?:见)?好转){_TAIL}{_END}", "不舒服"),
    # 不是没去, 不是不咳
    _turn("是 不没", f"(?<!是)不是{_NOT}(?P<x>{_FELT})", _it_is_so),
    _turn(
        "是 没", f"(?<!是)不是没有?(?P<x>{_AS_DONE})(?![^,]{{0,4}},是(?:根本|压根|从没|就没|没))", _it_is_done
    ),
    # 谁说我没去, 我没说我不难受; 谁说我去了, 我没说我在北京
    _turn("谁哪凭", f"{_WHO_SAYS}(?P<i>{_I}){_NOT}(?P<x>{_FELT}|{_HERE})", _it_is_so),
    _turn("谁哪凭", f"{_WHO_SAYS}(?P<i>{_I})没有?(?P<x>{_AS_DONE})", _it_is_done),
    _turn("谁哪凭", f"{_WHO_SAYS}(?P<i>我|俺)(?P<x>{_AS_DONE})", _it_is_not_done),
    _turn("谁哪凭", f"{_WHO_SAYS}(?P<i>我|俺)(?:人)?(?P<x>在(?:北京|京))", _it_is_not_so),
    _turn("没", f"(?:我|俺)?(?:可|又)?{_I_DID_NOT_SAY}(?P<i>我|俺){_NOT}(?P<x>{_FELT}|{_HERE})", _it_is_so),
    _turn("没", f"(?:我|俺)?(?:可|又)?{_I_DID_NOT_SAY}(?P<i>我|俺)没有?(?P<x>{_AS_DONE})", _it_is_done),
    _turn("没", f"(?:我|俺)?(?:可|又)?{_I_DID_NOT_SAY}(?P<i>我|俺)(?P<x>{_DONE}[过了])", _it_is_not_done),
    # 要是不咳就好了; 要是去了就好了, 我要是舒服我就不躺着了
    _turn("要如假倘", f"{_IF}(?:我|能)*{_NOT}(?P<x>{_FELT})(?:了|的话)?{_WERE_GOOD}", _it_is_so),
    _turn("要如假倘", f"{_IF}(?:我|当时)*没有?(?P<x>{_AS_DONE}){_OBJECT}{_WERE_GOOD}", _it_is_done),
    _turn("要如假倘", f"{_IF}(?:我|能)*(?P<x>{_AS_DONE}){_OBJECT}{_WERE_GOOD}", _it_is_not_done),
    _turn("要如假倘", f"{_IF}(?:我|能)*(?P<x>{_AT_EASE}){_WERE_GOOD}", _it_is_not_so),
    _turn(
        "要如假倘",
        f"{_IF}我?(?P<x>{_AT_EASE})(?:了|的话)?(?P<o>,?){_I}(?=就|还|早|能)",
        lambda match: f"不{match['x']},",
    ),
    # 不难受我能打电话吗
    _turn(
        "不",
        f"{_START}不(?P<x>{_FELT}){_I}(?:能|会|干嘛|干吗|用得着|至于|犯得着)[^,;!?]{{1,10}}{_ASKED}{_END}",
        _it_is_so,
    ),
    # 没少跑
    _turn("少", f"没少(?P<x>{_DONE})", _it_is_done),
)


def plainly(text: str) -> str:
    """A normalised text with such turns of speech put plainly."""
    characters = set(text)
    for turn in _TURNS:
        if not any(characters.isdisjoint(needed) for needed in turn.needs):
            text = turn.pattern.sub(turn.plain, text)
    return text
