"""The JSON Schema that editors show administrators: it takes what the loader takes, by the same keys."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogs.loading import bundled_scripts, read_draft
from dialogs.loading.tables import Table
from dialogs.script import Outcome, SlotType, Variant

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "dialogs" / "scripts"
SCHEMA: Mapping[str, Any] = json.loads((SCRIPTS / "script.schema.json").read_text(encoding="utf-8"))
SMALL_SCRIPT = Path(__file__).parent / "dialogs_data" / "small_script.yaml"


# --- validating ---------------------------------------------------------------------------------------


def faults(value: Any, schema: Mapping[str, Any] = SCHEMA, path: str = "") -> Iterator[str]:
    """Where the value does not suit the schema; knows the keywords that the schema uses and no others."""
    for keyword, rule in schema.items():
        if keyword not in _ANNOTATIONS:
            yield from _KEYWORDS[keyword](value, rule, path, schema)


_ANNOTATIONS = ("$schema", "$defs", "title", "description", "default", "then", "else")
_Fault = Callable[[Any, Any, str, Mapping[str, Any]], Iterator[str]]


def _suits(value: Any, schema: Mapping[str, Any]) -> bool:
    return next(faults(value, schema), None) is None


def _when(is_fault: Callable[[Any, Any], bool]) -> _Fault:
    """A keyword that is a test of the value alone."""

    def fault(value: Any, rule: Any, path: str, _: Mapping[str, Any]) -> Iterator[str]:
        if is_fault(value, rule):
            yield f"{path}: {value!r} against {rule!r}"

    return fault


def _is_of(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return value is None if kind == "null" else isinstance(value, _KINDS[kind])


_KINDS: Mapping[str, Any] = {
    "object": dict, "array": list, "string": str, "number": int | float, "integer": int, "boolean": bool,
}  # fmt: skip


def _is_no_kind(value: Any, kinds: str | list[str]) -> bool:
    return not any(_is_of(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _reference(value: Any, rule: str, path: str, _: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(value, SCHEMA["$defs"][rule.removeprefix("#/$defs/")], path)


def _properties(value: Any, rule: Mapping[str, Any], path: str, _: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in rule.items():
        if isinstance(value, dict) and name in value:
            yield from faults(value[name], schema, f"{path}/{name}")


def _additional(value: Any, rule: Any, path: str, schema: Mapping[str, Any]) -> Iterator[str]:
    names = (
        [name for name in value if name not in schema.get("properties", {})]
        if _is_of(value, "object")
        else []
    )
    for name in names:
        if rule is False:
            yield f"{path}/{name}: unknown"
        else:
            yield from faults(value[name], rule, f"{path}/{name}")


def _items(value: Any, rule: Mapping[str, Any], path: str, _: Mapping[str, Any]) -> Iterator[str]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from faults(item, rule, f"{path}/{index}")


def _condition(value: Any, rule: Mapping[str, Any], path: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(value, schema["then" if _suits(value, rule) else "else"], path)


def _is_number_and(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, rule: _is_of(value, "number") and compare(value, rule)


_KEYWORDS: Mapping[str, _Fault] = {
    "$ref": _reference,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "if": _condition,
    "type": _when(_is_no_kind),
    "enum": _when(lambda value, rule: value not in rule),
    "const": _when(lambda value, rule: value != rule),
    "pattern": _when(lambda value, rule: isinstance(value, str) and not re.search(rule, value)),
    "required": _when(lambda value, rule: isinstance(value, dict) and not set(rule) <= value.keys()),
    "propertyNames": _when(
        lambda value, rule: isinstance(value, dict) and any(not _suits(name, rule) for name in value)
    ),
    "minItems": _when(lambda value, rule: isinstance(value, list) and len(value) < rule),
    "minimum": _when(_is_number_and(lambda value, rule: value < rule)),
    "maximum": _when(_is_number_and(lambda value, rule: value > rule)),
    "exclusiveMinimum": _when(_is_number_and(lambda value, rule: value <= rule)),
    "exclusiveMaximum": _when(_is_number_and(lambda value, rule: value >= rule)),
    "anyOf": _when(lambda value, rule: not any(_suits(value, schema) for schema in rule)),
    "oneOf": _when(lambda value, rule: sum(_suits(value, schema) for schema in rule) != 1),
}


def as_json(yaml: str) -> Any:
    """YAML as an editor sees it: plain values, all keys text."""
    return _with_text_keys(YAML(typ="safe", pure=True).load(io.StringIO(yaml)))


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(part) for key, part in value.items()}
    return [_with_text_keys(part) for part in value] if isinstance(value, list) else value


# --- what there is ------------------------------------------------------------------------------------

FILES = [
    *(SCRIPTS / f"{name}.yaml" for name in bundled_scripts()),
    SMALL_SCRIPT,
    *sorted(path for path in (ROOT / "docs" / "examples").glob("*.yaml") if ".tests." not in path.name),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_script_that_there_is_suits_the_schema(file: Path) -> None:
    assert list(faults(as_json(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: yes_no", "type: yesno"),
        ("label: 接听人", "lable: 接听人"),
        ("outcome: completed", "outcome: done"),
        ("at_least: 39", "at_least: 三十九"),
        ("first: 体温多少？", "frist: 体温多少？"),
        ('keys: {"3": "3"}', 'keys: {"三": "3"}'),
        ("repeat: true", "repeat: true, go: done"),
        ("{missing: [symptoms, travel]}", "{missing: [symptoms], slot: travel}"),
        ("from: 37.3, to", "from: 37.3, till"),
        ("reprompts: 1", "reprompts: -1"),
    ],
    ids=lambda text: text,
)
def test_mistakes_of_form_are_seen_by_an_editor(old: str, new: str) -> None:
    text = SMALL_SCRIPT.read_text(encoding="utf-8")
    assert old in text
    assert list(faults(as_json(text.replace(old, new, 1))))


# --- the same keys as the loader ----------------------------------------------------------------------

_PLACES: Mapping[str, str] = {
    r"": "",
    r"/opening": "prompt",
    r"/limits": "limits",
    r"/voice": "voice",
    r"/slots/\w+": "slot",
    r"/states/\w+": "state",
    r"/states/\w+/prompts": "state/prompts",
    r"/states/\w+/family": "state/family",
    r"/states/\w+/(?:prompts|family)/\w+": "prompt",
    r"/states/\w+/confirms/\w+": "wording",
    r"/states/\w+/next/\d+": "transition",
    r"/states/\w+/next/\d+/when": "condition",
    r"/closings/\w+": "closing",
    r"/intents/\w+": "intent",
    r"/grading/\d+": "grade_rule",
    r"/grading/\d+/any/\d+": "condition",
}
"""Places in a script to the part of the schema that describes what stands there."""


def _place(path: str) -> str:
    return next(place for pattern, place in _PLACES.items() if re.fullmatch(pattern, path))


def _properties_of(place: str) -> Mapping[str, Any]:
    if not place:
        return dict(SCHEMA["properties"])
    name, _, part = place.partition("/")
    schema = SCHEMA["$defs"][name]
    if part:
        schema = schema["properties"][part]
    if name == "prompt":
        schema = schema["anyOf"][1]  # a plain sentence has no keys
    if name == "wording":
        schema = schema["then"]  # of a number; the keys of other wordings are values
    return dict(schema["properties"])


def test_loader_and_schema_know_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    done = Table.done

    def noting(table: Table) -> None:
        asked.setdefault(_place(table.path), set()).update(map(str, table.asked))
        done(table)

    monkeypatch.setattr(Table, "done", noting)
    read_draft(SMALL_SCRIPT)
    assert asked == {place: set(_properties_of(place)) for place in _PLACES.values()}


def test_kinds_outcomes_and_variants_are_those_of_scripts() -> None:
    assert set(_properties_of("slot")["type"]["enum"]) == set(map(str, SlotType))
    assert set(_properties_of("closing")["outcome"]["enum"]) == set(map(str, Outcome))
    assert set(_properties_of("state/prompts")) == set(map(str, Variant))
    assert set(_properties_of("state/family")) == set(map(str, Variant))


def test_every_key_is_explained_in_chinese() -> None:
    for place in _PLACES.values():
        for key, schema in _properties_of(place).items():
            told = (
                schema.get("description") or SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]["description"]
            )
            assert re.search("[一-鿿]", told), (place, key)


# --- the same values as the loader --------------------------------------------------------------------

_SAMPLES: tuple[Any, ...] = (
    "", "文字", 0, -1, 0.5, 120, True, False, None,
    [], ["甲"], [True], [{}], {}, {"甲": "乙"}, {"甲": ["乙"]},
)  # fmt: skip

_Path = tuple[str | int, ...]
SPOTS: Mapping[_Path, str] = {
    (): "",
    ("opening",): "prompt",
    ("limits",): "limits",
    ("slots", "one"): "slot",
    ("states", "ask"): "state",
    ("states", "ask", "prompts"): "state/prompts",
    ("states", "ask", "family"): "state/family",
    ("states", "ask", "confirms", "one"): "wording",
    ("states", "ask", "next", 0): "transition",
    ("states", "ask", "next", 0, "when"): "condition",
    ("closings", "end"): "closing",
    ("intents", "told"): "intent",
    ("intents", "again"): "intent",
    ("grading", 0): "grade_rule",
}
"""Mappings of the script below, into which samples are put, with what they are in the schema."""

_NO_WORDS = {
    ("", "opening"), ("closing", "prompt"), ("intent", "say"),
    ("closing", "appointment"), ("closing", "transfer"), ("closing", "untaken"),
}  # fmt: skip
_STRICTER: Mapping[tuple[str, str], list[Any]] = {
    **{
        key: [{}]
        for key in _NO_WORDS | {(f"state/{part}", str(v)) for part in ("prompts", "family") for v in Variant}
    },
    ("state", "prompts"): [{}],
    ("state", "keys"): [{"甲": "乙"}, {"甲": ["乙"]}],
    ("condition", "missing"): [[]],
    ("limits", "no_input_seconds"): [0, -1],
    ("slot", "sure"): [True, False],
    ("wording", "from"): [True],
    ("wording", "to"): [True],
    ("", "version"): [True, False],
}
"""What the schema refuses although the loader lets it pass: told by ``script check``, or of no use."""


def _script() -> dict[str, Any]:
    """One of everything."""
    confirms = {"one": {"number": "{number}，", "plain": "高，", "from": 37, "to": 38}}
    return {
        "script": "x", "title": "标题", "start": "ask", "opening": {"text": "您好"}, "limits": {},
        "slots": {"one": {"label": "一", "type": "temperature"}},
        "states": {"ask": {
            "ask": "one", "prompts": {"first": "多少？"}, "family": {}, "confirms": confirms,
            "next": [{"when": {"slot": "one"}, "go": "end"}, {"go": "end"}],
        }},
        "closings": {"end": {"outcome": "completed", "prompt": "再见"}},
        "intents": {"told": {"say": "好"}, "again": {"repeat": True}},
        "grading": [{"grade": "red"}],
    }  # fmt: skip


def _with(path: _Path, key: str, sample: Any) -> dict[str, Any]:
    script = _script()
    node: Any = script
    for step in path:
        node = node[step]
    node[key] = sample
    return script


def _loader_refuses(script: Mapping[str, Any], file: Path) -> bool:
    file.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
    return bool(read_draft(file).form)


@pytest.mark.parametrize("path", SPOTS, ids=lambda path: "/".join(map(str, path)) or "script")
def test_schema_refuses_what_the_loader_refuses_and_hardly_more(path: _Path, tmp_path: Path) -> None:
    for key in _properties_of(SPOTS[path]).keys() - {"include"}:  # names a file, which there is or is not
        may_pass = {repr(sample) for sample in _STRICTER.get((SPOTS[path], key), [])}
        for sample in _SAMPLES:
            script = _with(path, key, sample)
            is_refused = _loader_refuses(script, tmp_path / "x.yaml")
            assert _suits(script, SCHEMA) != (is_refused or repr(sample) in may_pass), (key, sample)
