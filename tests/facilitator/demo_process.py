"""`facilitator demo` in a process of its own, for tests and pictures."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAIT = 60


class Demo:
    """A running demo, and what it has printed so far."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.home = folder / "temporary"
        self.real = folder / "real"
        self.home.mkdir()
        self.lines: list[str] = []
        self._printed = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "facilitator", "demo", "--port", "0", "--no-browser", *options],
            cwd=ROOT,
            env={
                **os.environ,
                "TMPDIR": str(self.home),
                "FACILITATOR_DATA": str(self.real),
                "FACILITATOR_HOSTS": "meet.example.org",
                "DATABASE_URL": "postgres://nobody@192.0.2.1/real",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as printed:
            for line in printed:
                with self._printed:
                    self.lines.append(line)
                    self._printed.notify_all()

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def says(self, words: str) -> str:
        """Waits for a line with these words; everything printed so far."""
        with self._printed:
            assert self._printed.wait_for(lambda: words in self.output, WAIT), self.output
        return self.output

    def found(self, pattern: str) -> str:
        found = re.search(pattern, self.says("Ctrl+C"))
        assert found, self.output
        return found[0]

    @property
    def link(self) -> str:
        return self.found(r"http://\S+/in/\S+")

    @property
    def code(self) -> str:
        return self.found(r"http://\S+/j/\S+").rsplit("/", 1)[-1]

    @property
    def base(self) -> str:
        return self.link.split("/in/")[0]

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        self.process.wait(WAIT)
        self._reading.join(WAIT)
        return self.process.returncode

    def nothing_is_left(self) -> bool:
        with socket.socket() as probe:
            answers = probe.connect_ex(("127.0.0.1", int(self.base.rsplit(":", 1)[-1]))) == 0
        return not answers and not list(self.home.iterdir()) and not self.real.exists()
