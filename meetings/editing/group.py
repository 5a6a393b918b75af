"""What a group says about itself: its settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.editing.fields import Line, Lines
from meetings.editing.revised import RevisedForm
from meetings.engine.bands import FLOOR
from meetings.engine.rules import MOST_SEATS
from meetings.models import Group

# Three cards are read aloud at the door; this is one of them.
LONGEST_LIMITS = 1500


class GroupForm(RevisedForm):
    """A group's settings, with the title of its agreement, which speaks the group's language."""

    agreement_title = Line(
        label=_("What you call your agreement"),
        help_text=_("“Comfort Agreement”, “How we are together”, or a name of your own."),
        max_length=80,
    )
    floor = forms.IntegerField(
        label=_("How many must answer before a picture is shown"),
        help_text=_("Five or more. With fewer, one answer could point to one person."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    limits_text = Lines(
        label=_("My limits"),
        help_text=_(
            "What you can not keep to yourself, and whom you would tell. It depends on your role "
            "and on where you live. All who come in read it on the second card."
        ),
        max_length=LONGEST_LIMITS,
        required=False,
    )

    class Meta:
        model = Group
        fields = [
            "name",
            "shown_name",
            "language",
            "limits_text",
            "crosstalk_line",
            "camera_line",
            "call_link",
            "floor",
            "free_text",
        ]
        field_classes = {
            "name": Line,
            "shown_name": Line,
            "crosstalk_line": Line,
            "camera_line": Line,
            "call_link": Line,
        }
        widgets = {
            "crosstalk_line": forms.TextInput(attrs={"list": "crosstalk-lines"}),
            "camera_line": forms.TextInput(attrs={"list": "camera-lines"}),
        }
        labels = {
            "name": _("The group’s name"),
            "shown_name": _("What phones call the meeting"),
            "crosstalk_line": _("About answering each other"),
            "camera_line": _("About cameras"),
            "call_link": _("Call link"),
            "free_text": _("Questions with answers in your own words"),
        }
        help_texts = {
            "name": _("For you and the others who lead it."),
            "shown_name": _(
                "Someone else may look at a phone. “Meeting” says nothing; so does this field when "
                "it is empty."
            ),
            "language": _(
                "What your group writes is in this language, and so is what we offer to start "
                "from. Phones speak the language they are set to, if we have it. If not, English."
            ),
            "crosstalk_line": _("One line, on every phone while people share."),
            "camera_line": _("One line, on every phone before you start and while people share."),
            "call_link": _(
                "When you meet on a call. It is shown to those who are in, and never opened by us."
            ),
            "free_text": _(
                "How someone writes can give them away. Answers carry no name, but they are not "
                "hidden. Off, unless your group wants it."
            ),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            help_text=self.fields["language"].help_text,
            choices=settings.LANGUAGES,
        )
        self.fields["agreement_title"].initial = self.instance.agreement.title

    def clean_floor(self) -> int:
        floor: int = self.cleaned_data["floor"]
        if floor < FLOOR:
            raise forms.ValidationError(_("Five is the fewest. You can ask for more, not fewer."))
        if floor > MOST_SEATS:
            raise forms.ValidationError(
                _("A meeting has %(seats)s seats at most. Choose a smaller number."),
                params={"seats": MOST_SEATS},
            )
        return floor

    @transaction.atomic
    def keep(self) -> Group:
        group: Group = super().keep()
        group.agreement.title = self.cleaned_data["agreement_title"]
        group.agreement.language = group.language
        # These alone: a meeting may be parking words in the same row.
        group.agreement.save(update_fields=["title", "language"])
        return group
