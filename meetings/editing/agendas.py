"""A whole agenda in one form: its name, and a card for each step in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from meetings import library
from meetings.editing.fields import Line, Lines
from meetings.editing.revised import RevisedForm
from meetings.engine import agendas
from meetings.engine.agendas import Planned, Wrong
from meetings.engine.state import StepKind
from meetings.models import Agenda, AgendaStep, Group, Prompt

KINDS: dict[StepKind, Any] = {
    StepKind.WELCOME: _("Welcome"),
    StepKind.SILENCE: _("Silence"),
    StepKind.READING: _("Reading"),
    StepKind.AGREEMENT: _("Our agreement"),
    StepKind.CHECKIN: _("Check-in without names"),
    StepKind.ROUND: _("Round"),
    StepKind.SHARING: _("Open sharing"),
    StepKind.TOPIC: _("Topic"),
    StepKind.SPEAKER: _("Speaker"),
    StepKind.GROUNDING: _("Grounding"),
    StepKind.BREAK: _("Break"),
    StepKind.ANNOUNCEMENTS: _("Announcements"),
    StepKind.CLOSING: _("Closing"),
}

WRONG: dict[Wrong, Any] = {
    Wrong.NO_STEPS: _("Add at least one step, so that there is something to do together."),
    Wrong.TOO_MANY_STEPS: _(
        "There is room for %(most)d steps, and these are %(many)d. Take out some, or join them."
    ),
    Wrong.TOO_LONG: _("A meeting can last %(most)d hours. Give some steps fewer minutes."),
    Wrong.NO_QUESTION: _("A check-in needs a question. Choose one here, or another kind of step."),
    Wrong.ASKED_TWICE: _(
        "This question comes up twice. It can be asked once in a meeting. Choose another."
    ),
}
# Where on a card a sentence belongs.
BESIDE = {Wrong.NO_QUESTION: "prompt", Wrong.ASKED_TWICE: "prompt"}

KEY = re.compile(r"[0-9]{1,6}")
WHOLE_NUMBER = _("Write a whole number of minutes.")


class Select(forms.Select):
    """Drawn in one go: Django renders a template for each option, and 40 cards have thousands."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (one, mark_safe(" selected") if str(one) == chosen else "", label)
                for one, label in self.choices
            ),
        )
        drawn = flatatt(self.build_attrs({"name": name}, attrs))
        return format_html("<select{}>{}</select>", drawn, options)


class Offers:
    """The group's own readings and questions, to choose from; read once for all cards."""

    def __init__(self, group: Group) -> None:
        self.readings = [(str(one.pk), one.title) for one in group.readings.order_by("title", "pk")]
        self.prompts = [(str(one.pk), self._named(one, group)) for one in group.prompts.all()]
        self.prompts.sort(key=lambda offer: offer[1].casefold())

    def _named(self, prompt: Prompt, group: Group) -> str:
        if prompt.kind == "text" and not group.free_text:
            note = _("%(question)s (own words are off in Settings)")
            return str(note) % {"question": prompt.question}
        return prompt.question


class StepForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Kind of step"),
        widget=Select,
        choices=[(kind.value, name) for kind, name in KINDS.items()],
        error_messages={"invalid_choice": _("There is no such kind of step. Choose one here.")},
    )
    title = Line(label=_("Title"), max_length=agendas.LONGEST_TITLE)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=agendas.SHORTEST_STEP,
        max_value=agendas.LONGEST_STEP,
        # Not a number field: a browser would throw away what it does not take for one.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": WHOLE_NUMBER,
            "invalid": WHOLE_NUMBER,
            "min_value": _("A step takes at least one minute."),
            "max_value": _("A step takes at most %(limit_value)d minutes."),
        },
    )
    reading = forms.ChoiceField(
        label=_("Reading"),
        widget=Select,
        required=False,
        error_messages={
            "invalid_choice": _("This reading is not in your group. Choose another, or none.")
        },
    )
    prompt = forms.ChoiceField(
        label=_("Question"),
        widget=Select,
        required=False,
        error_messages={"invalid_choice": _("This question is not in your group. Choose another.")},
    )
    text = Lines(
        label=_("On phones"),
        required=False,
        max_length=agendas.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    script = Lines(
        label=_("Only you see this"),
        help_text=_("What to say. Put in [brackets] what to do."),
        required=False,
        max_length=agendas.LONGEST_SCRIPT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        key: str,
        offers: Offers,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, prefix=prefix_of(key))
        self.key = key
        self._choices("reading", [("", _("None in the app")), *offers.readings])
        self._choices("prompt", [("", _("Choose a question")), *offers.prompts])
        if self["kind"].value() not in [kind.value for kind in KINDS]:
            # A browser would show the first kind as if she had chosen it.
            self._choices("kind", [("", _("Choose one")), *self._of("kind").choices])

    def _of(self, name: str) -> Any:
        return self.fields[name]

    def _choices(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self._of(name).choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """What this kind of step has no place for is not on the card, so it is left out."""
        kind = self.cleaned_data.get("kind")
        if kind in agendas.WITHOUT_READING:
            self._leave_out("reading")
        if kind != StepKind.CHECKIN:
            self._leave_out("prompt")
        return self.cleaned_data

    def _leave_out(self, name: str) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = ""

    @property
    def opens_text(self) -> bool:
        """The words for phones are worth showing at once: there are some, or they are wrong."""
        return bool(self["text"].value() or self["text"].errors)

    @property
    def opens_script(self) -> bool:
        return bool(self["script"].value() or self["script"].errors)

    def planned(self) -> Planned | None:
        """What decides whether the agenda holds; None while something on the card is wrong."""
        if not self.is_valid():
            return None
        of = self.cleaned_data
        return Planned(StepKind(of["kind"]), of["minutes"], of["prompt"])

    def step(self, agenda: Agenda, order: int) -> AgendaStep:
        of = self.cleaned_data
        return AgendaStep(
            agenda=agenda,
            order=order,
            kind=of["kind"],
            title=of["title"],
            minutes=of["minutes"],
            text=of["text"],
            script=of["script"],
            reading_id=int(of["reading"]) if of["reading"] else None,
            prompt_id=int(of["prompt"]) if of["prompt"] else None,
        )


def prefix_of(key: str) -> str:
    return f"step-{key}"


def order_in(sent: QueryDict) -> list[str]:
    """The keys of the cards in the order of the page, each once."""
    return list(dict.fromkeys(key for key in sent.getlist("step") if KEY.fullmatch(key)))


class AgendaForm(RevisedForm):
    """`data`: to be checked and kept. `typed`: to be shown again as it is, and not yet judged."""

    use_required_attribute = False

    name = Line(label=_("Name of this agenda"), max_length=agendas.LONGEST_TITLE)

    class Meta:
        model = Agenda
        fields = ("name",)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        instance: Agenda,
        typed: QueryDict | None = None,
        starting: Iterable[Mapping[str, Any]] = (),
        prefix: str | None = None,
    ) -> None:
        again = {name: typed[name] for name in ("name", "revision") if typed and name in typed}
        super().__init__(data, instance=instance, initial=again, prefix=prefix)
        offers = Offers(instance.group)
        if (sent := data if data is not None else typed) is not None:
            checked = data is not None
            self.steps = [_sent_step(sent, key, offers, checked) for key in order_in(sent)]
        else:
            self.steps = [
                StepForm(initial=dict(step), key=str(place), offers=offers)
                for place, step in enumerate(starting or _kept_steps(instance))
            ]

    def focus_on(self, control: str) -> None:
        """Put the caret into a card's title when that is where she goes on."""
        for step in self.steps:
            if step["title"].auto_id == control:
                step.fields["title"].widget.attrs["autofocus"] = True

    @property
    def places(self) -> list[tuple[StepForm, int]]:
        """Each card, and after how many minutes its step begins."""
        return list(zip(self.steps, agendas.starts(self._minutes()), strict=False))

    @property
    def total(self) -> int:
        return sum(self._minutes())

    def _minutes(self) -> list[int]:
        """As far as they can be told from what is typed."""
        return [_whole(step["minutes"].value()) for step in self.steps]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        # Every card is looked at, so that all that is wrong is said at once.
        for place, wrong in agendas.wrong_with([step.planned() for step in self.steps]):
            sentence = str(WRONG[wrong])
            if place is not None:
                self.steps[place].add_error(BESIDE[wrong], sentence)
            elif wrong is Wrong.TOO_LONG:
                self.add_error(None, sentence % {"most": agendas.LONGEST_AGENDA // 60})
            elif wrong is Wrong.TOO_MANY_STEPS:
                counts = {"most": agendas.MOST_STEPS, "many": len(self.steps)}
                self.add_error(None, sentence % counts)
            else:
                self.add_error(None, sentence)

    def is_valid(self) -> bool:
        return super().is_valid() and all(step.is_valid() for step in self.steps)

    def keep(self) -> Agenda:
        """Save the agenda with just these steps. Raises library.ChangedMeanwhile."""
        try:
            with transaction.atomic():
                agenda: Agenda = super().keep()
                agenda.steps.all().delete()
                AgendaStep.objects.bulk_create(
                    step.step(agenda, order) for order, step in enumerate(self.steps, start=1)
                )
                return agenda
        except IntegrityError:
            # A reading or a question was taken out since it was checked, a moment ago.
            raise library.ChangedMeanwhile from None


def _whole(value: Any) -> int:
    """Minutes for the running total; what is no number of minutes counts as none."""
    try:
        return min(max(int(value), 0), agendas.LONGEST_AGENDA)
    except (TypeError, ValueError):
        return 0


def _sent_step(sent: QueryDict, key: str, offers: Offers, checked: bool) -> StepForm:
    if checked:
        return StepForm(sent, key=key, offers=offers)
    prefix = prefix_of(key)
    typed = {name: sent.get(f"{prefix}-{name}", "") for name in StepForm.base_fields}
    return StepForm(initial=typed, key=key, offers=offers)


def _kept_steps(agenda: Agenda) -> Iterable[dict[str, Any]]:
    if agenda._state.adding:
        return [new_step(StepKind.WELCOME), new_step(StepKind.SHARING), new_step(StepKind.CLOSING)]
    return [
        {
            "kind": step.kind,
            "title": step.title,
            "minutes": step.minutes,
            "reading": str(step.reading_id or ""),
            "prompt": str(step.prompt_id or ""),
            "text": step.text,
            "script": step.script,
        }
        for step in agenda.steps.all()
    ]


def new_step(kind: StepKind) -> dict[str, Any]:
    """A step as it comes, before she has changed anything."""
    return {
        "kind": kind.value,
        "title": str(KINDS[kind]),
        "minutes": agendas.USUAL_MINUTES[kind],
    }
