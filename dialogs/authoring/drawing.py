"""Shapes and Chinese text as SVG, with the standard library alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree

FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"
)
_NARROW, _CAPITAL = 0.56, 0.7
"""Widths of Latin letters in ems, rather too much than too little."""
_NEVER_FIRST = frozenset("，。、；：？！”’）》…,.;:?!)")
_DASHES = "7 5"

Point = tuple[float, float]


def text_width(text: str, size: float) -> float:
    """Estimated width in pixels; a Chinese character is one em wide."""
    return size * sum(_ems(character) for character in text)


def _ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return _CAPITAL if character.isupper() else _NARROW


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """At most so many lines, none wider than ``width``; what does not fit is cut off with “…”."""
    lines = [""]
    for character in text:
        fits = text_width(lines[-1] + character, size) <= width
        if fits or not lines[-1]:
            lines[-1] += character
        elif character in _NEVER_FIRST and len(lines[-1]) > 1:
            lines[-1], carried = lines[-1][:-1], lines[-1][-1]
            lines.append(carried + character)
        else:
            lines.append(character)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip("，。、；：") + "…"]


class Drawing:
    """An SVG that is put together shape by shape; the same shapes always give the same text."""

    def __init__(self) -> None:
        self._root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
        self._parents = [self._root]
        definitions = ElementTree.SubElement(self._root, "defs")
        self._definitions = definitions

    def _add(self, tag: str, **attributes: object) -> ElementTree.Element:
        named = {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
        return ElementTree.SubElement(self._parents[-1], tag, named)

    def rectangle(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        fill: str,
        stroke: str,
        radius: float = 10.0,
    ) -> None:
        self._add(
            "rect", x=left, y=top, width=width, height=height, rx=radius, fill=fill, stroke=stroke,
            stroke_width=1.5,
        )  # fmt: skip

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        anchor: str = "start",
        *,
        bold: bool = False,
    ) -> None:
        """``y`` is the middle of the line, whatever the font."""
        weight = {"font_weight": "bold"} if bold else {}
        at = {"x": x, "y": y + 0.36 * size}
        self._add("text", **at, font_size=size, fill=colour, text_anchor=anchor, **weight).text = text

    def tooltip(self, text: str) -> None:
        """Shown by browsers while the pointer is on the shape that was drawn last."""
        ElementTree.SubElement(self._parents[-1][-1], "title").text = text

    def arrow(
        self, points: Sequence[Point], colour: str, width: float = 1.6, *, dashed: bool = False
    ) -> None:
        """From point to point, with a head."""
        *before, (x, y) = points
        head = 5.0 + width
        path = _path([*before, (x, y - head)])
        dashes = {"stroke_dasharray": _DASHES} if dashed else {}
        self._add("path", d=path, fill="none", stroke=colour, stroke_width=width, **dashes)
        corners = ((x, y), (x - 0.6 * head, y - 1.3 * head), (x + 0.6 * head, y - 1.3 * head))
        self._add("polygon", points=" ".join(f"{_number(a)},{_number(b)}" for a, b in corners), fill=colour)

    def line(
        self, start: Point, end: Point, colour: str, width: float = 1.6, *, dashed: bool = False
    ) -> None:
        dashes = {"stroke_dasharray": _DASHES} if dashed else {}
        (a, b), (c, d) = start, end
        self._add("line", x1=a, y1=b, x2=c, y2=d, stroke=colour, stroke_width=width, **dashes)

    def written(self, left: float, top: float, width: float, height: float) -> str:
        """The SVG, showing this part of the plane on white."""
        view = " ".join(_number(value) for value in (left, top, width, height))
        self._root.attrib |= {
            "viewBox": view, "width": _number(width), "height": _number(height), "font-family": FONTS,
        }  # fmt: skip
        ground = {"x": left, "y": top, "width": width, "height": height}
        self._root.insert(
            0, ElementTree.Element("rect", {k: _number(v) for k, v in ground.items()} | {"fill": "#ffffff"})
        )
        ElementTree.indent(self._root)
        return ElementTree.tostring(self._root, encoding="unicode") + "\n"


def _path(points: Sequence[Point]) -> str:
    """From point to point; what does not lie below is reached by a curve that begins and ends upright."""
    (x, y), *_ = points
    pieces = [f"M{_number(x)} {_number(y)}"]
    for (a, b), (c, d) in pairwise(points):
        if a == c:
            pieces.append(f"L{_number(c)} {_number(d)}")
            continue
        middle = (b + d) / 2
        curve = ((a, middle), (c, middle), (c, d))
        pieces.append("C" + " ".join(f"{_number(p)} {_number(q)}" for p, q in curve))
    return "".join(pieces)


def _written(value: object) -> str:
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
