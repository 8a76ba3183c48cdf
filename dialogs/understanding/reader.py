"""Reads answers to the questions of one script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial

from campaign.collection import without_collection
from campaign.patterns import compiled
from dialogs.entities.places import in_full
from dialogs.language.corpus import Corpus
from dialogs.language.remarks.announcement import is_announcement
from dialogs.language.remarks.another_question import without_meetings
from dialogs.language.remarks.asides import is_aside
from dialogs.language.remarks.asking_back import asks_what_counts, begins_by_asking
from dialogs.language.remarks.beside_the_call import asks_for_nothing, is_beside_the_call, is_excuse, refuses
from dialogs.language.remarks.chatter import is_chatter
from dialogs.language.remarks.clauses import clauses_of
from dialogs.language.remarks.misunderstood import taken_anew
from dialogs.language.remarks.one_moment import asks_to_wait
from dialogs.language.remarks.picking_up import has_yet_to_be_told
from dialogs.language.wording import Likelihood, Wording
from dialogs.script import Script, Slot, SlotType, State
from dialogs.slots import Finding, number_spans
from dialogs.slots.identity.outsiders import is_stranger
from dialogs.slots.left_open import leaves_open, tells_either
from dialogs.slots.whereabouts.told import is_only_out
from dialogs.slots.wishes import names_no_wish
from dialogs.slots.yes_no.untrue import leaves_unknown, may_have_met, nearly_met
from dialogs.understanding.all_clear import (
    DENIED,
    denies_something_else,
    is_all_clear,
    is_denied,
    matters_to,
    reassures,
)
from dialogs.understanding.answered_instead import answers_another
from dialogs.understanding.belief import denies_at_last
from dialogs.understanding.besides import Besides
from dialogs.understanding.by_rules import Rules, with_wholes
from dialogs.understanding.completeness import completeness_of, is_dangling
from dialogs.understanding.context import DOUBTFUL, Completeness, Context, Reading, Wordings
from dialogs.understanding.in_clauses import InClauses
from dialogs.understanding.intents import ONCE_MORE, putting_off, repeating, without_consequence
from dialogs.understanding.journeys_judged import within_the_days
from dialogs.understanding.learnt import Learnt
from dialogs.understanding.lexicons import long_words
from dialogs.understanding.meanings import Meanings, asks_by_meaning, installed_meanings
from dialogs.understanding.meanings_judged import judged
from dialogs.understanding.no_place import tells_of_no_place
from dialogs.understanding.of_a_case import of_the_resident_alone
from dialogs.understanding.overheard import as_overheard, may_be_meant, may_be_overheard
from dialogs.understanding.told_first import told_after_no, told_alone, told_first, told_undenied
from dialogs.understanding.undenied import denies_no_contact, leaves_undenied, may_deny_a_list
from dialogs.understanding.wishes_judged import opens_by_asking
from dialogs.understanding.written import normalised


@lru_cache(maxsize=8)
def understanding_of(script: Script) -> Understanding:
    """The understanding of a script, made once a process."""
    with without_collection():
        states = script.states.values()
        asked = (script.slots[each.slot] for each in states)
        is_wanted = any(asks_by_meaning(script, each) for each in states) or any(map(may_be_meant, asked))
        meanings = installed_meanings if is_wanted else lambda: None
        return Understanding(script, Learnt.of(script), Wording.taught(), Corpus.taught(), meanings)


_ANSWERED_BY_NAME = frozenset(
    (SlotType.IDENTITY, SlotType.TEMPERATURE, SlotType.COUNT, SlotType.NUMBER, SlotType.PLACE)
)
"""Kinds of slots that no 没 or 随便 answers."""
_NUMBERS = frozenset((SlotType.TEMPERATURE, SlotType.COUNT, SlotType.NUMBER))
_STRANGE = 0.1
"""Share of words that nobody knows from which a denial may be of something else."""
_STRANGER = 0.05
"""Share of unknown words that another wording may have more, to count against an all-clear: 去了趟密原 says
nothing against 去了趟密云."""
_A_NAME = "张三"
"""Of those whose answers are known: 是我，尹海涛 is as likely as 是我，张三."""
_SURE_BY_SOUND = 0.85
"""Confidence from which a denial that was repaired by sound is what was said; 没加群 is 没接触 with 0.7."""
_DENIED_AT_LAST = 0.9
"""Confidence of 没有，我不知道谁是病人."""
_SIGHS = compiled("咳(?=[,，]?[你您别这那哪说我])")
"""是我是我，咳，你说: no cough."""
_COUGHS = compiled("(?<![老点直总还就咳])咳{2,}(?=$|[,，.。!！?？ ])")
"""What a cough is written as."""
_CORRECTS = compiled("不对|不是|错了")
_KNOWS_NOBODY = compiled("听说|认识|没有?这个?人")


class Understanding:
    """Reads answers to the questions of one script. Keeps nothing of any call.

    Args:
        script: Whose answers.
        learnt: What was learnt about them beside the rules, if anything.
        wording: How residents word them, if that is known.
        corpus: What residents have answered, if that is known.
        meanings: Loads what tells values by their meaning, where nobody taught the question.
    """

    def __init__(
        self,
        script: Script,
        learnt: Learnt | None,
        wording: Wording | None = None,
        corpus: Corpus | None = None,
        meanings: Callable[[], Meanings | None] = lambda: None,
    ) -> None:
        self._script = script
        self._learnt = learnt
        self._wording = wording
        self._corpus = corpus
        self._load_meanings = meanings
        self._homes = frozenset(slot.place for slot in script.slots.values() if slot.place)
        self._rules = Rules(script)
        self._clauses = InClauses(wording, long_words(script))
        self._besides = Besides(script, self._read, self._rules.intent_alone)
        self._matters = {
            slot.name: matters_to(slot) for slot in script.slots.values() if reassures(slot, script)
        }
        """Of the slots that a no reassures about."""
        complaints = (s for s in script.slots.values() if s.type is SlotType.SYMPTOMS)
        self._ailments = frozenset(w for s in complaints for words in s.values.values() for w in words)

    def prepare(self, today: date) -> None:
        """Make everything that the calls of a day need, so that none of them has to wait for it."""
        with without_collection():
            if self._wording is not None:
                self._wording.prepare()
            for state in self._script.states.values():
                self._rules.prepare(state, today)
                if asks_by_meaning(self._script, state):
                    self._prepare_meanings(state)

    @cached_property
    def _meanings(self) -> Meanings | None:
        return self._load_meanings()

    def _prepare_meanings(self, state: State) -> None:
        if self._meanings is not None:
            self._meanings.prepare(self._script.slots[state.slot])

    def load_second_reader(self) -> None:
        """Load what is otherwise loaded at the first doubt: whatever is asked for another opinion."""
        if self._learnt is not None:
            _ = self._learnt.second
        for state in self._script.states.values():
            if may_be_meant(self._script.slots[state.slot]):
                self._prepare_meanings(state)

    def phrases(self, state: State, today: date) -> tuple[str, ...]:
        """The answers that a recogniser may expect."""
        return self._rules.phrases(state, today)

    def likelihood(self, state: State) -> Likelihood | None:
        """How probable wordings are as answers to a question; None where that is not known."""
        return self._wording.likelihood(self._like(state)) if self._wording is not None else None

    def answers(self, state: State) -> Callable[[], tuple[str, ...]] | None:
        """What residents have answered to a question; None where that is not known."""
        return partial(self._corpus.answers, self._like(state)) if self._corpus is not None else None

    def _like(self, state: State) -> str:
        """The question that was taught whose answers are worded as those to this one's; empty for none."""
        return self._script.slots[state.slot].like

    def some_answers(self) -> Callable[[], tuple[str, ...]] | None:
        """Some answers to all questions; None where none were gathered."""
        return self._corpus.sample if self._corpus is not None else None

    def read(self, heard: str, context: Context, wordings: Wordings = ()) -> Reading:
        """What the words mean.

        Args:
            heard: The words.
            context: What they answer.
            wordings: What else may have been said, each with its share of all that may, 0..1. An all-clear
                that they deny is to be asked again.
        """
        reading = self._read_alone(heard, context, wordings)
        slot = self._script.slots[context.state.slot]
        is_doubtful = may_be_overheard(slot, reading) and not context.state.confirms
        return self._unless_overheard(heard, reading, context, wordings) if is_doubtful else reading

    def _unless_overheard(
        self, heard: str, reading: Reading, context: Context, wordings: Wordings
    ) -> Reading:
        """What counts of a reading whose words may be nobody's answer."""
        if self._wording is None:
            return reading
        slot = self._script.slots[context.state.slot]
        texts = [heard, reading.text, *clauses_of(reading.text), *(other for other, _ in wordings)]
        named = [text.replace(context.name or _A_NAME, _A_NAME) for text in texts if len(text) > 1]
        likely = self._wording.likeliest(slot.like, named)
        counted = as_overheard(self._script, slot, reading, likely, self._shares_of(slot))
        is_complaint = counted is not reading and slot.type is SlotType.SYMPTOMS
        return reading if is_complaint and self._complains(reading, context) else counted

    def _complains(self, reading: Reading, context: Context) -> bool:
        """Whether the rules surely read a complaint in the words as they stand, as was found."""
        slot = self._script.slots[context.state.slot]
        found = reading.findings.get(slot.name)
        exactly = self._rules.read_exactly(reading.text, context).findings.get(slot.name)
        is_same = found is not None and exactly is not None and exactly.value == found.value
        return is_same and bool(exactly and exactly.value and exactly.confidence >= slot.sure)

    def _shares_of(self, slot: Slot) -> Callable[[str], Mapping[str, float]] | None:
        """How probable the values of a slot are, by words; None where that is not known."""
        is_known = may_be_meant(slot) and self._meanings is not None
        return partial(self._meanings.shares, slot) if is_known and self._meanings else None

    def _read_alone(self, heard: str, context: Context, wordings: Wordings = ()) -> Reading:
        """The same by rules and readers, and what was never taught by its meaning."""
        slot = self._script.slots[context.state.slot]
        if slot.type is not SlotType.SYMPTOMS and "咳咳" in heard:
            heard = _COUGHS.sub("", heard)
        if slot.type is SlotType.IDENTITY and "咳" in heard:
            heard = _SIGHS.sub("嗨", heard)
        text = self._clauses.of(heard, is_taught=bool(slot.like))
        if not text:
            return Reading("")
        if (anew := taken_anew(text)) != text:
            heard = text = anew
        if slot.type is SlotType.YES_NO and not slot.like and not slot.of_others:
            text = without_meetings(text)
            if _is_plainly_asked(slot, context.state) and has_yet_to_be_told(text, context.name):
                return Reading(text, intent=self._rules.intent_alone(ONCE_MORE, context))
        reading = self._besides.read(heard, text, context, wordings)
        is_taught = bool(slot.like) or slot.type is not SlotType.YES_NO
        otherwise = self._unpaused if is_taught else self._paused
        return otherwise(heard, text, reading, context)

    def _unpaused(self, heard: str, text: str, reading: Reading, context: Context) -> Reading:
        """The reading of an answer that is unsure in its likely clauses: without those, if it is sure then
        and no all-clear. 原先四口减一个,搬出去的老三."""
        slot = self._script.slots[context.state.slot]
        is_day = slot.type is SlotType.DATE  # 还没回呢,礼拜四才回: what comes first tells that it is none yet
        if is_day or reading.intent or _is_sure(slot, reading) or not normalised(heard).isalnum():
            return reading
        in_one = self._clauses.of(heard, is_taught=bool(slot.like), has_likely=False)
        if in_one == text:
            return reading
        anew = self._besides.read(heard, in_one, context, ())
        if anew.intent or not _is_sure(slot, anew) or is_all_clear(slot, anew.findings[slot.name].value):
            return reading  # 身体不好,其他没什么: whoever is doubted is not cleared so
        return anew

    def _paused(self, heard: str, text: str, reading: Reading, context: Context) -> Reading:
        """The reading of a yes or no to a question that nobody taught, where it is unsure: with the pauses
        that people make in their answers to others, if it is sure then. 就昨晚上下楼扔了趟垃圾今天没出去."""
        slot = self._script.slots[context.state.slot]
        if reading.intent or _is_sure(slot, reading) or _CORRECTS.search(text):
            return reading
        in_clauses = self._clauses.of(heard)
        if in_clauses == text:
            return reading
        anew = self._besides.read(heard, in_clauses, context, ())
        return anew if anew.intent or _is_sure(slot, anew) else reading

    def _read(self, heard: str, text: str, context: Context, wordings: Wordings) -> Reading:
        """The same of an answer by itself; ``text`` are the words in their clauses."""
        by_rules = self._rules.read(text, context)
        reading = within_the_days(self._put_right(text, by_rules, context), text, self._script, context.today)
        slot = self._script.slots[context.state.slot]
        if slot.of_others:
            reading = self._without_the_case(reading, text, slot, context)
        aside = self._as_aside(heard, reading, slot)
        if aside is not None:
            return aside
        told = (self._script.slots[name] for name in reading.findings)
        if slot.place and tells_of_no_place(text, told):
            return replace(reading, findings={n: f for n, f in reading.findings.items() if n != slot.name})
        if _is_about_people(slot):
            reading = _without_chatter(slot, normalised(heard), context.name, reading)
        if self._denies_something_else(text, by_rules, slot):
            kept = {n: f for n, f in reading.findings.items() if f.value or f.value is None}
            return replace(reading, findings=kept)
        finding = reading.findings.get(slot.name)
        if finding is not None and finding.value is None and denies_at_last(slot, text):
            return replace(reading, findings={**reading.findings, slot.name: Finding(False, _DENIED_AT_LAST)})
        if finding is None or finding.value is None:
            return reading
        if may_deny_a_list(slot, text) and not finding.is_told:
            return _in_doubt(reading, slot)
        if slot.place and is_only_out(text):
            return _in_doubt(reading, slot)
        if slot.type in _NUMBERS and _tells_either(normalised(heard), context.today):
            return _in_doubt(reading, slot)
        if slot.of_others and leaves_unknown(text):
            return replace(reading, findings={**reading.findings, slot.name: Finding(None, 1.0)})
        if slot.of_others and may_have_met(text):
            return _in_doubt(reading, slot)
        if finding.value == "" and slot.is_wish and opens_by_asking(text):
            return _in_doubt(reading, slot)
        if not is_all_clear(slot, finding.value):
            return _in_doubt(reading, slot) if slot.of_others and nearly_met(text) else reading
        if not finding.is_told and (leaves_undenied(slot, text) or self._takes_back(text, context, slot)):
            return _in_doubt(reading, slot)
        others = [(other, share) for other, share in wordings if other != heard]
        if sum(share for _, share in others) < DENIED:
            return reading
        read = ((self._read_alone(other, context), share) for other, share in others)
        found = [
            (each.findings.get(slot.name), share)
            for each, share in read
            if each.strange <= reading.strange + _STRANGER
        ]
        return _in_doubt(reading, slot) if is_denied(slot, found) else reading

    def _without_the_case(self, reading: Reading, text: str, slot: Slot, context: Context) -> Reading:
        """The reading of whom somebody met without the illness of whoever that was."""
        felt = (SlotType.SYMPTOMS, SlotType.TEMPERATURE)
        told = {n: f for n, f in reading.findings.items() if self._script.slots[n].type in felt and f.value}
        found = reading.findings.get(slot.name)
        is_met = found is not None and found.value is True
        own = of_the_resident_alone(text, self._ailments, is_met=is_met) if told else text
        if own == text:
            return reading
        by_himself = self._rules.read_exactly(own, context).findings if own else {}
        kept = {n: f for n, f in reading.findings.items() if n not in told}
        return replace(reading, findings={**kept, **{n: by_himself[n] for n in told if n in by_himself}})

    def _takes_back(self, text: str, context: Context, slot: Slot) -> bool:
        """Whether an all-clear would take back what an answer begins with, or has after nothing but a no;
        去了趟昌平 is no journey."""
        told = told_first(slot, text)
        if told:
            finding = self._rules.read_exactly(told, context).findings.get(slot.name)
            return finding is None or not is_all_clear(slot, finding.value)
        if self._tells(told_after_no(slot, text) or told_alone(slot, text), context, slot):
            return True
        told = told_undenied(slot, text)
        return self._tells(told, context, slot) and self._tells(text, context, slot)

    def _tells(self, text: str, context: Context, slot: Slot) -> bool:
        """Whether the rules surely read a yes in words as they stand."""
        finding = self._rules.read_exactly(text, context).findings.get(slot.name) if text else None
        return finding is not None and finding.value is True and finding.confidence >= slot.sure

    def _as_aside(self, heard: str, reading: Reading, slot: Slot) -> Reading | None:
        """The reading of a remark, of which hardly anything is kept; None where it is none."""
        said = normalised(heard)
        if asks_to_wait(said) or is_announcement(said):
            return replace(reading, findings={}, intent=self._besides.waiting if asks_to_wait(said) else "")
        if slot.type is SlotType.TEXT and slot.is_wish and (asks_for_nothing(said) or names_no_wish(said)):
            return replace(reading, findings={})
        if answers_another(slot, said):
            kept = {name: finding for name, finding in reading.findings.items() if name != slot.name}
            return replace(reading, findings=kept)
        is_free = self._may_be_aside(slot)
        if (is_free or slot.type is SlotType.DATE) and is_excuse(said):
            return replace(reading, findings={}, intent=putting_off(self._script))
        if is_free and is_beside_the_call(said):
            intent = without_consequence(reading.intent, self._script, may_refuse=refuses(said))
            return replace(reading, findings=self._of_remark(heard, reading), intent=intent)
        finding = reading.findings.get(slot.name)
        is_met = slot.of_others and finding is not None and finding.value is True
        if slot.name in self._matters and (
            asks_what_counts(said) or (is_met and begins_by_asking(said) and "不算" in said)
        ):
            return replace(reading, findings={}, intent=repeating(self._script))
        if is_free and is_aside(said):
            return replace(reading, findings=self._of_remark(heard, reading))
        return None

    def _may_be_aside(self, slot: Slot) -> bool:
        """Not where 没听懂 (was all understood?), 没空 (which day?) or 随便 (which one?) is an answer."""
        return slot.name in self._matters or slot.type in _ANSWERED_BY_NAME

    def _of_remark(self, heard: str, reading: Reading) -> dict[str, Finding]:
        """What a remark may tell after all: what is needed, and that somebody is not known (没听说过)."""
        told = {SlotType.TEXT}
        if _KNOWS_NOBODY.search(heard):
            told.add(SlotType.IDENTITY)
        return {
            n: f for n, f in reading.findings.items() if self._script.slots[n].type in told or f.value is None
        }

    def _denies_something_else(self, text: str, by_rules: Reading, slot: Slot) -> bool:
        """In words that nobody knows, or beside contacts, unless they clearly sound like what was asked:
        没结束过 is 没接触过."""
        matters = self._matters.get(slot.name, frozenset())
        is_strange = by_rules.strange > _STRANGE and denies_something_else(text, matters)
        if not (is_strange or denies_no_contact(slot, text)):
            return False
        by_sound = by_rules.findings.get(slot.name)
        return by_rules.text == text or by_sound is None or by_sound.confidence < _SURE_BY_SOUND

    def _put_right(self, text: str, by_rules: Reading, context: Context) -> Reading:
        """The reading of the rules with what was learnt, if anything was about this question."""
        if self._learnt is None or not self._learnt.knows(context.state.slot):
            return self._by_meaning(text, by_rules, context)
        if self._learnt.has_nothing_to_add(text, by_rules, context):
            return by_rules
        told = replace(by_rules, text=self._in_full(by_rules.text, context))
        as_if_asked = partial(self._rules.as_if_asked, text, context)
        reading = self._learnt.read(self._in_full(text, context), told, context, as_if_asked)
        findings = with_wholes(dict(reading.findings), text, self._script)
        return replace(reading, text=by_rules.text, findings=findings)

    def _by_meaning(self, text: str, by_rules: Reading, context: Context) -> Reading:
        """The reading of the rules with what the answer means, of a question that nobody taught."""
        slot = self._script.slots[context.state.slot]
        is_asked = asks_by_meaning(self._script, context.state) and not by_rules.intent
        if not is_asked or self._meanings is None:
            return by_rules
        by_words = by_rules.findings.get(slot.name)
        if (by_words is not None and by_words.value is None) or by_rules.strange > _NO_LANGUAGE:
            return by_rules  # 不知道, 呜噜呜噜
        found = judged(slot, by_words, self._meanings.shares(slot, text), text)
        others = {name: finding for name, finding in by_rules.findings.items() if name != slot.name}
        return replace(by_rules, findings=others if found is None else {**others, slot.name: found})

    def _in_full(self, text: str, context: Context) -> str:
        """With the city of every landmark where places matter: what was learnt knows cities. A landmark of
        home is left alone where journeys are asked for, 去了趟香山."""
        slot = self._script.slots[context.state.slot]
        if slot.place:
            return in_full(text)
        asked = (context.state.slot, *context.state.also)
        is_about_journeys = any(self._script.slots[name].type is SlotType.PLACE for name in asked)
        return in_full(text, self._homes, with_counties=False) if is_about_journeys else text

    def completeness(self, heard: str, context: Context) -> Completeness:
        """Whether the words so far are a whole answer; a few milliseconds at most."""
        text = self._clauses.of(heard, is_taught=bool(self._like(context.state)))
        if not text:
            return Completeness.UNKNOWN
        tokens = self._rules.cut(text, context)
        if is_dangling(tokens):
            return Completeness.OPEN
        reading = self._put_right(text, self._rules.read_tokens(tokens, context), context)
        if reading.intent:
            return Completeness.COMPLETE
        return completeness_of(reading, tokens, self._script.slots[context.state.slot])


_NO_LANGUAGE = 0.6
"""Share of characters that make no known words, above which an answer means nothing."""


def _is_plainly_asked(slot: Slot, state: State) -> bool:
    """Whether a yes or no is asked for, and neither where somebody is or went, nor whether all is right."""
    return not (slot.place or slot.is_journey or state.confirms)


def _is_about_people(slot: Slot) -> bool:
    """Whether it is asked who somebody is or where."""
    return slot.type is SlotType.IDENTITY or bool(slot.place)


def _without_chatter(slot: Slot, text: str, name: str, reading: Reading) -> Reading:
    """The reading of who somebody is or where: nothing where others are talked to or the weather is talked of
    (妈妈抱, 今天真冷), and to be asked again what leaves that open (不是本人, 不在家) or what a
    stranger says."""
    if is_chatter(text):
        return replace(reading, findings={}, intent="")
    found = reading.findings.get(slot.name)
    if found is None:
        return reading
    is_another = slot.type is SlotType.IDENTITY and found.value == "self" and is_stranger(text, name)
    return _in_doubt(reading, slot) if is_another or leaves_open(slot, text, name) else reading


def _tells_either(text: str, today: date) -> bool:
    return "不是" in text and tells_either(text, number_spans(text, today))


def _is_sure(slot: Slot, reading: Reading) -> bool:
    found = reading.findings.get(slot.name)
    return found is not None and found.value is not None and found.confidence >= slot.sure


def _in_doubt(reading: Reading, slot: Slot) -> Reading:
    """The reading with what was found of a slot to be asked again."""
    finding = reading.findings[slot.name]
    doubtful = replace(finding, confidence=min(finding.confidence, DOUBTFUL))
    return replace(reading, findings={**reading.findings, slot.name: doubtful})
