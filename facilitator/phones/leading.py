"""A facilitator who leads by herself: she presses what the console offers, in her own time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from facilitator.phones.laptop import Laptop
from facilitator.phones.markup import Offer
from facilitator.phones.plans import Chance, Intent, Pace, Plans, follow

# In her seconds: how long she lets each thing be before she moves on.
OPENS = (5.0, 9.0)
EVERYONE_HAS_ANSWERED, MOST_HAVE, SOME_HAVE = 5.0, 22.0, 70.0
NOBODY_READS, SOMEONE_READS = 18.0, 60.0
STEP_LASTS = (25.0, 45.0)
LOOKS_AT_PICTURE = 25.0
SUGGESTIONS_COME = 50.0
THANKS = (10.0, 20.0)
RESPONDS, ASKS_ALOUD, ADOPTS, PARKS = (3.0, 9.0), (18.0, 26.0), (4.0, 8.0), 110.0
SAYS_GOODBYE = 20.0
END = "end"


async def lead(laptop: Laptop, *, chance: Random, pace: Pace) -> None:
    """Lead the meeting on this console from where it is to its end."""
    facilitator = Facilitator(chance)
    await follow(laptop, lambda: facilitator.chances(laptop), Plans(), pace)


def at_the_end(laptop: Laptop) -> bool:
    """Whether nothing is left on the agenda but to end."""
    primary = laptop.region("controls").with_id("control-primary")
    return primary is not None and primary.get("data-opens") == "end"


class Facilitator:
    """What she makes of each thing that her console offers. Chance is an argument."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def chances(self, laptop: Laptop) -> Iterator[Chance]:
        """What she could press now, and would."""
        now = laptop.region("lead-now")
        cards = [each for each in laptop.acts() if each.name.startswith("card-")]
        if at_the_end(laptop):
            yield Chance((laptop.now, END), laptop.ending(), _after(SAYS_GOODBYE))
        first = cards[0].path.split("/statements/")[1].split("/")[0] if cards else ""
        for offer in laptop.acts():
            if offer.name == "control-primary":
                # A card that comes or goes, or more answers, begins her waiting anew.
                progress = now.with_id("now-progress")
                answered = progress.get("data-progress") if progress else ""
                key = (laptop.now, answered, first, offer.key)
                seconds = self._before_next(laptop, offer, answered, has_cards=bool(cards))
                yield Chance(key, offer, _after(seconds))
            elif offer.name.startswith("thank-"):
                # The first of those who wait is the one that has a key.
                if "data-key" in offer.marks:
                    yield Chance((laptop.now, offer.key), offer, _after(self._takes(THANKS)))
            elif first and first in offer.path:
                decide = self._about_card(laptop, offer)
                if decide is not None:
                    yield Chance(offer.key, offer, decide)

    def _takes(self, between: tuple[float, float]) -> float:
        return self._chance.uniform(*between)

    def _before_next(
        self, laptop: Laptop, offer: Offer, answered: str, *, has_cards: bool
    ) -> float:
        if offer.path.endswith("/start"):
            return self._takes(OPENS)
        if offer.path.endswith("/checkin"):
            if offer.method == "POST":
                return self._takes(OPENS)
            return {"everyone": EVERYONE_HAS_ANSWERED, "most": MOST_HAVE}.get(answered, SOME_HAVE)
        now = laptop.region("lead-now")
        if offer.path.endswith("/part"):
            return SOMEONE_READS if now.with_id("reader") else NOBODY_READS
        if has_cards:
            # She talks about what is suggested first; it is parked before this is over.
            return 2 * PARKS
        if now.with_id("now-suggest"):
            return SUGGESTIONS_COME
        if now.with_id("now-picture"):
            return LOOKS_AT_PICTURE
        return self._takes(STEP_LASTS)

    def _about_card(self, laptop: Laptop, offer: Offer) -> Callable[[], Intent] | None:
        act = offer.name.split("-")[1]
        if act == "mine":
            return lambda: Intent(self._takes(RESPONDS), [("response", "live")])
        if act == "asked":
            button = laptop.region("lead-now").with_id(offer.name)
            asked = button is not None and button.get("aria-pressed") == "true"
            return None if asked else lambda: Intent(self._takes(ASKS_ALOUD))
        if act == "adopt":
            return lambda: Intent(self._takes(ADOPTS))
        return (lambda: Intent(PARKS)) if act == "park" else None


def _after(seconds: float) -> Callable[[], Intent]:
    return lambda: Intent(seconds)
