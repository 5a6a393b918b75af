"""What outlives a restart of an embedded server: one sealed record for each running meeting.

Beside the database, in a folder of mode 0700: `ID.key` and `ID.record`, each 0600. A record holds
`without_persons(state)` and nothing else. Destroying the key leaves bytes that say nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from meetings import seals
from meetings.engine import codec
from meetings.engine.state import ABANDONED_AFTER, Meeting

PURPOSE = "running record"


class Kept(NamedTuple):
    state: Meeting
    key: bytes


class RunningRecords:
    """The folder of running records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, meeting_id: str, key: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(self._key_path(meeting_id), key)

    def save(self, meeting_id: str, key: bytes, record: bytes) -> None:
        self._write(self._record_path(meeting_id), seals.seal(key, PURPOSE, record))

    def keep_alive(self, meeting_id: str) -> bool:
        """The meeting goes on though its record has not changed. False when the record is gone."""
        try:
            os.utime(self._record_path(meeting_id))
        except FileNotFoundError:
            return False
        return True

    def destroy(self, meeting_id: str) -> None:
        path = self._key_path(meeting_id)
        try:
            # Over the same bytes on disk before the name goes, as far as a file system lets us.
            with path.open("r+b") as key:
                key.write(bytes(seals.KEY_BYTES))
                key.flush()
                os.fsync(key.fileno())
        except FileNotFoundError:
            pass
        path.unlink(missing_ok=True)
        self._record_path(meeting_id).unlink(missing_ok=True)

    def restore(self, now: float) -> Iterator[Kept]:
        """The meetings that were running a moment ago; what is older or unreadable is destroyed."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.glob("*.key")):
            kept = self._read(path.stem, now)
            if kept is None:
                self.destroy(path.stem)
            else:
                yield kept
        for path in self._folder.glob("*.record"):
            if not self._key_path(path.stem).exists():
                path.unlink(missing_ok=True)
        # A crash in the middle of a write leaves one of these, and one of them may be a key.
        for path in self._folder.glob("*.new"):
            path.unlink(missing_ok=True)

    def _read(self, meeting_id: str, now: float) -> Kept | None:
        path = self._record_path(meeting_id)
        try:
            if now - path.stat().st_mtime > ABANDONED_AFTER:
                return None
            key = self._key_path(meeting_id).read_bytes()
            state = codec.decode(seals.unseal(key, PURPOSE, path.read_bytes()))
        except (OSError, seals.Unsealable, msgspec.DecodeError):
            return None
        if state.id != meeting_id:
            # A copy under another name would outlive the meeting's end.
            return None
        # Later than any revision that a page has seen, so that it takes what comes for news.
        return Kept(msgspec.structs.replace(state, alive_at=now, revision=int(now * 1000)), key)

    def _key_path(self, meeting_id: str) -> Path:
        return self._folder / f"{meeting_id}.key"

    def _record_path(self, meeting_id: str) -> Path:
        return self._folder / f"{meeting_id}.record"

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all, readable by nobody else at any moment."""
        new = path.with_suffix(path.suffix + ".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        new.replace(path)
