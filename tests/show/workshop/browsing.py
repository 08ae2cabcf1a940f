"""A page in a real browser, with all that it complained of and all that it asked for."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DONE = "#picture:not([aria-busy])"


@contextmanager
def a_browser() -> Iterator[Any]:
    """Chromium without a window; where there is none the test is skipped, in CI it fails."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("there is no browser; on Debian: apt-get install chromium")
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


class Seen:
    """A page of a workshop; ``wrong``: what its console said, ``asked``: every address that it asked for."""

    def __init__(self, browser: Any, url: str, size: tuple[int, int] = (1280, 720), **options: Any) -> None:
        self.wrong: list[str] = []
        self.asked: set[str] = set()
        viewport = {"width": size[0], "height": size[1]}
        self.context = browser.new_context(viewport=viewport, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.wrong.append(said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(request.url))
        self.page.goto(url)

    def settle(self) -> None:
        """Until the last refinement is shown."""
        self.page.wait_for_selector("#network-tried circle", state="attached", timeout=60_000)
        self.page.wait_for_selector(DONE, timeout=60_000)

    def move(self, lever: str, key: str) -> None:
        self.page.locator(f"#lever-{lever}").press(key)
        self.settle()

    def menu(self, button: str) -> None:
        self.page.click("#menu summary")
        self.page.click(f"#{button}")

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def step(self) -> str:
        """Where the story is: a chapter and a step of it."""
        return str(self.page.evaluate("() => `${document.body.dataset.chapter} ${document.body.dataset.step}`"))

    def overlapping(self) -> list[str]:
        """Texts of visible drawings that lie on one another, or beyond their drawing."""
        found: list[str] = self.page.evaluate(_OVERLAPPING)
        return found


_OVERLAPPING = """() => {
  const wrong = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    if (!svg.getClientRects().length) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((one) => one.textContent)
      .map((one) => [one.textContent, one.getBoundingClientRect()]);
    texts.forEach(([text, box], place) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2 ||
          box.bottom > frame.bottom + 2 || box.top < frame.top - 2)
        wrong.push(`${svg.id}: ${text} is cut`);
      for (const [other, one] of texts.slice(place + 1)) {
        const wide = Math.min(box.right, one.right) - Math.max(box.left, one.left);
        const tall = Math.min(box.bottom, one.bottom) - Math.max(box.top, one.top);
        if (wide > 2 && tall > 4) wrong.push(`${svg.id}: ${text} on ${other}`);
      }
    });
  }
  return wrong;
}"""
