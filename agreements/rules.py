"""How a group settles its Comfort Agreement: pure rules, no database, no clock, no people.

A board holds what the group has adopted and what it is still talking about. Every function
gives back a new board, or raises `Refused`; a change that changes nothing gives back the
board it was given. Seats are opaque strings. No function takes an author, so none can keep one.
"""

import hashlib
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from agreements.consent import in_the_way, objections
from agreements.order import moved_behind, side_by_side
from agreements.shapes import Board, Code, Refused, Response, Statement, Suggestion
from agreements.texts import same_words, tidy

MOST_SUGGESTIONS = 40  # open at one time; settled ones do not count


def suggest(board: Board, id: str, text: str) -> Board:
    """Add unsigned words to talk about. `id` is new, and random, from the caller."""
    return _add(board, _said_of_before(board, Suggestion(id, _new_words(board, text))))


def reword(board: Board, id: str, new_id: str, new_text: str) -> Board:
    """Put another wording beside a suggestion or a statement. Nobody's words are replaced.

    The new wording starts with no responses: a yes to other words is not a yes to these. Who
    objects to other words of the matter objects to these as well, until they say otherwise.
    """
    matters = {it.id: it.line for it in board.statements}
    matters |= {it.id: it.matter for it in board.suggestions}
    if id not in matters:
        raise Refused(Code.UNKNOWN_SUGGESTION)
    new = Suggestion(new_id, _new_words(board, new_text), about=matters[id])
    return _add(board, _said_of_before(board, new))


def take_out(board: Board, id: str, new_id: str) -> Board:
    """Suggest that a statement goes. It stays until the group can live without it."""
    statement = _adopted(board, id)
    if any(it.takes_out and it.about == statement.line for it in board.suggestions):
        raise Refused(Code.ALREADY_SUGGESTED)
    return _add(board, Suggestion(new_id, statement.text, about=statement.line, takes_out=True))


def merge(board: Board, kept: str, gone: str) -> Board:
    """Two suggestions say the same: one wording stays for both, and the other is settled.

    A yes to the wording that goes is no yes to the one that stays; an objection counts until the
    same seat says otherwise, so that merging can clear nobody's out of the way. Their alternatives
    stand side by side from now on, and the room is asked aloud anew.
    """
    stays = _find(board, kept)
    goes = next((it for it in board.suggestions if it.id == gone), None)
    if goes is None or goes is stays:
        return board
    if not may_merge(board, stays, goes):
        raise Refused(Code.NOT_ALIKE)
    together = {stays.matter, goes.matter}
    adopted = _of_statements(board, together)
    matter = next(iter(adopted), stays.matter)

    def joined(it: Suggestion) -> Suggestion:
        if it.matter not in together:
            return it
        # A yes to one more statement is no yes to putting it in the place of another.
        responses = objections(it) if adopted and it.matter != matter else it.responses
        asked = it.asked_aloud and len(together) == 1
        about = "" if it.id == matter else matter
        it = replace(it, responses=responses, asked_aloud=asked, about=about)
        if it.id != stays.id:
            return it
        return replace(
            it,
            responses=dict(sorted((objections(goes) | it.responses).items())),
            asked_aloud=False,
            spoken_objection=it.spoken_objection or goes.spoken_objection,
        )

    settled = _settle(board, goes)
    return replace(
        settled,
        suggestions=side_by_side(map(joined, settled.suggestions)),
        parked=_parked_as(board, goes.text, stays.text),
    )


def may_merge(board: Board, one: Suggestion, other: Suggestion) -> bool:
    """Whether two can say the same: neither takes out, and they change at most one statement."""
    if one is other or one.takes_out or other.takes_out:
        return False
    return len(_of_statements(board, {one.matter, other.matter})) <= 1


def move(board: Board, id: str, after: str) -> Board:
    """What has this id follows what has that one, or comes first for "".

    A statement among statements; a suggestion among suggestions, with its alternatives.
    """
    if any(it.id == id for it in board.statements):
        moved = (_adopted(board, id),)
        place = (_adopted(board, after),) if after else ()
        return _same_or(
            board, replace(board, statements=moved_behind(board.statements, moved, place))
        )
    matter = _find(board, id).matter
    beside = _find(board, after).matter if after else ""
    order = moved_behind(
        board.suggestions,
        tuple(it for it in board.suggestions if it.matter == matter),
        tuple(it for it in board.suggestions if it.matter == beside),
    )
    return _same_or(board, replace(board, suggestions=order))


def keep(board: Board, seat: str, keeps: bool) -> Board:
    """Note that this seat would keep the agreement as it is, or not any more."""
    others = board.keeps - {seat}
    return _same_or(board, replace(board, keeps=others | {seat} if keeps else others))


def respond(board: Board, suggestion_id: str, seat: str, response: Response) -> Board:
    """Set what one seat says. It may change until the suggestion is settled."""

    def answered(suggestion: Suggestion) -> Suggestion:
        responses = {**suggestion.responses, seat: response}
        return replace(suggestion, responses=dict(sorted(responses.items())))

    return _change(board, suggestion_id, answered)


def ask_aloud(board: Board, suggestion_id: str) -> Board:
    """Note that the room was asked, "Is anyone not okay with this?"."""
    return _change(board, suggestion_id, lambda it: replace(it, asked_aloud=True))


def note_spoken_objection(board: Board, suggestion_id: str) -> Board:
    """Note that someone in the room is not okay with it: not who, not why, not how many."""
    return _change(board, suggestion_id, lambda it: replace(it, spoken_objection=True))


def clear_spoken_objection(board: Board, suggestion_id: str) -> Board:
    """It has been talked through; the room must be asked again before adopting."""

    def talked_through(it: Suggestion) -> Suggestion:
        # Only if there was one: a repeated press must not undo the asking that came after.
        return replace(it, spoken_objection=False, asked_aloud=False) if it.spoken_objection else it

    return _change(board, suggestion_id, talked_through)


def adopt(board: Board, suggestion_id: str) -> Board:
    """Make it a statement and the board a new version, in the place of what it changes.

    Only once the room was asked aloud, and while nobody objects, by phone or by voice, present
    or away. Nothing overrules that. What is adopted already stays adopted. Its alternatives are
    settled with it.
    """
    if any(statement.id == suggestion_id for statement in board.statements):
        return board
    suggestion = _find(board, suggestion_id)
    if (code := in_the_way(board, suggestion)) is not None:
        raise Refused(code)
    settled = board
    for alternative in board.suggestions:
        if alternative.matter == suggestion.matter:
            settled = _settle(settled, alternative)
    return replace(
        settled,
        statements=_with_adopted(board.statements, suggestion),
        version=board.version + 1,
        objections=_without_marks(board.objections, (suggestion.text,)),
        keeps=frozenset(),  # They said it of another text.
    )


def park(board: Board, suggestion_id: str) -> Board:
    """Keep the words, unsigned and without responses, for another time."""
    suggestion = _find(board, suggestion_id)
    if suggestion.takes_out:
        raise Refused(Code.TAKES_OUT)
    key = same_words(suggestion.text)
    # Words that were parked before keep their place and their spelling.
    again = any(same_words(text) == key for text in board.parked)
    return replace(
        _remember_objections(_settle(board, suggestion), suggestion),
        parked=board.parked if again else (*board.parked, suggestion.text),
    )


def let_go(board: Board, suggestion_id: str) -> Board:
    """Forget the suggestion, and the same words if they were parked before."""
    suggestion = _find(board, suggestion_id)
    return _remember_objections(_settle(board, suggestion), suggestion)


def still_parked(board: Board) -> tuple[str, ...]:
    """Parked words that nobody has brought up again yet.

    Parked words stay parked while they are talked about, so that an evening that ends in the
    middle loses nothing; they leave when they are adopted or let go.
    """
    open_now = {same_words(it.text) for it in board.suggestions if not it.takes_out}
    return tuple(text for text in board.parked if same_words(text) not in open_now)


def forget_seat(board: Board, seat: str) -> Board:
    """Someone left: what they said goes, and every question must be asked aloud again.

    Asked again, because otherwise removing the one who objects would clear the way. Every
    question, whoever leaves and whatever they said, so that the asking tells nothing.
    """

    def without(it: Suggestion) -> Suggestion:
        left = {other: said for other, said in it.responses.items() if other != seat}
        return replace(it, responses=left, asked_aloud=False)

    return replace(
        board,
        suggestions=tuple(map(without, board.suggestions)),
        keeps=board.keeps - {seat},
        objections={
            words: {other: it for other, it in said.items() if other != seat}
            for words, said in board.objections.items()
        },
    )


def without_persons(board: Board) -> Board:
    """The board with the words alone: what may outlive a restart.

    A spoken objection is one person's response and goes with the others; nothing can be
    adopted before the room is asked again.
    """
    words = (
        Suggestion(it.id, it.text, about=it.about, takes_out=it.takes_out)
        for it in board.suggestions
    )
    return replace(board, suggestions=tuple(words), keeps=frozenset(), objections={})


def catch_up(board: Board, statements: tuple[Statement, ...], version: int) -> Board:
    """The board after a version that was adopted elsewhere: what it settled is settled here.

    One that the board has, or is beyond, changes nothing.
    """
    if version <= board.version:
        return board
    said = {same_words(it.text) for it in statements}
    # As adopting it here would have done: what was said of the wording before is not said of this.
    changed = {*statements} ^ {*board.statements}
    adopted = {it.id for it in changed}
    settled = {it.line for it in changed}
    settled |= {it.matter for it in board.suggestions if it.id in adopted}

    caught = board
    for it in board.suggestions:
        if it.matter in settled or (not it.takes_out and same_words(it.text) in said):
            caught = _settle(caught, it)
    return replace(
        caught,
        statements=statements,
        version=version,
        parked=tuple(text for text in caught.parked if same_words(text) not in said),
        objections=_without_marks(caught.objections, (it.text for it in changed)),
        keeps=frozenset(),
    )


def _of_statements(board: Board, matters: set[str]) -> set[str]:
    """Those of the matters that are about an adopted statement."""
    return matters & {it.line for it in board.statements}


def _find(board: Board, id: str) -> Suggestion:
    for suggestion in board.suggestions:
        if suggestion.id == id:
            return suggestion
    raise Refused(Code.UNKNOWN_SUGGESTION)


def _adopted(board: Board, id: str) -> Statement:
    for statement in board.statements:
        if statement.id == id:
            return statement
    raise Refused(Code.UNKNOWN_STATEMENT)


def _change(board: Board, id: str, change: Callable[[Suggestion], Suggestion]) -> Board:
    before = _find(board, id)
    after = change(before)
    if after == before:
        return board
    return replace(
        board, suggestions=tuple(after if it is before else it for it in board.suggestions)
    )


def _same_or(board: Board, after: Board) -> Board:
    """The board that was given, where nothing changed."""
    return board if after == board else after


def _new_words(board: Board, text: str) -> str:
    """The text as it will be shown, which nobody has suggested and the group not adopted."""
    text = tidy(text)
    key = same_words(text)
    if any(same_words(it.text) == key for it in board.statements):
        raise Refused(Code.ALREADY_ADOPTED)
    if any(same_words(it.text) == key for it in board.suggestions if not it.takes_out):
        raise Refused(Code.ALREADY_SUGGESTED)
    return text


def _add(board: Board, suggestion: Suggestion) -> Board:
    if len(board.suggestions) >= MOST_SUGGESTIONS:
        raise Refused(Code.TOO_MANY_SUGGESTIONS)
    ids = {it.id for it in board.statements} | {it.id for it in board.suggestions}
    # An id that was the root of a line, or the first of a matter, is still what others point to.
    ids |= {it.line for it in board.statements} | {it.matter for it in board.suggestions}
    if suggestion.id in ids:
        raise Refused(Code.ID_TAKEN)
    return replace(board, suggestions=side_by_side((*board.suggestions, suggestion)))


def _said_of_before(board: Board, suggestion: Suggestion) -> Suggestion:
    """The suggestion with what is still objected to the same words."""
    said = board.objections.get(_mark(suggestion.text), {})
    return replace(suggestion, responses=said)


def _remember_objections(board: Board, suggestion: Suggestion) -> Board:
    """Noted for any words, objected to or not: that they are noted tells nothing."""
    if suggestion.takes_out:
        return board
    said = objections(suggestion)
    return replace(board, objections=board.objections | {_mark(suggestion.text): said})


def _without_marks(
    objections: dict[str, dict[str, Response]], texts: Iterable[str]
) -> dict[str, dict[str, Response]]:
    marks = {_mark(text) for text in texts}
    return {mark: said for mark, said in objections.items() if mark not in marks}


def _mark(text: str) -> str:
    """What words that were let go are known by, without holding them."""
    return hashlib.blake2b(same_words(text).encode(), digest_size=16).hexdigest()


def _parked_as(board: Board, gone: str, stays: str) -> tuple[str, ...]:
    """The parked words after one wording stays for both: it waits where the other waited."""
    keys = [same_words(text) for text in board.parked]
    if same_words(gone) not in keys:
        return board.parked
    if same_words(stays) in keys:
        return tuple(
            text for text, key in zip(board.parked, keys, strict=True) if key != same_words(gone)
        )
    return tuple(
        stays if key == same_words(gone) else text
        for text, key in zip(board.parked, keys, strict=True)
    )


def _with_adopted(
    statements: tuple[Statement, ...], suggestion: Suggestion
) -> tuple[Statement, ...]:
    if suggestion.takes_out:
        return tuple(it for it in statements if it.line != suggestion.about)
    if all(it.line != suggestion.matter for it in statements):
        return (*statements, Statement(suggestion.id, suggestion.text))
    new = Statement(suggestion.id, suggestion.text, suggestion.matter)
    return tuple(new if it.line == suggestion.matter else it for it in statements)


def _settle(board: Board, suggestion: Suggestion) -> Board:
    """The board without this suggestion, and without the same words among the parked."""
    key = "" if suggestion.takes_out else same_words(suggestion.text)
    return replace(
        board,
        suggestions=tuple(it for it in board.suggestions if it is not suggestion),
        parked=tuple(text for text in board.parked if same_words(text) != key),
    )
