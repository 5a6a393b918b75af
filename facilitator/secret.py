"""The key of an embedded server: made once, kept in the data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def make_private(folder: Path) -> None:
    """Make the folder, readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkdir leaves an existing folder as it was, and the umask may have widened a new one.
    folder.chmod(0o700)


def own_key(folder: Path) -> str:
    """The key in `folder`/secret.key, made at the first call."""
    place = folder / "secret.key"
    if not place.exists():
        make_private(folder)
        draft = folder / f".secret.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            # Two processes may start at once: whoever links first wins, and nobody can
            # read a half-written key.
            os.link(draft, place)
        except FileExistsError:
            pass
        except OSError:
            # Some file systems have no hard links.
            os.replace(draft, place)
        draft.unlink(missing_ok=True)
    key = place.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            "The file secret.key in the data folder is damaged. Delete it and start again; "
            "everyone will have to sign in again."
        )
    return key
