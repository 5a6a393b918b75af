"""The facilitator's browser: the sign-in link, the group's page, the console."""

from __future__ import annotations

import re

from facilitator.phones.markup import Element, Offer
from facilitator.phones.page import LivePage, Refused
from facilitator.phones.phone import NotOffered

CONSOLE = re.compile(r"^/console/[^/]+/$")
# All regions of the console that have something to press.
ACTS = ("controls", "lead-now", "room")


class Laptop(LivePage):
    """A console, and the pages that lead to it."""

    def __init__(self, base: str, **options: object) -> None:
        super().__init__(base, **options)  # type: ignore[arg-type]
        self.group = ""

    async def sign_in(self, link: str) -> None:
        """Use a one-time link, and stand on the group's page."""
        await self.visit(link)
        page = await self.send_form(self.forms()[0])
        found = (path for path in (self.path, *_links(page)) if path.startswith("/group/"))
        self.group = next(found, self.group)

    async def open_doors(self) -> None:
        """Open the doors, or go to the console of those that are open."""
        await self.visit(self.group)
        if await self.return_to_meeting():
            return
        form = next((form for form in self.forms() if form.path.endswith("/doors")), None)
        if form is None:
            raise NotOffered("doors")
        await self.send_form(form)

    async def return_to_meeting(self) -> bool:
        """From the group's page to the console, if a meeting is going on."""
        for link in _links(self.root):
            if CONSOLE.match(link):
                try:
                    await self.visit(link)
                except Refused:
                    return False
                return bool(self.regions) and self.on_console
        return False

    @property
    def on_console(self) -> bool:
        return bool(CONSOLE.match(self.path))

    @property
    def code(self) -> str:
        """The code that lets phones in."""
        link = self.root.with_id("lobby-link") or self.root.with_id("join-link")
        return link.get("value").rsplit("/", 1)[-1] if link else ""

    def acts(self) -> list[Offer]:
        """All that the console offers now."""
        return self.offers(*ACTS)

    def offer(self, name: str) -> Offer:
        """The control of that id. Raises NotOffered."""
        for each in self.acts():
            if each.name == name:
                return each
        raise NotOffered(name)

    async def press(self, name: str) -> int:
        """Press the control of that id."""
        return await self.send(self.offer(name))

    async def next(self) -> int:
        """Press what Space presses."""
        return await self.press("control-primary")

    @property
    def now(self) -> str:
        """What the middle of the console is about, and how far it is."""
        section = self.region("lead-now").with_id("region-lead-now")
        return section.get("data-place") if section else ""

    async def go_to(self, title: str) -> int:
        """Go to the agenda's step of that title."""
        for each in self.offers("agenda"):
            if title in each.words:
                return await self.send(each)
        raise NotOffered(title)

    def ending(self) -> Offer:
        """The second step of ending the meeting."""
        return next(form for form in self.forms() if form.path.endswith("/end"))

    async def end(self) -> None:
        """End the meeting, both steps of it."""
        await self.send_form(self.ending())
        self._finish(self.root.text)


def _links(page: Element) -> list[str]:
    return [each.get("href") for each in page.walk() if each.tag == "a"]
