"""A campaign in figures, nobody's name in them: what the report, the roll-up and the trend are made of. Pure.

Figures are plain counts, so that those of several offices can be added up, kept after the residents were
purged, and handed to the sub-district as JSON. What is shown of them is decided in ``exports.report.cells``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from campaign.errors import ExportError
from campaign.records import Grade, Resident, ResidentState
from campaign.response_rate import Case, ResponseRate
from campaign.store import ResidentStanding
from exports.report.views import Report
from exports.response import response_rate

FORMAT = "wenhou-figures-1"

_CODE_HEADINGS = (
    "社区编码", "社区代码", "社区编号", "村居代码", "居委会代码", "区划代码", "统计用区划代码", "区划编码",
)  # fmt: skip
_NAME_HEADINGS = (
    "社区",
    "社区名称",
    "所属社区",
    "居委会",
    "居委会名称",
    "所属居委会",
    "村居",
    "小区",
    "小区名称",
)
COMMUNITY_HEADINGS = (*_CODE_HEADINGS, *_NAME_HEADINGS)
"""Columns of a list that tell the community; a code before a name."""
_DIVISION_CODE = re.compile(r"\d{12}")
"""Of the statistics bureau: two digits for province, city, county; three for sub-district, community."""

GROUP_COUNTS = (
    "total",
    "complete",
    "partial",
    "not_reached",
    "follow_up",
    "red",
    "yellow",
    "green",
    "troubled",
)


@dataclass(frozen=True)
class Group:
    """Residents of one building or one community, as counts."""

    total: int = 0
    complete: int = 0
    partial: int = 0
    not_reached: int = 0
    """Nobody was spoken with, wrong numbers among them."""
    follow_up: int = 0
    """In the queue of the staff now."""
    red: int = 0
    yellow: int = 0
    green: int = 0
    troubled: int = 0
    """With a symptom."""

    def __add__(self, other: Group) -> Group:
        return Group(*(getattr(self, name) + getattr(other, name) for name in GROUP_COUNTS))


@dataclass(frozen=True)
class Answers:
    """What was answered to one question."""

    title: str
    asked: int
    """Residents of whom an answer is known."""
    counts: Mapping[str, int]
    """By answer, the residents who gave it; of several each counts."""
    is_symptoms: bool = False


@dataclass(frozen=True)
class Figures:
    """One campaign."""

    campaign: str
    script: str
    day: str
    """Of the first call, ISO; that of the import where nobody was called yet."""
    last_day: str
    code: str = ""
    """Of the community: 12 digits, or whatever the office uses."""
    community: str = ""
    cases: Mapping[str, int] = field(default_factory=dict)
    """Residents by ``Case``, for the response rate."""
    states: Mapping[str, int] = field(default_factory=dict)
    """Residents by ``ResidentState``."""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    """Residents by the last result, Chinese; ``""`` for those who were never dialled."""
    grades: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[Answers, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    """The open queue by the last result, Chinese."""
    waiting_days: Mapping[str, int] = field(default_factory=dict)
    """The open queue by how long an entry has been in it."""
    buildings: Mapping[str, Group] = field(default_factory=dict)
    communities: Mapping[str, Group] = field(default_factory=dict)
    """By code or name, ``""`` where the list does not tell."""
    calls_by_day: Mapping[str, int] = field(default_factory=dict)
    completed_by_day: Mapping[str, int] = field(default_factory=dict)
    is_kept: bool = False
    """The residents are purged; this is what was kept of them."""

    @property
    def total(self) -> int:
        return sum(self.cases.values())

    @property
    def rates(self) -> ResponseRate:
        return ResponseRate(Counter({case: self.cases.get(case.name.lower(), 0) for case in Case}))

    @property
    def symptoms(self) -> Answers | None:
        return next((answers for answers in self.answers if answers.is_symptoms), None)

    @property
    def whole(self) -> Group:
        """The campaign as one group."""
        return sum(self.buildings.values(), Group())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Any) -> Self:
        """
        Raises:
            ExportError: ``bad_figures``.
        """
        try:
            groups = {
                name: {key: Group(**_counts(one)) for key, one in content[name].items()}
                for name in ("buildings", "communities")
            }
            answers = tuple(
                Answers(one["title"], int(one["asked"]), _counts(one["counts"]), bool(one["is_symptoms"]))
                for one in content["answers"]
            )
            plain = {key: _counts(content[key]) for key in _PLAIN_COUNTS}
            texts = {key: str(content[key]) for key in ("campaign", "script", "code", "community")}
            days = {key: dt.date.fromisoformat(content[key]).isoformat() for key in ("day", "last_day")}
            return cls(**texts, **days, **plain, **groups, answers=answers, is_kept=bool(content["is_kept"]))  # type: ignore[arg-type]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ExportError(
                "bad_figures", "这不是 wenhou report --figures 写的汇总数据，或者被改坏了。"
            ) from error


_PLAIN_COUNTS = (
    "cases", "states", "outcomes", "grades", "reasons", "waiting_days", "calls_by_day", "completed_by_day",
)  # fmt: skip


def _counts(content: Mapping[str, Any]) -> dict[str, int]:
    if any(not isinstance(n, int) or isinstance(n, bool) or n < 0 for n in content.values()):
        raise ValueError("no counts")
    return {str(key): n for key, n in content.items()}


# --- counting -----------------------------------------------------------------------------------------


def figures_of(report: Report, questions: Mapping[str, str], code: str = "", community: str = "") -> Figures:
    """Count a campaign.

    Args:
        report: The campaign.
        questions: Slots whose answers are counted, with their type (``dialogs.script.SlotType``).
        code: Of the community, for lists that do not tell it themselves.
        community: Its name.
    """
    standings = report.standings
    rates = response_rate(standings)
    attempts = [attempt for standing in standings for attempt in standing.attempts]
    days = sorted(_day(report, attempt.dialled_at) for attempt in attempts)
    imported = _day(report, report.campaign.created_at)
    queued = [standing for standing in standings if standing.follow_up]
    titles = {column.name: column for column in report.columns}
    ended = [standing for standing in standings if _completed_day(report, standing)]
    return Figures(
        campaign=report.campaign.name,
        script=report.script_title or report.campaign.script,
        day=days[0] if days else imported,
        last_day=days[-1] if days else imported,
        code=code,
        community=community,
        cases={case.name.lower(): rates.counts[case] for case in Case},
        states=_count(str(standing.state) for standing in standings),
        outcomes=_count(s.disposition.label if s.disposition else "" for s in standings),
        grades=_count(str(standing.grade) for standing in standings if standing.grade),
        answers=tuple(
            _answers(titles[name].title, name, kind, titles[name].format, standings)
            for name, kind in questions.items()
            if name in titles
        ),
        reasons=_count(s.disposition.label if s.disposition else "未拨打" for s in queued),
        waiting_days=_count(_age(s.follow_up.created_at, report) for s in queued if s.follow_up),
        buildings=_groups(standings, lambda r: r.building, questions),
        communities=_groups(standings, lambda r: community_of(r) or code or community, questions),
        calls_by_day=_count(days),
        completed_by_day=_count(_completed_day(report, standing) for standing in ended),
    )


def community_of(resident: Resident) -> str:
    """The code of the resident's community as the list tells it, else its name, else nothing."""
    cells = {"".join(heading.split()): text.strip() for heading, text in resident.extra.items()}
    return next((cells[heading] for heading in COMMUNITY_HEADINGS if cells.get(heading)), "")


def street_code(code: str) -> str:
    """The sub-district of a community by its 12-digit division code; empty for any other code."""
    return code[:9] if _DIVISION_CODE.fullmatch(code) else ""


def _groups(
    standings: Iterable[ResidentStanding], key: Any, questions: Mapping[str, str]
) -> dict[str, Group]:
    troubles = [name for name, kind in questions.items() if kind == "symptoms"]
    members: dict[str, list[ResidentStanding]] = {}
    for standing in standings:
        members.setdefault(key(standing.resident), []).append(standing)
    return {name: _group(group, troubles) for name, group in members.items()}


def _group(standings: Sequence[ResidentStanding], troubles: Sequence[str]) -> Group:
    counts = response_rate(standings).counts
    grades = Counter(standing.grade for standing in standings)
    return Group(
        total=len(standings),
        complete=counts[Case.COMPLETE],
        partial=counts[Case.PARTIAL],
        not_reached=counts[Case.NOT_REACHED] + counts[Case.INVALID],
        follow_up=sum(standing.state is ResidentState.FOLLOW_UP for standing in standings),
        red=grades[Grade.RED],
        yellow=grades[Grade.YELLOW],
        green=grades[Grade.GREEN],
        troubled=sum(any(s.slots[n].value for n in troubles if n in s.slots) for s in standings),
    )


def _answers(title: str, name: str, kind: str, show: Any, standings: Sequence[ResidentStanding]) -> Answers:
    values = [standing.slots[name].value for standing in standings if name in standing.slots]
    known = [value for value in values if value is not None]
    counts: Counter[str] = Counter()
    for value in known:
        for one in value if isinstance(value, list) else [value]:
            counts[str(show(one))] += 1
        if value == []:
            counts["无"] += 1
    return Answers(title, len(known), dict(counts.most_common()), kind == "symptoms")


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values))


def _day(report: Report, time: dt.datetime) -> str:
    return time.astimezone(report.zone).date().isoformat()


def _completed_day(report: Report, standing: ResidentStanding) -> str:
    done = [
        a for a in standing.attempts if a.disposition and a.disposition.value == "completed" and a.ended_at
    ]
    return _day(report, done[-1].ended_at) if done and done[-1].ended_at else ""


WAITING = ("当天", "1～2 天", "3～6 天", "一周以上")


def _age(created_at: dt.datetime, report: Report) -> str:
    days = (report.generated_at - created_at).days
    return WAITING[0 if days < 1 else 1 if days < 3 else 2 if days < 7 else 3]
