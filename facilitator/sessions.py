"""Facilitators' sessions, which say as little as they can: who is signed in, and until which day.

A row's end would otherwise tell to the second when someone signed in. So it is a whole day, and
it moves only when half of the time is over: it tells about a week, and no more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

IDLE = timedelta(days=14)
RENEWED = timedelta(days=7)
# Someone at the sign-in page, with a passkey's question or a recovery link in hand.
NOT_SIGNED_IN = timedelta(hours=2)


def end_of(contents: dict[str, Any], now: datetime) -> datetime:
    """When a session with these contents ends, if nobody uses it any more."""
    if SESSION_KEY in contents:
        return (now + IDLE).replace(hour=0, minute=0, second=0, microsecond=0)
    return (now + NOT_SIGNED_IN).replace(minute=0, second=0, microsecond=0)


class SessionStore(db.SessionStore):
    """Django's own, with an end that is rounded."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.expire_date = end_of(data, timezone.now())
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        row = await super().acreate_model_instance(data)
        row.expire_date = end_of(data, timezone.now())
        return row

    def load(self) -> dict[str, Any]:
        return self._opened(self._get_session_from_db())  # type: ignore[attr-defined]

    async def aload(self) -> dict[str, Any]:
        return self._opened(await self._aget_session_from_db())  # type: ignore[attr-defined]

    def _opened(self, row: Session | None) -> dict[str, Any]:
        contents: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row and SESSION_KEY in contents and row.expire_date - timezone.now() < RENEWED:
            # Saved once more with its page, and then it ends two weeks from today.
            self.modified = True
        return contents
