"""Addresses of meetings. They say nothing of a group, and participants' ones nothing at all."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from meetings import consumers
from meetings.views import agreement, calendar, door, leading, phone

_console = "console/<slug:meeting_id>/"
_statement = f"{_console}statements/<slug:suggestion>"

urlpatterns = [
    path("", door.home),
    path("what-happens", door.what_happens),
    path("j/<slug:code>", door.door),
    path("calendar/<slug:token>.ics", calendar.calendar),
    path("agreement/<slug:link>", agreement.agreement),
    path("agreement/<slug:link>.txt", agreement.text),
    path("agreement/<slug:link>.md", agreement.markdown),
    path("meeting", phone.meeting),
    path("meeting/cards", door.cards),
    path("meeting/regions", phone.poll),
    path("meeting/hand", phone.hand),
    path("meeting/part", phone.part),
    path("meeting/part/turn", phone.turn),
    path("meeting/answer", phone.answer),
    path("meeting/statements", phone.statements),
    path("meeting/statements/<slug:suggestion>/response", phone.response),
    path("meeting/statements/<slug:suggestion>/wording", phone.wording),
    path("meeting/statements/<slug:suggestion>/taking-out", phone.taking_out),
    path("meeting/statements/<slug:suggestion>/pointed", phone.pointed),
    path("meeting/kept", phone.kept),
    path("meeting/leave", phone.leave),
    path("screen", phone.screen),
    path("screen/regions", phone.screen_poll),
    path("in/<slug:token>", leading.sign_in),
    path("out", leading.sign_out),
    path("group/<uuid:group_id>/", leading.group),
    path("group/<uuid:group_id>/doors", leading.doors_open),
    path("group/<uuid:group_id>/receipt", leading.receipt),
    path("group/<uuid:group_id>/", include("meetings.preparing_urls")),
    path(_console, leading.console),
    path(f"{_console}regions", leading.console_poll),
    path(f"{_console}join", leading.join_card),
    path(f"{_console}start", leading.start),
    path(f"{_console}step", leading.step),
    path(f"{_console}steps", leading.steps),
    path(f"{_console}steps/new", leading.new_step),
    path(f"{_console}steps/<slug:step>/place", leading.place),
    path(f"{_console}steps/<slug:step>/skipped", leading.skipped),
    path(f"{_console}extra", leading.extra),
    path(f"{_console}part", leading.part),
    path(f"{_console}checkin", leading.checkin),
    path(f"{_console}answers", leading.answers),
    path(f"{_console}left-out", leading.left_out),
    path(f"{_console}thank", leading.thank),
    path(f"{_console}doors", leading.doors),
    path(f"{_console}support", leading.support),
    path(f"{_console}remove", leading.remove),
    path(f"{_console}statements", leading.statements),
    path(_statement, leading.statement),
    path(f"{_statement}/response", leading.statement_response),
    path(f"{_statement}/wording", leading.wording),
    path(f"{_statement}/taking-out", leading.taking_out),
    path(f"{_statement}/merged", leading.merged),
    path(f"{_statement}/place", leading.statement_place),
    path(f"{_statement}/pointed", leading.pointed),
    path(f"{_console}kept", leading.kept),
    path(f"{_console}brought", leading.brought),
    path(f"{_statement}/asked", leading.asked),
    path(f"{_statement}/objection", leading.objection),
    path(f"{_statement}/adopted", leading.adopted),
    path(f"{_statement}/parked", leading.parked),
    path(f"{_console}keys", leading.keys),
    path(f"{_console}screen", leading.screen),
    path(f"{_console}end", leading.end),
]

websocket_urlpatterns: list[URLPattern] = [
    path("meeting/socket", consumers.phone),
    path("screen/socket", consumers.screen),
    path(f"{_console}socket", consumers.console),
]
