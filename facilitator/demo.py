"""`facilitator demo`: a meeting of made-up people, in a folder that is gone afterwards."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator.phones.laptop import Laptop
    from meetings.models import Facilitator

log = logging.getLogger("facilitator.demo")

MOST_PHONES = 100
SLOWEST, FASTEST = 0.1, 50.0
# What may point at real data, or make this server a public one.
REAL = ("DATABASE_URL", "REDIS_URL")
# After the end: until phones have gone home, and between two looks whether the doors are open.
GO_HOME_WITHIN, LOOK_EVERY = 5.0, 1.0
# By itself, in people's seconds: from the end of one meeting to the next.
BETWEEN_MEETINGS = 20.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command line may say after `demo`."""
    parser.add_argument(
        "--phones", type=_phones, default=8, metavar="N", help="how many people come (default 8)"
    )
    parser.add_argument(
        "--pace", type=_pace, default=1.0, metavar="X", help="2 is twice as fast (default 1)"
    )
    parser.add_argument(
        "--by-itself", action="store_true", help="nobody needs to lead: the meeting goes on alone"
    )
    parser.set_defaults(do=demo, home=throwaway_home)


def _phones(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_PHONES):
        raise argparse.ArgumentTypeError(f"choose a whole number of phones from 1 to {MOST_PHONES}")
    return int(text)


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not SLOWEST <= pace <= FASTEST:
        raise argparse.ArgumentTypeError(f"a pace is a number from {SLOWEST} to {FASTEST:.0f}")
    return pace


@contextmanager
def throwaway_home() -> Iterator[None]:
    """A data folder of its own for as long as this lasts, whatever the environment says."""
    for name in list(os.environ):
        if name.startswith("FACILITATOR_") or name in REAL:
            del os.environ[name]
    # The folder has to go even when a terminal is closed or a start is broken off.
    signal.signal(signal.SIGTERM, _break_off)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    with tempfile.TemporaryDirectory(
        prefix="facilitator-demo-", ignore_cleanup_errors=True
    ) as folder:
        os.environ["FACILITATOR_DATA"] = folder
        yield


def _break_off(*_: object) -> None:
    raise KeyboardInterrupt


def demo(options: argparse.Namespace) -> int:
    """Serve a meeting of made-up people until told to stop."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from facilitator import command, start

    host = options.host or command.EVERYWHERE
    if not os.environ.get("PORT") and command.cannot_listen(host, settings.PORT):
        # A real meeting may be running at the usual port. Any other will do.
        settings.PORT = 0
    if not command.may_start(host):
        return 1
    start.ready_database()
    start.ready_static_files()
    facilitator, _made = start.first_facilitator()
    facilitator.groups.update(name=_("Demo group"))

    evening = Evening(options, facilitator, host)
    code = command.serve(host, evening.begin, evening.leave)
    if evening.failed:
        return 1
    if not code:
        print(_("The demo has stopped. Nothing of it is kept."), flush=True)
    return code


class Evening:
    """One meeting after another, in the server's own event loop, as any browser would hold them."""

    def __init__(self, options: argparse.Namespace, facilitator: Facilitator, host: str) -> None:
        from facilitator.phones.plans import Pace

        self.options = options
        self.facilitator = facilitator
        self.host = host
        self.pace = Pace(options.pace)
        self.chance = Random()
        self.failed = False
        self._port = 0
        self._going: asyncio.Task[None] | None = None

    def begin(self, port: int) -> None:
        """The server listens: people may come."""
        from django.conf import settings

        from meetings import store

        settings.PORT = self._port = port
        store.live().begin()
        self._going = asyncio.ensure_future(self._go_on())
        self._going.add_done_callback(self._over)

    def _over(self, going: asyncio.Task[None]) -> None:
        if not going.cancelled() and (error := going.exception()):
            log.error("the demo failed", exc_info=error)
            self.failed = True
            signal.raise_signal(signal.SIGTERM)

    async def leave(self, code: int) -> None:
        """The server is going: people go first."""
        from facilitator import command

        if self._going is not None:
            self._going.cancel()
            await asyncio.wait([self._going])
        await command.close_rooms(code)

    @property
    def base(self) -> str:
        """Where this machine's own browser finds the server.

        Not by the name that `run` prints: cookies know no port, and a demo must not sign anyone
        out of a real meeting in the same browser.
        """
        from facilitator.command import EVERYWHERE

        own = {EVERYWHERE: "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{own}]:{self._port}" if ":" in own else f"http://{own}:{self._port}"

    async def _sign_in_link(self) -> str:
        from asgiref.sync import sync_to_async

        from meetings.accounts import issue_sign_in_link

        return f"{self.base}/in/{await sync_to_async(issue_sign_in_link)(self.facilitator)}"

    async def _go_on(self) -> None:
        from facilitator.command import open_browser
        from facilitator.phones.laptop import Laptop

        async with Laptop(self.base) as laptop:
            await laptop.sign_in(await self._sign_in_link())
            await laptop.open_doors()
            await laptop.next()
            console = await self._sign_in_link()
            self._say_welcome(console, laptop.code)
            if not self.options.no_browser:
                open_browser(console)
            while True:
                await self._meeting(laptop)
                await self._doors_open_again(laptop)

    async def _meeting(self, laptop: Laptop) -> None:
        """One meeting, from its doors to the moment when the last phone has gone home."""
        from facilitator.phones.crowd import Crowd

        crowd = Crowd(
            self.base, self.options.phones, chance=self.chance, pace=self.pace, restless=True
        )
        coming = asyncio.create_task(crowd.attend(laptop.code))
        try:
            await self._accompany(laptop)
            await asyncio.wait([coming], timeout=GO_HOME_WITHIN)
        finally:
            coming.cancel()
            await asyncio.wait([coming])
        if not coming.cancelled():
            coming.result()

    async def _accompany(self, laptop: Laptop) -> None:
        """Keep the console company until its meeting is over, so that the room is never alone."""
        from facilitator.phones.leading import lead

        where = laptop.path
        while laptop.path == where:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(laptop.keep_current())
                if self.options.by_itself:
                    tasks.create_task(lead(laptop, chance=self.chance, pace=self.pace))
            # Signing out closes her consoles and ends nothing.
            if not await self._find_meeting(laptop):
                return

    async def _find_meeting(self, laptop: Laptop) -> bool:
        from facilitator.phones.page import Refused

        try:
            await laptop.visit(laptop.group)
        except Refused:
            # Her account may have ended all its sessions, this one too.
            await laptop.sign_in(await self._sign_in_link())
            await laptop.visit(laptop.group)
        return await laptop.return_to_meeting()

    async def _doors_open_again(self, laptop: Laptop) -> None:
        """Return on the console of the next meeting."""
        from django.utils.translation import gettext as _

        if self.options.by_itself:
            print(_("The meeting has ended. The next one begins by itself."), flush=True)
            await self.pace.wait(BETWEEN_MEETINGS)
            await laptop.open_doors()
            await laptop.next()
            return
        print(
            _("The meeting has ended, and what people said in it is gone.")
            + "\n"
            + _("Open the doors once more, and they come again. Press Ctrl+C to stop."),
            flush=True,
        )
        while not (laptop.regions and not laptop.over and laptop.on_console):
            await asyncio.sleep(LOOK_EVERY)
            await self._find_meeting(laptop)

    def _say_welcome(self, console: str, code: str) -> None:
        from django.utils.translation import gettext as _
        from django.utils.translation import ngettext

        from facilitator.command import EVERYWHERE
        from facilitator.network import lan_address

        phones = self.options.phones
        everywhere = self.host in (EVERYWHERE, "::")
        address = lan_address() if everywhere else None
        join = f"http://{address}:{self._port}" if address else self.base
        lines = [
            "",
            f"  {_('A meeting of made-up people is running.')}",
            "",
            f"  {_('Lead it here; the link works once:')}",
            f"  {console}",
            "",
            f"  {_('Sit in it on your own phone, or in a private window of this browser:')}",
            f"  {join}/j/{code}",
            "",
            f"  {_('The shared screen: press J on the console, then “Open the shared screen”.')}",
            "",
            "  "
            + ngettext(
                "%(count)s phone comes in over the next seconds and follows what you do.",
                "%(count)s phones come in over the next seconds and follow what you do.",
                phones,
            )
            % {"count": phones},
            f"  {_('Press Ctrl+C to stop.')}",
            "",
        ]
        print("\n".join(lines), flush=True)
