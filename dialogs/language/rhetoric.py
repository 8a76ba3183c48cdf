"""What is said through its contrary, put plainly: 不难受才怪 is 难受, 能没去吗 is 去了, 没一天舒服 is 不舒服.

Denials of denials, questions that expect no answer, oaths and wishes that tell what is not so hold the words
of what they deny. Whoever reads words sees an all-clear in them, and what was learnt from answers does no
better; so they are turned before anything reads them. Only words about how somebody is, where somebody is or
went and whom somebody met are turned; everything else stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from campaign.patterns import compiled
from dialogs.language.clauses.things import THING as _THING
from dialogs.language.turns_about_illness import TURNS as _ABOUT_ILLNESS
from dialogs.language.turns_of_everyday import TURNS as _OF_EVERYDAY

_FELT = (
    "(?:发烧|发热|咳嗽|乏力|难受|生病|感冒|鼻塞|流鼻涕|头[疼痛晕]|嗓子[疼痛]|肚子[疼痛]|[腰腿背胃牙][疼痛]|浑身[疼痛酸]|"
    "拉过?肚子子?|拉稀|恶心|想吐|憋气|喘|犯困|发冷|发过烧|打喷嚏|[烧咳疼痛酸痒吐拉晕乏累病闷堵])"
)
_STRENGTH = "(?:有?(?:劲儿?|力气)|(?<=有)精神|(?<=没)精神)"
_AT_EASE = "(?:舒服|舒坦|舒心|好受|自在|得劲|痛快|安生|利索)"
_DONE = (
    "(?:接触|碰上|碰见|遇上|碰|见面|打?照面|打交道|见|挨|去外地|去|出去|出远门|出门|出过?京|出过?北京|离开北京|离京|离开|外出|"
    "跑|走|回老家|回去|出差|旅游|照顾|伺候|陪护)"
)
_NOT_TO_THE_DOCTOR = "(?!.{0,3}(?:医院|看病|检查|核酸))"
_AS_DONE = f"{_DONE}(?:过|了|着)?{_NOT_TO_THE_DOCTOR}"
_HERE = "[在待](?:北京|京|家里?)?"
_IN_BEIJING = "[在待](?:北京|京)"
_NOT = "(?:不|没有?|冇|木有)"
_SAID = (
    f"(?P<x>{_FELT}|{_AT_EASE}|{_STRENGTH}|{_AS_DONE}|{_HERE}|有(?!.{{0,3}}(?:[空钱票假车]|时间|工夫|机会)))"
)
_DENIED = f"(?P<n>{_NOT}){_SAID}"
_EITHER = f"(?P<n>{_NOT})?{_SAID}"
_OBJECT = "(?P<o>[^,;!?不没]{0,6}?)"
_UNDENIED = "(?<![不没])(?<!没有)"
_END = "(?=[,;!?]|$)"
_START = "(?:(?<=[,;!?])|^)"
_TAIL = "[呢啊呀哦嘛了的嘞哩吧噻哟喽哇啦]*"
_ASKED = "[吗么嘛啊呀呢哦]+[?]?"
_ASKED_BACK = f"(?:[啊呀嘛吧]|[?])*{_END}"
_BODY = "(?P<b>头|嗓子|肚子|鼻子|腰|腿|脑袋|身上|身子|胸口|胃)?"
_YOU = "(?:跟|对|告诉)?[你您]?们?"
_I = "(?P<i>我|俺|咱|我们|人家)?"
_TO_YOU = f"(?:跟[你您])?(?:说|讲)(?:过|了)?{_YOU}"
_ONE = "没有?(?:哪|一|半)个?[^,;!?不没一哪]{1,3}?(?<!的)(?:是)?"
_ONE_TIME = (
    "没有?(?:哪|一|半)个?(?:天|日|宿|晚上?|夜|早上?|会儿?|时|刻|分钟|阵|顿|回|次|趟|星期|礼拜|周|口饭?|句)是?"
)


@dataclass(frozen=True)
class _Turn:
    """One turn of speech."""

    needs: tuple[frozenset[str], ...]
    """Of each of these characters a text has one, if it may hold the turn: cheaper than looking for it."""
    pattern: re.Pattern[str]
    plain: str | Callable[[re.Match[str]], str]


def _turn(needs: str, pattern: str, plain: str | Callable[[re.Match[str]], str]) -> _Turn:
    return _Turn(tuple(map(frozenset, needs.split())), compiled(pattern), plain)


_IS_DONE = compiled(f"{_DONE}[过了着]?")
_IS_AT_EASE = compiled(_AT_EASE)
_IS_STRENGTH = compiled("有?(?:劲儿?|力气|精神)")


def _is_so(match: re.Match[str]) -> str:
    """What is denied, or only said, as a fact."""
    words = match["x"]
    if _IS_STRENGTH.fullmatch(words):
        words = f"有{words.removeprefix('有')}"
    elif _IS_AT_EASE.fullmatch(words):
        words = f"挺{words}的"
    elif words == "病" or (_IS_DONE.fullmatch(words) and not words.endswith(("过", "了", "着"))):
        words += "了"
    return _part(match, "i") + _part(match, "b") + words + _part(match, "o")


def _as_a_list(match: re.Match[str]) -> str:
    return match[0].replace(",", "和")


def _is_not_so(match: re.Match[str]) -> str:
    words = match["x"]
    is_had = words == "有" or _IS_STRENGTH.fullmatch(words)
    words = words.removeprefix("有") if words != "有" else words
    denial = "没" if is_had or "过" in words or _IS_DONE.fullmatch(words) else "不"
    return _part(match, "i") + _part(match, "b") + denial + words.removesuffix("了") + _part(match, "o")


def _contrary(match: re.Match[str]) -> str:
    return _is_so(match) if _part(match, "n") else _is_not_so(match)


def _always(match: re.Match[str]) -> str:
    return f"天天{_part(match, 'b')}{match['x']}{_part(match, 'o')}"


def _then(plain: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """With a break before what comes next."""
    return lambda match: plain(match) + ("" if match.string[match.end() :][:1] in ("", *",?") else ",")


def _before_what_is(match: re.Match[str]) -> str:
    """不是不烧是没量: with a break before what it is."""
    return _is_so(match) + ("," if match.string.startswith("是", match.end()) else "")


def _part(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


_DEVIL = "(?:屁|鬼|头|锤子|球|毛|铲铲)"
_STRANGE_IF = f"才(?:怪|奇怪|见了?鬼|稀奇|不正常|叫怪|邪门|邪乎|新鲜){_TAIL}"
_HOW_COULD = "(?:哪里?能|哪儿能|怎么能|咋能|怎能|怎么会|咋会|哪里?会|哪儿会|岂能|怎么可能|咋可能|哪可能)"
_NO_QUESTION = "(?![^,;!?]*[哪谁什啥])(?!有第|有假)"
_NO_WAY_NOT = "(?:没法|没办法|没法子|不得|不能|不可能|由不得)我?(?:说)?"
_IN_VAIN = "(?:不行|不成|难|不能|不可能|没办法|没辙|没门|没机会)"
_IF = "(?:要是?|如果|假如|倘若)(?:我|能|当时|真|说)*"
_NO_HELP = "(?!.{0,3}(?:买|去医院|做核酸|问))"
_OATH = (
    ",?(?:我|俺)?(?:是小狗|是孙子|是王八|跟[你您]姓|就?不姓|天打|不得好死|遭雷|(?:自己)?早就?|头一个|第一个|"
    "还[能会用]|就不会|能[不没])"
)
_A_LIE = (
    "(?:的话)?,?(?:那|这)?(?:就|都|纯|可)?(?:是|叫|属)?(?:睁眼|存心|成心)?"
    "(?:骗|蒙|糊弄|哄|冤枉|说?瞎话|说?假话|假的|昧良心|胡说|瞎说|撒谎|扯谎|造谣|装的?)(?:[你您我人]|自己)?"
)

_TURNS = (
    # 他这不是不在家嘛
    _turn(
        "这", f"(?:{_START}|(?<=[我俺他她]))这不是(?P<x>[不没][^,;?不没]{{1,8}}?)[吗嘛么][?]?{_END}", r"\g<x>"
    ),
    # What only introduces an answer and holds a denial.
    _turn(
        "瞒敢掖藏",
        "(?:不瞒[你您]们?说?|没(?:什么|啥)(?:不敢|好|可)?(?:认|说|瞒|藏|掖)(?:的|着)?)[,啊呀]*",
        "",
    ),
    _turn("跑", f"{_START}没跑(?:[儿了],|儿(?=[出去回上离接碰]))", ""),
    _turn("住", f"{_START}没(?:拦|劝|忍|憋|待|扛|熬)住我?,", ""),
    _turn("除", f"{_START}除了没(?:出国|出境|坐飞机|上天)[^,]{{0,2}},", ""),
    _turn("光", f"(光[^,]{{1,8}}就[^,]{{1,8}}?),?没(?:别的|多的|其他的?|旁的){_TAIL}", r"\1"),
    _turn("可", f"可不(?=[没不]?{_SAID}[^,;!?]{{0,5}}[嘛么吗]{_END})", ""),
    # 就一个，没别的
    _turn(
        "别多其旁 就只",
        f"({_START}(?:有,?)?(?:我?也?[就只]有?)(?:接触|碰|见|去|跑|出)?(?:过|了)?那?么?[一两俩仨几](?:个|回|次|趟|位)?),?"
        f"再?没有?(?:别的|别人|多的|其他的?|旁的|旁人){_TAIL}{_END}",
        r"\1",
    ),
    # 不咳才怪, 没有不舒服才怪; 咳才怪; 不去才怪
    _turn("才", f"没有?(?P<x>不{_AT_EASE}|不适){_TAIL}{_STRANGE_IF}", _is_so),
    _turn("才", f"{_DENIED}{_OBJECT}{_STRANGE_IF}", _then(_is_so)),
    _turn("才", f"{_UNDENIED}{_SAID}{_OBJECT}{_STRANGE_IF}", _then(_is_not_so)),
    # 没有一天不难受, 没有不疼的地方, 没一班岗不碰见病人
    _turn(
        "没找数 不",
        "(?:没有?|找不出|找不着|数不出)(?:一|哪|半)?(?:个|块|处|样|点|根)?(?:儿|地方|处|肉|骨头)?(?:是)?"
        "(?:不酸)?不(?P<x>疼|痛(?!快)|酸|痒|难受)(?!的时候|过)的?(?:地方|地儿|处)?",
        r"浑身\g<x>",
    ),
    # 没一个鼻孔通气; 早上不咳几口都不叫早上; 要是能闻着味儿就好了
    _turn("鼻 没", "没有?一?[个只]鼻(?:孔|子眼|眼)[^,;不]{0,3}[通透]气?的?", "鼻子不通气"),
    _turn(
        "几一两三半",
        "不(?P<x>咳|吐|拉|泻|喘)上?[几一两三半][声口回次阵趟],?[就都还]*不(?:叫|算|成|罢|踏实)",
        r"天天\g<x>",
    ),
    _turn(
        "闻尝吃 味 好",
        f"{_IF}(?P<x>[闻尝吃])得?(?P<o>[着出到见])[个点]?味[^,;不]{{0,3}}(?:就|该|多)多?好",
        r"\g<x>不\g<o>味",
    ),
    # 发烧,咳嗽,乏力都没有: three things in a row are all denied, if the first was asked about
    _turn(
        ", 都 没无",
        f"(?:^|(?<=,))(?:发烧|发热|咳嗽|乏力),(?:{_THING},){{1,5}}{_THING}(?=(?:这些|什么的?|[也全啥])*都(?:没有|没得|无))",
        _as_a_list,
    ),
    # 乏力,头晕都有
    _turn(
        ", 都 有",
        f"(?:^|(?<=,))(?:{_THING},){{1,5}}{_THING}(?=都有(?:[一点些]|[的了啊呢吧]*(?:$|,)))",
        _as_a_list,
    ),
    # 嘴里也尝得出味
    _turn(
        "闻尝吃嗅 得有 味",
        "(?<![^,;])(?:我|嘴里?|鼻子|吃饭|[吃闻][啥什]么?|[也都还就])*[闻尝吃嗅]得[着出到见][个点来酸甜苦辣香]*味道?[的了啊呢]*(?=$|[,;])"
        "|(?<![^,;])吃(?:饭|[啥什]么?)[也都还就]*有滋?味[的了啊呢]*(?=$|[,;])",
        "味觉正常",
    ),
    _turn("没 不", f"没有?不(?P<x>{_FELT})的时候", _always),
    _turn("没 不", f"{_ONE_TIME}{_BODY}{_NOT}(?P<x>{_FELT})(?:的时候|的|过)?", _always),
    _turn("没", f"{_ONE_TIME}(?:觉得|感觉|觉着)?{_BODY}(?P<x>{_FELT})过?", _is_not_so),
    _turn("没 不", f"没不(?P<x>{_FELT})过", r"一直\g<x>"),
    _turn("没 过", f"没(?P<x>{_FELT})过", _is_not_so),
    _turn("没", f"(?<=.)(?<!,)(?P<x>{_FELT})(?:没见[退住消停]|没离身)", r",\g<x>"),
    _turn("没", f"(?P<x>{_FELT})(?:没见[退住消停]|没离身)", r"\g<x>"),
    _turn("几两好久 没", f"(?:[几两三好]+[天日]|好久|多少天|一?阵子)没(?P<x>{_AT_EASE})", _is_not_so),
    _turn("没 不", f"{_ONE}{_NOT}是?(?P<x>(?:[跟和同与往][^,;!?]{{1,8}}?)?{_DONE})过?", _always),
    _turn("没", f"{_ONE_TIME}没有?(?P<x>(?:[跟和同与往][^,;!?]{{1,8}}?)?{_DONE})过?", _always),
    _turn("没", f"没有?哪[天回次趟](?P<x>{_AS_DONE})", r"没\g<x>"),
    _turn("断", f"没断过?(?P<x>{_DONE})", _always),
    _turn("断", f"(?:就)?没断过(?={_END})", "一直有"),
    # 没法不咳, 不能说没去过, 不得不在北京
    _turn("法得能 不没", f"{_NO_WAY_NOT}{_DENIED}", _is_so),
    # 想不咳都不行; 想去都去不成
    _turn("想", f"不想{_SAID}{_OBJECT}(?:都|也){_IN_VAIN}{_TAIL}", _is_so),
    _turn(
        "想",
        f"(?<!不)想{_EITHER}{_OBJECT}(?:都|也)(?:{_IN_VAIN}|[^,;!?]{{1,3}}?不(?:起来|[着了成上像到]))(?:能)?{_TAIL}",
        _contrary,
    ),
    # 哪能没去啊, 还能不咳, 怎么会有; 能没去吗, 这身子能舒服吗
    _turn(
        "能会 没",
        f"{_HOW_COULD}没有(?=(?:鼻子|嗓子|头|肚子|浑身|身上|胸口|腰|腿)[^没不,]{{1,2}}[得着死])",
        "有,",
    ),
    _turn("能会", f"(?:{_HOW_COULD}|还[能会]){_DENIED}{_OBJECT}(?:{_ASKED})?{_END}", _is_so),
    _turn("能会", f"{_HOW_COULD}{_NO_QUESTION}{_SAID}{_OBJECT}(?:{_ASKED})?{_END}", _is_not_so),
    _turn("能会 不没", f"(?:(?<!不)可能|(?<![不可只才])能){_DENIED}{_OBJECT}{_ASKED}{_END}", _is_so),
    _turn(
        "能会",
        f"(?<![不可只才])[能会]{_BODY}(?P<x>{_AT_EASE}|{_FELT}|有病)(?:得?了)?{_ASKED}{_END}",
        _is_not_so,
    ),
    _turn(
        "能",
        f"{_START}(?:我|俺)?能(?P<x>{_IN_BEIJING}|去|出京)(?:得了)?{_ASKED}(?:,|(?<=吗)(?=我))(?=[^,]{{2}})",
        _then(_is_not_so),
    ),
    # 房山算北京不; 我没有不在北京; 我哪在北京啊
    _turn("算 京", "(?<=..)算是?北京(?:不算?|[吗么])(?=$)", ""),
    _turn("没 京", "(?<=我)(?:可|并|又)?没有?不(?=在北京)", ""),
    _turn("哪 京", f"(?<=我)哪儿?(?=在北京{_TAIL}{_END})", "不"),
    # 窗外全是椰子树，我能在北京吗; 看见海了，哪来的北京; 什么北京啊，我在大连
    _turn(
        "能像",
        f"(?:(?<=[,;!?])|(?<![道说问讲])(?=(?:[你您]们?[说看])?我能))(?:[你您]们?[说看觉得想]+)?(?P<i>我|俺|咱)?(?:这)?(?:还|人|会)?[能像]"
        f"(?:是|还)?(?P<x>{_IN_BEIJING})(?:的人?|待着|呢)?{_ASKED}{_END}",
        _is_not_so,
    ),
    _turn(
        "哪难能 京",
        "(?<!说)不[在待搁]北京,?(?:[在待搁]哪(?!.{0,3}[你您]?(?:管|知道|不))[儿里]?|难道[^,;!?]*"
        "|能[听看闻瞧望][见到着][^,;!?]*[吗么]),?",
        "在北京,",
    ),
    _turn("哪", f"哪儿?里?来的(?=北京{_TAIL}{_END})", "不在"),
    _turn("么啥", f"{_START}(?:还)?(?:什么|啥)(?=北京{_TAIL},)", "不在"),
    _turn("屁鬼头子球毛铲", f"{_START}(?:在)?(?P<x>北京)个{_DEVIL}{_TAIL}{_END}", r"不在\g<x>"),
    # 怎么没去, 什么叫没有, 哪是没有; 哪儿是在北京
    _turn("么咋哪 没不", f"{_START}(?:怎么|咋|什么叫|哪儿?是){_DENIED}(?!呢)", _is_so),
    _turn("哪", f"哪儿?是(?P<x>{_IN_BEIJING})", _is_not_so),
    _turn("哪", f"哪(?:里|儿)?有过?{_DENIED}的?(?:道理|时候|那天|理|地方|地儿)", _is_so),
    _turn("哪行", f"{_START}{_DENIED}{_OBJECT}(?:哪行|哪成|怎么行|咋行|咋成|哪儿成|哪里行){_TAIL}", _is_so),
    # 哪有舒服的地方, 舒服啥呀, 没一天舒服, 没舒服过, 去个鬼
    _turn(
        "哪",
        f"哪(?:里|儿)?有过?(?:什么|啥|一点儿?|半点儿?|个)?(?P<x>{_AT_EASE})的?"
        f"(?:地方|时候|地儿|日子|一天)?{_TAIL}",
        _is_not_so,
    ),
    _turn(
        "么啥屁鬼头子球毛铲",
        f"{_START}{_I}(?P<x>{_AT_EASE})个?(?:什么|啥|{_DEVIL}){_TAIL}(?:{_END}|(?<=[啊呀]))",
        _then(_is_not_so),
    ),
    _turn("鬼屁球锤", f"{_START}(?P<x>{_FELT})个(?:鬼|屁|球|锤子)(?=[^,呀啊的哦])", _then(_is_not_so)),
    _turn(
        "鬼屁头子球毛铲", f"{_START}{_I}(?P<x>{_DONE}|{_FELT}|{_STRENGTH})个{_DEVIL}{_TAIL}{_END}", _is_not_so
    ),
    _turn("什啥", f"没(?P<x>{_DONE})(?:什么|啥)没(?P=x)[,]?", ""),
    _turn("什啥", "(?:在北京[?,]?)?在(?:什么|啥)(?P<x>北京)", r"不在\g<x>"),
    _turn("什啥", "(没去)过?什么(?![^,;!?]{0,3}[都也])[^,;!?]{1,4}", r"\1"),
    _turn(
        "没",
        f"没有?(?:一|半|哪|过)?[天日宿会刻分阵]?[儿钟]?(?:是)?(?P<x>{_AT_EASE})(?:过|的时候|的日子)",
        _is_not_so,
    ),
    _turn("没", f"没有?(?:一|半|哪)(?:天|日|宿|会儿?|刻|分钟|阵)(?:是)?(?P<x>{_AT_EASE})", _is_not_so),
    _turn("没", f"没有?(?:哪|一|半)个?(?:地方|地儿|处|块)儿?是?(?P<x>{_AT_EASE})的?", r"到处不\g<x>"),
    # 身子骨好不了, 身体好得了吗, 没有好转
    _turn("好", f"(?:好不了|好不起来|好(?:得了|起来)吗|[没不]见好|没有?(?:见)?好转){_TAIL}{_END}", "不舒服"),
    # 不是没去, 不是不咳
    _turn(
        "是 不没",
        f"(?<!是)(?<![查验测]了)不是{_DENIED}(?<!不舒服)(?<!不得劲)(?![^,]{{0,4}},?是(?:根本|压根|从没|就没|没机会|没敢|没能))",
        _before_what_is,
    ),
    # 谁说我没去, 我没说我不难受; 谁说我去了
    _turn("谁哪凭", f"(?:谁|哪个|凭啥)(?:看见|告诉[你您]|{_TO_YOU})了?{_I}{_BODY}{_DENIED}", _is_so),
    _turn(
        "谁哪凭",
        f"(?:谁|哪个|凭啥)(?:看见|告诉[你您]|{_TO_YOU})了?(?P<i>我|俺)人?{_BODY}(?P<x>{_AS_DONE}|{_IN_BEIJING}|{_AT_EASE}|{_FELT})了?(?![^,;!?]{{0,3}}吗)",
        _is_not_so,
    ),
    _turn(
        "谁 不没",
        f"(?<![说见过])谁{_DENIED}{_OBJECT}{_TAIL}(?:,(?=我)|(?=我(?:也|都|就|头一个|第一个|们全|们都)))",
        _then(_is_so),
    ),
    _turn("没", f"(?:我|俺)?[可又]?(?<!说)没有?{_TO_YOU}{_I}{_DENIED}", _is_so),
    _turn(
        "没",
        f"(?:我|俺)?[可又]?(?<!说)没有?{_TO_YOU}(?P<i>我|俺)(?P<x>{_DONE}[过了]|{_IN_BEIJING}|{_FELT})",
        _is_not_so,
    ),
    _turn("敢", f"(?:哪|怎么|咋)?敢说{_DENIED}{_ASKED}", _is_so),
    # 说没去那是骗您, 要说有，那是瞎话
    _turn("骗蒙哄弄枉瞎假昧胡谎谣装", f"(?:要)?说{_I}{_EITHER}{_OBJECT}{_A_LIE}", _contrary),
    # 发烧我还能揉面吗; before the next, which would make the first half of such a question of a wish
    _turn(
        "能会",
        f"{_START}{_EITHER}(?:的话)?,?我(?:还|大白天)?[能会]{_NO_HELP}[^,;!?]{{2,10}}[吗么]{_END}",
        _contrary,
    ),
    # 要是不咳就好了; 要是去了就好了, 我要没去我是小狗, 我要是舒服我就不躺着了
    _turn("要如假倘", f"{_IF}{_EITHER}(?:的话)?{_OBJECT}(?:就|倒|该|多)多?好(?:[了喽啦]|{_END})", _contrary),
    _turn("要如假倘", f"{_IF}{_EITHER}(?:的话)?{_OBJECT}(?={_OATH})", _then(_contrary)),
    _turn(
        "要如假倘",
        f"{_IF}(?P<x>{_AT_EASE})(?:了|的话)?(?P<o>,?)(?:我|俺)?(?=就|还|早|能)",
        lambda match: f"不{match['x']},",
    ),
    # 不难受我能打电话吗, 没出京，高铁票哪来的, 在北京我哪看得见海
    _turn(
        "不",
        f"{_START}{_BODY}不(?P<x>{_FELT})我?(?:能|会|干嘛|干吗|用得着|至于|犯得着)[^,;!?]{{1,10}}{_ASKED}{_END}",
        _is_so,
    ),
    _turn(
        "哪",
        f"{_START}没(?P<x>{_AS_DONE})(?P<o>[^,;!?]{{0,5}}?),?(?=[^,;!?]{{0,6}}哪儿?里?来的)",
        _then(_is_so),
    ),
    _turn(
        "找弹隔关拉封打",
        f"{_START}(?:[我俺]?要是?)?没(?P<x>{_AS_DONE})(?P<o>[^,;!?]{{0,5}}?),?(?=[^,;!?]{{0,4}}(?:能|会|至于|干嘛|怎么)[^,;!?]{{0,4}}[找弹隔关拉封打][^,;!?]{{0,5}}{_ASKED})",
        _then(_is_so),
    ),
    _turn(
        "哪怎",
        f"{_START}(?P<x>{_IN_BEIJING})(?:的话)?我?(?=(?:哪|怎么)[看能会用还])",
        _then(_is_not_so),
    ),
    # 不咳？做梦吧; 发烧？想多了
    _turn(
        "哪做想拉没得",
        f"{_START}{_BODY}{_EITHER}[?,]*(?:哪能|做梦|想多|想得美|(?<!拉)拉倒|没影儿?|没门儿?)[吧啊呀嘞哦了]*"
        f"(?:{_END}|(?<=[吧啊呀]))",
        _then(_contrary),
    ),
    # 头啥时候不疼过, 我几时咳过
    _turn(
        "时多",
        f"(?:啥时候|什么时候|几时|多会儿|何时)(?:[说喊叫]过)?{_BODY}{_EITHER}[过了](?![?])",
        _contrary,
    ),
    # 要是有人能给我拎上来那敢情好
    _turn(
        "有 好",
        f"{_START}(?:要是|要|如果|若|最好)*(?:能|有){{1,2}}人(?:能|来|给|帮|可以|我)+(?P<x>[^,;?没不]{{0,12}}?)(?:那|就|才)?(?:敢情|当然|最|再|太|可)好(?:了|不过)*{_TAIL}{_END}",
        r"得有人帮我\g<x>",
    ),
    # 刚不说了嘛,下过楼
    _turn(
        "说讲",
        "(?:刚才?|前面|早)不(?:是)?(?:都|刚)?(?:跟[你您])?[说讲]过?了[嘛吗么]+[呀啊]?[?]?,?(?=.)",
        "说了,",
    ),
    # 不舒服不让上车
    _turn(
        "不",
        f"{_START}(?:要是|如果)?(?:不舒服|发烧|咳嗽|难受)(?:的话)?[都就也]?(?:不让|不许|不准|不给)[^,;?]{{1,6}}{_END}",
        "",
    ),
    *(_turn(needs, pattern, plain) for needs, pattern, plain in _OF_EVERYDAY),
    # 这不回来了吗, 这不在家呢嘛, 这不刚到家
    _turn(
        "这",
        f"{_START}[我俺]?这不是?(?P<x>(?![算对行会能叫好用可同需要知])[^,;?不没]{{2,8}}?)[吗嘛么][?]?{_END}",
        r"\g<x>",
    ),
    _turn("这", f"{_START}[我俺]?这不(?=(?:昨[天晚儿]|今[天早儿])?(?:刚|才)刚?[回到][来京北家])", ""),
    # 这哪叫舒服, 这不叫咳嗽
    _turn("算", "(?<![也能都就])不算没有(?:的|啊)?$", "不算,没有"),
    _turn("叫算", f"这?(?:不叫|哪叫|哪算|(?<!算)不算|叫哪门子|算哪门子){_EITHER}(?!不)", _contrary),
    # 难受的时候没有, 头不疼的时候太少
    _turn("时 没", f"{_BODY}{_EITHER}的时候(?:从来?|都|也|一[回次]|压根儿?|几乎)*没有", _contrary),
    _turn(
        "时 少数", f"{_BODY}(?P<n>不)?(?P<x>{_FELT}|{_AT_EASE})的时候(?:很|太|真)?(?:少|数得着)", _contrary
    ),
    # 忘了咳嗽是啥滋味, 不知道啥叫舒服, 头疼挨不着我
    _turn(
        "忘知晓",
        f"(?:早?忘了|不知道|不晓得)(?!没)(?:啥叫|什么叫|啥是)?{_EITHER}字?(?:(?:是|长)?(?:啥|什么|咋写|怎么写|哪年)[^,;!?]{{0,3}}|(?<=.){_END})",
        _contrary,
    ),
    _turn("不", f"(?P<x>{_FELT})(?:挨|沾|找|轮|够|惹)不[着上到]我", _is_not_so),
    # 谁有我难受, 没有比我更难受的; 别提多舒服了
    _turn("我", f"(?:谁有|谁比|没有?(?:人)?比)(?P<i>我)[更还]?(?P<x>{_FELT}|{_AT_EASE})的?", _is_so),
    _turn("提", f"(?:别|甭)提(?:身上)?多(?P<x>{_AT_EASE}|有劲儿?|精神)", r"很\g<x>"),
    _turn("提", f"(?:别|甭)提(?P<x>{_FELT}|{_AT_EASE})那?[俩两]字", _is_not_so),
    # 还舒坦呢，罪受大了; 还拉肚子呢，胡说
    _turn("还", f"{_START}还(?P<x>{_AT_EASE})呢(?:,|(?=[^,]))", _then(_is_not_so)),
    _turn(
        "还",
        f"{_START}还(?P<x>{_FELT})呢,?(?=胡说|净?瞎|哪跟哪|没有(?:的事|[的啊呀]|{_END})|逗|我?[美好])",
        _then(_is_not_so),
    ),
    _turn("病", "(?:没大病|大病没有),?小(?:毛)?病(?:不断|一堆|不少|一大堆|没断过?|缠身)", "病了"),
    _turn("止单光仅只", f"不[止单光仅只]是?(?P<x>{_FELT})(?=,|$|还|也|更|而且|连|气也)", r"\g<x>"),
    # 你当我发烧呢, 还以为我接触过呢
    _turn(
        "当为",
        f"(?:(?:[你您]们?|还)+真?[当以]为?我|[你您]们?当我)(?:是|真|有|又|在)*(?P<x>{_FELT}|{_AS_DONE})(?:了|过|着)?呢{_ASKED_BACK}",
        _is_not_so,
    ),
    # 没少跑, 真不该去
    _turn("少该", f"(?:没少|不该)(?P<x>{_DONE})", _is_so),
    *(_turn(needs, pattern, plain) for needs, pattern, plain in _ABOUT_ILLNESS),
)


def _by_need() -> dict[str, tuple[int, ...]]:
    """By each character that a turn needs first, the numbers of such turns."""
    found: dict[str, list[int]] = {}
    for number, turn in enumerate(_TURNS):
        for character in turn.needs[0]:
            found.setdefault(character, []).append(number)
    return {character: tuple(numbers) for character, numbers in found.items()}


_BY_NEED = _by_need()


def plainly(text: str) -> str:
    """A normalised text with such turns of speech put plainly."""
    characters = set(text)
    for number in sorted({number for character in characters for number in _BY_NEED.get(character, ())}):
        turn = _TURNS[number]
        if not any(characters.isdisjoint(needed) for needed in turn.needs[1:]):
            text = turn.pattern.sub(turn.plain, text)
    return text
