"""Which of several readings counts, where the speaker says so at last. Pure.

写腋下的吧 and 以胳肢窝的为准 tell by the words of the reading, 就按后头这个算 by its place among them, and
就算三十六度八 by naming it once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from campaign.patterns import compiled

_NOT = "(?<![不别没甭])(?<!不[能要该用])(?<!别再)"
_TAKES = f"{_NOT}(?:[写记填报按取听信照]|(?<![可所难足])以)"
_SETTLES = "(?:[吧算呗写记报来办填]|数|为准|$|,)"
_BY_WORDS = compiled(rf"{_TAKES}(?P<words>[^,三四的就上]{{1,3}}?)[说看念报读瞅瞧]?的?(?:[这那]个)?{_SETTLES}")
_BY_TRUST = compiled("(?P<words>[^,三四不没]{1,3})的(?:更|才|比较|最)?(?:准|算数|作数)(?:$|,)")
"""媳妇的准."""
_BY_PLACE = compiled(
    rf"{_TAKES}(?:着|它|那|这)?(?:(?P<last>最后|末[了尾]|后[头面边来]?(?!背))|(?P<first>头里|[头前先][头面边]?|第一)"
    rf"|(?P<highest>最?高)|(?P<lowest>最?低))(?:面|那|这|一|的|量|测|试)*[个次回遍趟支]?的?(?:来)?{_SETTLES}"
)
_NAMED_AGAIN = compiled(
    rf"{_NOT}(?<!打)(?:算|{_TAKES})(?:它|个|作|成|是)*$|(?:{_NOT}是|{_TAKES})[^,三四]{{1,5}}(?:的|为准|那个),?$"
)
_LAST_OF_ALL = compiled(
    ",?(?:然?后[头来边面]?|之后|打那|完了|就)?(?:我|就|都|也|可)*(?:没|不)再(?:去)?(?:量|测|试|夹)"
)
"""七点是三十七度，十点是三十六度六，后头没再量."""

_Readings = Sequence[tuple[str, float]]
_PLACES: Mapping[str, Callable[[Sequence[float]], int]] = {
    "last": lambda values: len(values) - 1,
    "first": lambda values: 0,
    "highest": lambda values: values.index(max(values)),
    "lowest": lambda values: values.index(min(values)),
}


def chosen_of(readings: _Readings, after: str) -> tuple[int, ...]:
    """The indices of the readings that count; none where the speaker does not say.

    Args:
        readings: Each with the words before it, from the reading before, and its value in degrees Celsius.
        after: The words after the last.
    """
    if len(readings) < 2:
        return ()
    values = [value for _, value in readings]
    if _NAMED_AGAIN.search(readings[-1][0]) and values[-1] in values[:-1]:
        return (len(values) - 1,)
    if _LAST_OF_ALL.match(after):
        return (len(values) - 1,)
    by_place = _BY_PLACE.search(after)
    if by_place:
        return (next(index_of(values) for name, index_of in _PLACES.items() if by_place[name]),)
    by_words = _BY_WORDS.search(after) or _BY_TRUST.search(after)
    words = by_words["words"] if by_words else ""
    if words in _SOMEBODY and any("我" in before for before, _ in readings):
        return tuple(index for index, (before, _) in enumerate(readings) if "我" not in before)[-1:]
    return tuple(index for index, (before, _) in enumerate(readings) if words and words in before)


_SOMEBODY = ("他", "她")
"""我看是三七一，室友看是三七零，听她的: not the speaker's."""
