"""Why a command changed nothing."""

from __future__ import annotations

from enum import StrEnum

from agreements import shapes


class Refusal(StrEnum):
    """Why a command changed nothing. Pages have a sentence for each."""

    NOT_ALLOWED = "not-allowed"
    REMOVED = "removed"
    LEFT = "left"
    DOORS_LOCKED = "doors-locked"
    ROOM_FULL = "room-full"
    NAME_TOO_LONG = "name-too-long"
    STEP_HAS_PASSED = "step-has-passed"
    NO_SUCH_STEP = "no-such-step"
    TOO_MANY_STEPS = "too-many-steps"
    LAST_STEP = "last-step"
    NOT_MINUTES = "not-minutes"
    TITLE_IS_EMPTY = "title-is-empty"
    TITLE_IS_LONG = "title-is-long"
    PROMPT_IS_PLANNED = "prompt-is-planned"
    NOT_PREPARED = "not-prepared"
    FORM_WAS_USED = "form-was-used"
    NO_SUCH_PART = "no-such-part"
    PART_IS_TAKEN = "part-is-taken"
    NOT_THE_READER = "not-the-reader"
    TOO_LONG_A_STEP = "too-long-a-step"
    NOT_A_CHECKIN = "not-a-checkin"
    TOO_FEW_HERE = "too-few-here"
    PROMPT_WAS_USED = "prompt-was-used"
    CHECKIN_IS_OPEN = "checkin-is-open"
    CHECKIN_IS_CLOSED = "checkin-is-closed"
    ALREADY_ANSWERED = "already-answered"
    CAME_LATER = "came-later"
    LEADERS_DO_NOT_ANSWER = "leaders-do-not-answer"
    NOT_AN_ANSWER = "not-an-answer"
    ANSWER_IS_EMPTY = "answer-is-empty"
    ANSWER_IS_LONG = "answer-is-long"
    FREE_TEXT_IS_OFF = "free-text-is-off"
    ANSWERS_ARE_BEING_READ = "answers-are-being-read"
    NO_SUCH_ANSWER = "no-such-answer"
    NO_SUCH_SEAT = "no-such-seat"
    NAMES_SOMEONE = "names-someone"
    MANY_FROM_ONE_PHONE = "many-from-one-phone"


class Refused(Exception):
    """A command was refused, and nothing changed. `code` is a Refusal or an agreement's own."""

    def __init__(self, code: Refusal | shapes.Code) -> None:
        super().__init__(code.value)
        self.code = code
