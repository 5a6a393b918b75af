"""What a server for more than one laptop must not start with, and how to mend it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from facilitator.hosts import matches
from facilitator.network import is_local_host

TAG = "facilitator"


def _in_production(check: Callable[[], list[CheckMessage]]) -> Any:
    """Register a check that matters once the server answers to a name of its own."""

    def run(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
        return [] if settings.EMBEDDED else check()

    return register(run, TAG, deploy=True)


@_in_production
def no_debugging() -> list[CheckMessage]:
    """E001: debug pages and logs show what people wrote."""
    if not settings.DEBUG:
        return []
    return [
        Error(
            "Debugging is on: its pages and logs show what people wrote.",
            hint="Remove FACILITATOR_DEBUG.",
            id="facilitator.E001",
        )
    ]


@_in_production
def own_secret_key() -> list[CheckMessage]:
    """E002, E003: a key made up here is lost with the disk; a short one can be guessed."""
    if settings.SECRET_KEY_GENERATED:
        return [
            Error(
                "The secret key was made up by this server and lies on its disk.",
                hint="Set FACILITATOR_SECRET_KEY to 50 or more random characters, for example "
                'from: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
                id="facilitator.E002",
            )
        ]
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        return [
            Error(
                "The secret key is too short or too regular to be safe.",
                hint="Set FACILITATOR_SECRET_KEY to 50 or more random characters.",
                id="facilitator.E003",
            )
        ]
    return []


@_in_production
def https_only() -> list[CheckMessage]:
    """E004, E005: without HTTPS the network reads along; HTTPS is a proxy's work here."""
    if not settings.FACILITATOR_HTTPS:
        if settings.FACILITATOR_ALLOW_HTTP:
            return []
        return [
            Error(
                "HTTPS is off: others on the network could read along.",
                hint="Put a proxy with HTTPS in front and set FACILITATOR_HTTPS=1 and "
                "FACILITATOR_BEHIND_PROXY=1; or accept the risk with FACILITATOR_ALLOW_HTTP=1.",
                id="facilitator.E004",
            )
        ]
    if not settings.FACILITATOR_BEHIND_PROXY:
        return [
            Error(
                "HTTPS is on, yet no proxy is trusted to say which requests came by HTTPS.",
                hint="Let the proxy overwrite X-Forwarded-Proto and set "
                "FACILITATOR_BEHIND_PROXY=1.",
                id="facilitator.E005",
            )
        ]
    return []


@_in_production
def named_hosts() -> list[CheckMessage]:
    """E006: a wildcard lets any site pose as this one."""
    if not any("*" in host or host in ("", ".") for host in settings.FACILITATOR_HOSTS):
        return []
    return [
        Error(
            "FACILITATOR_HOSTS has a wildcard: any site could pose as this one.",
            hint="Name each host, for example FACILITATOR_HOSTS=meet.example.org.",
            id="facilitator.E006",
        )
    ]


@register(TAG, deploy=True)
def public_url_leads_here(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E007, E008: a join link that this server would not answer."""
    if not settings.FACILITATOR_PUBLIC_URL:
        return []
    parts = urlsplit(settings.FACILITATOR_PUBLIC_URL)
    schemes = ("https",) if settings.FACILITATOR_HTTPS else ("http", "https")
    extra = parts.path or parts.query or parts.fragment
    if parts.scheme not in schemes or not parts.hostname or extra:
        return [
            Error(
                "FACILITATOR_PUBLIC_URL is not the start of a link to this server.",
                hint="Write scheme and host only, for example https://meet.example.org.",
                id="facilitator.E007",
            )
        ]
    host = parts.hostname
    known = (
        is_local_host(host)
        if settings.EMBEDDED
        else any(matches(host, pattern) for pattern in settings.FACILITATOR_HOSTS)
    )
    if known:
        return []
    return [
        Error(
            "FACILITATOR_PUBLIC_URL has a host that this server does not answer.",
            hint="Add that host to FACILITATOR_HOSTS.",
            id="facilitator.E008",
        )
    ]


@register(TAG, deploy=True)
def https_needs_a_name(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E009: an embedded server speaks plain HTTP, so secure cookies would never come back."""
    if not (settings.EMBEDDED and settings.FACILITATOR_HTTPS):
        return []
    return [
        Error(
            "HTTPS is on, yet no host is named.",
            hint="Name the host in FACILITATOR_HOSTS, or remove FACILITATOR_HTTPS.",
            id="facilitator.E009",
        )
    ]


@register(TAG, deploy=True)
def debugging_is_for_builders(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: even on a laptop, debugging is for building and never for a meeting."""
    if not (settings.EMBEDDED and settings.DEBUG):
        return []
    return [
        Warning(
            "Debugging is on: do not hold a meeting like this.",
            hint="Remove FACILITATOR_DEBUG.",
            id="facilitator.W001",
        )
    ]
