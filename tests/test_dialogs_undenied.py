"""All-clears that would leave out what is told, as products of lists; and mirror images, which stand."""

from __future__ import annotations

import re
from itertools import product

from tests.answers import value


def _both_ways(*lists: str) -> list[str]:
    written = ["".join(parts) for parts in product(*(each.split() for each in lists))]
    return sorted({re.sub("，", mark, text) for text in written for mark in ("，", "")})


SICK = (
    _both_ways("没昨天 没前两天 没那么 不经常 不天天 不老", "咳嗽 头疼 喘 发烧")
    + _both_ways("没累着， 没冻着， 没合眼， 没体温计， 没挂上号， 没招谁没惹谁，", "头疼 咳嗽 没劲 拉肚子")
    + _both_ways("咳了 烧了 拉了 吐了", "没几天 没两天 没几次 没多久")
    + _both_ways("刚买了退烧药 喝着止咳糖浆 吃着消炎药", "，不管用 ，没什么用 ，没见好")
    + _both_ways("大夫说是 医院查了是", "肺炎 肠胃炎 支气管炎 甲流", "，没啥大事 ，没开药")
    + _both_ways("老伴没事， 孩子好着呢，", "我可不行 我也不好受 我就不行了")
    + _both_ways("身体 腿脚 记性 听力 视力 睡眠 肠胃 身子骨", "不好 不利索 不太好 差得很 有问题 大不如前")
    + _both_ways("身体 腿脚 胃", "不好 不行了", "，别的没有 ，其他没什么")
)
WELL = (
    _both_ways("没 没有 不", "咳嗽 头疼 喘 发烧")
    + _both_ways("没觉得 没有哪儿 没出现 没有任何 没什么", "不舒服 难受")
    + _both_ways("身体 腿脚 身子骨", "没毛病 挺好 没问题 不错，哪儿都好")
    + ["家里备着退烧药，没用上，没发烧", "大夫说没病", "谁说我身体不好，我好着呢", "药都没用过，没病"]
)
MET = (
    _both_ways("没防护 没戴手套 没打疫苗 没做防护", "接触过 碰过 见过面")
    + _both_ways("没别人， 没几个， 没旁人，", "就一个 就两个")
    + ["不是一个两个", "不光一个"]
)
DENIED_BESIDE_CONTACT = (
    _both_ways(" 我 最近", "没", "买菜 吃饭 做核酸 打疫苗 量体温 看电视 扫码 收快递 打招呼 交电费")
    + _both_ways("没 没有 没怎么", "说话 聊天 吃饭 握手 进屋 说几句话 待多久 聊几句")
    + _both_ways("没", "怎么接触 太接触 接触几次 见几面 见几次 接触多久 接触太久 待一会儿")
)
NEARLY_MET = _both_ways(
    "差点 差点儿 差一点 险些 几乎", "碰上了 就碰上了 碰到了 接触了 遇上了 见面了 成了密接"
)
GONE = (
    _both_ways("没去过 没跑过 没去 没跑 没出去 没出过 最近没去过", "几个地方 几趟 几次 多少地方 两趟")
    + _both_ways("没告诉 没通知 没惊动", "家里 孩子 单位 社区", "就去了外地 我出差了 就回老家了")
    + _both_ways("没跟 没和 没向", "家里 孩子 领导", "说就去了外地 请假就出差了 提过去外地")
    + _both_ways("没让", "家里 单位 邻居", "知道我回老家了 知道就出差了")
    + ["没告诉我去外地了", "没几趟", "没去太久"]
)
NOT_MET = [
    *_both_ways("没跟病人 没和确诊的 没 没有 从来没有", "接触过 碰过 见过面"),
    "跟我们不是一个单元，没见过",
    *_both_ways("没 没有", "跟人说话 跟谁吃饭 见人 见谁 跟外人来往 认识的人阳"),
    *_both_ways("没", "出门 出去 去人多的地方 那回事 这种情况 那机会 一个 中招 赶上"),
    "活人都没见几个",
]
STAYED = [
    *_both_ways("没", "去过 去过哪 去过什么地方 跑一趟 去过一次 去过外地 出去几步 让出京 跟团去旅游"),
    *_both_ways("门都没出", "几次 几趟"),
    "没去过几个地方，都没出京",
    "没人让我去外地",
]


def test_what_is_felt_is_not_recorded_as_none() -> None:
    assert [answer for answer in SICK if value("symptoms", answer) == []] == []


def test_all_clears_stand() -> None:
    assert [answer for answer in WELL if value("symptoms", answer) != []] == []


def test_whom_somebody_met_is_not_recorded_as_none() -> None:
    assert [answer for answer in MET if value("contact", answer) is False] == []


def test_what_denies_no_contact_is_not_recorded_as_none() -> None:
    assert [answer for answer in DENIED_BESIDE_CONTACT if value("contact", answer) is False] == []


def test_whom_somebody_nearly_met_is_no_contact() -> None:
    assert [answer for answer in NEARLY_MET if value("contact", answer) is True] == []
    met = _both_ways("差不多天天 几乎天天 几乎每天 每天 每天都 每周", "接触 碰面 见面")
    assert [answer for answer in met if value("contact", answer) is False] == []


def test_journeys_are_not_recorded_as_none() -> None:
    assert [answer for answer in GONE if value("travel", answer) is False] == []


def test_that_nobody_went_away_stands() -> None:
    assert [answer for answer in STAYED if value("travel", answer) is True] == []
    plain = [answer for answer in STAYED if value("travel", answer) is not False]
    assert len(plain) <= 4, plain


def test_that_nobody_was_met_stands() -> None:
    assert [answer for answer in NOT_MET if value("contact", answer) is not False] == []


def test_what_is_no_answer_is_none() -> None:
    said = [*_both_ways("没", "梳头 离婚 穿裙子"), "有没有人", "我这干活呢"]
    assert [answer for answer in said if value("symptoms", answer) is not None] == []


def test_a_verdict_after_a_list_denies_all_of_it() -> None:
    lists = "发烧咳嗽乏力， 发烧、咳嗽， 咳嗽，发烧，乏力，"
    verdicts = "这仨一个没有 这几样哪样都没有 您说的这些哪样都没找上我 这几个都没沾上 哪个都没有"
    said = ["".join(parts) for parts in product(lists.split(), verdicts.split())]
    assert [answer for answer in said if value("symptoms", answer) not in ([], None)] == []
    but = [f"{answer}，就是鼻子不通" for answer in said]
    assert [answer for answer in but if value("symptoms", answer) not in (["鼻塞流涕"], None)] == []
