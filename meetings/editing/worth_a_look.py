"""What a facilitator may want to look at before her next meeting. Nothing here holds her up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings import starters
from meetings.engine.state import PromptKind
from meetings.models import Agenda, Group
from meetings.templatetags.calls import opens


@dataclass(frozen=True)
class Look:
    """One sentence, and the page below the group's where it can be mended."""

    sentence: str
    page: str


def worth_a_look(group: Group) -> list[Look]:
    return [*_limits(group), *_support(group), *_own_words(group), *_call(group)]


def _limits(group: Group) -> list[Look]:
    example = "\n".join(starters.library(group.language).lines.limits)
    if not group.limits_text:
        return [Look(_("The card about your limits has no words of yours yet."), "settings")]
    if group.limits_text == example:
        return [Look(_("Your limits are still our example. Are they true for you?"), "settings")]
    return []


def _support(group: Group) -> list[Look]:
    lines = list(group.support_lines.all())
    if not lines:
        return [Look(_("Help on phones has no support lines yet."), "support-lines")]
    return [
        Look(_("“%(line)s” has no number yet.") % {"line": line.name}, "support-lines")
        for line in lines
        if not any(char.isdigit() for char in line.contact)
    ]


def _own_words(group: Group) -> list[Look]:
    if group.free_text:
        return []
    asking = Agenda.objects.filter(group=group, steps__prompt__kind=PromptKind.TEXT.value)
    sentence = _("“%(agenda)s” asks for answers in your own words. They are off in Settings.")
    return [
        Look(sentence % {"agenda": agenda.name}, "settings")
        for agenda in asking.distinct().order_by("name", "pk")
    ]


def _call(group: Group) -> list[Look]:
    if not group.call_link or opens(group.call_link):
        return []
    return [Look(_("Phones show your call link as words, not as a link to tap."), "settings")]
