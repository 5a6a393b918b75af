"""A group's support lines, all in one form: added, taken out and put in order before saving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.editing.fields import Line
from meetings.editing.revised import RevisedForm
from meetings.editing.rows import Act, rearranged
from meetings.models import Group, SupportLine
from meetings.starters.shapes import StarterLine

# All of them are on every phone's Help page, whoever needs them scrolls past the others.
MOST_LINES = 20
COLUMNS = ("name", "contact", "who", "hours", "emergency")

Row = tuple[str, ...]


class LineForm(forms.Form):
    """One line. Every line has the same names, so that their order is the order of the page."""

    name = Line(label=_("Name"), max_length=80)
    contact = Line(label=_("Number, or how to text"), max_length=80)
    hours = Line(label=_("Hours"), max_length=80)
    who = Line(label=_("Who answers"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    emergency = Line(
        label=_("Whether they may call emergency services"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, row: Row, number: int, *, is_checked: bool, is_new: bool) -> None:
        filled = dict(zip(COLUMNS, row, strict=True))
        super().__init__(
            filled if is_checked else None, initial=filled, auto_id=f"line-{number}-%s"
        )
        self.number = number
        if is_new:
            self.fields["name"].widget.attrs["autofocus"] = True
        for field in self.fields.values():
            field.error_messages["required"] = _("Write something here first.")


class SupportLinesForm(RevisedForm):
    """All lines of a group. The group's revision guards them.

    With `rows` it shows them as they stand on the page, without a word about what is missing, and
    goes on in the `new` one.
    """

    class Meta:
        model = Group
        fields: list[str] = []

    def __init__(
        self,
        *arguments: Any,
        rows: tuple[Row, ...] | None = None,
        new: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        if rows is None:
            rows = sent_rows(self.data) if self.is_bound else kept_rows(self.instance)
        self.rows = rows
        self.new = new

    @property
    def lines(self) -> list[LineForm]:
        """Line by line. What was sent to be saved says what is wrong with it."""
        return [
            LineForm(row, number, is_checked=self.is_bound and any(row), is_new=number == self.new)
            for number, row in enumerate(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        written = [row for row in self.rows if any(row)]
        if len(written) > MOST_LINES:
            raise forms.ValidationError(
                _("There are %(lines)d lines here. Help on phones has room for %(most)d."),
                params={"lines": len(written), "most": MOST_LINES},
            )
        for line in self.lines:
            if line.errors:
                number = line.number + 1
                self.add_error(None, _("Line %(number)d needs a look.") % {"number": number})
        return self.cleaned_data

    @transaction.atomic
    def keep(self) -> Group:
        lines = [line for line in self.lines if line.is_valid()]
        group: Group = super().keep()
        group.support_lines.all().delete()
        SupportLine.objects.bulk_create(
            SupportLine(group=group, order=order, **line.cleaned_data)
            for order, line in enumerate(lines, start=1)
        )
        return group

    def theirs(self) -> list[tuple[Any, str]]:
        """The lines as they are kept now."""
        return [(row[0], "\n".join(filter(None, row[1:]))) for row in kept_rows(self.instance)]


def kept_rows(group: Group) -> tuple[Row, ...]:
    return tuple(
        tuple(getattr(line, column) for column in COLUMNS) for line in group.support_lines.all()
    )


def sent_rows(sent: Any) -> tuple[Row, ...]:
    """What a page sent (a QueryDict), line by line: it sends every column of every line."""
    columns = [sent.getlist(column) for column in COLUMNS]
    return tuple(zip(*columns, strict=False))


def after(
    rows: tuple[Row, ...], act: Act, starters: tuple[StarterLine, ...]
) -> tuple[tuple[Row, ...], int]:
    """The rows after a button that saves nothing, and the row to go on from."""
    if act.verb == "add":
        return (*rows, ("",) * len(COLUMNS)), len(rows)
    if act.verb == "starters":
        there = {row[:2] for row in rows}
        ours = tuple(tuple(getattr(line, column) for column in COLUMNS) for line in starters)
        fresh = tuple(row for row in ours if row[:2] not in there)
        return rows + fresh, len(rows) if fresh else -1
    return rearranged(rows, act)
