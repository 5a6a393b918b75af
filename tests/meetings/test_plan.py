"""The plan of a meeting that is under way, changed from the laptop."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.utils import translation

from agreements.models import Agreement
from meetings import sentences
from meetings.editing.agendas import KINDS
from meetings.engine.refusals import Refusal
from meetings.engine.state import Meeting, PromptKind, StepKind
from meetings.models import AgendaStep, Facilitator, Group, Prompt, Reading
from tests.meetings.conftest import Hall
from tests.meetings.people import Laptop, live_state, text_of


@pytest.fixture
def running(hall: Hall) -> Hall:
    hall.laptop.press("start")
    return hall


def state_of(hall: Hall) -> Meeting:
    return live_state(hall.group)


def form_of(hall: Hall) -> str:
    return html.unescape(text_of(hall.laptop.get(f"{hall.laptop.console}steps/new")))


def add(hall: Hall, **changed: str) -> Any:
    """Send the dialog's form as it came, with what she typed."""
    id = re.search(r'name="id" value="([0-9a-f]{16})"', form_of(hall))
    assert id is not None
    after = state_of(hall).current.id
    typed = {"what": "kind-break", "title": "", "minutes": "5", "after": after, **changed}
    return hall.laptop.press("steps", {"id": id[1], **typed})


def said(response: Any) -> str:
    found = re.search(r'hx-target="#add-step-said"[^>]*>(.*?)</hx-partial>', text_of(response))
    assert found is not None
    return re.sub(r"<[^>]+>", "", found.group(1)).strip()


def sentence(code: Refusal) -> str:
    return str(sentences.REFUSALS[code][1])


def test_a_step_is_added_after_the_one_of_now_and_the_dialog_closes(running: Hall) -> None:
    response = add(running, title="  Tea and\ncake ", minutes="7")
    assert response.status_code == 200 and response["HX-Trigger"] == "step-added"
    step = state_of(running).steps[1]
    assert (step.kind, step.title, step.minutes) == (StepKind.BREAK, "Tea and cake", 7)
    assert "Tea and cake" in text_of(response) and said(response) == ""


def test_a_step_without_a_name_is_called_as_its_kind_in_the_groups_language(
    hall: Hall, facilitator: Facilitator
) -> None:
    hall.laptop.press("end")
    Group.objects.update(language="es")
    hall.laptop.open_doors(hall.group)
    add(hall, what="kind-break", after="")
    with translation.override("es"):
        assert state_of(hall).steps[0].title == str(KINDS[StepKind.BREAK])


def test_the_same_form_sent_twice_adds_one_step(running: Hall) -> None:
    after = state_of(running).current.id
    form = {"id": "0123456789abcdef", "what": "kind-break", "minutes": "5", "after": after}
    before = len(state_of(running).steps)
    for _try in range(2):
        assert running.laptop.press("steps", form).status_code == 200
    assert len(state_of(running).steps) == before + 1


def test_a_reading_of_the_group_comes_with_its_parts_and_its_name(running: Hall) -> None:
    reading = Reading.objects.create(group=running.group, title="On tea", parts=["one", "two"])
    assert "On tea" in form_of(running)
    assert add(running, what=f"reading-{reading.pk}").status_code == 200
    step = state_of(running).steps[1]
    assert (step.kind, step.title, step.parts) == (StepKind.READING, "On tea", ("one", "two"))


def test_a_question_of_the_group_becomes_a_check_in_and_is_offered_no_more(running: Hall) -> None:
    prompt = Prompt.objects.create(
        group=running.group, kind=PromptKind.YES_NO.value, question="Shall we go on?"
    )
    assert "Shall we go on?" in form_of(running)
    assert add(running, what=f"prompt-{prompt.pk}").status_code == 200
    step = state_of(running).steps[1]
    assert step.kind is StepKind.CHECKIN and step.prompt is not None
    assert step.prompt.question == "Shall we go on?"
    # Nor is a copy of it.
    copy = Prompt.objects.create(
        group=running.group, kind=PromptKind.YES_NO.value, question="Shall we go on"
    )
    assert "Shall we go on" not in form_of(running)
    for one in (prompt, copy):
        again = add(running, what=f"prompt-{one.pk}")
        assert (again.status_code, said(again)) == (409, sentence(Refusal.PROMPT_IS_PLANNED))


def test_a_question_for_own_words_is_offered_only_where_the_group_wants_them(hall: Hall) -> None:
    Prompt.objects.create(
        group=hall.group, kind=PromptKind.TEXT.value, question="What helped?", screened=True
    )
    Group.objects.update(free_text=False)
    hall.laptop.press("end")
    hall.laptop.open_doors(hall.group)
    assert "What helped?" not in form_of(hall)
    hall.laptop.press("end")
    Group.objects.update(free_text=True)
    hall.laptop.open_doors(hall.group)
    assert "What helped?" in form_of(hall)


@pytest.mark.parametrize("what", ["reading", "prompt"])
def test_what_another_group_has_or_nobody_is_not_added(
    running: Hall, stranger: Facilitator, what: str
) -> None:
    other = Group.objects.create(name="Others", agreement=Agreement.objects.create(title="Ours"))
    kept = (
        Reading.objects.create(group=other, title="Theirs", parts=["x"])
        if what == "reading"
        else Prompt.objects.create(group=other, kind="yes-no", question="Theirs")
    )
    assert "Theirs" not in form_of(running)
    for pk in (kept.pk, 10**15):
        response = add(running, what=f"{what}-{pk}")
        assert (response.status_code, said(response)) == (409, sentence(Refusal.NOT_PREPARED))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"minutes": "0"}, Refusal.NOT_MINUTES),
        ({"minutes": ""}, Refusal.NOT_MINUTES),
        ({"minutes": "a few"}, Refusal.NOT_MINUTES),
        ({"minutes": "9999"}, Refusal.NOT_MINUTES),
        ({"title": "t" * 81}, Refusal.TITLE_IS_LONG),
        ({"title": "\u200b"}, Refusal.TITLE_IS_EMPTY),
        ({"what": "kind-checkin"}, Refusal.NOT_A_CHECKIN),
        ({"what": "kind-party"}, Refusal.NOT_PREPARED),
        ({"after": "nowhere"}, Refusal.NO_SUCH_STEP),
    ],
)
def test_what_cannot_be_added_gets_a_sentence_in_the_dialog_which_keeps_what_was_typed(
    running: Hall, typed: dict[str, str], code: Refusal
) -> None:
    before = state_of(running).steps
    response = add(running, **typed)
    assert (response.status_code, said(response)) == (
        int(sentences.REFUSALS[code][0]),
        sentence(code),
    )
    # Neither the form nor the page is replaced.
    assert text_of(response).count("<hx-partial") == 1 and "HX-Trigger" not in response
    assert state_of(running).steps == before


def test_a_step_is_moved_skipped_and_brought_back(running: Hall) -> None:
    first, *_others, last = [step.id for step in state_of(running).steps]
    assert running.laptop.press(f"steps/{last}/place", {"after": first}).status_code == 200
    assert [step.id for step in state_of(running).steps][:2] == [first, last]
    response = running.laptop.press(f"steps/{last}/skipped")
    assert response.status_code == 200 and "Bring back" in text_of(response)
    assert state_of(running).skipped == {last}
    assert running.laptop.press_delete(f"steps/{last}/skipped").status_code == 200
    assert state_of(running).skipped == frozenset()


def test_the_kept_agenda_stays_as_it_is(running: Hall) -> None:
    kept = list(AgendaStep.objects.values())
    steps = [step.id for step in state_of(running).steps]
    add(running, title="Tea")
    running.laptop.press(f"steps/{steps[-1]}/place", {"after": steps[0]})
    running.laptop.press(f"steps/{steps[-2]}/skipped")
    assert list(AgendaStep.objects.values()) == kept


def test_only_her_own_facilitators_see_the_groups_readings(
    running: Hall, stranger: Facilitator
) -> None:
    Reading.objects.create(group=running.group, title="On tea", parts=["one"])
    address = f"{running.laptop.console}steps/new"
    foreign = Laptop(stranger).get(address)
    assert foreign.status_code == 410 and "On tea" not in text_of(foreign)
    phone = running.phone("Jo").get(address)
    assert phone.status_code == 404 and "On tea" not in text_of(phone)


def test_the_form_offers_places_from_now_on(running: Hall) -> None:
    titles = [step.title for step in state_of(running).steps]
    running.laptop.press("step", {"step": state_of(running).steps[2].id})
    select = form_of(running).split('name="after"')[1]
    options = re.findall(r"<option[^>]*>([^<]*)</option>", select)
    assert options == titles[2:]
