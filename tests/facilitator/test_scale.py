"""REDIS_URL and DATABASE_URL: odd values stop the start, and so does a Redis that keeps things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from facilitator import scale, scale_checks
from facilitator.checks import TAG
from tests.facilitator.test_settings import KEY, command
from tests.servers import NOTHING_KEPT, RedisServer


@pytest.mark.parametrize(
    "value",
    [
        "localhost:6379",
        "http://localhost:6379/0",
        "redis://",
        "redis://localhost:port/0",
        "redis://localhost:6379/first",
        "redis://[half/0",
        "unix://",
    ],
)
def test_a_redis_address_that_is_none_stops_the_start(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        scale.redis_address(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "redis://localhost",
        "redis://localhost:6379/0",
        "rediss://name:word@redis.example.org:6380/2",
        "unix:///run/redis/redis.sock",
    ],
)
def test_a_redis_address_is_taken_as_it_is(value: str) -> None:
    assert scale.redis_address(value) == value


@pytest.mark.parametrize(
    "value",
    ["mysql://localhost/db", "postgres://localhost", "sqlite:///file", "postgres://h:x/db", "db"],
)
def test_a_database_address_that_is_none_stops_the_start(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        scale.database(value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_database_address_names_a_postgresql() -> None:
    database = scale.database("postgres://ana:secret@db.example.org:5433/meetings?sslmode=require")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db.example.org", 5433)
    assert (database["NAME"], database["USER"]) == ("meetings", "ana")
    assert database["OPTIONS"]["sslmode"] == "require"
    # Connections are kept by a pool: a thread of its own for each request keeps none.
    assert database["CONN_MAX_AGE"] == 0 and database["OPTIONS"]["pool"]["max_size"] > 1


def test_a_laptop_that_lacks_the_packages_is_told_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "find_spec", lambda name: None)
    for read, value in (
        (scale.redis_address, "redis://localhost"),
        (scale.database, "postgres://localhost/db"),
    ):
        with pytest.raises(ImproperlyConfigured, match=r"facilitator\[scale\]"):
            read(value)


@pytest.mark.parametrize(
    ("address", "readable"),
    [
        ("redis://localhost/0", False),
        ("redis://127.0.0.1:6379/0", False),
        ("unix:///run/redis.sock", False),
        ("rediss://redis.example.org/0", False),
        ("redis://redis.example.org/0", True),
    ],
)
def test_what_can_be_read_on_the_way(address: str, readable: bool) -> None:
    assert scale.is_readable_on_the_way(address) is readable


@pytest.mark.parametrize(
    ("database", "redis", "warned"),
    [
        ("", "", False),
        ("postgres://localhost/db", "", True),
        ("postgres://localhost/db", "redis://localhost/0", False),
    ],
)
def test_one_database_without_redis_is_for_one_process_only(
    database: str, redis: str, warned: bool, settings: Any
) -> None:
    settings.DATABASE_URL, settings.REDIS_URL = database, redis
    said = scale_checks.one_process_without_redis(None)
    assert [each.id for each in said] == ["facilitator.W006"] * warned
    assert not any(each.is_serious() for each in said) and all(each.hint for each in said)


# A Redis that saves


@pytest.fixture
def started() -> Iterator[Any]:
    """Start a Redis with these options."""
    servers: list[RedisServer] = []

    def start(*options: str) -> RedisServer:
        servers.append(RedisServer(*options).start())
        return servers[-1]

    yield start
    for server in servers:
        server.remove()


def found(settings: Any, server: RedisServer, *, allowed: bool = False) -> dict[str, str]:
    """What the checks find of this Redis: each one's id, and what it says."""
    settings.REDIS_URL = server.address
    settings.SECRET_KEY_GENERATED = False
    settings.FACILITATOR_ALLOW_REDIS_THAT_SAVES = allowed
    messages = run_checks(tags=[TAG], include_deployment_checks=True)
    assert all(each.hint for each in messages)
    return {str(each.id): str(each.msg) for each in messages}


SAVES, FORBIDDEN = "facilitator.E012", ("--rename-command", "CONFIG", "")


def test_a_redis_that_forgets_is_fine(started: Any, settings: Any) -> None:
    assert found(settings, started(*NOTHING_KEPT)) == {}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--save", "60 1", "--appendonly", "no"), "save points"),
        (("--save", "", "--appendonly", "yes"), "appendonly"),
        ((*FORBIDDEN, "--save", "", "--appendonly", "yes"), "appendonly"),
    ],
)
def test_a_redis_that_saves_is_refused_unless_the_risk_is_taken(
    started: Any, settings: Any, options: tuple[str, ...], reason: str
) -> None:
    server = started(*options)
    refused = found(settings, server)
    assert list(refused) == [SAVES] and reason in refused[SAVES]
    assert found(settings, server, allowed=True) == {}


def test_a_redis_that_has_a_replica_or_is_one_is_refused(started: Any, settings: Any) -> None:
    first = started(*NOTHING_KEPT)
    second = started(*NOTHING_KEPT, "--replicaof", f"127.0.0.1 {first.port}")
    with second.client as client:
        while client.info("replication")["master_link_status"] != "up":
            pass
    assert "replica" in found(settings, first)[SAVES]
    assert "replica" in found(settings, second)[SAVES]


def test_a_redis_that_may_not_say_is_believed_until_it_has_saved(
    started: Any, settings: Any
) -> None:
    server = started(*FORBIDDEN, *NOTHING_KEPT)
    assert list(found(settings, server)) == ["facilitator.W002"]
    with server.client as client:
        client.save()
    assert "saved before" in found(settings, server)[SAVES]


def test_a_redis_that_throws_out_meetings_is_warned_of(started: Any, settings: Any) -> None:
    server = started(*NOTHING_KEPT, "--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru")
    assert list(found(settings, server)) == ["facilitator.W003"]


@pytest.mark.parametrize("word", ["check", "run"])
def test_a_redis_that_is_not_there_stops_the_start_with_a_sentence(
    word: str, tmp_path: Path, redis_server: RedisServer
) -> None:
    redis_server.kill()
    address = redis_server.address.replace("//", "//:planted-password@")
    done = command(word, data=tmp_path, REDIS_URL=address, FACILITATOR_SECRET_KEY=KEY)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "facilitator.E011" in said and "REDIS_URL" in said
    assert "Traceback" not in said and "planted-password" not in said


def test_processes_that_share_meetings_share_a_secret(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    done = command("check", data=tmp_path, REDIS_URL=redis_server.address)
    assert done.returncode == 1 and "facilitator.E010" in done.stdout


def test_an_odd_address_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    done = command("check", data=tmp_path, REDIS_URL="redis://name:planted-password@h:port/0")
    assert done.returncode == 2
    assert "REDIS_URL is not an address" in done.stderr
    assert "planted-password" not in done.stderr and "Traceback" not in done.stderr
