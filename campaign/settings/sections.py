"""What sip.conf holds, as frozen values. A field's metadata says how its text is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from campaign.phones import PrefixRule, dial_string
from campaign.policy import DEFAULT_PAUSES, DEFAULT_WINDOWS, CallingRules, CallingWindow
from campaign.records import Disposition
from campaign.settings.values import (
    duration,
    number,
    one_of,
    read_addresses,
    read_area_code,
    read_codecs,
    read_host,
    read_number_to_dial,
    read_prefix_rules,
    read_text,
    read_windows,
    read_yes_no,
    read_zone,
    whole,
)


def _key(read: Callable[[str], Any], default: Any, *aliases: str, is_secret: bool = False) -> Any:
    """A field that is a key of the file; ``aliases`` are other names by which Asterisk knows it."""
    return field(default=default, metadata={"read": read, "aliases": aliases}, repr=not is_secret)


def _pause(disposition: Disposition) -> Any:
    return _key(duration(0, 7 * 86400), DEFAULT_PAUSES[disposition])


@dataclass(frozen=True)
class TrunkSettings:
    """The SIP trunk."""

    host: str = _key(read_host, "")
    port: int = _key(whole(1, 65535), 5060)
    """5061 where the file says TLS and no port."""
    transport: str = _key(one_of("udp", "tcp", "tls"), "udp")
    username: str = _key(read_text, "", "defaultuser")
    secret: str = _key(read_text, "", is_secret=True)
    register: bool = _key(read_yes_no, False)
    """False: the trunk trusts our address."""
    fromuser: str = _key(read_text, "")
    fromdomain: str = _key(read_text, "")
    callerid: str = _key(read_text, "")
    outboundproxy: str = _key(read_text, "")
    codecs: tuple[str, ...] = _key(read_codecs, ("alaw", "ulaw"), "allow")
    """The preferred one first."""
    srtp: str = _key(one_of("no", "optional", "mandatory"), "no", "encryption")
    tls_verify: bool = _key(read_yes_no, True)
    bind_address: str = _key(read_host, "", "bindaddr")
    """Ours, to send from; empty: any."""
    public_address: str = _key(read_host, "", "externaddr")
    """Ours as the trunk sees it, behind a router that translates addresses."""
    rtp_port_start: int = _key(whole(0, 65000), 0, "rtpstart")
    """First UDP port for sound; 0 lets the system choose."""
    area_code: str = _key(read_area_code, "")
    """Ours, with its zero: for landlines of the list without one, and for prefix rules."""
    prefix_rules: tuple[PrefixRule, ...] = _key(read_prefix_rules, ())
    echo_number: str = _key(read_number_to_dial, "")
    """A number that ``wenhou doctor`` may call."""

    def dial_string(self, number: str) -> str:
        """The digits to dial for a number of the list; the first rule that applies counts."""
        return dial_string(number, self.prefix_rules, self.area_code)


@dataclass(frozen=True)
class LineSettings:
    """How many calls at once, and how long each may take; seconds."""

    lines: int = _key(whole(1, 200), 10)
    lines_per_worker: int = _key(whole(1, 4), 4)
    ring_timeout: float = _key(duration(5, 120), 35.0)
    longest_call: float = _key(duration(20, 600), 90.0)
    media_timeout: float = _key(duration(2, 60), 8.0)
    calls_per_second: float = _key(number(0.1, 50), 2.0)


@dataclass(frozen=True)
class CallingSettings:
    """When and how often a resident may be called."""

    hours: tuple[CallingWindow, ...] = _key(read_windows, DEFAULT_WINDOWS)
    timezone: str = _key(read_zone, "Asia/Shanghai")
    max_attempts: int = _key(whole(1, 20), 3)
    max_attempts_per_day: int = _key(whole(1, 20), 2)
    busy_retry: float = _pause(Disposition.BUSY)
    no_answer_retry: float = _pause(Disposition.NO_ANSWER)
    no_answer_other_part: bool = _key(read_yes_no, True)
    """Whether an unanswered number is tried again in another part of the day."""
    declined_retry: float = _pause(Disposition.DECLINED)
    powered_off_retry: float = _pause(Disposition.POWERED_OFF)
    unreachable_retry: float = _pause(Disposition.UNREACHABLE)
    call_assistant_retry: float = _pause(Disposition.CALL_ASSISTANT)
    network_retry: float = _pause(Disposition.NETWORK_BUSY)
    failed_retry: float = _pause(Disposition.FAILED)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def rules(self) -> CallingRules:
        """What the calling policy goes by."""
        return CallingRules(
            windows=self.hours,
            timezone=self.timezone,
            max_attempts=self.max_attempts,
            max_attempts_per_day=self.max_attempts_per_day,
            pauses={
                Disposition.BUSY: self.busy_retry,
                Disposition.NO_ANSWER: self.no_answer_retry,
                Disposition.DECLINED: self.declined_retry,
                Disposition.POWERED_OFF: self.powered_off_retry,
                Disposition.UNREACHABLE: self.unreachable_retry,
                Disposition.CALL_ASSISTANT: self.call_assistant_retry,
                Disposition.NETWORK_BUSY: self.network_retry,
                Disposition.FAILED: self.failed_retry,
            },
            no_answer_other_part=self.no_answer_other_part,
        )


@dataclass(frozen=True)
class AsrSettings:
    """Speech recognition."""

    engine: str = _key(one_of("auto", "vosk", "whisper"), "auto")
    model: str = _key(read_text, "")
    """Folder or name of a model; empty looks in $VOSK_MODEL_PATH and the cache, then downloads."""
    mirrors: tuple[str, ...] = _key(read_addresses, ())
    """Addresses tried before the official one."""


@dataclass(frozen=True)
class DialogSettings:
    """What is said."""

    script: str = _key(read_text, "health_survey")
    community: str = _key(read_text, "")
    voice: str = _key(read_text, "")
    """Voice of the synthesiser for texts without a recording; empty takes its Mandarin voice."""


@dataclass(frozen=True)
class StoreSettings:
    """Where results are kept; paths are relative to the settings file's folder."""

    path: str = _key(read_text, "output/wenhou.db")
    recordings: str = _key(read_text, "output/recordings")
    workbook: str = _key(read_text, "output/健康排查结果.xlsx")
    record_calls: bool = _key(read_yes_no, True)


@dataclass(frozen=True)
class Settings:
    """The whole file."""

    trunk: TrunkSettings = TrunkSettings()
    lines: LineSettings = LineSettings()
    calling: CallingSettings = CallingSettings()
    asr: AsrSettings = AsrSettings()
    dialog: DialogSettings = DialogSettings()
    store: StoreSettings = StoreSettings()

    def replace(self, **sections: Mapping[str, Any]) -> Self:
        """Other values for some keys: ``settings.replace(trunk={"host": "127.0.0.1", "port": 5070})``.

        Raises:
            TypeError: There is no such section or key.
        """
        changed = {
            name: dataclasses.replace(getattr(self, name), **values) for name, values in sections.items()
        }
        return dataclasses.replace(self, **changed)

    def within(self, folder: Path) -> Self:
        """The same with the store's paths made absolute, relative ones below ``folder``."""
        store = dataclasses.replace(
            self.store,
            path=str(folder / self.store.path),
            recordings=str(folder / self.store.recordings),
            workbook=str(folder / self.store.workbook),
        )
        return dataclasses.replace(self, store=store)


SECTIONS: Mapping[str, type[Any]] = {
    "trunk": TrunkSettings,
    "lines": LineSettings,
    "calling": CallingSettings,
    "asr": AsrSettings,
    "dialog": DialogSettings,
    "store": StoreSettings,
}
