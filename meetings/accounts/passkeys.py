"""Passkeys: where they work, and that what is kept of one tells neither when nor with what."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.db.models.signals import pre_save
from django.http import HttpRequest
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

# The library wants a time when a key was made. All of ours were made then.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
NO_MAKE = bytes(16)


def work_here(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at this address: HTTPS or localhost, a name, no number."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure()
    return False


def without_traces(credential: dict[str, Any]) -> dict[str, Any]:
    """What a browser said of a new passkey, less the make of key and browser and its own words."""
    said = RegistrationResponse.from_dict(credential)
    seen = said.response.attestation_object.auth_data
    key = seen.credential_data
    if key is None:
        raise ValueError("a registration without a key")
    bare = AuthenticatorData.create(
        seen.rp_id_hash,
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(NO_MAKE, key.credential_id, key.public_key),
    )
    client = CollectedClientData.create("webauthn.create", b"", said.response.client_data.origin)
    handle = websafe_encode(key.credential_id)
    return {
        "id": handle,
        "rawId": handle,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", bare, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def forget_when(instance: Authenticator, **_signal: Any) -> None:
    """Neither when a passkey was made nor when it was used reaches the database."""
    instance.created_at = NO_TIME
    instance.last_used_at = None


def watch() -> None:
    """Once, when the apps are ready."""
    pre_save.connect(forget_when, sender=Authenticator, dispatch_uid="passkeys-without-time")
