"""An answer that is kept in its own words: 钥匙给物业了, to 房子托谁照看. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.slots import wishes
from dialogs.slots.answer import Answer, Finding, is_grammar
from dialogs.slots.nothing_to_say import said_after_all, says_nothing

_WORDS = 0.8
"""Confidence of the words themselves."""
_UNCLEAR = 0.55
"""Of words that ask back, put off, or are mostly unknown."""
_NOBODY = 0.9
_SHORTEST = 2
"""Characters."""
_FEW = 3
"""Words beside a no that say no more than it."""
_STRANGE = 0.75
"""Share of words that nobody knows from which an answer may be misheard."""
_NOT_YET = compiled("还?没(?:有)?(?:找[着到]|定|想好|商量好|决定|谈好|说好|安排)|不一定|说不准|再说|再看")
_NO = compiled(
    "[嗯啊哦哎,]*(?:也?没(?:有)?(?:谁|人(?!行)|什么人|啥人)|谁也[不没]|谁都[不没]|没得人"
    "|没有?(?:啥|什么)(?:特别)?[^,就]{0,6}(?:的|$))"
)
_SAYS_NO = compiled("[嗯啊哦哎,]*(?:没有?|木有|冇|无)[啊呀的呢吧嘛]*")
_EDGES = compiled(
    "^(?:嗯|啊|哦|哎|呃|那个|这个|就是说?|,|对(?=,)|是的,)+|[,]?(?:嗯|啊|哦|呀|吧|呢|嘛|呗|啦|哈)+$"
)
_ASKS_BACK = compiled("(?:[你您]们|社区).{0,6}(?:能不能|可不可以|帮|行不行)|[?？]|[吗么]$|什么意思")
_VAGUE = compiled(
    "(?:^|可|那)多了(?!,.)|多了去|很多|好多|一大?堆|[啥什]么?都(?!没)|想想|说不[上清好完]|怎么说|随便|^都行"
)


def find_own_words(answer: Answer, text: str, content: Sequence[Token]) -> Finding | None:
    """The words, less what only leads up to them; empty for none (没人看), None where it is not known yet.

    Args:
        answer: The answer.
        text: Its words as they were written.
        content: Those that are neither grammar nor a no.
    """
    if besides := said_after_all(text):
        return Finding(_EDGES.sub("", besides), _WORDS)
    if says_nothing(answer.slot.question, text):
        return Finding("", _NOBODY)
    if wishes.is_unknown(text) or _NOT_YET.search(text):
        return Finding(None, _NOBODY)
    spoken = [token for token in answer.tokens if not token.is_break]
    none = [token for token in spoken if token.has(answer.slot.name, "none")]
    rest = [t for t in spoken if t not in none and not is_grammar(t) and not t.has(grammar.FILLER)]
    if _NO.match(text) or (none and len(rest) <= _FEW):
        return Finding("", min((token.confidence for token in none), default=_NOBODY))
    told = [token for token in content if token.has("kin") or not token.has(grammar.FILLER)]
    said = _EDGES.sub("", text)
    if not told or len(said) < _SHORTEST:
        return Finding("", _NOBODY) if _SAYS_NO.fullmatch(text) else None
    return Finding(said, _UNCLEAR if is_vague(text) or is_strange(answer) else _WORDS)


def is_vague(text: str) -> bool:
    """Whether words ask back, or say that there is much to say: 那可多了."""
    return _VAGUE.search(text) is not None or _ASKS_BACK.search(text) is not None


def is_strange(answer: Answer) -> bool:
    """Whether hardly any word is known."""
    return answer.unexplained() > _STRANGE
