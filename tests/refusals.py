"""A SIPp scenario that refuses every call in the way that the called number says.

SIPp wants the status of a response literally, so there is a branch for each way.
"""

from __future__ import annotations

from collections.abc import Sequence

Refusal = tuple[int, int]
"""SIP status, Q.850 cause of the Reason header or 0 for none."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<scenario name="refusals by number">
  <recv request="INVITE" crlf="true">
    <action>
      <ereg regexp="sip:[0-9]{{5}}([0-9]{{6}})@" search_in="hdr" header="To:" assign_to="uri,way"/>
{tests}
    </action>
  </recv>
  <Reference variables="uri,way"/>
{jumps}
"""
_TEST = """      <strcmp assign_to="same{way}" variable="way" value="{way}"/>
      <test assign_to="is{way}" variable="same{way}" compare="equal" value="0"/>"""
_JUMP = """  <nop next="{way}" test="is{way}"/>"""
_BRANCH = """
  <label id="{way}"/>
  <send retrans="500">
    <![CDATA[
      SIP/2.0 {status} Refused
      [last_Via:]
      [last_From:]
      [last_To:];tag=[pid]SIPp[call_number]
      [last_Call-ID:]
      [last_CSeq:]{reason}
      Content-Length: 0

    ]]>
  </send>
  <recv request="ACK" next="end"/>
"""
_REASON = '\n      Reason: Q.850;cause={cause};text="as it was told"'
_FOOT = """
  <label id="end"/>
</scenario>
"""


def number_for(refusal: Refusal) -> str:
    """The number whose calls are refused so."""
    return f"13900{_way(refusal)}"


def refusals_scenario(refusals: Sequence[Refusal]) -> str:
    ways = [_way(refusal) for refusal in refusals]
    tests = "\n".join(_TEST.format(way=way) for way in ways)
    jumps = "\n".join(_JUMP.format(way=way) for way in ways)
    branches = (
        _BRANCH.format(
            way=_way((status, cause)), status=status, reason=_REASON.format(cause=cause) if cause else ""
        )
        for status, cause in refusals
    )
    return _HEAD.format(tests=tests, jumps=jumps) + "".join(branches) + _FOOT


def _way(refusal: Refusal) -> str:
    status, cause = refusal
    return f"{status}{cause:03d}"
