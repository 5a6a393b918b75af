"""The shapes of what may be seen. Regions of pages are made from these and nothing else.

A view holds no seat ids but the ones its audience acts on, and never a count that is a person's.
Equal views are rendered once, so every struct is frozen and hashable.
"""

from __future__ import annotations

import msgspec

from agreements.shapes import Response, Sense
from meetings.engine.bands import Picture, Progress
from meetings.engine.state import Outcome, Phase, PromptKind, StepKind, Support


class View(msgspec.Struct, frozen=True):
    """One region's content. The region's name is the class's."""


class Timer(msgspec.Struct, frozen=True):
    """Began and ends, in Unix seconds by the server's clock."""

    began: float
    ends: float


# For every phone and the screen


class Top(View, frozen=True):
    """The line above everything: the name phones show, how many are here, the steps' progress."""

    title: str
    here: int
    done: int
    steps: int
    running: bool


class Notice(View, frozen=True):
    """Lines for everyone: a statement she brings to every screen, she is away, the server came
    back, support lines."""

    away: bool
    restarted: bool
    support: tuple[Support, ...]
    language: str
    brought: str = ""
    # What she brought is a suggestion yet.
    brought_is_open: bool = False


class ReadingPart(msgspec.Struct, frozen=True):
    text: str
    number: int
    of: int
    reader: str | None
    is_last: bool


class CheckinNow(msgspec.Struct, frozen=True):
    """A check-in as everyone may see it. `progress` is None unless it is open.

    `being_read`: it is closed, and a facilitator reads the answers first. `texts` are what is
    shown of answers in people's own words.
    """

    question: str
    kind: PromptKind
    options: tuple[str, ...]
    floor: int
    progress: Progress | None
    outcome: Outcome | None
    picture: Picture | None
    feelings: bool
    screened: bool = False
    being_read: bool = False
    texts: tuple[str, ...] = ()


class StatementNow(msgspec.Struct, frozen=True):
    id: str
    text: str


class AgreementNow(msgspec.Struct, frozen=True):
    title: str
    statements: tuple[StatementNow, ...]
    version: int


class Now(View, frozen=True):
    """The step of now, the same on every phone. In the lobby `kind` is None."""

    phase: Phase
    kind: StepKind | None
    title: str
    text: str
    timer: Timer | None
    upcoming: tuple[str, ...]
    crosstalk: str = ""
    camera: str = ""
    reading: ReadingPart | None = None
    checkin: CheckinNow | None = None
    agreement: AgreementNow | None = None
    # What the group's own words are written in.
    language: str = ""


class Agreement(View, frozen=True):
    """The group's agreement, to be read at any time. `may_point`: she can be pointed to one."""

    title: str
    statements: tuple[StatementNow, ...]
    version: int
    language: str
    may_point: bool


# For one phone


class PartOffer(msgspec.Struct, frozen=True):
    """A part that may be taken or given back, or turned. Numbers count from 0."""

    step: str
    part: int
    next_open: int | None
    mine: tuple[int, ...]
    turns_to: int | None


class CheckinForm(msgspec.Struct, frozen=True):
    """What a phone offers, and what it says before its owner answers."""

    step: str
    kind: PromptKind
    options: tuple[str, ...]
    most_picks: int
    floor: int
    screened: bool
    asked: bool
    answered: bool


class SuggestionCard(msgspec.Struct, frozen=True):
    id: str
    text: str
    sense: Sense
    mine: Response | None
    takes_out: bool


class Matter(msgspec.Struct, frozen=True):
    """Suggestions side by side. `now` is the adopted wording that they would change, or ""."""

    now: str
    cards: tuple[SuggestionCard, ...]

    @property
    def takes_out(self) -> bool:
        """Whether one of them is to go without the statement."""
        return any(card.takes_out for card in self.cards)


class Review(msgspec.Struct, frozen=True):
    """An agreement that the group has: keep it, change a statement, add one."""

    statements: tuple[StatementNow, ...]
    sense: Sense
    keeps: bool


class Discussion(msgspec.Struct, frozen=True):
    """`parked` waits from another time; `starters` are there to begin from."""

    matters: tuple[Matter, ...]
    parked: tuple[str, ...]
    starters: tuple[str, ...]
    review: Review | None

    @property
    def suggests(self) -> bool:
        """Whether anything is suggested now."""
        return bool(self.matters)


class Mine(View, frozen=True):
    """What this phone may do in the step of now."""

    part: PartOffer | None = None
    checkin: CheckinForm | None = None
    discussion: Discussion | None = None
    language: str = ""


class Hand(View, frozen=True):
    available: bool
    raised: bool


class Me(View, frozen=True):
    name: str
    listening: bool


# For the facilitator


class AgendaItem(msgspec.Struct, frozen=True):
    """`earlier` and `later`: which step it would follow then; None where it cannot be moved."""

    id: str
    title: str
    minutes: int
    is_done: bool
    is_now: bool
    is_to_come: bool
    is_skipped: bool
    earlier: str | None
    later: str | None


class Agenda(View, frozen=True):
    group: str
    items: tuple[AgendaItem, ...]
    running: bool


class Glance(View, frozen=True):
    """ "14 min in, on time, ends 3:00". `drift` is in minutes: late is more than 0."""

    running: bool
    minutes_in: int
    drift: int
    ends: float
    time_zone: str


class AnswerToRead(msgspec.Struct, frozen=True):
    place: int
    text: str
    left_out: bool


class LeadCheckin(msgspec.Struct, frozen=True):
    """`to_read` are answers that only facilitators see yet; `enough` of them are not left out."""

    step: str
    is_open: bool
    can_open: bool
    too_few: bool
    was_used: bool
    # It asks for people's own words, and the group has that switched off.
    is_off: bool
    shown: CheckinNow
    before: CheckinForm
    to_read: tuple[AnswerToRead, ...] = ()
    enough: bool = True


class LeadCard(msgspec.Struct, frozen=True):
    id: str
    text: str
    sense: Sense
    mine: Response | None
    asked_aloud: bool
    spoken_objection: bool
    can_adopt: bool
    takes_out: bool
    # There is another suggestion that it could become one with.
    may_merge: bool


class LeadMatter(msgspec.Struct, frozen=True):
    """`earlier` and `later`: what it would follow then; None where it cannot be moved."""

    id: str
    now: str
    cards: tuple[LeadCard, ...]
    earlier: str | None
    later: str | None


class LeadStatement(msgspec.Struct, frozen=True):
    id: str
    text: str
    earlier: str | None
    later: str | None


class LeadAgreement(msgspec.Struct, frozen=True):
    title: str
    version: int
    statements: tuple[LeadStatement, ...]
    matters: tuple[LeadMatter, ...]
    parked: tuple[str, ...]
    starters: tuple[str, ...]
    # Whether everyone would keep it as it is, and whether she would.
    kept: Sense
    keeps: bool


class LeadNow(View, frozen=True):
    """The middle of the laptop."""

    phase: Phase
    kind: StepKind | None
    title: str
    text: str
    script: str
    timer: Timer | None
    reading: ReadingPart | None = None
    checkin: LeadCheckin | None = None
    agreement: LeadAgreement | None = None
    support_shown: bool = False
    restarted: bool = False


class Ours(View, frozen=True):
    """The group's agreement beside any step: what she may bring to every screen.

    `pointed_to` are those that someone pointed her to: one person or several, and nobody's name.
    """

    title: str
    statements: tuple[StatementNow, ...]
    brought: str
    brought_text: str
    pointed_to: tuple[StatementNow, ...]
    running: bool


class Controls(View, frozen=True):
    """The row of buttons. The first that is not None of these is the primary: Space presses it,
    except `show_answers`, which takes a press of its own. `reads_first`: closing does not show yet.

    `start`, then `open_checkin`, `close_checkin`, `show_answers` (step ids), `turn_to` (the next
    part), `next` (the next step's id and title); when all are None the agenda is done and ending
    is next.
    """

    start: bool
    step: str
    open_checkin: str | None
    close_checkin: str | None
    show_answers: str | None
    turn_to: int | None
    next: tuple[str, str] | None
    back: str | None
    part_back: int | None
    extra: int
    reads_first: bool = False


class Raised(msgspec.Struct, frozen=True):
    seat: str
    name: str
    not_yet_heard: bool


class Person(msgspec.Struct, frozen=True):
    seat: str
    name: str
    first_time: bool
    listening: bool


class Room(View, frozen=True):
    """The right of the laptop: who is here, who would like to speak, the doors."""

    here: int
    people: tuple[Person, ...]
    unnamed: int
    hands: tuple[Raised, ...]
    locked: bool
    code: str
    running: bool
