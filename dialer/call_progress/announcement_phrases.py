"""The phrases of carriers and answering machines: China Mobile, Unicom and Telecom, old and new wording.

Looked for by sound, in the order of ``MEANINGS``; see ``dialer.call_progress.announcements``.
"""

from __future__ import annotations

from dataclasses import dataclass

from campaign.records import Disposition


@dataclass(frozen=True)
class Meaning:
    """What some phrases mean."""

    disposition: Disposition
    phrases: tuple[str, ...]
    english: str = ""
    """The same in the English part of the announcement, as a regular expression of words without blanks."""
    is_general: bool = False
    """More may follow that changes it."""
    is_whole: bool = False
    """Only a machine says so, it needs no frame: one phrase that is heard clearly, or two that may be."""


def _phrases(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


MEANINGS: tuple[Meaning, ...] = (
    Meaning(
        Disposition.CALL_ASSISTANT,
        _phrases(
            "来电提醒 来电助手 电话秘书 通信秘书 语音信箱 语音邮箱 智能助理 智能助手 语音助手 语音助理",
            "通话助理 通话助手 通信助理 机主的助理 我是机主的 机主现在 机主正忙 机主不方便 机主暂时",
            "提示音后留言 提示音后 滴声后 滴的一声 听到滴声 哔声后 请留言 留下您的姓名 录音结束请挂机",
        ),
        r"leave.{0,12}message|afterthe(tone|beep)|voicemail",
        is_whole=True,
    ),
    Meaning(Disposition.CALL_ASSISTANT, _phrases("秘书台 来电信息 小秘书")),
    Meaning(Disposition.POWERED_OFF, _phrases("已关机 已经关机 电话关机"), r"powere?d?off|switchedoff"),
    Meaning(
        Disposition.OUT_OF_SERVICE,
        _phrases("已停机 已经停机 用户停机 暂停服务 停止服务"),
        r"outofservice|service(hasbeen)?suspended",
    ),
    Meaning(
        Disposition.INVALID_NUMBER,
        _phrases("是空号 号码不存在 号码有误 核对后再拨 查证后再拨 查正后再拨 号码已过期 号码未启用"),
        r"doesn.?texist|doesnotexist|notinuse|check(it|thenumber)",
    ),
    Meaning(
        Disposition.BARRED,
        _phrases("呼入限制 限制呼入 已被限制 开通呼入 呼入业务 限制呼叫"),
        r"barred|incomingcalls?(is|are)restricted",
    ),
    Meaning(Disposition.BUSY, _phrases("正在通话 通话中"), r"subscriber.{0,24}busy|line.{0,8}busy"),
    Meaning(
        Disposition.NO_ANSWER,
        _phrases("无人接听 没有人接听 无人应答 没有应答"),
        r"no(t|one)?answer",
        is_general=True,
    ),
    Meaning(
        Disposition.NETWORK_BUSY,
        _phrases("网络忙 网络繁忙 网络正忙 线路忙 线路繁忙 线路正忙 网络故障"),
        r"network.{0,8}busy|allcircuits",
    ),
    Meaning(Disposition.UNREACHABLE, _phrases("不在服务区"), r"notin(the)?servicearea|outofreach"),
    Meaning(
        Disposition.UNREACHABLE,
        _phrases("无法接通 不能接通 未能接通"),
        r"can(not|.?t)be(connected|reached)",
        is_general=True,
    ),
    Meaning(
        Disposition.DECLINED,
        _phrases("无法接听 不方便接听 不便接听 用户忙 用户正忙 拒绝接听 拒接"),
        r"cannotanswer|isnotavailable",
        is_general=True,
    ),
)
"""In the order in which they are looked for."""

FRAMES = _phrases(
    "您拨打的 您拨叫的 您呼叫的 您所拨打 您所呼叫 拨打的电话 拨打的用户 拨打的号码 呼叫的用户",
    "呼叫的号码 拨叫的用户 请稍后再拨 请您稍后再拨 核对后再拨 查证后再拨 请稍候再拨 短信方式通知",
)
"""Only a network says so."""
ENGLISH_FRAME = r"(subscriber|number)you|dial|pleasetry"
CLOSINGS = _phrases("稍后再拨 后再拨 短信方式通知对方 短信通知")
"""With these the sentence is over, or as good as."""
NEUTRAL = _phrases("正在接通 正在为您接通 正在呼叫 正在转接 正在连接 接通中")
"""What a network says while it goes on trying."""
JOINTS = _phrases("您好 对不起 请 电话 用户 号码 暂时 已开通 已设置 业务 我们将以 现在")
"""Between the phrases."""
