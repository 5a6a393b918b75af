"""Reading a page as someone with thumbs would: which elements, which words, what may be done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# What a script would put in, or what only a script reads.
UNSEEN = frozenset({"template", "script", "style"})
# As in static/js/live.js.
PAD_TO = 128
METHODS = {"hx-post": "POST", "hx-delete": "DELETE", "hx-put": "PUT", "hx-patch": "PATCH"}


@dataclass
class Element:
    """An element of a page, with the very text it was made from."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    source: str = ""

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def walk(self) -> Iterator[Element]:
        """This element and all below it, as written."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def with_id(self, name: str) -> Element | None:
        return next((each for each in self.walk() if each.get("id") == name), None)

    @property
    def text(self) -> str:
        """The words in it, with single spaces."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._words()


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, source=html)
        self._open: list[tuple[Element, int]] = [(self.root, 0)]
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1][0].children.append(element)
        if tag in VOID:
            element.source = self.get_starttag_text() or ""
        else:
            self._open.append((element, self._here()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        element.source = self.get_starttag_text() or ""
        self._open[-1][0].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element, _began in self._open[1:]):
            return
        end = self._html.index(">", self._here()) + 1
        while True:
            element, began = self._open.pop()
            element.source = self._html[began:end]
            if element.tag == tag:
                break
        if tag in UNSEEN:
            element.children = []

    def handle_data(self, data: str) -> None:
        self._open[-1][0].children.append(data)


def read(html: str) -> Element:
    """The page as a tree; its root has no tag. Templates and scripts are empty in it."""
    return _Reader(html).root


# --- what may be done ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """A radio button, a box to tick, or one of several buttons."""

    kind: str
    name: str
    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Offer:
    """Something that a page lets someone do, and what goes along without their doing."""

    name: str
    method: str
    path: str
    given: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    texts: tuple[str, ...] = ()
    words: str = ""
    marks: frozenset[str] = frozenset()
    # What would be sent if nobody touched the form.
    untouched: tuple[tuple[str, str], ...] = ()
    # Its body is made a multiple of this many bytes.
    pads_to: int = PAD_TO

    def filled(self, fields: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
        """All that is sent when someone fills in these fields and leaves the others."""
        touched = {name for name, _value in fields}
        left = [(name, value) for name, value in self.untouched if name not in touched]
        return [*self.given, *left, *fields]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this offer and no other, whatever has been ticked meanwhile."""
        return (self.method, self.path, self.given)


def offers(root: Element, address: str) -> list[Offer]:
    """All that may be done on this page or in this region; `address` is the page's own."""
    return list(_offers(root, address))


def _offers(element: Element, address: str) -> Iterator[Offer]:
    found = _action(element)
    if found and not _is_off(element):
        yield _offer(element, found[0], urljoin(address, found[1]))
    for child in element.children:
        if isinstance(child, Element):
            yield from _offers(child, address)


def _action(element: Element) -> tuple[str, str] | None:
    for attribute, method in METHODS.items():
        if attribute in element:
            return method, element.get(attribute)
    if element.tag == "form" and element.get("method").lower() == "post":
        return "POST", element.get("action")
    return None


def _is_off(element: Element) -> bool:
    return "disabled" in element or element.get("aria-disabled") == "true"


def _offer(element: Element, method: str, path: str) -> Offer:
    given = [(name, str(value)) for name, value in json.loads(element.get("hx-vals", "{}")).items()]
    untouched: list[tuple[str, str]] = []
    choices: list[Choice] = []
    texts: list[str] = []
    if element.tag == "button" and element.get("name"):
        given.append((element.get("name"), element.get("value")))
    for each in element.walk():
        if each is element or not each.get("name") or _is_off(each):
            continue
        kind = each.get("type", "text") if each.tag == "input" else each.tag
        if kind == "hidden":
            given.append((each.get("name"), each.get("value")))
        elif kind in ("radio", "checkbox", "button"):
            choices.append(
                Choice(
                    kind,
                    each.get("name"),
                    each.get("value", "on"),
                    each.text if kind == "button" else _label(element, each),
                    "checked" in each,
                )
            )
            if "checked" in each:
                untouched.append((each.get("name"), each.get("value", "on")))
        elif kind == "select":
            untouched += [(each.get("name"), value) for value in _selected(each)]
        elif kind in ("text", "textarea"):
            texts.append(each.get("name"))
            untouched.append((each.get("name"), each.get("value") or each.text))
    marks = frozenset(name for name in element.attributes if name.startswith("data-"))
    return Offer(
        element.get("id"),
        method,
        path,
        tuple(given),
        tuple(choices),
        tuple(texts),
        element.text,
        marks,
        tuple(untouched),
        int(element.get("data-pad") or PAD_TO),
    )


def _selected(select: Element) -> list[str]:
    options = [each for each in select.walk() if each.tag == "option"]
    first = [each for each in options if "selected" in each] or options
    return [each.get("value", each.text) for each in first[:1]]


def _label(form: Element, control: Element) -> str:
    for each in form.walk():
        if each.tag == "label" and (
            each.get("for", " ") == control.get("id") or any(one is control for one in each.walk())
        ):
            return each.text
    return ""
