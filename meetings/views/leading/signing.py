"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import alogin, alogout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from meetings import accounts, seats, services
from meetings.models import Facilitator
from meetings.views.accounts.access import forget_fresh, remember_fresh
from meetings.views.leading.access import where_she_is_needed


@require_http_methods(["GET", "POST"])
async def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A link that works once. Looking at it does not use it up."""
    if request.method == "GET":
        works = await sync_to_async(accounts.is_open)(token)
    else:
        facilitator = await sync_to_async(accounts.redeem)(token)
        if facilitator is not None:
            await alogin(request, facilitator, backend=settings.AUTHENTICATION_BACKENDS[0])
            response = HttpResponseRedirect(await where_she_is_needed(facilitator))
            remember_fresh(response, facilitator)
            return response
        works = False
    status = HTTPStatus.OK if works else HTTPStatus.GONE
    return render(request, "meetings/sign_in.html", {"works": works}, status=status)


@require_POST
async def sign_out(request: HttpRequest) -> HttpResponse:
    """Her pages in other tabs and windows show nothing more either."""
    facilitator = await request.auser()
    if isinstance(facilitator, Facilitator):
        await services.depart(facilitator)
    await alogout(request)
    response = render(request, "meetings/signed_out.html")
    seats.forget(response, seats.SCREEN)
    forget_fresh(response)
    return response
