"""What the clauses of an answer say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.patterns import compiled
from dialogs.slots.wishes.clause import clause_of, is_plain, is_thing
from dialogs.slots.wishes.clauses import clauses
from dialogs.slots.wishes.kinds import HOW, Clause, Kind
from dialogs.slots.wishes.particulars import there_after_all, with_particulars
from dialogs.slots.wishes.phrases import FETCH, KIN, MEASURE, NUMBER, SPEAKERS
from dialogs.slots.wishes.sold_out import is_nowhere
from dialogs.slots.wishes.tasks import simple_deed, to_be_taught

_WISHED = (Kind.REQUEST, Kind.IN_VAIN, Kind.USED_UP, Kind.BROKEN, Kind.UNABLE, Kind.THING)
_DENYING = (Kind.NO, Kind.OTHERS, Kind.NOTHING, Kind.DONE, Kind.HAD)
_TAKES_BACK = (Kind.NOTHING, Kind.JOKE)
_COMMON = frozenset("个点些一下两几袋桶盒我的了给来人不上门买送带拿取修换")


def stated(text: str) -> str:
    """The need that the words of an answer plainly state, empty where they state none."""
    return "、".join(_told(_standing(clauses(text))))


def asks_at_last(text: str) -> bool:
    """Whether an answer ends with a plea: 我这儿不用，就我老头不会做饭，劳驾你们过去瞅瞅他."""
    if not _PLEA.search(text):
        return False
    last = clauses(text)[-1]
    return last.kind is Kind.REQUEST and bool(last.words)


_PLEA = compiled(
    ",(?:劳驾|麻烦|求|拜托|烦请)[你您](?:们(?!的)|(?![们的]))[^,没不啥什都]{2,}$|管不管[啊呀]?$|,[你您]们?(?:给|帮)?多?(?:照应|照看|照顾|关照)[^,没不]{0,4}$"
    "|,[你您]们?(?:也|得|有空|抽空|记得)*[去来多]?(?:看看|瞧瞧|瞅瞅|照顾照顾|关心关心)[^,没不我自]{0,6}"
    "(?:对门|隔壁|楼[上下]|邻居|老(?:太太|大爷|爷子|头|奶奶|两口)|[他她])[^,没不我自]{0,6}$"
)


def asks_after_all(text: str) -> bool:
    """Whether an answer that denies first ends with a request: 我不用，能不能找个人帮我妈提桶水."""
    said = clauses(text)
    last = said[-1]
    is_named = last.is_explicit or _OF_SOMEBODY.search(last.words) is not None
    return last.kind is Kind.REQUEST and is_named and any(c.kind in _DENYING for c in said)


_OF_SOMEBODY = compiled("(?:看看|瞧瞧|瞅瞅|照[顾看应]|关照|关心)[^,]{0,3}[他她]")
"""对门老大爷一个人，你们去看看他."""


def asks_outright(text: str) -> bool:
    """Whether something is asked for by its name, and nothing denied: 帮我提两桶水."""
    said = clauses(text)
    return any(c.is_explicit for c in said) and not any(c.kind in _DENYING for c in said)


def wish(text: str) -> str:
    """The words of an answer that holds a need, as short as can be told: 我下不了楼，帮我倒垃圾 -> 倒垃圾.

    Empty where every clause denies it, whoever believes that something is needed."""
    said = clauses(text)
    if _is_nothing(said):
        return ""
    return "、".join(_told(_standing(said)) or _told(said) or _pruned(_left(said))) or text


def _is_nothing(said: Sequence[Clause]) -> bool:
    """Whether every clause tells that nothing is needed, or follows a bare no that takes all back:
    带袋盐，哎不用，柜里翻着一包."""
    back = max(
        (i for i, c in enumerate(said) if c.kind in _TAKES_BACK and _BARE_NO.fullmatch(c.words)), default=-1
    )
    rest = said[back + 1 :]
    is_denied = back >= 0 or any(c.kind in _DENYING for c in rest)
    return is_denied and all(c.kind in (*_DENYING, Kind.POLITE) for c in rest)


_BARE_NO = compiled("(?:不用|不要|不必|免|算)(?:了|啦)?")


def in_short(wish: str) -> str:
    """A need without what only softens the request: 取个快递 -> 取快递, 替我挂个号 -> 挂号."""
    short = _SOFTENED.sub(
        "", _THAT.sub("", _FOR_ME.sub("", _NOT_TO_BE_HAD.sub("", _ASKED_ABOUT.sub("", wish))))
    )
    parts = short.split("、")
    return "、".join(part for part in parts if not _NO_THING.fullmatch(part)) or short


_ASKED_ABOUT = compiled("(?:^|(?<=、))(?:问|打听|咨询)(?:问|打听)?(?:一?下|一声)(?=[^、]{4})")
"""问一下做核酸上哪儿做."""
_NOT_TO_BE_HAD = compiled("(?:我们?|家里)(?:也|都|现在)*(?:买不[着到]|没[地处]儿?买)(?=、|$)")
"""口罩能不能给几个我们买不着."""
_NO_THING = compiled("(?:[都也]|一[片个盒点粒]都)?没有?了?|[几一两][个包盒片点些袋瓶]")
"""What names nothing beside what does: 退烧药、都没有."""


_FOR_ME = compiled(
    "^家里?(?=[取约盖挂换修装送打通])|(?:^|(?<=、))(?:能)?(?:替|帮|给)(?:我们?|俺|咱)(?:家)?(?=[一-鿿]{2})(?![家妈爸爹娘妹弟哥姐儿女老孙爱闺媳丈对外公婆爷奶岳舅姑])"
)
_THAT = compiled(
    "(?:^|(?<=、))(?:(?:[我俺他她]|家里)?那个?(?=[一-鿿]{2})(?![边里儿天些么])|[他她](?=[^们家的]{1,6}药))"
)
"""他那降压药."""
_SOFTENED = compiled(
    "(?<=[取约盖挂换修抬办交领寄装接送打拿开测做看通缴查配倒拎搬陪教洗剪量理订充遛扔盘登抄叫续剃安])"
    "(?:一下(?![来去])|下(?![来去水楼载单棋午周班面乡车个月季半学]|礼拜|星期)|一趟|趟|(?<=寄)一?[份封件]|(?<=[看带陪])会儿?"
    "|一?个(?!人|月|大|小|[一二两三四五六七八九十])|一?把(?=[锁椅]))"
    "(?=[一-鿿])|(?<=买)个(?=(?:[电菜药饭票米面油盐醋糖肉奶水]|[煤燃]气|天然气|流量|话费)$)"
)


def speaks_of_needs(text: str) -> bool:
    """Whether words in passing may deny a need: 一无所缺, 用不着帮忙; not 我可不买东西."""
    return _OF_NEEDS.search(text) is not None


_OF_NEEDS = compiled(
    "[需缺帮求愁差够齐劳]|[不没]短|不用|用不|甭|不要|别(?:给|送|来)|麻烦|困难|难处|(?:什么|啥|样样|全|都)[都也]?有|照[顾应看]|短不"
)


def is_done_by_kin(text: str) -> bool:
    """Whether it is told what somebody of the family does: 闺女礼拜天来一趟给我洗洗衣裳."""
    return _BY_KIN.search(text) is not None


_BY_KIN = compiled(
    f"{KIN}[^,能请要想缺没不]{{0,9}}(?:给|帮|替)(?:我|俺|咱|家里)"
    f"|{KIN}(?:也|都|过)*来(?:给|帮)(?:着|忙|我们?)?[带看照做]"
)


def may_be_wanted(text: str) -> bool:
    """Whether words in passing may ask for something; 体温计摔了 alone tells why there is no reading."""
    return _OF_LOSS.search(text) is None or _OF_WISHES.search(text) is not None


_OF_LOSS = compiled("摔|坏|丢|碎")
_OF_WISHES = compiled(
    "[缺要想买带捎借换修帮求请派送差短叫]|麻烦|能不能|能给|给[我点拿个](?!孙|儿|女|老|妈|爸)|有没有|谁能|不够"
)


def denies(text: str) -> bool:
    """Whether the words plainly say that nothing is needed, and no need beside: 不用，闺女都给买."""
    said = clauses(text)
    return any(c.kind in _DENYING for c in said) and not is_unknown(text) and not _told(_standing(said))


def denies_throughout(text: str) -> bool:
    """Whether nothing but such a no is said: 送菜送药都免了，儿子包圆儿了."""
    kinds = {clause.kind for clause in clauses(text)}
    return Kind.NOTHING in kinds and kinds <= {*_DENYING, Kind.POLITE}


def is_done_by_others(text: str) -> bool:
    """Whether the words tell who does what is needed, and nothing that is: 志愿者帮我倒的垃圾."""
    said = clauses(text)
    kinds = {clause.kind for clause in said}
    return Kind.DONE in kinds and kinds <= {Kind.DONE, Kind.NO, Kind.NOTHING, Kind.HAD, Kind.POLITE}


def is_unknown(text: str) -> bool:
    """Whether somebody cannot say what is needed: 不知道家里缺什么."""
    said = clauses(text)
    last = max((i for i, c in enumerate(said) if c.kind is Kind.UNKNOWN), default=None)
    if last is None or any(c.kind in (Kind.NO, Kind.NOTHING) for c in said[last + 1 :]):
        return False
    return not _told(_standing(said))


def names_no_wish(text: str) -> bool:
    """Whether something is needed, and not what: 有需要, 要的, 需要帮忙."""
    return _NO_MORE_THAN_YES.fullmatch(text) is not None


_NO_MORE_THAN_YES = compiled(
    "(?:[嗯啊哦哎诶唉对,]|是的?|当然|肯定|我|家里|这儿|倒是?|确实|真|是|还是)*"
    "(?:有|需要|要|想要|用得着|有(?:点|些|个)?(?:需要|困难|难处|事儿?)|需要(?:帮助|帮忙|的)|要帮忙|得麻烦[你您]们?)"
    "(?:[的啊呀呢吧了哦噢,]|有|要|需要)*"
)


def tells_hardship(text: str) -> bool:
    """Whether nothing is told but what is hard, lacking, broken or never came, be it after a no: 没吃的,
    没有，就是暖气不热."""
    return bool(_hardships(clauses(text))) and not _IS_WELL.search(text)


def tells_besides(text: str) -> bool:
    """Whether something is plainly lacking or asked for now, and no more than that: 送桶水来，别的没啥."""
    said = clauses(text)
    last = max(
        (i for i, c in enumerate(said) if c.kind in _DENYING and c.kind is not Kind.OTHERS), default=-1
    )
    rest = said[last + 1 :]
    if not any(c.kind is Kind.OTHERS for c in rest) or any(_IS_OVER.search(c.words) for c in rest):
        return False
    return any(_is_hard(c) or (c.kind in (Kind.REQUEST, Kind.THING) and is_plain(c.words)) for c in rest)


_IS_OVER = compiled(
    "上[回次个]|昨|前[天几两些日]|刚|早|后来|现在|已经|原[来先本]|[好完到妥齐通上办]了|解决|本来|[有给]了|[批发]下|都.{1,3}着|要求|算不算|[我他她]自己"
)


def _hardships(said: Sequence[Clause]) -> Sequence[Clause]:
    """What is told after the last no, where it is nothing but hardships; 别的没有 takes nothing back."""
    said = [
        clause for clause in said if clause.kind not in (Kind.POLITE, Kind.OTHERS) and not _is_thanks(clause)
    ]
    last = max((i for i, c in enumerate(said) if c.kind in _DENYING or c.kind is Kind.JOKE), default=-1)
    rest = said[last + 1 :]
    return rest if all(map(_is_hard, rest)) else ()


def _is_thanks(clause: Clause) -> bool:
    """麻烦你们了, 能不能帮忙: a request that names nothing."""
    return clause.kind is Kind.REQUEST and not clause.words


def _is_hard(clause: Clause) -> bool:
    if clause.kind is Kind.USED_UP:
        return is_thing(clause.words) or clause.words in ("吃的", "喝的", "用的", "穿的")
    return clause.kind in (Kind.HARDSHIP, Kind.UNABLE, Kind.BROKEN, Kind.IN_VAIN)


_IS_WELL = compiled("没(?:什么|啥)?(?:难|毛病)|[塞堆装码]得|都给?.{1,3}了$")
"""没难事, 冰箱塞得关不上门, 毛病都给收拾了: good news with the words of bad."""


def tells_none(text: str) -> bool:
    """Whether somebody hesitates, or speaks of the call itself, and of no need: 容我想想, 换个真人来."""
    kinds = {clause.kind for clause in clauses(text)}
    is_hesitant = Kind.HESITATION in kinds and kinds <= {Kind.HESITATION, Kind.POLITE, Kind.ECHO, Kind.JOKE}
    return is_hesitant or (kinds <= {Kind.CALL, Kind.POLITE} and Kind.CALL in kinds)


def _standing(said: Sequence[Clause]) -> Sequence[Clause]:
    """What no later general no takes back."""
    takes_back = (
        i
        for i, c in enumerate(said)
        if c.kind in _TAKES_BACK
        and not (i and (said[i - 1].is_exception or _OF_SOME.match(c.words) or _is_of_what_is_had(said, i)))
    )
    last = max(takes_back, default=-1)
    return said[last + 1 :]


def _is_of_what_is_had(said: Sequence[Clause], index: int) -> bool:
    """Whether a no is about another thing that is there: 需要体温计，口罩我都有，不用给."""
    before = said[index - 1]
    if before.kind is not Kind.HAD or not _NOT_TO_BE_GIVEN.fullmatch(said[index].words):
        return False
    thing = _IS_THERE.sub("", before.words)
    return len(thing) > 1 and all(thing not in c.words and c.words not in thing for c in said[: index - 1])


_NOT_TO_BE_GIVEN = compiled("(?:就|也|都)?(?:不用|不要|甭|别)(?:再)?(?:给|送|买|带|拿|管|操心)*(?:了|啦|的)?")
_IS_THERE = compiled("[哦啊嗯我们家里咱都也还有呢的着了够和跟哎]|自己|这儿|够用|充足")


_OF_SOME = compiled(
    "(?:[我俺]自己|[我俺]本人|[我俺]们?(?:大人|俩|老两口)|人(?=倒|可|都|嘛)|大人|老两口|其他人|别人)"
)
"""我妈要护膝，我自己啥也不缺: of others no word."""


def tells_of_no_need(text: str) -> bool:
    """Whether what stands beside a no is no need of anybody's: 不用，我就想赶紧补个觉."""
    said = clauses(text)
    return any(c.kind in _DENYING for c in said) and bool(_in_words(said)) and not _told(said)


def _told(said: Sequence[Clause]) -> list[str]:
    return _pruned(_in_words(said))


def _in_words(said: Sequence[Clause]) -> list[str]:
    explicit = [c.words for c in said if c.is_explicit]
    words: list[str] = []
    lessons = _lessons(said)
    there = there_after_all(said)
    for index, clause in enumerate(said):
        if index in lessons:
            words.extend(filter(None, [lessons[index]]))
            continue
        if index in there:
            continue
        if words and (particular := with_particulars(words[-1], said, index)):
            words[-1] = particular
            continue
        if clause.kind is Kind.USED_UP and not clause.words and index:
            words.extend(_before(said[index - 1]))
        if clause.kind not in _WISHED or not clause.words:
            continue
        if clause.kind is Kind.REQUEST and not clause.is_explicit:
            words.extend(_beside(said[:index], clause, words))
        elif clause.kind is Kind.UNABLE:
            if not _is_repeated(clause, explicit):
                words.extend(_unable(said, index, words))
        elif clause.is_explicit or not (_is_repeated(clause, explicit) or _is_reason(clause, said[:index])):
            if clause.kind is Kind.REQUEST and _DEED_ALONE.fullmatch(clause.words):
                words.extend(_of_what(said[:index] if not words else _told_before(said, index)))
            words.append(clause.words)
    if not words:
        words = [c.words for c in _hardships(said)]
    last = [w for i, w in enumerate(words) if not any(w in other for other in words[i + 1 :])]
    return [w for i, w in enumerate(last) if len(w) < 2 or not any(w in other for other in last[:i])]


def _told_before(said: Sequence[Clause], index: int) -> Sequence[Clause]:
    """What is told right before a request, and is no need itself: 门口垃圾攒了好几袋，来人收一下."""
    return said[index - 1 : index] if index and said[index - 1].kind is Kind.TOLD else ()


def _pruned(words: Sequence[str]) -> list[str]:
    """Without what is asked before it (送药嘛，退烧药), what is no need of anybody's (补个觉), and why it is
    asked for: 要是能发点口罩就好了，药店都断货了."""
    asked_for = (_ASKING.sub("", _BEFORE_IT.sub("", word)) for word in words)
    wishes = [wish for wish in asked_for if not _NO_WISH.fullmatch(wish)]
    return [wish for wish in wishes if not is_nowhere(wish)] or wishes


_BEFORE_IT = compiled(
    "^(?:(?:送药|送东西|帮忙|需要)[嘛么呀啊](?=..)|(?:你们?|您)?(?:要是|要|如果)?(?:能|可以|方便)(?:的话)?(?:就)?(?:给|帮)?"
    "(?=[捎带买送发弄拿配取](?!不)))"
)
_ASKING = compiled("(?<=...)[吗么]$")
"""把饭送到门口吗."""
_NO_WISH = compiled(
    "[我俺你您他她咱]们?|[开拿取买弄送][点些]去|[一两三四几][样件](?:东西|事)?|找谁.{1,2}|[我她他]?[那这]药|[整弄搞忙说问讲挂]|问一?下|[这那]?一[样个项点]|倒?是?不(?:咋|怎么|太)?缺|想?问问|(?:给|帮)?(?:我们?)?[弄整来搞拿][点些](?:送来?)?|(?:家里|我|原来|自己)的"
    "|我?[就只]?想?(?:赶紧|赶快|先|好好)*(?:[补睡]个?一?觉|[补睡歇躺](?:会儿?|一会儿?|着)|休息|歇歇|下班|回家)"
)


_DEED_ALONE = compiled(
    "(?:谁|有人|能不能|能|可以|快|赶紧|麻烦|找|请|叫|让|派|喊|来|借|你们|个|一个|师傅|小伙子?|人|工人|物业|社区|给|帮|替|我们?|俺|捎|送|带|拿){0,6}"
    "(?P<deed>送(?=[上下]|过|进)|打印|复印|[收清修换弄看通擦扫搬抬倒挪拉掂拎提理管使用打配装补调查量测消])"
    "(?:一?(?P=deed)毒?|一?下|一[块个把张只根支台套]|走|掉|上来|上楼|上门|下去|过来|进来|上)?[撒呗吧啊嘛噻哈]?"
)
"""垃圾桶满了，找人收一收; 窗户砸了，快给配一块: of what is told before."""


def is_deed_alone(words: str) -> bool:
    """Whether a request names no thing: 能不能帮我送上来."""
    return _DEED_ALONE.fullmatch(clause_of(words).words) is not None


_ABOUT = (Kind.TOLD, Kind.BROKEN, Kind.USED_UP)


def _of_what(before: Sequence[Clause]) -> Sequence[str]:
    """What a deed is asked for: what broke or ran out, else what is told first."""
    told = [clause for clause in before if clause.kind in _ABOUT and clause.words]
    broken = [clause for clause in told if clause.kind is not Kind.TOLD]
    return [clause.words for clause in (*broken, *told)[:1]]


def _lessons(said: Sequence[Clause]) -> dict[int, str]:
    """By their positions what somebody is unable to do and the request to be taught, told as one."""
    for index, request in enumerate(said[1:], start=1):
        if request.kind is Kind.REQUEST and not request.is_explicit and "教" in request.words:
            lesson = to_be_taught(said[index - 1].words, request.words)
            return {index - 1: "", index: lesson} if lesson else {}
    return {}


def _before(clause: Clause) -> Iterator[str]:
    """What is nearly used up, where it is told before: 降脂药和叶酸，都没几天的了."""
    if clause.kind in (Kind.TOLD, Kind.HAD) and not _REASON.search(clause.words):
        yield clause.words


_NAMES_NOTHING = compiled(f"{HOW}|用的$")
_REASON = compiled(
    f"^(?:{SPEAKERS}|{KIN})?(?:[这那]|自己|一个人|也|都|又|就|实在|真|年纪大|老|住.楼)*"
    "(?:[够摸]不[着到上]|[下上出爬走跑站弯]不[了动来去]|不会(?:[使用玩弄])?(?:智能)?手机|拄拐|坐轮椅|腿脚?|腰|胳膊|手脚|眼神|眼睛"
    "|看不[清见]|行动|不方便|使不上劲|没[劲力]|[冻热闷]得|怕)"
    "|^(?:老|总|经常)有人"
)
"""我够不着, 我拄拐不方便, 老有人绊倒: why something is asked for."""
_ADDS_NOTHING = compiled(f"(?:帮帮?|搭把手)(?:一?下|我)*|{NUMBER}?{MEASURE}")
"""Beside the words that name the thing."""


def _beside(before: Sequence[Clause], request: Clause, words: Sequence[str]) -> Iterator[str]:
    """A request without a thing, and the clause that names it where none has yet."""
    has_thing = bool(words)
    named = [] if has_thing else _naming(before)
    if _REASON.search("".join(named)) and not _ADDS_NOTHING.fullmatch(request.words):
        named = []
    yield from named
    is_fetched = has_thing and FETCH.match(request.words)
    deed = simple_deed(request.words)
    if deed and any(word.startswith(deed) for word in words):
        return  # 水费我不会交，交一下
    if not (is_fetched or ((has_thing or named) and _ADDS_NOTHING.fullmatch(request.words))):
        yield request.words


def _naming(before: Sequence[Clause]) -> list[str]:
    """The last clause that may name the thing of a request: no question how or where, if there is another."""
    told = [c.words for c in before if c.kind in (Kind.TOLD, Kind.UNKNOWN)]
    plain = [words for words in told if not _REASON.search(words)] or told
    return ([words for words in plain if not _NAMES_NOTHING.search(words)] or plain)[-1:]


def _unable(said: Sequence[Clause], index: int, words: Sequence[str]) -> Iterator[str]:
    """快递堆在门口，我拿不上来: a need that nobody asks for, unless it is denied: 米我扛不动，闺女给扛."""
    clause = said[index]
    if any(c.kind in _DENYING and c.kind is not Kind.OTHERS for c in said[index + 1 :]) or _is_reason(
        clause, said[:index]
    ):
        return
    if not _NO_SUBJECT.search(clause.words):
        yield clause.words
    elif not words and not any(c.is_explicit for c in said) and (named := _naming(said[:index])):
        yield from [*named, clause.words]


def _is_repeated(clause: Clause, requests: Sequence[str]) -> bool:
    if clause.kind is Kind.THING:
        return False
    named = set(clause.words) - _COMMON
    if clause.kind is Kind.USED_UP:  # 挂面 is not named by 面条
        return any(2 * len(named & set(request)) > len(named) for request in requests)
    return any(
        named & set(request) and "新" not in request and not request.endswith("的") for request in requests
    )


_NO_SUBJECT = compiled(
    "^[^,]{1,6}的我?[拿取搬提拎]不[了动到]"
    "|^(?:我|就|都|也|有点|自己|一个人)*(?:漏|坏|堵|裂|不热|不亮|返水|关不|打不开|停水|停电|不会(?:.{0,3}$|.{0,2}手机)"
    "|没法.$|.不(?:来|了|动|上来|回来|明白)|不知道)"
)


def _is_reason(clause: Clause, before: Sequence[Clause]) -> bool:
    """想修轮椅，轱辘掉了: what is broken, told after what is asked for; 水管也漏了 is one need more."""
    is_after = any(c.is_explicit for c in before) and "也" not in clause.words
    of_the_house = _OF_THE_HOUSE.match(clause.words)
    if of_the_house and not any(of_the_house[0] in c.words for c in before):
        return False
    if clause.kind is Kind.UNABLE:
        return is_after and not is_plain(clause.words)  # 电费我不会交 is one more
    return clause.kind is Kind.BROKEN and (is_after or _NO_SUBJECT.search(clause.words) is not None)


_OF_THE_HOUSE = compiled(
    "窗户|门锁|大门|灯|水管|马桶|下水道|暖气|空调|冰箱|电视|热水器|水龙头|楼道|宽带|网线|煤气灶|洗衣机"
)
"""What may break besides, whatever else is asked for."""
_EMPTY = (
    Kind.POLITE,
    Kind.JOKE,
    Kind.OTHERS,
    Kind.NO,
    Kind.NOTHING,
    Kind.DONE,
    Kind.HAD,
    Kind.PAST,
    Kind.ECHO,
    Kind.HESITATION,
)


def _left(said: Sequence[Clause]) -> list[str]:
    """Where nothing is plainly asked for, all that is not denied."""
    told = [c for c in said if c.words]
    return [c.words for c in told if c.kind not in _EMPTY] or [
        c.words for c in told if c.kind is not Kind.POLITE
    ]
