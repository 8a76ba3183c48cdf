"""Short answers to a question other than the one that was asked: 没接触过 where symptoms are asked for. Pure.

People answer late, or what they took the question for. Such an answer has a 没 or a 是 that answers nothing
that was asked.
"""

from __future__ import annotations

from enum import Enum, auto

from campaign.patterns import compiled


class Topic(Enum):
    """What a short answer can be about by its own words."""

    SPEAKER = auto()
    HEALTH = auto()
    MEASURING = auto()
    THERMOMETER = auto()
    JOURNEYS = auto()
    CONTACTS = auto()
    HOUSEHOLD = auto()
    NEEDS = auto()
    RETURN = auto()


def topic_of(text: str) -> Topic | None:
    """The topic of an answer that is one short clause about nothing else; None for any other.

    Args:
        text: The answer in the spelling of ``understanding.written.normalised``.
    """
    said = _SMALL_WORDS.sub("", text.rstrip(",;。!?"))
    if not 1 < len(said) <= _LONGEST:
        return None
    return next((topic for topic, pattern in _TOPICS.items() if pattern.fullmatch(said)), None)


def without_meetings(text: str) -> str:
    """An answer without that nobody was met: 下楼取了个快递 of 下楼取了个快递没跟人接触."""
    return _MET_NOBODY.sub("", text)


_MET_NOBODY = compiled(
    "(?<=[^,;]{4})[,;]?(?:也|都|路上|一路上?)?没(?:有)?(?:(?:[跟和与同](?:任何|别的?|外|旁|什么|生)?人(?:家)?(?:接触|说话?|打交道|照面|来往)|(?:[碰遇见看][到见着上]?|接触)(?:到|着)?过?(?:任何|什么|啥|一个|半个|别的?|外|旁|生)?人)过?)[的了呢啊]?(?=$|[,;])"
    "|(?<=[^,;]{4})[,;](?:就)?(?:也就)?(?:[一两几三五十]+|三五|十来)分钟(?:的事儿?)?(?=$|[,;])"
    "|(?<=[^,;]{4})[,;]?(?:马上|立马|转身|[扔倒取拿]完|一会儿?)就(?:上来|回来|上楼|回屋|进屋)了?(?=$|[,;])"
)
_LONGEST = 12
_SMALL_WORDS = compiled(
    "^(?:[嗯啊哦欸诶哎唉],?)*(?:(?:我们?|俺们?|咱们?|家里?|最近|这几天|这两天|这阵子?|一直|从来|根本|压根儿?|真|可|也|都|就|还),?)*"
    "(?=[没不无冇])|,(?:[一半]步|门)[都也]没[出迈](?:去|过|门)?$|[呢啊呀嘛哦喔哇啦吧哈的了]+$|谢谢[你您]?们?$"
)
_NOT = "(?:没有?|没得|冇|未)"
_ELSEWHERE = "(?:外[地省面头边]?|别[处的地方]{1,3}|其他地方|哪[儿里]?|什么地方|啥地方|远处|远门)"
_ILL = (
    "(?:病人?|确诊(?:者|的(?:人|病人)?|病人)?|疑似(?:的|病人)?|阳性?(?:的(?:人)?|病人)?"
    "|感染(?:者|的)?|密接(?:者|的)?)"
)
_PEOPLE = f"(?:{_ILL}|[外别旁]?人家?|谁|什么人|啥人|任何人|生人|陌生人)"
_MEETS = "(?:接触|来往|打交道|碰[见到上]过?面?|遇[见到上]|见)过?"
_NEAR = "(?:我?们?(?:楼[上下里]|隔壁|对门|邻居|同事|同学|单位|公司|小区|学校))"
_FELT = (
    "(?:不舒服|不适|难受|发[烧热]|[咳]嗽?|感冒|生病|头[疼痛晕]|嗓子[疼痛]|乏力|拉肚子|鼻塞|流鼻涕|症状|病)"
)
_NUMBER = "[一二两三四五六七八九十俩仨\\d]"
_TOPICS = {
    Topic.SPEAKER: compiled("(?:对,?)?(?:我)?(?:是我|就是(?:我|本人)?|是本人)"),
    Topic.HEALTH: compiled(
        f"{_NOT}(?:什么|啥|哪儿?)?(?:地方)?{_FELT}|[不没](?:发[烧热]|咳嗽?|难受|头[疼痛晕]|感冒|拉肚子)|(?:头|嗓子|肚子|身上)(?:也|都)?不[疼痛难受]{{1,2}}"
    ),
    Topic.MEASURING: compiled(f"还?{_NOT}(?:来得及|顾上|顾得上|空)?[测量]过?(?:体温|温度)?"),
    Topic.THERMOMETER: compiled(f"{_NOT}(?:体温|温度)[计表]"),
    Topic.JOURNEYS: compiled(
        f"{_NOT}(?:怎么)?(?:出(?:去|门|京|差|城|市|省|远门|北京|过(?:去|门|京|差|城|市|省|远门|北京))过?|外出过?|旅过?游|去旅游|往外跑过?|离开过?(?:北京|本地|家)?"
        f"|去过?{_ELSEWHERE})|{_ELSEWHERE}[也都]?{_NOT}[去跑]过?"
    ),
    Topic.CONTACTS: compiled(
        f"{_NOT}(?:怎么)?(?:[跟和与同]{_PEOPLE})?(?:接触|来往|打交道)过?{_PEOPLE}?|{_NOT}(?:[跟和与同]{_PEOPLE}{_MEETS}|{_MEETS}{_PEOPLE})|不是密接者?"
        f"|{_NEAR}(?:里|家)?有?[一几]?个?人?(?:阳|确诊)|[见碰遇][到上]?过?[一几两]个{_ILL}"
    ),
    Topic.HOUSEHOLD: compiled(
        f"(?:我?们?家里?)?(?:一家|总共|一共)?{_NUMBER}(?:口人?|个人)|就?我(?:自己)?一个人?(?:住|在家)?|就?我自己(?:住|一个)|我[跟和]老伴儿?(?:俩|两个人?|两口)?"
    ),
    Topic.NEEDS: compiled(
        f"{_NOT}(?:什么|啥)?(?:需要|要|用得着|用)?(?:你们?)?(?:帮忙?|帮助|麻烦)|不(?:需要|用)(?:你们?)?(?:帮忙?|帮助|什么|啥)?|不[缺少](?:东西|什么|啥|吃|喝)?"
        f"|{_NOT}(?:什么|啥)?(?:困难|需要|需求)|不麻烦你?们?|(?:啥|什么|东西)(?:也|都)不[缺要用]"
    ),
    Topic.RETURN: compiled(
        "还?没回来?|(?:昨|今|大?前)[天儿](?:早上|上午|中午|下午|晚上|夜里|半夜)?(?:才|刚|就)?(?:到|回|回来|到家|进京)的?(?:家|北京|京)?"
    ),
}
