"""How soon a phone is blank once Leave is pressed, with the network on and off.

    .venv/bin/python bench/leaving.py [TIMES]

A real Chromium in the size of a phone, on the step with the most on it; each time someone comes in,
and leaves. Measured in the page: from the press to the frame that shows it. Prints what it saw.
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from playwright.sync_api import sync_playwright

from scripts.browser import browser_executable
from tests.browser.people import Laptop, Phone
from tests.browser.server import Server

PRESS = """() => new Promise((told) => {
  const before = performance.now();
  document.querySelector('#leave button').click();
  const blanked = performance.now() - before;
  requestAnimationFrame(() => setTimeout(() => told([blanked, performance.now() - before])));
})"""


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    executable = browser_executable()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.start()
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            laptop = Laptop(browser, server.address)
            laptop.sign_in(server.sign_in_link)
            code = laptop.open_doors()
            laptop.space()
            laptop.go_to("Our Comfort Agreement")
            for offline in (False, True):
                blanked, shown = [], []
                for _time in range(times):
                    phone = Phone(browser, server.address)
                    phone.join(code, "Heron")
                    phone.page.locator("#suggest-text").wait_for()
                    phone.context.set_offline(offline)
                    took = phone.page.evaluate(PRESS)
                    blanked.append(took[0])
                    shown.append(took[1])
                    phone.close()
                print(
                    f"network {'off' if offline else 'on'}: blank after "
                    f"p50 {statistics.median(blanked):.0f} ms, most {max(blanked):.0f} ms; "
                    f"painted after p50 {statistics.median(shown):.0f} ms, most {max(shown):.0f} ms"
                )
        finally:
            browser.close()
            server.kill()


if __name__ == "__main__":
    main()
