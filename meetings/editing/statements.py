"""Words for the next meeting, written between meetings: refused as in a meeting, and never lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import IdeasAreOff
from agreements.shapes import Code, Refused
from meetings.between import MeetingIsOn, NothingTicked, TooOften
from meetings.sentences import REFUSALS

NOT_TAKEN = (Refused, IdeasAreOff, MeetingIsOn, NothingTicked, TooOften)

# What is said in other words than in a meeting, or in none.
_WHY: dict[object, tuple[int, Any]] = {
    Code.TOO_MANY_SUGGESTIONS: (
        HTTPStatus.CONFLICT,
        _("A lot waits for the next meeting already. Bring this one along and say it there."),
    ),
    IdeasAreOff: (
        HTTPStatus.CONFLICT,
        _("Your group takes no suggestions here right now. Bring yours along and say it there."),
    ),
    MeetingIsOn: (
        HTTPStatus.CONFLICT,
        _("A meeting is going on, and this belongs to it now. Say it there, or wait for its end."),
    ),
    NothingTicked: (HTTPStatus.UNPROCESSABLE_ENTITY, _("Tick at least one.")),
    TooOften: (
        HTTPStatus.TOO_MANY_REQUESTS,
        _("A lot came from here, or to this group. Keep your words and try again in an hour."),
    ),
}


def why_not(error: Exception) -> tuple[str, int]:
    """A sentence that says what to do next, and its status."""
    if isinstance(error, Refused) and error.code not in _WHY:
        usual, words = REFUSALS[error.code]
        return str(words), int(usual)
    status, sentence = _WHY[error.code if isinstance(error, Refused) else type(error)]
    return str(sentence), int(status)


class WordsForm(forms.Form):
    """One statement. The rules of the agreement look at it, and say what is wrong with it."""

    text = forms.CharField(
        label=_("What would help?"),
        help_text=_("One short line. It stays unsigned."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )

    @property
    def typed(self) -> str:
        """All that was written, as it was."""
        return str(self.data.get("text", ""))

    def refuse(self, sentence: str) -> None:
        """Say so at the field."""
        # What a field finds odd, such as a character that cannot be seen, the rules tidy.
        self.errors.clear()
        self.add_error("text", sentence)
        # The page begins above it.
        self.fields["text"].widget.attrs["autofocus"] = True
