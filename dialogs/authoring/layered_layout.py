"""Places boxes and the arrows between them from top to bottom, by how far each is from the start. Pure.

Sugiyama's method, small: a box's layer is its longest distance from the start, labels of arrows have layers
of their own in between, and what passes through a layer keeps a place there. So nothing overlaps, whatever
the widths. The longest way is drawn as one straight column; everything else is on its right, or on its left
where that saves crossings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

BOX_GAP = 36.0
"""Between neighbours in a layer."""
LAYER_GAP = 20.0
"""Between a layer of boxes and one of labels."""
_SWEEPS = 24
_CORNER = 24.0
"""Where no arrow meets a box."""
_ASIDE, _MOST_ASIDE = 0.12, 30.0
"""How much higher the gap is where an arrow goes aside by one pixel; and at most."""
_COLUMN_WEIGHT = 1e6
_LINE_WEIGHT = 16.0
"""How much straighter than boxes the parts of one long arrow want to lie."""

Size = tuple[float, float]
Point = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """Centres of the boxes and of the arrows' labels, and the points of the arrows."""

    boxes: Mapping[str, Point]
    labels: Mapping[Pair, Point]
    arrows: Mapping[Pair, tuple[Point, ...]]
    """From box to box; where neighbours are not above each other there is a curve between them."""
    left: float
    right: float
    bottom: float


@dataclass(eq=False)
class _Cell:
    """A box, or the place where an arrow passes through a layer."""

    layer: int
    size: Size
    name: str = ""
    arrow: Pair | None = None
    is_label: bool = False
    column: bool = False
    """Whether it is part of the straight column."""
    x: float = 0.0
    above: list[_Cell] = field(default_factory=list)
    below: list[_Cell] = field(default_factory=list)

    @property
    def is_box(self) -> bool:
        return self.arrow is None

    def nearest(self, x: float) -> float:
        """Where an arrow that comes from there meets this box."""
        reach = max(0.0, self.size[0] / 2 - _CORNER)
        return min(max(x, self.x - reach), self.x + reach)

    def aim(self) -> tuple[float, float]:
        """Where it wants to be, and how much."""
        if self.column:
            return 0.0, _COLUMN_WEIGHT
        weighted = [
            (other.x, 1.0 if self.is_box or other.is_box else _LINE_WEIGHT)
            for other in (*self.above, *self.below)
        ]
        total = sum(weight for _, weight in weighted)
        return (sum(x * weight for x, weight in weighted) / total, 1.0) if total else (self.x, 1.0)


def arranged(boxes: Mapping[str, Size], arrows: Mapping[Pair, Size], start: str) -> Layout:
    """The layout of a graph without circles.

    Args:
        boxes: Width and height of every box that can be reached from the start, which comes first.
        arrows: Width and height of every arrow's label; (0, 0) without one.
        start: The topmost box.
    """
    layers = _layers(boxes, arrows)
    column = _longest_way(arrows, layers, start)
    cells, chains = _cells(boxes, arrows, layers, column)
    rows = _ordered(cells)
    _place(rows)
    for chain in chains.values():
        any(_straighten(cells, rows) for cells in (chain[1:-1], chain[2:-1]))
    tops, bottom = _tops(rows)
    return _layout(cells, chains, tops, bottom)


def _layers(boxes: Mapping[str, Size], arrows: Mapping[Pair, Size]) -> dict[str, int]:
    """Longest distance from the start; even, so that there is room for labels in between."""
    layers = dict.fromkeys(boxes, 0)
    for _ in boxes:  # after as many rounds as there are boxes nothing changes any more
        for source, target in arrows:
            layers[target] = max(layers[target], layers[source] + 2)
    return layers


def _longest_way(arrows: Mapping[Pair, Size], layers: Mapping[str, int], start: str) -> tuple[str, ...]:
    name = max(layers, key=lambda each: layers[each])
    way = [name]
    while name != start:
        name = next(
            source for source, target in arrows if target == name and layers[source] == layers[name] - 2
        )
        way.append(name)
    return tuple(reversed(way))


def _cells(
    boxes: Mapping[str, Size], arrows: Mapping[Pair, Size], layers: Mapping[str, int], column: Sequence[str]
) -> tuple[list[_Cell], dict[Pair, list[_Cell]]]:
    """All cells, and those of every arrow with its boxes; the column's come first."""
    straight = set(pairwise(column))
    placed = {
        name: _Cell(layers[name], size, name, column=name in column)
        for name, size in sorted(boxes.items(), key=lambda item: item[0] not in column)
    }
    chains: dict[Pair, list[_Cell]] = {}
    for arrow, size in sorted(arrows.items(), key=lambda item: item[0] not in straight):
        first, last = placed[arrow[0]], placed[arrow[1]]
        between = [
            _Cell(layer, size if is_label else (0.0, 0.0), "", arrow, is_label, arrow in straight)
            for layer in range(first.layer + 1, last.layer)
            for is_label in [layer == first.layer + 1]
        ]
        chains[arrow] = [first, *between, last]
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            upper.below.append(lower)
            lower.above.append(upper)
    cells = [*placed.values(), *(cell for chain in chains.values() for cell in chain[1:-1])]
    return cells, chains


# --- the order in a layer -------------------------------------------------------------------------------


def _ordered(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The layers, each from left to right, with as few crossings as a few sweeps find."""
    rows: list[list[_Cell]] = [[] for _ in range(1 + max(cell.layer for cell in cells))]
    for cell in sorted(cells, key=lambda cell: not cell.column):
        rows[cell.layer].append(cell)
    best = [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        order = rows if sweep % 2 == 0 else rows[::-1]
        for before, row in pairwise(order):
            _sort_by_neighbours(row, before, goes_down=sweep % 2 == 0)
        if _crossings(rows) < _crossings(best):
            best = [list(row) for row in rows]
    return best


def _sort_by_neighbours(row: list[_Cell], before: Sequence[_Cell], *, goes_down: bool) -> None:
    place = {cell: index for index, cell in enumerate(before)}
    now = {cell: index for index, cell in enumerate(row)}

    def mean(cell: _Cell) -> float:
        places = [place[other] for other in (cell.above if goes_down else cell.below)]
        return sum(places) / len(places) if places else now[cell]

    row.sort(key=lambda cell: (mean(cell), not cell.column, now[cell]))


def _crossings(rows: Sequence[Sequence[_Cell]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        place = {cell: index for index, cell in enumerate(lower)}
        ends = [(index, place[other]) for index, cell in enumerate(upper) for other in cell.below]
        total += sum(a < c and b > d for a, b in ends for c, d in ends)
    return total


# --- the places -----------------------------------------------------------------------------------------


def _place(rows: Sequence[Sequence[_Cell]]) -> None:
    """Everything as near to below and above its neighbours as the widths allow."""
    for row in rows:
        _spread(row, [(0.0, _COLUMN_WEIGHT if cell.column else 1.0) for cell in row])
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            _spread(row, [cell.aim() for cell in row])


def _straighten(cells: Sequence[_Cell], rows: Sequence[Sequence[_Cell]]) -> bool:
    """Put a long arrow on one line, as far out as it has to be anywhere; False without room for that."""
    x = max((cell.x for cell in cells), key=abs, default=0.0)
    if not all(_has_room(cell, x, rows[cell.layer]) for cell in cells):
        return False
    for cell in cells:
        cell.x = x
    return True


def _has_room(cell: _Cell, x: float, row: Sequence[_Cell]) -> bool:
    place = row.index(cell)
    before, after = row[:place][-1:], row[place + 1 :][:1]
    return all(
        (x - other.x) * side >= (cell.size[0] + other.size[0]) / 2 + BOX_GAP / 2
        for side, others in ((1.0, before), (-1.0, after))
        for other in others
    )


def _spread(row: Sequence[_Cell], aims: Sequence[tuple[float, float]]) -> None:
    """The places nearest to the aims, in weighted squares, at which nothing overlaps.

    Pool adjacent violators: neighbours that come too near move on as one block.
    """
    shifts = [0.0]
    for left, right in pairwise(row):
        shifts.append(shifts[-1] + (left.size[0] + right.size[0]) / 2 + BOX_GAP)
    blocks: list[tuple[float, float, int]] = []  # place, weight, how many
    for (aim, weight), shift in zip(aims, shifts, strict=True):
        blocks.append((aim - shift, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, u, m), (b, v, n) = blocks[-2:]
            blocks[-2:] = [((a * u + b * v) / (u + v), u + v, m + n)]
    places = [place for place, _, count in blocks for _ in range(count)]
    for cell, place, shift in zip(row, places, shifts, strict=True):
        cell.x = place + shift


def _tops(rows: Sequence[Sequence[_Cell]]) -> tuple[list[Size], float]:
    """Top and height of every layer, and the bottom of all; more room where an arrow goes far aside."""
    tops: list[Size] = []
    y = 0.0
    for row in rows:
        height = max(cell.size[1] for cell in row)
        tops.append((y, height))
        aside = max((_aside(cell, other) for cell in row for other in cell.below), default=0.0)
        y += height + LAYER_GAP + min(_MOST_ASIDE, _ASIDE * aside)
    return tops, tops[-1][0] + tops[-1][1]


def _aside(upper: _Cell, lower: _Cell) -> float:
    """How far an arrow goes aside from one layer to the next."""
    start = upper.nearest(lower.x) if upper.is_box else upper.x
    return abs(start - (lower.nearest(start) if lower.is_box else lower.x))


def _layout(
    cells: Sequence[_Cell], chains: Mapping[Pair, Sequence[_Cell]], tops: Sequence[Size], bottom: float
) -> Layout:
    def centre(cell: _Cell) -> Point:
        top, height = tops[cell.layer]
        return _point(cell.x, top + height / 2)

    return Layout(
        boxes={cell.name: centre(cell) for cell in cells if cell.is_box},
        labels={cell.arrow: centre(cell) for cell in cells if cell.arrow and cell.is_label and cell.size[0]},
        arrows={arrow: tuple(_points(chain, tops)) for arrow, chain in chains.items()},
        left=min(cell.x - cell.size[0] / 2 for cell in cells),
        right=max(cell.x + cell.size[0] / 2 for cell in cells),
        bottom=bottom,
    )


def _points(chain: Sequence[_Cell], tops: Sequence[Size]) -> Iterator[Point]:
    """An arrow leaves and enters its boxes as near to where it goes as their widths allow."""
    first, *between, last = chain
    top, height = tops[first.layer]
    yield _point(first.nearest(between[0].x), top + (height + first.size[1]) / 2)
    for cell in between:
        top, height = tops[cell.layer]
        if height:
            yield _point(cell.x, top)
            yield _point(cell.x, top + height)
    top, height = tops[last.layer]
    yield _point(last.nearest(between[-1].x), top + (height - last.size[1]) / 2)


def _point(x: float, y: float) -> Point:
    return round(x, 1), round(y, 1)
