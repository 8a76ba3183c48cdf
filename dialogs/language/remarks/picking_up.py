"""What is said by who has just picked up the telephone: 喂，我是老白; 我是，您说. It answers nothing. Pure.

After a notice it is said by whom the first words escaped.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import clauses_of
from dialogs.language.remarks.emergency import calls_for_help
from dialogs.language.sounds import sounds_the_same

_GREETS = compiled("[喂哎啊哦嗯对诶]+")
_I_AM = "[喂哎啊哦嗯对诶,]*(?:我|俺)(?:就)?是"
_NAMES = compiled(f"{_I_AM}(?P<name>[^,]{{0,4}}?)[啊呀呢]?")
_NICKNAME = compiled("[老小大](?![人年太头伴汉家孩])[^,]")
_BEGINS = compiled(_I_AM)
_GOES_ON = compiled("(?<![跟和对给同与听])[你您](?:请)?[说讲](?:吧|呗|啊)?$")
_IS_FAMILY = compiled(f"{_I_AM}[他她]的?(?:{ANY_KIN})")
_KNOWS = compiled("明白|知道|清楚|听[见到懂]|记住|告诉|转告|(?<!就)行了|好的|好好")
_WANTS_ANOTHER = compiled("真人|人工|机器|[找叫让派换]")
_TELL_ME = compiled("[你您]?(?:可以|就)?[跟和]我(?:说|讲)(?:吧|就行|也行|一样|也一样|就可以)*[啊呀]?$")
_HAS_HEARD = compiled("明白|知道|清楚|听[见到懂]|[不没别]|记住|行|好")
_ASKS_TO_GO_ON = compiled(
    "(?:(?:啥|什么)事儿?|有(?:啥|什么)?事儿?)?[你您](?:请)?[说讲](?:吧|呗|啊)?|请[说讲]"
)


def has_yet_to_be_told(text: str, name: str) -> bool:
    """Whether nothing is said but who it is, or that the caller may go on.

    Args:
        text: The answer, normalised, in its clauses.
        name: The resident's; empty where it is not known.
    """
    is_told = _asks_to_be_told(text, name) or _only_says_who_it_is(text, name)
    return is_told and not calls_for_help(text)


def _asks_to_be_told(text: str, name: str) -> bool:
    if _TELL_ME.search(text):
        return not (_KNOWS.search(text) or _WANTS_ANOTHER.search(text))  # 我婆婆睡着呢，您跟我说吧
    if _GOES_ON.search(text) is None:
        return False
    begun = _BEGINS.match(text)
    says_his_name = begun is not None and bool(name) and text.startswith(name, begun.end())
    return says_his_name or not _HAS_HEARD.search(text)  # 我爸下楼了手机搁家里了您说


def _only_says_who_it_is(text: str, name: str) -> bool:
    if _IS_FAMILY.match(text):
        return not _KNOWS.search(text)  # 我是他闺女我爸腿脚不好接不了电话
    said = clauses_of(text)
    if not any(_is_introduced(clause, name) for clause in said):
        return False
    return bool(_ASKS_TO_GO_ON.fullmatch(said[-1])) or all(
        _is_introduced(clause, name) or _GREETS.fullmatch(clause) or sounds_the_same(clause, name)
        for clause in said
    )


def _is_introduced(clause: str, name: str) -> bool:
    named = _NAMES.fullmatch(clause)
    if named is None:
        return False
    said = named["name"]
    return not said or bool(_NICKNAME.fullmatch(said)) or sounds_the_same(said, name)
