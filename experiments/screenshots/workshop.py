"""Pictures of the workshop for the README, taken in a browser on this machine.

python -m experiments.screenshots.workshop
"""

import shutil
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sim import load
from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop

HERE = Path(__file__).parent
DONE = "#picture:not([aria-busy])"


def taken(page: Any, name: str) -> None:
    page.wait_for_selector(DONE, timeout=120_000)
    page.screenshot(path=HERE / f"workshop-{name}.png")


def main() -> None:
    server = Server(Workshop(load("plant"), jobs=2))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(server.url)
        page.wait_for_selector("#network-tried circle", state="attached", timeout=60_000)
        page.locator("#lever-recognition").press("Home")
        page.locator("#lever-style").press("End")
        page.wait_for_selector(DONE, timeout=120_000)
        page.evaluate("() => goTo(levered.weeks.indexOf(40))")
        taken(page, "levers")
        page.click("#tell")
        for _ in range(17):  # the question of the fourth chapter
            page.keyboard.press("PageDown")
        page.fill("#vote-typed", "30 60 75 40 50 20 35 80 55 40 90 65")
        page.keyboard.press("Enter")
        page.wait_for_selector(DONE, timeout=120_000)
        page.keyboard.press("PageDown")
        taken(page, "answer")
        for _ in range(6):  # the company of the fifth chapter
            page.keyboard.press("PageDown")
        page.wait_for_selector(DONE, timeout=120_000)
        page.wait_for_timeout(6000)
        page.click("#language")
        taken(page, "company-es")
        browser.close()


if __name__ == "__main__":
    main()
