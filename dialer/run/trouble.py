"""Why a run is stopped although residents are left, as sentences for the people at the screen."""

from __future__ import annotations

import datetime as dt

from campaign.errors import LineError
from dialer.workers.messages import CallEnded

_REFUSALS = frozenset({401, 403, 407})


def refusal(ended: CallEnded) -> LineError | None:
    """The sentence for a trunk that lets no call through; None for failures of other kinds."""
    status = ended.result.cause.sip_status
    if status in _REFUSALS:
        return LineError(
            "trunk_refuses",
            f"线路拒绝呼叫（{status}），已停止拨打。请核对 sip.conf 里 [trunk] 的 username、secret、"
            "fromuser，或请线路服务商确认本机地址已授权。没打的号码都保留着，修好后再运行 wenhou run。",
        )
    if not ended.had_response:
        return LineError(
            "trunk_silent",
            "线路对呼叫没有任何应答，已停止拨打。请检查 sip.conf 里 [trunk] 的 host、port、transport "
            "和网络，可用 wenhou doctor 检查。没打的号码都保留着，修好后再运行 wenhou run。",
        )
    return None


def line_trouble(told: str) -> LineError:
    return LineError(
        "trunk_trouble",
        f"线路大多打不通，已停止拨打（{told.partition('，暂停')[0]}）。请用 wenhou doctor 检查线路，"
        "或联系线路服务商；没打的号码都保留着，恢复后再运行 wenhou run。",
    )


def clock_trouble(now: dt.datetime, last: dt.datetime, zone: dt.tzinfo) -> LineError:
    return LineError(
        "clock_behind",
        f"电脑的时钟是 {now.astimezone(zone):%Y-%m-%d %H:%M}，比上次拨出的时间"
        f"（{last.astimezone(zone):%Y-%m-%d %H:%M}）还早，为免在不该打的时候拨打，已停止。请校准时钟；"
        "时钟没有错的话，运行 wenhou run --trust-clock。",
    )
