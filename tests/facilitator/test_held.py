"""What the database can hold is on a list, column by column, and the list is public."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from django.db import connection

from facilitator import held
from tests.meetings.people import Browser, text_of

PAGE = Path(__file__).parents[2] / "docs" / "what-we-hold.md"


def columns_of_all_tables() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        introspection = connection.introspection
        return {
            table: {it.name for it in introspection.get_table_description(cursor, table)}
            for table in introspection.table_names(cursor)
        }


@pytest.mark.django_db
def test_every_column_of_every_table_has_its_line_and_none_is_made_up() -> None:
    listed = {name: set(table.columns) for name, table in held.HELD.items()}

    assert columns_of_all_tables() == listed


@pytest.mark.django_db
def test_a_column_without_a_line_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_group ADD COLUMN attendance integer NULL")
    listed = {name: set(table.columns) for name, table in held.HELD.items()}

    found = columns_of_all_tables()

    assert found["meetings_group"] - listed["meetings_group"] == {"attendance"}


def test_the_written_list_is_the_one_that_the_test_holds_to_the_database() -> None:
    assert PAGE.read_text(encoding="utf-8") == held.page_of_all()


def test_the_page_for_phones_names_all_that_is_kept() -> None:
    response = Browser().get("/what-we-hold")
    body = unescape(text_of(response))

    assert response.status_code == 200
    assert len(held.in_plain_words()) > 15
    for words in held.in_plain_words():
        assert str(words) in body


def test_every_phone_is_led_to_that_page() -> None:
    templates = Path(__file__).parents[2] / "templates" / "meetings"
    for name in ("cards.html", "meeting.html", "home.html"):
        assert 'href="/what-we-hold"' in (templates / name).read_text(encoding="utf-8"), name
