"""Sealing bytes with a meeting's own key, which is destroyed when the meeting ends."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12


class Unsealable(Exception):
    """Not sealed with this key for this purpose, or altered since."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def derived_key(secret: str, purpose: str) -> bytes:
    """A key for one purpose from the server's own secret; another purpose has another key."""
    return HKDF(SHA256(), KEY_BYTES, None, f"facilitator {purpose}".encode()).derive(
        secret.encode()
    )


def seal(key: bytes, purpose: str, content: bytes) -> bytes:
    """Encrypt and authenticate. What was sealed for one purpose opens for no other."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose.encode())


def unseal(key: bytes, purpose: str, sealed: bytes) -> bytes:
    """The content back. Raises Unsealable."""
    nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, content, purpose.encode())
    except (InvalidTag, ValueError):
        raise Unsealable from None
