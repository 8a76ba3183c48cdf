"""The trunk's settings in the terms of pjsua2: endpoint, transport, account, codecs, addresses."""

from __future__ import annotations

from collections.abc import Iterable

import pjsua2 as pj

from campaign.settings import TrunkSettings
from dialer.line import MAX_LINES_PER_WORKER, SAMPLE_RATE

_SRTP = {
    "no": (pj.PJMEDIA_SRTP_DISABLED, 0),
    "optional": (pj.PJMEDIA_SRTP_OPTIONAL, 0),
    "mandatory": (pj.PJMEDIA_SRTP_MANDATORY, 0),
}
_CODEC_IDS = {"alaw": "PCMA/8000", "ulaw": "PCMU/8000", "g722": "G722/16000", "opus": "opus/48000"}
_TRANSPORTS = {
    "udp": pj.PJSIP_TRANSPORT_UDP,
    "tcp": pj.PJSIP_TRANSPORT_TCP,
    "tls": pj.PJSIP_TRANSPORT_TLS,
}


def uri(trunk: TrunkSettings, number: str) -> str:
    """The SIP address of a number at the trunk."""
    return f"sip:{number}@{_authority(trunk)}"


def endpoint_config() -> pj.EpConfig:
    """No thread of the library's own but one for media; the bridge runs at the rate of the telephone."""
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0
    config.uaConfig.maxCalls = MAX_LINES_PER_WORKER
    config.uaConfig.userAgent = "Wenhou"
    config.logConfig.level = 0
    config.logConfig.consoleLevel = 0
    config.medConfig.clockRate = SAMPLE_RATE
    config.medConfig.sndClockRate = SAMPLE_RATE
    config.medConfig.audioFramePtime = 20
    config.medConfig.ptime = 20
    config.medConfig.threadCnt = 1
    config.medConfig.noVad = True
    config.medConfig.ecTailLen = 0
    return config


def transport_type(trunk: TrunkSettings) -> int:
    return int(_TRANSPORTS[trunk.transport])


def transport_config(trunk: TrunkSettings) -> pj.TransportConfig:
    config = pj.TransportConfig()
    config.port = 0
    config.boundAddress = trunk.bind_address
    config.publicAddress = trunk.public_address
    config.tlsConfig.verifyServer = trunk.tls_verify
    return config


def codec_priorities(trunk: TrunkSettings, known: Iterable[str]) -> list[tuple[str, int]]:
    """(codec, priority), in the order to be set: all codecs off, then the trunk's, the first preferred."""
    wanted = [(_CODEC_IDS[name], 255 - rank) for rank, name in enumerate(trunk.codecs)]
    return [(codec, 0) for codec in known] + wanted


def account_config(trunk: TrunkSettings) -> pj.AccountConfig:
    config = pj.AccountConfig()
    user = trunk.fromuser or trunk.username or "wenhou"
    display = f'"{trunk.callerid}" ' if trunk.callerid else ""
    config.idUri = f"{display}<sip:{user}@{trunk.fromdomain or trunk.host}>"
    if trunk.register:
        config.regConfig.registrarUri = f"sip:{_authority(trunk)}"
        config.regConfig.retryIntervalSec = 30
    if trunk.username:
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", trunk.username, 0, trunk.secret))
    if trunk.outboundproxy:
        config.sipConfig.proxies.append(_proxy_uri(trunk.outboundproxy, trunk.transport))
    config.mediaConfig.srtpUse, config.mediaConfig.srtpSecureSignaling = _SRTP[trunk.srtp]
    config.mediaConfig.transportConfig.port = trunk.rtp_port_start
    config.mediaConfig.transportConfig.boundAddress = trunk.bind_address
    config.mediaConfig.transportConfig.publicAddress = trunk.public_address
    config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
    return config


def _authority(trunk: TrunkSettings) -> str:
    suffix = "" if trunk.transport == "udp" else f";transport={trunk.transport}"
    return f"{trunk.host}:{trunk.port}{suffix}"


def _proxy_uri(proxy: str, transport: str) -> str:
    uri = proxy if proxy.startswith("sip") else f"sip:{proxy}"
    if transport != "udp" and "transport=" not in uri:
        uri += f";transport={transport}"
    return f"{uri};lr" if ";lr" not in uri else uri
