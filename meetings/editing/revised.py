"""A form over something that two facilitators may edit at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import library


class RevisedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Carries the revision that its page was made from.

    After `ChangedMeanwhile`, `on_top_of_newest()` makes the same form again, with everything she
    typed, that will replace the newest when she sends it once more.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["revision"].initial = self.instance.revision
        for field in self.fields.values():
            field.error_messages["required"] = _("Write something here first.")

    def keep(self) -> Any:
        """Save. Raises library.ChangedMeanwhile, and nothing has changed."""
        kept = self.save(commit=False)
        library.keep(kept, self.cleaned_data["revision"])
        return kept

    def on_top_of_newest(self) -> RevisedForm:
        newest = type(self.instance)._default_manager.get(pk=self.instance.pk)
        again = QueryDict(mutable=True)
        again.update(self.data)
        again[self.add_prefix("revision")] = str(newest.revision)
        return type(self)(again, instance=newest, prefix=self.prefix)

    def theirs(self) -> list[tuple[Any, str]]:
        """Field by field, what the newest says where she wrote something else."""
        return [
            (field.label, _as_words(field, self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name != "revision"
            and field.has_changed(self.get_initial_for_field(field, name), self[name].data)
        ]


def _as_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value if value not in (None, "") else gettext("Nothing"))
