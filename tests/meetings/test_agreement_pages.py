"""What phones say of the agreement, and what they never say."""

from __future__ import annotations

import re

import pytest

from tests.meetings.conftest import Hall
from tests.meetings.people import Phone, live_state, step_of, text_of
from tests.meetings.test_writing import STATEMENTS, adopted


@pytest.fixture
def together(hall: Hall) -> Hall:
    """In front of the agreement."""
    hall.laptop.press("start")
    hall.laptop.press("step", {"step": step_of(live_state(hall.group), "agreement")})
    return hall


def mine(phone: Phone) -> str:
    page = text_of(phone.get("/meeting"))
    return page.split('id="region-mine"', 1)[1].split('class="foot"', 1)[0]


def test_what_would_change_and_what_would_go_are_told_plainly(together: Hall) -> None:
    jo = together.phone("Jo")
    statement = adopted(together, "We may pass.")
    jo.post(f"{STATEMENTS}/{statement}/wording", {"text": "Anyone may pass."})
    alone = mine(jo)
    assert "Suggested now" in alone and "wordings" not in alone
    jo.post(f"{STATEMENTS}/{statement}/wording", {"text": "You may pass."})
    two = mine(jo)
    assert two.count("Two wordings of the same thing") == 1
    assert two.count("Now: <span>We may pass.</span>") == 1
    jo.post(f"{STATEMENTS}/{statement}/taking-out", {})
    out = mine(jo)
    assert "Take it out. It would not be part of our agreement any more." in out
    assert "wordings of the same thing" not in out


def test_who_is_waited_for_is_told_without_a_name_or_a_number(together: Hall) -> None:
    phones = together.phones(4)
    phones[0].post(STATEMENTS, {"text": "We may pass."})
    (suggestion,) = live_state(together.group).board.suggestions
    said = []
    for phone in phones:
        phone.post(f"{STATEMENTS}/{suggestion.id}/response", {"response": "live"})
        shown = mine(phones[0])
        sense = re.search(rf'id="card-{suggestion.id}-sense">([^<]+)<', shown)
        assert sense is not None
        said.append(sense[1].strip())
        assert "Guest" not in shown
    assert set(said) == {"Still listening. A few of us are still reading. No hurry."}


def test_a_group_without_an_agreement_is_not_asked_to_keep_it(together: Hall) -> None:
    jo = together.phone("Jo")
    assert 'id="keep"' not in mine(jo)
    adopted(together, "We may pass.")
    assert 'id="keep"' in mine(jo)


def test_the_groups_own_words_say_what_language_they_are_in(together: Hall) -> None:
    jo = together.phone("Jo")
    adopted(together, "We may pass.")
    page = text_of(jo.get("/meeting", headers={"accept-language": "es"}))
    spoken = re.findall(r'<(?:p|li|span|summary|button)[^>]*lang="en"[^>]*>We may pass\.<', page)
    assert len(spoken) >= 2


def test_newcomers_read_the_agreement_with_the_cards_once_there_is_one(together: Hall) -> None:
    assert "cards-agreement" not in text_of(
        Phone().come_in(together.code, "Kit", hears_cards=False).get("/meeting")
    )
    adopted(together, "We may pass.")
    late = Phone().come_in(together.code, "Lou", hears_cards=False)
    cards = text_of(late.get("/meeting"))
    assert "<li>We may pass.</li>" in cards


def test_what_is_brought_says_whether_it_is_agreed(together: Hall) -> None:
    jo = together.phone("Jo")
    statement = adopted(together, "We may pass.")
    jo.post(STATEMENTS, {"text": "We go slowly."})
    (suggestion,) = live_state(together.group).board.suggestions
    for brought, words in (
        (statement, "From our agreement"),
        (suggestion.id, "We are talking about this"),
    ):
        together.laptop.press("brought", {"statement": brought})
        notice = text_of(jo.get("/meeting")).split('id="region-notice"', 1)[1].split("<main>")[0]
        assert words in notice and notice.count('class="label"') == 1
