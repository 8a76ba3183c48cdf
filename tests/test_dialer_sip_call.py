"""The cause of a call's end as gateways tell it in SIP."""

from __future__ import annotations

import pytest

from dialer.sip.call import q850_cause


@pytest.mark.parametrize(
    ("header", "cause"),
    [
        ('Reason: Q.850;cause=17;text="User busy"', 17),
        ("reason:q.850 ; cause = 1", 1),
        ('Reason: SIP;cause=200;text="Call completed elsewhere",Q.850;cause=16', 16),
        ('Reason: SIP;cause=486;text="Busy here"', 0),
        ("X-Reason: Q.850;cause=17", 0),
        ("", 0),
    ],
)
def test_cause_in_the_reason_header(header: str, cause: int) -> None:
    message = f"SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 127.0.0.1\r\n{header}\r\nContent-Length: 0\r\n\r\n"
    assert q850_cause(message) == cause


def test_no_message_has_no_cause() -> None:
    assert q850_cause("") == 0
