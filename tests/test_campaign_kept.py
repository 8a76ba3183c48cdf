"""What is made of a library's files once."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.kept import FEW, folder_of, kept


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "dict.txt"
    file.write_text("一")
    return file


def cached(source: Path) -> Path:
    (file,) = (source.parent / "cache" / "wenhou").iterdir()
    return file


def test_it_is_made_once(source: Path) -> None:
    made: list[str] = []

    def make() -> dict[str, int]:
        made.append("again")
        return {"发烧": 3}

    assert [kept("words", source, make) for _ in range(3)] == [{"发烧": 3}] * 3
    assert made == ["again"]


def test_it_is_made_anew_when_its_source_changes(source: Path) -> None:
    assert kept("words", source, lambda: 1) == 1
    source.write_text("一二三")
    assert kept("words", source, lambda: 2) == 2


def test_it_is_made_for_each_of_what_else_it_is_made_of(source: Path) -> None:
    assert [kept("words", source, word.upper, of=word) for word in ("a", "b", "a")] == ["A", "B", "A"]


def test_the_last_few_are_kept(source: Path) -> None:
    for number in range(FEW + 3):
        assert kept("words", source, lambda: 1, of=str(number)) == 1
    kept("own_words", source, lambda: 2)
    folder = source.parent / "cache" / "wenhou"
    assert len(list(folder.glob("words-*"))) == FEW
    assert len(list(folder.iterdir())) == FEW + 1


@pytest.mark.parametrize("rest", [b"", b"{", b"\x00\x01rubbish"])
def test_a_broken_file_is_made_anew(source: Path, rest: bytes) -> None:
    kept("words", source, lambda: {"一": 1})
    cached(source).write_bytes(rest)
    assert kept("words", source, lambda: {"一": 1}) == {"一": 1}


def test_it_does_without_a_folder_to_write_to(source: Path) -> None:
    (source.parent / "cache").write_text("a file where the folder should be")
    assert kept("words", source, lambda: 7) == 7


def test_a_library_that_is_not_there_is_named() -> None:
    with pytest.raises(ImportError, match="no_such_library"):
        folder_of("no_such_library")
