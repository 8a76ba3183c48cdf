"""What is told of others of the household: 我自己没有，倒是我老公这两天老咳嗽. Pure.

Whether it matters is for whoever understands answers to say, who reads it as the resident would have said it
of himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import clauses_of


@dataclass(frozen=True)
class OfOthers:
    """An answer, parted by whom it is about."""

    told: Sequence[str]
    """What is told of one of the household each, their clauses with commas between."""
    as_own: Sequence[str]
    """The same, as the resident would have said it: 我这两天老咳嗽 of 我老公这两天老咳嗽."""
    rest: str
    """What is said besides."""
    is_own: bool
    """Whether that is plainly about the resident: it comes first, or names him."""


def of_others(text: str, *, is_by_family: bool = False) -> OfOthers:
    """What of an answer is told of others of the household.

    Args:
        text: The answer, normalised, in its clauses.
        is_by_family: Whether a relative speaks, who is another then.
    """
    told: list[list[str]] = []
    own: list[list[str]] = []
    rest: list[str] = []
    is_of_another = is_own_first = False
    for clause in clauses_of(_SUBJECT_ALONE.sub(r"\g<who>", _MY_TURN.sub(",", _BREAK.sub(",", text)))):
        subject = _OF_ANOTHER.match(clause)
        speaks = _OF_SPEAKER.match(clause) if is_by_family and subject is None else None
        is_of_another = bool(subject or speaks) or (is_of_another and _GOES_ON.match(clause) is not None)
        if subject is not None:
            told.append([clause[subject.end("led_in") :]])
            own.append(["我" + clause[subject.end() :]])
        elif speaks is not None:
            told.append([f"{_SPEAKER}{clause[speaks.end() :]}"])
            own.append(["我" + clause[speaks.end() :]])
        elif is_of_another:
            told[-1].append(clause)
            own[-1].append(_PRONOUN.sub("我", clause))
        else:
            is_own_first = is_own_first or not told
            rest.append(clause)
    is_own = is_own_first or any(map(_OWN.match, rest))
    return OfOthers(tuple(map(",".join, told)), tuple(map(",".join, own)), ",".join(rest), is_own)


_WHO = (
    "(?:(?:我|俺|咱|他|她)?(?:们)?(?:家里?)?(?:的)?(?:那|这)?个?"
    f"(?:[大小老二三]?(?:{ANY_KIN})(?:[他她][妈爸]|[妈爸]|奶奶|爷爷)?(?!们|儿们|几个|俩|仨)|(?<=我)[妈爸爷奶姥婆妹弟哥姐娘]"
    "|那口子|(?<=家)小子|(?<=家)[大小]的|(?<=家)老人)"
    "|室友|舍友|同屋(?:的)?|合租的)"
)
_LED_IN = (
    "(?:[嗯啊哦哎唉诶]|倒是|反倒是?|就是说?|就|不过|可是?|但是?|只是|主要是?|还有|另外|那个|对了"
    "|我?说的是|只有|是|有|倒)*"
)
_OF_ANOTHER = compiled(
    f"(?P<led_in>{_LED_IN})(?P<who>{_WHO})(?!家)(?:倒是?|呢|啊|呀|他|她)?"
    "(?=[^我俺咱您你]{2})(?!.*(?:我|俺|咱|您|你|一起|一块|[跟和]他们|[说讲问嫌催念喊]|[闹吵气害弄缠磨腾]得))"
)
_SPEAKER = "接电话的家人"
_OF_SPEAKER = compiled(
    f"{_LED_IN}(?:我|俺)(?!们|家|[妈爸爷奶姥婆妹弟哥姐娘])(?:自己|自个儿?|本人)?(?:倒是?|也|呢)*(?=[^,]{{2}})"
    "(?!.*(?:说|看|觉得|知道|问|给|替|带|陪|听|是[他她]))"
)
_GOES_ON = compiled(
    "(?:[一二三四五六七八九十]{1,3}号[^,]{0,4}回来|(?!.*(?:我|俺|咱|您|你|大人|其他|别人|都没|家里|全家|能不能|给|送|帮|需要|缺|买|麻烦))"
    "(?:他|她|昨|今|前|上|这|从|现在|刚|老|一直|总|有点|还|也|又|就|开始|发|烧|咳|流|拉|吐|[三四]十|高|体温"
    "|嗓子|头|肚子|浑身|连着|半夜|夜里))"
)
_OWN = compiled(
    "(?:可|但|但是|不过|反正|就|至于|除了)*(?:我|俺|额|咱|本人|自己|大人)(?![替代来给帮照伺]|是[他她]|都?是.{0,3}[儿女媳妈爸])"
)
"""Whoever tells of others says how he is: 我倒没有, and not 我替他说."""
_PRONOUN = compiled("^(?:他|她)")
_BREAK = compiled(
    "(?<=[^,;])(?=倒是我(?!们?家|[妈爸]))|(?<=.{2})(?:(?<=没有)|(?<=没事)|(?<=啥事)|(?<=去过)|(?<=没去)|(?<=出去)|(?<=好的)|(?<=没什么)|(?<=着呢)|(?<=度)|(?<=度[一二三四五六七八九]))"
    f"(?=(?:倒?是|反倒是?|就是?|不过|可是?|但是?)?{_WHO}(?:,|[^,;])[^,;]{{2}})"
)
"""我自己没有倒是我老公这两天老咳嗽; 我没有是我老公大前天刚从广州回来."""
_MY_TURN = compiled("(?<=[^,;]{4}[了呢])(?=我(?:那个|自己|自个|天天|倒|没|也|可|就))")
"""孩子咳得厉害了我天天给他熬梨水."""
_SUBJECT_ALONE = compiled(
    f"(?:^|(?<=[,;]))(?!(?:妈妈?|爸爸?|娘|爹|奶奶|爷爷|姥姥|姥爷),)(?P<who>{_LED_IN}{_WHO}|倒是我),(?=[^我没不,;]{{2}})"
)
