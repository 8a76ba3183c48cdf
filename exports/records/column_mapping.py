"""The table that another system wants, as the administrator writes it: one line for each of its columns.

    # 上报平台的居民表
    户主姓名 = 姓名
    手机     = 联系电话
    风险等级 = 排查分级 | 红=3, 黄=2, 绿=1, 空=0
    填报单位 = "幸福社区居委会"

Left the column of the other system, right a field of ours by title or key (``wenhou export --fields`` lists
them), or a fixed text in quotes. Behind ``|`` values are written otherwise; 空 is an empty cell and 其他 is
whatever has no rule. Pure.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from campaign.errors import ExportError
from campaign.store import ResidentStanding
from exports.records.fields import Field

_EMPTY = "空"
_OTHER = "其他"
_QUOTED = re.compile(r"[\"“「](.*)[\"”」]")
_MOST_TOLD = 12


@dataclass(frozen=True)
class MappedColumn:
    """One column of the other system."""

    heading: str
    source: Field | None
    """None: always ``constant``."""
    constant: str = ""
    recoded: Mapping[str, str] = field(default_factory=dict)
    """Our value to theirs."""

    def value(self, standing: ResidentStanding) -> object:
        if self.source is None:
            return self.constant
        ours = self.source.text(standing)
        text = "" if ours is None else str(ours)
        if not self.recoded:
            return ours
        return self.recoded.get(text or _EMPTY, self.recoded.get(_OTHER, text))


def read_mapping(text: str, fields: Sequence[Field], file: str) -> list[MappedColumn]:
    """The columns, in the order of the lines.

    Args:
        text: Of the file.
        fields: What the campaign has.
        file: Its name, for what is told.

    Raises:
        ExportError: ``bad_mapping`` with everything that is wrong, a line of text for each.
    """
    columns: list[MappedColumn] = []
    wrong: list[str] = []
    lines_of: dict[str, int] = {}
    for number, line in _lines(text):
        try:
            column = _column(line, fields)
            if column.heading in lines_of:
                raise ValueError(f"“{column.heading}”在第 {lines_of[column.heading]} 行已经写过，请删去一行")
            lines_of[column.heading] = number
            columns.append(column)
        except ValueError as error:
            wrong.append(f"{file}: 第 {number} 行: {error}")
    if not columns and not wrong:
        wrong = [f"{file} 里没有一行“目标列 = 字段”，请照 户主姓名 = 姓名 这样写"]
    if wrong:
        more = [f"……还有 {len(wrong) - _MOST_TOLD} 处"] if len(wrong) > _MOST_TOLD else []
        raise ExportError("bad_mapping", "\n".join([*wrong[:_MOST_TOLD], *more]))
    return columns


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip().lstrip("\ufeff")
        if content and not content.startswith(("#", ";", "；")):
            yield number, content


def _column(line: str, fields: Sequence[Field]) -> MappedColumn:
    left, found, right = line.replace("＝", "=", 1).partition("=")
    heading, right = left.strip(), right.strip()
    if not found:
        raise ValueError(f"“{line}”里没有等号，请写成 目标列 = 字段")
    if not heading:
        raise ValueError("等号左边要写目标系统的列名")
    if quoted := _QUOTED.fullmatch(right):
        return MappedColumn(heading, None, quoted[1])
    wanted, bar, rules = right.partition("|")
    if not wanted.strip():
        raise ValueError("等号右边要写字段，或者写引号里的固定文字")
    return MappedColumn(heading, _field(wanted.strip(), fields), recoded=_recoded(rules) if bar else {})


def _field(wanted: str, fields: Sequence[Field]) -> Field:
    for name in ("title", "key"):
        for one in fields:
            if getattr(one, name) == wanted:
                return one
    names = [one.title for one in fields] + [one.key for one in fields]
    near = difflib.get_close_matches(wanted, names, 1, 0.5) or [
        name for name in names if wanted in name or name in wanted
    ]
    guess = f"（是不是 {near[0]}？）" if near else ""
    raise ValueError(f"没有“{wanted}”这个字段{guess}。全部字段用 wenhou export --fields 查看")


def _recoded(rules: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in filter(None, (part.strip() for part in re.split("[,，]", rules))):
        ours, equals, theirs = rule.partition("=")
        if not equals or not ours.strip():
            raise ValueError(f"“{rule}”要写成 我们的值=目标的值，如 红=3")
        if ours.strip() in found:
            raise ValueError(f"“{ours.strip()}”写了两次，请删去一个")
        found[ours.strip()] = theirs.strip()
    if not found:
        raise ValueError("| 后面要写换值的规则，如 红=3, 黄=2")
    return found
