"""Each setting that `check --deploy` asks for keeps words out of PostgreSQL's log: set otherwise,
it writes them."""

from __future__ import annotations

import re
import uuid

import psycopg
import pytest
from psycopg import sql

from facilitator.log_checks import POSTGRES
from tests.proof.planting import Words
from tests.proof.report import note
from tests.proof.scanning import Surface, scan
from tests.servers import PostgresServer

# What each writes once somebody has turned the first one up to look for a fault, which alone keeps
# nearly everything out; and what else has to be loud for that to be seen.
FAULTS = {"log_min_messages": "warning"}
DETAILS = {**FAULTS, "log_error_verbosity": "default"}
NOTES = {"log_min_messages": "log", "log_error_verbosity": "default"}
LOUD = {
    "log_min_messages": FAULTS,
    "log_error_verbosity": DETAILS,
    "log_min_error_statement": {**FAULTS, "log_min_error_statement": "error"},
    "log_statement": {**NOTES, "log_statement": "all"},
    "log_min_duration_statement": {**NOTES, "log_min_duration_statement": "0"},
    "log_min_duration_sample": {**NOTES, "log_min_duration_sample": "0"},
    "log_transaction_sample_rate": {**NOTES, "log_transaction_sample_rate": "1"},
    "log_parameter_max_length_on_error": {**DETAILS, "log_parameter_max_length_on_error": "-1"},
    "debug_print_parse": {**NOTES, "debug_print_parse": "on"},
    "debug_print_rewritten": {**NOTES, "debug_print_rewritten": "on"},
    "debug_print_plan": {**NOTES, "debug_print_plan": "on"},
}


@pytest.fixture
def server(_postgres_server: PostgresServer) -> PostgresServer:
    return _postgres_server


def written(server: PostgresServer, words: Words, loud: dict[str, str]) -> set[str]:
    """What of a few unlucky statements is in the log, by a role with these settings."""
    address = server.new_database()
    # Of its own: others may be asking the same server.
    role = f"loud_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("CREATE TABLE small (name text, floor int CHECK (floor > 4))")
        superuser.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        superuser.execute(sql.SQL("GRANT ALL ON small TO {}").format(sql.Identifier(role)))
        for name, quiet in POSTGRES.items():
            if "." not in name:
                superuser.execute(
                    sql.SQL("ALTER ROLE {} SET {} = {}").format(
                        sql.Identifier(role), sql.Identifier(name), loud.get(name, quiet.value)
                    )
                )
    before = (server.data / "log").stat().st_size
    as_role = re.sub(r"//[^@]*@", f"//{role}:@", address)
    with psycopg.connect(as_role, autocommit=True) as connection:
        # As Django does it: values are in the statement.
        client = psycopg.ClientCursor(connection)
        for where, statement in {
            "a message": "SELECT %s::int",
            "a detail": "INSERT INTO small VALUES (%s, 1)",
            "a statement": "SELECT %s, 1 / 0",
        }.items():
            with pytest.raises(psycopg.Error):
                client.execute(statement, [words.person(where)])
        client.execute("SELECT %s::text", [words.person("a statement that went well")])
        # And as it could: beside the statement.
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute(
                "SELECT 1 / (length(%s) - length(%s))", [words.person("a parameter"), "x" * 14]
            )
    log = (server.data / "log").read_bytes()[before:]
    return {hit.where for hit in scan([Surface("log", log)], words)}


def test_the_settings_that_are_asked_for_keep_every_word_out(server: PostgresServer) -> None:
    assert written(server, Words(), {}) == set()


@pytest.mark.proof
@pytest.mark.parametrize("name", [name for name in POSTGRES if "." not in name])
def test_each_of_them_is_needed(name: str, server: PostgresServer) -> None:
    others = {key: value for key, value in LOUD[name].items() if key != name}
    assert written(server, Words(), LOUD[name]) > written(server, Words(), others)
    note("quiet-postgres", name, settings=1)
