"""A body temperature in degrees Celsius: that of today, of the resident, as last measured.

A slot with cues (昨晚, 昨天晚上) is about the time that these tell: its readings are those with a cue, then
those without any time; a reading of another time (今早三十六度五) is none of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.numerals import ROUGHLY, Temperature, temperatures
from dialogs.language.words import Token
from dialogs.slots.answer import Answer, Finding, is_inside
from dialogs.slots.negation import corrected
from dialogs.slots.temperature.choice import chosen_of
from dialogs.slots.temperature.difference import told_by_difference
from dialogs.slots.temperature.fahrenheit import told_in_fahrenheit
from dialogs.slots.temperature.replaced import is_before_medicine, is_replaced
from dialogs.slots.temperature.said import CLEAR, KIN_APART, MINE, NOW, OTHERS, Said
from dialogs.slots.temperature.unmeasured import as_said, is_doubted, is_forgotten, is_unmeasured
from dialogs.slots.temperature.whole import is_whole

FEVER = 37.3
"""Degrees Celsius from which it is one."""
_DOUBTED = 0.5
_DIFFERENCE = 0.8
"""Of 比三十七度低半度."""
_WHOLE = 0.9
"""Of 三十七度 where the temperature was asked for: nothing is lost where a pause follows."""
_KEPT_IF_CLEAR = 0.5
"""How much of the confidence strange words take from a clear 三十六度九 (刚喝完热粥), from 0 to 1."""
_KEPT_OTHERWISE = 1.3

_EXACT = compiled(
    "[整正](?=[三四]十)|度平(?:$|,)|正好|刚好|恰好|恰恰|齐头|平头|正正|整数|不偏不倚|整的|整整|正正好好|不多不少|一格不[多少]|不高不低|一点都?不多|后[头面]是个?零|没有?零头|零头[都也]?没|没有?小数|后[头面边][就再也都可是啥什么]*(?:没有?|没得)(?:了|啦|别的|其[他它]|另外|数|小数|零头|东西|带|跟|$|,)|不带零|没带零|零头[都也]没|没有?点|平平的"
)
_NEVER_REPAIRED = compiled(
    "(?<=[三四]十)[五六七八九]?度?[差缺欠少]|[三四]?十[五六七八九]?[了再计]|[三四]?十[五六七八九]?都(?=[没不])|度平(?=$|,)|[三四]十[五六七八九]?度?[齐平]头|[三四]十[五六七八九]?度?[^,](?=[着死住牢])|[湿室]度|今每|(?<=度)是|[那这]个?是[^,]{1,6}|补[了上]|没差|摄氏度?|[降退]到"
    "|(?<=[三四]十)[五六七八九]?(?:栋|块|毛|码|公?斤|秒|层|楼|路车?|分钟|元)"
    "|[三四]十[五六七八九]?(?:点|度)?几|[三四]十[五六七八九]?度?以[上下内]"
    "|[量测试]错|[三四]十[五六七八九]?度?(?:嘞|哩|哈|喽|嘛|呗)(?=$|,)"
)
"""三十九了 and 三十九哈 are no 三十九点六 and 三十九八, 三十六栋 and 三十七以下 no temperatures."""
_I_DID_NOT = compiled(
    "(?:我(?:们|自己|自个|俩|这[^,]{0,4})?|大人们?|自己)(?:[嘛呢呀啊倒可就]{1,2},(?:[^,三四]{1,6},)?)?[^,三四]{0,4}"
    "(?:没|从来不|不)(?:有?(?:(?:顾[上得着]|来得及|想起|工夫|功夫|空)?[去来]?[量测试])|有?(?:$|,)"
    "|(?:顾[上得着]|来得及|想起来?)(?:呢|了)?(?:$|,))|我(?:自己)?(?:可|倒|就|都)?忘了(?:量|测)?(?:$|,)"
)
_ONLY_OTHERS = compiled(
    f"(?:^|,)(?:今[天儿]|我)?(?:就|光|只)(?:给|帮|替)?(?:我|我们?家)?(?:{grammar.ANY_KIN}|他|她|邻居|同事|室友|舍友|对门|同屋)[^,我三四]{{0,3}}[量测试]"
)
"""就老伴量了，三十六度五."""


_WHOLE_IN_PASSING = 0.8
"""Confidence of whole degrees that are told with their time."""


def find_temperature(answer: Answer) -> Finding | None:
    answer = _without_repairs(answer)
    if answer.is_asked and (told := _told_otherwise(as_said(answer))) is not None:
        return Finding(told, _DIFFERENCE) if is_inside(told, answer.slot) else None
    if answer.is_asked and _is_of_others_only(answer):
        return Finding(None, 1.0, is_told=True)
    found = corrected(answer, _plain_temperature)
    if not answer.is_asked or (found is not None and found.confidence > _DOUBTED):
        return found
    readings = _readings(answer)
    if found is None or not _of_today(readings)[1] or all(s.is_of_others for s in readings):
        if not is_unmeasured(answer):
            return found
        later = _later_today(answer, readings)
        return Finding(later, _DIFFERENCE) if later is not None else Finding(None, 1.0, is_told=True)
    if is_forgotten(answer) and all(s.reading.value.is_integer() for s in readings):
        return Finding(None, 1.0, is_told=True)
    return found


def _later_today(answer: Answer, readings: Sequence[Said]) -> float | None:
    """The reading of later in the day, where none was taken in the morning: 早上忘了量，中午三十七度四."""
    if _THIS_DAY.isdisjoint(answer.slot.cue):
        return None
    told = ((s, s.between.rstrip(",").rpartition(",")[2]) for s in readings if s.reading.confidence == CLEAR)
    later = [s for s, when in told if _LATER_TODAY.search(when) and "昨" not in when]
    return round(later[-1].reading.value, 1) if later else None


_THIS_DAY = frozenset(("今天", "今早", "早上"))
_LATER_TODAY = compiled("中午|上午|下午|后晌|傍晚|刚才|刚刚?[量测]")


def _told_otherwise(text: str) -> float | None:
    """By a difference or in degrees Fahrenheit."""
    told = told_by_difference(text)
    return told_in_fahrenheit(text) if told is None else told


def _is_of_others_only(answer: Answer) -> bool:
    """只给老太太量了，三十六度四，我没有: the readings are of somebody else, the speaker took none."""
    text = answer.text
    if _ONLY_OTHERS.search(as_said(answer)) and not MINE.search(text):
        return bool(_readings(answer))
    refusal = _I_DID_NOT.search(as_said(answer))
    if refusal is None or not OTHERS.search(text):
        return False
    readings = _readings(answer)
    return bool(readings) and all(
        s.is_of_others
        or (
            s.reading.end < refusal.start()
            and OTHERS.search(text[: s.reading.start])
            and not MINE.search(s.clause)
        )
        for s in readings
    )


def _plain_temperature(answer: Answer) -> Finding | None:
    said = _readings(answer) if answer.is_asked else _told_in_passing(_readings(answer))
    readings, is_certain = _of_today(said)
    if not readings:
        return None
    # Of several, the highest: 早上三十六度五，下午三十七度六.
    chosen = max(readings, key=lambda t: t.value)
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    if chosen.confidence < CLEAR and chosen.value.is_integer() and _EXACT.search(answer.text):
        confidence = max(confidence, 0.9)
    elif not answer.is_asked and answer.slot.cue and chosen.value.is_integer():
        confidence = max(confidence, _WHOLE_IN_PASSING)
    elif answer.is_asked and is_whole(answer, chosen):
        confidence = max(confidence, _WHOLE)
    several = 0.8 if len({t.value for t in readings}) > 1 else 1.0
    if not is_certain or _is_either(said) or is_doubted(answer) or _may_be_a_particle(answer, chosen):
        confidence = min(confidence, _DOUBTED)
    return Finding(round(chosen.value, 1), _careful_below_fever(answer, chosen, confidence * several))


def _is_either(said: Sequence[Said]) -> bool:
    """三十六度四不是三十七度四 denies the second, or puts right the first; 是三十六度四不是… denies."""
    return any(
        one.reading.value < FEVER
        and not (one.reading.value.is_integer() or other.reading.value.is_integer())
        and not one.between.endswith("是")
        and _NO_THAT_IS.fullmatch(other.between)
        for one, other in pairwise(said[-2:])
    )


def _told_in_passing(said: Sequence[Said]) -> list[Said]:
    """Those that count, and what is said in the place of one: 昨晚不是三十七度二，我看了下，是三十七度四."""
    counted: list[Said] = []
    for one in said:
        is_instead = bool(counted) and counted[-1].is_denied and one.is_of_cue is not False
        if _counts_in_passing(one) or (is_instead and one.reading.confidence == CLEAR):
            counted.append(one)
    return counted


def _counts_in_passing(said: Said) -> bool:
    if said.cues and said.is_of_cue is True and said.reading.value.is_integer() and not said.after:
        return True  # 昨晚没量，今早三十六度
    return said.reading.confidence == CLEAR and (not said.cues or said.is_of_cue is True)


def _without_repairs(answer: Answer) -> Answer:
    """The answer without repairs of words that tell a temperature as they stand: 三十六度整, not 三."""
    said = as_said(answer)
    if said == answer.text or len(said) != len(answer.text):
        return answer
    clear = [t for t in temperatures(said) if t.confidence == CLEAR and is_inside(t.value, answer.slot)]
    spans = [(t.start, t.end) for t in clear] + [match.span() for match in _NEVER_REPAIRED.finditer(said)]
    return replace(answer, tokens=tuple(_unrepaired(token, spans) for token in answer.tokens))


def _unrepaired(token: Token, spans: Sequence[tuple[int, int]]) -> Token:
    is_kept = token.word != token.said and any(
        token.start < end and token.end > start for start, end in spans
    )
    return replace(token, word=token.said, confidence=1.0) if is_kept else token


def _readings(answer: Answer) -> list[Said]:
    """The readings of the answer that may be somebody's temperature, in the order in which they are said."""
    each = list(_each(answer))
    said = [_put_right(_of_kin(s, each[:i]), each[:i]) for i, s in enumerate(each) if not s.is_something_else]
    heard = {int(s.reading.value) for s in said if _is_heard(s.reading, answer)}
    return _complete([s for s in said if not heard or _is_beside(s, heard, answer)])


def _is_heard(reading: Temperature, answer: Answer) -> bool:
    """Clear without a repair by sound, as opposed to 三十六我看看 for 三十六五."""
    return reading.confidence == CLEAR and _is_unrepaired(reading, answer)


def _is_unrepaired(reading: Temperature, answer: Answer) -> bool:
    return answer.confidence_of(reading.start, reading.end) == 1.0


def _is_beside(said: Said, heard: Collection[int], answer: Answer) -> bool:
    """Whether a reading is one of those that were heard, or may be another: no 四十度 made of 时试的."""
    if _is_heard(said.reading, answer):
        return True
    is_roughly = said.reading.confidence == ROUGHLY  # 早上三十六度二，刚才三十八度五左右
    is_another = is_roughly or int(said.reading.value) not in heard or is_replaced(said.between)
    return is_another and _is_unrepaired(said.reading, answer)


def _without_hours(text: str) -> Sequence[Temperature]:
    """The 九点 of 九点整，三十六度六 is none; alone it may have lost its thirty."""
    said = tuple(temperatures(text))
    if len(said) < 2:
        return said
    return [one for one in said if not _HOUR.fullmatch(text, one.start, one.end)] or said


_HOUR = compiled("[五六七八九]点[整半多来]?")


def _each(answer: Answer) -> Iterator[Said]:
    since, text = 0, answer.text
    for reading in _without_hours(text):
        if is_inside(reading.value, answer.slot):
            between, after = text[since : reading.start], text[reading.end :]
            joined = _with_its_day(_joined(between), reading) if answer.is_asked else _joined(between)
            yield Said(reading, joined, after, answer.today, answer.slot.cue)
            since = reading.end


def _joined(between: str) -> str:
    """Without a comma that parts a time in two: 十分钟,之前; 星期五,是."""
    return _PARTED.sub("", between) if "," in between else between


def _with_its_day(between: str, reading: Temperature) -> str:
    """礼拜六,三十七度一: the day is that of the reading; 差一小格,三十七 is none of thirty-seven."""
    if not between.endswith(","):
        return between
    is_its = _DAY.search(between) or (reading.value.is_integer() and _SHORT_OF_IT.search(between))
    return between[:-1] if is_its else between


_DAY = compiled("(?:^|,)(?:上个?)?(?:礼拜|星期|周)[一二三四五六日天],$")
_SHORT_OF_IT = compiled("(?<![不没])[差缺]一小?[格丝],$")
_PARTED = compiled("(?<=[周期拜][一二三四五六日天]),(?=是$)|,(?=[之以]前)")


def _complete(said: Sequence[Said]) -> list[Said]:
    """Without what another reading says in full: 三十六，三十六度三; nor a 六点半 beside one of them."""
    full = {int(s.reading.value) for s in said if s.reading.confidence == CLEAR}
    return [
        s
        for i, s in enumerate(said)
        if s.reading.confidence >= ROUGHLY
        or not full
        or _is_another(s.reading, full)
        or (is_replaced(s.between) and _is_among(s.reading, said[:i]))
    ]


def _of_kin(said: Said, before: Sequence[Said]) -> Said:
    """我三十六度二，孩子他爸，三十六度九: the second is his, and no word to him."""
    is_his = before and before[-1].is_mine and KIN_APART.fullmatch(said.between)
    return replace(said, between=said.between.rstrip(",")) if is_his else said


def _put_right(said: Said, before: Sequence[Said]) -> Said:
    """三十五，不是三十五度九 says in full what was begun, 三十七差一点三十六度九 what that is."""
    last = before[-1].reading if before else None
    is_begun = last is not None and last.confidence < CLEAR and last.value == int(said.reading.value)
    if said.reading.value.is_integer() or last is None:
        return said
    if (is_begun or _I_ERRED.match(said.after)) and _NO_THAT_IS.fullmatch(said.between):
        return replace(said, between="不是,")
    if 0 < last.value - said.reading.value < 1 and _LACKS_A_BIT.fullmatch(said.between):
        return replace(said, between="差一点,")
    return said


_NO_THAT_IS = compiled("[度了吧啊呢,哦噢哎呀唉]*不是")
_I_ERRED = compiled(",?我?(?:刚才?|方才|头里)?[说念看报记][错反岔]了?|,我刚才?$")
_LACKS_A_BIT = compiled("还?[差缺欠少]了?一?点")


def _is_among(reading: Temperature, said: Sequence[Said]) -> bool:
    """Whether its degrees were said before in full: 三十七度二，错了，三十七度 lacks no decimal."""
    return any(s.reading.confidence == CLEAR and int(s.reading.value) == reading.value for s in said)


def _is_another(reading: Temperature, full: Collection[int]) -> bool:
    """Whether a reading that is not clear may be one besides those that are."""
    is_short = reading.end - reading.start < 3 or not reading.value.is_integer()
    return int(reading.value) not in full and not is_short


def _of_today(said: Sequence[Said]) -> tuple[list[Temperature], bool]:
    """The readings that count, and whether they are certainly today's: 昨天三十七度五，今天三十六度八."""
    said = _chosen_by_speaker(_decided(said))
    stated = [s for s in said if not s.is_denied]
    stated = [s for s in stated if not s.is_asked_back] or stated
    today = [s for s in stated if not s.is_earlier]
    today = _without_night(today)
    today = [s for s in today if not is_before_medicine(s.clause)] or today
    mine = [s for s in today if s.is_mine or not s.is_of_others]
    if len(mine) < len(today) and (any(s.is_mine for s in mine) or mine[:1] == today[:1]):
        today = mine
    last = [i for i, s in enumerate(today) if i and is_replaced(s.between)]
    counted = today[last[-1] :] if last else today
    return [s.reading for s in counted or stated or said], bool(counted)


def _without_night(said: Sequence[Said]) -> list[Said]:
    """半夜三十九度三，今早三十八度整: the night's give way to those of the day."""
    day = [s for s in said if not _NIGHT.search(s.clause)]
    return day if any(NOW.search(s.clause) or _MORNING.search(s.clause) for s in day) else list(said)


def _decided(said: Sequence[Said]) -> Sequence[Said]:
    """三十七度五还是三十八度五，等我看，三十七度五: two that were asked give way to the one said later."""
    for i, (one, other) in enumerate(pairwise(said[:-1])):
        later = [s for s in said[i + 2 :] if s.reading.value in (one.reading.value, other.reading.value)]
        if later and _OR.fullmatch(other.between):
            return later
    return said


_OR = compiled(",?还是,?")
_NIGHT = compiled("半夜|夜里|夜间|夜来|凌晨|睡觉?前|临睡|午觉前|午睡前")
_MORNING = compiled("早[上晨起]|[清大一]早|起床|起来|今每|醒来|睡醒|天亮|这阵")


def _chosen_by_speaker(said: Sequence[Said]) -> Sequence[Said]:
    """耳朵里三十七度，腋下三十六度三，写腋下的吧: the second."""
    chosen = chosen_of([(s.between, s.reading.value) for s in said], said[-1].after) if said else ()
    return [said[index] for index in chosen] or said


def _careful_below_fever(answer: Answer, chosen: Temperature, confidence: float) -> float:
    """Less the more of the answer is not understood; a clear number bears more of it."""
    if chosen.value >= FEVER:
        return confidence
    weight = _KEPT_IF_CLEAR if confidence >= 0.8 else _KEPT_OTHERWISE
    return confidence * max(0.0, 1.0 - weight * answer.unexplained())


def _may_be_a_particle(answer: Answer, chosen: Temperature) -> bool:
    """36度吧 may be 三十六度八, 三十六度半 or 三十六度 with a particle, 三十六哦 with one or 三十六五: no
    ground to call anybody healthy. 三十七度吧 is what 三十七度八 is heard as."""
    last = next((t for t in answer.tokens if t.start < chosen.end <= t.end), None)
    particles = _PARTICLES if chosen.value < FEVER else _UNLIKE_EIGHT
    return last is not None and last.said != last.word and last.said.endswith(particles)


_UNLIKE_EIGHT = tuple("呗啊呀哦噢喔嘛吗呢哈")
_PARTICLES = (*"吧巴把爸罢", *_UNLIKE_EIGHT)
_WHOLE_WITH_PARTICLE = compiled(f"十[五六七八九]?度?[{''.join(_PARTICLES)}](?=[,?]|$)")


def may_end_in_a_particle(text: str) -> bool:
    """三十六呗: an expected phrase that sounds like it, 三十六八, is no clearer."""
    return "十" in text and _WHOLE_WITH_PARTICLE.search(text) is not None
