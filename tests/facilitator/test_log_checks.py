"""`facilitator check --deploy` asks the programs beside it what they write down."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.core.checks import CheckMessage, run_checks

from facilitator.log_checks import POSTGRES, TAG
from tests.servers import NOTHING_KEPT, RedisServer

SECRET = "a-key-that-is-long-enough-for-more-than-one-process-0123456789"


def check(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    """The command's exit code, and all that it printed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FACILITATOR_")}
    done = subprocess.run(
        [sys.executable, "-m", "facilitator", "check", *words],
        env={
            **clean,
            "FACILITATOR_DATA": str(folder),
            "FACILITATOR_SECRET_KEY": SECRET,
            **variables,
        },
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def hints(printed: str) -> list[str]:
    """How each finding is mended, in the order of the findings."""
    return re.findall(r"^facilitator\.E\d+: .*\n    (.*)$", printed, re.M)


def says_only(done: tuple[int, str], last: str) -> bool:
    """Whether all is well, but for a word on running one process: no Redis is named here."""
    status, printed = done
    found = re.findall(r"^facilitator\.\w+", printed, re.M)
    return (status, found, printed.splitlines()[-1]) == (0, ["facilitator.W006"], last)


def test_each_setting_of_postgres_that_writes_words_down_is_named_and_mended_as_told(
    tmp_path: Path, postgres_address: str
) -> None:
    loud = {
        "log_statement": "all",
        "log_min_duration_statement": "0",
        "log_min_duration_sample": "0",
        "log_transaction_sample_rate": "0.5",
        "log_parameter_max_length_on_error": "-1",
        "debug_print_parse": "on",
        "debug_print_rewritten": "on",
        "debug_print_plan": "on",
    }
    # A role of its own: the server is shared by other tests, and so is its superuser.
    with psycopg.connect(postgres_address, autocommit=True) as superuser:
        superuser.execute("DROP ROLE IF EXISTS quiet")
        superuser.execute("CREATE ROLE quiet LOGIN")
        for name, value in loud.items():
            superuser.execute(f"ALTER ROLE quiet SET {name} = '{value}'")  # type: ignore[call-overload]
    address = re.sub(r"//[^@]*@", "//quiet:@", postgres_address)

    status, printed = check(tmp_path, "--deploy", DATABASE_URL=address)
    assert status == 1
    by_default = {"log_min_messages", "log_error_verbosity", "log_min_error_statement"}
    for name in (*loud, *by_default):
        assert f": {name} is " in printed
    assert printed.count("facilitator.E014") == len(loud) + len(by_default)
    assert SECRET not in printed and address not in printed

    with psycopg.connect(postgres_address, autocommit=True) as superuser:
        for hint in hints(printed):
            statement = hint.removeprefix("As a superuser: ")
            superuser.execute(statement)  # type: ignore[call-overload]
    assert says_only(check(tmp_path, "--deploy", DATABASE_URL=address), "Ready to go out.")
    # Nobody is asked about logs by a plain check, which is what a start does.
    with psycopg.connect(postgres_address, autocommit=True) as superuser:
        superuser.execute("ALTER ROLE quiet SET log_error_verbosity = 'verbose'")
    assert says_only(check(tmp_path, DATABASE_URL=address), "Ready to start.")
    status, printed = check(tmp_path, "--deploy", DATABASE_URL=address)
    assert (status, printed.count("facilitator.E014")) == (1, 1)


def test_every_name_that_postgres_is_asked_for_is_one_that_it_has(postgres_address: str) -> None:
    with psycopg.connect(postgres_address) as asked:
        known = asked.execute("SELECT name, setting FROM pg_settings").fetchall()
    of_extensions = {name for name in POSTGRES if "." in name}
    assert POSTGRES.keys() - dict(known).keys() == of_extensions


def test_a_postgres_that_is_away_is_a_sentence_without_its_address(tmp_path: Path) -> None:
    address = "postgres://someone:secret@127.0.0.1:1/nowhere"
    status, printed = check(tmp_path, "--deploy", DATABASE_URL=address)
    assert status == 1
    assert "facilitator.E013" in printed
    assert "secret" not in printed and "nowhere" not in printed


def asked(settings: Any, **values: Any) -> list[CheckMessage]:
    """What the checks of logs find with these settings."""
    for name, value in values.items():
        setattr(settings, name, value)
    return run_checks(tags=[TAG], include_deployment_checks=True)


def test_each_list_that_redis_keeps_is_named_and_mended_as_told(settings: Any) -> None:
    redis = RedisServer(*NOTHING_KEPT, "--latency-monitor-threshold", "5").start()
    try:
        found = asked(settings, REDIS_URL=redis.address)
        mended = [str(each.hint).removeprefix("Start it with ") for each in found if is_error(each)]
        assert {hint.split()[0] for hint in mended} == {
            "--slowlog-log-slower-than",
            "--commandlog-request-larger-than",
            "--commandlog-reply-larger-than",
            "--latency-monitor-threshold",
        }
        redis.kill()
        redis.options = NOTHING_KEPT
        for hint in mended:
            redis.options += tuple(hint.removesuffix(".").split())
        redis.start()
        # The account is a matter of choice: said, and not in the way.
        (left,) = asked(settings, REDIS_URL=redis.address)
        assert (left.id, is_error(left)) == ("facilitator.W005", False)
        assert "MONITOR" in left.msg
        with redis.client as client:
            client.execute_command(*str(left.hint).split())
        assert asked(settings, REDIS_URL=redis.address) == []
    finally:
        redis.remove()


def is_error(found: CheckMessage) -> bool:
    return found.is_serious()


def test_a_proxy_that_nobody_looked_at_is_found(settings: Any, tmp_path: Path) -> None:
    """It cannot be asked what it notes: whoever runs it has to say."""
    assert asked(settings, FACILITATOR_BEHIND_PROXY=False) == []
    (found,) = asked(settings, FACILITATOR_BEHIND_PROXY=True)
    assert (found.id, is_error(found)) == ("facilitator.E016", True)
    assert "docs/hosting.md" in str(found.hint) and "FACILITATOR_PROXY_IS_QUIET=1" in str(
        found.hint
    )
    assert asked(settings, FACILITATOR_PROXY_IS_QUIET=True) == []

    status, printed = check(tmp_path, "--deploy", FACILITATOR_BEHIND_PROXY="1")
    assert status != 0 and "E016" in printed
