"""Needs told beside the answer to another question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from campaign.patterns import compiled
from dialogs.slots.wishes.asked import with_one_more
from dialogs.slots.wishes.breaks import parts_of
from dialogs.slots.wishes.clause import clause_of, is_thing
from dialogs.slots.wishes.kinds import Clause, Kind
from dialogs.slots.wishes.phrases import DOING, KIN, MEASURE, NUMBER, TAIL, any_of
from dialogs.slots.wishes.whole import is_deed_alone, stated

_BRINGS = (
    "(?:代?买|送|带|捎|拿|取|开|叫|约|倒|借|派|换|修|找|联系|弄|提(?!前|醒|起)|拎|搬(?!家)|抬|扛"
    "|接(?=[点些几两水一满])|整(?=[点些几两一个])|打(?=[点几一两二三四五]|水))(?![了过])"
)
_NEAR = "(?:你们|您|给|帮|我|我们|[他她]们?|人|去|一下|忙|着|上门)*"
_ASKED_FOR = any_of(
    "(?<!不)缺(?![席乏氧课勤啥人]|一$)", f"能不能{_NEAR}{_BRINGS}", f"能(?:给|帮|代)?{_NEAR}{_BRINGS}",
    f"(?:想|要)(?:请|让|求|找)(?:你们|您|人){_NEAR}{DOING}", f"帮(?:我们?|[他她]){_NEAR}{_BRINGS}",
    f"帮[忙着]{_BRINGS}",
    f"给我?们?{_BRINGS}", f"(?:麻烦|劳[驾烦]|[能可]否|[烦敬]?请|求|代为){_NEAR}{_BRINGS}",
    "能不能(?:让|叫|派|找|有)个?人(?:来|去|给|帮)", "能不能来个?人(?:上门|给|帮)*[收看修倒送接搬扶拿取]",
    f"得(?:有|要|找)个?人(?:来|给|帮|我)*{_BRINGS}",
    "没人(?:来|给|帮)*[收修]",
    f"想要(?:[点些]|{NUMBER}?{MEASURE})", "想借", "想买", f"[要需]人(?:来|给|帮)*{_BRINGS}",
    "(?:快|赶紧|赶快|尽快|早点)(?:点|些)?(?:给|把)?(?:派|来|叫|找)(?:个|点)?(?:人|大夫|医生)",
    f"[就只单]是?[差少](?:[点些]|{NUMBER}?{MEASURE})",
)  # fmt: skip
_PLAINLY = compiled(f"{_ASKED_FOR}|^[捎买送带][点些]")
_MAY_BE_PLAIN = compiled(f"[要短差少捎买送带]|{_ASKED_FOR}")
_MAY_BE_NEED = compiled("[缺帮能想要劳送给没可请求代差少短捎买带需派]|麻烦")
_BY_OTHERS = compiled(
    f"{KIN}.{{0,5}}(?:给|帮|替)|(?:刚好|正好|这不)[^,]{{0,3}}帮|(?<![找请要派叫得])有人(?:给|帮|替)|(?:了|过|的)$|(?<!能)不(?:用|要|需要|能|想)|别|那事|没(?:有|能|人)?(?:给|帮|让)"
)


def in_passing(text: str) -> str:
    """The need told beside the answer to another question, empty where there is none: 两个人，缺口罩 -> 口罩.

    Less is believed than where needs are asked for: 我帮我妈买药 answers something else.
    """
    is_short = runs_short(text)
    if not is_short and not (_MAY_BE_NEED.search(text) and _MAY_BE_PLAIN.search(text)):
        return ""
    parts = list(parts_of(with_one_more(text)))
    plain = [
        part
        for part in parts
        if (_is_plain(part) or (is_short and _runs_out(part))) and not _BY_OTHERS.search(TAIL.sub("", part))
    ]
    return stated(",".join(_with_used_up(parts, plain))) if plain else ""


_WHAT_TO_DO = compiled("(?:吃|用|喝)?(?:完|没)了.*(?:咋办|怎么办|咋整|怎么弄)")
"""我那降压药快吃完了，出不去咋办呀."""


def runs_short(text: str) -> bool:
    """Whether it is asked what to do, as something is used up."""
    return _WHAT_TO_DO.search(text) is not None


def _runs_out(part: str) -> bool:
    return clause_of(part).kind is Kind.USED_UP


_WANTED = compiled(f"^(?:我|家里|还|就|只|也|想)*要(?:{NUMBER}?{MEASURE}|点|些)?(?P<thing>.+)$")
_SHORT_OF = compiled(
    f"^(?:家[里中]?|我们?|俺们?|咱家?|还|就|只|单|光)*[短差少](?:{NUMBER}?{MEASURE}|点|些)(?P<thing>.+)$"
)
"""短一袋面."""


def _is_plain(part: str) -> bool:
    wanted = _WANTED.match(part) or _SHORT_OF.match(part)
    return _PLAINLY.search(part) is not None or (wanted is not None and is_thing(wanted["thing"]))


_BROKEN = compiled(
    "^(?P<thing>.{1,8}?)(?:都|也|又|老|全|给|被|叫我)*(?:摔|弄|碰|用)?(?:坏|碎|裂|丢|漏|堵|没电)"
)


def _is_broken(part: str) -> bool:
    """温度计摔坏了, of a thing; not 鼻子堵了."""
    broken = _BROKEN.match(part)
    return broken is not None and is_thing(broken["thing"])


def _is_another_deed(clause: Clause) -> bool:
    """要人帮着买菜、修门锁: the second; not 缺降糖药，烦请代购."""
    return clause.is_explicit and len(clause.words) >= _SHORTEST_DEED


_SHORTEST_DEED = 3
_MORE = compiled("^(?:再|还)")
_LACKED = compiled("^(?:家[里中]?|屋里?|我家)?(?:没(?:有|得)?|无)")


def _with_used_up(parts: Sequence[str], plain: Sequence[str]) -> Iterator[str]:
    """A request with what is lacking and what is asked for besides: 没体温计，给送一个, 再送点米."""
    is_asked = False
    for part, coming in zip_longest(parts, parts[1:], fillvalue=""):
        is_asked = is_asked or part in plain
        is_lacked = is_thing(_LACKED.sub("", part)) and _LACKED.match(part)
        if (
            part in plain
            or is_lacked
            or _is_broken(part)
            or _MORE.match(part)
            or clause_of(part).kind is Kind.USED_UP
            or (coming in plain and is_deed_alone(coming))
            or (is_asked and _is_another_deed(clause_of(part)))
        ):
            yield part
