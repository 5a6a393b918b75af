"""The search finds a planted word however it is written; otherwise it proves nothing."""

from __future__ import annotations

import base64
import gzip
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from tests.proof.planting import Kind, Words
from tests.proof.scanning import Allowed, Surface, files, forbidden, scan


def _zipped(content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return made.getvalue()


WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda word: word,
    "in capitals": bytes.upper,
    "in UTF-16": lambda word: word.decode().encode("utf-16-le"),
    "in UTF-16, the other way": lambda word: word.decode().encode("utf-16-be"),
    "in hexadecimal": lambda word: word.hex().encode(),
    "in hexadecimal capitals": lambda word: word.hex().upper().encode(),
    "in percents": lambda word: "".join(f"%{byte:02X}" for byte in word).encode(),
    "in an address": lambda word: quote(f"é ?{word.decode()}&").encode(),
    "in numbers": lambda word: str(list(word)).encode(),
    "in base64": base64.b64encode,
    "in base64, one further": lambda word: base64.b64encode(b"x" + word + b"y"),
    "in base64, two further": lambda word: base64.urlsafe_b64encode(b"\xff\xff" + word),
    "deflated": lambda word: b"before" + zlib.compress(word * 3) + b"behind",
    "deflated and cut off": lambda word: zlib.compress(bytes(range(256)) + word + b"#" * 999)[:-4],
    "gzipped": gzip.compress,
    "gzipped twice, in base64": lambda word: gzip.compress(gzip.compress(base64.b64encode(word))),
    "zipped": _zipped,
    "compressed byte by byte": lambda word: b"\0".join((word[:5], word[5:13], word[13:])),
    "cut off": lambda word: word[:-3],
}


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize("neighbours", [b"", b"\0" * 700])
def test_a_word_is_found_however_it_is_written(how: str, neighbours: bytes) -> None:
    words = Words()
    word = words.person("a name").encode()
    words.group("another")
    content = neighbours + WRITTEN[how](word) + neighbours
    hits = scan([Surface("file", content), Surface("empty", b"")], words)
    assert {(hit.kind, hit.surface) for hit in hits} == {(Kind.PERSON, "file")}
    # Each is told by name; of one that is cut off only the kind is known.
    assert {hit.where for hit in hits} == {"cut off" if how == "cut off" else "a name"}


def test_brotli_is_told_by_a_files_name() -> None:
    words = Words()
    content = brotli.compress(words.person("a name").encode() * 3)
    assert scan([Surface("static/page.br", content)], words)


def test_what_has_no_mark_is_looked_for_whole() -> None:
    words = Words()
    words.also("ABCD2345", Kind.CODE, "the code")
    words.also("127.83.19.203", Kind.ADDRESS, "an address")
    found = scan([Surface("log", b"... 127.83.19.203 - GET /j/abcd2345 ...")], words)
    assert {hit.kind for hit in found} == {Kind.CODE, Kind.ADDRESS}


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    words = Words()
    words.person("a name")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(bytes(range(256)) * 400)
    found = list(files(tmp_path, "data/"))
    assert [surface.name for surface in found] == ["data/below/file"]
    assert scan(found, words) == set()


def test_only_what_a_line_of_the_list_covers_is_allowed() -> None:
    words = Words()
    group, person = words.group("its name"), words.person("a name")
    surfaces = [Surface("data/file", f"{group} {person}".encode()), Surface("log", group.encode())]
    hits = scan(surfaces, words)
    assert len(hits) == 3
    left = forbidden(hits, [Allowed(Kind.GROUP, "data/*", "kept")])
    assert {(hit.kind, hit.surface) for hit in left} == {
        (Kind.PERSON, "data/file"),
        (Kind.GROUP, "log"),
    }
