"""What sip.conf holds, as frozen values. A field's metadata says how its text is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from campaign.pacing import BreakerRules
from campaign.phones import PrefixRule, dial_string
from campaign.settings.calling import CallingSettings, FollowUpSettings
from campaign.settings.keys import key
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
    read_yes_no,
    whole,
)


@dataclass(frozen=True)
class TrunkSettings:
    """The SIP trunk."""

    host: str = key(read_host, "")
    port: int = key(whole(1, 65535), 5060)
    """5061 where the file says TLS and no port."""
    transport: str = key(one_of("udp", "tcp", "tls"), "udp")
    username: str = key(read_text, "", "defaultuser")
    secret: str = key(read_text, "", is_secret=True)
    register: bool = key(read_yes_no, False)
    """False: the trunk trusts our address."""
    fromuser: str = key(read_text, "")
    fromdomain: str = key(read_text, "")
    callerid: str = key(read_text, "")
    outboundproxy: str = key(read_text, "")
    codecs: tuple[str, ...] = key(read_codecs, ("alaw", "ulaw"), "allow")
    """The preferred one first."""
    srtp: str = key(one_of("no", "optional", "mandatory"), "no", "encryption")
    tls_verify: bool = key(read_yes_no, True)
    bind_address: str = key(read_host, "", "bindaddr")
    """Ours, to send from; empty: any."""
    public_address: str = key(read_host, "", "externaddr")
    """Ours as the trunk sees it, behind a router that translates addresses."""
    rtp_port_start: int = key(whole(0, 65000), 0, "rtpstart")
    """First UDP port for sound; 0 lets the system choose."""
    area_code: str = key(read_area_code, "")
    """Ours, with its zero: for landlines of the list without one, and for prefix rules."""
    prefix_rules: tuple[PrefixRule, ...] = key(read_prefix_rules, ())
    echo_number: str = key(read_number_to_dial, "")
    """A number that ``wenhou doctor`` may call."""

    def dial_string(self, number: str) -> str:
        """The digits to dial for a number of the list; the first rule that applies counts."""
        return dial_string(number, self.prefix_rules, self.area_code)


@dataclass(frozen=True)
class LineSettings:
    """How many calls at once, and how long each may take; seconds."""

    lines: int = key(whole(1, 200), 10)
    lines_per_worker: int = key(whole(1, 4), 4)
    ring_timeout: float = key(duration(5, 120), 35.0)
    longest_call: float = key(duration(20, 600), 90.0)
    media_timeout: float = key(duration(2, 60), 8.0)
    calls_per_second: float = key(number(0.1, 50), 2.0)
    trouble_calls: int = key(whole(2, 1000), 5)
    """With fewer ended calls in the window nothing is concluded about the line."""
    trouble_share: int = key(whole(10, 100), 60)
    """Percent of them in trouble from which dialling pauses."""
    trouble_window: float = key(duration(10, 3600), 120.0)
    trouble_pause: float = key(duration(5, 3600), 180.0)
    """Before a probe; each one that fails doubles it."""

    @property
    def breaker_rules(self) -> BreakerRules:
        """When dialling pauses because the trunk lets nothing through."""
        return BreakerRules(
            self.trouble_window, self.trouble_calls, self.trouble_share / 100, self.trouble_pause
        )


@dataclass(frozen=True)
class AsrSettings:
    """Speech recognition."""

    engine: str = key(one_of("auto", "vosk", "whisper"), "auto")
    model: str = key(read_text, "")
    """Folder or name of a model; empty looks in $VOSK_MODEL_PATH and the cache, then downloads."""
    mirrors: tuple[str, ...] = key(read_addresses, ())
    """Addresses tried before the official one."""


@dataclass(frozen=True)
class DialogSettings:
    """What is said."""

    script: str = key(read_text, "health_survey")
    community: str = key(read_text, "")
    voice_engine: str = key(one_of("pyttsx3", "kokoro"), "pyttsx3")
    """Synthesiser for texts without a recording, where the script does not say otherwise."""
    voice: str = key(read_text, "")
    """Voice of the synthesiser; empty takes its usual Mandarin one."""
    voice_speed: float = key(number(0.5, 2.0), 1.0)
    """Tempo; 1 is the voice's own."""
    voice_fallback: bool = key(read_yes_no, True)
    """Whether pyttsx3 speaks where another voice can't be had; otherwise nobody is called."""
    transfer_number: str = key(read_number_to_dial, "")
    """Whom a resident is handed to who asks for a person, as the trunk wants it dialled; empty: nobody."""
    transfer_timeout: float = key(duration(5, 120), 25.0)
    """How long that telephone may ring."""


@dataclass(frozen=True)
class StoreSettings:
    """Where results are kept; paths are relative to the settings file's folder."""

    path: str = key(read_text, "output/wenhou.db")
    recordings: str = key(read_text, "output/recordings")
    workbook: str = key(read_text, "output/健康排查结果.xlsx")
    record_calls: bool = key(read_yes_no, True)


@dataclass(frozen=True)
class Settings:
    """The whole file."""

    trunk: TrunkSettings = TrunkSettings()
    lines: LineSettings = LineSettings()
    calling: CallingSettings = CallingSettings()  # noqa: RUF009 - frozen
    asr: AsrSettings = AsrSettings()
    dialog: DialogSettings = DialogSettings()
    store: StoreSettings = StoreSettings()
    followup: FollowUpSettings = FollowUpSettings()  # noqa: RUF009 - frozen

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
        """The same with the store's paths and that of a script file made absolute, relative ones below
        ``folder``; the name of a bundled script stays a name."""
        store = dataclasses.replace(
            self.store,
            path=str(folder / self.store.path),
            recordings=str(folder / self.store.recordings),
            workbook=str(folder / self.store.workbook),
        )
        is_file = Path(self.dialog.script).suffix in (".yaml", ".yml")
        script = str(folder / self.dialog.script) if is_file else self.dialog.script
        return dataclasses.replace(self, store=store, dialog=dataclasses.replace(self.dialog, script=script))


SECTIONS: Mapping[str, type[Any]] = {
    "trunk": TrunkSettings,
    "lines": LineSettings,
    "calling": CallingSettings,
    "asr": AsrSettings,
    "dialog": DialogSettings,
    "store": StoreSettings,
    "followup": FollowUpSettings,
}
