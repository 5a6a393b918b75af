"""Addresses below a group's: what its facilitators prepare."""

from __future__ import annotations

from django.urls import URLPattern, path

from meetings.views.preparing import settings

urlpatterns: list[URLPattern] = [
    path("settings", settings.settings),
    path("support-lines", settings.support_lines),
]
