"""An office with campaigns of several days in several buildings, and its commands as people type them."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cli
from campaign.policy import CallingRules, CallingWindow, Done, NextStep, ToFollowUp
from campaign.records import CallEvent, CallResult, Disposition, Grade, Resident, SlotValue, Turn
from campaign.settings import load_settings
from campaign.store import Store
from dialogs.authoring.versions_used import keep, used_folder

RULES = CallingRules(windows=(CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),))
FAMILY = "赵钱孙李周吴郑王冯陈褚卫"
STREETS = ("110101001", "110101002")
SECRET = "我是暗号西瓜皮"
"""Words that only a transcript holds."""


def residents(count: int, seed: int = 1, with_codes: bool = True) -> list[Resident]:
    chance = random.Random(seed)
    people = []
    for number in range(count):
        building = chance.randint(1, 6)
        code = f"{STREETS[building % 2]}{building:03d}"
        people.append(
            Resident(
                0, number + 2, f"{FAMILY[number % 12]}某{number}", (f"138{seed:02d}{number:06d}",),
                f"{building}号楼", f"{number % 3 + 1}单元", f"{number // 2 + 101}",
                id_number="110101********1234", remark="独居" if number % 9 == 0 else "",
                extra={"社区编码": code, "户型": "两居"} if with_codes else {},
            )
        )  # fmt: skip
    return people


@dataclass
class CommunityOffice:
    """A folder with sip.conf, a store and recordings."""

    folder: Path

    def __post_init__(self) -> None:
        self.conf.write_text(
            "[trunk]\nhost = 127.0.0.1\narea_code = 010\n[dialog]\ncommunity = 幸福\n", "utf-8"
        )
        self.settings = load_settings(self.conf)
        self.recordings = Path(self.settings.store.recordings)
        self.recordings.mkdir(parents=True)

    @property
    def conf(self) -> Path:
        return self.folder / "sip.conf"

    @property
    def output(self) -> Path:
        return Path(self.settings.store.workbook).parent

    def store(self) -> Store:
        return Store.open(Path(self.settings.store.path))

    def campaign(
        self,
        name: str,
        people: Sequence[Resident],
        at: dt.datetime,
        *,
        fever: float = 0.1,
        calls: int = 10_000,
        seed: int = 1,
    ) -> int:
        """A campaign whose first ``calls`` residents were called at a time."""
        chance = random.Random(seed)
        version = keep(self.settings.dialog.script, used_folder(self.settings), at).version
        with self.store() as store:
            made = store.create_campaign(name, "health_survey", version, "名单.xlsx", people, at)
            for attempt in store.claim_due(made.id, at, min(calls, len(people)), RULES):
                self._talk(store, attempt.id, made.id, at, chance, fever)
            return made.id

    def _talk(
        self, store: Store, attempt: int, campaign: int, at: dt.datetime, chance: random.Random, fever: float
    ) -> None:
        end, kind = at + dt.timedelta(seconds=50), chance.random()
        if kind > 0.8:
            ending = chance.choice((Disposition.NO_ANSWER, Disposition.BUSY, Disposition.POWERED_OFF))
            store.finish(CallResult(attempt, ending, end), ToFollowUp(f"{ending.label} 3 次"))
            return
        symptoms = ["发热", "咳嗽"] if chance.random() < fever else []
        slots = (
            SlotValue("symptoms", symptoms, SECRET, SECRET),
            SlotValue("temperature", 38.2 if symptoms else 36.5, "三十六度五"),
            SlotValue("travel", chance.random() < 0.2, "去过"),
            SlotValue("household_size", chance.randint(1, 5), "几口人"),
        )
        recording = f"{campaign:04d}-{attempt:06d}.wav"
        (self.recordings / recording).write_bytes(b"RIFF" + bytes(200))
        store.record_event(CallEvent(attempt, at, "heard", {"text": SECRET}))
        store.record_turn(Turn(attempt, 1, "ask_symptoms", SECRET, SECRET, 0.9, at, end))
        step: NextStep = Done() if kind < 0.75 else ToFollowUp("通话中断")
        store.finish(
            CallResult(
                attempt, Disposition.COMPLETED if kind < 0.75 else Disposition.PARTIAL, end,
                answered_at=at + dt.timedelta(seconds=8), slots=slots, recording=recording,
                grade=Grade.RED if symptoms else chance.choice((Grade.GREEN, Grade.GREEN, Grade.YELLOW)),
                evidence={"announced_by": SECRET, "has_rung": True},
            ),
            step,
        )  # fmt: skip

    def __call__(self, *arguments: str) -> int:
        return cli.main([*arguments, "-c", str(self.conf)])

    def bytes_of_store(self) -> bytes:
        """Everything that the database leaves on the disk."""
        path = Path(self.settings.store.path)
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*") if one.is_file())


def touch(path: Path, at: dt.datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))
