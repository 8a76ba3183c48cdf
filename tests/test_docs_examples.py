"""The guide to writing scripts, docs/scripts.zh-CN.md, and its examples do what they say."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from dialogs.authoring.check_command import check_scripts
from dialogs.authoring.dialogues_load import load_tests, read_tests
from dialogs.authoring.dialogues_run import all_taken, everything, run_tests
from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.understanding.phrases import phrases_for
from dialogs.understanding.single_answer import read_answer
from tests.test_dialogs_schema import SCHEMA, as_json, faults

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "scripts.zh-CN.md").read_text(encoding="utf-8")
FIRST = DOCS / "examples" / "water_notice.yaml"
EXAMPLES = [FIRST, DOCS / "examples" / "vaccination_reminder.yaml"]
DAY = dt.date(2026, 11, 23)
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


def is_of_tests(snippet: str) -> bool:
    return "测试" in as_json(snippet)


# --- the examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_nothing_is_to_be_said_about_an_example(file: Path) -> None:
    screen = io.StringIO()
    assert check_scripts(Console(file=screen), [file]) == 0
    assert screen.getvalue() == "检查了 1 个话术，没有发现问题。\n"


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_conversations_of_an_example_go_as_written_and_every_way(file: Path) -> None:
    script = load_script(file)
    results = list(run_tests(script, load_tests(file, script).tests, DAY))
    assert [result.failure for result in results if result.failure] == []
    assert all_taken(results) == everything(script)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_phrase_of_an_example_means_something(file: Path) -> None:
    script = load_script(file)
    meaningless = [
        (state.name, phrase)
        for state in script.states.values()
        if not state.confirms  # a bare denial is read by the confirmation itself
        for phrase in phrases_for(script, state, DAY)
        if not means_something(script, state.name, phrase)
    ]
    assert meaningless == []


def means_something(script: Script, question: str, phrase: str) -> bool:
    read = read_answer(script, question, phrase, DAY)
    return bool(read.intent) or script.states[question].slot in read.values


# --- the guide ----------------------------------------------------------------------------------------


def test_first_script_of_the_guide_is_the_one_in_the_folder() -> None:
    tests = FIRST.with_suffix(".tests.yaml")
    assert [file.read_text(encoding="utf-8") for file in (FIRST, tests)] == SNIPPETS[:2]


@pytest.mark.parametrize("snippet", [each for each in SNIPPETS if not is_of_tests(each)])
def test_script_in_the_guide_suits_the_schema(snippet: str) -> None:
    for key, part in as_json(snippet).items():
        assert list(faults(part, SCHEMA["properties"][key], key)) == []


@pytest.mark.parametrize("snippet", [each for each in SNIPPETS[2:] if is_of_tests(each)])
def test_dialogues_in_the_guide_go_as_written(snippet: str) -> None:
    script = load_script(EXAMPLES[1])
    tests = read_tests("scripts.zh-CN.md", snippet.encode(), script).tests
    assert [result.failure for result in run_tests(script, tests, DAY) if result.failure] == []


def keys_of(schema: Any) -> set[str]:
    """Every key that a script may have anywhere."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())) | set().union(*map(keys_of, schema.values()), ())


def test_every_key_is_told_of_in_the_guide() -> None:
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", GUIDE))))
    assert keys_of(SCHEMA) - told == set()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", GUIDE))))
def test_links_of_the_guide_lead_somewhere(target: str) -> None:
    path, _, heading = target.partition("#")
    assert (DOCS / path).exists()
    titles = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title).replace(" ", "-").lower() for title in titles}
    assert path or heading in anchors


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("go: done", "go: don"),
        ("    values:", "    value:"),
        ("    label: 要送水\n", ""),
        ("type: yes_no", "type: yesno"),
        ("first: 您家需要", "first: 您家，{name}，需要"),
        ('"no": [不需要, ', '"no": [不需要, 需要, '),
        (
            "    next:\n      - go: done",
            '    next:\n      - when: {slot: water, is: "yes"}\n        go: done',
        ),
        ('is: "yes"', "is: 要"),
        ('"2": "no"', '"2": "不"'),
        ("      - go: done", "      - go: ask_water"),
        ("required: true", "required: yes"),
        ("prompt: 好的，记下了", "prompt: 好的: 记下了"),
        ("      first: 您家需要", "   first: 您家需要"),
        ("存好了", "需药"),
    ],
    ids=lambda text: text.strip(),
)
def test_typical_mistakes_are_told_of_as_the_guide_says(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FIRST.read_text(encoding="utf-8")
    assert old in text
    monkeypatch.chdir(tmp_path)
    Path(FIRST.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    Path(FIRST.name).with_suffix(".tests.yaml").touch()
    screen = io.StringIO()
    check_scripts(Console(file=screen, width=400), [FIRST.name])
    assert screen.getvalue().splitlines()[0] in GUIDE


def test_missing_tests_are_told_of_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(FIRST.name).write_bytes(FIRST.read_bytes())
    screen = io.StringIO()
    check_scripts(Console(file=screen, width=400), [FIRST.name])
    assert screen.getvalue().splitlines()[0] in GUIDE
