"""Warnings that take a while to find: sounds, recordings, the length of a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dialogs.authoring.offers import misunderstood_offers
from dialogs.checks.call_length import call_length_problems
from dialogs.checks.likeness import alike_words
from dialogs.checks.problem import Problem
from dialogs.checks.recordings import recorded_prompts, recordings
from dialogs.checks.vocabulary import unknown_words
from dialogs.checks.voices import speakers_of, voices
from dialogs.loading import TESTS_SUFFIX, Draft
from dialogs.recordings.beside import recordings_beside
from dialogs.speech.voice_rules import VoiceRules


@dataclass(frozen=True)
class Surroundings:
    """What a script is checked with: the sounds and the engines that a call would have."""

    recordings: Sequence[Path] = ()
    """Folders with a ``prompts.tsv``, asked before the audio that ships with a bundled script."""
    can_synthesize: Callable[[], bool] = lambda: True
    """Whether what has no recording can be synthesised by the system; asked only when something has none."""
    voice: VoiceRules = VoiceRules()  # noqa: RUF009 - frozen
    """Which voice says it."""
    own_recordings: Path | None = None
    """Folder with the recordings that were made here of bundled scripts, a folder for each."""
    knows: Callable[[str], bool] | None = None
    """Whether the speech model can hear the word; None where no model was asked."""
    today: date = field(default_factory=date.today)
    """By which days are told."""
    longest_call: float | None = None
    """Seconds after which a call is ended, whatever is being said; None where that is not known."""


def advise(draft: Draft, around: Surroundings) -> list[Problem]:
    """What is found by ear and by the clock; a recording that can't be played is an error."""
    script = draft.script
    folders = [*around.recordings, *recordings_beside(draft.file, script.name)]
    if around.own_recordings is not None:
        folders.append(around.own_recordings / script.name)
    recorded, unreadable = recorded_prompts(script, folders)
    speaks = around.voice.says_by_itself(script)
    found = [
        *unreadable,
        *recordings(script, recorded, lambda: speaks or around.can_synthesize()),
        *voices(script, recorded, speakers_of(script, folders), around.voice),
        *alike_words(script),
        *_tests(draft),
    ]
    if not draft.errors:
        is_written = "/limits/call_seconds" in draft.lines
        found += misunderstood_offers(script, around.today)
        found += call_length_problems(script, recorded, around.longest_call, is_budget_written=is_written)
    if around.knows is not None:
        found += unknown_words(script, around.knows)
    return found


def tests_file(script_file: Path) -> Path:
    """health_survey.yaml -> health_survey.tests.yaml"""
    return script_file.with_name(script_file.stem + TESTS_SUFFIX)


def _tests(draft: Draft) -> list[Problem]:
    file = tests_file(draft.file)
    if file.is_file():
        return []
    told = f"脚本: 没有测试，改动以后看不出哪里走样；请在旁边的 {file.name} 里写几段对话和应得的结果"
    return [Problem("/script", told, is_warning=True)]
