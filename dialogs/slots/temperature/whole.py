"""Whether a reading of whole degrees is whole or has lost its decimal: 三十七度，… is, 三十七度啊 may not."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language.numerals import Temperature
from dialogs.language.sounds import distance, syllables
from dialogs.language.words import Token
from dialogs.slots.answer import Answer

_ENDS = compiled("$|[,;](?!零头[^,]{0,2}[没忘]|后[头面]|小数)")
_SHORTEST = 2
"""Characters: 六度 has lost its thirty."""
_DIGITS = syllables("一二两三四五六七八九零点半")
_LIKE_A_DIGIT = 0.15
"""Distance of sounds up to which a syllable may have been one: 三十七度吧 for 三十七度八."""
_SAME = 0.05
"""The same where the word is one that is answered: 嗓子 is no 三."""
_GOES_ON = {
    *("以上", "以下", "以内", "往上", "往下", "朝上", "开外", "出头", "来着", "挂零", "有余", "什么", "多少"),
    *("后头", "后面", "后边", "小数", "零头", "末尾", "尾数"),
}
"""Words after 三十七度 that belong to it."""
_OF_A_WORD = compiled("一(?:切|直|家|块|般|共|个人|点)|[一二三四五六七八九]口")
_LEAVES = compiled(
    "(?:挂|行|得|好|完|成)(?:了|啦|喽)|没(?:别|其)[的他]|没(?:不|啥|什么|哪)|[没不][烧咳喘高低热]|记(?:[死住牢好下]|一下)"
)
"""三十七度挂了."""
_NO = frozenset(["没", "没有", "不", "也", "都", "人", "我"])


def is_whole(answer: Answer, chosen: Temperature) -> bool:
    """三十七度 before a pause or a word of its own; 三十七, and 三十七度啊, may have lost a decimal."""
    words, after = answer.text[chosen.start : chosen.end], answer.text[chosen.end :]
    is_certain = answer.confidence_of(chosen.start, chosen.end) == 1.0 and len(words) > _SHORTEST
    if not (is_certain and words.endswith("度")):
        return False
    is_fallen_to = after.startswith("了") and answer.text.endswith("到", 0, chosen.start)
    return is_fallen_to or _ENDS.match(after) is not None or _begins_anew(answer, chosen.end)


def _begins_anew(answer: Answer, end: int) -> bool:
    """Whether what follows is no decimal that was misheard: 三十七度干咳, 三十六度一切正常."""
    if _OF_A_WORD.match(answer.text, end) or _LEAVES.match(answer.text, end):
        return True
    after = [token for token in answer.tokens if token.start >= end][:2]
    if not after or after[0].start != end:
        return False
    return _is_another_word(after[:1]) or (after[0].word in _NO and _is_another_word(after[1:]))


def _is_another_word(tokens: Sequence[Token]) -> bool:
    """Known, as it was written, and no digit by its first sound."""
    token = next(iter(tokens), None)
    if token is None or len(token.word) < 2 or token.word != token.said or token.word in _GOES_ON:
        return False
    first = syllables(token.word[0])
    limit = _SAME if token.tags else _LIKE_A_DIGIT
    return bool(first) and min(distance(first[0], digit) for digit in _DIGITS) > limit
