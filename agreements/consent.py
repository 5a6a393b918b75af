"""What a group has said to its suggestions, as far as anyone is told: no total, no seat."""

from collections.abc import Collection

from agreements.shapes import Board, Code, Response, Sense, Suggestion


def sense(board: Board, suggestion: Suggestion, present: Collection[str]) -> Sense:
    """What the room may know about the responses: one of three, never a total, never a seat.

    An objection counts even while its phone is asleep, and a spoken one counts the same. One to
    other words of the same matter counts until its seat has said something of these.
    Everyone can live with it only when each seat present says so, and there are two or more.

    What a room can still work out. In a pair, each learns what the other said. With more,
    people who pool what they said learn about whoever is left. Changing your own response
    and looking tells you whether anybody else objects, or whether all others said yes: that
    it happens, not who. Moments tell more than states: whoever sees a thumb move as the
    sense changes learns that person's response; the last to answer is seen to say yes when
    the sense turns to everyone; a sense that eases as someone leaves says they had objected,
    and one that turns to everyone as someone leaves says they had not said yes. So earlier
    ones are never kept or listed. Nothing here delays a change: docs/privacy.md says so.
    """
    if someone_objects(board, suggestion):
        return Sense.SOMEONE_WOULD_TALK
    seats = set(present)
    # Nobody objects here, so a seat that has answered has said that it can live with this.
    if len(seats) >= 2 and seats <= suggestion.responses.keys():
        return Sense.EVERYONE_CAN_LIVE
    return Sense.LISTENING


def review(board: Board, present: Collection[str]) -> Sense:
    """What the room may know of who would keep the agreement as it is: everyone, or not yet.

    Nobody objects by not having said so; whoever would change something suggests it.
    """
    seats = set(present)
    if len(seats) >= 2 and seats <= board.keeps and not board.suggestions:
        return Sense.EVERYONE_CAN_LIVE
    return Sense.LISTENING


def in_the_way(board: Board, suggestion: Suggestion) -> Code | None:
    """Why it cannot be adopted yet, if so: nobody was asked aloud, or someone objects."""
    if not suggestion.asked_aloud:
        return Code.NOT_ASKED_ALOUD
    return Code.SOMEONE_OBJECTS if someone_objects(board, suggestion) else None


def someone_objects(board: Board, suggestion: Suggestion) -> bool:
    """Whether an objection stands: by phone or by voice, to these words or others beside."""
    beside = (it for it in board.suggestions if it.matter == suggestion.matter)
    elsewhere = {seat for it in beside for seat in objections(it)}
    said = suggestion.responses.keys()
    return suggestion.spoken_objection or bool(objections(suggestion) or elsewhere - said)


def objections(suggestion: Suggestion) -> dict[str, Response]:
    """What was said to it that is no yes, by seat."""
    responses = suggestion.responses.items()
    return {seat: said for seat, said in responses if said is not Response.LIVE}
