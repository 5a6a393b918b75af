"""Addresses of meetings (placeholder until the first page)."""

from typing import Any

urlpatterns: list[Any] = []
websocket_urlpatterns: list[Any] = []
