"""The words that people see: collected from code and templates, kept beside their translations.

`make messages` brings every catalog up to date and compiles it. Needs no GNU gettext.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "locale"
PACKAGES = ("facilitator", "meetings", "agreements")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOTE = ["Translators:"]
# Lines of a catalog’s head that say nothing, or something new with every run.
DATED = tuple(
    b'"' + name
    for name in (
        b"POT-Creation-Date",
        b"PO-Revision-Date",
        b"Report-Msgid-Bugs-To",
        b"Last-Translator",
        b"Language-Team",
        b"Generated-By",
    )
)
HEAD = "# Facilitator. Kept by `make messages`.\n#"


def templates() -> list[Path]:
    """Pages and mails."""
    found = (ROOT / "templates").rglob("*")
    return sorted(path for path in found if path.suffix in (".html", ".txt"))


def sources() -> Iterator[tuple[str, str]]:
    """Every file that may hold words, as a path below the project's root, and its Python."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for path in templates():
        name = path.relative_to(ROOT).as_posix()
        python = templatize(path.read_text(encoding="utf-8"), origin=name)
        # What is not a message keeps its indentation, which is not Python's.
        yield name, "\n".join(line.lstrip() for line in python.splitlines())


def collected() -> Catalog:
    """Every message of the project, with the files that use it."""
    catalog = Catalog(project="Facilitator", charset="utf-8", fuzzy=False)
    for name, python in sources():
        found = extract("python", io.BytesIO(python.encode()), KEYWORDS, NOTE)
        for _line, message, comments, context in found:
            catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def catalog_of(language: str) -> Catalog:
    """What is kept for a language; empty for a new one."""
    path = po_path(language)
    if not path.exists():
        return Catalog(
            locale=language,
            project="Facilitator",
            version="0.1",
            header_comment=HEAD,
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def written(catalog: Catalog) -> bytes:
    """The catalog as its file holds it: without times or line numbers, which differ for nothing."""
    file = io.BytesIO()
    write_po(file, catalog, omit_header=False, sort_by_file=True, include_lineno=False, width=100)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(DATED))


def compiled(catalog: Catalog) -> bytes:
    """The catalog as Django reads it: the same bytes for the same words."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def bring_up_to_date(language: str) -> Catalog:
    """The language's catalog with every message of now and none that is gone."""
    catalog = catalog_of(language)
    catalog.update(collected(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """The messages without a whole translation."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        parts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(parts):
            found.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return found


def main() -> int:
    languages = [path.name for path in sorted(LOCALE.iterdir()) if path.is_dir()]
    for language in sys.argv[1:] or languages:
        catalog = bring_up_to_date(language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        print(f"{language}: {len(catalog)} messages, {len(missing(catalog))} without translation")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
