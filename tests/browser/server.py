"""The real server in a process of its own: started, killed and started again by tests."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

SIGN_IN = re.compile(r"https?://\S+/in/\S+")


# Compressing static files takes most of a first start, and they are the same for all: whoever
# starts first collects them for every other server of this run. A stamp in the folder tells a
# server whether they are still those of its sources.
_collected = Path(tempfile.mkdtemp(prefix="facilitator-static-")) / "static"
atexit.register(shutil.rmtree, _collected.parent, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`facilitator run` on a free port, with a data folder of its own.

    `program` is what Python is started with instead, and `cwd` where.
    """

    def __init__(
        self,
        folder: Path,
        variables: Mapping[str, str] | None = None,
        *,
        program: Sequence[str] = ("-m", "facilitator", "run", "--no-browser"),
        cwd: Path | None = None,
    ) -> None:
        self.folder = folder
        self.variables = variables or {}
        self.program = program
        self.cwd = cwd
        self.port = free_port()
        self.lines: list[str] = []
        self.sign_in_link = ""
        self._process: subprocess.Popen[str] | None = None
        self._reading: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """Everything it ever said, over all its lives."""
        return "".join(self.lines)

    def start(self) -> None:
        """Start, and come back when it answers."""
        static = self.folder / "static"
        if _collected.exists() and not static.exists():
            shutil.copytree(_collected, static)
        ready = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, *self.program],
            cwd=self.cwd,
            env={
                **os.environ,
                "FACILITATOR_DATA": str(self.folder),
                "PORT": str(self.port),
                "PYTHONUNBUFFERED": "1",
                **self.variables,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reading = threading.Thread(target=self._listen, args=(self._process, ready))
        self._reading.start()
        if not ready.wait(120) or self._process.poll() is not None:
            self.kill()
            raise AssertionError(f"the server did not start: {self.output}")
        if static.exists() and not _collected.exists():
            shutil.copytree(static, _collected)

    def _listen(self, process: subprocess.Popen[str], ready: threading.Event) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.lines.append(line)
                found = SIGN_IN.search(line)
                if found:
                    link = re.sub(r"//[^/]+", f"//127.0.0.1:{self.port}", found[0], count=1)
                    self.sign_in_link = link
                    ready.set()
        ready.set()

    def kill(self) -> None:
        """As a pulled plug would: nothing is said or saved on the way."""
        self._stop(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl-C would."""
        self._stop(signal.SIGINT)

    def _stop(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(20)
        if self._reading is not None:
            self._reading.join(20)
        self._process = None
