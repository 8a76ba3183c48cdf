"""What one of the family tells of the resident who was called: 我没事，就是他夜里老咳嗽. Pure.

The survey is about the resident. Where somebody of the family has answered, 他, 老头子 and 我爸 are most
likely the resident, whom the rules would take for somebody else.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import clauses_of
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.health.others import OTHERS
from dialogs.understanding.all_clear import is_all_clear

_PRONOUN = (
    "(?<![其吉排])(?:他|她)(?!们|家|[妈爸爹娘爷奶儿女孙哥姐弟妹姑姨舅叔]|老婆|媳妇|同事|邻居|同学|单位|公司)"
)
_HE = compiled(_PRONOUN)
_RESIDENT = compiled(
    f"{_PRONOUN}"
    "|(?!我这个?老)(?<!我这)(?<!我这个)我?(?:们家|家)?(?:的)?(?:老头子?|老爷子|老太太|老伴儿?|老公|老婆|爱人|当家的|父亲|母亲|[公婆][公婆]|岳父|岳母|丈母娘|老丈人)"
    "|我(?:们家|家)?(?:[爸妈爹娘]|爷爷|奶奶|姥姥|姥爷)(?![的家])"
)


def of_the_resident(text: str) -> str:
    """What is told of the resident, as he would have said it: 我三十六度二 of 我三十六度七，她三十六度二.
    Unchanged where nothing is told of another."""
    if not _RESIDENT.search(text):
        clauses = clauses_of(text)
        if "是我" not in text and not _DOES_NOT_KNOW.match(text):
            return text
        clauses = [clause for clause in clauses if not _DONE_BY_SPEAKER.search(clause)]
        if len(clauses) > 1 and _DOES_NOT_KNOW.match(clauses[0]):
            clauses = [clause for clause in clauses if not _HIMSELF.match(clause)]
        return ",".join(clauses) or text
    kept: list[str] = []
    him = _HE if _is_called_he_first(text) else _RESIDENT
    is_of_him = True  # 应该没有吧，他就跟几个老头下棋: the verdict is about him
    for clause in clauses_of(text):
        told = him.search(clause)
        if told and 0 <= clause.find("我") < told.start() and _OF_SPEAKER.search(clause):
            told = None  # 我是来看他的
        is_of_another = bool(_OF_A_CHILD.match(clause)) or (him is _HE and bool(_RESIDENT.search(clause)))
        is_of_another = is_of_another and told is None
        is_of_him = told is not None or (is_of_him and not is_of_another and not _OF_SPEAKER.search(clause))
        if is_of_him and not _DONE_BY_SPEAKER.search(clause):
            kept.append(him.sub("我", clause) if told else clause)
    return ",".join(kept) or text


def _is_called_he_first(text: str) -> bool:
    """他没去，我爸上周去的: whoever is named after him is another; 我妈没在，她在郑州 is one."""
    first = _RESIDENT.search(text)
    return first is not None and _HE.match(text, first.start()) is not None


def tells_apart(text: str) -> bool:
    """Whether it is told of him by himself, and of others or the speaker besides: 他没事，倒是我咳嗽."""
    clauses = clauses_of(text)
    is_of_him = any(_HE.match(clause.lstrip("啊哦嗯哎"), 0) for clause in clauses)
    return is_of_him and any(
        _OF_SPEAKER.search(clause)
        or _DONE_BY_SPEAKER.search(clause)
        or (not _HE.search(clause) and _RESIDENT.search(clause))
        for clause in clauses
    )


_DONE_BY_SPEAKER = compiled("[都全]?是我(?!们?家|[妈爸爷奶姥婆妹弟哥姐娘])[^,;]{1,7}的?$")
"""菜都是我下楼拿的."""
_OF_SPEAKER = compiled(
    "^(?:[就只但可倒是]|不过|反正)*(?:我|俺|咱)(?!说|给|们|[^,;]{0,3}(?:知道|晓得|清楚)|觉|看|想|估|问|听)"
)
_DOES_NOT_KNOW = compiled(
    "(?:[啊哦嗯哎],?)?(?:这|那)?(?:我|俺)?(?:上|可|就)*(?:哪[儿里]?知道|不知道|不清楚|不晓得|没问)"
)
_HIMSELF = compiled("(?:不过|就|反正)?(?:我|俺)(?:自己|自个儿?|本人)")
"""那我哪儿知道，我自个儿三十六度三."""
_I_AM_WELL = compiled(
    "(?:[啊哦嗯哎唉喂]+,?)?(?:不是我[^,;]{0,4},)?我(?:自己|本人|倒是?|是|可)*(?:没有?|没事儿?|挺好|没啥|好着|都好|好好的|杠杠的|棒着呢|(?:啥|什么)(?:事|毛病|症状)儿?(?:都|也)?没有?)[^,;我就只]{0,4}"
    "(?:,我?(?:身体|身子骨?)?(?:硬朗|好着|结实|壮实|精神|好得很|能吃能睡|倍儿棒|得劲)[^,;我]{0,5})*"
)
_ALL_WELL = compiled(
    "没有?[^,;我有]{0,7},?(?:身体)?(?:都|也|挺|很)*(?:挺好|没事|好着呢|正常)?的?,?(?=就是|只是|倒是|但|不过)"
)
"""没有啥不得劲的，都挺好，就是大孙子有点流鼻涕."""
_OF_A_CHILD = compiled(
    "孩子|儿子|女儿|闺女|孙[子女]|外孙|宝宝|娃|伢|崽|囡|老[大二三]|(?:我们?|俺们?|咱们?)?家里?(?:的)?小的|小家伙|小朋友"
)
_OF_ME_TOO = compiled(
    f"我(?!们?家|说的?是|的|[妈爸爷奶姥婆妹弟哥姐娘]|(?:这|那)?(?:大|小)?(?:{ANY_KIN}|当家|屋里|掌柜))"
)
_CARES = compiled("我[^,]{0,6}(?:给|带|陪|领|哄|喂|照顾|伺候)着?(?:[他她它]|孩子|娃)")
"""我天天给他熬梨水 tells nothing of how I am."""
_OF_ANYBODY = compiled(f"{_OF_A_CHILD.pattern}|{OTHERS.pattern}")
_MATTERS = compiled("[闹吵气折腾缠累害急愁担操].*[疼晕累烦难睡]|[担操]心|着急|发愁|确诊|阳[了性]|密接")
"""就是孩子闹得头疼 is felt by whoever tells it, and 对门那家确诊了 may be a contact."""
_LED_IN = compiled(
    "(?:就是?|只是|倒是|但是?|不过|可是?|是|我?说的是|有|我们?|俺们?|咱们?|家里?|[那这个的大小老])*"
)


def of_the_speaker(text: str, *, is_by_family: bool) -> str:
    """What is said of the speaker where all the rest is about another: 我没事，就是我们家小的咳嗽.

    Of whoever answers for the resident only what is about children is left out; others may be the resident.
    """
    said = _I_AM_WELL.match(text) or _ALL_WELL.match(text)
    others = _OF_A_CHILD if is_by_family else _OF_ANYBODY
    if said is None or not others.search(text, said.end()) or _MATTERS.search(text, said.end()):
        return text
    is_of_another = False
    for clause in clauses_of(text[said.end() :]):
        other = others.search(clause)
        is_of_another = is_of_another or (
            other is not None and _LED_IN.fullmatch(clause, 0, other.start()) is not None
        )
        is_mine = _OF_ME_TOO.search(clause) and not (_I_AM_WELL.fullmatch(clause) or _CARES.search(clause))
        if not is_of_another or is_mine:
            return text
    return said[0].strip(",;")


_I_DID_NOT = compiled(
    "(?:[啊哦嗯哎唉]+,?)?(?:(?P<i>我|俺)(?:自己|本人|倒是?|是|可|肯定)*没(?:有|接触过?|见过|碰过)?|没有)[的啊过呀]*,"
)
_HIS = compiled(
    f"(?:就是|不过|但是?|可是?|是)?(?:他|她(?!俩)|{OTHERS.pattern}|(?:我|俺|咱)们?家?的?{OTHERS.pattern})"
)
_APART = compiled("不(?:在)?(?:一个|一块|同)|没(?:怎么)?(?:见|挨|接触|碰|一起)")
"""她跟人家不一个楼层."""
_BOTH_OF_US = compiled("(?<!他)(?<!她)们|咱|俩|一家|都|跟我|和我|与我|陪我|带我|给我|传|我也")


def of_his_own_contacts(text: str) -> str:
    """What is said of whom the speaker met where the rest is about whom another met: 我倒没有，我老公单位
    有一个，他跟人吃过饭. Unchanged where it may be about both."""
    said = _I_DID_NOT.match(text)
    if said is None or not _HIS.match(text, said.end()):
        return text
    rest = text[said.end() :]
    if not said["i"] and not _APART.search(rest):
        return text  # 没有，同事确诊了
    is_of_him = not _BOTH_OF_US.search(rest.replace("他们", "").replace("她们", "")) and not any(
        _OF_ME_TOO.search(clause) for clause in clauses_of(rest)
    )
    return said[0].strip(",") if is_of_him else text


def is_worse(slot: Slot, one: Finding | None, other: Finding | None) -> bool:
    """Whether ``one`` tells what ``other`` does not, or something worse."""
    if one is None or one.value is None:
        return False
    if one.value and other is not None and is_all_clear(slot, other.value):
        return True  # be it doubtful: asked again rather than recorded as none
    if one.confidence < slot.sure:
        return False
    if slot.place or slot.type in (SlotType.TEMPERATURE, SlotType.PLACE, SlotType.DATE):
        return True
    if other is None or other.value is None or other.confidence < slot.sure:
        return True
    if slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE):
        return bool(set(one.value) - set(other.value))
    return slot.type is SlotType.YES_NO and one.value is True and other.value is False
