"""Why people should look at a call although it ended in an orderly way; Chinese. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.records import Remark
from dialer.call.transfer import Transferred
from dialogs.machine import Dialog, Outcome


def follow_up_reason(
    dialog: Dialog, transferred: Transferred | None, *, was_cut_short: bool, was_interrupted: bool,
    has_lost_media: bool,
) -> str:  # fmt: skip
    """Empty where the call's disposition says it all.

    Args:
        dialog: The conversation, when the call is over.
        transferred: What became of handing it to a person; None where that was not tried.
        was_cut_short: Somebody answered, no machine, and the conversation did not reach its end.
        was_interrupted: The run was stopped.
        has_lost_media: No sound came any more.
    """
    reason = _of_the_call(
        dialog,
        transferred,
        was_cut_short=was_cut_short,
        was_interrupted=was_interrupted,
        has_lost_media=has_lost_media,
    )
    is_wrong = dialog.outcome in (Outcome.WRONG_NUMBER, Outcome.OPTED_OUT)
    told = {} if is_wrong else dialog.remarks
    beside = (f"{remark.heading}{told[remark]}" for remark in Remark if remark in told)
    return "；".join(filter(None, (reason, *beside)))


def _of_the_call(
    dialog: Dialog, transferred: Transferred | None, *, was_cut_short: bool, was_interrupted: bool,
    has_lost_media: bool,
) -> str:  # fmt: skip
    if dialog.outcome is Outcome.WANTS_PERSON:
        return _WANTS_PERSON[transferred]
    if dialog.outcome is Outcome.COMPLETED:
        return _unanswered(dialog)
    if dialog.outcome is not None:
        return _BY_OUTCOME.get(dialog.outcome, "")
    if not was_cut_short:
        return ""
    if was_interrupted:
        return "拨打被中止，请补问没答到的问题"
    return "通话中声音中断，请补问没答到的问题" if has_lost_media else ""


def is_pressing(dialog: Dialog, transferred: Transferred | None) -> bool:
    """Somebody needs help at once, or asked for a person and got none."""
    if dialog.outcome is Outcome.EMERGENCY:
        return True
    return dialog.outcome is Outcome.WANTS_PERSON and transferred is not Transferred.TAKEN


def _unanswered(dialog: Dialog) -> str:
    """What a completed call did not find out though it had to; empty where it found out all of it."""
    if not dialog.unanswered:
        return ""
    missing = [label for label in dialog.unanswered if label not in dialog.not_known]
    unknown = f"居民答不上{'、'.join(dialog.not_known)}" if dialog.not_known else ""
    unasked = f"没有问到{'、'.join(missing)}" if missing else ""
    doubtful = sum(not slot.is_certain and slot.value is not None for slot in dialog.slots.values())
    more = f"，另有 {doubtful} 项待核实" if doubtful else ""
    return f"{'，'.join(filter(None, (unknown, unasked)))}{more}"


_WANTS_PERSON: Mapping[Transferred | None, str] = {
    None: "本人要求工作人员联系，没有转接",
    Transferred.TAKEN: "已转接工作人员，请登记结果",
    Transferred.REFUSED: "本人要求工作人员联系，转接没有成功",
    Transferred.UNANSWERED: "本人要求工作人员联系，转接没有人接",
    Transferred.BROKEN_OFF: "本人要求工作人员联系，转接途中断开",
}
"""None: there was no number to hand the call to."""
_BY_OUTCOME: Mapping[Outcome, str] = {
    Outcome.CALL_LATER: "本人要求换个时间再打",
    Outcome.GAVE_UP: "接通后没有听到回答",
    Outcome.DECEASED: "家人说本人已去世，请核实、更正名单",
    Outcome.EMERGENCY: "情况紧急，已请居民拨打 120，请马上联系",
}
