"""Takes apart what two clauses say where no break is written between them: 不要吃的要点消毒液. Pure.

Law: such words are taken apart only where one side says by itself that nothing (else) is needed, in the words
listed here, and the other side tells a need by itself. 别的没有要买的 and 不用你们买菜 stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from campaign.patterns import compiled
from dialogs.slots.wishes.clause import clause_of, is_name, is_thing
from dialogs.slots.wishes.kinds import GOODS, Kind
from dialogs.slots.wishes.phrases import ASKED, KIN, MEASURE, NUMBER, REST, any_of

_FEWEST = 4
"""Characters from which a clause may be two."""
_SOME = "(?:的|也|都|倒是?|全|就|还|先|我|俺|可|真|一概|暂时|统统)*"
_REST_DENIED = any_of(
    f"{REST}{_SOME}" + any_of(
        "用不[着上到了]", "不(?:[用要缺必消差短少愁急]|需要?|张嘴|开口|伸手|求人|提|说|敢?(?:劳|麻)烦)了?",
        "没(?:有|得|事|啥|什么)?了?", "免了?", "够了?", "齐了?",
        "[甭别莫](?:[送管带买拿提弄]|麻烦)了?", "算了",
        "凑合", "好[办说]?", "(?<!不)[成行妥]", "可以", "将就", "过得去", "无所谓",
        "能(?:自己)?(?:对付|凑合|[缓忍等来])", "(?:放|缓)(?:一?[放缓]|着)",
        f"有(?:{KIN}|人)?(?=[就单只光惟唯]|倒是)", f"有(?!{KIN}|人|没|什|啥|的|点|些|个)",
    ),
    f"(?:不[用要缺]|没有?|甭|不需要){REST}的?了?",
)  # fmt: skip
_ALL_HAD = any_of(
    "(?:我|家里?|屋里?)?(?:什么|啥子?|样样)(?:东西)?[都也]"
    "(?:不[缺差短愁少]|[甭别](?:[送带买拿]|给?送)|有|够|齐|全|行|好)[了的]?",
    "[我俺]?没(?:啥|什么)(?:要|缺|需要)的(?:对?了|对)?",
)
_DENIED = (
    compiled(any_of(_REST_DENIED, _ALL_HAD)),
    compiled(
        "(?:(?:什么|啥子?)(?:东西)?[都也]不(?:用|要|需要)|没有?(?:啥|什么|事))了?"
        f"(?=就|只|光|单|要不|倒是|给(?:我|{KIN}))"
    ),
)
"""别的免了, 啥都有, 没啥: what stands before a need."""
_REFUSED = compiled("不(?:是?要|缺|愁|差|短|少|用|想要)[送买带拿]?|[别甭][送买带拿]|不[买送]")
_ORDINARY = compiled("[吃穿喝用](?:的|穿)?|钱|水|物|东西|人来?|人手|别个|什么")
"""What is refused beside things: 不要吃的, 不用人来."""
_GOES_ON = compiled(any_of(
    "[就只光单倒但改给]", "[替帮]我", "[缺差短愁少想盼求能换我请牙太]", "是?要", "麻烦",
    "[吃咬]不", "不[要缺愁差短少]",
    f"来(?=点|{NUMBER}?{MEASURE})", f"[送买带拿](?={NUMBER}?{MEASURE})",
))  # fmt: skip
"""Where a need may begin after what was refused."""
_ENOUGH = compiled(
    "(?P<thing>[^,，不没别甭有]{1,5}?)(?:倒是?|也|都|是|还)*"
    "(?:不[愁缺差短少]|够了?|有了?|(?:[别甭]|不用)[送买带]了?|没问题)(?="
    + any_of("就(?![行好成])", "[只光单但缺差愁想换]", "独独", "可(?!以)", "要[点个]", "[给帮]我")
    + f"|送我?{NUMBER}{MEASURE})"
)
_REST_AFTER = compiled(
    f"(?:齐了|就|其实|再)*(?:{REST}.{{0,2}}?{_SOME}" + any_of(
        "用不[着上到了]", "不(?:[用要缺必消差短少愁]|需要?|成问题)", "没(?:有|得|事|啥|什么)?", "免",
        "够", "齐",
        "[甭别莫](?:[送管带买拿提弄]|麻烦)", "算了", "凑合", "家里?(?:都|还)?有", "有",
        "能?自己(?:能|会)?(?:来|行|弄)",
        "能自己来", "应付得[了来]", "能行", "会", "好[办说]?", "[成行]",
    ) + f"了?|(?:不[用要缺]|没(?:有|啥|什么)?|甭|不需要|无){REST}.{{0,2}}|除此[以之]外.{{1,4}})$"
)  # fmt: skip
"""别的都不要: what stands after a need."""
_STORY = compiled(any_of(
    "就?[这那](?:[俩仨]|[两三四几][样个]|些)(?:东西)?(?:就[行成好])?",
    "(?<!.的)各[要来给带送](?:一?[点些]|.{1,2})",
    "[搁放挂撂][在到]?(?:我家?)?门口(?!了)", "不急", "不着急", "急用", "急等着用", "有空再",
    f"给(?:孩子|娃|老[人娘爹]|我.|{KIN})[备补]", "[跑转找问走](?:了|遍了?).{1,3}[家圈趟处][都也]?没",
    "(?:附近|外[头边面]|超市|药店|楼下|药房|周围|到处|哪儿?都).{0,3}"
    "(?:卖光|断货|没货|缺货|[买抢]不[着到]|没有?[卖了])",
    "瓶瓶罐罐", "(?:娃|孩子|老人|家里|我)?等着[喝用吃]", "多谢", "谢谢", "麻烦了", "辛苦",
))  # fmt: skip
"""What is told of a thing, and not its name: 桶装水搁门口就行."""
_NEEDS = (Kind.THING, Kind.REQUEST, Kind.USED_UP, Kind.BROKEN, Kind.UNABLE)
_ASKS_BACK = compiled("什么|啥|哪|(?:[买帮送要做弄求用]|帮忙|麻烦)的$|的(?:话|时候)$")
_OF_OTHERS = compiled("你们|您|社区|别?人|他们|谁")
"""别的不用你们买菜."""


def taken_apart(words: str) -> Iterator[str]:
    """The clauses that have grown together in words without a break."""
    place = _place(words) if len(words) >= _FEWEST and _MAY_BE_TWO.search(words) else 0
    if not place:
        yield words
        return
    yield from taken_apart(words[:place])
    yield from taken_apart(words[place:])


@lru_cache(maxsize=64)
def _place(words: str) -> int:
    """Where the first clause ends; 0 where there is but one."""
    for looks_like, find in _FINDERS:
        if looks_like.search(words) and (place := find(words)):
            return place
    return 0


def _after_denial(words: str) -> int:
    """别的免了|给卷保鲜膜, 啥都有|尿垫子没了."""
    for pattern in _DENIED:
        if (head := pattern.match(words)) and _tells_need(words[head.end() :]):
            return head.end()
    return 0


def _after_enough(words: str) -> int:
    """吃的不愁|就愁没人陪我去医院."""
    enough = _ENOUGH.match(words)
    if not enough or not (is_thing(enough["thing"]) or _ORDINARY.fullmatch(enough["thing"])):
        return 0
    return enough.end() if _tells_need(words[enough.end() :]) else 0


def _after_past(words: str) -> int:
    """昨天说啥也不缺|今天酱油没了."""
    now = _NOW.search(words, 4)
    return now.start() if now and _tells_need(words[now.start() :]) else 0


_NOW = compiled("(?<!到)(?:今[天儿日]|现在|如今|这会)")


def _after_refused(words: str) -> int:
    """不要吃的|要点消毒液, 别送菜|送桶水."""
    refused = _REFUSED.match(words)
    if not refused:
        return 0
    for goes_on in _GOES_ON.finditer(words, refused.end() + 1):
        thing = words[refused.end() : goes_on.start()].removesuffix("了")
        if (is_thing(thing) or _ORDINARY.fullmatch(thing)) and _tells_need(words[goes_on.start() :]):
            return goes_on.start()
    return 0


def _before_rest(words: str) -> int:
    """大葱两根|别的甭管."""
    rest = _REST_AFTER.search(words, 2)
    if not rest:
        return 0
    before = words[: rest.start()]
    return rest.start() if _tells_need(before) or is_name(before) else 0


def _after_thing(words: str) -> int:
    """桶装水|搁门口就行."""
    story = _STORY.search(words, 2)
    if not story:
        return 0
    before = words[: story.start()]
    return story.start() if is_thing(ASKED.sub("", before)) or _is_request(before) else 0


def _after_echo(words: str) -> int:
    """要什么|我要袋面粉."""
    echo = _ECHO.match(words)
    return echo.end() if echo and _tells_need(words[echo.end() :]) else 0


_ECHO = compiled("(?:要[讲说])?(?:[要缺少差]|需要)[点些个]?(?:什么|啥)(?![都也就])")


def _in_list(words: str) -> int:
    """油|还有鸡蛋."""
    place = words.find("还有", 1)
    return place if place > 0 and is_thing(words[:place]) and is_thing(words[place + 2 :]) else 0


def _before_broken(words: str) -> int:
    """老太太眼神差|放大镜摔了: a thing that the words before do not own."""
    thing = _BROKEN_THING.search(words, 3)
    is_whole = (
        thing is None
        or len(thing["thing"]) < 2
        or is_thing(words[: thing.start()])
        or clause_of(words).kind is not Kind.TOLD
    )
    return 0 if thing is None or is_whole else thing.start()


def _before_offer(words: str) -> int:
    """愁没药|布洛芬来一盒."""
    offered = _OFFER.search(words, 3)
    return offered.start() if offered and len(offered["thing"]) > 1 and not _is_need(words) else 0


_OFFER = compiled(f"(?P<thing>{GOODS})[来给送捎带]{NUMBER}{MEASURE}")


def _before_unable(words: str) -> int:
    """交一下燃气费|我不会弄: why it is asked for."""
    unable = _UNABLE.search(words, 3)
    if not unable:
        return 0
    return unable.start() if _is_request(words[: unable.start()]) else 0


def _is_request(words: str) -> bool:
    clause = clause_of(words)
    return clause.kind is Kind.REQUEST and clause.is_explicit


_UNABLE = compiled(
    "[我俺](?:[也又是]|实在)?(?:不会|[弄搞看搬拿扛]不|没法|不懂|不识字)"
    "|[我俺](?:天天|老|还)?[要得]?(?:加班|上班|走不开|腿脚|下不了|拄拐)"
)
_BROKEN_THING = compiled(
    f"(?<![跟和与及同加的])(?P<thing>{GOODS})[也都又快就]*(?:摔|坏|碎|丢|空|没|断|[用吃滴抹喝][完光])了"
)
_CONTRAST = compiled(
    "(?P<one>[^,，]{1,5}?)[,，]?(?P<says>不[要用缺]|[甭别][送买带]|还?有|够了?|没[有了])(?P<other>[^,，]{1,5}?)"
    "(?P<too>要|可以[送买带来给].{0,2}|没[有了](?![,，]).{0,9}|还有|够|缺|不够.{0,2}"
    f"|[来给](?:点|{NUMBER}?{MEASURE}))(?=$|[,，])"
)


def _between_contrasts(words: str) -> int:
    """消毒液不要|酒精要."""
    found = _CONTRAST.match(words)
    return found.start("other") if found and _is_contrast(found) else 0


def with_contrasts(text: str) -> str:
    """With the comma between two things that are told apart, where it stood too soon: 消毒液,不要酒精要."""
    if not _MISPLACED_IN.search(text):
        return text
    return _CONTRAST.sub(_told_apart, text)


_MISPLACED_IN = compiled("[,，][不甭别还有够没]")


def _told_apart(found: re.Match[str]) -> str:
    if not _is_contrast(found):
        return found[0]
    return f"{found['one']}{found['says']},{found['other']}{found['too']}"


def _is_contrast(found: re.Match[str]) -> bool:
    one, other = found["one"], found["other"]
    are_named = all(is_thing(each) or is_name(each) for each in (one, other))
    return one != other and are_named and (is_thing(one) or is_thing(other))


def _tells_need(words: str) -> bool:
    """Whether words tell a need by themselves."""
    if len(words) < 2 or _ASKS_BACK.search(words) or _OF_OTHERS.match(words):
        return False
    return any(_is_need(part) for part in taken_apart(words))


def _is_need(part: str) -> bool:
    clause = clause_of(part)
    return (
        clause.kind in _NEEDS
        and bool(clause.words)
        and (clause.is_explicit or clause.kind is not Kind.REQUEST)
    )


_LOOKS = (
    ("^(?:[别旁其剩多不没甭什啥样]|(?:我|家里?|屋里?)[什啥样])", _after_denial),
    ("^[不别甭]", _after_refused),
    ("^[^不没别甭有].{0,6}[愁缺差短少够有送买带题]", _after_enough),
    ("^(?:昨|前|早先|之前|以前|上[回次周]|本来|原[先本])", _after_past),
    ("^[要缺少差需].*[么啥].", _after_echo),
    ("[不甭别有够没].{2,}[要有够缺可没来给]", _between_contrasts),
    (".还有.", _in_list),
    ("[来给送捎带][一二两三四五六七八九十几半]", _before_offer),
    ("[我俺].?.?[不没加上走腿下拄]", _before_unable),
    (".[别旁其剩多除].", _before_rest),
    (
        "[这那][俩仨两三四几些]|等着|各[要来给带送]|门口|不[急着]|急[用等]|有空|给.+[备补]|[家圈趟处]都?没|[卖抢买断没]"
        "(?:光|货|不|有|了)|瓶瓶|谢|麻烦|辛苦",
        _after_thing,
    ),
    ("[摔坏碎丢空没断完光]了", _before_broken),
)
"""What words look like that are taken apart so."""
_FINDERS = tuple((compiled(looks), find) for looks, find in _LOOKS)
_MAY_BE_TWO = compiled(any_of(*(looks for looks, _ in _LOOKS)))
