"""What an agreement is made of, as plain values: no database, no clock, no people."""

import enum

import msgspec


class Response(enum.StrEnum):
    """What one seat says to one suggestion."""

    LIVE = "live"  # I can live with this
    TALK = "talk"  # let's talk about it
    NOT_NOW = "not-now"


class Sense(enum.Enum):
    """All that anyone is ever told about the responses."""

    LISTENING = "listening"
    SOMEONE_WOULD_TALK = "someone-would-talk"
    EVERYONE_CAN_LIVE = "everyone-can-live"


class Code(enum.Enum):
    """Why a change was refused. Callers put it in words."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    ALREADY_ADOPTED = "already-adopted"
    ALREADY_SUGGESTED = "already-suggested"
    TOO_MANY_SUGGESTIONS = "too-many-suggestions"
    ID_TAKEN = "id-taken"
    UNKNOWN_SUGGESTION = "unknown-suggestion"
    UNKNOWN_STATEMENT = "unknown-statement"
    NOT_ALIKE = "not-alike"
    TAKES_OUT = "takes-out"
    NOT_ASKED_ALOUD = "not-asked-aloud"
    SOMEONE_OBJECTS = "someone-objects"


class Refused(Exception):
    """The rules say no. Carries a code, and never anybody's words."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


class Statement(msgspec.Struct, frozen=True):
    """A statement the group has adopted. `id` is that of the suggestion it was adopted from.

    `root` is the id of the first wording the group ever had of it; "" when this is that one.
    """

    id: str
    text: str
    root: str = ""

    @property
    def line(self) -> str:
        """What all wordings of it have in common, from the first to the latest."""
        return self.root or self.id


class Suggestion(msgspec.Struct, frozen=True):
    """Unsigned words the group has not settled yet.

    `responses` is keyed by seat and kept in the order of the seats' names, so that it does
    not hold the order in which people answered. It is replaced, never changed in place.

    `about` is the matter it belongs to: the line of an adopted statement, or the id of the
    suggestion that others are alternatives to; "" when it is about nothing but itself.
    `takes_out`: the statement it is about would go, and `text` says which.
    """

    id: str
    text: str
    responses: dict[str, Response] = {}
    asked_aloud: bool = False
    spoken_objection: bool = False
    about: str = ""
    takes_out: bool = False

    @property
    def matter(self) -> str:
        """Suggestions of one matter stand side by side, and are settled when one is adopted."""
        return self.about or self.id


class Board(msgspec.Struct, frozen=True):
    """The agreement as it stands, what is being talked about, and what waits for next time.

    `keeps` are the seats that would keep the agreement as it is. A set: it holds no order.
    `objections` are those to words that were let go or parked, by a mark of the words: bringing
    the same words up again clears nobody's out of the way.
    """

    statements: tuple[Statement, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    parked: tuple[str, ...] = ()
    version: int = 0
    keeps: frozenset[str] = frozenset()
    objections: dict[str, dict[str, Response]] = {}


def words_of(board: Board) -> dict[str, str]:
    """What is adopted and what is being talked about: id -> text."""
    adopted = {it.id: it.text for it in board.statements}
    return adopted | {it.id: it.text for it in board.suggestions}


def plain(statements: tuple[Statement, ...]) -> list[dict[str, str]]:
    """As they are written down; `Statement` reads it back."""
    return [
        {"id": it.id, "text": it.text} | ({"root": it.root} if it.root else {}) for it in statements
    ]
