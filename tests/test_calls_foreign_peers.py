"""Real calls to SIP programs that are not ours: SIPp as the residents, Kamailio as a trunk with passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.records import Disposition, ResidentState
from tests.real_calls import (
    QUICK,
    free_port,
    kamailio,
    list_file,
    needs,
    open_store,
    peer,
    settings_file,
    sipp,
    wenhou,
)

pytestmark = pytest.mark.calls

BUSY, DECLINED, UNKNOWN, RINGS_OUT, ECHO = (f"1390000000{digit}" for digit in range(1, 6))


def dispositions(folder: Path) -> dict[str, Disposition | None]:
    with open_store(folder) as store:
        standings = store.standings(store.latest_campaign().id)
    return {standing.resident.phones[0]: standing.disposition for standing in standings}


@needs("sipp")
def test_a_campaign_against_sipp_names_every_outcome(tmp_path: Path) -> None:
    port = free_port()
    settings_file(tmp_path, port, *QUICK, "[lines]", "ring_timeout = 5", "longest_call = 20")
    list_file(tmp_path, [BUSY, DECLINED, UNKNOWN, RINGS_OUT, ECHO])
    with peer(sipp(port), port, tmp_path):
        assert wenhou("import", "名单.csv", cwd=tmp_path).returncode == 0
        done = wenhou("run", "--no-wait", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    found = dispositions(tmp_path)
    assert found[BUSY] is Disposition.BUSY
    assert found[DECLINED] is Disposition.DECLINED
    assert found[UNKNOWN] is Disposition.INVALID_NUMBER
    assert found[RINGS_OUT] is Disposition.NO_ANSWER
    with open_store(tmp_path) as store:
        campaign = store.latest_campaign()
        answered = next(a for a in store.attempts(campaign.id) if a.number == ECHO)
        standings = store.standings(campaign.id)
    assert answered.answered_at is not None
    assert answered.frames_received >= 0.99 * answered.frames_expected > 0
    unreached = [s for s in standings if s.resident.phones[0] != ECHO]
    assert all(s.state is ResidentState.FOLLOW_UP and s.follow_up for s in unreached)
    assert list((tmp_path / "output").glob("*.xlsx"))


@needs("kamailio")
@needs("sipp")
def test_calls_go_through_a_trunk_with_digest_authentication(tmp_path: Path) -> None:
    port, onward = free_port(), free_port()
    settings_file(
        tmp_path, port, "register = yes", "username = 1000", "secret = geheim", *QUICK, "[lines]", "lines = 1"
    )
    list_file(tmp_path, [BUSY])
    with peer(sipp(onward), onward, tmp_path), peer(kamailio(port, onward, tmp_path), port, tmp_path):
        assert wenhou("import", "名单.csv", cwd=tmp_path).returncode == 0
        done = wenhou("run", "--no-wait", cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert dispositions(tmp_path)[BUSY] is Disposition.BUSY
        healthy = wenhou("doctor", cwd=tmp_path)
    assert "已注册" in healthy.stdout


@needs("kamailio")
def test_a_wrong_password_is_told_in_one_sentence_and_nobody_is_lost(tmp_path: Path) -> None:
    port = free_port()
    settings_file(
        tmp_path, port, "register = yes", "username = 1000", "secret = falsch", *QUICK, "[lines]", "lines = 1"
    )
    list_file(tmp_path, [BUSY])
    with peer(kamailio(port, free_port(), tmp_path), port, tmp_path):
        wenhou("import", "名单.csv", cwd=tmp_path)
        done = wenhou("run", "--no-wait", cwd=tmp_path)
    assert done.returncode == 3
    assert "拒绝注册" in done.stderr
    assert "Traceback" not in done.stderr
    with open_store(tmp_path) as store:
        assert store.progress(store.latest_campaign().id).pending == 1


@needs("kamailio")
def test_a_trunk_that_refuses_every_call_stops_the_run(tmp_path: Path) -> None:
    port = free_port()
    numbers = [f"1390000{n:04d}" for n in range(12)]
    settings_file(tmp_path, port, *QUICK, "[lines]", "lines = 2")
    list_file(tmp_path, numbers)
    with peer(kamailio(port, free_port(), tmp_path), port, tmp_path):
        wenhou("import", "名单.csv", cwd=tmp_path)
        done = wenhou("run", "--no-wait", cwd=tmp_path)
    assert done.returncode == 3
    assert "线路拒绝呼叫（407）" in done.stderr
    with open_store(tmp_path) as store:
        assert store.progress(store.latest_campaign().id).pending >= 6, "the run went on dialling"


def test_an_unreachable_trunk_is_told_at_once(tmp_path: Path) -> None:
    settings_file(tmp_path, free_port(), *QUICK)
    list_file(tmp_path, [BUSY])
    wenhou("import", "名单.csv", cwd=tmp_path)
    done = wenhou("run", "--no-wait", cwd=tmp_path, timeout=30)
    assert done.returncode == 3
    assert "连不上线路 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr
