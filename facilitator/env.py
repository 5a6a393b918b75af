"""Read settings from the environment; an odd value stops the start and names its variable."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding spaces; the default when it is unset or empty."""
    value = os.environ.get(name, "").strip()
    if "\n" in value or "\x00" in value:
        raise ImproperlyConfigured(f"{name} must be a single line of text.")
    return value or default


def boolean(name: str, default: bool = False) -> bool:
    """True or False from 1/0, true/false, yes/no or on/off."""
    value = text(name).lower()
    if not value:
        return default
    if value in YES:
        return True
    if value in NO:
        return False
    # The value is left out of the sentence: it could be a secret put into the wrong variable.
    raise ImproperlyConfigured(f"{name} must be 1 or 0 (also true/false, yes/no, on/off).")


def whole_number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between `least` and `most`, both included."""
    value = text(name)
    number = default
    if value:
        # isdecimal() alone lets digits of other scripts through; int() alone lets "1_000".
        if not (value.isascii() and value.isdecimal()):
            raise ImproperlyConfigured(f"{name} must be a whole number in digits.")
        number = int(value)
    if number < least or (most is not None and number > most):
        upper = f" and at most {most}" if most is not None else ""
        raise ImproperlyConfigured(f"{name} must be at least {least}{upper}.")
    return number


def names(name: str) -> list[str]:
    """A list from a comma-separated value; empty when unset, an empty item is refused."""
    value = text(name)
    if not value:
        return []
    items = [item.strip() for item in value.split(",")]
    if not all(items):
        raise ImproperlyConfigured(f"{name} has an empty item: write a,b,c without spare commas.")
    return items


def folder(name: str, default: Path) -> Path:
    """An absolute path; `~` is the home folder. The path may not exist yet, but is never a file."""
    value = text(name)
    path = Path(value).expanduser() if value else default
    path = path.absolute()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} must be a folder; there is a file of that name.")
    return path
