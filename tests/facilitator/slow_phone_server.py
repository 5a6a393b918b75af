"""A real server for tests of facilitator.server: floods one socket and tells how far it got.

Run as a program; prints its port, then serves until told to stop.
"""

import asyncio
import logging
import resource
import sys
from typing import Any

from facilitator.logs import TypeAndPlace
from facilitator.outermost import Outermost
from facilitator.server import Server

MESSAGES = 2000
TEXT = "x" * 64 * 1024  # 2000 of these are 128 MB: memory would show it

flood = {"begun": 0, "disconnected": 0, "over": 0}


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if scope["path"] == "/length":
            text = str(len(body))
        else:
            text = f"{flood['begun']} {flood['disconnected']} {flood['over']} {peak}"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": text.encode()})
        return
    await receive()
    if scope["path"] == "/refuse":
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    if scope["path"] == "/raise":
        raise ValueError("PLANTEDWORD")
    if scope["path"] == "/deaf":
        await asyncio.Event().wait()
    if scope["path"] == "/flood":
        for _ in range(MESSAGES):
            flood["begun"] += 1
            await send({"type": "websocket.send", "text": TEXT})
        flood["over"] += 1
    while (await receive())["type"] != "websocket.disconnect":
        pass
    flood["disconnected"] += 1


lines = logging.StreamHandler()
lines.setFormatter(TypeAndPlace())
logging.basicConfig(level=logging.WARNING, handlers=[lines])


async def leave(code: int) -> None:
    print(f"leaving {code}", flush=True)
    if "--hang" in sys.argv:
        await asyncio.Event().wait()


Server(
    Outermost(application),
    host="127.0.0.1",
    port=0,
    ready=lambda port: print(port, flush=True),
    leave=leave,
).run()
print("stopped", flush=True)
