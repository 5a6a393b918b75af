"""`facilitator run` for the planted-words proof: a group with planted words, and doors that fail.

Run as a program. PLANTED names a JSON file with the group's words. The doors are the only code that
is not the product's: a page and a socket whose exception holds what was sent to them, and a page
that has the database refuse it.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from facilitator.start import first_facilitator, keep_private, ready_database

keep_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facilitator.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from agreements.models import Agreement  # noqa: E402
from facilitator import command  # noqa: E402
from meetings import urls  # noqa: E402
from meetings.models import AgendaStep, Facilitator, Group, Prompt  # noqa: E402


async def failing_page(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"{request.get_full_path()} {request.headers}")


async def failing_socket(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})
    await receive()
    message = await receive()
    raise ValueError(message["text"])


def refused_by_the_database(request: HttpRequest, why: str) -> HttpResponse:
    word = request.GET["word"]
    if why == "unique":
        # A row is on PostgreSQL's disk before it is refused: so only the group's own word.
        Facilitator.objects.create(name=Facilitator.objects.get(is_host=True).name)
    elif why == "check":
        # With the word in a row that fails: SQLite says the rule's name, PostgreSQL the row.
        with transaction.atomic():
            agreement = Agreement.objects.create(title="Refused")
            Group.objects.create(name=word, floor=1, agreement=agreement)
    else:
        # PostgreSQL says such a word in the message itself.
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS integer) FROM meetings_group", [word])
    return HttpResponse("it was not refused")


def prepare(words: dict[str, Any]) -> None:
    """What a group would have written beforehand; done once."""
    ready_database()
    host, _made = first_facilitator()
    group = Group.objects.get()
    if group.name == words["group"]:
        return
    host.name = words["facilitator"]
    host.save()
    group.name, group.free_text = words["group"], True
    group.limits_text, group.shown_name = words["limits"], words["shown"]
    group.save()
    agenda = group.agendas.order_by("pk").first()
    assert agenda is not None
    agenda.steps.all().delete()

    def prompt(kind: str, question: str, options: list[str], *, screened: bool = False) -> Prompt:
        return Prompt.objects.create(
            group=group, kind=kind, question=question, options=options, screened=screened
        )

    reading = next(each for each in group.readings.all() if len(each.parts) == 3)
    asked = {
        "Choices": prompt("choice", words["question"], words["choices"]),
        "Own words": prompt("text", "What helped?", []),
        "Read first": prompt("text", "What is hard?", [], screened=True),
    }
    steps = ["Welcome", "Reading", "Agreement", *asked, "Closing"]
    for order, title in enumerate(steps, start=1):
        AgendaStep.objects.create(
            agenda=agenda,
            order=order,
            kind="checkin" if title in asked else title.lower(),
            title=title,
            minutes=5,
            script=words["script"],
            reading=reading if title == "Reading" else None,
            prompt=asked.get(title),
        )


urls.urlpatterns[:0] = [
    path("planted/exception", failing_page),
    path("planted/refused/<slug:why>", refused_by_the_database),
]
urls.websocket_urlpatterns.insert(0, path("planted/socket", failing_socket))

prepare(json.loads(Path(os.environ["PLANTED"]).read_text()))
connection.close()
sys.exit(command.main(["run", "--no-browser"]))
