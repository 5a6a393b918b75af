"""Addresses below a group's: what its facilitators prepare."""

from __future__ import annotations

from django.urls import URLPattern, path

from meetings.views.preparing import schedule, settings

urlpatterns: list[URLPattern] = [
    path("schedule", schedule.schedule),
    path("schedule/new", schedule.new_time),
    path("schedule/time-zone", schedule.time_zone),
    path("schedule/link", schedule.new_link),
    path("schedule/link/out", schedule.no_link),
    path("schedule/<int:time_id>", schedule.time),
    path("schedule/<int:time_id>/out", schedule.take_out),
    path("settings", settings.settings),
    path("support-lines", settings.support_lines),
]
