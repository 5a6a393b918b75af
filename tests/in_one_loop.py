"""Tests of what happens over time in one event loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from asgiref.sync import async_to_sync


def in_one_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test so that what it does in the database stays in the test's own thread."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async_to_sync(test)(*args, **kwargs)

    return run
