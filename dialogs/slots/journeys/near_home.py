"""Whether an answer names nothing but parts of the home: 去了天安门, 去怀柔看我妈了 are no journeys. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from dialogs.entities.places import places

_HOME_ITSELF = frozenset(("首都", "京城", "帝都"))
_LED = re.compile(
    "(?:^|[,;?]|[去到上在往从就是]|[去到]过|[去到]了|一?趟|去的|还是|顶多|最远)(?:我|就|也|只|才)*$"
)
_AWAY = re.compile(
    "外地|外省|外面|老家|城外|出[了过]?(?:一?趟)?(?:京|北京|差)|离[了开过]*(?:京|北京)|旅[游行]|飞|高铁|火车|动车|出国|国外"
    "|(?<!从[^,;?]{2})(?<!从[^,;?]{3})(?<!从[^,;?]{4})回|[?]|算|然后|后来|[又还再]去|再|别的|转[车机]|出发|登机|走的"
    "|[带跟]团|好[几多]|自驾|长途|[拉送]货|以[外北南东西]"
)
"""What may tell of more than that, or doubts it."""


def is_only_near_home(text: str, homes: Collection[str]) -> bool:
    """Whether somebody went to parts of the home, and to nowhere else that is told."""
    if not homes or _AWAY.search(text):
        return False
    named = list(places(text))
    if not all(any(one.place.is_in(home) for home in homes) for one in named):
        return False
    parts = [one for one in named if text[one.start : one.end] not in _HOME_ITSELF.union(homes)]
    return any(_LED.search(text[: one.start]) for one in parts)
