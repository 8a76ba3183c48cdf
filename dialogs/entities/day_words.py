"""Words that name a day by themselves: 昨儿个, 大前天, 双十一. Data only."""

from __future__ import annotations

from campaign.patterns import any_of, compiled


def _spellings(day: str) -> tuple[str, ...]:
    """昨天, 昨儿个, 昨晚, 昨日 …"""
    endings = ("天", "儿个", "儿", "个儿", "日", "晚", "夜", "早", "晨", "朝", "个")
    return tuple(day + ending for ending in (*endings, *(() if "前" in day else _PARTS_OF_DAY)))


_PARTS_OF_DAY = ("午", "上午", "中午", "下午", "傍晚", "半夜", "后晌")
"""昨午, 今上午; not 前下午, which 之前下午 holds."""


RELATIVE = {
    **dict.fromkeys((*_spellings("今"), "刚刚"), 0),
    **dict.fromkeys((*_spellings("昨"), "夜来", "夜个", "夜儿", "夜儿个", "夜隔儿"), 1),
    **dict.fromkeys(_spellings("前"), 2),
    **dict.fromkeys(_spellings("大前"), 3),
    **dict.fromkeys(_spellings("大大前"), 4),
}
"""Words for a day to how many days it lies back."""
RELATIVE_DAY = compiled(f"(?!前个(?:周|星期|礼拜|月))(?:{any_of(RELATIVE)})")
"""Any of them; 前个礼拜三 is a Wednesday."""
FESTIVALS = {
    "双十一": (11, 11),
    "双11": (11, 11),
    "光棍节": (11, 11),
    "四个一": (11, 11),
    "一一九消防": (11, 9),
    "消防日": (11, 9),
    "记者节": (11, 8),
    "双十二": (12, 12),
    "元旦": (1, 1),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
FESTIVE_DAYS = {
    "国庆": (10, 1),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "妇女节": (3, 8),
}
"""What names a day only beside a word that says so: 国庆那天. By itself it is a time of leave."""
HOLIDAYS = {"国庆": (10, 8), "劳动节": (5, 5), "春节": (2, 20), "过年": (2, 20), "元旦": (1, 3),
            "清明": (4, 6), "端午": (6, 20), "中秋": (10, 3), "暑假": (8, 31), "夏天": (8, 31)}  # fmt: skip
"""Times of leave, to about the last day that they can fall on."""
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6,
            "头一天": 0, "第一天": 0, "最末一天": 6, "最后一天": 6}  # fmt: skip
"""As in 礼拜三, to how many days they lie after Monday."""
SATURDAY = 5
