"""Which of a script's values somebody picks, and which are turned down: 别送餐，打扫就行. Pure.

Laws:

- A refusal before a value (别, 不用, 不要) or after it (不行, 就免了, 没空) turns down that value and those
  that are linked to it (送餐和打扫都不要), no other: 上午不行下午可以.
- 除了…都要 picks all the others, 除了…都不要 only these, 除了…还要 both.
- What others do already (女儿会买药, 象棋他爷爷教) is not picked, nor what was so before what is now
  (``then_and_now``), nor what is asked back (满意什么呀).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from campaign.patterns import any_of, compiled
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.slots.answer import Answer
from dialogs.slots.then_and_now import then_until

_BREAK = compiled("[,;。，；!！?？]")
_REFUSED_AFTER = compiled(
    "^(?:卫生|[这那]?个|[这那]样|[这那]项|的话|这块|[吧啊呢嘛呀]|就|都|也|全|"
    "可|倒是?|我|我们|那天|还|是|真的?|恐怕|怕是|估计|可能|暂时|先|时候|时间|"
    "这个?时候)*"
    "(?:不(?:行|成|中|用|要(?!紧)|需要|方便|太方便|可以|能|合适|好(?!意思)|"
    "想|必|在|急|考虑|订|来|去|了(?=$|[,吧]))|免了|算了|就?别|拉倒|甭|没空|"
    "没有空|没时间|没有时间|没工夫|没人|没必要|没法|用不[着上]|"
    "有事|有课|有人(?!.{0,3}(?:最好|就好))|要上班|得上班|上班|要去|得去|要买|"
    "要出|要接|要带|得出|得接|忙|[来去赶走起下出]不[了成及上开来去]|够了|都?有了|"
    "自己(?:会|能|可以|做|来|买|弄)|没有?(?=$|[吧啊呢])|"
    "[看用听弄搞收打走吃受做]不[懂了来会到惯起好]|我?不会(?:看|用|弄|操作|"
    "搞)|去掉|取消|排不开|抽不出|紧张)"
)
_STILL_THERE = compiled(
    "^(?:都|也|倒是?|还|家里|我家|是|目前|暂时)*(?:不缺|有(?!人)|够(?:吃|用|喝|"
    "了|着)?|多着|不少|充足|刚买|囤|备)"
)
_LACKED = compiled(
    "^(?:都|也|快|就|全|马上|已经|是|可)*(?:没有?(?:了|啦)?|不够|不多|缺|完|吃完|用完|见底|断)"
)
"""Where it was asked what is lacking, 还有 turns a thing down and 没了 picks it."""
_ASKS_WHAT_LACKS = compiled("缺|少(?:什么|哪|啥)")
_ASKS_FOR_SOMEBODY = compiled("有[^,;?]{0,4}人")
"""Where it is asked when somebody is there, 六点以前有人 turns nothing down."""
_DENIED_BEFORE = compiled(
    "(?:不(?!光|但|仅|止|过|急|行|成|中|了|错)|别(?!的|人|处)|甭|莫(?!非)|勿|"
    "没(?!问题|事|错|关系)|未|免|拒绝|取消|去掉|用不着|不是)[^,]{0,6}$"
)
_AFFIRMED_BEFORE = compiled(
    "(?:(?<!不)(?<!别)(?:(?<!不需)(?<!不想)(?<!别)(?:需要|想要|就要|只要|"
    "光要|得要|还要|要)|给我|帮我|来个|来点|改成|换成|就|只|单|光|选|是)|"
    "可以|还是|那就|而是|只有)[^不没别,]{0,4}$"
)
_LINKED = compiled("^(?:和|跟|与|还有|以及|或者?|加|加上|也|都|再|带|连|、|,|,?还有)*$")
_BY_OTHERS = compiled(
    f"(?<![给帮替为陪让叫请])(?:{any_of(grammar.KIN)}"
    "|志愿者|社区|邻居|物业|保姆|食堂|[他她]们?)"
    "(?:[天每][天周]|都|会|能|可以|给我?|帮我?|替我?|来|去|常|隔三差五|每.{1,3}|在|管|负责){1,4}$"
)
_DONE_BY_OTHERS = compiled(
    f"(?:有|是|都|由|归|我|他|她|他们)*(?:{any_of(grammar.KIN)})(?:[会能来给在管]|天天|已经|都)*(?:教|买|送|做|带|弄|修|办)(?!不)"
)
_WHAT = compiled("(?:个)?(?:什么|啥)(?:[呀啊呐哟的呢]|$|[,;?!])")
_EXCEPT = compiled(
    "除了(?P<named>[^,]*?)(?:以外|之外|外)?,?(?P<rest>(?:都|全|别的|其他|"
    "其它|剩下|另外|还|也|再|啥|什么|哪个|哪天|我).*)$"
)
_ALL = compiled(
    "(?:(?:[两三四五六七八]|这|那)?(?:几)?[样个项种]?(?:都|全都?|全部|统统|一块|一起|通通)|样样(?:都)?|全)"
    "(?:[想需]?要|需要|缺|来|订|选|给我|用得[着上]|报|办|做)"
)
_NONE = compiled(
    "(?:(?:[两三四五六七八这哪几一]?[样个项种]|什么|啥|全|"
    "哪个)?[也都]不[想]?(?:要|用|需要|订|选|必|参加|缺)|一[样个项]?(?:也|"
    "都)不|统统不|全不[要用])"
)
_NONE_VALUE = compiled("不|没")


@dataclass(frozen=True)
class Picked:
    """What an answer does with the values of a slot."""

    wanted: tuple[Token, ...] = ()
    refused: tuple[Token, ...] = ()
    values: tuple[str, ...] | None = None
    """Where it speaks of all or of all others: what is picked, in the script's order."""


@dataclass(frozen=True)
class _Mention:
    token: Token
    before: str
    """From the value before it, or from the beginning of its clause."""
    after: str
    """To the value after it, or to the end of its clause."""
    is_first: bool
    """Of its clause."""
    is_refused: bool = False


def picked(answer: Answer, owner: str) -> Picked:
    """What the answer does with the values whose words are tagged ``owner``."""
    lacking = _ASKS_WHAT_LACKS.search(answer.slot.question) is not None
    asks_for_somebody = _ASKS_FOR_SOMEBODY.search(answer.slot.question) is not None

    def is_refused_after(after: str) -> bool:
        match = _REFUSED_AFTER.match(after)
        return match is not None and not (asks_for_somebody and match[0].endswith("有人"))

    turns_down = _is_there_still if lacking else is_refused_after
    mentions = _decided(_mentions(answer, owner), turns_down, then_until(answer.text))
    wanted = tuple(m.token for m in mentions if not m.is_refused)
    refused = tuple(m.token for m in mentions if m.is_refused)
    return Picked(wanted, refused, _of_all(answer, wanted, refused))


def _is_asked_back(mention: _Mention) -> bool:
    return _WHAT.match(mention.after) is not None


def _mentions(answer: Answer, owner: str) -> list[_Mention]:
    text = answer.text
    tokens = [token for token in answer.tokens if token.has(owner)]
    found = []
    for index, token in enumerate(tokens):
        opens = max((match.end() for match in _BREAK.finditer(text, 0, token.start)), default=0)
        match = _BREAK.search(text, token.end)
        closes = match.start() if match else len(text)
        since = max(opens, tokens[index - 1].end) if index else opens
        until = min(closes, tokens[index + 1].start) if index + 1 < len(tokens) else closes
        found.append(_Mention(token, text[since : token.start], text[token.end : until], since == opens))
    return found


def _is_there_still(after: str) -> bool:
    return (
        _LACKED.match(after) is None
        and (_STILL_THERE.match(after) or _REFUSED_AFTER.match(after)) is not None
    )


def _decided(mentions: Sequence[_Mention], turns_down: Callable[[str], bool], until: int) -> list[_Mention]:
    """Each with whether it is turned down; a refusal reaches what is linked to its value.

    Args:
        mentions: In the order in which they were said.
        turns_down: Whether words behind a value turn it down.
        until: Up to where it is told what was so before.
    """
    said: list[_Mention] = []
    for index, mention in enumerate(mentions):
        last = said[-1] if said else None
        before = _beyond_refusal(mention.before) if last and not mention.is_first else mention.before
        is_linked = last is not None and not mention.is_first and _LINKED.match(mention.before) is not None
        is_refused = last.is_refused if is_linked and last is not None else _denied_before(before)
        is_theirs = _BY_OTHERS.search(mention.before) or _DONE_BY_OTHERS.match(mention.after)
        is_turned = bool(is_theirs) or mention.token.start < until or _is_asked_back(mention)
        said.append(replace(mention, is_refused=is_refused or is_turned))
        if turns_down(mention.after):
            _refuse_linked(said, mentions, index)
    return said


def _beyond_refusal(between: str) -> str:
    """What is left where a refusal of the value before begins: 不行 in 上午不行下午可以."""
    match = _REFUSED_AFTER.match(between)
    return between[match.end() :] if match else between


def _denied_before(before: str) -> bool:
    affirmed, denied = _AFFIRMED_BEFORE.search(before), _DENIED_BEFORE.search(before)
    if denied is None:
        return False
    return affirmed is None or affirmed.start() <= denied.start()


def _refuse_linked(said: list[_Mention], mentions: Sequence[_Mention], index: int) -> None:
    for back in range(index, -1, -1):
        said[back] = replace(said[back], is_refused=True)
        if mentions[back].is_first or _LINKED.match(mentions[back].before) is None:
            return


# --- all, none, all but ---------------------------------------------------------------------------------


def _of_all(answer: Answer, wanted: Sequence[Token], refused: Sequence[Token]) -> tuple[str, ...] | None:
    values = tuple(value for value, words in answer.slot.values.items() if not _is_none_value(words))
    if match := _EXCEPT.search(answer.text):
        return _all_but(match, answer, values)
    if wanted or refused:
        return None
    if _NONE.search(answer.text):
        return ()
    return values if _ALL.search(answer.text) else None


def _is_none_value(words: Sequence[str]) -> bool:
    """都不行, 都没空: a value that stands for none of the others."""
    return bool(words) and all(_NONE_VALUE.search(word) for word in words)


def _all_but(match: re.Match[str], answer: Answer, values: Sequence[str]) -> tuple[str, ...] | None:
    words = match["named"]
    named = {v for v, said in answer.slot.values.items() if v in values and any(w in words for w in said)}
    if not named:
        return None
    rest = match["rest"]
    if re.search("不|没|别", rest):
        return tuple(value for value in values if value in named)
    if re.match("(?:,?我)?(?:还|也|再|另外)", rest):
        return None
    return tuple(value for value in values if value not in named)
