"""Where clauses about who is where end for certain, which recognisers write without punctuation. Pure.

Laws:

- 我在 and 人在 at the end, after a 不在, are a statement of their own: 我弟不在我在.
- 在 before a day that is to come or long past has no object: 还在后天才走, 在前年去过一阵.
- A 在 or 不是 that opens the answer ends before what is told of oneself or one's family, or of
  where one did not go: 在我儿子在上海, 在外地没去过, 不是我在外省; but 不是我在外地是我弟 denies who it is.
- Nobody who is asked about Beijing denies to be at home elsewhere: 没有在老家 is 没有,在老家.
- A denial of being at home that is said again without the no was asked back: 不在北京在啊.
"""

from __future__ import annotations

import re

from campaign.patterns import any_of, compiled
from dialogs.language.grammar import KIN

_KIN = any_of(KIN)
_HERE = "(?:还|都|就|一直|可|倒)*在(?:北京|家|这儿?)?(?:呢|啊|呀|的|嘛|哩|着|滴)*$"
_PAST = "(?:[去前]年|大前年|上个?月|上半年|国庆|五一|以前|早年|前阵)"
_TO_COME = "(?:明[天儿]|后[天儿]|大后天|下个?(?:周|礼拜|星期|月)|过[两几]天)"
_ENDS = compiled(
    f"不在(?=(?:我|俺|人){_HERE})"
    f"|(?:^|(?<=还)|(?<=[今现][天在儿])|(?<=^人)|(?<=^我))在(?={_TO_COME}|{_PAST})"
    "|^(?:我|人)?在(?=外地(?:一?[趟次回步]|哪儿?)?[都也可]?没(?:去|跑|到过))"
    f"|^(?:我|人)?在(?=(?:我|俺)们?家?(?:{_KIN})(?![家那这])[^,是家他她]{{0,2}}[在去回到])"
    "|^不是(?=(?:我|俺)(?:现在|人|还|这会儿?)*在(?!.*是[我他她]|家|北京|本))"
    "|^没有(?=在(?:老家|外地)(?:了|呢|啊|呀|的)*$)"
    "|(?P<asked>不在北京)(?=在(?:啊|呢|呀|的|着呢|得很)+$)"
)


def with_ends(text: str) -> str:
    """The text with a comma wherever such a clause ends, a question mark where it was asked back; most have
    none."""
    return _ENDS.sub(_ended, text) if "在" in text else text


def _ended(match: re.Match[str]) -> str:
    return f"{match[0]}?" if match["asked"] else f"{match[0]},"
