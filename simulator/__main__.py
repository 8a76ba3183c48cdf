"""``python -m simulator --listen HOST:PORT --residents FOLDER``: the practice exchange as a process."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from campaign.errors import SettingsError, WenhouError
from simulator.exchange import Exchange

BUNDLED_RESIDENTS = Path(__file__).parent / "residents"


def parse_address(text: str) -> tuple[str, int]:
    """``HOST:PORT`` or ``PORT``.

    Raises:
        SettingsError: it is neither.
    """
    host, _, port = text.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise SettingsError("listen_address", f"监听地址应写成 主机:端口，例如 127.0.0.1:5070；实际为 {text}")
    return host or "127.0.0.1", int(port)


async def serve(
    folder: Path,
    host: str,
    port: int,
    log: Path | None,
    passwords: dict[str, str] | None = None,
    *,
    is_attached: bool = False,
) -> None:
    """Run the exchange until SIGINT or SIGTERM; prints ``READY HOST:PORT`` once it listens.

    With ``is_attached`` it also ends when standard input closes: whoever started it is gone.
    """
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    async with Exchange(folder, host, port, log=log, passwords=passwords) as exchange:
        print(f"READY {exchange.host}:{exchange.port}", flush=True)
        if is_attached:
            threading.Thread(target=_await_end_of_input, args=(loop, over), daemon=True).start()
        await over.wait()


def _await_end_of_input(loop: asyncio.AbstractEventLoop, over: asyncio.Event) -> None:
    sys.stdin.read()
    loop.call_soon_threadsafe(over.set)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m simulator", description="练习交换机：会说话的模拟居民")
    parser.add_argument("--listen", default="127.0.0.1:5070", metavar="主机:端口", help="端口 0 表示任选")
    parser.add_argument("--residents", type=Path, default=BUNDLED_RESIDENTS, metavar="目录")
    parser.add_argument("--log", type=Path, default=None, metavar="文件", help="每行一个 JSON 的通话记录")
    parser.add_argument("--username", default="", help="要求注册和呼叫时验证的用户名")
    parser.add_argument("--password", default="")
    parser.add_argument("--attached", action="store_true", help="标准输入关闭时结束")
    given = parser.parse_args(arguments)
    passwords = {given.username: given.password} if given.username else None
    try:
        host, port = parse_address(given.listen)
        asyncio.run(serve(given.residents, host, port, given.log, passwords, is_attached=given.attached))
    except WenhouError as error:
        print(error.message, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
