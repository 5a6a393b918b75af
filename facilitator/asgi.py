"""What the server calls: pages by Django, sockets by meetings, each behind the same doors."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facilitator.settings")
pages = get_asgi_application()

# Only now: importing the sockets imports models, which need Django to be set up.
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

from facilitator.hosts import (  # noqa: E402
    KnownHosts,
    NoUnknownProxy,
    ProxySaysForWhom,
    ShortForms,
)
from facilitator.outermost import Outermost  # noqa: E402
from facilitator.pace import Pace  # noqa: E402
from meetings.urls import websocket_urlpatterns  # noqa: E402


async def unknown_socket(scope: Any, receive: Any, send: Any) -> None:
    """Refuse a socket nobody offers: the router's own exception would hold its path."""
    await send({"type": "websocket.close"})


application: Any = Outermost(
    KnownHosts(
        Pace(
            ShortForms(
                ProtocolTypeRouter(
                    {
                        "http": pages,
                        "websocket": URLRouter(
                            [*websocket_urlpatterns, re_path(r"", unknown_socket)]
                        ),
                    }
                ),
                limit=settings.SHORT_FORM_BYTES,
                long_paths=settings.LONG_FORM_PATHS + settings.WHOLE_FORM_PATHS,
            )
        ),
        hosts=settings.FACILITATOR_HOSTS,
        https=settings.FACILITATOR_HTTPS,
    )
)
watched = ProxySaysForWhom if settings.FACILITATOR_BEHIND_PROXY else NoUnknownProxy
application = watched(application)
