"""The clauses of what may be a remark. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.words import CLAUSE_BREAKS

_BREAKS = compiled(f"[{CLAUSE_BREAKS}、…]")
_INTERJECTIONS = frozenset(("哎", "唉", "诶", "欸", "哎呀", "哎哟", "哎呦", "喂", "呃"))


def clauses_of(text: str) -> list[str]:
    """None of them empty."""
    return [clause for clause in _BREAKS.split(text) if clause]


def spoken_clauses(text: str) -> list[str]:
    """Without interjections: 哎，没信号."""
    return [clause for clause in clauses_of(text) if clause not in _INTERJECTIONS]
