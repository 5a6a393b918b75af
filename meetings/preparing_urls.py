"""Addresses below a group's: what its facilitators prepare."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
