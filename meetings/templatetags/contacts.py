"""Turns a support line's contact, as a group wrote it, into links a phone can follow."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django import template
from django.utils.translation import gettext as _

register = template.Library()

NUMBER = re.compile(r"\+?\d[\d\s().\u2010-\u2015-]*\d")
FEWEST_DIGITS = 3
# "Text HOME to 741741": the word that the line waits for.
KEYWORD = re.compile(r"\b(?i:text|manda|envía|escribe)\s+([A-Z]{2,})\s+(?i:to|al)\b")
# "Call 988 and press 1": a phone dials, and a person presses.
KEY = re.compile(r"\b(?:press|oprime|presiona)\s+(\d)\b", re.IGNORECASE)
TEXTING = re.compile(r"\b(text|sms|manda|envía|escribe|texto)\b", re.IGNORECASE)
CALLING = re.compile(r"\b(call|phone|ring|tel|llama|llamar|marca)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """One way to get in touch: where it leads and what its button says."""

    href: str
    text: str


@register.filter
def ways(contact: str) -> list[Way]:
    """Links to call or to text the first number before each semicolon; none without a number."""
    return [way for clause in contact.split(";") for way in _ways_of(clause)]


def _ways_of(contact: str) -> list[Way]:
    found = NUMBER.search(contact)
    if found is None:
        return []
    shown = found.group().strip()
    dialled = re.sub(r"[^\d+]", "", shown)
    if len(dialled) < FEWEST_DIGITS:
        return []
    texting = TEXTING.search(contact) is not None
    links = []
    if CALLING.search(contact) or not texting:
        key = KEY.search(contact)
        if key:
            text = _("Call %(number)s, then press %(key)s") % {"number": shown, "key": key.group(1)}
        else:
            text = _("Call %(number)s") % {"number": shown}
        links.append(Way(f"tel:{dialled}", text))
    if texting:
        keyword = KEYWORD.search(contact)
        if keyword:
            word = keyword.group(1)
            text = _("Text %(word)s to %(number)s") % {"word": word, "number": shown}
            links.append(Way(f"sms:{dialled}?body={quote(word)}", text))
        else:
            links.append(Way(f"sms:{dialled}", _("Text %(number)s") % {"number": shown}))
    return links
