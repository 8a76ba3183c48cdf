"""Short answers that name a day, for recognisers to expect. Pure: today is an argument."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.entities.dates import month_before
from dialogs.language.numerals import spell


def date_phrases(today: date) -> tuple[str, ...]:
    """Short answers that name a day of the last weeks, for recognisers to expect."""
    days = [f"{spell(number)}号" for number in range(1, 32)]
    last_month = month_before(today.year, today.month)[1]
    recent = [today - timedelta(days=back) for back in range(46)]
    return (
        *("今天", "昨天", "前天", "大前天"),
        *(f"{week}{unit}{day}" for week in ("", "上") for unit in ("周", "星期") for day in "一二三四五六日"),
        *days,
        *(f"上个月{day}" for day in days),
        *(
            f"{spell(day.month)}月{spell(day.day)}号"
            for day in recent
            if day.month in (today.month, last_month)
        ),
        *(f"{spell(number)}天前" for number in range(2, 15)),
    )
