"""What was left of an old meeting goes when the server starts, before anyone asks for it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from meetings import seals
from tests.browser.server import Server


def test_a_start_destroys_what_an_old_meeting_left_behind(tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    key = seals.new_key()
    for name, content in (("m1.key", key), ("m1.record", seals.seal(key, "running record", b"x"))):
        (live / name).write_bytes(content)
        an_hour_ago = time.time() - 3600
        os.utime(live / name, (an_hour_ago, an_hour_ago))
    server = Server(tmp_path)
    try:
        server.start()
        assert list(live.iterdir()) == []
    finally:
        server.kill()
