"""What readings and questions have in common: copies, and taking out what no agenda needs."""

from __future__ import annotations

from http import HTTPStatus

from django.db import IntegrityError
from django.db.models import Model, ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from meetings.models import Agenda, Group
from meetings.views.preparing import pages


def name_of_copy(name: str, longest: int) -> str:
    """“Copy of …”, as long as a name may be."""
    return (_("Copy of %(name)s") % {"name": name})[:longest].rstrip()


def take_out(
    request: HttpRequest,
    group: Group,
    kept: Model | None,
    needed_by: QuerySet[Agenda],
    *,
    here: str,
    template: str,
) -> HttpResponse:
    """Asks first. What an agenda needs stays, and the page says which agenda that is.

    `kept` is None when someone took it out before: then all is as she wants it.
    """
    status: int = HTTPStatus.OK
    if kept is None and request.method != "POST":
        raise Http404
    if request.method == "POST":
        try:
            if kept is not None:
                kept.delete()
        except (ProtectedError, IntegrityError):
            # The latter when an agenda came to need it at this very moment.
            status = HTTPStatus.CONFLICT
        else:
            return HttpResponseRedirect(f"/group/{group.pk}/{here}/?out")
    context = {"here": here, "kept": kept, "agendas": needed_by.order_by("name", "pk")}
    return pages.page(request, template, group, context, status)
