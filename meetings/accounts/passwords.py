"""What a password has to be: long, not one that everybody tries, and not the name."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Facilitator


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "Use at least %(least)d letter. A few words in a row are good.",
            "Use at least %(least)d letters. A few words in a row are good.",
            self.min_length,
        ) % {"least": self.min_length}


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this one, so it is easy to guess. Choose another.")


class NotTheName:
    """The name stands on the group's page, so it is no secret."""

    def validate(self, password: str, user: Facilitator | None = None) -> None:
        name = getattr(user, "name", "")
        if name and name.casefold() in password.casefold() and len(password) < 2 * len(name):
            raise ValidationError(_("This is too close to your name. Choose another."))

    def get_help_text(self) -> str:
        return ""
