"""``wenhou script draw``: a picture of a script's flow, with its tests or with the calls of a campaign."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from campaign.records import Campaign
from campaign.store import Store
from dialogs.authoring.dialogues_load import load_tests, script_of, tests_beside
from dialogs.authoring.dialogues_run import Taken, all_taken, run_tests
from dialogs.authoring.picture import picture
from dialogs.authoring.picture_calls import calls_of
from dialogs.authoring.versions_used import used_script
from dialogs.loading import load_script
from dialogs.script import Script

_KINDS = (".svg", ".png")


def draw_script(console: Console, name: str, out: Path | None = None) -> int:
    """Draw a script's flow; what its tests go through is solid, the rest dashed.

    Args:
        console: Is told what was written.
        name: Of the script, or its file.
        out: The .svg or .png to write; ``NAME.svg`` in this folder where it is not given.

    Raises:
        ScriptError: The script or its tests can't be read; ``picture_unwritable``.
    """
    script = load_script(script_of(name))
    file = _wanted(out, script.name)
    _write(console, picture(script, _taken(name, script)), file)
    return 0


def draw_calls(
    console: Console, store: Store, campaign: Campaign, kept: Path, name: str = "", out: Path | None = None
) -> int:
    """Draw the script of a campaign with what became of its calls.

    Args:
        console: Is told what was written.
        store: Where the calls are.
        campaign: Whose calls.
        kept: Folder of the scripts that campaigns began with.
        name: Another script to draw them on; empty: the campaign's own, as it was when it was imported.
        out: The .svg or .png to write; ``NAME-任务ID.svg`` in this folder where it is not given.

    Raises:
        ScriptError: The script can't be read; ``picture_unwritable``.
        StoreError: The store can't be read.
    """
    script = load_script(script_of(name)) if name else used_script(campaign, kept).script
    file = _wanted(out, f"{script.name}-任务{campaign.id}")
    if script.version != campaign.script_version:
        console.print(
            f"注意：任务 {campaign.id} 问的是版本 {campaign.script_version}，画的是 {script.name} 的版本 "
            f"{script.version}；对不上的问题没有画。",
            style="yellow", soft_wrap=True, markup=False,
        )  # fmt: skip
    calls = calls_of(store, campaign, script)
    console.print(f"{calls.told}。", soft_wrap=True, markup=False)
    _write(console, picture(script, None, calls), file)
    return 0


def _wanted(out: Path | None, name: str) -> Path:
    wanted = out or Path(f"{name}.svg")
    if wanted.suffix not in _KINDS:
        raise ScriptError("picture_unwritable", f"画不出 {wanted}：文件名要以 .svg 或 .png 结尾。")
    return wanted


def _taken(name: str, script: Script) -> Taken | None:
    """What the tests go through; None where there are no tests."""
    if not tests_beside(name).is_file():
        return None
    return all_taken(list(run_tests(script, load_tests(name, script).tests, dt.date.today())))


def _write(console: Console, drawn: str, file: Path) -> None:
    """Write the picture; says what was written."""
    try:
        told = _written(drawn, file)
    except OSError as error:
        raise ScriptError("picture_unwritable", f"写不了 {file}：{error.strerror}。请换一个位置。") from error
    console.print(told, soft_wrap=True, markup=False)


def _written(drawn: str, file: Path) -> str:
    svg = file.with_suffix(".svg")
    svg.write_text(drawn, encoding="utf-8")
    if file == svg:
        return f"已画好：{svg}（用浏览器打开）"
    if _write_png(drawn, file):
        return f"已画好：{file}，还有 {svg.name}"
    return (
        f"这台电脑没有安装 cairosvg，画不了 PNG（pip install 'wenhou[picture]' 可以装上）；"
        f"已画成 SVG，请用浏览器打开：{svg}"
    )


def _write_png(drawn: str, file: Path) -> bool:
    """Whether it could be written: cairosvg comes with the extra ``picture`` only."""
    try:
        cairosvg = importlib.import_module("cairosvg")
    except (ImportError, OSError):  # OSError: it is there, but its cairo library is not
        return False
    cairosvg.svg2png(bytestring=drawn.encode(), write_to=str(file), scale=2)
    return True
