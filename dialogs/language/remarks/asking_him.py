"""The question is put to another in the room, and what he says passed on. Pure.

老张，你有哪儿不舒服没有？他说没有，好着呢: what counts is what he says. Where he has said nothing yet
(我问问他。大爷，您身上得劲不？) the answer is still to come.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN

_TITLES = "大爷|大妈|大娘|大叔|阿姨|师傅|老师|伯伯|婆婆|爷爷|奶奶"
_CALLED = (
    f"(?:(?:哎|喂|唉|我说)?(?:N|[老小][一-鿿]|{_TITLES}|(?:他|她|孩子|娃)[爸妈爹娘]|{ANY_KIN})[啊呀哎]*,?)"
)
_TOPIC = "舒服|得劲|难受|感觉|[量测咳烧疼痛晕]|体温|没劲|去过|出去|出过?门|外地|外头|接触|见过?|回来"
_QUESTION = (
    f"(?=[^,?]{{1,12}}(?:{_TOPIC}))"
    "[你您](?![们好说等别问能给帮会可要]|是(?:谁|哪|干)|哪[位儿个])[^,?]{1,16}?"
    "(?:没有|没得|没|吗|么|不|多少度?|几度|啥时候|什么时候|几号|哪天|怎么样|咋样)[啊呀哦呢]?[?,]*"
)
_ASKS = f"(?:^|(?<=[,?;啊呀呢])){_CALLED}{_QUESTION}"
_HE = "(?:[他她]|人家|老头子?|老爷子|老太太|N|我[爸妈爷奶]|爷爷|奶奶|大爷)"
_HE_SAYS = f"{_HE}?(?:说|讲)(?:了|的是|是)?[,:]?(?!什么|啥)"
_PASSED_ON = compiled(f"{_ASKS}(?:[^,?]{{0,10}}[,?])?{_HE_SAYS}(?P<told>.+)$")
_ASKED_LAST = compiled(f"{_ASKS}$")
_PART = compiled("[你您](?P<part>嗓子|喉咙|头|脑袋|胸口?|肚子|腿|腰|膝盖|身上|鼻子|眼睛|耳朵|心口)")
_NAMED = compiled("(?:还|就|也|是)*(?:有)?(?:点|些)?[疼痛痒酸胀闷晕堵]")
_WORDS = compiled("[你您]")


def passed_on(text: str, name: str) -> str:
    """What somebody says to whom the question was put; empty where nobody was asked.

    Args:
        text: Normalised words, with their clauses where these are known.
        name: The resident's; may be empty.
    """
    if "说" not in text and "讲" not in text:
        return ""
    told = _PASSED_ON.search(text.replace(name, "N") if name else text)
    if told is None:
        return ""
    part = _PART.search(told[0], 0, told.start("told"))  # 嗓子还疼不疼？她说还有点疼
    is_named = part is None or _NAMED.match(told["told"]) is None
    return ("" if is_named or part is None else part["part"]) + told["told"].replace("N", name)


def asks_him(text: str, name: str) -> bool:
    """Whether the question is put to another, who has not answered yet."""
    if not _WORDS.search(text):
        return False
    return _ASKED_LAST.search(text.replace(name, "N") if name else text) is not None
