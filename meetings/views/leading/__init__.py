"""The facilitator's side: signing in, the group's page, the console."""

from meetings.views.leading.consent import (
    adopted,
    asked,
    objection,
    parked,
    statement,
    statement_response,
    statements,
)
from meetings.views.leading.groups import doors_open, group, receipt
from meetings.views.leading.pages import (
    KEYS_OFF,
    console,
    console_poll,
    end,
    join_card,
    keys,
    qr_svg,
    screen,
    ways_in,
)
from meetings.views.leading.signing import sign_in, sign_out
from meetings.views.leading.steering import (
    checkin,
    doors,
    extra,
    part,
    remove,
    start,
    step,
    support,
    thank,
)

__all__ = [
    "KEYS_OFF",
    "adopted",
    "asked",
    "checkin",
    "console",
    "console_poll",
    "doors",
    "doors_open",
    "end",
    "extra",
    "group",
    "join_card",
    "keys",
    "objection",
    "parked",
    "part",
    "qr_svg",
    "receipt",
    "remove",
    "screen",
    "sign_in",
    "sign_out",
    "start",
    "statement",
    "statement_response",
    "statements",
    "step",
    "support",
    "thank",
    "ways_in",
]
