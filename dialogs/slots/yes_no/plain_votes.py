"""Votes of 有, 没有, 是的: yes and no that name nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.slots.answer import STRANGE, Answer, is_grammar


def generic_votes(
    answer: Answer, until: int | None = None, untrue: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[bool, float]]:
    """没有, 是的, 有. A yes that may only acknowledge gives way to a no: 对，没有.

    ``until``: the position before which they stand, if not anywhere.
    ``untrue``: where words stand that tell of what did not happen: 要是有.
    """
    asked = [m.span() for m in _ASKS_BACK.finditer(answer.text)] + list(untrue)
    if answer.slot.of_others:
        asked += [m.span() for m in _UNTOLD.finditer(answer.text)]
    free = [
        token
        for token in _free(answer)
        if (until is None or token.start < until)
        and not any(start < token.end and token.start < end for start, end in asked)
    ]
    understood = 1.0 - STRANGE * answer.unexplained()
    no = [t for t in free if t.has(grammar.NO) or _means_none(t)]
    yes = [t for t in free if t.has(grammar.YES) and not t.has(grammar.NO)]
    weak = [t for t in free if t.has(grammar.WEAK_YES) and not _links(answer, t)]
    for token in no:
        yield False, token.confidence * understood
    for token in yes or ([] if no else weak):
        yield True, token.confidence * understood * (0.9 if token in yes else 0.7)


_ASKS_BACK = compiled(
    "[你您]们?(?:咋|怎么|从哪|哪)[^,;?]{0,4}有|(?<!没)有(?:没有(?=[^,;?啊呀哦])|[^,;?没不]{1,3}没有(?=$|[,;?]))|(?:家|[你您]们?)[^,;?没不要用都也有]{1,4}不(?=$|[,;?])"
)
"""有没有病人，我哪看得出来; 有娃没有; 你家腌不: neither yes nor no."""


_UNTOLD = compiled(
    "[没未不]有?(?:人|谁)?(?:告诉|告知|吱声|吭声|吭气|言语|明说|说实话|提醒|知会|通知)"
    "|[没未不]有?(?:[跟和对](?:我们?|咱们?|人|大家|谁)|给(?:我们?|咱们?|大家))(?:说|讲|提|透)"
)
"""他隔离也没告诉我 denies no contact with him."""


def _links(answer: Answer, token: Token) -> bool:
    """The 是 of 外卖都是放门口的 or of 查了，是水痘 says what something is."""
    if token.word not in _LINKING or _ENDS.match(answer.text, token.end):
        return False
    return _OPENS.fullmatch(answer.text, 0, token.start) is None


_LINKING = ("是", "系")
_ENDS = compiled("[啊呀的呢嘛哦哈]*(?:$|[,;?!])")
_OPENS = compiled("[嗯啊哎呃哦噢喔额对是,]*")


def _free(answer: Answer) -> list[Token]:
    """The words that do not belong to something else: not the 没 of 没发烧 when travel was asked."""
    free: list[Token] = []
    bound = False
    for token in reversed(answer.tokens):
        if token.is_break or token.has(answer.slot.name):
            bound = False
        elif not token.has("intent") and not is_grammar(token):
            bound = bool(token.tags)
        elif not bound:
            free.append(token)
    return free[::-1]


def _means_none(token: Token) -> bool:
    """没事, 没毛病. 没问题 says yes to some questions and no to others, so it says neither."""
    return token.has(grammar.FINE) and token.word.startswith("没") and "问题" not in token.word


def has_plain_no(answer: Answer) -> bool:
    """没有 that is not part of what follows: 没有，去过湖北 contradicts itself, 没发烧 does not."""
    spoken = [t for t in answer.tokens if not t.has(grammar.FILLER) or t.has(grammar.NO)]
    for index, token in enumerate(spoken):
        follower = spoken[index + 1] if index + 1 < len(spoken) else None
        if token.has(grammar.NO) and (follower is None or not follower.tags or is_grammar(follower)):
            return True
    return False
