"""One phone in the room: the door, the cards, the meeting, and the way out."""

from __future__ import annotations

from facilitator.phones.markup import Choice, Offer
from facilitator.phones.page import Fields, LivePage, Refused

# What changes while people take part; the rest of the page is for reading.
ACTS = ("mine", "hand")
HAND = "/meeting/hand"
LEFT = "left"


class NotOffered(Exception):
    """The page does not let this phone do that now."""


class Phone(LivePage):
    """A participant's browser."""

    async def come_to_the_door(self, code: str) -> None:
        """Open the link of the QR code. Raises Refused when no open door is behind it."""
        await self.visit(f"/j/{code}")

    async def take_seat(
        self, name: str = "", *, listening: bool = False, first_time: bool = False
    ) -> None:
        """Say a name or none. Raises Refused when the room is full or the door just closed."""
        ticked = {"listening": listening, "first_time": first_time}
        fields = [("name", name), *((field, "on") for field, on in ticked.items() if on)]
        door = next((form for form in self.forms() if form.path.endswith(self.path)), None)
        # A phone that has a seat already is led straight to the meeting.
        if door is not None and "name" in door.texts:
            await self.send_form(door, fields)

    async def hear_cards(self) -> None:
        """“I’ve heard this”, if the page asks it; then the meeting itself is open."""
        cards = next((form for form in self.forms() if form.path.endswith("/cards")), None)
        if cards is not None:
            await self.send_form(cards)
        if not self.regions:
            raise Refused(410)

    async def come_in(self, code: str, name: str = "") -> None:
        """Door, name and cards in one go."""
        await self.come_to_the_door(code)
        await self.take_seat(name)
        await self.hear_cards()

    async def leave(self) -> None:
        """Leave for good: this seat is not taken again."""
        leave = next(form for form in self.forms() if form.path.endswith("/leave"))
        # As on a real phone, the page goes first; the server hears of it when it can.
        self._finish(LEFT)
        await self.send_form(leave)

    # --- what it shows ---------------------------------------------------------------------------

    @property
    def now(self) -> str:
        """What the middle of the phone says it is about."""
        title = self.region("now").with_id("now-title")
        return title.text if title else ""

    def acts(self) -> list[Offer]:
        """All that this phone may do now."""
        return self.offers(*ACTS)

    def starters(self) -> list[str]:
        """Ready statements to start from."""
        return [each.text for each in self.region("mine").walk() if "data-fills" in each]

    def offer(self, ending: str, method: str = "POST") -> Offer:
        """What is offered under a path of that ending. Raises NotOffered."""
        for each in self.acts():
            if each.path.endswith(ending) and each.method == method:
                return each
        raise NotOffered(ending)

    # --- what people do --------------------------------------------------------------------------

    async def raise_hand(self) -> int:
        return await self.send(self.offer(HAND))

    async def lower_hand(self) -> int:
        return await self.send(self.offer(HAND, "DELETE"))

    async def take_part(self) -> int:
        """Take the next part of the reading that is open."""
        return await self.send(self.offer("/part"))

    async def turn_part(self) -> int:
        """The part is read: turn to the next on every phone."""
        return await self.send(self.offer("/part/turn"))

    async def answer(self, option: int) -> int:
        """Answer with one of the choices, counted from 0."""
        form = next((each for each in self.acts() if is_answer(each) and each.choices), None)
        if form is None:
            raise NotOffered("answer")
        return await self.send(form, chosen([form.choices[option]]))

    async def pass_by(self) -> int:
        """Pass on the question."""
        form = next((each for each in self.acts() if is_pass(each)), None)
        if form is None:
            raise NotOffered("pass")
        return await self.send(form)

    async def suggest(self, text: str) -> int:
        """Suggest a statement for the agreement."""
        return await self.send(self.offer("/statements"), [("text", text)])

    async def respond(self, text: str, value: str) -> int:
        """Say what you say to the statement that holds these words."""
        for each in self.acts():
            if is_response(each) and text in each.words:
                return await self.send(each, [("response", value)])
        raise NotOffered("response")


def is_answer(offer: Offer) -> bool:
    """A question to be answered here: something to choose or to write."""
    return offer.path.endswith("/answer") and bool(offer.choices or offer.texts)


def is_pass(offer: Offer) -> bool:
    """The form beside a question that answers nothing."""
    return offer.path.endswith("/answer") and not (offer.choices or offer.texts)


def is_response(offer: Offer) -> bool:
    return "/statements/" in offer.path and offer.path.endswith("/response")


def chosen(choices: list[Choice]) -> Fields:
    """The fields that ticking these would send."""
    return [(choice.name, choice.value) for choice in choices]
