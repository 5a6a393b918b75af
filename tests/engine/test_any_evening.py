"""Whatever people press, in whatever order: nothing breaks, and nothing is told too early."""

from __future__ import annotations

from functools import cache

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from agreements.shapes import Response, words_of
from meetings.engine import codec, rules
from meetings.engine import commands as c
from meetings.engine.agendas import MOST_STEPS
from meetings.engine.lengths import stored_length
from meetings.engine.refusals import Refused
from meetings.engine.state import (
    Actor,
    Outcome,
    Phase,
    PromptKind,
    Role,
    Step,
    StepKind,
    without_persons,
)
from meetings.engine.views import for_facilitator, for_room, for_screen, for_seat
from tests.engine.table import (
    LEADER,
    NOW,
    STEPS,
    do,
    lobby,
    newcomer,
    seat,
)

# Long and random-looking, so that one found in a view is an id and not a word.
SEATS = tuple(f"seat-{n}-9f3c" for n in range(8))
# In every answer in one's own words, so that it is found where it should not be.
SAID = "said-2b7e"
STEP_IDS = [*(step.id for step in STEPS), "nowhere"]
SUGGESTIONS = ["x1", "x2", "x3"]

ADDED = ["added-1", "added-2"]
steps = st.sampled_from([*STEP_IDS, *ADDED])
added = st.builds(
    Step, st.sampled_from(ADDED), st.sampled_from(StepKind), st.just("Tea"), st.integers(0, 20)
)
seats = st.sampled_from([*SEATS, LEADER.seat, "nobody"])
suggestions = st.sampled_from(SUGGESTIONS)
parts = st.integers(-1, 4)
places = st.integers(-1, 8)
options = st.lists(st.integers(-1, 6), max_size=4).map(tuple)
names = st.sampled_from(["", "Jo", "jo", "Sam\u200b", "x" * 30, "\U0001f600" * 30]) | st.text(
    max_size=30
)
texts = st.sampled_from(["We may pass.", "we MAY pass", "", "x" * 300]) | st.text(max_size=20)

participants = st.sampled_from(SEATS)
leaders = st.just(LEADER)
anyone = leaders | st.builds(Actor, st.sampled_from(Role), participants)


@cache
def at_the_door() -> st.SearchStrategy[c.Command]:
    return st.one_of(
        st.builds(c.Join, names, st.booleans(), st.booleans()),
        st.builds(c.Retake, names, st.booleans(), st.booleans(), st.booleans()),
    )


def about_the_agreement() -> tuple[st.SearchStrategy[c.Command], ...]:
    """What a phone and the laptop may press alike."""
    return (
        st.builds(c.Suggest, suggestions, texts, st.booleans()),
        st.builds(c.Reword, suggestions, suggestions, texts, st.booleans()),
        st.builds(c.TakeOut, suggestions, suggestions),
        st.builds(c.Respond, suggestions, st.sampled_from(Response)),
        st.builds(c.Keep, st.booleans()),
    )


@cache
def from_a_phone(now_at: str) -> st.SearchStrategy[c.Command]:
    """What a participant may press; mostly in the step of now."""
    step = st.just(now_at) | steps
    return st.one_of(
        st.sampled_from([c.HearCards(), c.Leave(), c.RaiseHand(), c.LowerHand()]),
        st.builds(c.TakePart, step, parts),
        st.builds(c.GiveBackPart, step, parts),
        st.builds(c.TurnToPart, step, parts),
        st.builds(c.Answer, step, options),
        st.builds(c.Answer, st.just(now_at), st.tuples(st.integers(0, 2))),
        st.builds(c.WriteAnswer, step, texts),
        st.builds(c.Pass, step),
        st.builds(c.PointTo, suggestions),
        *about_the_agreement(),
    )


@cache
def from_the_laptop(now_at: str) -> st.SearchStrategy[c.Command]:
    step = st.just(now_at) | steps
    settling = (
        *(c.AskAloud, c.NoteObjection, c.ClearObjection),
        *(c.Adopt, c.Park, c.LetGo, c.SawPointed),
    )
    return st.one_of(
        st.sampled_from([c.LockDoors(), c.UnlockDoors(), c.ShowSupport(), c.HideSupport()]),
        st.sampled_from([c.Start(), c.End(), c.Attend("Ana")]),
        st.builds(c.GoTo, steps),
        st.builds(c.SkipStep, steps),
        st.builds(c.UnskipStep, steps),
        st.builds(c.MoveStep, steps, steps),
        st.builds(c.AddStep, added, steps),
        st.builds(c.TurnToPart, step, parts),
        st.builds(c.Extend, step, st.integers(-10, 20_000)),
        st.builds(c.OpenCheckin, step),
        st.builds(c.CloseCheckin, step),
        st.builds(c.LeaveOut, step, places),
        st.builds(c.TakeBackIn, step, places),
        st.builds(c.ShowAnswers, step),
        st.builds(c.DiscardAnswers, step),
        st.builds(c.Thank, seats),
        st.builds(c.Remove, seats),
        st.builds(c.Merge, suggestions, suggestions),
        st.builds(c.MoveStatement, suggestions, suggestions | st.just("")),
        st.builds(c.BringToAll, suggestions | st.just("")),
        *about_the_agreement(),
        *(st.builds(kind, suggestions) for kind in settling),
    )


class Evening(RuleBasedStateMachine):
    """One meeting; anyone gives any command at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.state = lobby()
        self.shown: dict[str, object] = {}

    @initialize(people=st.integers(3, len(SEATS)), at=steps)
    def people_come(self, people: int, at: str) -> None:
        for n, one in enumerate(SEATS[:people]):
            self.state = do(self.state, newcomer(one), c.Join(f"Guest {n}"))
        # Any other is the lobby.
        if self.state.step_named(at) is not None:
            self.state = do(self.state, LEADER, c.Start())
            self.state = do(self.state, LEADER, c.GoTo(at))

    def give(self, command: c.Command, actor: Actor) -> None:
        before, bytes_before = self.state, codec.encode(self.state)
        try:
            after = rules.apply(before, command, actor, self.now)
        except Refused:
            after = before
        assert codec.encode(before) == bytes_before
        if before.phase is Phase.RUNNING and before.step == after.step:
            # What was and what is now stay where they are.
            past = before.step + 1
            assert after.steps[:past] == before.steps[:past]
        # A change that changes nothing gives back the very same state.
        assert after is before or codec.encode(after) != bytes_before
        if not isinstance(command, c.End):
            self.state = after

    @rule(data=st.data(), actor=anyone)
    def anyone_tries_anything(self, data: st.DataObject, actor: Actor) -> None:
        at = self.state.current.id
        self.give(data.draw(at_the_door() | from_a_phone(at) | from_the_laptop(at)), actor)

    @rule(command=at_the_door(), one=participants)
    def someone_comes(self, command: c.Command, one: str) -> None:
        self.give(command, newcomer(one))

    @rule(data=st.data(), one=participants)
    def a_participant_presses_something(self, data: st.DataObject, one: str) -> None:
        self.give(data.draw(from_a_phone(self.state.current.id)), seat(one))

    @rule(data=st.data())
    def the_facilitator_presses_something(self, data: st.DataObject) -> None:
        self.give(data.draw(from_the_laptop(self.state.current.id)), LEADER)

    @precondition(lambda self: self.state.current.parts)
    @rule(one=participants)
    def someone_reads_the_part_of_now(self, one: str) -> None:
        self.give(c.TakePart(self.state.current.id, self.state.part), seat(one))

    @rule(seconds=st.floats(0, 200), seen=st.lists(st.sampled_from([*SEATS, LEADER.seat])))
    def time_passes(self, seconds: float, seen: list[str]) -> None:
        self.now += seconds
        self.state = rules.note_seen(self.state, seen, self.now)

    @precondition(lambda self: self.state.current.kind is StepKind.CHECKIN)
    @rule(choices=st.lists(st.integers(-1, 2), max_size=8), close=st.booleans())
    def the_question_of_now_is_asked(self, choices: list[int], close: bool) -> None:
        step = self.state.current.id
        self.give(c.OpenCheckin(step), LEADER)
        for one, choice in zip(SEATS, choices, strict=False):
            self.give(c.Pass(step) if choice < 0 else self.an_answer(choice), seat(one))
        if close:
            self.give(c.CloseCheckin(step), LEADER)

    def an_answer(self, choice: int) -> c.Command:
        step = self.state.current
        if step.prompt and step.prompt.kind is PromptKind.TEXT:
            return c.WriteAnswer(step.id, f"{SAID} {choice}")
        return c.Answer(step.id, (choice,))

    @precondition(lambda self: self.state.screening)
    @rule(left_out=st.lists(places, max_size=3), show=st.booleans())
    def she_reads_the_answers(self, left_out: list[int], show: bool) -> None:
        step = self.state.current.id
        for place in left_out:
            self.give(c.LeaveOut(step, place), LEADER)
        if show:
            self.give(c.ShowAnswers(step), LEADER)

    @rule(id=suggestions, others=st.sampled_from(["agree", "keep", "point", "take out"]))
    def the_agreement_is_talked_about(self, id: str, others: str) -> None:
        """What chance alone seldom does: something is adopted, and people act on it."""
        board = self.state.board
        statement = board.statements[0].id if board.statements else id
        if others == "agree":
            self.give(c.Suggest(id, f"We think of {id}."), LEADER)
            self.give(c.AskAloud(id), LEADER)
            self.give(c.Adopt(id), LEADER)
        elif others == "take out":
            self.give(c.TakeOut(statement, id), seat(SEATS[0]))
        else:
            for one in SEATS[:3]:
                self.give(c.Keep(True) if others == "keep" else c.PointTo(statement), seat(one))

    @rule()
    def the_server_restarts(self) -> None:
        self.state = codec.decode(codec.encode(without_persons(self.state)))
        self.shown = {}
        self.state = rules.apply(self.state, c.Attend("Ana"), LEADER, self.now)

    @invariant()
    def it_is_stored_and_comes_back_the_same(self) -> None:
        again = codec.decode(codec.encode(self.state))
        assert again == self.state
        assert codec.encode(again) == codec.encode(self.state)
        # Nobody's order of arrival, or of answering, is in the bytes.
        reordered = msgspec.structs.replace(
            self.state,
            seats=dict(reversed(self.state.seats.items())),
            seen=dict(reversed(self.state.seen.items())),
            results=dict(reversed(self.state.results.items())),
        )
        assert codec.encode(reordered) == codec.encode(self.state)

    @invariant()
    def everyone_sees_something_and_nobody_sees_too_much(self) -> None:
        room = for_room(self.state, self.now)
        screen = for_screen(self.state, self.now)
        lead = for_facilitator(self.state, LEADER.seat, self.now)
        for view in (*room, *screen, *lead):
            hash(view)
        for shared in (room, screen):
            text = repr(shared)
            assert not any(one in text for one in (*SEATS, LEADER.seat))
        for one in self.state.seats:
            own = for_seat(self.state, one, self.now)
            assert all(hash(view) is not None for view in own)
            assert not any(other in repr(own) for other in (*SEATS, LEADER.seat))

    @invariant()
    def the_plan_holds_each_step_once_and_leads_somewhere(self) -> None:
        state = self.state
        planned = [step.id for step in state.steps]
        assert len(set(planned)) == len(planned) <= MOST_STEPS
        assert state.skipped < set(planned)
        if state.phase is Phase.RUNNING:
            assert state.current.id not in state.skipped

    @invariant()
    def the_screen_names_nobody(self) -> None:
        seats = {
            one: msgspec.structs.replace(person, name=f"NAME{n}")
            for n, (one, person) in enumerate(self.state.seats.items())
        }
        named = msgspec.structs.replace(
            self.state, seats=seats, facilitators=dict.fromkeys(self.state.facilitators, "NAME")
        )
        assert "NAME" not in repr(for_screen(named, self.now))

    @invariant()
    def nobody_sits_in_two_places_or_under_anothers_name(self) -> None:
        state = self.state
        assert not (state.seats.keys() & state.removed)
        held = state.seats.keys() | state.facilitators.keys()
        assert state.seen.keys() <= held
        assert set(state.readers.values()) <= state.seats.keys()
        assert set(state.hands) <= state.seats.keys() and state.heard <= state.seats.keys()
        given = [person.name.casefold() for person in state.seats.values() if person.name]
        assert len(set(given)) == len(given)

    @invariant()
    def what_is_brought_or_pointed_to_is_there_and_says_nothing_of_who(self) -> None:
        state = self.state
        assert state.pointed_to <= {it.id for it in state.board.statements}
        assert state.brought in {"", *words_of(state.board)}
        assert state.board.keeps <= state.seats.keys() | state.facilitators.keys()
        for it in state.board.suggestions:
            assert it.responses.keys() <= state.seats.keys() | state.facilitators.keys()
        # Phones are told nothing of what someone pointed her to.
        without = msgspec.structs.replace(state, pointed_to=frozenset())
        assert for_room(state, self.now) == for_room(without, self.now)
        assert for_screen(state, self.now) == for_screen(without, self.now)
        for one in state.seats:
            assert for_seat(state, one, self.now) == for_seat(without, one, self.now)

    @invariant()
    def what_is_stored_has_room_for_it(self) -> None:
        assert len(codec.encode(self.state)) <= stored_length(self.state)

    @invariant()
    def an_open_check_in_is_the_one_of_now_and_nothing_of_it_shows(self) -> None:
        state = self.state
        if state.checkin is None:
            return
        assert state.checkin.step == state.current.id
        assert state.checkin.answers <= len(state.checkin.answered)
        assert state.checkin.step not in state.results
        emptied = msgspec.structs.replace(
            state.checkin, tally=(0,) * len(state.checkin.tally), answers=0, texts=()
        )
        without = msgspec.structs.replace(state, checkin=emptied)
        assert for_room(state, self.now) == for_room(without, self.now)
        assert for_screen(state, self.now) == for_screen(without, self.now)
        assert for_facilitator(state, LEADER.seat, self.now) == for_facilitator(
            without, LEADER.seat, self.now
        )
        for one in state.seats:
            assert for_seat(state, one, self.now) == for_seat(without, one, self.now)
        assert codec.encode(without_persons(state)) == codec.encode(without_persons(without))

    @invariant()
    def what_is_being_read_belongs_to_the_step_of_now_and_only_facilitators_see_it(self) -> None:
        state = self.state
        if state.screening is None:
            return
        assert state.checkin is None and state.screening.step == state.current.id
        assert state.screening.step not in state.results
        assert list(state.screening.texts) == sorted(state.screening.texts)
        unread = tuple("" for _ in state.screening.texts)
        without = msgspec.structs.replace(
            state, screening=msgspec.structs.replace(state.screening, texts=unread)
        )
        assert for_room(state, self.now) == for_room(without, self.now)
        assert for_screen(state, self.now) == for_screen(without, self.now)
        for one in state.seats:
            assert for_seat(state, one, self.now) == for_seat(without, one, self.now)
        assert codec.encode(without_persons(state)) == codec.encode(without_persons(without))

    @invariant()
    def nothing_that_was_written_outlives_a_restart(self) -> None:
        assert SAID.encode() not in codec.encode(without_persons(self.state))

    @invariant()
    def a_question_is_shown_once(self) -> None:
        prompts = {step.id: step.prompt.id for step in self.state.steps if step.prompt}
        assert {prompts[step] for step in self.state.results} <= self.state.used_prompts
        asked = [prompts[step] for step in self.state.results]
        assert len(set(asked)) == len(asked)
        for step, result in self.state.results.items():
            something = result.picture is not None or bool(result.texts)
            assert something == (result.outcome is Outcome.SHOWN)
            assert not result.texts or len(result.texts) >= self.state.group.floor
            # What was shown once never changes.
            assert self.shown.setdefault(step, result) == result


Evening.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestEvening = Evening.TestCase
