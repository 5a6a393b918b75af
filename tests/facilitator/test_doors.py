"""What comes before Django: known hosts, own pages, short forms, and the outermost catch."""

import asyncio
import logging
from typing import Any

import pytest

from facilitator.hosts import KnownHosts, NoUnknownProxy, ProxySaysForWhom, ShortForms
from facilitator.logs import TypeAndPlace
from facilitator.outermost import Outermost

WORD = "PLANTEDWORD"


def call(
    application: Any,
    *,
    kind: str = "http",
    headers: list[tuple[bytes, bytes]] | None = None,
    path: str = "/",
    method: str = "POST",
    chunks: list[bytes] | None = None,
) -> list[dict[str, Any]]:
    """Everything an application sends for one request or one socket."""
    scope = {"type": kind, "path": path, "method": method, "headers": headers or []}
    if kind == "websocket":
        incoming: list[dict[str, Any]] = [{"type": "websocket.connect"}]
    else:
        parts = chunks or [b""]
        incoming = [
            {"type": "http.request", "body": part, "more_body": part is not parts[-1]}
            for part in parts
        ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return incoming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    return sent


async def welcoming(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    length = 0
    while True:
        message = await receive()
        length += len(message["body"])
        if not message["more_body"]:
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


def welcomes(hosts: list[str], *headers: tuple[bytes, bytes], kind: str = "http") -> bool:
    sent = call(KnownHosts(welcoming, hosts, https=False), kind=kind, headers=list(headers))
    return sent[0] == {"type": "websocket.accept"} or sent[0].get("status") == 200


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "192.168.1.5:8000", "laptop.local", "[::1]:8000"]
)
def test_a_laptop_answers_to_near_names(host: str) -> None:
    assert welcomes([], (b"host", host.encode()))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example.org",
        "testserver",
        "",
        "8.8.8.8:8000",
        "localhost@evil.example.org",
        "localhost/evil",
        "localhost:port",
        "127.0.0.1.evil.example.org:8000",
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_laptop_turns_away_any_other_name(host: str, kind: str) -> None:
    origin = (b"origin", f"http://{host}".encode())
    assert not welcomes([], (b"host", host.encode()), origin, kind=kind)


def test_a_missing_or_doubled_host_is_turned_away() -> None:
    assert not welcomes([])
    assert not welcomes([], (b"host", b"localhost"), (b"host", b"localhost"))


def test_a_named_server_answers_to_its_names_only() -> None:
    hosts = ["meet.example.org", ".groups.example.org"]
    assert welcomes(hosts, (b"host", b"MEET.example.org:443"))
    assert welcomes(hosts, (b"host", b"a.groups.example.org"))
    assert not welcomes(hosts, (b"host", b"example.org"))
    assert not welcomes(hosts, (b"host", b"a.meet.example.org"))
    assert not welcomes(hosts, (b"host", b"localhost"))


@pytest.mark.parametrize(
    "origin",
    [
        b"null",
        b"",
        b"https://localhost:8000",
        b"http://localhost",
        b"http://localhost:8001",
        b"http://127.0.0.1:8000",
        b"http://a.localhost:8000",
        b"http://evil.example.org",
    ],
)
def test_a_socket_from_another_origin_is_refused(origin: bytes) -> None:
    host = (b"host", b"localhost:8000")
    assert not welcomes([], host, (b"origin", origin), kind="websocket")


def test_a_socket_comes_from_our_own_page() -> None:
    host = (b"host", b"localhost:8000")
    assert welcomes([], host, (b"origin", b"http://localhost:8000"), kind="websocket")
    assert not welcomes([], host, kind="websocket")
    both = [(b"origin", b"http://localhost:8000")] * 2
    assert not welcomes([], host, *both, kind="websocket")


@pytest.mark.parametrize(
    ("chunks", "status"),
    [([b"a" * 8192], 200), ([b"a" * 8193], 413), ([b"a" * 5000, b"b" * 5000], 413), ([b""], 200)],
)
def test_eight_kilobytes_are_enough_for_a_form(chunks: list[bytes], status: int) -> None:
    forms = ShortForms(welcoming, limit=8192, long_paths=["/group/"])
    sent = call(forms, chunks=chunks)
    assert sent[0]["status"] == status
    if status == 200:
        assert sent[1]["body"] == str(len(b"".join(chunks))).encode()
    else:
        assert b"That is too long." in sent[1]["body"]


def test_a_reading_of_several_pages_fits_on_the_groups_page() -> None:
    forms = ShortForms(welcoming, limit=8192, long_paths=["/group/"])
    assert call(forms, path="/group/1/", chunks=[b"a" * 20_000])[0]["status"] == 200


def failing(after: list[dict[str, Any]]) -> Any:
    """An application that sends these messages and then fails with a planted word."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        for message in after:
            await send(message)
        raise ValueError(WORD)

    return application


START = {"type": "http.response.start", "status": 200, "headers": []}


def test_a_failing_page_is_answered_with_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    sent = call(Outermost(failing([])))
    assert sent[0]["status"] == 500
    assert b"Something went wrong here." in sent[1]["body"]
    assert WORD.encode() not in sent[1]["body"]
    assert [record.name for record in caplog.records] == ["facilitator.outermost"]
    assert WORD not in caplog.records[0].getMessage()


def test_a_page_that_fails_half_way_is_ended() -> None:
    sent = call(Outermost(failing([START])))
    assert sent[1:] == [{"type": "http.response.body", "body": b""}]


def test_a_page_that_fails_after_its_end_gets_nothing_more() -> None:
    end = {"type": "http.response.body", "body": b"whole"}
    assert call(Outermost(failing([START, end]))) == [START, end]


@pytest.mark.parametrize("after", [[], [{"type": "websocket.accept"}]])
def test_a_failing_socket_is_closed_with_1011(after: list[dict[str, Any]]) -> None:
    sent = call(Outermost(failing(after)), kind="websocket")
    assert sent == [*after, {"type": "websocket.close", "code": 1011}]


def test_a_server_that_asks_about_lifespan_hears_that_there_is_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ValueError, match=WORD):
        call(Outermost(failing([])), kind="lifespan")
    assert caplog.records == []


def test_a_cancelled_request_stays_cancelled() -> None:
    async def cancelled(scope: Any, receive: Any, send: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        call(Outermost(cancelled))


def test_logging_is_set_to_type_and_place() -> None:
    from facilitator.logs import TypeAndPlace

    try:
        raise KeyError(WORD)
    except KeyError as cause:
        try:
            raise ValueError(WORD) from cause
        except ValueError as error:
            record = logging.LogRecord(
                "django.request", logging.ERROR, __file__, 1, "%s", (WORD,), None
            )
            record.exc_info = (type(error), error, error.__traceback__)
    line = TypeAndPlace().format(record)
    assert line.startswith("ERROR django.request ValueError at ")
    assert "KeyError at " in line
    assert WORD not in line
    record.exc_info = None
    record.msg = f"/path/{WORD}"
    assert WORD not in TypeAndPlace().format(record)


def test_a_proxy_that_nobody_told_of_is_said_once_and_without_addresses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    door = NoUnknownProxy(welcoming)
    assert call(door)[0]["status"] == 200
    assert caplog.records == []
    for kind in ("http", "websocket", "http"):
        assert call(door, kind=kind, headers=[(b"x-forwarded-for", WORD.encode())])
    (record,) = caplog.records
    line = TypeAndPlace().format(record)
    assert "ProxyNotDeclared" in line
    assert WORD not in line


def test_a_proxy_that_names_nobody_is_said_once_and_without_addresses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    door = ProxySaysForWhom(welcoming)
    named = (b"x-forwarded-for", WORD.encode())
    assert call(door, headers=[named])[0]["status"] == 200
    assert call(door, path="/healthz")[0]["status"] == 200
    assert caplog.records == []
    for kind in ("http", "websocket", "http"):
        assert call(door, kind=kind, headers=[(b"user-agent", WORD.encode())])
    (record,) = caplog.records
    line = TypeAndPlace().format(record)
    assert "ProxyDoesNotSetXForwardedFor" in line
    assert WORD not in line
