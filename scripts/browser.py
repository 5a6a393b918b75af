"""Find a Chromium for the tests, or install one.

python scripts/browser.py install [--with-window]
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Chromium without a window: the same pages by the same engine, for half the work.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOAD_SECONDS = 300


def browser_executable(*, with_window: bool = False) -> str | None:
    """The path of a Chromium: the one named in BROWSER_EXECUTABLE, Playwright's, the system's.

    `with_window`: a whole one, as people have, with a profile as theirs.
    """
    named = os.environ.get("BROWSER_EXECUTABLE")
    if named:
        return named
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if own and Path(own).exists():
        return own
    names = NAMES if with_window else (SHELL, *NAMES)
    return next((path for name in names if (path := shutil.which(name))), None)


def _download(*, with_window: bool) -> None:
    """Playwright's own, unless its server cannot be reached."""
    environment = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000"}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(
            command, env=environment, timeout=DOWNLOAD_SECONDS, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return


def _from_debian(*, with_window: bool) -> None:
    """The system's package, where we may install one."""
    if not shutil.which("apt-get") or getattr(os, "geteuid", lambda: 1)() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], env=environment, capture_output=True, check=False)
    # One that an older Debian does not have must not keep the other out.
    for package in (SHELL, "chromium") if with_window else (SHELL,):
        command = ["apt-get", "install", "-y", package]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode and not with_window:
            _from_debian(with_window=True)


def install(*, with_window: bool = False) -> int:
    """Make sure there is a Chromium; 0 when there is."""
    for attempt in (None, _download, _from_debian):
        if attempt:
            print(f"No Chromium yet: {attempt.__doc__}")
            attempt(with_window=with_window)
        if found := browser_executable(with_window=with_window):
            print(f"Browser for tests: {found}")
            return 0
    print(
        "The tests need a Chromium and none could be installed. Install chromium or Google Chrome, "
        "or name one: BROWSER_EXECUTABLE=/path/to/chromium make test"
    )
    return 1


if __name__ == "__main__":
    sys.exit(install(with_window="--with-window" in sys.argv))
