"""Facilitators' accounts: ways in, groups they share, and that nothing is kept of when or where."""

from meetings.accounts.links import (
    accept,
    accept_as_new,
    forget_expired,
    invitation,
    invite,
    is_open,
    issue_sign_in_link,
    redeem,
    withdraw,
)
from meetings.accounts.people import (
    LastOne,
    delete_facilitator,
    delete_group,
    give_up_hosting,
    make_host,
    may_issue_link,
    named,
    remove,
)
from meetings.accounts.sessions import end_sessions

__all__ = [
    "LastOne",
    "accept",
    "accept_as_new",
    "delete_facilitator",
    "delete_group",
    "end_sessions",
    "forget_expired",
    "give_up_hosting",
    "invitation",
    "invite",
    "is_open",
    "issue_sign_in_link",
    "make_host",
    "may_issue_link",
    "named",
    "redeem",
    "remove",
    "withdraw",
]
