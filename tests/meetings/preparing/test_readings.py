"""Readings: in parts, from ours or from one's own, with nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import starters
from meetings.editing import parts
from meetings.editing.rows import Act, act_named
from meetings.models import Facilitator, Group, Reading
from tests.meetings.people import Laptop, Phone, live_state, step_of, text_of


@pytest.fixture
def laptop(facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


@pytest.fixture
def reading(group: Group) -> Reading:
    return group.readings.create(title="Our own", parts=["One.", "Two.", "Three."])


def path(group: Group, reading: Reading | None = None, act: str = "") -> str:
    return f"/group/{group.pk}/readings/" + (f"{reading.pk}/{act}" if reading else act)


def send(
    laptop: Laptop,
    address: str,
    *typed: str,
    do: str = "save",
    title: str = "Mine",
    revision: int = 1,
) -> Any:
    sent = {"revision": revision, "do": do, "title": title, "part": list(typed)}
    return laptop.post(address, sent)


def test_a_pasted_text_becomes_parts_at_its_empty_lines(laptop: Laptop, group: Group) -> None:
    pasted = "First line\nsecond line\r\n\r\n \t\r\nNext part\n\n\n\nLast\u202e part"
    response = send(laptop, path(group, act="new"), pasted)
    made = group.readings.get(title="Mine")
    assert response["Location"] == path(group, made) + "?saved"
    assert made.parts == ["First line\nsecond line", "Next part", "Last part"]
    assert "Saved." in text_of(laptop.get(response["Location"]))


def test_parts_are_read_on_phones_one_at_a_time(laptop: Laptop, group: Group) -> None:
    step = group.agendas.get().steps.filter(reading__isnull=False).first()
    assert step is not None and step.reading is not None
    send(laptop, path(group, step.reading), "<i>My</i> words.", "And on.")
    phone = Phone().come_in(laptop.open_doors(group))
    laptop.press("start")
    laptop.press("step", {"step": step_of(live_state(group), step.kind)})
    page = text_of(phone.get("/meeting"))
    assert "&lt;i&gt;My&lt;/i&gt; words." in page and "And on." not in page


@pytest.mark.parametrize(
    ("do", "now"),
    [
        ("later:0", ["Two.", "One.", "Three."]),
        ("earlier:2", ["One.", "Three.", "Two."]),
        ("take-out:1", ["One.", "Three."]),
        ("join:0", ["One.\nTwo.", "Three."]),
        ("join:2", ["One.", "Two.", "Three."]),
        ("add", ["One.", "Two.", "Three.", ""]),
        ("look", ["One.", "Two.", "Three."]),
        ("split:7", ["One.", "Two.", "Three."]),
    ],
)
def test_parts_change_places_before_anything_is_saved(
    laptop: Laptop, group: Group, reading: Reading, do: str, now: list[str]
) -> None:
    response = send(laptop, path(group, reading), "One.", "Two.", "Three.", do=do, title="Typed")
    assert response.status_code == 200
    assert list(response.context["form"].parts) == now
    assert 'value="Typed"' in text_of(response) and "Not saved yet." in text_of(response)
    reading.refresh_from_db()
    assert (reading.title, reading.parts) == ("Our own", ["One.", "Two.", "Three."])


@pytest.mark.parametrize(
    ("part", "pieces"),
    [
        ("One.\n\nTwo.\n \nThree.", ("One.", "Two.", "Three.")),
        (
            "Short. This is the far longer end of it.",
            ("Short.", "This is the far longer end of it."),
        ),
        ("no sentence ends here", ("no sentence", "ends here")),
        ("word", ("word",)),
        ("", ("",)),
    ],
)
def test_a_part_is_split_at_empty_lines_or_near_its_middle(
    part: str, pieces: tuple[str, ...]
) -> None:
    assert parts.split(part) == pieces


@given(
    st.lists(st.text("ab. \n", max_size=12), min_size=1, max_size=5),
    st.sampled_from(["split", "join", "earlier", "later", "add", "what"]),
    st.integers(-2, 6),
)
def test_no_button_but_take_out_loses_a_word(typed: list[str], verb: str, row: int) -> None:
    now, place = parts.after(tuple(typed), Act(verb, row))
    letters = sorted("".join("".join(typed).split()))
    assert sorted("".join("".join(now).split())) == letters
    assert -1 <= place < len(now)


@pytest.mark.parametrize("value", ["later:²", "later:-1", "later:99999", ":", "later:1:2"])
def test_a_button_that_no_page_has_asks_for_nothing(value: str) -> None:
    assert act_named(value).row == -1


@pytest.mark.parametrize(
    ("title", "typed", "sentence"),
    [
        ("", ["Some words here"], "Write something here first."),
        ("t" * 81, ["Some words here"], "This has 81 letters. Keep it to 80."),
        ("A title of its own", ["", " \u200b\n"], "Write at least one part"),
        ("A title of its own", [f"Part {n}" for n in range(41)], "These are 41 parts."),
        ("A title of its own", ["short", "word " * 400], "Part 2 has 1999 letters."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    laptop: Laptop, group: Group, reading: Reading, title: str, typed: list[str], sentence: str
) -> None:
    response = send(laptop, path(group, reading), *typed, title=title)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert list(response.context["form"].parts) == typed
    reading.refresh_from_db()
    assert reading.parts == ["One.", "Two.", "Three."]


def test_a_reading_of_a_hundred_thousand_letters_comes_back_whole(
    laptop: Laptop, group: Group
) -> None:
    # In an alphabet that takes nine bytes of a form for each letter.
    long = "речь та " * 12_500
    response = send(laptop, path(group, act="new"), long)
    assert response.status_code == 422
    assert "A phone shows 1500: split it." in text_of(response)
    # Once, to go on with: not a second time as a phone would show it.
    assert text_of(response).count(long.strip()) == 1
    assert "Too long for a phone" in text_of(response)
    assert not group.readings.filter(title="Mine").exists()


def test_two_who_change_a_reading_at_once_both_see_what_there_is(
    laptop: Laptop, group: Group, reading: Reading
) -> None:
    assert send(laptop, path(group, reading), "Hers.").status_code == 302
    second = send(laptop, path(group, reading), "His words.")
    assert second.status_code == 409
    assert "His words." in text_of(second) and "Hers." in text_of(second)
    reading.refresh_from_db()
    assert reading.parts == ["Hers."]
    assert send(laptop, path(group, reading), "His words.", revision=2).status_code == 302


def test_a_reading_taken_out_meanwhile_can_be_saved_as_a_new_one(
    laptop: Laptop, group: Group, reading: Reading
) -> None:
    address = path(group, reading)
    reading.delete()
    response = send(laptop, address, "All my words.", title="Ours, still")
    assert response.status_code == 410
    assert "All my words." in text_of(response) and 'action="' + path(group, act="new") in text_of(
        response
    )
    assert laptop.get(address).status_code == 404


def test_what_an_agenda_reads_stays_and_the_page_says_which(laptop: Laptop, group: Group) -> None:
    agenda = group.agendas.get()
    step = agenda.steps.filter(reading__isnull=False).first()
    assert step is not None and step.reading is not None
    for response in (
        laptop.get(path(group, step.reading, "out")),
        laptop.post(path(group, step.reading, "out")),
    ):
        assert agenda.name in text_of(response) and "is still needed" in text_of(response)
    assert response.status_code == 409
    assert Reading.objects.filter(pk=step.reading.pk).exists()


def test_what_no_agenda_reads_is_taken_out_after_a_question(
    laptop: Laptop, group: Group, reading: Reading
) -> None:
    assert "Take out “Our own”?" in text_of(laptop.get(path(group, reading, "out")))
    assert Reading.objects.filter(pk=reading.pk).exists()
    response = laptop.post(path(group, reading, "out"))
    assert response["Location"] == path(group) + "?out"
    assert laptop.post(path(group, reading, "out"))["Location"] == path(group) + "?out", "twice"
    assert not Reading.objects.filter(pk=reading.pk).exists()


def test_a_copy_is_changed_without_its_original(
    laptop: Laptop, group: Group, reading: Reading
) -> None:
    laptop.post(path(group, reading, "copy"))
    made = group.readings.get(title="Copy of Our own")
    assert made.parts == reading.parts and made.pk != reading.pk


def test_ours_are_shown_brought_in_once_and_marked(laptop: Laptop, group: Group) -> None:
    key, ours = next(iter(starters.library("en").readings.items()))
    group.agendas.get().delete()
    group.readings.filter(title=ours.title).delete()
    assert ours.parts[0] in text_of(laptop.get(path(group)))
    for _press in range(2):
        assert laptop.post(path(group, act="ours"), {"key": key}).status_code == 302
    assert group.readings.get(title=ours.title).parts == list(ours.parts)
    assert "You have all of ours" in text_of(laptop.get(path(group)))
    assert laptop.post(path(group, act="ours"), {"key": "nothing"}).status_code == 404


def test_the_preview_is_what_phones_show(laptop: Laptop, group: Group) -> None:
    sent = {"title": "A & B", "part": ["One.\n\n<b>Two.</b>", "", "Three."]}
    page = text_of(laptop.post(path(group, act="preview"), sent))
    assert page.count('<p class="aloud">') == 3
    assert "&lt;b&gt;Two.&lt;/b&gt;" in page and "A &amp; B" in page
    assert "part 3 of 3" in page and 'hx-target="#phone-2"' in page


@pytest.mark.parametrize("act", ["", "copy", "out"])
def test_nobody_reaches_another_groups_reading(
    laptop: Laptop, group: Group, stranger: Facilitator, act: str
) -> None:
    other = starters.make_group(stranger, "en", "UTC")
    theirs = other.readings.first()
    assert theirs is not None
    # Under her own group's address, and under theirs.
    # Theirs is to her as one that was taken out before.
    assert laptop.post(path(group, theirs, act), {"do": "save"}).status_code in {302, 404, 410}
    assert laptop.get(path(group, theirs, act)).status_code in {404, 405}
    assert laptop.post(path(other, theirs, act), {"do": "save"}).status_code == 403
    assert laptop.get(path(other)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.revision == 1
