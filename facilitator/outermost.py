"""The last thing between our code and the server: no exception gets past it.

Daphne logs what reaches it with the exception's message, which may hold an answer.
"""

import logging
from typing import Any

from django.utils.translation import gettext as _

from facilitator.page import answer

log = logging.getLogger("facilitator.outermost")

INTERNAL_ERROR = 1011


class Outermost:
    """An ASGI application that answers a failure with a sentence (or closes the socket with 1011)
    and logs its type and place only."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            # A server that asks about `lifespan` learns from the exception that we have none.
            await self.application(scope, receive, send)
            return

        started = False
        finished = False

        async def watched_send(message: Any) -> None:
            nonlocal started, finished
            started = True
            kind = message["type"]
            if kind == "websocket.close" or (
                kind == "http.response.body" and not message.get("more_body", False)
            ):
                finished = True
            await send(message)

        try:
            await self.application(scope, receive, watched_send)
        except Exception as error:
            log.error("failed", exc_info=error)
            if finished:
                return
            try:
                if scope["type"] == "websocket":
                    await send({"type": "websocket.close", "code": INTERNAL_ERROR})
                elif started:
                    await send({"type": "http.response.body", "body": b""})
                else:
                    sentence = _("Something went wrong here. Go back and try once more.")
                    await answer(send, 500, sentence)
            except Exception as second:
                log.error("could not answer", exc_info=second)
