"""When a group meets: one of its times, and its time zone."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.editing.fields import TimeZone
from meetings.editing.revised import RevisedForm
from meetings.models import Group, MeetingTime

EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
FEWEST_MINUTES, MOST_MINUTES = 5, 480
MOST_TIMES = 20

FAR_AWAY = _("Choose a date between 2000 and 2099.")
NO_DATE = _("Write the date like this: 2026-12-02.")
NO_TIME = _("Write the time like this: 19:00, or 7:00 pm.")
LENGTH = _("Between 5 minutes and 8 hours, as a whole number of minutes.")


def _date_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        # As browsers send it; the others are for those who have to type.
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"],
        error_messages={"invalid": NO_DATE},
        validators=[
            MinValueValidator(EARLIEST, FAR_AWAY),
            MaxValueValidator(LATEST, FAR_AWAY),
        ],
        **options,
    )


class MeetingTimeForm(RevisedForm):
    """One of a group's times. A new one needs an instance with its group."""

    first = _date_field(
        label=_("First date"),
        help_text=_(
            "It also says which weekday, or which day of the month. It may be in the past."
        ),
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I:%M%p", "%I%p"],
        error_messages={"invalid": NO_TIME},
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 5, "max": MOST_MINUTES}),
        error_messages={"invalid": LENGTH},
        validators=[
            MinValueValidator(FEWEST_MINUTES, LENGTH),
            MaxValueValidator(MOST_MINUTES, LENGTH),
        ],
    )
    until = _date_field(
        label=_("Last date"),
        help_text=_("Leave it empty when there is no end."),
        required=False,
    )

    class Meta:
        model = MeetingTime
        fields = ["rhythm", "first", "time", "minutes", "until"]
        labels = {"rhythm": _("How often")}
        help_texts = {
            "rhythm": _(
                "By weekday: a first date on a third Wednesday means each third Wednesday, and a "
                "fifth means the last one. By date: where a month is too short, its last day."
            ),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Without the row of dashes: the first choice is the one that most groups need.
        self.fields["rhythm"].choices = MeetingTime._meta.get_field("rhythm").choices  # type: ignore[attr-defined]

    def clean_time(self) -> datetime.time:
        written: datetime.time = self.cleaned_data["time"]
        return written.replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, until = cleaned.get("first"), cleaned.get("until")
        if first and until and until < first:
            self.add_error("until", _("The last date is before the first one. Change one of them."))
        same = self._same()
        if same and not self._is_sent_twice(same):
            raise forms.ValidationError(
                _("Your group has this time already. Change that one instead.")
            )
        if self.instance._state.adding and not same and self._others().count() >= MOST_TIMES:
            raise forms.ValidationError(
                _("A group can have %(most)s times. Take one out first.") % {"most": MOST_TIMES}
            )
        return cleaned

    @transaction.atomic
    def keep(self) -> MeetingTime:
        """Save. What is sent twice, as by a double click, is there once."""
        # The second waits here for the first.
        Group.objects.select_for_update().get(pk=self.instance.group_id)
        same = self._same()
        if same and self._is_sent_twice(same):
            return same
        kept: MeetingTime = super().keep()
        return kept

    def _others(self) -> QuerySet[MeetingTime]:
        others: QuerySet[MeetingTime] = self.instance.group.meeting_times.exclude(
            pk=self.instance.pk
        )
        return others

    def _same(self) -> MeetingTime | None:
        """Another of the group's times that begins at the same moments."""
        names = ("rhythm", "first", "time")
        if not all(name in self.cleaned_data for name in names):
            return None
        return self._others().filter(**{name: self.cleaned_data[name] for name in names}).first()

    def _is_sent_twice(self, same: MeetingTime) -> bool:
        return self.instance._state.adding and all(
            getattr(same, name) == self.cleaned_data.get(name) for name in ("minutes", "until")
        )


class ZoneForm(RevisedForm):
    """The time zone that all of a group's times are in."""

    time_zone = TimeZone(
        label=_("Time zone"),
        help_text=_("Empty the field and write a large city, like New York or Madrid."),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    class Meta:
        model = Group
        fields = ["time_zone"]


@cache
def zones_to_choose() -> list[tuple[str, str]]:
    """Every zone that is called by a place, and the place as it is said."""
    names = sorted(name for name in available_timezones() if _is_a_place(name))
    return [(name, name.rpartition("/")[2].replace("_", " ")) for name in names]


def _is_a_place(name: str) -> bool:
    # The others are old spellings, and hours that never change with the season.
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
