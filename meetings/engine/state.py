"""What a live meeting is. All of it lives in the store and none of it outlives the meeting.

Every struct is frozen: a change makes a new state (`rules.apply`). Times are Unix seconds, given
by the caller. Dicts and tuples inside are never altered in place.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

import msgspec

from agreements import rules as agreement_rules
from agreements import shapes
from meetings.engine.bands import FLOOR, Picture

# How many feeling words one person may pick.
MOST_PICKS = 3
# How long an answer in one's own words may be, in code points.
LONGEST_ANSWER = 140
# The answers to a yes/no question. Pages have the words.
YES_NO = ("yes", "no")
# A seat counts as here for this long after its last sign of life; a phone asleep in a pocket for
# a minute has not left.
PRESENT_FOR = 90.0
# No facilitator for this long: the room is told, kindly.
AWAY_AFTER = 30.0
# No facilitator for this long: the meeting is forgotten.
ABANDONED_AFTER = 15 * 60.0
# No meeting is longer than this, whoever forgot to end it.
LONGEST = 12 * 60 * 60.0


class Phase(StrEnum):
    LOBBY = "lobby"
    RUNNING = "running"
    ENDED = "ended"


class Role(StrEnum):
    NEWCOMER = "newcomer"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    SCREEN = "screen"


class StepKind(StrEnum):
    WELCOME = "welcome"
    SILENCE = "silence"
    READING = "reading"
    AGREEMENT = "agreement"
    CHECKIN = "checkin"
    ROUND = "round"
    SHARING = "sharing"
    TOPIC = "topic"
    SPEAKER = "speaker"
    GROUNDING = "grounding"
    BREAK = "break"
    ANNOUNCEMENTS = "announcements"
    CLOSING = "closing"


class PromptKind(StrEnum):
    CHOICE = "choice"
    SCALE = "scale"
    YES_NO = "yes-no"
    WORDS = "words"
    TEXT = "text"


class Outcome(StrEnum):
    """How a check-in ended."""

    SHOWN = "shown"
    TOO_FEW = "too-few"
    # A facilitator read the answers and let all of them go.
    WITHHELD = "withheld"
    # The server restarted while it was open: nobody's answer outlived that.
    DISCARDED = "discarded"
    # It was shown, and the picture did not outlive a restart.
    FORGOTTEN = "forgotten"


class Actor(msgspec.Struct, frozen=True):
    """Who gives a command: a role, and the seat it is given from."""

    role: Role
    seat: str


class Prompt(msgspec.Struct, frozen=True):
    id: str
    kind: PromptKind
    question: str
    options: tuple[str, ...]
    feelings: bool = False
    # For free text: a facilitator reads the answers before the room does.
    screened: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen, in order: nothing when the answer is in one's own words."""
        if self.kind is PromptKind.YES_NO:
            return YES_NO
        return () if self.kind is PromptKind.TEXT else self.options

    def is_same_as(self, other: Prompt) -> bool:
        """Whether a room would take it for the same question: a copy has another id."""
        if self.id == other.id:
            return True
        return self.kind is other.kind and _heard(self.question) == _heard(other.question)


def _heard(question: str) -> str:
    """The words alone: case, spaces, punctuation and what is hidden make no other question."""
    written = unicodedata.normalize("NFKC", question).casefold()
    kept = "".join(char for char in written if unicodedata.category(char)[0] in "LNMS")
    return kept or written


class Step(msgspec.Struct, frozen=True):
    id: str
    kind: StepKind
    title: str
    minutes: int
    text: str = ""
    script: str = ""
    # For a reading: its parts, in order.
    parts: tuple[str, ...] = ()
    prompt: Prompt | None = None


class Support(msgspec.Struct, frozen=True):
    name: str
    contact: str
    who: str
    hours: str
    emergency: str = ""


class GroupFacts(msgspec.Struct, frozen=True):
    """What the meeting needs of its group, read once when the doors open."""

    id: str
    name: str
    shown_name: str
    language: str
    time_zone: str
    agreement_title: str
    starters: tuple[str, ...] = ()
    floor: int = FLOOR
    # Whether questions may be answered in one's own words.
    free_text: bool = False
    limits_text: str = ""
    crosstalk_line: str = ""
    camera_line: str = ""
    call_link: str = ""
    support: tuple[Support, ...] = ()


class Seat(msgspec.Struct, frozen=True):
    name: str = ""
    first_time: bool = False
    listening: bool = False
    heard_cards: bool = False


class Checkin(msgspec.Struct, frozen=True):
    """An open check-in: which seats have answered, and a tally. Nothing joins the two.

    `asked` are the seats there were when it opened: a seat taken later could be one person's
    second. `tally` has one number for each option; a pass is in `answered` and in nothing else;
    `answers` is how many were not passes. `texts` are answers in people's own words, sorted, so
    that where one stands says nothing. There are no ids, times, order or edits.
    """

    step: str
    asked: frozenset[str]
    answered: frozenset[str]
    tally: tuple[int, ...]
    answers: int = 0
    texts: tuple[str, ...] = ()


class Screening(msgspec.Struct, frozen=True):
    """Answers that facilitators read before the room does. Who was asked is forgotten by now.

    `left_out` are places in `texts`, which stay where they are.
    """

    step: str
    texts: tuple[str, ...]
    left_out: frozenset[int] = frozenset()

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(text for at, text in enumerate(self.texts) if at not in self.left_out)


class Result(msgspec.Struct, frozen=True):
    outcome: Outcome
    picture: Picture | None = None
    texts: tuple[str, ...] = ()


class Meeting(msgspec.Struct, frozen=True):
    id: str
    code: str
    group: GroupFacts
    steps: tuple[Step, ...]
    board: shapes.Board
    # The agreement's version when the doors opened.
    opening_version: int = 0
    phase: Phase = Phase.LOBBY
    revision: int = 0
    opened_at: float = 0.0
    # When the doors opened, or the server came back: absence is counted from no earlier.
    alive_at: float = 0.0
    started_at: float = 0.0
    # The step of now, as an index, when it began, and the seconds added to it.
    step: int = 0
    step_began: float = 0.0
    step_extra: float = 0.0
    # Steps that are passed over, and the minutes that the plan had when the meeting started.
    skipped: frozenset[str] = frozenset()
    planned: int = 0
    # The part of the reading of now, and who takes which part: its number, as text, -> seat.
    # (The codec puts text keys in order and no others.)
    part: int = 0
    readers: dict[str, str] = {}
    locked: bool = False
    seats: dict[str, Seat] = {}
    # Accounts that lead this meeting: seat -> name.
    facilitators: dict[str, str] = {}
    seen: dict[str, float] = {}
    # Seats that open nothing any more: asked to step out, and left of their own accord.
    removed: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    hands: tuple[str, ...] = ()
    heard: frozenset[str] = frozenset()
    # Never both: an open check-in closes before its answers are read.
    checkin: Checkin | None = None
    screening: Screening | None = None
    # Step id -> how its check-in ended; a prompt is asked once.
    results: dict[str, Result] = {}
    used_prompts: frozenset[str] = frozenset()
    support_shown: bool = False
    # The statement or suggestion that every screen shows, or "".
    brought: str = ""
    # Adopted statements that someone pointed her to: which, and never who.
    pointed_to: frozenset[str] = frozenset()
    restarted: bool = False

    @property
    def current(self) -> Step:
        return self.steps[self.step]

    @property
    def deadline(self) -> float:
        """When the step of now should be over, in Unix seconds."""
        return self.step_began + self.current.minutes * 60 + self.step_extra

    def step_named(self, step_id: str) -> int | None:
        return next((i for i, step in enumerate(self.steps) if step.id == step_id), None)

    def has_asked(self, prompt: Prompt) -> bool:
        """Whether this question was put to the room already, under whatever id.

        No step ever leaves the plan, so what was asked is still there to compare, also after a
        restart.
        """
        return prompt.id in self.used_prompts or any(
            step.prompt.id in self.used_prompts and step.prompt.is_same_as(prompt)
            for step in self.steps
            if step.prompt is not None
        )

    def plans(self, prompt: Prompt) -> bool:
        """Whether a step asks this question, or has asked it."""
        return any(
            step.prompt is not None and step.prompt.is_same_as(prompt) for step in self.steps
        )

    def is_to_come(self, index: int) -> bool:
        """Whether the step at this place has not begun; before the start none has."""
        return self.phase is Phase.LOBBY or index > self.step

    def neighbour(self, by: int) -> Step | None:
        """The step before (-1) or after (1) the one of now, passing over what is skipped."""
        index = self.step + by
        while 0 <= index < len(self.steps):
            if self.steps[index].id not in self.skipped:
                return self.steps[index]
            index += by
        return None

    def not_skipped(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.id not in self.skipped)

    def reader_of(self, part: int) -> str | None:
        return self.readers.get(str(part))

    def is_here(self, seat: str, now: float) -> bool:
        return now - self.seen.get(seat, float("-inf")) <= PRESENT_FOR

    def seats_here(self, now: float) -> tuple[str, ...]:
        """Participants' seats that are here, in the order they were taken."""
        return tuple(seat for seat in self.seats if self.is_here(seat, now))

    def everyone_here(self, now: float) -> tuple[str, ...]:
        """Every seat that is here, facilitators' too."""
        leading = tuple(seat for seat in self.facilitators if self.is_here(seat, now))
        return leading + self.seats_here(now)

    def _led_until(self) -> float:
        seen = (self.seen.get(seat, 0.0) for seat in self.facilitators)
        return max(self.alive_at, *seen, 0.0)

    def is_away(self, now: float) -> bool:
        """No facilitator is connected: the room holds."""
        return self.phase is not Phase.ENDED and now - self._led_until() > AWAY_AFTER

    @property
    def forgotten_at(self) -> float:
        """When it counts as abandoned unless someone leads it on, in Unix seconds.

        Nobody leads it any more; or a forgotten tab does, since yesterday.
        """
        return min(self._led_until() + ABANDONED_AFTER, self.opened_at + LONGEST)

    def is_abandoned(self, now: float) -> bool:
        return now > self.forgotten_at


# Too few becomes discarded, which is as true: the answers are gone and the room never saw them. The
# length of what is stored must not depend on answers, and these two words are equally long.
OUTLIVES_A_RESTART = {
    Outcome.SHOWN: Outcome.FORGOTTEN,
    Outcome.FORGOTTEN: Outcome.FORGOTTEN,
    Outcome.TOO_FEW: Outcome.DISCARDED,
    Outcome.WITHHELD: Outcome.DISCARDED,
    Outcome.DISCARDED: Outcome.DISCARDED,
}


def without_persons(state: Meeting) -> Meeting:
    """What may outlive a restart: the meeting's place, and nothing that a person said or did.

    Step, timer, locked doors, revoked seat ids, used prompts and unsigned draft statements stay.
    An open check-in is gone, and so are answers that were still being read; both say so.
    """
    results = {
        step: Result(OUTLIVES_A_RESTART[result.outcome]) for step, result in state.results.items()
    }
    for unfinished in (state.checkin, state.screening):
        if unfinished is not None:
            results[unfinished.step] = Result(Outcome.DISCARDED)
    return msgspec.structs.replace(
        state,
        board=agreement_rules.without_persons(state.board),
        readers={},
        seats={},
        facilitators={},
        seen={},
        hands=(),
        heard=frozenset(),
        checkin=None,
        screening=None,
        results=results,
        support_shown=False,
        brought="",
        pointed_to=frozenset(),
        restarted=True,
    )
