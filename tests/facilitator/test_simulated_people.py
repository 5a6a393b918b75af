"""What simulated people see on a page, and what they make of it. No server, no clock."""

from __future__ import annotations

from random import Random

import pytest

from agreements import rules as agreement
from agreements import shapes
from facilitator.phones import words
from facilitator.phones.markup import Offer, offers, read
from facilitator.phones.people import TEMPERS, Person, Talk, Temper
from facilitator.phones.phone import Phone
from facilitator.phones.plans import Chance, Intent, Plans
from meetings.engine import names

KEEN = Temper(reads=1, suggests=1, speaks=1, answers=1, doubts=0)
FORM = (
    '<form id="f" hx-post="/meeting/answer"><input type="hidden" name="step" value="s1">{}</form>'
)


class Paper(Phone):
    """A phone without a network: it shows what a test puts on it."""

    def __init__(self, **regions: str) -> None:
        self.address = "http://127.0.0.1/meeting"
        self.regions = {f"region-{name}": html for name, html in regions.items()}
        self._trees = {}


def person(temper: Temper = KEEN, seed: int = 1) -> Person:
    chance = Random(seed)
    return Person(0, temper, chance, Talk(Random(seed)))


def sent(html: str, temper: Temper = KEEN, seed: int = 1) -> list[tuple[str, str]]:
    """What someone sends first from a phone that shows this and nothing else."""
    plan = Plans().soonest(person(temper, seed).chances(Paper(mine=html)), 0.0)
    return plan.offer.filled(plan.fields) if plan else []


# Pages


def test_an_element_is_read_with_the_very_text_it_was_made_from() -> None:
    inside = '<div id="region-now">\n<p>one<br>two</p> &amp; <img alt="">three</div>'
    page = read(f"<!doctype html><body>\n<p>\n{inside}</body>")
    found = page.with_id("region-now")
    assert found is not None
    assert found.source == inside
    assert found.text == "one two & three"


def test_what_only_a_script_would_show_is_not_offered() -> None:
    page = read('<template><form hx-post="/x"></form></template><p id="seen">here</p>')
    assert offers(page, "http://a/") == []
    assert page.with_id("seen") is not None


@pytest.mark.parametrize("off", ["disabled", 'aria-disabled="true"'])
def test_a_control_that_is_off_is_not_offered(off: str) -> None:
    assert len(offers(read('<button hx-post="/hand">Hand</button>'), "http://a/")) == 1
    assert offers(read(f'<button hx-post="/hand" {off}>Hand</button>'), "http://a/") == []


def test_an_offer_knows_its_address_and_what_goes_along() -> None:
    html = '<button hx-delete="checkin" hx-vals=\'{"step": "a", "part": 2}\' name="n" value="v">'
    (offer,) = offers(read(html), "http://a/console/1/")
    assert (offer.method, offer.path) == ("DELETE", "http://a/console/1/checkin")
    assert dict(offer.given) == {"step": "a", "part": "2", "n": "v"}


def test_a_form_left_alone_sends_what_was_chosen_before() -> None:
    html = FORM.format(
        '<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>'
        '<select name="s"><option value="x">X</option><option value="y" selected>Y</option>'
        "</select>"
        '<textarea name="t">words</textarea>'
    )
    (offer,) = offers(read(html), "http://a/")
    assert dict(offer.filled()) == {"step": "s1", "r": "2", "s": "y", "t": "words"}
    assert dict(offer.filled([("r", "1")]))["r"] == "1"


# People


RADIOS = '<input type="radio" name="choice" value="0"><input type="radio" name="choice" value="1">'
BOXES = "".join(f'<input type="checkbox" name="choice" value="{n}">' for n in range(9))
WORDS = '<textarea name="text"></textarea>'
BUTTONS = '<button name="choice" value="0">Yes</button><button name="choice" value="1">No</button>'


@pytest.mark.parametrize(
    ("asks", "most"),
    [(RADIOS, 1), (BOXES, 3), (WORDS, 1), (BUTTONS, 1)],
    ids=["one of two", "some of nine", "own words", "yes or no"],
)
def test_a_question_of_any_kind_is_answered_by_what_its_form_asks(asks: str, most: int) -> None:
    for seed in range(20):
        answer = sent(FORM.format(asks), seed=seed)
        assert answer[0] == ("step", "s1")
        given = [value for name, value in answer if name != "step"]
        assert 1 <= len(given) <= most and all(given)
        assert len(set(given)) == len(given)


def test_someone_who_does_not_answer_passes() -> None:
    both = FORM.format('<input type="radio" name="choice" value="0">') + FORM.format(
        '<input type="hidden" name="choice" value="p">'
    )
    quiet = Temper(answers=0)
    answers = [dict(sent(both, quiet, seed)).get("choice") for seed in range(40)]
    assert set(answers) == {"p", None}


def test_something_new_on_the_phone_is_tried_now_and_then() -> None:
    new = '<form hx-post="/meeting/turn"><button name="done" value="1">I am done</button></form>'
    tried = [sent(new, seed=seed) for seed in range(40)]
    assert [("done", "1")] in tried and [] in tried


def test_nobody_reads_two_parts_at_once() -> None:
    take = '<form hx-post="/meeting/part"><input type="hidden" name="part" value="1"></form>'
    mine = '<form hx-delete="/meeting/part"><input type="hidden" name="part" value="0"></form>'
    assert sent(take)
    assert not sent(take + mine)


def test_the_reader_takes_as_long_as_the_words_are() -> None:
    turn = '<form hx-post="/meeting/part/turn"></form>'
    phone = Paper(mine=turn, now=f"<p>{'word ' * 100}</p>")
    plan = Plans().soonest(person().chances(phone), 10.0)
    assert plan is not None
    assert 20 < plan.due - 10.0 < 60


def test_the_same_chance_makes_the_same_evening() -> None:
    html = FORM.format("".join(f'<input type="radio" name="c" value="{n}">' for n in range(5)))
    assert [sent(html, seed=3)] * 3 == [sent(html, seed=3) for _ in range(3)]
    assert len({tuple(sent(html, seed=seed)) for seed in range(30)}) > 1


def test_nobody_decides_twice_and_the_soonest_comes_first() -> None:
    asked: list[str] = []

    def decide(name: str, after: float | None) -> Chance:
        def once() -> Intent | None:
            asked.append(name)
            return None if after is None else Intent(after)

        return Chance(name, Offer(name, "POST", f"/{name}"), once)

    plans = Plans()
    chances = [decide("later", 9), decide("never", None), decide("sooner", 5)]
    for now in (100.0, 101.0):
        plan = plans.soonest(chances, now)
        assert plan is not None and (plan.key, plan.due) == ("sooner", 105.0)
    plans.done(plan)
    then = plans.soonest(chances, 102.0)
    assert then is not None and then.key == "later"
    assert asked == ["later", "never", "sooner"]


# Their words


def test_everyone_is_called_something_that_the_door_lets_in() -> None:
    given = [str(name) for name in words.NAMES]
    assert not any(names.is_too_long(name) for name in given)
    assert [names.tidy(name) for name in given] == given
    named = [name for name in given if name]
    assert len(set(named)) == len(named) < len(given)


def test_what_people_suggest_can_go_on_the_agreement() -> None:
    board = shapes.Board()
    for number, text in enumerate(words.SUGGESTIONS):
        board = agreement.suggest(board, f"s{number}", str(text))
    assert len(board.suggestions) == len(words.SUGGESTIONS)


def test_answers_in_own_words_are_short_enough() -> None:
    assert all(0 < len(str(text)) <= 140 for text in words.ANSWERS)


def test_nobody_says_what_another_just_said() -> None:
    talk = Talk(Random(5))
    said = [talk.suggestion() for _ in words.SUGGESTIONS]
    assert len(set(said)) == len(said)
    assert talk.suggestion() == ""


def test_a_small_room_has_a_phone_that_polls_and_someone_who_only_listens() -> None:
    assert {temper.sockets for temper in TEMPERS} == {True, False}
    assert any(temper.listening for temper in TEMPERS)
    assert any(temper.first_time for temper in TEMPERS)
