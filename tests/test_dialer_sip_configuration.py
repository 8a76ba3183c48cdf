"""The trunk's settings in the terms of the telephone library."""

from __future__ import annotations

import dataclasses

import pytest

from campaign.settings import Settings
from campaign.settings.sections import TrunkSettings
from dialer.sip.configuration import account_config, codec_priorities, uri

TRUNK = dataclasses.replace(Settings().trunk, host="pbx.example.com", username="1000", secret="geheim")


def trunk(**changes: object) -> TrunkSettings:
    return dataclasses.replace(TRUNK, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("transport", "address"),
    [
        ("udp", "sip:110@pbx.example.com:5060"),
        ("tcp", "sip:110@pbx.example.com:5060;transport=tcp"),
        ("tls", "sip:110@pbx.example.com:5060;transport=tls"),
    ],
)
def test_address_of_a_number_names_the_transport_where_it_is_not_the_usual(
    transport: str, address: str
) -> None:
    assert uri(trunk(transport=transport), "110") == address


@pytest.mark.parametrize(
    ("proxy", "transport", "wanted"),
    [
        ("proxy.example.com", "udp", "sip:proxy.example.com;lr"),
        ("proxy.example.com:5080", "tcp", "sip:proxy.example.com:5080;transport=tcp;lr"),
        ("sip:proxy.example.com;transport=tls;lr", "tcp", "sip:proxy.example.com;transport=tls;lr"),
    ],
)
def test_proxy_is_a_loose_router(proxy: str, transport: str, wanted: str) -> None:
    config = account_config(trunk(outboundproxy=proxy, transport=transport))
    assert list(config.sipConfig.proxies) == [wanted]


def test_caller_is_named_as_the_trunk_wants_it() -> None:
    assert account_config(TRUNK).idUri == "<sip:1000@pbx.example.com>"
    named = trunk(fromuser="2000", fromdomain="example.org", callerid="幸福社区")
    assert account_config(named).idUri == '"幸福社区" <sip:2000@example.org>'
    assert account_config(trunk(username="")).idUri == "<sip:wenhou@pbx.example.com>"


def test_only_a_trunk_that_wants_it_is_registered_at() -> None:
    assert account_config(TRUNK).regConfig.registrarUri == ""
    assert account_config(trunk(register=True)).regConfig.registrarUri == "sip:pbx.example.com:5060"


def test_all_codecs_are_off_but_the_trunks_the_first_preferred() -> None:
    known = ["speex/8000/1", "PCMU/8000/1", "PCMA/8000/1"]
    set_last = dict(codec_priorities(trunk(codecs=("alaw", "ulaw")), known))
    assert [set_last[codec] for codec in known] == [0, 0, 0]
    assert set_last["PCMA/8000"] > set_last["PCMU/8000"] > 0
