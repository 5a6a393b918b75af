"""What arrives from a page, checked for shape and made into a command. Rules decide the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.shapes import Response
from meetings import preparation
from meetings.engine import commands as c

NOT_WHOLE = "not whole"


class DoorForm(forms.Form):
    """What is written has no width here: its own rule refuses it, in its own words."""

    name = forms.CharField(required=False, strip=False)
    listening = forms.BooleanField(required=False)
    first_time = forms.BooleanField(required=False)

    def command(self) -> c.Join:
        of = self.cleaned_data
        return c.Join(of["name"], first_time=of["first_time"], listening=of["listening"])


class CodeForm(forms.Form):
    code = forms.CharField(required=False, max_length=200)

    def clean_code(self) -> str:
        """The code as it is kept: capitals, without spaces or dashes or what no code has.

        Also from a whole address, which is where the last letters are read from.
        """
        typed: str = self.cleaned_data["code"].strip().rpartition("/")[2].upper()
        return "".join(char for char in typed if char.isascii() and char.isalnum())


class StepForm(forms.Form):
    step = forms.CharField(max_length=64)

    def go_to(self) -> c.GoTo:
        return c.GoTo(self.cleaned_data["step"])

    def open_checkin(self) -> c.OpenCheckin:
        return c.OpenCheckin(self.cleaned_data["step"])

    def close_checkin(self) -> c.CloseCheckin:
        return c.CloseCheckin(self.cleaned_data["step"])

    def show_answers(self) -> c.ShowAnswers:
        return c.ShowAnswers(self.cleaned_data["step"])

    def discard_answers(self) -> c.DiscardAnswers:
        return c.DiscardAnswers(self.cleaned_data["step"])


class PlaceForm(StepForm):
    """One of the answers that a facilitator reads first."""

    place = forms.IntegerField(min_value=0, max_value=999)

    def leave_out(self) -> c.LeaveOut:
        return c.LeaveOut(self.cleaned_data["step"], self.cleaned_data["place"])

    def take_back_in(self) -> c.TakeBackIn:
        return c.TakeBackIn(self.cleaned_data["step"], self.cleaned_data["place"])


class AfterForm(forms.Form):
    """Which step a step follows; in the lobby an empty one puts it first."""

    after = forms.CharField(required=False, max_length=64)

    def clean(self) -> None:
        if "after" not in self.data:
            raise forms.ValidationError(NOT_WHOLE)


class NewStepForm(AfterForm):
    """A step to add. What it is made of is found by `preparation.new_step`."""

    id = forms.RegexField(r"\A[0-9a-f]{16}\Z")
    what = forms.RegexField(r"\A(kind-[a-z]{1,20}|(reading|prompt)-[0-9]{1,18})\Z")
    title = forms.CharField(required=False, strip=False)
    minutes = forms.CharField(required=False, max_length=20)

    def clean_minutes(self) -> int:
        """The number that was written, or none that a step can have: the rules say it in words."""
        written: str = self.cleaned_data["minutes"]
        return int(written) if written.isascii() and written.isdigit() else 0


class PartForm(StepForm):
    part = forms.IntegerField(min_value=0, max_value=999)

    def _parts(self) -> tuple[str, int]:
        return self.cleaned_data["step"], self.cleaned_data["part"]

    def take(self) -> c.TakePart:
        return c.TakePart(*self._parts())

    def give_back(self) -> c.GiveBackPart:
        return c.GiveBackPart(*self._parts())

    def turn(self) -> c.TurnToPart:
        return c.TurnToPart(*self._parts())


class ExtraForm(StepForm):
    extra = forms.IntegerField(min_value=0, max_value=24 * 60 * 60)

    def extend(self) -> c.Extend:
        return c.Extend(self.cleaned_data["step"], self.cleaned_data["extra"])


class Choices(forms.Field):
    """Every value sent under one name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return [str(one) for one in value or []]


class AnswerForm(StepForm):
    """Option numbers, or words, or the one letter that stands for a pass."""

    PASS = "p"  # noqa: S105 - it opens nothing

    choice = Choices(required=False)
    text = forms.CharField(required=False, strip=False)

    def clean_choice(self) -> list[str]:
        choices: list[str] = self.cleaned_data["choice"]
        if choices == [self.PASS]:
            return choices
        if not all(one.isascii() and one.isdigit() and len(one) <= 3 for one in choices):
            raise forms.ValidationError(_("Choose one of the answers, or pass this time."))
        return choices

    def command(self) -> c.Answer | c.WriteAnswer | c.Pass:
        step, choices = self.cleaned_data["step"], self.cleaned_data["choice"]
        if choices == [self.PASS]:
            return c.Pass(step)
        if "text" in self.data:
            return c.WriteAnswer(step, self.cleaned_data["text"])
        return c.Answer(step, tuple(int(one) for one in choices))


class StatementForm(forms.Form):
    """`as_it_is`: its writer has read that it names someone."""

    text = forms.CharField(required=False, strip=False)
    as_it_is = forms.BooleanField(required=False)

    def suggest(self) -> c.Suggest:
        of = self.cleaned_data
        return c.Suggest(preparation.new_id(), of["text"], as_it_is=of["as_it_is"])

    def reword(self, suggestion: str) -> c.Reword:
        of = self.cleaned_data
        return c.Reword(suggestion, preparation.new_id(), of["text"], as_it_is=of["as_it_is"])


class AlikeForm(forms.Form):
    """The suggestion that becomes one with another."""

    gone = forms.CharField(max_length=64)


class BroughtForm(forms.Form):
    """What every screen shows: an empty one takes it away."""

    statement = forms.CharField(required=False, max_length=64)

    def clean(self) -> None:
        if "statement" not in self.data:
            raise forms.ValidationError(NOT_WHOLE)


class ResponseForm(forms.Form):
    response = forms.TypedChoiceField(
        choices=[(response.value, response.value) for response in Response],
        coerce=Response,
    )


class SeatForm(forms.Form):
    seat = forms.CharField(max_length=64)
    lock = forms.BooleanField(required=False)


class DoorsForm(forms.Form):
    """Which agenda the doors open with: none means the first."""

    agenda = forms.IntegerField(required=False, min_value=0)


class KeysForm(forms.Form):
    on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda on: on == "1")
