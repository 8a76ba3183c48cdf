"""Regular expressions that are compiled once on a machine."""

from __future__ import annotations

import marshal
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import patterns
from campaign.patterns import any_of, compiled

PATTERNS = [
    (r"三十([六七])度(?P<tenth>[一二三四五六七八九])?", 0),
    (r"(?<!没)发烧(?!过)|(?P<denied>没(?:有)?发烧)", 0),
    (r"  \d{2}   # two digits\n  (?P<unit> 度 ) ", re.VERBOSE),
    (r"^v\w+$", re.IGNORECASE | re.MULTILINE),
    (r"(.{4,}?)\1+(.*)", re.DOTALL),
    (r"(?i:abc)|(?>[一二]+)三|四?+五", 0),
]
TEXTS = [
    "今天三十六度五",
    "没有发烧，发烧",
    "没发烧过",
    "36度",
    "a\nVosk\nb",
    "说四遍说四遍好",
    "ABC一二三四五",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget()
    yield tmp_path / "wenhou"
    monkeypatch.undo()
    forget()


def forget() -> None:
    """As at the start of another process."""
    patterns._kept.cache_clear()
    patterns._new.cache_clear()


def found(pattern: re.Pattern[str]) -> list[object]:
    return [
        (match.span(), match.groups(), match.groupdict(), match.lastgroup)
        for text in TEXTS
        for match in pattern.finditer(text)
    ]


def keep() -> None:
    """As at the end of a process."""
    patterns._write()
    forget()


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_it_finds_what_the_standard_library_finds(pattern: str, flags: int) -> None:
    usual = re.compile(pattern, flags)
    assert found(compiled(pattern, flags)) == found(usual)
    keep()
    again = compiled(pattern, flags)
    assert not patterns._new(), "it was compiled anew"
    assert found(again) == found(usual)
    assert (again.pattern, again.flags, again.groups, again.groupindex) == (
        usual.pattern,
        usual.flags,
        usual.groups,
        usual.groupindex,
    )
    assert again == usual
    assert hash(again) == hash(usual)
    assert found(pickle.loads(pickle.dumps(again))) == found(usual)


def test_flags_are_told_apart() -> None:
    compiled("a", 0)
    keep()
    assert compiled("a", re.IGNORECASE).match("A")
    assert not compiled("a").match("A")


def test_a_mistake_is_told_as_usual() -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled("(没有")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"rubbish",
        marshal.dumps([1, 2]),
        marshal.dumps({("发烧", 0): (32, b"\x01\x00\x00\x00", 0, {}, (None,))}),
        marshal.dumps({("发烧", 0): "rubbish"}),
    ],
)
def test_a_damaged_file_is_not_believed(content: bytes, folder: Path) -> None:
    folder.mkdir()
    patterns._file().write_bytes(content)
    assert compiled("发烧").search("不发烧")


def test_a_folder_that_cannot_be_written_to_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert compiled("发烧").search("不发烧")
    keep()
    assert compiled("发烧").search("不发烧")


def test_without_a_home_patterns_are_compiled_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    def has_none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(patterns, "cache_folder", has_none)
    assert compiled("发烧").search("不发烧")
    keep()
    assert compiled("发烧").search("不发烧")


def test_with_another_interpreter_patterns_are_compiled_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_gone(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(patterns, "import_module", is_gone)
    assert compiled("发烧").search("不发烧")
    assert not patterns._new()


def test_those_of_other_programs_are_kept_until_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled("发烧")
    keep()
    compiled("咳嗽")
    keep()
    assert {pattern for pattern, _ in patterns._kept()} == {"发烧", "咳嗽"}
    monkeypatch.setattr(patterns, "_MANY", 2)
    compiled("乏力")
    keep()
    assert {pattern for pattern, _ in patterns._kept()} == {"乏力"}


def test_the_longest_of_words_is_tried_first_in_an_order_of_its_own() -> None:
    assert any_of({"儿", "儿子", "女儿", "孙", "c++"}) == r"c\+\+|儿子|女儿|儿|孙"


_STARTS = """
import campaign.patterns as patterns
import dialogs.loading, dialogs.understanding
print(len(patterns._new()))
"""


def test_the_second_start_compiles_nothing() -> None:
    """The texts of all patterns are the same whatever order sets have, which differs from start to start."""
    starts = [
        subprocess.run(
            [sys.executable, "-c", _STARTS], capture_output=True, text=True, check=True, timeout=120
        )
        for _ in range(3)
    ]
    first, second, third = (int(start.stdout) for start in starts)
    assert first > 1000
    assert (second, third) == (0, 0)


_NAMED = """
from datetime import date
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer
script = load_script("health_survey")
for said in ("欧阳春晓不在", "我就是欧阳春晓", "我是欧阳春晓的老伴", "欧阳春晓是谁", "不是欧阳春晓"):
    read_answer(script, "identity", said, date(2026, 11, 22), "欧阳春晓")
"""


def test_no_resident_is_kept(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _NAMED], check=True, timeout=120, capture_output=True)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert patterns._file() in files
    assert not [file.name for file in files if "欧阳春晓".encode() in file.read_bytes()]
