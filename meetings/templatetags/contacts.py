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
KEYWORD = re.compile(r"\btext\s+([A-Z]{2,})\s+to\b")
TEXTING = re.compile(r"\b(text|sms)\b", re.IGNORECASE)
CALLING = re.compile(r"\b(call|phone|ring|tel)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """One way to get in touch: where it leads and what its button says."""

    href: str
    text: str


@register.filter
def ways(contact: str) -> list[Way]:
    """Links to call or to text the first number in the contact; none when there is no number."""
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
        links.append(Way(f"tel:{dialled}", _("Call %(number)s") % {"number": shown}))
    if texting:
        keyword = KEYWORD.search(re.sub(r"(?i)\btext\b", "text", contact))
        if keyword:
            word = keyword.group(1)
            text = _("Text %(word)s to %(number)s") % {"word": word, "number": shown}
            links.append(Way(f"sms:{dialled}?body={quote(word)}", text))
        else:
            links.append(Way(f"sms:{dialled}", _("Text %(number)s") % {"number": shown}))
    return links
