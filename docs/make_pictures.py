"""Make the pictures of the READMEs from a demonstration: ``python docs/make_pictures.py output/demo``.

The terminal is drawn as it stood at a moment when most lines were talking, from the store's own events; the
sheet is the workbook as LibreOffice renders it (needs soffice and pdftoppm).
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import re
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console

from campaign.records import CallAttempt, CallResult
from campaign.store import Progress, Store
from dialer.run.board import Board
from dialer.run.screen import Screen

PICTURES = Path(__file__).parent / "pictures"
COLUMNS = 100
LINES = 10


def busiest_moment(attempts: list[CallAttempt]) -> dt.datetime:
    """When most calls had been talking for a while."""
    moments = [a.answered_at + dt.timedelta(seconds=25) for a in attempts if a.answered_at]
    return max(moments, key=lambda at: sum(_is_talking(attempt, at) for attempt in attempts))


def _is_talking(attempt: CallAttempt, at: dt.datetime) -> bool:
    return bool(attempt.answered_at and attempt.ended_at and attempt.answered_at < at < attempt.ended_at)


def board_at(store: Store, at: dt.datetime) -> tuple[Board, Progress]:
    """The board as the runner's observer would have left it at a time."""
    standings = store.standings(1)
    names = {standing.resident.id: standing.resident for standing in standings}
    board = Board(len(standings), LINES)
    for attempt in store.attempts(1):
        if attempt.dialled_at > at:
            continue
        board.line_taken(attempt, names[attempt.resident_id], attempt.line, attempt.dialled_at)
        for event in store.events(attempt.id):
            if event.at <= at:
                board.call_reported(event)
        if attempt.ended_at and attempt.ended_at <= at and attempt.disposition:
            grade = next(s.grade for s in standings if s.resident.id == attempt.resident_id)
            board.call_ended(
                attempt, CallResult(attempt.id, attempt.disposition, attempt.ended_at, grade=grade)
            )
    dialled = {a.resident_id for a in store.attempts(1) if a.dialled_at <= at}
    done = len(board.call_seconds)
    busy = board.busy_lines
    total = len(standings)
    progress = Progress(
        total=total, pending=total - len(dialled), in_call=busy, waiting=len(dialled) - busy - done,
        follow_up=0, done=done, next_due_at=None,
    )  # fmt: skip
    return board, progress


def draw_terminal(folder: Path) -> None:
    with Store.open(folder / "wenhou.db") as store:
        at = busiest_moment(store.attempts(1))
        board, progress = board_at(store, at)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    screen = Screen(board, lambda: progress, console, clock=lambda: at)
    console.print(screen.picture())
    svg = console.export_svg(title="wenhou demo")
    # No fonts from the network: the viewer's own monospaced ones will do.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "Noto Sans Mono CJK SC, Sarasa Mono SC, Microsoft YaHei Mono")
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8")


def draw_sheet(folder: Path) -> None:
    (workbook,) = folder.glob("*.xlsx")
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch, str(workbook)],
            check=True, capture_output=True,
        )  # fmt: skip
        (pdf,) = Path(scratch).glob("*.pdf")
        subprocess.run(
            ["pdftoppm", "-r", "150", "-f", "1", "-singlefile", "-png", str(pdf), str(PICTURES / "sheet")],
            check=True,
        )
        _draw_summary(pdf)


def _draw_summary(pdf: Path) -> None:
    """The page with the charts: the first that begins with the table 概况."""
    told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    page = next(number for number, text in enumerate(told.split("\f"), 1) if "概况" in text[:200])
    subprocess.run(
        ["pdftoppm", "-r", "100", "-f", str(page), "-l", str(page), "-y", "40", "-H", "860", "-W", "827",
         "-x", "0", "-singlefile", "-png", str(pdf), str(PICTURES / "summary")],
        check=True,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of a finished demonstration")
    folder = parser.parse_args().folder
    PICTURES.mkdir(exist_ok=True)
    draw_terminal(folder)
    draw_sheet(folder)


if __name__ == "__main__":
    main()
