"""Evidence of a call as plain JSON values, to be kept with its attempt."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from dialer.call.disposition import Evidence

_KEPT_ELSEWHERE = frozenset({"cause"})
"""The attempt has columns of its own for what was signalled."""


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """The fields that say something: those that are not as in a call of which nothing is known."""
    found = {}
    for field in dataclasses.fields(evidence):
        value = getattr(evidence, field.name)
        if field.name not in _KEPT_ELSEWHERE and value != _default_of(field):
            found[field.name] = _plain(value)
    return found


def _default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return str(value)
