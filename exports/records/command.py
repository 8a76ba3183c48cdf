"""``wenhou export --csv | --json | --mapping | --fields``: a campaign's residents for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from campaign.errors import ExportError
from campaign.records import Campaign
from campaign.text_files import decode_text
from exports.records.column_mapping import read_mapping
from exports.records.fields import fields_of
from exports.records.files import csv_of_mapping, csv_of_report, json_of_report
from exports.records.masking import masked_report
from exports.records.private_files import write_private
from exports.report.command import Office, report_of
from exports.tables import table_of


@dataclass(frozen=True)
class RecordFiles:
    """Which files are wanted; None: not this one, an empty path: under its usual name."""

    csv: Path | None = None
    json: Path | None = None
    mapping: Path | None = None
    """The file that says which columns another system wants."""
    output: Path | None = None
    """Where the table of ``mapping`` goes."""
    encoding: str = "utf-8-sig"
    """Of that table."""
    is_masked: bool = False

    @property
    def is_empty(self) -> bool:
        return self.csv is None and self.json is None and self.mapping is None


def write_records(console: Console, office: Office, campaign: Campaign, wanted: RecordFiles) -> int:
    """Write the files, each with an entry of the access log.

    Raises:
        ExportError: ``bad_mapping``, or a file can't be read or written.
    """
    workbook = Path(office.settings.store.workbook)
    report, _ = report_of(office, campaign, workbook.parent)
    if wanted.is_masked:
        report = masked_report(report)
    made: list[tuple[str, Path, bytes]] = []
    if wanted.csv is not None:
        made.append(("csv", _usual(wanted.csv, workbook, ".csv", wanted), csv_of_report(report)))
    if wanted.json is not None:
        content = json_of_report(report, is_masked=wanted.is_masked)
        made.append(("json", _usual(wanted.json, workbook, ".json", wanted), content))
    if wanted.mapping is not None:
        columns = read_mapping(_text_of(wanted.mapping), fields_of(report), wanted.mapping.name)
        path = wanted.output or workbook.with_name(f"{wanted.mapping.stem}.csv")
        made.append(
            (f"按 {wanted.mapping.name} 的表", path, csv_of_mapping(report, columns, wanted.encoding))
        )
    people = len(report.standings)
    for what, path, content in made:
        write_private(path, content)
        office.log(
            f"导出 {what}", people, path.absolute(), campaign_id=campaign.id, is_masked=wanted.is_masked
        )
        masked = "，已遮盖姓名和号码" if wanted.is_masked else ""
        console.print(f"已写入：{path}（{people} 户{masked}）", markup=False, soft_wrap=True)
    return 0


def _usual(path: Path, workbook: Path, suffix: str, wanted: RecordFiles) -> Path:
    """Beside the workbook under its name, where nobody said otherwise."""
    if path != Path():
        return path
    return workbook.with_name(f"{workbook.stem}{'-已遮盖' if wanted.is_masked else ''}{suffix}")


def masked_name(workbook: Path) -> Path:
    """Where a masked workbook goes, beside the real one."""
    return workbook.with_name(f"{workbook.stem}-已遮盖{workbook.suffix}")


def show_fields(console: Console, office: Office, campaign: Campaign) -> int:
    """Every column of the csv, with the key of the JSON and what it holds."""
    report, _ = report_of(office, campaign, Path())
    table = table_of("字段", "键", "是什么")
    for field in fields_of(report):
        table.add_row(*map(Text, (field.title, field.key, field.told)))
    console.print(table)
    console.print(
        "csv 的列就是这些，一户一行。JSON 里的 answers 按键里 answer. 后面的名称，list 是名单里原来的列。\n"
        "按别的系统的格式导出：写一个文件，每行 目标列 = 字段，再运行 wenhou export --mapping 文件。\n"
        '  户主姓名 = 姓名\n  风险等级 = 排查分级 | 红=3, 黄=2, 绿=1, 空=0\n  填报单位 = "幸福社区居委会"',
        style="dim",
        markup=False,
    )
    return 0


def _text_of(path: Path) -> str:
    try:
        return decode_text(path.read_bytes())
    except OSError as error:
        raise ExportError("bad_mapping", f"读不了 {path}（{error.strerror}）。请检查文件名。") from error
    except UnicodeDecodeError as error:
        raise ExportError("bad_mapping", f"{path.name} 不是文本文件，请用记事本写，另存为 UTF-8。") from error
