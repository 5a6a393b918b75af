"""A passkey in software: answers as a browser does, and says more about itself than it must."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG
MAKE = bytes(range(16))
BROWSER = "a browser of this very make"


class SoftKey:
    def __init__(self, origin: str = "https://meet.example.org") -> None:
        self.origin = origin
        self._rp = sha256(origin.rpartition("/")[2].partition(":")[0].encode()).digest()
        self._secret = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(32)
        self._whose = b""

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a registration's options, as the page sends it."""
        asked = options["creation_options"]["publicKey"]
        self._whose = asked["user"]["id"].encode()
        said = CollectedClientData.create(
            "webauthn.create", asked["challenge"], self.origin, browser=BROWSER
        )
        public = ES256.from_cryptography_key(self._secret.public_key())
        data = AuthenticatorData.create(
            self._rp,
            FLAG.UP | FLAG.UV | FLAG.AT | FLAG.BE | FLAG.BS,
            7,
            AttestedCredentialData.create(MAKE, self._id, public),
        )
        return self._sent(
            {
                "clientDataJSON": websafe_encode(said),
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
                "transports": ["internal", "hybrid"],
            }
        )

    def answer(self, options: dict[str, Any]) -> str:
        """The answer to a question at the sign-in page."""
        asked = options["request_options"]["publicKey"]
        said = CollectedClientData.create("webauthn.get", asked["challenge"], self.origin)
        data = AuthenticatorData.create(self._rp, FLAG.UP | FLAG.UV, 8)
        signature = self._secret.sign(
            bytes(data) + sha256(said).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._sent(
            {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self._whose.decode(),
            }
        )

    def _sent(self, response: dict[str, Any]) -> str:
        handle = websafe_encode(self._id)
        return json.dumps(
            {
                "id": handle,
                "rawId": handle,
                "type": "public-key",
                "authenticatorAttachment": "platform",
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
