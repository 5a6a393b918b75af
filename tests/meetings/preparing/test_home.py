"""The group's own page: the doors, with which agenda, and what may need a look before."""

from __future__ import annotations

import pytest

from meetings import starters
from meetings.editing.worth_a_look import worth_a_look
from meetings.models import Agenda, AgendaStep, Facilitator, Group
from tests.meetings.people import Laptop, has_meeting, live_state, text_of


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


@pytest.fixture
def second(group: Group) -> Agenda:
    return starters.make_agenda(group, "checkin-circle", 60)


def sentences(group: Group) -> str:
    return " ".join(look.sentence for look in worth_a_look(group))


def test_the_doors_open_with_the_agenda_she_chose(
    laptop: Laptop, group: Group, second: Agenda
) -> None:
    page = text_of(laptop.get(f"/group/{group.pk}/"))
    assert "Which agenda today?" in page and second.name in page
    laptop.post(f"/group/{group.pk}/doors", {"agenda": second.pk})
    assert len(live_state(group).steps) == second.steps.count()


def test_without_a_choice_the_doors_open_with_the_first(
    laptop: Laptop, group: Group, second: Agenda
) -> None:
    first = group.agendas.exclude(pk=second.pk).get()
    laptop.post(f"/group/{group.pk}/doors")
    assert [step.title for step in live_state(group).steps] == [
        step.title for step in first.steps.all()
    ]


@pytest.mark.parametrize("which", ["gone", "empty", "another group's", "no number"])
def test_an_agenda_that_can_not_be_used_opens_no_doors_and_says_so(
    laptop: Laptop, group: Group, second: Agenda, stranger: Facilitator, which: str
) -> None:
    other = starters.make_group(stranger, "en", "UTC")
    chosen = {
        "gone": str(second.pk + 1000),
        "empty": str(group.agendas.create(name="Empty").pk),
        "another group's": str(starters.make_agenda(other, "checkin-circle", 30).pk),
        "no number": "first",
    }[which]
    response = laptop.post(f"/group/{group.pk}/doors", {"agenda": chosen})
    assert response["Location"] == f"/group/{group.pk}/?pick"
    assert "That agenda is gone, or has no steps." in text_of(laptop.get(response["Location"]))
    assert not has_meeting(group)


def test_doors_that_are_open_are_found_whatever_is_chosen(
    laptop: Laptop, group: Group, second: Agenda
) -> None:
    laptop.open_doors(group)
    response = laptop.post(f"/group/{group.pk}/doors", {"agenda": second.pk})
    assert response["Location"] == laptop.console
    page = text_of(laptop.get(f"/group/{group.pk}/"))
    assert "A meeting is going on right now." in page and "Open the doors" not in page


def test_without_an_agenda_the_page_says_why_the_doors_stay_closed(
    laptop: Laptop, group: Group
) -> None:
    AgendaStep.objects.all().delete()
    page = text_of(laptop.get(f"/group/{group.pk}/"))
    assert "so the doors stay closed" in page and "Make an agenda" in page


def test_what_may_need_a_look_is_named_until_it_is_mended(group: Group) -> None:
    group.call_link = "Ask Ana"
    step = group.agendas.get().steps.filter(prompt__isnull=False).first()
    assert step is not None
    step.prompt = group.prompts.filter(kind="text").first()
    step.save()
    said = sentences(group)
    assert "Your limits are still our example." in said
    assert "has no number yet." in said
    assert "asks for answers in your own words." in said
    assert "as words, not as a link to tap." in said
    group.limits_text = ""
    group.support_lines.all().delete()
    said = sentences(group)
    assert "has no words of yours yet" in said and "no support lines yet" in said
    group.limits_text = "I tell nobody, except when someone is in danger."
    group.support_lines.create(order=1, name="Warm", contact="555 0100", who="Peers", hours="Now")
    group.call_link = "https://example.org/call"
    group.free_text = True
    assert worth_a_look(group) == []


def test_each_look_leads_to_a_page_that_is_there(laptop: Laptop, group: Group) -> None:
    group.support_lines.all().delete()
    for look in worth_a_look(group):
        assert laptop.get(f"/group/{group.pk}/{look.page}").status_code == 200
