"""Is the trunk there? Asked over real sockets on the loopback interface."""

from __future__ import annotations

import socket
import threading

import pytest

from campaign.errors import LineError
from dialer.sip.qualify import qualify_trunk
from tests.real_calls import free_port


def test_a_server_that_answers_options_is_there() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))

        def answer() -> None:
            request, caller = server.recvfrom(4096)
            assert request.startswith(b"OPTIONS sip:127.0.0.1:")
            server.sendto(b"SIP/2.0 200 OK\r\n\r\n", caller)

        thread = threading.Thread(target=answer)
        thread.start()
        assert qualify_trunk("127.0.0.1", server.getsockname()[1], "udp")
        thread.join()


def test_a_server_that_keeps_silent_is_not_called_dead() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        assert not qualify_trunk("127.0.0.1", server.getsockname()[1], "udp")


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_port_without_a_server_is_told_at_once(transport: str) -> None:
    with pytest.raises(LineError) as told:
        qualify_trunk("127.0.0.1", free_port(), transport)
    assert told.value.code == "trunk_unreachable"
    assert "连不上线路 127.0.0.1" in told.value.message
    assert told.value.exit_code == 3


def test_a_tcp_server_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert qualify_trunk("127.0.0.1", server.getsockname()[1], "tcp")
