"""Fields for words that a group shows: what cannot be seen is left out, and nothing is cut."""

from __future__ import annotations

import unicodedata
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from meetings.engine.names import is_dropped

TOO_LONG = _("This has %(show_value)d letters. Keep it to %(limit_value)d.")
# Zones of these names keep the hours of Panama and Phoenix all year, which is not what someone in
# New York or Denver means by them.
WITHOUT_SUMMER = {"est", "mst"}
LINE_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n"})


def tidy_line(text: str) -> str:
    """One line as it is shown: nothing that hides, reorders or controls, and single spaces."""
    seen = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or not is_dropped(char)
    )
    return " ".join(seen.split())


def tidy_prose(text: str) -> str:
    """Lines as they are shown, with at most one empty line between two."""
    one_kind = text.replace("\r\n", "\n").replace("\u2029", "\n\n").translate(LINE_BREAKS)
    lines: list[str] = []
    for line in map(tidy_line, one_kind.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


class _Words(forms.CharField):
    default_error_messages = {"required": _("Write something here first.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [
            MaxLengthValidator(validator.limit_value, TOO_LONG)
            if isinstance(validator, MaxLengthValidator)
            else validator
            for validator in self.validators
        ]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without a length: a browser would cut what is pasted, and say nothing."""
        attrs = super().widget_attrs(widget)
        for name in ("maxlength", "minlength"):
            attrs.pop(name, None)
        return attrs


class Line(_Words):
    """One line of words."""

    def to_python(self, value: Any) -> str:
        return tidy_line(super().to_python(value) or "")


class Lines(_Words):
    """Words in lines."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return tidy_prose(super().to_python(value) or "")


class TimeZone(Line):
    """A time zone by its name, however someone writes it: "new york" is America/New_York."""

    default_error_messages = {
        "unknown": _("We do not know this time zone. Write a large city in it, like New York."),
    }

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        found = zone_named(written)
        if found is None and written:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found or ""


def zone_named(written: str) -> str | None:
    """The zone of that name, or the one whose city it is; None when there is no such zone."""
    wanted = written.strip().replace(" ", "_").casefold()
    if wanted in WITHOUT_SUMMER:
        return None
    by_city: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if name.casefold() == wanted:
            return name
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/")):
            by_city.setdefault(name.rpartition("/")[2].casefold(), name)
    return by_city.get(wanted)
