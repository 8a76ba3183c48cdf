"""What tests with real calls share: the command line as its user runs it, peers as processes, free ports."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from campaign.store import Store

PEERS = Path(__file__).parent / "sip_peers"
ROOT = Path(__file__).parent.parent
START_SECONDS = 10.0


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where a program that is not ours is not installed; ``.ci/run`` installs them all."""
    return pytest.mark.skipif(find(program) is None, reason=f"{program} is not installed")


def find(program: str) -> str | None:
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wenhou(
    *arguments: str, cwd: Path, timeout: float = 120.0, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command as its user would, who types what is given, and wait for its end."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd, env=environment(), input=typed, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def start_wenhou(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, so that all of it can be killed at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL to a process and all its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def settings_file(folder: Path, port: int, *lines: str) -> None:
    """A sip.conf for a peer on the loopback interface; ``lines`` are added to it, sections included."""
    base = [
        "[trunk]", "host = 127.0.0.1", f"port = {port}", "bind_address = 127.0.0.1", "fromuser = 1000",
        *lines,
    ]  # fmt: skip
    (folder / "sip.conf").write_text("\n".join(base) + "\n", encoding="utf-8")


QUICK = (
    "[calling]", "hours = 00:00-24:00", "max_attempts = 1",
    "[dialog]", "community = 幸福",
)  # fmt: skip
"""Settings with which nobody waits for a retry."""


def list_file(folder: Path, numbers: Sequence[str]) -> Path:
    rows = [f"居民{index},{number}" for index, number in enumerate(numbers, 1)]
    path = folder / "名单.csv"
    path.write_text("\n".join(["姓名,联系电话", *rows]), encoding="utf-8")
    return path


def open_store(folder: Path) -> Store:
    return Store.open(folder / "output" / "wenhou.db")


@contextlib.contextmanager
def peer(command: Sequence[str], port: int, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A SIP program that listens on a UDP port of the loopback interface."""
    with (cwd / "peer.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _await_port(process, port)
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5.0)
            if process.poll() is None:
                process.kill()
                process.wait()


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until somebody has bound the port."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the peer ended at once"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                return
        time.sleep(0.05)  # another program's start cannot be waited for in another way
    raise AssertionError("the peer does not listen")


def sipp(port: int, scenario: Path = PEERS / "residents.xml") -> list[str]:
    """SIPp as residents who do what the last digit of their number says, or as another scenario has it."""
    return [
        find("sipp") or "sipp", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port),
        "-rtp_echo", "-mi", "127.0.0.1", "-nostdin",
    ]  # fmt: skip


def kamailio(port: int, onward: int, folder: Path) -> list[str]:
    """Kamailio as a trunk that wants user 1000 with password geheim, and passes calls on to ``onward``."""
    return [
        find("kamailio") or "kamailio", "-DD", "-E", "-f", str(PEERS / "registrar.cfg"), "-Y", str(folder),
        "-A", f"LISTEN=udp:127.0.0.1:{port}", "-A", f'PEER="sip:127.0.0.1:{onward}"', "-m", "32", "-M", "4",
    ]  # fmt: skip
