"""Charts as inline SVG: narrow enough for a telephone, plain enough for a black-and-white print. Pure.

Every chart says its numbers as text beside the shapes; colours come from the page's style sheet by class.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 360
"""Units of the drawing, which are pixels on a telephone held upright."""
_ROW = 26
_LABEL = 112
_VALUE = 84
_LONGEST_LABEL = 8


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart."""

    label: str
    count: int | None
    """None: held back."""
    tone: str = "plain"
    """Class of the style sheet."""
    note: str = ""
    """Behind the count: a share."""


@dataclass(frozen=True)
class Line:
    """One measure over days."""

    label: str
    shares: tuple[float | None, ...]
    """0..1 for each day; None: not known, or held back."""
    tone: str


def bars(bars_: Sequence[Bar], title: str) -> str:
    """Horizontal bars, one below the other."""
    most = max((bar.count or 0 for bar in bars_), default=0) or 1
    height = _ROW * len(bars_) + 4
    room = WIDTH - _LABEL - _VALUE
    return _svg(height, title, "".join(_bar(bar, y * _ROW + 2, room, most) for y, bar in enumerate(bars_)))


def _bar(bar: Bar, top: int, room: int, most: int) -> str:
    length = round(room * (bar.count or 0) / most, 1)
    middle = top + 16
    told = "*" if bar.count is None else f"{bar.count}{f'（{bar.note}）' if bar.note else ''}"
    label = bar.label if len(bar.label) <= _LONGEST_LABEL else bar.label[: _LONGEST_LABEL - 1] + "…"
    return (
        f"<g><title>{escape(bar.label)}：{escape(told)}</title>"
        f'<text x="{_LABEL - 8}" y="{middle}" class="end">{escape(label)}</text>'
        f'<rect x="{_LABEL}" y="{top + 4}" width="{length}" height="16" rx="2" class="{bar.tone}"/>'
        f'<text x="{_LABEL + length + 6}" y="{middle}" class="count">{escape(told)}</text></g>'
    )


def stacked(parts: Sequence[Bar], title: str) -> str:
    """One bar of parts that make a whole, with a legend below."""
    whole = sum(part.count or 0 for part in parts) or 1
    x, pieces = 0.0, []
    for part in parts:
        width = WIDTH * (part.count or 0) / whole
        if width:
            pieces.append(
                f'<rect x="{x:.1f}" y="2" width="{width:.1f}" height="26" class="{part.tone} edge"/>'
            )
        x += width
    columns = 2
    for index, part in enumerate(parts):
        left, top = (index % columns) * (WIDTH // columns), 40 + (index // columns) * 22
        told = "*" if part.count is None else f"{part.count}（{part.count / whole:.0%}）"
        pieces.append(
            f'<rect x="{left}" y="{top}" width="12" height="12" rx="2" class="{part.tone} edge"/>'
            f'<text x="{left + 18}" y="{top + 11}">{escape(part.label)} {told}</text>'
        )
    return _svg(44 + math.ceil(len(parts) / columns) * 22, title, "".join(pieces))


_LEFT, _RIGHT, _TOP, _PLOT = 38, 12, 8, 150


def lines(days: Sequence[dt.date], lines_: Sequence[Line], title: str) -> str:
    """Shares over days; the distance between points is that between the days."""
    top_share = _round_up(max((share or 0 for line in lines_ for share in line.shares), default=0))
    first, span = days[0], max((days[-1] - days[0]).days, 1)
    right = WIDTH - _LEFT - _RIGHT

    def x(day: dt.date) -> float:
        return _LEFT + right * ((day - first).days / span if len(days) > 1 else 0.5)

    def y(share: float) -> float:
        return _TOP + _PLOT * (1 - share / top_share)

    drawn = [_grid_line(y(top_share * step / 4), top_share * step / 4) for step in range(5)]
    drawn += [
        f'<text x="{x(day):.1f}" y="{_TOP + _PLOT + 18}" class="{where}">{day:%m-%d}</text>'
        for day, where in _told_days(days)
    ]
    for index, line in enumerate(lines_):
        points = [(x(d), y(s), s) for d, s in zip(days, line.shares, strict=True) if s is not None]
        path = " ".join(f"{left:.1f},{down:.1f}" for left, down, _ in points)
        drawn.append(f'<polyline points="{path}" class="line {line.tone} dash{index}"/>')
        drawn += [
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" class="{line.tone} edge"><title>{escape(line.label)} '
            f"{share:.1%}</title></circle>"
            for a, b, share in points
        ]
        drawn.append(_legend(line, index, len(lines_)))
    return _svg(_TOP + _PLOT + 52, title, "".join(drawn))


def _legend(line: Line, index: int, count: int) -> str:
    left, top = index * (WIDTH // count), _TOP + _PLOT + 36
    return (
        f'<line x1="{left}" x2="{left + 22}" y1="{top}" y2="{top}" class="line {line.tone} dash{index}"/>'
        f'<text x="{left + 28}" y="{top + 5}">{escape(line.label)}</text>'
    )


def _grid_line(down: float, share: float) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{down:.1f}" y2="{down:.1f}" class="grid"/>'
        f'<text x="{_LEFT - 6}" y="{down + 4:.1f}" class="end small">{share:.0%}</text>'
    )


def _told_days(days: Sequence[dt.date]) -> list[tuple[dt.date, str]]:
    """At most four of the days, the first and the last among them, and how each is aligned."""
    if len(days) == 1:
        return [(days[0], "middle small")]
    span = (days[-1] - days[0]).days
    told = [(days[0], "small")]
    for share in (1 / 3, 2 / 3):
        near = min(days, key=lambda day: abs((day - days[0]).days - span * share))
        apart = span * 0.2
        if (near - told[-1][0]).days >= apart and (days[-1] - near).days >= apart:
            told.append((near, "middle small"))
    return [*told, (days[-1], "end small")]


def _round_up(share: float) -> float:
    return next((top for top in (0.04, 0.08, 0.2, 0.4, 0.6, 0.8) if share <= top), 1.0)


def _svg(height: float, title: str, inside: str) -> str:
    label = escape(title, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{inside}</svg>'
