"""Signing in leaves no trace of when, from where, or with what."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from facilitator import sessions, start
from meetings import accounts
from meetings.models import Facilitator, Group, Invitation, SignInLink
from tests.meetings.accounts.conftest import OTHER_PASSWORD, PASSWORD, with_password
from tests.meetings.accounts.signing import ORIGIN, SecureBrowser, is_in, secure_laptop, sign_in
from tests.meetings.accounts.soft_key import BROWSER, MAKE, SoftKey
from tests.meetings.people import Browser, Laptop

ADDRESS = "203.0.113.77"
AGENT = "Agent-That-Nobody-Keeps"


class Told(Browser):
    """A browser that says who it is and where, as all do."""

    def get(self, path: str, fields: Any = None, **headers: Any) -> Any:
        return super().get(path, fields, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, **headers)

    def post(self, path: str, fields: Any = None, **headers: Any) -> Any:
        return super().post(path, fields, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, **headers)


class ToldSecurely(SecureBrowser, Told):
    pass


def rows() -> list[tuple[str, str, Any]]:
    """Every column of every row of every table: where, name, value."""
    return [
        (model._meta.label, field.name, getattr(row, field.attname))
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.all()
        for field in model._meta.concrete_fields
    ]


def contents_of_sessions() -> list[dict[str, Any]]:
    return [session.get_decoded() for session in Session.objects.all()]


@pytest.fixture
def every_way(group: Group, facilitator: Facilitator) -> datetime:
    """Ana signs in by link, by password and by passkey, and changes her account; since when."""
    began = timezone.now()
    key = SoftKey(ORIGIN)
    by_link = ToldSecurely()
    by_link.get(f"/in/{(token := accounts.issue_sign_in_link(facilitator))}")
    by_link.post(f"/in/{token}")
    assert by_link.post("/account/password", {"password": PASSWORD}).status_code == 302
    assert by_link.add_passkey(key, current=PASSWORD).status_code == 302
    by_password = Told()
    sign_in(by_password, "Ana", "not this one")
    sign_in(by_password, "Ana")
    by_passkey = ToldSecurely()
    by_passkey.use_passkey(key)
    newcomer = Told()
    newcomer.post(
        f"/invitation/{accounts.invite(group)}", {"name": "Dora", "password": OTHER_PASSWORD}
    )
    for browser in (by_link, by_password, by_passkey, newcomer):
        assert is_in(browser)
    return began


def test_no_row_tells_from_where_or_with_what(every_way: datetime) -> None:
    told = rows()
    assert {"meetings.Facilitator", "mfa.Authenticator", "sessions.Session"} <= {
        where for where, _name, _value in told
    }
    text = json.dumps([str(value) for _where, _name, value in told] + contents_of_sessions())
    for never in (ADDRESS, "203.0.113", AGENT, BROWSER, "hybrid", "internal", "platform"):
        assert never not in text, never


def test_no_row_tells_when(every_way: datetime) -> None:
    """A moment within the test would be a column that notes when."""
    since, until = every_way - timedelta(minutes=1), timezone.now() + timedelta(minutes=1)
    noted = [
        (where, name)
        for where, name, value in rows()
        if isinstance(value, datetime)
        and since <= value <= until
        # When the tables were made; Django needs it, and nobody signs in by it.
        and where != "migrations.Migration"
    ]
    assert noted == []
    seconds = re.compile(r"\b1[5-9]\d{8}(\.\d+)?\b|\b20\d\d-\d\d-\d\dT")
    for contents in contents_of_sessions():
        assert not seconds.search(json.dumps(contents)), contents


def test_a_session_says_who_and_until_which_day(every_way: datetime) -> None:
    wanted = {"_auth_user_id", "_auth_user_backend", "_auth_user_hash", "_session_expiry"}
    for contents in contents_of_sessions():
        assert set(contents) <= wanted, contents
    for session in Session.objects.all():
        end = session.expire_date
        assert (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0)
        assert timedelta(days=12) < end - timezone.now() <= timedelta(days=14)


def test_a_passkeys_row_names_no_time_and_no_make(every_way: datetime) -> None:
    row = Authenticator.objects.get()
    assert row.created_at == datetime(2000, 1, 1, tzinfo=UTC) and row.last_used_at is None
    kept = row.data["credential"]["response"]
    plain = b"".join(base64.urlsafe_b64decode(part + "==") for part in kept.values())
    assert MAKE not in plain and BROWSER.encode() not in plain
    assert set(kept) == {"clientDataJSON", "attestationObject"}


def test_no_column_is_made_for_when_or_where() -> None:
    names = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if re.search(r"ip$|^ip|address|agent|login|last|seen|_at$|created", field.name)
        or isinstance(field, models.GenericIPAddressField)
    }
    # The library's: two that are never written with a time, and mail that is not confirmed here.
    assert names == {
        "mfa.Authenticator.created_at",
        "mfa.Authenticator.last_used_at",
        "account.EmailConfirmation.created",
        "account.EmailConfirmation.email_address",
    }


# Sessions end


def test_a_session_that_is_used_goes_on_and_one_that_is_not_ends(facilitator: Facilitator) -> None:
    laptop = Laptop(facilitator)
    session = Session.objects.get()
    first_end = session.expire_date
    assert is_in(laptop)
    assert Session.objects.get().expire_date == first_end
    # A week and a day later.
    Session.objects.update(expire_date=timezone.now() + timedelta(days=6))
    assert is_in(laptop)
    assert Session.objects.get().expire_date == first_end
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(laptop)


def test_the_end_is_a_day_and_within_two_weeks() -> None:
    for hour in range(24):
        now = datetime(2026, 3, 4, hour, 59, 58, tzinfo=UTC)
        end = sessions.end_of({"_auth_user_id": "x"}, now)
        assert end == datetime(2026, 3, 18, tzinfo=UTC)
        passing = sessions.end_of({}, now)
        assert timedelta(hours=1) < passing - now <= timedelta(hours=2)
        assert (passing.minute, passing.second) == (0, 0)


def test_a_question_at_the_sign_in_page_is_soon_forgotten(db: None) -> None:
    SecureBrowser().question()
    assert Session.objects.get().expire_date - timezone.now() <= timedelta(hours=2)


def test_what_is_over_is_dropped_while_the_server_runs(
    group: Group, facilitator: Facilitator
) -> None:
    Laptop(facilitator)
    accounts.issue_sign_in_link(facilitator)
    accounts.invite(group)
    start.forget_expired()
    assert [model.objects.count() for model in (Session, SignInLink, Invitation)] == [1, 1, 1]
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    SignInLink.objects.update(expires=past)
    Invitation.objects.update(expires=past)
    start.forget_expired()
    assert [model.objects.count() for model in (Session, SignInLink, Invitation)] == [0, 0, 0]


def test_nobody_signed_in_leaves_no_session(every_way: datetime) -> None:
    """The password was changed in one browser before the others came: four are in."""
    assert Session.objects.count() == 4


def test_a_visit_to_the_sign_in_page_leaves_nothing(db: None) -> None:
    browser = Browser()
    browser.get("/account/login/")
    browser.get("/account/recovery/")
    assert Session.objects.count() == 0 and browser.cookie("session") is None


def test_she_who_signs_out_leaves_no_session_and_no_note(facilitator: Facilitator) -> None:
    browser = Browser()
    with_password(facilitator)
    browser.post(f"/in/{accounts.issue_sign_in_link(facilitator)}")
    assert browser.cookie("fresh")
    browser.post("/out")
    assert Session.objects.count() == 0 and browser.cookie("fresh") is None
    assert secure_laptop(facilitator).cookie("fresh") is None
