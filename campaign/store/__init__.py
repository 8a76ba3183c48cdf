"""The only SQL. SQLite is the truth about a campaign; sheets and screens are views of it.

The store never reads a clock. Every method is one transaction: it happened wholly, or not at all. A store
that is killed in between has lost nothing that was finished; ``recover`` settles what was under way.
"""

from __future__ import annotations

from campaign.store.database import RunLock
from campaign.store.dialling import INTERRUPTED_REASON, Dialling
from campaign.store.lists import Progress
from campaign.store.privacy import Access, HeldResident, PersonalData
from campaign.store.rounds import Rounds
from campaign.store.runs import Run, Runs, Verb, is_running
from campaign.store.standings import ResidentStanding, Standings

__all__ = [
    "INTERRUPTED_REASON", "Access", "HeldResident", "Progress", "ResidentStanding", "Run", "RunLock", "Store",
    "Verb", "is_running",
]  # fmt: skip


class Store(Rounds, Dialling, Standings, Runs, PersonalData):
    """One open connection. Use it from one thread. Each part is the SQL of one subject."""
