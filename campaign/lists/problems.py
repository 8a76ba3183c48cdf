"""What is wrong with a list: the kinds of problems, and what to do about each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaign.phones import LACKS_AREA_CODE
from campaign.records import ListProblem

SUGGESTIONS: Mapping[str, str] = {
    "no_phone": "补上手机号或带区号的固定电话；没有电话的上门询问",
    "bad_phone": "核对后改成 11 位手机号或带区号的固定电话",
    "service_number": "换成居民自己的号码",
    "not_residents": "换成居民本人或家人的号码；确实是居民的，删掉旁边的说明",
    "disused": "换成现在用的号码；仍在用的，删掉旁边的说明或删除线",
    "do_not_call": "不要再打电话，确有必要时上门说明",
    "not_to_call": "核对情况；还要拨打的，改掉备注再导入",
    "duplicate": "同一个人只留一行，不用改",
    "known": "以前导入过，不用改；要再打一次，去掉 --new-only 再导入",
    "not_a_resident": "是标题、合计或说明，不用改",
    "hidden_row": "不想拨打的，在表里删掉，或导入时加 --visible-only",
    "partly_bad": "其余号码照打；要加打这个号码，在名单里改好",
    "shared_number": "不用改；号码抄错了的，在名单里改好",
    "no_name": "补上姓名，通话里才好称呼",
    "bad_id_number": "核对身份证号；不影响拨打",
    "changed_hands": "核对号码现在是谁的",
    "sheet_not_read": "里面有要拨打的居民时，把这张表取消隐藏或改名再导入",
}
"""What people do best, by the kind of problem."""

LABELS: Mapping[str, str] = {
    "no_phone": "没有电话",
    "bad_phone": "号码不对",
    "service_number": "服务号码",
    "not_residents": "不是居民的号码",
    "disused": "号码已停用",
    "do_not_call": "免打扰",
    "not_to_call": "不宜拨打",
    "duplicate": "重复",
    "known": "以前导入过",
    "not_a_resident": "不是居民",
    "hidden_row": "隐藏的行",
    "partly_bad": "有号码没用",
    "shared_number": "几人同号",
    "no_name": "没有姓名",
    "bad_id_number": "身份证号有误",
    "changed_hands": "号码换了人",
    "sheet_not_read": "没有读的工作表",
}

_MENDABLE = frozenset({"no_phone", "bad_phone", "service_number", "not_residents", "disused"})


def is_mendable(problem: ListProblem) -> bool:
    """Whether the row was left out for its number: somebody who is not asked until people see to it."""
    return not problem.is_imported and problem.kind in _MENDABLE


def suggestion(problem: ListProblem) -> str:
    """What to do about a problem, in Chinese; more exact where the reason tells more."""
    if problem.kind == "bad_phone":
        return _for_bad_phone(problem.reason)
    return SUGGESTIONS.get(problem.kind, "核对后改好再导入")


def _for_bad_phone(reason: str) -> str:
    if LACKS_AREA_CODE in reason:
        return "在号码前加上区号，如 010-62345678；或在 sip.conf 的 [trunk] 里写 area_code"
    if "科学计数法" in reason:
        return "把这一列设为“文本”，重新填写完整号码"
    if "星号" in reason:
        return "向提供名单的人要完整号码"
    if count := re.search(r"应为 11 位，这里是 (\d+) 位", reason):
        return "少了数字，问到完整号码再填" if int(count[1]) < 11 else "多了数字，核对后改成 11 位"
    if "身份证号" in reason:
        return "这里填的是身份证号，改成电话号码"
    return SUGGESTIONS["bad_phone"]
