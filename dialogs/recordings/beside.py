"""What lies beside a script file and belongs to it."""

from __future__ import annotations

from pathlib import Path

from dialogs.speech.prompts import LIST_FILE


def recordings_beside(script_file: str | Path, script_name: str) -> tuple[Path, ...]:
    """The folder with the script's own recordings: ``flu/prompts.tsv`` beside ``flu.yaml``; none: empty.

    Args:
        script_file: The script's file, or the name of a bundled script, whose recordings are found anyway.
        script_name: What the script calls itself.
    """
    folder = Path(script_file).parent / script_name
    is_named = Path(script_file).suffix in (".yaml", ".yml") and script_name not in ("", ".", "..")
    return (folder,) if is_named and (folder / LIST_FILE).is_file() else ()
