"""A sentence for each refusal, saying what to do next, and the status it is answered with."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.functional import Promise, keep_lazy_text
from django.utils.translation import gettext_lazy as _

from agreements.shapes import Code
from agreements.texts import LONGEST
from meetings.engine.agendas import LONGEST_STEP, LONGEST_TITLE, MOST_STEPS, SHORTEST_STEP
from meetings.engine.names import LONGEST_NAME
from meetings.engine.refusals import Refusal
from meetings.engine.state import LONGEST_ANSWER


@keep_lazy_text
def _filled(sentence: str | Promise, **numbers: int) -> str:
    """A sentence with its numbers, in the language of whoever comes to read it."""
    return str(sentence) % numbers


REFUSALS = {
    Refusal.NOT_ALLOWED: (HTTPStatus.CONFLICT, _("That cannot be done right now.")),
    Refusal.REMOVED: (
        HTTPStatus.FORBIDDEN,
        _("You have been asked to step out of this meeting."),
    ),
    Refusal.LEFT: (HTTPStatus.GONE, _("You have left this meeting.")),
    Refusal.DOORS_LOCKED: (
        HTTPStatus.NOT_FOUND,
        _("This code does not open a meeting right now. Check it, or ask your facilitator."),
    ),
    Refusal.ROOM_FULL: (
        HTTPStatus.CONFLICT,
        _("The room is full. Tell your facilitator that you would like to come in."),
    ),
    Refusal.NAME_TOO_LONG: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _filled(
            _("That name is long. Use up to %(most)d characters, or leave it blank."),
            most=LONGEST_NAME,
        ),
    ),
    Refusal.STEP_HAS_PASSED: (HTTPStatus.CONFLICT, _("The meeting has moved on.")),
    Refusal.NO_SUCH_STEP: (HTTPStatus.NOT_FOUND, _("That step is not in this agenda.")),
    Refusal.TOO_MANY_STEPS: (
        HTTPStatus.CONFLICT,
        _filled(
            _(
                "This plan has %(most)d steps, and more do not fit. "
                "Skip one or use one that is there."
            ),
            most=MOST_STEPS,
        ),
    ),
    Refusal.LAST_STEP: (HTTPStatus.CONFLICT, _("One step has to stay, so that you can start.")),
    Refusal.NOT_MINUTES: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _filled(
            _("Write the minutes as a number from %(least)d to %(most)d."),
            least=SHORTEST_STEP,
            most=LONGEST_STEP,
        ),
    ),
    Refusal.TITLE_IS_EMPTY: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Give the step a name that everyone can read."),
    ),
    Refusal.TITLE_IS_LONG: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _filled(
            _("That name is long for a step. Use up to %(most)d characters."), most=LONGEST_TITLE
        ),
    ),
    Refusal.PROMPT_IS_PLANNED: (
        HTTPStatus.CONFLICT,
        _("This question is in the plan already. It can be asked once in a meeting."),
    ),
    Refusal.NOT_PREPARED: (
        HTTPStatus.CONFLICT,
        _("Your group does not have that reading or question any more. Choose another."),
    ),
    Refusal.FORM_WAS_USED: (
        HTTPStatus.CONFLICT,
        _("This form added a step before. Close it and open it once more."),
    ),
    Refusal.NO_SUCH_PART: (HTTPStatus.NOT_FOUND, _("This reading has no such part.")),
    Refusal.PART_IS_TAKEN: (
        HTTPStatus.CONFLICT,
        _("Someone took this part a moment before you. Thank you for offering."),
    ),
    Refusal.NOT_THE_READER: (
        HTTPStatus.CONFLICT,
        _("Someone else is reading this part."),
    ),
    Refusal.TOO_LONG_A_STEP: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("That is more time than a step can have."),
    ),
    Refusal.NOT_A_CHECKIN: (
        HTTPStatus.CONFLICT,
        _("This step has no question to answer."),
    ),
    Refusal.TOO_FEW_HERE: (
        HTTPStatus.CONFLICT,
        _("There are too few phones to keep answers nameless. You could go round aloud."),
    ),
    Refusal.PROMPT_WAS_USED: (
        HTTPStatus.CONFLICT,
        _("This question was asked already today. Asking twice could point to someone."),
    ),
    Refusal.CHECKIN_IS_OPEN: (
        HTTPStatus.CONFLICT,
        _("Close the check-in first, so that nobody’s answer is left hanging."),
    ),
    Refusal.CHECKIN_IS_CLOSED: (HTTPStatus.CONFLICT, _("This check-in is closed.")),
    Refusal.ALREADY_ANSWERED: (
        HTTPStatus.CONFLICT,
        _("Your phone has answered already. An answer cannot be changed or taken back."),
    ),
    Refusal.CAME_LATER: (
        HTTPStatus.CONFLICT,
        _("You came in after this question was opened. You will see the picture with everyone."),
    ),
    Refusal.LEADERS_DO_NOT_ANSWER: (
        HTTPStatus.CONFLICT,
        _("You lead this meeting, so you do not answer. That keeps the answers of others safe."),
    ),
    Refusal.NOT_AN_ANSWER: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Choose one of the answers, or pass this time."),
    ),
    Refusal.ANSWER_IS_EMPTY: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Write a few words first, or pass this time."),
    ),
    Refusal.ANSWER_IS_LONG: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _filled(
            _("That is long for one answer. Use up to %(most)d characters."), most=LONGEST_ANSWER
        ),
    ),
    Refusal.FREE_TEXT_IS_OFF: (
        HTTPStatus.CONFLICT,
        _("Your group answers in its own words only aloud. You could go round with this question."),
    ),
    Refusal.ANSWERS_ARE_BEING_READ: (
        HTTPStatus.CONFLICT,
        _("Show the answers first, or let them go."),
    ),
    Refusal.NO_SUCH_ANSWER: (HTTPStatus.NOT_FOUND, _("That answer is not in this list.")),
    Refusal.NO_SUCH_SEAT: (HTTPStatus.CONFLICT, _("That person is not here any more.")),
    Refusal.NAMES_SOMEONE: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("This seems to name someone here. You can take the name out, or send it as it is."),
    ),
    Refusal.MANY_FROM_ONE_PHONE: (
        HTTPStatus.TOO_MANY_REQUESTS,
        _("That is a lot in a short time. Let the others catch up, then send this one."),
    ),
    Code.EMPTY: (HTTPStatus.UNPROCESSABLE_ENTITY, _("Write a few words first.")),
    Code.TOO_LONG: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _filled(
            _("That is long for one statement. Use up to %(most)d characters, or make it two."),
            most=LONGEST,
        ),
    ),
    Code.ALREADY_ADOPTED: (HTTPStatus.CONFLICT, _("That is in the agreement already.")),
    Code.ALREADY_SUGGESTED: (
        HTTPStatus.CONFLICT,
        _("Someone has suggested that already."),
    ),
    Code.TOO_MANY_SUGGESTIONS: (
        HTTPStatus.CONFLICT,
        _("There is a lot to talk about already. Settle one first, then suggest this again."),
    ),
    Code.ID_TAKEN: (HTTPStatus.CONFLICT, _("Someone has suggested that already.")),
    Code.UNKNOWN_SUGGESTION: (
        HTTPStatus.CONFLICT,
        _("That suggestion is settled by now."),
    ),
    Code.UNKNOWN_STATEMENT: (
        HTTPStatus.CONFLICT,
        _("That statement has changed meanwhile. Look at it once more."),
    ),
    Code.NOT_ALIKE: (
        HTTPStatus.CONFLICT,
        _("These two are about different statements. They cannot become one."),
    ),
    Code.TAKES_OUT: (
        HTTPStatus.CONFLICT,
        _("This would take a statement out. Let it go for now; anyone can suggest it again."),
    ),
    Code.NOT_ASKED_ALOUD: (
        HTTPStatus.CONFLICT,
        _("Ask the room first: is anyone not okay with this?"),
    ),
    Code.SOMEONE_OBJECTS: (
        HTTPStatus.CONFLICT,
        _("Someone would like to talk about this first."),
    ),
}

POINTED = _("Thank you. Your facilitator sees which one, and not that it was you.")
NOT_UNDERSTOOD = _("That did not arrive whole. Try once more.")
# Redis or the database is away, for a moment as a rule.
OUT_OF_REACH = _("We cannot reach the meeting just now. Wait a moment, then try again.")
