"""``wenhou script new | diff | publish``: from a first draft to a version that stays as it is."""

from __future__ import annotations

import datetime as dt
import itertools
from importlib import resources
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.changes import changes
from dialogs.authoring.check_command import check_scripts
from dialogs.authoring.dialogues_load import load_tests, script_of
from dialogs.authoring.test_command import test_scripts
from dialogs.authoring.versions import publish, script_meant
from dialogs.loading import TESTS_SUFFIX, bundled_scripts, load_script, read_draft

EXIT_NOT_PUBLISHED = 1

# --- new ------------------------------------------------------------------------------------------------

_TEMPLATE = "new_script"
_WORDS_OF_YAML = ("null", "true", "false")


def new_script(console: Console, name: str, folder: Path | None = None) -> int:
    """Write a small complete script with its tests, to be changed into another.

    Args:
        console: Is told what was written.
        name: Of the script; its files are named after it.
        folder: Where they go; the current one where it is not given.

    Raises:
        ScriptError: ``script_name_unusable``; ``script_exists``; ``script_unwritable``.
    """
    _check_name(name)
    folder = folder or Path()
    files = {folder / f"{name}{suffix}": _template(suffix, name) for suffix in (".yaml", TESTS_SUFFIX)}
    for file in files:
        if file.exists():
            raise ScriptError("script_exists", f"{file} 已经有了，没有动它；请换一个名字。")
    for file, text in files.items():
        _write_new(file, text)
    script, tests = files
    _tell(console, f"已新建 {script} 和 {tests}。")
    _tell(console, f"照着里面的说明改，改完执行 wenhou script check {script}")
    return 0


def _check_name(name: str) -> None:
    if not name.isidentifier() or name.lower() in _WORDS_OF_YAML:
        raise ScriptError(
            "script_name_unusable",
            f"话术不能叫“{name}”：名字只用字母、数字、下划线或汉字，不以数字开头，不带 .yaml，"
            "例如 flu_survey。",
        )
    if name in bundled_scripts():
        raise ScriptError(
            "script_name_unusable", f"自带的话术已经叫 {name}，录音会弄混；请换一个名字，例如 my_{name}。"
        )


def _template(suffix: str, name: str) -> str:
    file = resources.files("dialogs").joinpath("authoring", _TEMPLATE + suffix)
    return file.read_text(encoding="utf-8").replace(_TEMPLATE, name)


def _write_new(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        raise ScriptError(
            "script_unwritable", f"写不了 {file}：{error.strerror}。请换一个文件夹。"
        ) from error


# --- diff -----------------------------------------------------------------------------------------------


def tell_changes(console: Console, before: str, after: str, folder: Path) -> int:
    """Tell what changed from one script to the other.

    Args:
        console: Gets the changes, by question, slot and closing.
        before: Name, file, or NAME@VERSION of a published version.
        after: Likewise.
        folder: Of the published versions.

    Raises:
        ScriptError: One of them can't be read or has errors.
    """
    old, new = (load_script(script_of(script_meant(each, folder))) for each in (before, after))
    _tell(console, f"{old.name} {old.version} → {new.name} {new.version}")
    found = changes(old, new)
    for place, group in itertools.groupby(found, key=lambda change: change.place):
        _tell(console, place, style="bold")
        for change in group:
            _tell(console, f"  {change.told}")
    if old.version == new.version:
        _tell(console, "两份完全一样。")
    elif not found:
        _tell(console, "问的、说的、听的都一样，只有版本号、注释或写法不同。")
    return 0


# --- publish --------------------------------------------------------------------------------------------


def publish_script(
    console: Console, name: str, folder: Path, at: dt.datetime, around: Surroundings | None = None
) -> int:
    """Check a script, hold its tests and keep it as a version that never changes.

    Args:
        console: Gets the reports of check and tests, and where the version is.
        name: The draft: a file, or a bundled script.
        folder: Of the published versions.
        at: Now, in the zone of the calls.
        around: What to check with.

    Returns:
        1 when the script has errors or one of its tests goes another way.

    Raises:
        ScriptError: There are no tests, or the version can't be used.
    """
    draft_name = script_of(name)
    if check_scripts(console, [draft_name], around):
        _tell(console, "没有发布。", style="red")
        return EXIT_NOT_PUBLISHED
    draft = read_draft(draft_name)
    load_tests(draft_name, draft.script)
    if test_scripts(console, [draft_name], at.date()):
        _tell(console, "没有发布：有测试没有通过，请改话术或改测试。", style="red")
        return EXIT_NOT_PUBLISHED
    version, is_new = publish(draft, folder, at)
    if not is_new:
        _tell(console, f"这份内容已经发布过：{version}，没有再存一份。", style="yellow")
        return 0
    _tell(console, f"已发布 {version}：{version.file}", style="green")
    _tell(console, f"拨打时用这一版：在 sip.conf 的 [dialog] 里写 script = {version.file.resolve()}")
    return 0


def _tell(console: Console, text: str, style: str | None = None) -> None:
    console.print(text, style=style, markup=False, soft_wrap=True)
