"""The schedule's pages: times and the time zone are kept as meant, and no words are lost."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone, translation

from meetings import schedule, when
from meetings.models import Facilitator, Group, MeetingTime, Rhythm
from meetings.starters import make_group
from tests.meetings.people import Browser, Laptop, text_of

WEDNESDAYS = {
    "revision": "1",
    "rhythm": "fortnightly",
    "first": "2026-12-02",
    "time": "19:00",
    "minutes": "60",
    "until": "",
}


@pytest.fixture
def new_york(group: Group) -> Group:
    group.time_zone = "America/New_York"
    group.save()
    return group


@pytest.fixture
def laptop(new_york: Group, facilitator: Facilitator) -> Laptop:
    return Laptop(facilitator)


def here(group: Group, more: str = "") -> str:
    return f"/group/{group.pk}/schedule{more}"


def add(group: Group, **fields: Any) -> MeetingTime:
    given = {"rhythm": Rhythm.WEEKLY, "first": date(2026, 12, 2), "time": time(19)}
    return MeetingTime.objects.create(group=group, **{**given, **fields})


def said(response: HttpResponse) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(response)).split())


def test_a_time_that_is_added_stands_on_the_page_in_words(laptop: Laptop, group: Group) -> None:
    response = laptop.post(here(group, "/new"), WEDNESDAYS)
    assert (response.status_code, response["Location"]) == (302, here(group, "?saved"))
    page = said(laptop.get(response["Location"]))
    assert "Saved." in page
    assert "Every second Wednesday at 7:00 pm" in page


def test_the_page_shows_the_next_five_dates_and_says_that_nothing_is_noted(
    laptop: Laptop, group: Group
) -> None:
    add(group)
    page = text_of(laptop.get(here(group)))
    assert len(re.findall(r"<time datetime", page)) == 5
    assert "Whether you met, and who came, is written nowhere." in page


def test_a_time_can_be_typed_as_people_write_it(laptop: Laptop, group: Group) -> None:
    laptop.post(here(group, "/new"), {**WEDNESDAYS, "time": "7:30 pm", "first": "2.12.2026"})
    kept = group.meeting_times.get()
    assert (kept.time, kept.first) == (time(19, 30), date(2026, 12, 2))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("first", "soon", "Write the date like this"),
        ("first", "1999-12-31", "Choose a date between 2000 and 2099."),
        ("first", "9999-12-31", "Choose a date between 2000 and 2099."),
        ("time", "in the evening", "Write the time like this"),
        ("time", "", "Write something here first."),
        ("minutes", "4", "Between 5 minutes and 8 hours"),
        ("minutes", "481", "Between 5 minutes and 8 hours"),
        ("minutes", "an hour or so", "Between 5 minutes and 8 hours"),
        ("until", "2026-12-01", "The last date is before the first one."),
    ],
)
def test_what_does_not_fit_comes_back_whole_with_a_sentence(
    laptop: Laptop, group: Group, field: str, value: str, sentence: str
) -> None:
    sent = {**WEDNESDAYS, field: value}
    response = laptop.post(here(group, "/new"), sent)
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page and "Nothing you wrote is lost." in page
    for name in ("first", "time", "minutes", "until"):
        assert not sent[name] or f'value="{sent[name]}"' in page
    assert '<option value="fortnightly" selected>' in page
    assert not group.meeting_times.exists()


def test_a_rhythm_that_no_page_offers_is_refused(laptop: Laptop, group: Group) -> None:
    response = laptop.post(here(group, "/new"), {**WEDNESDAYS, "rhythm": "hourly"})
    assert response.status_code == 422
    assert not group.meeting_times.exists()


def test_a_double_click_adds_one_time(laptop: Laptop, group: Group) -> None:
    for _click in range(2):
        assert laptop.post(here(group, "/new"), WEDNESDAYS).status_code == 302
    assert group.meeting_times.count() == 1


def test_a_second_length_for_the_same_time_is_refused_kindly(laptop: Laptop, group: Group) -> None:
    laptop.post(here(group, "/new"), WEDNESDAYS)
    response = laptop.post(here(group, "/new"), {**WEDNESDAYS, "minutes": "90"})
    assert response.status_code == 422
    assert "Your group has this time already." in text_of(response)


def test_the_twenty_first_time_is_one_too_many(laptop: Laptop, group: Group) -> None:
    for minute in range(20):
        add(group, time=time(8, minute))
    response = laptop.post(here(group, "/new"), WEDNESDAYS)
    assert response.status_code == 422
    assert "A group can have 20 times. Take one out first." in text_of(response)


def test_a_time_is_changed(laptop: Laptop, group: Group) -> None:
    kept = add(group)
    page = text_of(laptop.get(here(group, f"/{kept.pk}")))
    assert 'value="2026-12-02"' in page and 'value="19:00"' in page
    sent = {**WEDNESDAYS, "until": "2027-12-01"}
    assert laptop.post(here(group, f"/{kept.pk}"), sent).status_code == 302
    kept.refresh_from_db()
    assert (kept.rhythm, kept.until, kept.revision) == ("fortnightly", date(2027, 12, 1), 2)


def test_two_who_change_one_time_see_each_others_words(
    laptop: Laptop, group: Group, facilitator: Facilitator
) -> None:
    kept = add(group)
    other = Laptop(facilitator)
    other.post(here(group, f"/{kept.pk}"), {**WEDNESDAYS, "rhythm": "weekly", "minutes": "90"})
    response = laptop.post(here(group, f"/{kept.pk}"), {**WEDNESDAYS, "minutes": "45"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Someone else saved this while you were writing." in page
    assert '<dd class="prose">90</dd>' in page
    assert 'name="minutes" value="45"' in page
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None and revision[1] == "2"
    again = {**WEDNESDAYS, "minutes": "45", "revision": "2"}
    assert laptop.post(here(group, f"/{kept.pk}"), again).status_code == 302
    kept.refresh_from_db()
    assert kept.minutes == 45


def test_words_for_a_time_that_was_taken_out_meanwhile_add_it_again(
    laptop: Laptop, group: Group
) -> None:
    kept = add(group)
    kept_path = here(group, f"/{kept.pk}")
    kept.delete()
    response = laptop.post(kept_path, {**WEDNESDAYS, "minutes": "75"})
    page = text_of(response)
    assert response.status_code == 410
    assert "Someone took this time out while you were writing." in page
    assert f'action="{here(group, "/new")}"' in page and 'value="75"' in page
    assert laptop.get(kept_path).status_code == 404


def test_a_time_is_taken_out(laptop: Laptop, group: Group) -> None:
    kept = add(group)
    sent = {"revision": str(kept.revision)}
    for _click in range(2):
        response = laptop.post(here(group, f"/{kept.pk}/out"), sent)
        assert (response.status_code, response["Location"]) == (302, here(group, "?saved"))
    assert not group.meeting_times.exists()


@pytest.mark.parametrize("sent", ["1", "", "-1", "x", "9" * 50])
def test_a_time_that_changed_since_she_looked_is_not_taken_out(
    laptop: Laptop, group: Group, sent: str
) -> None:
    kept = add(group, revision=2)
    response = laptop.post(here(group, f"/{kept.pk}/out"), {"revision": sent})
    assert response.status_code == 409
    assert "Someone changed this time since you looked" in text_of(response)
    assert group.meeting_times.get() == kept


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("new york", "America/New_York"),
        ("  LORD HOWE ", "Australia/Lord_Howe"),
        ("UTC", "UTC"),
    ],
)
def test_a_time_zone_is_found_however_it_is_typed(
    laptop: Laptop, group: Group, typed: str, zone: str
) -> None:
    sent = {"revision": "1", "time_zone": typed}
    assert laptop.post(here(group, "/time-zone"), sent).status_code == 302
    group.refresh_from_db()
    assert group.time_zone == zone


@pytest.mark.parametrize("typed", ["Mars/Olympus Mons", "EST", "../../etc/passwd", "<b>here</b>"])
def test_a_time_zone_that_does_not_exist_comes_back_with_a_sentence(
    laptop: Laptop, group: Group, typed: str
) -> None:
    add(group)
    response = laptop.post(here(group, "/time-zone"), {"revision": "1", "time_zone": typed})
    page = text_of(response)
    assert response.status_code == 422
    assert "We do not know this time zone." in page
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "All in New York time." in page
    group.refresh_from_db()
    assert group.time_zone == "America/New_York"


def test_in_another_zone_seven_is_still_seven(laptop: Laptop, group: Group) -> None:
    add(group)
    before = said(laptop.get(here(group)))
    laptop.post(here(group, "/time-zone"), {"revision": "1", "time_zone": "Kathmandu"})
    after = said(laptop.get(here(group)))
    assert "Every Wednesday at 7:00 pm" in before and "Every Wednesday at 7:00 pm" in after
    assert "All in Kathmandu time." in after


def test_a_zone_that_this_machine_does_not_know_is_said_and_can_be_mended(
    laptop: Laptop, group: Group
) -> None:
    add(group)
    Group.objects.update(time_zone="Atlantis/Centre")
    page = text_of(laptop.get(here(group)))
    assert "is not known here, so no dates are shown" in page
    assert "<time" not in page
    laptop.post(here(group, "/time-zone"), {"revision": "1", "time_zone": "Madrid"})
    assert "<time" in text_of(laptop.get(here(group)))


PATHS = ["", "/new", "/time-zone", "/link", "/link/out", "/{pk}", "/{pk}/out"]


@pytest.mark.parametrize("path", PATHS)
def test_another_groups_facilitator_finds_no_page_and_changes_nothing(
    group: Group, stranger: Facilitator, path: str
) -> None:
    kept = add(group)
    address = here(group, path.format(pk=kept.pk))
    other = Laptop(stranger)
    assert other.get(address).status_code in (404, 405)
    assert other.post(address, WEDNESDAYS).status_code in (403, 405)
    group.refresh_from_db()
    assert (group.meeting_times.get().revision, group.calendar_token) == (1, None)


def test_a_time_of_another_group_is_not_reached_through_ones_own(
    laptop: Laptop, group: Group, stranger: Facilitator
) -> None:
    foreign = add(group)
    own = make_group(stranger, "en", "UTC")
    other = Laptop(stranger)
    assert other.get(here(own, f"/{foreign.pk}")).status_code == 404
    other.post(here(own, f"/{foreign.pk}/out"), {"revision": "1"})
    assert group.meeting_times.get() == foreign


def test_someone_signed_out_is_asked_in_and_keeps_her_words(group: Group) -> None:
    browser = Browser()
    assert browser.get(here(group)).status_code == 302
    response = browser.post(here(group, "/new"), WEDNESDAYS)
    assert response.status_code == 401
    assert 'name="first" value="2026-12-02"' in text_of(response)
    assert not group.meeting_times.exists()


def test_an_address_with_a_number_beyond_any_row_is_no_page(laptop: Laptop, group: Group) -> None:
    assert laptop.get(here(group, f"/{10**30}")).status_code == 404


# --- in words ------------------------------------------------------------------------------------


def together(text: str) -> str:
    """With ordinary spaces, which are easier to read in a test."""
    return " ".join(text.split())


def words(rhythm: Rhythm, first: str, **fields: Any) -> str:
    planned = MeetingTime(rhythm=rhythm, first=date.fromisoformat(first), time=time(19), **fields)
    return together(when.rhythm(planned, date(2026, 11, 22)))


def test_a_rhythm_is_said_as_people_say_it() -> None:
    assert words(Rhythm.WEEKLY, "2026-11-18") == "Every Wednesday at 7:00 pm"
    assert words(Rhythm.FORTNIGHTLY, "2026-12-02") == (
        "Every second Wednesday at 7:00 pm, from 2 December"
    )
    third = words(Rhythm.MONTHLY_BY_WEEKDAY, "2027-01-20")
    assert third == "The third Wednesday of every month at 7:00 pm, from 20 January 2027"
    last = words(Rhythm.MONTHLY_BY_WEEKDAY, "2026-08-31", until=date(2026, 12, 31))
    assert last == "The last Monday of every month at 7:00 pm, until 31 December"
    dated = words(Rhythm.MONTHLY_BY_DATE, "2026-12-15", until=date(2027, 12, 15))
    assert dated == "Day 15 of every month at 7:00 pm, from 15 December to 15 December 2027"
    thirtieth = words(Rhythm.MONTHLY_BY_DATE, "2026-01-30")
    assert thirtieth == "Day 30 of every month, or its last day, at 7:00 pm"
    assert words(Rhythm.MONTHLY_BY_DATE, "2026-01-31") == "The last day of every month at 7:00 pm"


@pytest.mark.parametrize(
    ("clock", "written"),
    [(time(0), "12:00 am"), (time(9, 5), "9:05 am"), (time(12), "12:00 pm"), (time(19), "7:00 pm")],
)
def test_a_time_is_said_without_full_stops(clock: time, written: str) -> None:
    assert when.clock(clock) == written.replace(" ", "\N{NO-BREAK SPACE}")


def test_the_next_meeting_is_said_on_the_groups_own_clock(new_york: Group) -> None:
    add(new_york, first=date(2026, 11, 25))
    # In Greenwich it is Monday already.
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    said_now = when.next_of(new_york, now)
    assert said_now is not None
    assert (said_now.day, together(said_now.time)) == ("Wednesday 25 November", "7:00 pm")
    assert (said_now.zone, said_now.away) == ("New York time", "in 3 days")
    for hours, away in ((24, "in 2 days"), (48, "tomorrow"), (70.5, "today")):
        later = when.next_of(new_york, now + timedelta(hours=hours))
        assert later is not None and later.away == away


def test_the_groups_page_says_when_the_next_meeting_is(laptop: Laptop, group: Group) -> None:
    address = f"/group/{group.pk}/"
    assert "None is planned." in text_of(laptop.get(address))
    today = timezone.now().astimezone(schedule.zone("America/New_York")).date()
    add(group, first=today + timedelta(days=3))
    page = together(said(laptop.get(address)))
    assert re.search(
        r"Next meeting \w+day \d+ \w+( \d+)?, 7:00 pm \(New York time\), in [23] days", page
    )


def test_no_next_meeting_is_none(group: Group) -> None:
    assert when.next_of(group, timezone.now()) is None


def test_days_are_named_in_the_readers_language(new_york: Group) -> None:
    add(new_york, first=date(2026, 11, 25))
    with translation.override("es"):
        found = when.next_of(new_york, datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert found is not None and found.day.lower().startswith("miércoles 25 ")
