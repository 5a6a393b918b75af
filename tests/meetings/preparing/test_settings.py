"""The group's settings: what they do in a meeting, and what happens to what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.models import Agreement
from meetings import starters
from meetings.editing.group import GroupForm
from meetings.models import Facilitator, Group
from meetings.templatetags.calls import opens
from tests.meetings.people import Laptop, Phone, live_state, step_of, text_of


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


def settings_of(group: Group, **changed: Any) -> dict[str, Any]:
    """What the settings page sends when only this was changed."""
    sent = {
        "revision": group.revision,
        "name": group.name,
        "shown_name": group.shown_name,
        "agreement_title": group.agreement.title,
        "language": group.language,
        "limits_text": group.limits_text,
        "crosstalk_line": group.crosstalk_line,
        "camera_line": group.camera_line,
        "call_link": group.call_link,
        "floor": group.floor,
    }
    return {**sent, **changed}


def save(laptop: Laptop, group: Group, **changed: Any) -> Any:
    return laptop.post(f"/group/{group.pk}/settings", settings_of(group, **changed))


def test_what_is_saved_is_there_and_said(laptop: Laptop, group: Group) -> None:
    response = save(laptop, group, name="Thursday", free_text="on", floor="7")
    assert response.status_code == 302 and response["Location"].endswith("/settings?saved")
    group.refresh_from_db()
    assert (group.name, group.free_text, group.floor, group.revision) == ("Thursday", True, 7, 2)
    assert "Saved." in text_of(laptop.get(response["Location"]))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Write something here first."),
        ("name", "\u202e \u200b", "Write something here first."),
        ("name", "n" * 81, "This has 81 letters. Keep it to 80."),
        ("agreement_title", " ", "Write something here first."),
        ("language", "tlh", "Select a valid choice"),
        ("floor", "4", "Five is the fewest."),
        ("floor", "201", "A meeting has 200 seats at most."),
        ("floor", "many", "Enter a whole number."),
        ("limits_text", "word " * 400, "Keep it to 1500."),
        ("call_link", "https://" + "x" * 400, "Keep it to 400."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    laptop: Laptop, group: Group, field: str, typed: str, sentence: str
) -> None:
    mine = "Kept for the second try"
    response = save(laptop, group, **{"shown_name": mine, field: typed})
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page and mine in page and typed.strip() in page
    group.refresh_from_db()
    assert group.revision == 1


def test_words_that_hide_or_turn_round_lose_what_hides(laptop: Laptop, group: Group) -> None:
    save(laptop, group, name="Wed\u202enes\u0000day\u200b  group\u2066")
    group.refresh_from_db()
    assert group.name == "Wednesday group"


def test_markup_is_shown_as_text(laptop: Laptop, group: Group) -> None:
    save(laptop, group, name="<b>Bold</b>", crosstalk_line="<script>alert(1)</script>")
    page = text_of(laptop.get(f"/group/{group.pk}/settings"))
    assert "<b>Bold" not in page and "<script>alert" not in page and "&lt;b&gt;Bold" in page


def test_who_saves_second_is_shown_both_and_loses_nothing(laptop: Laptop, group: Group) -> None:
    save(laptop, group, camera_line="Cameras are up to you.")
    second = save(laptop, group, camera_line="Cameras off, please.", name="My name for it")
    assert second.status_code == 409
    page = text_of(second)
    assert "Cameras off, please." in page and "My name for it" in page
    assert "Cameras are up to you." in page
    group.refresh_from_db()
    assert group.camera_line == "Cameras are up to you."
    # Saved once more from that page, hers replaces it.
    again = save(laptop, group, camera_line="Cameras off, please.", revision=2)
    assert again.status_code == 302
    group.refresh_from_db()
    assert group.camera_line == "Cameras off, please."


def test_a_stranger_learns_nothing_and_gets_her_words_back(
    stranger: Facilitator, group: Group
) -> None:
    other = Laptop(stranger)
    assert other.get(f"/group/{group.pk}/settings").status_code == 404
    assert other.get(f"/group/{group.pk}/support-lines").status_code == 404
    sent = save(other, group, limits_text="Many words of mine")
    assert sent.status_code == 403 and "Many words of mine" in text_of(sent)
    assert group.name not in text_of(sent).replace(group.name, "", 1)


def test_the_agreement_speaks_the_group_s_language(laptop: Laptop, group: Group) -> None:
    save(laptop, group, language="es", agreement_title="Cómo estamos juntos")
    group.agreement.refresh_from_db()
    assert (group.agreement.title, group.agreement.language) == ("Cómo estamos juntos", "es")


def test_words_parked_while_settings_are_saved_stay(group: Group) -> None:
    form = GroupForm(settings_of(group, agreement_title="Ours"), instance=group)
    assert form.is_valid()
    # A meeting parks words in the same row at this moment.
    Agreement.objects.filter(pk=group.agreement.pk).update(parked=["For next time."])
    form.keep()
    agreement = Agreement.objects.get(pk=group.agreement.pk)
    assert (agreement.title, agreement.parked) == ("Ours", ["For next time."])


def test_the_line_about_cameras_is_on_phones_in_the_lobby_and_while_people_talk(
    laptop: Laptop, group: Group
) -> None:
    save(laptop, group, camera_line="Cameras are up to you.")
    code = laptop.open_doors(group)
    phone = Phone().come_in(code)
    assert "Cameras are up to you." in text_of(phone.get("/meeting"))
    laptop.press("start")
    assert "Cameras are up to you." not in text_of(phone.get("/meeting"))
    laptop.press("step", {"step": step_of(live_state(group), "round")})
    assert "Cameras are up to you." in text_of(phone.get("/meeting"))


def test_the_title_of_the_agreement_is_the_one_phones_show(laptop: Laptop, group: Group) -> None:
    save(laptop, group, agreement_title="Discomfort Agreement")
    phone = Phone().come_in(laptop.open_doors(group))
    assert "Discomfort Agreement" in text_of(phone.get("/meeting"))


@pytest.mark.parametrize(
    ("link", "is_link"),
    [
        ("https://example.org/j/1", True),
        ("http://example.org/j/1", False),
        ("javascript:alert(1)", False),
        ("Ask Ana for the number", False),
        ("https://example.org/j/1 code 22", False),
        ("https://", False),
        ("https://[", False),
    ],
)
def test_only_a_whole_https_address_becomes_a_link(
    laptop: Laptop, group: Group, link: str, is_link: bool
) -> None:
    assert save(laptop, group, call_link=link).status_code == 302
    assert bool(opens(link)) is is_link
    saved = text_of(laptop.get(f"/group/{group.pk}/settings"))
    assert ("as words to read" in saved) is not is_link
    phone = text_of(Phone().come_in(laptop.open_doors(group)).get("/meeting"))
    console = text_of(laptop.get(laptop.console))
    for page in (phone, console):
        assert link in page
        assert (f'href="{link}"' in page) is is_link


def test_while_a_meeting_runs_the_page_says_when_changes_hold(laptop: Laptop, group: Group) -> None:
    said = "A meeting is going on."
    assert said not in text_of(laptop.get(f"/group/{group.pk}/settings"))
    phone = Phone().come_in(laptop.open_doors(group))
    assert said in text_of(laptop.get(f"/group/{group.pk}/settings"))
    save(laptop, group, shown_name="Other name")
    assert "Other name" not in text_of(phone.get("/meeting"))


# Support lines: all in one form.

WARM = {
    "name": "Warm line",
    "contact": "Call 555 0100",
    "who": "Peers",
    "hours": "Evenings",
    "emergency": "They do not call.",
}
OTHER = {**WARM, "name": "Second", "contact": "Text 555 0101"}


def lines_sent(group: Group, do: str, *lines: dict[str, str], revision: int = 1) -> dict[str, Any]:
    columns = {name: [line[name] for line in lines] for name in WARM}
    return {"revision": revision, "do": do, **columns}


def press(laptop: Laptop, group: Group, do: str, *lines: dict[str, str], revision: int = 1) -> Any:
    sent = lines_sent(group, do, *lines, revision=revision)
    return laptop.post(f"/group/{group.pk}/support-lines", sent)


def names(group: Group) -> list[str]:
    return [line.name for line in group.support_lines.all()]


def test_support_lines_are_saved_in_the_order_of_the_page(laptop: Laptop, group: Group) -> None:
    assert press(laptop, group, "save", OTHER, WARM).status_code == 302
    assert names(group) == ["Second", "Warm line"]
    assert press(laptop, group, "save", WARM, OTHER, revision=2).status_code == 302
    assert names(group) == ["Warm line", "Second"]


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("later:0", ["Second", "Warm line"]),
        ("earlier:1", ["Second", "Warm line"]),
        ("earlier:0", ["Warm line", "Second"]),
        ("later:1", ["Warm line", "Second"]),
        ("take-out:0", ["Second"]),
        ("take-out:9", ["Warm line", "Second"]),
        ("anything", ["Warm line", "Second"]),
        ("later:x", ["Warm line", "Second"]),
        ("add", ["Warm line", "Second", ""]),
    ],
)
def test_lines_change_places_before_anything_is_saved(
    laptop: Laptop, group: Group, do: str, order: list[str]
) -> None:
    before = names(group)
    response = press(laptop, group, do, WARM, OTHER)
    assert response.status_code == 200
    assert [line["name"].value() for line in lines_on(response)] == order
    assert names(group) == before


def lines_on(response: Any) -> list[Any]:
    return list(response.context["form"].lines)


def test_starters_come_once_and_leave_what_is_written(laptop: Laptop, group: Group) -> None:
    ours = starters.library("en").support_lines
    response = press(laptop, group, "starters", WARM)
    assert len(lines_on(response)) == 1 + len(ours)
    there = [{name: line[name].value() for name in WARM} for line in lines_on(response)]
    again = press(laptop, group, "starters", *there)
    assert len(lines_on(again)) == 1 + len(ours)
    assert "All of our starters are here already." in text_of(again)


def test_a_line_that_is_not_whole_is_named_and_all_of_it_comes_back(
    laptop: Laptop, group: Group
) -> None:
    before = names(group)
    response = press(laptop, group, "save", WARM, {**OTHER, "who": "", "emergency": "Ask first"})
    assert response.status_code == 422
    page = text_of(response)
    assert "Line 2 needs a look." in page and "Write something here first." in page
    assert "Ask first" in page and "Warm line" in page
    assert names(group) == before


def test_an_empty_line_is_no_line(laptop: Laptop, group: Group) -> None:
    lines = [WARM] * 20 + [dict.fromkeys(WARM, "")]
    assert press(laptop, group, "save", *lines).status_code == 302
    assert names(group) == ["Warm line"] * 20


def test_forty_lines_are_too_many_for_a_phone_and_all_forty_are_still_there(
    laptop: Laptop, group: Group
) -> None:
    forty = [{**WARM, "name": f"Line number {n}"} for n in range(40)]
    response = press(laptop, group, "save", *forty)
    assert response.status_code == 422
    assert "There are 40 lines here. Help on phones has room for 20." in text_of(response)
    assert [line["name"].value() for line in lines_on(response)] == [one["name"] for one in forty]


def test_two_who_change_the_lines_at_once_both_see_what_there_is(
    laptop: Laptop, group: Group
) -> None:
    assert press(laptop, group, "save", WARM).status_code == 302
    second = press(laptop, group, "save", OTHER)
    assert second.status_code == 409
    assert "Text 555 0101" in text_of(second) and "Call 555 0100" in text_of(second)
    assert names(group) == ["Warm line"]


def test_a_saved_line_is_in_help_on_phones(laptop: Laptop, group: Group) -> None:
    press(laptop, group, "save", WARM)
    phone = Phone().come_in(laptop.open_doors(group))
    assert "They do not call." in text_of(phone.get("/meeting"))
