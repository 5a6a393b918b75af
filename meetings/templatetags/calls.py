"""A group's call link: a link to tap, or words to read. Nothing here ever opens it."""

from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def opens(call_link: str) -> str:
    """The address a tap may open; empty when these are words, or an address without HTTPS."""
    try:
        parts = urlsplit(call_link)
        host = parts.hostname
    except ValueError:
        return ""
    whole = not any(char.isspace() for char in call_link)
    return call_link if whole and parts.scheme == "https" and host else ""
