"""What a real browser says of where a request comes from, and what we make of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Response

from facilitator.network import lan_address
from tests.browser.conftest import MakePhone
from tests.browser.people import Laptop
from tests.browser.server import Server

pytestmark = pytest.mark.browser

# Another site's page: a frame without an origin of its own sends a form to us.
ELSEWHERE = """<!doctype html><title>x</title><iframe sandbox="allow-scripts allow-forms" srcdoc="
<form method=post action='{address}/'><input name=code value=ABCD2345>
<input name=csrfmiddlewaretoken value={token}></form><script>document.forms[0].submit()</script>
"></iframe>"""


@contextmanager
def page_elsewhere(body: str) -> Iterator[str]:
    """The address of another site's page. (A page that a test routes has no address at all, and
    such pages may not ask anything of this machine.)"""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    serving.join()
    server.server_close()


def test_our_pages_tell_nobody_where_they_were_and_their_forms_arrive(
    laptop: Laptop, make_phone: MakePhone
) -> None:
    code = laptop.open_doors()
    phone = make_phone()
    told: list[str] = []
    phone.context.on("request", lambda asked: told.append(asked.headers.get("referer", "")))
    phone.join(code, "Robin")
    phone.page.reload()
    assert phone.page.evaluate("document.referrer") == ""
    with phone.page.expect_request("**/meeting/leave"):
        phone.page.locator("#leave button").click()
    assert len(told) > 10 and set(told) == {""}


def test_a_phone_on_the_laptops_own_network_comes_in_over_plain_http(
    server: Server, laptop: Laptop, make_phone: MakePhone
) -> None:
    lan = lan_address()
    if lan is None:
        pytest.skip("this machine is in no network")
    code = laptop.open_doors()
    phone = make_phone(address=f"http://{lan}:{server.port}")
    pages: list[Response] = []
    phone.context.on("response", lambda answer: pages.append(answer))  # noqa: PLW0108
    phone.join(code, "Robin")
    laptop.sees("Robin", "#room-here")
    asked = [one.request.all_headers() for one in pages]
    # To an address like this browsers do not say it, and so the page must not ask for less.
    assert not any("sec-fetch-site" in headers for headers in asked)
    policies = {one.headers["referrer-policy"] for one in pages if "/static/" not in one.url}
    assert policies == {"same-origin"}


def test_a_form_that_a_frame_elsewhere_sends_in_nobodys_name_is_refused(
    server: Server, make_phone: MakePhone
) -> None:
    phone = make_phone()
    phone.page.goto("/")
    token = next(one["value"] for one in phone.context.cookies() if one["name"] == "csrf")
    with page_elsewhere(ELSEWHERE.format(address=server.address, token=token)) as address:
        with phone.page.expect_response(f"{server.address}/") as awaited:
            phone.page.goto(address)
        said = awaited.value.request.all_headers()
    assert (said["origin"], said["sec-fetch-site"]) == ("null", "cross-site")
    assert awaited.value.status == 403
    # The frame is not shown either, of which the browser complains.
    phone.complaints.clear()
    phone.foreign.clear()
