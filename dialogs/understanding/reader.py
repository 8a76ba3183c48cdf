"""Reads answers to the questions of one script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

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
from dialogs.language.remarks.one_moment import asks_to_wait
from dialogs.language.remarks.picking_up import has_yet_to_be_told
from dialogs.language.sounds import sounds_the_same, syllables
from dialogs.language.wording import Likelihood, Wording
from dialogs.language.words import Tag, Token
from dialogs.script import Script, Slot, SlotType, State
from dialogs.slots import Answer, Finding, find, number_spans
from dialogs.slots.identity.outsiders import is_stranger
from dialogs.slots.left_open import leaves_open, tells_either
from dialogs.slots.wishes import asks_after_all, names_no_wish, tells_hardship
from dialogs.slots.yes_no.untrue import leaves_unknown, nearly_met
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
from dialogs.understanding.by_phrase import better, is_clear, is_no_phrase, is_remark, is_word
from dialogs.understanding.completeness import completeness_of, is_dangling
from dialogs.understanding.context import CLEAR, DOUBTFUL, Completeness, Context, Reading
from dialogs.understanding.expected import ExpectedAnswers
from dialogs.understanding.in_clauses import InClauses
from dialogs.understanding.intents import ONCE_MORE, intent_of, putting_off, repeating, without_consequence
from dialogs.understanding.journeys_judged import within_the_days
from dialogs.understanding.learnt import Learnt
from dialogs.understanding.lexicons import Lexicons, long_words
from dialogs.understanding.no_place import tells_of_no_place
from dialogs.understanding.told_first import told_after_no, told_alone, told_first, told_undenied
from dialogs.understanding.undenied import denies_no_contact, leaves_undenied, may_deny_a_list
from dialogs.understanding.written import normalised

_ANSWERED = 0.6
"""Confidence of an answer beside which a remark is no intent: 是的，有什么事吗."""


@lru_cache(maxsize=8)
def understanding_of(script: Script) -> Understanding:
    """The understanding of a script, made once a process."""
    with without_collection():
        return Understanding(script, Learnt.of(script), Wording.taught(), Corpus.taught())


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
_SURE_BY_SOUND = 0.85
"""Confidence from which a denial that was repaired by sound is what was said; 没加群 is 没接触 with 0.7."""
_DENIED_AT_LAST = 0.9
"""Confidence of 没有，我不知道谁是病人."""
_SIGHS = compiled("咳(?=[,，]?[你您别这那哪说我])")
"""是我是我，咳，你说: no cough."""
_COUGHS = compiled("(?<![老点直总还就咳])咳{2,}(?=$|[,，.。!！?？ ])")
"""What a cough is written as."""
_CORRECTS = compiled("不对|不是|错了")
_KNOWS_NOBODY = compiled("听说|认识")


class Understanding:
    """Reads answers to the questions of one script. Keeps nothing of any call.

    Args:
        script: Whose answers.
        learnt: What was learnt about them beside the rules, if anything.
        wording: How residents word them, if that is known.
        corpus: What residents have answered, if that is known.
    """

    def __init__(
        self,
        script: Script,
        learnt: Learnt | None,
        wording: Wording | None = None,
        corpus: Corpus | None = None,
    ) -> None:
        self._script = script
        self._learnt = learnt
        self._wording = wording
        self._corpus = corpus
        self._homes = frozenset(slot.place for slot in script.slots.values() if slot.place)
        self._lexicons = Lexicons(script)
        self._clauses = InClauses(wording, long_words(script))
        self._expected = ExpectedAnswers(script, self._read_exactly)
        self._besides = Besides(script, self._read, self._intent_alone)
        self._matters = {
            slot.name: matters_to(slot) for slot in script.slots.values() if reassures(slot, script)
        }
        """Of the slots that a no reassures about."""

    def prepare(self, today: date) -> None:
        """Make everything that the calls of a day need, so that none of them has to wait for it."""
        with without_collection():
            if self._wording is not None:
                self._wording.prepare()
            for state in self._script.states.values():
                self._lexicons.of(state)
                self._expected.of(state, today)

    def load_second_reader(self) -> None:
        """Load what is otherwise loaded at the first doubt."""
        if self._learnt is not None:
            _ = self._learnt.second

    def phrases(self, state: State, today: date) -> tuple[str, ...]:
        """The answers that a recogniser may expect."""
        return self._expected.texts(state, today)

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

    def read(self, heard: str, context: Context, wordings: Sequence[tuple[str, float]] = ()) -> Reading:
        """What the words mean.

        Args:
            heard: The words.
            context: What they answer.
            wordings: What else may have been said, each with its share of all that may, 0..1. An all-clear
                that they deny is to be asked again.
        """
        slot = self._script.slots[context.state.slot]
        if slot.type is not SlotType.SYMPTOMS and "咳咳" in heard:
            heard = _COUGHS.sub("", heard)
        if slot.type is SlotType.IDENTITY and "咳" in heard:
            heard = _SIGHS.sub("嗨", heard)
        text = self._clauses.of(heard, is_taught=bool(slot.like))
        if not text:
            return Reading("")
        if slot.type is SlotType.YES_NO and not slot.like and not slot.of_others:
            text = without_meetings(text)
            if _is_plainly_asked(slot, context.state) and has_yet_to_be_told(text, context.name):
                return Reading(text, intent=self._intent_alone(ONCE_MORE, context))
        reading = self._besides.read(heard, text, context, wordings)
        is_taught = bool(slot.like) or slot.type is not SlotType.YES_NO
        return reading if is_taught else self._paused(heard, text, reading, context)

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

    def _intent_alone(self, clause: str, context: Context) -> str:
        return intent_of(self._cut(clause, context), self._script, is_answered=False)

    def _read(
        self, heard: str, text: str, context: Context, wordings: Sequence[tuple[str, float]]
    ) -> Reading:
        """The same of an answer by itself; ``text`` are the words in their clauses."""
        by_rules = self._read_by_rules(text, context)
        reading = within_the_days(self._put_right(text, by_rules, context), text, self._script, context.today)
        slot = self._script.slots[context.state.slot]
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
        if slot.type in _NUMBERS and _tells_either(normalised(heard), context.today):
            return _in_doubt(reading, slot)
        if slot.of_others and leaves_unknown(text):
            return replace(reading, findings={**reading.findings, slot.name: Finding(None, 1.0)})
        if not is_all_clear(slot, finding.value):
            return _in_doubt(reading, slot) if slot.of_others and nearly_met(text) else reading
        if not finding.is_told and (leaves_undenied(slot, text) or self._takes_back(text, context, slot)):
            return _in_doubt(reading, slot)
        others = [(other, share) for other, share in wordings if other != heard]
        if sum(share for _, share in others) < DENIED:
            return reading
        read = ((self.read(other, context), share) for other, share in others)
        found = [
            (each.findings.get(slot.name), share)
            for each, share in read
            if each.strange <= reading.strange + _STRANGER
        ]
        return _in_doubt(reading, slot) if is_denied(slot, found) else reading

    def _takes_back(self, text: str, context: Context, slot: Slot) -> bool:
        """Whether an all-clear would take back what an answer begins with, or has after nothing but a no;
        去了趟昌平 is no journey."""
        told = told_first(slot, text)
        if told:
            finding = self._read_exactly(told, context).findings.get(slot.name)
            return finding is None or not is_all_clear(slot, finding.value)
        if self._tells(told_after_no(slot, text) or told_alone(slot, text), context, slot):
            return True
        told = told_undenied(slot, text)
        return self._tells(told, context, slot) and self._tells(text, context, slot)

    def _tells(self, text: str, context: Context, slot: Slot) -> bool:
        """Whether the rules surely read a yes in words as they stand."""
        finding = self._read_exactly(text, context).findings.get(slot.name) if text else None
        return finding is not None and finding.value is True and finding.confidence >= slot.sure

    def _as_aside(self, heard: str, reading: Reading, slot: Slot) -> Reading | None:
        """The reading of a remark, of which hardly anything is kept; None where it is none."""
        said = normalised(heard)
        if asks_to_wait(said) or is_announcement(said):
            return replace(reading, findings={}, intent=self._besides.waiting if asks_to_wait(said) else "")
        if slot.type is SlotType.TEXT and (asks_for_nothing(said) or names_no_wish(said)):
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
            return by_rules
        if self._learnt.has_nothing_to_add(text, by_rules, context):
            return by_rules
        told = replace(by_rules, text=self._in_full(by_rules.text, context))
        reading = self._learnt.read(
            self._in_full(text, context), told, context, lambda slot: self._as_if_asked(slot, text, context)
        )
        findings = _with_wholes(dict(reading.findings), text, self._script)
        return replace(reading, text=by_rules.text, findings=findings)

    def _in_full(self, text: str, context: Context) -> str:
        """With the city of every landmark where places matter: what was learnt knows cities. A landmark of
        home is left alone where journeys are asked for, 去了趟香山."""
        slot = self._script.slots[context.state.slot]
        if slot.place:
            return in_full(text)
        asked = (context.state.slot, *context.state.also)
        is_about_journeys = any(self._script.slots[name].type is SlotType.PLACE for name in asked)
        return in_full(text, self._homes, with_counties=False) if is_about_journeys else text

    def _read_by_rules(self, text: str, context: Context) -> Reading:
        tokens = self._cut(text, context)
        by_words = self._read_tokens(tokens, context)
        if is_clear(by_words, context.state) or is_remark(tokens):
            return by_words
        slot = self._script.slots[context.state.slot]
        if is_no_phrase(slot, text):
            return by_words
        by_phrase = self._expected.nearest(text, context)
        if by_phrase is not None and self._is_another_place(text, by_phrase, context):
            return by_words
        return better(by_words, by_phrase, slot)

    def _is_another_place(self, text: str, by_phrase: Reading, context: Context) -> bool:
        """Whether what only sounds a little like a place is all words of their own: 取消吧 is no 孝感吧."""
        if not any(self._script.slots[name].type is SlotType.PLACE for name in by_phrase.findings):
            return False
        tokens = self._cut(text, context, allow_by_sound=False)
        return all(map(is_word, tokens)) and not sounds_the_same(text, by_phrase.text)

    def completeness(self, heard: str, context: Context) -> Completeness:
        """Whether the words so far are a whole answer; a few milliseconds at most."""
        text = self._clauses.of(heard, is_taught=bool(self._like(context.state)))
        if not text:
            return Completeness.UNKNOWN
        tokens = self._cut(text, context)
        if is_dangling(tokens):
            return Completeness.OPEN
        reading = self._put_right(text, self._read_tokens(tokens, context), context)
        if reading.intent:
            return Completeness.COMPLETE
        return completeness_of(reading, tokens, self._script.slots[context.state.slot])

    def _read_exactly(self, text: str, context: Context) -> Reading:
        return self._read_tokens(self._cut(text, context, allow_by_sound=False), context)

    def _cut(self, text: str, context: Context, *, allow_by_sound: bool = True) -> tuple[Token, ...]:
        lexicon = self._lexicons.of(context.state)
        tokens = lexicon.cut(text, allow_by_sound=allow_by_sound)
        if not context.name:
            return tokens
        if context.name in text and context.name not in "".join(token.word for token in tokens):
            tokens = lexicon.cut(text, allow_by_sound=False)  # 我是张三俺爹: no 删我
        return _with_name(tokens, context.name)

    def _read_tokens(self, tokens: tuple[Token, ...], context: Context) -> Reading:
        answer = self._answer(tokens, context)
        findings = dict(self._findings(answer, context))
        asked = findings.get(context.state.slot)
        is_answered = asked is not None and asked.confidence >= _ANSWERED
        intent = intent_of(tokens, self._script, is_answered=is_answered)
        if intent and self._is_no_time_for_chores(intent, answer):
            intent = ""
        if intent:  # 打错了吧，我不是你们小区的 tells who is speaking, but answers nothing else
            findings = {name: f for name, f in findings.items() if self._tells_who(name)}
        return Reading(answer.text, findings, intent, answer.unexplained(), answer.has_unknown_word())

    def _is_no_time_for_chores(self, intent: str, answer: Answer) -> bool:
        """没空做饭 is a need where needs are asked for, and no wish for another call."""
        is_asked = answer.slot.type is SlotType.TEXT and intent == putting_off(self._script)
        return is_asked and tells_hardship(answer.text)

    def _as_if_asked(self, slot: Slot, text: str, context: Context) -> Finding | None:
        """What a slot is told by the words if it had been asked for."""
        finding = find(self._answer(self._cut(text, context), context), slot, is_asked=True)
        return finding if finding is not None and finding.value is not None else None

    def _answer(self, tokens: tuple[Token, ...], context: Context) -> Answer:
        slot = self._script.slots[context.state.slot]
        spans = number_spans("".join(token.word for token in tokens), context.today)
        return Answer(tokens, slot, True, context.today, self._homes, context.name, spans)

    def _tells_who(self, slot: str) -> bool:
        return self._script.slots[slot].type is SlotType.IDENTITY

    def _findings(self, answer: Answer, context: Context) -> Iterator[tuple[str, Finding]]:
        state = context.state
        found: dict[str, Finding] = {}
        for slot in self._script.slots.values():
            if slot.name in self._script.remark_slots:
                continue  # found beside answers
            is_asked = slot.name == state.slot
            counts = is_asked or _is_also_asked(slot, state)
            finding = find(answer, slot, is_asked=counts)
            if finding is not None and (is_asked or finding.value is not None):
                found[slot.name] = finding
        yield from _with_wholes(found, answer.text, self._script).items()


def _is_plainly_asked(slot: Slot, state: State) -> bool:
    """Whether a yes or no is asked for, and neither where somebody is or went, nor whether all is right."""
    return not (slot.place or slot.within_days or state.confirms)


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


def _is_also_asked(slot: Slot, state: State) -> bool:
    """A place that the question asks for besides; a date or a yes still needs explicit words."""
    return slot.name in state.also and slot.type is SlotType.PLACE


def _with_wholes(found: dict[str, Finding], text: str, script: Script) -> dict[str, Finding]:
    """A part that is answered answers its whole with yes: 去了湖北 means 去过."""
    for name, finding in list(found.items()):
        whole = script.slots[name].part_of
        if not whole or finding.value is None:
            continue
        said = found.get(whole)
        if said is None:
            found[whole] = Finding(True, min(finding.confidence, 0.9))
        elif said.value is False:
            is_asked_for = script.slots[name].type is SlotType.TEXT and asks_after_all(text)
            found[whole] = Finding(True, CLEAR if is_asked_for else 0.4)  # 没去，去了湖北: to be asked again
    return found


def _with_name(tokens: tuple[Token, ...], name: str) -> tuple[Token, ...]:
    """Marks the resident's name, by sound, among words that mean nothing else."""
    if len(name) < 2:
        return tokens
    sounds = [s[:2] for s in syllables(name)]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + len(name), len(tokens)) + 1):
            run = tokens[start:end]
            said = "".join(t.word for t in run)
            if len(said) == len(name) and [s[:2] for s in syllables(said)] == sounds:
                named = Token(name, said, run[0].start, frozenset({Tag("name")}), 1.0)
                return (*tokens[:start], named, *tokens[end:])
    return tokens
