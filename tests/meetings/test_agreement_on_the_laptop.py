"""What the facilitator's page says of the agreement, and where her words and buttons go."""

from __future__ import annotations

import re
import time

import pytest

from agreements.shapes import Suggestion
from tests.meetings.conftest import Hall
from tests.meetings.people import Phone, live_state, step_of, text_of

PASS, ASK, LISTEN = "We may pass.", "We ask before we give advice.", "We listen to the end."


@pytest.fixture
def room(hall: Hall) -> Hall:
    """At the step of the agreement."""
    hall.laptop.press("start")
    hall.laptop.press("step", {"step": step_of(live_state(hall.group), "agreement")})
    return hall


def suggested(room: Hall, *texts: str) -> list[str]:
    """Their ids."""
    for text in texts:
        assert room.laptop.press("statements", {"text": text}).status_code == 200
    found = {it.text: it.id for it in open_now(room)}
    return [found[text] for text in texts]


def open_now(room: Hall) -> tuple[Suggestion, ...]:
    return live_state(room.group).board.suggestions


def adopted(room: Hall, *texts: str) -> list[str]:
    ids = suggested(room, *texts)
    for each in ids:
        room.laptop.press(f"statements/{each}/asked")
        assert room.laptop.press(f"statements/{each}/adopted").status_code == 200
    return ids


def page_of(room: Hall) -> str:
    return text_of(room.laptop.get(room.laptop.console))


def part(page: str, id: str, tag: str) -> str:
    found = re.search(rf'<{tag} id="{id}".*?</{tag}>', page, re.DOTALL)
    assert found, id
    return found[0]


def test_alternatives_stand_together_with_what_is_adopted_above(room: Hall) -> None:
    (statement,) = adopted(room, PASS)
    for words in ("We may pass, always.", "We may pass without a reason."):
        form = {"text": words, "beside": f"reword-form-{statement}"}
        answer = room.laptop.press(f"statements/{statement}/wording", form)
        assert answer.status_code == 200 and answer["HX-Trigger"] == "statement-taken"
        assert f"#reword-form-{statement}-said" in text_of(answer)
    page = page_of(room)
    assert page.count('class="matter"') == 1 and page.count("<article ") == 2
    assert f"Now: {PASS}" in page and "the others are settled too" in page


def test_new_suggestions_each_stand_alone(room: Hall) -> None:
    suggested(room, PASS, ASK)
    page = page_of(room)
    assert page.count('class="matter"') == 2
    assert "the others are settled too" not in page and "Now: We" not in page


def test_keys_belong_to_the_first_suggestion_alone(room: Hall) -> None:
    first, _second = suggested(room, PASS, ASK)
    room.laptop.press(f"statements/{first}/wording", {"text": LISTEN})
    page = page_of(room)
    for key, act in zip("aodpg", ("asked", "objection", "adopt", "park", "let-go"), strict=True):
        assert re.findall(rf'id="(\S+)" data-key="{key}"', page) == [f"card-{act}-{first}"]


def test_taking_out_is_told_plainly_and_has_nothing_that_is_refused(room: Hall) -> None:
    (statement,) = adopted(room, PASS)
    room.laptop.press(f"statements/{statement}/taking-out")
    (out,) = open_now(room)
    article = part(page_of(room), f"card-{out.id}", "article")
    assert "Take this out?" in article and "I can live without it" in article
    assert "/parked" not in article and "Same as…" not in article
    assert "/adopted" not in article
    room.laptop.press(f"statements/{out.id}/asked")
    article = part(page_of(room), f"card-{out.id}", "article")
    assert "/adopted" in article and "Take it out</button>" in article


def test_what_stands_in_the_way_is_said_in_words(room: Hall) -> None:
    (suggestion,) = suggested(room, PASS)
    jo = Phone().come_in(room.code, "Jo")

    def why() -> str:
        return part(page_of(room), f"card-why-{suggestion}", "p")

    assert "First ask the room aloud." in why()
    room.laptop.press(f"statements/{suggestion}/asked")
    assert "not every phone has answered" in why()
    room.laptop.press(f"statements/{suggestion}/objection")
    assert "Someone objected aloud." in why()
    room.laptop.press_delete(f"statements/{suggestion}/objection")
    jo.post(f"/meeting/statements/{suggestion}/response", {"response": "not-now"})
    assert "Someone would like to talk about this." in why()
    jo.post(f"/meeting/statements/{suggestion}/response", {"response": "live"})
    room.laptop.press(f"statements/{suggestion}/response", {"response": "live"})
    room.laptop.press(f"statements/{suggestion}/asked")
    assert "No one objects." in why()


def test_the_first_goes_no_earlier_and_the_last_no_later(room: Hall) -> None:
    first, last = suggested(room, PASS, ASK)
    page = page_of(room)
    assert 'aria-disabled="true"' in part(page, f"earlier-{first}", "button")
    assert 'aria-disabled="true"' in part(page, f"later-{last}", "button")
    assert f'value="{last}"' in part(page, f"later-{first}", "button")
    # Before all others: no id.
    assert 'value=""' in part(page, f"earlier-{last}", "button")
    room.laptop.press(f"statements/{last}/place", {"after": ""})
    assert [it.id for it in open_now(room)] == [last, first]


def test_one_statement_alone_has_no_order(room: Hall) -> None:
    suggested(room, PASS)
    page = page_of(room)
    assert ">Earlier<" not in page.split('class="console-agenda"')[0]


def test_a_merge_that_is_refused_says_so_in_its_dialog(room: Hall) -> None:
    for statement in adopted(room, PASS, ASK):
        room.laptop.press(f"statements/{statement}/wording", {"text": f"Otherwise {statement}"})
    one, other = (it.id for it in open_now(room))
    form = {"gone": other, "beside": "merge-form"}
    answer = room.laptop.press(f"statements/{one}/merged", form)
    assert answer.status_code == 409 and "HX-Trigger" not in answer
    assert 'hx-target="#merge-form-said"' in text_of(answer)
    assert "These two are about different statements." in text_of(answer)


def test_a_merge_tells_the_dialog_that_it_is_done(room: Hall) -> None:
    one, other = suggested(room, PASS, ASK)
    form = {"gone": other, "beside": "merge-form"}
    answer = room.laptop.press(f"statements/{one}/merged", form)
    assert answer.status_code == 200 and answer["HX-Trigger"] == "statement-taken"
    assert [it.id for it in open_now(room)] == [one]


def test_her_own_words_that_name_someone_come_back_with_a_way_to_send_them(room: Hall) -> None:
    Phone().come_in(room.code, "Josephine")
    form = {"text": "Josephine speaks first.", "beside": "suggest"}
    answer = room.laptop.press("statements", form)
    assert answer.status_code == 422 and open_now(room) == ()
    assert 'hx-target="#suggest-said"' in text_of(answer) and 'form="suggest"' in text_of(answer)
    assert room.laptop.press("statements", {**form, "as_it_is": "1"}).status_code == 200


@pytest.mark.parametrize("letters", [6000, 6001, 7900])
def test_however_long_words_are_it_is_said_that_they_are_long(room: Hall, letters: int) -> None:
    long = "x" * letters
    jo = Phone().come_in(room.code, "Jo")
    for answer in (
        room.laptop.press("statements", {"text": long}),
        jo.post("/meeting/statements", {"text": long}),
    ):
        assert answer.status_code == 422
        assert "That is long for one statement." in text_of(answer)


def test_her_laptop_is_not_told_that_it_is_a_phone(
    room: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    words = (f"We rest {number} times." for number in range(100))
    answers = (room.laptop.press("statements", {"text": text}) for text in words)
    many = next(answer for answer in answers if answer.status_code != 200)
    assert many.status_code == 429
    assert "That is a lot in a short time." in text_of(many)
    assert "phone" not in text_of(many)


def test_what_is_written_runs_in_its_own_direction(room: Hall) -> None:
    suggested(room, PASS)
    jo = Phone().come_in(room.code, "Jo")
    jo.post("/meeting/cards")
    for page in (page_of(room), text_of(jo.get("/meeting/regions"))):
        fields = re.findall(r"<textarea[^>]*>", page)
        assert len(fields) >= 2 and all(' dir="auto"' in field for field in fields)


def test_ready_words_need_no_reminder(room: Hall) -> None:
    page = page_of(room)
    starters = re.findall(r'<button id="starter-(?:more-)?\d+"[^>]*>', page)
    assert len(starters) >= 20
    assert all("as_it_is" in starter for starter in starters)


def test_parked_words_stand_apart_as_from_last_time(room: Hall) -> None:
    (suggestion,) = suggested(room, PASS)
    room.laptop.press(f"statements/{suggestion}/parked")
    section = part(page_of(room), "now-parked", "section")
    assert "From last time" in section and PASS in section


def test_her_own_keeping_is_a_toggle_and_the_room_s_is_a_line(room: Hall) -> None:
    adopted(room, PASS)
    jo = Phone().come_in(room.code, "Jo")
    assert 'aria-pressed="false" hx-post="kept"' in page_of(room)
    assert room.laptop.press("kept").status_code == 200
    page = page_of(room)
    assert 'aria-pressed="true" hx-delete="kept"' in page
    assert "Not everyone has said so yet." in page
    jo.post("/meeting/kept")
    assert "Everyone would keep it as it is." in page_of(room)
    room.laptop.press_delete("kept")
    assert "Not everyone has said so yet." in page_of(room)


def test_beside_any_step_a_statement_goes_to_every_screen_and_back(room: Hall) -> None:
    (statement,) = adopted(room, PASS)
    room.laptop.press("step", {"step": step_of(live_state(room.group), "closing")})
    button = part(page_of(room), f"ours-bring-{statement}", "button")
    assert f'value="{statement}"' in button and "Show on every screen" in button
    room.laptop.press("brought", {"statement": statement})
    page = page_of(room)
    assert PASS in part(page, "ours-brought", "section")
    assert 'value=""' in part(page, f"ours-bring-{statement}", "button")
    room.laptop.press("brought", {"statement": ""})
    assert "ours-brought" not in page_of(room)


def test_what_someone_pointed_to_is_shown_without_who(room: Hall) -> None:
    (statement,) = adopted(room, PASS)
    for name in ("Josephine", "Sam"):
        phone = Phone().come_in(room.code, name)
        assert phone.post(f"/meeting/statements/{statement}/pointed").status_code == 200
    ours = page_of(room).split('id="region-ours"')[1].split("console-foot")[0]
    # Who sits beside her reads along: folded up, and nothing says which before she opens it.
    folded = part(ours, "ours-pointed", "details")
    assert 'open=""' not in folded and "<details open" not in folded
    assert "Someone pointed to a statement</summary>" in folded
    assert PASS not in ours.split("</summary>")[0] and PASS in folded
    assert ours.count(f'id="pointed-{statement}"') == 1
    assert "Josephine" not in ours and "Sam" not in ours
    room.laptop.press_delete(f"statements/{statement}/pointed")
    ours = page_of(room).split('id="region-ours"')[1].split("console-foot")[0]
    assert "Someone pointed" not in ours


def test_several_that_were_pointed_to_are_one_folded_line(room: Hall) -> None:
    jo = Phone().come_in(room.code, "Jo")
    for statement in adopted(room, PASS, ASK):
        jo.post(f"/meeting/statements/{statement}/pointed")
    folded = part(page_of(room), "ours-pointed", "details")
    assert "Someone pointed to 2 statements</summary>" in folded


def test_a_handle_promises_only_what_it_does(room: Hall) -> None:
    def handles() -> list[str]:
        return re.findall(r'data-handle="\S+"[^>]* (how-to-\w+)"', page_of(room))

    (first,) = suggested(room, PASS)
    # Alone it can neither be moved nor merged.
    assert handles() == []
    room.laptop.press(f"statements/{first}/wording", {"text": ASK})
    assert handles() == ["how-to-merge"] * 2
    suggested(room, LISTEN)
    assert handles() == ["how-to-move"] * 3


def test_without_an_agreement_there_is_nothing_of_it_in_the_column(room: Hall) -> None:
    ours = page_of(room).split('id="region-ours"')[1].split("console-foot")[0]
    assert "<details" not in ours and "<button" not in ours
