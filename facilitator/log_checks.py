"""What the programs beside this one may write down, asked by `facilitator check --deploy`.

A database's log line can hold the words that a statement carried, a slow log what was sent. This
program cannot switch that off for them: it can only look, and say how.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from facilitator.scale import REDIS_ANSWERS_WITHIN

TAG = "facilitator-hosts"


class Quiet(NamedTuple):
    """What a setting should be, which other values do as well, and what it writes down if not."""

    value: str
    fine: tuple[str, ...]
    writes: str


# All of them may be set for our role alone. Those of an extension exist once it is loaded.
POSTGRES = {
    "log_min_messages": Quiet(
        "fatal", ("log", "panic"), "messages of errors, which can hold what was refused"
    ),
    "log_error_verbosity": Quiet("terse", (), "the row or the value that an error is about"),
    "log_min_error_statement": Quiet("panic", ("fatal",), "the statements that failed"),
    "log_statement": Quiet("none", ("ddl",), "statements"),
    "log_min_duration_statement": Quiet("-1", (), "slow statements"),
    "log_min_duration_sample": Quiet("-1", (), "some of the slow statements"),
    "log_transaction_sample_rate": Quiet("0", (), "the statements of some transactions"),
    "log_parameter_max_length_on_error": Quiet("0", (), "values of statements that failed"),
    "debug_print_parse": Quiet("off", (), "statements, taken apart"),
    "debug_print_rewritten": Quiet("off", (), "statements, taken apart"),
    "debug_print_plan": Quiet("off", (), "statements, taken apart"),
    "auto_explain.log_min_duration": Quiet("-1", (), "plans of slow statements"),
    "pg_stat_statements.track": Quiet("none", (), "statements, in a table and a file of its own"),
    "pgaudit.log": Quiet("none", (), "statements"),
}

# The slow log holds commands with all that was sent; Valkey has lists of long ones besides.
REDIS = {
    "slowlog-log-slower-than": "commands that took long",
    "commandlog-request-larger-than": "long commands",
    "commandlog-reply-larger-than": "commands with a long answer",
}
# Whole, because that is how Redis is asked whether an account may.
WATCHING = ("MONITOR", "SLOWLOG GET", "DEBUG HELP", "SAVE", "BGSAVE")


@register(TAG, deploy=True)
def postgres_keeps_words_out_of_its_log(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E013, E014: PostgreSQL as it treats our own role at this moment."""
    if not settings.DATABASE_URL:
        return []
    import psycopg
    from django.db import connection

    try:
        with psycopg.connect(**connection.get_connection_params()) as asked:
            role, superuser = asked.execute(
                "SELECT quote_ident(current_user::text), "
                "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
            ).fetchone() or ("", False)
            found = asked.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRES)]
            ).fetchall()
    except psycopg.Error as error:
        return [
            Error(
                f"The PostgreSQL of DATABASE_URL does not answer ({type(error).__name__}).",
                hint="Start it, or mend host, port, name and password in DATABASE_URL.",
                id="facilitator.E013",
            )
        ]
    who = "" if superuser else "As a superuser: "
    return [
        Error(
            f"PostgreSQL may write down {POSTGRES[name].writes}: {name} is {setting}.",
            hint=f"{who}ALTER ROLE {role} SET {name} = '{POSTGRES[name].value}';",
            id="facilitator.E014",
        )
        for name, setting in found
        if setting != POSTGRES[name].value and setting not in POSTGRES[name].fine
    ]


@register(TAG, deploy=True)
def redis_notes_nothing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E015, W004, W005: what Redis remembers of what it was asked, and who may look."""
    if not settings.REDIS_URL:
        return []
    from redis import Redis
    from redis.exceptions import RedisError, ResponseError

    client = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=REDIS_ANSWERS_WITHIN,
        socket_connect_timeout=REDIS_ANSWERS_WITHIN,
    )
    with client:
        try:
            found = client.config_get(*REDIS, "latency-monitor-threshold")
        except ResponseError:
            return [
                Warning(
                    "This Redis does not say whether it keeps a list of slow commands.",
                    hint="Make sure that its slow log is off, or allow CONFIG GET.",
                    id="facilitator.W004",
                )
            ]
        except (RedisError, OSError):
            # E011 has said so.
            return []
        errors: list[CheckMessage] = [
            Error(
                f"Redis keeps {what}, with all that was sent: {name} is {found[name]}.",
                hint=f"Start it with --{name} -1.",
                id="facilitator.E015",
            )
            for name, what in REDIS.items()
            if int(found.get(name) or -1) >= 0
        ]
        if int(found.get("latency-monitor-threshold") or 0):
            errors.append(
                Error(
                    "Redis notes at which moments it was slow: latency-monitor-threshold is on.",
                    hint="Start it with --latency-monitor-threshold 0.",
                    id="facilitator.E015",
                )
            )
        return errors + _may_watch(client)


def _may_watch(client: Any) -> list[CheckMessage]:
    from redis.exceptions import RedisError

    try:
        name = client.acl_whoami()
        allowed = [
            command.split()[0]
            for command in WATCHING
            if client.execute_command("ACL DRYRUN", name, *command.split()) == b"OK"
        ]
    except RedisError:
        # An old one without the question, or a provider that forbids it.
        return []
    if not allowed:
        return []
    return [
        Warning(
            f"The account of REDIS_URL may do what it never needs: {', '.join(allowed)}. "
            "Whoever got hold of it could watch every change go by, sealed as it is.",
            hint=f"ACL SETUSER {name} " + " ".join(f"-{command.lower()}" for command in allowed),
            id="facilitator.W005",
        )
    ]


@register(TAG, deploy=True)
def the_proxy_was_looked_at(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E016: a proxy sees addresses and paths, and no program can ask it what it notes."""
    if not settings.FACILITATOR_BEHIND_PROXY or settings.FACILITATOR_PROXY_IS_QUIET:
        return []
    return [
        Error(
            "The proxy in front may write down who came and when: it cannot be asked from here.",
            hint="Switch off its access log and silence its error log (docs/hosting.md says how); "
            "then say so with FACILITATOR_PROXY_IS_QUIET=1.",
            id="facilitator.E016",
        )
    ]
