"""Makes the regions of a page out of views: for the first page, every push, and polling alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Mapping

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from meetings.engine.views.shapes import View

_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")

Regions = Mapping[str, SafeString]
# What a piece of a region is known by, and where it is kept.
Key = tuple[Hashable, ...]
Keeps = Callable[[Key, Callable[[], SafeString]], SafeString]


def name_of(view: View) -> str:
    """`LeadNow` -> `lead_now`: the template's name, and with dashes the region's id."""
    return _WORD_START.sub("_", type(view).__name__).lower()


def _made_anew(key: Key, make: Callable[[], SafeString]) -> SafeString:
    return make()


def render(view: View, language: str, keeps: Keeps = _made_anew) -> SafeString:
    """One region's HTML. The root element's id is `region-NAME`.

    `keeps` may know a piece of it already, from another page or the last time.
    """
    with translation.override(language):
        theirs = in_language(getattr(view, "language", ""))
        context = {"view": view, "theirs": theirs, "keeps": keeps}
        return mark_safe(  # noqa: S308 - our own template made it, and escapes
            render_to_string(f"meetings/regions/_{name_of(view)}.html", context).strip()
        )


def in_language(language: str) -> SafeString:
    """What an element says of a group's own words, when the page around them is in another."""
    if not language or language == translation.get_language():
        return mark_safe("")
    direction = "rtl" if translation.get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


def partial(target: str, html: str, swap: str = "outerMorph") -> str:
    """A piece of a push or a response that replaces one element, by its selector."""
    return f'<hx-partial hx-target="{target}" hx-swap="{swap}">{html}</hx-partial>'


def partials(regions: Regions) -> str:
    """Regions as a push or a response carries them."""
    return "".join(
        partial(f"#region-{name.replace('_', '-')}", html) for name, html in regions.items()
    )


def digest(regions: Regions) -> str:
    """Equal for equal regions, so that polling can say that nothing changed."""
    return hashlib.blake2b(partials(regions).encode(), digest_size=9).hexdigest()


def said(sentence: str, where: str = "#said", sends: str = "") -> str:
    """A sentence for the person who just did something; an empty one takes the last away.

    `sends` is the id of a form: a button beside the sentence sends it as it is.
    """
    context = {"sentence": sentence, "form": sends}
    text = render_to_string("meetings/_said.html", context).strip()
    return partial(where, text, "innerHTML")


def _farewell(template: str, language: str, **context: object) -> str:
    """Replaces the whole stage: the meeting is over for whoever reads this."""
    with translation.override(language):
        html = render_to_string(f"meetings/{template}", context).strip()
    return partial("#stage", html, "outerHTML")


def ended(language: str, *, leading: bool = False) -> str:
    return _farewell("_console_over.html" if leading else "_ended.html", language)


def removed(language: str) -> str:
    return _farewell("_removed.html", language)


def left(language: str) -> str:
    """For another tab of a browser in which someone tapped Leave."""
    return _farewell("_left_elsewhere.html", language)


def signed_out(language: str) -> str:
    """For a console whose facilitator signed out in another tab."""
    return _farewell("_console_over.html", language, signed_out=True)
