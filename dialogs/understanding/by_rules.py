"""What the rules alone read in an answer: cut into words, held against what every slot looks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.patterns import compiled
from dialogs.language.sounds import sounds_the_same, syllables
from dialogs.language.words import Tag, Token
from dialogs.script import Outcome, Script, Slot, SlotType, State
from dialogs.slots import Answer, Finding, find, number_spans
from dialogs.slots.wishes import asks_after_all, tells_hardship
from dialogs.understanding.by_phrase import better, is_clear, is_no_phrase, is_remark, is_word
from dialogs.understanding.context import CLEAR, Context, Reading
from dialogs.understanding.expected import ExpectedAnswers
from dialogs.understanding.intents import intent_of, putting_off
from dialogs.understanding.lexicons import Lexicons

_ABOUT_SERVICE = compiled("满意|服务|态度|修|意见|建议|师傅|问题")
_CALLED = compiled("电话|打(?:过?来|扰)|骚扰|再打|别打|老打|挂")
_LATER = compiled(
    "(?:一会儿?|[等待过]一?会儿?|过一会儿?|等[一]?下|回头|晚点儿?|晚上|明天|改天|改日|下午|中午|过后)(?:您|你|咱)?(?:再|给我|来)+"
    "(?:打|联系|来电话)(?:来|过来|吧|电话|给我|啊|呗|行|吗|[好成可]|以|,)*$"
)
"""是我，我正开会呢，一会儿再打: who he is does not answer when."""
_ANSWERED = 0.6
"""Confidence of an answer beside which a remark is no intent: 是的，有什么事吗."""


class Rules:
    """Reads answers to the questions of one script by their words, and by phrases that they sound like."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._homes = frozenset(slot.place for slot in script.slots.values() if slot.place)
        self._lexicons = Lexicons(script)
        self._expected = ExpectedAnswers(script, self.read_exactly)

    def prepare(self, state: State, today: date) -> None:
        """Make what a question needs on a day."""
        self._lexicons.of(state)
        self._expected.of(state, today)

    def phrases(self, state: State, today: date) -> tuple[str, ...]:
        """The answers to a question that a recogniser may expect."""
        return self._expected.texts(state, today)

    def intent_alone(self, clause: str, context: Context) -> str:
        """The intent of a clause that stands for itself; empty for none."""
        return intent_of(self.cut(clause, context), self._script, is_answered=False)

    def read(self, text: str, context: Context) -> Reading:
        """What the words tell, or the phrase that they sound like."""
        tokens = self.cut(text, context)
        by_words = self.read_tokens(tokens, context)
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
        tokens = self.cut(text, context, allow_by_sound=False)
        return all(map(is_word, tokens)) and not sounds_the_same(text, by_phrase.text)

    def read_exactly(self, text: str, context: Context) -> Reading:
        """What the words tell as they stand, none of them repaired by sound."""
        return self.read_tokens(self.cut(text, context, allow_by_sound=False), context)

    def cut(self, text: str, context: Context, *, allow_by_sound: bool = True) -> tuple[Token, ...]:
        """An answer in words, those of the script and the resident's name marked."""
        lexicon = self._lexicons.of(context.state)
        tokens = lexicon.cut(text, allow_by_sound=allow_by_sound)
        if not context.name:
            return tokens
        if context.name in text and context.name not in "".join(token.word for token in tokens):
            tokens = lexicon.cut(text, allow_by_sound=False)  # 我是张三俺爹: no 删我
        return _with_name(tokens, context.name)

    def read_tokens(self, tokens: tuple[Token, ...], context: Context) -> Reading:
        """What every slot of the script finds in words that were cut."""
        answer = self._answer(tokens, context)
        findings = dict(self._findings(answer, context))
        asked = findings.get(context.state.slot)
        is_answered = asked is not None and asked.confidence >= _ANSWERED
        intent = intent_of(tokens, self._script, is_answered=is_answered)
        if not intent and is_answered and self._tells_who(context.state.slot) and _LATER.search(answer.text):
            intent = putting_off(self._script)
        if intent and (
            self._is_no_time_for_chores(intent, answer) or self._is_of_the_service(intent, answer)
        ):
            intent = ""
        if intent:  # 打错了吧，我不是你们小区的 tells who is speaking, but answers nothing else
            findings = {name: f for name, f in findings.items() if self._tells_who(name)}
        return Reading(answer.text, findings, intent, answer.unexplained(), answer.has_unknown_word())

    def _is_no_time_for_chores(self, intent: str, answer: Answer) -> bool:
        """没空做饭 is a need where needs are asked for, and no wish for another call."""
        is_asked = answer.slot.type is SlotType.TEXT and intent == putting_off(self._script)
        return is_asked and tells_hardship(answer.text)

    def _is_of_the_service(self, intent: str, answer: Answer) -> bool:
        """气死我了，要投诉 is about the repair where it is asked how that was, and not about being called."""
        go = self._script.intents[intent].go
        if not go or self._script.closings[go].outcome is not Outcome.OPTED_OUT or answer.slot.like:
            return False
        is_about_service = _ABOUT_SERVICE.search(answer.slot.question) is not None
        return is_about_service and "投诉" in answer.text and not _CALLED.search(answer.text)

    def as_if_asked(self, text: str, context: Context, slot: Slot) -> Finding | None:
        """What a slot is told by the words if it had been asked for."""
        finding = find(self._answer(self.cut(text, context), context), slot, is_asked=True)
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
        yield from with_wholes(found, answer.text, self._script).items()


def _is_also_asked(slot: Slot, state: State) -> bool:
    """A place that the question asks for besides; a date or a yes still needs explicit words."""
    return slot.name in state.also and slot.type is SlotType.PLACE


def with_wholes(found: dict[str, Finding], text: str, script: Script) -> dict[str, Finding]:
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
