"""How the library that signs facilitators in behaves here: our sentences, no notes, no new ways.

It is asked to check passwords, passkeys and recovery links. Pages, their addresses and what may
be changed are ours (meetings/views/accounts).
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import smtplib
import threading
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings import addresses, rationing

log = logging.getLogger("meetings.accounts")

MAIL_THREAD = "mail"
_KEY = secrets.token_bytes(32)
WRONG = _("That name and password do not go together. Check both and try once more.")


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": _(
            "That was wrong too many times. Wait ten minutes, or use a sign-in link."
        ),
        "duplicate_email": _("This is your address already."),
        "incorrect_code": _("This passkey does not fit. Try once more, or use your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account starts with an invitation, or with the server itself."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Her session keeps who she is, and not when, by which name or how she signed in."""
        super().login(request, user)
        clear_login(request)

    def get_login_stages(self) -> list[str]:
        """A password is enough, and so is a passkey: her laptop may be out of battery."""
        return []

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of this site."""
        if not url or not url.startswith("/") or url.startswith(("//", "/\\")):
            return False
        return bool(super().is_safe_url(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """For limits that live in this process's memory; a digest whose key dies with it."""
        address = rationing.address_of(request)
        return hmac.digest(_KEY, address.encode(), hashlib.sha256).hex()

    def get_reset_password_from_key_url(self, key: str) -> str:
        return addresses.link(self.request, f"/account/recovery/key/{key}/")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return addresses.link(request, f"/account/email/{emailconfirmation.key}/")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In a thread: how long an answer takes must not tell whether there is an account."""
        message = self.render_mail(template_prefix, email, context | {"request": self.request})
        threading.Thread(target=_send, args=(message,), name=MAIL_THREAD).start()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        log.error("a mail was not sent", exc_info=error)


class Passkeys(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": Accounts.error_messages["incorrect_code"],
    }

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        """What her device shows beside the key: her name here, and no address."""
        return str(user)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """A passkey is a way in of its own, never a second lock."""
        return False
