"""What is said beside an answer, or instead of one, and of whom it is told.

Who is calling (我是张三，您哪位啊), that somebody goes to look (您等一下，我去量), a question that the script
answers (明白了，可为什么停啊), a death in the family, a child's cough, what somebody of the family tells of
the resident. The answer itself is what is left; it is read by whoever makes a ``Besides``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from campaign.patterns import compiled
from campaign.records import Remark
from dialogs.entities.appointments import asks_for_another_time
from dialogs.language.remarks.asking_him import asks_him, passed_on
from dialogs.language.remarks.asking_who import without_asking_who
from dialogs.language.remarks.bereavement import tells_of_death
from dialogs.language.remarks.clauses import clauses_of
from dialogs.language.remarks.emergency import calls_for_help
from dialogs.language.remarks.handing_over import hands_over, names_himself, takes_over
from dialogs.language.remarks.one_moment import asks_to_hold
from dialogs.language.remarks.questions import (
    behind_answers,
    is_a_need,
    is_part_of_question,
    questions_in,
    without_questions,
)
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.answer import DOUBTFUL
from dialogs.slots.temperature.both import (
    as_of_its_time,
    is_unmeasured_at,
    tells_both,
    tells_roughly,
    without_unmeasured_at,
)
from dialogs.understanding.beside_household import OF_ONE, Household
from dialogs.understanding.but_for_chronic import but_for_what_is_chronic
from dialogs.understanding.context import Context, Reading, Wordings
from dialogs.understanding.for_another import (
    is_worse,
    of_his_own_contacts,
    of_the_resident,
    of_the_speaker,
    tells_apart,
)
from dialogs.understanding.intents import (
    ONCE_MORE,
    answering,
    asking_for_a_person,
    handing_over,
    introducing,
    mourning,
    noting,
    putting_off,
    rescuing,
    takes_remarks,
    waiting,
)
from dialogs.understanding.written import normalised

_HANDED_OVER: Mapping[SlotType, tuple[str, ...]] = {SlotType.IDENTITY: ("family",)}
"""Values of who asks to be waited for, as somebody else will answer: 您等等，我叫他."""
_READING = compiled("[三四]十")
_MORE_THAN = compiled(
    "(昨[天儿个]?[晚夜里上]*[^,一二三四五六七八九十]{0,4}(?:更|还)?[高低](?:一?点|些)?),(?=[三四]十)"
)
"""昨晚上更高，三十八度二: the reading is that of the evening."""
_TAKEN_NOW = compiled(
    "[^昨前]*(?:没|未|忘)[^,]{0,3}[量测试].*?等[^,没未]{0,5}[量测试](?:一下|一?[量测试])?[啊呀哈吧哦,]*(?P<reading>[三四]十[^没未]*)$"
    "|.*[,;]?等(?:一下|等|会)?[啊呀哈,]*我?(?:[看瞅查翻找]一?下|[看瞅查翻找]{1,2})[^,没未]{0,5},(?P<read>[三四]十[^没未]*)$"
)
"""还没量呢，你等我量一下啊，三十六度五; 好像三十六度九，等一下我看看本子，三十六度七."""
_SAYS_SO = compiled(
    "不是(?!小|你|您|老|说|我们?居委|骗|推销|卖|机器)|错|认[识得](?!你|您)|没这|没有|搬|换|哪有|谁是|姓|[公单]司?位?(?:的)?电话"
)
"""Without such words nobody who asks who is calling says that the number is wrong."""
_ONCE_MORE = compiled("再|重|一遍")
_ASKS_WHAT_WAS_SAID = compiled("[你您]?刚才?(?:说|讲)(?:的|是)?(?:哪天|几点|礼拜几|星期几|周几|什么|啥|几号)")
"""你等会儿，我正忙着呢，你刚说哪天来着: no wish to be called later."""
_CALL_AGAIN = compiled("(?:再|重新|回头)[^,]{0,3}(?:打|来电|联系)[^,]{0,7}$")
_IT_IS_ME = compiled(
    "(?:[喂哎嗯哦对啊是诶呐,;]|是的|没错)*(?:是我|我就是|就是我|(?<=对,)我是(?=,)|(?<=对)我是(?=,)"
    "|我是(?=[啊呀](?:$|[,;你您]|闺女|姑娘|丫头|小伙|孩子|同志)))(?=$|[,;啊呀咋])"
    "(?!.*(?:[他她错帮替代]|不是|不认|不对|啊不|,不|可我是|我是(?!本人)|[你您]找|的手机|的电话|媳妇))"
)
"""是我，宝宝别抓妈妈头发: of 428 such answers all are the resident's."""
_WHATS_UP = compiled("(?:咋[地的]?|怎么)[啦了][呀啊]?[?]?$")
"""我是张三，咋地啦？"""
_HIS_HOME = compiled("(?:(?<=^)|(?<=,))[他她]们?家里?(?=[一二两三四五六七八九]口)")
_WITH_US = compiled(
    "跟我们(?:老两口|两口子|俩|两个人?)(?:人)?(?:都|一起|一块儿?|一直)*(?:住|过)(?:在?一起|一块儿?)?"
)
"""他跟我们老两口住, of whom one tells."""


_HE = compiled("[他她](?!们|[爸妈爷奶公婆])")
_COUNTED = compiled("[一二两三四五六七八九十俩仨][个口]人?|[俩仨]")
_HIMSELF = compiled(
    "[喂哎嗯哦对啊是诶,;]*我?(?:就)?是?本人[啊呀]?(?=$|[,;])"
    "(?!.*(?:[他她错帮替代串]|不[是叫认对在]|,不|可我|我是(?!本人)|[你您]找|口误|说快|没这))"
)
"""本人。这个号我怎么没见过？"""
_IS_DOING = compiled("睡|夜班|抱|开[车会]|做饭|干活|吃饭|洗[澡衣菜]|忙着|喂[奶饭]|吵得|太吵|大点儿?声")
_CLAIMS = compiled("[是对嗯叫姓]|本人|没错|找着|就我")
_BUSY = compiled("我?(?:这儿?|这会儿?|现在)?(?:正|在|忙)+(?![北家])[^,是N]{1,6}[着呢啊]+")
"""我这儿正拉着活呢: no word of who it is."""
_ASKS_HIM_ON = compiled("问[你您]")
_NOT_KNOWN = Finding(None, 1.0)


def _of_his_home(text: str) -> str:
    """他们家四口 is of the resident's home, unless that was counted before: 我跟我爸俩人，他们家四口."""
    return _HIS_HOME.sub(lambda his: his[0] if _COUNTED.search(text, 0, his.start()) else "家里", text)


class Besides:
    """Reads answers with what is said beside them.

    Args:
        script: Whose.
        answer: Reads an answer by itself: the words heard, the same in their clauses, what they answer, and
            what else may have been said.
        intent_alone: The intent of a clause that is all that was said; empty for none.
    """

    def __init__(
        self,
        script: Script,
        answer: Callable[[str, str, Context, Wordings], Reading],
        intent_alone: Callable[[str, Context], str],
    ) -> None:
        self._script = script
        self._answer = answer
        self._intent_alone = intent_alone
        self.waiting = waiting(script)
        """The intent of who asks to be waited for; empty where the script has none."""
        self._handing_over, self._putting_off = handing_over(script), putting_off(script)
        self._introducing, self._mourning = introducing(script), mourning(script)
        self._rescuing = rescuing(script)
        self._noting = noting(script, Remark.QUESTION)
        self._chronic = but_for_what_is_chronic(script)
        self._household = Household(script, answer, self._beside_others)
        self._of_persons = frozenset(asking_for_a_person(script))
        self._answered = frozenset(answering(script)) - {self.waiting, self._handing_over, self._introducing}

    def read(self, heard: str, text: str, context: Context, wordings: Wordings) -> Reading:
        """The reading of all of it.

        Args:
            heard: The words.
            text: The same in their clauses; not empty.
            context: What they answer.
            wordings: What else may have been said.
        """
        if self._asked(context).type is not SlotType.IDENTITY and (told := passed_on(text, context.name)):
            return replace(self.read(told, told, context, wordings), text=text)
        if context.is_by_family:
            text = _WITH_US.sub("三口人住", text)
        reading = self._household.read(heard, text, context, wordings)
        reading = reading or self._beside_others(heard, text, context, wordings)
        return replace(reading, intent=self._rescuing) if self._rescuing and calls_for_help(text) else reading

    def _beside_others(self, heard: str, text: str, context: Context, wordings: Wordings) -> Reading:
        """The reading of what is told of the resident."""
        slot = self._asked(context)
        if slot.type is SlotType.SYMPTOMS and self._chronic and (well := self._chronic.match(text)):
            plain = _HE.sub("", text) if context.is_by_family else text
            whole = self._answer(plain if plain != text else heard, plain, context, wordings).findings
            rest = well["well"] or well["else"]
            of_today = self._beside_others(rest, rest, context, wordings)
            besides = {name: finding for name, finding in whole.items() if name != slot.name}
            return replace(of_today, text=text, findings={**besides, **of_today.findings})
        if slot.type is SlotType.SYMPTOMS:
            own = of_the_speaker(text, is_by_family=context.is_by_family)
            if own != text:
                reading = replace(self.read(own, own, context, wordings), text=text)
                return self._noted_beside(reading, self._questions(text, context))
        if self._asked(context).of_others and not context.is_by_family:
            own = of_his_own_contacts(text)
            if own != text:
                return replace(self.read(own, own, context, wordings), text=text)
        if self._asked(context).type is SlotType.TEMPERATURE and (taken := _TAKEN_NOW.match(text)):
            text = heard = taken["reading"] or taken["read"]
        if self._asked(context).type is SlotType.TEMPERATURE and _MORE_THAN.search(text):
            text = heard = _MORE_THAN.sub(r"\1", text)
        if self._asked(context).type is SlotType.TEMPERATURE and (told := as_of_its_time(text)) != text:
            text = heard = told
        if self._asked(context).type is SlotType.TEMPERATURE:
            told = self._without_unmeasured(text, context)
            if told != text:
                reading = replace(self.read(told, told, context, wordings), text=text)
                return self._with_other_readings(reading, text, self._asked(context))
        if self.waiting and self._asked(context).type in OF_ONE and asks_him(text, context.name):
            return Reading(text, intent=self.waiting)
        if self._handing_over and hands_over(text, context.name):
            if _ASKS_HIM_ON.search(text):
                return Reading(text, intent=self._handing_over)  # 爷爷你来接，问你在不在北京
            return replace(self._answer(heard, text, context, wordings), intent=self._handing_over)
        reading = self._beside_remarks(heard, text, context, wordings)
        if self._chronic and self._chronic.match(text):
            reading = replace(reading, findings=self._not_of_today(reading))
        if who := takes_over(text, context.name):
            return replace(reading, findings={**reading.findings, **self._speaking(who, context)})
        return reading

    def _beside_remarks(self, heard: str, text: str, context: Context, wordings: Wordings) -> Reading:
        """The answer beside what is asked, put off or told of others."""
        besides = without_asking_who(text) if self._introducing else None
        if besides is not None:
            return self._of_who_asks(heard, text, besides, context, wordings)
        if context.is_by_family and self._asked(context).type is SlotType.COUNT:
            text = _of_his_home(text)
        if context.is_by_family and (told := of_the_resident(text)) != text:
            return self._by_family(heard, text, told, replace(context, is_by_family=False), wordings)
        if asked := self._questions(text, context):
            return self._with_questions(heard, text, asked, context, wordings)
        remark, besides = self._remark(text, context)
        if remark:
            reading = self._answer(besides, besides, context, wordings) if besides else Reading(text)
            return Reading(text, intent=remark) if reading.intent else replace(reading, intent=remark)
        reading = self._answer(heard, text, context, wordings)
        reading = self._of_himself(reading, text, context)
        is_put_off = reading.intent and reading.intent == self._putting_off
        if is_put_off and _ASKS_WHAT_WAS_SAID.search(text):
            return replace(reading, intent=self._intent_alone(ONCE_MORE, context))
        if self._mourning and self._tells_of_death(reading, text, context):
            return replace(reading, intent=self._mourning)
        if self._is_put_off_a_moment(heard, text, reading, context):
            return self._put_off_a_moment(reading, self._asked(context))
        is_asked_who = self._asked(context).type is SlotType.IDENTITY
        if is_asked_who and not reading.intent and _CALL_AGAIN.search(text) and asks_for_another_time(text):
            return replace(reading, intent=self._putting_off)  # 我是他儿子，您晚上八点以后再打行吗
        if is_asked_who and self._introducing and not reading.intent and _WHATS_UP.search(text):
            return replace(reading, intent=self._introducing)
        return self._with_other_readings(reading, text, self._asked(context))

    def _not_of_today(self, reading: Reading) -> Mapping[str, Finding]:
        """Without complaints in passing: 没什么，就是血压高老毛病了."""
        slots = self._script.slots
        return {n: f for n, f in reading.findings.items() if slots[n].type is not SlotType.SYMPTOMS}

    def _asked(self, context: Context) -> Slot:
        return self._script.slots[context.state.slot]

    def _speaking(self, who: str, context: Context) -> Mapping[str, Finding]:
        """Where it was not asked who speaks, and somebody else says so, or the resident himself does."""
        asking = (s for s in self._script.slots.values() if s.type is SlotType.IDENTITY)
        told = (slot for slot in asking if who == "self" or slot.name != context.state.slot)
        return {slot.name: Finding(who, 1.0) for slot in told}

    def _of_himself(self, reading: Reading, text: str, context: Context) -> Reading:
        """Who says that it is he, is, whatever family comes up besides."""
        slot = self._asked(context)
        who = reading.findings.get(slot.name)
        if (
            slot.type is not SlotType.IDENTITY
            or who is None
            or who.value == "self"
            or not (_IT_IS_ME.match(text) or _HIMSELF.match(text) or names_himself(text, context.name))
        ):
            return reading
        intent = "" if who.value == "wrong_number" else reading.intent
        return replace(
            reading, findings={**reading.findings, slot.name: Finding("self", 0.95)}, intent=intent
        )

    def _of_who_asks(
        self, heard: str, text: str, besides: str, context: Context, wordings: Wordings
    ) -> Reading:
        """An answer beside a question who is calling. The whole is read first, as every word may count."""
        is_asked_who = self._asked(context).type is SlotType.IDENTITY
        besides = "" if is_asked_who and _BUSY.fullmatch(besides) else besides
        reading = self._answer(heard, text, context, wordings) if besides else Reading(text)
        if besides and (reading.intent or context.state.slot not in reading.findings):
            reading = self._answer(besides, besides, context, wordings)
        reading = self._of_himself(reading, text, context)
        who = reading.findings.get(context.state.slot)
        if who is not None and who.value == "wrong_number" and not _SAYS_SO.search(text):
            return Reading(text, intent=self._introducing)  # 你们电话怎么是个手机号
        if is_asked_who and _IS_DOING.search(besides) and not self._claims(besides, context):
            reading = Reading(text)  # 谁啊，俺刚下夜班睡着呢
        if reading.intent == self.waiting:
            return Reading(text, intent=self._introducing)  # 您先等会儿，您是哪儿的呀
        is_repeat = bool(reading.intent) and self._script.intents[reading.intent].is_repeat
        is_said_again = is_repeat and not _ONCE_MORE.search(text)  # 啥玩意儿，你谁啊
        return replace(
            reading, intent=self._introducing if is_said_again else reading.intent or self._introducing
        )

    def _claims(self, besides: str, context: Context) -> bool:
        """Whether any word beside a question who is calling may tell that it is the resident."""
        return _CLAIMS.search(besides) is not None or (bool(context.name) and context.name in besides)

    def _by_family(self, heard: str, text: str, told: str, context: Context, wordings: Wordings) -> Reading:
        """What one of the family tells: of the resident (``told``), where that tells more, or something
        worse, than of whoever speaks."""
        slot = self._asked(context)
        of_anybody = self._beside_others(heard, text, context, wordings)
        of_him = self._beside_others(told, told, context, ())
        if of_him.intent != of_anybody.intent:
            return of_anybody
        if slot.type not in OF_ONE:
            felt = (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE)
            kinds = {name: self._script.slots[name].type for name in of_him.findings}
            more = {n: f for n, f in of_him.findings.items() if kinds[n] in felt and f.value}
            return replace(of_anybody, findings={**more, **of_anybody.findings})
        found, before = of_him.findings.get(slot.name), of_anybody.findings.get(slot.name)
        is_same = found is not None and before is not None and found.value == before.value
        is_unmeasured = slot.type is SlotType.TEMPERATURE and not _READING.search(told)
        is_unknown = is_unmeasured and found is not None and found.value is None
        if is_unknown or (found is not None and found.confidence >= slot.sure and tells_apart(text)):
            return replace(of_him, text=of_anybody.text)
        tells_more = is_same and of_him.findings.keys() > of_anybody.findings.keys()
        is_of_him = tells_more or is_worse(slot, found, before)
        return replace(of_him, text=of_anybody.text) if is_of_him else of_anybody

    def _remark(self, text: str, context: Context) -> tuple[str, str]:
        """The intent of a clause that the script has an answer for, and the other clauses; both are empty
        where there is none."""
        text = behind_answers(text)
        if not self._answered or text.isalnum():
            return "", ""
        asked = {clause: self._intent_alone(clause, context) for clause in clauses_of(text)}
        remark = next((name for name in asked.values() if name in self._answered), "")
        return remark, ",".join(clause for clause, name in asked.items() if name not in self._answered)

    def _questions(self, text: str, context: Context) -> Sequence[str]:
        """What is asked of the community, and of nobody else; none in a script that keeps no questions."""
        if self._noting is None:
            return ()
        found = questions_in(text, self._asked(context).question)
        return [question for question in found if not self._intent_alone(question, context)]

    def _noted_beside(self, reading: Reading, questions: Sequence[str]) -> Reading:
        """The reading with questions that were put in what was not read."""
        if self._noting is None or not questions:
            return reading
        asked = {self._noting.keep: Finding("；".join(questions), 1.0)}
        findings = {**reading.findings, **asked}
        intent = self._noting.name if takes_remarks(self._script, reading.intent) else reading.intent
        return replace(reading, findings=findings, intent=intent)

    def _with_questions(
        self,
        heard: str,
        text: str,
        questions: Sequence[str],
        context: Context,
        wordings: Wordings,
    ) -> Reading:
        """The reading of an answer beside which something is asked of the community. Where needs are asked
        for, a question may be one: 低保怎么申请."""
        slot = self._asked(context)
        besides = without_questions(text, slot.question, questions)
        reading = self.read(besides, besides, context, ()) if besides else Reading(text)
        if slot.type is SlotType.TEXT:
            whole = self._answer(heard, text, context, wordings)
            found = whole.findings.get(slot.name)
            needs = str(found.value).split("、") if found is not None and found.value else []
            if needs and (any(map(is_a_need, questions)) or _are_proposals(slot, questions)):
                return whole
            needed = [need for need in needs if not is_part_of_question(need, questions)]
            if found is not None and needed:
                reading = replace(
                    whole,
                    findings={**whole.findings, slot.name: replace(found, value="、".join(needed))},
                )
        return self._noted_beside(replace(reading, text=text), questions)

    def _tells_of_death(self, reading: Reading, text: str, context: Context) -> bool:
        """Where it is asked who is speaking, of whoever is sought; 我就是张三 is no such news."""
        slot = self._asked(context)
        if slot.type is not SlotType.IDENTITY:
            return False
        who = reading.findings.get(slot.name)
        return tells_of_death(text, context.name, str(who.value or "") if who else "")

    def _is_put_off_a_moment(self, heard: str, text: str, reading: Reading, context: Context) -> bool:
        """Be it that what was learnt takes it for something else: 您稍候，我找找那张记录的纸."""
        if not self.waiting or not (asks_to_hold(text) or asks_to_hold(normalised(heard))):
            return False
        is_learnt = reading.intent in (*self._of_persons, self._putting_off) and not self._intent_alone(
            text, context
        )
        return not reading.intent or is_learnt

    def _put_off_a_moment(self, reading: Reading, slot: Slot) -> Reading:
        """The reading of an answer that is still to come; 您等我看看，三十六度五 is one."""
        if slot.type is SlotType.TEXT:  # 等一下，我看看冰箱里还有啥
            kept = {name: finding for name, finding in reading.findings.items() if name != slot.name}
            return replace(reading, findings=kept, intent=self.waiting)
        found = reading.findings.get(slot.name)
        is_told = found is not None and found.value not in (None, *_HANDED_OVER.get(slot.type, ()))
        return reading if is_told else replace(reading, intent=self.waiting)

    def _other_temperatures(self, slot: Slot) -> Sequence[Slot]:
        return [s for s in self._script.slots.values() if s.type is slot.type and s.name != slot.name]

    def _without_unmeasured(self, text: str, context: Context) -> str:
        """The answer without that no other reading was taken: 三十六度整，昨晚没量，忘了."""
        asked = self._asked(context)
        cues = [cue for slot in self._other_temperatures(asked) for cue in slot.cue if cue not in asked.cue]
        return without_unmeasured_at(text, cues) if cues else text

    def _with_other_readings(self, reading: Reading, text: str, slot: Slot) -> Reading:
        """早晚都是三十六度四 answers for the evening, too; 三十六度四，昨晚忘了量 that it is not known."""
        found = reading.findings.get(slot.name)
        if slot.type is not SlotType.TEMPERATURE or not (found and found.value):
            return reading
        others = self._other_temperatures(slot)
        alike = replace(found, confidence=min(found.confidence, DOUBTFUL)) if tells_roughly(text) else found
        told = dict.fromkeys((s.name for s in others), alike) if tells_both(text) else {}
        told |= {s.name: _NOT_KNOWN for s in others if is_unmeasured_at(text, s.cue)}
        return replace(reading, findings={**told, **reading.findings})


def _are_proposals(slot: Slot, questions: Sequence[str]) -> bool:
    """能不能弄个遛狗的地方, where it is asked what one would have changed."""
    return _FOR_PROPOSALS.search(slot.question) is not None and all(map(_PROPOSES.match, questions))


_FOR_PROPOSALS = compiled("意见|建议|想法|要求|希望")
_PROPOSES = compiled(
    "[那就]?(?:是|说|想问)?(?:[你您咱]们?|社区|物业|小区)?(?:能不能|可不可以|能否|可否|该不该)"
)
