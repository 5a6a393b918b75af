"""The two settings that let several web processes share one meeting, read and checked."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REDIS_SCHEMES = ("redis", "rediss", "unix")
DATABASE_SCHEMES = ("postgres", "postgresql")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")

# In seconds: a phone waits for it. The client's own patience is many times as long.
REDIS_ANSWERS_WITHIN = 2.0


def redis_address(value: str) -> str:
    """REDIS_URL as it was given, once it is known to be one; empty when unset."""
    if not value:
        return ""
    parts = _parts("REDIS_URL", value)
    target = parts.path if parts.scheme == "unix" else parts.hostname
    if parts.scheme not in REDIS_SCHEMES or not target:
        raise ImproperlyConfigured(
            "REDIS_URL must look like redis://HOST:6379/0 (or rediss:// for TLS, or unix:///PATH)."
        )
    number = parts.path.strip("/")
    if parts.scheme != "unix" and number and not (number.isascii() and number.isdecimal()):
        raise ImproperlyConfigured("REDIS_URL must end in the number of a database, such as /0.")
    _need("REDIS_URL", "redis", "channels_redis")
    return value


def is_readable_on_the_way(address: str) -> bool:
    """Whether it goes to another machine without TLS."""
    parts = urlsplit(address)
    return parts.scheme == "redis" and parts.hostname not in LOCAL_HOSTS


def channel_layer(address: str, secret: str) -> dict[str, Any]:
    """Announcements by publish and subscribe: nothing of them stays in Redis."""
    from redis.asyncio.retry import Retry
    from redis.backoff import ExponentialBackoff

    host = {
        "address": address,
        "max_connections": 20,
        "socket_timeout": REDIS_ANSWERS_WITHIN,
        "socket_connect_timeout": REDIS_ANSWERS_WITHIN,
        "health_check_interval": 10,
        "retry": Retry(ExponentialBackoff(cap=0.2, base=0.05), 2),
    }
    return {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [host],
            "prefix": "facilitator",
            # A revision counts changes: not even that is for Redis to read, or for others to send.
            "symmetric_encryption_keys": [secret],
        },
    }


def database(value: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL of DATABASE_URL."""
    parts = _parts("DATABASE_URL", value)
    if parts.scheme not in DATABASE_SCHEMES or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://NAME:PASSWORD@HOST:5432/DATABASE."
        )
    _need("DATABASE_URL", "psycopg", "psycopg_pool", "dj_database_url")
    import dj_database_url

    # A connection that stays open belongs to a thread, and each request has one of its own: a
    # pool keeps them instead.
    settings: dict[str, Any] = {
        **dj_database_url.parse(value, conn_max_age=0, conn_health_checks=True)
    }
    options = {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}, "connect_timeout": 5}
    settings["OPTIONS"] = {**options, **settings.get("OPTIONS", {})}
    return settings


def _parts(name: str, value: str) -> Any:
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        # From None: the exception may hold the value, and the value a password.
        raise ImproperlyConfigured(f"{name} is not an address: its host or port is odd.") from None
    return parts


def _need(name: str, *modules: str) -> None:
    if not all(find_spec(module) for module in modules):
        raise ImproperlyConfigured(
            f"{name} needs packages that are not here: pip install 'facilitator[scale]'."
        )
