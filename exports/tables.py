"""Tables for the terminal that stay readable in a narrow window: text is folded, numbers are kept whole."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

_WHOLE = frozenset({"编号", "姓名", "居民", "电话", "号码", "已拨"})
"""Headings of columns whose cells are never broken over lines."""


_WIDE = 120
"""Columns of the window from which a table of many columns reads well."""


def is_narrow(console: Console) -> bool:
    """Whether a table of many columns would be folded beyond reading: tell it in lines."""
    return console.width < _WIDE


def table_of(*headings: str) -> Table:
    """An empty table. Chinese has no spaces to break lines at, so that rich would cut it off."""
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in _WHOLE)
    return table
