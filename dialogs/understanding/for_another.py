"""What one of the family tells of the resident who was called: 我没事，就是他夜里老咳嗽. Pure.

The survey is about the resident. Where somebody of the family has answered, 他, 老头子 and 我爸 are most
likely the resident, whom the rules would take for somebody else.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.all_clear import is_all_clear

_RESIDENT = compiled(
    "(?<![其吉排])(?:他|她)(?!们|家|[妈爸爷奶儿女孙哥姐弟妹姑姨舅叔]|老婆|媳妇|同事|邻居|同学)"
    "|我?(?:们家|家)?(?:的)?(?:老头子?|老爷子|老太太|老伴儿?|老公|老婆|爱人|当家的|父亲|母亲|[公婆][公婆]|岳父|岳母|丈母娘|老丈人)"
    "|我(?:们家|家)?(?:[爸妈爹娘]|爷爷|奶奶|姥姥|姥爷)(?![的家])"
)


def of_the_resident(text: str) -> str:
    """The words as the resident would have said them; unchanged where nothing is told of another."""
    return _RESIDENT.sub("我", text)


def is_worse(slot: Slot, one: Finding | None, other: Finding | None) -> bool:
    """Whether ``one`` tells what ``other`` does not, or something worse."""
    if one is None or one.value is None:
        return False
    if one.value and other is not None and is_all_clear(slot, other.value):
        return True  # be it doubtful: asked again rather than recorded as none
    if one.confidence < slot.sure:
        return False
    if other is None or other.value is None or other.confidence < slot.sure:
        return True
    if slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE):
        return bool(set(one.value) - set(other.value))
    return slot.type is SlotType.YES_NO and one.value is True and other.value is False
