"""Two facilitators, or two laptops of one, steer one meeting through the one door for change."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from meetings import room, services
from meetings.engine import commands as c
from meetings.engine.state import Actor, Meeting, Role, StepKind
from meetings.models import Facilitator, Group
from tests.in_one_loop import in_one_loop
from tests.meetings.conftest import Hall
from tests.meetings.evening import LEADER, Evening, evening
from tests.meetings.people import Laptop, live_state, text_of
from tests.meetings.sockets import Page, until

OTHER = Actor(Role.FACILITATOR, "f-bea")


async def both_press(here: Evening, *commands: c.Command) -> Meeting:
    """Each laptop gives all of the commands at once; whatever is refused is raised."""
    await asyncio.gather(
        *(
            services.perform(here.id, actor, command)
            for command in commands
            for actor in (LEADER, OTHER)
        )
    )
    return await here.state()


@in_one_loop
async def test_next_pressed_on_both_laptops_goes_on_by_one_step(group: Group) -> None:
    async with evening(group) as here:
        await services.perform(here.id, OTHER, c.Attend("Bea"))
        following = (await here.state()).steps[1].id
        state = await both_press(here, c.GoTo(following))
        assert state.current.id == following


@in_one_loop
async def test_more_time_pressed_on_both_laptops_is_given_once(group: Group) -> None:
    async with evening(group) as here:
        step = (await here.state()).current.id
        state = await both_press(here, c.Extend(step, 120))
        assert state.step_extra == 120


@in_one_loop
async def test_a_check_in_is_opened_and_closed_once(group: Group) -> None:
    async with evening(group) as here:
        people = [(await here.sits_down(f"Guest {n}"))[0] for n in range(5)]
        step = await here.go_to(StepKind.CHECKIN)
        await both_press(here, c.OpenCheckin(step))
        for one in people:
            await services.perform(here.id, one, c.Answer(step, (0,)))
        state = await both_press(here, c.CloseCheckin(step))
        assert list(state.results) == [step] and state.checkin is None


@in_one_loop
async def test_adopting_on_both_laptops_makes_one_version(group: Group) -> None:
    async with evening(group) as here:
        await here.go_to(StepKind.AGREEMENT)
        before = (await here.state()).board.version
        await here.lead(c.Suggest("x1", "We say what we need."), c.AskAloud("x1"))
        state = await both_press(here, c.Adopt("x1"))
        assert state.board.version == before + 1

        def newest() -> tuple[int, int]:
            agreement = Group.objects.get(pk=group.pk).agreement
            version = agreement.current()
            assert version is not None
            return version.number, agreement.versions.count()

        assert (await sync_to_async(newest)())[0] == before + 1


@in_one_loop
async def test_the_plan_changed_from_both_laptops_keeps_every_step(group: Group) -> None:
    async with evening(group) as here:
        steps = [step.id for step in (await here.state()).steps]
        state = await both_press(
            here,
            c.MoveStep(steps[-1], steps[0]),
            c.MoveStep(steps[2], steps[0]),
            c.SkipStep(steps[3]),
        )
        assert sorted(step.id for step in state.steps) == sorted(steps)
        assert state.skipped == {steps[3]}


@pytest.fixture
def other(group: Group) -> Facilitator:
    """A second account that leads the same group."""
    bea = Facilitator.objects.create_pseudonymous("Bea")
    group.facilitators.add(bea)
    return bea


def regions_on(laptop: Laptop) -> str:
    return text_of(laptop.get(f"{laptop.console}regions"))


@pytest.mark.parametrize("whose", ["her own second laptop", "a second account"])
def test_both_consoles_show_the_same_and_neither_is_told_off(
    hall: Hall, facilitator: Facilitator, other: Facilitator, monkeypatch: Any, whose: str
) -> None:
    second = Laptop(other if whose == "a second account" else facilitator)
    second.console = hall.laptop.console
    assert second.get(second.console).status_code == 200
    # In one moment: only then does the clock show the same on both.
    now = live_state(hall.group).opened_at + 1
    monkeypatch.setattr("time.time", lambda: now)
    laptops = (hall.laptop, second)
    for laptop in laptops:
        assert laptop.press("start").status_code == 200
    steps = [step.id for step in live_state(hall.group).steps]
    for path, form in (
        (f"steps/{steps[-1]}/place", {"after": steps[0]}),
        (f"steps/{steps[2]}/skipped", {}),
        ("step", {"step": steps[1]}),
        ("extra", {"step": steps[1], "extra": "120"}),
    ):
        assert [laptop.press(path, form).status_code for laptop in laptops] == [200, 200]
        assert regions_on(hall.laptop) == regions_on(second)
    assert live_state(hall.group).current.id == steps[1]


@in_one_loop
async def test_a_new_password_closes_the_open_console_on_the_other_laptop_and_not_for_good_here(
    group: Group, facilitator: Facilitator
) -> None:
    async with evening(group) as here:
        browsers = [AsyncClient(), AsyncClient()]
        for browser in browsers:
            await browser.aforce_login(facilitator)

        async def console(browser: AsyncClient) -> Page:
            cookies = {"session": browser.cookies["session"].value}
            return await here.open(Page(f"/console/{here.id}/socket", cookies))

        pages = [await console(browser) for browser in browsers]
        saved = await browsers[0].post("/account/password", {"password": "seven small harbours"})
        assert saved.status_code == 302
        await room._rooms[here.id].heartbeat()

        for page in pages:
            await until(lambda page=page: page.closed is not None)
            assert page.closed == room.SERVICE_RESTART and "ended" not in page.last
        assert (await console(browsers[0])).accepted
        assert not (await console(browsers[1])).accepted
        assert "Ana" in (await here.state()).facilitators.values()
