"""A body temperature in degrees Celsius: that of today, of the resident, as last measured.

A slot with cues (昨晚, 昨天晚上) is about the time that these tell: its readings are those with a cue, then
those without any time; a reading of another time (今早三十六度五) is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogs.language import grammar
from dialogs.language.numerals import Temperature, temperatures, whole_number
from dialogs.language.words import Token
from dialogs.slots.answer import Answer, Finding, is_inside
from dialogs.slots.negation import corrected
from dialogs.slots.temperature_choice import chosen_of

FEVER = 37.3
"""Degrees Celsius from which it is one."""
_CLEAR = 1.0
_DOUBTED = 0.5
_WHOLE = 0.9
"""Of 三十七度 where the temperature was asked for: nothing is lost where a pause follows."""
_KEPT_IF_CLEAR = 0.5
"""How much of the confidence strange words take from a clear 三十六度九 (刚喝完热粥), from 0 to 1."""
_KEPT_OTHERWISE = 1.3

_EARLIER = re.compile(
    "昨[天儿个晚夜日]|夜[个儿来隔]|前[天儿晚](?!后)|上[周午个]?(?:礼拜|星期|周)|上(?:个?月|[回次趟])(?!买)|(?<![点刻半早午晨床才])那[回次]|之前|以前|前几天|前两天|头天|平时|平常|往常|一般"
)
_NOW = re.compile("今[天儿早晚日]|现在|刚|这会|目前|眼下|降了|退了|降到|退到")
_TIME = re.compile(
    f"{_EARLIER.pattern}|{_NOW.pattern}|早[上晨起]|[清大一]早|上午|中午|下午|傍晚|[晚夜]上|半夜|夜里|睡觉?[前后]"
)
"""Any word that tells when a reading was taken."""
_DATED = re.compile("([一二三四五六七八九十]+)[号日](?!床|楼|院|[^,]{0,2}(?:开始|起))")
_WEEKDAY = re.compile("(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!.*(?:回|到家|去|开始|起))")
_WEEKDAYS = "一二三四五六日"
_LIKE_THEN = re.compile("[跟和同比]昨?[^,]{0,6}(?:一样|差不多|高|低|强|降|升)")
"""跟昨天一样 tells of today."""
_MEASURED = re.compile("量|测|试|烧|体温|温度|表|夹")
_SAID_AFTER = re.compile(
    ",?(?:[哦啊噢哎诶唉呃嗨哟呦],?)?我?(?:那|这)?(?:都?是|还是)(?:昨|夜[个儿]|前[天儿晚]|上[回次])"
)
"""三十七度四，那是昨天的; 四十度我那是昨天."""
_KIN = "|".join(sorted(grammar.KIN, key=len, reverse=True))
_OF_OTHERS_AFTER = re.compile(
    f"(?:,?(?:[哦啊噢哎诶唉呃嗨哟呦],?)?那|的)是(?:我?(?:{_KIN})|[^,]{{0,4}}床|别人)"
)
"""三十八度二，哦，那是二十八号床的."""
_OF_OTHERS_BEFORE = re.compile(f"(?:先说|再说|说说|我们?家?)(?:我|咱)?(?:{_KIN})(?:呢|嘛|的|吧)?,$")
"""先说母亲，三十六度九; but not 闺女，三十六度九, who is being spoken to."""
_FALLS_FROM = re.compile(
    "[^,一二三四五六七八九]{0,4}(?:掉|落|降|退|跌|下|升|涨|飙|窜|烧|变|回)[^,一二三四五六七八九]{0,2}(?:到|成|至|来|了)"
)
"""从三八六掉到三六九: the first is where it came from."""
_DENIED = re.compile(
    "(?:不是我?|谁说(?:我|是|有|都|又)*|哪有|哪来的?|哪里?能|怎么会|到不了|够不[着上]|[没不]上|要是|如果|以为(?:我?[是有烧到]*)|当成?是|看[成作]了?|没[烧高升涨](?:到|过)|没到|不到|没有|没超过|不超过|没过|没|不够|超过|超|高于|低于|高过|以下|离|快|快到|将近|接近|"
    r"差(?!不[多离])(?:[^,差]{1,5})|比[^,]{0,4}的?|再(?:[加添多高升涨]|往上)[^,]{0,5}[就才](?:到|是|够|有|成)?)$"
)
_SHORT_OF = re.compile(
    "(?:还|都)?(?:差|缺|欠|少|不到|没到|不足)(?!多)|往[下回后前](?:数|倒|减|退|掉|挪)?|减去?|以[上下]|才?算(?:发[烧热]|高)|正?[之当中]间|,?我?[可就]?(?:不信|不算(?!发?[烧热]|[低高])|不作数|作废)|,?(?:坏了|不准)|"
    "[^,三四]{0,6}(?:,[^,三四]{0,4})?(?:不能算|不作数|不能作数|算不得|当不得真|做不得准|信不得)|"
    ",(?:那|[旧老坏破][的表支])[^,三四]{0,4}(?:坏|不准|不作数|不算)"
)
"""Right after a reading: it is none."""
_REPLACED = re.compile(
    "现在|这会|眼下|目前|其实|实际|什么[零一二三四五六七八九],|刚刚?量|刚才量|刚测|[再又]?(?:重新|重)(?:量|测|试|夹)|[再又]一?(?:量|测|试|夹)|复[测量]|第[二三][回遍次]|"
    "后来|[降退掉落跌回]到|[降退掉落]了|(?:看|说|念|读|报|拿|记|讲|弄|搞)(?:反|错|岔|倒|串|差)|口误|瞧我这|嘴瓢|颠倒|[再又](?:[瞅看瞧]|去?[瞅看瞧]了?)|换了?(?:水银|一支|一个|个|支)|重说|更正|戴[^,]{0,3}镜|,等(?:等|下|会|一下|一等|一会)[^,]{0,2},|(?:拿[开掉走]|挪开|摘|脱|揭|撕|歇|缓|坐)[^,]{0,4}?[一再又](?:量|测|试|夹)|眼花|花眼|花了眼|走眼|为准|是真的"
)
"""Between two readings: the later one counts."""
_EXACT = re.compile(
    "[整正](?=[三四]十)|正好|刚好|恰好|恰恰|齐头|平头|正正|整数|不偏不倚|整的|整整|正正好好|不多不少|不高不低|一点都?不多|后[头面]是个?零|没有?零头|零头[都也]?没|没有?小数|不带零|没带零|零头[都也]没|没有?点|平平的"
)
_NEVER_REPAIRED = re.compile(
    "(?<=[三四]十)[五六七八九]?度?[差缺欠少]|[三四]?十[五六七八九]?了|摄氏度?|[降退]到"
)
"""三十九了 is no 三十九点六, 摄氏度 no 四十度."""
_OTHERS = re.compile(f"(?:{_KIN}|小的(?!时候)|小家伙|那口子|他|她|隔壁|邻居|同事|老[张王李赵刘陈])")
_TELLS = re.compile("^们?一?(?:说|讲|给|帮|替|看|瞅|瞧|[量测]的|拿|念|报)")
_MINE = re.compile(
    "我的$|我(?!家|们|的|儿|这儿[子媳]|这?(?:爱人|老|女|妈|爸|爹|娘|媳|闺|孙|先生|太太|妻|丈|对象|婆|公|堂客|哥|姐|弟|妹))|自己|本人"
)
_VITALS = re.compile("高压|低压|血压|血糖|心率|心跳|脉搏|今年|年纪|岁|血氧|体重|[住楼]")
_SURROUNDINGS = re.compile("刻度|最[高低]温度?|预报|暖气|天气|气温|室温|零下|空调|水温|预报|外头|屋里")
"""In the clause before a bare number: it is no temperature."""

_THERMOMETER = (
    "(?:体温计|温度计|体温表|温度表|测温[枪仪]|体温枪|额温枪|耳温枪|电池|(?<!代)表|玩意|家伙|枪|东西)"
)
_GONE = "(?:坏|没电|碎|摔|破|打[烂碎破]|烂|找不[着到见]|寻不|丢|没了|不见|不准|不好使|不显|不灵|不亮|借|忘)"
_BROKEN = re.compile(f"{_THERMOMETER}[^,]{{0,8}}{_GONE}")
_ALWAYS = re.compile("怎么|老(?=是|显|停)|总|一直|净(?=是|显)|都是|就停")
"""体温计坏了，老显示三十九度."""
_I_DID_NOT = re.compile(
    "(?:我(?:们|自己|自个|俩|这[^,]{0,4})?|大人们?|自己)[^,三四]{0,4}(?:没|从来不|不)(?:有?(?:[去来]?[量测试])|有?(?:$|,))"
)
_UNMEASURED: Sequence[re.Pattern[str]] = tuple(
    re.compile(words)
    for words in (
        "(?:没|未|不|懒得|忘|顾不上)[^,]{0,5}(?:[量测试](?!是)|夹(?![好紧住]))",
        "从来?不(?:[爱去]?[量测试])|[没不](?:爱|用)?[量测]过?(?:那个|这个|那玩意)",
        "(?:哪|谁|咋)[^,]{0,5}(?:空|工夫|功夫|时间|来得及|顾得上)[^,]{0,3}[量测试]",
        f"(?:没|冇|莫得|缺|哪有|哪来的?|不会[使用]|没有)[^,]{{0,5}}{_THERMOMETER}",
        f"{_THERMOMETER}[^,]{{0,8}}{_GONE}",
        "今[天儿][^,]{0,2}没有?(?:,|$)",
        "[量测]不[了成]|[量测]啥[量测]|拿(?:什么|啥|么子|嘛)[量测]|没量|没测|没试表|没来得及|没顾上|没顾得上|没空|没工夫|[量测]它?(?:干|做)",
        "(?:一会|等会|待会|回头|晚点|马上|等下|过会|吃完饭|明天)[^,]{0,6}[再就去]?[量测]",
        "看不出|[认瞧读]不出|(?:忘|记不|不记得|没记|没看|没问|没告诉|没跟我说|没说|看不[清见]|没看清|认不[清得]|[不勿]知道|不清楚|没注意|没留神|没留意|想不起|没印象|没听)",
    )
)
_NOT_OF_THIS = re.compile(
    f"{_KIN}|不是没|前[几两]天|爱人|老伴|孩子|儿子|女儿|他|她|谁说|没有没|怎么没|能没|早|上午|中午|昨|前天|夜|晚|起初|一开始|起床|那会|刚才|先前|额|手|腋|耳|嘴"
)
_NOT_YET_AGAIN = re.compile("下午|后晌|傍晚|现在|这会|眼下|目前|这阵|饭后|睡前|再没")
_READ_BEFORE = re.compile(
    "(?:今早|(?<!昨天)(?<!前天)(?:早[上晨起间]|清早|大早|上午|中午|晌午))[^,没未不]{0,8}(?:三十|四十|[六七八九]度)"
)
"""A reading earlier today counts where only the later one was not taken."""


@dataclass(frozen=True)
class _Said:
    """A reading with the words that belong to it."""

    reading: Temperature
    between: str
    """From the reading before it."""
    after: str
    """The rest of the answer."""
    today: date
    cues: tuple[str, ...] = ()
    """Words for the time that is asked for; none: today."""

    @property
    def clause(self) -> str:
        return self.between.rpartition(",")[2]

    @property
    def is_denied(self) -> bool:
        """不到三十七度三, 差一分三十七, 不是三十七."""
        last_two = ",".join(self.between.split(",")[-2:])
        is_of_broken = _BROKEN.search(last_two) is not None and _ALWAYS.search(self.clause) is not None
        if self.between.endswith(("从", "打", "由")) and _FALLS_FROM.match(self.after):
            return True
        return is_of_broken or bool(_DENIED.search(self.between) or _SHORT_OF.match(self.after))

    @property
    def is_earlier(self) -> bool:
        """昨天三十七度五; 昨天量的，三十七度五; but not 前天回来的，三十七度五."""
        if self.cues:
            return self.is_of_cue is False
        if _SAID_AFTER.match(self.after):
            return True
        dated = _DATED.search(self.clause)
        if dated:
            return whole_number(dated[1]) != self.today.day
        weekday = None if _NOW.search(self.clause) else _WEEKDAY.search(self.clause)
        if weekday:
            return _WEEKDAYS.index(weekday["day"].replace("天", "日")) != self.today.weekday()
        for words in self._clauses_of_time():
            if _NOW.search(words) or _EARLIER.search(words):
                return not _NOW.search(words)
        return False

    @property
    def is_of_cue(self) -> bool | None:
        """昨晚三十七度五 where 昨晚 is a cue; None where no time is told."""
        if _SAID_AFTER.match(self.after):
            return any(cue in self.after for cue in self.cues)
        told = (_is_of_cue(words, self.cues) for words in self._clauses_of_time())
        return next((is_of_cue for is_of_cue in told if is_of_cue is not None), None)

    def _clauses_of_time(self) -> Iterator[str]:
        """The clause of the reading, then those before it that may tell when it was taken."""
        told = [part for part in self.between.split(",")[:-1] if _MEASURED.search(part) or len(part) < 4]
        yield from (_LIKE_THEN.sub("", part) for part in (self.clause, *reversed(told)))

    @property
    def is_mine(self) -> bool:
        return _MINE.search(self.between) is not None and not self.is_of_others

    @property
    def is_of_others(self) -> bool:
        """我老伴三十六度三, but not 闺女给我量的."""
        if _OF_OTHERS_AFTER.match(self.after):
            return True
        if _OF_OTHERS_BEFORE.search(self.between):
            return True
        named = list(_OTHERS.finditer(self.clause))
        if not named:
            return False
        rest = self.clause[named[-1].end() :]
        return not _TELLS.search(rest) and not _MINE.search(rest)

    @property
    def is_asked_back(self) -> bool:
        """四十度？没有没有."""
        return self.after.startswith("?")

    @property
    def is_something_else(self) -> bool:
        """高压一百三十六, 我今年三十八, 暖气十八度."""
        is_bare = self.reading.confidence < _CLEAR
        return bool(_SURROUNDINGS.search(self.clause) or (is_bare and _VITALS.search(self.clause)))


def _is_of_cue(words: str, cues: Sequence[str]) -> bool | None:
    """Whether the last time told is a cue, 昨天早上 being none for 早上; None where none is told."""
    cue = re.compile(f"(?:{'|'.join(map(re.escape, cues))})+")
    own = list(cue.finditer(words))
    others = list(_TIME.finditer(cue.sub(lambda match: " " * len(match[0]), words)))
    if not own:
        return False if others else None
    return all(other.end() < own[-1].start() for other in others)


def find_temperature(answer: Answer) -> Finding | None:
    answer = _as_said(answer)
    if answer.is_asked and _is_of_others_only(answer):
        return Finding(None, 1.0)
    found = corrected(answer, _plain_temperature)
    if not answer.is_asked or (found is not None and found.confidence > _DOUBTED):
        return found
    readings = _readings(answer)
    if found is None or not _of_today(readings)[1] or all(s.is_of_others for s in readings):
        return Finding(None, 1.0) if _is_unmeasured(answer) else found
    return found


def _is_of_others_only(answer: Answer) -> bool:
    """只给老太太量了，三十六度四，我没有: the readings are of somebody else, the speaker took none."""
    text = answer.text
    refusal = _I_DID_NOT.search(text)
    if refusal is None or not _OTHERS.search(text):
        return False
    readings = _readings(answer)
    return bool(readings) and all(
        s.is_of_others
        or (
            s.reading.end < refusal.start()
            and _OTHERS.search(text[: s.reading.start])
            and not _MINE.search(s.clause)
        )
        for s in readings
    )


def _plain_temperature(answer: Answer) -> Finding | None:
    said = [s for s in _readings(answer) if answer.is_asked or _counts_in_passing(s)]
    readings, is_certain = _of_today(said)
    if not readings:
        return None
    # Of several, the highest: 早上三十六度五，下午三十七度六.
    chosen = max(readings, key=lambda t: t.value)
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    if chosen.confidence < _CLEAR and chosen.value.is_integer() and _EXACT.search(answer.text):
        confidence = max(confidence, 0.9)
    elif answer.is_asked and _is_whole(answer, chosen):
        confidence = max(confidence, _WHOLE)
    several = 0.8 if len({t.value for t in readings}) > 1 else 1.0
    if not is_certain or _is_doubted(answer) or (chosen.value < FEVER and _may_be_a_particle(answer, chosen)):
        confidence = min(confidence, _DOUBTED)
    return Finding(round(chosen.value, 1), _careful_below_fever(answer, chosen, confidence * several))


def _counts_in_passing(said: _Said) -> bool:
    return said.reading.confidence == _CLEAR and (not said.cues or said.is_of_cue is True)


def _is_whole(answer: Answer, chosen: Temperature) -> bool:
    """三十七度 before a pause; 三十七, and 三十七度啊, may have lost a decimal."""
    words, after = answer.text[chosen.start : chosen.end], answer.text[chosen.end :]
    is_certain = answer.confidence_of(chosen.start, chosen.end) == 1.0 and len(words) > _SHORTEST_WHOLE
    return is_certain and words.endswith("度") and bool(_ENDS.match(after))


_ENDS = re.compile("$|[,;](?!零头[^,]{0,2}[没忘]|后[头面]|小数)")
_SHORTEST_WHOLE = 2
"""Characters: 六度 has lost its thirty."""


def _as_said(answer: Answer) -> Answer:
    """The answer without repairs of words that tell a temperature as they stand: 三十六度整, not 三."""
    said = _said(answer)
    if said == answer.text or len(said) != len(answer.text):
        return answer
    clear = [t for t in temperatures(said) if t.confidence == _CLEAR and is_inside(t.value, answer.slot)]
    spans = [(t.start, t.end) for t in clear] + [match.span() for match in _NEVER_REPAIRED.finditer(said)]
    return replace(answer, tokens=tuple(_unrepaired(token, spans) for token in answer.tokens))


def _unrepaired(token: Token, spans: Sequence[tuple[int, int]]) -> Token:
    is_kept = token.word != token.said and any(
        token.start < end and token.end > start for start, end in spans
    )
    return replace(token, word=token.said, confidence=1.0) if is_kept else token


def _readings(answer: Answer) -> list[_Said]:
    """The readings of the answer that may be somebody's temperature, in the order in which they are said."""
    said = [s for s in _each(answer) if not s.is_something_else]
    heard = {int(s.reading.value) for s in said if _is_heard(s.reading, answer)}
    return _complete([s for s in said if int(s.reading.value) not in heard or _is_heard(s.reading, answer)])


def _is_heard(reading: Temperature, answer: Answer) -> bool:
    """Clear without a repair by sound, as opposed to 三十六我看看 for 三十六五."""
    return reading.confidence == _CLEAR and answer.confidence_of(reading.start, reading.end) == 1.0


_OF_THE_CLOCK = re.compile("[一二]?十[一二三四五六七八九]?点(?!半?度)")
"""The 十点 of 十点那次，三十七度整."""


def _each(answer: Answer) -> Iterator[_Said]:
    since, text = 0, answer.text
    for reading in temperatures(text):
        if is_inside(reading.value, answer.slot):
            between, after = text[since : reading.start], text[reading.end :]
            yield _Said(reading, between, after, answer.today, answer.slot.cue)
        if not _OF_THE_CLOCK.match(text, reading.start):
            since = reading.end


def _complete(said: Sequence[_Said]) -> list[_Said]:
    """Without what another reading says in full: 三十六，三十六度三; nor a 六点半 beside one of them."""
    full = {int(s.reading.value) for s in said if s.reading.confidence == _CLEAR}
    return [s for s in said if s.reading.confidence == _CLEAR or not full or _is_another(s.reading, full)]


def _is_another(reading: Temperature, full: Collection[int]) -> bool:
    """Whether a reading that is not clear may be one besides those that are."""
    is_short = reading.end - reading.start < 3 or not reading.value.is_integer()
    return int(reading.value) not in full and not is_short


def _of_today(said: Sequence[_Said]) -> tuple[list[Temperature], bool]:
    """The readings that count, and whether they are certainly today's: 昨天三十七度五，今天三十六度八."""
    said = _chosen_by_speaker(said)
    stated = [s for s in said if not s.is_denied]
    stated = [s for s in stated if not s.is_asked_back] or stated
    today = [s for s in stated if not s.is_earlier]
    mine = [s for s in today if s.is_mine or not s.is_of_others]
    if len(mine) < len(today) and (any(s.is_mine for s in mine) or mine[:1] == today[:1]):
        today = mine
    last = [i for i, s in enumerate(today) if i and _REPLACED.search(s.between)]
    counted = today[last[-1] :] if last else today
    return [s.reading for s in counted or stated or said], bool(counted)


def _chosen_by_speaker(said: Sequence[_Said]) -> Sequence[_Said]:
    """耳朵里三十七度，腋下三十六度三，写腋下的吧: the second."""
    chosen = chosen_of([(s.between, s.reading.value) for s in said], said[-1].after) if said else ()
    return [said[index] for index in chosen] or said


def _is_doubted(answer: Answer) -> bool:
    """没量，平时三十六度五: no reading of today, unless 早上没量，中午三十六度三 (or the other way round)."""
    said = _said(answer)
    is_of_before = _READ_BEFORE.search(said) is not None
    return answer.is_asked and any(
        _UNMEASURED[0].search(clause)
        and not (_NOT_OF_THIS.search(clause) or (is_of_before and _NOT_YET_AGAIN.search(clause)))
        for clause in re.split("[,;?!]", said)
        if "没量" in clause or "没测" in clause or "没试" in clause
    )


def _is_unmeasured(answer: Answer) -> bool:
    """没量, 体温计坏了, 多少度我给忘了: there is no reading of today to ask for."""
    return any(words.search(_said(answer)) for words in _UNMEASURED) or any(
        t.has("unknown:" + answer.slot.name) or t.has(grammar.UNKNOWN) for t in answer.tokens
    )


def _said(answer: Answer) -> str:
    """The words before any repair by sound."""
    return "".join(token.said for token in answer.tokens)


def _careful_below_fever(answer: Answer, chosen: Temperature, confidence: float) -> float:
    """Less the more of the answer is not understood; a clear number bears more of it."""
    if chosen.value >= FEVER:
        return confidence
    weight = _KEPT_IF_CLEAR if confidence >= 0.8 else _KEPT_OTHERWISE
    return confidence * max(0.0, 1.0 - weight * answer.unexplained())


def _may_be_a_particle(answer: Answer, chosen: Temperature) -> bool:
    """36度吧 may be 三十六度八, 三十六度半 or 三十六度 with a particle: nothing to call healthy on."""
    last = next((t for t in answer.tokens if t.start < chosen.end <= t.end), None)
    return last is not None and last.said.endswith(("吧", "巴", "把", "爸", "罢"))
