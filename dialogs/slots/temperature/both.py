"""What is told of a reading at another time than was asked for: 早晚都是三十六度四; 昨晚忘了量. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled

_TIME = (
    "(?:昨[天儿个]?(?:晚上?|夜里?|儿?黑)|晚上|夜里|今?早[上晨]?|早起|今[天儿](?:早[上晨]?)?)"
    "(?:的|那[次回会]?|量的)?"
)
_SAME = "(?:一样|一个样|一模一样|差不多|(?:是|都是|也是)?这个?(?:数|度数|温度)|没变|没变化|这么[多高])"
_BOTH = compiled(
    f"早晚(?:各?量[了过]?|[两俩][次回])*(?:都|全|一样|[,是])|{_TIME},?{_TIME}(?:都|全|[,是]*{_SAME})"
    f"|{_TIME}(?:也|还|都|和|跟|与|同|今[早天]|早上|它)*(?:也|还|都|是)*{_SAME}|{_SAME},?{_TIME}也"
)
_DIFFER = compiled("不一样|比|[高低]一?点|不是|没量|没测|忘")


def tells_both(text: str) -> bool:
    """Whether a reading is told of morning and evening alike."""
    return _BOTH.search(text) is not None and _DIFFER.search(text) is None


def tells_roughly(text: str) -> bool:
    """Whether the other is only about the same: 昨晚三十六度五，跟今天差不多."""
    return "差不" in text


_OF_ANOTHER_TIME = compiled(
    "(?:今[天儿]?早[上晨]?|早[上晨]|昨[天儿个]?(?:晚上?|夜里))?(?:是|量的?)*(?P<reading>[三四]十[^,;不没]{1,6}),"
    "(?:[哦哎啊诶]|[哦哎啊诶],)?(?:不对|错了|说错了|不是)[,]?(?:那|这|刚才那)个?是(?P<time>昨[天儿个]?(?:晚上?|夜里)|今?早[上晨])(?:量)?的?(?=$|[,;])"
)


_PUT_RIGHT_AT = compiled(
    "(?P<told>[三四]十[^,;]*[,;]?)(?P<time>昨[天儿个]?(?:晚上?|夜里)|今?早[上晨])(?P<more>[^,;三四]{0,5},?)[三四]十[^,;不没]{1,5},?"
    "(?:[哦哎啊诶]|[哦哎啊诶],)?(?:不对|不是|错了|说错了),?(?:应该)?是?(?=[三四]十)"
)
"""三十六度七，昨晚高点，三十七度一，不对，三十七度三."""


def as_of_its_time(text: str) -> str:
    """An answer in which a reading turns out to be of another time, or one of that time is put right:
    三十七度一，哦不对，那是昨晚的."""
    if "不" not in text and "错" not in text:
        return text
    text = _PUT_RIGHT_AT.sub(r"\g<told>\g<time>\g<more>", text)
    return _OF_ANOTHER_TIME.sub(r"\g<time>\g<reading>", text)


_NOT_TAKEN = compiled(
    "(?:没|未|忘|懒得|顾不上)[^,;?三四]{0,5}[量测试]|忘了?(?:$|[,;]|睡)|睡着了|没顾上|没来得及"
)
_CLAUSES = compiled("[,;?]")
_READING = compiled("[三四]十")


_FORGOT = compiled(
    "(?:就|也|都)?没[量测](?:成)?[啊呀呢]*|(?:我)?(?:都|也|就|给)?忘了?(?:量|测|这茬|个干净)?[啊呀呢]*"
)


def without_unmeasured_at(text: str, cues: Sequence[str]) -> str:
    """An answer without the clauses that tell of no reading at a time, or of a wrong one: 三十六度整 of
    三十六度整，昨晚没量. Unchanged where no reading is left.
    """
    clauses = _CLAUSES.split(text)
    unmeasured = [is_unmeasured_at(clause, cues) or _is_mistaken_at(clause, cues) for clause in clauses]
    if not any(unmeasured):
        return text
    kept = [
        clause
        for n, clause in enumerate(clauses)
        if not (unmeasured[n] or (n and unmeasured[n - 1] and _FORGOT.fullmatch(clause)))
    ]
    return ",".join(kept) if any(map(_READING.search, kept)) else text


_MISTAKEN = compiled("[说看记报弄念][错反岔]了?$")


def _is_mistaken_at(clause: str, cues: Sequence[str]) -> bool:
    """早上那个我刚才说错了, which puts nothing right of the evening."""
    is_named = any(cue in clause for cue in cues) and not _READING.search(clause)
    return is_named and _MISTAKEN.search(clause) is not None


def is_unmeasured_at(text: str, cues: Sequence[str]) -> bool:
    """Whether it is told that no reading was taken at a time, by words for which it is called: 昨晚忘了量."""
    clauses = (clause for clause in _CLAUSES.split(text) if any(cue in clause for cue in cues))
    return any(_NOT_TAKEN.search(clause) and not _READING.search(clause) for clause in clauses)
