"""sip.conf: one INI file, read into frozen values.

Key names follow Asterisk where it has one. Every key of ``sip.conf.example`` is a field here, and the other
way round. Reading reports all problems at once, each with its line.
"""

from __future__ import annotations

import configparser
import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaign.errors import SettingsError

DEFAULT_FILE = Path("sip.conf")


# --- readers: text of one value to a value; ValueError carries what is expected --------------------------


def _text(text: str) -> str:
    return text


def _yes_no(text: str) -> bool:
    words = {"yes": True, "no": False, "是": True, "否": False}
    if text.lower() not in words:
        raise ValueError("应写 yes 或 no")
    return words[text.lower()]


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d+", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"应是 {lowest} 到 {highest} 的整数")
        return int(text)

    return read


def _number(lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
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
        found = _DURATION.fullmatch(text)
        seconds = float(found[1]) * _DURATION_UNITS[found[2] or "s"] if found else -1.0
        if not lowest <= seconds <= highest:
            raise ValueError(f"应是时长，如 35、35s、15m、2h，在 {lowest:g} 到 {highest:g} 秒之间")
        return seconds

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError("应是 " + "、".join(words) + " 之一")
        return text.lower()

    return read


def _codecs(text: str) -> tuple[str, ...]:
    known = ("alaw", "ulaw", "g722", "opus")
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if not names or set(names) - set(known):
        raise ValueError("应是用逗号隔开的编码名：" + "、".join(known))
    return names


def _addresses(text: str) -> tuple[str, ...]:
    addresses = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.match(r"https?://", address) for address in addresses):
        raise ValueError("应是用逗号隔开的网址，以 http:// 或 https:// 开头")
    return addresses


def _host(text: str) -> str:
    if not re.fullmatch(r"[\w.\-]+", text, re.ASCII):
        raise ValueError("应是主机名或 IP 地址，不带 sip: 和端口")
    return text


def _windows(text: str) -> tuple[CallingWindow, ...]:
    windows = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-–~]\s*(\d{1,2}):(\d{2})\s*", part)
        minutes = [int(group) for group in found.groups()] if found else []
        window = _window(minutes) if minutes else None
        if window is None:
            raise ValueError("应是时段，如 09:00-12:00,14:00-20:00，开始早于结束，最晚 24:00")
        windows.append(window)
    return tuple(sorted(windows, key=lambda window: window.start))


def _window(parts: list[int]) -> CallingWindow | None:
    start, end = parts[0] * 60 + parts[1], parts[2] * 60 + parts[3]
    if parts[1] > 59 or parts[3] > 59 or not 0 <= start < end <= 24 * 60:
        return None
    return CallingWindow(dt.timedelta(minutes=start), dt.timedelta(minutes=end))


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("应是时区名，如 Asia/Shanghai") from None
    return text


def _prefix_rules(text: str) -> tuple[PrefixRule, ...]:
    rules = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = re.fullmatch(r"(\d+|mobile|landline|any)\s*(?:-(\d+))?\s*(?:\+(\d+))?", part)
        if not found or not (found[2] or found[3]):
            raise ValueError("应是换号规则，如 mobile+0（手机前加 0）、010-010（去掉 010）、any+9（先拨 9）")
        rules.append(PrefixRule(found[1], found[2] or "", found[3] or ""))
    return tuple(rules)


# --- the values ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CallingWindow:
    """A time of day in which residents may be called; half open."""

    start: dt.timedelta
    """Since midnight."""
    end: dt.timedelta


@dataclass(frozen=True)
class PrefixRule:
    """How a number of the list becomes the digits that the trunk wants."""

    matches: str
    """``mobile``, ``landline``, ``any`` or leading digits."""
    remove: str
    """Leading digits to take away."""
    add: str
    """Digits to put in front."""

    def applies_to(self, number: str) -> bool:
        kinds = {"any": True, "mobile": _is_mobile(number), "landline": not _is_mobile(number)}
        return kinds.get(self.matches, number.startswith(self.matches))

    def apply(self, number: str) -> str:
        return self.add + number.removeprefix(self.remove)


def _is_mobile(number: str) -> bool:
    return re.fullmatch(r"1[3-9]\d{9}", number) is not None


def _key(read: Callable[[str], Any], default: Any, *, is_secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read}, repr=not is_secret)


@dataclass(frozen=True)
class TrunkSettings:
    """The SIP trunk."""

    host: str = _key(_host, "")
    port: int = _key(_whole(1, 65535), 5060)
    transport: str = _key(_one_of("udp", "tcp", "tls"), "udp")
    username: str = _key(_text, "")
    secret: str = _key(_text, "", is_secret=True)
    register: bool = _key(_yes_no, False)
    """False: the trunk trusts our address."""
    fromuser: str = _key(_text, "")
    fromdomain: str = _key(_text, "")
    callerid: str = _key(_text, "")
    outboundproxy: str = _key(_text, "")
    codecs: tuple[str, ...] = _key(_codecs, ("alaw", "ulaw"))
    srtp: str = _key(_one_of("no", "optional", "mandatory"), "no")
    tls_verify: bool = _key(_yes_no, True)
    bind_address: str = _key(_text, "")
    public_address: str = _key(_text, "")
    rtp_port_start: int = _key(_whole(0, 65000), 0)
    """First UDP port for sound; 0 lets the system choose."""
    prefix_rules: tuple[PrefixRule, ...] = _key(_prefix_rules, ())
    echo_number: str = _key(_text, "")

    def dial_string(self, number: str) -> str:
        """The digits to dial for a number of the list; the first rule that applies counts."""
        for rule in self.prefix_rules:
            if rule.applies_to(number):
                return rule.apply(number)
        return number


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

    hours: tuple[CallingWindow, ...] = _key(
        _windows,
        (
            CallingWindow(dt.timedelta(hours=9), dt.timedelta(hours=12)),
            CallingWindow(dt.timedelta(hours=14), dt.timedelta(hours=20)),
        ),
    )
    timezone: str = _key(_zone, "Asia/Shanghai")
    max_attempts: int = _key(_whole(1, 20), 3)
    max_attempts_per_day: int = _key(_whole(1, 20), 2)
    busy_retry: float = _key(_duration(0, 86400), 15 * 60.0)
    no_answer_retry: float = _key(_duration(0, 86400), 2 * 3600.0)
    """At least so long, and in another part of the day where there is one."""
    declined_retry: float = _key(_duration(0, 86400), 4 * 3600.0)
    powered_off_retry: float = _key(_duration(0, 86400), 2 * 3600.0)
    unreachable_retry: float = _key(_duration(0, 86400), 3600.0)
    network_retry: float = _key(_duration(0, 86400), 5 * 60.0)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class AsrSettings:
    """Speech recognition."""

    engine: str = _key(_one_of("auto", "vosk", "whisper"), "auto")
    model: str = _key(_text, "")
    """Folder or name of a model; empty looks in $VOSK_MODEL_PATH and the cache, then downloads."""
    mirrors: tuple[str, ...] = _key(
        lambda text: tuple(part.strip() for part in text.split(",") if part.strip()), ()
    )
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

    def within(self, folder: Path) -> Self:
        """The same with the store's paths made absolute, relative ones below ``folder``."""
        store = dataclasses.replace(
            self.store,
            path=str(folder / self.store.path),
            recordings=str(folder / self.store.recordings),
            workbook=str(folder / self.store.workbook),
        )
        return dataclasses.replace(self, store=store)


SECTIONS: Mapping[str, type] = {
    "trunk": TrunkSettings,
    "lines": LineSettings,
    "calling": CallingSettings,
    "asr": AsrSettings,
    "dialog": DialogSettings,
    "store": StoreSettings,
}


# --- reading ------------------------------------------------------------------------------------------


def load_settings(path: Path = DEFAULT_FILE) -> Settings:
    """Read sip.conf.

    Raises:
        SettingsError: ``settings_missing``, ``settings_unreadable`` or ``settings_invalid``; the last holds
            every problem, a line each.
    """
    parser, lines = _parse(path, _read(path))
    problems = _Problems(path.name, lines)
    sections = {name: _section(name, kind, parser, problems) for name, kind in SECTIONS.items()}
    for name in parser.sections():
        if name not in SECTIONS:
            problems.add(name, "", f"不认识的小节 [{name}]{_hint(name, SECTIONS)}")
    _check_trunk(sections["trunk"], problems)
    problems.raise_if_any()
    return Settings(**sections).within(path.resolve().parent)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(
            "settings_missing",
            f"找不到设置文件 {path}。请先运行 cp sip.conf.example sip.conf，再填写线路的地址和账号。",
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            "settings_unreadable", f"{path.name} 不是 UTF-8 编码的文本，请用 UTF-8 编码另存后再试。"
        ) from None
    except OSError as error:
        raise SettingsError("settings_unreadable", f"读不了设置文件 {path}：{error.strerror}。") from error


def _parse(path: Path, text: str) -> tuple[configparser.ConfigParser, Mapping[tuple[str, str], int]]:
    parser = configparser.ConfigParser(
        interpolation=None, comment_prefixes=(";", "#"), inline_comment_prefixes=(";",),
        delimiters=("=",), default_section="\0", empty_lines_in_values=False,
    )  # fmt: skip
    try:
        parser.read_string(text, path.name)
    except configparser.MissingSectionHeaderError as error:
        raise _invalid(path, error.lineno, "这一行之前没有小节名，例如 [trunk]") from None
    except configparser.DuplicateSectionError as error:
        raise _invalid(path, error.lineno or 0, f"小节 [{error.section}] 写了两次，请合并") from None
    except configparser.DuplicateOptionError as error:
        raise _invalid(
            path, error.lineno or 0, f"[{error.section}] 里的 {error.option} 写了两次，请删去一行"
        ) from None
    except configparser.ParsingError as error:
        raise _invalid(path, error.errors[0][0], "看不懂这一行，应写成 名称 = 值") from None
    return parser, _line_index(text)


def _line_index(text: str) -> Mapping[tuple[str, str], int]:
    """(section, key) to line number; key "" for the section's own line."""
    index: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^]]+)\]", line):
            section = header[1]
            index[(section, "")] = number
        elif entry := re.match(r"([^#;\s][^=]*?)\s*=", line):
            index.setdefault((section, entry[1].lower()), number)
    return index


def _invalid(path: Path, line: int, what: str) -> SettingsError:
    return SettingsError("settings_invalid", f"{path.name}: 第 {line} 行: {what}。")


class _Problems:
    """Gathers everything that is wrong, to be told at once."""

    def __init__(self, file: str, lines: Mapping[tuple[str, str], int]) -> None:
        self._file = file
        self._lines = lines
        self._found: list[tuple[int, str]] = []

    def add(self, section: str, key: str, what: str) -> None:
        line = self._lines.get((section, key)) or self._lines.get((section, ""), 0)
        self._found.append((line, what))

    def raise_if_any(self) -> None:
        if self._found:
            told = [
                f"{self._file}: 第 {line} 行: {what}。" if line else f"{self._file}: {what}。"
                for line, what in sorted(self._found)
            ]
            raise SettingsError("settings_invalid", "\n".join(told))


def _section(name: str, kind: type, parser: configparser.ConfigParser, problems: _Problems) -> Any:
    keys = {f.name: f for f in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    given = parser.items(name) if parser.has_section(name) else []
    for key, text in given:
        if key not in keys:
            problems.add(name, key, f"[{name}] 里没有 {key} 这一项{_hint(key, keys)}")
        elif text.strip():
            try:
                values[key] = keys[key].metadata["read"](text.strip())
            except ValueError as error:
                problems.add(name, key, f"{key} = {text}：{error}")
    return kind(**values)


def _check_trunk(trunk: TrunkSettings, problems: _Problems) -> None:
    if not trunk.host:
        problems.add("trunk", "host", "[trunk] 里要写线路的地址，例如 host = sip.example.com")
    if trunk.register and not trunk.username:
        problems.add("trunk", "register", "register = yes 时要写 username 和 secret")


def _hint(wrong: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(wrong, known, n=1, cutoff=0.6)
    return f"（是不是 {near[0]}？）" if near else ""
