"""``sip.conf``: the one settings file, into frozen values.

INI as Asterisk reads it: ``[section]``, ``key = value`` (or ``=>``), comments from ``;`` (after a blank) and
lines that start with ``#``. Everything that is wrong is reported at once, each with its line. The dataclasses
below are the whole list of sections and keys: a field's metadata says how its text is read.
"""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from campaign.errors import SettingsError
from campaign.phones import PrefixRule, dial_string, is_area_code
from campaign.policy import DEFAULT_PAUSES, DEFAULT_WINDOWS, CallingRules, CallingWindow
from campaign.records import Disposition
from campaign.text_files import decode_text

EXAMPLE_NAME = "sip.conf.example"
DEFAULT_PATH = Path("sip.conf")

# --- how a value is read: text in, value out; ValueError says in Chinese what would be right --------------

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|秒|m|分|分钟|h|小时)?", re.IGNORECASE)
_SECONDS = {"s": 1, "秒": 1, "m": 60, "分": 60, "分钟": 60, "h": 3600, "小时": 3600}
_YES = frozenset({"yes", "true", "on", "1", "是"})
_NO = frozenset({"no", "false", "off", "0", "否"})
_WINDOW = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")


def _text(text: str) -> str:
    return text


def _plain(text: str) -> str:
    """Full-width digits, colons and commas as typed with a Chinese keyboard."""
    return unicodedata.normalize("NFKC", text).replace("、", ",").strip()


def _yes_no(text: str) -> bool:
    word = _plain(text).lower()
    if word not in _YES | _NO:
        raise ValueError("应为 yes 或 no")
    return word in _YES


def _integer(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = _plain(text)
        if not digits.isdecimal() or not least <= int(digits) <= most:
            raise ValueError(f"应为 {least} 到 {most} 的整数")
        return int(digits)

    return read


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        digits = _plain(text)
        if not re.fullmatch(r"\d+(\.\d+)?", digits) or not least <= float(digits) <= most:
            raise ValueError(f"应为 {least:g} 到 {most:g} 的数")
        return float(digits)

    return read


def _duration(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        match = _DURATION.fullmatch(_plain(text))
        seconds = float(match[1]) * _SECONDS[(match[2] or "s").lower()] if match else -1.0
        if not least <= seconds <= most:
            raise ValueError(
                f"应为 {_duration_text(least)} 到 {_duration_text(most)} 的时长，写法如 35、35s、15m、2h"
            )
        return seconds

    return read


def _duration_text(seconds: float) -> str:
    for unit, size in (("小时", 3600), ("分钟", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} 秒"


def _choice(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = _plain(text).lower()
        if word not in names:
            raise ValueError(f"应为 {' / '.join(names)}{_did_you_mean(word, names)}")
        return word

    return read


def _host(text: str) -> str:
    host = _plain(text)
    if not re.fullmatch(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:]+\]?", host):
        raise ValueError("应为主机名或 IP 地址，不带 sip: 和端口（端口另写在 port）")
    return host


def _address(text: str) -> str:
    """An IP address or nothing."""
    return _host(text) if text else ""


CODECS = ("alaw", "ulaw", "g722", "opus")


def _codecs(text: str) -> tuple[str, ...]:
    names = _list(text.lower())
    unknown = [name for name in names if name not in CODECS]
    if unknown or not names:
        raise ValueError(f"应为 {'、'.join(CODECS)} 中的一种或几种，用逗号隔开")
    return tuple(dict.fromkeys(names))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _plain(text).split(",") if part.strip())


def _prefix_rules(text: str) -> tuple[PrefixRule, ...]:
    return tuple(PrefixRule.parse(part) for part in _list(text))


def _area_code(text: str) -> str:
    code = _plain(text)
    if code and not is_area_code(code):
        raise ValueError("应为带 0 的区号，如 010、027、0755")
    return code


def _digits(text: str) -> str:
    number = _plain(text)
    if not re.fullmatch(r"[0-9*#+]*", number):
        raise ValueError("应为电话号码（数字、* 和 #）")
    return number


def _windows(text: str) -> tuple[CallingWindow, ...]:
    windows = tuple(sorted(map(_window, _list(text)), key=lambda window: window.start_minute))
    if not windows:
        raise ValueError("至少写一个时段，如 09:00-12:00,14:00-20:00")
    for earlier, later in itertools.pairwise(windows):
        if later.start_minute < earlier.end_minute:
            raise ValueError(f"时段 {earlier} 和 {later} 重叠")
    return windows


def _window(text: str) -> CallingWindow:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}”不是时段，写法如 09:00-12:00,14:00-20:00")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    try:
        if start_minute > 59 or end_minute > 59:
            raise ValueError
        return CallingWindow(start_hour * 60 + start_minute, end_hour * 60 + end_minute)
    except ValueError:
        raise ValueError(f"“{text}”不是一天之内的时段（开始要早于结束，最晚 24:00）") from None


def _timezone(text: str) -> str:
    name = _plain(text)
    if name not in available_timezones():
        raise ValueError(f"不是时区名，国内写 Asia/Shanghai{_did_you_mean(name, available_timezones())}")
    return name


def _urls(text: str) -> tuple[str, ...]:
    urls = _list(text)
    if any(not re.match(r"https?://\S+$", url) for url in urls):
        raise ValueError("应为以 https:// 开头的网址，多个用逗号隔开")
    return urls


def _path(text: str) -> Path:
    if not text:
        raise ValueError("不能为空")
    return Path(text).expanduser()


def _did_you_mean(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"（是不是 {close[0]}？）" if close else ""


def _key(read: Callable[[str], Any], default: Any, *aliases: str, is_secret: bool = False) -> Any:
    """A field that is a key of the file. ``aliases`` are further names by which Asterisk knows it."""
    return field(default=default, metadata={"read": read, "aliases": aliases}, repr=not is_secret)


# --- sections -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrunkSettings:
    """[trunk]: the SIP server that takes our calls."""

    host: str = _key(_host, "")
    port: int = _key(_integer(1, 65535), 5060)
    """5061 with TLS unless the file says otherwise."""
    transport: str = _key(_choice("udp", "tcp", "tls"), "udp")
    username: str = _key(_text, "", "defaultuser", "auth_username")
    secret: str = _key(_text, "", "password", is_secret=True)
    register: bool = _key(_yes_no, False)
    """False: the trunk trusts our IP address."""
    fromuser: str = _key(_text, "")
    fromdomain: str = _key(_address, "")
    callerid: str = _key(_text, "")
    outboundproxy: str = _key(_text, "")
    codecs: tuple[str, ...] = _key(_codecs, ("alaw", "ulaw"), "allow")
    """The preferred one first."""
    srtp: str = _key(_choice("no", "optional", "mandatory"), "no", "encryption")
    tls_verify: bool = _key(_yes_no, True)
    """Whether the server's certificate must be good."""
    bind_address: str = _key(_host, "0.0.0.0", "bindaddr")
    """Address of our own that we send from."""
    public_address: str = _key(_address, "", "externaddr", "externip")
    """Ours as the trunk sees it, where a router translates addresses."""
    rtp_port_start: int = _key(_integer(0, 65000), 0, "rtpstart")
    """First UDP port for sound; 0: any."""
    area_code: str = _key(_area_code, "")
    """Ours, with its zero."""
    prefix: tuple[PrefixRule, ...] = _key(_prefix_rules, ())
    echo_number: str = _key(_digits, "")
    """A number that ``wenhou doctor`` may call."""

    def dial_string(self, number: str) -> str:
        """What this trunk wants dialled for a number of the list."""
        return dial_string(number, self.prefix, self.area_code)


@dataclass(frozen=True)
class LineSettings:
    """[lines]: how many calls at once, and how long each may take. Seconds."""

    lines: int = _key(_integer(1, 100), 10)
    lines_per_worker: int = _key(_integer(1, 4), 4)
    ring_timeout: float = _key(_duration(5, 180), 35.0)
    longest_call: float = _key(_duration(15, 1800), 90.0)
    media_timeout: float = _key(_duration(2, 120), 8.0)
    """An answered call in which no sound packet comes in for so long is given up."""
    calls_per_second: float = _key(_number(0.1, 50), 2.0)


def _pause(disposition: Disposition) -> Any:
    return _key(_duration(0, 7 * 24 * 3600), DEFAULT_PAUSES[disposition])


@dataclass(frozen=True)
class CallingSettings:
    """[calling]: when residents may be called, and how often."""

    hours: tuple[CallingWindow, ...] = _key(_windows, DEFAULT_WINDOWS)
    timezone: str = _key(_timezone, "Asia/Shanghai")
    max_attempts: int = _key(_integer(1, 20), 3)
    max_attempts_per_day: int = _key(_integer(1, 20), 2)
    busy_retry: float = _pause(Disposition.BUSY)
    no_answer_retry: float = _pause(Disposition.NO_ANSWER)
    no_answer_other_part: bool = _key(_yes_no, True)
    declined_retry: float = _pause(Disposition.DECLINED)
    powered_off_retry: float = _pause(Disposition.POWERED_OFF)
    unreachable_retry: float = _pause(Disposition.UNREACHABLE)
    call_assistant_retry: float = _pause(Disposition.CALL_ASSISTANT)
    network_busy_retry: float = _pause(Disposition.NETWORK_BUSY)
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
            pauses={disposition: getattr(self, f"{disposition}_retry") for disposition in DEFAULT_PAUSES},
            no_answer_other_part=self.no_answer_other_part,
        )


@dataclass(frozen=True)
class AsrSettings:
    """[asr]: the speech recogniser."""

    engine: str = _key(_choice("auto", "vosk", "whisper"), "auto")
    model: str = _key(_text, "")
    """Folder of a model; empty: the usual places, then a download."""
    mirrors: tuple[str, ...] = _key(_urls, ())
    """Tried before the official site."""


@dataclass(frozen=True)
class DialogSettings:
    """[dialog]: what is asked, in whose name, in which voice."""

    script: str = _key(_text, "health_survey")
    community: str = _key(_text, "")
    voice: str = _key(_text, "cmn")
    """Of espeak-ng, for words without a recording."""


@dataclass(frozen=True)
class StoreSettings:
    """[store]: where results are kept. Relative paths start at the folder of the settings file."""

    path: Path = _key(_path, Path("output/wenhou.db"))  # noqa: RUF009
    recordings: Path = _key(_path, Path("output/recordings"))  # noqa: RUF009
    workbook: Path = _key(_path, Path("output/结果.xlsx"))  # noqa: RUF009


@dataclass(frozen=True)
class Settings:
    """The whole file."""

    path: Path
    trunk: TrunkSettings = TrunkSettings()
    lines: LineSettings = LineSettings()
    calling: CallingSettings = CallingSettings()
    asr: AsrSettings = AsrSettings()
    dialog: DialogSettings = DialogSettings()
    store: StoreSettings = StoreSettings()

    def replace(self, **sections: Mapping[str, object]) -> Settings:
        """Other values for some keys: ``settings.replace(trunk={"host": "127.0.0.1", "port": 5070})``.

        Raises:
            TypeError: There is no such section or key.
        """
        changed = {
            name: dataclasses.replace(getattr(self, name), **values) for name, values in sections.items()
        }
        return dataclasses.replace(self, **changed)


SECTIONS: Mapping[str, type[Any]] = {
    "trunk": TrunkSettings,
    "lines": LineSettings,
    "calling": CallingSettings,
    "asr": AsrSettings,
    "dialog": DialogSettings,
    "store": StoreSettings,
}


def key_names() -> dict[str, tuple[str, ...]]:
    """Section to its keys, in the order of the file."""
    return {name: tuple(f.name for f in dataclasses.fields(kind)) for name, kind in SECTIONS.items()}


# --- reading ------------------------------------------------------------------------------------------

_SECTION_LINE = re.compile(r"\[([^\]]*)\]")
_INLINE_COMMENT = re.compile(r"(?:^|(?<=\s));.*")


@dataclass
class _Reading:
    """A file being read: values and problems so far."""

    values: dict[str, dict[str, Any]]
    seen: dict[tuple[str, str], int]
    problems: list[tuple[int, str]]

    def complain(self, line: int, what: str) -> None:
        self.problems.append((line, what))


def load_settings(path: Path | str = DEFAULT_PATH) -> Settings:
    """Read the settings file.

    Raises:
        SettingsError: ``settings_missing``, ``settings_unreadable`` or ``settings_wrong``; the last one's
            message has a line for each problem.
    """
    path = Path(path)
    reading = _Reading({name: {} for name in SECTIONS}, {}, [])
    _read_lines(_file_text(path), reading)
    _check_together(reading)
    if reading.problems:
        lines = [_problem_text(path, line, what) for line, what in sorted(reading.problems)]
        raise SettingsError("settings_wrong", "\n".join(lines))
    sections = {name: kind(**reading.values[name]) for name, kind in SECTIONS.items()}
    return _beside_file(Settings(path, **sections))


def default_settings(folder: Path) -> Settings:
    """Settings without a file, for the demo; relative paths start at ``folder``. The trunk has no host."""
    return _beside_file(Settings(folder / DEFAULT_PATH))


def _beside_file(settings: Settings) -> Settings:
    base = settings.path.absolute().parent
    paths = {f.name: base / getattr(settings.store, f.name) for f in dataclasses.fields(StoreSettings)}
    return settings.replace(store=cast(dict[str, object], paths))


def _file_text(path: Path) -> str:
    try:
        return decode_text(path.read_bytes())
    except FileNotFoundError:
        raise SettingsError(
            "settings_missing",
            f"没有找到设置文件 {path}。请先执行 cp {EXAMPLE_NAME} {path.name}，"
            f"再打开 {path.name} 填写线路（[trunk] 的 host 等）。",
        ) from None
    except UnicodeDecodeError as error:
        message = f"{path.name} 不是文本文件，请参照 {EXAMPLE_NAME} 重新填写，保存为 UTF-8。"
        raise SettingsError("settings_unreadable", message) from error
    except OSError as error:
        message = f"不能读取设置文件 {path}（{error.strerror}）。请检查文件权限。"
        raise SettingsError("settings_unreadable", message) from error


def _problem_text(path: Path, line: int, what: str) -> str:
    return f"{path.name}: 第 {line} 行: {what}" if line else f"{path.name}: {what}"


def _read_lines(text: str, reading: _Reading) -> None:
    section: str | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = _without_comment(raw)
        if not line:
            continue
        if match := _SECTION_LINE.fullmatch(line):
            section = _open_section(match[1].strip().lower(), number, reading)
        elif line.startswith("["):
            reading.complain(number, f"小节名缺少右括号，应写成 {line}]")
        elif section is None:
            reading.complain(number, "这一行不在任何小节里，前面应有一行小节名，如 [trunk]")
        elif section:
            _read_key(section, line, number, reading)


def _without_comment(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    return _INLINE_COMMENT.sub("", line).replace("\\;", ";").strip()


def _open_section(name: str, line: int, reading: _Reading) -> str:
    """The section's name; empty for one that does not exist, whose keys are then passed over."""
    if name in SECTIONS:
        return name
    hint = _did_you_mean(name, SECTIONS) or f"，可用的有 {'、'.join(f'[{s}]' for s in SECTIONS)}"
    reading.complain(line, f"没有 [{name}] 这个小节{hint}")
    return ""


def _read_key(section: str, line: str, number: int, reading: _Reading) -> None:
    name, value = _split(line)
    if value is None:
        reading.complain(number, f"“{name}”后面缺少等号，应写成 键 = 值")
        return
    key = _field(section, name)
    if key is None:
        reading.complain(number, _unknown_key(section, name))
        return
    first = reading.seen.setdefault((section, key.name), number)
    if first != number:
        reading.complain(number, f"{name} 重复了，第 {first} 行已经写过，请删掉一处")
        return
    try:
        reading.values[section][key.name] = key.metadata["read"](value)
    except ValueError as error:
        shown = "" if not key.repr else f" = {value}"
        reading.complain(number, f"{name}{shown} 不对：{error}")


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
        return f"{name} 不属于 [{section}]，请移到 [{elsewhere}] 下面"
    hint = _did_you_mean(name, key_names()[section])
    return f"[{section}] 里没有 {name} 这个设置{hint or f'，可用的设置见 {EXAMPLE_NAME}'}"


# --- keys that depend on each other -----------------------------------------------------------------------


def _check_together(reading: _Reading) -> None:
    trunk = reading.values["trunk"]
    if trunk.get("transport") == "tls":
        trunk.setdefault("port", 5061)
    for line, what in _trunk_contradictions(trunk, reading.seen):
        reading.complain(line, what)


def _trunk_contradictions(
    trunk: Mapping[str, Any], seen: Mapping[tuple[str, str], int]
) -> Iterator[tuple[int, str]]:
    if ("trunk", "host") not in seen:
        yield 0, "[trunk] 缺少 host，请填写线路服务器的地址，如 host = 192.168.1.10"
    for needed in ("username", "secret"):
        if trunk.get("register") and not trunk.get(needed):
            yield (
                seen["trunk", "register"],
                f"register = yes 需要 {needed}，请填写；按 IP 信任的线路请写 register = no",
            )
    if any(_needs_area_code(rule) for rule in trunk.get("prefix", ())) and not trunk.get("area_code"):
        yield seen["trunk", "prefix"], "号码规则里分本地和外地，请同时填写 area_code（如 area_code = 010）"


def _needs_area_code(rule: PrefixRule) -> bool:
    return "local" in rule.which
