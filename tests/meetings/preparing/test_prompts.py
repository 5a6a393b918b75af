"""Questions for check-ins: every kind, their limits, and what a phone would say beforehand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

from meetings import starters
from meetings.engine.state import PromptKind
from meetings.models import AgendaStep, Facilitator, Group, Prompt
from tests.meetings.people import Laptop, Phone, live_state, step_of, text_of


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


@pytest.fixture
def prompt(group: Group) -> Prompt:
    return group.prompts.create(kind="choice", question="Tea or coffee?", options=["Tea", "Coffee"])


def path(group: Group, prompt: Prompt | None = None, act: str = "") -> str:
    return f"/group/{group.pk}/prompts/" + (f"{prompt.pk}/{act}" if prompt else act)


def send(laptop: Laptop, address: str, **changed: Any) -> Any:
    sent = {
        "revision": 1,
        "do": "save",
        "kind": "choice",
        "question": "How is it going?",
        "answers": "Well\nSo-so",
    }
    return laptop.post(address, {**sent, **changed})


FIVE = "one\ntwo\nthree\nfour\nfive"


@pytest.mark.parametrize(
    ("kind", "answers", "kept"),
    [
        ("choice", "Well\n\n  So-so \n", ["Well", "So-so"]),
        ("scale", FIVE, FIVE.split("\n")),
        ("words", FIVE, FIVE.split("\n")),
        ("yes-no", "left over\nfrom before", []),
        ("text", "", []),
    ],
)
def test_every_kind_of_question_is_kept(
    laptop: Laptop, group: Group, kind: str, answers: str, kept: list[str]
) -> None:
    response = send(
        laptop, path(group, act="new"), kind=kind, answers=answers, screened="on", feelings="on"
    )
    made = group.prompts.get(question="How is it going?")
    assert response["Location"] == path(group, made) + "?saved"
    assert (made.kind, made.options, made.feelings) == (kind, kept, True)
    # Only words that people write can be read first.
    assert made.screened is (kind == "text")


def test_every_kind_that_the_engine_knows_can_be_chosen(laptop: Laptop, group: Group) -> None:
    page = text_of(laptop.get(path(group, act="new")))
    assert all(f'name="kind" value="{kind.value}"' in page for kind in PromptKind)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"answers": "Just one"}, "A choice needs 2 to 7 answers. Here are 1."),
        ({"answers": "\n".join("abcdefgh")}, "Here are 8."),
        ({"answers": "\n".join(map(str, range(30)))}, "Here are 30."),
        ({"kind": "scale", "answers": ""}, "A scale needs 2 to 7 steps. Here are 0."),
        ({"kind": "words", "answers": "a\nb"}, "It needs 5 to 16 words to pick from."),
        ({"answers": "Well\nWELL \nNot"}, "“WELL” stands there twice."),
        ({"answers": "Well\n" + "l" * 61}, "has 61 letters. Keep each to 60."),
        ({"question": " \u200b "}, "Write something here first."),
        ({"question": "q" * 201}, "This has 201 letters. Keep it to 200."),
        ({"kind": "essay"}, "Choose one of these kinds."),
        ({"kind": ""}, "Choose what kind of question it is."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    laptop: Laptop, group: Group, prompt: Prompt, changed: dict[str, str], sentence: str
) -> None:
    response = send(laptop, path(group, prompt), **changed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    form = response.context["form"]
    assert all(form[name].value() == typed for name, typed in changed.items())
    prompt.refresh_from_db()
    assert prompt.revision == 1


def test_markup_in_a_question_is_shown_as_text(laptop: Laptop, group: Group) -> None:
    sent = {"question": "<b>Bold</b>?", "answers": "<i>Yes</i>\nNo"}
    page = text_of(send(laptop, path(group, act="new"), do="look", **sent))
    assert "<b>Bold" not in page and "<i>Yes" not in page and "&lt;i&gt;Yes" in page


def test_two_who_change_a_question_at_once_both_see_what_there_is(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    assert send(laptop, path(group, prompt), question="Hers?").status_code == 302
    second = send(laptop, path(group, prompt), question="His?", answers="Left\nRight")
    assert second.status_code == 409
    assert "His?" in text_of(second) and "Hers?" in text_of(second)
    assert "Left\nRight" in text_of(second) and "Well" in text_of(second)
    prompt.refresh_from_db()
    assert prompt.question == "Hers?"


def test_a_question_taken_out_meanwhile_can_be_saved_as_a_new_one(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    address = path(group, prompt)
    prompt.delete()
    response = send(laptop, address, question="Still mine?")
    assert response.status_code == 410
    page = text_of(response)
    assert "Still mine?" in page and f'action="{path(group, act="new")}"' in page


def test_what_an_agenda_asks_stays_and_the_page_says_which(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    agenda = group.agendas.get()
    AgendaStep.objects.create(
        agenda=agenda, order=99, kind="checkin", title="Tea", minutes=2, prompt=prompt
    )
    response = laptop.post(path(group, prompt, "out"))
    assert response.status_code == 409 and agenda.name in text_of(response)
    agenda.steps.get(order=99).delete()
    assert laptop.post(path(group, prompt, "out"))["Location"] == path(group) + "?out"
    assert not Prompt.objects.filter(pk=prompt.pk).exists()


def test_taking_a_question_out_twice_is_as_good_as_once(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    for _twice in range(2):
        assert laptop.post(path(group, prompt, "out"))["Location"] == path(group) + "?out"
    assert laptop.get(path(group, prompt, "out")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_question_that_an_agenda_needs_from_this_moment_on_stays(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    agenda = group.agendas.get()

    def added_meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("DELETE") and not agenda.steps.filter(prompt=prompt).exists():
            agenda.steps.create(order=99, kind="checkin", title="Tea", minutes=2, prompt=prompt)
        return execute(sql, *rest)

    with connection.execute_wrapper(added_meanwhile):
        response = laptop.post(path(group, prompt, "out"))

    assert response.status_code == 409
    assert Prompt.objects.filter(pk=prompt.pk).exists()


def test_a_copy_is_changed_without_its_original(
    laptop: Laptop, group: Group, prompt: Prompt
) -> None:
    laptop.post(path(group, prompt, "copy"))
    made = group.prompts.get(question="Copy of Tea or coffee?")
    assert (made.kind, made.options, made.revision) == ("choice", ["Tea", "Coffee"], 1)
    assert group.prompts.filter(pk=prompt.pk, question="Tea or coffee?").exists()


def test_ours_are_brought_in_once_and_marked(laptop: Laptop, group: Group) -> None:
    group.agendas.get().delete()
    group.prompts.all().delete()
    ours = starters.library("en").prompts
    assert len(ours) >= 24
    assert "You have this one." not in text_of(laptop.get(path(group)))
    for key in (*ours, *ours):
        assert laptop.post(path(group, act="ours"), {"key": key}).status_code == 302
    assert group.prompts.count() == len(ours)
    assert text_of(laptop.get(path(group))).count("You have this one.") == len(ours)
    assert laptop.post(path(group, act="ours"), {"key": "nothing"}).status_code == 404


def test_each_of_ours_would_be_accepted_from_a_facilitator(laptop: Laptop, group: Group) -> None:
    for ours in starters.library("en").prompts.values():
        sent: dict[str, Any] = {
            "kind": ours.kind,
            "question": f"Again: {ours.question}",
            "answers": "\n".join(ours.options),
        }
        assert send(laptop, path(group, act="new"), **sent).status_code == 302


# The preview


def test_the_preview_says_what_a_phone_then_says(laptop: Laptop, group: Group) -> None:
    group.floor = 6
    group.save()
    step = AgendaStep.objects.filter(agenda__group=group, kind="checkin").first()
    assert step is not None and step.prompt is not None
    page = text_of(laptop.get(path(group, step.prompt)))
    previewed = note_in(page)
    assert "at least 6 people" in previewed
    code = laptop.open_doors(group)
    phones = [Phone().come_in(code) for _ in range(6)]
    laptop.press("start")
    laptop.press("step", {"step": step_of(live_state(group), "checkin")})
    laptop.press("checkin", {"step": step_of(live_state(group), "checkin")})
    assert note_in(text_of(phones[0].get("/meeting"))) == previewed


def note_in(page: str) -> str:
    return page.split('id="answer-note">')[1].split("</p>")[0]


def test_the_preview_of_own_words_says_who_reads_them_first(laptop: Laptop, group: Group) -> None:
    sent = {"kind": "text", "question": "What helped?", "answers": ""}
    open_words = text_of(send(laptop, path(group, act="preview"), **sent))
    screened = text_of(send(laptop, path(group, act="preview"), screened="on", **sent))
    assert "No one reads them first." in open_words
    assert "Your facilitator reads them first" in screened
    assert "off in your group" in screened
    group.free_text = True
    group.save()
    assert "off in your group" not in text_of(send(laptop, path(group, act="preview"), **sent))


@pytest.mark.parametrize("kept", ["screened", "feelings"])
def test_a_tick_that_was_taken_away_stays_away_while_nothing_is_saved(
    laptop: Laptop, group: Group, kept: str
) -> None:
    ticked = group.prompts.create(
        kind="text", question="What helps?", screened=True, feelings=True, revision=1
    )
    others = {"screened": "on", "feelings": "on"}
    del others[kept]

    page = text_of(send(laptop, path(group, ticked), kind="text", do="phone", **others))

    boxes = {
        name: "checked" in box
        for box in re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
        for name in re.findall(r'name="(\w+)"', box)
    }
    assert boxes == {"screened": kept != "screened", "feelings": kept != "feelings"}


def test_a_preview_of_nothing_yet_is_kind(laptop: Laptop, group: Group) -> None:
    page = text_of(laptop.post(path(group, act="preview"), {}))
    assert "Your question stands here." in page or "Choose a kind" in page


@pytest.mark.parametrize("act", ["", "copy", "out"])
def test_nobody_reaches_another_groups_question(
    laptop: Laptop, group: Group, stranger: Facilitator, act: str
) -> None:
    other = starters.make_group(stranger, "en", "UTC")
    theirs = other.prompts.first()
    assert theirs is not None
    # Theirs is to her as one that was taken out before.
    assert laptop.post(path(group, theirs, act), {"do": "save"}).status_code in {302, 404, 410}
    assert laptop.get(path(group, theirs, act)).status_code in {404, 405}
    assert other.prompts.filter(pk=theirs.pk).exists()
    assert laptop.post(path(other, theirs, act), {"do": "save"}).status_code == 403
    assert laptop.get(path(other)).status_code == 404
