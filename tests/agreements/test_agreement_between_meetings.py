"""What waits for the next meeting: plain words, each once, and nothing about who sent them."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agreements import rules, waiting
from agreements.models import MOST_WAITING, Agreement, Idea, IdeasAreOff
from agreements.shapes import Code, Refused
from agreements.texts import same_words

MONDAY = datetime.date(2026, 1, 5)


@pytest.fixture
def agreement(db: None) -> Agreement:
    return Agreement.objects.create(takes_ideas=True)


def adopt(agreement: Agreement, text: str) -> None:
    board = rules.ask_aloud(rules.suggest(agreement.board(), "a", text), "a")
    agreement.adopt(rules.adopt(board, "a"), MONDAY)


def ideas(agreement: Agreement) -> list[str]:
    return sorted(agreement.ideas.values_list("text", flat=True))


def test_an_agreement_has_no_link_and_takes_no_ideas_until_someone_wants_it(db: None) -> None:
    agreement = Agreement.objects.create()
    assert (agreement.link_token, agreement.takes_ideas) == (None, False)
    with pytest.raises(IdeasAreOff):
        agreement.suggest("We rest.")


def test_a_new_link_is_long_and_no_other_than_its_own(agreement: Agreement) -> None:
    agreement.renew_link()
    first = agreement.link_token
    agreement.renew_link()
    assert agreement.link_token != first and len(agreement.link_token or "") == 43
    agreement.take_link_away()
    agreement.refresh_from_db()
    assert agreement.link_token is None


def test_an_idea_is_kept_as_it_will_be_shown(agreement: Agreement) -> None:
    agreement.suggest("  We\u200b \n rest. ")
    assert ideas(agreement) == ["We rest."]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        (" \u200b ", Code.EMPTY),
        ("a" * 5000, Code.TOO_LONG),
        ("we LISTEN", Code.ALREADY_ADOPTED),
    ],
)
def test_an_idea_is_refused_as_a_suggestion_in_a_meeting_is(
    agreement: Agreement, text: str, code: Code
) -> None:
    adopt(agreement, "We listen.")
    agreement.suggest("Sent before.")
    with pytest.raises(Refused) as refused:
        agreement.suggest(text)
    assert refused.value.code is code
    assert ideas(agreement) == ["Sent before."]


def test_what_waits_already_is_taken_like_anything_else_and_waits_once(
    agreement: Agreement,
) -> None:
    agreement.put_aside("Put aside.")
    agreement.suggest("Sent before.")
    for text in ("put aside", "SENT before!"):
        agreement.suggest(text)
    assert ideas(agreement) == ["Sent before."] and agreement.parked == ["Put aside."]


def test_a_full_list_does_not_tell_either_what_is_on_it(agreement: Agreement) -> None:
    for number in range(MOST_WAITING):
        agreement.suggest(f"Number {number}")
    for text in ("Number 7", "Number none"):
        with pytest.raises(Refused) as refused:
            agreement.suggest(text)
        assert refused.value.code is Code.TOO_MANY_SUGGESTIONS


@pytest.mark.parametrize("change", ["let_idea_go", "bring"])
def test_an_idea_is_settled_with_the_agreement_held(agreement: Agreement, change: str) -> None:
    """As whoever suggests holds it: reading all and writing all anew would bring it back."""
    agreement.suggest("We rest.")
    idea = Idea.objects.get()
    with CaptureQueriesContext(connection) as queries:
        getattr(agreement, change)(idea.pk)
    asked = [query["sql"] for query in queries]
    assert asked[0].startswith("SAVEPOINT") and asked[-1].startswith("RELEASE SAVEPOINT")
    assert asked[1].startswith("SELECT") and 'FROM "agreements_agreement"' in asked[1]
    assert any(sql.startswith("DELETE") for sql in asked[2:])
    assert connection.vendor == "sqlite" or asked[1].endswith("FOR UPDATE")


def test_so_many_wait_and_no_more(agreement: Agreement) -> None:
    for number in range(MOST_WAITING):
        agreement.suggest(f"Number {number}")
    with pytest.raises(Refused) as refused:
        agreement.suggest("One more")
    assert refused.value.code is Code.TOO_MANY_SUGGESTIONS
    agreement.put_aside_again([f"Parked {number}" for number in range(MOST_WAITING)])
    with pytest.raises(Refused):
        agreement.bring(Idea.objects.get(text="Number 7").pk)
    assert len(ideas(agreement)) == MOST_WAITING and len(agreement.parked) == MOST_WAITING


def test_an_idea_that_is_brought_waits_for_the_meeting_and_is_nowhere_else(
    agreement: Agreement,
) -> None:
    agreement.suggest("We rest.")
    idea = Idea.objects.get()
    agreement.bring(idea.pk)
    agreement.bring(idea.pk)  # A colleague, at the same moment.
    assert agreement.board().parked == ("We rest.",)
    assert ideas(agreement) == []


def test_what_was_adopted_meanwhile_is_settled_when_it_is_brought(agreement: Agreement) -> None:
    agreement.suggest("We rest.")
    adopt(agreement, "We rest!")
    agreement.bring(Idea.objects.get().pk)
    assert (agreement.parked, ideas(agreement)) == ([], [])


def test_the_same_words_prepared_and_sent_wait_once(agreement: Agreement) -> None:
    agreement.suggest("We rest.")
    agreement.put_aside("we rest")
    assert (agreement.parked, ideas(agreement)) == (["we rest"], [])


def test_two_who_change_what_waits_from_older_pages_lose_nothing_of_each_other(
    agreement: Agreement,
) -> None:
    mine, theirs = (Agreement.objects.get(pk=agreement.pk) for _ in range(2))
    mine.put_aside("Mine")
    theirs.put_aside("Theirs")
    mine.put_aside("Mine too")
    theirs.take_back("Mine")
    agreement.refresh_from_db()
    assert agreement.parked == ["Theirs", "Mine too"]


def test_what_is_let_go_is_gone(agreement: Agreement) -> None:
    agreement.suggest("We rest.")
    agreement.let_idea_go(Idea.objects.get().pk)
    assert not Idea.objects.exists()


def test_an_idea_has_no_author_no_date_and_no_order(agreement: Agreement) -> None:
    for text in ("We rest.", "Anyone may pass.", "Phones stay away.", "Be kind."):
        agreement.suggest(text)
    kept = Idea.objects.get(text="Be kind.").pk
    agreement.suggest("All are welcome.")
    with connection.cursor() as cursor:
        # As the rows lie there, which is the order of writing where nothing else is said.
        cursor.execute("SELECT * FROM agreements_idea")
        rows = cursor.fetchall()
        columns = [it[0] for it in cursor.description]
        if connection.vendor == "sqlite":
            cursor.execute("SELECT text FROM agreements_idea ORDER BY rowid")
            assert [text for (text,) in cursor.fetchall()] == ideas(agreement)
    assert sorted(columns) == ["agreement_id", "id", "text"]
    assert len(rows) == 5
    # The page that shows it still finds it.
    assert Idea.objects.get(text="Be kind.").pk == kept


texts = st.lists(st.text(alphabet="ab .!", max_size=6), max_size=8)


@given(texts, texts)
def test_only_what_is_new_is_added_and_each_once(written: list[str], known: list[str]) -> None:
    found = waiting.unknown(written, known)
    keys = list(map(same_words, found))
    assert len(set(keys)) == len(keys)
    assert set(keys) == set(map(same_words, written)) - set(map(same_words, known))
    assert [text for text in written if text in found][:1] == found[:1]
