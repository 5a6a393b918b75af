"""What really goes out while people answer: every push, every response, every line in a log."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import AsyncClient

from meetings import services
from meetings.engine import commands as c
from meetings.engine.state import Outcome, StepKind
from meetings.models import Group, Prompt
from meetings.seats import SEAT, SeatToken
from tests.in_one_loop import in_one_loop
from tests.meetings.conftest import Hall
from tests.meetings.evening import Evening, evening
from tests.meetings.people import Phone, live_state, text_of
from tests.meetings.sockets import Page

NAMES = [f"Guest {n}" for n in range(6)]
CHOICES: list[dict[str, str]] = [{"choice": one} for one in ("0", "0", "1", "2", "1", "p")]
TEXTS: list[dict[str, str]] = [
    {"text": one} for one in ("Tea", "my sister", "é" * 140, "walking", "a" * 70)
] + [{"choice": "p"}]


class Lines(logging.Handler):
    """Every line of a log, and whatever else is printed."""

    def __init__(self, output: pytest.CaptureFixture[str]) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def taken(self) -> list[str]:
        """What there was since this was asked last."""
        lines, self._lines = self._lines, []
        return [text for text in (*lines, *self._output.readouterr()) if text]


@pytest.fixture
def printed(capfd: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    lines = Lines(capfd)
    root = logging.getLogger()
    for handler in root.handlers:
        if handler.formatter is not None and "logs" in type(handler.formatter).__module__:
            lines.setFormatter(handler.formatter)
    root.addHandler(lines)
    yield lines
    root.removeHandler(lines)


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that frames differ by what they say and by nothing else."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


async def lived(
    group: Group, answers: list[dict[str, str]], printed: Lines
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Everything that went to anyone, before it was closed and in all, one list for each page."""
    printed.taken()
    async with evening(group) as here:
        before, whole = await _lived(here, answers)
        await here.lead(c.End())
    whole["printed"] = printed.taken()
    return before, whole


async def _lived(here: Evening, answers: list[dict[str, str]]) -> Any:
    pages: dict[str, Page] = {}
    clients = []
    seats = []
    for name in NAMES:
        actor, cookie = await here.sits_down(name)
        await services.perform(here.id, actor, c.HearCards())
        seats.append(actor.seat)
        client = AsyncClient()
        client.cookies[SEAT] = cookie
        clients.append(client)
        pages[name] = await here.open(Page("/meeting/socket", {SEAT: cookie}))
    pages["screen"] = await here.screen()
    step = await here.go_to(StepKind.CHECKIN)
    await here.lead(c.OpenCheckin(step))
    await here.settled()
    # Until here people came in as fast as they could; from here on each push counts.
    for page in pages.values():
        page.texts.clear()
    responses: dict[str, list[str]] = {"responses": [], "polls": []}

    def told() -> dict[str, list[str]]:
        every = {who: list(page.texts) for who, page in pages.items()} | responses
        numbered = {seat: f"seat-{n}" for n, seat in enumerate(seats)}
        known = re.compile("|".join(numbered))
        return {
            who: [known.sub(lambda one: numbered[one[0]], text) for text in texts]
            for who, texts in every.items()
        }

    for client, answer in zip(clients, answers, strict=True):
        response = await client.post("/meeting/answer", {"step": step, **answer})
        assert response.status_code == 200
        headers = sorted((name, value) for name, value in response.items())
        responses["responses"].append(f"{headers} {response.content.decode()}")
        # A second time, as a bad connection does it: refused alike, whatever it says.
        again = await client.post("/meeting/answer", {"step": step, **answer})
        responses["responses"].append(f"{again.status_code} {again.content.decode()}")
        await here.settled()
        poll = await clients[0].get("/meeting/regions")
        responses["polls"].append(f"{sorted(poll.items())} {poll.content.decode()}")
    before = told()
    await here.lead(c.CloseCheckin(step))
    await here.settled()
    return before, told()


@pytest.fixture(params=["choice", "text"])
def answers(group: Group, request: pytest.FixtureRequest) -> list[dict[str, str]]:
    if request.param == "choice":
        Prompt.objects.update(kind="choice", options=["hard", "so-so", "okay"])
        return CHOICES
    Prompt.objects.update(kind="text", options=[])
    Group.objects.update(free_text=True)
    return TEXTS


@in_one_loop
async def test_who_answered_what_changes_no_byte_that_goes_out_or_is_printed(
    group: Group, answers: list[dict[str, str]], printed: Lines
) -> None:
    _, given = await lived(group, answers, printed)
    _, exchanged = await lived(group, answers[3:] + answers[:3], printed)
    assert given == exchanged
    assert given["printed"] == []
    # What is compared is all there: each phone's own answer, the progress, and what is shown.
    assert all(len(given[name]) >= 3 for name in NAMES)
    assert "now-picture" in given[NAMES[0]][-1]


@in_one_loop
async def test_before_it_is_closed_no_byte_no_length_and_no_number_of_frames_tells_an_answer(
    group: Group, answers: list[dict[str, str]], printed: Lines
) -> None:
    passing = [{"choice": "p"} for _ in NAMES]
    alike = [answers[0] for _ in NAMES]
    first, _ = await lived(group, answers, printed)
    for others in (passing, alike, answers[::-1]):
        before, _ = await lived(group, others, printed)
        assert before == first


@in_one_loop
async def test_many_tabs_and_impatient_thumbs_answer_once(group: Group) -> None:
    async with evening(group) as here:
        clients, seats = [], []
        for name in NAMES:
            token = await services.join(await here.state(), c.Join(name))
            seats.append(token.seat)
            cookie = await here.cookie(SEAT, SeatToken(token.seat, name))
            # Three tabs of one browser.
            for _ in range(3):
                client = AsyncClient()
                client.cookies[SEAT] = cookie
                clients.append(client)
        step = await here.go_to(StepKind.CHECKIN)
        await here.lead(c.OpenCheckin(step))
        sent = (
            client.post("/meeting/answer", {"step": step, "choice": str(at % 2)})
            for at, client in enumerate(clients * 2)
        )
        statuses = [answer.status_code for answer in await asyncio.gather(*sent)]
        assert sorted(statuses) == [200] * len(NAMES) + [409] * (len(clients) * 2 - len(NAMES))
        checkin = (await here.state()).checkin
        assert checkin is not None and checkin.answered == set(seats)
        assert checkin.answers == sum(checkin.tally) == len(NAMES)
        result = (await here.lead(c.CloseCheckin(step))).results[step]
        assert result.outcome is Outcome.SHOWN


def test_everyone_sees_how_many_seats_there_are_and_one_browser_has_one(hall: Hall) -> None:
    first = hall.phone("Robin")

    def everyone_reads(many: int) -> bool:
        hall.laptop.press("screen")
        console = hall.laptop.get(hall.laptop.console)
        seen = [
            text_of(page) for page in (first.get("/meeting"), console, hall.laptop.get("/screen"))
        ]
        return all(f"{many} here" in page for page in seen)

    assert everyone_reads(2)
    for n in range(20):
        # A second tab, a second scan, the form sent once more: the same browser.
        assert first.post(f"/j/{hall.code}", {"name": f"Robin {n}"})["Location"] == "/meeting"
        assert first.get("/meeting").status_code == 200
    assert len(live_state(hall.group).seats) == 1
    assert everyone_reads(2)
    for many in (3, 4, 5):
        # Private windows are other browsers: they cannot be told apart, but they are counted.
        Phone().come_in(hall.code)
        assert everyone_reads(many)
