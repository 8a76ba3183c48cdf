"""Native charts beside small tables: what the spreadsheet program draws itself and prints sharply.

A chart refers to the cells of its table, so it follows when somebody changes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from openpyxl.chart import BarChart, DoughnutChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import DataPoint, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

ROWS_OF_CHART = 14
"""Rows of a sheet of small tables that a chart takes."""
_HEIGHT_CM = 9.6
_WIDTH_CM = 16.5
_GREY_LINE = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9", w=6350))
_TEXT_COLOUR = "404040"

BLUE, GREEN, YELLOW, RED, GREY, PURPLE = "4472C4", "70AD47", "F2C037", "D64550", "A6A6A6", "8064A2"


class ChartKind(Enum):
    """How a table is drawn."""

    BARS = "bars"
    """Horizontal bars, the first row on top."""
    STACKED = "stacked"
    """Horizontal bars of several parts, one for each column."""
    DOUGHNUT = "doughnut"
    LINE = "line"


@dataclass(frozen=True)
class Chart:
    """Which columns of a small table are drawn, and how. The first column names the rows."""

    title: str
    kind: ChartKind
    columns: tuple[int, ...]
    """From 0."""
    colours: tuple[str, ...]
    """Of each column; of each row for a doughnut."""
    most_rows: int = 20
    """Of more rows only the first are drawn."""
    number_format: str = "0"
    highest: float | None = None
    """Where the axis of the values ends; None: as the program finds right."""


def place_chart(sheet: Worksheet, chart: Chart, top: int, corner: str, rows: int) -> None:
    """Draw a table whose title stands in row ``top``, its headings below.

    Args:
        sheet: Holds the table from its first column on.
        chart: What to draw.
        top: Row of the table's title.
        corner: Cell at which the chart begins: J3.
        rows: Of the table, without its headings.
    """
    first, last = top + 2, top + 1 + min(rows, chart.most_rows)
    drawn = _DRAWERS[chart.kind]()
    names = Reference(sheet, min_col=1, min_row=first, max_row=last)
    for index in chart.columns:
        values = Reference(sheet, min_col=index + 1, min_row=first, max_row=last)
        heading = sheet.cell(top + 1, index + 1)
        series = Series(values, title=None)
        series.tx = _title_from(sheet, heading.coordinate)
        drawn.series.append(series)
    drawn.set_categories(names)
    drawn.title = chart.title
    drawn.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters(1200, is_bold=True))
    for run in drawn.title.tx.rich.p[0].r:
        run.rPr = _letters(1200, is_bold=True)
    drawn.title.overlay = False
    if chart.kind is not ChartKind.DOUGHNUT:
        drawn.y_axis.number_format, drawn.y_axis.scaling.max = chart.number_format, chart.highest
    drawn.height, drawn.width = _HEIGHT_CM, _WIDTH_CM
    frame = LineProperties(solidFill="D9D9D9")
    drawn.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=frame)
    drawn.roundedCorners = False
    _colour(drawn, chart, last - first + 1)
    sheet.add_chart(drawn, corner)


def _title_from(sheet: Worksheet, coordinate: str) -> SeriesLabel:
    return SeriesLabel(strRef=StrRef(f"{quote_sheetname(sheet.title)}!{coordinate}"))


def _bars() -> BarChart:
    chart = BarChart()
    chart.type, chart.gapWidth = "bar", 45
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.y_axis.crosses = "max"
    _set_axes(chart)
    chart.legend = None
    chart.dataLabels = _labels()
    return chart


def _stacked() -> BarChart:
    chart = _bars()
    chart.grouping, chart.overlap = "stacked", 100
    chart.legend = Legend(legendPos="b")
    chart.dataLabels = None
    return chart


def _doughnut() -> DoughnutChart:
    chart = DoughnutChart(holeSize=55)
    chart.legend.position = "r"
    chart.dataLabels = _labels()
    return chart


def _line() -> LineChart:
    chart = LineChart()
    _set_axes(chart)
    chart.legend.position = "b"
    return chart


_DRAWERS = {
    ChartKind.BARS: _bars,
    ChartKind.STACKED: _stacked,
    ChartKind.DOUGHNUT: _doughnut,
    ChartKind.LINE: _line,
}


def _set_axes(chart: BarChart | LineChart) -> None:
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl leaves it open, and programs then hide the axis
        axis.title = None
        axis.graphicalProperties = _GREY_LINE
        axis.txPr = _small_text()
    chart.x_axis.majorTickMark = "none"
    chart.y_axis.majorTickMark = "none"
    chart.y_axis.majorGridlines.spPr = _GREY_LINE
    chart.y_axis.number_format = "0"
    chart.y_axis.scaling.min = 0


def _letters(size: int, *, is_bold: bool = False) -> CharacterProperties:
    font = Font(typeface="微软雅黑")
    return CharacterProperties(sz=size, b=is_bold, solidFill=_TEXT_COLOUR, latin=font, ea=font)


def _small_text() -> RichText:
    properties = ParagraphProperties(defRPr=_letters(900))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_letters(900))])


def _labels() -> DataLabelList:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _small_text()
    return labels


def _colour(drawn: BarChart | LineChart | DoughnutChart, chart: Chart, rows: int) -> None:
    if chart.kind is ChartKind.DOUGHNUT:
        drawn.series[0].data_points = [_point(index, chart.colours) for index in range(rows)]
        return
    for series, colour in zip(drawn.series, chart.colours, strict=False):
        if chart.kind is ChartKind.LINE:
            series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=28575))
            series.smooth = False
            series.marker.symbol = "circle" if rows <= 15 else "none"
            series.marker.size = 5
            series.marker.graphicalProperties = GraphicalProperties(
                solidFill=colour, ln=LineProperties(solidFill=colour)
            )
        else:
            series.graphicalProperties = GraphicalProperties(solidFill=colour)
            series.invertIfNegative = False


def _point(index: int, colours: Sequence[str]) -> DataPoint:
    point = DataPoint(idx=index)
    point.graphicalProperties = GraphicalProperties(
        solidFill=colours[index % len(colours)], ln=LineProperties(solidFill="FFFFFF")
    )
    return point
