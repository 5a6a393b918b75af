"""What people write for the agreement: reminders, limits, and sentences beside the form."""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import permutations
from typing import Any

import pytest
from django.http import HttpResponse

from meetings import rationing, room, services, store
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal
from meetings.engine.state import Actor, Role
from meetings.rationing import OF_A_WRITER
from meetings.sentences import POINTED, REFUSALS
from tests.meetings.conftest import Hall
from tests.meetings.people import live_state, text_of

AT_MOST = int(OF_A_WRITER.burst)
STATEMENTS = "/meeting/statements"


@pytest.fixture
def running(hall: Hall) -> Hall:
    hall.laptop.press("start")
    return hall


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands where a test puts it: a slow machine fills no ration."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def said(response: HttpResponse, where: str) -> str:
    found = re.search(rf'hx-target="#{where}"[^>]*>(.*?)</hx-partial>', text_of(response), re.S)
    assert found is not None, f"nothing for #{where}"
    return found.group(1)


def texts(hall: Hall) -> list[str]:
    return [it.text for it in live_state(hall.group).board.suggestions]


def adopted(hall: Hall, text: str) -> str:
    """A statement that the group has; its id."""
    hall.laptop.press("statements", {"text": text, "as_it_is": "1"})
    (suggestion,) = live_state(hall.group).board.suggestions
    for act in ("asked", "adopted"):
        assert hall.laptop.press(f"statements/{suggestion.id}/{act}").status_code == 200
    return suggestion.id


# Someone who is here is named


@pytest.mark.parametrize("by", ["phone", "laptop"])
def test_who_names_someone_here_is_reminded_and_may_send_it_as_it_is(
    running: Hall, by: str
) -> None:
    running.phone("Maja")
    jo = running.phone("Jo")

    def suggest(fields: dict[str, str]) -> HttpResponse:
        path = STATEMENTS if by == "phone" else f"{running.laptop.console}statements"
        return (jo if by == "phone" else running.laptop).post(path, fields)

    form = {"text": "Maja speaks first.", "beside": "suggest"}
    reminded = suggest(form)
    assert reminded.status_code == 422 and "HX-Trigger" not in reminded
    words = said(reminded, "suggest-said")
    assert str(REFUSALS[Refusal.NAMES_SOMEONE][1]) in words
    assert 'form="suggest"' in words and 'name="as_it_is" value="1"' in words
    assert said(reminded, "said") == "" and texts(running) == []

    sent = suggest(form | {"as_it_is": "1"})
    assert sent.status_code == 200 and texts(running) == ["Maja speaks first."]
    assert said(sent, "suggest-said") == ""


def test_nobody_else_learns_of_the_reminder(running: Hall) -> None:
    maja, jo = running.phone("Maja"), running.phone("Jo")
    running.laptop.press("step", {"step": live_state(running.group).steps[1].id})
    before = text_of(maja.get("/meeting/regions"))
    assert jo.post(STATEMENTS, {"text": "Maja speaks first."}).status_code == 422
    assert text_of(maja.get("/meeting/regions")) == before


@pytest.mark.parametrize(
    "form",
    ["", "Suggest", "a b", "a#b", 'a"><script>', "1a", "a" * 81, "a\n", "á", "-a"],
)
def test_a_form_with_another_id_gets_its_sentence_where_all_sentences_go(
    running: Hall, form: str
) -> None:
    jo = running.phone("Jo")
    refused = jo.post(STATEMENTS, {"text": "Jo speaks first.", "beside": form})
    assert str(REFUSALS[Refusal.NAMES_SOMEONE][1]) in said(refused, "said")
    assert "<button" not in text_of(refused) and "script" not in text_of(refused)


# Many from one phone


def test_a_phone_that_suggests_without_end_is_asked_to_wait_and_others_are_not(
    running: Hall, still: list[float]
) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    for number in range(AT_MOST):
        assert jo.post(STATEMENTS, {"text": f"Statement {number}"}).status_code == 200
    board = live_state(running.group).board
    many = jo.post(STATEMENTS, {"text": "One more", "beside": "suggest"})
    assert many.status_code == 429 and "HX-Trigger" not in many
    assert str(REFUSALS[Refusal.MANY_FROM_ONE_PHONE][1]) in said(many, "suggest-said")
    wording = f"{STATEMENTS}/{board.suggestions[0].id}/wording"
    assert jo.post(wording, {"text": "Other words"}).status_code == 429
    assert live_state(running.group).board == board

    assert sam.post(wording, {"text": "Other words"}).status_code == 200
    still[0] += OF_A_WRITER.seconds
    assert jo.post(STATEMENTS, {"text": "One more"}).status_code == 200


def test_the_facilitators_laptop_has_the_same_limit(running: Hall, still: list[float]) -> None:
    answers = [
        running.laptop.press("statements", {"text": f"Statement {number}"}).status_code
        for number in range(AT_MOST + 1)
    ]
    assert answers == [200] * AT_MOST + [429]


def test_what_is_refused_counts_for_nothing(running: Hall, still: list[float]) -> None:
    jo = running.phone("Jo")
    for text in ("", "x" * 5000) * AT_MOST:
        assert jo.post(STATEMENTS, {"text": text}).status_code == 422
    for number in range(AT_MOST):
        assert jo.post(STATEMENTS, {"text": f"Statement {number}"}).status_code == 200


def test_asking_who_is_here_by_their_names_costs_what_a_suggestion_costs(
    running: Hall, still: list[float]
) -> None:
    running.phone("Maja")
    jo = running.phone("Jo")
    asked = [jo.post(STATEMENTS, {"text": "Maja?"}).status_code for _ in range(AT_MOST + 1)]
    assert asked == [422] * AT_MOST + [429]
    assert jo.post(STATEMENTS, {"text": "We may pass."}).status_code == 429


@pytest.fixture
def held(running: Hall, still: list[float]) -> rationing.Writing:
    rationing.writing.cache_clear()
    return rationing.writing()


def test_the_count_goes_with_the_meeting_and_holds_no_words(
    running: Hall, held: rationing.Writing
) -> None:
    jo = running.phone("Jo")
    jo.post(STATEMENTS, {"text": "Statement"})
    (seat,) = live_state(running.group).seats
    assert len(held) == 1
    inside = repr(vars(held._counts))
    assert seat not in inside and "Statement" not in inside
    running.laptop.press("end")
    assert len(held) == 0


def write(held: rationing.Writing, meeting: str, seat: str, now: float = 1_700_000_000.0) -> None:
    command = c.Suggest("a", "Statement")
    with held.counted(meeting, Actor(Role.PARTICIPANT, seat), command, now):
        pass


def test_whoever_writes_while_the_meeting_ends_leaves_nothing_behind(
    running: Hall, held: rationing.Writing, monkeypatch: pytest.MonkeyPatch, still: list[float]
) -> None:
    live = store.live()
    destroy = live.destroy

    async def just_before(meeting_id: str) -> None:
        write(held, meeting_id, "seat", still[0])
        await destroy(meeting_id)

    monkeypatch.setattr(live, "destroy", just_before)
    running.laptop.press("end")
    assert len(held) == 0


def test_whoever_writes_to_a_meeting_that_is_gone_leaves_nothing_behind(
    held: rationing.Writing, still: list[float]
) -> None:
    write(held, "gone", "seat", still[0])
    actor, command = Actor(Role.PARTICIPANT, "another"), c.Suggest("a", "Statement")
    with pytest.raises(store.Gone):
        asyncio.run(services.perform("gone", actor, command))
    assert len(held) == 0


def test_a_room_that_learns_of_the_end_forgets_what_was_counted(
    held: rationing.Writing, still: list[float]
) -> None:
    write(held, "elsewhere", "seat", still[0])
    asyncio.run(room.Room("elsewhere").refresh())
    assert len(held) == 0


def test_what_is_counted_is_the_same_whoever_wrote_last() -> None:
    def after(*seats: str) -> str:
        held = rationing.Writing(lambda _seconds, _act: None)
        held._counts._key = bytes(32)
        for moment, seat in enumerate(seats):
            write(held, "meeting", seat, 1_700_000_400.0 + moment)
        ours = {"_later", "_lock"}
        inside = {name: it for name, it in vars(held._counts).items() if name not in ours}
        return repr(inside)

    everyone = ["Jo", "Sam", "Sam", "Maja"]
    assert len({after(*order) for order in permutations(everyone)}) == 1
    assert after("Jo") != after("Sam")


def test_when_the_window_turns_all_is_forgotten_though_nobody_writes_any_more() -> None:
    turning: list[tuple[float, Callable[[], None]]] = []
    held = rationing.Writing(lambda *when_and_what: turning.append(when_and_what))
    window = 1_700_000_400.0
    assert window % OF_A_WRITER.seconds == 0
    for meeting in ("one", "another"):
        write(held, meeting, "seat", window + 100)
    ((seconds, turn),) = turning
    assert seconds == OF_A_WRITER.seconds - 100 and len(held) == 2
    turn()
    assert len(held) == 0
    # And by whoever comes first afterwards, should that be sooner.
    write(held, "one", "seat", window + 100)
    write(held, "two", "seat", window + OF_A_WRITER.seconds)
    assert len(held) == 1 and len(turning) == 3


def test_the_window_turns_by_itself() -> None:
    turned = threading.Event()
    rationing.later(0.01, turned.set)
    assert turned.wait(30)


class TooMany(Exception):
    pass


def test_many_at_the_same_moment_are_many() -> None:
    counts = rationing.Counts(600, lambda _seconds, _act: None)
    share, inside = rationing.Share("place", "Jo", rationing.Quota(3, 600)), 0
    with ExitStack() as under_way:
        for _ in range(3):
            under_way.enter_context(counts.counted([share], 1.0, TooMany()))
            inside += 1
        with pytest.raises(TooMany), counts.counted([share], 1.0, TooMany()):
            inside += 1
    assert inside == 3


def test_of_many_threads_no_more_get_through_than_may() -> None:
    counts = rationing.Counts(600, lambda _seconds, _act: None)
    shares = [rationing.Share("place", "Jo", rationing.Quota(50, 600))]
    digest = counts._digest

    def others_first(share: rationing.Share) -> bytes:
        # A thread that has looked and lets others go before it takes is what a lock is against.
        os.sched_yield()
        return digest(share)

    counts._digest = others_first  # type: ignore[method-assign]

    def take(_number: int) -> bool:
        try:
            with counts.counted(shares, 1.0, TooMany()):
                return True
        except TooMany:
            return False

    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(take, range(400))) == 50


def test_what_is_given_back_after_the_window_has_turned_is_no_gift() -> None:
    counts = rationing.Counts(600, lambda _seconds, _act: None)
    share = rationing.Share("place", "Jo", rationing.Quota(1, 600))
    late = counts.counted([share], 599.0, TooMany())
    late.__enter__()
    with counts.counted([share], 600.0, TooMany()):
        pass
    late.__exit__(KeyError, KeyError(), None)
    with pytest.raises(TooMany), counts.counted([share], 601.0, TooMany()):
        pass


# To the facilitator alone


def test_pointing_thanks_the_one_who_points_and_shows_nothing_to_the_others(
    running: Hall,
) -> None:
    jo, sam = running.phone("Jo"), running.phone("Sam")
    statement = adopted(running, "We may pass.")
    before = text_of(sam.get("/meeting/regions"))
    thanked = jo.post(f"{STATEMENTS}/{statement}/pointed", {"beside": "agreement"})
    assert thanked.status_code == 200
    assert str(POINTED) in said(thanked, "agreement-said")
    assert text_of(sam.get("/meeting/regions")) == before
    assert live_state(running.group).pointed_to == {statement}


def test_pointing_to_what_has_changed_is_said_where_it_was_pressed(running: Hall) -> None:
    jo = running.phone("Jo")
    gone: Any = jo.post(f"{STATEMENTS}/0000000000000000/pointed", {"beside": "agreement"})
    assert gone.status_code == 409 and "<p>" in said(gone, "agreement-said")
