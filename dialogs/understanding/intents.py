"""What may be said at any time: 打错了, 再说一遍, 别再打了, 下午三点再打."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from campaign.patterns import compiled
from campaign.records import Remark
from dialogs.entities.appointments import asks_for_another_time
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.script import Intent, Outcome, Script

INTENT_CONFIDENCE = 0.75
"""Below it the words are too uncertain to follow."""
_SAID_SO = 0.9
"""Below it words only sound like those of an intent, and do not outweigh an answer: 不消停 is no 不想听."""


def intent_of(tokens: Sequence[Token], script: Script, *, is_answered: bool) -> str:
    """The intent of an answer: it counts when it is all that was said, or is said at length beside no clear
    answer to the question (``is_answered``). Of several the one that the script names first, but slower
    before all."""
    spoken = [t for t in tokens if not t.is_break]
    heard = [
        t
        for t in spoken
        if t.confidence >= INTENT_CONFIDENCE and t.has("intent") and not _is_otherwise_meant(t, tokens)
    ]
    intents = sorted(script.intents.items(), key=lambda named: not named[1].is_slower) if heard else ()
    is_put_off = bool(heard) and not is_answered and _ends_with_another_time(tokens, script)
    for name, intent in intents:
        said = [t for t in heard if t.has("intent", name)]
        if not said or (is_put_off and intent.is_repeat):
            continue
        besides = _said_with(intent, script)
        rest = [t for t in spoken if t not in said and not t.has(grammar.FILLER) and not _is_any(t, besides)]
        length = sum(len(t.word) for t in said)
        is_most = length >= 4 or (length == 3 and length > sum(len(t.word) for t in rest))
        if (
            not rest
            or (is_most and not is_answered)
            or _must_be_heeded(script, intent, _meant(said, is_answered), spoken)
        ):
            return name
        is_said_last = not intent.is_slower and _ends_with(tokens, said)
        if is_said_last and (not is_answered or intent.is_repeat or _asks_for_a_person(intent, script)):
            return name  # nobody who has answered ends with 再说一回, or 转人工
    return "" if is_answered else _call_at_a_time(tokens, script)


_NO_CALL = compiled(
    "[了过]?[一两二三四几半]?[桶瓶壶盆份点个缸些]?(?:热|开|自来)?(?:水|饭|酱油|醋|油|针|疫苗|扫|包|伞|车(?!票)|牌|工|球|折|盹)"
)
"""礼拜五晚上来人帮他打两桶水."""
_WHAT = ("什么", "啥")
_OF_A_DEED = compiled("[带买做吃喝用交穿拿备填写]$")
_AWAITS = compiled("等.{0,6}(?:好了|出院|过完|过了|暖和|放假|毕业|退烧|康复|定下来|发工资|有钱).{0,3}再说")
"""What is waited for is no better time to call."""
_DONE = compiled("(?:昨|前天|前儿|上[个周礼星]|刚才).*打(?:了|的|过)(?!电话)")
_HAS_CALLED = compiled("打(?:的|过了?)电话")
"""上午打的电话 tells of a call that was made."""
_GOES_TO = compiled("[约定好][^,;]{0,8}去打$")
"""约了下周六去打 is for an injection."""


def _is_otherwise_meant(token: Token, tokens: Sequence[Token]) -> bool:
    """昨天下午去小卖部打了瓶酱油 asks for no other call, nor does 晚上来人打两桶水, nor 等我感冒好了再说; and
    要带什么 is no wish to hear it again."""
    said = "".join(t.word for t in tokens)
    if token.word in _WHAT and _OF_A_DEED.search(said, 0, token.start):
        return True
    if _AWAITS.fullmatch(token.word):
        return True
    if not token.word.endswith("打"):
        return False
    if _NO_CALL.match(said, token.end) or _HAS_CALLED.match(said, token.end - 1):
        return True
    if _GOES_TO.search(said, 0, token.end):
        return True
    done = _DONE.search(said)
    return done is not None and done.start() < token.end <= done.end()


def _meant(said: Sequence[Token], is_answered: bool) -> Sequence[Token]:
    """Without what only shows annoyance, where there is an answer beside it."""
    return [t for t in said if t.word not in _ONLY_ANNOYED] if is_answered else said


def _said_with(intent: Intent, script: Script) -> Collection[str]:
    """听不清，你说慢点: who wants it slower, wants to hear it again."""
    return [each.name for each in script.intents.values() if each.is_repeat] if intent.is_slower else ()


def _is_any(token: Token, intents: Collection[str]) -> bool:
    return any(token.has("intent", name) for name in intents)


def _call_at_a_time(tokens: Sequence[Token], script: Script) -> str:
    """The intent that ends the call until later, where a time for it is named in words of any kind."""
    said = "".join(token.word for token in tokens)
    if _GOES_TO.search(said) or not asks_for_another_time(said):
        return ""
    return putting_off(script)


def without_consequence(intent: str, script: Script, *, may_refuse: bool) -> str:
    """An intent of a remark, unless it would connect to somebody, put off the call or make a wrong number of
    it: 叫你爸接 is said to a child. ``may_refuse``: 烦人 may be the end of it, 别吵了 is not."""
    go = script.intents[intent].go if intent else ""
    return intent if not go or (may_refuse and script.closings[go].outcome is Outcome.OPTED_OUT) else ""


def putting_off(script: Script) -> str:
    """The intent that ends the call until later; empty where a script has none."""
    closings = script.closings
    intents = (i for i in script.intents.values() if i.go and closings[i.go].outcome is Outcome.CALL_LATER)
    return next((intent.name for intent in intents), "")


def repeating(script: Script) -> str:
    """The intent that has a question said again; empty where a script has none."""
    return next((intent.name for intent in script.intents.values() if intent.is_repeat), "")


def waiting(script: Script) -> str:
    """The intent of who asks to be waited for; empty where a script has none."""
    waits = (i for i in script.intents.values() if i.wait_seconds and not i.is_handover)
    return next((intent.name for intent in waits), "")


def handing_over(script: Script) -> str:
    """The intent of who calls somebody else to the telephone; empty where a script has none."""
    return next((intent.name for intent in script.intents.values() if intent.is_handover), "")


def noting(script: Script, remark: Remark) -> Intent | None:
    """The intent that keeps remarks of a kind; None where a script has none."""
    return next((intent for intent in script.noting if intent.remark is remark), None)


def takes_remarks(script: Script, intent: str) -> bool:
    """Whether remarks are noted beside an intent (empty for none), which only another remark is."""
    return not intent or any(intent == other.name for other in script.noting)


def rescuing(script: Script) -> str:
    """The intent of who needs an ambulance; empty where a script has none."""
    closings = script.closings
    intents = (i for i in script.intents.values() if i.go and closings[i.go].outcome is Outcome.EMERGENCY)
    return next((intent.name for intent in intents), "")


def mourning(script: Script) -> str:
    """The intent of who tells that the resident has died; empty where a script has none."""
    closings = script.closings
    intents = (i for i in script.intents.values() if i.go and closings[i.go].outcome is Outcome.DECEASED)
    return next((intent.name for intent in intents), "")


ONCE_MORE = "再说一遍"
"""What is wanted by who has just picked up, or asks what was said; every script has its own way to do it."""
_WHO = frozenset(("你是谁", "您是谁"))


def answering(script: Script) -> Iterator[str]:
    """The intents that the robot answers before it asks on, where words tell of them: 为什么停水."""
    return (intent.name for intent in script.intents.values() if intent.say is not None and intent.words)


def asking_for_a_person(script: Script) -> Iterator[str]:
    """The intents of who wants to talk to a person."""
    return (name for name, intent in script.intents.items() if _asks_for_a_person(intent, script))


def introducing(script: Script) -> str:
    """The intent that tells who is calling; empty where a script has none."""
    told = (intent.name for intent in script.intents.values() if intent.say and _WHO & set(intent.words))
    return next(told, "")


def _ends_with_another_time(tokens: Sequence[Token], script: Script) -> bool:
    """Whether the last clause puts the call off: 信号不好，下午再打吧 need not be said again."""
    last = _last_clause(tokens)
    repeats = [each.name for each in script.intents.values() if each.is_repeat]
    if any(_is_any(token, repeats) for token in last):
        return False  # 你下午三点再说一遍
    name = putting_off(script)
    return asks_for_another_time("".join(t.word for t in last)) or any(t.has("intent", name) for t in last)


def _last_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words after the last break, a break at the very end aside."""
    breaks = [index for index, token in enumerate(tokens[:-1]) if token.is_break]
    return [t for t in tokens[breaks[-1] + 1 if breaks else 0 :] if not t.is_break]


def _ends_with(tokens: Sequence[Token], said: Collection[Token]) -> bool:
    """Whether the last clause holds the words of an intent and nothing else: 手上都是面，晚点打."""
    last = _last_clause(tokens)
    meant = [t for t in last if t in said and t.said == t.word]
    is_told = sum(len(t.word) for t in meant) > 2 and not last[-1].said.endswith("吗")
    return is_told and all(t in meant or t.has(grammar.FILLER) for t in last)


def _asks_for_a_person(intent: Intent, script: Script) -> bool:
    return bool(intent.go) and script.closings[intent.go].outcome is Outcome.WANTS_PERSON


_ONLY_ANNOYED = frozenset(("有完没完", "没完没了", "烦不烦", "烦死了", "要你管"))
"""What somebody may say and answer all the same: 又是三六三，烦不烦."""


_NO_NEED = compiled("(?:别|不用|不要|甭|莫|不必|用不着|不想|不)(?:[再给帮]|给?我)*$")
_DEMANDED = compiled("(?:[转接找要换叫喊]|同|跟|和).{0,3}(?:人工|真人|活人)")


def _must_be_heeded(script: Script, intent: Intent, said: Sequence[Token], spoken: Sequence[Token]) -> bool:
    """别再打了 ends the call whatever else was said with it, and 转人工 has somebody call."""
    exact = [t for t in said if t.confidence >= _SAID_SO]
    if _asks_for_a_person(intent, script):
        return any(_DEMANDED.fullmatch(t.word) and not _is_declined(t, spoken) for t in exact)
    is_end = bool(intent.go) and script.closings[intent.go].outcome in ("opted_out", "wrong_number")
    return is_end and sum(len(t.word) for t in exact) >= 3


def _is_declined(token: Token, spoken: Sequence[Token]) -> bool:
    """不用转人工."""
    return _NO_NEED.search("".join(t.word for t in spoken if t.end <= token.start)) is not None
