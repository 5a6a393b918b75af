"""Tests of what happens over time in one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from asgiref.sync import async_to_sync

from meetings.store import Store


def in_one_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test so that what it does in the database stays in the test's own thread."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async_to_sync(tested)(*args, **kwargs)

    async def tested(*args: Any, **kwargs: Any) -> None:
        try:
            await test(*args, **kwargs)
        finally:
            # Connections know the loop they were opened in, and it ends here.
            for given in kwargs.values():
                if isinstance(given, Store):
                    await given.close()
            # A connection that was closed is gone once the loop has turned.
            for _turn in range(3):
                await asyncio.sleep(0)

    return run
