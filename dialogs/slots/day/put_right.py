"""A day of the month that is put right keeps its month: 十月二十六，不对，是二十八. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_N = "[一二三四五六七八九十廿]{1,3}"
_PUT_RIGHT = compiled(
    rf"(?P<month>(?:[今去前明]年|二零..年)?{_N}月(?:份的?)?)(?P<wrong>{_N})[号日]?[的吧啊呢]?[,;]?(?:哦|啊|哎|噢|呃|嗯|,)*"
    r"(?:不对|不是|不|错了|[说记讲看]错了|[说记讲]岔了)[,;]*(?:应该)?(?:就?是)?(?:[那,])*"
    rf"(?P<right>{_N})[号日]?(?![月点度口个天])"
)


def put_right(text: str) -> str:
    """The day that was meant, with its month; empty where none was put right.

    >>> put_right("十月二十六,不对,是二十八")
    '十月二十八号'
    """
    found = _PUT_RIGHT.search(text)
    return f"{found['month']}{found['right']}号" if found else ""
