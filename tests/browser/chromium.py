"""Where the browser is that `make test` found or installed."""
def executable() -> str | None:
    return "/usr/bin/chromium"
