"""What is told where it was asked where somebody is, and tells nothing of that: 身体杠杠的，没毛病. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from campaign.patterns import compiled
from dialogs.entities.places import places
from dialogs.script import Slot, SlotType

_OF_NO_PLACE = (SlotType.SYMPTOMS, SlotType.TEMPERATURE, SlotType.COUNT)
_OF_PLACES = compiled("[在搁京家来去回到离出走住待呆外这那是对嗯哎行成屋院楼门]|^没有?(?:$|[,啊呀的])|^不")
"""One of these stands in whatever may tell where somebody is."""


def tells_of_no_place(text: str, told: Iterable[Slot]) -> bool:
    """Whether how somebody is, whom he lives with or met, is all that is told.

    Args:
        text: The words.
        told: The slots of which something was understood in them.
    """
    is_else = any(slot.type in _OF_NO_PLACE or slot.of_others for slot in told)
    return is_else and _OF_PLACES.search(text) is None and not any(places(text))
