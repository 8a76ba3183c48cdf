"""What is meant by a question, asked back instead of an answer: 什么叫外地, 外地指哪儿，河北算不算. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.remarks.clauses import spoken_clauses

_WORD = "(?:外地|外省|出京|离京|重点地区|密接|密切接触|接触|疑似|确诊|乏力|不适|不舒服)(?:病人|病例|者)?"
_ENDING = "[啊呀呢嘛吗么哦吧了?]{0,3}"
_MEANT = compiled(
    f"(?:什么|啥子?|么子|咋|怎么|怎样|哪[儿里个])(?:样)?(?:的)?(?:才)?(?:叫|算|是)(?:是)?{_WORD}{_ENDING}"
    f"|{_WORD}(?:算不算|算吗|也?算[吗么嘛]){_ENDING}"
    f"|{_WORD}(?:这个|那个)?(?:是|都|又|究竟|到底)*(?:指|指的?是|是|算|怎么算|咋算|包括)(?:的是)?"
    f"(?:哪[儿里些]|什么|啥|怎么)[^,没不]{{0,4}}{_ENDING}"
    f"|{_WORD}(?:这个|那个)?是?个?(?:什么|啥子?|么子)意思{_ENDING}"
)
_COUNTS = compiled(
    f"我?(?:还|都|也)?[没不](?:太|大)?(?:搞|弄|听)?(?:懂|清楚?|明白|醒豁){_ENDING}"
    f"|(?:是|还是)[^,没不]{{1,8}}(?:就|才)算{_ENDING}"
    f"|(?:那|那么)?(?:去|在|到)?[^,没不也都]{{1,6}}(?:算不算|算吗|算不|也?算[吗么嘛])(?:{_WORD})?{_ENDING}"
)
"""河北算不算, 我没搞懂: which say nothing by themselves of whether somebody was there."""
_MEANT_AND_COUNTS = compiled(f"(?:{_MEANT.pattern})(?:{_COUNTS.pattern}){{1,2}}")
"""什么叫外地燕郊算不算, without a pause."""


def begins_by_asking(text: str) -> bool:
    """Whether it is asked first what a word of the question means: 什么叫疑似病人啊？我孙子那不算吧."""
    return any(map(_MEANT.fullmatch, spoken_clauses(text)[:1]))


def asks_what_counts(text: str) -> bool:
    """Whether nothing is said but that it is asked what a word of the question means."""
    clauses = spoken_clauses(text)
    meant = [clause for clause in clauses if _MEANT.fullmatch(clause) or _MEANT_AND_COUNTS.fullmatch(clause)]
    return bool(meant) and all(clause in meant or _COUNTS.fullmatch(clause) for clause in clauses)
