"""Who is believed where rules and networks differ about an answer; ``learnt`` tells the laws. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.spent_denials import spends_a_no
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.temperature.said import ends_with_reading, tells_of_others
from dialogs.understanding.all_clear import is_all_clear
from dialogs.understanding.classes import NO, NOTHING, SAID, class_of
from dialogs.understanding.context import CLEAR, DOUBTFUL, Reading
from dialogs.understanding.network import Choice, Floats
from dialogs.understanding.told_first import (
    begins_with_symptom,
    leaves_one_out,
    names_one_after_no,
    tells_a_little_after_no,
    told_at_last,
)

BELIEVED = 0.70
"""Probability from which a class is believed."""
IN_PASSING = 0.90
"""The same for what was not asked."""
_PLAIN = 0.9
"""Confidence of the rules from which they may stand without the networks, where they know all words."""
_TOLD = 0.97
"""The same for who is speaking, whatever else is said: right in 362 of 363 answers, both readers in 342."""
STRANGE = 0.02
"""Share of words that nobody knows (``Reading.strange``) up to which the rules know all words."""
_KNOWN = 0.25
"""The same up to which what the rules left out of a list was left out with reason."""
SHORT = 2
"""Characters of a nod, 嗯 or 是的, of which the network knows no more than the rules."""
BRIEF = 6
"""Characters up to which an answer holds one thing only."""
_BY_BOTH = 0.997
"""Probability from which network and second reader together are believed against what the rules found."""
_ALONE = 0.93
"""The same for the second reader alone."""
_ALONE_OF_ILLNESS = 0.97
"""The same where the rules found a symptom."""
_MISHEARD = 0.34
"""Share of words that nobody knows from which the rules are not overruled: 没有不得有接触 may hide a 有."""
TRACE = 0.04
"""Probability of a symptom up to which there is no trace of it; for none it was taught to say 0.005."""
_MET_NOBODY = compiled("^没有?[^,;]*没(?:见|碰|遇|接触|挨)[^,;不]*$")
_HAS_CONTACT = compiled("(?<![没不未哪])有(?:过)?接触(?!不|没|吗|才)")
"""没有不得有接触, of which the rules found that somebody was met."""
_NO_CASE = 0.97
"""Probability of a no from which what the rules take for a contact is doubted."""
_OVERRULED = 0.9
"""Probability that they are wrong from which they do not."""
_DENYING = frozenset("没不无未别非甭勿弗冇哪谁啥")
"""Without one of these characters hardly anything is denied."""
_NO_DENIAL = compiled(r"(.)不\1|哪[一样个回次天件顿][^,]{0,3}不[是得]|能不(?=管|去|照)")
"""您说算不算接触, 哪样不是我: what is asked back denies nothing."""
_SOMEBODY_HAS_IT = compiled(
    "[有出](?:了|个|人|[一几俩仨两]个?|好几个)*被?(?:确诊|阳|疑似|隔离|感染)[^,;]{0,3}$"
)
"""部队里有人确诊, and nothing after it."""
_MOSTLY_LOST, _PARTLY_LOST, _HALF_DENIED = 0.55, 0.45, 0.33
"""Share of words that nobody knows from which no all-clear is believed: somebody mumbles, or the words are no
Chinese at all. The others where the rules found something and characters stand beside it that are no word;
the last where they deny one thing of several: a symptom may hide in them (割作没有发烧)."""


class Judged(dict[str, Mapping[str, float]]):
    """By choice the probabilities of its classes; of most answers only some are asked for."""

    def __init__(
        self, choices: Sequence[Choice], shares: Sequence[Floats], *, by_second: Judged | None = None
    ) -> None:
        self._by_second = by_second
        """What the second reader alone believes, where it was asked."""
        self._all = {choice.name: (choice, share) for choice, share in zip(choices, shares, strict=True)}

    def __missing__(self, name: str) -> Mapping[str, float]:
        choice, share = self._all[name]
        self[name] = dict(zip(choice.classes, share.tolist(), strict=True))
        return self[name]

    def says_nothing_of(self, name: str) -> bool:
        """Whether nothing was said is likelier than all the rest; it is the first class of every choice."""
        return bool(self._all[name][1][0] > 0.5)

    def said(self, slot: Slot, value: str) -> float | None:
        """How probable one value of a list is; None where it was not taught."""
        name = f"{slot.name}/{value}"
        return self[name][SAID] if name in self._all else None

    def has_seen_twice(self, slot: Slot) -> bool:
        """Whether the second reader was asked, is sure by itself, and sees no trace of any single value."""
        second = self._by_second
        least = _ALONE_OF_ILLNESS if slot.type is SlotType.SYMPTOMS else _ALONE
        if second is None or max(second[slot.name].values()) < least:
            return False
        is_list = slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE)
        return not is_list or all((second.said(slot, value) or 0.0) <= TRACE for value in slot.values)


CLASSED = (
    SlotType.YES_NO, SlotType.IDENTITY, SlotType.CHOICE,
    SlotType.TEXT, SlotType.SYMPTOMS, SlotType.MULTI_CHOICE,
)  # fmt: skip
"""Kinds of slots whose value a class tells; of the others it tells only whether there is one."""


def unfounded(slot: Slot, rules: Reading, share: float, *, is_asked: bool) -> Finding | None:
    """What is left of a finding where the network believes that nothing was said."""
    finding = rules.findings.get(slot.name)
    if finding is None or finding.value is None or not is_asked:
        return None  # whether somebody does not know is decided by itself
    if len(rules.text) <= SHORT and not is_all_clear(slot, finding.value):
        return finding
    if share >= IN_PASSING and rules.strange > STRANGE:
        return None
    return replace(finding, confidence=min(finding.confidence, DOUBTFUL))


def stands(by_rules: Finding | None, rules: Reading, slot: Slot, judged: Judged) -> bool:
    """Whether the rules are right, as nothing speaks clearly against anything that they found."""
    if by_rules is not None and is_told(slot, by_rules):
        return True
    if by_rules is None or not _are_plain(by_rules, rules):
        return False
    if by_rules.value is True and _is_no_double_denial(slot, rules.text, judged):
        return False
    if stand_alone(by_rules, rules, slot):
        return True
    if by_rules.value and (
        begins_with_symptom(slot, rules.text, then_denies=True)
        or tells_a_little_after_no(slot, rules.text)
        or leaves_one_out(slot, rules.text)
    ):
        return True
    if slot.type is SlotType.SYMPTOMS and by_rules.value == [] and _names_any(slot, rules.text):
        return judged[slot.name][NOTHING] < BELIEVED  # 我现在不拉肚子: what is denied by name
    parts = [judged[slot.name][class_of(slot, by_rules.value)]]
    if slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE) and by_rules.value:
        said = (judged.said(slot, value) for value in by_rules.value)
        parts += [share for share in said if share is not None]
    return all(1.0 - part < _OVERRULED for part in parts)


def _is_no_double_denial(slot: Slot, text: str, judged: Judged) -> bool:
    """没得，你说的那些病人我见都没见过: the networks know that neither 没 takes back the other."""
    is_of_nobody = bool(slot.of_others and _MET_NOBODY.search(text))
    return is_of_nobody and judged[slot.name][NO] >= _NO_CASE


def is_told(slot: Slot, by_rules: Finding) -> bool:
    if by_rules.value is None:
        return by_rules.is_told
    return by_rules.is_told or (slot.type is SlotType.IDENTITY and by_rules.confidence >= _TOLD)


def stand_alone(by_rules: Finding | None, rules: Reading, slot: Slot) -> bool:
    """Whether the rules need no consent: they know every word, and what is asked is no list. Good news of
    more than a few words may be meant the other way round: 人在广州，户口在北京."""
    if by_rules is None or not _are_plain(by_rules, rules):
        return False
    if slot.type is SlotType.YES_NO and by_rules.value is not None:
        return len(rules.text) <= BRIEF or (by_rules.value and not slot.place)
    if slot.type is SlotType.SYMPTOMS and by_rules.value == []:
        return len(rules.text) <= BRIEF and _names_any(slot, rules.text)  # 我不咳嗽
    if slot.type is SlotType.TEXT and by_rules.value:
        return len(rules.text) <= BRIEF  # 没有药了
    return by_rules.value is None or slot.type not in CLASSED


def most_lost(slot: Slot, rules: Reading) -> float:
    """How strange words may be, at the most, for an all-clear."""
    if slot.name not in rules.findings or not rules.is_garbled:
        return _MOSTLY_LOST
    is_list = slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE)
    is_one_denied = is_list and _names_any(slot, rules.text, shortest=2)
    return _HALF_DENIED if is_one_denied else _PARTLY_LOST


def denies_nothing(slot: Slot, text: str, ailments: Collection[str]) -> bool:
    """Whether somebody is said to be ill and nothing is denied, where others count: 厂里有发烧的 is no
    all-clear about contacts."""
    if not slot.of_others or not _DENYING.isdisjoint(_NO_DENIAL.sub("", text)):
        return False
    return any(word in text for word in ailments) or bool(_SOMEBODY_HAS_IT.search(text))


def names_no_case(slot: Slot, rules: Reading) -> bool:
    """Whether a yes about others is contradicted: the rules found a no, or nothing but a number or a day,
    and nobody is said to be ill. 那应该没有，他就去开了个会; 两口人; 二十号回来的."""
    if not slot.of_others or _A_CASE.search(rules.text):
        return False
    found = rules.findings.get(slot.name)
    if found is None and (_ONLY_WHO_IS_THERE.fullmatch(rules.text) or _AT_HOME_ALL_DAY.search(rules.text)):
        return True
    if found is None:
        return rules.strange <= STRANGE and any(map(_is_number_or_day, rules.findings.values()))
    return found.value is False and found.confidence >= BELIEVED and bool(_OPENS_WITH_NO.match(rules.text))


def _is_number_or_day(finding: Finding) -> bool:
    value = finding.value
    if isinstance(value, str):
        return _A_DAY.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


_A_DAY = compiled("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def denies_plainly(text: str) -> bool:
    """Whether an answer that names nobody ill begins with a no to contacts and takes nothing of it back:
    没接触过呀，我在上海就是陪陪我妈妈. Of 881 such answers 872 were a no, the others had what is
    looked for."""
    said = _NO_CONTACT.match(text)
    return said is not None and not _OWNS_UP.search(text, said.end())


def is_plain_reading(slot: Slot, rules: Reading) -> bool:
    """Whether the rules are sure of a temperature with which a few words of nobody else end:
    今天没高，三十六度五."""
    found = rules.findings.get(slot.name)
    if slot.type is not SlotType.TEMPERATURE or found is None or not found.value or found.confidence < CLEAR:
        return False
    return ends_with_reading(rules.text) and not tells_of_others(rules.text)


def is_plain_no(slot: Slot, text: str) -> bool:
    """Whether an answer about others names nobody ill, and denies what was asked."""
    return bool(slot.of_others) and not _A_CASE.search(text) and denies_plainly(text)


def denies_at_last(slot: Slot, text: str) -> bool:
    """Whether an answer about others ends with none of those that are meant: 天天跟病人打交道，确诊的
    一个都没有."""
    said = _NONE_AT_LAST.search(text) if slot.of_others else None
    return said is not None and not _MET.search(text, 0, said.start())


_ONLY_WHO_IS_THERE = compiled(
    f"(?:{ANY_KIN}|就|只有?|家里|平时|一直|我们?|俺们?|[跟和住过,的呢啊吧]|[俩仨]人?|[一两三四五六]个?人|[一两三四五六]口人?)+"
)
"""就我跟老伴俩人住: whom somebody lives with, and nobody ill."""
_AT_HOME_ALL_DAY = compiled(
    "(?:成天|整天|天天|一天到晚|平时|从早到晚|白天黑夜)[^;没不]*[在窝待呆蹲猫][^,;没不]{0,3}(?:[屋家](?!政)|小区)里?[^,;没不来]{0,6}$"
)
"""我成天就跟这小祖宗在屋里转悠."""
_NO_CONTACT = compiled(
    "(?:[啊哎呀,]*(?:那|这)?(?:我|谁)?(?:咋|怎么|哪儿?|上哪儿?)(?:会|能)?(?:知道|晓得)去?[啊呀呢]?,)?"
    "(?:这个?|那|应该|都|也|肯定|好像|我|嗯|啊|哎|呀|哟|,)*(?:没有?(?=[吧啊呀的哦,他她我]|$)|(?:哪儿?|咋|怎么)[能会][呢啊呀嘛]?(?=,|$)"
    "|(?:没有?|未曾?|不曾|从来?没有?)(?:接触|碰见?|挨|见|跟[^,]{1,6}接触)过?)"
)
_NONE_AT_LAST = compiled(
    "(?:确诊|疑似|阳性|[这那][种样]的?(?:病?人)?)(?:病人|病例|患者|的)?[^,]{0,3}(?:一个|半个|一例)?[都也]?"
    "(?:没有|没[见碰接挨]着?过?)(?:[的啊呀吧]|过)*$"
    "|(?:^|,)[都也]?没(?:有|见过|碰见过)(?:一个|谁)?(?:发[烧热]|生病|有病|感染|阳)的?人?[的啊呢]*$"
    "|^没有?[,啊呀]*我?也?不(?:知道|晓得|认[识得])(?:有?(?:[这那][样种]|什么|啥)?的?人|谁[是有得阳][^,]{0,5})$"
)
_MET = compiled("(?<![没不])(?<!没有)(?:接触|[碰挨见摸])[过了着]|有一?个|阳了")
_OWNS_UP = compiled("(?<!没)有|不对|慢着|不知道|说不|接触|[见碰挨]过|不好说|难说|不敢说")
_OPENS_WITH_NO = compiled(
    "(?:那|应该|都|也|肯定|好像|我|嗯|啊|,)*(?:没|不|未|(?:哪儿?|怎么|咋)[会能](?![知晓看])|怎么可能)"
)
_A_CASE = compiled(
    "确诊|[阳羊杨]|疑似|密接|[病症]|隔离|感染|中招|新冠|[红黄]码|杠|拉走|采|医|诊|核酸|患|染|中标|[查检测]出|得了|[得染]上|得[咧过]"
    "|[都也老]中|中了|遭|赶上|方舱|出了|抗原|烧|咳|毒|疫|防护|大白|流调|照顾|服侍|封条|[就倒]是(?!上[周个礼星]|昨|前[天几两]|陪|在家|在屋|去?看看?我|跟|和|去?上班|去?买|遛|散步|走走|下楼|坐|聊|打牌|下棋|串门|探亲|照看|带孩|[修开做卖教送种待]|跑车|在(?:厂|店|单位|公司|车间|工地))"
)


def _names_any(slot: Slot, text: str, shortest: int = 1) -> bool:
    return any(word in text for words in slot.values.values() for word in words if len(word) >= shortest)


def _are_plain(by_rules: Finding, rules: Reading) -> bool:
    return rules.strange <= STRANGE and by_rules.confidence >= _PLAIN


def is_well_throughout(slot: Slot, rules: Reading, judged: Judged) -> bool:
    """Whether the rules find nothing wrong, and networks see a trace only of what is said to be well:
    不烧不咳,味觉正常."""
    found = rules.findings.get(slot.name)
    if slot.type is not SlotType.SYMPTOMS or found is None or found.value != [] or found.confidence < CLEAR:
        return False
    well = {match[1] for match in _WELL.finditer(rules.text)}
    return bool(well) and all(
        (judged.said(slot, value) or 0.0) <= TRACE or any(part in word for part in well for word in words)
        for value, words in slot.values.items()
    )


_WELL = compiled(
    "(味觉|嗅觉|鼻子|嗓子|呼吸|力气|精神|大便|肚子|食欲|胃口)(?:[也都还挺很]|一切)*"
    "(?:正常|没问题|没毛病|好着|好好的|灵着|通畅|顺畅)"
)


def agree(by_rules: Finding | None, value: Any) -> bool:
    return by_rules is not None and by_rules.value == value and by_rules.confidence >= CLEAR


def not_left_out(slot: Slot, said: list[str], rules: Reading, text: str) -> list[str]:
    """Without the symptoms that the networks see in words that the rules left out, sure of others, as over or
    somebody else's: 今天也不吐了，就剩个头疼; 她上吐下泻，我就是头疼."""
    found = rules.findings.get(slot.name)
    if found is None or not found.value or found.confidence < _PLAIN or rules.strange > _KNOWN:
        return said
    if _LEFT_OUT.search(text) is None:
        return said
    return [value for value in said if value in found.value] or said


def found_at_last(slot: Slot, rules: Reading) -> list[str]:
    """The symptoms that an answer plainly ends with, of which the rules are sure, whatever networks make of
    them: 身上软绵绵的,一点力气都没有,还发烧."""
    found = rules.findings.get(slot.name)
    if found is None or not found.value or found.confidence < CLEAR or rules.strange > STRANGE:
        return []
    return [value for value in told_at_last(slot, rules.text) if value in found.value]


_LEFT_OUT = compiled(
    f"[,;](?:现在|今[天儿])?(?:就|只|光)剩[^,;]*$|(?:^|[,;])(?:我?(?:{ANY_KIN})|[他她])[^,;我]*[,;]我(?:就|只|光|也跟着|跟着|也)是?[^,;]*$"
    "|(?:不对|错了|[,;])不是[^,;不没]{1,6}[,;]是"
)


def is_contradicted(slot: Slot, rules: Reading, value: Any, share: float, judged: Judged) -> bool:
    """The rules found what an all-clear denies, and are not outvoted; or they found in words of which they
    know every one only that something is wrong and not what: 有点不舒服. Where they found no more than that,
    they are never outvoted (没有一个地方舒服), nor where a no is spent on something else: 没吃饭头疼."""
    by_rules = rules.findings[slot.name]
    if is_all_clear(slot, value):
        if any(
            tells(slot, rules.text) for tells in (begins_with_symptom, names_one_after_no, leaves_one_out)
        ):
            return True
        if slot.of_others and _HAS_CONTACT.search(rules.text):
            return True
        is_outvoted = share >= _BY_BOTH and judged.has_seen_twice(slot) and rules.strange < _MISHEARD
        return not is_outvoted or _is_vague(slot, by_rules.value) or spends_a_no(rules.text)
    is_doubtful = by_rules.value == value and by_rules.confidence < slot.sure and rules.strange <= STRANGE
    return is_doubtful and _is_vague(slot, value)


def _is_vague(slot: Slot, value: Any) -> bool:
    vague = {name for name, words in slot.values.items() if set(words) & set(slot.vague)}
    return bool(slot.vague) and isinstance(value, list) and set(value) <= vague
