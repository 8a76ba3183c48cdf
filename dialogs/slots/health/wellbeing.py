"""Clauses about health that name no symptom, though its words are in them.

鼻子通着呢 and 喉咙也好 say that a part of the body is well, 咳嗽好了 that something is over, and
要真不舒服，我早去医院了 or 我上哪儿难受去 that nothing is wrong. Each is read as one word: well, over (which
leaves open how somebody is now), or a plain no. Only what fills its clause counts: 喉咙好疼 and 咳嗽好了一点
are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.body import PART
from dialogs.language.words import Tag, Token
from dialogs.script import Slot
from dialogs.slots.answer import Answer
from dialogs.slots.health import denied
from dialogs.slots.health.ailing import ailing
from dialogs.slots.negation import part_of

_START, _END = "(?<![^,;!?，。；！？])", "(?=[,;!?，。；！？]|$)"
_LEAD = (
    "(?:我们?|俺|你|您|的|可|那|就|这|今天|今早|早上|现在|目前|眼下|如今|这会|其实|反正|感觉|觉得|而且|但是?|不过|至于|"
    "刚刚?|才|前天|昨天|昨晚|前两天|前几天|上周|上礼拜|上星期|嗯|哎|哦|啊)*"
)
_LINK = "(?:也|都|倒|倒是|还|是|很|挺|蛮|满|还算|一直|现在|都很|照样|全|可|里)*"
_WELL = (
    "(?:通(?:畅|气)?|顺(?:畅|溜|当)?|清(?:亮|爽)|好(?:好|得很|使|好的)?|灵(?:敏|活|便|光)?|正常|舒服|舒坦|舒畅|利索|利落|有劲|有力气|"
    "没(?:啥|什么|有)?(?:事|问题|毛病|变化)|不(?:错|差|赖|虚|弱)|无恙|无碍|健康|结实|硬朗|匀(?:乎)?|清楚|轻松|松快|自在|足|十足|充沛|充足|饱满|旺盛|有的是)"
)
_TAIL = "(?:得很|着呢|着|呢|的|啊|呀|哦|嘞|哩|了|得嘞|滴|吧|噻|嘛)*"
_PARTS_WELL = compiled(f"{_START}{_LEAD}{PART}(?:跟{PART})?{_LINK}{_WELL}{_TAIL}{_END}")

_AT_EASE = "(?:舒服|舒坦|好受|自在|得劲|利索|不疼|不痛|不酸|不难受)"
_WHO = "(?:我们?|俺|人|身体|身子骨?|全家|一家人|一家子|大人小孩|老人孩子|大家)"
_HEALTHY = compiled(
    f"{_START}{_LEAD}(?:{_WHO}?{_LINK}(?:没(?:有|得|啥|什么)?病|[无没]病[无没]痛|健康|无恙|安康|体健|有劲|有力气)"
    f"|{_WHO}{_LINK}(?:好|健|精神|硬朗|结实)){_TAIL}{_END}"
)

_FEELING = (
    "(?:[^没不未别难快总,;!?，。；！？]{0,5}"
    "(?:咳|嗽|烧|热|疼|痛|喷嚏|鼻涕|喘|吐|泻|肚子|感冒|伤风|稀)|热度|体温|高烧|病)"
)
_BY_NOW = "(?:早就?|已经?|都|也|全|倒是?|算是?|现在|昨天|前天|今早|上周|刚刚?|老早|基本)*"
_GONE = (
    "(?:好(?:了|利索了|全了|透了|彻底了|利落了)|退(?:了|下去了?|下来了?|净了?|掉了|干净了)|痊?愈了?|止(?:住|了|住了)|停了|消了|"
    "没(?:有)?了|过去了)"
)
_OVER = compiled(
    f"{_START}{_LEAD}(?:{_FEELING}{_BY_NOW}{_GONE}|{_BY_NOW}(?:退了烧|退烧了|退的烧|止了[咳泻])){_TAIL}(?=又|{_END[3:]}"
)
_AGAIN = compiled("又(?:犯|起|来|上|发|开始|复|重|反)|复发|反复|反弹|没好|未愈")

_UNWELL = (
    "(?:真的?|有(?:点|啥|什么|么子)?|是|哪里|哪儿)*(?:[^不没,;!?，。；！？]{0,2}(?:不舒服|难受|不适|不得劲|症状|毛病|病|发烧|发热|咳嗽|烧|咳|疼|"
    "痛|事))(?:了|的话)?"
)
_AS_IF = compiled(
    f"(?:要是|要真是?|真要是?|如果|假如|倘若){_UNWELL},?(?:我|俺)*(?=早就?|还能|还敢|哪能|哪敢|敢)"
    "|(?:要)?(?:真)?有的?话,?(?:我|俺)*(?=早就?|还能|还敢|哪能|哪敢|敢)"
    f"|(?:别|甭|莫|休)说{_UNWELL}[了啦]?,?(?=连)"
    "|(?:上|去|往)哪(?:儿|里)?(?:不舒服|难受|生病|得病|发烧|咳嗽|不得劲)去"
)

_SHORT = "(?:发烧|发热|咳嗽|乏力|难受|不舒服|头疼|头痛|拉稀|拉肚子|感冒|烧|咳|喘|乏|累|疼|痛|吐|拉|病)"
_NOUN = f"(?:{_SHORT}|毛病|症状|事|问题)"
_I = "(?:[你您]说|我|俺|咱|人家)*"
_RHETORICAL = compiled(
    f"{_START}{_LEAD}(?:{_SHORT}(?:什么|个?啥子?|个鬼|个屁|个头|哪门子){_SHORT}?"
    f"|哪(?:儿|里)?(?:发烧|发热|咳嗽|烧|咳|乏力|感冒)|谁(?:说|讲)(?:了|的)?我?{_SHORT}"
    f"|{_I}(?:哪里|哪儿|哪|咋|怎么)?[能会](?:有)(?:什么|个?啥子?|哪门子){_NOUN}"
    f"|{_I}哪(?:里|儿)?(?:来|有)(?:的|什么|啥|半点)*{_NOUN}){_TAIL}{_END}"
)
"""烧什么烧, 难受啥呀, 我能有啥病: asked in order to deny it."""
_NOT_ME = compiled(
    "(?:[跟和同与挨碰见]|跟那些)[^,;!?，。；！？]{0,3}(?:有病|生病|得病|病了|感冒|发烧|咳嗽)的(?:人|那?些?人)?"
    "|[你您]才(?:是)?有?(?:病|毛病|不舒服|发烧)"
    f"|(?:哪|哪里|哪儿|不)像(?:是|个)?(?:有|生|得)?{_NOUN}(?:的|的人|的样子|秧子)?"
    f"|像(?:是|个)?(?:有|生|得)?{_NOUN}(?:的|的人|的样子|秧子)?(?=[吗么嘛])"
)
"""跟有病的人没来往 and 你才有病: a sickness, but not the speaker's."""
_NO_FEVER = compiled(
    "(?:音响|音乐|耳机|摄影|手机|相机|汽车)?发烧(?:友|级)|热度(?:也|都)?(?:量|测|不高|正常)"
    "|(?:暖气|地暖|火?炕|锅炉|炉子|屋里|电热毯)[^,;!?，。；！？我人头身]{0,4}(?:烧|热|烫)(?:得?(?:慌|热|很|烫))?"
    "|(?:[跳跑骑蹬晒烤捂喝忙]|干活|爬楼|走路)[^,;!?，。；！？]{0,5}得(?:浑身|一身)?(?:发)?热"
    "|(?:让|叫|使)[人我](?:头[疼痛]|恶心)的(?:是|就是)"
)
"""Heat that is no fever: 跳舞跳得热, 暖气烧得热, 发烧友; and what gives a headache as one says."""
_TWO_OF_ONE = compiled(
    "(?P<part>头|脑袋|脑壳|脑瓜子?|嗓子|喉咙|鼻子|身上|浑身)又(?P<one>[晕疼痛烫胀干堵痒酸])又(?P<other>[晕疼痛烫胀干堵痒酸])"
)
"""头又晕又疼 is 头晕 and 头疼."""
_ASKED_BACK = compiled(
    f"{_START}[你您]说(?:说|看)?我?有没有[啊呀]*{_END}|"
    f"{_START}(?:[^,;!?，。；！？]{{0,6}}[你您]们?(?![说问讲念报列提刚这那才看听])[^,;!?，。；！？咳烧疼痛]{{0,8}}(?:没有?|吗)"
    f"|[^,;!?，。；！？咳烧疼痛吐拉喘晕病症适服没不有好]{{1,6}}[了过]没有?)[啊呀哦]*{_END}"
)
"""你吃过饭没: the 没 of a question to the caller is no answer."""

_NOWHERE_WELL = compiled(
    f"{_START}{_LEAD}(?:(?:身体|身子骨?|人|老?毛病|病|一直|还是?|也|到现在|总|老|都|就|这)*"
    "(?:好不了|好不起来|[不没]见[好轻强]|没(?:有)?好(?:转|利索|透|全)?|(?:能好|好得了)[吗么]|不(?:见|太)?好转)"
    "|一[样处块](?:都|也)?没有?(?:是)?好的|没有?一[样处块](?:是)?好的?"
    f"|(?:浑身上下|身上|全身)?(?:没有?|无)(?:一个?|哪个?|半个)?(?:地方|处|里|儿|块)?(?:是)?{_AT_EASE}"
    f"(?:的(?:地方|时候)?)?|(?:哪里|哪儿|怎么|咋)?(?:[会能]|可能){_AT_EASE}[吗么]?|哪(?:里|儿)?{_AT_EASE}得了){_TAIL}{_END}"
)
"""身体好不了, 没有一个地方舒服: unwell, though it is not said how."""
_PAINS_ALL_OVER = compiled("不[疼痛酸]")
"""没一处不疼 is among the words of the script."""

_NOW = "(?:现在|现今|如今|目前|眼下|今天|今儿个?|今早|今朝|这会儿?|这礼拜|这星期|今年)"
_EVERY = "(?:全|都|早就?|已经?|已|也|倒是?|可|真|彻底|完全|基本|算是?|又|的|我|人|是)*"
_NOTHING = (
    "(?:利索了?|利落了?|没事儿?|没啥事儿?|没什么事|没有事|(?:啥|什么|屁)(?:事儿?|症状|毛病|不舒服)?(?:都|也)?(?:没有?|不剩)|一点(?:儿)?(?:事儿?|毛病)(?:都|也)?没有?"
    "|一(?:声|样|次|回|趟)(?:都|也)?没(?:有|咳|拉|吐)?|没(?:有)?症状|没(?:有)?毛病|没病|全好|都好|好利索|好利落|好透|好彻底|好全|彻底好|满血复活|恢复"
    "|(?:哪里?|哪儿)(?:都|也)(?:好(?:好的)?|不疼|不难受|舒服|没事)|好得很|好好儿?的|好着呢|挺好|很好|健健康康|利利索索|正常|一切正常|稳住)"
)
_ALL_BY_NOW = compiled(
    f"{_START}(?:(?:可|但|但是|不过)?(?:{_NOW}[,?，？]?)+{_EVERY}{_NOTHING}{_TAIL}喽?{_END})"
)
"""如今啥事没有: what was told before is over."""
_BY_NOW_OVER = compiled(
    f"{_START}(?:可|但|不过)?(?:{_NOW}{_EVERY}(?:没了|没有了?|好了|退了|止住了?)"
    "|(?:全|都|早就?|已经?|老早|后来|今天|今早|今儿个?|总算|终于|(?:昨天|昨晚|昨夜|昨儿|前天|夜个|吃了药)早?就?)(?:就|都|也|彻底|已经?)*(?:没事儿?|好|好利索|好利落|好透|退|止住|翻篇儿?|恢复|没|褪)(?:了|喽|咯|啦|的)"
    f"|好(?:利索|利落|透|彻底|全乎?)了?){_TAIL}{_END}"
)
"""早好了, 昨夜退了: what the clause before told is over."""
_STOPS = {"退": compiled("[烧热]"), "止": compiled("[咳嗽拉吐泻喘]")}
"""What may be over in these words."""
_MORE = compiled(
    "还(?:在|是|有|咳|烧|疼|痛|吐|拉|晕|没好|不)|又(?:犯|咳|烧|疼|痛|吐|拉)|就是|就剩|只剩|但|不过|没好"
)
_HINT = compiled(
    "[又友级度烧热的个鬼屁门才像处块见哪谁病健硬安痛精好退愈止停消通顺清灵常舒利有恙碍康结硬匀轻松自足充饱旺没了要如假倘哪]"
)

_WELL_TAG = frozenset({Tag(grammar.FINE)})
_OVER_TAG = frozenset({Tag(grammar.FAIR)})
_DENIED_TAG = frozenset({Tag(grammar.NO)})
_OTHERS_TAG = frozenset({Tag(grammar.FILLER)})
_TAGS = {
    denied.DENIED: _DENIED_TAG,
    denied.OVER: _OVER_TAG,
    denied.ECHO: _OTHERS_TAG,
    denied.AFFIRMED: frozenset({Tag(grammar.AFFIRMED)}),
}


def may_tell_wellbeing(said: str) -> bool:
    """A cheap test for such clauses."""
    return _HINT.search(said) is not None


def may_tell_unasked(said: str) -> bool:
    """Whether a clause that names no symptom tells of one or of none beside another question."""
    return any(pattern.search(said) for pattern in (_HEALTHY, _NOWHERE_WELL, _TWO_OF_ONE))


def with_wellbeing(answer: Answer) -> Answer:
    """The answer with such clauses as one word each: 咳嗽好了，又拉肚子 names diarrhoea alone."""
    told = denied.stretches(answer)
    answer = _with_merged(answer, ((start, end, _TAGS[kind]) for start, end, kind in told))
    if answer.is_asked and (ill := ailing(answer.said)):
        unnamed = [(s, e, is_vague) for s, e, is_vague in ill if not _is_named(answer, s, e)]
        answer = _with_merged(answer, ((s, e, _unwell(answer.slot, is_vague=v)) for s, e, v in unnamed))
    if not may_tell_wellbeing(answer.said):
        return answer
    answer = _since_over(answer)
    return _with_merged(answer, _stretches(answer.said, answer))


def _is_named(answer: Answer, start: int, end: int) -> bool:
    """Whether the script has a word for what is told there: 鼻子不灵."""
    position = 0
    for token in answer.tokens:
        if start <= position < end and any(tag.owner == answer.slot.name for tag in token.tags):
            return True
        position += len(token.said)
    return False


def _with_merged(answer: Answer, stretches: Iterable[tuple[int, int, frozenset[Tag]]]) -> Answer:
    in_order = sorted(stretches, key=lambda stretch: stretch[:2], reverse=True)
    if not in_order:
        return answer
    tokens = list(answer.tokens)
    for start, end, tags in in_order:
        tokens = _merged(tokens, start, end, tags)
    return replace(answer, tokens=tuple(tokens))


def _since_over(answer: Answer) -> Answer:
    """The answer from where all before it is told to be over: 上周咳过，如今啥事没有 is 如今啥事没有."""
    said = answer.said
    over = [m for m in _ALL_BY_NOW.finditer(said) if m.start()]
    if over and _MORE.search(said[: over[-1].start()]) is None:
        return _from(answer, over[-1].start())
    return answer


def _from(answer: Answer, start: int) -> Answer:
    """The answer from a position of what was said on."""
    position = 0
    for index, token in enumerate(answer.tokens):
        if position >= start:
            return part_of(answer, index, len(answer.tokens)) if position == start else answer
        position += len(token.said)
    return answer


def _stretches(said: str, answer: Answer) -> Iterator[tuple[int, int, frozenset[Tag]]]:
    for match in _PARTS_WELL.finditer(said):
        yield match.start(), match.end(), _WELL_TAG
    for match in _HEALTHY.finditer(said):
        yield match.start(), match.end(), _WELL_TAG | {Tag("unprompted:" + answer.slot.name, "none")}
    for match in _OVER.finditer(said):
        if not _has_come_back(match[0], said[match.end() :]):
            yield match.start(), match.end(), _OVER_TAG
    for match in _BY_NOW_OVER.finditer(said):
        begun = _begins_before(said, match.start())
        clause = said[begun : match.start()]
        if begun < match.start() and _may_be_over(clause, match[0], said[match.end() :]):
            yield begun, match.end(), _OVER_TAG
    for pattern in (_AS_IF, _RHETORICAL):
        for match in pattern.finditer(said):
            yield match.start(), match.end(), _DENIED_TAG
    for pattern in (_NOT_ME, _NO_FEVER, _ASKED_BACK):
        for match in pattern.finditer(said):
            yield match.start(), match.end(), _OTHERS_TAG
    for match in _TWO_OF_ONE.finditer(said):
        if both := _both(match, answer.slot):
            yield match.start(), match.end(), both
    for match in _NOWHERE_WELL.finditer(said):
        if _PAINS_ALL_OVER.search(match[0]) is None:
            yield match.start(), match.end(), _unwell(answer.slot)


def _both(match: re.Match[str], slot: Slot) -> frozenset[Tag]:
    """What the two words of 脑壳又烫又痛 mean, each of the same part; nothing where one is not known."""
    parts = (match["part"], "头", "头上") if match["part"].startswith(("脑", "头")) else (match["part"],)
    told = [
        {value for value, words in slot.values.items() if any(part + felt in words for part in parts)}
        for felt in (match["one"], match["other"])
    ]
    return (
        frozenset(Tag(slot.name, value) for values in told for value in values) if all(told) else frozenset()
    )


def _begins_before(said: str, clause: int) -> int:
    """Where the clause before another one begins."""
    breaks = [match.end() for match in re.finditer("[,;?，；？]", said[: clause - 1])] if clause else []
    return breaks[-1] if breaks else 0


def _may_be_over(told: str, over: str, after: str) -> bool:
    """咳了好几天，昨天彻底好了; but not 咳嗽，昨天退了, which is of something else, nor what came again."""
    if _MORE.search(told) or _has_come_back(told, after):
        return False
    return all(of.search(told) for word, of in _STOPS.items() if word in over)


def _unwell(slot: Slot, *, is_vague: bool = True) -> frozenset[Tag]:
    """Something without saying what: asked again like 不舒服; not where it is told which part is not well."""
    told = {Tag(slot.name, value) for value, words in slot.values.items() if "不舒服" in words}
    return frozenset({Tag(grammar.BUT), *told, *([Tag("vague:" + slot.name)] if is_vague else [])})


def _has_come_back(over: str, after: str) -> bool:
    """烧退了，夜里又烧; 头疼好了，又咳上了 tells of something else."""
    return _AGAIN.search(after) is not None or any(f"又{character}" in after for character in over)


def _merged(tokens: list[Token], start: int, end: int, tags: frozenset[Tag]) -> list[Token]:
    """The words between two positions of what was said as one; as they were if a word goes beyond."""
    position, inside = 0, []
    for index, token in enumerate(tokens):
        after = position + len(token.said)
        if position < end and after > start:
            if position < start or after > end:
                return tokens
            inside.append(index)
        position = after
    if not inside:
        return tokens
    first, last = inside[0], inside[-1]
    run = tokens[first : last + 1]
    word = "".join(token.word for token in run)
    whole = Token(word, "".join(token.said for token in run), run[0].start, tags)
    return [*tokens[:first], whole, *tokens[last + 1 :]]
