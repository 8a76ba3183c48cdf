"""The command line as a whole: every command is found, and for each no more is loaded than it needs."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

import cli


def names(parser: argparse.ArgumentParser) -> set[str]:
    action = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return set(action.choices)


ALL = sorted(names(cli.parser_for("")))


@pytest.mark.parametrize("name", ALL)
def test_a_command_is_there_when_it_is_asked_for(name: str) -> None:
    assert name in names(cli.parser_for(name))
    assert names(cli.parser_for(name)) < set(ALL)


def test_what_is_no_command_is_refused_with_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.main(["暂停"])
    assert refused.value.code == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ALL)


def test_looking_at_calls_loads_neither_telephone_nor_recogniser() -> None:
    heavy = ("pjsua2", "ctranslate2", "vosk", "dialer.call.session", "asr.models")
    told = f"import cli, sys; cli.parser_for('calls'); print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
