"""A question for an anonymous check-in: its kind, its words, what there is to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.editing.fields import Line, tidy_line
from meetings.editing.revised import RevisedForm
from meetings.engine import bands
from meetings.engine.state import Prompt as LivePrompt
from meetings.engine.state import PromptKind
from meetings.engine.views import preview
from meetings.engine.views.shapes import CheckinForm
from meetings.models import Group, Prompt

# An answer stands on one button of a phone.
LONGEST_OPTION = 60

KINDS: dict[PromptKind, tuple[Any, Any]] = {
    PromptKind.CHOICE: (_("A choice"), _("One of two to seven answers.")),
    PromptKind.SCALE: (_("A scale"), _("One of two to seven steps, from one end to the other.")),
    PromptKind.YES_NO: (_("Yes or no"), _("We bring the two answers.")),
    PromptKind.WORDS: (_("Words that fit"), _("Up to three of five to sixteen words.")),
    PromptKind.TEXT: (
        _("Your own words"),
        _("A short line that each one writes. It carries no name, but a way to write can."),
    ),
}
WITH_OPTIONS = (PromptKind.CHOICE, PromptKind.SCALE, PromptKind.WORDS)
FEW_OR_MANY = {
    PromptKind.CHOICE: _("A choice needs %(fewest)d to %(most)d answers. Here are %(here)d."),
    PromptKind.SCALE: _("A scale needs %(fewest)d to %(most)d steps. Here are %(here)d."),
    PromptKind.WORDS: _("It needs %(fewest)d to %(most)d words to pick from. Here are %(here)d."),
}


class PromptForm(RevisedForm):
    kind = forms.ChoiceField(
        label=_("What kind of question"),
        choices=[(kind.value, name) for kind, (name, _hint) in KINDS.items()],
        error_messages={"invalid_choice": _("Choose one of these kinds.")},
    )
    answers = forms.CharField(
        label=_("Answers to choose from"),
        help_text=_("One on each line, in the order that phones show."),
        widget=forms.Textarea(attrs={"rows": 7}),
        required=False,
        strip=False,
    )

    class Meta:
        model = Prompt
        fields = ["kind", "question", "feelings", "screened"]
        field_classes = {"question": Line}
        labels = {
            "question": _("The question"),
            "feelings": _("It is about feelings"),
            "screened": _("I read the answers first"),
        }
        help_texts = {
            "question": _("It stands at the top of each phone. You also say it aloud."),
            "feelings": _("Then you get words to say to all, once the answers are shown."),
            "screened": _(
                "You may leave some out before the room sees the rest. Phones say so beforehand."
            ),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].error_messages["required"] = _("Choose what kind of question it is.")
        self.fields["answers"].initial = "\n".join(self.instance.options)

    @property
    def kinds(self) -> list[tuple[str, Any, Any]]:
        """Value, name and a few words on each."""
        return [(kind.value, name, hint) for kind, (name, hint) in KINDS.items()]

    def clean_answers(self) -> tuple[str, ...]:
        return options_in(self.cleaned_data["answers"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind = _kind(self.cleaned_data.get("kind", ""))
        options = self.cleaned_data.get("answers", ())
        if kind in WITH_OPTIONS:
            for sentence in _what_is_wrong(kind, options):
                self.add_error("answers", sentence)
        # What another kind of question would need is not kept.
        self.instance.options = list(options) if kind in WITH_OPTIONS else []
        if kind is not PromptKind.TEXT:
            self.cleaned_data["screened"] = False
        return self.cleaned_data

    def on_a_phone(self, group: Group) -> CheckinForm | None:
        """What phones say and offer before anyone answers, with the words as they are typed."""
        kind = _kind(self["kind"].value() or "")
        if kind is None:
            return None
        options = options_in(self["answers"].value() or "")
        screened = bool(self["screened"].value())
        asked = LivePrompt("", kind, "", options, screened=screened)
        return preview(asked, max(group.floor, bands.FLOOR))

    @property
    def typed_question(self) -> str:
        return tidy_line(self["question"].value() or "")


def options_in(typed: str) -> tuple[str, ...]:
    """What there is to choose from: one on each line that has something on it."""
    return tuple(filter(None, map(tidy_line, typed.splitlines())))


def _kind(value: str) -> PromptKind | None:
    return PromptKind(value) if value in set(PromptKind) else None


def _what_is_wrong(kind: PromptKind, options: tuple[str, ...]) -> list[Any]:
    wrong: list[Any] = []
    words = kind is PromptKind.WORDS
    if not bands.can_be_drawn(len(options), words=words):
        fewest, most = (
            (bands.FEWEST_WORDS, bands.MOST_WORDS)
            if words
            else (bands.FEWEST_OPTIONS, bands.MOST_OPTIONS)
        )
        wrong.append(FEW_OR_MANY[kind] % {"fewest": fewest, "most": most, "here": len(options)})
    seen: set[str] = set()
    for option in options:
        if option.casefold() in seen:
            wrong.append(_("“%(option)s” stands there twice.") % {"option": option})
        seen.add(option.casefold())
        if len(option) > LONGEST_OPTION:
            sentence = _("“%(start)s…” has %(letters)d letters. Keep each to %(most)d.")
            start = option[:20]
            wrong.append(
                sentence % {"start": start, "letters": len(option), "most": LONGEST_OPTION}
            )
    return wrong
