"""The agreement between meetings, as those who lead see it: its link, what waits, its versions."""

from __future__ import annotations

import asyncio
import datetime
from html import unescape

import pytest
from asgiref.sync import async_to_sync
from msgspec.structs import replace

from agreements.models import MOST_WAITING, Agreement, Idea
from meetings import between, services
from meetings.models import Facilitator, Group
from tests.meetings.people import Browser, Laptop, live_state, step_of, text_of


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


@pytest.fixture
def here(group: Group) -> str:
    return f"/group/{group.pk}/agreement"


@pytest.fixture
def agreement(group: Group) -> Agreement:
    agreement: Agreement = group.agreement
    agreement.switch_ideas(True)
    return agreement


def write(agreement: Agreement, number: int, **statements: str) -> None:
    """A version with these statements; `a__b="…"` is a wording b of what began as a."""
    written = []
    for key, text in statements.items():
        root, _, id = key.rpartition("__")
        written.append({"id": id, "text": text} | ({"root": root} if root else {}))
    agreement.versions.create(
        number=number, date=datetime.date(2026, 1, number), statements=written
    )


def parked(group: Group) -> list[str]:
    group.agreement.refresh_from_db()
    return list(group.agreement.parked)


def page_of(laptop: Laptop, path: str) -> str:
    response = laptop.get(path)
    assert response.status_code == 200
    return unescape(text_of(response))


# --- the link and the switch ---------------------------------------------------------------------


def test_a_facilitator_makes_a_link_renews_it_and_takes_it_away(
    laptop: Laptop, group: Group, here: str
) -> None:
    assert "The link, to copy" not in page_of(laptop, here)
    made = laptop.post(f"{here}/link")
    assert made["Location"] == f"{here}?link#link"
    group.agreement.refresh_from_db()
    first = f"/agreement/{group.agreement.link_token}"
    assert f"http://testserver{first}" in page_of(laptop, f"{here}?link")
    assert Browser().get(first).status_code == 200
    laptop.post(f"{here}/link")
    assert Browser().get(first).status_code == 404
    group.agreement.refresh_from_db()
    second = f"/agreement/{group.agreement.link_token}"
    laptop.post(f"{here}/link/out")
    assert Browser().get(second).status_code == 404


def test_suggestions_are_off_until_a_facilitator_switches_them_on(
    laptop: Laptop, group: Group, here: str
) -> None:
    laptop.post(f"{here}/link")
    group.agreement.refresh_from_db()
    link = f"/agreement/{group.agreement.link_token}"
    assert Browser().post(link, {"text": "Mine"}).status_code == 409
    laptop.post(f"{here}/ideas")
    assert Browser().post(link, {"text": "Mine"}).status_code == 200
    laptop.post(f"{here}/ideas/out")
    assert Browser().post(link, {"text": "Ours"}).status_code == 409
    # What was sent before waits for her all the same.
    assert "Mine" in page_of(laptop, here)


def test_the_page_says_that_nothing_can_be_adopted_here(laptop: Laptop, here: str) -> None:
    page = page_of(laptop, here)
    assert "Nothing can be adopted here." in page
    assert "/settings#id_agreement_title" in page


def test_the_group_s_page_leads_there_and_says_what_waits(
    laptop: Laptop, group: Group, here: str, agreement: Agreement
) -> None:
    assert f'href="{here}"' in page_of(laptop, f"/group/{group.pk}/")
    assert "waits for you" not in page_of(laptop, f"/group/{group.pk}/")
    agreement.suggest("We rest.")
    assert "1 suggestion for next time waits for you." in page_of(laptop, f"/group/{group.pk}/")


def test_another_s_facilitator_finds_nothing_there(stranger: Facilitator, here: str) -> None:
    assert Laptop(stranger).get(here).status_code == 404
    sent = Laptop(stranger).post(f"{here}/prepared", {"text": "Many words of mine"})
    assert sent.status_code == 403 and "Many words of mine" in text_of(sent)


# --- what waits ----------------------------------------------------------------------------------


def test_an_idea_is_brought_and_the_room_sees_it_among_what_waits(
    laptop: Laptop, group: Group, here: str, agreement: Agreement
) -> None:
    agreement.suggest("Phones stay away.")
    assert "Phones stay away." in page_of(laptop, here)
    idea = Idea.objects.get()
    assert laptop.post(f"{here}/ideas/{idea.pk}/brought").status_code == 302
    assert (parked(group), Idea.objects.count()) == (["Phones stay away."], 0)
    # Once more, from an older page.
    assert laptop.post(f"{here}/ideas/{idea.pk}/brought").status_code == 302
    laptop.open_doors(group)
    assert live_state(group).board.parked == ("Phones stay away.",)


def test_an_idea_that_is_let_go_is_gone(
    laptop: Laptop, group: Group, here: str, agreement: Agreement
) -> None:
    agreement.suggest("Phones stay away.")
    laptop.post(f"{here}/ideas/{Idea.objects.get().pk}/out")
    assert (parked(group), Idea.objects.count()) == ([], 0)


def test_an_idea_of_another_group_can_not_be_touched(
    laptop: Laptop, here: str, stranger: Facilitator
) -> None:
    theirs = Agreement.objects.create(takes_ideas=True)
    theirs.suggest("Theirs")
    idea = Idea.objects.get()
    for act in ("brought", "out"):
        laptop.post(f"{here}/ideas/{idea.pk}/{act}")
    assert Idea.objects.get().text == "Theirs"


def test_a_facilitator_prepares_a_suggestion_and_takes_it_out(
    laptop: Laptop, group: Group, here: str
) -> None:
    assert laptop.post(f"{here}/prepared", {"text": " We\u200b rest. "}).status_code == 302
    assert parked(group) == ["We rest."] and "We rest." in page_of(laptop, here)
    laptop.post(f"{here}/prepared/out", {"text": "We rest."})
    assert parked(group) == []


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        (" ", 422, "Write a few words first."),
        ("word " * 1000, 422, "Use up to 240 characters"),
        ("we listen", 409, "That is in the agreement already."),
        ("<b>Waits</b> here", 409, "Someone has suggested that already."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    laptop: Laptop, group: Group, here: str, text: str, status: int, sentence: str
) -> None:
    write(group.agreement, 1, a="We listen.")
    group.agreement.put_aside("<b>Waits</b> here.")
    response = laptop.post(f"{here}/prepared", {"text": text})
    assert response.status_code == status
    assert sentence in text_of(response) and text in unescape(text_of(response))
    assert "<b>Waits" not in text_of(response)
    assert parked(group) == ["<b>Waits</b> here."]


def test_so_many_wait_and_the_next_one_is_told_so(laptop: Laptop, group: Group, here: str) -> None:
    group.agreement.put_aside_again([f"Number {number}" for number in range(MOST_WAITING)])
    response = laptop.post(f"{here}/prepared", {"text": "One more"})
    assert response.status_code == 409
    assert "Bring this one along" in text_of(response) and "One more" in text_of(response)


# --- beside a meeting ----------------------------------------------------------------------------


def test_while_a_meeting_is_on_nothing_that_waits_changes_and_no_word_is_lost(
    laptop: Laptop, group: Group, here: str, agreement: Agreement
) -> None:
    agreement.put_aside("Parked before.")
    agreement.suggest("An idea.")
    write(agreement, 1, a="Old words.")
    write(agreement, 2, b="New words.")
    idea = Idea.objects.get()
    laptop.open_doors(group)
    assert "A meeting is going on." in page_of(laptop, here)
    for path, fields, kept in [
        ("prepared", {"text": "Mine, half way"}, "Mine, half way"),
        ("prepared/out", {"text": "Parked before."}, "Parked before."),
        (f"ideas/{idea.pk}/brought", {}, "An idea."),
        ("versions/1", {"statement": "a"}, 'value="a" checked'),
    ]:
        response = laptop.post(f"{here}/{path}", fields)
        page = unescape(text_of(response))
        assert response.status_code == 409, path
        assert "A meeting is going on, and this belongs to it now." in page
        assert kept in page, path
    assert parked(group) == ["Parked before."]
    assert live_state(group).board.parked == ("Parked before.",)
    assert Idea.objects.get() == idea


def test_after_the_meeting_it_can_be_changed_again(laptop: Laptop, group: Group, here: str) -> None:
    laptop.open_doors(group)
    laptop.press("end")
    assert laptop.post(f"{here}/prepared", {"text": "We rest."}).status_code == 302


def test_what_is_brought_up_and_let_go_in_the_meeting_waits_no_more(
    laptop: Laptop, group: Group, here: str
) -> None:
    laptop.post(f"{here}/prepared", {"text": "We rest."})
    laptop.open_doors(group)
    laptop.press("start")
    laptop.press("step", {"step": step_of(live_state(group), "agreement")})
    laptop.press("statements", {"text": "We rest."})
    (suggestion,) = live_state(group).board.suggestions
    laptop.press_delete(f"statements/{suggestion.id}")
    laptop.press("end")
    assert parked(group) == []
    assert "We rest." not in page_of(laptop, here)


def test_words_put_aside_while_the_doors_opened_are_in_the_meeting_and_announced(
    laptop: Laptop, group: Group
) -> None:
    laptop.open_doors(group)
    # What a page writes that had looked just before.
    group.agreement.put_aside("Just in time.")
    async_to_sync(between.bring_along)(group)
    state = live_state(group)
    assert state.board.parked == ("Just in time.",)
    revision = state.revision
    async_to_sync(between.bring_along)(group)
    assert live_state(group).revision == revision


def test_words_that_the_room_parked_meanwhile_stay(laptop: Laptop, group: Group) -> None:
    laptop.open_doors(group)
    state = live_state(group)

    async def park() -> None:
        await services.store().update(
            state.id, lambda now: replace(now, board=replace(now.board, parked=("The room’s.",)))
        )

    asyncio.run(park())
    group.agreement.put_aside("The page’s.")
    async_to_sync(between.bring_along)(group)
    assert live_state(group).board.parked == ("The room’s.", "The page’s.")


# --- versions ------------------------------------------------------------------------------------


@pytest.fixture
def versions(agreement: Agreement) -> None:
    write(agreement, 1, a="We listen to each other.", b="Phones away.")
    write(agreement, 2, a__c="We listen well to each other.", d="Be kind.")
    write(agreement, 3, a__c="We listen well to each other.", d="Be kind.", e="We rest.")


@pytest.mark.usefixtures("versions")
def test_every_version_is_listed_with_number_and_date(laptop: Laptop, here: str) -> None:
    page = page_of(laptop, here)
    for number in (1, 2, 3):
        assert f"version {number}, Jan. {number}, 2026" in page
        assert f'href="{here}/versions/{number}"' in page
    assert laptop.get(f"{here}/versions/4").status_code == 404
    assert laptop.get(f"{here}/versions/{10**30}").status_code == 404


@pytest.mark.usefixtures("versions")
def test_a_version_is_compared_word_by_word_with_the_one_before(laptop: Laptop, here: str) -> None:
    page = page_of(laptop, f"{here}/versions/2")
    assert "What changed since version 1" in page
    assert "We listen<ins>" in page and " well<" in page
    # Told in words as well, for those who do not see the line through it.
    assert "[new:" in page and "[taken out:" in page
    for kind in ("Reworded", "New", "Taken out"):
        assert f'<span class="change-kind">{kind}</span>' in page
    assert "This was the first" in page_of(laptop, f"{here}/versions/1")


@pytest.mark.usefixtures("versions")
def test_an_old_version_is_compared_with_the_one_that_holds(laptop: Laptop, here: str) -> None:
    page = page_of(laptop, f"{here}/versions/1?now")
    assert "From here to version 3, which holds now" in page
    assert page.count('<span class="change-kind">New</span>') == 2
    assert "As it was" in page_of(laptop, f"{here}/versions/3?now")


@pytest.mark.usefixtures("versions")
def test_old_words_come_back_as_suggestions_and_never_silently(
    laptop: Laptop, group: Group, here: str
) -> None:
    page = page_of(laptop, f"{here}/versions/1")
    assert 'value="a"' in page and 'value="b"' in page
    response = laptop.post(f"{here}/versions/1", {"statement": ["b", "unknown"]})
    assert response["Location"] == f"{here}?saved#prepared"
    assert parked(group) == ["Phones away."]
    version = group.agreement.current()
    assert version is not None and version.number == 3
    # What waits already is not offered again; what holds now never is.
    assert 'value="b"' not in page_of(laptop, f"{here}/versions/1")
    assert "Suggest it again" not in page_of(laptop, f"{here}/versions/3")
    laptop.post(f"{here}/versions/1", {"statement": ["a", "b"]})
    assert parked(group) == ["Phones away.", "We listen to each other."]


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize("ticked", [[], ["unknown"]])
def test_without_a_tick_nothing_is_said_to_be_saved(
    laptop: Laptop, group: Group, here: str, ticked: list[str]
) -> None:
    response = laptop.post(f"{here}/versions/1", {"statement": ticked})
    assert response.status_code == 422 and "Tick at least one." in text_of(response)
    assert 'value="a"' in text_of(response) and parked(group) == []


def test_markup_in_old_words_is_shown_as_text(
    laptop: Laptop, here: str, agreement: Agreement
) -> None:
    write(agreement, 1, a="<b>Loud</b>")
    write(agreement, 2, b="Calm <i>words</i>")
    body = text_of(laptop.get(f"{here}/versions/2"))
    assert "<b>Loud" not in body and "<i>words" not in body
