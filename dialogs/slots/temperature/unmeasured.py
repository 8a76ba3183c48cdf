"""No reading of today: 没量, 体温计坏了, 多少度我给忘了; and when words like these do not mean it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.slots.answer import Answer

THERMOMETER = (
    "(?:体温计|温度计|体温表|温度表|测温[枪仪]|体温枪|额温枪|耳温枪|(?:电子|水银)的?那[个支只]"
    "|电池|(?<!代)表|玩意|家伙|枪|东西)"
)
GONE = "(?:坏|没电|碎|摔|破|打[烂碎破]|烂|找不[着到见]|寻不|丢|没了|不见|不准|不好使|不显|不灵|不亮|借|忘)"
_UNMEASURED: Sequence[re.Pattern[str]] = tuple(
    compiled(words)
    for words in (
        "(?:没|未|不(?!信)|懒得|忘|顾不上)[^,]{0,5}(?:[量测试](?!是|错)|夹(?![好紧住]))",
        "从来?不(?:[爱去]?[量测试])|[没不](?:爱|用)?[量测]过?(?:那个|这个|那玩意)",
        "(?:哪|谁|咋)[^,]{0,5}(?:空|工夫|功夫|时间|来得及|顾得上)[^,]{0,3}[量测试]",
        f"(?:没|冇|莫得|缺|哪有|哪来的?|不会[使用]|没有)[^,]{{0,5}}{THERMOMETER}",
        f"{THERMOMETER}[^,]{{0,8}}{GONE}",
        "今[天儿][^,]{0,2}没有?(?:,|$)|今[天儿]个?的?[还倒可就]*(?:空着|白着|没(?:填|写|记|到点|到时|弄))",
        "[量测]不[了成]|[量测]啥[量测]|拿(?:什么|啥|么子|嘛)[量测]|没量|没测|没试表|没来得及|没顾上|没顾得上|没空|没工夫|[量测]它?(?:干|做)",
        "(?:一会|等会|待会|回头|晚点|马上|等下|过会|吃完饭|明天)[^,]{0,6}[再就去]?[量测]",
        "看不出|[认瞧读]不出|(?:忘|记不|不记得|没记|没看|没问|没告诉|没跟我说|没说|看不[清见]|没看清|认不[清得]|[不勿]知道|不清楚|没注意|没留神|没留意|想不起|没印象|没听)",
    )
)
_NOT_OF_THIS = compiled(
    f"{grammar.ANY_KIN}|不是没|前[几两]天|家里|在家|别人|其他人|其余|旁人|爱人|老伴|孩子|儿子|女儿|他|她|谁说|没有没|怎么没|能没|早|上午|中午|昨|前天|夜|晚|起初|一开始|起床|那会|刚才|先前|额|(?:下午|后晌|傍晚|睡前|饭后)的|那[次回]|血|高压|低压|心率|脉|体重|身高|手|腋|耳|嘴|胳肢|咯吱|夹窝|肛|舌|脑门"
)
_NOT_YET_AGAIN = compiled("下午|后晌|傍晚|现在|这会|眼下|目前|这阵|饭后|睡前|再没")
_READ_BEFORE = compiled(
    "(?:今早|(?<!昨天)(?<!前天)(?:早[上晨起间]|清早|大早|上午|中午|晌午))[^,没未不]{0,8}(?:三十|四十|[六七八九]度)"
)
"""A reading earlier today counts where only the later one was not taken."""


def is_doubted(answer: Answer) -> bool:
    """没量，平时三十六度五: no reading of today, unless 早上没量，中午三十六度三 (or the other way round)."""
    said = as_said(answer)
    if _AFTER_ALL.search(said) or _NOT_LATER.search(said):
        return False
    is_of_before = _READ_BEFORE.search(said) is not None
    return answer.is_asked and any(
        _UNMEASURED[0].search(clause)
        and not _SUPPOSED.search(clause)
        and not (_NOT_OF_THIS.search(clause) or (is_of_before and _NOT_YET_AGAIN.search(clause)))
        for clause in re.split("[,;?!]", said)
        if "没量" in clause or "没测" in clause or "没试" in clause
    )


_NOT_LATER = compiled(
    "(?<!昨天)(?<!前天)[三四]十[^,]{1,5},?(?:可|我|就|后|[后再]来|到|今天)*(?:后来|[下中]午|后晌|傍晚|晚上)[就还都也我]*没[量测试]"
    "|没[量测试]错"
)
"""三十六度五，后来没量."""
_SUPPOSED = compiled("(?:当|以为|寻思|只道|想着|觉着)[^,]{0,4}没[^,]{0,3}[量测试]")
"""我当没量呢，一翻本子，今早记着三十六度一."""
_ENDS = "(?:,|(?=[三四]十?[五六七八九]))"
"""Of a clause: a comma, or the reading, which is one of its own."""
_AFTER_ALL = compiled(
    f"[没未忘][^,]{{0,4}}[量测试](?:.*(?:,|(?=[到刚今]))(?:[^,]{{0,8}}(?:补|总算|倒是?|终于|这才|刚刚?才?)[^,没未]{{0,6}}(?:[量测试]|(?<=补)[上了])[^,三四]{{0,3}}{_ENDS}"
    f"|(?:我|人)?[量测试]了?[量测试]?[了过着][^,没未三四]{{0,2}}{_ENDS})"
    "|[呢啊]?(?:,?[哦噢啊哎诶唉嗯呃嗨不对是])+,?我?[量测试]了?[量测试]?[了过着][^,没未]{0,2},)"
)
"""好几天没量，今天总算量了; 没量，哦，量了量了."""


def is_unmeasured(answer: Answer) -> bool:
    """没量, 体温计坏了, 多少度我给忘了: there is no reading of today to ask for."""
    return any(words.search(as_said(answer)) for words in _UNMEASURED) or any(
        t.has("unknown:" + answer.slot.name) or t.has(grammar.UNKNOWN) for t in answer.tokens
    )


def is_forgotten(answer: Answer) -> bool:
    """三十六度几来着，忘了: the part that matters is not known any more."""
    return _FORGOTTEN_TENTHS.search(as_said(answer)) is not None


_FORGOTTEN_TENTHS = compiled("[度十]几(?:来着|度|吧|呢)*[^,]{0,4},?[^,]{0,6}(?:忘|记不|不记得|想不起|没记)")


def as_said(answer: Answer) -> str:
    """The words before any repair by sound."""
    return "".join(token.said for token in answer.tokens)
