"""Pieces of regions that many pages show alike: each is made once for all of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **of: Any) -> SafeString:
    """A template with nothing but these values in it, which have to be hashable, and `theirs`.

    On thirty phones a card differs by what its owner responds, and by nothing else.
    """

    def make() -> SafeString:
        html = render_to_string(
            f"meetings/regions/{name}.html", {**of, "theirs": context["theirs"]}
        )
        return mark_safe(html.strip())  # noqa: S308 - our own template made it, and escapes

    html: SafeString = context["keeps"]((name, *of.items(), context["theirs"]), make)
    return html
