"""sip.conf: one INI file, read into frozen values.

Key names follow Asterisk where it has one. Every key of ``sip.conf.example`` is a field here, and the other
way round; a field's metadata says how its text is read. Reading reports all problems at once, each with its
line.
"""

from __future__ import annotations

from campaign.settings.calling import CallingSettings, FollowUpSettings
from campaign.settings.reading import DEFAULT_FILE, EXAMPLE_NAME, load_settings
from campaign.settings.sections import (
    SECTIONS,
    AsrSettings,
    DialogSettings,
    LineSettings,
    Settings,
    StoreSettings,
    TrunkSettings,
)

__all__ = [
    "DEFAULT_FILE",
    "EXAMPLE_NAME",
    "SECTIONS",
    "AsrSettings",
    "CallingSettings",
    "DialogSettings",
    "FollowUpSettings",
    "LineSettings",
    "Settings",
    "StoreSettings",
    "TrunkSettings",
    "load_settings",
]
