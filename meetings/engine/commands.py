"""One small type per intent. A command says what should hold, so that repeating it is harmless."""

from __future__ import annotations

import msgspec

from agreements.shapes import Response
from meetings.engine.state import Step


class Command(msgspec.Struct, frozen=True):
    """An intent. Who gives it is not part of it."""


# At the door


class Join(Command, frozen=True):
    """Take the seat of the actor, which is new."""

    name: str = ""
    first_time: bool = False
    listening: bool = False


class Retake(Command, frozen=True):
    """Sit down again in a seat that the phone carried with it."""

    name: str = ""
    first_time: bool = False
    listening: bool = False
    heard_cards: bool = False


class HearCards(Command, frozen=True):
    pass


class Leave(Command, frozen=True):
    pass


# In the room


class RaiseHand(Command, frozen=True):
    pass


class LowerHand(Command, frozen=True):
    pass


class TakePart(Command, frozen=True):
    """Read this part of the reading aloud when its turn comes."""

    step: str
    part: int


class GiveBackPart(Command, frozen=True):
    step: str
    part: int


class TurnToPart(Command, frozen=True):
    """Show this part on every phone."""

    step: str
    part: int


class Answer(Command, frozen=True):
    """Answer the open check-in with options by index: one, or up to three words."""

    step: str
    options: tuple[int, ...]


class WriteAnswer(Command, frozen=True):
    """Answer the open check-in in one's own words."""

    step: str
    text: str


class Pass(Command, frozen=True):
    step: str


class Suggest(Command, frozen=True):
    """Suggest a statement. `id` is new and random, and belongs to the words, not to the writer.

    `as_it_is`: its writer was told that it names someone here, and lets it stand.
    """

    id: str
    text: str
    as_it_is: bool = False


class Reword(Command, frozen=True):
    """Put another wording beside a suggestion or an adopted statement, which stays as it is."""

    of: str
    id: str
    text: str
    as_it_is: bool = False


class TakeOut(Command, frozen=True):
    """Suggest that the group lets go of an adopted statement."""

    of: str
    id: str


class Respond(Command, frozen=True):
    suggestion: str
    response: Response


class Keep(Command, frozen=True):
    """Whether this seat would keep the agreement as it is."""

    keeps: bool


class PointTo(Command, frozen=True):
    """Point the facilitator, and nobody else, to an adopted statement."""

    statement: str


# The facilitator's


class Attend(Command, frozen=True):
    """A facilitator opens the console."""

    name: str


class Depart(Command, frozen=True):
    """A facilitator signs out."""


class Start(Command, frozen=True):
    pass


class GoTo(Command, frozen=True):
    step: str


class AddStep(Command, frozen=True):
    """Put a new step after another. Its id is new and random, so that once is enough."""

    step: Step
    after: str


class MoveStep(Command, frozen=True):
    """A step that is to come follows this other one; in the lobby "" puts it first."""

    step: str
    after: str


class SkipStep(Command, frozen=True):
    """Pass over a step that is to come. It stays in the list."""

    step: str


class UnskipStep(Command, frozen=True):
    step: str


class Extend(Command, frozen=True):
    """Give the step this many seconds beyond its own minutes, in all."""

    step: str
    extra: int


class OpenCheckin(Command, frozen=True):
    step: str


class CloseCheckin(Command, frozen=True):
    step: str


class LeaveOut(Command, frozen=True):
    """Do not show the answer at this place of those being read."""

    step: str
    place: int


class TakeBackIn(Command, frozen=True):
    step: str
    place: int


class ShowAnswers(Command, frozen=True):
    """She has read them: show those that are not left out, if enough are."""

    step: str


class DiscardAnswers(Command, frozen=True):
    """She has read them: show none, and forget them all."""

    step: str


class Thank(Command, frozen=True):
    """Lower someone's hand after they spoke; they come after those not yet heard."""

    seat: str


class LockDoors(Command, frozen=True):
    pass


class UnlockDoors(Command, frozen=True):
    pass


class Remove(Command, frozen=True):
    """Ask someone to leave. Their seat opens nothing any more."""

    seat: str


class ShowSupport(Command, frozen=True):
    """Put the support lines on every phone until the next step."""


class HideSupport(Command, frozen=True):
    pass


class AskAloud(Command, frozen=True):
    """She has asked the room, "Is anyone not okay with this?", and heard no objection."""

    suggestion: str


class NoteObjection(Command, frozen=True):
    """Someone objected aloud. It weighs the same as one on a phone."""

    suggestion: str


class ClearObjection(Command, frozen=True):
    """It was talked through. The question has to be asked aloud again."""

    suggestion: str


class Merge(Command, frozen=True):
    """Two suggestions say the same: the first stays, for both."""

    kept: str
    gone: str


class MoveStatement(Command, frozen=True):
    """A statement or a suggestion follows this other one; "" puts it first."""

    id: str
    after: str


class BringToAll(Command, frozen=True):
    """Show a statement or a suggestion on every screen until the next step; "" takes it away."""

    id: str


class SawPointed(Command, frozen=True):
    """She has seen that someone pointed her to this statement."""

    statement: str


class Adopt(Command, frozen=True):
    suggestion: str


class Park(Command, frozen=True):
    suggestion: str


class LetGo(Command, frozen=True):
    suggestion: str


class End(Command, frozen=True):
    pass
