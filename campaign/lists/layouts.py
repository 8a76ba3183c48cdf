"""What the user once said about the columns of a list, kept for the next list that looks the same."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from campaign.errors import ListError
from campaign.lists.choice import NO_CHOICE, ColumnChoice
from campaign.lists.columns import OWN_COLUMNS, Column, plain_heading
from campaign.lists.headers import find_header
from campaign.lists.sheet import Sheet

_MOST_KEPT = 200


def layout_of(sheets: Sequence[Sheet], choice: ColumnChoice = NO_CHOICE) -> str:
    """What a list looks like: the headings of its first table, or how many columns it has. Nobody's data.

    With a choice the row that holds the chosen names is taken for the header, whatever it is else.
    """
    for sheet in sheets:
        if sheet.is_empty or sheet.is_hidden:
            continue
        header = find_header(sheet, 0, choice)
        if header is not None:
            kept = [text for text in map(plain_heading, header.headings) if text not in OWN_COLUMNS]
            while kept and not kept[-1]:
                kept.pop()
            return "|".join(kept)
    width = max((len(sheet.rows[0]) for sheet in sheets if sheet.rows), default=0)
    return f"({width})"


class Layouts:
    """The file that remembers: JSON, a layout to what was said of it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def choice_for(self, layout: str) -> ColumnChoice:
        """What was said of lists that look like this; nothing where nothing was, or the file is broken."""
        told = self._all().get(layout)
        if not isinstance(told, dict):
            return NO_CHOICE
        known = {str(column) for column in Column}
        return ColumnChoice(
            {Column(name): tuple(map(str, named)) for name, named in told.items() if name in known}
        )

    def remember(self, layout: str, choice: ColumnChoice) -> None:
        """Keep what was said; an empty choice is forgotten.

        Raises:
            ListError: ``layouts_folder``: the file cannot be written.
        """
        kept = self._all()
        kept.pop(layout, None)
        if choice:
            kept[layout] = {str(column): list(named) for column, named in choice.headings.items()}
        newest = dict(list(kept.items())[-_MOST_KEPT:])
        try:
            self._write(newest)
        except OSError as error:
            raise ListError(
                "layouts_folder",
                f"记不下列的对应关系：不能写 {self._path}（{error.strerror}）。请检查文件夹的权限。",
            ) from error

    def _all(self) -> dict[str, Any]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, kept: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(".tmp", ".layouts.", self._path.parent)  # mode 0600
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
        Path(name).replace(self._path)
