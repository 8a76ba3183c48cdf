"""Text of one value of sip.conf to the value; a ValueError carries what is expected, in Chinese."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaign.phones import PrefixRule, is_area_code
from campaign.policy import CallingWindow


def read_text(text: str) -> str:
    return text


def plain(text: str) -> str:
    """Full-width digits, colons and commas, as a Chinese keyboard types them, in their plain form."""
    return unicodedata.normalize("NFKC", text).strip()


def parts_of(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in plain(text).replace("、", ",").split(",") if part.strip())


def read_yes_no(text: str) -> bool:
    words = {"yes": True, "no": False, "是": True, "否": False}
    if plain(text).lower() not in words:
        raise ValueError("应写 yes 或 no")
    return words[plain(text).lower()]


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = plain(text)
        if not re.fullmatch(r"[0-9]{1,9}", digits) or not lowest <= int(digits) <= highest:
            raise ValueError(f"应是 {lowest} 到 {highest} 的整数")
        return int(digits)

    return read


def number(lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(plain(text))
        except ValueError:
            value = float("nan")
        if not lowest <= value <= highest:
            raise ValueError(f"应是 {lowest:g} 到 {highest:g} 的数")
        return value

    return read


_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|秒|分钟|分|小时)?")
_DURATION_UNITS = {"s": 1, "秒": 1, "m": 60, "分": 60, "分钟": 60, "h": 3600, "小时": 3600}


def duration(lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        found = _DURATION.fullmatch(plain(text).lower())
        seconds = float(found[1]) * _DURATION_UNITS[found[2] or "s"] if found else -1.0
        if not lowest <= seconds <= highest:
            between = f"在 {_duration_text(lowest)}到 {_duration_text(highest)}之间"
            raise ValueError(f"应是时长，如 35、35s、15m、2h，{between}")
        return seconds

    return read


def durations(lowest: float, highest: float) -> Callable[[str], tuple[float, ...]]:
    one = duration(lowest, highest)

    def read(text: str) -> tuple[float, ...]:
        return tuple(one(part) for part in parts_of(text)) or (one(text),)

    return read


def _duration_text(seconds: float) -> str:
    for unit, size in (("天", 86400), ("小时", 3600), ("分钟", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} 秒"


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = plain(text).lower()
        if word not in words:
            raise ValueError("应是 " + "、".join(words) + f" 之一{hint(word, words)}")
        return word

    return read


def read_codecs(text: str) -> tuple[str, ...]:
    known = ("alaw", "ulaw", "g722", "opus")
    names = tuple(dict.fromkeys(parts_of(text.lower())))
    if not names or set(names) - set(known):
        raise ValueError("应是用逗号隔开的编码名：" + "、".join(known))
    return names


def read_addresses(text: str) -> tuple[str, ...]:
    addresses = parts_of(text)
    if not all(re.match(r"https?://", address) for address in addresses):
        raise ValueError("应是用逗号隔开的网址，以 http:// 或 https:// 开头")
    return addresses


def read_host(text: str) -> str:
    if not re.fullmatch(r"[\w.\-]+", plain(text), re.ASCII):
        raise ValueError("应是主机名或 IP 地址，不带 sip: 和端口")
    return plain(text)


def read_number_to_dial(text: str) -> str:
    if not re.fullmatch(r"[0-9*#+]+", plain(text)):
        raise ValueError("应是电话号码，只含数字")
    return plain(text)


def read_area_code(text: str) -> str:
    if not is_area_code(plain(text)):
        raise ValueError("应是带 0 的区号，如 010、027、0755")
    return plain(text)


def read_windows(text: str) -> tuple[CallingWindow, ...]:
    windows = tuple(sorted((_window(part) for part in parts_of(text)), key=lambda window: window.start))
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


def read_other_windows(text: str) -> tuple[CallingWindow, ...] | None:
    """Windows of days that are no workdays; None: those of workdays."""
    word = plain(text).lower()
    if word in ("same", "同平日"):
        return None
    if word in ("no", "none", "不拨"):
        return ()
    try:
        return read_windows(text)
    except ValueError as error:
        raise ValueError(f"应是 同平日、不拨，或者时段：{error}") from None


_LONGEST_SPAN_DAYS = 62


def read_days(text: str) -> frozenset[dt.date]:
    return frozenset(day for part in parts_of(text) for day in _span(part))


def _span(text: str) -> Iterator[dt.date]:
    first, _, last = text.replace("到", "~").partition("~")
    try:
        start = dt.date.fromisoformat(first.strip())
        end = dt.date.fromisoformat(last.strip()) if last else start
    except ValueError:
        raise ValueError("应是日期，如 2027-02-05，一段写成 2027-02-05~2027-02-11，多个用逗号隔开") from None
    if not 0 <= (end - start).days <= _LONGEST_SPAN_DAYS:
        raise ValueError(f"{text} 应从早写到晚，一段最多 {_LONGEST_SPAN_DAYS} 天")
    return (start + dt.timedelta(days=days) for days in range((end - start).days + 1))


def read_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("应是时区名，如 Asia/Shanghai") from None
    return text


def read_prefix_rules(text: str) -> tuple[PrefixRule, ...]:
    return tuple(PrefixRule.parse(part) for part in parts_of(text))


def hint(wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f"（是不是 {near[0]}？）" if near else ""
