"""The whole application on a real server, with one view and one socket that fail aloud.

Run as a program with a data folder in FACILITATOR_DATA; prints its port.
"""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facilitator.settings")
django.setup()

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from meetings import urls  # noqa: E402


async def view(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"{request.get_full_path()} {request.headers.get('User-Agent')}")


async def socket(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})
    message = await receive()
    message = await receive()
    raise ValueError(message["text"])


urls.urlpatterns.insert(0, path("planted", view))
urls.websocket_urlpatterns.insert(0, path("planted", socket))

from facilitator.asgi import application  # noqa: E402
from facilitator.server import Server  # noqa: E402
from facilitator.start import ready_static_files  # noqa: E402

ready_static_files()
Server(application, host="127.0.0.1", port=0, ready=lambda port: print(port, flush=True)).run()
