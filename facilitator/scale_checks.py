"""What several web processes must not start with: a Redis that keeps what should be forgotten."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from facilitator.checks import TAG
from facilitator.scale import REDIS_ANSWERS_WITHIN, is_readable_on_the_way


@register(TAG, deploy=True)
def one_secret_for_all(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E010: processes with secrets of their own would not find each other's meetings."""
    if not settings.REDIS_URL or not settings.SECRET_KEY_GENERATED:
        return []
    return [
        Error(
            "REDIS_URL is set, and the secret key is this process's own: others could neither "
            "find its meetings nor read them.",
            hint="Set the same FACILITATOR_SECRET_KEY for every web process.",
            id="facilitator.E010",
        )
    ]


@register(TAG, deploy=True)
def one_process_without_redis(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W006: a second process on the same database would know none of this one's meetings."""
    if not settings.DATABASE_URL or settings.REDIS_URL:
        return []
    return [
        Warning(
            "DATABASE_URL is set and REDIS_URL is not: running meetings are in this process only, "
            "and no other web process knows them.",
            hint="Run one web process, or set REDIS_URL for all of them.",
            id="facilitator.W006",
        )
    ]


@register(TAG, deploy=True)
def redis_is_there_and_forgets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E011, E012, W002, W003, W007: Redis as it answers at this moment."""
    if not settings.REDIS_URL:
        return []
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.exceptions import RedisError
    from redis.retry import Retry

    client = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=REDIS_ANSWERS_WITHIN,
        socket_connect_timeout=REDIS_ANSWERS_WITHIN,
        retry=Retry(NoBackoff(), 1),
    )
    with client:
        try:
            found = _saves(client) + _throws_out(client)
        except (RedisError, OSError) as error:
            # Its kind alone: a message may hold the address, and the address a password.
            return [
                Error(
                    f"The Redis of REDIS_URL does not answer ({type(error).__name__}).",
                    hint="Start it, or mend host, port, name and password in REDIS_URL.",
                    id="facilitator.E011",
                )
            ]
    if is_readable_on_the_way(settings.REDIS_URL):
        found.append(
            Warning(
                "Redis is on another machine, and what goes there can be read on the way: sealed "
                "states, and the password.",
                hint="Use rediss://, unless the two are joined by a network of their own.",
                id="facilitator.W007",
            )
        )
    return found


def _saves(client: Any) -> list[CheckMessage]:
    from redis.exceptions import ResponseError

    if settings.FACILITATOR_ALLOW_REDIS_THAT_SAVES:
        return []
    reasons = []
    unsaid = False
    saving = client.info("persistence")
    try:
        if client.config_get("save").get("save"):
            reasons.append("it has save points")
    except ResponseError:
        # A provider may forbid CONFIG. What has been saved already is told all the same.
        if saving.get("rdb_saves") or saving.get("rdb_last_bgsave_time_sec", -1) != -1:
            reasons.append("it has saved before")
        unsaid = True
    if saving.get("aof_enabled"):
        reasons.append("it writes a log of every change (appendonly)")
    copies = client.info("replication")
    if copies.get("connected_slaves"):
        reasons.append("it has a replica, which might save")
    if copies.get("role") != "master":
        reasons.append("it is a replica")
    if reasons:
        return [
            Error(
                f"This Redis may keep what a meeting should forget: {', '.join(reasons)}.",
                hint='Start it with --save "" --appendonly no and without replicas; or accept the '
                "risk with FACILITATOR_ALLOW_REDIS_THAT_SAVES=1.",
                id="facilitator.E012",
            )
        ]
    if unsaid:
        return [
            Warning(
                "This Redis does not say whether it has save points; so far it has saved nothing.",
                hint="Make sure that persistence and snapshots are off, or allow CONFIG GET.",
                id="facilitator.W002",
            )
        ]
    return []


def _throws_out(client: Any) -> list[CheckMessage]:
    memory = client.info("memory")
    if not memory.get("maxmemory") or memory.get("maxmemory_policy") == "noeviction":
        return []
    return [
        Warning(
            "When its memory is full this Redis throws out entries: meetings would vanish.",
            hint="Start it with --maxmemory-policy noeviction.",
            id="facilitator.W003",
        )
    ]
