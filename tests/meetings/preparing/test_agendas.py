"""Agendas: made, changed, rearranged, copied, taken out; and nothing that is typed is lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db.models.signals import post_init
from django.http import HttpResponse

from meetings.engine.agendas import LONGEST_SCRIPT, MOST_STEPS
from meetings.engine.state import StepKind
from meetings.models import Agenda, Facilitator, Group, Prompt
from meetings.starters import make_agenda, make_group
from tests.meetings.people import Browser, Laptop, has_meeting, live_state, text_of

Sent = dict[str, Any]
TEMPLATES = ("dual-recovery", "twelve-step-style", "checkin-circle", "open-discussion")


@pytest.fixture
def agenda(group: Group) -> Agenda:
    return group.agendas.get()


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


@pytest.fixture
def colleague(group: Group) -> Laptop:
    """Someone else who leads the same group."""
    cleo = Facilitator.objects.create_pseudonymous("Cleo")
    group.facilitators.add(cleo)
    return Laptop(cleo)


def path(group: Group, rest: object = "") -> str:
    return f"/group/{group.pk}/agendas/{rest}"


def at(agenda: Agenda) -> str:
    return path(agenda.group, f"{agenda.pk}/")


def step(kind: str = "round", title: str = "A round", minutes: object = 10, **more: object) -> Sent:
    return {"kind": kind, "title": title, "minutes": minutes, **more}


def form(agenda: Agenda | None, *steps: Sent, name: str = "Wednesdays", **more: Any) -> Sent:
    """What the page sends: cards 0, 1, 2 … in this order."""
    sent: Sent = {"name": name, "revision": agenda.revision if agenda else 1, "do": "save", **more}
    sent.setdefault("step", [str(key) for key in range(len(steps))])
    for key, fields in enumerate(steps):
        sent |= {f"step-{key}-{field}": value for field, value in fields.items()}
    return sent


def titles(agenda: Agenda) -> list[str]:
    return [step.title for step in agenda.steps.all()]


def titles_on(response: HttpResponse) -> list[str]:
    """The cards' titles in the order of the page."""
    cards = re.findall(r'type="text" name="step-\d+-title" value="([^"]*)"', text_of(response))
    return [unescape(one) for one in cards]


# Changing one


def test_an_agenda_is_saved_with_its_steps_in_the_order_of_the_page(
    laptop: Laptop, agenda: Agenda
) -> None:
    reading = agenda.group.readings.first()
    prompt = agenda.group.prompts.first()
    assert reading and prompt
    sent = form(
        agenda,
        step("reading", "We read", 4, reading=reading.pk, text="Aloud.", script="Who reads?"),
        step("checkin", "We check in", 5, prompt=prompt.pk),
        step("closing", "We close", 2),
        step=["2", "0", "1"],
    )
    response = laptop.post(at(agenda), sent)
    assert (response.status_code, response["Location"]) == (302, f"{at(agenda)}?saved")
    agenda.refresh_from_db()
    assert (agenda.name, agenda.minutes) == ("Wednesdays", 11)
    assert titles(agenda) == ["We close", "We read", "We check in"]
    reads, asks = agenda.steps.all()[1:]
    assert (reads.reading, reads.text, reads.script) == (reading, "Aloud.", "Who reads?")
    assert asks.prompt == prompt
    assert "Saved." in text_of(laptop.get(response["Location"]))


def test_what_was_saved_is_what_the_next_meeting_does(laptop: Laptop, agenda: Agenda) -> None:
    laptop.post(at(agenda), form(agenda, step(title="Only this")))
    laptop.open_doors(agenda.group)
    assert [one.title for one in live_state(agenda.group).steps] == ["Only this"]


def test_the_page_shows_all_that_is_kept(laptop: Laptop, agenda: Agenda) -> None:
    page = laptop.get(at(agenda))
    assert titles_on(page) == titles(agenda)
    for kept in agenda.steps.all():
        for line in kept.script.splitlines():
            assert line in unescape(text_of(page))
    assert f"{agenda.minutes} min in all" in text_of(page)


def test_saving_the_page_as_it_stands_changes_nothing(laptop: Laptop, agenda: Agenda) -> None:
    before = list(agenda.steps.values_list("kind", "title", "minutes", "text", "script", "reading"))
    steps = [
        step(
            one.kind,
            one.title,
            one.minutes,
            text=one.text,
            script=one.script,
            reading=one.reading_id or "",
            prompt=one.prompt_id or "",
        )
        for one in agenda.steps.all()
    ]
    assert laptop.post(at(agenda), form(agenda, *steps)).status_code == 302
    after = agenda.steps.values_list("kind", "title", "minutes", "text", "script", "reading")
    assert list(after) == before


def test_what_cannot_be_seen_is_left_out_and_markup_is_only_words(
    laptop: Laptop, agenda: Agenda
) -> None:
    sent = form(agenda, step(title="\u202eA <b>bold</b>\x00 round", text="One\r\n\u2066Two"))
    assert laptop.post(at(agenda), sent).status_code == 302
    kept = agenda.steps.get()
    assert (kept.title, kept.text) == ("A <b>bold</b> round", "One\nTwo")
    page = text_of(laptop.get(at(agenda)))
    assert "<b>bold</b>" not in page and "&lt;b&gt;bold" in page
    assert "<b>bold</b>" not in text_of(laptop.get(f"{at(agenda)}script"))


def test_a_checkin_has_no_reading_and_a_round_no_question(laptop: Laptop, agenda: Agenda) -> None:
    reading, prompt = agenda.group.readings.first(), agenda.group.prompts.first()
    assert reading and prompt
    both = {"reading": reading.pk, "prompt": prompt.pk}
    sent = form(agenda, step("checkin", **both), step("round", **both))
    assert laptop.post(at(agenda), sent).status_code == 302
    asks, reads = agenda.steps.all()
    assert (asks.reading, asks.prompt) == (None, prompt)
    assert (reads.reading, reads.prompt) == (reading, None)


# What cannot be kept


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minutes": "0"}, "A step takes at least one minute."),
        ({"minutes": "10000"}, "A step takes at most 240 minutes."),
        ({"minutes": "-3"}, "A step takes at least one minute."),
        ({"minutes": "a while"}, "Write a whole number of minutes."),
        ({"minutes": ""}, "Write a whole number of minutes."),
        ({"minutes": "9" * 5000}, "Write a whole number of minutes."),
        ({"title": "   "}, "Write something here first."),
        ({"title": "\u200b\u202e"}, "Write something here first."),
        ({"title": "t" * 81}, "Keep it to 80."),
        ({"kind": "seance"}, "There is no such kind of step."),
        ({"kind": ""}, "field-wrong"),
        ({"kind": "checkin"}, "A check-in needs a question."),
        ({"reading": "99999"}, "This reading is not in your group."),
        ({"reading": "x' OR 1=1"}, "This reading is not in your group."),
        ({"kind": "checkin", "prompt": "99999"}, "This question is not in your group."),
        ({"text": "w" * 2001}, "Keep it to 2000."),
    ],
)
def test_what_is_wrong_with_a_step_is_said_and_all_is_still_there(
    laptop: Laptop, agenda: Agenda, wrong: Sent, sentence: str
) -> None:
    before = titles(agenda)
    sent = form(agenda, step(title="Kept as typed", script="My <own> notes"), step(**wrong))
    response = laptop.post(at(agenda), sent)
    page = unescape(text_of(response))
    assert response.status_code == 422
    assert sentence in page
    assert "Kept as typed" in page and "My <own> notes" in page
    typed = {"minutes", "title", "text"}
    assert all(str(value).strip() in page for field, value in wrong.items() if field in typed)
    assert titles(agenda) == before


def test_two_hundred_steps_are_told_and_all_of_them_are_still_there(
    laptop: Laptop, agenda: Agenda
) -> None:
    steps = [step(title=f"Number {n}", minutes=1, script=f"Notes {n}") for n in range(200)]
    response = laptop.post(at(agenda), form(agenda, *steps))
    assert response.status_code == 422
    assert f"There is room for {MOST_STEPS} steps, and these are 200." in text_of(response)
    assert titles_on(response) == [f"Number {n}" for n in range(200)]
    assert all(
        f"Notes {n}\n" in text_of(response) or f"Notes {n}<" in text_of(response)
        for n in range(200)
    )


def test_very_long_notes_come_back_whole(laptop: Laptop, agenda: Agenda) -> None:
    notes = "wörter " * (100_000 // 7)
    response = laptop.post(at(agenda), form(agenda, step(script=notes)))
    assert response.status_code == 422
    assert f"Keep it to {LONGEST_SCRIPT}." in text_of(response)
    assert notes in text_of(response)


def test_an_agenda_keeps_at_least_one_step(laptop: Laptop, agenda: Agenda) -> None:
    response = laptop.post(at(agenda), form(agenda))
    assert response.status_code == 422
    assert "Add at least one step" in text_of(response)
    assert titles(agenda)


def test_an_agenda_needs_a_name(laptop: Laptop, agenda: Agenda) -> None:
    response = laptop.post(at(agenda), form(agenda, step(), name=" "))
    assert response.status_code == 422
    assert "Write something here first." in text_of(response)


def test_a_meeting_of_more_than_twelve_hours_is_too_long(laptop: Laptop, agenda: Agenda) -> None:
    response = laptop.post(at(agenda), form(agenda, *[step(minutes=240)] * 4))
    assert response.status_code == 422
    assert "A meeting can last 12 hours." in text_of(response)


def test_a_reading_of_another_group_is_not_offered_and_not_taken(
    laptop: Laptop, agenda: Agenda, stranger: Facilitator
) -> None:
    other = make_group(stranger, "en", "UTC", name="Another group")
    reading, prompt = other.readings.first(), other.prompts.first()
    assert reading and prompt
    sent = form(agenda, step(reading=reading.pk), step("checkin", prompt=prompt.pk))
    response = laptop.post(at(agenda), sent)
    assert response.status_code == 422
    assert "This reading is not in your group." in text_of(response)
    assert "This question is not in your group." in text_of(response)


def test_a_step_that_no_page_of_ours_sends_changes_nothing(laptop: Laptop, agenda: Agenda) -> None:
    sent = form(agenda, step(title="Mine"), step=["0", "0", "x", "../1", "9999999"], do="fly:0")
    assert titles_on(laptop.post(at(agenda), sent)) == ["Mine"]
    assert laptop.post(at(agenda), {}).status_code == 422


# The buttons that rearrange, without script

THREE = (
    step(title="One"),
    step(title="Two", script="Half typed", minutes="x"),
    step(title="Three"),
)


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("later:0", ["Two", "One", "Three"]),
        ("earlier:2", ["One", "Three", "Two"]),
        ("earlier:0", ["One", "Two", "Three"]),
        ("later:2", ["One", "Two", "Three"]),
        ("take-out:1", ["One", "Three"]),
    ],
)
def test_a_button_rearranges_and_keeps_what_is_typed_and_saves_nothing(
    laptop: Laptop, agenda: Agenda, do: str, order: list[str]
) -> None:
    before = titles(agenda)
    response = laptop.post(at(agenda), form(agenda, *THREE, name="Half a na", do=do))
    page = text_of(response)
    assert response.status_code == 200
    assert titles_on(response) == order
    assert "Half a na" in page and "Half typed" in page and 'value="x"' in page
    assert "field-wrong" not in page, "nothing is judged before she saves"
    assert "autofocus" in page
    agenda.refresh_from_db()
    assert (titles(agenda), agenda.revision) == (before, 1)


def test_a_new_step_comes_after_the_one_it_was_added_to(laptop: Laptop, agenda: Agenda) -> None:
    sent = form(agenda, *THREE, do="add:0") | {"add-0": "break"}
    response = laptop.post(at(agenda), sent)
    assert titles_on(response) == ["One", "Break", "Two", "Three"]
    assert re.search(r'name="step-3-title"[^>]*autofocus', text_of(response))
    assert re.search(r'<option value="break" selected', text_of(response))


def test_a_new_step_can_be_added_when_all_are_taken_out(laptop: Laptop, agenda: Agenda) -> None:
    empty = laptop.post(at(agenda), form(agenda, step(title="Last"), do="take-out:0"))
    assert titles_on(empty) == [] and "add-" in text_of(empty)
    sent = form(agenda, do="add:", out="0:0") | {"add-": "closing", "step-0-title": "Last"}
    again = laptop.post(at(agenda), sent)
    assert titles_on(again) == ["Closing"]
    assert 'name="step-1-title"' in text_of(again), "the one that can be put back keeps its key"


@pytest.mark.parametrize("kind", [kind.value for kind in StepKind])
def test_every_kind_of_step_can_be_added_and_saved(
    laptop: Laptop, agenda: Agenda, kind: str
) -> None:
    added = laptop.post(at(agenda), form(agenda, do="add:") | {"add-": kind})
    title = titles_on(added)[0]
    minutes = re.findall(r'-minutes" value="(\d+)"', text_of(added))[0]
    prompt = agenda.group.prompts.first()
    assert title and prompt
    sent = form(agenda, step(kind, title, minutes, prompt=prompt.pk))
    assert laptop.post(at(agenda), sent).status_code == 302


def test_a_step_taken_out_can_be_put_back_with_its_words(laptop: Laptop, agenda: Agenda) -> None:
    out = laptop.post(at(agenda), form(agenda, *THREE, do="take-out:1"))
    assert "“Two” is taken out." in text_of(out)
    sent = form(agenda, *THREE, step=["0", "2"], out="1:1", do="back")
    back = laptop.post(at(agenda), sent)
    assert titles_on(back) == ["One", "Two", "Three"]
    assert "Half typed" in text_of(back) and "is taken out" not in text_of(back)


def test_a_step_taken_out_is_not_saved(laptop: Laptop, agenda: Agenda) -> None:
    steps = (step(title="One"), step(title="Two"), step(title="Three"))
    sent = form(agenda, *steps, step=["0", "2"], out="1:1")
    assert laptop.post(at(agenda), sent).status_code == 302
    assert titles(agenda) == ["One", "Three"]


# Two at once, and those who may not


def test_whoever_saves_second_is_told_and_shown_both(
    laptop: Laptop, colleague: Laptop, agenda: Agenda
) -> None:
    mine, theirs = (
        form(agenda, step(title="Mine", script="My notes"), name="My name for it"),
        form(agenda, step(title="Theirs", script="Their notes"), name="Their name for it"),
    )
    assert colleague.post(at(agenda), theirs).status_code == 302
    response = laptop.post(at(agenda), mine)
    page = text_of(response)
    assert response.status_code == 409
    assert "Someone else saved this while you were writing." in page
    for words in ("Their name for it", "Theirs", "Their notes"):
        assert words in page, "she can read what they saved"
    assert titles_on(response) == ["Mine"] and "My notes" in page
    assert 'value="My name for it"' in page
    assert titles(agenda) == ["Theirs"], "nothing was overwritten"

    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    again = laptop.post(at(agenda), mine | {"revision": found[1]})
    assert again.status_code == 302
    assert titles(agenda) == ["Mine"]


def test_an_agenda_taken_out_meanwhile_can_be_kept_as_a_new_one(
    laptop: Laptop, colleague: Laptop, agenda: Agenda
) -> None:
    assert colleague.post(f"{at(agenda)}out").status_code == 302
    mine = form(agenda, step(title="Mine", script="My notes"))
    response = laptop.post(at(agenda), mine)
    assert response.status_code == 410
    assert titles_on(response) == ["Mine"] and "My notes" in text_of(response)
    assert f'action="{path(agenda.group, "new")}"' in text_of(response)
    assert laptop.post(path(agenda.group, "new"), mine).status_code == 302
    assert titles(agenda.group.agendas.get()) == ["Mine"]


def test_an_agenda_taken_out_between_the_look_and_the_saving_is_told_too(
    laptop: Laptop, agenda: Agenda
) -> None:
    def too_late(**_what: Any) -> None:
        post_init.disconnect(too_late, sender=Agenda)
        Agenda.objects.all().delete()

    post_init.connect(too_late, sender=Agenda)
    response = laptop.post(at(agenda), form(agenda, step(title="Mine")))
    assert response.status_code == 410
    assert titles_on(response) == ["Mine"]


def test_a_colleague_removed_while_editing_gets_her_words_back(
    laptop: Laptop, agenda: Agenda, facilitator: Facilitator
) -> None:
    agenda.group.facilitators.remove(facilitator)
    sent = form(agenda, step(title="A whole title", script="Notes I wrote"))
    response = laptop.post(at(agenda), sent)
    assert response.status_code == 403
    assert "A whole title" in text_of(response) and "Notes I wrote" in text_of(response)
    assert "A whole title" not in titles(agenda)


def test_one_who_is_signed_out_gets_her_words_back(agenda: Agenda) -> None:
    response = Browser().post(at(agenda), form(agenda, step(script="Notes I wrote")))
    assert response.status_code == 401
    assert "Notes I wrote" in text_of(response)
    assert Browser().get(at(agenda)).status_code == 302


@pytest.mark.parametrize("rest", ["", "new", "ours?template=dual-recovery&minutes=30"])
def test_nobody_else_learns_of_a_groups_agendas(
    group: Group, stranger: Facilitator, rest: str
) -> None:
    assert Laptop(stranger).get(path(group, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["", "script", "out"])
def test_an_agenda_opens_under_its_own_group_only(
    laptop: Laptop, facilitator: Facilitator, agenda: Agenda, stranger: Facilitator, rest: str
) -> None:
    assert Laptop(stranger).get(f"{at(agenda)}{rest}").status_code == 404
    hers_too = make_group(facilitator, "en", "UTC", name="Another of hers")
    assert laptop.get(path(hers_too, f"{agenda.pk}/{rest}")).status_code == 404
    assert laptop.get(f"{at(agenda)}{rest}").status_code == 200


def test_only_its_own_group_can_copy_or_take_out_an_agenda(
    laptop: Laptop, facilitator: Facilitator, agenda: Agenda
) -> None:
    hers_too = make_group(facilitator, "en", "UTC", name="Another of hers")
    assert laptop.post(path(hers_too, f"{agenda.pk}/copy")).status_code == 404
    laptop.post(path(hers_too, f"{agenda.pk}/out"))
    assert Agenda.objects.get() == agenda


# Making and taking out


def test_the_list_tells_how_long_each_takes(laptop: Laptop, agenda: Agenda) -> None:
    page = text_of(laptop.get(path(agenda.group)))
    assert agenda.name in page
    assert f"{agenda.minutes} minutes · {agenda.steps.count()} steps" in page


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("minutes", [30, 60, 90])
def test_each_of_our_agendas_is_looked_at_copied_and_led_to_its_end(
    laptop: Laptop, group: Group, template: str, minutes: int
) -> None:
    choice = {"template": template, "minutes": str(minutes)}
    look = laptop.get(path(group, "ours"), choice)
    assert look.status_code == 200
    assert group.agendas.count() == 1, "looking makes nothing"
    made = laptop.post(path(group, "ours"), choice)
    assert made.status_code == 302
    agenda = group.agendas.order_by("-pk")[0]
    assert made["Location"] == f"{at(agenda)}?saved"
    assert agenda.minutes == minutes
    assert all(title in unescape(text_of(look)) for title in titles(agenda))

    group.agendas.exclude(pk=agenda.pk).delete()
    laptop.open_doors(group)
    steps = live_state(group).steps
    assert [one.title for one in steps] == titles(agenda)
    assert laptop.press("start").status_code == 200
    for one in steps:
        assert laptop.press("step", {"step": one.id}).status_code == 200
        assert live_state(group).current.id == one.id
    assert laptop.press("end").status_code == 302
    assert not has_meeting(group)


def test_a_template_that_does_not_exist_is_not_found(laptop: Laptop, group: Group) -> None:
    for choice in ({"template": "seance", "minutes": "30"}, {"template": "dual-recovery"}):
        assert laptop.get(path(group, "ours"), choice).status_code == 404
        assert laptop.post(path(group, "ours"), choice).status_code == 404


def test_a_new_agenda_is_kept_only_once_it_is_saved(laptop: Laptop, group: Group) -> None:
    page = laptop.get(path(group, "new"))
    assert titles_on(page) == ["Welcome", "Open sharing", "Closing"]
    rearranged = laptop.post(path(group, "new"), form(None, *THREE, do="later:0"))
    assert titles_on(rearranged) == ["Two", "One", "Three"]
    assert group.agendas.count() == 1
    assert laptop.post(path(group, "new"), form(None, step(title="First"))).status_code == 302
    assert titles(group.agendas.order_by("-pk")[0]) == ["First"]


def test_a_copy_is_changed_without_its_original(laptop: Laptop, agenda: Agenda) -> None:
    response = laptop.post(f"{at(agenda)}copy")
    copy = agenda.group.agendas.order_by("-pk")[0]
    assert response["Location"] == f"{at(copy)}?saved"
    assert copy.name == f"Copy of {agenda.name}"
    assert titles(copy) == titles(agenda)
    laptop.post(at(copy), form(copy, step(title="Changed")))
    assert titles(copy) == ["Changed"] and len(titles(agenda)) > 1


def test_a_copy_of_a_long_name_still_fits(laptop: Laptop, agenda: Agenda) -> None:
    Agenda.objects.update(name="n" * 80)
    assert laptop.post(f"{at(agenda)}copy").status_code == 302
    assert len(agenda.group.agendas.order_by("-pk")[0].name) == 80
    Agenda.objects.update(name=f"{'n' * 71} and more")
    laptop.post(f"{at(agenda)}copy")
    assert agenda.group.agendas.order_by("-pk")[0].name == f"Copy of {'n' * 71}", "no space behind"


def test_taking_out_asks_first(laptop: Laptop, agenda: Agenda) -> None:
    make_agenda(agenda.group, "checkin-circle", 60)
    page = text_of(laptop.get(f"{at(agenda)}out"))
    assert agenda.name in page and "This is your last agenda." not in page
    assert Agenda.objects.filter(pk=agenda.pk).exists()
    assert laptop.post(f"{at(agenda)}out").status_code == 302
    assert not Agenda.objects.filter(pk=agenda.pk).exists()
    assert laptop.post(f"{at(agenda)}out").status_code == 302, "twice is no harm"


def test_the_last_agenda_may_go_and_then_the_doors_say_why_they_stay_closed(
    laptop: Laptop, agenda: Agenda
) -> None:
    assert "This is your last agenda." in text_of(laptop.get(f"{at(agenda)}out"))
    laptop.post(f"{at(agenda)}out")
    for page in (path(agenda.group), f"/group/{agenda.group.pk}/"):
        assert "no agenda yet, so the doors stay closed" in text_of(laptop.get(page))
    laptop.post(f"/group/{agenda.group.pk}/doors")
    assert not has_meeting(agenda.group)


# On paper


def test_the_script_holds_the_whole_meeting(laptop: Laptop, group: Group) -> None:
    agenda = make_agenda(group, "dual-recovery", 90)
    page = unescape(text_of(laptop.get(f"{at(agenda)}script")))
    begins = 0
    for one in agenda.steps.all():
        assert one.title in page and one.text in page
        assert f"after {begins} min, for {one.minutes} min" in page
        begins += one.minutes
        for line in one.script.splitlines():
            assert all(words.strip() in page for words in re.split(r"[\[\]]", line))
        if one.reading:
            assert all(part in page for part in one.reading.parts)
        if one.prompt:
            assert one.prompt.question in page
            assert all(option in page for option in one.prompt.options)
    assert group.crosstalk_line in page
    assert all(line in page for line in group.limits_text.splitlines())
    for line in group.support_lines.all():
        assert line.name in page and line.contact in page and line.emergency in page


def test_the_script_has_what_is_agreed_now(laptop: Laptop, agenda: Agenda) -> None:
    laptop.open_doors(agenda.group)
    laptop.press("start")
    laptop.press("statements", {"text": "We ask before we give advice."})
    suggestion = live_state(agenda.group).board.suggestions[0].id
    laptop.press(f"statements/{suggestion}/asked")
    assert laptop.press(f"statements/{suggestion}/adopted").status_code == 200
    assert "We ask before we give advice." in text_of(laptop.get(f"{at(agenda)}script"))


def test_a_question_on_paper_counts_nobodys_hand(laptop: Laptop, agenda: Agenda) -> None:
    for kind in ("yes-no", "text"):
        prompt = Prompt.objects.create(group=agenda.group, kind=kind, question=f"About {kind}?")
        agenda.steps.create(order=50, kind="checkin", title="Ask", minutes=3, prompt=prompt)
    page = text_of(laptop.get(f"{at(agenda)}script"))
    assert "About yes-no?" in page and "Yes · No" in page and "About text?" in page
    assert page.count("Count no hands") == 3
