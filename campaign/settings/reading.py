"""A settings file to its values; all problems are reported at once, each with its line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from campaign.errors import SettingsError
from campaign.settings.sections import SECTIONS, Settings
from campaign.settings.values import hint, plain
from campaign.text_files import decode_text

DEFAULT_FILE = Path("sip.conf")
EXAMPLE_NAME = "sip.conf.example"

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
            section = _open_section(plain(header[1]).lower(), number, reading)
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
        reading.complain(line, f"不认识的小节 [{name}]{hint(name, SECTIONS) or f'，可以写的有 {known}'}")
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
    return plain(name).lower(), value.removeprefix(">").strip() if equals else None


def _field(section: str, name: str) -> dataclasses.Field[Any] | None:
    fields = dataclasses.fields(SECTIONS[section])
    return next((f for f in fields if name == f.name or name in f.metadata["aliases"]), None)


def _unknown_key(section: str, name: str) -> str:
    elsewhere = next((other for other in SECTIONS if _field(other, name)), None)
    if elsewhere:
        return f"{name} 不属于 [{section}]，请移到 [{elsewhere}] 里"
    known = [f.name for f in dataclasses.fields(SECTIONS[section])]
    return f"[{section}] 里没有 {name} 这一项{hint(name, known) or f'，能写的见 {EXAMPLE_NAME}'}"


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
