"""Mail, where a host has set it up: one address says server, account and kind of encryption."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# scheme: port, encrypted from the start, encrypted once greeted
SCHEMES = {
    "smtps": (465, True, False),
    "smtp+tls": (587, False, True),
    "smtp": (25, False, False),
}


@dataclass(frozen=True)
class Mail:
    """What Django wants to know."""

    backend: str
    host: str = ""
    port: int = 0
    account: str = ""
    password: str = ""
    ssl: bool = False
    tls: bool = False


def mail_from(address: str) -> Mail:
    """The mail server of `smtp+tls://name:password@mail.example.org`; none when it is empty."""
    if not address:
        return Mail("django.core.mail.backends.dummy.EmailBackend")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in SCHEMES or not parts.hostname or parts.path.strip("/"):
        # The value is left out of the sentence: it holds a password.
        raise ImproperlyConfigured(
            "FACILITATOR_MAIL_URL must look like smtp+tls://name:password@mail.example.org "
            "(or smtps://, or smtp:// for a server on this machine)."
        )
    usual, ssl, tls = SCHEMES[parts.scheme]
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        parts.hostname,
        port or usual,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        ssl,
        tls,
    )
