"""A reading: its title, and its parts in the order in which they are read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.editing import parts
from meetings.editing.fields import Line
from meetings.editing.revised import RevisedForm
from meetings.engine.views.shapes import ReadingPart
from meetings.models import Reading


class ReadingForm(RevisedForm):
    """With `now` it shows the parts as they stand on the page, before anything is saved."""

    class Meta:
        model = Reading
        fields = ["title"]
        field_classes = {"title": Line}
        labels = {"title": _("Title")}

    def __init__(self, *arguments: Any, now: parts.Parts | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if now is not None:
            self.parts = now
        elif self.is_bound:
            self.parts = sent_parts(self.data)
        else:
            # A new one: room to paste a whole text.
            self.parts = tuple(self.instance.parts) or ("",)

    def clean(self) -> dict[str, Any]:
        kept = parts.tidied(self.parts)
        if not kept:
            self.add_error(None, _("Write at least one part, so that there is something to read."))
        if len(kept) > parts.MOST_PARTS:
            sentence = _("These are %(parts)d parts. A reading has %(most)d at most: join some.")
            self.add_error(None, sentence % {"parts": len(kept), "most": parts.MOST_PARTS})
        for number, letters in self.too_long():
            sentence = _(
                "Part %(number)d has %(letters)d letters. A phone shows %(most)d: split it."
            )
            numbers = {"number": number, "letters": letters, "most": parts.LONGEST_PART}
            self.add_error(None, sentence % numbers)
        self.instance.parts = list(kept)
        return self.cleaned_data

    def too_long(self) -> list[tuple[int, int]]:
        """Parts too long for a phone, as they are numbered on the page, and their letters."""
        longest = [max(map(len, parts.tidied((part,))), default=0) for part in self.parts]
        return [
            (number, letters)
            for number, letters in enumerate(longest, start=1)
            if letters > parts.LONGEST_PART
        ]

    @property
    def rows(self) -> list[tuple[str, list[ReadingPart | None]]]:
        """Each part as it is typed, and as phones would show it."""
        return as_on_phones(self.parts)

    def theirs(self) -> list[tuple[Any, str]]:
        """The reading as it is kept now."""
        newest = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return [(newest.title, "\n\n".join(newest.parts))]


def sent_parts(sent: Any) -> parts.Parts:
    """What a page sent (a QueryDict), part by part."""
    return tuple(sent.getlist("part"))


def as_on_phones(typed: parts.Parts) -> list[tuple[str, list[ReadingPart | None]]]:
    """Each part as it is typed, and as phones would show it: an empty line makes two of one.

    None stands for one that is too long for a phone.
    """
    pieces = [parts.tidied((part,)) for part in typed]
    of = sum(map(len, pieces))
    rows, number = [], 0
    for part, shown in zip(typed, pieces, strict=True):
        views = [
            ReadingPart(text, place, of, None, place == of)
            if len(text) <= parts.LONGEST_PART
            else None
            for place, text in enumerate(shown, start=number + 1)
        ]
        number += len(shown)
        rows.append((part, views))
    return rows
