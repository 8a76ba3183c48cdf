"""说明: how to read the workbook, how to put it right, and where it comes from. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.corrections import slot_of_field
from exports.report.views import Report
from exports.workbook.columns import TO_CHECK
from exports.workbook.result_sheets import ResultColumn
from exports.workbook.summary_sheet import script_told
from exports.workbook.workbook import Entry, Section

_MEANINGS = {
    "姓名": "名单上的姓名",
    "联系电话": "名单上的号码，按拨打的先后",
    "住址": "名单上的住址，或楼号、单元、门牌号连起来",
    "状态": "这一户现在怎样；下面有批注的，停在格子上看原因",
    "排查分级": "按话术里的分级表，由回答得出；不是健康码",
    "人工备注": "工作人员写的话，导出时带着",
    "名单备注": "名单里“备注”一栏的原文",
    "通话时间": "说上话的那一次；没有说上话的，最后一次拨打",
    "通话秒数": "从接通到挂断",
    "拨打次数": "机器人和人工拨打的总数",
    "录音": "点开就听；把整个文件夹一起搬走，链接仍然能用",
    "居民原话": "识别出来的原话，一问一句",
    "居民编号": "交回时认人用，不要改",
}
_COLOURS = (
    ("red", "红", "发热，或接触过病人；请最先联系"),
    ("yellow", "黄", f"本人或家里人有症状、去过外地，或回答{TO_CHECK}：没有把握的回答，停在格子上看原话"),
    ("green", "绿", "回答齐全，没有要注意的"),
    ("grey", "灰", "还没有问到"),
    ("manual", "紫", "人工填写或更正的：谁、什么时候、原来是什么，停在格子上看"),
)


def legend_sections(report: Report, columns: Sequence[ResultColumn]) -> list[Section]:
    """Everything that somebody who never saw the workbook should know."""
    return [_origin(report), _colours(), _correcting(), _columns(columns), _sheets(report)]


def _origin(report: Report) -> Section:
    campaign = report.campaign
    facts = (
        ("任务", campaign.name),
        ("名单", f"{campaign.list_file}，{len(report.standings)} 户"),
        ("导入时间", report.local(campaign.created_at)),
        ("话术", script_told(report)),
        ("本表生成", report.local(report.generated_at)),
    )
    rows = [[Entry(name), Entry(value)] for name, value in facts]
    return Section("从哪里来", ("项目", "内容"), rows, last_spans=2, is_prose=True)


def _colours() -> Section:
    rows = [[Entry(name, tone=tone, is_bold=True), Entry(told)] for tone, name, told in _COLOURS]
    return Section("颜色", ("颜色", "意思"), rows, last_spans=2, is_prose=True)


_STEPS = (
    "在“结果”里改表头是深绿色的格子：排查分级、各项回答、人工备注。别的栏改了不会采用，导入时会告诉您。",
    f"带“{TO_CHECK}”的：听录音核对，对的就把“（{TO_CHECK}）”删掉，不对的改成对的；真的不知道写“未答”。",
    "改了回答，排查分级会按话术重算；直接改了分级，就以您改的为准。",
    "可以排序、筛选、调列宽；不要删行、不要复制行、不要改“居民编号”。保存时用 .xlsx 格式。",
    "交回：wenhou review import 结果.xlsx --reviewer 您的姓名。会先列出改了什么，有问题的指出是哪一格。",
)


def _correcting() -> Section:
    rows = [[Entry(number, number_format="0"), Entry(told)] for number, told in enumerate(_STEPS, 1)]
    return Section("怎么改、怎么交回", ("步骤", "做法"), rows, last_spans=2, is_prose=True)


def _columns(columns: Sequence[ResultColumn]) -> Section:
    rows = [
        [Entry(column.spec.title), Entry(_meaning(column)), Entry("可以改" if column.field else "")]
        for column in columns
    ]
    return Section("“结果”的各栏", ("栏目", "内容", "交回时"), rows, is_prose=True)


def _meaning(column: ResultColumn) -> str:
    if slot_of_field(column.field):
        told = column.spec.prompt.partition("；")[0]
        return f"话术问到的回答；改的时候写：{told}" if told else "话术问到的回答"
    return _MEANINGS.get(column.spec.title, "名单里的一栏，原样带来")


def _sheets(report: Report) -> Section:
    facts = [
        ("结果", "每户一行，按名单的顺序"),
        ("待人工跟进", "要人工联系或核对的，最急的在前；分给人、登记结果请用 wenhou followup"),
        ("通话明细", "每次拨打一行；“通话编号”可以用在 wenhou timeline 后面"),
        ("汇总", "数字和图；应答率的算法写在表下面"),
    ]
    if report.problems:
        facts.append(("导入问题", "名单里没有导入或有疑问的行"))
    return Section(
        "各张表", ("表", "内容"), [[Entry(name), Entry(told)] for name, told in facts], last_spans=2
    )
