"""The dialog of one call, a state machine: what was heard goes in, what to say next comes out. Pure.

``dialog`` walks through the script; ``dialogs.actions`` are what it says to do. ``listening`` tells what it
listens for, ``patience`` how often it asks, ``speaker`` of whom. ``answers`` is what is known, ``certainty``
how sure it is; ``in_passing`` and ``whereabouts`` are told beside another question, ``same_as`` points at an
answer that was given. ``confirmation`` says back what alarms, ``replies`` and ``piecemeal`` read what is said
to that. With ``unfailing`` an answer that can't be read is one that was not understood.
"""

from __future__ import annotations

from dialogs.actions import Action, Hangup, Heard, Listen, Part, Play, Transfer
from dialogs.machine.certainty import SURE_IN_PASSING, trust
from dialogs.machine.dialog import Dialog
from dialogs.script import SURE, Outcome
from dialogs.understanding import Completeness

__all__ = [
    "SURE",
    "SURE_IN_PASSING",
    "Action",
    "Completeness",
    "Dialog",
    "Hangup",
    "Heard",
    "Listen",
    "Outcome",
    "Part",
    "Play",
    "Transfer",
    "trust",
]
