"""Live state as bytes, the same bytes for the same state whatever the order it was made in."""

from __future__ import annotations

import msgspec

from meetings.engine.state import Meeting

_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(Meeting)


def encode(state: Meeting) -> bytes:
    return _encoder.encode(state)


def decode(stored: bytes) -> Meeting:
    """The state back. Raises msgspec.DecodeError or ValidationError for anything else."""
    return _decoder.decode(stored)
