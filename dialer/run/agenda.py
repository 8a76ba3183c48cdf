"""The campaigns of a run: whose residents get the next free line, what is left, when a new round begins.

What people say of campaigns while the run goes on (priority, pause, a new round) is read from the store at
every turn, so that it holds from the next call on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaign.policy import CallingRules
from campaign.records import CallAttempt, Campaign, Resident
from campaign.rounds import CampaignPlan, in_order, next_round_at
from campaign.store import Progress, Store
from dialer.run.waiting import Outlook, outlook


class Agenda:
    """The campaigns that a run calls, in the order of their priority."""

    def __init__(self, store: Store, campaigns: Sequence[Campaign], rules: CallingRules) -> None:
        self._store = store
        self._rules = rules
        self._campaigns = {campaign.id: campaign for campaign in campaigns}
        self._stopped: set[int] = set()
        self._residents: dict[int, Resident] = {}
        for campaign in campaigns:
            self._know(campaign)

    def _know(self, campaign: Campaign) -> None:
        self._campaigns[campaign.id] = campaign
        self._residents.update((r.id, r) for r in self._store.residents(campaign.id))

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """Every campaign of the run, rounds that are over included."""
        return tuple(self._campaigns.values())

    def script_of(self, campaign_id: int) -> str:
        return self._campaigns[campaign_id].script

    def resident(self, attempt: CallAttempt) -> Resident:
        if attempt.resident_id not in self._residents:  # the list was added to
            self._know(self._campaigns[attempt.campaign_id])
        return self._residents[attempt.resident_id]

    def drop(self, campaign_id: int) -> bool:
        """Dial no more for a campaign in this run; False: it is not one of the run's."""
        newest = self._newest(campaign_id)
        if newest is None:
            return False
        self._stopped.add(newest.series)
        return True

    def has(self, campaign_id: int) -> bool:
        return self._newest(campaign_id) is not None

    def _newest(self, campaign_id: int) -> CampaignPlan | None:
        mine = {plan.campaign_id: plan for plan in self._plans()}
        found = mine.get(campaign_id)
        return found if found and not found.is_closed else None

    # --- whom to dial -----------------------------------------------------------------------------------

    def claim(self, now: dt.datetime) -> CallAttempt | None:
        """The next resident who is due, written down as being dialled; None: nobody is."""
        for plan in self._in_order(now):
            if claimed := self._store.claim_due(plan.campaign_id, now, 1, self._rules):
                return claimed[0]
        return None

    def _in_order(self, now: dt.datetime) -> list[CampaignPlan]:
        plans = self._dialled()
        if len(plans) < 2:
            return plans
        due = ((plan.campaign_id, self._store.next_appointment(plan.campaign_id)) for plan in plans)
        return in_order(plans, [campaign_id for campaign_id, at in due if at is not None and at <= now])

    def _plans(self) -> list[CampaignPlan]:
        return [plan for plan in self._store.plans() if plan.campaign_id in self._campaigns]

    def _open(self) -> list[CampaignPlan]:
        """Neither closed nor stopped; may be paused."""
        return [plan for plan in self._plans() if not plan.is_closed and plan.series not in self._stopped]

    def _dialled(self) -> list[CampaignPlan]:
        return [plan for plan in self._open() if not plan.is_paused]

    # --- what is left -----------------------------------------------------------------------------------

    def progress(self) -> Progress:
        """Of the campaigns that may be dialled now, together."""
        return _sum(self._store.progress(plan.campaign_id) for plan in self._dialled())

    def whole_progress(self) -> Progress:
        """Of all campaigns of the run that are open, for the screen."""
        return _sum(self._store.progress(plan.campaign_id) for plan in self._open())

    def paused(self) -> list[int]:
        """Campaigns that would have something to dial but are paused."""
        return [
            plan.campaign_id
            for plan in self._open()
            if plan.is_paused and _has_left(self._store.progress(plan.campaign_id))
        ]

    def next_round_at(self, now: dt.datetime) -> dt.datetime | None:
        """When the first of the daily campaigns begins anew; None: there is none that was begun."""
        times = (self._round_at(plan, now) for plan in self._dialled() if plan.is_daily)
        return min((at for at in times if at is not None), default=None)

    def _round_at(self, plan: CampaignPlan, now: dt.datetime) -> dt.datetime | None:
        return next_round_at(self._store.first_dial(plan.campaign_id), now, self._rules)

    def outlook(self, now: dt.datetime) -> Outlook:
        """What a run waits for that can dial nobody now."""
        progress, paused = self.progress(), self.paused()
        appointments = (self._store.next_appointment(plan.campaign_id) for plan in self._dialled())
        coming = outlook(
            now,
            self._rules,
            progress,
            appointment_at=min((at for at in appointments if at is not None), default=None),
            next_round_at=self.next_round_at(now),
        )
        if not paused:
            return coming
        told = f"任务 {'、'.join(map(str, paused))} 已暂停，wenhou resume --campaign {paused[0]} 继续"
        return Outlook(coming.until, told if coming.until is None else f"{coming.told}；{told}")

    # --- rounds -----------------------------------------------------------------------------------------

    def turn_over(self, now: dt.datetime) -> list[Campaign]:
        """Begin the rounds whose day has come, inside the calling hours; returns the new ones, also those
        that were begun by hand elsewhere."""
        for plan in self._dialled():
            if plan.is_daily and (at := self._round_at(plan, now)) is not None and at <= now:
                self._store.begin_round(plan.campaign_id, now, self._rules.day_of(now))
        return list(self._follow())

    def _follow(self) -> Iterator[Campaign]:
        """Take up the rounds that have come after campaigns of the run."""
        known = {plan.series: self._campaigns[plan.campaign_id] for plan in self._plans()}
        for plan in self._store.plans():
            is_next = plan.series in known and plan.campaign_id not in self._campaigns
            if is_next and not plan.is_closed:
                script = known[plan.series].script
                campaign = replace(self._store.campaign(plan.campaign_id), script=script)
                self._know(campaign)
                yield campaign


def _has_left(progress: Progress) -> bool:
    return bool(progress.pending or progress.waiting)


def _sum(parts: Iterator[Progress]) -> Progress:
    found = list(parts)
    dues = [p.next_due_at for p in found if p.next_due_at is not None]
    return Progress(
        total=sum(p.total for p in found),
        pending=sum(p.pending for p in found),
        in_call=sum(p.in_call for p in found),
        waiting=sum(p.waiting for p in found),
        follow_up=sum(p.follow_up for p in found),
        done=sum(p.done for p in found),
        next_due_at=min(dues, default=None),
    )
