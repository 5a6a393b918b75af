"""Django's own middleware, kept on the event loop.

Stock middleware hops to a thread before and after every view (some 14 hops per POST, about half
of the requests a core can serve). None of these classes waits for anything except a session
that has to be saved, so they run in place and hop for that only.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.core.context import request_context
from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from facilitator.views import out_of_reach
from meetings.store import Unreachable

log = logging.getLogger("facilitator.middleware")

# Where people are who have no account.
ON_NOBODYS_MIND = ("/j/", "/meeting", "/screen", "/console/", "/agreement/")

type_of_get_response = Callable[[HttpRequest], Any]


class _InPlace:
    """Mixed into a MiddlewareMixin class whose steps never block: runs them without a thread."""

    get_response: Any

    async def __acall__(self, request: HttpRequest) -> Any:
        before = getattr(self, "process_request", None)
        after = getattr(self, "process_response", None)
        response = before(request) if before else None
        response = response or await self.get_response(request)
        return after(request, response) if after else response


def _browser_says_same_origin(request: HttpRequest) -> bool:
    """What no page can make a browser say: a page of this very origin asked for this.

    Browsers say it over HTTPS and to this machine itself, older ones nowhere.
    """
    said: bool = request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin"
    return said


class Security(_InPlace, SecurityMiddleware):
    """Security headers, and the way to HTTPS."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        if "HTTP_SEC_FETCH_SITE" in request.META:
            # Whoever says where a request comes from says it of our forms too, so that Csrf can
            # do without an origin. Older browsers get settings.SECURE_REFERRER_POLICY.
            response.headers.setdefault("Referrer-Policy", "no-referrer")
        return super().process_response(request, response)


class ContentSecurityPolicy(_InPlace, CSPMiddleware):
    """The policy of settings.CONTENT_SECURITY_POLICY on every page."""


class Locale(_InPlace, LocaleMiddleware):
    """The language a browser asks for."""


class Common(_InPlace, CommonMiddleware):
    """Content-Length, and nothing for a host that is not ours."""


class Authentication(_InPlace, AuthenticationMiddleware):
    """`request.user` and `request.auser`, both fetched only when asked for."""


class Csrf(_InPlace, CsrfViewMiddleware):
    """The CSRF cookie (no session is involved) and its check before each view."""

    def __init__(self, get_response: type_of_get_response) -> None:
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            # Django adapts process_view by what kind of function it is.
            setattr(self, "process_view", self._process_view_in_place)  # noqa: B010

    async def _process_view_in_place(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        return CsrfViewMiddleware.process_view(self, request, view, args, kwargs)

    def _origin_verified(self, request: HttpRequest) -> bool:
        # Under `no-referrer` browsers send our own forms with a null origin. So do sandboxed
        # frames elsewhere, but of those they say "cross-site". The token is asked for either way.
        if request.META["HTTP_ORIGIN"] == "null":
            return _browser_says_same_origin(request)
        verified: bool = super()._origin_verified(request)
        return verified


class Sessions(_InPlace, SessionMiddleware):
    """Facilitators' sessions. A participant's request reads none, writes none, gets no cookie."""

    async def __acall__(self, request: HttpRequest) -> Any:
        self.process_request(request)
        response = await self.get_response(request)
        if request.session.modified:
            return await sync_to_async(self.process_response)(request, response)
        return self.process_response(request, response)


class NoStore:
    """Every page made here is `no-store`: a shared phone's cache must hold nothing of a meeting."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: type_of_get_response) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if iscoroutinefunction(self.get_response):
            return self._later(request)
        return self._mark(self.get_response(request))

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        return self._mark(await self.get_response(request))

    @staticmethod
    def _mark(response: HttpResponseBase) -> HttpResponseBase:
        response["Cache-Control"] = "no-store"
        return response


class OutOfReach:
    """503 and a sentence while Redis or the database is away, instead of a failure of ours."""

    sync_capable = False
    async_capable = True

    def __init__(self, get_response: type_of_get_response) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> Any:
        return await self.get_response(request)

    async def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, Unreachable | OperationalError | InterfaceError):
            return None
        log.error("out of reach", exc_info=exception)
        return out_of_reach(request)


class OnNobodysMind:
    """Has allauth forget a request of a meeting while it is answered.

    It keeps the request in a context variable, and whatever is begun meanwhile keeps a copy: a
    connection to Redis held a name, a cookie or an answer for as long as it was open.
    """

    sync_capable = False
    async_capable = True

    def __init__(self, get_response: type_of_get_response) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> Any:
        path = request.path_info
        if path != "/" and not path.startswith(ON_NOBODYS_MIND):
            return await self.get_response(request)
        with request_context(None):
            return await self.get_response(request)


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, async: its files are small and are read whole."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: type_of_get_response) -> None:
        from django.conf import settings

        # WhiteNoise warns about a folder that collectstatic has not made yet.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if self.autorefresh:
            found = self.find_file(request.path_info)
        else:
            found = self.files.get(request.path_info)
        if found is None:
            return self.get_response(request)
        if iscoroutinefunction(self.get_response):
            return self._served(found, request)
        return self._whole(found, request)

    async def _served(self, found: StaticFile, request: HttpRequest) -> HttpResponseBase:
        return self._whole(found, request)

    @staticmethod
    def _whole(found: StaticFile, request: HttpRequest) -> HttpResponseBase:
        answer = found.get_response(request.method, request.META)
        content = b""
        if answer.file is not None:
            with answer.file as file:
                content = file.read()
        response = HttpResponse(content, status=int(answer.status))
        del response["Content-Type"]
        for name, value in answer.headers:
            response[name] = value
        return response
