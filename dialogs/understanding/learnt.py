"""What was learnt from examples about the answers to a script's questions, beside the rules.

The rules (``dialogs.slots``) read what can be derived: numbers, days, places, negation. People also answer in
ways that nobody can list (我就在楼下遛狗呢 to 您现在在北京吗). For questions that are like one that was
taught (``Slot.like``) a network (``dialogs.taught``, made by ``teaching.reader``) tells what an answer means
as a whole and how far the rules may be believed. What it was not taught, other slots and other questions,
stays with the rules.

Laws:

- Classes come from the network, values from the rules: which temperature, which day, which place. Where the
  network heard one in passing that the rules overlooked, they look again as if it had been asked for.
- An all-clear (no symptom, no contact, no journey) is believed only from ``_ALL_CLEAR`` on, everything else
  from ``BELIEVED`` on; below, the confidence says that it is to be asked again.
- Of words that are mostly unknown nothing is believed: what cannot be read cannot be learnt.
- Where the rules found what an all-clear denies, it is asked again, however sure the network is; unless the
  second reader agrees with it, and sees no trace of any symptom.
- A yes to contacts that names nobody ill is not believed against a no of the rules: 那应该没有，他去开了个会.
- Nor is an all-clear about contacts believed that denies nothing and speaks of somebody ill: 厂里有发烧的.
- A symptom that the rules found and the networks clearly deny is dropped: 发烧倒不发烧，老是咳.
- An all-clear that names what it denies in words that the rules know stands: 我现在不拉肚子. So does who is
  speaking where it is told beyond doubt: 张三的媳妇是我媳妇.
- A need that is told as nothing but what is hard or lacking stands: 没吃的, 搬东西不方便.
- That nobody need worry (您放心) is not told the networks where symptoms are asked for.
- Where the temperature was asked for, 烧退了 and 打碎了 are no wish: no intent is believed there.
- The second reader is asked where the network is in doubt, and where it contradicts the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from campaign.patterns import compiled
from dialogs.entities.appointments import asks_for_another_time
from dialogs.language.corpus import CALLED
from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.count import counts_some_only
from dialogs.slots.health.others import are_of_kin
from dialogs.slots.journeys.stayed_behind import only_others_went, others_went_alone, stayed_behind
from dialogs.slots.temperature.other_numbers import is_about_heat
from dialogs.slots.temperature.said import tells_of_others
from dialogs.slots.whereabouts.told import told_by_move
from dialogs.slots.wishes import tells_of_no_need
from dialogs.understanding.all_clear import is_all_clear, matters_to
from dialogs.understanding.belief import (
    BELIEVED,
    BRIEF,
    CLASSED,
    IN_PASSING,
    SHORT,
    STRANGE,
    TRACE,
    Judged,
    agree,
    denies_at_last,
    denies_nothing,
    denies_plainly,
    found_at_last,
    is_contradicted,
    is_plain_no,
    is_plain_reading,
    is_told,
    is_well_throughout,
    most_lost,
    names_no_case,
    not_left_out,
    stand_alone,
    stands,
    unfounded,
)
from dialogs.understanding.classes import (
    INTENT,
    NONE,
    NOTHING,
    OTHER,
    SAID,
    SMALL_TALK,
    UNKNOWN,
    YES,
    class_of,
    hints,
    intent_class,
)
from dialogs.understanding.context import CLEAR, DOUBTFUL, Context, Reading
from dialogs.understanding.journeys_judged import is_baseless, is_only_spoken_of
from dialogs.understanding.likeness import Question, questions_of
from dialogs.understanding.network import Floats, Network, taught_network
from dialogs.understanding.red_herrings import without_red_herrings
from dialogs.understanding.second_reader import SecondReader, installed_second_reader, together
from dialogs.understanding.wishes_judged import (
    asks_after_all,
    may_need_in_passing,
    tells_need_as_hardship,
    words_of_wish,
)

_ALL_CLEAR = 0.97
"""Probability from which an all-clear is believed, which is the worst to be wrong about."""
_OBEYED = 0.80
"""The same for an intent: it ends a call or repeats a question."""
_NEWS = 0.95
"""The same for what the rules did not find although they know every word, and for an intent without them."""
_LOST = 0.65
"""Share of words that nobody knows (``Reading.strange``) from which nothing is believed."""
_LEAD_NOWHERE = (NOTHING, SMALL_TALK, OTHER)
_BEYOND_DOUBT = 0.975
"""Probability from which the network is believed against all that the rules found."""
_ERRS_ALIKE = 0.3
"""How much of the network's doubt is left where the rules clearly read the same."""
_SMOOTHED = 0.01
"""By so much the network was taught never to be certain."""
_IT_IS_ME = compiled(
    "(?:[喂哎嗯哦对啊是,]|是的|没错)*(?:是我|我是(?=[,;]|本人)|我就是(?=[,;本]))(?!他|她|们|家|不|没)"
)


class Learnt:
    """What was learnt about one script's answers."""

    def __init__(
        self, script: Script, network: Network, second: Callable[[], SecondReader | None] = lambda: None
    ) -> None:
        """What was taught about slots that the script does not have is not decided.

        Args:
            script: Whose answers.
            network: Reads every answer.
            second: Loads the reader that is asked where the network is in doubt, if there is one.
        """
        self._script = script
        self._network = network
        self._load_second = second
        self._questions = questions_of(script, network.alphabet)
        self._places = frozenset(s.name for s in script.slots.values() if s.type is SlotType.PLACE)
        self._ailments = tuple(
            word
            for slot in script.slots.values()
            if slot.type is SlotType.SYMPTOMS
            for words in slot.values.values()
            for word in words
            if len(word) > 1  # 拉倒 is no 拉
        )
        self._homes = frozenset(slot.place for slot in script.slots.values() if slot.place)
        journeys = (slot for slot in script.slots.values() if slot.is_journey)
        self._matters = {slot.name: matters_to(slot) for slot in journeys}
        self._by_rules_alone = {name for name, intent in script.intents.items() if intent.is_slower}
        names = [name for name in script.intents if name not in self._by_rules_alone]
        self._intents = {intent_class(script, name): name for name in reversed(names)}

    @staticmethod
    def of(script: Script) -> Learnt | None:
        """What ships with Wenhou; None where no slot of the script is like any that was taught."""
        if not any(slot.like for slot in script.slots.values()):
            return None
        return Learnt(script, taught_network(), installed_second_reader)

    @cached_property
    def second(self) -> SecondReader | None:
        """Loaded when it is first asked for, in a tenth of a second."""
        return self._load_second()

    def knows(self, question: str) -> bool:
        """Whether answers to a question, the slot's name, were learnt."""
        return question in self._questions

    def has_nothing_to_add(self, text: str, rules: Reading, context: Context) -> bool:
        """Short answers of which the rules know every word, such as 没去过 or 三十六度五: no need to ask."""
        slot = self._script.slots[context.state.slot]
        is_short = len(text) <= BRIEF and not rules.intent
        return is_short and stand_alone(rules.findings.get(slot.name), rules, slot)

    def read(
        self, text: str, rules: Reading, context: Context, as_if_asked: Callable[[Slot], Finding | None]
    ) -> Reading:
        """The reading of the rules put right.

        Args:
            text: What was said, normalised.
            rules: What the rules read.
            context: What it answers.
            as_if_asked: What the rules read in it if a slot had been asked for.
        """
        asked = context.state.slot
        is_hard = tells_need_as_hardship(
            self._script.slots[asked], rules, text
        )  # as it was said, not as repaired
        is_unmade = is_only_spoken_of(self._script.slots[asked], text, self._homes)
        is_heat = self._script.slots[asked].type is SlotType.TEMPERATURE and is_about_heat(text)
        if rules.strange <= STRANGE:
            text = rules.text  # as repaired: 不许样 is 不需要
        if context.name:
            text = text.replace(context.name, CALLED)
        if self._script.slots[asked].type is SlotType.SYMPTOMS:
            text = without_red_herrings(text)
        question = self._questions[asked]
        found = hints(self._script, question.choices, rules, asked)
        judged = self._judged(question, asked, text, found, rules)
        intent = self._intent(judged[INTENT], rules)
        if intent != rules.intent and (
            self._is_here(intent, asked, rules)
            or (self._puts_off(intent) and (is_hard or self._is_at_home(text)))
        ):
            intent = ""
        if is_heat and intent:
            intent = ""
        if rules.intent and not intent:
            rules = _with_value(rules, self._script.slots[asked], as_if_asked)
        findings = dict(rules.findings)
        for name in self._script.slots:
            if name in question.known:
                is_asked = name == asked or (name in context.state.also and name in self._places)
                in_passing = findings.pop(name, None)
                if not is_asked and in_passing is not None and self._is_plain_need(name, in_passing):
                    findings[name] = in_passing
                    continue
                if not is_asked and (judged.says_nothing_of(name) or self._is_of_others(name, asked, text)):
                    continue  # the same as below, sooner
                finding = self._finding(name, judged, rules, text, as_if_asked, is_asked=is_asked)
                if finding and finding.value and not is_asked and self._is_anothers(name, asked, text, rules):
                    denied = rules.findings.get(name)
                    if denied is not None and denied.value is False:
                        findings[name] = denied  # 我哪儿都没去，我儿子去了趟上海
                    continue
                if name == asked and self._is_denied(asked, text, finding):
                    finding = Finding(False, CLEAR)
                if name == asked and is_unmade and finding is not None and finding.value:
                    finding = _of_none_made(finding, rules.findings.get(asked))
                if name == asked and is_hard and not (finding and finding.value):
                    finding = rules.findings[name]
                if finding is not None:
                    findings[name] = finding
        unknown = judged[UNKNOWN][SAID]
        is_open = asked not in findings or judged[asked][NOTHING] >= _BEYOND_DOUBT
        is_plain = rules.strange <= STRANGE and len(text) <= SHORT  # 正常: the rules would know
        is_read = is_plain_reading(self._script.slots[asked], rules)
        if is_open and not (is_hard or is_plain or is_read) and unknown >= BELIEVED and rules.strange < _LOST:
            findings[asked] = Finding(None, _certain(unknown))
        if intent:
            findings = self._who(findings, rules, intent)
        return replace(rules, findings=findings, intent=intent)

    def _who(self, findings: Mapping[str, Finding], rules: Reading, intent: str) -> dict[str, Finding]:
        """Who is speaking, all that is kept beside an intent; of that the networks learnt little there:
        是我，我正开会呢，一会儿再打."""
        is_me = self._puts_off(intent) and _IT_IS_ME.match(rules.text) is not None
        told = {n: f for n, f in rules.findings.items() if is_me and f.value and f.confidence >= CLEAR}
        return {
            name: told.get(name, found)
            for name, found in findings.items()
            if self._script.slots[name].type is SlotType.IDENTITY
        }

    def _judged(self, question: Question, asked: str, text: str, found: Floats, rules: Reading) -> Judged:
        """What the network believes; with the second reader, where it is to be asked."""
        shares = self._network.probabilities(question.like, text, found)
        judged = Judged(question.choices, shares)
        if self.second is None or not self._is_in_doubt(asked, shares, judged[asked], rules):
            return judged
        again = self.second.probabilities(question.like, text, found)
        return Judged(question.choices, together(shares, again), by_second=Judged(question.choices, again))

    def _is_in_doubt(
        self, asked: str, shares: Sequence[Floats], of_asked: Mapping[str, float], rules: Reading
    ) -> bool:
        """Whether the network is in doubt, the more easily where the rules found something else."""
        slot, by_rules = self._script.slots[asked], rules.findings.get(asked)
        found = NOTHING if by_rules is None or by_rules.value is None else class_of(slot, by_rules.value)
        if found != NOTHING and of_asked[found] < BELIEVED:
            return True
        is_agreed = found == max(of_asked, key=lambda one: of_asked[one])
        return self._questions[asked].doubts.are_in(shares, is_agreed=is_agreed)

    def _intent(self, shares: Mapping[str, float], rules: Reading) -> str:
        if rules.intent in self._by_rules_alone or (rules.intent and asks_for_another_time(rules.text)):
            return rules.intent  # 能不能慢点, 周六打给我: never learnt
        best = max(shares, key=lambda name: shares[name])
        is_other = intent_class(self._script, rules.intent) == OTHER
        if is_other and (best in _LEAD_NOWHERE or shares[best] < _BEYOND_DOUBT):
            return rules.intent if shares[NOTHING] < BELIEVED else ""
        if best in _LEAD_NOWHERE or rules.strange >= _LOST:
            return ""
        is_agreed = intent_class(self._script, rules.intent) == best
        if not is_agreed and rules.strange <= STRANGE and shares[best] < _BEYOND_DOUBT:
            return ""  # they know every word and no intent in it: 还行吧
        if is_agreed:  # of several intents of a class the rules tell which: slower, or only again
            return rules.intent if shares[best] >= _OBEYED else ""
        return self._intents.get(best, "") if shares[best] >= _NEWS else ""

    def _is_of_others(self, name: str, asked: str, text: str) -> bool:
        """Whether what is told in passing is somebody else's: 儿子三十八度二. Who was asked who is speaking
        tells the resident's: 我是他女儿，他三十八度二."""
        if self._script.slots[asked].type is SlotType.IDENTITY:
            return False
        match self._script.slots[name].type:
            case SlotType.TEMPERATURE:
                return tells_of_others(text)
            case SlotType.DATE:
                return stayed_behind(text) or only_others_went(text)
            case SlotType.YES_NO if name in self._matters:
                return others_went_alone(text)
        return False

    def _is_anothers(self, name: str, asked: str, text: str, rules: Reading) -> bool:
        """Whether symptoms or a journey in passing are somebody else's: 三口，我老婆有点咳嗽."""
        if self._script.slots[asked].type is SlotType.IDENTITY:
            who = rules.findings.get(asked)
            if who is None or who.value != "self":
                return False
        if self._script.slots[name].type is SlotType.SYMPTOMS:
            return are_of_kin(text, self._ailments)
        return name in self._matters and only_others_went(text)

    def _is_denied(self, asked: str, text: str, finding: Finding | None) -> bool:
        """Whether the words deny that anybody was met, whatever was found in them."""
        slot = self._script.slots[asked]
        if finding is not None and finding.value is False and finding.confidence >= CLEAR:
            return False
        return denies_at_last(slot, text) or is_plain_no(slot, text)

    def _is_here(self, intent: str, asked: str, rules: Reading) -> bool:
        """Whether the number is said to be wrong while it is told beyond doubt that it is the right one:
        张三不在？谁说的，我这不在这儿嘛."""
        who = rules.findings.get(asked)
        if who is None or not is_told(self._script.slots[asked], who):
            return False
        wrong = Outcome.WRONG_NUMBER.value
        return intent_class(self._script, intent) == wrong and who.value != wrong

    def _is_at_home(self, text: str) -> bool:
        """在家呢, which asks for no other call."""
        return any(told_by_move(text, home) for home in self._homes)

    def _puts_off(self, intent: str) -> bool:
        """Whether an intent asks for another call; 看病不方便 does not."""
        return intent_class(self._script, intent) == Outcome.CALL_LATER.value

    def _is_plain_need(self, name: str, finding: Finding) -> bool:
        """我那降压药快吃完了，咋办呀, whatever was asked."""
        return finding.is_told and self._script.slots[name].type is SlotType.TEXT

    def _finding(
        self,
        name: str,
        judged: Judged,
        rules: Reading,
        text: str,
        as_if_asked: Callable[[Slot], Finding | None],
        *,
        is_asked: bool,
    ) -> Finding | None:
        slot, shares, by_rules = self._script.slots[name], judged[name], rules.findings.get(name)
        best = max(shares, key=lambda one: shares[one])
        if is_asked and (stands(by_rules, rules, slot, judged) or rules.strange >= _LOST):
            return by_rules
        if is_asked and (is_plain_reading(slot, rules) or is_well_throughout(slot, rules, judged)):
            return by_rules
        if best == NOTHING:
            return unfounded(slot, rules, shares[NOTHING], is_asked=is_asked)
        share = shares[best]
        if best == SAID and slot.type not in CLASSED:
            is_overlooked = by_rules is None and not is_asked and share >= IN_PASSING
            if is_overlooked and slot.type is SlotType.COUNT and counts_some_only(text):
                return by_rules
            return as_if_asked(slot) if is_overlooked else by_rules
        is_need_in_passing = slot.type is SlotType.TEXT and not is_asked
        if is_need_in_passing and not may_need_in_passing(best, text, by_rules):
            return by_rules  # 就买个菜, where journeys are asked for; 我可不买东西
        if slot.type is SlotType.TEXT and is_asked and best != NONE and tells_of_no_need(text):
            return Finding("", CLEAR)
        if slot.type is SlotType.TEXT and is_asked and best == NONE and asks_after_all(by_rules, text):
            return by_rules
        value, share = self._value(slot, best, share, judged, rules, text)
        if by_rules is not None and by_rules.value and is_contradicted(slot, rules, value, share, judged):
            return replace(by_rules, confidence=min(by_rules.confidence, DOUBTFUL))
        if value == "" and best != NONE:  # something is needed, and no words of it are left
            return Finding(value, min(share, DOUBTFUL))
        if agree(by_rules, value):
            share = 1.0 - (1.0 - share) * _ERRS_ALIKE
        if value is True and names_no_case(slot, rules):
            return Finding(False, CLEAR) if denies_plainly(rules.text) else Finding(value, DOUBTFUL)
        is_good = is_all_clear(slot, value)
        if is_good and not is_asked and by_rules is None and slot.type is SlotType.SYMPTOMS:
            told = as_if_asked(slot)
            if told is not None and told.value:
                return None  # 我是他爱人，他有点乏力，别的症状没有: to be asked
        least = _ALL_CLEAR if is_good else BELIEVED
        is_news = by_rules is None and rules.strange <= STRANGE
        least = max(least, 0.0 if is_asked else IN_PASSING, _NEWS if is_news else 0.0)
        is_believed = share >= least and not (is_good and self._is_hollow(slot, rules, text))
        if is_asked and by_rules is None and is_baseless(slot, value, text, self._matters.get(name, ())):
            is_believed = False
        return Finding(value, _certain(share) if is_believed else min(share, DOUBTFUL))

    def _is_hollow(self, slot: Slot, rules: Reading, text: str) -> bool:
        """Whether too few words are known for an all-clear, or somebody is ill and nothing is denied."""
        if is_only_spoken_of(slot, text, self._homes):
            return False
        return rules.strange >= most_lost(slot, rules) or denies_nothing(slot, text, self._ailments)

    def _value(
        self,
        slot: Slot,
        best: str,
        share: float,
        judged: Judged,
        rules: Reading,
        text: str,
    ) -> tuple[Any, float]:
        """The value of a class, and how probable it is."""
        match slot.type:
            case SlotType.YES_NO:
                return best == YES, share
            case SlotType.IDENTITY | SlotType.CHOICE:
                return best, share
            case SlotType.TEXT:
                return ("" if best == NONE else words_of_wish(slot, rules, text)), share
        if best == NONE:
            return [], share
        members = {value: p for value in slot.values if (p := judged.said(slot, value)) is not None}
        said = [value for value, probability in members.items() if probability >= 0.5]
        said = not_left_out(slot, said, rules, text)
        if said and (too := found_at_last(slot, rules)):
            said = [value for value in slot.values if value in said or value in too]
        if not said:
            likeliest = max(members, key=lambda value: members[value])
            if members[likeliest] <= TRACE:  # 还行吧: something may be wrong, and nothing can be named
                return [], judged[slot.name][NONE]
            return [likeliest], members[likeliest]
        return said, min(share, *(max(p, 1.0 - p) for p in members.values()))


def _with_value(rules: Reading, slot: Slot, as_if_asked: Callable[[Slot], Finding | None]) -> Reading:
    """三口，别问了: beside what the rules took for an intent that it is none a value may be told."""
    found = as_if_asked(slot) if slot.type not in CLASSED and slot.name not in rules.findings else None
    if found is None or found.value is None:
        return rules
    return replace(rules, findings={**rules.findings, slot.name: found})


def _of_none_made(finding: Finding, by_rules: Finding | None) -> Finding:
    """What is left of a journey that was only spoken of: 本来想去外地."""
    if by_rules is not None and by_rules.value is False:
        return by_rules
    return replace(finding, confidence=min(finding.confidence, DOUBTFUL))


def _certain(share: float) -> float:
    return min(1.0, share + _SMOOTHED)
