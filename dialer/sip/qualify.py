"""Is the trunk there at all? One question before anybody is called.

A SIP server that is down is noticed by a call only after half a minute. This asks first: name resolution,
then OPTIONS over UDP or a connection over TCP. A server that keeps silent to OPTIONS is taken for alive (many
trunks ignore it); only a definite no is an error.
"""

from __future__ import annotations

import secrets
import socket

from campaign.errors import LineError

_ATTEMPT_SECONDS = 0.7
_ATTEMPTS = 3


def qualify_trunk(host: str, port: int, transport: str, user: str = "wenhou") -> bool:
    """Whether the trunk answered; False when it said nothing within about two seconds.

    Raises:
        LineError: ``trunk_unknown_host`` or ``trunk_unreachable``.
    """
    address = _resolve(host, port, transport)
    try:
        if transport == "udp":
            return _options(address, host, user)
        with socket.create_connection(address[:2], timeout=_ATTEMPT_SECONDS * _ATTEMPTS):
            return True
    except OSError as error:
        raise LineError(
            "trunk_unreachable",
            f"连不上线路 {host}:{port}（{transport}）：{_reason(error)}。"
            "请检查 sip.conf 里 [trunk] 的 host、port、transport，以及网络和防火墙。",
        ) from error


def _resolve(host: str, port: int, transport: str) -> tuple[str, int]:
    kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
    try:
        found = socket.getaddrinfo(host, port, socket.AF_INET, kind)
    except socket.gaierror as error:
        raise LineError(
            "trunk_unknown_host",
            f"找不到线路的主机名 {host}。请检查 sip.conf 里 [trunk] 的 host，以及本机的网络（DNS）。",
        ) from error
    ip, real_port = found[0][4][:2]
    return str(ip), int(real_port)


def _options(address: tuple[str, int], host: str, user: str) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(_ATTEMPT_SECONDS)
        sock.connect(address)
        request = _request(sock.getsockname(), address, host, user)
        for _ in range(_ATTEMPTS):
            sock.send(request)
            try:
                sock.recv(4096)
            except TimeoutError:
                continue
            return True
    return False


def _request(local: tuple[str, int], remote: tuple[str, int], host: str, user: str) -> bytes:
    branch, tag, call = (secrets.token_hex(8) for _ in range(3))
    here = f"{local[0]}:{local[1]}"
    return (
        f"OPTIONS sip:{host}:{remote[1]} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {here};rport;branch=z9hG4bK{branch}\r\n"
        f"From: <sip:{user}@{host}>;tag={tag}\r\n"
        f"To: <sip:{host}:{remote[1]}>\r\n"
        f"Call-ID: {call}@{local[0]}\r\n"
        "CSeq: 1 OPTIONS\r\n"
        f"Contact: <sip:{user}@{here}>\r\n"
        "Max-Forwards: 70\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()


def _reason(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "对方拒绝连接（端口上没有 SIP 服务）"
    if isinstance(error, TimeoutError):
        return "没有回应"
    return error.strerror or str(error)
