"""Each variable is documented, none vanished, and an unsafe host does not start."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from facilitator.checks import TAG
from facilitator.secret import own_key

ROOT = Path(__file__).resolve().parents[2]
HELPERS = {"text", "boolean", "whole_number", "names", "folder"}
COMPARED = {
    "DEBUG",
    "EMBEDDED",
    "SECRET_KEY",
    "SECRET_KEY_GENERATED",
    "FACILITATOR_HOSTS",
    "FACILITATOR_PUBLIC_URL",
    "FACILITATOR_HTTPS",
    "FACILITATOR_BEHIND_PROXY",
    "FACILITATOR_ALLOW_HTTP",
}
KEY = "k3yof-50-characters-and-more_0123456789abcdefghijklmnop"
SAFE = {
    "FACILITATOR_HOSTS": "meet.example.org",
    "FACILITATOR_SECRET_KEY": KEY,
    "FACILITATOR_HTTPS": "1",
    "FACILITATOR_BEHIND_PROXY": "1",
}


def variables_read() -> set[str]:
    """Every name given to a helper of facilitator.env, in any package."""
    found = set()
    for package in ("facilitator", "meetings", "agreements"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "env"
                    and node.func.attr in HELPERS
                ):
                    name = node.args[0]
                    assert isinstance(name, ast.Constant), f"{file}: name the variable in place"
                    found.add(str(name.value))
    return found


def test_every_variable_has_one_line_of_documentation_and_none_is_left_over() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    documented = re.findall(r"^\| `([A-Z_]+)` \|", page, re.M)
    assert len(documented) == len(set(documented))
    assert set(documented) == variables_read()


def command(*arguments: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command with these variables and no others of ours."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FACILITATOR_") and name not in ("PORT", "DJANGO_SETTINGS_MODULE")
    }
    program = "from facilitator.command import main; raise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**clean, "FACILITATOR_DATA": str(data), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def found_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> set[str]:
    """The ids that the checks report for settings read from these variables."""
    for name in variables_read():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FACILITATOR_DATA", str(settings.FACILITATOR_DATA))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.find_spec("facilitator.settings")
    assert spec is not None
    assert spec.loader is not None
    # A second copy of the module, read from this environment.
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    values = {name: getattr(fresh, name) for name in dir(fresh) if name in COMPARED}
    with override_settings(**values):
        found = run_checks(tags=[TAG], include_deployment_checks=True)
    assert all(each.hint for each in found)
    return {str(each.id) for each in found}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"FACILITATOR_DEBUG": "1"}, "facilitator.E001"),
        ({"FACILITATOR_SECRET_KEY": ""}, "facilitator.E002"),
        ({"FACILITATOR_SECRET_KEY": "short"}, "facilitator.E003"),
        ({"FACILITATOR_SECRET_KEY": "ab" * 40}, "facilitator.E003"),
        ({"FACILITATOR_HTTPS": "0"}, "facilitator.E004"),
        ({"FACILITATOR_BEHIND_PROXY": "0"}, "facilitator.E005"),
        ({"FACILITATOR_HOSTS": "*"}, "facilitator.E006"),
        ({"FACILITATOR_HOSTS": "meet.example.org,*.example.org"}, "facilitator.E006"),
        ({"FACILITATOR_PUBLIC_URL": "http://meet.example.org"}, "facilitator.E007"),
        ({"FACILITATOR_PUBLIC_URL": "https://meet.example.org/x"}, "facilitator.E007"),
        ({"FACILITATOR_PUBLIC_URL": "https://other.example.org"}, "facilitator.E008"),
        ({"FACILITATOR_HOSTS": ""}, "facilitator.E009"),
    ],
)
def test_an_unsafe_host_is_found_and_told_how_to_mend_it(
    change: dict[str, str], finding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found_with(monkeypatch, **{**SAFE, **change}) == {finding}


@pytest.mark.parametrize(
    "variables",
    [
        {},
        SAFE,
        {**SAFE, "FACILITATOR_PUBLIC_URL": "https://meet.example.org"},
        {**SAFE, "FACILITATOR_HTTPS": "0", "FACILITATOR_ALLOW_HTTP": "1"},
    ],
)
def test_a_safe_one_has_nothing_to_mend(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found_with(monkeypatch, **variables) == set()


@pytest.mark.parametrize("word", ["check", "run"])
def test_an_unsafe_host_does_not_start(word: str, tmp_path: Path) -> None:
    done = command(word, data=tmp_path, **{**SAFE, "FACILITATOR_DEBUG": "1"})
    assert done.returncode == 1
    assert "facilitator.E001" in done.stdout + done.stderr
    assert "Remove FACILITATOR_DEBUG." in done.stdout + done.stderr
    assert not (tmp_path / "facilitator.sqlite3").exists()


def test_an_odd_value_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    done = command("check", data=tmp_path, FACILITATOR_HTTPS="perhaps")
    assert done.returncode == 2
    assert "FACILITATOR_HTTPS must be 1 or 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = own_key(data)
    key = data / "secret.key"
    assert len(first) >= 50
    assert key.stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700
    assert own_key(data) == first
    assert [file.name for file in data.iterdir()] == ["secret.key"]


def test_a_damaged_key_is_told_rather_than_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"secret\.key"):
        own_key(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_what_a_start_leaves_on_disk_is_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert command("link", data=data).returncode == 0
    files = [data, *data.rglob("*")]
    assert len(files) > 2
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


@pytest.mark.django_db
def test_sqlite_writes_deleted_text_over_and_waits_for_its_turn() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("another database")
    with connection.cursor() as cursor:
        for pragma, value in [("secure_delete", 1), ("busy_timeout", 10000), ("foreign_keys", 1)]:
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value
    assert connection.transaction_mode == "IMMEDIATE"


def test_no_app_that_remembers_people_is_installed() -> None:
    remembering = {"django.contrib.admin", "django.contrib.messages", "sentry_sdk"}
    assert not remembering & set(settings.INSTALLED_APPS)
    assert settings.CSRF_COOKIE_AGE is None


def test_the_limits_in_the_page_are_those_in_the_code() -> None:
    from agreements import models as agreements
    from facilitator import pace, server
    from meetings import between, consumers, crowding, rationing
    from meetings.engine import rules

    def each_second(ration: rationing.Ration) -> str:
        return f"{ration.burst:.0f} at once, then {ration.each_second:.0f} a second"

    def by_the_clock(quota: rationing.Quota) -> str:
        return f"{quota.burst} in each {quota.seconds / 60:.0f} minutes of the clock"

    wrong = rationing.FROM_ONE_ADDRESS
    page = (ROOT / "docs/settings.md").read_text()
    found = re.findall(r"^\| [^`|]+ \| ([^`|]+) \| (?:`[^`]+`)? ?\|$", page, re.M)
    assert found == [
        each_second(pace.OF_A_SEAT),
        each_second(pace.OF_A_MEETING),
        each_second(pace.OF_A_LINK),
        each_second(pace.OF_AN_ADDRESS),
        f"{wrong.burst:.0f} at once, then {wrong.each_second * 60:.0f} a minute",
        by_the_clock(rationing.OF_A_WRITER),
        str(crowding.OF_A_SEAT),
        str(crowding.OF_A_MEETING),
        str(crowding.OF_THIS_PROCESS),
        str(consumers.MOST_MESSAGES),
        str(server.UNREAD_MESSAGES),
        str(server.FRAME_BYTES),
        str(server.BODY_BYTES),
        str(settings.SHORT_FORM_BYTES),
        str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        str(rules.MOST_SEATS),
        by_the_clock(between.FROM_ONE_ADDRESS),
        by_the_clock(between.FOR_ONE_AGREEMENT),
        str(agreements.MOST_WAITING),
    ]
