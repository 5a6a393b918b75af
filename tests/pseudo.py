"""A language that nobody speaks, read from right to left: what is not in brackets was left out."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages import Catalog

from scripts import messages

CODE = "xr"
INFO = {"bidi": True, "code": CODE, "name": "Pseudo", "name_local": "⟦oduesP⟧"}
ACCENTED = str.maketrans("aeiouAEIOUcnsy", "áéíóúÁÉÍÓÚçñšý")
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&\w+;)")


def pseudo(text: str) -> str:
    """In brackets, accented and a third longer, as translations are."""
    # More words rather than longer ones: no language has words of any length.
    longer = " ···" * (len(text) // 12)
    parts = KEPT.split(text)
    # Every second part is a placeholder or markup.
    parts[::2] = [part.translate(ACCENTED) for part in parts[::2]]
    return f"⟦\u200b{''.join(parts)}{longer}\u200b⟧"


def write_catalog(folder: Path) -> None:
    """Make `folder` a locale folder with this language in it."""
    catalog = Catalog(locale="en", fuzzy=False)
    for message in messages.collected():
        if not message.id:
            continue
        said = message.id
        string = tuple(map(pseudo, said)) if isinstance(said, tuple) else pseudo(said)
        catalog.add(said, string, context=message.context)
    path = folder / CODE / "LC_MESSAGES"
    path.mkdir(parents=True)
    (path / "django.mo").write_bytes(messages.compiled(catalog))
