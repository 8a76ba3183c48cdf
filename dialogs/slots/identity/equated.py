"""Who is speaking, worked out from two persons who are said to be the same. Pure.

Each is the speaker, the resident, or a relative of one of them: 张三的丈夫，那就是我; 张三的媳妇是我媳妇.
What is denied, asked or only supposed (我要是张三, 哪是他媳妇) equates nobody, as a clause must begin with
the first and end with the second.
"""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.language import grammar

KIN = grammar.ANY_KIN + (
    "|连襟|亲属|亲戚|家属|姑父|姑丈|姨父|姨夫|祖母|祖父|外祖[父母]|小舅子|小姨子|大伯子|亲家公?母?|姆妈|阿哥|阿弟|阿姐|阿妹|囡|崽|堂[哥弟姐妹兄]"
    "|爷|奶|娘|爹|胞[弟妹兄姐]|兄长|夫人|那口子|那位|老汉儿?|老倌|老豆|老窦|婆姨|屋里的|屋头的|妗子?|婶子?|舅子|外甥女?|内侄|继[父母]|养[父母]|干[爹妈儿女]|妹子|弟媳妇?|孙媳妇?|侄媳妇?|孙女婿|小叔子|小姑子|大姑子|大姨子|大舅[子哥]|妯娌|表[叔姑姨舅侄嫂]|[亲后]妈|后[爹爸娘]|侄儿|大嫂|[大二三四]姨|[大二三四]舅|[大二三四五]叔"
)
"""Words for relatives, as alternatives of a pattern; the longer first where they begin alike."""
_SPOUSES = (
    "爱人|另一半|老伴|老婆|老公|妻子?|丈夫|媳妇|对象|先生|太太|内人"
    "|老头子?|老太[太婆]|婆娘|堂客|夫人|婆姨|那口子|男人"
)
_CHILDREN = "大?儿子|女儿|闺女|姑娘|丫头|孩子|娃娃?|崽"
_SPOUSE, _CHILD = compiled(_SPOUSES), compiled(_CHILDREN)
_ME = "(?:我|俺|额|阿拉|本人|在下|鄙人)"
_HE = "(?:N|他|她|伊)"
_ADDRESSED = "(?!(?<=N)(?:先生|老太太|老头|老爷子|大爷|大妈|老汉))"
"""我就是张三老太太 names herself."""
_OWNED = (
    f"{_ADDRESSED}(?:(?<=N)[他她])?(?:们?家|屋头|屋里)?的?(?:亲|大|小|老|[二三])?"
    f"(?P<{{0}}>{_SPOUSES}|{_CHILDREN}|{KIN})儿?"
)


def _person(name: str) -> str:
    """The speaker or the resident, and whose relative it is if it is one."""
    owned = _OWNED.format(f"{name}_kin")
    again = f"(?:(?:的|他|她)(?P<{name}_again>{_SPOUSES}))?"
    return f"(?:(?P<{name}_me>{_ME})|(?P<{name}_he>{_HE}))(?:{owned}{again}|自己|自个儿?|本人)?"


_EQUATION = compiled(
    "(?:^|[,;?])(?:[嗯哦对啊哎喏可但那咱是]|其实|不过|现在|人家|您找的|这个?)*"
    f"{_person('a')}[啊呀嘛呢]?(?:,?(?:那|这|也|不(?=就))?)?[就才便正真可也]*(?:是|系|叫|乃){_person('b')}(?:自己|本人)?"
    "[啊呀嘛呢哦的呗噻咧啦咯哈]*(?:$|(?=N的)|(?=[,;])(?![,;]+(?:的|家)))"
)
_CALLED = compiled("叫(?!N)|也叫")
"""我也叫张三 may be another one, and 我叫他 calls him."""
_TAKEN_BACK = compiled(
    "[你您](?:要)?找的?[那这]?[个位人]*(?:就|才|正)?是(?:我|俺)|[我俺](?:自己)?就是(?:本人|N)?(?:$|[,;])|前[妻夫]|听错|打错|[跟和与][你您]们?[找问要]的|不是(?:一个|同一)"
)
_BEFORE_ANOTHER = compiled("N是我(?=[老小][^,的是]{1,2}是我)")
"""张三是我老张是我爸."""
_ENDS = ("", "?")
_ALSO = "也是"


def told_by_equation(text: str, name: str, *, of_speaker: bool) -> str | None:
    """Himself or family: by the last clause that says who the speaker is, or (not ``of_speaker``) who
    the resident or a relative is; the resident must be meant on one side and the speaker on the other."""
    if _SPEAKERS.isdisjoint(text):
        return None
    plain = _BEFORE_ANOTHER.sub(r"\g<0>,", text.replace(name, "N") if name else text)
    told = None
    for equation in _EQUATION.finditer(plain):
        is_of_speaker = _is_bare(equation, "a", "me") or _is_bare(equation, "b", "me")
        if is_of_speaker is of_speaker and _is_meant(equation, plain):
            told = _who(equation) or told
    return told


def _is_meant(equation: re.Match[str], text: str) -> bool:
    """Not 我叫他, nor 我是他 that goes on, nor what is taken back: 我是她妈，您找的就是我."""
    if _CALLED.search(equation[0]) or _TAKEN_BACK.search(text, equation.end()):
        return False
    is_himself = _is_bare(equation, "a", "me") and _is_bare(equation, "b", "he")
    return (
        not is_himself
        or equation["b_he"] == "N"
        or text[equation.end() :] in _ENDS
        or text.startswith(",不是", equation.end())
    )


_SPEAKERS = frozenset("我俺额阿本在鄙")


def _is_bare(equation: re.Match[str], side: str, whose: str) -> bool:
    """Whether that side is the speaker or the resident himself, and no relative."""
    return equation[f"{side}_{whose}"] is not None and _kin(equation, side) is None


def _kin(equation: re.Match[str], side: str) -> str | None:
    """Which relative; 张三老婆的老公 is nobody else than 张三."""
    kin: str | None = equation[f"{side}_kin"]
    is_back = kin is not None and equation[f"{side}_again"] is not None and _SPOUSE.match(kin) is not None
    return None if is_back else kin


def _who(equation: re.Match[str]) -> str | None:
    if (equation["a_me"] is None) is (equation["b_me"] is None):
        return None
    one, other = _kin(equation, "a"), _kin(equation, "b")
    if one is None and other is None:
        return "self"
    if one is None or other is None:
        return "family"
    for alike in (_SPOUSE, _CHILD):
        if alike.match(one) and alike.match(other):
            return "self" if alike is _SPOUSE else "family" if _ALSO in equation[0] else None
    return "family" if one != other else None
