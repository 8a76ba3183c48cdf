"""Who is speaking: the resident, family, or nobody who knows him."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding
from dialogs.slots.identity.equated import KIN, told_by_equation
from dialogs.slots.identity.named import is_named_otherwise
from dialogs.slots.identity.outsiders import ROLE, denied_bonds, denies_in_vain, is_outsider
from dialogs.slots.identity.told import (
    confirms_home,
    has_another_name,
    has_become_family,
    is_called_otherwise,
    is_looked_for,
    is_nobody_here,
    is_told_by_bond,
    is_told_himself,
    tells_of_him_absent,
    told_by_contrast,
    told_by_place,
)
from dialogs.slots.negation import Mention, corrected, mentioned
from dialogs.slots.yes_no.plain_votes import generic_votes

_RELATED = 0.8
"""Confidence of who somebody is by how they are related: 张三是我舅舅, 我是他同事."""
_IMPLIED = 0.75
"""The same where it is told by hardly more than 就我, or by a name that is denied."""
_TOLD = 0.98
"""Confidence of who is told beyond doubt: 我不叫张三叫啥, 张三的丈夫就是我. Of 2,570 such answers two were
misread; of those that only hold a word for somebody, one in eight."""
_BY_WORDS = 0.96
"""The most that words alone can bring."""
_ASKED_FOR = 0.5
"""Confidence of who is told by no more than 张三是谁: nobody here, or somebody slow to understand."""


def find_identity(answer: Answer) -> Finding | None:
    """Who is speaking; only where that was asked for."""
    said = _as_said(answer)
    if _JUST_NO.fullmatch(answer.text):
        return Finding("wrong_number", _TOLD)
    if is_named_otherwise(said, answer.name):
        return Finding("wrong_number", _TOLD)
    if tells_of_him_absent(said, answer.name) or confirms_home(said, answer.name):
        return Finding("family", _TOLD)
    if told := told_by_place(answer.text) or told_by_contrast(answer.text):
        return Finding(told, _TOLD)
    return corrected(answer, _plain_identity)


_JUST_NO = compiled("(?:不是|不对|弗是|勿是)[的啊呀哦呢嘛哈嘞哟]{1,3}[,。]?")
"""Which else puts something right."""


def _plain_identity(answer: Answer) -> Finding | None:
    owner = answer.slot.name
    mentions = mentioned(answer, lambda t: (t.has(owner) or t.has("name")) and _stands(answer, t))
    denied = denied_bonds(answer.text, answer.name)
    said = {
        value: m
        for m in mentions
        for value in m.token.values(owner)
        if not m.is_negated and not _is_inside(m.token, denied)
    }
    if who := _told(answer, said):
        return Finding(who, _TOLD)
    if _RIGHT_AFTER_ALL.search(answer.text):
        said.pop("wrong_number", None)
    if _denies_name(answer) or _HIMSELF_AWAY.search(answer.text):
        said.pop("self", None)
    if told := _by_name_of_relative(answer):
        return told
    if related := _by_relation(_without(answer, denied), said):
        return related
    if _is_myself(said, answer) or _begins_with_himself(answer):
        said.pop("family", None)
    if words := _by_words(said, answer):
        return words
    if any(m.is_negated and m.token.has(owner, "self") for m in mentions):
        return Finding("family", 0.5)  # 我不是本人: somebody else, who is not said
    return _implied(answer, is_denied=bool(denied)) or _by_name_or_yes(answer, mentions)


def _told(answer: Answer, said: Mapping[str, Mention]) -> str | None:
    """Who is told beyond doubt; the first that applies."""
    text, name = _as_said(answer), answer.name
    if who := told_by_equation(text, name, of_speaker=True):
        return who
    of_others = told_by_equation(text, name, of_speaker=False)
    if _is_named(answer) or of_others == "self":
        return "self"
    if has_another_name(answer.text, name):
        return "wrong_number"
    if is_told_himself(text, name) or is_looked_for(text):
        return "self"
    if _names_himself(answer) and "wrong_number" not in said:
        return "self"
    if (
        of_others
        or is_told_by_bond(text, name)
        or has_become_family(text, name)
        or denies_in_vain(text, name)
    ):
        return "family"
    return "wrong_number" if is_outsider(text, name) or is_nobody_here(text, name) else None


def _by_words(said: Mapping[str, Mention], answer: Answer) -> Finding | None:
    for value in ("wrong_number", "family", "self"):
        if value in said:
            sure = said[value].token.confidence * (1.0 - STRANGE * answer.unexplained())
            return Finding(value, min(sure, _BY_WORDS))
    return None


def _implied(answer: Answer, *, is_denied: bool) -> Finding | None:
    """By no more than 就我, a name or a relation that is denied, or the question who that is."""
    if _ONLY_ME.search(answer.text):
        return Finding("self", _IMPLIED)
    if is_denied or _denies_name(answer):
        return Finding("wrong_number", _IMPLIED)
    return Finding("wrong_number", _ASKED_FOR) if _asks_for_name(answer) else None


def _by_name_or_yes(answer: Answer, mentions: Sequence[Mention]) -> Finding | None:
    if found := _identity_by_name(answer.text, mentions) or _identity_by_yes_or_no(answer):
        return found
    return Finding("wrong_number", _IMPLIED) if is_called_otherwise(_as_said(answer), answer.name) else None


def _as_said(answer: Answer) -> str:
    """The words as they were heard, but for the name: 是我爷 is no 是我呀."""
    return "".join(t.word if t.has("name") else t.said for t in answer.tokens)


def _is_inside(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


def _without(answer: Answer, spans: Sequence[tuple[int, int]]) -> str:
    return "".join("-" * len(t.said) if _is_inside(t, spans) else t.said for t in answer.tokens)


_RIGHT_AFTER_ALL = compiled("[打找拨]错了?.+(?:没有?|不是)[打找拨]错")
"""打错了吧？哦，您找我公公啊，没打错."""
_HIMSELF_AWAY = compiled(
    "本人(?:他|她)?(?:现在|今天|今儿|刚|正|已经|早)?(?:出[门去差]|不在|没在|睡|上班|在忙|住院|去世|过世|走了|下楼|洗澡)"
)
"""本人出门了: somebody else tells so."""
_ONLY_ME = compiled("(?:^|[,;?])(?:喏|对|嗯|昂|嗳|诶|可?不?)就我[啊呀呗嘛呢哈]*(?:$|[,;?])")
"""就我，您说."""


def _stands(answer: Answer, token: Token) -> bool:
    """Whether a word that was repaired by sound stands where who is speaking may be told: not 舅舅 for the
    就叫 of 就叫张三, nor 二哥 for the 二刚 of 礼拜二刚回来."""
    if token.said == token.word:
        return True
    return bool(_LEADS.search(answer.text[: token.start]) and _FOLLOWS.match(answer.text[token.end :]))


_LEADS = compiled("(?:^|[,;?是他她的亲嗯啊哦呃]|(?<!给)我|家)$")
_FOLLOWS = compiled("[的了啊呀吧呢嘛啦哦噻]*(?:$|[,;?]|你|您|有|什么|啥)")


def _names_himself(answer: Answer) -> bool:
    """张三是我，不是她; 就我一个在家，我本人: a clause of its own."""
    text = answer.text
    if not text.startswith("我") and "是我" not in text and "我本人" not in text:
        return False
    return _MYSELF.search(text) is not None or (
        bool(answer.name) and re.search(_NAME_IS_ME.format(re.escape(answer.name)), text) is not None
    )


_MYSELF = compiled("(?:^|[,;?])我(?:就是|即是|便是|是)?本人[啊呀嘛呢哦]*(?:$|[,;?])")
_NAME_IS_ME = (
    "(?:^|[,;?])(?:这个?|您找的)?{}[就便即可]*是我[啊呀嘛呢哦]*"
    "(?:$|[;?]|,(?!我|他)|(?=[老小][^,的是]{{1,2}}是我)|不是(?:他|她|别人))"
)


def _is_named(answer: Answer) -> bool:
    """我是张三，不是张山; 我不叫张三叫啥; 谁说我不是张三."""
    return bool(answer.name) and re.search(_AFTER_ALL.format(re.escape(answer.name)), answer.text) is not None


_AFTER_ALL = (
    "(?:^|[,;?])(?:我|俺)[就真可当然确实本来]*[是叫]{0}[啊呀嘛哦的]*,(?:可|并)?不[是叫]"
    "|(?:^|[,;?])(?:我|俺)[就真]?[是叫]{0}(?:本人)?[啊呀嘛]*[,;](?!的|家)(?!.*(?:[替代帮][他她]|我是[他她]|不[是叫]))"
    "|(?:^|[,;?])(?:我|俺)才[是叫]{0}(?!的|家|他|她)|[找要]{0},?[^,不没]{{0,3}}(?:找|打|拨)对了(?!号|门|家|地)"
    "|(?:谁说|咋|怎么|哪个说|凭(?:什么|啥)说)(?:我|俺)?就?不[是叫]{0}"
    "|不[是叫]{0},?(?:难道|[我那又还能会]*[叫是](?:谁|啥|什么|哪个)|[还又]能|那?谁(?:还)?[是叫](?!.*(?:不知道|不认|不晓得|没听)))"
)


def _denies_name(answer: Answer) -> bool:
    """本人非张三，乃其胞弟; 我不叫张三; 我哪是什么张三."""
    return bool(answer.name) and re.search(_NOT_ME.format(re.escape(answer.name)), answer.text) is not None


_NOT_ME = (
    "(?:本人|我|鄙人|俺|根本|从来|也|就是|可是?)(?:并?非|可?不是|压根不是|哪里?(?:能|会)?是|怎么(?:会|能|可能)是|可?不叫)"
    "(?:什么|啥子?|哪个)?{0}(?!谁|还|哪|那)"
)


def _asks_for_name(answer: Answer) -> bool:
    """张三是谁, 哪个张三, 谁叫张三: asked, the name is nobody's here; 我不是张三谁是张三 knows well."""
    if not answer.name or re.search(_ASKED.format(re.escape(answer.name)), answer.text) is None:
        return False
    return re.search(f"不是{re.escape(answer.name)}[,，]?(?:谁|哪个|还)", answer.text) is None


def _by_name_of_relative(answer: Answer) -> Finding | None:
    """我姐叫张三; 我们家没有张三."""
    if not answer.name or answer.name not in answer.text:
        return None
    name = re.escape(answer.name)
    if re.search(_RELATIVE_IS.format(name, kin=KIN), answer.text):
        return Finding("family", _RELATED)
    return Finding("wrong_number", _RELATED) if re.search(_NONE_HERE.format(name), answer.text) else None


_RELATIVE_IS = "我(?:们?家)?(?:{kin})(?:就|才)?[叫是]{0}"
_NONE_HERE = (
    "(?:家|这[儿里]?|单位|公司|店里?|宿舍|工地)里?(?:可|就|根本|真|从来|压根)?没有?(?:叫|姓|什么|啥)?{0}"
)


_ASKED = (
    "(?:谁|哪个|哪位|什么|啥子?|咋个)(?:是|叫|姓)?(?:什么|啥子?)?{0}"
    "|{0}[啊呀嘛]?(?:又?是)?(?:谁|哪个|哪位|哪一?号人|何人|何许人|啥人|什么人|干什么的|干啥的)"
)


_OURS = compiled(f"[是系乃](?:(?:我|俺|阿拉)(?:们)?家?|伊|其)的?(?:亲|[大小老二三])?(?:{KIN})(?!给?[起取])")
"""张三是我舅舅, whose 是我 does not tell the speaker."""
_OUTSIDER = compiled(
    f"(?<![不非])(?:[是系](?:[他她伊其]|我们?|俺|个)?(?:[^不,]{{0,3}}(?:请|家)?的)?|^[他她伊]){ROLE}(?:[,。!?啊呀嘛了噻呢哦]|$|的(?=[,啊呀]|$))"
)
"""我是他楼下邻居, 他是我领导: neither the resident nor family."""


def _by_relation(text: str, said: Mapping[str, Mention]) -> Finding | None:
    """Family or a stranger by a relation that is told, unless the speaker names himself besides."""
    if (ours := _OURS.search(text)) and not _is_self_beside(said, ours):
        return Finding("family", _RELATED)
    outsider = _OUTSIDER.search(text)
    if outsider and not _is_self_beside(said, outsider) and not _NAMED_SO.search(text):
        return Finding("wrong_number", _RELATED)
    return None


_NAMED_SO = compiled("(?:我|就)叫")


def _is_self_beside(said: Mapping[str, Mention], told: re.Match[str]) -> bool:
    """Whether the resident speaks in other words than those: 我就是 beside 是我妈接的."""
    mention = said.get("self")
    if mention is None:
        return False
    return mention.token.end <= told.start() or mention.token.start >= told.end()


def _is_myself(said: dict[str, Mention], answer: Answer) -> bool:
    """我是他本人: 本人 outweighs 我是他, which only begins a relative's answer."""
    return (
        "self" in said and "本人" in said["self"].token.word and not any(t.has("kin") for t in answer.tokens)
    )


_IS_ANOTHER = compiled("(?:跟|和|同|与|给|帮|替|认识|认得|听说过?)$")


def _begins_with_himself(answer: Answer) -> bool:
    """我就是张三，孩子他爸还没下班: who is at home besides does not speak; but 我就是，那是我老头儿."""
    name = re.escape(answer.name) if answer.name else "本人"
    begun = re.match(_HIMSELF.format(name), answer.text)
    return begun is not None and re.search(_FOR_OTHERS.format(name), answer.text[begun.end() :]) is None


_HIMSELF = (
    "(?:[嗯对是哎啊]+,)?(?:这|电话|手机)*(?:我就?是(?:{0}|本人)?|是我(?=,我(?!是|他|她))|是我本人|我本人|就是我|是?我(?:自己|自个儿?|亲自)接的)"
    "[啊呀嘛呢的]*[,;]"
)
_FOR_OTHERS = "是(?:我|俺)(?!本人|自己)|我是[他她]|{0}是我|[替代帮]|我(?:妈|爸|爷|奶)?不是|找"


def _identity_by_name(text: str, mentions: Sequence[Mention]) -> Finding | None:
    """The name alone is the resident's answer; not where something is done with him: 我跟张三下棋."""
    named = [m for m in mentions if m.token.has("name") and not _IS_ANOTHER.search(text[: m.token.start])]
    if not named:
        return None
    sure = min(named[-1].token.confidence, _BY_WORDS)
    return Finding("wrong_number" if named[-1].is_negated else "self", sure)


def _identity_by_yes_or_no(answer: Answer) -> Finding | None:
    votes = list(generic_votes(answer))
    if not votes:
        return None
    values = {value for value, _ in votes}
    confidence = min(c for _, c in votes)
    if values == {False} and not _is_plain_no(answer):
        return Finding("wrong_number", min(confidence, 0.5))  # 我不是他: a relative may say so too
    sure = min(confidence, _BY_WORDS) if len(values) == 1 else DOUBTFUL
    return Finding("self" if True in values else "wrong_number", sure)


def _is_plain_no(answer: Answer) -> bool:
    """不是, 没有: nothing after it in its clause that it could belong to."""
    return any(
        token.has(grammar.NO) and all(t.is_break for t in answer.tokens[index + 1 : index + 2])
        for index, token in enumerate(answer.tokens)
    )
