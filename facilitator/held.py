"""What the database holds, column by column: the list that a court order could be answered from.

A test compares it with the database: a new column without a line here fails. From it come
docs/what-we-hold.md and the page that every phone links to.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Table:
    """One table: what it holds, in words for everyone; each column, and why it is not about you."""

    holds: Words
    columns: dict[str, str]
    # A table that a library brings along and that says nothing of anyone.
    inner: bool = False


_KEY = "a number or a random id for the row, with no other meaning"
_GROUP = "which group it belongs to"
_REVISION = "how often it was saved, so that two editors do not overwrite each other"
_ORDER = "its place in the list"

HELD: dict[str, Table] = {
    "meetings_group": Table(
        _("Each group: its name and its settings."),
        {
            "id": _KEY,
            "name": "how its facilitators call the group",
            "shown_name": "what phones call the meeting; empty for “Meeting”",
            "language": "the group's language",
            "time_zone": "whose clock its times are on",
            "floor": "how many answers it takes to show a picture",
            "free_text": "whether questions may be answered in one's own words",
            "limits_text": "the facilitators' own words for the second card at the door",
            "crosstalk_line": "the group's line about answering each other",
            "camera_line": "the group's line about cameras",
            "call_link": "the address of the group's call",
            "calendar_token": "the secret part of the calendar's link; who reads it is not noted",
            "agreement_id": "which agreement is the group's",
            "revision": _REVISION,
        },
    ),
    "agreements_agreement": Table(
        _(
            "Each group’s agreement: what it is called, and words put aside for next time. "
            "No names."
        ),
        {
            "id": _KEY,
            "title": "what the group calls it",
            "language": "its language",
            "starters": "statements to start from, ours or the group's",
            "parked": "wording that the group put aside for next time, unsigned",
            "link_token": "the secret part of the link to read it; who reads it is not noted",
            "takes_ideas": "whether the group takes suggestions between meetings",
        },
    ),
    "agreements_idea": Table(
        _("Suggestions for next time that were sent between meetings. No names, no dates."),
        {
            "id": "a random id, which tells no order",
            "agreement_id": "which agreement they are for",
            "text": "the words, with no author",
        },
    ),
    "agreements_version": Table(
        _("The agreement’s versions: number, day and text. No names, no time of day."),
        {
            "id": _KEY,
            "agreement_id": "which agreement it is a version of",
            "number": "1 for the first",
            "date": "the day on which the group adopted it: that the group met on that day",
            "statements": "the whole text, with no author",
        },
    ),
    "meetings_agenda": Table(
        _("The group’s plans for its meetings."),
        {"id": _KEY, "name": "what it is called", "group_id": _GROUP, "revision": _REVISION},
    ),
    "meetings_agendastep": Table(
        _("The steps of those plans, with the facilitators’ notes."),
        {
            "id": _KEY,
            "agenda_id": "which agenda it belongs to",
            "order": _ORDER,
            "kind": "one of a closed list of kinds",
            "title": "what it is called",
            "minutes": "how long it should take",
            "text": "what phones show",
            "script": "the facilitators' notes, prepared and not taken in a meeting",
            "reading_id": "the reading that goes with it",
            "prompt_id": "the question that goes with it",
        },
    ),
    "meetings_reading": Table(
        _("The group’s readings."),
        {
            "id": _KEY,
            "group_id": _GROUP,
            "title": "what it is called",
            "parts": "its text; who read which part is not noted",
            "revision": _REVISION,
        },
    ),
    "meetings_prompt": Table(
        _("The group’s questions. Not the answers, and not which were asked."),
        {
            "id": _KEY,
            "group_id": _GROUP,
            "kind": "how it is answered",
            "question": "its words",
            "options": "what there is to choose from",
            "feelings": "whether it asks for feelings",
            "screened": "whether the facilitator reads answers first",
            "revision": _REVISION,
        },
    ),
    "meetings_supportline": Table(
        _("The lines to call or text that the group shows under Help."),
        {
            "id": _KEY,
            "group_id": _GROUP,
            "order": _ORDER,
            "name": "the line's name",
            "contact": "its number",
            "who": "who answers there",
            "hours": "when",
            "emergency": "whether it may call emergency services",
        },
    ),
    "meetings_meetingtime": Table(
        _("When the group plans to meet. Not whether it met, and not who came."),
        {
            "id": _KEY,
            "group_id": _GROUP,
            "rhythm": "weekly, fortnightly or monthly",
            "first": "the date that the rhythm is counted from",
            "time": "the time of day",
            "minutes": "how long it should take",
            "until": "the last date, if there is one",
            "revision": _REVISION,
        },
    ),
    "meetings_facilitator": Table(
        _("The accounts of those who lead: a name they chose, and an e-mail if they gave one."),
        {
            "id": _KEY,
            "name": "any name she likes; her group sees it",
            "email": "hers to give or not, to find a new password",
            "password": "a slow digest of her password",
            "is_host": "whether she looks after this server",
        },
    ),
    "meetings_group_facilitators": Table(
        _("Who leads which group."),
        {"id": _KEY, "group_id": _GROUP, "facilitator_id": "which facilitator leads it"},
    ),
    "meetings_invitation": Table(
        _("Invitations to lead that are not used yet."),
        {
            "digest": "a digest of the link's secret, from which the link cannot be made",
            "group_id": _GROUP,
            "expires": "until when it works",
        },
    ),
    "meetings_signinlink": Table(
        _("Sign-in links for those who lead that are not used yet."),
        {
            "digest": "a digest of the link's secret, from which the link cannot be made",
            "facilitator_id": "whom it signs in",
            "expires": "until when it works",
        },
    ),
    "account_emailaddress": Table(
        _("The e-mail of an account, if it has one, and whether it is confirmed."),
        {
            "id": _KEY,
            "user_id": "whose it is",
            "email": "the address that a facilitator gave",
            "verified": "whether she confirmed it",
            "primary": "that it is the one to write to",
        },
    ),
    "account_emailconfirmation": Table(
        _("Nothing: confirmations are signed links that are not stored."),
        {
            "id": _KEY,
            "created": "empty: no row is ever written",
            "sent": "empty: no row is ever written",
            "key": "empty: no row is ever written",
            "email_address_id": "empty: no row is ever written",
        },
        inner=True,
    ),
    "mfa_authenticator": Table(
        _("The passkeys of those who lead."),
        {
            "id": _KEY,
            "user_id": "whose it is",
            "type": "that it is a passkey",
            "data": "its public half and the name she gave it",
            "created_at": "a fixed day, the same for all: when it was made is not noted",
            "last_used_at": "always empty: when it was used is not noted",
        },
    ),
    "django_session": Table(
        _("Open sign-ins of those who lead, until they end. People who join have none."),
        {
            "session_key": "a random id",
            "session_data": "which facilitator, and whether her single keys are on",
            "expire_date": "until which day it works: two weeks ahead, moved on weekly at most",
        },
    ),
    "auth_group": Table(
        _("Nothing: part of a library."), {"id": _KEY, "name": "empty"}, inner=True
    ),
    "auth_group_permissions": Table(
        _("Nothing: part of a library."),
        {"id": _KEY, "group_id": "empty", "permission_id": "empty"},
        inner=True,
    ),
    "auth_permission": Table(
        _("Names of tables: part of a library."),
        {"id": _KEY, "content_type_id": "a table", "codename": "a word", "name": "a word"},
        inner=True,
    ),
    "django_content_type": Table(
        _("Names of tables: part of a library."),
        {"id": _KEY, "app_label": "a package", "model": "a table"},
        inner=True,
    ),
    "django_migrations": Table(
        _("Which updates of the program were made, and when."),
        {
            "id": _KEY,
            "app": "a package",
            "name": "an update",
            "applied": "when this server was updated",
        },
    ),
}


def in_plain_words() -> list[Words]:
    """What phones are told: a sentence for each table that holds something of a group's."""
    return [table.holds for table in HELD.values() if not table.inner]


def page_of_all() -> str:
    """docs/what-we-hold.md, as it has to be."""
    lines = [
        "# What we could hand over",
        "",
        "All that the database of this server can hold, column by column. Whoever asks for more,",
        "with whatever right, cannot be given it: it is not there. Made from",
        "`facilitator/held.py` by `python -m facilitator.held`; a test holds it to the database,",
        "and a column that is not listed fails.",
        "",
        "Outside the database: a meeting that is going on lives in memory (or sealed in Redis) and",
        "in a sealed file, and is destroyed with its key when it ends (`docs/privacy.md`).",
        "",
    ]
    for name, table in HELD.items():
        lines += [f"## `{name}`", "", str(table.holds), "", "| column | holds |", "|---|---|"]
        lines += [f"| `{column}` | {holds} |" for column, holds in table.columns.items()]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the list anew after a change."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facilitator.settings")
    import django

    django.setup()
    path = Path(__file__).resolve().parents[1] / "docs" / "what-we-hold.md"
    path.write_text(page_of_all(), encoding="utf-8")


if __name__ == "__main__":
    main()
