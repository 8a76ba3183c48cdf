"""One written form for all that recognisers and scripts write."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from campaign.patterns import any_of, compiled
from dialogs.language import grammar
from dialogs.language.numerals import spell_digits
from dialogs.language.words import CLAUSE_BREAKS, GAP

_HESITATION = compiled(r"(?:(?:[嗯呃额啊哦唔那这个][，,]?){1,4}(?:…|\.{2,})+[。，]?){1,3}")
"""嗯……: somebody who thinks; 嗯 alone is a yes."""
_THINKING = compiled("[嗯呃额啊哦唔]+[呃额]")
"""嗯呃: so is a nod that ends so, without anything written after it."""
_ERHUA = compiled(
    r"(?<=[点缝劲味伴妇眼仁事会块门孩头气样活空口鼻脸腿脚腰肚嗓病些哥姐弟妹根数阵趟])儿(?![子媳女童科])"
)
"""The r-colouring of northern speech, which recognisers write or leave out as they please."""
_COLLOQUIAL = compiled(any_of(grammar.COLLOQUIAL))
_MUMBLED = compiled("唔(?=[嗯呃额啊哦,，。…!！?？.]|$|[你您我他她咱昨今这那]|上[个周礼星]|大?前天|前[几两])")
"""Before a pause it is no Cantonese 不, nor before somebody or a day, which 不 can't deny."""
_NATIONAL_DAY = compiled(
    "(?<![双初第元年月号日周拜期点度、零一二三四五六七八九十])十一(?=那[会时阵几]|的时候|长?假|放假|期间"
    "|[,，]?我?[就也]?(?:[去出跑飞上带跟]|回(?!来|的|了?北?京|到?家)))(?!.*[一二三四五六七八九十][号日]?[就才又]?[回到返走])"
)
"""十一去的青岛: the holiday, where no other day is told beside it as 十五回的."""
_LISTED = compiled(
    "(?:[^，,。；;、！!？?…]{1,8}、)+[^，,。；;、！!？?…]{1,8}?(?:这些|什么的?|[也啥])*(?:[都全均]|统统|通通|一概|一样)(?=没|无|不|有(?!没))"
    "|没有(?:[^，,。；;、！!？?…有没不就但可也还点老又只]{2,5}、)+[^，,。；;、！!？?…有没不就但可也还点老又只]{2,5}"
    "(?:这些|之类的?|什么的|等)?(?:症状|情况)?[的啊呀呢]?(?=$|[，,。；;！!])"
)
"""发烧、头疼、腹泻均没有, 没有发烧、头疼: all of it is denied; or told, as in 乏力、头晕都有."""
_SHORT = compiled("[\u3400-\u9fff]{1,5}")
"""So few characters hold no loop; all of them being Chinese, only their words may be put otherwise."""
_LOOP = compiled(r"(.{3,}?)\1+(?P<rest>.*)", re.DOTALL)


@lru_cache(maxsize=256)
def normalised(text: str) -> str:
    """Half-width, only characters and breaks: digits as Chinese words, dialect replaced, blanks of pauses as
    commas."""
    if _THINKING.fullmatch(text):
        return ""
    if _SHORT.fullmatch(text):
        return _ERHUA.sub("", _in_common_words(text))
    if _HESITATION.fullmatch(text.strip()):
        return ""
    text = _with_pauses(unicodedata.normalize("NFKC", text)).replace("℃", "度").replace("°C", "度")
    if "、" in text:
        text = _LISTED.sub(lambda listed: listed[0].replace("、", "和"), text).replace("、", ",")
    text = spell_digits(_without_loop(text)).replace("。", ",")
    text = _ERHUA.sub("", _in_common_words(text))
    return "".join(c for c in text if c.isalnum() or c in CLAUSE_BREAKS).strip(CLAUSE_BREAKS.replace("?", ""))


_LONGER_THAN_WORDS = compiled("[\u3400-\u9fff]{5}")
_WORDS_OF_VOSK = 2.5
"""Characters that its words have at the most on average, be there a long one among them."""
_BLANK_OF_PAUSE = compiled("(?<=[\u3400-\u9fff0-9]) +(?=[\u3400-\u9fff])")


def _with_pauses(text: str) -> str:
    """Blanks are pauses where somebody typed them (没量 你等会儿我去找表), and nothing where Vosk puts one
    after every word."""
    if " " in text and _LONGER_THAN_WORDS.search(text):
        parts = text.split()
        if sum(map(len, parts)) >= _WORDS_OF_VOSK * len(parts):
            text = _BLANK_OF_PAUSE.sub(",", text)
    return text.replace(" ", "")


_BORED = compiled("[憋闷闲]得慌|[憋闷]坏了|闲得(?:难受|发慌|发毛|无聊)")
_AT_HOME = compiled("在家|在屋|屋里|家里|待着|没事干|无聊|寝室|宿舍|关在|关着|出不去|出不了门|不让出|不能出")
_JUST_BORED = compiled(
    "(?<!除了)(?:[都挺]好|好着|没(?:啥|什么)?(?:事|感觉|毛病|症状|不舒服))[的呀啊呢,]*就是(?:有点)?[闷憋]得慌"
)
_PUT_ON_WEIGHT = compiled(
    "(?:长|胖)了?(?:好?[几一两三四五六七八九十]+)斤肉?|长了?(?:一身|点|些|不少)?肉(?:了)?"
)
"""就是长了两斤肉 is no ache of flesh."""
_NONE_AND_WELL = compiled("没有(?=(?:得劲|舒服|精神|硬朗|好)着[呢咧哩嘞])")
"""没有得劲着呢, as recognisers write it, is no 不得劲."""
_BREATHES = compiled("胸|喘|气|心口|呼吸")


def _in_common_words(text: str) -> str:
    is_bored = "闲得" in text or _AT_HOME.search(text) or _JUST_BORED.search(text)
    if is_bored and ("得慌" in text or "闲得" in text) and not _BREATHES.search(text):
        text = _BORED.sub("无聊", text)  # 就是憋得慌，天天在屋里头
    if "斤" in text or "肉" in text:
        text = _PUT_ON_WEIGHT.sub("吃得多", text)
    if "着" in text:
        text = _NONE_AND_WELL.sub("没有,", text)
    if "唔" in text:
        text = _MUMBLED.sub("呃", text)
    if "十一" in text:
        text = _NATIONAL_DAY.sub("国庆", text)
    return _COLLOQUIAL.sub(lambda match: grammar.COLLOQUIAL[match[0]], text)


@cache
def normalised_word(word: str) -> str:
    """The same for a word of a script, whose gaps stay."""
    return GAP.join(map(normalised, word.split(GAP)))


def _without_loop(text: str) -> str:
    """An answer once where a decoder repeats itself: 36度936度936度9 is 36度9."""
    match = _LOOP.fullmatch(text)
    return match[1] if match and match[1].startswith(match["rest"]) else text
