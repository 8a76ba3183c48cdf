"""Scripts that pass the check never raise, never hang and always end, whoever answers the telephone."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dialogs.authoring.picture import picture
from dialogs.checks.call_length import call_length
from dialogs.loading import Draft, read_draft
from dialogs.machine import Action, Dialog, Hangup, Heard, Listen, Play, Transfer
from dialogs.script import Script
from tests.random_scripts import acts, scripts

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FIELDS: tuple[dict[str, str], ...] = (
    {"name": "张三", "community": "幸福"},
    {"name": "", "community": ""},
    {},
)

Act = tuple[str, str, float]


def read(script: dict[str, Any]) -> Draft:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "random.yaml"
        file.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
        return read_draft(file)


def most_turns(script: Script) -> int:
    """More than a call by it can take: each question once, each that was denied once more, and the patience
    of the whole call."""
    return 2 * len(script.states) + script.limits.reprompts_in_call + 2


def do(dialog: Dialog, act: Act, phrases: tuple[str, ...]) -> list[Action]:
    what, words, confidence = act
    if what == "silence":
        return dialog.no_input()
    if what == "key":
        return dialog.key(words)
    wordings = tuple((phrase, confidence / 2) for phrase in phrases[:2]) if len(words) % 2 else ()
    return dialog.hear(Heard(words, confidence, wordings))


def check_actions(dialog: Dialog, actions: list[Action]) -> None:
    """What to say, and then either to listen or to end the call."""
    *before, last = actions
    assert all(isinstance(action, Play) and action.text and "{" not in action.text for action in before)
    assert isinstance(last, Hangup | Transfer) if dialog.is_over else isinstance(last, Listen)


def hold(script: Script, dialog: Dialog, resident: list[Act]) -> int:
    """Hold a conversation to its end; returns the turns it took."""
    actions = dialog.start()
    check_actions(dialog, actions)
    for turn, act in enumerate(cycle(resident)):
        if dialog.is_over:
            return turn
        assert turn <= most_turns(script), (dialog.state, act)
        listen = actions[-1]
        assert isinstance(listen, Listen)
        dialog.completeness(act[1])
        before = dict(dialog.slots)
        twin = copy.copy(dialog)
        assert isinstance(twin.take_leave()[-1], Hangup)
        actions = do(dialog, act, listen.phrases)
        check_actions(dialog, actions)
        assert twin.slots == before, "what is said to one is not said to the other"
    raise AssertionError("a resident does nothing at all")


@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(
    scripts(),
    st.lists(st.lists(acts, min_size=1, max_size=8), min_size=1, max_size=4),
    st.sampled_from(FIELDS),
    st.booleans(),
)
def test_script_that_passes_the_check_never_raises_never_hangs_and_always_ends(
    written: dict[str, Any], residents: list[list[Act]], fields: dict[str, str], can_transfer: bool
) -> None:
    draft = read(written)
    assume(not draft.errors and not draft.repeated)
    script = draft.script
    known = None
    for resident in residents:
        dialog = Dialog(script, fields, TODAY, known, now=NOW, can_transfer=can_transfer)
        hold(script, dialog, resident)
        assert dialog.outcome is not None
        assert isinstance(dialog.transfer_failed()[-1], Hangup)
        assert dialog.hear(Heard("喂", 1.0)) == dialog.no_input() == dialog.key("1") == [Hangup()]
        assert set(dialog.slots) <= set(script.slots)
        assert dialog.appointment is None or dialog.appointment > NOW - timedelta(minutes=1)
        dialog.grade()
        json.dumps([slot.value for slot in dialog.slots.values()])
        known = dict(dialog.slots)  # a second call asks for the rest only
    assert call_length(script, {}).longest_seconds >= 0
    assert picture(script).startswith("<svg")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(scripts(), st.data())
def test_check_tells_whatever_is_wrong_and_never_falls_over(
    written: dict[str, Any], data: st.DataObject
) -> None:
    """Any part of a script may be missing, or be something else."""
    node: Any = written
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        child = node[key]
        if not child or not isinstance(child, dict | list) or data.draw(st.booleans()):
            break
        node = child
    others: st.SearchStrategy[Any] = st.sampled_from(
        (None, 3, True, "甲", [], {}, ["甲"], {"甲": "乙"}, {"甲": ["乙"]}, [{}], "{answers}")
    )
    node[key] = data.draw(others)
    draft = read(written)
    for problem in (*draft.form, *draft.meaning):
        assert problem.text
        assert draft.line_of(problem) == 1
        assert draft.file_of(problem) == "random.yaml"
