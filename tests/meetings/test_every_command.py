"""The permission table through real requests: every role, every command, every phase.

`engine.permissions.TABLE` says who may; here each command goes to its address with each role's
cookies, and what comes back has to be what the table says. A command without an address fails.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.http import HttpResponse
from msgspec.structs import replace

from agreements.shapes import Board, Response, Statement, Suggestion
from meetings import services, store
from meetings.engine import codec, permissions
from meetings.engine import commands as c
from meetings.engine.refusals import Refusal
from meetings.engine.state import Checkin, Meeting, Phase, Role, Screening, Seat
from meetings.models import Facilitator, Group
from meetings.sentences import REFUSALS
from tests.engine.table import GROUP, STEPS
from tests.in_one_loop import in_one_loop
from tests.meetings.everyone import (
    ANOTHERS,
    FACILITATOR,
    FORGOTTEN,
    HOST,
    NOBODY,
    PARTICIPANT,
    REMOVED,
    SCREEN_ROLE,
    Everyone,
)
from tests.meetings.people import Browser, text_of
from tests.meetings.sockets import Page

LOBBY, RUNNING, ENDED = Phase.LOBBY, Phase.RUNNING, Phase.ENDED
ROLES = (NOBODY, PARTICIPANT, FORGOTTEN, REMOVED, SCREEN_ROLE, FACILITATOR, ANOTHERS, HOST)
ACCOUNTS = (FACILITATOR, ANOTHERS, HOST)

# What comes back.
DONE, OTHERWISE = "done", "refused by the rule itself"
NOT_ALLOWED, OVER, OUT, HIDDEN = "not allowed", "over", "asked to step out", "no such page"
SIGN_IN, ELSEWHERE = "sign in", "led elsewhere"


@dataclass(frozen=True)
class Request:
    """How a command is given. `at` and `asked`: where the meeting has to be for it to be done."""

    command: type[c.Command]
    path: str
    method: str = "post"
    fields: dict[str, Any] | None = None
    at: str = "reading"
    asked: bool = False


def on_console(command: type[c.Command], path: str, method: str = "post", **of: Any) -> Request:
    return Request(command, "{console}" + path, method, **of)


def on_phone(command: type[c.Command], path: str, method: str = "post", **of: Any) -> Request:
    return Request(command, "/meeting" + path, method, **of)


NEW_STEP = {
    "id": "0" * 16,
    "what": "kind-break",
    "title": "Tea",
    "minutes": "5",
    "after": "reading",
}
# What is suggested, and what the group has adopted.
THEIRS, OURS = "statements/known", "statements/ours"
AGREED = (Statement("ours", "We mute our phones."), Statement("later", "No advice."))
SUGGESTED = (
    Suggestion("known", "We may pass.", asked_aloud=True),
    Suggestion("alike", "Anyone may pass."),
)
REQUESTS = [
    Request(c.Join, "{door}", fields={"name": "Kim"}),
    on_phone(c.Retake, "", "get"),
    on_phone(c.HearCards, "/cards"),
    on_phone(c.Leave, "/leave"),
    on_phone(c.RaiseHand, "/hand"),
    on_phone(c.LowerHand, "/hand", "delete"),
    on_phone(c.TakePart, "/part", fields={"step": "reading", "part": 1}),
    on_phone(c.GiveBackPart, "/part", "delete", fields={"step": "reading", "part": 0}),
    on_phone(c.TurnToPart, "/part/turn", fields={"step": "reading", "part": 1}),
    on_phone(c.Answer, "/answer", fields={"step": "choice", "choice": 0}, at="choice", asked=True),
    on_phone(c.Pass, "/answer", fields={"step": "choice", "choice": "p"}, at="choice", asked=True),
    on_phone(
        c.WriteAnswer, "/answer", fields={"step": "text", "text": "Tea"}, at="text", asked=True
    ),
    on_phone(c.Suggest, "/statements", fields={"text": "We may leave."}, at="agreement"),
    on_phone(c.Reword, f"/{THEIRS}/wording", fields={"text": "We may leave."}),
    on_phone(c.TakeOut, f"/{OURS}/taking-out"),
    on_phone(c.Respond, f"/{THEIRS}/response", fields={"response": Response.LIVE.value}),
    on_phone(c.Keep, "/kept"),
    on_phone(c.PointTo, f"/{OURS}/pointed"),
    Request(c.Attend, "{console}", "get"),
    Request(c.Depart, "/out"),
    on_console(c.Start, "start"),
    on_console(c.GoTo, "step", fields={"step": "closing"}),
    on_console(c.AddStep, "steps", fields=NEW_STEP),
    on_console(c.MoveStep, "steps/closing/place", fields={"after": "reading"}),
    on_console(c.SkipStep, "steps/closing/skipped"),
    on_console(c.UnskipStep, "steps/closing/skipped", "delete"),
    on_console(c.Extend, "extra", fields={"step": "reading", "extra": 60}),
    on_console(c.TurnToPart, "part", fields={"step": "reading", "part": 1}),
    on_console(c.OpenCheckin, "checkin", fields={"step": "choice"}, at="choice"),
    on_console(
        c.CloseCheckin, "checkin", "delete", fields={"step": "choice"}, at="choice", asked=True
    ),
    on_console(c.LeaveOut, "left-out", fields={"step": "screened", "place": 0}, at="screened"),
    on_console(
        c.TakeBackIn, "left-out", "delete", fields={"step": "screened", "place": 0}, at="screened"
    ),
    on_console(c.ShowAnswers, "answers", fields={"step": "screened"}, at="screened"),
    on_console(c.DiscardAnswers, "answers", "delete", fields={"step": "screened"}, at="screened"),
    on_console(c.Thank, "thank", fields={"seat": "{seat}"}),
    on_console(c.LockDoors, "doors", "delete"),
    on_console(c.UnlockDoors, "doors"),
    on_console(c.Remove, "remove", fields={"seat": "{seat}"}),
    on_console(c.ShowSupport, "support"),
    on_console(c.HideSupport, "support", "delete"),
    on_console(c.Suggest, "statements", fields={"text": "We may leave."}, at="agreement"),
    on_console(c.Reword, f"{OURS}/wording", fields={"text": "We may leave."}),
    on_console(c.TakeOut, f"{OURS}/taking-out"),
    on_console(c.Respond, f"{THEIRS}/response", fields={"response": Response.TALK.value}),
    on_console(c.Keep, "kept", "delete"),
    on_console(c.AskAloud, f"{THEIRS}/asked"),
    on_console(c.NoteObjection, f"{THEIRS}/objection"),
    on_console(c.ClearObjection, f"{THEIRS}/objection", "delete"),
    on_console(c.Merge, f"{THEIRS}/merged", fields={"gone": "alike"}),
    on_console(c.MoveStatement, f"{OURS}/place", fields={"after": "later"}),
    on_console(c.BringToAll, "brought", fields={"statement": "ours"}),
    on_console(c.SawPointed, f"{OURS}/pointed", "delete"),
    on_console(c.Adopt, f"{THEIRS}/adopted"),
    on_console(c.Park, f"{THEIRS}/parked"),
    on_console(c.LetGo, THEIRS, "delete"),
    on_console(c.End, "end"),
]
# These answer alike whatever they did; what they did to the state says whether they were done.
BY_EFFECT = (c.Join, c.Retake, c.HearCards, c.Leave, c.Depart)


@pytest.fixture
def everyone(group: Group, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch) -> Everyone:
    """The store keeps no records here: states are put into it as each request needs them."""
    memory = store.MemoryStore()
    monkeypatch.setattr(services, "live", lambda: memory)
    return Everyone(group, facilitator)


class Stage:
    """Puts the meeting where a request needs it, and every browser's cookies back."""

    def __init__(self, everyone: Everyone) -> None:
        self.everyone = everyone
        self.entries = services.store()._entries  # type: ignore[attr-defined]
        self.entry = self.entries[everyone.meeting_id]
        self.base: Meeting = self.entry.state
        (self.leader,) = self.base.facilitators
        self.cookies = {
            role: {name: morsel.value for name, morsel in browser.client.cookies.items()}
            for role, browser in everyone.browsers.items()
        }
        self.own = {PARTICIPANT: everyone.seat, FORGOTTEN: everyone.forgotten_seat}

    def browser(self, role: str) -> Browser:
        browser = self.everyone.browsers[role]
        browser.client.cookies.clear()
        for name, value in self.cookies[role].items():
            browser.client.cookies[name] = value
        return browser

    def signs_in_again(self, role: str) -> None:
        if role in ACCOUNTS and self.browser(role).cookie("session") is not None:
            client = self.everyone.browsers[role].client
            names = {FACILITATOR: self.everyone.facilitator.name, ANOTHERS: "Cleo", HOST: "Hana"}
            client.force_login(Facilitator.objects.get(name=names[role]))
            self.cookies[role]["session"] = client.cookies["session"].value

    def place(self, request: Request, phase: Phase) -> Meeting | None:
        """The meeting as this request needs it; None when it has ended."""
        if phase is ENDED:
            self.entries.pop(self.base.id, None)
            return None
        seat, now = self.everyone.seat, time.time()
        seats = {name: Seat(f"Guest {name}") for name in ("a", "b", "c", "d", "e")}
        seats |= {seat: replace(self.base.seats[seat], heard_cards=False)}
        index = next(at for at, step in enumerate(STEPS) if step.id == request.at)
        prompt = STEPS[index].prompt
        asks = request.asked and prompt is not None
        self.entry.state = replace(
            self.base,
            group=replace(GROUP, id=self.base.group.id),
            steps=STEPS,
            board=Board(AGREED, SUGGESTED, version=2, keeps=frozenset({self.leader})),
            pointed_to=frozenset({"ours"}) if request.command is c.SawPointed else frozenset(),
            phase=phase,
            step=index,
            step_began=now,
            alive_at=now,
            readers={"0": seat},
            hands=(seat,),
            seats=seats,
            seen=dict.fromkeys((*seats, self.leader), now),
            skipped=frozenset({"closing"} if request.command is c.UnskipStep else ()),
            checkin=Checkin(request.at, frozenset(seats), frozenset(), (0,) * len(prompt.choices))
            if asks and prompt is not None
            else None,
            screening=Screening("screened", ("a", "b", "c", "d", "e", "f"))
            if request.at == "screened"
            else None,
        )
        self.entries[self.base.id] = self.entry
        return self.entry.state

    def give(self, request: Request, role: str) -> HttpResponse:
        places = {
            "console": f"/console/{self.base.id}/",
            "door": f"/j/{self.base.code}",
            "seat": self.everyone.seat,
        }
        fields = {
            name: value.format(**places) if isinstance(value, str) else value
            for name, value in (request.fields or {}).items()
        }
        browser = self.browser(role)
        response: HttpResponse = getattr(browser, request.method)(
            request.path.format(**places), fields
        )
        return response

    def after(self) -> Meeting | None:
        entry = self.entries.get(self.base.id)
        return None if entry is None else entry.state


def said(response: HttpResponse) -> str:
    """What came back, in a word."""
    text, status = text_of(response), response.status_code
    if status == 302:
        to = response["Location"]
        if "/receipt" in to:
            return DONE
        return SIGN_IN if to.startswith("/account/login/") else ELSEWHERE
    if status == 409 and str(REFUSALS[Refusal.NOT_ALLOWED][1]) in text:
        return NOT_ALLOWED
    if status == 404 and "There is nothing here" in text:
        return HIDDEN
    return {200: DONE, 403: OUT, 410: OVER}.get(status, OTHERWISE)


def expected(request: Request, role: str, phase: Phase) -> str:
    """What the table says must come back."""
    if request.path.startswith("{console}"):
        if role not in ACCOUNTS:
            return SIGN_IN if request.command is c.Attend else HIDDEN
        if role != FACILITATOR or phase is ENDED:
            return ELSEWHERE if request.command in (c.Attend, c.End) else OVER
        return DONE if permissions.may(Role.FACILITATOR, request.command, phase) else NOT_ALLOWED
    if role == REMOVED and phase is not ENDED:
        return OUT
    if role not in (PARTICIPANT, FORGOTTEN) or phase is ENDED:
        return OVER
    return DONE if permissions.may(Role.PARTICIPANT, request.command, phase) else NOT_ALLOWED


def took_effect(request: Request, role: str, stage: Stage, before: Meeting | None) -> bool:
    state = stage.after()
    if state is None or before is None:
        return False
    own = stage.own.get(role, "")
    return {
        c.Join: len(state.seats) > len(before.seats),
        c.Retake: stage.everyone.forgotten_seat in state.seats,
        c.HearCards: own in state.seats and state.seats[own].heard_cards,
        c.Leave: bool(state.left - before.left),
        c.Depart: stage.leader not in state.facilitators,
    }[request.command]


def should_take_effect(request: Request, role: str, phase: Phase) -> bool:
    if request.command is c.Join:
        newcomer = role in (NOBODY, SCREEN_ROLE, ANOTHERS, HOST)
        return newcomer and permissions.may(Role.NEWCOMER, c.Join, phase)
    if request.command is c.Retake:
        return role == FORGOTTEN and permissions.may(Role.NEWCOMER, c.Retake, phase)
    if request.command is c.Depart:
        return role == FACILITATOR and permissions.may(Role.FACILITATOR, c.Depart, phase)
    seated = role in (PARTICIPANT, FORGOTTEN)
    return seated and permissions.may(Role.PARTICIPANT, request.command, phase)


def bare(state: Meeting | None, stage: Stage) -> bytes:
    """The state without signs of life, without who is at the console, without the one who was
    seated again before a command was even looked at."""
    if state is None:
        return b""
    seats = {key: seat for key, seat in state.seats.items() if key != stage.own[FORGOTTEN]}
    return codec.encode(
        replace(state, seats=seats, seen={}, alive_at=0.0, revision=0, facilitators={})
    )


def name_of(request: Request) -> str:
    return f"{request.command.__name__} at {request.path}"


def test_every_command_has_an_address() -> None:
    assert {request.command for request in REQUESTS} == set(permissions.TABLE)
    for command, roles in permissions.TABLE.items():
        given = [request for request in REQUESTS if request.command is command]
        assert len(given) == len(roles)


@pytest.mark.parametrize("phase", [LOBBY, RUNNING, ENDED])
def test_every_role_may_do_by_http_what_the_table_lists_and_nothing_else(
    everyone: Everyone, phase: Phase
) -> None:
    stage, wrong = Stage(everyone), []
    for request, role in itertools.product(REQUESTS, ROLES):
        before = stage.place(request, phase)
        response = stage.give(request, role)
        assert response.status_code < 500
        if request.command in BY_EFFECT:
            found: object = took_effect(request, role, stage, before)
            wanted: object = should_take_effect(request, role, phase)
            done = bool(found)
        else:
            found, wanted = said(response), expected(request, role, phase)
            done = found == DONE
            if role == FORGOTTEN and wanted == DONE and found == OTHERWISE:
                # Seated again, and then told by the rule itself: came later, not the reader.
                found = wanted
        if found != wanted:
            wrong.append((name_of(request), role, found, wanted, response.status_code))
        if not done and bare(stage.after(), stage) != bare(before, stage):
            wrong.append((name_of(request), role, "changed something"))
        if request.command is c.Depart:
            stage.signs_in_again(role)
    assert wrong == []


SOCKETS = {"/meeting/socket": (PARTICIPANT, FORGOTTEN), "/screen/socket": (SCREEN_ROLE,)}


@pytest.mark.parametrize("phase", [LOBBY, RUNNING, ENDED])
@in_one_loop
async def test_every_role_may_listen_where_it_belongs_and_nowhere_else(
    group: Group, facilitator: Facilitator, phase: Phase, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = store.MemoryStore()
    monkeypatch.setattr(services, "live", lambda: memory)
    stage = Stage(await sync_to_async(Everyone)(group, facilitator))
    sockets = {**SOCKETS, f"/console/{stage.base.id}/socket": (FACILITATOR,)}
    opened = {}
    for path, role in itertools.product(sockets, ROLES):
        stage.place(REQUESTS[0], phase)
        page = await Page(path, stage.cookies[role]).open()
        opened[path, role] = page.accepted
        if page.accepted:
            await page.leave()
        else:
            await page.over()
    wanted = {
        (path, role): phase is not ENDED and role in allowed
        for (path, allowed), role in itertools.product(sockets.items(), ROLES)
    }
    assert opened == wanted
