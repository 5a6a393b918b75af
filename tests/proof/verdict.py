"""What may be found after a meeting and during it, and what has to be, so that the search is known
to work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tests.proof.house import House
from tests.proof.planting import Kind, Words
from tests.proof.report import note
from tests.proof.scanning import Allowed, Hit, Surface, forbidden, scan

# Whatever is not on this list fails.
GROUPS = "the group keeps it"
QUESTIONS = "the question is the group’s"
REMAINS = "PostgreSQL does not overwrite what it deletes"
PROFILE = (
    Allowed(Kind.CODE, "profile/*", "the address of a meeting that is over"),
    Allowed(
        Kind.REFUSED,
        "profile/Default/Sessions/*",
        "the form that was refused, from which a browser would restore its last session",
    ),
)
EMBEDDED = (
    *PROFILE,
    Allowed(Kind.GROUP, "data/facilitator.sqlite3", GROUPS),
    Allowed(Kind.GROUP, "table/*", GROUPS),
    Allowed(Kind.CHOICE, "data/facilitator.sqlite3", QUESTIONS),
    Allowed(Kind.CHOICE, "table/meetings_prompt", QUESTIONS),
)
SCALE = (
    *PROFILE,
    Allowed(Kind.GROUP, "postgres/base/*", GROUPS),
    Allowed(Kind.GROUP, "postgres/pg_wal/*", GROUPS),
    Allowed(Kind.GROUP, "table/*", GROUPS),
    Allowed(Kind.CHOICE, "postgres/base/*", QUESTIONS),
    Allowed(Kind.CHOICE, "postgres/pg_wal/*", QUESTIONS),
    Allowed(Kind.CHOICE, "table/meetings_prompt", QUESTIONS),
    Allowed(Kind.LET_GO, "postgres/base/*", REMAINS),
    Allowed(Kind.LET_GO, "postgres/pg_wal/*", REMAINS),
)
# In the middle of a meeting, besides.
WAL = "SQLite’s log of writes is emptied when the server stops"
RECORD = "the running record, opened with the key beside it, so that a meeting outlives a restart"
COOKIE = "a phone’s own name, opened with the key of the meeting that is going on"
DURING_EMBEDDED = (
    *EMBEDDED,
    *(
        Allowed(kind, "data/facilitator.sqlite3-wal", WAL)
        for kind in (Kind.GROUP, Kind.CHOICE, Kind.LET_GO)
    ),
    *(
        Allowed(kind, "opened/running record", RECORD)
        for kind in (Kind.GROUP, Kind.CHOICE, Kind.OPEN, Kind.LET_GO, Kind.CODE)
    ),
    Allowed(Kind.PERSON, "opened/seat", COOKIE),
)
DURING_SCALE = SCALE

NAME, ADOPTED = "the group’s name", "a statement that was adopted"
PARKED, CHOICE = "words that are parked", "choice 0"
REWORDED = "a wording in the place of another"
WAITING, BROUGHT = "an idea that waits", "an idea for the next meeting"
# Where words have to be found: otherwise nothing was proven. A surface's name may go on.
CONTROLS_EMBEDDED = {
    "data/facilitator.sqlite3": {NAME, ADOPTED, REWORDED, PARKED, WAITING, CHOICE},
    "table/meetings_group": {NAME},
    "table/agreements_version": {ADOPTED, REWORDED},
    "table/agreements_agreement": {PARKED, BROUGHT},
    "table/agreements_idea": {WAITING},
    "table/meetings_prompt": {CHOICE},
}
CONTROLS_SCALE = {
    "postgres/base/": {NAME, ADOPTED, REWORDED, PARKED, WAITING, CHOICE},
    "postgres/pg_wal/": {NAME, ADOPTED, REWORDED, PARKED, WAITING, CHOICE},
    **{name: those for name, those in CONTROLS_EMBEDDED.items() if name.startswith("table/")},
}
OPEN, AS_IT_IS = "a suggestion that nobody decided", "a suggestion that was sent as it is"
CONTROLS_DURING = {"opened/running record": {OPEN, AS_IT_IS}, "opened/seat": {"name 0"}}
# With the host's secret: so that finding nothing with it after the end means something.
CONTROLS_BY_HOST = {"opened/live state": {OPEN, AS_IT_IS, "name 0"}, "opened/seat": {"name 0"}}


def missing(hits: Collection[Hit], controls: Mapping[str, set[str]]) -> list[str]:
    """The controls that were not found."""
    return [
        f"{where} on {surface}"
        for surface, words in controls.items()
        for where in sorted(words)
        if not any(hit.where == where and hit.surface.startswith(surface) for hit in hits)
    ]


def judge(
    part: str,
    house: House,
    words: Words,
    found: Collection[Hit],
    found_by_host: Collection[Hit],
    also: Iterable[Surface] = (),
) -> None:
    """Look at all that a stopped house left behind, and say what was found."""
    surfaces = [*house.after(), *also]
    after = scan(surfaces, words)
    scale = house.scale
    _none(forbidden(after, SCALE if scale else EMBEDDED), "left")
    _none(forbidden(found, DURING_SCALE if scale else DURING_EMBEDDED), "in the middle")
    _none(missing(after, CONTROLS_SCALE if scale else CONTROLS_EMBEDDED), "missed")
    if scale:
        _none(missing(found_by_host, CONTROLS_BY_HOST), "missed with the host’s secret")
    else:
        _none(missing(found, CONTROLS_DURING), "missed in the middle")
    note(
        "planted-words",
        part,
        words=len(words.planted),
        surfaces=len({surface.name for surface in surfaces}),
        megabytes=round(sum(len(surface.content) for surface in surfaces) / 1e6, 1),
        hits=0,
        allowed=len({(hit.kind, hit.surface) for hit in after}),
        controls=sum(map(len, (CONTROLS_SCALE if scale else CONTROLS_EMBEDDED).values())),
    )


def _none(found: Collection[object], what: str) -> None:
    assert not found, "\n".join([what, *map(str, found)])
