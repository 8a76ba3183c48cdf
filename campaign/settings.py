"""sip.conf: one INI file, read into frozen values.

Key names follow Asterisk where it has one. Every key of ``sip.conf.example`` is a field here, and the other
way round; a field's metadata says how its text is read. Reading reports all problems at once, each with its
line.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaign.errors import SettingsError
from campaign.phones import PrefixRule, dial_string, is_area_code
from campaign.policy import DEFAULT_PAUSES, DEFAULT_WINDOWS, CallingRules, CallingWindow
from campaign.records import Disposition
from campaign.text_files import decode_text

DEFAULT_FILE = Path("sip.conf")
EXAMPLE_NAME = "sip.conf.example"


# --- readers: text of one value to a value; ValueError carries what is expected --------------------------


def _text(text: str) -> str:
    return text


def _plain(text: str) -> str:
    """Full-width digits, colons and commas, as a Chinese keyboard types them, in their plain form."""
    return unicodedata.normalize("NFKC", text).strip()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _plain(text).replace("、", ",").split(",") if part.strip())


def _yes_no(text: str) -> bool:
    words = {"yes": True, "no": False, "是": True, "否": False}
    if _plain(text).lower() not in words:
        raise ValueError("应写 yes 或 no")
    return words[_plain(text).lower()]


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = _plain(text)
        if not re.fullmatch(r"[0-9]{1,9}", digits) or not lowest <= int(digits) <= highest:
            raise ValueError(f"应是 {lowest} 到 {highest} 的整数")
        return int(digits)

    return read


def _number(lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(_plain(text))
        except ValueError:
            value = float("nan")
        if not lowest <= value <= highest:
            raise ValueError(f"应是 {lowest:g} 到 {highest:g} 的数")
        return value

    return read


_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|秒|分钟|分|小时)?")
_DURATION_UNITS = {"s": 1, "秒": 1, "m": 60, "分": 60, "分钟": 60, "h": 3600, "小时": 3600}


def _duration(lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        found = _DURATION.fullmatch(_plain(text).lower())
        seconds = float(found[1]) * _DURATION_UNITS[found[2] or "s"] if found else -1.0
        if not lowest <= seconds <= highest:
            between = f"在 {_duration_text(lowest)}到 {_duration_text(highest)}之间"
            raise ValueError(f"应是时长，如 35、35s、15m、2h，{between}")
        return seconds

    return read


def _duration_text(seconds: float) -> str:
    for unit, size in (("天", 86400), ("小时", 3600), ("分钟", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} 秒"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = _plain(text).lower()
        if word not in words:
            raise ValueError("应是 " + "、".join(words) + f" 之一{_hint(word, words)}")
        return word

    return read


def _codecs(text: str) -> tuple[str, ...]:
    known = ("alaw", "ulaw", "g722", "opus")
    names = tuple(dict.fromkeys(_list(text.lower())))
    if not names or set(names) - set(known):
        raise ValueError("应是用逗号隔开的编码名：" + "、".join(known))
    return names


def _addresses(text: str) -> tuple[str, ...]:
    addresses = _list(text)
    if not all(re.match(r"https?://", address) for address in addresses):
        raise ValueError("应是用逗号隔开的网址，以 http:// 或 https:// 开头")
    return addresses


def _host(text: str) -> str:
    if not re.fullmatch(r"[\w.\-]+", _plain(text), re.ASCII):
        raise ValueError("应是主机名或 IP 地址，不带 sip: 和端口")
    return _plain(text)


def _number_to_dial(text: str) -> str:
    if not re.fullmatch(r"[0-9*#+]+", _plain(text)):
        raise ValueError("应是电话号码，只含数字")
    return _plain(text)


def _area_code(text: str) -> str:
    if not is_area_code(_plain(text)):
        raise ValueError("应是带 0 的区号，如 010、027、0755")
    return _plain(text)


def _windows(text: str) -> tuple[CallingWindow, ...]:
    windows = tuple(sorted((_window(part) for part in _list(text)), key=lambda window: window.start))
    for earlier, later in itertools.pairwise(windows):
        if later.start < earlier.end:
            raise ValueError(f"时段 {earlier} 和 {later} 重叠")
    return windows


def _window(text: str) -> CallingWindow:
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)\s*[-–~]\s*(\d{1,2}):([0-5]\d)", text)
    try:
        start_hour, start_minute, end_hour, end_minute = map(int, found.groups() if found else ())
        start = dt.timedelta(hours=start_hour, minutes=start_minute)
        return CallingWindow(start, dt.timedelta(hours=end_hour, minutes=end_minute))
    except ValueError:
        raise ValueError("应是时段，如 09:00-12:00,14:00-20:00，开始早于结束，最晚 24:00") from None


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("应是时区名，如 Asia/Shanghai") from None
    return text


def _prefix_rules(text: str) -> tuple[PrefixRule, ...]:
    return tuple(PrefixRule.parse(part) for part in _list(text))


# --- the values ---------------------------------------------------------------------------------------


def _key(read: Callable[[str], Any], default: Any, *aliases: str, is_secret: bool = False) -> Any:
    """A field that is a key of the file; ``aliases`` are other names by which Asterisk knows it."""
    return field(default=default, metadata={"read": read, "aliases": aliases}, repr=not is_secret)


def _pause(disposition: Disposition) -> Any:
    return _key(_duration(0, 7 * 86400), DEFAULT_PAUSES[disposition])


@dataclass(frozen=True)
class TrunkSettings:
    """The SIP trunk."""

    host: str = _key(_host, "")
    port: int = _key(_whole(1, 65535), 5060)
    """5061 where the file says TLS and no port."""
    transport: str = _key(_one_of("udp", "tcp", "tls"), "udp")
    username: str = _key(_text, "", "defaultuser")
    secret: str = _key(_text, "", is_secret=True)
    register: bool = _key(_yes_no, False)
    """False: the trunk trusts our address."""
    fromuser: str = _key(_text, "")
    fromdomain: str = _key(_text, "")
    callerid: str = _key(_text, "")
    outboundproxy: str = _key(_text, "")
    codecs: tuple[str, ...] = _key(_codecs, ("alaw", "ulaw"), "allow")
    """The preferred one first."""
    srtp: str = _key(_one_of("no", "optional", "mandatory"), "no", "encryption")
    tls_verify: bool = _key(_yes_no, True)
    bind_address: str = _key(_host, "", "bindaddr")
    """Ours, to send from; empty: any."""
    public_address: str = _key(_host, "", "externaddr")
    """Ours as the trunk sees it, behind a router that translates addresses."""
    rtp_port_start: int = _key(_whole(0, 65000), 0, "rtpstart")
    """First UDP port for sound; 0 lets the system choose."""
    area_code: str = _key(_area_code, "")
    """Ours, with its zero: for landlines of the list without one, and for prefix rules."""
    prefix_rules: tuple[PrefixRule, ...] = _key(_prefix_rules, ())
    echo_number: str = _key(_number_to_dial, "")
    """A number that ``wenhou doctor`` may call."""

    def dial_string(self, number: str) -> str:
        """The digits to dial for a number of the list; the first rule that applies counts."""
        return dial_string(number, self.prefix_rules, self.area_code)


@dataclass(frozen=True)
class LineSettings:
    """How many calls at once, and how long each may take; seconds."""

    lines: int = _key(_whole(1, 200), 10)
    lines_per_worker: int = _key(_whole(1, 4), 4)
    ring_timeout: float = _key(_duration(5, 120), 35.0)
    longest_call: float = _key(_duration(20, 600), 90.0)
    media_timeout: float = _key(_duration(2, 60), 8.0)
    calls_per_second: float = _key(_number(0.1, 50), 2.0)


@dataclass(frozen=True)
class CallingSettings:
    """When and how often a resident may be called."""

    hours: tuple[CallingWindow, ...] = _key(_windows, DEFAULT_WINDOWS)
    timezone: str = _key(_zone, "Asia/Shanghai")
    max_attempts: int = _key(_whole(1, 20), 3)
    max_attempts_per_day: int = _key(_whole(1, 20), 2)
    busy_retry: float = _pause(Disposition.BUSY)
    no_answer_retry: float = _pause(Disposition.NO_ANSWER)
    no_answer_other_part: bool = _key(_yes_no, True)
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

    engine: str = _key(_one_of("auto", "vosk", "whisper"), "auto")
    model: str = _key(_text, "")
    """Folder or name of a model; empty looks in $VOSK_MODEL_PATH and the cache, then downloads."""
    mirrors: tuple[str, ...] = _key(_addresses, ())
    """Addresses tried before the official one."""


@dataclass(frozen=True)
class DialogSettings:
    """What is said."""

    script: str = _key(_text, "health_survey")
    community: str = _key(_text, "")
    voice: str = _key(_text, "")
    """Voice of the synthesiser for texts without a recording; empty takes its Mandarin voice."""


@dataclass(frozen=True)
class StoreSettings:
    """Where results are kept; paths are relative to the settings file's folder."""

    path: str = _key(_text, "output/wenhou.db")
    recordings: str = _key(_text, "output/recordings")
    workbook: str = _key(_text, "output/健康排查结果.xlsx")
    record_calls: bool = _key(_yes_no, True)


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


# --- reading ------------------------------------------------------------------------------------------

_HEADER = re.compile(r"\[([^\]]*)\]")
_INLINE_COMMENT = re.compile(r"(?:^|(?<=\s));.*")


@dataclass
class _Reading:
    """A file being read: values, where they stood, and what is wrong."""

    values: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """(section, key) to line; key "" for the section's own line."""
    problems: list[tuple[int, str]] = field(default_factory=list)

    def complain(self, line: int, what: str) -> None:
        self.problems.append((line, what))


def load_settings(path: Path = DEFAULT_FILE) -> Settings:
    """Read sip.conf.

    Raises:
        SettingsError: ``settings_missing``, ``settings_unreadable`` or ``settings_invalid``; the last holds
            every problem, a line each.
    """
    reading = _Reading()
    _read_lines(_read(path), reading)
    _check_trunk(reading)
    if reading.problems:
        told = [
            f"{path.name}: 第 {line} 行: {what}。" if line else f"{path.name}: {what}。"
            for line, what in sorted(reading.problems)
        ]
        raise SettingsError("settings_invalid", "\n".join(told))
    sections = {name: kind(**reading.values[name]) for name, kind in SECTIONS.items()}
    return Settings(**sections).within(path.resolve().parent)


def _read(path: Path) -> str:
    try:
        return decode_text(path.read_bytes())
    except FileNotFoundError:
        raise SettingsError(
            "settings_missing",
            f"找不到设置文件 {path}。请先运行 cp {EXAMPLE_NAME} sip.conf，再填写线路的地址和账号。",
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            "settings_unreadable", f"{path.name} 不是文本文件，请照 {EXAMPLE_NAME} 重写，用 UTF-8 编码保存。"
        ) from None
    except OSError as error:
        raise SettingsError("settings_unreadable", f"读不了设置文件 {path}：{error.strerror}。") from error


def _read_lines(text: str, reading: _Reading) -> None:
    section: str | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = _without_comment(raw)
        if not line:
            continue
        if header := _HEADER.fullmatch(line):
            section = _open_section(_plain(header[1]).lower(), number, reading)
        elif line.startswith("["):
            reading.complain(number, f"小节名没有写完，应是 {line}]")
        elif section is None:
            reading.complain(number, "这一行之前没有小节名，例如 [trunk]")
        elif section:
            _read_key(section, line, number, reading)


def _without_comment(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    return _INLINE_COMMENT.sub("", line).replace("\\;", ";").strip()


def _open_section(name: str, line: int, reading: _Reading) -> str:
    """The section's name; empty for one that does not exist, whose keys are passed over."""
    if name not in SECTIONS:
        known = "、".join(f"[{section}]" for section in SECTIONS)
        reading.complain(line, f"不认识的小节 [{name}]{_hint(name, SECTIONS) or f'，可以写的有 {known}'}")
        return ""
    reading.lines.setdefault((name, ""), line)
    return name


def _read_key(section: str, line: str, number: int, reading: _Reading) -> None:
    name, value = _split(line)
    if value is None:
        reading.complain(number, f"看不懂“{name}”这一行，应写成 名称 = 值")
        return
    key = _field(section, name)
    if key is None:
        reading.complain(number, _unknown_key(section, name))
        return
    first = reading.lines.setdefault((section, key.name), number)
    if first != number:
        reading.complain(number, f"[{section}] 里的 {name} 写了两次（第 {first} 行已经有了），请删去一行")
    elif value:
        _read_value(section, key, value, number, reading)


def _read_value(
    section: str, key: dataclasses.Field[Any], value: str, number: int, reading: _Reading
) -> None:
    try:
        reading.values[section][key.name] = key.metadata["read"](value)
    except ValueError as error:
        reading.complain(number, f"{key.name} = {value}：{error}")


def _split(line: str) -> tuple[str, str | None]:
    if "=" not in line:
        line = line.replace("＝", "=", 1)
    name, equals, value = line.partition("=")
    return _plain(name).lower(), value.removeprefix(">").strip() if equals else None


def _field(section: str, name: str) -> dataclasses.Field[Any] | None:
    fields = dataclasses.fields(SECTIONS[section])
    return next((f for f in fields if name == f.name or name in f.metadata["aliases"]), None)


def _unknown_key(section: str, name: str) -> str:
    elsewhere = next((other for other in SECTIONS if _field(other, name)), None)
    if elsewhere:
        return f"{name} 不属于 [{section}]，请移到 [{elsewhere}] 里"
    known = [f.name for f in dataclasses.fields(SECTIONS[section])]
    return f"[{section}] 里没有 {name} 这一项{_hint(name, known) or f'，能写的见 {EXAMPLE_NAME}'}"


def _check_trunk(reading: _Reading) -> None:
    """Keys that depend on each other."""
    trunk = reading.values["trunk"]
    if trunk.get("transport") == "tls":
        trunk.setdefault("port", 5061)
    troubled = {line for line, _ in reading.problems}
    for key, what in _contradictions(trunk):
        line = reading.lines.get(("trunk", key)) or reading.lines.get(("trunk", ""), 0)
        if line not in troubled:
            reading.complain(line, what)


def _contradictions(trunk: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not trunk.get("host"):
        yield "host", "[trunk] 里要写线路的地址，例如 host = sip.example.com"
    if trunk.get("register") and not (trunk.get("username") and trunk.get("secret")):
        yield "register", "register = yes 时要写 username 和 secret；按本机地址信任的线路请写 register = no"
    if any(rule.needs_area_code for rule in trunk.get("prefix_rules", ())) and not trunk.get("area_code"):
        yield "prefix_rules", "换号规则分本地和外地，要写 area_code，例如 area_code = 010"


def _hint(wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f"（是不是 {near[0]}？）" if near else ""
