"""Looking through bytes for planted words, however they are written down.

As they are and in capitals, each in UTF-8 and UTF-16 (both orders), in hexadecimal, as a list of
numbers, in base64 at any offset, percent-encoded; broken by a control byte, as byte-wise
compression (pglz, LZF, LZ4, snappy) leaves text that it sees for the first time; and all of this
once more in whatever can be inflated (zlib, gzip, zip; a file whose name ends in .br).
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import brotli

from tests.proof.planting import Kind, Words

ZIPPED = b"PK\3\4"
STREAMS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
# What zlib calls them: either header, or none.
ZLIB_OR_GZIP, BARE = 47, -15
BITE = 4096
MOST_INFLATED = 32 * 1024 * 1024
# A stream in a stream in a stream is read, and no more.
DEPTH = 3
EMPTY = re.compile(rb"\0{512,}")
# How far around a mark the rest of its word is looked for.
AROUND = 160


@dataclass(frozen=True)
class Surface:
    """Something that stays, or that passes where others can look."""

    name: str
    content: bytes


@dataclass(frozen=True, order=True)
class Hit:
    """A word that was found, and how it was written there."""

    kind: Kind
    where: str
    surface: str
    form: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.where}) on {self.surface} in {self.form}"


@dataclass(frozen=True)
class Allowed:
    """Words of this kind may be on these surfaces, for this reason."""

    kind: Kind
    surfaces: str
    why: str

    def covers(self, hit: Hit) -> bool:
        return hit.kind is self.kind and fnmatch(hit.surface, self.surfaces)


def scan(surfaces: Iterable[Surface], words: Words) -> set[Hit]:
    """Every planted word that can be found on these surfaces."""
    needles = [(kind, _forms(word)) for kind, word in words.needles()]
    return {hit for surface in surfaces for hit in _in(surface, needles, words)}


def forbidden(hits: Iterable[Hit], allowed: Iterable[Allowed]) -> list[Hit]:
    """The hits that no line of the list allows."""
    lines = list(allowed)
    return sorted(hit for hit in hits if not any(line.covers(hit) for line in lines))


def only(surfaces: Iterable[Surface], patterns: Iterable[str]) -> Iterator[Surface]:
    """Those whose names are like one of these."""
    wanted = list(patterns)
    return (
        surface for surface in surfaces if any(fnmatch(surface.name, pattern) for pattern in wanted)
    )


def files(folder: Path, name: str = "", since: float = 0.0) -> Iterator[Surface]:
    """Every file below, by its path; those untouched since then were there before any word."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
            yield Surface(f"{name}{path.relative_to(folder).as_posix()}", path.read_bytes())


# --- how a word may be written -------------------------------------------------------------------

Forms = list[tuple[str, bytes]]


def _forms(word: str) -> Forms:
    found: dict[bytes, str] = {}
    for case, text in (("", word), (" in capitals", word.upper()), (" in small", word.lower())):
        for name, written in _written(text.encode()):
            found.setdefault(written, name + case)
    return [(name, written) for written, name in found.items()]


def _written(word: bytes) -> Iterator[tuple[str, bytes]]:
    text = word.decode()
    yield "UTF-8", word
    yield "UTF-16, little end first", text.encode("utf-16-le")
    yield "UTF-16, big end first", text.encode("utf-16-be")
    yield "hexadecimal", word.hex().encode()
    yield "hexadecimal", word.hex().upper().encode()
    yield "percent-encoding", "".join(f"%{byte:02x}" for byte in word).encode()
    yield "percent-encoding", "".join(f"%{byte:02X}" for byte in word).encode()
    for between in (" ", ", "):
        yield "numbers", between.join(map(str, word)).encode()
    for offset in range(3):
        # Only the digits that no neighbour has a part in.
        first, last = -(-8 * offset // 6), 8 * (offset + len(word)) // 6
        for alphabet in (base64.b64encode, base64.urlsafe_b64encode):
            yield "base64", alphabet(b"\0" * offset + word + b"\0\0")[first:last]


def _in(surface: Surface, needles: list[tuple[Kind, Forms]], words: Words) -> Iterator[Hit]:
    for inside, content in _layers(surface):
        for kind, forms in needles:
            for form, at in _found(content, forms):
                around = content[max(0, at - AROUND) : at + AROUND]
                for where in _which(around, kind, words) or ["cut off"]:
                    yield Hit(kind, where, surface.name, form + inside)


def _found(content: bytes, forms: Forms) -> Iterator[tuple[str, int]]:
    for form, written in forms:
        at = content.find(written)
        while at >= 0:
            yield form, at
            at = content.find(written, at + 1)
    plain = forms[0][1]
    yield from (("UTF-8, compressed byte by byte", at) for at in _broken(content, plain))


def _broken(content: bytes, word: bytes) -> Iterator[int]:
    """Where the word stands with one strange byte inside: one of its halves is whole then."""
    middle = len(word) // 2
    for half, shift in ((word[:middle], 0), (word[middle:], middle + 1)):
        at = content.find(half)
        while at >= 0:
            begin = max(0, at - shift)
            window = content[begin : begin + len(word) + 1]
            broken = any(window[:cut] + window[cut + 1 :] == word for cut in range(1, len(word)))
            if broken and word not in window:
                yield begin
            at = content.find(half, at + 1)


def _which(around: bytes, kind: Kind, words: Words) -> list[str]:
    """Which words these are, now that one of them is near."""
    return [
        where
        for word, (its, where) in words.planted.items()
        if its is kind
        and (
            any(written in around for _form, written in _forms(word))
            # Two control bytes may be in a whole word: its own letters are still in order.
            or re.search(b".?".join(re.escape(bytes([b])) for b in word.encode()), around, re.S)
        )
    ]


# --- what is folded up ---------------------------------------------------------------------------


def _layers(surface: Surface) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and what they hold compressed."""
    # Half of a database's files is emptiness.
    yield "", EMPTY.sub(b"\0" * AROUND, surface.content)
    if surface.name.endswith(".br"):
        yield ", inflated", brotli.decompress(surface.content)
    for content in _inflated(surface.content, DEPTH):
        yield ", inflated", content


def _inflated(content: bytes, depth: int) -> Iterator[bytes]:
    if not depth:
        return
    for found in STREAMS.finditer(content):
        begin, way = found.start(), ZLIB_OR_GZIP
        if found[0] == ZIPPED:
            # Past a zip entry's header, which says how long the name and what follows it are.
            lengths = content[begin + 26 : begin + 30]
            begin += 30 + int.from_bytes(lengths[:2], "little")
            begin += int.from_bytes(lengths[2:], "little")
            way = BARE
        part = _stream(content, begin, way)
        if part:
            yield part
            yield from _inflated(part, depth - 1)


def _stream(content: bytes, begin: int, way: int) -> bytes:
    """What is in the stream that begins there; of a broken one, what comes before the break."""
    inflater = zlib.decompressobj(way)
    whole = bytearray()
    bite = BITE
    while not inflater.eof and begin < len(content) and len(whole) < MOST_INFLATED:
        before = inflater.copy()
        try:
            whole += inflater.decompress(content[begin : begin + bite])
            begin += bite
        except zlib.error:
            if bite == 1:
                break
            # What is in the last bite before the break is got byte by byte.
            inflater, bite = before, 1
    return bytes(whole)
