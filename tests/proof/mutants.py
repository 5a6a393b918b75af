"""Builds that leak on purpose: each mutant takes out one protection or adds one leak.

The search has to find the word that gets out, on the very surface where it gets out. Mutants that
do not touch each other share a build.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.changes import Change, put_in
from tests.proof.house import ROOT

PACKAGES = ("facilitator", "meetings", "agreements", "templates", "static", "locale")


def _more(file: str, old: str, more: str) -> Change:
    """A change that puts lines behind others."""
    return file, old, old + more


@dataclass(frozen=True)
class Mutant:
    """A leak: which word it lets out, on which surface (both are patterns), and how it is made.

    Without a change of its own it is another look at what the build lets out anyway.
    """

    name: str
    word: str
    surface: str
    changes: tuple[Change, ...] = ()
    # Found in the middle of the meeting, rather than after it.
    during: bool = False


@dataclass(frozen=True)
class Build:
    """Leaks that are let in together, and how the programs beside the server are set for them."""

    name: str
    mutants: tuple[Mutant, ...]
    scale: bool = False
    postgres: Mapping[str, str] = field(default_factory=dict)
    redis: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def tree(self, folder: Path) -> Path:
        """A copy of the program with all of these leaks in it."""
        for package in PACKAGES:
            shutil.copytree(
                ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        for mutant in self.mutants:
            put_in(mutant.changes, folder)
        return folder


# --- where something of a person’s passes by -----------------------------------------------------

NAME, BROWSER, ADDRESS = "name 0", "browser 0", "phone 0"
SUGGESTED = "a suggestion that nobody decided"
ANSWERED = "an answer that is read first, *"
TAKEN_OUT = "a reading that was taken out"
ADOPTED = "a statement that was adopted"

_SERVICES, _PHONE = "meetings/services.py", "meetings/views/phone.py"
_RECORDS, _REDIS_STORE = "meetings/records.py", "meetings/redis_store.py"
_JOINED = "    after = await perform(state.id, Actor(Role.NEWCOMER, seat), command)\n"
_SUGGESTION = "async def statements(request: HttpRequest) -> HttpResponse:\n"
_ANSWER = (
    "    command = understood(AnswerForm(request.POST)).command()\n"
    "    state, _actor = await services.phone(request.COOKIES)\n"
)
_DOOR = "async def _come_in(request: HttpRequest, state: Meeting) -> HttpResponse:\n"
_GROUPS = "__import__('meetings.models').models.Group.objects"

_ANSWER_KEPT = _more(
    _PHONE,
    _ANSWER,
    f"    kept = getattr(command, 'text', '')\n    await {_GROUPS}.aupdate(camera_line=kept)\n",
)
_DRAFT_KEPT = _more(
    _PHONE,
    _SUGGESTION,
    "    draft = request.POST['text']\n"
    f"    await {_GROUPS}.aupdate(crosstalk_line=draft)\n"
    f"    await {_GROUPS}.aupdate(crosstalk_line='')\n",
)

LAPTOP = Build(
    "a laptop",
    (
        Mutant(
            "a name is printed",
            NAME,
            "output 0",
            (_more(_SERVICES, _JOINED, "    print(command.name, flush=True)\n"),),
        ),
        Mutant(
            "a log line has its exception’s message",
            "an exception’s message",
            "output 0",
            (
                (
                    "facilitator/logs.py",
                    '{place(current.__traceback__)}")',
                    '{place(current.__traceback__)} {current}")',
                ),
            ),
        ),
        Mutant(
            "an access log is kept",
            ADDRESS,
            "output 0",
            (
                (
                    "facilitator/server.py",
                    "            action_logger=None,\n",
                    "            action_logger=__import__('daphne.access').access"
                    ".AccessLogGenerator(sys.stdout),\n",
                ),
            ),
        ),
        Mutant(
            "an answer is written to the database",
            ANSWERED,
            "table/meetings_group",
            (_ANSWER_KEPT,),
        ),
        Mutant("the same, in the file", ANSWERED, "data/facilitator.sqlite3"),
        Mutant(
            "a suggestion is kept in a temporary file",
            SUGGESTED,
            "tmp/*",
            (
                _more(
                    "meetings/forms.py",
                    "    def suggest(self) -> c.Suggest:\n",
                    "        import tempfile\n"
                    "        with tempfile.NamedTemporaryFile('a', delete=False) as file:\n"
                    "            file.write(self.cleaned_data['text'])\n",
                ),
            ),
        ),
        Mutant(
            "answers are written down in the home folder",
            ANSWERED,
            "home/*",
            (
                _more(
                    "meetings/forms.py",
                    '        if "text" in self.data:\n',
                    "            from pathlib import Path\n"
                    "            with (Path.home() / '.answers').open('a') as file:\n"
                    "                file.write(self.cleaned_data['text'])\n",
                ),
            ),
        ),
        Mutant(
            "browsers are written down where the server was started",
            BROWSER,
            "cwd/*",
            (
                _more(
                    "meetings/views/door.py",
                    _DOOR,
                    "    with open('browsers', 'a') as file:\n"
                    "        file.write(request.headers['User-Agent'])\n",
                ),
            ),
        ),
        Mutant(
            "a draft is written to the database and taken out again",
            SUGGESTED,
            "data/facilitator.sqlite3-wal",
            (_DRAFT_KEPT,),
            during=True,
        ),
        Mutant(
            "a name goes into a cookie as it is",
            NAME,
            "a phone’s cookie/0 name",
            (
                _more(
                    "meetings/seats.py",
                    "    content = msgspec.msgpack.encode(token)\n",
                    "    response.set_cookie('name', token.name)\n",
                ),
            ),
        ),
        Mutant(
            "names go into the running record",
            NAME,
            "opened/running record",
            (
                (
                    "meetings/store.py",
                    "codec.encode(replace(without_persons(state), revision=0))",
                    "codec.encode(replace(state, revision=0))",
                ),
            ),
            during=True,
        ),
        Mutant(
            "who sends ideas is kept beside them",
            "a browser that sends ideas",
            "table/agreements_agreement",
            (
                _more(
                    "meetings/views/agreement.py",
                    "rationing.address_of(request), time.monotonic())\n",
                    "        browser = request.headers['User-Agent']\n"
                    "        Agreement.objects.filter(pk=kept.pk).update(title=browser)\n",
                ),
            ),
        ),
        Mutant(
            "a wording that is merged away waits for next time",
            "a wording that was merged away",
            "table/agreements_agreement",
            (
                (
                    "agreements/rules.py",
                    "parked=_parked_as(board, goes.text, stays.text),\n",
                    "parked=(*board.parked, goes.text),\n",
                ),
            ),
        ),
        Mutant(
            "key and record stay when a meeting ends",
            SUGGESTED,
            "opened/running record",
            (
                (
                    _RECORDS,
                    "        path = self._key_path(meeting_id)\n        try:\n            # Over",
                    "        return\n"
                    "        path = self._key_path(meeting_id)\n        try:\n            # Over",
                ),
            ),
        ),
    ),
)

UNSEALED = Build(
    "a laptop that seals nothing",
    (
        Mutant(
            "SQLite does not overwrite what it deletes",
            TAKEN_OUT,
            "data/facilitator.sqlite3",
            (("facilitator/settings.py", "secure_delete=ON", "secure_delete=OFF"),),
        ),
        Mutant(
            "the running record is not sealed",
            SUGGESTED,
            "data/live/*",
            (
                (_RECORDS, "seals.seal(key, PURPOSE, record)", "record"),
                (_RECORDS, "seals.unseal(key, PURPOSE, path.read_bytes())", "path.read_bytes()"),
            ),
            during=True,
        ),
        Mutant(
            "log lines are as they usually are",
            "an exception’s message",
            "output 0",
            (
                (
                    "facilitator/settings.py",
                    '"formatter": "debug" if DEBUG else "place"',
                    '"formatter": "debug"',
                ),
            ),
        ),
    ),
)

SCALE = Build(
    "scale",
    (
        Mutant(
            "the state in Redis is not sealed",
            NAME,
            "redis/an entry",
            (
                (_REDIS_STORE, "seals.seal(key, STATE, whole.ljust(", "bytes(whole.ljust("),
                (_REDIS_STORE, "_decoded(seals.unseal(key, STATE, sealed))", "_decoded(sealed)"),
            ),
            during=True,
        ),
        Mutant("the same, as whoever may watch Redis sees it", NAME, "redis/watched *"),
        Mutant("the same, where Redis saves its memory", NAME, "redis/dump.rdb", during=True),
        Mutant("the same, where Redis logs changes", NAME, "redis/appendonlydir/*"),
        Mutant(
            "Redis logs a name",
            NAME,
            "redis/redis.log",
            (
                _more(
                    _SERVICES,
                    _JOINED,
                    "    await store()._here().client.eval(\n"
                    "        'redis.log(redis.LOG_WARNING, ARGV[1])', 0, command.name\n"
                    "    )\n",
                ),
            ),
        ),
        Mutant("the same, where Redis keeps slow commands", NAME, "redis/slow log", during=True),
        Mutant(
            "an answer is written to PostgreSQL",
            ANSWERED,
            "table/meetings_group",
            (_ANSWER_KEPT,),
        ),
        Mutant("the same, in the data folder", ANSWERED, "postgres/base/*"),
        Mutant(
            "a draft is written to PostgreSQL and taken out again",
            SUGGESTED,
            # In the data folder, later writes may take its place.
            "postgres/pg_wal/*",
            (_DRAFT_KEPT,),
        ),
        Mutant(
            "PostgreSQL logs as it does when nobody tells it otherwise",
            "what the database refused: check",
            "postgres/log",
        ),
        Mutant("the same, in a message", "what the database refused: number", "postgres/log"),
    ),
    scale=True,
    postgres={
        "log_min_messages": "warning",
        "log_error_verbosity": "default",
        "log_min_error_statement": "error",
    },
    redis=(
        *("--appendonly", "yes"),
        *("--slowlog-log-slower-than", "0", "--slowlog-max-len", "100000"),
    ),
    variables={"FACILITATOR_ALLOW_REDIS_THAT_SAVES": "1"},
)

KEYS = Build(
    "scale, with keys about",
    (
        Mutant(
            "the meeting’s key lies in Redis as it is",
            NAME,
            "opened/live state",
            (
                (_REDIS_STORE, 'self._wrapped(f"key of {state.id}", key),', "key,"),
                (_REDIS_STORE, 'self._unwrapped(f"key of {meeting_id}", wrapped)', "wrapped"),
            ),
            during=True,
        ),
        Mutant(
            "an ended meeting is set aside in Redis",
            SUGGESTED,
            "opened/live state",
            (
                (
                    "meetings/redis_scripts.py",
                    "redis.call('DEL', KEYS[2])\nredis.call('SET', KEYS[3]",
                    "redis.call('RENAME', KEYS[2], KEYS[2] .. ':old')\nredis.call('SET', KEYS[3]",
                ),
            ),
        ),
        Mutant(
            "announcements carry names, and are not sealed",
            NAME,
            "redis/watched *",
            (
                ("facilitator/scale.py", "[secret],\n        },\n    }", "[],\n        },\n    }"),
                _more(
                    _SERVICES,
                    _JOINED,
                    "    await get_channel_layer().group_send(\n"
                    "        'everyone', {'type': 'joined', 'name': command.name}\n"
                    "    )\n",
                ),
            ),
        ),
        Mutant("PostgreSQL logs every statement", ADOPTED, "postgres/log"),
    ),
    scale=True,
    postgres={"log_min_messages": "log", "log_statement": "all"},
)

BUILDS = (LAPTOP, UNSEALED, SCALE, KEYS)
