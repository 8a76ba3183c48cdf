"""All-clears: no symptom, no contact, no journey. To be wrong about one is the worst that can happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dialogs.script import Slot, SlotType
from dialogs.slots import Finding

DENIED = 0.05
"""Share of what else may have been said that must speak against an all-clear before it is asked again.

docs/decisions/0011-likely-wordings.md and 0014-respelling.md have the measurements.
"""


def is_all_clear(slot: Slot, value: Any) -> bool:
    """Whether a value is one. Not to be somewhere is none: who is not at home is asked more."""
    is_harmless = slot.type is SlotType.YES_NO and value is False and not slot.place
    return is_harmless or (slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE) and not value)


def is_denied(slot: Slot, others: Iterable[tuple[Finding | None, float]]) -> bool:
    """Whether other wordings that fit the sound speak clearly enough against an all-clear.

    Args:
        slot: What was asked.
        others: What was found of it in each other wording, and the wording's share of all, 0..1.
    """
    against = (share for finding, share in others if finding is not None and _tells(slot, finding))
    return sum(against, 0.0) >= DENIED


def _tells(slot: Slot, finding: Finding) -> bool:
    is_known = finding.value is not None and finding.confidence >= slot.sure
    return is_known and not is_all_clear(slot, finding.value)
