"""A small meeting to try the rules on, and time standing still."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from agreements.shapes import Board
from meetings.engine import commands as c
from meetings.engine import rules
from meetings.engine.state import (
    Actor,
    GroupFacts,
    Meeting,
    Prompt,
    PromptKind,
    Role,
    Step,
    StepKind,
    Support,
)

NOW = 1_700_000_000.0
LEADER = Actor(Role.FACILITATOR, "f-ana")
SCREEN = Actor(Role.SCREEN, "screen")
WORDS = ("tired", "hopeful", "heavy", "calm", "grateful", "restless")

CHOICE = Prompt("p-choice", PromptKind.CHOICE, "How was the week?", ("hard", "so-so", "okay"))
SCALE = Prompt("p-scale", PromptKind.SCALE, "How full is your cup?", ("1", "2", "3", "4", "5"))
FEELINGS = Prompt("p-words", PromptKind.WORDS, "Which words fit?", WORDS, feelings=True)
YES_NO = Prompt("p-yes-no", PromptKind.YES_NO, "Did you sleep?", ())
TEXT = Prompt("p-text", PromptKind.TEXT, "What helped this week?", ())
SCREENED = Prompt("p-screened", PromptKind.TEXT, "What is hard to say aloud?", (), screened=True)

STEPS = (
    Step("welcome", StepKind.WELCOME, "Welcome", 5, "Hello", "Say hello"),
    Step("reading", StepKind.READING, "Reading", 10, parts=("one", "two", "three")),
    Step("choice", StepKind.CHECKIN, "Check-in", 5, prompt=CHOICE),
    Step("scale", StepKind.CHECKIN, "Scale", 5, prompt=SCALE),
    Step("words", StepKind.CHECKIN, "Words", 5, prompt=FEELINGS),
    Step("choice-again", StepKind.CHECKIN, "Check-in once more", 5, prompt=CHOICE),
    Step("yes-no", StepKind.CHECKIN, "Yes or no", 5, prompt=YES_NO),
    Step("text", StepKind.CHECKIN, "Own words", 5, prompt=TEXT),
    Step("screened", StepKind.CHECKIN, "Own words, read first", 5, prompt=SCREENED),
    Step("agreement", StepKind.AGREEMENT, "Our agreement", 10),
    Step("sharing", StepKind.SHARING, "Sharing", 15),
    Step("closing", StepKind.CLOSING, "Closing", 5),
)
GROUP = GroupFacts(
    id="g1",
    name="Tuesday group",
    shown_name="Meeting",
    language="en",
    time_zone="UTC",
    agreement_title="Comfort Agreement",
    starters=("We may pass.",),
    free_text=True,
    crosstalk_line="We listen without answering.",
    support=(Support("Warm line", "555 0100", "peers answer", "always"),),
)


def lobby(**changed: object) -> Meeting:
    """Doors just opened; Ana leads."""
    state = Meeting("m1", "ABCD2345", GROUP, STEPS, Board(), opened_at=NOW, alive_at=NOW)
    state = do(state, LEADER, c.Attend("Ana"))
    return msgspec.structs.replace(state, **changed)


def seat(name: str) -> Actor:
    return Actor(Role.PARTICIPANT, name)


def newcomer(name: str) -> Actor:
    return Actor(Role.NEWCOMER, name)


def do(state: Meeting, actor: Actor, command: c.Command, now: float = NOW) -> Meeting:
    return rules.apply(state, command, actor, now)


def seated(state: Meeting, seats: Iterable[str], now: float = NOW) -> Meeting:
    """The same meeting with these seats taken, each named as its id says."""
    for name in seats:
        state = do(state, newcomer(name), c.Join(f"Name of {name}"), now)
    return state


PEOPLE = ("s1", "s2", "s3", "s4", "s5", "s6")


def running(at: str = "welcome", people: Iterable[str] = PEOPLE, now: float = NOW) -> Meeting:
    state = do(seated(lobby(), people, now), LEADER, c.Start(), now)
    return do(state, LEADER, c.GoTo(at), now)


def asked(at: str = "choice", people: Iterable[str] = PEOPLE) -> Meeting:
    """A meeting whose check-in is open."""
    return do(running(at, people), LEADER, c.OpenCheckin(at))
