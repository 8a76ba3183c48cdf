"""The picture of a script after a campaign: which ways its calls took, and where people left."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from campaign.policy import Done
from campaign.records import (
    CallAttempt,
    CallCause,
    CallEvent,
    CallResult,
    Campaign,
    Disposition,
    HungUpBy,
    Resident,
    SlotValue,
    Source,
    Turn,
)
from campaign.store import Store
from dialogs.authoring.draw_command import draw_calls
from dialogs.authoring.picture import picture
from dialogs.authoring.picture_calls import CallWay, counted, way_of
from dialogs.authoring.versions_used import keep
from dialogs.loading import load_script
from tests.test_dialogs_picture import texts

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
NOTICE = load_script("notice")
HELP = {"needs_help": SlotValue("needs_help", True), "understood": SlotValue("understood", True)}


def attempt(
    by: HungUpBy | None = HungUpBy.ROBOT, disposition: Disposition = Disposition.COMPLETED
) -> CallAttempt:
    ended = NOW if by else None
    return CallAttempt(
        7, 1, 1, "138", 1, 1, NOW, NOW, ended, disposition, CallCause(hung_up_by=by or HungUpBy.ROBOT)
    )


def prompts(*ids: str) -> list[CallEvent]:
    return [CallEvent(7, NOW, "prompt", {"id": each, "text": "…"}) for each in ids]


def turns(*states: str) -> list[Turn]:
    return [Turn(7, n, state, "好", "好", 1.0, NOW, NOW, Source.VOICE) for n, state in enumerate(states)]


def way(*ids: str, by: HungUpBy | None = HungUpBy.ROBOT) -> CallWay:
    found = way_of(NOTICE, attempt(by), prompts(*ids), ())
    assert found is not None
    return found


# --- one call -------------------------------------------------------------------------------------------


def test_way_of_a_call_is_read_from_what_was_said_in_it() -> None:
    went = way(
        "opening",
        "ask_understood.first",
        "intent.repeat",
        "ask_understood.short",
        "ask_help.first",
        "closing.done",
    )
    assert went == CallWay(("ask_understood", "ask_help"), "done", HungUpBy.ROBOT)


def test_question_at_which_somebody_hung_up_is_known_without_an_answer_to_it() -> None:
    went = way("opening", "ask_understood.first", "ask_help.first", by=HungUpBy.RESIDENT)
    assert counted(NOTICE, [went]).hangups == {"ask_help": 1}


def test_where_no_prompt_is_on_record_turns_tell_the_way() -> None:
    went = way_of(NOTICE, attempt(), (), turns("ask_understood", "ask_understood", "ask_help"))
    assert went is not None
    assert went.states == ("ask_understood", "ask_help")


def test_hanging_up_during_the_opening_counts_at_the_first_question() -> None:
    assert counted(NOTICE, [way("opening", by=HungUpBy.RESIDENT)]).hangups == {"ask_understood": 1}


@pytest.mark.parametrize("ids", [(), ("gone.first",)])
def test_call_without_a_question_has_no_way(ids: tuple[str, ...]) -> None:
    assert way_of(NOTICE, attempt(), prompts(*ids), turns(*(each.split(".")[0] for each in ids))) is None


def test_voice_box_that_was_talked_to_is_nobody() -> None:
    box = attempt(disposition=Disposition.CALL_ASSISTANT)
    assert way_of(NOTICE, box, prompts("opening", "ask_understood.first"), ()) is None


# --- all calls ------------------------------------------------------------------------------------------


def test_each_call_counts_once_on_every_way_that_it_took() -> None:
    calls = counted(
        NOTICE,
        [
            way("ask_understood.first", "ask_help.first", "closing.done"),
            way("ask_understood.first", "ask_again.first", "ask_help.first", "closing.done"),
        ],
        "任务 1",
    )
    assert calls.counts == {
        ("ask_understood", "ask_help"): 1,
        ("ask_understood", "ask_again"): 1,
        ("ask_again", "ask_help"): 1,
        ("ask_help", "done"): 2,
    }
    assert (calls.asked["ask_help"], calls.ended) == (2, {"done": 2})
    assert calls.told == "任务 1：通话 2 次，问完 2（100%）"


def test_questions_that_were_answered_before_they_came_were_passed_through() -> None:
    """需要人帮忙，帮我提水: nothing between the first question and the closing was asked."""
    went = CallWay(
        ("ask_understood",), "done_help", HungUpBy.ROBOT, {**HELP, "help": SlotValue("help", "提水")}
    )
    assert set(counted(NOTICE, [went]).counts) == {
        ("ask_understood", "ask_help"),
        ("ask_help", "ask_what"),
        ("ask_what", "done_help"),
    }


def test_where_what_was_known_in_the_end_leads_elsewhere_the_shortest_way_is_taken() -> None:
    went = CallWay(
        ("ask_understood", "ask_what"), "", HungUpBy.NETWORK, {"needs_help": SlotValue("needs_help", False)}
    )
    calls = counted(NOTICE, [went])
    assert set(calls.counts) == {("ask_understood", "ask_help"), ("ask_help", "ask_what")}
    assert calls.broken == {"ask_what": 1}


def test_ending_without_being_asked_to_the_end_counts_where_it_was_said() -> None:
    calls = counted(NOTICE, [way("ask_understood.first", "ask_help.first", "closing.opted_out")])
    assert (calls.left, calls.hangups, calls.ended) == ({"ask_help": 1}, {}, {"opted_out": 1})


def test_call_that_goes_on_has_not_ended() -> None:
    calls = counted(NOTICE, [way("ask_understood.first", by=None)])
    assert (calls.asked, calls.hangups, calls.broken, calls.left) == ({"ask_understood": 1}, {}, {}, {})


_PLACES = st.sampled_from([*NOTICE.states])


@given(
    st.lists(
        st.tuples(st.lists(_PLACES, min_size=1, max_size=6), st.sampled_from(["", *NOTICE.closings])),
        max_size=8,
    )
)
def test_whatever_calls_did_they_are_counted_and_drawn(calls: list[tuple[list[str], str]]) -> None:
    ways = [CallWay(tuple(states), closing, HungUpBy.RESIDENT) for states, closing in calls]
    found = counted(NOTICE, ways)
    steps = {(state.name, step.go) for state in NOTICE.states.values() for step in state.next}
    assert set(found.counts) <= steps
    assert max(found.counts.values(), default=0) <= len(ways)
    ends = sum(sum(part.values()) for part in (found.ended, found.hangups, found.broken))
    assert ends == len(ways)
    picture(NOTICE, None, found)


# --- the command ----------------------------------------------------------------------------------------


def a_campaign(store: Store, script: str, version: str) -> Campaign:
    people = [Resident(0, row, name, (f"1380013800{row}",)) for row, name in enumerate("甲乙丙", start=2)]
    campaign = store.create_campaign("三号楼", script, version, "名单.xlsx", people, NOW)
    ways = (
        (HungUpBy.ROBOT, ("opening", "ask_understood.first", "ask_help.first", "closing.done")),
        (HungUpBy.RESIDENT, ("opening", "ask_understood.first")),
    )
    for claimed, (by, ids) in zip(store.claim_due(campaign.id, NOW, 2), ways, strict=True):
        store.mark_answered(claimed.id, NOW)
        for each in ids:
            store.record_event(CallEvent(claimed.id, NOW, "prompt", {"id": each}))
        result = CallResult(
            claimed.id, Disposition.PARTIAL, NOW, CallCause(200, 16, "", by), NOW,
            (SlotValue("understood", True),),
        )  # fmt: skip
        store.finish(result, Done())
    return campaign


def drawn(store: Store, campaign: Campaign, kept: Path, out: Path, name: str = "") -> tuple[str, list[str]]:
    screen = io.StringIO()
    assert draw_calls(Console(file=screen, width=60), store, campaign, kept, name, out) == 0
    return screen.getvalue(), texts(out.read_text(encoding="utf-8"))


def test_campaign_is_drawn_on_the_script_that_it_was_called_by(tmp_path: Path) -> None:
    version = keep("notice", tmp_path / "used", NOW).version
    with Store.open(tmp_path / "wenhou.db") as store:
        campaign = a_campaign(store, "notice", version)
        told, shown = drawn(store, campaign, tmp_path / "used", tmp_path / "calls.svg")
    assert told.startswith("任务 1“三号楼”：通话 2 次，问完 1（50%），居民挂断 1。\n已画好：")
    assert {"任务 1“三号楼”：通话 2 次，问完 1（50%），居民挂断 1", "2 通", "1 次", "0 次", "挂断 1"} <= set(
        shown
    )
    assert not any("测试" in each for each in shown)


def test_another_version_is_drawn_with_a_word_of_warning(tmp_path: Path) -> None:
    with Store.open(tmp_path / "wenhou.db") as store:
        campaign = a_campaign(store, "notice", "1-00000000")
        told, shown = drawn(store, campaign, tmp_path / "used", tmp_path / "calls.svg", "home_observation")
    assert told.startswith("注意：任务 1 问的是版本 1-00000000，画的是 home_observation 的版本 ")
    assert "任务 1“三号楼”：通话 0 次" in shown


def test_thicker_is_what_more_calls_took() -> None:
    many = [way("ask_understood.first", "ask_help.first", "closing.done")] * 9
    few = [way("ask_understood.first", "ask_again.first", "ask_help.first", "closing.done")]
    svg = picture(NOTICE, None, counted(NOTICE, many + few))
    assert 'stroke-width="7"' in svg
    assert 'stroke-width="2.1"' in svg
