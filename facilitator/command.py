"""The `facilitator` command: run a server on this laptop, check a server before it goes out."""

import argparse
import errno
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from facilitator import demo, env

if TYPE_CHECKING:
    from meetings.models import Facilitator

EVERYWHERE = "0.0.0.0"  # noqa: S104  (phones must reach it; facilitator.hosts judges by name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facilitator.settings")
    if getattr(options, "port", None) is not None:
        os.environ["PORT"] = str(options.port)
    sys.excepthook = _say_type_and_place
    # A console of another encoding must not stop the start over a QR code.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        with options.home():
            from facilitator.start import keep_private

            keep_private()
            import django

            django.setup()
            return int(options.do(options))
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="facilitator",
        description="Run a peer-support meeting from this laptop; people join on their phones.",
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    run_parser = commands.add_parser("run", help="start the server (what happens without COMMAND)")
    demo_parser = commands.add_parser("demo", help="lead a meeting of made-up people")
    for each in (parser, run_parser, demo_parser):
        # argparse fills a subcommand's defaults over what was given before its name.
        default = None if each is parser else argparse.SUPPRESS
        off = False if each is parser else argparse.SUPPRESS
        each.add_argument("--port", type=_port, default=default, help="listen here (default 8000)")
        each.add_argument("--host", default=default, help="listen on this address only")
        each.add_argument(
            "--no-browser", action="store_true", default=off, help="do not open the browser"
        )
        each.set_defaults(do=run, home=nullcontext)
    demo.add_options(demo_parser)
    check_parser = commands.add_parser("check", help="say whether it is safe to start")
    check_parser.add_argument(
        "--deploy",
        action="store_true",
        help="also ask PostgreSQL and Redis what they write down, and say how to stop it",
    )
    check_parser.set_defaults(do=check, home=nullcontext)
    link_parser = commands.add_parser("link", help="make a new sign-in link")
    link_parser.add_argument(
        "--for", dest="name", metavar="NAME", help="for this facilitator (default: the host)"
    )
    link_parser.set_defaults(do=link, home=nullcontext)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("a port is a whole number up to 65535")
    return int(text)


def _say_type_and_place(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    from facilitator.logs import type_and_place

    if issubclass(kind, KeyboardInterrupt):
        return
    if env.boolean("FACILITATOR_DEBUG"):
        sys.__excepthook__(kind, error, traceback)
        return
    print(type_and_place(error), file=sys.stderr)


# --- check -------------------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Print what is unsafe and how to mend it; 1 when the server would not start, or, asked with
    --deploy, when one of the programs beside it writes down what it should not."""
    from facilitator.start import findings, sentence

    found = findings(deploy=options.deploy)
    for each in found:
        print(sentence(each))
    if any(each.is_serious() for each in found):
        return 1
    print("Ready to go out." if options.deploy else "Ready to start.")
    return 0


# --- link --------------------------------------------------------------------------------------


def link(options: argparse.Namespace) -> int:
    """Print a new sign-in link for the host or whoever is named; earlier ones stop working."""
    from django.conf import settings

    from facilitator.start import first_facilitator, ready_database
    from meetings import accounts

    ready_database()
    facilitator, _made = first_facilitator()
    if options.name is not None:
        found = accounts.named(options.name)
        if found is None:
            print("Nobody here has this name. The page “This server” lists all.", file=sys.stderr)
            return 1
        facilitator = found
    print(_sign_in_link(facilitator, settings.PORT))
    return 0


def _base(port: int) -> str:
    """Where the facilitator's own browser finds this server."""
    from django.conf import settings

    if settings.FACILITATOR_PUBLIC_URL:
        return str(settings.FACILITATOR_PUBLIC_URL)
    if settings.EMBEDDED:
        return f"http://localhost:{port}"
    scheme = "https" if settings.FACILITATOR_HTTPS else "http"
    return f"{scheme}://{settings.FACILITATOR_HOSTS[0].lstrip('.')}"


def _sign_in_link(facilitator: "Facilitator", port: int) -> str:
    from meetings.accounts import issue_sign_in_link

    return f"{_base(port)}/in/{issue_sign_in_link(facilitator)}"


# --- run ---------------------------------------------------------------------------------------


def run(options: argparse.Namespace) -> int:
    """Get everything ready and serve until told to stop."""
    from django.conf import settings

    from facilitator import start

    host = options.host or EVERYWHERE
    # Asked before anything else is done: a second start must not take the first one's link.
    if not may_start(host):
        return 1
    start.ready_database()
    start.ready_static_files()
    facilitator, made = start.first_facilitator()
    start.forget_expired_regularly()

    def ready(port: int) -> None:
        settings.PORT = port
        # A host's log is no place for a link that signs someone in, except at the very first.
        sign_in = _sign_in_link(facilitator, port) if settings.EMBEDDED or made else ""
        _print_addresses(port, sign_in, everywhere=host in (EVERYWHERE, "::"))
        if sign_in and not options.no_browser:
            open_browser(sign_in)

    return serve(host, _in_thread(ready), close_rooms)


def may_start(host: str) -> bool:
    """Whether nothing stands in the way; what does is printed."""
    from django.conf import settings

    from facilitator import alone, start

    found = start.findings()
    for each in found:
        print(start.sentence(each), file=sys.stderr)
    if any(each.is_serious() for each in found):
        print("Not started.", file=sys.stderr)
        return False
    if not settings.REDIS_URL and not alone.hold_folder():
        # Before the port: nobody may be sent to another one beside a running meeting.
        print(_served_already(settings.FACILITATOR_DATA), file=sys.stderr)
        return False
    if trouble := cannot_listen(host, settings.PORT):
        print(trouble, file=sys.stderr)
        return False
    return True


def serve(
    host: str, ready: Callable[[int], None], leave: Callable[[int], Awaitable[object]]
) -> int:
    """Serve until told to stop; the exit code. `ready` and `leave` are those of the server."""
    from django.conf import settings

    from facilitator.asgi import application
    from facilitator.server import PortTaken, Server

    server = Server(
        application,
        host=host,
        port=settings.PORT,
        ready=ready,
        leave=leave,
        long_paths=settings.LONG_FORM_PATHS,
        long_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )
    try:
        server.run()
    except PortTaken:
        print(_taken(settings.PORT), file=sys.stderr)
        return 1
    return 0


def _in_thread(ready: Callable[[int], None]) -> Callable[[int], None]:
    """Django refuses to touch the database on the event loop."""
    from django.db import connection

    from meetings import store

    def aside(port: int) -> None:
        try:
            ready(port)
        finally:
            # A pool of connections would wait for this thread's for ever.
            connection.close()

    def run_aside(port: int) -> None:
        # What ran before a restart is found or destroyed now, before anyone asks for it.
        store.live().begin()
        threading.Thread(target=aside, args=(port,), daemon=True).start()

    return run_aside


async def close_rooms(code: int) -> None:
    """Tell every page that the server is going."""
    from meetings.room import close_all

    await close_all(code=code)


def _taken(port: int) -> str:
    return (
        f"Port {port} is in use by another program. "
        f"Choose another: facilitator --port {port + 1 if port < 65535 else 8000}"
    )


def _served_already(folder: Path) -> str:
    return (
        f"A server is running already with the folder {folder}, perhaps with a meeting in it. "
        "Go on there, or stop it first with Ctrl+C in its window. "
        "For a second one, name another folder in FACILITATOR_DATA."
    )


def cannot_listen(host: str, port: int) -> str:
    """Why this address cannot be listened on, in a sentence; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # On Windows the option would let two servers share a port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"This computer does not allow port {port}. Choose one above 1023: --port 8000"
        except OSError as error:
            if error.errno == errno.EADDRINUSE or getattr(error, "winerror", 0) == 10048:
                return _taken(port)
            return "This computer does not have the address given with --host."
    return ""


def open_browser(address: str) -> None:
    """Open this page, where somebody would see it."""
    if _has_display():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _has_display() -> bool:
    """Whether a browser opened here would be seen by whoever typed the command."""
    if any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "CI")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print_addresses(port: int, sign_in: str, *, everywhere: bool) -> None:
    import segno
    from django.conf import settings

    from facilitator.network import lan_address

    lines = ["", f"  This laptop   {_base(port)}/"]
    if settings.EMBEDDED:
        address = lan_address() if everywhere else None
        phones = settings.FACILITATOR_PUBLIC_URL or (f"http://{address}:{port}" if address else "")
        if phones:
            lines.append(f"  Phones        {phones}/")
            print("\n".join([*lines, ""]), flush=True)
            segno.make(f"{phones}/", micro=False).terminal(compact=True, border=2)
            lines = []
        else:
            lines.append("  Phones        none yet: connect this laptop to a Wi-Fi and start again")
    if sign_in:
        lines += ["", "  Sign in, once, within 12 hours:", f"  {sign_in}"]
    lines += ["", "  Press Ctrl+C to stop.", ""]
    print("\n".join(lines), flush=True)
