"""Evenings full of questions, each lived three times: as it was, with who answered what exchanged,
and with other answers altogether.

`Questions` makes the history and holds it to the floor, to one answer for each seat and to one
reveal. When it is over, `again` lives it twice more beside the first and compares everything that
leaves the engine, after every single thing that happens:

- what every audience sees, and so how many frames go out;
- what is refused, and why; whether a change is a change at all, and so how often anything is
  announced or logged;
- the running record, byte by byte, and the length in which the whole state is stored.

Between one answer and the next the state in memory has to differ between different answers: a
tally counts. So the whole state, byte by byte, is compared whenever the answers given so far are
the same ones, whoever gave them: after each close at the latest.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from agreements.shapes import Board, Response, Statement
from meetings.engine import codec, rules
from meetings.engine import commands as c
from meetings.engine.bands import Picture
from meetings.engine.lengths import stored_length
from meetings.engine.refusals import Refused
from meetings.engine.state import (
    Actor,
    Meeting,
    Outcome,
    PromptKind,
    Result,
    Role,
    Step,
    StepKind,
    without_persons,
)
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from tests.engine.table import GROUP, LEADER, NOW, STEPS, do, lobby, newcomer, seat
from tests.engine.test_bands import assert_nobody_is_singled_out, rooms_by_picture

SEATS = tuple(f"seat-{n}-9f3c" for n in range(8))
CO_LEADER = Actor(Role.FACILITATOR, "f-bea")
QUESTIONS = tuple(step for step in STEPS if step.kind is StepKind.CHECKIN)

PASS = -1
WORDS_PICKED = ((0,), (1, 2), (0, 3, 5), (4,))
WRITTEN = ("Tea", "my sister", "é" * 140, "\U0001f600" * 140)

# Of the agreement: what is adopted when the doors open, and what may be suggested.
ADOPTED = (Statement("a", "Phones away."), Statement("b", "No advice."))
SUGGESTED = ("x", "y")

people = st.sampled_from(SEATS)
suggested = st.sampled_from(SUGGESTED)
adopted = st.sampled_from([it.id for it in ADOPTED])
by_anyone: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(lambda id: c.Suggest(id, f"We think of {id}."), suggested),
    st.builds(
        lambda of, id: c.Reword(of, id, f"In words of {id}."), adopted | suggested, suggested
    ),
    st.builds(c.TakeOut, adopted, suggested),
    st.builds(c.Respond, suggested, st.sampled_from(Response)),
    st.builds(c.Keep, st.booleans()),
)
by_a_phone = by_anyone | st.builds(c.PointTo, adopted)
by_whoever_leads = st.one_of(
    by_anyone,
    st.builds(c.Merge, suggested, suggested),
    st.builds(c.MoveStatement, adopted, adopted | st.just("")),
    st.builds(c.BringToAll, adopted | suggested | st.just("")),
    st.builds(c.SawPointed, adopted),
    *(st.builds(kind, suggested) for kind in (c.AskAloud, c.Adopt, c.Park, c.LetGo)),
)
questions = st.sampled_from(QUESTIONS)
answers = st.sampled_from((0, 1, 2, 3, 0, 1, 0, 0, 0, PASS))
often, seldom = (st.sampled_from((likely, likely, likely, not likely)) for likely in (True, False))


class Happening(msgspec.Struct, frozen=True):
    """One thing that happens: a command, somebody's answer, time passing or a restart."""

    now: float
    actor: Actor = LEADER
    command: c.Command | None = None
    # What this seat answers; which command that is depends on the question of the moment.
    answer: int | None = None
    seen: tuple[str, ...] = ()
    restarts: bool = False


class Moment(msgspec.Struct, frozen=True):
    """What came of it, as far as anyone outside of the engine can tell."""

    refused: object
    changed: bool
    frames: tuple[object, ...]
    record: bytes
    length: int


def as_command(state: Meeting, answer: int) -> c.Command:
    step, prompt = state.current, state.current.prompt
    if answer == PASS or prompt is None:
        return c.Pass(step.id)
    if prompt.kind is PromptKind.TEXT:
        return c.WriteAnswer(step.id, WRITTEN[answer])
    if prompt.kind is PromptKind.WORDS:
        return c.Answer(step.id, WORDS_PICKED[answer])
    return c.Answer(step.id, (answer % len(prompt.choices),))


def lived(state: Meeting, what: Happening, answer: int | None) -> tuple[Meeting, object]:
    """The state afterwards, as `services.perform` makes it, and why it was refused if it was."""
    if what.restarts:
        bare = codec.decode(codec.encode(without_persons(state)))
        return rules.apply(bare, c.Attend("Ana"), LEADER, what.now), None
    if what.command is None and answer is None:
        return rules.note_seen(state, what.seen, what.now), None
    command = as_command(state, answer) if answer is not None else what.command
    assert command is not None
    try:
        seen = rules.note_seen(state, [what.actor.seat], what.now)
        return rules.apply(seen, command, what.actor, what.now), None
    except Refused as refused:
        return state, refused.code


def moment(what: Happening, before: Meeting, after: Meeting, refused: object) -> Moment:
    now = what.now
    if after is before and not what.seen:
        # At the same moment the same state looks the same: that was compared before.
        return Moment(refused, False, (), b"", 0)
    seats = (for_seat(after, one, now) for one in sorted(after.seats))
    leading = (for_facilitator(after, one, now) for one in sorted(after.facilitators))
    return Moment(
        refused,
        after is not before,
        (for_room(after, now), for_screen(after, now), *seats, *leading),
        codec.encode(without_persons(after)),
        stored_length(after),
    )


@cache
def assert_picture_singles_nobody_out(drawn: Picture, answered: int, options: int) -> None:
    assert_nobody_is_singled_out(rooms_by_picture(answered, options)[drawn], answered)


class Questions(RuleBasedStateMachine):
    """Evenings in which people come and go, lead and are removed, and questions are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.state = self.start = lobby()
        self.history: list[Happening] = []
        self.states: list[Meeting] = []
        self.moments: list[Moment] = []
        # Of the question that is open: who was asked, and which happening was whose answer.
        self.asked: frozenset[str] = frozenset()
        self.given: dict[str, int] = {}
        self.rounds: list[dict[str, int]] = []
        self.closed_at: set[int] = set()
        self.shown: dict[str, Result] = {}
        self.ever: dict[str, Result] = {}
        self.opened: Counter[str] = Counter()
        self.seed = 0

    # What happens

    @initialize(
        floor=st.sampled_from((5, 5, 6)),
        come=st.integers(5, len(SEATS)),
        seed=st.integers(0, 2**32),
    )
    def the_doors_open(self, floor: int, come: int, seed: int) -> None:
        self.seed = seed
        group = msgspec.structs.replace(GROUP, floor=floor)
        board = Board(ADOPTED, version=1)
        state = lobby(steps=QUESTIONS, group=group, board=board)
        for n, one in enumerate(SEATS[:come]):
            state = do(state, newcomer(one), c.Join(f"Guest {n}"))
        self.state = self.start = do(state, LEADER, c.Start())

    @rule(one=people, back=st.booleans(), answer=st.none() | answers)
    def someone_comes(self, one: str, back: bool, answer: int | None) -> None:
        if one not in self.state.seats:
            self.happens(newcomer(one), c.Retake(one) if back else c.Join(one))
        if answer is not None:
            self.answers(one, answer)

    @rule(one=people, how=st.sampled_from(("leaves", "is removed", "comes to lead")))
    def someone_goes(self, one: str, how: str) -> None:
        self.happens(*((LEADER, c.Remove(one)) if how == "is removed" else (seat(one), c.Leave())))
        if how == "comes to lead":
            # As signing in on a phone that has a seat does.
            self.happens(CO_LEADER, c.Attend("Bea"))

    @rule()
    def she_leads_no_more(self) -> None:
        self.happens(CO_LEADER, c.Depart())

    @rule(
        step=questions,
        said=st.tuples(*[answers] * len(SEATS)),
        many=st.sampled_from((8, 8, 8, 7, 6, 5, 4, 3)),
        closes=often,
    )
    def a_question_is_asked(
        self, step: Step, said: tuple[int, ...], many: int, closes: bool
    ) -> None:
        self.happens(LEADER, c.GoTo(step.id))
        self.happens(LEADER, c.OpenCheckin(step.id))
        for one, answer in zip(SEATS[:many], said[:many], strict=True):
            self.answers(one, answer)
        if closes:
            self.happens(LEADER, c.CloseCheckin(self.state.current.id))

    @rule(one=people, answer=answers, times=st.integers(1, 2))
    def someone_answers(self, one: str, answer: int, times: int) -> None:
        for _ in range(times):
            self.answers(one, answer)

    @rule(answer=answers)
    def whoever_leads_answers(self, answer: int) -> None:
        self.answers(LEADER.seat, answer)

    @rule(one=people, said=by_a_phone, led=by_whoever_leads)
    def the_agreement_is_talked_about(self, one: str, said: c.Command, led: c.Command) -> None:
        self.happens(seat(one), said)
        self.happens(LEADER, led)

    @rule()
    def it_is_opened(self) -> None:
        self.happens(LEADER, c.OpenCheckin(self.state.current.id))

    @rule()
    def it_is_closed(self) -> None:
        self.happens(LEADER, c.CloseCheckin(self.state.current.id))

    @rule(step=questions)
    def on_to_another(self, step: Step) -> None:
        self.happens(LEADER, c.GoTo(step.id))

    @precondition(lambda self: self.state.screening)
    @rule(left_out=st.lists(st.integers(0, 7), max_size=3), show=st.booleans())
    def they_are_read_first(self, left_out: list[int], show: bool) -> None:
        step = self.state.current.id
        for place in left_out:
            self.happens(LEADER, c.LeaveOut(step, place))
        self.happens(LEADER, c.ShowAnswers(step) if show else c.DiscardAnswers(step))

    @rule(seconds=st.integers(0, 120), seen=st.integers(0, len(SEATS)), restarts=seldom)
    def time_passes(self, seconds: int, seen: int, restarts: bool) -> None:
        self.now += seconds
        self.record(Happening(self.now, seen=(LEADER.seat, *SEATS[:seen])))
        if restarts:
            self.record(Happening(self.now, restarts=True))

    def happens(self, actor: Actor, command: c.Command) -> None:
        self.record(Happening(self.now, actor, command))

    def answers(self, one: str, answer: int) -> None:
        self.record(Happening(self.now, seat(one), answer=answer))

    # What has to hold of it

    def record(self, what: Happening) -> None:
        before = self.state
        self.state, refused = lived(before, what, what.answer)
        self.moments.append(moment(what, before, self.state, refused))
        self.states.append(self.state)
        self.history.append(what)
        if what.answer is not None:
            self.took_once(before, what, refused)
        self.follows_the_question(before, self.state)
        self.shows_only_what_may_be_shown()

    def took_once(self, before: Meeting, what: Happening, refused: object) -> None:
        one = what.actor.seat
        may = before.checkin is not None and one in self.asked and one in before.seats
        assert (refused is None) == (may and one not in self.given)
        if refused is None:
            self.given[one] = len(self.history) - 1

    def follows_the_question(self, before: Meeting, after: Meeting) -> None:
        if before.checkin is None and after.checkin is not None:
            prompt = after.current.prompt
            assert prompt is not None
            self.opened[prompt.id] += 1
            assert self.opened[prompt.id] == 1, "asked twice"
            assert len(after.seats_here(self.now)) >= after.group.floor
            self.asked, self.given = frozenset(after.seats), {}
            self.rounds.append(self.given)
        if after.checkin is not None:
            counted = sum(self.history[at].answer != PASS for at in self.given.values())
            assert after.checkin.answers == counted
            assert after.checkin.answered == self.given.keys() <= self.asked
        if before.checkin is not None and after.checkin is None:
            self.closed_at.add(len(self.history) - 1)
            self.asked = frozenset()
            if not self.history[-1].restarts:
                self.floor_held(after)

    def floor_held(self, after: Meeting) -> None:
        answered = sum(self.history[at].answer != PASS for at in self.given.values())
        result = after.results.get(after.current.id)
        enough = answered >= after.group.floor
        if after.screening is not None:
            assert enough and result is None
        else:
            assert result is not None
            assert (result.outcome is Outcome.SHOWN) == enough
        if result is not None and result.picture is not None:
            prompt = after.current.prompt
            assert prompt is not None
            if prompt.kind is not PromptKind.WORDS:
                assert_picture_singles_nobody_out(result.picture, answered, len(prompt.choices))

    def shows_only_what_may_be_shown(self) -> None:
        state, floor = self.state, self.state.group.floor
        for step, result in state.results.items():
            something = result.picture is not None or bool(result.texts)
            assert something == (result.outcome is Outcome.SHOWN)
            assert not result.texts or len(result.texts) >= floor
            assert result.texts == tuple(sorted(result.texts))
            known = self.shown.setdefault(step, result)
            self.ever.setdefault(step, result)
            # Once is for good; a restart forgets it, and nothing brings it back.
            if result != known:
                assert not something
                self.shown[step] = result
        if state.checkin is not None:
            assert state.checkin.step not in state.results

    # And once more, twice

    def teardown(self) -> None:
        chance = random.Random(self.seed)
        exchanged = {at: what.answer for at, what in enumerate(self.history)}
        for given in self.rounds:
            places = list(given.values())
            others = [self.history[at].answer for at in places]
            chance.shuffle(others)
            exchanged |= dict(zip(places, others, strict=True))
        swapped = otherwise = self.start
        so_far: Counter[int | None] = Counter()
        given_at = {at for given in self.rounds for at in given.values()}
        for at, (what, was) in enumerate(zip(self.history, self.moments, strict=True)):
            swapped = self.again(swapped, what, exchanged[at], was)
            if at in given_at:
                so_far[what.answer] += 1
                so_far[exchanged[at]] -= 1
            if at in self.closed_at:
                # Other answers make another picture: from here on there is but one evening.
                so_far.clear()
                otherwise = self.states[at]
            else:
                said = None if what.answer is None else chance.randint(PASS, 3)
                otherwise = self.again(otherwise, what, said, was)
            if not any(so_far.values()):
                assert swapped == self.states[at]
                assert codec.encode(swapped) == codec.encode(self.states[at])

    def again(self, state: Meeting, what: Happening, answer: int | None, was: Moment) -> Meeting:
        after, refused = lived(state, what, answer)
        assert moment(what, state, after, refused) == was
        return after
