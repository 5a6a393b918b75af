"""Simulated people: what each makes of what a phone offers. Chance is an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from facilitator.phones.markup import Choice, Offer
from facilitator.phones.page import Fields
from facilitator.phones.phone import (
    HAND,
    Phone,
    chosen,
    is_answer,
    is_pass,
    is_response,
)
from facilitator.phones.plans import Chance, Intent
from facilitator.phones.words import ANSWERS, NAMES, SUGGESTIONS

# Letters a second, read aloud without hurry.
READS_ALOUD = 14.0
LIVE, TALK, NOT_NOW = "live", "talk", "not-now"
# Hardly anyone leaves a statement alone.
RESPONDS = 0.95
# Nobody ticks more, however many a question allows.
MOST_TICKS = 3


@dataclass(frozen=True)
class Temper:
    """How likely someone is, from 0 to 1, to do each of these when they could."""

    reads: float = 0.35
    suggests: float = 0.3
    speaks: float = 0.4
    answers: float = 0.92
    doubts: float = 0.15
    first_time: bool = False
    listening: bool = False
    # A phone on a Wi-Fi that lets no socket through.
    sockets: bool = True


# The first few differ on purpose, so that a small room shows most of what can happen.
TEMPERS: tuple[Temper, ...] = (
    Temper(reads=0.9, speaks=0.7),
    Temper(suggests=1.0, doubts=0.0),
    Temper(speaks=0.9, doubts=0.4),
    Temper(reads=0.0, speaks=0.1, listening=True),
    Temper(reads=0.6, suggests=0.8),
    Temper(sockets=False),
    Temper(reads=0.1, speaks=0.3, first_time=True),
    Temper(answers=0.3, suggests=0.5),
)


class Talk:
    """Words that a whole room draws from, so that nobody says what another just said."""

    def __init__(self, chance: Random) -> None:
        self._suggestions = [str(words) for words in SUGGESTIONS]
        self._answers = [str(words) for words in ANSWERS]
        chance.shuffle(self._suggestions)
        chance.shuffle(self._answers)

    def suggestion(self) -> str:
        """A statement nobody has suggested yet; empty once all are said."""
        return self._suggestions.pop() if self._suggestions else ""

    def answer(self) -> str:
        """An answer in someone's own words."""
        self._answers.insert(0, self._answers.pop())
        return self._answers[0]


class Person:
    """Someone with a phone, a name or none, a temper, and chance."""

    def __init__(self, number: int, temper: Temper, chance: Random, talk: Talk) -> None:
        self.temper = temper
        self.name = str(NAMES[number]) if number < len(NAMES) else ""
        self._chance = chance
        self._talk = talk
        self._scene = ""
        self._turns = 0
        self._hand = ""

    def chances(self, phone: Phone) -> Iterator[Chance]:
        """What this person sees that they could do on their phone now."""
        if phone.now != self._scene:
            self._scene, self._turns = phone.now, 0
        offers = phone.acts()
        quiet = all(each.path.endswith(HAND) for each in offers)
        for offer in offers:
            decide, key = self._decision(phone, offer, offers, quiet=quiet)
            if decide is not None:
                yield Chance(key or offer.key, offer, decide)

    def _decision(
        self, phone: Phone, offer: Offer, offers: list[Offer], *, quiet: bool
    ) -> tuple[Callable[[], Intent | None] | None, tuple[object, ...] | None]:
        if offer.path.endswith(HAND):
            if offer.method != self._hand:
                self._hand, self._turns = offer.method, self._turns + 1
            up = offer.method == "POST"
            decide = (lambda: self._speak(quiet=quiet)) if up else self._let_hand_down
            return decide, (self._scene, self._turns, offer.key)
        if offer.path.endswith("/part/turn"):
            words = phone.region("now").text
            return (lambda: Intent(len(words) / READS_ALOUD)), None
        if offer.path.endswith("/part"):
            has_one = any(each.method == "DELETE" and each.path == offer.path for each in offers)
            return (None if has_one else self._read), None
        if is_answer(offer):
            return (lambda: self._answer(offer, can_pass=any(map(is_pass, offers)))), None
        if is_pass(offer):
            return (lambda: self._pass(offers)), None
        if is_response(offer):
            mine = next((each.value for each in offer.choices if each.chosen), "")
            # Someone who doubted may think again, once.
            key = (offer.key, mine in (TALK, NOT_NOW))
            return (lambda: self._respond(mine)), key
        if offer.path.endswith(("/wording", "/taking-out")) or offer.method == "DELETE":
            # A room that reworded whatever it can would talk about nothing else.
            return None, None
        if offer.path.endswith("/statements"):
            return (lambda: self._suggest(phone.starters())), (self._scene, offer.key)
        return (lambda: self._try(offer)), None

    def _takes(self, low: float, high: float) -> float:
        return self._chance.uniform(low, high)

    def _likely(self, chance: float) -> bool:
        return self._chance.random() < chance

    # --- each offer ------------------------------------------------------------------------------

    def _speak(self, *, quiet: bool) -> Intent | None:
        # People wait with their hands while there is something to read or to answer.
        keen = self.temper.speaks if quiet else self.temper.speaks / 6
        if not self._likely(keen / (1 + self._turns / 2)):
            return None
        return Intent(4 + self._chance.expovariate(1 / (25 * (1 + self._turns))))

    def _let_hand_down(self) -> Intent | None:
        return Intent(self._takes(60, 240)) if self._likely(0.3) else None

    def _read(self) -> Intent | None:
        return Intent(self._takes(3, 14)) if self._likely(self.temper.reads) else None

    def _answer(self, offer: Offer, *, can_pass: bool) -> Intent | None:
        if can_pass and not self._likely(self.temper.answers):
            return None
        return Intent(self._takes(5, 28), self._filled(offer))

    def _pass(self, offers: list[Offer]) -> Intent | None:
        # Whoever does not answer passes; a few just wait. Answering takes the form away.
        return Intent(self._takes(30, 50)) if self._likely(0.8) else None

    def _respond(self, mine: str) -> Intent | None:
        if mine == LIVE:
            return None
        if mine:
            talked = self._likely(0.8)
            return Intent(self._takes(40, 100), [("response", LIVE)]) if talked else None
        if not self._likely(max(self.temper.answers, RESPONDS)):
            return None
        says = LIVE
        if self._likely(self.temper.doubts):
            says = NOT_NOW if self._likely(0.25) else TALK
        return Intent(self._takes(4, 20), [("response", says)])

    def _suggest(self, starters: list[str]) -> Intent | None:
        if not self._likely(self.temper.suggests):
            return None
        words = self._chance.choice(starters) if starters and self._likely(0.3) else ""
        words = words or self._talk.suggestion()
        return Intent(self._takes(8, 45), [("text", words)]) if words else None

    def _try(self, offer: Offer) -> Intent | None:
        """Something new on the phone: try it, now and then."""
        return Intent(self._takes(5, 30), self._filled(offer)) if self._likely(0.5) else None

    def _filled(self, offer: Offer) -> Fields:
        """A form filled in, whatever it asks: one of each kind of choice, a few ticks, words."""
        fields: list[tuple[str, str]] = []
        boxes = [each for each in offer.choices if each.kind == "checkbox"]
        if boxes:
            count = self._chance.randint(1, min(MOST_TICKS, len(boxes)))
            fields += chosen(self._chance.sample(boxes, count))
        single: dict[tuple[str, str], list[Choice]] = {}
        for each in offer.choices:
            if each.kind != "checkbox":
                single.setdefault((each.kind, each.name), []).append(each)
        for group in single.values():
            fields += chosen([self._chance.choice(group)])
        fields += [(name, self._talk.answer()) for name in offer.texts]
        return fields
